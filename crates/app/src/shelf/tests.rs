//! What a transaction that writes sees stays its own, and each kind of change makes only its own part be read anew.

use thidua_base::{Number, Timestamp};
use thidua_domain::indicator::{Reading, Value};
use thidua_law::Book;
use thidua_store::Db;

use super::*;
use crate::Clock;
use crate::pack::{load, read, shipped};

fn app() -> App {
    let db = Db::memory().unwrap();
    db.migrate().unwrap();
    let book = Book::shipped().unwrap();
    let at = Timestamp::parse("2020-07-05T02:00:00Z").unwrap();
    load(&db, book, &read(&shipped("trieu-son-2020").unwrap(), book).unwrap(), "kiểm thử", at).unwrap();
    App::open(db, Clock::Set(at)).unwrap()
}

fn cells(app: &App, tx: &mut Tx) -> Arc<Rolled> {
    let scope = Scope::whole(app.home.tenant.clone());
    let within = app.shelf.within(tx, &scope).unwrap();
    within.cells(tx, &[Period::parse("2020-H1").unwrap()]).unwrap().remove(0).1
}

/// The value of a commune that counts.
fn counts(cells: &Rolled, of: &Reading) -> Option<Number> {
    cells.cells().get(&of.indicator, &of.unit).and_then(|reading| reading.value.number())
}

#[test]
fn what_is_not_committed_is_never_kept() {
    let app = app();
    let code = IndicatorCode::parse("NN02").unwrap();
    let first =
        app.db.read(|tx| Ok::<_, Error>(cells(&app, tx))).unwrap().cells().of_indicator(&code).next().unwrap().clone();
    let correction = |value| Reading {
        value: Value::Of(Number::whole(value)),
        supersedes: Some(first.seq),
        reason: "sửa".into(),
        ..first.clone()
    };
    // Undone, and then another change under the number that was given back.
    for (value, commits) in [(1, false), (2, true)] {
        let mut tx = app.db.begin().unwrap();
        store::reading::insert_many(&mut tx, &app.home.tenant, &[correction(value)]).unwrap();
        assert_eq!(counts(&cells(&app, &mut tx), &first), Some(Number::whole(value)), "its own change");
        if commits {
            tx.commit().unwrap();
        } else {
            drop(tx);
        }
        let shown = app.db.read(|tx| Ok::<_, Error>(counts(&cells(&app, tx), &first))).unwrap();
        assert_eq!(shown, if commits { Some(Number::whole(value)) } else { first.value.number() });
    }
}

#[test]
fn a_further_reading_is_added_and_nothing_is_read_anew() {
    let app = app();
    let scope = Scope::whole(app.home.tenant.clone());
    let ground = || app.db.read(|tx| app.ground(tx, &scope)).unwrap();
    let held = || app.db.read(|tx| Ok::<_, Error>(cells(&app, tx))).unwrap();
    let (ground_before, before) = (ground(), held());
    let code = IndicatorCode::parse("NN02").unwrap();
    let first = before.cells().of_indicator(&code).next().unwrap().clone();
    let correction = Reading { supersedes: Some(first.seq), reason: "sửa".into(), ..first };
    let mut tx = app.db.begin().unwrap();
    store::reading::insert_many(&mut tx, &app.home.tenant, &[correction]).unwrap();
    tx.commit().unwrap();
    let run = app.db.statements_run();
    let after = held();
    assert_eq!(app.db.statements_run() - run, 2, "the numbers, and the readings after those held");
    assert!(!Arc::ptr_eq(&before, &after) && before.cells().len() == after.cells().len());
    assert!(Arc::ptr_eq(&ground_before, &ground()), "no unit and no definition has moved");
    let run = app.db.statements_run();
    assert!(Arc::ptr_eq(&after, &held()));
    assert_eq!(app.db.statements_run() - run, 1, "the numbers alone");
}
