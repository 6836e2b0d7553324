//! Roll-up, absence and plans in force.

use super::*;
use crate::indicator::{Comparator, Direction, Parts, ValueKind};
use crate::origin::Provenance;
use proptest::prelude::*;
use thidua_base::Timestamp;
use thidua_base::code::{PlanId, TreeId};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn org(text: &str) -> OrgId {
    OrgId::parse(text).unwrap()
}

fn code(text: &str) -> IndicatorCode {
    IndicatorCode::parse(text).unwrap()
}

fn half() -> Period {
    Period::parse("2020-H1").unwrap()
}

fn reported() -> Provenance {
    Provenance { origin: Origin::Reported, source: String::new() }
}

fn indicator(name: &str, tree_rule: TreeRule) -> Indicator {
    Indicator {
        code: code(name),
        valid_from: day("2015-01-01"),
        valid_to: None,
        name: name.into(),
        phrase: name.into(),
        name_en: name.into(),
        measure: "ha".into(),
        decimals: 1,
        percent_decimals: 1,
        kind: ValueKind::Flow,
        tree_rule,
        direction: Direction::Up,
        price_basis: String::new(),
        part_of: None,
        parts: Parts::Some,
        field: String::new(),
        ordinal: 0,
        owner: None,
        definition: String::new(),
    }
}

fn reading(name: &str, unit: &str, value: Value) -> Reading {
    Reading {
        seq: 1,
        indicator: code(name),
        unit: org(unit),
        period: half(),
        nature: Nature::Official,
        value,
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: reported(),
        entered_by: "x".into(),
        entered_at: Timestamp::from_second(0).unwrap(),
        supersedes: None,
        reason: String::new(),
    }
}

fn of(digits: i64) -> Value {
    Value::Of(Number::whole(digits))
}

fn edge(parent: &str, child: &str) -> Edge {
    Edge {
        tree: TreeId::parse("territory").unwrap(),
        child: org(child),
        parent: org(parent),
        valid_from: day("2000-01-01"),
        valid_to: None,
    }
}

fn figures(rule: TreeRule, readings: &[Reading]) -> Figures {
    let edges = [edge("district", "a"), edge("district", "b"), edge("district", "c")];
    Figures::new(
        &[indicator("AREA", TreeRule::Sum), indicator("N", rule)],
        readings,
        &[],
        &[],
        &edges,
        day("2020-06-30"),
    )
}

#[test]
fn a_unit_that_did_not_report_is_missing_and_not_zero() {
    let at = figures(TreeRule::Own, &[reading("AREA", "a", of(5)), reading("AREA", "b", of(0))]);
    let total = at.actual(&code("AREA"), &org("district"), half()).unwrap();
    assert_eq!(total.value, Some(Number::whole(5)));
    assert_eq!(total.reported, Coverage { reported: 2, expected: 3 });
    assert_eq!(total.made, Made::RolledUp);
    assert!(total.sources.contains(&"reading:AREA:c:2020-H1".to_owned()), "{:?}", total.sources);
}

#[test]
fn a_total_of_last_year_is_made_up_of_the_units_of_last_year() {
    let until = |mut edge: Edge| {
        edge.valid_to = Some(day("2020-06-01"));
        edge
    };
    let since = |mut edge: Edge| {
        edge.valid_from = day("2020-06-01");
        edge
    };
    // Two communes below a district until June 2020; since then both are one, right below the province.
    let edges = [
        until(edge("province", "district")),
        until(edge("district", "a")),
        until(edge("district", "b")),
        since(edge("province", "c")),
    ];
    let before = half().same_period_last_year();
    let then = |unit: &str, value| Reading { period: before, ..reading("AREA", unit, value) };
    let readings = [then("a", of(3)), then("b", of(4)), reading("AREA", "c", of(8))];
    let at = Figures::new(&[indicator("AREA", TreeRule::Sum)], &readings, &[], &[], &edges, day("2020-07-05"));
    let total = |period| {
        let actual = at.actual(&code("AREA"), &org("province"), period).unwrap();
        (actual.value, actual.reported)
    };
    assert_eq!(total(half()), (Some(Number::whole(8)), Coverage { reported: 1, expected: 1 }));
    assert_eq!(total(before), (Some(Number::whole(7)), Coverage { reported: 2, expected: 2 }));
    // A plan's year is not over on the day: its units are those of the day.
    assert_eq!(total(half().plan_year()).1, Coverage { reported: 0, expected: 1 });
    assert_eq!(at.children_of(&org("province")), [org("c")], "lists follow the tree of the day");
}

#[test]
fn none_occurred_counts_as_reported_and_not_applicable_is_not_expected() {
    let at = figures(
        TreeRule::Own,
        &[
            reading("AREA", "a", of(5)),
            reading("AREA", "b", Value::Absent(Absence::NoneOccurred)),
            reading("AREA", "c", Value::Absent(Absence::NotApplicable)),
        ],
    );
    let total = at.actual(&code("AREA"), &org("district"), half()).unwrap();
    assert_eq!((total.value, total.reported), (Some(Number::whole(5)), Coverage { reported: 2, expected: 2 }));
}

#[test]
fn nobody_reported_is_no_value() {
    let total = figures(TreeRule::Own, &[]).actual(&code("AREA"), &org("district"), half()).unwrap();
    assert_eq!((total.value, total.reported), (None, Coverage { reported: 0, expected: 3 }));
}

#[test]
fn an_own_reading_wins_over_the_units_below() {
    let at = figures(TreeRule::Own, &[reading("AREA", "a", of(5)), reading("AREA", "district", of(9))]);
    let own = at.actual(&code("AREA"), &org("district"), half()).unwrap();
    assert_eq!((own.value, own.made), (Some(Number::whole(9)), Made::Own));
}

#[test]
fn units_with_something_are_counted() {
    let at = figures(
        TreeRule::CountPositive(code("AREA")),
        &[reading("AREA", "a", of(5)), reading("AREA", "b", of(0)), reading("AREA", "c", of(1))],
    );
    assert_eq!(at.actual(&code("N"), &org("district"), half()).unwrap().value, Some(Number::whole(2)));
}

#[test]
fn a_superseded_or_later_plan_is_not_in_force() {
    let plan = |id: &str, decided: &str, supersedes: Option<&str>| Plan {
        id: PlanId::parse(id).unwrap(),
        assigner: org("district"),
        naming: PlanNaming::Plain,
        word: "kế hoạch".into(),
        period: Period::parse("2020").unwrap(),
        number: String::new(),
        decided_on: day(decided),
        supersedes: supersedes.map(|id| PlanId::parse(id).unwrap()),
        provenance: reported(),
    };
    let value = |id: &str, digits| PlanValue {
        plan: PlanId::parse(id).unwrap(),
        indicator: code("AREA"),
        unit: org("district"),
        period: Period::parse("2020").unwrap(),
        comparator: Comparator::AtLeast,
        value: Number::whole(digits),
        provenance: reported(),
    };
    let plans = [plan("first", "2019-12-20", None), plan("revised", "2020-08-15", Some("first"))];
    let values = [value("first", 70), value("revised", 80)];
    let on = |date: &str| {
        let at = Figures::new(&[indicator("AREA", TreeRule::Sum)], &[], &plans, &values, &[], day(date));
        at.plans(&code("AREA"), &org("district"), half()).iter().map(|(_, v)| v.value).collect::<Vec<_>>()
    };
    assert_eq!(on("2020-06-30"), [Number::whole(70)]);
    assert_eq!(on("2020-12-31"), [Number::whole(80)]);
}

#[test]
fn a_revision_replaces_the_cells_it_names_and_no_others() {
    let plan = |id: &str, decided: &str, supersedes: Option<&str>| Plan {
        id: PlanId::parse(id).unwrap(),
        assigner: org("district"),
        naming: PlanNaming::Plain,
        word: "kế hoạch".into(),
        period: Period::parse("2020").unwrap(),
        number: String::new(),
        decided_on: day(decided),
        supersedes: supersedes.map(|id| PlanId::parse(id).unwrap()),
        provenance: reported(),
    };
    let value = |id: &str, unit: &str, digits| PlanValue {
        plan: PlanId::parse(id).unwrap(),
        indicator: code("AREA"),
        unit: org(unit),
        period: Period::parse("2020").unwrap(),
        comparator: Comparator::AtLeast,
        value: Number::whole(digits),
        provenance: reported(),
    };
    let plans =
        [plan("p1", "2019-12-20", None), plan("p2", "2020-03-01", Some("p1")), plan("p3", "2020-05-01", Some("p2"))];
    let values = [value("p1", "a", 1), value("p1", "b", 2), value("p2", "a", 10), value("p3", "a", 100)];
    let on = |date: &str, unit: &str| {
        let at = Figures::new(&[indicator("AREA", TreeRule::Sum)], &[], &plans, &values, &[], day(date));
        at.plans(&code("AREA"), &org(unit), half()).iter().map(|(_, v)| v.value.digits()).collect::<Vec<_>>()
    };
    assert_eq!((on("2020-02-01", "a"), on("2020-04-01", "a"), on("2020-06-30", "a")), (vec![1], vec![10], vec![100]));
    assert_eq!(on("2020-06-30", "b"), [2], "a cell that no revision names stays as it was");
}

#[test]
fn a_rule_that_leads_back_to_itself_is_an_error_and_not_a_crash() {
    let ring = TreeRule::Quotient(code("N"), code("N"));
    let fault = figures(ring, &[]).actual(&code("N"), &org("district"), half()).unwrap_err();
    assert_eq!(fault, FigureFault::Circular(code("N")));
    let edges = [edge("district", "a"), edge("a", "district")];
    let at = Figures::new(&[indicator("AREA", TreeRule::Sum)], &[], &[], &[], &edges, day("2020-06-30"));
    assert!(at.actual(&code("AREA"), &org("district"), half()).is_err());
}

#[test]
fn communes_are_counted_through_their_districts() {
    let edges = [edge("t", "h1"), edge("t", "h2"), edge("h1", "a"), edge("h1", "b"), edge("h2", "c")];
    let counted = indicator("N", TreeRule::CountPositive(code("AREA")));
    let readings = [reading("AREA", "a", of(5)), reading("AREA", "b", of(2)), reading("AREA", "c", of(0))];
    let at = |readings: &[Reading]| {
        let indicators = [indicator("AREA", TreeRule::Sum), counted.clone()];
        let at = Figures::new(&indicators, readings, &[], &[], &edges, day("2020-06-30"));
        at.actual(&code("N"), &org("t"), half()).unwrap()
    };
    assert_eq!(at(&readings).value, Some(Number::whole(2)));
    // A district that counted for itself is believed.
    let own = [readings.as_slice(), &[reading("N", "h2", of(7))]].concat();
    assert_eq!(at(&own).value, Some(Number::whole(9)));
}

#[test]
fn a_quotient_warns_of_the_side_that_lacks_more() {
    let edges = [edge("district", "a"), edge("district", "b"), edge("district", "c")];
    let indicators = [
        indicator("UP", TreeRule::Sum),
        indicator("DOWN", TreeRule::Sum),
        indicator("N", TreeRule::Quotient(code("UP"), code("DOWN"))),
    ];
    let mut readings = vec![reading("UP", "a", of(1)), reading("UP", "b", of(1))];
    readings.extend(["a", "b"].map(|unit| reading("DOWN", unit, of(2))));
    readings.push(reading("DOWN", "c", Value::Absent(Absence::NotApplicable)));
    let at = Figures::new(&indicators, &readings, &[], &[], &edges, day("2020-06-30"));
    let ratio = at.actual(&code("N"), &org("district"), half()).unwrap();
    assert_eq!(ratio.reported, Coverage { reported: 2, expected: 3 });
    assert_eq!(ratio.value.map(|v| v.rounded(2)), Number::new(50, 2));
}

#[test]
fn a_change_needs_whole_figures_on_one_basis() {
    let edges = [edge("district", "a"), edge("district", "b")];
    let last = half().same_period_last_year();
    let before = |unit: &str, digits| Reading { period: last, ..reading("AREA", unit, of(digits)) };
    let now = [reading("AREA", "a", of(6)), reading("AREA", "b", of(6))];
    let change = |indicators: &[Indicator], older: &[Reading]| {
        let readings = [now.as_slice(), older].concat();
        let at = Figures::new(indicators, &readings, &[], &[], &edges, day("2020-06-30"));
        at.change(&code("AREA"), &org("district"), half()).unwrap()
    };
    let plain = indicator("AREA", TreeRule::Sum);
    let Change::Percent(held) = change(std::slice::from_ref(&plain), &[before("a", 5), before("b", 5)]) else {
        panic!("two whole sums compare")
    };
    assert_eq!(held.growth(), Number::new(200, 1));
    assert_eq!(change(std::slice::from_ref(&plain), &[before("a", 5)]), Change::Unknown(Incomparable::Incomplete));
    assert_eq!(change(std::slice::from_ref(&plain), &[]), Change::Unknown(Incomparable::NoValue));
    let older = Indicator { valid_to: Some(day("2020-01-01")), price_basis: "so sánh 2010".into(), ..plain.clone() };
    let newer = Indicator { valid_from: day("2020-01-01"), price_basis: "hiện hành".into(), ..plain.clone() };
    let two = [older, newer];
    assert_eq!(change(&two, &[before("a", 5), before("b", 5)]), Change::Unknown(Incomparable::OtherBasis));
    let share = Indicator { kind: ValueKind::Ratio, measure: "%".into(), ..plain };
    assert_eq!(change(&[share], &[before("a", 5), before("b", 5)]), Change::Points(Number::whole(2)));
}

proptest! {
    #[test]
    fn the_order_of_reports_and_the_splitting_of_units_change_no_total(
        values in proptest::collection::vec(0i64..1_000_000, 1..30),
        cut in 0usize..30,
    ) {
        let cut = cut.min(values.len());
        let flat: Vec<Edge> = (0..values.len()).map(|i| edge("top", &format!("u{i}"))).collect();
        let mut deep: Vec<Edge> = vec![edge("top", "left"), edge("top", "right")];
        deep.extend((0..values.len()).map(|i| edge(if i < cut { "left" } else { "right" }, &format!("u{i}"))));
        if cut == 0 { deep.remove(0); }
        if cut == values.len() { deep.retain(|e| e.child != org("right")); }
        let mut readings: Vec<Reading> = values.iter().enumerate().map(|(i, v)| reading("AREA", &format!("u{i}"), of(*v))).collect();
        let total = |edges: &[Edge], readings: &[Reading]| {
            Figures::new(&[indicator("AREA", TreeRule::Sum)], readings, &[], &[], edges, day("2020-06-30"))
                .actual(&code("AREA"), &org("top"), half()).unwrap()
        };
        let once = total(&flat, &readings);
        readings.reverse();
        let again = total(&deep, &readings);
        prop_assert_eq!(once.value, Some(Number::whole(values.iter().sum())));
        prop_assert_eq!(once.value, again.value);
        prop_assert_eq!(once.reported, again.reported);
        prop_assert_eq!(once.sources, again.sources);
    }
}

/// What is entered for one of two cells: as a first reading, or in place of a current one.
type Entered = (bool, Nature, i64, Option<prop::sample::Index>);

fn any_entered() -> impl Strategy<Value = Vec<Entered>> {
    let nature = prop::sample::select(vec![Nature::Estimate, Nature::Provisional, Nature::Official]);
    prop::collection::vec((any::<bool>(), nature, 0i64..100, any::<Option<prop::sample::Index>>()), 0..14)
}

proptest! {
    #[test]
    fn cells_that_took_reading_after_reading_are_those_of_the_current_ones(entered in any_entered()) {
        let mut taken = Cells::default();
        let mut current: Vec<Reading> = Vec::new();
        for (seq, (first_cell, nature, value, corrects)) in (1..).zip(entered) {
            let unit = if first_cell { "a" } else { "b" };
            let mut new = Reading { seq, nature, ..reading("AREA", unit, of(value)) };
            let of_cell: Vec<i64> = current.iter().filter(|held| held.unit == new.unit).map(|held| held.seq).collect();
            new.supersedes = corrects.filter(|_| !of_cell.is_empty()).map(|index| *index.get(&of_cell));
            current.retain(|held| Some(held.seq) != new.supersedes);
            current.push(new.clone());
            taken.take(new);
            prop_assert_eq!(&taken, &Cells::of(current.iter().cloned()));
            prop_assert_eq!(taken.len(), current.len());
            for unit in ["a", "b"].map(org) {
                let firmest = current.iter().filter(|held| held.unit == unit).max_by_key(|held| (held.nature, held.seq));
                prop_assert_eq!(taken.get(&code("AREA"), &unit), firmest);
            }
        }
    }
}
