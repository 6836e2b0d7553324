//! Entering, refusing, correcting, withdrawing; who sees what, and what the audit holds.

use thidua_app::account::{NewRole, grant_role};
use thidua_app::subject::{
    Asked, FactAsked, Opened, by_cccd, correct_subject, duplicates, enter_fact, list, open_subject, preview_awards,
    show, withdraw_fact,
};
use thidua_base::code::OrgId;
use thidua_domain::actor::Role;
use thidua_domain::honour::Subject;
use thidua_domain::refusal::SubjectFault;
use thidua_domain::subject::{About, FactKind, Fields, SubjectId};
use thidua_domain::{Actor, Refusal};
use thidua_testkit::both_engines;

use crate::house::{House, day, is_absent, refusal};

pub const SCHOOLS: &str = "h-397-gddt";

pub fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

pub fn id(text: &str) -> SubjectId {
    SubjectId::parse(text).unwrap()
}

/// Someone with a role in a unit.
pub fn acting(house: &House, name: &str, role: Role, of: &str) -> Actor {
    if name != "hoa" {
        house.opened(name, &format!("Người {name}"));
    }
    let new = NewRole { name: name.into(), role, unit: Some(unit(of)), from: day("2020-01-01"), to: None };
    grant_role(&house.app, &house.operator, &new).unwrap();
    house.person(name).actor
}

fn told(pairs: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::of([("name", "Đặng Thị Mới"), ("unit", SCHOOLS), ("from", "2018-09-01")]);
    for (name, text) in pairs {
        fields.set(name, text);
    }
    fields
}

pub fn opened(house: &House, by: &Actor, pairs: &[(&str, &str)]) -> SubjectId {
    match open_subject(&house.app, by, Subject::Individual, &told(pairs), "sổ cũ", false).unwrap() {
        Opened::Done(id) => id,
        Opened::Alike(alike) => panic!("{alike:?}"),
    }
}

pub fn asked(kind: FactKind, pairs: &[(&str, &str)]) -> FactAsked {
    FactAsked {
        kind,
        fields: Fields::of(pairs.iter().copied()),
        source: "Bản gốc".into(),
        corrects: None,
        reason: String::new(),
    }
}

pub const AWARD: [(&str, &str); 5] = [
    ("year", "2019"),
    ("honour", "lao-dong-tien-tien"),
    ("number", "88/QĐ-UBND"),
    ("decided_on", "27/12/2019"),
    ("authority", "chu-tich-ubnd-huyen"),
];

both_engines! {
    fn somebody_is_entered_with_a_unit_and_found(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let new = opened(&house, &hoa, &[("born", "05/02/1980"), ("cccd", "999 180 000 777"), ("sex", "nu")]);
        let seen = show(&house.app, &hoa, &new).unwrap();
        assert_eq!(seen.details.cccd.as_ref().unwrap().digits(), "999180000777");
        assert!(seen.sees_cccd && seen.enters && seen.merges_here);
        assert_eq!(by_cccd(&house.app, &hoa, "999180000777").unwrap(), new);
        let found = list(&house.app, &hoa, &Asked { words: "dang thi moi".into(), most: 50, ..Asked::default() }).unwrap();
        assert_eq!((found.count, found.rows[0].identity.id.clone()), (1, new.clone()));
        // The number is in no row of the audit, nor in what is printed for finding faults.
        let told = house.told(1_000);
        assert_eq!(told[0][0], "open-subject");
        assert!(told.iter().flatten().all(|text| !text.contains("180000777")), "{told:?}");
        assert!(!format!("{seen:?}").contains("180000777"));
    }

    fn who_may_be_known_is_shown_before_anything_is_entered(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let rows = house.rows();
        let fields = told(&[("name", "Nguyễn Thị Hoa"), ("born", "1985")]);
        let open = |is_sure| open_subject(&house.app, &hoa, Subject::Individual, &fields, "", is_sure).unwrap();
        let Opened::Alike(alike) = open(false) else { panic!() };
        assert!(alike.iter().any(|one| one.id == id("ts-p-04")), "{alike:?}");
        assert_eq!(house.rows(), rows, "nothing was written");
        assert!(matches!(open(true), Opened::Done(_)));
        // A number that somebody has is somebody, whatever the person says.
        let taken = told(&[("cccd", "999178000101")]);
        let refused = open_subject(&house.app, &hoa, Subject::Individual, &taken, "", true);
        assert_eq!(refusal(refused), SubjectFault::CccdHeld { name: "Lê Thị Minh Nguyệt".into() }.into());
    }

    fn what_is_wrong_is_refused_and_nothing_is_written(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let rows = house.rows();
        let open = |pairs: &[(&str, &str)]| open_subject(&house.app, &hoa, Subject::Individual, &told(pairs), "", true);
        for pairs in [[("cccd", "12345")], [("cccd", "003180000777")], [("born", "31/02/1980")], [("name", "x")], [("from", "")]] {
            assert!(matches!(refusal(open(&pairs)), Refusal::Subject(_)), "{pairs:?}");
        }
        assert!(matches!(refusal(open(&[("unit", SCHOOLS), ("from", "1970-01-01"), ("born", "1980")])), Refusal::Subject(SubjectFault::BeforeBirth { .. })));
        let enter = |pairs: &[(&str, &str)]| {
            let all = [&AWARD[..], pairs].concat();
            enter_fact(&house.app, &hoa, &id("ts-p-04"), &asked(FactKind::Award, &all))
        };
        assert!(matches!(refusal(enter(&[("number", "")])), Refusal::Subject(SubjectFault::NoDecisionNumber)));
        assert!(matches!(refusal(enter(&[("honour", "bang-vang")])), Refusal::Subject(SubjectFault::UnknownHonour { .. })));
        // The sample was given this title for 2019 already, on that very day.
        assert!(matches!(refusal(enter(&[])), Refusal::Subject(SubjectFault::DuplicateAward { .. })));
        let rating = asked(FactKind::Rating, &[("year", "2019"), ("grade", "hoan-thanh")]);
        let done = enter_fact(&house.app, &hoa, &id("ts-p-04"), &rating);
        assert!(matches!(refusal(done), Refusal::Subject(SubjectFault::ContradictoryRating { year: 2019, .. })));
        assert_eq!(house.rows(), rows, "nothing was written");
    }

    fn an_honour_unknown_to_the_law_of_the_day_is_entered_with_a_warning(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let early = [&AWARD[..], &[("year", "2012"), ("decided_on", "2012-12-30")]].concat();
        let done = enter_fact(&house.app, &hoa, &id("ts-p-04"), &asked(FactKind::Award, &early)).unwrap();
        assert_eq!(done.warnings.len(), 1, "the book begins later than 2012");
        let late = [&AWARD[..], &[("year", "2020"), ("number", "3/QĐ"), ("decided_on", "2020-07-01")]].concat();
        let done = enter_fact(&house.app, &hoa, &id("ts-p-04"), &asked(FactKind::Award, &late)).unwrap();
        assert_eq!(done.warnings, []);
        let About::Award(held) = &done.fact.about else { panic!() };
        assert_eq!(held.unit, Some(unit(SCHOOLS)), "of the unit the person belongs to");
    }

    fn a_correction_takes_the_place_and_both_stay(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let new = opened(&house, &hoa, &[]);
        let first = enter_fact(&house.app, &hoa, &new, &asked(FactKind::Award, &AWARD)).unwrap().fact;
        let mut second = asked(FactKind::Award, &[&AWARD[..], &[("number", "89/QĐ-UBND")]].concat());
        second.corrects = Some(first.id.clone());
        assert_eq!(refusal(enter_fact(&house.app, &hoa, &new, &second)), Refusal::NoReason);
        second.reason = "ghi nhầm số".into();
        let done = enter_fact(&house.app, &hoa, &new, &second).unwrap().fact;
        assert_eq!(done.supersedes, Some(first.id.clone()));
        // Who corrects what was corrected meanwhile is told so.
        assert_eq!(refusal(enter_fact(&house.app, &hoa, &new, &second)), Refusal::ChangedMeanwhile);
        let seen = show(&house.app, &hoa, &new).unwrap();
        let awards: Vec<bool> = seen.facts.iter().filter(|fact| fact.fact.about.kind() == Some(FactKind::Award)).map(|fact| fact.is_gone).collect();
        assert_eq!(awards, [true, false]);
        assert_eq!(house.told(1)[0][0], "correct-fact");
        assert_eq!(refusal(withdraw_fact(&house.app, &hoa, &new, &done.id, " ")), Refusal::NoReason);
        withdraw_fact(&house.app, &hoa, &new, &done.id, "của người khác").unwrap();
        let seen = show(&house.app, &hoa, &new).unwrap();
        assert!(seen.facts.iter().filter(|fact| fact.fact.about.kind() == Some(FactKind::Award)).all(|fact| fact.is_gone));
        assert_eq!(house.told(1)[0], ["withdraw-fact".to_owned(), format!("subject:{new}"), format!("{}: của người khác", done.id)]);
        // The only place of a person stays: without one nobody would see them again.
        let place = seen.facts.iter().find(|fact| fact.fact.about.kind() == Some(FactKind::Position)).unwrap();
        assert!(matches!(refusal(withdraw_fact(&house.app, &hoa, &new, &place.fact.id, "nhầm")), Refusal::Subject(_)));
    }

    fn who_somebody_is_gets_a_next_version(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let new = opened(&house, &hoa, &[("born", "1980")]);
        let told = Fields::of([("name", "Đặng Thị Mới"), ("born", "1981")]);
        assert_eq!(refusal(correct_subject(&house.app, &hoa, &new, 1, &told, "")), Refusal::NoReason);
        let done = correct_subject(&house.app, &hoa, &new, 1, &told, "theo giấy khai sinh").unwrap();
        assert_eq!((done.version, done.details.born.year()), (2, Some(1981)));
        assert_eq!(refusal(correct_subject(&house.app, &hoa, &new, 1, &told, "x")), Refusal::ChangedMeanwhile);
        // Nobody is born after they came to the unit.
        let late = Fields::of([("name", "Đặng Thị Mới"), ("born", "2019")]);
        assert!(matches!(refusal(correct_subject(&house.app, &hoa, &new, 2, &late, "x")), Refusal::Subject(SubjectFault::BeforeBirth { .. })));
        assert_eq!(show(&house.app, &hoa, &new).unwrap().versions.len(), 2);
    }

    fn to_others_nobody_is_there(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let elsewhere = acting(&house, "quan", Role::Specialist, "x-15703");
        let reporter = acting(&house, "an", Role::Reporter, SCHOOLS);
        let clerk = acting(&house, "van", Role::Clerk, SCHOOLS);
        let reader = Actor::reader("ai đó", house.tenant().clone());
        let someone = id("ts-p-01");
        let rows = house.rows();
        for by in [&elsewhere, &elsewhere.reading(), &clerk, &clerk.reading(), &reader] {
            assert!(is_absent(&show(&house.app, by, &someone)));
            assert!(is_absent(&by_cccd(&house.app, by, "999178000101")));
            assert!(is_absent(&enter_fact(&house.app, by, &someone, &asked(FactKind::Award, &AWARD))));
            let told = told(&[]);
            assert!(is_absent(&open_subject(&house.app, by, Subject::Individual, &told, "", true)));
            assert!(is_absent(&preview_awards(&house.app, by, &unit(SCHOOLS), "a.csv", b"a;b")));
            assert!(is_absent(&show(&house.app, by, &id("s-khong-co"))), "as for somebody who does not exist");
        }
        for by in [&clerk, &reader] {
            assert!(is_absent(&list(&house.app, by, &Asked { most: 50, ..Asked::default() })));
            assert!(is_absent(&duplicates(&house.app, by)));
        }
        let seen = show(&house.app, &reporter.reading(), &someone).unwrap();
        assert!(!seen.sees_cccd && seen.enters && !seen.merges_here, "a reporter enters, but sees no number");
        assert!(is_absent(&duplicates(&house.app, &reporter)));
        assert!(show(&house.app, &hoa, &someone).unwrap().sees_cccd);
        assert_eq!(house.rows(), rows, "nothing was written");
        // Vũ Đình Khoa moved from the commune to the finance office: the commune sees him no more.
        assert!(is_absent(&show(&house.app, &elsewhere, &id("ts-p-09"))));
    }
}
