//! Second factors, links and half-done sign-ins: read back as written, used once, one tenant at a time.

use thidua_base::code::TenantId;
use thidua_domain::account::second_factor::SECRET_BYTES;
use thidua_domain::account::{Account, AccountLink, AccountState, PasswordOrigin, Session, WayIn};
use thidua_domain::actor::AccountId;
use thidua_store::account::pending::{self, PendingSignIn};
use thidua_store::account::second_factor::{self, Once, RecoveryKey, TotpSecret};
use thidua_store::account::session::{self, SessionKey};
use thidua_store::account::{self, PasswordHash, link};
use thidua_store::{Error, Tx};
use thidua_testkit::both_engines;

use crate::sample::{at, code, stored};

const SECRET: [u8; SECRET_BYTES] = *b"bi-mat-hai-muoi-byte";
const NOON: &str = "2020-07-05T05:00:00Z";

fn opened(tx: &mut Tx, tenant: &TenantId, id: &str) -> AccountId {
    let account = Account {
        id: code(id),
        name: id.into(),
        display_name: "Nguyễn Thị Hòa".into(),
        state: AccountState::Open,
        password_changed_at: at(NOON),
        created_at: at(NOON),
    };
    let hash = PasswordHash::of("thi đua gặt lúa", &[3; 16]);
    account::insert(tx, tenant, &account, &hash, PasswordOrigin::Own).unwrap();
    account.id
}

fn tie(account: &AccountId, subject: &str) -> AccountLink {
    AccountLink {
        account: account.clone(),
        issuer: "https://sso.example.vn".into(),
        subject: subject.into(),
        linked_at: at(NOON),
    }
}

fn waiting(account: Option<&AccountId>, until: &str) -> PendingSignIn {
    let (account, back) = (account.cloned(), "/chi-tieu?tim=ếch".to_owned());
    PendingSignIn { account, way_in: WayIn::Provider, back, expires_at: at(until) }
}

both_engines! {
    fn a_secret_is_offered_confirmed_and_its_steps_used_up(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = opened(&mut tx, &tenant, "tk-1");
        assert_eq!(second_factor::get(&mut tx, &tenant, &hoa).unwrap(), None);
        second_factor::offer(&mut tx, &tenant, &hoa, &TotpSecret::of([0; SECRET_BYTES]), at(NOON)).unwrap();
        second_factor::offer(&mut tx, &tenant, &hoa, &TotpSecret::of(SECRET), at(NOON)).unwrap();
        let offered = second_factor::get(&mut tx, &tenant, &hoa).unwrap().unwrap();
        assert_eq!((offered.secret, offered.last_step, offered.confirmed_at), (TotpSecret::of(SECRET), None, None));
        assert!(second_factor::confirmed(&mut tx, &tenant).unwrap().is_empty());
        second_factor::confirm(&mut tx, &tenant, &hoa, at(NOON)).unwrap();
        assert_eq!(second_factor::confirmed(&mut tx, &tenant).unwrap(), std::slice::from_ref(&hoa));
        for (step, once) in [(7, Once::Now), (7, Once::Never), (6, Once::Never), (8, Once::Now)] {
            assert_eq!(second_factor::use_step(&mut tx, &tenant, &hoa, step).unwrap(), once, "{step}");
        }
        assert_eq!(second_factor::get(&mut tx, &tenant, &hoa).unwrap().unwrap().last_step, Some(8));
        assert_eq!(second_factor::delete(&mut tx, &tenant, &hoa).unwrap(), 1);
        assert_eq!(second_factor::delete(&mut tx, &tenant, &hoa).unwrap(), 0);
        assert_eq!(second_factor::use_step(&mut tx, &tenant, &hoa, 9).unwrap(), Once::Never);
    }

    fn recovery_codes_are_used_once_and_replaced_as_a_whole(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = opened(&mut tx, &tenant, "tk-1");
        let keys = ["A", "B", "C"].map(|text| RecoveryKey::of(&hoa, text));
        second_factor::set_recovery_codes(&mut tx, &tenant, &hoa, &keys).unwrap();
        assert_eq!(second_factor::recovery_codes_left(&mut tx, &tenant, &hoa).unwrap(), 3);
        assert_eq!(second_factor::use_recovery_code(&mut tx, &tenant, &hoa, &keys[0]).unwrap(), Once::Now);
        assert_eq!(second_factor::use_recovery_code(&mut tx, &tenant, &hoa, &keys[0]).unwrap(), Once::Never);
        second_factor::set_recovery_codes(&mut tx, &tenant, &hoa, &keys[2..]).unwrap();
        assert_eq!(second_factor::use_recovery_code(&mut tx, &tenant, &hoa, &keys[1]).unwrap(), Once::Never);
        assert_eq!(second_factor::recovery_codes_left(&mut tx, &tenant, &hoa).unwrap(), 1);
        second_factor::delete(&mut tx, &tenant, &hoa).unwrap();
        assert_eq!(second_factor::recovery_codes_left(&mut tx, &tenant, &hoa).unwrap(), 0);
    }

    fn links_are_found_letter_by_letter(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let (hoa, an) = (opened(&mut tx, &tenant, "tk-1"), opened(&mut tx, &tenant, "tk-2"));
        for subject in ["b", "a"] {
            link::insert(&mut tx, &tenant, &tie(&hoa, subject)).unwrap();
        }
        assert_eq!(link::links_of(&mut tx, &tenant, &hoa).unwrap(), [tie(&hoa, "a"), tie(&hoa, "b")]);
        assert_eq!(link::linked(&mut tx, &tenant).unwrap(), std::slice::from_ref(&hoa));
        let get = |tx: &mut Tx, issuer: &str, subject: &str| link::get(tx, &tenant, issuer, subject).unwrap();
        assert_eq!(get(&mut tx, "https://sso.example.vn", "a"), Some(tie(&hoa, "a")));
        for (issuer, subject) in [("https://sso.example.vn", "A"), ("https://sso.example.vn/", "a"), ("", "")] {
            assert_eq!(get(&mut tx, issuer, subject), None, "{issuer} {subject}");
        }
        assert_eq!(link::delete(&mut tx, &tenant, &an, "https://sso.example.vn", "a").unwrap(), 0);
        assert_eq!(link::delete(&mut tx, &tenant, &hoa, "https://sso.example.vn", "a").unwrap(), 1);
        let taken = link::insert(&mut tx, &tenant, &tie(&an, "b"));
        assert!(matches!(taken, Err(Error::Clash("account_link_pk"))), "{taken:?}");
    }

    fn half_done_sign_ins_end_by_time_by_hand_and_with_the_account(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = opened(&mut tx, &tenant, "tk-1");
        let (one, two, three) = (SessionKey::of("một"), SessionKey::of("hai"), SessionKey::of("ba"));
        let until = "2020-07-05T05:10:00Z";
        pending::insert(&mut tx, &tenant, &one, &waiting(None, until), at(NOON)).unwrap();
        pending::insert(&mut tx, &tenant, &two, &waiting(Some(&hoa), until), at(NOON)).unwrap();
        assert_eq!(pending::get(&mut tx, &tenant, &one, at(NOON)).unwrap(), Some(waiting(None, until)));
        assert_eq!(pending::get(&mut tx, &tenant, &two, at(NOON)).unwrap(), Some(waiting(Some(&hoa), until)));
        assert_eq!(pending::get(&mut tx, &tenant, &one, at(until)).unwrap(), None, "over on the second");
        pending::delete_all_of(&mut tx, &tenant, &hoa).unwrap();
        assert_eq!(pending::delete(&mut tx, &tenant, &two).unwrap(), 0);
        // The next one clears away what is over.
        pending::insert(&mut tx, &tenant, &three, &waiting(None, "2020-07-05T06:00:00Z"), at(until)).unwrap();
        assert_eq!(pending::delete(&mut tx, &tenant, &one).unwrap(), 0);
        assert_eq!(pending::delete(&mut tx, &tenant, &three).unwrap(), 1);
    }

    fn all_sessions_but_one_are_ended(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let (hoa, an) = (opened(&mut tx, &tenant, "tk-1"), opened(&mut tx, &tenant, "tk-2"));
        let begun = Session {
            created_at: at(NOON),
            seen_at: at(NOON),
            expires_at: at("2020-07-05T06:00:00Z"),
            user_agent: String::new(),
            way_in: WayIn::Password,
        };
        let keys = ["một", "hai", "ba"].map(SessionKey::of);
        for (key, account) in keys.iter().zip([&hoa, &hoa, &an]) {
            session::insert(&mut tx, &tenant, key, account, &begun).unwrap();
        }
        assert_eq!(session::delete_others_of(&mut tx, &tenant, &hoa, &keys[0]).unwrap(), 1);
        assert!(session::get(&mut tx, &tenant, &keys[0]).unwrap().is_some());
        assert!(session::get(&mut tx, &tenant, &keys[1]).unwrap().is_none());
        assert!(session::get(&mut tx, &tenant, &keys[2]).unwrap().is_some());
    }

    fn second_factors_and_links_of_two_tenants_do_not_meet(test) {
        let (one, _) = stored(test, "trieu-son");
        let (two, _) = stored(test, "nong-cong");
        let mut tx = test.db().begin().unwrap();
        let (hoa, key) = (opened(&mut tx, &one, "tk-1"), SessionKey::of("token"));
        assert_eq!(opened(&mut tx, &two, "tk-1"), hoa);
        let recovery = [RecoveryKey::of(&hoa, "A")];
        second_factor::offer(&mut tx, &one, &hoa, &TotpSecret::of(SECRET), at(NOON)).unwrap();
        second_factor::confirm(&mut tx, &one, &hoa, at(NOON)).unwrap();
        second_factor::set_recovery_codes(&mut tx, &one, &hoa, &recovery).unwrap();
        link::insert(&mut tx, &one, &tie(&hoa, "a")).unwrap();
        pending::insert(&mut tx, &one, &key, &waiting(Some(&hoa), "2020-07-05T06:00:00Z"), at(NOON)).unwrap();
        assert_eq!(second_factor::get(&mut tx, &two, &hoa).unwrap(), None);
        assert!(second_factor::confirmed(&mut tx, &two).unwrap().is_empty());
        assert_eq!(second_factor::use_recovery_code(&mut tx, &two, &hoa, &recovery[0]).unwrap(), Once::Never);
        assert_eq!(second_factor::delete(&mut tx, &two, &hoa).unwrap(), 0);
        assert_eq!(link::get(&mut tx, &two, "https://sso.example.vn", "a").unwrap(), None);
        assert!(link::linked(&mut tx, &two).unwrap().is_empty());
        assert_eq!(pending::get(&mut tx, &two, &key, at(NOON)).unwrap(), None);
        assert_eq!(pending::delete(&mut tx, &two, &key).unwrap(), 0);
        link::insert(&mut tx, &two, &tie(&hoa, "a")).unwrap();
        assert_eq!(second_factor::recovery_codes_left(&mut tx, &one, &hoa).unwrap(), 1);
    }

    fn neither_a_recovery_code_nor_a_pending_token_stands_in_the_rows(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let hoa = opened(&mut tx, &tenant, "tk-1");
        second_factor::set_recovery_codes(&mut tx, &tenant, &hoa, &[RecoveryKey::of(&hoa, "MA-DU-PHONG")]).unwrap();
        let key = SessionKey::of("ma-cho-bi-mat");
        pending::insert(&mut tx, &tenant, &key, &waiting(Some(&hoa), "2020-07-05T06:00:00Z"), at(NOON)).unwrap();
        tx.commit().unwrap();
        let rows = [test.rows("SELECT * FROM recovery_code"), test.rows("SELECT * FROM pending_sign_in")].concat().concat();
        assert!(rows.len() > 6, "{rows:?}");
        assert!(!rows.iter().any(|cell| cell.contains("MA-DU-PHONG") || cell.contains("ma-cho")), "{rows:?}");
    }
}
