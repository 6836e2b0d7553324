//! One store, three structures.

use thidua_base::Timestamp;

use super::*;
use crate::indicator::{Direction, Nature, Parts, Qualifier};
use crate::org::{Portion, UnitEvent, UnitLink};
use crate::origin::{Origin, Provenance};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(text: &str) -> OrgId {
    OrgId::parse(text).unwrap()
}

fn indicator(kind: ValueKind, tree_rule: TreeRule) -> Indicator {
    Indicator {
        code: IndicatorCode::parse("A").unwrap(),
        valid_from: day("2019-01-01"),
        valid_to: None,
        name: "A".into(),
        phrase: "a".into(),
        name_en: "A".into(),
        measure: "người".into(),
        decimals: 0,
        percent_decimals: 1,
        kind,
        tree_rule,
        direction: Direction::Up,
        price_basis: String::new(),
        part_of: None,
        parts: Parts::Some,
        field: "f".into(),
        ordinal: 1,
        owner: None,
        definition: String::new(),
    }
}

fn reading(unit: &str, period: &str, value: Value) -> Reading {
    Reading {
        seq: 1,
        indicator: IndicatorCode::parse("A").unwrap(),
        unit: id(unit),
        period: Period::parse(period).unwrap(),
        nature: Nature::Official,
        value,
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: Provenance { origin: Origin::Reported, source: String::new() },
        entered_by: String::new(),
        entered_at: Timestamp::parse("2024-01-01T00:00:00Z").unwrap(),
        supersedes: None,
        reason: String::new(),
    }
}

/// A province of two districts with two communes each until July 2025, and of three communes since: `p` of both
/// of the first district, `q` of `c` and a part of `d`, `r` of the rest of `d`.
struct Province {
    edges: Vec<Edge>,
    succession: Succession,
}

fn province() -> Province {
    let edge = |child: &str, parent: &str, from: &str, to: Option<&str>| Edge {
        tree: thidua_base::code::TreeId::parse("territory").unwrap(),
        child: id(child),
        parent: id(parent),
        valid_from: day(from),
        valid_to: to.map(day),
    };
    let (old, end, now) = ("2019-01-01", Some("2025-07-01"), "2025-07-01");
    let edges = vec![
        edge("h1", "t", old, end),
        edge("h2", "t", old, end),
        edge("a", "h1", old, end),
        edge("b", "h1", old, end),
        edge("c", "h2", old, end),
        edge("d", "h2", old, end),
        edge("p", "t", now, None),
        edge("q", "t", now, None),
        edge("r", "t", now, None),
    ];
    Province { edges, succession: Succession::of(&events()).unwrap() }
}

fn events() -> Vec<UnitEvent> {
    let link = |from: &str, to: &str, portion| UnitLink { from: id(from), to: id(to), portion };
    vec![UnitEvent {
        id: "e".into(),
        kind: "merge".into(),
        effective_on: day("2025-07-01"),
        legal_ref: String::new(),
        links: vec![
            link("a", "p", Portion::Full),
            link("b", "p", Portion::Full),
            link("c", "q", Portion::Full),
            link("d", "q", Portion::Partial),
            link("d", "r", Portion::Partial),
        ],
    }]
}

fn asked(period: &str, units: UnitsAsked, structure: Structure) -> Asked {
    Asked { indicator: IndicatorCode::parse("A").unwrap(), period: Period::parse(period).unwrap(), units, structure }
}

fn answered(readings: &[Reading], asked: &Asked) -> (Vec<String>, String) {
    let (province, indicators) = (province(), [indicator(ValueKind::Flow, TreeRule::Sum)]);
    let known = Known { indicators: &indicators, readings, edges: &province.edges, succession: &province.succession };
    let answer = by_unit(known, asked).unwrap();
    (answer.rows.iter().map(|(unit, of)| format!("{unit} {}", said(of))).collect(), said(&answer.total))
}

fn said(restated: &Restated) -> String {
    match restated {
        Restated::Exact(total) | Restated::Shared(total) if total.missing.is_empty() => total.sum.to_string(),
        Restated::Exact(total) | Restated::Shared(total) => format!("{} without {:?}", total.sum, total.missing),
        Restated::NotComparable { blockers } => format!("? {blockers:?}"),
    }
}

fn of_2024() -> Vec<Reading> {
    [("a", 1), ("b", 2), ("c", 4), ("d", 8)]
        .map(|(unit, value)| reading(unit, "2024", Value::Of(Number::whole(value))))
        .to_vec()
}

const TODAY: &str = "2026-06-30";

#[test]
fn the_same_year_as_it_was_as_of_today_and_restated_to_today() {
    let below = UnitsAsked::Below(id("t"));
    let rows = |structure| answered(&of_2024(), &asked("2024", below.clone(), structure));
    let texts = |rows: &[&str], total: &str| (rows.iter().map(|row| (*row).to_owned()).collect(), total.to_owned());
    assert_eq!(rows(Structure::AsItWas), texts(&["h1 3", "h2 12"], "15"));
    // The tree of today knows none of the units that reported.
    let nobody = texts(
        &["p 0 without [\"p\"]", "q 0 without [\"q\"]", "r 0 without [\"r\"]"],
        "0 without [\"p\", \"q\", \"r\"]",
    );
    assert_eq!(rows(Structure::AsOf(day(TODAY))), nobody);
    // Both heirs of the divided unit are not comparable; the province is.
    assert_eq!(rows(Structure::RestatedTo(day(TODAY))), texts(&["p 3", "q ? [\"d\"]", "r ? [\"d\"]"], "15"));
}

#[test]
fn the_heirs_of_a_unit_stand_side_by_side() {
    let heirs = |unit| {
        let structure = Structure::RestatedTo(day(TODAY));
        answered(&of_2024(), &asked("2024", UnitsAsked::HeirsOf(id(unit)), structure))
    };
    assert_eq!(heirs("h1"), (vec!["p 3".to_owned()], "3".to_owned()));
    assert_eq!(heirs("h2").1, "12");
}

#[test]
fn an_absence_keeps_its_kind() {
    let mut readings = of_2024();
    readings[0].value = Value::Absent(Absence::NoneOccurred);
    readings[1].value = Value::Absent(Absence::NotApplicable);
    readings[2].value = Value::Absent(Absence::NotReported);
    let asked = asked("2024", UnitsAsked::Below(id("t")), Structure::AsItWas);
    assert_eq!(answered(&readings, &asked).0, ["h1 0", "h2 8 without [\"c\"]"]);
}

#[test]
fn what_does_not_add_up_is_refused() {
    let province = province();
    let kinds = [(ValueKind::Ratio, TreeRule::Own), (ValueKind::Index, TreeRule::Own)];
    let code = IndicatorCode::parse("A").unwrap();
    let rules = [TreeRule::CountPositive(code.clone()), TreeRule::Quotient(code.clone(), code)];
    let asked = asked("2024", UnitsAsked::Below(id("t")), Structure::AsItWas);
    for (kind, rule) in kinds.into_iter().chain(rules.map(|rule| (ValueKind::Stock, rule))) {
        let indicators = [indicator(kind, rule)];
        let known =
            Known { indicators: &indicators, readings: &[], edges: &province.edges, succession: &province.succession };
        assert_eq!(by_unit(known, &asked), Err(NotByUnit::NotAdditive));
    }
    let known = Known { indicators: &[], readings: &[], edges: &[], succession: &province.succession };
    assert_eq!(by_unit(known, &asked), Err(NotByUnit::Unknown));
}

#[test]
fn a_figure_says_what_it_is_made_up_of_and_by_which_share() {
    let links = |to: &str, numerator| crate::org::Share {
        basis: "population".into(),
        event: "e".into(),
        from: id("d"),
        to: id(to),
        numerator,
        denominator: 4,
        source: "NQ 1".into(),
    };
    let mut province = province();
    let (readings, indicators) = (of_2024(), [indicator(ValueKind::Flow, TreeRule::Sum)]);
    let code = IndicatorCode::parse("A").unwrap();
    let told = |province: &Province, unit: &str| {
        let known = Known {
            indicators: &indicators,
            readings: &readings,
            edges: &province.edges,
            succession: &province.succession,
        };
        let trees = Trees::of(known, Period::parse("2024").unwrap(), Structure::RestatedTo(day(TODAY)));
        assert_eq!(trees.adding_up().len(), 1);
        let units = UnitsAsked::One(id(unit));
        let answer = trees.answer(&code, &units).unwrap();
        let made_of = trees.contributions(&code, &units).unwrap().remove(&id(unit)).unwrap();
        let parts: Vec<(String, Came, Option<Number>)> =
            made_of.into_iter().map(|part| (part.unit.to_string(), part.came, part.value)).collect();
        (said(&answer.rows[0].1), parts)
    };
    let n = |value| Some(Number::whole(value));
    let (a, b) = (("a".to_owned(), Came::Whole, n(1)), ("b".to_owned(), Came::Whole, n(2)));
    assert_eq!(told(&province, "p"), ("3".into(), vec![a, b]));
    let c = ("c".to_owned(), Came::Whole, n(4));
    assert_eq!(told(&province, "q"), ("? [\"d\"]".into(), vec![c.clone(), ("d".into(), Came::Unknown, n(8))]));
    let shares = [links("q", 1), links("r", 3)];
    province.succession = Succession::by_basis(&events(), &shares, "population").unwrap();
    let quarter = Came::Part(crate::org::Ratio::new(1, 4).unwrap());
    assert_eq!(told(&province, "q"), ("6".into(), vec![c, ("d".into(), quarter, n(8))]));
}

#[test]
fn what_was_defined_for_the_period_is_told_though_the_definition_has_ended_since() {
    let mut ended = indicator(ValueKind::Flow, TreeRule::Sum);
    ended.valid_to = Some(day("2025-07-01"));
    let province = province();
    let readings = of_2024();
    let known =
        Known { indicators: &[ended], readings: &readings, edges: &province.edges, succession: &province.succession };
    let asked = asked("2024", UnitsAsked::HeirsOf(id("h1")), Structure::RestatedTo(day(TODAY)));
    assert_eq!(said(&by_unit(known, &asked).unwrap().total), "3");
}

#[test]
fn a_unit_without_a_figure_below_one_that_reported_is_missing_and_not_zero() {
    let readings = [reading("t", "2024", Value::Of(Number::whole(9)))];
    let asked = asked("2024", UnitsAsked::Below(id("t")), Structure::AsItWas);
    assert_eq!(answered(&readings, &asked).0, ["h1 0 without [\"h1\"]", "h2 0 without [\"h2\"]"]);
}
