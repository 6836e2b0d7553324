//! Who may have which honour, over the sample data: rights, refusals, lists against single answers, days around a change
//! of law, answers of persons.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use std::collections::BTreeMap;

use thidua_app::Error;
use thidua_app::eligibility::{
    AnswerAsked, Asked, Checked, ListAsked, answer_condition, check, compare, compare_list, list,
};
use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::{Post, Reach, Role};
use thidua_domain::eligibility::{Prospect, Reply, answerable, prospect};
use thidua_domain::subject::SubjectId;
use thidua_domain::{Actor, Refusal};
use thidua_law::answer::Outcome;
use world::World;

fn unit(text: &str) -> OrgId {
    OrgId::parse(text).unwrap()
}

fn subject(text: &str) -> SubjectId {
    SubjectId::parse(text).unwrap()
}

fn code(text: &str) -> HonourCode {
    HonourCode::parse(text).unwrap()
}

fn person(world: &World, role: Role, units: &[&str]) -> Actor {
    let post = Post { role, reach: Reach::Only(units.iter().map(|id| unit(id)).collect()) };
    let account = thidua_base::Code::parse("tk-1").unwrap();
    Actor::person("Nguyễn Thị Hòa", world.app.home.tenant.clone(), account, vec![post])
}

fn asked(honour: &str, on: &str, year: i16) -> Asked {
    let honour = if honour.is_empty() { None } else { Some(code(honour)) };
    Asked { honour, on: Date::parse(on).ok(), year: Some(year), received_on: None }
}

fn whole_district(asked: Asked) -> ListAsked {
    ListAsked { unit: unit("h-397"), below: true, asked }
}

const OFFICE: &str = "h-397-gddt";
const NGUYET: &str = "ts-p-01";

fn nguyet(world: &World, by: &Actor, honour: &str) -> Result<Checked, Error> {
    check(&world.app, by, &subject(NGUYET), &asked(honour, "2020-07-05", 2019))
}

#[test]
fn strangers_find_nobody_and_those_of_the_unit_do() {
    let world = World::loaded();
    let reader = Actor::reader("x", world.app.home.tenant.clone());
    let elsewhere = person(&world, Role::Specialist, &["h-397-tckh"]);
    let nobody = person(&world, Role::Administrator, &[OFFICE]);
    for by in [&reader, &elsewhere, &nobody] {
        assert!(matches!(nguyet(&world, by, ""), Err(Error::NotFound(_))));
        let asked = asked("", "2020-07-05", 2019);
        let office = ListAsked { unit: unit(OFFICE), below: true, asked: asked.clone() };
        assert!(matches!(list(&world.app, by, &office), Err(Error::NotFound(_))));
        let other = Date::parse("2024-01-01").unwrap();
        assert!(matches!(compare_list(&world.app, by, &office, other), Err(Error::NotFound(_))));
        assert!(matches!(compare(&world.app, by, &subject(NGUYET), &asked, other), Err(Error::NotFound(_))));
    }
    let own = person(&world, Role::Reporter, &[OFFICE]);
    let seen = nguyet(&world, &own, "").unwrap();
    assert!(!seen.answers.is_empty() && !seen.may_answer, "a reporter reads and does not judge");
    assert!(nguyet(&world, &person(&world, Role::Specialist, &[OFFICE]), "").unwrap().may_answer);
}

#[test]
fn what_does_not_exist_is_told_apart_only_where_the_reader_can_do_something() {
    let world = World::loaded();
    let refused = check(&world.app, &world.by, &subject(NGUYET), &asked("khong-co", "2020-07-05", 2019));
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotInBook { asked })) if asked == "khong-co"));
    let umbrella = check(&world.app, &world.by, &subject(NGUYET), &asked("giay-khen", "2020-07-05", 2019));
    assert!(matches!(umbrella, Err(Error::Refused(Refusal::NotInBook { .. }))), "a common name has no conditions");
    let nobody = check(&world.app, &world.by, &subject("ts-p-99"), &asked("", "2020-07-05", 2019));
    assert!(matches!(nobody, Err(Error::NotFound(_))));
    let nowhere = ListAsked { unit: unit("khong-co"), below: true, asked: asked("", "2020-07-05", 2019) };
    assert!(matches!(list(&world.app, &world.by, &nowhere), Err(Error::NotFound(_))));
}

#[test]
fn a_unit_without_records_has_an_empty_list() {
    let world = World::loaded();
    let units = thidua_app::eligibility::units(
        &world.app,
        &world.by,
        list(&world.app, &world.by, &whole_district(asked("", "2020-07-05", 2019))).unwrap().frame,
    );
    let empty = units.unwrap().into_iter().find_map(|(id, _)| {
        let asked = asked("chien-si-thi-dua-co-so", "2020-07-05", 2019);
        let listed = list(&world.app, &world.by, &ListAsked { unit: id, below: false, asked }).unwrap();
        (listed.subjects == 0).then_some(listed)
    });
    let empty = empty.unwrap();
    assert!(empty.rows.is_empty() && !empty.quotas.is_empty());
    assert_eq!(empty.quotas[0].1[0].places, 0);
}

#[test]
fn lists_and_single_answers_agree_for_everyone_every_honour_and_several_days() {
    let world = World::loaded();
    for (on, year) in [("2020-07-05", 2019), ("2020-12-31", 2020), ("2024-01-01", 2023), ("2026-11-24", 2026)] {
        let counts = list(&world.app, &world.by, &whole_district(asked("", on, year))).unwrap();
        assert_eq!(counts.subjects, 19, "{on}");
        let mut single: BTreeMap<HonourCode, BTreeMap<SubjectId, Prospect>> = BTreeMap::new();
        let first = list(&world.app, &world.by, &whole_district(asked("chien-si-thi-dua-co-so", on, year))).unwrap();
        let everyone = first.rows.iter().map(|row| row.id.clone());
        let others = ["ts-t-01", "ts-t-02", "ts-t-03", "ts-h-01", "ts-h-02"].map(subject);
        let everyone: Vec<SubjectId> = everyone.chain(others).collect();
        for id in &everyone {
            for answer in check(&world.app, &world.by, id, &asked("", on, year)).unwrap().answers {
                single.entry(answer.question.honour.clone()).or_default().insert(id.clone(), prospect(&answer));
            }
        }
        assert!(single.len() > 20, "{on}: {} honours", single.len());
        for (honour, wanted) in &single {
            let listed = list(&world.app, &world.by, &whole_district(asked(honour.as_str(), on, year))).unwrap();
            let found: BTreeMap<SubjectId, Prospect> =
                listed.rows.iter().map(|row| (row.id.clone(), row.prospect)).collect();
            assert_eq!(&found, wanted, "{honour} on {on}");
            let tally = counts.honours.iter().find(|tally| tally.honour == *honour).unwrap();
            for one in Prospect::ALL.into_iter().filter(|one| *one != Prospect::Outside) {
                let many = wanted.values().filter(|prospect| **prospect == one).count();
                assert_eq!(tally.of(one), many, "{honour} {} on {on}", one.word());
            }
        }
    }
}

#[test]
fn each_boundary_changes_the_law_on_its_day_and_not_before() {
    let world = World::loaded();
    let honour = world.app.shipped.honour(&code("chien-si-thi-dua-co-so")).unwrap().clone();
    let begins: Vec<Date> = honour.versions.iter().map(|version| version.span.from).collect();
    assert!(begins.len() > 1);
    for begin in begins.iter().skip(1) {
        for (on, is_new) in [(begin.day_before(), false), (*begin, true)] {
            let asked = asked(honour.code.as_str(), &on.to_string(), 2023);
            let checked = check(&world.app, &world.by, &subject(NGUYET), &asked).unwrap();
            let version = checked.answers[0].reading.version;
            assert_eq!(version == Some(*begin), is_new, "{on}");
        }
    }
    let first = begins[0].day_before().to_string();
    let before = check(&world.app, &world.by, &subject(NGUYET), &asked(honour.code.as_str(), &first, 2010)).unwrap();
    assert_eq!(before.answers[0].outcome, Outcome::NotInForce);
}

#[test]
fn two_days_of_one_law_are_alike_and_a_new_law_is_seen_in_its_clauses() {
    let world = World::loaded();
    let on = |other: &str| {
        let asked = asked("chien-si-thi-dua-co-so", "2024-01-01", 2023);
        compare(&world.app, &world.by, &subject(NGUYET), &asked, Date::parse(other).unwrap()).unwrap()
    };
    assert!(on("2024-01-01").honours[0].changes.is_empty());
    let across = on("2023-12-31");
    assert!(across.before.on < across.after.on && !across.honours[0].changes.is_empty());
    let swapped = on("2024-02-01");
    assert_eq!(swapped.before.on.to_string(), "2024-01-01", "the earlier day stands first");
    let asked = asked("chien-si-thi-dua-co-so", "2024-01-01", 2023);
    let same = compare_list(&world.app, &world.by, &whole_district(asked), Date::parse("2024-01-01").unwrap());
    assert!(same.unwrap().rows.is_empty());
}

#[test]
fn a_persons_answer_is_kept_with_name_and_reason_counts_and_can_be_taken_back() {
    let world = World::loaded();
    let specialist = person(&world, Role::Specialist, &[OFFICE]);
    let honour = "chien-si-thi-dua-co-so";
    let open = nguyet(&world, &specialist, honour).unwrap().answers.remove(0);
    let question = open.all_findings().into_iter().find(|one| answerable(one)).unwrap().path.to_string();
    let measured = open.all_findings().into_iter().find(|one| !answerable(one)).unwrap().path.to_string();
    let answer = |by: &Actor, condition: &str, reply, reason: &str| {
        let new = AnswerAsked {
            subject: subject(NGUYET),
            asked: asked(honour, "2020-07-05", 2019),
            condition: condition.to_owned(),
            reply,
            reason: reason.to_owned(),
        };
        answer_condition(&world.app, by, &new)
    };
    let reporter = person(&world, Role::Reporter, &[OFFICE]);
    let elsewhere = person(&world, Role::Leader, &["h-397-tckh"]);
    for by in [&reporter, &elsewhere] {
        assert!(matches!(answer(by, &question, Reply::Yes, "Biên bản"), Err(Error::NotFound(_))));
    }
    assert!(matches!(answer(&specialist, &question, Reply::Yes, " "), Err(Error::Refused(Refusal::NoReason))));
    let refused = answer(&specialist, &measured, Reply::Yes, "Biên bản");
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotAPersonsAnswer { .. }))));
    assert!(matches!(answer(&specialist, "khong-co", Reply::Yes, "Biên bản"), Err(Error::NotFound(_))));

    let verdict = || {
        let answer = nguyet(&world, &specialist, honour).unwrap().answers.remove(0);
        answer.at(&question).unwrap().verdict
    };
    let before = verdict();
    let kept = answer(&specialist, &question, Reply::Yes, "Biên bản họp ngày 18/12/2019").unwrap();
    assert_eq!((kept.number, kept.entered.by.as_str()), (1, "Nguyễn Thị Hòa"));
    assert_ne!(verdict(), before);
    assert_eq!(verdict(), thidua_law::Verdict::Met);
    let listed = list(
        &world.app,
        &specialist,
        &ListAsked { unit: unit(OFFICE), below: false, asked: asked(honour, "2020-07-05", 2019) },
    );
    let listed = listed.unwrap();
    let row = listed.rows.iter().find(|row| row.id.as_str() == NGUYET).unwrap();
    assert!(row.lacks.iter().all(|lack| *lack.path != *question), "the list counts the answer, too");

    assert_eq!(answer(&specialist, &question, Reply::No, "Xem lại").unwrap().number, 2);
    assert_eq!(verdict(), thidua_law::Verdict::NotMet);
    answer(&specialist, &question, Reply::Open, "Ghi nhầm").unwrap();
    assert_eq!(verdict(), before);
    let given = nguyet(&world, &specialist, honour).unwrap().given;
    assert_eq!(given.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3]);
    let journal = thidua_app::audit::tail(&world.app, &world.by, 20).unwrap();
    assert_eq!(journal.iter().filter(|row| row.verb == "answer-condition").count(), 3);
}

#[test]
fn a_quota_counts_at_its_unit_and_at_each_above_and_those_above_the_line_are_to_be_voted() {
    let world = World::loaded();
    let asked = asked("chien-si-thi-dua-co-so", "2020-07-05", 2019);
    let office = ListAsked { unit: unit(OFFICE), below: false, asked };
    let listed = list(&world.app, &world.by, &office).unwrap();
    let (quota, tiers) = &listed.quotas[0];
    assert_eq!(quota.what.percent, 15);
    assert_eq!(tiers[0].unit, unit(OFFICE));
    assert!(tiers.iter().any(|tier| tier.unit == unit("h-397")));
    let bases: Vec<u32> = tiers.iter().map(|tier| tier.count.base_held + tier.count.base_entitled).collect();
    assert!(bases.windows(2).all(|pair| pair[0] <= pair[1]), "{bases:?}");
    for tier in tiers {
        let base = tier.count.base_held + tier.count.base_entitled;
        assert_eq!(tier.places, base * 15 / 100);
        assert!(tier.count.base_held >= tier.count.held);
    }
    let specialist = person(&world, Role::Specialist, &[OFFICE]);
    let own = list(&world.app, &specialist, &office).unwrap();
    assert_eq!(own.quotas[0].1.len(), 1, "no tier that the reader does not see");
}

#[test]
fn a_list_asks_a_constant_number_of_times() {
    let world = World::loaded();
    for honour in ["", "chien-si-thi-dua-co-so"] {
        let run = |below: bool| {
            let before = world.app.db.statements_run();
            let asked = asked(honour, "2020-07-05", 2019);
            let asked = ListAsked { unit: unit(if below { "h-397" } else { OFFICE }), below, asked };
            let listed = list(&world.app, &world.by, &asked).unwrap();
            (listed.subjects, world.app.db.statements_run() - before)
        };
        run(true);
        let (few, many) = (run(false), run(true));
        assert!(many.0 > few.0, "{few:?} {many:?}");
        assert_eq!(few.1, many.1, "{honour}: statements for {} and for {} records", few.0, many.0);
    }
}
