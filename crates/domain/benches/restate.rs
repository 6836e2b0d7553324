//! Restating over the reorganisation of July 2025, with the arrows of the real register: building the history and the
//! descent, one column, and three hundred columns of one period. Run with `cargo bench -p thidua-domain --bench restate`.

#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on ends")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use thidua_base::code::OrgId;
use thidua_base::{Date, Number};
use thidua_domain::org::succession::{Descent, Succession};
use thidua_domain::org::{Portion, UnitEvent, UnitLink};

/// Columns of one period: the number of indicators of a district's forms.
const INDICATORS: usize = 300;
/// Times each thing is done; the median is told.
const ROUNDS: usize = 9;

fn main() {
    let events = events();
    let (from, to) = (Date::parse("2025-06-30").unwrap(), Date::parse("2025-07-01").unwrap());
    let divided: Vec<&UnitLink> =
        events.iter().filter(|event| event.effective_on == to).flat_map(|event| &event.links).collect();
    let communes: Vec<OrgId> =
        divided.iter().map(|link| link.from.clone()).filter(|unit| unit.as_str().starts_with('x')).collect();
    let history = told("the history of the register", || Succession::of(&events).unwrap());
    let descent = told("the descent of the communes that changed", || history.between(&communes, from, to).unwrap());
    println!(
        "{} communes, {} heirs, {} arrows of that day",
        descent.units().len(),
        descent.heirs().len(),
        divided.len()
    );

    let columns: Vec<Vec<Option<Number>>> = (0..INDICATORS).map(|seed| column(&descent, seed)).collect();
    told("one column for every heir", || descent.restate(&columns[0], 0).unwrap());
    told("the national total of one column", || descent.restate_together(&columns[0], descent.heirs(), 0).unwrap());
    told("300 columns for every heir", || {
        columns.iter().map(|column| descent.restate(column, 0).unwrap().len()).sum::<usize>()
    });
}

fn column(descent: &Descent, seed: usize) -> Vec<Option<Number>> {
    let mut at = i64::try_from(seed).unwrap();
    descent.column(|_| {
        at = (at * 48_271 + 11) % 2_147_483_647;
        (at % 97 != 0).then_some(Number::whole(at))
    })
}

/// Does something several times and tells the median.
fn told<T>(what: &str, work: impl Fn() -> T) -> T {
    let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
    let mut made = None;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        made = Some(black_box(work()));
        times.push(begun.elapsed());
    }
    times.sort();
    println!("{what}: {} µs", times[ROUNDS / 2].as_micros());
    made.unwrap()
}

/// The events of the register, straight from its files: none of their cells is quoted.
fn events() -> Vec<UnitEvent> {
    let text = |file: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/don-vi-hanh-chinh");
        std::fs::read_to_string(folder.join(file)).unwrap()
    };
    let (heads, arrows) = (text("events.csv"), text("links.csv"));
    let mut links: BTreeMap<&str, Vec<UnitLink>> = BTreeMap::new();
    for row in arrows.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let portion = if cells[3] == "full" { Portion::Full } else { Portion::Partial };
        let (from, to) = (OrgId::parse(cells[1]).unwrap(), OrgId::parse(cells[2]).unwrap());
        links.entry(cells[0]).or_default().push(UnitLink { from, to, portion });
    }
    let event = |row: &str| {
        let cells: Vec<&str> = row.split(',').collect();
        UnitEvent {
            id: cells[0].into(),
            kind: cells[1].into(),
            effective_on: Date::parse(cells[2]).unwrap(),
            legal_ref: cells[3].into(),
            links: links.get(cells[0]).cloned().unwrap_or_default(),
        }
    };
    heads.lines().skip(1).map(event).collect()
}
