//! What a durable correction costs, with all totals above it, beside one bare flush of the same disk; and the last ten
//! minutes before a deadline.
//!
//! `cargo bench -p thidua-app --bench correction [-- district | province]`; read medians, and compare within one run.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on stops")]
#![allow(clippy::print_stdout, reason = "a measurement prints what it found")]
#![allow(clippy::disallowed_methods, reason = "a measurement looks at the machine's clock")]

#[path = "../tests/grown/mod.rs"]
mod grown;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use grown::{Grown, code, day, indicator, reading, unit_id};
use thidua_app::collection::{create_form, enter, open_cycle};
use thidua_app::indicator::{actual, overview};
use thidua_base::code::{ChangeId, FormId, IndicatorCode, OrgId};
use thidua_base::period::PeriodKind;
use thidua_base::{Number, Period};
use thidua_domain::collection::entry::Outcome;
use thidua_domain::collection::{Assigned, Assignment, Change, Cycle, Form, FormRow, How};
use thidua_domain::indicator::{Nature, Reading, TreeRule, Value};
use thidua_store as store;
use thidua_store::Db;

const INDICATORS: usize = 300;
/// Half-years with a reading in every cell; the one after them is being reported.
const HALF_YEARS: usize = 24;
/// A nation, a province, and the unit that collects; the units that report come after.
const ABOVE: usize = 3;
/// Cells sent at once by a page of three hundred rows.
const BATCH: usize = 50;
const CORRECTIONS: usize = 300;
/// Who enters at the same moment.
const THREADS: usize = 2;

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for (name, units) in [("district", 54), ("province", 166)] {
        if chosen.is_empty() || chosen.iter().any(|word| word == name) {
            measured(name, units);
        }
    }
}

fn measured(name: &str, reporting: usize) {
    let folder = std::env::temp_dir().join(format!("thidua-bench-correction-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    println!("{name}: {reporting} units, {INDICATORS} indicators, {HALF_YEARS} half-years");
    println!("{:<58} {:>9} {:>9} {:>9}", "", "p50 ms", "p99 ms", "most ms");
    let db = Db::open(&folder.join("thidua.sqlite")).unwrap();
    db.migrate().unwrap();
    let begun = Instant::now();
    let grown = filled(&db, reporting);
    println!("filled in {} s", begun.elapsed().as_secs());
    pages_from_cold(&grown);
    flushes(&folder);
    corrections(&grown, reporting);
    batches(&grown);
    flushes(&folder);
    deadline(&grown, reporting);
    flushes(&folder);
    drop(grown);
    drop(db);
    std::fs::remove_dir_all(&folder).unwrap();
}

fn half(number: usize) -> Period {
    let year = 2008 + i16::try_from(number / 2).unwrap();
    Period::parse(&format!("{year}-H{}", 1 + number % 2)).unwrap()
}

/// The half-year that is being reported: the one after all that are filled.
fn open() -> Period {
    half(HALF_YEARS)
}

/// Three years before it.
fn old() -> Period {
    half(HALF_YEARS - 6)
}

fn filled(db: &Db, reporting: usize) -> Grown {
    let codes: Vec<IndicatorCode> = (0..INDICATORS).map(|i| code(&format!("I{i:03}"))).collect();
    // Nine in ten are sums; the others are counts and shares of those before them.
    let indicators = (0..INDICATORS).map(|i| {
        let rule = match i % 20 {
            18 => TreeRule::CountPositive(codes[i - 1].clone()),
            19 => TreeRule::Quotient(codes[i - 2].clone(), codes[i - 3].clone()),
            _ => TreeRule::Sum,
        };
        indicator(codes[i].as_str(), rule)
    });
    let parents: Vec<usize> =
        (1..ABOVE + reporting).map(|unit| if unit < ABOVE { unit - 1 } else { ABOVE - 1 }).collect();
    let mut grown = Grown::new(db, "do", &parents, indicators.collect());
    grown.app.home.unit = unit_id(ABOVE - 1);
    // The pages look at the last half-year that is filled.
    grown.app.home.dated = day("2020-01-05");
    for period in (0..HALF_YEARS).map(half) {
        let of = |unit: &OrgId| -> Vec<Reading> {
            let value = |i: usize| Value::Of(Number::whole(i64::try_from(i).unwrap() * 7 + 1));
            codes.iter().enumerate().map(|(i, code)| reading(code, unit, period, Nature::Official, value(i))).collect()
        };
        let readings: Vec<Reading> = grown.units[ABOVE..].iter().flat_map(of).collect();
        grown.enter(&readings);
    }
    collected(&grown, &codes);
    grown
}

fn form() -> FormId {
    FormId::parse("bieu-01").unwrap()
}

/// A form of all indicators, for the half-year being reported and for the old one that is corrected.
fn collected(grown: &Grown, codes: &[IndicatorCode]) {
    let row = |indicator: &IndicatorCode| FormRow {
        heading: String::new(),
        label: String::new(),
        indicator: indicator.clone(),
        is_required: true,
    };
    let receiver = unit_id(ABOVE - 1);
    let made = Form {
        id: form(),
        number: String::new(),
        name: "Biểu đo".to_owned(),
        receiver: receiver.clone(),
        every: PeriodKind::Half,
        is_verified: false,
        valid_from: day("2010-01-01"),
        valid_to: None,
        legal_ref: String::new(),
        rows: codes.iter().map(row).collect(),
    };
    let below =
        Assignment { form: form(), to: Assigned::Below(receiver), valid_from: day("2010-01-01"), valid_to: None };
    create_form(&grown.app, &grown.by, &made, &[below]).unwrap();
    for period in [open(), old()] {
        let cycle = Cycle {
            form: form(),
            period,
            opens_on: day("2020-07-01"),
            due_on: day("2020-07-10"),
            grace_until: day("2020-07-15"),
            closes_on: day("2020-07-20"),
            nature: Nature::Official,
            closing: None,
        };
        open_cycle(&grown.app, &grown.by, &cycle).unwrap();
    }
}

/// How long a program that has just started takes to answer, and one at work.
fn pages_from_cold(grown: &Grown) {
    let cold: Vec<Duration> = (0..5)
        .map(|_| {
            let app = started(grown);
            timed(|| overview(&app, &grown.by).unwrap()).1
        })
        .collect();
    line("overview of 300 indicators, first after the start", cold);
    let again = (0..200).map(|_| timed(|| overview(&grown.app, &grown.by).unwrap()).1).collect();
    line("overview, nothing changed", again);
}

fn started(grown: &Grown) -> thidua_app::App {
    let mut app = grown.started_anew();
    app.home = grown.app.home.clone();
    app
}

/// Four kilobytes more at the end of a file, and the wait until the disk has them.
fn flushes(folder: &Path) {
    let mut file = File::create(folder.join("flush")).unwrap();
    let times = (0..200)
        .map(|_| {
            timed(|| {
                file.write_all(&[7; 4096]).unwrap();
                file.sync_data().unwrap();
            })
            .1
        })
        .collect();
    line("one bare flush of 4 KB", times);
}

/// One cell of three years ago is corrected, and the totals of the three units above are asked for.
fn corrections(grown: &Grown, reporting: usize) {
    let above: Vec<OrgId> = (0..ABOVE).map(unit_id).collect();
    let total = |code: &IndicatorCode| actual(&grown.app, &grown.by, code, &above, old()).unwrap();
    let mut held: Vec<Reading> =
        grown.app.db.read(|tx| store::reading::readings_of(tx, &grown.by.scope, &[old()])).unwrap();
    total(&code("I000"));
    let (mut bare, mut written, mut read, mut by_verb, mut page) = (vec![], vec![], vec![], vec![], vec![]);
    for n in 0..CORRECTIONS {
        // Sums only, so that the total must grow by one.
        let place = (n * 7919) % (reporting * INDICATORS);
        let current = held.iter_mut().find(|row| {
            row.unit == unit_id(ABOVE + place / INDICATORS) && row.indicator == code(&format!("I{:03}", place % 17))
        });
        let current = current.unwrap();
        let before: Vec<Number> = total(&current.indicator).iter().map(|actual| actual.value.unwrap()).collect();
        let value = Value::Of(current.value.number().unwrap().plus(Number::whole(1)).unwrap());
        let next = Reading { value, supersedes: Some(current.seq), reason: "sửa".into(), ..current.clone() };
        let seq = if n % 2 == 0 {
            let (first, durable) = timed(|| grown.enter(std::slice::from_ref(&next)));
            bare.push(durable);
            first
        } else {
            let change = Change { how: How::CorrectedAbove, over: Some(current.seq), ..change(n, 0, &next) };
            let change = Change { note: "Rà soát".into(), ..change };
            let (answers, durable) = timed(|| enter(&grown.app, &grown.by, &form(), old(), &[change]).unwrap());
            by_verb.push(durable);
            let Ok(Outcome::Saved { seq: saved }) = answers[0].outcome else { panic!("{:?}", answers[0].outcome) };
            saved
        };
        *current = Reading { seq, ..next };
        let (after, reading) = timed(|| total(&current.indicator));
        read.push(reading);
        if n % 2 == 0 {
            written.push(bare[bare.len() - 1] + reading);
        }
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(after.value, Some(before.plus(Number::whole(1)).unwrap()), "an ancestor missed the correction");
        }
        if n % 10 == 0 {
            page.push(timed(|| overview(&grown.app, &grown.by).unwrap()).1);
        }
    }
    line("correction: reading, journal, commit", bare);
    line("  and the totals of the three units above, read back", written);
    line("  of which the totals", read);
    line("correction by the verb: rights, cycle, cell, journal", by_verb);
    line("overview of 300 indicators right after a correction", page);
}

/// Fifty cells of one unit, corrected in one batch, and every total of the unit above.
fn batches(grown: &Grown) {
    let unit = unit_id(ABOVE);
    let mut save = Vec::new();
    let mut whole = Vec::new();
    let mut held: Vec<Reading> =
        grown.app.db.read(|tx| store::reading::readings_of(tx, &grown.by.scope, &[old()])).unwrap();
    held.retain(|row| row.unit == unit);
    for n in 0..60 {
        let rows: Vec<usize> = (0..BATCH).map(|at| (n * BATCH + at) % INDICATORS).collect();
        let next: Vec<Reading> = rows
            .iter()
            .map(|at| {
                let value = Value::Of(held[*at].value.number().unwrap().plus(Number::whole(1)).unwrap());
                let supersedes = Some(held[*at].seq);
                Reading { value, supersedes, reason: "sửa".into(), ..held[*at].clone() }
            })
            .collect();
        let (first, saved) = timed(|| grown.enter(&next));
        let (_, shown) = timed(|| actual(&grown.app, &grown.by, &next[0].indicator, &[unit_id(ABOVE - 1)], old()));
        for ((at, next), seq) in rows.iter().zip(next).zip(first..) {
            held[*at] = Reading { seq, ..next };
        }
        save.push(saved);
        whole.push(saved + shown);
    }
    line("save of 50 cells: readings, journal, commit", save);
    line("  and taken over by the totals above", whole);
}

fn change(n: usize, at: usize, reading: &Reading) -> Change {
    Change {
        id: ChangeId::parse(&format!("c-{}-{}-{n}-{at}", reading.unit, reading.period)).unwrap(),
        form: form(),
        period: reading.period,
        unit: reading.unit.clone(),
        indicator: reading.indicator.clone(),
        nature: reading.nature,
        over: None,
        value: reading.value,
        note: String::new(),
        how: How::Typed,
        device_at: Some(grown::at()),
        settles: None,
    }
}

/// Every unit enters its three hundred cells in batches of fifty, two at a time.
fn deadline(grown: &Grown, reporting: usize) {
    let entered = |thread: usize| {
        let mut times = Vec::new();
        for unit in (0..reporting).filter(|unit| unit % THREADS == thread).map(|unit| unit_id(ABOVE + unit)) {
            let changes: Vec<Change> = grown
                .indicators
                .iter()
                .enumerate()
                .map(|(at, indicator)| {
                    let value = Value::Of(Number::whole(i64::try_from(at).unwrap()));
                    change(0, at, &reading(&indicator.code, &unit, open(), Nature::Official, value))
                })
                .collect();
            for batch in changes.chunks(BATCH) {
                let (answers, time) = timed(|| enter(&grown.app, &grown.by, &form(), open(), batch).unwrap());
                let saved = answers.iter().filter(|answer| matches!(answer.outcome, Ok(Outcome::Saved { .. }))).count();
                assert_eq!(saved, batch.len(), "{:?}", answers[0]);
                times.push(time);
            }
        }
        times
    };
    let begun = Instant::now();
    let times: Vec<Duration> = std::thread::scope(|scope| {
        let entered = &entered;
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || entered(thread))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let (saves, took) = (times.len(), begun.elapsed());
    line("deadline: a save of 50 cells by the verb, two at a time", times);
    println!("  {saves} saves of {reporting} units in {} ms", took.as_millis());
    let total = actual(&grown.app, &grown.by, &code("I010"), &[unit_id(0)], open()).unwrap();
    assert_eq!(total[0].value, Some(Number::whole(10 * i64::try_from(reporting).unwrap())));
    assert!(total[0].reported.is_whole());
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let made = work();
    (made, begun.elapsed())
}

fn line(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| {
        let micros = times[(times.len() - 1) * share / 100].as_micros();
        format!("{}.{:03}", micros / 1000, micros % 1000)
    };
    println!("{name:<58} {:>9} {:>9} {:>9}", at(50), at(99), at(100));
}
