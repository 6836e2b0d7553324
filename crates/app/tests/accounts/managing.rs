//! Opening accounts, giving and ending roles: every refusal, and one row of the journal for each deed.

use thidua_app::account::{
    NewAccount, NewRole, RoleEnd, Visitor, close_account, create_account, end_role, end_sessions, grant_role, list,
    managed, set_password,
};
use thidua_base::code::OrgId;
use thidua_domain::Refusal;
use thidua_domain::account::AccountState;
use thidua_domain::actor::Role;
use thidua_testkit::both_engines;

use crate::house::{House, PASSWORD, day, refusal};

fn new(name: &str, display_name: &str, password: &str) -> NewAccount {
    NewAccount { name: name.into(), display_name: display_name.into(), password: password.into() }
}

fn role(unit: Option<&str>, from: &str, to: Option<&str>) -> NewRole {
    NewRole {
        name: "hoa".into(),
        role: Role::Specialist,
        unit: unit.map(|id| OrgId::parse(id).unwrap()),
        from: day(from),
        to: to.map(day),
    }
}

fn end(unit: Option<&str>, on: &str) -> RoleEnd {
    RoleEnd { name: "hoa".into(), role: Role::Specialist, unit: unit.map(|id| OrgId::parse(id).unwrap()), on: day(on) }
}

both_engines! {
    fn an_account_is_refused_with_its_reason_and_nothing_is_written(test) {
        let house = House::with_hoa(test.db());
        let rows = house.rows();
        let refused = |account: &NewAccount| refusal(create_account(&house.app, &house.operator, account));
        let full = "Lê Văn An";
        assert_eq!(refused(&new("le an", full, PASSWORD)), Refusal::BadAccountName { asked: "le an".into(), most: 60 });
        assert_eq!(refused(&new("an", "  ", PASSWORD)), Refusal::NoDisplayName);
        assert_eq!(refused(&new("an", full, "ngắn quá")), Refusal::ShortPassword { least: 10 });
        assert_eq!(refused(&new("an", full, &"dài".repeat(60))), Refusal::LongPassword { most: 128 });
        assert_eq!(refused(&new("an", "Lê Văn An Khang", "levanankhang")), Refusal::PasswordIsName);
        assert_eq!(refused(&new("an", full, "matkhau2020")), Refusal::CommonPassword);
        assert_eq!(refused(&new("HÒA", full, PASSWORD)), Refusal::AccountExists { asked: "HÒA".into() });
        assert_eq!(house.rows(), rows);
        assert_eq!(list(&house.app, &house.operator).unwrap().len(), 1);
    }

    fn names_are_kept_in_normal_form_c(test) {
        let house = House::with_hoa(test.db());
        let typed = new("le\u{301}", "Le\u{302}\u{301} Vaên".replace('ê', "e").as_str(), PASSWORD);
        let account = create_account(&house.app, &house.operator, &typed).unwrap();
        assert_eq!(account.name, "lé");
        assert!(thidua_base::text::is_nfc(&account.display_name));
    }

    fn a_role_is_refused_with_its_reason(test) {
        let house = House::with_hoa(test.db());
        let refused = |role: &NewRole| refusal(grant_role(&house.app, &house.operator, role));
        let unit = house.app.home.unit.as_str().to_owned();
        let here = Some(unit.as_str());
        assert_eq!(
            refused(&role(here, "2020-07-05", Some("2020-07-05"))),
            Refusal::EmptySpan { from: day("2020-07-05"), to: day("2020-07-05") }
        );
        assert!(matches!(refused(&role(Some("khong-co"), "2020-07-05", None)), Refusal::UnknownUnit { .. }));
        let nobody = NewRole { name: "ai".into(), ..role(here, "2020-07-05", None) };
        assert_eq!(refused(&nobody), Refusal::UnknownAccount { asked: "ai".into() });
        assert!(matches!(refused(&role(here, "1900-01-01", None)), Refusal::UnknownUnit { .. }), "not there yet");

        grant_role(&house.app, &house.operator, &role(here, "2020-07-05", Some("2020-08-01"))).unwrap();
        for (from, to) in [("2020-07-05", None), ("2020-07-31", Some("2020-09-01")), ("2020-01-01", Some("2020-07-06"))] {
            assert_eq!(refused(&role(here, from, to)), Refusal::RoleHeldAlready, "{from}");
        }
        // Before and after, elsewhere, and another role are other matters.
        grant_role(&house.app, &house.operator, &role(here, "2020-08-01", None)).unwrap();
        grant_role(&house.app, &house.operator, &role(here, "2020-07-01", Some("2020-07-05"))).unwrap();
        grant_role(&house.app, &house.operator, &role(None, "2020-07-05", None)).unwrap();
        let clerk = NewRole { role: Role::Clerk, ..role(here, "2020-07-05", None) };
        grant_role(&house.app, &house.operator, &clerk).unwrap();
        assert_eq!(list(&house.app, &house.operator).unwrap()[0].roles.len(), 5);
    }

    fn a_role_is_ended_on_a_day_it_is_held(test) {
        let house = House::with_hoa(test.db());
        grant_role(&house.app, &house.operator, &role(None, "2020-07-05", None)).unwrap();
        let refused = |end: &RoleEnd| refusal(end_role(&house.app, &house.operator, end));
        assert_eq!(refused(&end(None, "2020-07-04")), Refusal::RoleNotHeld);
        assert_eq!(refused(&end(Some(house.app.home.unit.as_str()), "2020-07-06")), Refusal::RoleNotHeld);
        end_role(&house.app, &house.operator, &end(None, "2020-07-10")).unwrap();
        assert_eq!(refused(&end(None, "2020-07-11")), Refusal::RoleNotHeld);
        let kept = &list(&house.app, &house.operator).unwrap()[0].roles;
        assert_eq!((kept.len(), kept[0].valid_to), (1, Some(day("2020-07-10"))));
    }

    fn every_deed_is_one_row_of_the_journal(test) {
        let house = House::with_hoa(test.db());
        let unknown = Refusal::UnknownAccount { asked: "ai".into() };
        assert_eq!(refusal(set_password(&house.app, &house.operator, "ai", "một câu khác hẳn")), unknown);
        assert_eq!(refusal(close_account(&house.app, &house.operator, "ai")), unknown);
        let before = house.rows();
        grant_role(&house.app, &house.operator, &role(None, "2020-07-05", None)).unwrap();
        end_role(&house.app, &house.operator, &end(None, "2020-07-10")).unwrap();
        set_password(&house.app, &house.operator, "hoa", "một câu khác hẳn").unwrap();
        close_account(&house.app, &house.operator, "hoa").unwrap();
        assert_eq!(house.rows(), before + 4);
        let verbs: Vec<String> = house.told(5).into_iter().map(|[verb, _, _]| verb).collect();
        assert_eq!(verbs, ["close-account", "set-password", "end-role", "give-role", "open-account"]);
        assert_eq!(house.told(4)[3][2], "specialist * 2020-07-05..");
        assert_eq!(list(&house.app, &house.operator).unwrap()[0].account.state, AccountState::Closed);
    }

    fn sessions_of_another_are_ended_and_nobody_shuts_themselves_out(test) {
        let house = House::with_hoa(test.db());
        house.opened("an", "Lê Văn An");
        house.administers("an");
        thidua_testkit::accounts::enrol(&house.app, "an");
        let (own, an) = house.in_session("an");
        let theirs = house.sign_in("hoa", PASSWORD).unwrap();
        let seen = managed(&house.app, &an.actor, "HÒA").unwrap();
        assert_eq!((seen.account.name.as_str(), seen.sessions.len()), ("hoa", 1));
        assert_eq!(end_sessions(&house.app, &an.actor, "hoa").unwrap(), 1);
        assert_eq!(house.told(1), [["end-sessions", "account:hoa", "1"]]);
        assert_eq!(house.visitor(&theirs), Visitor::Stranger);
        assert_eq!(refusal(close_account(&house.app, &an.actor, "an")), Refusal::OwnAccount);
        let end = RoleEnd { name: "an".into(), role: Role::Administrator, unit: None, on: day("2020-07-05") };
        assert_eq!(refusal(end_role(&house.app, &an.actor, &end)), Refusal::OwnAccount);
        assert!(matches!(house.visitor(&own), Visitor::Person(_)));
        end_role(&house.app, &house.operator, &end).unwrap();
    }
}
