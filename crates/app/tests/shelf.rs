//! What stands on the shelf is what a fresh read gives: after every commit, for every unit above, in every scope.

#![allow(clippy::unwrap_used, reason = "in a test a failure of the harness is a failure of the test")]

mod grown;
mod world;

use std::cell::Cell as Counting;

use grown::{Grown, code, day, indicator, reading};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use thidua_app::indicator::{one, overview};
use thidua_app::{App, Error};
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Number, Period};
use thidua_domain::actor::Reach;
use thidua_domain::indicator::columns::{Cell, Columns, Entry, Frame, Weakest};
use thidua_domain::indicator::figures::{Actual, Trace};
use thidua_domain::indicator::{Absence, Figures, Indicator, Nature, Reading, TreeRule, Value};
use thidua_domain::{Actor, Scope};
use thidua_store as store;
use thidua_testkit::both_engines;

/// Both are looked at by the pages: the period reported and the same one a year before.
const PERIODS: [&str; 2] = ["2020-H1", "2019-H1"];

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

/// An indicator of every rule.
fn indicators() -> Vec<Indicator> {
    vec![
        indicator("A", TreeRule::Sum),
        indicator("B", TreeRule::Sum),
        indicator("C", TreeRule::Own),
        indicator("D", TreeRule::CountPositive(code("A"))),
        indicator("E", TreeRule::Quotient(code("A"), code("B"))),
    ]
}

/// One reading to be entered, its places drawn before the tree is known.
#[derive(Debug, Clone)]
struct Drawn {
    unit: prop::sample::Index,
    indicator: prop::sample::Index,
    period: prop::sample::Index,
    nature: Nature,
    value: Value,
    beside: bool,
}

fn any_reading() -> impl Strategy<Value = Drawn> {
    let absences = vec![Absence::NotReported, Absence::NotApplicable, Absence::NoneOccurred, Absence::Withheld];
    let value = prop_oneof![
        3 => (-5i64..500, 0u8..=2).prop_map(|(digits, scale)| Value::Of(Number::new(digits, scale).unwrap())),
        1 => prop::sample::select(absences).prop_map(Value::Absent),
    ];
    let nature = prop::sample::select(vec![Nature::Estimate, Nature::Provisional, Nature::Official]);
    (any::<[prop::sample::Index; 3]>(), nature, value, any::<bool>()).prop_map(
        |([unit, indicator, period], nature, value, beside)| Drawn { unit, indicator, period, nature, value, beside },
    )
}

/// Parents, and what is entered in each of some commits.
fn any_history() -> impl Strategy<Value = (Vec<usize>, Vec<Vec<Drawn>>)> {
    let tree = (1usize..10).prop_flat_map(|units| (1..=units).map(|unit| 0..unit).collect::<Vec<_>>());
    (tree, prop::collection::vec(prop::collection::vec(any_reading(), 1..6), 1..6))
}

/// Enters a reading as a first one, or as a correction where its cell has one already.
fn enter(grown: &Grown, all: &mut Vec<Reading>, drawn: &Drawn) -> Reading {
    let indicator = drawn.indicator.get(&grown.indicators).code.clone();
    let unit = drawn.unit.get(&grown.units);
    let mut new = reading(&indicator, unit, *drawn.period.get(&PERIODS.map(period)), drawn.nature, drawn.value);
    let of_cell = |held: &&Reading| held.indicator == indicator && held.unit == *unit && held.period == new.period;
    let current = |held: &&Reading| !all.iter().any(|later| later.supersedes == Some(held.seq));
    let has_first = all.iter().filter(of_cell).any(|held| held.supersedes.is_none() && held.nature == new.nature);
    let last = all.iter().filter(of_cell).rfind(current);
    if let Some(last) = last.filter(|_| has_first || !drawn.beside) {
        new.supersedes = Some(last.seq);
        new.reason = "sửa".into();
    }
    new.seq = grown.enter(std::slice::from_ref(&new));
    all.push(new.clone());
    new
}

fn current(grown: &Grown) -> Vec<Reading> {
    let periods = PERIODS.map(period);
    grown.app.db.read(|tx| store::reading::readings_of(tx, &grown.by.scope, &periods)).unwrap()
}

/// The columns of a tree, filled from readings; of several of a cell the firmest counts, then the latest.
fn columns(grown: &Grown, mut readings: Vec<Reading>) -> Columns {
    let periods = PERIODS.map(period);
    let frame = Frame::new(&grown.units[0], &grown.edges, &grown.indicators, &periods, day("2020-07-05")).unwrap();
    readings.sort_by_key(|reading| (reading.nature, reading.seq));
    let rows: std::collections::BTreeMap<Cell, Entry> =
        readings.iter().map(|reading| (place(&frame, reading), Entry::from(reading))).collect();
    Columns::from_rows(frame, rows, []).unwrap()
}

fn place(frame: &Frame, reading: &Reading) -> Cell {
    Cell {
        unit: frame.unit_at(&reading.unit).unwrap(),
        indicator: frame.indicator_at(&reading.indicator).unwrap(),
        period: frame.period_at(reading.period).unwrap(),
    }
}

/// Every total of every unit: on the pages of a program that has seen all commits, on those of one just started,
/// in figures and columns made from the rows alone, and in columns repaired by each commit.
fn all_agree(grown: &mut Grown, repaired: &Columns) -> Result<(), TestCaseError> {
    let rows = current(grown);
    let afresh = columns(grown, rows.clone());
    let figures = Figures::new(&grown.indicators, &rows, &[], &[], &grown.edges, day("2020-07-05"));
    for unit in grown.units.clone() {
        grown.app.home.unit = unit.clone();
        let kept = overview(&grown.app, &grown.by).unwrap();
        let started = overview(&grown.started_anew(), &grown.by).unwrap();
        prop_assert_eq!(format!("{kept:?}"), format!("{started:?}"));
        for row in &kept.rows {
            for (period, shown) in PERIODS.map(period).into_iter().zip([&row.actual, &row.prior]) {
                let code = &row.indicator.code;
                prop_assert_eq!(shown, &figures.traced(code, &unit, period, Trace::Left).unwrap());
                let traced = figures.actual(code, &unit, period).unwrap();
                prop_assert_eq!(shown, &Actual { sources: Vec::new(), ..traced });
                for columns in [&afresh, repaired] {
                    let frame = columns.frame();
                    let cell = Cell {
                        unit: frame.unit_at(&unit).unwrap(),
                        indicator: frame.indicator_at(code).unwrap(),
                        period: frame.period_at(period).unwrap(),
                    };
                    let total = columns.line(cell).actual;
                    prop_assert_eq!(total.value().unwrap(), shown.value, "{} {} {}", code, &unit, period);
                    prop_assert_eq!(total.coverage(), shown.reported, "{} {} {}", code, &unit, period);
                    if shown.value.is_some() {
                        prop_assert_eq!(total.nature(), Some(shown.nature), "{} {} {}", code, &unit, period);
                        prop_assert_eq!(total.weakest(), shown.origin.map(Weakest::from));
                    }
                }
            }
            let closely = |app: &App| format!("{:?}", one(app, &grown.by, &row.indicator.code).unwrap());
            prop_assert_eq!(closely(&grown.app), closely(&grown.started_anew()));
        }
    }
    Ok(())
}

/// The same program over the same database, its shelf empty.
fn started_anew(app: &App) -> App {
    App::at_home(app.db.clone(), app.clock, app.home.clone()).unwrap()
}

both_engines! {
    fn kept_repaired_and_recomputed_totals_agree_after_every_commit(test) {
        let tenants = Counting::new(0);
        let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
        runner.run(&any_history(), |(parents, commits)| {
            tenants.set(tenants.get() + 1);
            let mut grown = Grown::new(test.db(), &format!("t{}", tenants.get()), &parents, indicators());
            let mut repaired = columns(&grown, Vec::new());
            let mut all = Vec::new();
            for commit in &commits {
                for drawn in commit {
                    let new = enter(&grown, &mut all, drawn);
                    let of_cell = |held: &Reading| {
                        (&held.indicator, &held.unit, held.period) == (&new.indicator, &new.unit, new.period)
                    };
                    let mut held: Vec<Reading> = current(&grown).into_iter().filter(of_cell).collect();
                    held.sort_by_key(|reading| (reading.nature, reading.seq));
                    let counts = held.last().unwrap();
                    let cell = place(repaired.frame(), counts);
                    repaired.correct(cell, Entry::from(counts));
                }
                all_agree(&mut grown, &repaired)?;
            }
            Ok(())
        }).unwrap();
    }

    /// Two programs over one database, as two processes on PostgreSQL: what one commits, the other shows.
    fn what_another_program_commits_is_seen_at_once(test) {
        let grown = Grown::new(test.db(), "hai", &[0, 0], indicators());
        let other = grown.started_anew();
        let shown = |app: &App| overview(app, &grown.by).unwrap().rows[0].actual.value;
        assert_eq!((shown(&grown.app), shown(&other)), (None, None));
        for (unit, value, total) in [(1, 5, 5), (2, 7, 12)] {
            let value = Value::Of(Number::whole(value));
            grown.enter(&[reading(&code("A"), &grown.units[unit], period("2020-H1"), Nature::Official, value)]);
            let total = Some(Number::whole(total));
            assert_eq!((shown(&other), shown(&grown.app)), (total, total));
        }
    }

    /// A definition or a place that changes moves figures without any reading.
    fn what_figures_stand_on_may_move_too(test) {
        let grown = Grown::new(test.db(), "moved", &[0], vec![indicator("A", TreeRule::Sum)]);
        let tenant = &grown.by.scope.tenant;
        let value = Value::Of(Number::whole(5));
        grown.enter(&[reading(&code("A"), &grown.units[1], period("2020-H1"), Nature::Official, value)]);
        let expected = || overview(&grown.app, &grown.by).unwrap().rows[0].actual.reported.expected;
        assert_eq!(expected(), 1);
        let further = OrgId::parse("u0009").unwrap();
        let mut tx = test.db().begin().unwrap();
        let units = tx_units(&grown, &further);
        store::org::insert_units(&mut tx, tenant, &units.0).unwrap();
        store::org::insert_edges(&mut tx, tenant, &units.1).unwrap();
        tx.commit().unwrap();
        assert_eq!(expected(), 2);
        let mut tx = test.db().begin().unwrap();
        store::indicator::insert_many(&mut tx, tenant, &[indicator("B", TreeRule::Own)]).unwrap();
        tx.commit().unwrap();
        assert_eq!(overview(&grown.app, &grown.by).unwrap().rows.len(), 2);
    }

    fn nobody_sees_through_the_shelf(test) {
        let world = world::World::loaded_into(test.db().clone());
        let communes = ["x-15673", "x-15676"].map(|id| OrgId::parse(id).unwrap());
        let narrow = |units: &[&OrgId]| {
            let units = Reach::Only(units.iter().map(|unit| (*unit).clone()).collect());
            Actor { scope: Scope { tenant: world.by.scope.tenant.clone(), units }, ..world.by.clone() }
        };
        let nn09 = IndicatorCode::parse("NN09").unwrap();
        let asked = |app: &App, by: &Actor| {
            let told = |answer: Result<String, Error>| answer.unwrap_or_else(|why| why.to_string());
            let home = &app.home;
            let key = format!("reading:NN09:{}:{}", home.unit, "2020-H1");
            [
                told(overview(app, by).map(|shown| format!("{shown:?}"))),
                told(one(app, by, &nn09).map(|shown| format!("{shown:?}"))),
                told(thidua_app::indicator::passport(app, by, &key).map(|shown| format!("{shown:?}"))),
                told(thidua_app::org::register(app, by).map(|shown| format!("{shown:?}"))),
                told(thidua_app::report::written(app, by, &world.report).map(|shown| shown.made.remarks.len().to_string())),
            ]
        };
        let actors = [
            world.by.clone(),
            narrow(&[&communes[0]]),
            narrow(&[&communes[0], &world.app.home.unit]),
            narrow(&[&communes[1], &world.app.home.unit]),
            narrow(&[]),
        ];
        let mut answers = Vec::new();
        // Whoever asks first and whoever after: as if nobody had asked before.
        for by in actors.iter().chain(actors.iter().rev()) {
            let kept = asked(&world.app, by);
            assert_eq!(kept, asked(&started_anew(&world.app), by), "{:?}", by.scope.units);
            answers.push(kept);
        }
        for (at, answer) in answers[..actors.len()].iter().enumerate() {
            assert!(!answers[..at].contains(answer), "actor {at} sees what another does: the test shows nothing");
        }
    }
}

/// A unit below the first one.
fn tx_units(grown: &Grown, id: &OrgId) -> (Vec<thidua_domain::org::Unit>, Vec<thidua_domain::org::Edge>) {
    let held = grown.app.db.read(|tx| store::org::units(tx, &grown.by.scope)).unwrap();
    let unit = thidua_domain::org::Unit { id: id.clone(), ..held[0].clone() };
    let edge = thidua_domain::org::Edge { child: id.clone(), ..grown.edges[0].clone() };
    (vec![unit], vec![edge])
}
