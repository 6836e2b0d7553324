//! Contacts, feeds and the outbox: one notice for each reminder and person, taken by one sender at a time.

use thidua_domain::account::{Account, AccountState};
use thidua_domain::collection::{Reminder, ReminderKind};
use thidua_domain::notice::{Contact, Notice};
use thidua_law::WorkingDays;
use thidua_store::account::{self, PasswordHash};
use thidua_store::notice::feed::{self, FeedKey};
use thidua_store::notice::outbox::{self, Next, Standing};
use thidua_store::{Tx, notice};
use thidua_testkit::both_engines;

use crate::sample::{at, code, day, stored, tenant_id};

fn opened(tx: &mut Tx, tenant: &str, id: &str) {
    let account = Account {
        id: code(id),
        name: id.into(),
        display_name: "Nguyễn Thị Hòa".into(),
        state: AccountState::Open,
        password_changed_at: at("2020-06-01T02:00:00Z"),
        created_at: at("2020-06-01T02:00:00Z"),
    };
    account::insert(
        tx,
        &tenant_id(tenant),
        &account,
        &PasswordHash::of("thi đua gặt lúa", &[3; 16]),
        thidua_domain::account::PasswordOrigin::Own,
    )
    .unwrap();
}

fn of(account: &str, kind: ReminderKind, days: i64, is_certain: bool) -> Notice {
    Notice {
        account: code(account),
        reminder: Reminder {
            form: code("bieu-01"),
            period: thidua_base::Period::parse("2020-H1").unwrap(),
            unit: code("xa-a"),
            until: day("2020-06-12"),
            kind,
            left: WorkingDays { days, is_certain },
        },
        form_name: "Biểu số 01/TĐKT".into(),
        unit_name: "Xã A".into(),
        written_at: at("2020-06-09T00:00:00Z"),
    }
}

both_engines! {
    fn an_address_is_set_changed_and_removed(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        for id in ["tk-1", "tk-2"] {
            opened(&mut tx, "trieu-son", id);
        }
        assert_eq!(notice::email_of(&mut tx, &tenant, &code("tk-1")).unwrap(), None);
        for email in ["a@x.example", "b@x.example"] {
            notice::set_email(&mut tx, &tenant, &code("tk-1"), Some(email), at("2020-06-09T00:00:00Z")).unwrap();
        }
        notice::set_email(&mut tx, &tenant, &code("tk-2"), Some("c@x.example"), at("2020-06-09T00:00:00Z")).unwrap();
        assert_eq!(notice::email_of(&mut tx, &tenant, &code("tk-1")).unwrap().as_deref(), Some("b@x.example"));
        let contact = |id, email: &str| Contact { account: code(id), email: email.into() };
        let both = [contact("tk-1", "b@x.example"), contact("tk-2", "c@x.example")];
        assert_eq!(notice::contacts(&mut tx, &tenant).unwrap(), both);
        // Nobody writes to a closed account.
        account::set_state(&mut tx, &tenant, &code("tk-2"), AccountState::Closed).unwrap();
        assert_eq!(notice::contacts(&mut tx, &tenant).unwrap(), both[..1]);
        notice::set_email(&mut tx, &tenant, &code("tk-1"), None, at("2020-06-09T00:00:00Z")).unwrap();
        assert_eq!(notice::contacts(&mut tx, &tenant).unwrap(), []);
    }

    fn a_feed_is_opened_by_its_newest_token_in_its_own_tenant(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let (other, _) = stored(test, "nong-cong");
        let mut tx = test.db().begin().unwrap();
        opened(&mut tx, "trieu-son", "tk-1");
        let (old, new) = (FeedKey::of("cũ"), FeedKey::of("mới"));
        for (key, when) in [(&old, "2020-06-08T00:00:00Z"), (&new, "2020-06-09T00:00:00Z")] {
            feed::set(&mut tx, &tenant, &code("tk-1"), key, at(when)).unwrap();
        }
        assert_eq!(feed::since(&mut tx, &tenant, &code("tk-1")).unwrap(), Some(at("2020-06-09T00:00:00Z")));
        assert_eq!(feed::owner(&mut tx, &tenant, &new).unwrap(), Some(code("tk-1")));
        assert_eq!(feed::owner(&mut tx, &tenant, &old).unwrap(), None);
        assert_eq!(feed::owner(&mut tx, &other, &new).unwrap(), None);
        assert_eq!(format!("{new:?}"), "FeedKey(…)");
        assert_eq!(feed::remove(&mut tx, &tenant, &code("tk-1")).unwrap(), 1);
        assert_eq!(feed::remove(&mut tx, &tenant, &code("tk-1")).unwrap(), 0);
        assert_eq!(feed::owner(&mut tx, &tenant, &new).unwrap(), None);
    }

    fn a_notice_is_put_once_and_a_more_urgent_one_replaces_what_waits(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        opened(&mut tx, "trieu-son", "tk-1");
        let mild = of("tk-1", ReminderKind::DaysLeft(3), 3, false);
        assert!(outbox::put(&mut tx, &tenant, &mild).unwrap());
        assert!(!outbox::put(&mut tx, &tenant, &mild).unwrap());
        let now = at("2020-06-09T01:00:00Z");
        assert_eq!(outbox::waiting(&mut tx, &tenant, now, 10).unwrap(), [], "no address, nothing to send");
        notice::set_email(&mut tx, &tenant, &code("tk-1"), Some("a@x.example"), now).unwrap();
        assert_eq!(outbox::waiting(&mut tx, &tenant, at("2020-06-08T23:59:59Z"), 10).unwrap(), [], "not yet");
        let waiting = outbox::waiting(&mut tx, &tenant, now, 10).unwrap();
        let [one] = waiting.as_slice() else { panic!("{waiting:?}") };
        assert_eq!((one.kind, one.left, one.until), (mild.reminder.kind, mild.reminder.left, mild.reminder.until));
        assert_eq!((one.email.as_str(), one.person.as_str(), one.unit_name.as_str()), ("a@x.example", "Nguyễn Thị Hòa", "Xã A"));
        assert_eq!((&one.key, one.attempts, one.period), (&mild.reminder.key(), 0, mild.reminder.period));

        let urgent = of("tk-1", ReminderKind::LastDay, 0, true);
        assert!(outbox::put(&mut tx, &tenant, &urgent).unwrap());
        let waiting = outbox::waiting(&mut tx, &tenant, now, 10).unwrap();
        assert_eq!(waiting.iter().map(|one| one.kind).collect::<Vec<_>>(), [ReminderKind::LastDay]);
        let replaced = outbox::standing(&mut tx, &tenant, &code("tk-1"), &mild.reminder.key()).unwrap().unwrap();
        assert_eq!((replaced.fault.as_str(), replaced.sent_at), ("superseded", None));
        // Replaced is not forgotten: the same reminder does not come again.
        assert!(!outbox::put(&mut tx, &tenant, &mild).unwrap());
    }

    fn one_sender_takes_a_notice_and_what_fails_waits_and_is_given_up(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        opened(&mut tx, "trieu-son", "tk-1");
        let now = at("2020-06-09T01:00:00Z");
        notice::set_email(&mut tx, &tenant, &code("tk-1"), Some("a@x.example"), now).unwrap();
        outbox::put(&mut tx, &tenant, &of("tk-1", ReminderKind::Opens, 9, true)).unwrap();
        let one = outbox::waiting(&mut tx, &tenant, now, 1).unwrap().remove(0);
        let lease = at("2020-06-09T01:10:00Z");
        assert!(outbox::claim(&mut tx, &tenant, &one, lease).unwrap());
        assert!(!outbox::claim(&mut tx, &tenant, &one, lease).unwrap(), "taken already");
        assert_eq!(outbox::waiting(&mut tx, &tenant, now, 1).unwrap(), []);
        // The sender perished: it comes up again after the lease.
        assert_eq!(outbox::waiting(&mut tx, &tenant, lease, 1).unwrap()[0].attempts, 1);

        let (account, key) = (code("tk-1"), one.key.as_str());
        let standing = |tx: &mut Tx| outbox::standing(tx, &tenant, &account, key).unwrap().unwrap();
        outbox::failed(&mut tx, &tenant, &account, key, "refused", Next::Again(at("2020-06-09T02:00:00Z"))).unwrap();
        assert_eq!(outbox::waiting(&mut tx, &tenant, lease, 1).unwrap(), []);
        assert_eq!(outbox::waiting(&mut tx, &tenant, at("2020-06-09T02:00:00Z"), 1).unwrap().len(), 1);
        outbox::sent(&mut tx, &tenant, &account, key, at("2020-06-09T02:01:00Z")).unwrap();
        let sent_at = Some(at("2020-06-09T02:01:00Z"));
        assert_eq!(standing(&mut tx), Standing { attempts: 1, sent_at, given_up_at: None, fault: String::new() });
        // A failure told late does not undo it.
        outbox::failed(&mut tx, &tenant, &account, key, "x", Next::GivenUp(at("2020-06-09T03:00:00Z"))).unwrap();
        assert_eq!(standing(&mut tx).given_up_at, None);

        outbox::put(&mut tx, &tenant, &of("tk-1", ReminderKind::LastDay, 0, true)).unwrap();
        let last = outbox::waiting(&mut tx, &tenant, now, 1).unwrap().remove(0);
        outbox::failed(&mut tx, &tenant, &account, &last.key, "no such user", Next::GivenUp(now)).unwrap();
        assert_eq!(outbox::waiting(&mut tx, &tenant, at("2030-01-01T00:00:00Z"), 1).unwrap(), []);
    }

    fn notices_of_another_tenant_are_not_seen(test) {
        let (one, _) = stored(test, "trieu-son");
        let (two, _) = stored(test, "nong-cong");
        let mut tx = test.db().begin().unwrap();
        let now = at("2020-06-09T01:00:00Z");
        for (tenant, name) in [(&one, "trieu-son"), (&two, "nong-cong")] {
            opened(&mut tx, name, "tk-1");
            notice::set_email(&mut tx, tenant, &code("tk-1"), Some("a@x.example"), now).unwrap();
        }
        outbox::put(&mut tx, &one, &of("tk-1", ReminderKind::Opens, 9, true)).unwrap();
        assert_eq!(outbox::waiting(&mut tx, &two, now, 9).unwrap(), []);
        assert_eq!(outbox::waiting(&mut tx, &one, now, 9).unwrap().len(), 1);
        notice::set_email(&mut tx, &two, &code("tk-1"), None, now).unwrap();
        assert_eq!(notice::contacts(&mut tx, &one).unwrap().len(), 1);
    }
}
