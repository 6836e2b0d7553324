//! Accounts, roles and sessions: read back as written, one tenant at a time, and nothing secret in the rows.

use thidua_domain::account::{Account, AccountState, PasswordOrigin, RoleHeld, Session, WayIn};
use thidua_domain::actor::Role;
use thidua_store::account::session::{self, SessionKey};
use thidua_store::account::{self, Fit, PasswordHash, role};
use thidua_store::{Error, Tx};
use thidua_testkit::both_engines;

use crate::sample::{at, code, day, stored, tenant_id};

const PASSWORD: &str = "thi đua gặt lúa";

fn account(id: &str, name: &str) -> Account {
    Account {
        id: code(id),
        name: name.into(),
        display_name: "Nguyễn Thị Hòa".into(),
        state: AccountState::Open,
        password_changed_at: at("2020-07-05T02:00:00Z"),
        created_at: at("2020-07-05T02:00:00Z"),
    }
}

fn session(seen: &str, expires: &str) -> Session {
    Session {
        created_at: at("2020-07-05T02:00:00Z"),
        seen_at: at(seen),
        expires_at: at(expires),
        user_agent: "Trình duyệt".into(),
        way_in: WayIn::Provider,
    }
}

fn opened(tx: &mut Tx, tenant: &str, account: &Account) {
    account::insert(tx, &tenant_id(tenant), account, &PasswordHash::of(PASSWORD, &[3; 16]), PasswordOrigin::Own)
        .unwrap();
}

both_engines! {
    fn an_account_is_found_by_its_name_without_marks_and_by_its_id(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        assert!(!account::has_any(&mut tx, &tenant).unwrap());
        let (hoa, an) = (account("tk-2", "Hòa.NT"), account("tk-1", "an"));
        opened(&mut tx, "trieu-son", &hoa);
        opened(&mut tx, "trieu-son", &an);
        assert!(account::has_any(&mut tx, &tenant).unwrap());
        assert_eq!(account::accounts(&mut tx, &tenant).unwrap(), [an, hoa.clone()]);
        for name in ["Hòa.NT", "hoa.nt", " HOA.NT "] {
            let found = account::by_name(&mut tx, &tenant, name).unwrap().unwrap();
            assert_eq!((found.account, found.failures, found.locked_until), (hoa.clone(), 0, None), "{name}");
            assert_eq!((found.hash.fits(PASSWORD), found.hash.fits("x")), (Fit::Right, Fit::Wrong));
        }
        assert_eq!(account::by_id(&mut tx, &tenant, &hoa.id).unwrap().unwrap().account, hoa);
        assert!(account::by_name(&mut tx, &tenant, "hoa").unwrap().is_none());
        let hash = PasswordHash::of("x", &[0; 16]);
        let again = account::insert(&mut tx, &tenant, &account("tk-3", "hoa.nt"), &hash, PasswordOrigin::Own);
        assert!(matches!(again, Err(Error::Clash("account_name_uq"))), "{again:?}");
    }

    fn failures_and_a_lock_are_kept_until_the_password_is_set(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = account("tk-1", "hoa");
        opened(&mut tx, "trieu-son", &hoa);
        account::set_failures(&mut tx, &tenant, &hoa.id, 5, Some(at("2020-07-05T02:01:00Z"))).unwrap();
        let locked = account::by_name(&mut tx, &tenant, "hoa").unwrap().unwrap();
        assert_eq!((locked.failures, locked.locked_until), (5, Some(at("2020-07-05T02:01:00Z"))));
        let new = PasswordHash::of("một câu khác hẳn", &[4; 16]);
        let when = at("2020-07-06T02:00:00Z");
        account::set_password(&mut tx, &tenant, &hoa.id, &new, PasswordOrigin::Given, when).unwrap();
        let free = account::by_name(&mut tx, &tenant, "hoa").unwrap().unwrap();
        assert_eq!((free.failures, free.locked_until), (0, None));
        assert_eq!((locked.password_origin, free.password_origin), (PasswordOrigin::Own, PasswordOrigin::Given));
        assert_eq!(free.account.password_changed_at, at("2020-07-06T02:00:00Z"));
        assert_eq!((free.hash.fits("một câu khác hẳn"), free.hash.fits(PASSWORD)), (Fit::Right, Fit::Wrong));
        account::set_state(&mut tx, &tenant, &hoa.id, AccountState::Closed).unwrap();
        assert_eq!(account::accounts(&mut tx, &tenant).unwrap()[0].state, AccountState::Closed);
        // An account that is not there costs the same statement and changes nothing.
        account::set_failures(&mut tx, &tenant, &code("none"), 1, None).unwrap();
    }

    fn roles_are_kept_in_the_order_given_and_ended_by_their_place(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = account("tk-1", "hoa");
        opened(&mut tx, "trieu-son", &hoa);
        let mut held: Vec<RoleHeld> = Role::ALL
            .into_iter()
            .enumerate()
            .map(|(index, role)| RoleHeld {
                account: hoa.id.clone(),
                role,
                unit: (index > 0).then(|| code("xa-a")),
                valid_from: day("2020-01-01"),
                valid_to: (index == 1).then(|| day("2020-07-01")),
            })
            .collect();
        for (place, role) in held.iter().enumerate() {
            role::insert(&mut tx, &tenant, role, place).unwrap();
        }
        role::end(&mut tx, &tenant, &hoa.id, 2, day("2020-07-05")).unwrap();
        held[2].valid_to = Some(day("2020-07-05"));
        assert_eq!(role::roles_of(&mut tx, &tenant, &hoa.id).unwrap(), held);
        assert_eq!(role::roles(&mut tx, &tenant).unwrap(), held);
        assert!(role::roles_of(&mut tx, &tenant, &code("tk-2")).unwrap().is_empty());
        let taken = role::insert(&mut tx, &tenant, &held[0], 2);
        assert!(matches!(taken, Err(Error::Clash("role_held_pk"))), "{taken:?}");
    }

    fn a_role_in_no_unit_of_the_tenant_is_refused(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = account("tk-1", "hoa");
        opened(&mut tx, "trieu-son", &hoa);
        let nowhere = RoleHeld {
            account: hoa.id,
            role: Role::Leader,
            unit: Some(code("khong-co")),
            valid_from: day("2020-01-01"),
            valid_to: None,
        };
        let refused = role::insert(&mut tx, &tenant, &nowhere, 0).and_then(|()| tx.commit());
        assert!(matches!(refused, Err(Error::Integrity(_))), "{refused:?}");
    }

    fn sessions_are_found_by_their_token_and_ended_one_or_all(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = account("tk-1", "hoa");
        opened(&mut tx, "trieu-son", &hoa);
        let keys = ["một", "hai", "ba"].map(SessionKey::of);
        let ends = ["2020-07-05T03:00:00Z", "2020-07-05T04:00:00Z", "2020-07-05T05:00:00Z"];
        for (key, end) in keys.iter().zip(ends) {
            session::insert(&mut tx, &tenant, key, &hoa.id, &session("2020-07-05T02:00:00Z", end)).unwrap();
        }
        assert_eq!(
            session::get(&mut tx, &tenant, &keys[1]).unwrap(),
            Some((hoa.id.clone(), session("2020-07-05T02:00:00Z", ends[1])))
        );
        assert_eq!(session::get(&mut tx, &tenant, &SessionKey::of("bốn")).unwrap(), None);
        session::seen(&mut tx, &tenant, &keys[1], at("2020-07-05T02:30:00Z"), at("2020-07-05T03:30:00Z")).unwrap();
        // The first is over on the very second it ends at; the second was used last.
        let open = session::sessions_of(&mut tx, &tenant, &hoa.id, at(ends[0])).unwrap();
        assert_eq!(open.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>(), [keys[1].clone(), keys[2].clone()]);
        assert_eq!(open[0].1, session("2020-07-05T02:30:00Z", "2020-07-05T03:30:00Z"));
        session::delete_expired(&mut tx, &tenant, at(ends[0])).unwrap();
        assert_eq!(session::get(&mut tx, &tenant, &keys[0]).unwrap(), None);
        assert_eq!(session::delete(&mut tx, &tenant, &keys[0]).unwrap(), 0);
        assert_eq!(session::delete(&mut tx, &tenant, &keys[1]).unwrap(), 1);
        assert_eq!(session::delete_all_of(&mut tx, &tenant, &hoa.id).unwrap(), 1);
    }

    fn accounts_of_two_tenants_do_not_meet(test) {
        let (one, _) = stored(test, "trieu-son");
        let (two, _) = stored(test, "nong-cong");
        let mut tx = test.db().begin().unwrap();
        // The same id, name and token in both, as after two demonstrations were merged.
        let (key, hoa) = (SessionKey::of("token"), account("tk-1", "hoa"));
        let lasting = session("2020-07-05T02:00:00Z", "2020-07-05T03:00:00Z");
        opened(&mut tx, "trieu-son", &hoa);
        session::insert(&mut tx, &one, &key, &hoa.id, &lasting).unwrap();
        assert!(!account::has_any(&mut tx, &two).unwrap());
        assert!(account::by_name(&mut tx, &two, "hoa").unwrap().is_none());
        assert!(account::by_id(&mut tx, &two, &hoa.id).unwrap().is_none());
        assert_eq!(session::get(&mut tx, &two, &key).unwrap(), None);
        opened(&mut tx, "nong-cong", &hoa);
        session::insert(&mut tx, &two, &key, &hoa.id, &lasting).unwrap();
        account::set_failures(&mut tx, &two, &hoa.id, 3, None).unwrap();
        assert_eq!(session::delete_all_of(&mut tx, &two, &hoa.id).unwrap(), 1);
        assert_eq!(account::by_id(&mut tx, &one, &hoa.id).unwrap().unwrap().failures, 0);
        assert!(session::get(&mut tx, &one, &key).unwrap().is_some());
    }

    fn neither_a_password_nor_a_token_stands_in_the_rows(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = account("tk-1", "hoa");
        opened(&mut tx, "trieu-son", &hoa);
        let key = SessionKey::of("ma-phien-bi-mat");
        let lasting = session("2020-07-05T02:00:00Z", "2020-07-05T03:00:00Z");
        session::insert(&mut tx, &tenant, &key, &hoa.id, &lasting).unwrap();
        tx.commit().unwrap();
        let rows = [test.rows("SELECT * FROM account").concat(), test.rows("SELECT * FROM session").concat()].concat();
        assert!(rows.iter().any(|cell| cell.starts_with("$argon2id$")), "{rows:?}");
        assert!(!rows.iter().any(|cell| cell.contains(PASSWORD) || cell.contains("ma-phien-bi-mat")), "{rows:?}");
        assert!(!format!("{key:?}").contains(|c: char| c.is_ascii_digit()));
    }
}
