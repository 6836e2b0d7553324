//! The twelve trials of correctness that the running peer fails, each before and after the round is frozen.

use std::collections::BTreeMap;

use super::{claimed, claims, code, equal_round, excusal, figure, line, made_up, n, points, sheet, unit};
use crate::cluster::evidence::Claim;
use crate::cluster::freeze::{Freeze, Recomputed, recompute};
use crate::cluster::mark::{Desk, Stage, Standing};
use crate::cluster::measure::Measurement;
use crate::cluster::rank::rank;
use crate::cluster::review::Excused;
use crate::cluster::scheme::{Level, Scheme, TieRule, read};
use crate::cluster::score::{Counted, Gap, Place, Round, TargetGap, Why};
use crate::indicator::assign::goes_downwards;
use crate::indicator::{Absence, Comparator, PlanValue, Value};
use crate::org::{Edge, TERRITORY};
use crate::origin::{Origin, Provenance};
use crate::refusal::{MarkFault, Refusal};
use thidua_base::Period;
use thidua_base::code::{IndicatorCode, PlanId, TreeId};

fn desk<'a>(scheme: &'a Scheme, round: &'a Round, stage: Stage) -> Desk<'a> {
    Desk { scheme, members: &round.members, evidence: &round.evidence, stage }
}

/// Why something about a mark was refused.
fn fault(found: Result<(), Refusal>) -> MarkFault {
    match found {
        Err(Refusal::BadMark { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

/// A frozen round computes to the same bytes, and its sheets are those of before.
fn holds_when_frozen(round: &Round) {
    let frozen = freeze(round).bytes().unwrap();
    assert_eq!(recompute(&frozen).unwrap(), Recomputed::Same);
    let thawed = Freeze::thawed(&frozen).unwrap().round;
    let scheme = made_up();
    for sheet in thawed.score(&scheme).unwrap() {
        let before = round.score(&scheme).unwrap().into_iter().find(|other| other.unit == sheet.unit).unwrap();
        assert_eq!(before, sheet);
    }
}

pub(super) fn freeze(round: &Round) -> Freeze {
    Freeze {
        cluster: thidua_base::Code::parse("cum-2").unwrap(),
        year: 2026,
        scheme_file: "thu.toml".to_owned(),
        scheme: format!("{}{}", super::HEAD, super::CRITERIA),
        round: round.clone(),
        last: BTreeMap::new(),
    }
}

#[test]
fn unit_account_sends_a_target_with_its_own_result() {
    // Written as a plan, it is refused: targets go downwards.
    let place = Edge {
        tree: TreeId::parse(TERRITORY).unwrap(),
        child: unit("A"),
        parent: unit("tinh"),
        valid_from: super::day("2025-07-01"),
        valid_to: None,
    };
    let value = PlanValue {
        plan: PlanId::parse("kh-tu-lap").unwrap(),
        indicator: IndicatorCode::parse("KT01").unwrap(),
        unit: unit("A"),
        period: Period::parse("2026").unwrap(),
        comparator: Comparator::AtLeast,
        value: n("1"),
        provenance: Provenance { origin: Origin::Reported, source: String::new() },
    };
    let refused = goes_downwards(&unit("A"), &[value], &[place], super::day("2026-06-01"));
    assert_eq!(refused, Err(Refusal::OwnTarget));
    // Where one stands in the figures all the same, it does not count.
    let scheme = made_up();
    let mut round = equal_round(&["A", "B"]);
    let mut own = figure("100", "1");
    own.target.as_mut().unwrap().assigner = unit("A");
    round.figures.set(&unit("A"), &code("A.1"), own);
    let sheets = round.score(&scheme).unwrap();
    let found = line(&scheme, sheet(&sheets, "A"), "A.1");
    assert!(matches!(&found.why, Why::AmongNoTarget { gap: TargetGap::OwnOnly, .. }), "{:?}", found.why);
    assert_eq!(line(&scheme, sheet(&sheets, "B"), "A.1").points, n("10"));
    holds_when_frozen(&round);
}

#[test]
fn unit_account_sends_self_score_999_where_the_maximum_is_1_25() {
    let text = format!("{}{}", super::HEAD, super::CRITERIA)
        .replace(
            "label = \"Ký giao ước\"\nmax = 10\nevidence = \"required\"\nrule = { kind = \"flag\" }",
            "max = \"1.25\"\nrule = { kind = \"manual\" }",
        )
        .replace("label = \"Hội nghị\"\nmax = 10", "label = \"Hội nghị\"\nmax = \"18.75\"")
        .replace("points = 10 },", "points = \"18.75\" },");
    let scheme = read("thu.toml", &text).unwrap();
    let mut round = equal_round(&["A", "B"]);
    let by = Standing::Member(unit("A"));
    let typed = claimed(Claim::Points(n("999")), &[]);
    let refused = fault(desk(&scheme, &round, Stage::Open).claim(&by, &unit("A"), &code("B.1"), &typed));
    assert_eq!(refused, MarkFault::OutOfRange { found: n("999"), most: n("1.25") });
    // A quantitative mark is never typed.
    let typed = claimed(Claim::Points(n("5")), &[]);
    let refused = fault(desk(&scheme, &round, Stage::Open).claim(&by, &unit("A"), &code("A.1"), &typed));
    assert_eq!(refused, MarkFault::FromFigures);
    // Were it there all the same, it would not count and would be listed.
    claims(&mut round, "A", "B.1", Claim::Points(n("999")));
    let sheets = round.score(&scheme).unwrap();
    let found = sheet(&sheets, "A");
    assert_eq!(line(&scheme, found, "B.1").points, n("0"));
    assert_eq!(found.void[0].why, MarkFault::OutOfRange { found: n("999"), most: n("1.25") });
    let frozen = Freeze { scheme: text, ..freeze(&round) }.bytes().unwrap();
    assert_eq!(recompute(&frozen).unwrap(), Recomputed::Same);
}

#[test]
fn unit_account_excuses_itself_from_a_criterion() {
    let scheme = made_up();
    let mut round = equal_round(&["A", "B"]);
    let open = desk(&scheme, &round, Stage::Open);
    let excuse = excusal(Excused::NotAssigned);
    for by in [Standing::Member(unit("A")), Standing::Head(unit("A")), Standing::Head(unit("B"))] {
        assert_eq!(fault(open.excuse(&by, &unit("A"), &code("A.1"), &excuse)), MarkFault::NotYours, "{by:?}");
    }
    assert_eq!(open.excuse(&Standing::Appraiser, &unit("A"), &code("A.1"), &excuse), Ok(()));
    // Saying in its form that an indicator is not its own excuses nobody: nothing is scored, and someone is asked.
    let own = Measurement::of(Value::Absent(Absence::NotApplicable));
    round.figures.set(&unit("A"), &code("A.1"), own);
    let sheets = round.score(&scheme).unwrap();
    let found = line(&scheme, sheet(&sheets, "A"), "A.1");
    assert_eq!((found.points, found.max, found.counted), (n("0"), Some(n("20")), Counted::Unscored));
    assert_eq!(sheet(&sheets, "A").total.content_max, n("100"));
    holds_when_frozen(&round);
}

#[test]
fn the_same_three_after_the_period_is_completed_and_the_unit_finalised() {
    let scheme = made_up();
    let round = equal_round(&["A", "B"]);
    let frozen = desk(&scheme, &round, Stage::Frozen);
    let by = Standing::Member(unit("A"));
    let claim = claimed(Claim::Yes, &["f-A"]);
    assert_eq!(desk(&scheme, &round, Stage::Open).claim(&by, &unit("A"), &code("B.1"), &claim), Ok(()));
    assert_eq!(fault(frozen.take_figures(&unit("A"), &code("A.1"))), MarkFault::Frozen);
    assert_eq!(fault(frozen.claim(&by, &unit("A"), &code("B.1"), &claim)), MarkFault::Frozen);
    let excuse = excusal(Excused::NotAssigned);
    for by in [by, Standing::Appraiser, Standing::Council] {
        assert_eq!(fault(frozen.excuse(&by, &unit("A"), &code("A.1"), &excuse)), MarkFault::Frozen, "{by:?}");
    }
    let mark = points(Level::Appraisal, "5", "10", "Chưa đúng hạn");
    let refused = frozen.review(&Standing::Appraiser, &unit("A"), &code("B.1"), &mark, n("10"));
    assert_eq!(fault(refused), MarkFault::Frozen);
}

#[test]
fn reviewer_fixes_a_mark_by_hand_then_somebody_recalculates() {
    let scheme = made_up();
    let mut round = equal_round(&["A", "B"]);
    let by = Standing::Appraiser;
    let mark = points(Level::Appraisal, "8", "10", "Số thu gồm 2 tỷ đồng ghi nhầm");
    assert_eq!(desk(&scheme, &round, Stage::Open).review(&by, &unit("A"), &code("A.1"), &mark, n("10")), Ok(()));
    round.reviews.add(&unit("A"), &code("A.1"), mark);
    assert!(sheet(&round.score(&scheme).unwrap(), "A").differences.is_empty());
    // The figure is corrected, so the rule gives another mark; the appraised one stands and the difference is listed.
    round.figures.set(&unit("A"), &code("A.1"), figure("90", "100"));
    let sheets = round.score(&scheme).unwrap();
    let found = line(&scheme, sheet(&sheets, "A"), "A.1");
    assert_eq!((found.own, found.points), (Some(n("9")), n("8")));
    assert_eq!(found.counted, Counted::Level(Level::Appraisal));
    let difference = &sheet(&sheets, "A").differences[0];
    assert_eq!((difference.over, difference.now, difference.points), (n("10"), n("9"), n("8")));
    assert_eq!(round.score(&scheme).unwrap(), sheets);
    holds_when_frozen(&round);
}

#[test]
fn ten_equal_units() {
    let names: Vec<String> = (0..10).map(|place| format!("u{place}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let scheme = made_up();
    let mut round = equal_round(&names);
    let ranking = rank(&scheme, &round.score(&scheme).unwrap(), &BTreeMap::new()).unwrap();
    assert!(ranking.rows.iter().all(|row| (row.rank, row.shared_by) == (1, 10)));
    holds_when_frozen(&round);
    // The same total by another way: three points more of bonus, three less for late reports.
    claims(&mut round, "u7", "T.1", Claim::Amount(n("1")));
    claims(&mut round, "u7", "P.1", Claim::Amount(n("3")));
    let ranking = rank(&scheme, &round.score(&scheme).unwrap(), &BTreeMap::new()).unwrap();
    let first = &ranking.rows[0];
    assert_eq!((first.unit.as_str(), first.rank, first.shared_by), ("u7", 1, 1));
    assert_eq!(first.settled_by, Some(TieRule::Bonus));
    assert!(ranking.rows[1..].iter().all(|row| (row.rank, row.shared_by) == (2, 9)));
    holds_when_frozen(&round);
}

#[test]
fn rank_after_the_second_review() {
    let scheme = made_up();
    let mut round = equal_round(&["A", "B"]);
    let add = |round: &mut Round, level, given, over| {
        round.reviews.add(&unit("A"), &code("B.3"), points(level, given, over, "Theo biên bản"));
    };
    add(&mut round, Level::Peer, "9", "10");
    add(&mut round, Level::Appraisal, "6", "9");
    add(&mut round, Level::Council, "7", "6");
    let sheets = round.score(&scheme).unwrap();
    let found = line(&scheme, sheet(&sheets, "A"), "B.3");
    let marks: Vec<_> = Level::ALL.into_iter().map(|level| found.mark(level)).collect();
    assert_eq!(marks, ["10", "9", "6", "7"].map(|mark| Some(n(mark))));
    assert_eq!(found.points, n("7"));
    let ranking = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    assert_eq!(ranking.marks, [Level::Council, Level::Appraisal, Level::Peer, Level::Own]);
    let second = &ranking.rows[1];
    assert_eq!((second.unit.as_str(), second.rank), ("A", 2));
    assert_eq!(second.points, sheet(&sheets, "B").total.points.minus(n("3")).unwrap());
    holds_when_frozen(&round);
}

#[test]
fn export_of_the_largest_cluster() {
    let names: Vec<String> = (0..166).map(|place| format!("xa-{place:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let scheme = made_up();
    let mut round = equal_round(&names);
    for (place, name) in (0..).zip(&names) {
        round.figures.set(&unit(name), &code("A.1"), figure(&format!("{}", 60 + place), "100"));
    }
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(sheets.len(), 166);
    assert!(sheets.iter().all(|sheet| sheet.lines.len() == scheme.criteria.len()));
    let bytes = freeze(&round).bytes().unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let lines = text.lines().filter(|line| line.starts_with("line\t")).count();
    assert_eq!(lines, 166 * scheme.criteria.len());
    assert_eq!(recompute(&bytes).unwrap(), Recomputed::Same);
}

#[test]
fn target_0_versus_no_target_at_all() {
    let scheme = made_up();
    let mut round = equal_round(&["A", "B", "C", "D"]);
    round.figures.set(&unit("A"), &code("A.1"), figure("0", "0"));
    round.figures.set(&unit("B"), &code("A.1"), figure("50", ""));
    round.figures.set(&unit("C"), &code("A.1"), figure("40", ""));
    let sheets = round.score(&scheme).unwrap();
    let mark = |whose: &str| line(&scheme, sheet(&sheets, whose), "A.1").clone();
    assert!(matches!(mark("A").why, Why::ZeroTarget { .. }));
    // Zero, kept: the points of reaching a target. None: against the best of those without one.
    assert_eq!((mark("A").points, mark("D").points), (n("10"), n("10")));
    assert!(matches!(mark("B").why, Why::AmongNoTarget { gap: TargetGap::None, .. }));
    assert_eq!((mark("B").points, mark("C").points), (n("20"), n("16")));
    // At most none, and there was one: the target is missed.
    let mut missed = figure("1", "0");
    missed.target.as_mut().unwrap().comparator = Comparator::AtMost;
    round.figures.set(&unit("A"), &code("A.1"), missed);
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(line(&scheme, sheet(&sheets, "A"), "A.1").points, n("0"));
    // The second criterion has no rule for either: both are listed, each by its own name.
    round.figures.set(&unit("A"), &code("A.2"), figure("5", "0"));
    round.figures.set(&unit("B"), &code("A.2"), figure("5", ""));
    let sheets = round.score(&scheme).unwrap();
    let why = |whose: &str| line(&scheme, sheet(&sheets, whose), "A.2").why.clone();
    assert_eq!(why("A"), Why::Unscored(Gap::NoTarget(TargetGap::Zero)));
    assert_eq!(why("B"), Why::Unscored(Gap::NoTarget(TargetGap::None)));
    holds_when_frozen(&round);
}

#[test]
fn one_tiny_target_huge_excess() {
    let scheme = made_up();
    let mut round = equal_round(&["A", "B", "C"]);
    for criterion in ["A.1", "A.2"] {
        round.figures.set(&unit("A"), &code(criterion), figure("50", "1"));
        round.figures.set(&unit("B"), &code(criterion), figure("150", "100"));
        round.figures.set(&unit("C"), &code(criterion), figure("120", "100"));
    }
    let sheets = round.score(&scheme).unwrap();
    let mark = |whose: &str, criterion: &str| line(&scheme, sheet(&sheets, whose), criterion).clone();
    // The first criterion counts an excess up to 100 percent: 50 of 100, and 20 of 100, of the second half.
    assert_eq!([mark("A", "A.1").points, mark("B", "A.1").points, mark("C", "A.1").points], ["20", "15", "12"].map(n));
    let Why::Leader { leader: Some(lead), .. } = mark("B", "A.1").why else { panic!("a leader") };
    assert_eq!((lead.excess, lead.counted), (n("4900"), n("100")));
    // The second sets it aside, with the maximum: the next is the measure.
    assert_eq!([mark("A", "A.2").points, mark("B", "A.2").points, mark("C", "A.2").points], ["20", "20", "14"].map(n));
    let Why::Leader { place, leader: Some(lead), .. } = mark("A", "A.2").why else { panic!("a leader") };
    assert_eq!((place, lead.aside, lead.units), (Place::SetAside, vec![unit("A")], vec![unit("B")]));
    holds_when_frozen(&round);
}

#[test]
fn excused_unit_in_the_comparison() {
    let scheme = made_up();
    let mut round = equal_round(&["A", "B", "C"]);
    round.figures.set(&unit("A"), &code("A.1"), figure("180", "100"));
    round.figures.set(&unit("B"), &code("A.1"), figure("120", "100"));
    assert_eq!(line(&scheme, &round.score(&scheme).unwrap()[1], "A.1").points, n("12.5"));
    round.reviews.excuse(&unit("A"), &code("A.1"), excusal(Excused::NotAssigned));
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(line(&scheme, sheet(&sheets, "B"), "A.1").points, n("20"));
    let found = line(&scheme, sheet(&sheets, "A"), "A.1");
    assert_eq!((found.counted, found.max), (Counted::Excused, Some(n("0"))));
    // What was not assigned leaves the denominator: 70 of 80 are 87,5 of 100.
    let total = &sheet(&sheets, "A").total;
    assert_eq!((total.content, total.content_max, total.scaled), (n("70"), n("80"), n("87.5")));
    holds_when_frozen(&round);
}

#[test]
fn a_quantitative_criterion_for_which_nobody_has_a_target() {
    let scheme = made_up();
    let mut round = equal_round(&["A", "B"]);
    for (whose, actual) in [("A", "80"), ("B", "60")] {
        for criterion in ["A.1", "A.2", "A.3"] {
            round.figures.set(&unit(whose), &code(criterion), figure(actual, ""));
        }
    }
    let sheets = round.score(&scheme).unwrap();
    let found = |whose: &str, criterion: &str| line(&scheme, sheet(&sheets, whose), criterion).clone();
    // Each criterion names its rule: among themselves, unscored and listed, not assigned.
    assert_eq!((found("A", "A.1").points, found("B", "A.1").points), (n("20"), n("15")));
    assert_eq!(found("A", "A.2").counted, Counted::Unscored);
    assert_eq!(found("A", "A.2").why, Why::Unscored(Gap::NoTarget(TargetGap::None)));
    assert_eq!((found("B", "A.3").counted, found("B", "A.3").max), (Counted::Excused, Some(n("0"))));
    holds_when_frozen(&round);
}
