//! Sessions: how long they last, ending one or all, and the change of a password.

use thidua_app::account::{
    PasswordChange, Visitor, change_password, close_account, sessions, sign_out, sign_out_everywhere, visitor,
};
use thidua_domain::Refusal;
use thidua_store::tenant::{self, Tenant};
use thidua_testkit::both_engines;

use crate::house::{House, PASSWORD, is_absent, refusal};

fn change(present: &str, new: &str, again: &str) -> PasswordChange {
    PasswordChange { present: present.into(), new: new.into(), again: again.into(), user_agent: "x".into() }
}

both_engines! {
    fn an_unused_session_ends_after_an_hour(test) {
        let mut house = House::with_hoa(test.db());
        let token = house.sign_in("hoa", PASSWORD).unwrap();
        house.at("2020-07-05T02:59:59Z");
        assert!(matches!(house.visitor(&token), Visitor::Person(_)));
        // That was a use: another hour begins.
        house.at("2020-07-05T03:59:58Z");
        assert!(matches!(house.visitor(&token), Visitor::Person(_)));
        house.at("2020-07-05T04:59:58Z");
        assert_eq!(house.visitor(&token), Visitor::Stranger);
    }

    fn a_session_in_use_ends_after_twelve_hours(test) {
        let mut house = House::with_hoa(test.db());
        let token = house.sign_in("hoa", PASSWORD).unwrap();
        for half_hour in 1..24 {
            house.at(&format!("2020-07-05T{:02}:{:02}:00Z", 2 + half_hour / 2, half_hour % 2 * 30));
            assert!(matches!(house.visitor(&token), Visitor::Person(_)), "half-hour {half_hour}");
        }
        house.at("2020-07-05T14:00:00Z");
        assert_eq!(house.visitor(&token), Visitor::Stranger);
    }

    fn use_is_noted_once_a_minute_and_not_with_every_page(test) {
        let mut house = House::with_hoa(test.db());
        let token = house.sign_in("hoa", PASSWORD).unwrap();
        let cost = |house: &House| {
            let before = house.app.db.statements_run();
            house.visitor(&token);
            house.app.db.statements_run() - before
        };
        let quiet = cost(&house);
        house.at("2020-07-05T02:00:59Z");
        assert_eq!(cost(&house), quiet);
        house.at("2020-07-05T02:01:00Z");
        assert_eq!(cost(&house), quiet + 1);
    }

    fn a_person_sees_their_sessions_and_ends_one_or_all(test) {
        let mut house = House::with_hoa(test.db());
        house.opened("an", "Lê Văn An");
        let (one, theirs) = (house.sign_in("hoa", PASSWORD).unwrap(), house.sign_in("an", PASSWORD).unwrap());
        house.at("2020-07-05T02:10:00Z");
        let two = house.sign_in("hoa", PASSWORD).unwrap();
        let hoa = house.person("hoa").actor;
        let listed = sessions(&house.app, &hoa, &two).unwrap();
        assert_eq!(listed.len(), 3);
        assert_eq!(listed.iter().filter(|listed| listed.is_current).count(), 1);
        assert!(!listed[2].is_current && listed[2].session.created_at.to_string() == "2020-07-05T02:00:00Z");

        assert!(is_absent(&sign_out(&house.app, &hoa, &theirs)), "the session of another is not there");
        sign_out(&house.app, &hoa, &one).unwrap();
        assert!(is_absent(&sign_out(&house.app, &hoa, &one)));
        assert_eq!(house.visitor(&one), Visitor::Stranger);
        assert!(matches!(house.visitor(&two), Visitor::Person(_)));
        assert_eq!(sign_out_everywhere(&house.app, &hoa).unwrap(), 2);
        assert_eq!(house.visitor(&two), Visitor::Stranger);
        assert!(matches!(house.visitor(&theirs), Visitor::Person(_)));
        assert_eq!(house.told(1), [["sign-out-everywhere", "account:hoa", "2"]]);
    }

    fn a_changed_password_ends_other_sessions_and_begins_a_new_one(test) {
        let house = House::with_hoa(test.db());
        let (here, elsewhere) = (house.sign_in("hoa", PASSWORD).unwrap(), house.sign_in("hoa", PASSWORD).unwrap());
        let hoa = house.person("hoa").actor;
        let refused = |given: &PasswordChange| refusal(change_password(&house.app, &hoa, given));
        let new = "một câu khác hẳn";
        assert_eq!(refused(&change(PASSWORD, new, "một câu khác")), Refusal::PasswordsDiffer);
        assert_eq!(refused(&change(PASSWORD, "ngắn", "ngắn")), Refusal::ShortPassword { least: 10 });
        assert_eq!(refused(&change(PASSWORD, "Nguyễn Thị Hòa", "Nguyễn Thị Hòa")), Refusal::PasswordIsName);
        assert_eq!(refused(&change("sai", new, new)), Refusal::WrongPassword);
        assert!(matches!(house.visitor(&here), Visitor::Person(_)), "a refusal changes nothing");

        let token = change_password(&house.app, &hoa, &change(PASSWORD, new, new)).unwrap();
        for old in [&here, &elsewhere] {
            assert_eq!(house.visitor(old), Visitor::Stranger);
        }
        assert!(matches!(house.visitor(&token), Visitor::Person(_)));
        house.sign_in("hoa", PASSWORD).unwrap_err();
        house.sign_in("hoa", new).unwrap();
    }

    fn guessing_the_present_password_at_an_open_screen_locks(test) {
        let house = House::with_hoa(test.db());
        let hoa = house.person("hoa").actor;
        let new = "một câu khác hẳn";
        for _ in 0..5 {
            assert_eq!(refusal(change_password(&house.app, &hoa, &change("sai", new, new))), Refusal::WrongPassword);
        }
        assert_eq!(refusal(change_password(&house.app, &hoa, &change(PASSWORD, new, new))), Refusal::WrongPassword);
        assert_eq!(refusal(house.sign_in("hoa", PASSWORD)), Refusal::SignInRefused);
    }

    fn the_sessions_of_a_closed_account_are_over(test) {
        let house = House::with_hoa(test.db());
        let token = house.sign_in("hoa", PASSWORD).unwrap();
        close_account(&house.app, &house.operator, "hoa").unwrap();
        assert_eq!(house.visitor(&token), Visitor::Stranger);
    }

    fn a_token_of_one_tenant_is_nothing_in_another(test) {
        let house = House::with_hoa(test.db());
        let other = Tenant { id: thidua_base::Code::parse("nong-cong").unwrap(), name: "Huyện Nông Cống".into() };
        let mut tx = test.db().begin().unwrap();
        tenant::insert(&mut tx, &other).unwrap();
        tx.commit().unwrap();
        let token = house.sign_in("hoa", PASSWORD).unwrap();
        // That house has no account yet, so its pages are open; nobody is signed in there.
        assert_eq!(visitor(&house.app, &other.id, Some(&token)).unwrap(), Visitor::Anyone);
        let typed = crate::house::typed("hoa", PASSWORD);
        assert_eq!(refusal(thidua_app::account::sign_in(&house.app, &other.id, &typed)), Refusal::SignInRefused);
    }
}
