//! Second factors: enrolled, asked for, used once, lost, and demanded of administrators.

use thidua_app::Error;
use thidua_app::account::{
    CodeGiven, SignedIn, Token, Visitor, awaits_code, change_password, close_account, confirm_second_factor,
    confirm_sign_in, factor_standing, give_password, list, offer_second_factor, open_account, remove_second_factor,
    renew_recovery_codes, reset_second_factor, set_password, sign_in,
};
use thidua_domain::Refusal;
use thidua_domain::account::Duty;
use thidua_testkit::accounts::{code_at, enrol};
use thidua_testkit::both_engines;
use thidua_testkit::engines::TestDb;

use crate::house::{House, PASSWORD, is_absent, refusal, typed};

fn given(house: &House, pending: &Token, code: &str) -> Result<(Token, String), Error> {
    let given = CodeGiven { pending: pending.clone(), code: code.into(), user_agent: "x".into() };
    confirm_sign_in(&house.app, house.tenant(), &given)
}

fn now(house: &House) -> String {
    code_at(house.app.clock.now())
}

fn enrolled(test: &TestDb) -> House {
    let house = House::with_hoa(test.db());
    enrol(&house.app, "hoa");
    house
}

both_engines! {
    fn a_person_enrols_and_is_asked_for_a_code_from_then_on(test) {
        let mut house = House::with_hoa(test.db());
        let (elsewhere, here) = (house.sign_in("hoa", PASSWORD).unwrap(), house.sign_in("hoa", PASSWORD).unwrap());
        let hoa = house.person("hoa").actor;
        let offer = offer_second_factor(&house.app, &hoa).unwrap();
        assert_eq!(offer_second_factor(&house.app, &hoa).unwrap(), offer, "the page can be shown again");
        assert!(offer.uri.contains(&offer.letters.replace(' ', "")) && offer.uri.contains(":hoa?"), "{}", offer.uri);
        let secret = secret_of(&house);
        assert_eq!(secret.for_its_owner(), offer.letters.replace(' ', ""));
        assert_eq!(factor_standing(&house.app, &hoa).unwrap().since, None, "an offer is no second factor yet");
        house.sign_in("hoa", PASSWORD).unwrap();
        let step = |house: &House| thidua_domain::account::second_factor::step_of(house.app.clock.now());
        let wrong = format!("{:06}", (secret.code(step(&house)) + 1) % 1_000_000);
        for wrong in [wrong.as_str(), "", "ABCD-EFGH-IJKL-MNOP"] {
            let refused = confirm_second_factor(&house.app, &hoa, &here, wrong);
            assert_eq!(refusal(refused), Refusal::WrongCode, "{wrong}");
        }
        let code = format!("{:06}", secret.code(step(&house)));
        let codes = confirm_second_factor(&house.app, &hoa, &here, &code).unwrap();
        assert_eq!(codes.0.len(), 10);
        let standing = factor_standing(&house.app, &hoa).unwrap();
        assert_eq!((standing.since, standing.codes_left), (Some(house.app.clock.now()), 10));
        // What was opened with a password alone is over, but for the browser that enrolled.
        assert_eq!(house.visitor(&elsewhere), Visitor::Stranger);
        assert!(matches!(house.visitor(&here), Visitor::Person(_)));
        assert_eq!(refusal(offer_second_factor(&house.app, &hoa)), Refusal::SecondFactorHeld);
        assert_eq!(refusal(confirm_second_factor(&house.app, &hoa, &here, &code)), Refusal::SecondFactorHeld);
        // The code that enrolled does not sign in as well.
        let pending = house.half_in("hoa");
        assert_eq!(refusal(given(&house, &pending, &code)), Refusal::WrongCode);
        house.at("2020-07-05T02:00:30Z");
        let code = format!("{:06}", secret.code(step(&house)));
        let (token, back) = given(&house, &pending, &code).unwrap();
        assert_eq!(back, "/chi-tieu");
        assert!(matches!(house.visitor(&token), Visitor::Person(_)));
        assert_eq!(house.told(1), [["sign-in", "account:hoa", "password, code, 10 recovery codes left"]]);
        let told = format!("{:?}", house.told(1_000));
        assert!(told.contains("enrol-second-factor") && told.contains("code-refused"));
        for hidden in [offer.letters.as_str(), &offer.letters.replace(' ', ""), &codes.0[0], code.as_str()] {
            assert!(!told.contains(hidden), "{hidden}");
        }
    }

    fn an_offer_that_lay_about_is_replaced(test) {
        let mut house = House::with_hoa(test.db());
        let hoa = house.person("hoa").actor;
        let offer = offer_second_factor(&house.app, &hoa).unwrap();
        house.at("2020-07-05T02:10:00Z");
        assert_ne!(offer_second_factor(&house.app, &hoa).unwrap(), offer);
    }

    fn a_code_counts_once_and_near_its_time_only(test) {
        let mut house = enrolled(test);
        let pending = house.half_in("hoa");
        let at = |seconds| code_at(house.app.clock.now().plus_seconds(seconds));
        let (early, before, after, late) = (at(-60), at(-30), at(30), at(60));
        for wrong in [&early, &late] {
            assert_eq!(refusal(given(&house, &pending, wrong)), Refusal::WrongCode);
        }
        given(&house, &pending, &before).unwrap();
        assert_eq!(refusal(given(&house, &pending, &now(&house))), Refusal::StaleSignIn, "the sign-in is done");
        let second = house.half_in("hoa");
        assert_eq!(refusal(given(&house, &second, &before)), Refusal::WrongCode, "used already");
        given(&house, &second, &after).unwrap();
        // A later code was used: the earlier ones are void with it.
        let third = house.half_in("hoa");
        assert_eq!(refusal(given(&house, &third, &now(&house))), Refusal::WrongCode);
        house.at("2020-07-05T02:01:00Z");
        given(&house, &third, &now(&house)).unwrap();
    }

    fn wrong_codes_lock_and_the_right_password_takes_none_back(test) {
        let mut house = enrolled(test);
        for _ in 0..5 {
            let pending = house.half_in("hoa");
            assert_eq!(refusal(given(&house, &pending, "000000")), Refusal::WrongCode);
        }
        assert_eq!(refusal(sign_in(&house.app, house.tenant(), &typed("hoa", PASSWORD))), Refusal::SignInRefused);
        assert_eq!(house.told(2)[1], ["code-refused", "account:hoa", "locked until 2020-07-05T02:01:00Z"]);
        house.at("2020-07-05T02:01:00Z");
        let pending = house.half_in("hoa");
        given(&house, &pending, "000000").unwrap_err();
        // Locked for longer; the right code is not even looked at.
        assert_eq!(refusal(given(&house, &pending, &now(&house))), Refusal::WrongCode);
        house.at("2020-07-05T02:03:00Z");
        given(&house, &pending, &now(&house)).unwrap();
        // It forgave: five more are needed for a lock.
        house.at("2020-07-05T02:04:00Z");
        let pending = house.half_in("hoa");
        for _ in 0..4 {
            given(&house, &pending, "000000").unwrap_err();
        }
        given(&house, &pending, &now(&house)).unwrap();
    }

    fn a_half_done_sign_in_is_over_after_ten_minutes_and_opens_nothing(test) {
        let mut house = enrolled(test);
        let pending = house.half_in("hoa");
        assert_eq!(house.visitor(&pending), Visitor::Stranger, "it is no session");
        assert!(awaits_code(&house.app, house.tenant(), &pending).unwrap());
        house.at("2020-07-05T02:10:00Z");
        assert!(!awaits_code(&house.app, house.tenant(), &pending).unwrap());
        assert_eq!(refusal(given(&house, &pending, &now(&house))), Refusal::StaleSignIn);
        let pending = house.half_in("hoa");
        close_account(&house.app, &house.operator, "hoa").unwrap();
        assert_eq!(refusal(given(&house, &pending, &now(&house))), Refusal::StaleSignIn);
    }

    fn a_changed_password_ends_what_began_with_the_old_one(test) {
        let house = enrolled(test);
        let (pending, hoa) = (house.half_in("hoa"), house.in_session("hoa").1.actor);
        let new = "một câu khác hẳn".to_owned();
        let change = thidua_app::account::PasswordChange {
            present: PASSWORD.into(),
            new: new.clone(),
            again: new,
            user_agent: "x".into(),
        };
        change_password(&house.app, &hoa, &change).unwrap();
        assert_eq!(refusal(given(&house, &pending, &now(&house))), Refusal::StaleSignIn);
    }

    fn recovery_codes_work_once_each_and_new_ones_void_the_old(test) {
        let mut house = enrolled(test);
        let hoa = house.in_session("hoa").1.actor;
        assert_eq!(refusal(renew_recovery_codes(&house.app, &hoa, "000000")), Refusal::WrongCode);
        let old = renew_recovery_codes(&house.app, &hoa, &now(&house)).unwrap().0;
        let pending = house.half_in("hoa");
        given(&house, &pending, &old[0].to_lowercase()).unwrap();
        assert_eq!(house.told(1), [["sign-in", "account:hoa", "password, recovery-code, 9 recovery codes left"]]);
        let pending = house.half_in("hoa");
        assert_eq!(refusal(given(&house, &pending, &old[0])), Refusal::WrongCode);
        // Even a recovery code may ask for new ones: the phone is gone, the list nearly used up.
        let new = renew_recovery_codes(&house.app, &hoa, &old[1]).unwrap().0;
        assert!(old.iter().all(|code| !new.contains(code)));
        assert_eq!(refusal(given(&house, &pending, &old[2])), Refusal::WrongCode);
        house.at("2020-07-05T02:05:00Z");
        given(&house, &pending, &new[9]).unwrap();
    }

    fn an_administrator_without_one_has_no_right_but_to_enrol(test) {
        let house = House::with_hoa(test.db());
        house.administers("hoa");
        let token = house.sign_in("hoa", PASSWORD).unwrap();
        let Visitor::Person(hoa) = house.visitor(&token) else { panic!("signed in") };
        assert_eq!(hoa.duty, Some(Duty::EnrolSecondFactor));
        assert!(is_absent(&list(&house.app, &hoa.actor)));
        assert!(is_absent(&thidua_app::audit::tail(&house.app, &hoa.actor, 1)));
        offer_second_factor(&house.app, &hoa.actor).unwrap();
        let code = format!("{:06}", secret_of(&house).code(thidua_domain::account::second_factor::step_of(house.app.clock.now())));
        confirm_second_factor(&house.app, &hoa.actor, &token, &code).unwrap();
        let Visitor::Person(hoa) = house.visitor(&token) else { panic!("still signed in") };
        assert_eq!(hoa.duty, None);
        assert!(list(&house.app, &hoa.actor).unwrap()[0].has_second_factor);
    }

    fn one_is_taken_away_for_password_and_code(test) {
        let house = enrolled(test);
        let hoa = house.in_session("hoa").1.actor;
        assert_eq!(refusal(remove_second_factor(&house.app, &hoa, "sai", &now(&house))), Refusal::WrongPassword);
        assert_eq!(refusal(remove_second_factor(&house.app, &hoa, PASSWORD, "000000")), Refusal::WrongCode);
        remove_second_factor(&house.app, &hoa, PASSWORD, &now(&house)).unwrap();
        assert_eq!(house.told(1), [["remove-second-factor", "account:hoa", "code"]]);
        assert_eq!(refusal(remove_second_factor(&house.app, &hoa, PASSWORD, "000000")), Refusal::NoSecondFactor);
        assert_eq!(refusal(renew_recovery_codes(&house.app, &hoa, "000000")), Refusal::NoSecondFactor);
        house.sign_in("hoa", PASSWORD).unwrap();
    }

    fn guessing_codes_at_an_open_screen_locks(test) {
        let house = enrolled(test);
        let hoa = house.in_session("hoa").1.actor;
        for _ in 0..5 {
            assert_eq!(refusal(remove_second_factor(&house.app, &hoa, PASSWORD, "000000")), Refusal::WrongCode);
        }
        assert_eq!(refusal(remove_second_factor(&house.app, &hoa, PASSWORD, &now(&house))), Refusal::WrongPassword);
        assert_eq!(refusal(renew_recovery_codes(&house.app, &hoa, &now(&house))), Refusal::WrongCode);
    }

    fn a_lost_one_is_reset_by_another_with_all_that_was_open(test) {
        let house = enrolled(test);
        house.opened("an", "Lê Văn An");
        house.administers("an");
        enrol(&house.app, "an");
        let an = house.in_session("an").1.actor;
        let (token, pending) = (house.in_session("hoa").0, house.half_in("hoa"));
        assert_eq!(refusal(reset_second_factor(&house.app, &an, "an")), Refusal::OwnAccount);
        reset_second_factor(&house.app, &an, "hoa").unwrap();
        assert_eq!(house.told(1), [["reset-second-factor", "account:hoa", ""]]);
        assert_eq!(house.visitor(&token), Visitor::Stranger);
        assert_eq!(refusal(given(&house, &pending, &now(&house))), Refusal::StaleSignIn);
        assert_eq!(refusal(reset_second_factor(&house.app, &an, "hoa")), Refusal::NoSecondFactor);
        assert_eq!(refusal(reset_second_factor(&house.app, &an, "ai")), Refusal::UnknownAccount { asked: "ai".into() });
        house.sign_in("hoa", PASSWORD).unwrap();
        // The command line may do it to anyone.
        reset_second_factor(&house.app, &house.operator, "an").unwrap();
    }

    fn a_given_password_is_good_for_nothing_but_changing_it(test) {
        let house = House::with_hoa(test.db());
        let (account, password) = open_account(&house.app, &house.operator, "moi", "Lê Thị Mới").unwrap();
        assert_eq!(account.name, "moi");
        assert_eq!((password.text().len(), format!("{password:?}").as_str()), (19, "GivenPassword(…)"));
        let token = house.sign_in("moi", password.text()).unwrap();
        let Visitor::Person(person) = house.visitor(&token) else { panic!("signed in") };
        assert_eq!(person.duty, Some(Duty::ChangePassword));
        let new = "một câu khác hẳn".to_owned();
        let change = thidua_app::account::PasswordChange {
            present: password.text().into(),
            new: new.clone(),
            again: new.clone(),
            user_agent: "x".into(),
        };
        let token = change_password(&house.app, &person.actor, &change).unwrap();
        let Visitor::Person(person) = house.visitor(&token) else { panic!("signed in") };
        assert_eq!(person.duty, None);
        let again = give_password(&house.app, &house.operator, "moi").unwrap();
        assert_ne!(again.text(), password.text());
        assert_eq!(house.visitor(&token), Visitor::Stranger);
        assert!(!format!("{:?}", house.told(1_000)).contains(again.text()));
        // Typed on the command line together with its owner, it is their own.
        set_password(&house.app, &house.operator, "moi", &new).unwrap();
        let token = house.sign_in("moi", &new).unwrap();
        assert!(matches!(house.visitor(&token), Visitor::Person(person) if person.duty.is_none()));
    }
}

fn secret_of(house: &House) -> thidua_store::account::second_factor::TotpSecret {
    let found = house.app.db.read(|tx| {
        let known = thidua_store::account::by_name(tx, house.tenant(), "hoa")?.unwrap();
        thidua_store::account::second_factor::get(tx, house.tenant(), &known.account.id)
    });
    found.unwrap().unwrap().secret
}

both_engines! {
    fn of_two_who_use_a_code_at_once_one_is_let_in(test) {
        let house = enrolled(test);
        let pendings = [house.half_in("hoa"), house.half_in("hoa")];
        let code = now(&house);
        let let_in = std::thread::scope(|threads| {
            let both: Vec<_> = pendings.iter().map(|pending| threads.spawn(|| given(&house, pending, &code))).collect();
            both.into_iter().map(|one| one.join().unwrap()).filter(Result::is_ok).count()
        });
        assert_eq!(let_in, 1);
    }

    fn wrong_codes_at_once_are_counted_one_by_one(test) {
        let house = enrolled(test);
        let pending = house.half_in("hoa");
        std::thread::scope(|threads| {
            for _ in 0..8 {
                threads.spawn(|| given(&house, &pending, "000000").unwrap_err());
            }
        });
        let known = test.db().read(|tx| thidua_store::account::by_name(tx, house.tenant(), "hoa")).unwrap().unwrap();
        assert_eq!(known.failures, 5, "after the fifth none is looked at");
    }
}

#[test]
fn nothing_secret_is_printed() {
    let db = thidua_store::Db::memory().unwrap();
    db.migrate().unwrap();
    let house = House::with_hoa(&db);
    let (token, hoa) = house.in_session("hoa");
    let offer = offer_second_factor(&house.app, &hoa.actor).unwrap();
    let secret = secret_of(&house);
    let step = thidua_domain::account::second_factor::step_of(house.app.clock.now());
    let codes = confirm_second_factor(&house.app, &hoa.actor, &token, &format!("{:06}", secret.code(step))).unwrap();
    let done = sign_in(&house.app, house.tenant(), &typed("hoa", PASSWORD)).unwrap();
    let shown = format!("{offer:?} {codes:?} {done:?} {secret:?}");
    let SignedIn::CodeWanted(pending) = &done else { panic!("a code is wanted") };
    for hidden in [&offer.letters, &codes.0[0], pending.text(), &secret.for_its_owner()] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
