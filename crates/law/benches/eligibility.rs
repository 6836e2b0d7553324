//! One award for a million persons with reasons, quotas of all their units, every honour of the book for many, and one
//! explained answer.
//!
//! Beside OpenFisca-Core, with the same rules and the same population: see docs/bench.md. With `THIDUA_POPULATION` the
//! persons come from a file of `export_population.py`, else from a generator with the same distributions.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and ends where it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use std::time::{Duration, Instant};

use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_law::Book;
use thidua_law::answer::Question;
use thidua_law::batch::{BatchAnswer, has, run};
use thidua_law::condition::Leaf;
use thidua_law::construct::{Choices, Ground};
use thidua_law::honour::on_day;
use thidua_law::plan::Plan;
use thidua_law::population::{Column, Population, YearColumn, YearColumns, bits};
use thidua_law::quota::{Standing, by_unit, room};
use thidua_law::record::Record;
use thidua_law::rules::Files;
use thidua_law::vocabulary::{Scope, SubjectKind};

const YEARS: [i16; 3] = [2022, 2023, 2024];

/// Persons as the comparison has them.
struct Persons {
    title: [Vec<u8>; 3],
    level: [Vec<u8>; 3],
    score: Vec<u32>,
}

fn main() {
    let persons = persons();
    let size = persons.score.len();
    println!("{size} persons");
    let rules = [
        ("lao-dong-tien-tien.toml", include_str!("rules/lao-dong-tien-tien.toml")),
        ("chien-si-thi-dua-co-so.toml", include_str!("rules/chien-si-thi-dua-co-so.toml")),
        ("chien-si-thi-dua-cap-tinh.toml", include_str!("rules/chien-si-thi-dua-cap-tinh.toml")),
    ];
    let sources = ("sources.toml", include_str!("../data/sources.toml"));
    let begun = Instant::now();
    let book = Book::read(sources, Files { honours: &rules, tables: &[] }).unwrap();
    println!("rules read and compiled      {:>9.3} ms", millis(begun.elapsed()));

    one_award(&book, &persons);
    quotas(&book, &persons);
    one_answer(&book);
    let before = peak();
    println!("peak memory so far           {:>9.1} MB", before);
    drop(persons);
    one_list();
    whole_list();
    println!("peak memory                  {:>9.1} MB", peak());
}

fn question(book: &Book, honour: &str) -> Question {
    let honour = HonourCode::parse(honour).unwrap();
    assert!(book.honour(&honour).is_some());
    Question {
        honour,
        on: Date::new(2024, 12, 31).unwrap(),
        year: 2024,
        received_on: None,
        proposed_on: None,
        kind: None,
        subject: SubjectKind::Person,
    }
}

/// The columns of a plan: the yearly title and the initiative by its level, year by year.
fn columns(plan: &Plan, persons: &Persons) -> Population {
    let size = persons.score.len();
    let needs = plan.leaves.iter().map(|leaf| {
        let need = leaf.year_test().unwrap().need;
        let years = match leaf {
            Leaf::Held { times, .. } | Leaf::Initiative { times, .. } => usize::from(*times),
            _ => 1,
        };
        let years = (3 - years..3).map(|at| {
            let sure = match leaf {
                Leaf::Initiative { scope: Scope::Province, .. } => {
                    bits(persons.level[at].iter().map(|level| *level >= 2))
                }
                Leaf::Initiative { .. } => bits(persons.level[at].iter().map(|level| *level >= 1)),
                _ => bits(persons.title[at].iter().map(|title| *title == 1)),
            };
            YearColumn { year: YEARS[at], sure: vec![sure], possible: None }
        });
        Column::Years(YearColumns { need, years: years.collect(), window: None })
    });
    let columns = needs.collect();
    Population::of_columns(plan, size, columns).unwrap()
}

fn one_award(book: &Book, persons: &Persons) {
    let question = question(book, "chien-si-thi-dua-cap-tinh");
    let plan = book.plan(&question.honour, question.subject, question.on).unwrap();
    let begun = Instant::now();
    let population = columns(plan, persons);
    println!("columns made                 {:>9.3} ms, {:.1} MB", millis(begun.elapsed()), mega(population.bytes()));
    let mut answers = BatchAnswer::default();
    let best = best(9, || run(plan, &population, &question, &mut answers));
    let reasons: usize = (0..population.size()).map(|person| answers.not_met(person).count()).sum();
    println!(
        "one award with reasons       {:>9.3} ms, {} entitled, {reasons} reasons",
        millis(best),
        answers.count_entitled()
    );
    // The same by hand: a verdict that differs would make the figure worthless.
    let by_hand = (0..population.size()).filter(|person| {
        (0..3).all(|at| persons.title[at][*person] == 1 && persons.level[at][*person] > 0)
            && persons.level[2][*person] >= 2
    });
    assert_eq!(by_hand.count(), answers.count_entitled());
}

fn quotas(book: &Book, persons: &Persons) {
    let question = question(book, "chien-si-thi-dua-co-so");
    let plan = book.plan(&question.honour, question.subject, question.on).unwrap();
    let population = columns(plan, persons);
    let mut answers = BatchAnswer::default();
    run(plan, &population, &question, &mut answers);
    let eligible: Vec<bool> = (0..population.size()).map(|person| has(&answers.entitled, person)).collect();
    let quota = on_day(&book.honour(&question.honour).unwrap().procedure.quotas, question.on).next().unwrap();
    let size = persons.score.len();
    for skewed in [false, true] {
        let unit: Vec<u32> =
            (0..size).map(|at| if skewed && at < size / 50 { 0 } else { u32::try_from(at / 100).unwrap() }).collect();
        let units = size.div_ceil(100);
        let mut result = None;
        let best = best(5, || {
            // The places of each unit are part of the work: those who have the title, by the share, rounded as said.
            let mut base = vec![0_u32; units];
            for (unit, title) in unit.iter().zip(&persons.title[2]) {
                base[*unit as usize] += u32::from(*title);
            }
            let places: Vec<u32> =
                base.iter().map(|base| room(quota.what.percent, *base, quota.what.rounding).places).collect();
            result = Some(by_unit(&unit, &persons.score, &eligible, &places));
        });
        let result = result.unwrap();
        let tied = result.standing.iter().filter(|standing| **standing == Standing::Tied).count();
        let shared: u32 = result.ties.iter().map(|tie| tie.1).sum();
        println!(
            "quota {}                 {:>9.3} ms, {} inside, {} places shared by {tied} tied in {} units",
            if skewed { "skewed" } else { "even  " },
            millis(best),
            result.inside,
            shared,
            result.ties.len()
        );
    }
}

fn one_answer(book: &Book) {
    let question = question(book, "chien-si-thi-dua-cap-tinh");
    let record = history(book, &question);
    explained("explained, the same rules", book, &question, &record);
    let shipped = Book::shipped().unwrap();
    for code in ["chien-si-thi-dua-bo-nganh-tinh", "bang-khen-thu-tuong", "huan-chuong-lao-dong-hang-nhat"] {
        let question = Question { honour: HonourCode::parse(code).unwrap(), ..question.clone() };
        let record = history(shipped, &question);
        explained(code, shipped, &question, &record);
    }
}

/// A record that meets the conditions, built from them.
fn history(book: &Book, question: &Question) -> Record {
    let honour = book.honour(&question.honour).unwrap();
    let on = Date::new(question.year + 1, 1, 1).unwrap();
    let ground = Ground { rules: book.rules(), honour: &honour.code, subject: question.subject, on };
    let mut record = ground.blank();
    for condition in &honour.version(on).unwrap().conditions {
        if condition.is_for(question.subject) {
            let id = condition.node.id.clone().unwrap();
            ground.meet(&condition.node, &id, &Choices::new(), &mut record, &mut Vec::new());
        }
    }
    record
}

fn explained(name: &str, book: &Book, question: &Question, record: &Record) {
    book.answer(question, record);
    let mut times: Vec<Duration> = (0..2000)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(book.answer(question, record));
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    let findings = book.answer(question, record).all_findings().len();
    println!(
        "{name:<32} {:>6.1} us median, {:.1} us at 99 %, {findings} findings",
        micros(times[times.len() / 2]),
        micros(times[times.len() * 99 / 100])
    );
}

/// Every honour of the shipped book for the same persons.
fn whole_list() {
    const PERSONS: usize = 5_000;
    let book = Book::shipped().unwrap();
    let on = Date::new(2024, 12, 31).unwrap();
    let kinds: Vec<Question> = book
        .honours()
        .filter(|honour| book.plan(&honour.code, SubjectKind::Person, on).is_some())
        .map(|honour| Question { honour: honour.code.clone(), ..question(book, honour.code.as_str()) })
        .collect();
    let histories: Vec<Record> = kinds.iter().map(|question| history(book, question)).collect();
    let records: Vec<Record> = (0..PERSONS).map(|at| histories[at % histories.len()].clone()).collect();
    let (mut made, mut ran, mut entitled) = (Duration::ZERO, Duration::ZERO, 0);
    let mut answers = BatchAnswer::default();
    for question in &kinds {
        let plan = book.plan(&question.honour, question.subject, question.on).unwrap();
        let begun = Instant::now();
        let population = Population::of_records(plan, question, &records);
        made += begun.elapsed();
        let begun = Instant::now();
        run(plan, &population, question, &mut answers);
        ran += begun.elapsed();
        entitled += answers.count_entitled();
    }
    println!(
        "every honour, {PERSONS} persons   {:>9.3} ms for {} honours from columns, {:.1} ms to make the columns from records, {entitled} entitled",
        millis(ran),
        kinds.len(),
        millis(made)
    );
}

/// A list of one honour, as a page shows it: everyone judged, of those barred who is almost there, fifty explained.
fn one_list() {
    const PERSONS: usize = 10_000;
    const ROWS: usize = 50;
    let book = Book::shipped().unwrap();
    let question = question(book, "chien-si-thi-dua-co-so");
    let plan = book.plan(&question.honour, question.subject, question.on).unwrap();
    let on = question.on;
    let known = book.honours().filter(|honour| book.plan(&honour.code, SubjectKind::Person, on).is_some());
    let histories: Vec<Record> =
        known.map(|honour| history(book, &Question { honour: honour.code.clone(), ..question.clone() })).collect();
    let records: Vec<Record> = (0..PERSONS).map(|at| histories[at % histories.len()].clone()).collect();
    let borrowed: Vec<&Record> = records.iter().collect();
    let mut answers = BatchAnswer::default();
    let judged = best(5, || run(plan, &Population::of_records(plan, &question, &borrowed), &question, &mut answers));
    let asked = book.asked(question.clone());
    let mut near = 0;
    let placed = best(5, || near = records.iter().filter(|record| asked.of(record).earliest == Some(2025)).count());
    let explained = best(5, || {
        for record in records.iter().take(ROWS) {
            std::hint::black_box(book.answer(&question, record));
        }
    });
    println!(
        "one honour, {PERSONS} persons    {:>9.3} ms to judge all, {:.3} ms to tell of all how they stand, {:.3} ms to \
         explain {ROWS}; {near} could have it next year",
        millis(judged),
        millis(placed),
        millis(explained)
    );
}

fn best(times: u32, mut work: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .min()
        .unwrap()
}

#[expect(clippy::disallowed_types, reason = "a printed figure of a benchmark")]
fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[expect(clippy::disallowed_types, reason = "a printed figure of a benchmark")]
fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

#[expect(clippy::disallowed_types, clippy::cast_precision_loss, reason = "a printed figure of a benchmark")]
fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The most memory the process has had, in megabytes; 0 where the system does not say.
#[expect(clippy::disallowed_types, clippy::cast_precision_loss, reason = "a printed figure of a benchmark")]
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let kilobytes: u64 = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
    kilobytes as f64 / 1e3
}

fn persons() -> Persons {
    let Some(path) = std::env::var_os("THIDUA_POPULATION") else { return made(1_000_000) };
    let bytes = std::fs::read(path).unwrap();
    let (head, mut rest) = bytes.split_at(4);
    let size = usize::try_from(u32::from_le_bytes(head.try_into().unwrap())).unwrap();
    let mut next = || {
        let (taken, left) = rest.split_at(size);
        rest = left;
        taken.to_vec()
    };
    let [a, b, c, d, e, f] = [next(), next(), next(), next(), next(), next()];
    let score = rest.chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().unwrap())).collect();
    Persons { title: [a, c, e], level: [b, d, f], score }
}

/// The distributions of the comparison: 80 % have the title, 40 % an initiative of the unit and 15 % of the province.
fn made(size: usize) -> Persons {
    let mut state = 88_172_645_463_325_252_u64;
    let mut below = |bound: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % bound
    };
    let mut persons = Persons {
        title: std::array::from_fn(|_| Vec::with_capacity(size)),
        level: std::array::from_fn(|_| Vec::with_capacity(size)),
        score: Vec::with_capacity(size),
    };
    for _ in 0..size {
        for at in 0..3 {
            persons.title[at].push(u8::from(below(100) < 80));
            persons.level[at].push(match below(100) {
                0..15 => 2,
                15..55 => 1,
                _ => 0,
            });
        }
        persons.score.push(u32::try_from(below(10_000)).unwrap());
    }
    persons
}
