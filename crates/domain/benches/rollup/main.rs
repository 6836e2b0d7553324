//! Roll-ups of a synthetic nation, with the peers' data, queries and checksums (docs/bench.md).
//!
//! `cargo bench -p thidua-domain --bench rollup` prints a table. Words after `--` choose data sets: `district`,
//! `nation`, `nation-wide` (the same figures with four decimals, eight bytes each). One thread; nothing is written to
//! a disk. `processor` is the mean time on a processor over all runs, which a busy machine does not stretch; it needs
//! Linux.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement prints, reads the clock and stops where it cannot go on"
)]

mod nation;
mod pcg64;

use std::hint::black_box;
use std::time::{Duration, Instant};

use nation::{COMMUNES, Decimals, HALF_YEARS, Shape, picks};
use thidua_base::Number;
use thidua_domain::indicator::columns::{Cell, Columns, Series, Sheet};

/// Checksums that every engine of the peers' script prints for the whole nation.
const CHECK: [i128; 7] =
    [229_200, 139_130_778_136_398, 149_417_936_151_246, 139_069_574_992_632, 2_929_224, 2_134_314_351, 2_543_752_510];
const CHECK_2: [i128; 4] = [7_200, 1_113_007_884_360_170, 1_195_487_957_908_531, 23_433_155];

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let all = [("district", None), ("nation", Some(Decimals::None)), ("nation-wide", Some(Decimals::Four))];
    for (name, decimals) in all.into_iter().filter(|(name, _)| chosen.is_empty() || chosen.iter().any(|c| c == name)) {
        // The peak of memory is that of a process, so each data set has its own.
        if chosen.len() == 1 {
            println!("{name:28} {:>12} {:>12} {:>12} {:>12}", "median", "best", "p99", "processor");
            match decimals {
                Some(decimals) => measure_nation(decimals),
                None => measure_district(),
            }
        } else {
            let this = std::env::current_exe().unwrap();
            assert!(std::process::Command::new(this).arg(name).status().unwrap().success(), "{name} failed");
        }
    }
}

fn measure_district() {
    let (columns, load) = timed(nation::district);
    line("load", &[load]);
    memory(&columns);
}

fn measure_nation(decimals: Decimals) {
    let ((shape, mut columns), load) = timed(|| nation::nation(COMMUNES, decimals));
    let (_, generated) = timed(|| {
        (0..HALF_YEARS).map(|p| nation::HalfYear::drawn(p, COMMUNES * nation::INDICATORS).plan[0]).sum::<i64>()
    });
    line("load, data drawn on the way", &[load]);
    line("  of which drawing, about", &[generated]);
    let last = shape.half_years[HALF_YEARS - 1];

    line("sheet, from the cells", &repeated(|| columns.sheet_afresh(last)));
    line("sheet, from kept totals", &repeated(|| columns.sheet(last)));
    line("series, from the cells", &repeated(|| columns.series_afresh(shape.nation)));
    line("series, from kept totals", &repeated(|| columns.series(shape.nation)));
    for sheet in [columns.sheet_afresh(last), columns.sheet(last)] {
        assert_eq!(check(&columns, &sheet, &shape), CHECK, "the sheet is not that of the peers");
    }
    for series in [columns.series_afresh(shape.nation), columns.series(shape.nation)] {
        assert_eq!(check_2(&series, &shape), CHECK_2, "the series is not that of the peers");
    }

    let pages = picks(COMMUNES, 200);
    let pages = pages.iter().map(|(p, d, ..)| {
        let (page, took) = timed(|| columns.page(shape.districts[*d], shape.half_years[*p]));
        assert_eq!(page.len(), nation::INDICATORS);
        took
    });
    line("page of a district", &pages.collect::<Vec<_>>());

    let corrections = picks(COMMUNES, 50);
    let corrections = corrections.iter().map(|(p, _, commune, indicator, value)| {
        let cell = shape.cell(*p, *commune, *indicator);
        let district = commune * nation::DISTRICTS / COMMUNES;
        let province = district * nation::PROVINCES / nation::DISTRICTS;
        let above = [shape.districts[district], shape.provinces[province], shape.nation];
        timed(|| {
            columns.correct(cell, shape.entry(*value));
            above.map(|unit| black_box(columns.line(Cell { unit, ..cell })))
        })
        .1
    });
    line("correction, not durable", &corrections.collect::<Vec<_>>());
    let repaired = columns.sheet(last);
    let afresh = columns.sheet_afresh(last);
    assert_eq!(check(&columns, &repaired, &shape), check(&columns, &afresh, &shape), "a correction left totals wrong");
    drop((repaired, afresh));
    memory(&columns);
    println!("  checksums {CHECK:?} {CHECK_2:?}: equal");
}

/// Sums over a sheet: rows, actual, plan, same period, units that reported, and both percentages at two decimals.
fn check(columns: &Columns, sheet: &Sheet<'_>, shape: &Shape) -> [i128; 7] {
    let mut sums = [0; 7];
    for unit in columns.frame().inner_units() {
        for indicator in &shape.indicators {
            let line = sheet.line(unit, *indicator).unwrap();
            let percent = |number: Option<Number>| number.map_or(0, |number| i128::from(number.digits()));
            let (of_plan, of_same_period) = sheet.percents(unit, *indicator);
            assert_eq!((of_plan, of_same_period), (line.of_plan.percent(), line.of_same_period.percent()));
            let row = [
                1,
                whole(line.actual.digits(), shape),
                whole(line.plan.digits(), shape),
                whole(line.same_period.digits(), shape),
                line.actual.coverage().reported as i128,
                percent(of_plan),
                percent(of_same_period),
            ];
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
    }
    sums
}

fn check_2(series: &Series, shape: &Shape) -> [i128; 4] {
    let mut sums = [0; 4];
    for period in &shape.half_years {
        for indicator in &shape.indicators {
            let (actual, plan) = (series.actual(*period, *indicator), series.plan(*period, *indicator));
            let reported = actual.coverage().reported as i128;
            let row = [1, whole(actual.digits(), shape), whole(plan.digits(), shape), reported];
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
    }
    sums
}

fn whole(digits: i128, shape: &Shape) -> i128 {
    match shape.decimals {
        Decimals::None => digits,
        Decimals::Four => digits / 10_000,
    }
}

/// How long a piece of work took, by the clock and on the processor.
#[derive(Clone, Copy)]
struct Took {
    clock: Duration,
    processor: Duration,
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (on_processor, start) = (on_processor(), Instant::now());
    let made = black_box(work());
    let clock = start.elapsed();
    (made, Took { clock, processor: self::on_processor() - on_processor })
}

/// What the thread has spent on a processor so far; the kernel brings it up to date some hundred times a second, so
/// only sums over many runs mean something.
fn on_processor() -> Duration {
    let status = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(status.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0))
}

/// Forty runs after one to warm up; what was made is dropped outside the measure.
fn repeated<T>(work: impl Fn() -> T) -> Vec<Took> {
    drop(timed(&work));
    (0..40).map(|_| timed(&work).1).collect()
}

fn line(what: &str, runs: &[Took]) {
    let mut times: Vec<Duration> = runs.iter().map(|run| run.clock).collect();
    times.sort();
    let runs_count = u32::try_from(runs.len()).unwrap();
    let processor = runs.iter().map(|run| run.processor).sum::<Duration>() / runs_count;
    let milliseconds = |time: Duration| format!("{}.{:03} ms", time.as_micros() / 1000, time.as_micros() % 1000);
    let p99 = times[(times.len() * 99 / 100).min(times.len() - 1)];
    let [median, best, p99, processor] = [times[times.len() / 2], times[0], p99, processor].map(milliseconds);
    println!("  {what:26} {median:>12} {best:>12} {p99:>12} {processor:>12}");
}

fn memory(columns: &Columns) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |key: &str| status.lines().find_map(|line| line.strip_prefix(key)).map_or("unknown", str::trim).to_owned();
    println!("  {:26} {} kB", "cells and totals", columns.size_bytes() / 1024);
    println!("  {:26} {}", "memory now", of("VmRSS:"));
    println!("  {:26} {}", "memory at its peak", of("VmHWM:"));
}
