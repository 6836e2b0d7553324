//! The shipped rules over a sheet of three hundred rows with everything beside each: the budget is one millisecond.
//! Run with `cargo bench -p thidua-domain --bench checks`.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on ends")]

use divan::{Bencher, black_box};
use thidua_base::code::IndicatorCode;
use thidua_base::{Number, Period};
use thidua_domain::collection::check::{HISTORY_MAX, RowFacts, RuleBook, SheetFacts, UnitState, check};
use thidua_domain::collection::{read_column, read_typed};
use thidua_domain::indicator::{Direction, Nature, Parts, Value, ValueKind};

/// Rows of the largest form.
const ROWS: usize = 300;
/// Units of a district that report beside one.
const PEERS: i64 = 33;

fn main() {
    divan::main();
}

fn row(place: usize) -> RowFacts {
    let code = |place: usize| IndicatorCode::parse(&format!("CT{place:03}")).unwrap();
    let seed = i64::try_from(place).unwrap();
    let number = |at: i64| Number::new(100_000 + (seed * 7_919 + at * 104_729) % 20_000, 1).unwrap();
    let history = (0..i64::try_from(HISTORY_MAX).unwrap()).map(number).collect();
    RowFacts {
        indicator: code(place),
        kind: ValueKind::Flow,
        measure: "tỷ đồng".to_owned(),
        decimals: 1,
        direction: Direction::Up,
        field: "tong-hop".to_owned(),
        is_required: place.is_multiple_of(2),
        is_sample: false,
        value: (!place.is_multiple_of(17)).then(|| Value::Of(number(99))),
        nature: Some(Nature::Official),
        nature_before: Some(Nature::Estimate),
        plan_year: Some(Number::whole(20_000)),
        plan_to_date: None,
        same_period: Some(number(2)),
        previous: Some(number(0)),
        accumulated: Some(number(99)),
        history,
        peers: (100..100 + PEERS).map(number).collect(),
        per: None,
        peers_per: Vec::new(),
        below: Some(number(99)),
        assigned: Some(Number::whole(20_000)),
        shorter: vec![number(50)],
        part_of: (!place.is_multiple_of(10)).then(|| code(place / 10 * 10)),
        parts: if place.is_multiple_of(20) { Parts::All } else { Parts::Some },
        quotient: None,
    }
}

#[divan::bench]
fn a_sheet_of_three_hundred_rows(bencher: Bencher) {
    let book = RuleBook::shipped().unwrap();
    let period = Period::parse("2020-H1").unwrap();
    let facts = SheetFacts { period, unit: UnitState::Standing, rows: (0..ROWS).map(row).collect() };
    let rules = book.on(period.last_day());
    bencher.bench(|| check(black_box(&facts), black_box(&rules)));
}

#[divan::bench]
fn one_typed_number() -> bool {
    read_typed(black_box("1.234,5 triệu đồng"), black_box("tỷ đồng"), 2).value().is_some()
}

#[divan::bench]
fn a_pasted_column_of_three_hundred(bencher: Bencher) {
    let texts: Vec<String> = (0..ROWS).map(|place| format!("{}.{:03}", 1 + place, place)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    bencher.bench(|| read_column(black_box(&texts), "tỷ đồng", 2).len());
}
