//! Signing in with the word of another server: whom it lets in, and how ties are made and undone.

use thidua_app::account::{
    LinkAsked, SignedIn, Visitor, Vouched, await_provider, awaits_code, close_account, confirm_sign_in, link_account,
    managed, open_account, sign_in_vouched, take_awaited, unlink_account,
};
use thidua_domain::Refusal;
use thidua_domain::account::{Duty, WayIn};
use thidua_testkit::accounts::{code_at, enrol};
use thidua_testkit::both_engines;

use crate::house::{House, PASSWORD, refusal};

const ISSUER: &str = "https://sso.example.vn";

fn link(name: &str, subject: &str) -> LinkAsked {
    LinkAsked { name: name.into(), issuer: ISSUER.into(), subject: subject.into() }
}

fn vouched(issuer: &str, subject: &str) -> Vouched {
    Vouched { issuer: issuer.into(), subject: subject.into(), back: "/don-vi".into(), user_agent: "x".into() }
}

fn come(house: &House, subject: &str) -> Result<SignedIn, thidua_app::Error> {
    sign_in_vouched(&house.app, house.tenant(), &vouched(ISSUER, subject))
}

both_engines! {
    fn whoever_is_tied_enters_and_nobody_else(test) {
        let house = House::with_hoa(test.db());
        house.opened("an", "Lê Văn An");
        link_account(&house.app, &house.operator, &link("hoa", "sub-1")).unwrap();
        let SignedIn::In(token) = come(&house, "sub-1").unwrap() else { panic!("no second factor") };
        let Visitor::Person(person) = house.visitor(&token) else { panic!("signed in") };
        assert_eq!((person.account.name.as_str(), person.session.way_in), ("hoa", WayIn::Provider));
        assert_eq!(house.told(1), [["sign-in", "account:hoa", "sso"]]);
        let before = house.app.db.read(|tx| thidua_store::account::accounts(tx, house.tenant())).unwrap();
        // Neither the name of an account nor another case, nor the same person of another provider.
        for (issuer, subject) in [(ISSUER, "an"), (ISSUER, "SUB-1"), (ISSUER, "sub-1 "), ("https://sso.example.vn/", "sub-1")] {
            let refused = sign_in_vouched(&house.app, house.tenant(), &vouched(issuer, subject));
            assert_eq!(refusal(refused), Refusal::NotLinked { subject: subject.into() });
            let told = house.told(1);
            assert_eq!(told, [["sso-refused", "account:?", &format!("{subject} @ {issuer}")]]);
        }
        assert_eq!(house.app.db.read(|tx| thidua_store::account::accounts(tx, house.tenant())).unwrap(), before);
    }

    fn a_closed_account_is_refused_like_an_unknown_person(test) {
        let house = House::with_hoa(test.db());
        link_account(&house.app, &house.operator, &link("hoa", "sub-1")).unwrap();
        close_account(&house.app, &house.operator, "hoa").unwrap();
        assert_eq!(refusal(come(&house, "sub-1")), Refusal::NotLinked { subject: "sub-1".into() });
        assert_eq!(house.told(1)[0][1], "account:hoa", "the journal knows");
    }

    fn wrong_passwords_of_a_stranger_do_not_lock_the_other_way_in(test) {
        let house = House::with_hoa(test.db());
        link_account(&house.app, &house.operator, &link("hoa", "sub-1")).unwrap();
        for _ in 0..5 {
            house.sign_in("hoa", "sai").unwrap_err();
        }
        assert_eq!(refusal(house.sign_in("hoa", PASSWORD)), Refusal::SignInRefused);
        come(&house, "sub-1").unwrap();
    }

    fn a_second_factor_is_asked_for_this_way_too(test) {
        let house = House::with_hoa(test.db());
        link_account(&house.app, &house.operator, &link("hoa", "sub-1")).unwrap();
        enrol(&house.app, "hoa");
        let SignedIn::CodeWanted(pending) = come(&house, "sub-1").unwrap() else { panic!("a code is wanted") };
        let code = code_at(house.app.clock.now());
        let given = thidua_app::account::CodeGiven { pending, code, user_agent: "x".into() };
        let (token, back) = confirm_sign_in(&house.app, house.tenant(), &given).unwrap();
        assert_eq!(back, "/don-vi");
        assert_eq!(house.told(1), [["sign-in", "account:hoa", "sso, code, 0 recovery codes left"]]);
        assert!(matches!(house.visitor(&token), Visitor::Person(person) if person.session.way_in == WayIn::Provider));
    }

    fn whoever_came_this_way_has_no_given_password_to_change(test) {
        let house = House::with_hoa(test.db());
        let (_, password) = open_account(&house.app, &house.operator, "moi", "Lê Thị Mới").unwrap();
        link_account(&house.app, &house.operator, &link("moi", "sub-2")).unwrap();
        let SignedIn::In(token) = come(&house, "sub-2").unwrap() else { panic!("no second factor") };
        assert!(matches!(house.visitor(&token), Visitor::Person(person) if person.duty.is_none()));
        let token = house.sign_in("moi", password.text()).unwrap();
        assert!(matches!(house.visitor(&token), Visitor::Person(p) if p.duty == Some(Duty::ChangePassword)));
    }

    fn what_a_provider_answers_is_taken_up_once_and_in_time(test) {
        let mut house = House::with_hoa(test.db());
        let token = await_provider(&house.app, house.tenant(), "/don-vi").unwrap();
        assert!(!awaits_code(&house.app, house.tenant(), &token).unwrap(), "that is another kind of waiting");
        assert_eq!(take_awaited(&house.app, house.tenant(), &token).unwrap(), "/don-vi");
        assert_eq!(refusal(take_awaited(&house.app, house.tenant(), &token)), Refusal::StaleSignIn);
        let late = await_provider(&house.app, house.tenant(), "/").unwrap();
        house.at("2020-07-05T02:10:00Z");
        assert_eq!(refusal(take_awaited(&house.app, house.tenant(), &late)), Refusal::StaleSignIn);
        // A sign-in that awaits a code is not the provider's to finish.
        enrol(&house.app, "hoa");
        let pending = house.half_in("hoa");
        assert_eq!(refusal(take_awaited(&house.app, house.tenant(), &pending)), Refusal::StaleSignIn);
    }

    fn ties_are_made_once_and_undone(test) {
        let house = House::with_hoa(test.db());
        house.opened("an", "Lê Văn An");
        let (app, by) = (&house.app, &house.operator);
        link_account(app, by, &link("hoa", "sub-1")).unwrap();
        link_account(app, by, &link("hoa", " sub-2 ")).unwrap();
        assert_eq!(house.told(1), [["link-account", "account:hoa", "sub-2 @ https://sso.example.vn"]]);
        assert_eq!(refusal(link_account(app, by, &link("an", "sub-1"))), Refusal::LinkExists { subject: "sub-1".into() });
        assert_eq!(refusal(link_account(app, by, &link("ai", "sub-3"))), Refusal::UnknownAccount { asked: "ai".into() });
        assert_eq!(refusal(link_account(app, by, &link("hoa", " "))), Refusal::BadLink { most: 255 });
        assert_eq!(refusal(unlink_account(app, by, &link("an", "sub-1"))), Refusal::UnknownLink);
        unlink_account(app, by, &link("hoa", "sub-1")).unwrap();
        assert_eq!(house.told(1), [["unlink-account", "account:hoa", "sub-1 @ https://sso.example.vn"]]);
        assert_eq!(managed(app, by, "hoa").unwrap().links.len(), 1);
        assert_eq!(refusal(come(&house, "sub-1")), Refusal::NotLinked { subject: "sub-1".into() });
        link_account(app, by, &link("an", "sub-1")).unwrap();
        assert!(matches!(come(&house, "sub-1").unwrap(), SignedIn::In(_)));
    }
}
