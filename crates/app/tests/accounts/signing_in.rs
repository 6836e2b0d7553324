//! Signing in: one refusal for every cause, the same work behind it, and locks that grow.

use std::time::{Duration, Instant};

use thidua_app::Entropy;
use thidua_app::account::{Visitor, close_account, reopen_account, set_password, visitor};
use thidua_domain::Refusal;
use thidua_domain::actor::Capacity;
use thidua_testkit::both_engines;

use crate::house::{House, PASSWORD, refusal, typed};

both_engines! {
    fn whoever_signs_in_is_known_by_the_token_and_by_nothing_else(test) {
        let house = House::with_hoa(test.db());
        assert_eq!(visitor(&house.app, house.tenant(), None).unwrap(), Visitor::Stranger);
        // Marks and case of the name do not count.
        let token = house.sign_in("HÒA", PASSWORD).unwrap();
        let Visitor::Person(person) = house.visitor(&token) else { panic!("signed in") };
        assert_eq!((person.account.name.as_str(), person.actor.name.as_str()), ("hoa", "Nguyễn Thị Hòa"));
        assert!(matches!(&person.actor.capacity, Capacity::Person { posts, .. } if posts.is_empty()));
        assert_eq!(person.session.user_agent, "Trình duyệt thử");
        let second = house.sign_in("hoa", PASSWORD).unwrap();
        assert_ne!(token, second);
        // A password typed with combining marks is the same password.
        let combining: String = PASSWORD.chars().flat_map(|c| if c == 'ú' { vec!['u', '\u{301}'] } else { vec![c] }).collect();
        assert_ne!(combining, PASSWORD);
        house.sign_in("hoa", &combining).unwrap();
    }

    fn every_cause_of_refusal_is_one_answer_after_the_same_statements(test) {
        let mut house = House::with_hoa(test.db());
        house.opened("khoa", "Lê Văn Khóa");
        house.opened("dong", "Trần Thị Đóng");
        close_account(&house.app, &house.operator, "dong").unwrap();
        for _ in 0..5 {
            assert_eq!(refusal(house.sign_in("khoa", "sai")), Refusal::SignInRefused);
        }
        house.at("2020-07-05T02:00:30Z");
        let mut counts = Vec::new();
        for (name, password) in
            [("hoa", "sai"), ("khong-co", PASSWORD), ("khoa", PASSWORD), ("dong", PASSWORD), ("", ""), ("hoa\nx", "y")]
        {
            let before = house.app.db.statements_run();
            assert_eq!(refusal(house.sign_in(name, password)), Refusal::SignInRefused, "{name}");
            counts.push(house.app.db.statements_run() - before);
        }
        assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
        reopen_account(&house.app, &house.operator, "dong").unwrap();
        house.sign_in("dong", PASSWORD).unwrap();
    }

    fn the_journal_tells_causes_apart_and_holds_no_secret(test) {
        let mut house = House::with_hoa(test.db());
        for _ in 0..5 {
            house.sign_in("hoa", "một mật khẩu sai").unwrap_err();
        }
        // Someone types the password into the field of the name.
        house.sign_in(PASSWORD, "").unwrap_err();
        let told = house.told(2);
        assert_eq!(told[0], ["sign-in-refused", "account:?", ""]);
        assert_eq!(told[1], ["sign-in-refused", "account:hoa", "locked until 2020-07-05T02:01:00Z"]);
        house.at("2020-07-05T03:00:00Z");
        let token = house.sign_in("hoa", PASSWORD).unwrap();
        let all = format!("{:?}", house.told(1_000));
        for secret in [PASSWORD, "một mật khẩu sai", token.text(), "argon2"] {
            assert!(!all.contains(secret), "{secret}");
        }
    }

    fn wrong_passwords_lock_for_longer_each_time_and_the_right_one_forgives(test) {
        let mut house = House::with_hoa(test.db());
        for _ in 0..4 {
            house.sign_in("hoa", "sai").unwrap_err();
        }
        house.sign_in("hoa", PASSWORD).unwrap();
        for _ in 0..5 {
            house.sign_in("hoa", "sai").unwrap_err();
        }
        for locked in ["2020-07-05T02:00:00Z", "2020-07-05T02:00:59Z"] {
            house.at(locked);
            assert_eq!(refusal(house.sign_in("hoa", PASSWORD)), Refusal::SignInRefused, "{locked}");
        }
        // What is typed while locked counts for nothing: the sixth wrong one is the first after the lock.
        house.at("2020-07-05T02:01:00Z");
        house.sign_in("hoa", "sai").unwrap_err();
        house.at("2020-07-05T02:02:59Z");
        house.sign_in("hoa", PASSWORD).unwrap_err();
        house.at("2020-07-05T02:03:00Z");
        house.sign_in("hoa", PASSWORD).unwrap();
        house.sign_in("hoa", "sai").unwrap_err();
        house.sign_in("hoa", PASSWORD).unwrap();
    }

    fn a_new_password_lifts_the_lock_and_ends_what_was_open(test) {
        let house = House::with_hoa(test.db());
        let token = house.sign_in("hoa", PASSWORD).unwrap();
        for _ in 0..5 {
            house.sign_in("hoa", "sai").unwrap_err();
        }
        set_password(&house.app, &house.operator, "hoa", "một câu khác hẳn").unwrap();
        assert_eq!(house.visitor(&token), Visitor::Stranger);
        house.sign_in("hoa", PASSWORD).unwrap_err();
        house.sign_in("hoa", "một câu khác hẳn").unwrap();
        assert!(house.told(1_000).contains(&["set-password".into(), "account:hoa".into(), String::new()]));
    }
}

#[test]
fn attempts_at_once_are_counted_one_by_one() {
    let test = thidua_testkit::engines::TestDb::sqlite("attempts");
    let house = House::with_hoa(test.db());
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| house.sign_in("hoa", "sai").unwrap_err());
        }
    });
    // Eight at once are one lock and no more: after the fifth none is looked at.
    assert_eq!(refusal(house.sign_in("hoa", PASSWORD)), Refusal::SignInRefused);
    let known = test.db().read(|tx| thidua_store::account::by_name(tx, house.tenant(), "hoa")).unwrap().unwrap();
    assert_eq!(known.failures, 5);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "measures that an unknown name takes as long as a wrong password")]
fn an_unknown_name_takes_as_long_as_a_wrong_password() {
    let test = thidua_testkit::engines::TestDb::sqlite("timing");
    let house = House::with_hoa(test.db());
    let shortest = |name: &str| {
        let once = |_| {
            let begun = Instant::now();
            house.sign_in(name, "sai").unwrap_err();
            begun.elapsed()
        };
        (0..4).map(once).min().unwrap()
    };
    let (wrong, unknown) = (shortest("hoa"), shortest("khong-co"));
    // The work of a hash shows against everything else there is to do; a quarter leaves room for a busy machine.
    assert!(wrong > Duration::from_millis(2), "{wrong:?}");
    assert!(unknown * 4 > wrong && wrong * 4 > unknown, "{unknown:?} and {wrong:?}");
}

#[test]
fn nothing_secret_is_printed() {
    let shown = format!("{:?}", typed("hoa", "thi đua gặt lúa"));
    assert!(shown.contains("hoa") && !shown.contains("gặt"), "{shown}");
    let db = thidua_store::Db::memory().unwrap();
    db.migrate().unwrap();
    let mut house = House::with_hoa(&db);
    house.app.entropy = Entropy::Machine;
    let token = house.sign_in("hoa", PASSWORD).unwrap();
    assert!(!format!("{token:?} {:?}", house.visitor(&token)).contains(token.text()));
}
