//! Columns against [`Figures`] on random trees, and kept totals against totals made afresh.

use std::collections::BTreeMap;

use proptest::prelude::*;
use thidua_base::code::{IndicatorCode, OrgId, PlanId, TreeId};
use thidua_base::number::growth_of;
use thidua_base::{Date, Percent, Period, Timestamp};

use super::*;
use crate::indicator::compare::{Change, Incomparable, against};
use crate::indicator::figures::{Coverage, FigureFault, Figures, Made};
use crate::indicator::{
    Absence, Comparator, Direction, Indicator, Parts, Plan, PlanNaming, PlanValue, Qualifier, TreeRule, ValueKind,
};
use crate::org::Edge;
use crate::origin::{Origin, Provenance};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn org(text: &str) -> OrgId {
    OrgId::parse(text).unwrap()
}

fn code(text: &str) -> IndicatorCode {
    IndicatorCode::parse(text).unwrap()
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn indicator(name: &str, measure: &str, tree_rule: TreeRule) -> Indicator {
    Indicator {
        code: code(name),
        valid_from: day("2015-01-01"),
        valid_to: None,
        name: name.into(),
        phrase: name.into(),
        name_en: name.into(),
        measure: measure.into(),
        decimals: 1,
        percent_decimals: 1,
        kind: ValueKind::Flow,
        tree_rule,
        direction: Direction::Up,
        price_basis: String::new(),
        part_of: None,
        parts: Parts::Some,
        field: "nong-nghiep".into(),
        ordinal: 0,
        owner: None,
        definition: String::new(),
    }
}

/// Every rule, and rules on rules; `C-own` has changed its price basis, `D-share` is compared in points; `B1` is made of an indicator that comes after it in the list.
fn indicators() -> Vec<Indicator> {
    vec![
        indicator("A-up", "ha", TreeRule::Sum),
        indicator("B-down", "ha", TreeRule::Sum),
        indicator("B1-reached", "xã", TreeRule::CountPositive(code("D-share"))),
        Indicator { valid_to: Some(day("2020-04-01")), ..indicator("C-own", "ha", TreeRule::Own) },
        Indicator {
            valid_from: day("2020-04-01"),
            price_basis: "so sánh 2020".into(),
            ..indicator("C-own", "ha", TreeRule::Own)
        },
        Indicator {
            kind: ValueKind::Ratio,
            ..indicator("D-share", "%", TreeRule::Quotient(code("A-up"), code("B-down")))
        },
        indicator("E-yield", "tạ/ha", TreeRule::Quotient(code("A-up"), code("B-down"))),
        indicator("F-having", "xã", TreeRule::CountPositive(code("A-up"))),
    ]
}

const PERIODS: [&str; 4] = ["2019-H1", "2019-H2", "2020-H1", "2020"];

fn edges(parents: &[usize]) -> Vec<Edge> {
    let edge = |(child, parent): (usize, &usize)| Edge {
        tree: TreeId::parse("territory").unwrap(),
        child: org(&format!("u{:02}", child + 1)),
        parent: org(&format!("u{parent:02}")),
        valid_from: day("2015-01-01"),
        valid_to: None,
    };
    parents.iter().enumerate().map(edge).collect()
}

fn frame(parents: &[usize]) -> Frame {
    let periods: Vec<Period> = PERIODS.iter().map(|text| period(text)).collect();
    Frame::new(&org("u00"), &edges(parents), &indicators(), &periods, day("2020-07-01")).unwrap()
}

/// A place and what is known of it, numbered before the tree is known.
type Written = ((prop::sample::Index, prop::sample::Index, prop::sample::Index), Entry);

fn any_number() -> impl Strategy<Value = Number> {
    (prop_oneof![4 => -50i64..500, 1 => any::<i32>().prop_map(i64::from)], 0u8..=3)
        .prop_map(|(digits, scale)| Number::new(digits, scale).unwrap())
}

fn any_entry(number: impl Strategy<Value = Number> + 'static) -> impl Strategy<Value = Entry> {
    let absences = [Absence::NotReported, Absence::NotApplicable, Absence::NoneOccurred, Absence::Withheld];
    let value = prop_oneof![
        4 => number.prop_map(Value::Of),
        1 => prop::sample::select(absences.to_vec()).prop_map(Value::Absent),
    ];
    let nature = prop::sample::select(vec![Nature::Estimate, Nature::Provisional, Nature::Official]);
    let weakest = prop::sample::select(vec![Weakest::Reported, Weakest::Implied, Weakest::Sample]);
    (value, nature, weakest).prop_map(|(value, nature, weakest)| Entry { value, nature, weakest })
}

/// Parents: unit `i + 1` hangs under one of those before it.
fn any_tree() -> impl Strategy<Value = Vec<usize>> {
    (1usize..24).prop_flat_map(|units| (1..=units).map(|unit| 0..unit).collect::<Vec<_>>())
}

fn any_writings(number: impl Strategy<Value = Number> + 'static, most: usize) -> impl Strategy<Value = Vec<Written>> {
    prop::collection::vec(
        (any::<(prop::sample::Index, prop::sample::Index, prop::sample::Index)>(), any_entry(number)),
        0..most,
    )
}

fn cell_of(
    frame: &Frame,
    (unit, indicator, period): &(prop::sample::Index, prop::sample::Index, prop::sample::Index),
    units: usize,
) -> Cell {
    let units: Vec<UnitAt> = (0..units).map(|unit| frame.unit_at(&org(&format!("u{unit:02}"))).unwrap()).collect();
    let indicators: Vec<IndicatorAt> = frame.indicators().collect();
    let periods: Vec<PeriodAt> = frame.periods().collect();
    Cell { unit: *unit.get(&units), indicator: *indicator.get(&indicators), period: *period.get(&periods) }
}

fn reading(frame: &Frame, cell: Cell, entry: Entry) -> Reading {
    let origin = match entry.weakest {
        Weakest::Reported => Origin::Reported,
        Weakest::Implied => Origin::Implied { low: Number::whole(0), high: Number::whole(1) },
        Weakest::Sample => Origin::Sample,
    };
    Reading {
        seq: 0,
        indicator: frame.indicator(cell.indicator).clone(),
        unit: frame.unit(cell.unit).clone(),
        period: frame.period(cell.period),
        nature: entry.nature,
        value: entry.value,
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: Provenance { origin, source: String::new() },
        entered_by: String::new(),
        entered_at: Timestamp::from_second(0).unwrap(),
        supersedes: None,
        reason: String::new(),
    }
}

fn figures(frame: &Frame, parents: &[usize], rows: &BTreeMap<Cell, Entry>, plans: &BTreeMap<Cell, Number>) -> Figures {
    let readings: Vec<Reading> = rows.iter().map(|(cell, entry)| reading(frame, *cell, *entry)).collect();
    let provenance = Provenance { origin: Origin::Reported, source: String::new() };
    let plan = Plan {
        id: PlanId::parse("p").unwrap(),
        assigner: org("u00"),
        naming: PlanNaming::Plain,
        word: "kế hoạch".into(),
        period: period("2020"),
        number: String::new(),
        decided_on: day("2019-01-01"),
        supersedes: None,
        provenance: provenance.clone(),
    };
    let plan_value = |(cell, value): (&Cell, &Number)| PlanValue {
        plan: plan.id.clone(),
        indicator: frame.indicator(cell.indicator).clone(),
        unit: frame.unit(cell.unit).clone(),
        period: frame.period(cell.period),
        comparator: Comparator::AtLeast,
        value: *value,
        provenance: provenance.clone(),
    };
    let plan_values: Vec<PlanValue> = plans.iter().map(plan_value).collect();
    Figures::new(&indicators(), &readings, &[plan], &plan_values, &edges(parents), day("2020-07-01"))
}

/// Every cell of a frame.
fn cells(frame: &Frame, units: usize) -> Vec<Cell> {
    let units: Vec<UnitAt> = (0..units).map(|unit| frame.unit_at(&org(&format!("u{unit:02}"))).unwrap()).collect();
    let mut all = Vec::new();
    for period in frame.periods() {
        for indicator in frame.indicators() {
            all.extend(units.iter().map(|unit| Cell { unit: *unit, indicator, period }));
        }
    }
    all
}

fn agree_with_figures(columns: &Columns, figures: &Figures, units: usize) -> Result<(), TestCaseError> {
    let frame = columns.frame();
    for cell in cells(frame, units) {
        let (unit, indicator, period) =
            (frame.unit(cell.unit), frame.indicator(cell.indicator), frame.period(cell.period));
        let line = columns.line(cell);
        let at = format!("{indicator} {unit} {period}");
        let said = figures.actual(indicator, unit, period).unwrap();
        prop_assert_eq!(line.actual.value().unwrap(), said.value, "{}", &at);
        prop_assert_eq!(line.actual.coverage(), said.reported, "{}", &at);
        prop_assert_eq!(line.actual.made(), said.made, "{}", &at);
        if said.value.is_some() {
            prop_assert_eq!(line.actual.nature(), Some(said.nature), "{}", &at);
            prop_assert_eq!(line.actual.weakest(), said.origin.map(Weakest::from), "{}", &at);
        }
        let planned = figures.plans(indicator, unit, period).first().map(|(_, value)| value.value);
        match planned {
            Some(plan) => prop_assert_eq!(line.plan.value().unwrap(), Some(plan), "{}", &at),
            None => prop_assert!(line.plan.value().unwrap().is_none() || line.plan.made() == Made::RolledUp, "{}", &at),
        }
        let against_plan = said.value.zip(line.plan.value().unwrap()).map(|(value, plan)| against(value, plan, 1));
        let growth = against_plan.and_then(|against| against.ok()?.growth());
        prop_assert_eq!(line.of_plan.percent().map(growth_of), growth, "{} {:?}", &at, line.of_plan);
        let change = figures.change(indicator, unit, period);
        match (line.of_same_period, change) {
            (Ratio::Of(percent), Ok(Change::Percent(against))) => {
                prop_assert_eq!(against.percent, Percent::Of(percent), "{}", &at);
            }
            (Ratio::NoBase, Ok(Change::Percent(against))) => {
                prop_assert_eq!(against.percent, Percent::NoBase, "{}", &at)
            }
            (Ratio::NegativeBase, Ok(Change::Percent(against))) => {
                prop_assert_eq!(against.percent, Percent::NegativeBase, "{}", &at);
            }
            (Ratio::Points { difference, coverage }, Ok(Change::Points(points))) => {
                prop_assert!(coverage.is_whole());
                prop_assert_eq!(difference, points, "{}", &at);
            }
            // Figures tell no change of incomplete sums; columns tell one that carries its mark, or why there is none.
            (
                Ratio::Incomplete { coverage, .. } | Ratio::Points { coverage, .. },
                Ok(Change::Unknown(Incomparable::Incomplete)),
            ) => {
                prop_assert!(!coverage.is_whole(), "{}", &at);
            }
            (
                Ratio::NoBase | Ratio::NegativeBase | Ratio::OtherBasis | Ratio::TooLarge,
                Ok(Change::Unknown(Incomparable::Incomplete)),
            )
            | (Ratio::OtherBasis, Ok(Change::Unknown(Incomparable::OtherBasis)))
            | (Ratio::NotReported | Ratio::NoSamePeriod, Ok(Change::Unknown(Incomparable::NoValue)))
            | (Ratio::TooLarge, Err(FigureFault::TooLarge(_))) => {}
            (ratio, change) => prop_assert!(false, "{} {:?} {:?}", &at, ratio, change),
        }
    }
    Ok(())
}

/// Whether every figure fits. Where a quotient by next to nothing does not, the two part: figures refuse all that is
/// counted from it, columns leave it out of the count.
fn all_fit(columns: &Columns, figures: &Figures, units: usize) -> bool {
    let frame = columns.frame();
    cells(frame, units).iter().all(|cell| {
        figures.actual(frame.indicator(cell.indicator), frame.unit(cell.unit), frame.period(cell.period)).is_ok()
    })
}

fn kept_totals_are_true(columns: &Columns, units: usize) -> Result<(), TestCaseError> {
    let frame = columns.frame();
    for period in frame.periods() {
        let (kept, afresh) = (columns.sheet(period), columns.sheet_afresh(period));
        for unit in frame.inner_units() {
            for (indicator, line) in frame.indicators().zip(columns.page(unit, period)) {
                prop_assert_eq!(kept.line(unit, indicator), Some(line));
                prop_assert_eq!(afresh.line(unit, indicator), Some(line));
                let percents = (line.of_plan.percent(), line.of_same_period.percent());
                prop_assert_eq!(kept.percents(unit, indicator), percents);
                prop_assert_eq!(afresh.percents(unit, indicator), percents);
            }
        }
    }
    for unit in (0..units).map(|unit| frame.unit_at(&org(&format!("u{unit:02}"))).unwrap()) {
        let (kept, afresh) = (columns.series(unit), columns.series_afresh(unit));
        for period in frame.periods() {
            for indicator in frame.indicators() {
                let line = columns.line(Cell { unit, indicator, period });
                prop_assert_eq!(kept.actual(period, indicator), line.actual);
                prop_assert_eq!(kept.plan(period, indicator), line.plan);
                prop_assert_eq!(afresh.actual(period, indicator), line.actual);
                prop_assert_eq!(afresh.plan(period, indicator), line.plan);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn columns_say_what_figures_say(
        parents in any_tree(),
        writings in any_writings(any_number(), 160),
        assigned in prop::collection::vec((any::<(prop::sample::Index, prop::sample::Index)>(), any_number()), 0..40),
        corrections in any_writings(any_number(), 24),
    ) {
        let units = parents.len() + 1;
        let frame = frame(&parents);
        let year = frame.period_at(period("2020")).unwrap();
        let mut rows: BTreeMap<Cell, Entry> = writings.iter().map(|(at, entry)| (cell_of(&frame, at, units), *entry)).collect();
        let plans: BTreeMap<Cell, Number> = assigned
            .iter()
            .map(|((unit, indicator), number)| (Cell { period: year, ..cell_of(&frame, &(*unit, *indicator, *unit), units) }, *number))
            .collect();
        // Rows come in an order that is not the tree's.
        let shuffled = rows.iter().map(|(cell, entry)| (*cell, *entry)).rev();
        let mut columns = Columns::from_rows(frame.clone(), shuffled, plans.clone()).unwrap();
        let figures_now = figures(&frame, &parents, &rows, &plans);
        prop_assume!(all_fit(&columns, &figures_now, units));
        agree_with_figures(&columns, &figures_now, units)?;
        for (at, entry) in &corrections {
            let cell = cell_of(&frame, at, units);
            columns.correct(cell, *entry);
            rows.insert(cell, *entry);
        }
        let figures_now = figures(&frame, &parents, &rows, &plans);
        prop_assume!(all_fit(&columns, &figures_now, units));
        agree_with_figures(&columns, &figures_now, units)?;
        kept_totals_are_true(&columns, units)?;
    }

    #[test]
    fn kept_totals_are_those_made_afresh(
        parents in any_tree(),
        writings in any_writings((-i64::MAX..=i64::MAX).prop_map(Number::whole), 60),
        corrections in any_writings((-i64::MAX..=i64::MAX, 0u8..=6).prop_map(|(digits, scale)| Number::new(digits, scale).unwrap()), 24),
        replanned in any_writings(any_number(), 24),
    ) {
        let units = parents.len() + 1;
        let frame = frame(&parents);
        let mut rows: BTreeMap<Cell, Entry> = writings.iter().map(|(at, entry)| (cell_of(&frame, at, units), *entry)).collect();
        let mut plans = BTreeMap::new();
        let mut columns = Columns::from_rows(frame.clone(), rows.clone(), []).unwrap();
        for (at, entry) in &corrections {
            let cell = cell_of(&frame, at, units);
            columns.correct(cell, *entry);
            rows.insert(cell, *entry);
        }
        for (at, entry) in &replanned {
            // Plans of any period: phased ones stand before that of the year.
            let (cell, plan) = (cell_of(&frame, at, units), entry.value.number().unwrap_or(Number::whole(1)));
            columns.correct_plan(cell, plan);
            plans.insert(cell, plan);
        }
        kept_totals_are_true(&columns, units)?;
        let rebuilt = Columns::from_rows(frame.clone(), rows, plans).unwrap();
        for cell in cells(&frame, units) {
            let (one, other) = (columns.line(cell), rebuilt.line(cell));
            prop_assert_eq!((one.of_plan, one.of_same_period), (other.of_plan, other.of_same_period));
            for (one, other) in [(one.actual, other.actual), (one.plan, other.plan)] {
                prop_assert_eq!((one.coverage(), one.nature(), one.weakest()), (other.coverage(), other.nature(), other.weakest()));
                let at_six = |total: Total| total.digits().checked_mul(tally::power_of_ten(6 - total.scale()));
                prop_assert_eq!(at_six(one), at_six(other));
            }
        }
    }
}

/// Two communes under a district and one straight under the province.
fn small() -> Frame {
    frame(&[0, 1, 1, 0])
}

fn at(frame: &Frame, unit: &str, indicator: &str, text: &str) -> Cell {
    Cell {
        unit: frame.unit_at(&org(unit)).unwrap(),
        indicator: frame.indicator_at(&code(indicator)).unwrap(),
        period: frame.period_at(period(text)).unwrap(),
    }
}

fn official(value: Value) -> Entry {
    Entry { value, nature: Nature::Official, weakest: Weakest::Reported }
}

#[test]
fn a_total_that_lacks_a_unit_gives_a_percentage_with_its_mark() {
    let frame = small();
    let readings = [
        (at(&frame, "u02", "A-up", "2020-H1"), official(Value::Of(n("43")))),
        (at(&frame, "u03", "A-up", "2020-H1"), official(Value::Absent(Absence::NoneOccurred))),
    ];
    let plans = [("u02", "30"), ("u03", "50"), ("u04", "20")].map(|(u, plan)| (at(&frame, u, "A-up", "2020"), n(plan)));
    let columns = Columns::from_rows(frame, readings, plans).unwrap();
    let line = |unit| columns.line(at(columns.frame(), unit, "A-up", "2020-H1"));
    assert_eq!(line("u01").of_plan, Ratio::Of(n("53.8")));
    let coverage = Coverage { reported: 2, expected: 3 };
    assert_eq!(line("u00").of_plan, Ratio::Incomplete { percent: n("43.0"), coverage });
    assert_eq!(line("u04").of_plan, Ratio::NotReported);
    assert_eq!(line("u01").of_same_period, Ratio::NoSamePeriod);
    assert_eq!(columns.line(at(columns.frame(), "u01", "B-down", "2020-H1")).of_plan, Ratio::NoPlan);
}

#[test]
fn a_plan_phased_to_the_period_stands_before_that_of_the_year() {
    let frame = small();
    let readings = ["A-up", "B-down"].map(|code| (at(&frame, "u02", code, "2020-H1"), official(Value::Of(n("30")))));
    let plans = [("A-up", "2020", "60"), ("A-up", "2020-H1", "40"), ("B-down", "2020", "60")];
    let plans = plans.map(|(code, period, plan)| (at(&frame, "u02", code, period), n(plan)));
    let columns = Columns::from_rows(frame, readings, plans).unwrap();
    for (code, percent) in [("A-up", "75.0"), ("B-down", "50.0")] {
        let cell = at(columns.frame(), "u01", code, "2020-H1");
        assert_eq!(columns.line(cell).of_plan.percent(), Some(n(percent)), "{code}");
        let sheet = columns.sheet(cell.period);
        assert_eq!(sheet.percents(cell.unit, cell.indicator).0, Some(n(percent)), "{code}");
        assert_eq!(columns.series(cell.unit).plan(cell.period, cell.indicator), columns.line(cell).plan, "{code}");
    }
}

#[test]
fn a_base_of_zero_and_one_below_give_no_percentage() {
    let frame = small();
    let readings =
        [("2020-H1", "5"), ("2019-H1", "0")].map(|(p, v)| (at(&frame, "u02", "A-up", p), official(Value::Of(n(v)))));
    let mut columns = Columns::from_rows(frame, readings, []).unwrap();
    let (now, before) = (at(columns.frame(), "u02", "A-up", "2020-H1"), at(columns.frame(), "u02", "A-up", "2019-H1"));
    assert_eq!(columns.line(now).of_same_period, Ratio::NoBase);
    columns.correct(before, official(Value::Of(n("-1"))));
    assert_eq!(columns.line(now).of_same_period, Ratio::NegativeBase);
}

#[test]
fn a_sum_too_wide_for_a_number_stays_exact_and_says_so() {
    let frame = small();
    let most = Number::whole(i64::MAX);
    let readings = ["u02", "u03"].map(|unit| (at(&frame, unit, "A-up", "2020-H1"), official(Value::Of(most))));
    let columns = Columns::from_rows(frame, readings, []).unwrap();
    let total = columns.line(at(columns.frame(), "u01", "A-up", "2020-H1")).actual;
    assert_eq!(total.digits(), 2 * i128::from(i64::MAX));
    assert!(total.value().is_err());
    assert_eq!(total.coverage(), Coverage { reported: 2, expected: 2 });
}

#[test]
fn a_cell_that_comes_twice_is_refused() {
    let frame = small();
    let cell = at(&frame, "u02", "A-up", "2020-H1");
    let twice = [(cell, official(Value::Of(n("1")))), (cell, official(Value::Absent(Absence::NotReported)))];
    let refused = Columns::from_rows(frame, twice, []).unwrap_err();
    assert_eq!(refused, BadColumns::Twice { unit: org("u02"), indicator: code("A-up"), period: period("2020-H1") });
}

#[test]
fn units_and_rules_that_lead_back_are_refused() {
    let framed = |root: &str, edges: &[Edge], indicators: &[Indicator]| {
        Frame::new(&org(root), edges, indicators, &[period("2020")], day("2020-07-01")).map(|frame| frame.leaf_count())
    };
    let mut round = edges(&[0, 1]);
    round.push(Edge { child: org("u00"), parent: org("u02"), ..round[0].clone() });
    assert_eq!(framed("u00", &round, &[]), Err(BadFrame::BelowItself(org("u00"))));
    let mut twice = edges(&[0, 0, 1]);
    twice.push(Edge { child: org("u03"), parent: org("u02"), ..twice[0].clone() });
    assert_eq!(framed("u00", &twice, &[]), Err(BadFrame::TwoPlaces(org("u03"))));
    // A place given up before the day is none.
    twice[3].valid_to = Some(day("2020-01-01"));
    assert_eq!(framed("u00", &twice, &[]), Ok(2));
    let unknown = [indicator("A", "xã", TreeRule::CountPositive(code("Z")))];
    assert_eq!(framed("u00", &[], &unknown), Err(BadFrame::UnknownPart { of: code("A"), part: code("Z") }));
    let circle = [
        indicator("A", "xã", TreeRule::CountPositive(code("B"))),
        indicator("B", "%", TreeRule::Quotient(code("A"), code("A"))),
    ];
    assert_eq!(framed("u00", &[], &circle), Err(BadFrame::MadeOfItself(code("A"))));
}
