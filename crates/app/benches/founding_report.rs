//! How long the founding report takes: load the pack, compute every comparison, write, check, print.
//!
//! Run by `cargo xtask bench`, which adds what only the whole program shows. Read ratios and medians:
//! a shared machine is noisy.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on stops")]

#[path = "../tests/world/mod.rs"]
mod world;

use divan::{Bencher, black_box};
use thidua_app::pack::{load, read, shipped};
use thidua_app::report::{Format, gather, make, print};
use thidua_base::Timestamp;
use thidua_law::Book;
use thidua_report::{Writing, check, compose, form};
use thidua_store::Db;
use world::World;

fn main() {
    divan::main();
}

#[divan::bench]
fn read_the_pack(bencher: Bencher) {
    let book = Book::shipped().unwrap();
    let files = shipped("trieu-son-2020").unwrap();
    bencher.bench(|| read(&files, book).unwrap());
}

#[divan::bench(sample_count = 20)]
fn load_the_pack_into_a_file(bencher: Bencher) {
    let book = Book::shipped().unwrap();
    let pack = read(&shipped("trieu-son-2020").unwrap(), book).unwrap();
    let at = Timestamp::from_second(0).unwrap();
    let folder = std::env::temp_dir().join(format!("thidua-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n += 1;
            let db = Db::open(&folder.join(format!("{n}.sqlite"))).unwrap();
            db.migrate().unwrap();
            db
        })
        .bench_local_values(|db| {
            load(&db, book, &pack, "đo", at).unwrap();
            db
        });
    std::fs::remove_dir_all(&folder).unwrap();
}

#[divan::bench]
fn gather_from_the_store(bencher: Bencher) {
    let world = World::loaded();
    bencher.bench_local(|| world.app.db.read(|tx| gather(world.app.shipped, &world.by, &world.report, tx)).unwrap());
}

/// Every indicator of the district, with plans and same period.
#[divan::bench]
fn compute_all_comparisons(bencher: Bencher) {
    let world = World::loaded();
    let data = world.app.db.read(|tx| gather(world.app.shipped, &world.by, &world.report, tx)).unwrap();
    bencher.bench(|| {
        let writing = Writing::new(&data);
        let (unit, period) = (&data.report.unit, data.period());
        for indicator in writing.figures.indicators() {
            let now = writing.figures.actual(&indicator.code, unit, period).unwrap();
            let before = writing.figures.actual(&indicator.code, unit, period.same_period_last_year()).unwrap();
            for (_, assigned) in writing.figures.plans(&indicator.code, unit, period) {
                black_box(now.value.map(|v| thidua_base::number::percent(v, assigned.value, 1)));
            }
            black_box(now.value.zip(before.value).map(|(a, b)| thidua_base::number::percent(a, b, 1)));
        }
    });
}

#[divan::bench]
fn write_the_tree(bencher: Bencher) {
    let world = World::loaded();
    let data = world.app.db.read(|tx| gather(world.app.shipped, &world.by, &world.report, tx)).unwrap();
    let form = form(&data.report.form).unwrap();
    bencher.bench(|| compose(&data, form).unwrap());
}

#[divan::bench]
fn check_data_and_text(bencher: Bencher) {
    let world = World::loaded();
    let made = make(&world.app, &world.by, &world.report).unwrap();
    bencher.bench(|| check::check(&made.data, made.form, &made.document));
}

#[divan::bench(args = Format::ALL)]
fn print_warm(bencher: Bencher, format: Format) {
    let world = World::loaded();
    let made = make(&world.app, &world.by, &world.report).unwrap();
    print(&made.document, format).unwrap();
    bencher.bench(|| print(&made.document, format).unwrap());
}

/// What a user waits for: gather, write, check, DOCX and PDF.
#[divan::bench]
fn report_in_docx_and_pdf(bencher: Bencher) {
    let world = World::loaded();
    bencher.bench(|| {
        let made = make(&world.app, &world.by, &world.report).unwrap();
        (print(&made.document, Format::Docx).unwrap(), print(&made.document, Format::Pdf).unwrap())
    });
}
