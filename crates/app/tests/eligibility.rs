//! Who may have which honour, over the sample data: rights, refusals, lists against single answers, days around a change
//! of law, answers of persons.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use std::collections::BTreeMap;

use thidua_app::Error;
use thidua_app::eligibility::{
    AnswerAsked, Asked, Checked, Group, ListAsked, Part, Row, answer_condition, check, compare, compare_list,
    compare_list_part, list, list_part,
};
use thidua_app::subject::{FactAsked, enter_fact};
use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::{Post, Reach, Role};
use thidua_domain::eligibility::{Prospect, Reply, answerable, prospect};
use thidua_domain::refusal::SubjectFault;
use thidua_domain::subject::{Fact, FactKind, Fields, SubjectId};
use thidua_domain::{Actor, Refusal};
use thidua_law::answer::{Outcome, Verdict};
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
fn points_of_a_household_settle_what_rests_on_them() {
    let world = World::loaded();
    let clerk = person(&world, Role::Specialist, &["h-397", "x-15703"]);
    let house = subject("ts-h-01");
    let score = |fields: &[(&str, &str)], corrects: Option<&Fact>| {
        let asked = FactAsked {
            kind: FactKind::Score,
            fields: Fields::of(fields.iter().copied()),
            source: String::new(),
            corrects: corrects.map(|fact| fact.id.clone()),
            reason: if corrects.is_some() { "cộng sai".into() } else { String::new() },
        };
        enter_fact(&world.app, &clerk, &house, &asked)
    };
    let of_points = || {
        let asked = asked("gia-dinh-van-hoa", "2020-07-05", 2019);
        let answer = check(&world.app, &world.by, &house, &asked).unwrap().answers.remove(0);
        let asked = ListAsked { unit: unit("x-15703"), below: true, asked };
        let listed = list(&world.app, &world.by, &asked).unwrap();
        let row = listed.rows.iter().find(|row| row.id == house).unwrap();
        assert_eq!(row.prospect, prospect(&answer), "one and many agree");
        answer.at("diem").unwrap().verdict
    };
    assert_eq!(of_points(), Verdict::AskHuman);
    let low = [("year", "2019"), ("points", "84"), ("segment", "noi-khac"), ("groups", "18/20, 30/40, 36/40")];
    let low = score(&low, None).unwrap().fact;
    assert_eq!(of_points(), Verdict::NotMet);
    let second = score(&[("year", "2019"), ("points", "90")], None);
    assert!(matches!(second, Err(Error::Refused(Refusal::Subject(SubjectFault::ContradictoryScore { .. })))));
    let good = [("year", "2019"), ("points", "85"), ("segment", "noi-khac"), ("groups", "18/20, 31/40, 36/40")];
    let good = score(&good, Some(&low)).unwrap().fact;
    assert_eq!(of_points(), Verdict::Met);
    // A group below half of its maximum is below the floor, whatever the sum.
    let uneven = [("year", "2019"), ("points", "85"), ("segment", "noi-khac"), ("groups", "9/20, 38/40, 38/40")];
    let uneven = score(&uneven, Some(&good)).unwrap().fact;
    assert_eq!(of_points(), Verdict::NotMet);
    score(
        &[("year", "2019"), ("points", "62"), ("segment", "ho-ngheo-can-ngheo"), ("groups_ok", "yes")],
        Some(&uneven),
    )
    .unwrap();
    assert_eq!(of_points(), Verdict::Met, "a poor household has a mark of its own");
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
    let mut world = World::loaded();
    for honour in ["", "chien-si-thi-dua-co-so"] {
        let mut run = |below: bool| {
            // As the program starts: nothing is kept from before.
            world.app.shelf = thidua_app::Shelf::default();
            let before = world.app.db.statements_run();
            let asked = asked(honour, "2020-07-05", 2019);
            let asked = ListAsked { unit: unit(if below { "h-397" } else { OFFICE }), below, asked };
            let listed = list(&world.app, &world.by, &asked).unwrap();
            (listed.subjects, world.app.db.statements_run() - before)
        };
        let (few, many) = (run(false), run(true));
        assert!(many.0 > few.0, "{few:?} {many:?}");
        assert_eq!(few.1, many.1, "{honour}: statements for {} and for {} records", few.0, many.0);
    }
}

#[test]
fn a_part_of_a_list_is_cut_from_the_whole_and_counts_it_all() {
    let world = World::loaded();
    let asked = whole_district(asked("chien-si-thi-dua-co-so", "2020-07-05", 2019));
    let whole = list(&world.app, &world.by, &asked).unwrap();
    assert!(whole.rows.len() > 8 && whole.of == whole.rows.len());
    let ids = |rows: &[Row]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    let by_name = ids(&whole.rows);
    let of = |group, after, most, best_first| {
        list_part(&world.app, &world.by, &asked, Part { group, after, most, best_first }).unwrap()
    };
    let first = of(Group::Everyone, 0, 3, false);
    assert_eq!((ids(&first.rows), first.of), (by_name[..3].to_vec(), by_name.len()));
    assert_eq!((&first.honours, first.direct, first.subjects), (&whole.honours, whole.direct, whole.subjects));
    for (row, known) in first.rows.iter().zip(&whole.rows) {
        assert_eq!((row.prospect, &row.lacks, row.earliest), (known.prospect, &known.lacks, known.earliest));
    }
    // What lies past the end is the last full step.
    let last = of(Group::Everyone, 1000, 3, false);
    assert_eq!(ids(&last.rows), by_name[(by_name.len() - 1) / 3 * 3..]);
    let best = of(Group::Everyone, 0, usize::MAX, true);
    assert!(best.rows.is_sorted_by_key(|row| row.prospect) && best.rows.len() == by_name.len());
    for group in Prospect::ALL {
        let wanted: Vec<_> = whole.rows.iter().filter(|row| row.prospect == group).cloned().collect();
        let found = of(Group::Of(group), 0, 50, false);
        assert_eq!((ids(&found.rows), found.of), (ids(&wanted), wanted.len()), "{}", group.word());
    }
    let left_out: Vec<_> = whole.rows.iter().filter(|row| row.is_left_out()).cloned().collect();
    assert_eq!(ids(&of(Group::LeftOut, 0, 50, false).rows), ids(&left_out));

    let other = Date::parse("2024-01-01").unwrap();
    let all = compare_list(&world.app, &world.by, &asked, other).unwrap();
    let part = Part { group: Group::Everyone, after: 2, most: 2, best_first: false };
    let some = compare_list_part(&world.app, &world.by, &asked, other, part).unwrap();
    assert!(all.rows.len() > 4 && all.of == all.rows.len());
    assert_eq!((some.of, some.touched, some.rows.len()), (all.of, all.touched, 2));
    assert_eq!(some.rows[0].id, all.rows[2].id);
}

#[test]
fn a_list_kept_in_memory_sees_what_was_entered_since() {
    let world = World::loaded();
    let asked = whole_district(asked("chien-si-thi-dua-co-so", "2020-07-05", 2019));
    let ask = || {
        let before = world.app.db.statements_run();
        let listed = list(&world.app, &world.by, &asked).unwrap();
        let registered = listed.rows.iter().filter(|row| row.is_registered).count();
        (registered, world.app.db.statements_run() - before)
    };
    let (cold, warm) = (ask(), ask());
    assert!(warm.1 < cold.1, "{} statements, then {}", cold.1, warm.1);
    let missing = list(&world.app, &world.by, &asked).unwrap().rows.into_iter().find(|row| !row.is_registered).unwrap();
    let clerk = person(&world, Role::Specialist, &["h-397", missing.unit.as_ref().unwrap().as_str()]);
    let fact = FactAsked {
        kind: FactKind::Registration,
        fields: Fields::of([("year", "2019"), ("on", "2019-02-01")]),
        source: String::new(),
        corrects: None,
        reason: String::new(),
    };
    enter_fact(&world.app, &clerk, &missing.id, &fact).unwrap();
    assert_eq!(ask().0, cold.0 + 1);
}
