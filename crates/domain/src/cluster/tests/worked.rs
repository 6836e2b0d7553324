//! The worked examples of the published schemes.

use super::{HEAD, claims, code, figure, line, n, sheet, unit};
use crate::cluster::evidence::Claim;
use crate::cluster::rank::rank;
use crate::cluster::review::Verdict;
use crate::cluster::scheme::{Criterion, Level, Part, Rule, Scheme, read, shipped};
use crate::cluster::score::{Counted, Round};
use std::collections::BTreeMap;
use thidua_base::Number;

fn scheme(name: &str) -> Scheme {
    shipped().unwrap().into_iter().find(|scheme| scheme.code.as_str() == name).unwrap()
}

/// The claim that brings a leaf its maximum.
pub(in crate::cluster) fn best(leaf: &Criterion) -> Claim {
    let max = leaf.max.unwrap();
    match leaf.rule.as_ref().unwrap() {
        Rule::Flag => Claim::Yes,
        Rule::Choice(options) => {
            Claim::Option(options.iter().find(|option| option.points == max).unwrap().code.clone())
        }
        Rule::Band(bands) => {
            Claim::Amount(bands.bands.iter().find(|band| band.points == max).unwrap().threshold.edge())
        }
        Rule::Ratio { .. } => Claim::Share { part: n("4"), whole: n("4") },
        Rule::DeductPer { .. } => Claim::Amount(n("0")),
        Rule::Count { per } => {
            let mut count = 1;
            while Number::sum((0..count).map(|_| *per)).unwrap() < max {
                count += 1;
            }
            Claim::Amount(Number::whole(count))
        }
        _ => Claim::Points(max),
    }
}

/// A member that claims all content and neither bonus nor penalty.
fn full(scheme: &Scheme, whose: &str) -> Round {
    let mut round = Round { members: vec![unit(whose)], ..Round::default() };
    for (_, leaf) in scheme.leaves().filter(|(_, leaf)| leaf.part == Part::Content) {
        claims(&mut round, whose, leaf.code.as_str(), best(leaf));
    }
    round
}

/// The commune of the worked example: full points but for eight criteria, one bonus, one late report.
fn example(scheme: &Scheme, whose: &str) -> Round {
    let mut round = full(scheme, whose);
    claims(&mut round, whose, "I.2.a", Claim::Option("b".to_owned()));
    claims(&mut round, whose, "II.1.b", Claim::Amount(n("1")));
    claims(&mut round, whose, "III.1.a", Claim::Amount(n("92")));
    claims(&mut round, whose, "III.3.c", Claim::Option("b".to_owned()));
    claims(&mut round, whose, "IV.1.a", Claim::Amount(n("95.5")));
    claims(&mut round, whose, "V.2.b", Claim::No);
    claims(&mut round, whose, "VI.2.a", Claim::Amount(n("93")));
    claims(&mut round, whose, "VII.1.a", Claim::Amount(n("1")));
    claims(&mut round, whose, "VIII.2.a", Claim::Option("a".to_owned()));
    claims(&mut round, whose, "IX.3", Claim::Amount(n("1")));
    round
}

#[test]
fn full_content_makes_100_in_both_trees() {
    for name in ["TH-HDND-2026-XA", "TH-HDND-2026-TINH"] {
        let scheme = scheme(name);
        let sheets = full(&scheme, "xa").score(&scheme).unwrap();
        assert_eq!(sheets[0].total.points, n("100"), "{name}");
        assert_eq!(sheets[0].graded.grade.as_deref(), Some("xuat-sac"), "{name}");
        assert!(sheets[0].void.is_empty(), "{:?}", sheets[0].void);
    }
}

#[test]
fn the_commune_of_the_worked_example_has_90_5_and_is_excellent() {
    let scheme = scheme("TH-HDND-2026-XA");
    let sheets = example(&scheme, "xa").score(&scheme).unwrap();
    let sheet = &sheets[0];
    for (group, points) in
        [("I", "19"), ("II", "18"), ("III", "17"), ("IV", "13.5"), ("V", "8.5"), ("VI", "9"), ("VII", "4.5")]
    {
        assert_eq!(line(&scheme, sheet, group).points, n(points), "{group}");
    }
    let total = &sheet.total;
    assert_eq!((total.content, total.bonus, total.penalty), (n("89.5"), n("2"), n("1")));
    assert_eq!(total.points, n("90.5"));
    assert_eq!(sheet.graded.grade.as_deref(), Some("xuat-sac"));
    assert_eq!(sheet.traced().unwrap(), n("90.5"));
}

#[test]
fn with_a_member_of_staff_warned_the_same_commune_has_85_5_and_is_good() {
    let scheme = scheme("TH-HDND-2026-XA");
    let mut round = example(&scheme, "xa");
    claims(&mut round, "xa", "IX.8", Claim::Amount(n("1")));
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(sheets[0].total.points, n("85.5"));
    let graded = &sheets[0].graded;
    assert_eq!((graded.by_points.as_deref(), graded.grade.as_deref()), (Some("tot"), Some("tot")));
    assert_eq!(graded.fallen[0].sanction, "khong-xuat-sac");
}

#[test]
fn sanctions_bar_and_lower_whatever_the_points() {
    let scheme = scheme("TH-HDND-2026-XA");
    let graded = |penalty: &str, count: &str| {
        let mut round = full(&scheme, "xa");
        claims(&mut round, "xa", "VIII.1.a", Claim::Yes);
        claims(&mut round, "xa", "VIII.2.a", Claim::Option("a".to_owned()));
        claims(&mut round, "xa", penalty, Claim::Amount(n(count)));
        round.score(&scheme).unwrap().remove(0).graded
    };
    let unlawful = graded("IX.1", "1");
    assert_eq!((unlawful.by_points.as_deref(), unlawful.grade.as_deref()), (Some("xuat-sac"), Some("tot")));
    assert_eq!(graded("IX.7", "1").grade.as_deref(), Some("kha"));
    assert_eq!(graded("IX.9", "1").grade.as_deref(), Some("tot"));
    assert_eq!(graded("IX.9", "2").grade.as_deref(), Some("yeu"));
}

#[test]
fn without_a_model_an_excellent_total_falls_to_fair() {
    let scheme = scheme("TH-HDND-2026-XA");
    let mut round = full(&scheme, "xa");
    claims(&mut round, "xa", "V.1.a", Claim::Amount(n("0")));
    claims(&mut round, "xa", "VIII.1.a", Claim::Yes);
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(sheets[0].total.points, n("98"));
    // 40 percent of group V would do for Tốt, but no model does not.
    assert_eq!(sheets[0].graded.grade.as_deref(), Some("kha"));
    assert_eq!(sheets[0].graded.failed.len(), 3);
}

#[test]
fn the_worst_answer_takes_the_whole_criterion() {
    let scheme = scheme("TH-HDND-2026-TINH");
    let mut round = full(&scheme, "tinh");
    claims(&mut round, "tinh", "I.1.a", Claim::Option("b".to_owned()));
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(line(&scheme, &sheets[0], "I.1").points, n("0"));
    assert_eq!(line(&scheme, &sheets[0], "I.1.c").points, n("2"));
    assert_eq!(sheets[0].total.points, n("96"));
    assert_eq!(sheets[0].traced().unwrap(), n("96"));
    // A corrected answer takes it back.
    let better = Verdict::Corrected(Claim::Option("a".to_owned()));
    round.reviews.add(
        &unit("tinh"),
        &code("I.1.a"),
        super::reviewed(Level::Appraisal, better, "0", "Đã họp đủ, có biên bản"),
    );
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(sheets[0].total.points, n("100"));
    assert_eq!(line(&scheme, &sheets[0], "I.1.a").counted, Counted::Level(Level::Appraisal));
}

#[test]
fn leaves_of_every_kind_give_what_the_text_says() {
    let scheme = scheme("TH-HDND-2026-XA");
    let mark = |criterion: &str, claim: Claim| {
        let mut round = full(&scheme, "xa");
        claims(&mut round, "xa", criterion, claim);
        let sheets = round.score(&scheme).unwrap();
        line(&scheme, &sheets[0], criterion).points
    };
    // Share of due conclusions times 6, step 0,25: 5 of 7 is 4,2857….
    assert_eq!(mark("II.3.a", Claim::Share { part: n("5"), whole: n("7") }), n("4.25"));
    assert_eq!(mark("II.3.a", Claim::Share { part: n("0"), whole: n("0") }), n("6"));
    // Below 80 percent, but urged.
    assert_eq!(mark("III.2.b", Claim::Amount(n("75"))), n("1"));
    let urged = |amount: &str| Claim::Circumstance { amount: n(amount), code: "don-doc".to_owned() };
    assert_eq!(mark("III.2.b", urged("75")), n("2"));
    assert_eq!(mark("III.2.b", urged("95")), n("3"));
    assert_eq!(mark("III.2.b", Claim::Amount(n("79.999"))), n("1"));
    assert_eq!(mark("III.3.a", Claim::Amount(n("2"))), n("0.5"));
    assert_eq!(mark("III.3.a", Claim::Amount(n("9"))), n("0"));
    assert_eq!(mark("V.1.a", Claim::Amount(n("5"))), n("6"));
    assert_eq!(mark("IX.6", Claim::Amount(n("5"))), n("6"));
}

#[test]
fn the_excellent_are_at_most_a_quarter_by_total_bonus_and_innovation() {
    let scheme = scheme("TH-HDND-2026-XA");
    let mut all = Round::default();
    for (place, id) in ["x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8"].into_iter().enumerate() {
        let one = full(&scheme, id);
        all.members.extend(one.members);
        all.evidence.files.extend(one.evidence.files);
        all.evidence.claims.extend(one.evidence.claims);
        if place == 0 {
            claims(&mut all, id, "VIII.1.a", Claim::Yes);
            claims(&mut all, id, "IX.3", Claim::Amount(n("4")));
        }
        if place > 1 {
            claims(&mut all, id, "V.2.b", Claim::No);
        }
    }
    let sheets = all.score(&scheme).unwrap();
    let ranking = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    let quota = ranking.quota.clone().unwrap();
    assert_eq!((quota.assessed, quota.most, quota.reached), (8, 2, 8));
    let top: Vec<(&str, usize, Option<&str>)> =
        ranking.rows.iter().take(3).map(|row| (row.unit.as_str(), row.rank, row.grade.as_deref())).collect();
    // Equal totals of 100: more bonus points stand first.
    assert_eq!(top, [("x1", 1, Some("xuat-sac")), ("x2", 2, Some("xuat-sac")), ("x3", 3, Some("tot"))]);
    assert_eq!(ranking.rows.last().unwrap().shared_by, 6);
}

#[test]
fn the_reproduction_of_quang_tri_gives_its_points() {
    let police = scheme("QT-CONGAN-2025");
    let text = format!("{HEAD}{}", super::CRITERIA);
    let mut scheme = read("thu.toml", &text).unwrap();
    let place = scheme.place(&code("A.1")).unwrap();
    scheme.criteria[place].max = Some(n("10"));
    scheme.criteria[place].rule = Some(police.formulas[0].rule.clone());
    let mut round = Round::default();
    for (id, target, actual) in [
        ("A", "100", "120"),
        ("B", "0", "150"),
        ("C", "50", "60"),
        ("D", "80", "80"),
        ("E", "0", "100"),
        ("F", "", "75"),
    ] {
        round.members.push(unit(id));
        round.figures.set(&unit(id), &code("A.1"), figure(actual, target));
    }
    let sheets = round.score(&scheme).unwrap();
    for (id, points) in [("A", "10"), ("B", "10"), ("C", "10"), ("D", "5"), ("E", "6.67"), ("F", "5")] {
        assert_eq!(line(&scheme, sheet(&sheets, id), "A.1").points, n(points), "{id}");
    }
}

#[test]
fn justice_of_2012_gives_the_share_of_the_plan_without_a_cap() {
    let justice = scheme("BTP-2012");
    let mut scheme = read("thu.toml", &format!("{HEAD}{}", super::CRITERIA)).unwrap();
    let place = scheme.place(&code("A.1")).unwrap();
    scheme.criteria[place].rule = Some(justice.formulas[0].rule.clone());
    for (actual, points) in [("0", "0"), ("50", "10"), ("100", "20"), ("130", "26")] {
        let mut round = Round { members: vec![unit("A")], ..Round::default() };
        round.figures.set(&unit("A"), &code("A.1"), figure(actual, "100"));
        let sheets = round.score(&scheme).unwrap();
        assert_eq!(line(&scheme, &sheets[0], "A.1").points, n(points), "{actual}");
    }
}

#[test]
fn late_days_fall_into_the_bands_of_2022() {
    let justice = scheme("BTP-2022-DT");
    let mark = |days: &str| {
        let mut round = Round { members: vec![unit("s")], ..Round::default() };
        claims(&mut round, "s", "1.1", Claim::Amount(n(days)));
        let sheets = round.score(&justice).unwrap();
        line(&justice, &sheets[0], "1.1").points
    };
    for (days, points) in [("0", "2"), ("1", "1.5"), ("2", "1.5"), ("5", "1"), ("10", "0.5"), ("11", "0")] {
        assert_eq!(mark(days), n(points), "{days}");
    }
    let mark = |percent: &str| {
        let mut round = Round { members: vec![unit("s")], ..Round::default() };
        claims(&mut round, "s", "VIII.2", Claim::Amount(n(percent)));
        let sheets = round.score(&justice).unwrap();
        line(&justice, &sheets[0], "VIII.2").points
    };
    assert_eq!((mark("95"), mark("95.1"), mark("50")), (n("1"), n("1.5"), n("0.5")));
}

#[test]
fn departments_judge_districts_and_flags_add_to_it() {
    let city = scheme("HCM-2008-SECTOR");
    let mut round = Round { members: vec![unit("q1")], ..Round::default() };
    let judged = Claim::Bodies(BTreeMap::from([(unit("so-a"), n("50")), (unit("so-b"), n("47"))]));
    let verdict = Verdict::Corrected(judged);
    round.reviews.add(&unit("q1"), &code("NGANH"), super::reviewed(Level::Council, verdict, "0", "Cộng điểm các sở"));
    let flag = Claim::Awards(BTreeMap::from([("thanh-pho-bo-nganh".to_owned(), 1)]));
    claims(&mut round, "q1", "THUONG", flag);
    let sheets = round.score(&city).unwrap();
    assert_eq!(sheets[0].total.points, n("107"));
}

#[test]
fn the_monthly_rating_is_the_mean_of_its_parts() {
    let kpi = scheme("TH-KPI-2025");
    let mut round = Round { members: vec![unit("cc")], ..Round::default() };
    let percents = BTreeMap::from([("a", "90"), ("b", "100"), ("c", "80")])
        .into_iter()
        .map(|(part, percent)| (part.to_owned(), n(percent)))
        .collect();
    claims(&mut round, "cc", "II", Claim::Parts { set: "cong-chuc".to_owned(), percents });
    claims(&mut round, "cc", "I", Claim::Points(n("30")));
    let sheets = round.score(&kpi).unwrap();
    assert_eq!(sheets[0].total.points, n("93"));
    assert_eq!(sheets[0].graded.grade.as_deref(), Some("a"));
}

#[test]
fn a_grade_of_nghe_an_asks_for_every_criterion() {
    let nghe_an = scheme("NA-2025-DRAFT");
    let mut scheme = read("thu.toml", &format!("{HEAD}{}", super::CRITERIA)).unwrap();
    scheme.grades = nghe_an.grades.clone();
    scheme.conditions = nghe_an.conditions.clone();
    let mut round = super::equal_round(&["A"]);
    // 20 + 20 + 20 of 60, and 33,75 of 40: all in all 93,75, but group B has 84,375 percent only.
    for (criterion, actual) in [("A.1", "200"), ("A.2", "200"), ("A.3", "100")] {
        round.figures.set(&unit("A"), &code(criterion), figure(actual, "100"));
    }
    claims(&mut round, "A", "B.2", Claim::Amount(n("5")));
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(sheets[0].total.points, n("93.75"));
    assert_eq!(sheets[0].graded.by_points.as_deref(), Some("hoan-thanh-xuat-sac"));
    assert_eq!(sheets[0].graded.grade.as_deref(), Some("hoan-thanh-tot"));
}
