//! What became of units: sums are conserved, order does not matter, chains compose, unknown parts block.

use proptest::prelude::*;
use thidua_base::{Date, Number};

use super::*;
use crate::org::{Portion, UnitLink};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(text: &str) -> OrgId {
    OrgId::parse(text).unwrap()
}

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// An event of a day from arrows like `a>c` (whole) and `a~c` (a part).
fn event(name: &str, on: &str, arrows: &[&str]) -> UnitEvent {
    let links = arrows.iter().map(|arrow| {
        let (portion, (from, to)) = match arrow.split_once('>') {
            Some(ends) => (Portion::Full, ends),
            None => (Portion::Partial, arrow.split_once('~').unwrap()),
        };
        UnitLink { from: id(from), to: id(to), portion }
    });
    UnitEvent {
        id: name.into(),
        kind: "merge".into(),
        effective_on: day(on),
        legal_ref: String::new(),
        links: links.collect(),
    }
}

fn share(event: &str, from: &str, to: &str, numerator: i64, denominator: i64) -> Share {
    Share {
        basis: "population".into(),
        event: event.into(),
        from: id(from),
        to: id(to),
        numerator,
        denominator,
        source: "biên bản".into(),
    }
}

const BEFORE: &str = "2024-12-31";
const AFTER: &str = "2026-06-30";

fn descent(succession: &Succession, units: &[&str]) -> Descent {
    let units: Vec<OrgId> = units.iter().map(|unit| id(unit)).collect();
    succession.between(&units, day(BEFORE), day(AFTER)).unwrap()
}

/// Each heir with its figure, or with the units in its way.
fn restated(descent: &Descent, values: &[(&str, &str)]) -> Vec<String> {
    let column = descent.column(|unit| values.iter().find(|(u, _)| *u == unit.as_str()).map(|(_, v)| n(v)));
    let all = descent.restate(&column, 0).unwrap();
    descent.heirs().iter().zip(all).map(|(heir, of)| format!("{heir} {}", said(&of))).collect()
}

fn said(restated: &Restated) -> String {
    let of = |total: &Total| match total.missing.as_slice() {
        [] => total.sum.to_string(),
        missing => format!("{} without {missing:?}", total.sum),
    };
    match restated {
        Restated::Exact(total) => of(total),
        Restated::Shared(total) => format!("≈{}", of(total)),
        Restated::NotComparable { blockers } => format!("? {blockers:?}"),
    }
}

#[test]
fn whole_units_add_up_exactly_at_their_own_scale() {
    let history = Succession::of(&[event("e", "2025-07-01", &["a>c", "b>c"])]).unwrap();
    assert_eq!(
        restated(&descent(&history, &["a", "b", "d"]), &[("a", "1.25"), ("b", "2"), ("d", "7")]),
        ["c 3.25", "d 7"]
    );
}

#[test]
fn a_unit_that_absorbs_another_is_its_own_heir() {
    let history = Succession::of(&[event("e", "2025-01-01", &["a>a", "b>a"])]).unwrap();
    assert_eq!(restated(&descent(&history, &["a", "b"]), &[("a", "1"), ("b", "2")]), ["a 3"]);
}

#[test]
fn a_unit_that_did_not_report_is_missing_and_not_zero() {
    let history = Succession::of(&[event("e", "2025-07-01", &["a>c", "b>c"])]).unwrap();
    assert_eq!(restated(&descent(&history, &["a", "b"]), &[("a", "1")]), ["c 1 without [\"b\"]"]);
}

#[test]
fn a_part_without_a_share_blocks_its_heirs_and_not_their_common_total() {
    let events = [event("e", "2025-07-01", &["a~c", "a~d", "b>c"])];
    let descent = descent(&Succession::of(&events).unwrap(), &["a", "b"]);
    let values = [("a", "10"), ("b", "5")];
    assert_eq!(restated(&descent, &values), ["c ? [\"a\"]", "d ? [\"a\"]"]);
    let column = descent.column(|unit| Some(if unit.as_str() == "a" { n("10") } else { n("5") }));
    let together = descent.restate_together(&column, &[id("c"), id("d")], 0).unwrap();
    assert_eq!(said(&together), "15");
}

#[test]
fn shares_divide_exactly_and_round_once_and_the_residue_is_declared() {
    let events = [event("e", "2025-07-01", &["a~c", "a~d", "a~x", "b~c", "b~d"])];
    let shares = [
        share("e", "a", "c", 1, 3),
        share("e", "a", "d", 1, 3),
        share("e", "a", "x", 1, 3),
        share("e", "b", "c", 1, 2),
        share("e", "b", "d", 1, 2),
    ];
    let history = Succession::by_basis(&events, &shares, "population").unwrap();
    let descent = descent(&history, &["a", "b"]);
    // c: 100/3 + 1/2 = 33.83…, which parts rounded apart (33 + 1) would miss.
    assert_eq!(restated(&descent, &[("a", "100"), ("b", "1")]), ["c ≈34", "d ≈34", "x ≈33"]);
    let column = [Some(n("100")), Some(n("0"))];
    let parts = descent.restate(&column, 0).unwrap();
    let total = descent.restate_together(&column, descent.heirs(), 0).unwrap();
    assert_eq!((said(&total), residue(&total, &parts)), ("100".to_owned(), Ok(Some(n("1")))));
}

#[test]
fn a_part_of_nothing_leaves_the_other_whole() {
    let events = [event("e", "2025-07-01", &["a~c", "a~d"])];
    let shares = [share("e", "a", "c", 1, 1), share("e", "a", "d", 0, 1)];
    let by_people = Succession::by_basis(&events, &shares, "population").unwrap();
    assert_eq!(restated(&descent(&by_people, &["a"]), &[("a", "7")]), ["c 7"]);
    // The same units by a basis without shares: indivisible.
    let by_area = Succession::by_basis(&events, &shares, "area").unwrap();
    assert_eq!(restated(&descent(&by_area, &["a"]), &[("a", "7")]), ["c ? [\"a\"]", "d ? [\"a\"]"]);
}

#[test]
fn parts_that_meet_again_are_whole_again() {
    let events = [event("split", "2025-01-01", &["a~c", "a~d"]), event("join", "2025-07-01", &["c>e", "d>e"])];
    assert_eq!(restated(&descent(&Succession::of(&events).unwrap(), &["a"]), &[("a", "7")]), ["e 7"]);
}

#[test]
fn only_events_after_the_first_day_and_up_to_the_last_count() {
    let history = Succession::of(&[event("e", "2025-07-01", &["a>c"])]).unwrap();
    let heirs = |from, to| history.between(&[id("a")], day(from), day(to)).unwrap().heirs().to_vec();
    assert_eq!(heirs("2025-06-30", "2025-07-01"), [id("c")]);
    assert_eq!(heirs("2025-07-01", "2026-07-01"), [id("a")], "a figure of that day is of the units of that day");
    assert_eq!(heirs("2025-01-01", "2025-06-30"), [id("a")]);
    assert_eq!(heirs("2026-01-01", "2024-01-01"), [id("a")], "nothing is carried back");
}

#[test]
fn a_chain_of_mergers_composes() {
    let events = [
        event("2020", "2019-12-01", &["a>ab", "b>ab"]),
        event("2025-06", "2025-06-30", &["ab>ab", "c>ab"]),
        event("2025-07", "2025-07-01", &["ab>z", "d>z"]),
    ];
    let history = Succession::of(&events).unwrap();
    let units = ["a", "b", "c", "d"].map(id);
    let (first, middle, last) = (day("2019-06-30"), day("2025-06-30"), day("2025-07-01"));
    let column = [1, 2, 4, 8].map(|value| Some(Number::whole(value)));
    let near = history.between(&units, first, middle).unwrap();
    let near_column: Vec<Option<Number>> =
        near.restate(&column, 0).unwrap().iter().map(|of| of.total().map(|total| total.sum)).collect();
    let far = history.between(near.heirs(), middle, last).unwrap();
    let at_once = history.between(&units, first, last).unwrap();
    assert_eq!(at_once.heirs(), [id("z")]);
    assert_eq!(far.restate(&near_column, 0), at_once.restate(&column, 0));
    assert_eq!(said(&at_once.restate(&column, 0).unwrap()[0]), "15");
}

#[test]
fn contradictions_are_refused() {
    let refused = |events: &[UnitEvent], shares: &[Share]| {
        Succession::by_basis(events, shares, "population").unwrap_err().to_string()
    };
    let two = event("e", "2025-07-01", &["a~c", "a~d"]);
    assert_eq!(
        refused(&[event("e", "2025-07-01", &["a>c", "a~d"])], &[]),
        "a goes whole to one unit on 2025-07-01 and also to another"
    );
    assert_eq!(
        refused(&[event("e", "2025-07-01", &["a>c"]), event("f", "2025-07-01", &["a>d"])], &[]),
        "a goes whole to one unit on 2025-07-01 and also to another"
    );
    assert_eq!(
        refused(&[event("e", "2025-07-01", &["a~c"])], &[]),
        "a part of a goes on 2025-07-01, and nothing says where the rest is"
    );
    let half = share("e", "a", "c", 1, 2);
    let said = "the shares of a on 2025-07-01 by population do not make up the whole";
    assert_eq!(refused(std::slice::from_ref(&two), std::slice::from_ref(&half)), said);
    assert_eq!(refused(std::slice::from_ref(&two), &[half.clone(), share("e", "a", "d", 49, 100)]), said);
    assert_eq!(
        refused(std::slice::from_ref(&two), &[share("e", "a", "c", 3, 2), share("e", "a", "d", -1, 2)]),
        "3/2 is not a share of a"
    );
    assert_eq!(refused(&[two], &[share("e", "a", "x", 1, 1)]), "event e has no part of a that goes to x");
}

/// A made-up reorganisation: for each of `count` units, the heirs it goes to and the parts each gets.
fn reorganisation(count: usize) -> impl Strategy<Value = Vec<Vec<(usize, i64)>>> {
    let fate = prop::collection::btree_map(0..count, 1i64..50, 1..4).prop_map(|map| map.into_iter().collect());
    prop::collection::vec(fate, count)
}

/// The events of one day and the shares of its divided units.
fn told(on: &str, before: &str, after: &str, fates: &[Vec<(usize, i64)>]) -> (Vec<UnitEvent>, Vec<Share>) {
    let mut events = Vec::new();
    let mut shares = Vec::new();
    for (at, fate) in fates.iter().enumerate() {
        let mark = if fate.len() == 1 { '>' } else { '~' };
        let arrows: Vec<String> = fate.iter().map(|(heir, _)| format!("{before}{at}{mark}{after}{heir}")).collect();
        let name = format!("{on}:{at}");
        events.push(event(&name, on, &arrows.iter().map(String::as_str).collect::<Vec<_>>()));
        if fate.len() > 1 {
            let all: i64 = fate.iter().map(|(_, part)| part).sum();
            let divided = fate
                .iter()
                .map(|(heir, part)| share(&name, &format!("{before}{at}"), &format!("{after}{heir}"), *part, all));
            shares.extend(divided);
        }
    }
    (events, shares)
}

proptest! {
    /// A reorganisation conserves sums: all heirs together have exactly what all units had, divided or not.
    #[test]
    fn a_reorganisation_conserves_sums(
        first in reorganisation(6),
        second in reorganisation(6),
        values in prop::collection::vec(-1_000_000i64..1_000_000, 6),
    ) {
        let (mut events, mut shares) = told("2025-01-01", "a", "b", &first);
        let later = told("2025-07-01", "b", "c", &second);
        events.extend(later.0);
        shares.extend(later.1);
        let units: Vec<OrgId> = (0..6).map(|at| id(&format!("a{at}"))).collect();
        let column: Vec<Option<Number>> = values.iter().map(|value| Number::new(*value, 1)).collect();
        let total = Number::sum(column.iter().flatten().copied()).unwrap();
        for basis in ["population", "area"] {
            let history = Succession::by_basis(&events, &shares, basis).unwrap();
            let descent = history.between(&units, day(BEFORE), day(AFTER)).unwrap();
            let together = descent.restate_together(&column, descent.heirs(), 1).unwrap();
            prop_assert_eq!(together, Restated::Exact(Total { sum: total, missing: Vec::new() }));
            // Where every heir has a figure, they miss the total by roundings only: half a unit each at most.
            let parts = descent.restate(&column, 1).unwrap();
            let whole = Restated::Exact(Total { sum: total, missing: Vec::new() });
            if let Some(left) = residue(&whole, &parts).unwrap() {
                let most = Number::new(5 * i64::try_from(parts.len()).unwrap(), 2).unwrap();
                prop_assert!(left.magnitude() <= most, "{left} of {} heirs", parts.len());
            }
        }
    }

    /// The order in which events and arrows are told changes nothing, nor does telling them twice.
    #[test]
    fn the_order_of_links_is_irrelevant(fates in reorganisation(5), turn in 0usize..5) {
        let (events, mut shares) = told("2025-07-01", "a", "b", &fates);
        let straight = Succession::by_basis(&events, &shares, "population").unwrap();
        let mut turned = events.clone();
        turned.rotate_left(turn);
        for event in &mut turned {
            event.links.reverse();
        }
        turned.extend(events);
        let by = turn.min(shares.len());
        shares.rotate_left(by);
        prop_assert_eq!(Succession::by_basis(&turned, &shares, "population").unwrap(), straight);
    }

    /// Units that go whole through a chain end where the chain ends, whichever day is asked in between.
    #[test]
    fn whole_chains_compose(first in prop::collection::vec(0usize..5, 5), second in prop::collection::vec(0usize..5, 5)) {
        let one = |heirs: &[usize]| -> Vec<Vec<(usize, i64)>> { heirs.iter().map(|heir| vec![(*heir, 1)]).collect() };
        let (mut events, _) = told("2025-01-01", "a", "b", &one(&first));
        events.extend(told("2025-07-01", "b", "c", &one(&second)).0);
        let history = Succession::of(&events).unwrap();
        let units: Vec<OrgId> = (0..5).map(|at| id(&format!("a{at}"))).collect();
        let at_once = history.between(&units, day(BEFORE), day(AFTER)).unwrap();
        for (at, unit) in units.iter().enumerate() {
            prop_assert_eq!(at_once.heirs_of(unit), [&id(&format!("c{}", second[first[at]]))]);
        }
    }
}
