//! Acceptance test 6 of the indicator chapter: a process killed at any point of a save leaves what it acknowledged, with
//! its journal, and nothing of what it did not.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use thidua_app::App;
use thidua_app::audit;
use thidua_domain::Scope;
use thidua_domain::collection::Change;
use thidua_domain::indicator::Reading;
use thidua_store::audit::Chain;
use thidua_store::{Db, reading};
use thidua_testkit::scratch::scratch_dir;

use crate::desk::*;

/// Names the database file to the process that is going to be killed.
const FILE: &str = "THIDUA_TEST_KILLED";
/// How many times a process is killed, each a little later than the one before.
const KILLS: u32 = 12;
/// Figures in each save.
const BATCH: usize = 3;

#[test]
fn acceptance_6_a_process_killed_at_any_point_of_a_save_keeps_what_it_acknowledged_and_no_half_of_anything() {
    if let Some(file) = std::env::var_os(FILE) {
        save_until_killed(Path::new(&file));
    }
    let dir = scratch_dir("killed");
    let file = dir.join("thidua.db");
    {
        let db = Db::open(&file).unwrap();
        db.migrate().unwrap();
        Desk::set(&db);
    }
    let mut acknowledged = BTreeSet::new();
    for kill in 0..KILLS {
        acknowledged.extend(killed_after(&file, Duration::from_millis(u64::from(3 * kill + 1))));
        let db = Db::open(&file).unwrap();
        let app = App::open(db, thidua_app::Clock::Set(crate::world::at())).unwrap();
        let scope = Scope::whole(app.home.tenant.clone());
        let readings = app.db.read(|tx| reading::readings_of(tx, &scope, &[period()])).unwrap();
        let entered: Vec<&Reading> = readings.iter().filter(|one| one.unit == unit(COMMUNE)).collect();
        let newest = entered.iter().map(|one| one.value).collect::<Vec<_>>();
        // All figures of one save carry one number: a save is there whole or not at all.
        assert!(newest.windows(2).all(|pair| pair[0] == pair[1]), "half a save is there: {newest:?}");
        let by = thidua_domain::Actor::operator("kiểm thử", app.home.tenant.clone());
        assert!(matches!(audit::verify(&app, &by).unwrap(), Chain::Whole { .. }));
        let saves = audit::tail(&app, &by, 1_000_000).unwrap();
        let saves = saves.iter().filter(|row| row.verb == "enter-figures").count();
        let last = acknowledged.iter().next_back().copied().unwrap_or(0);
        let held = entered.first().map_or(0, |one| one.value.number().unwrap().digits());
        assert!(held >= last, "save {last} was acknowledged, {held} is there");
        assert_eq!(usize::try_from(held).unwrap(), saves, "each save has its row in the journal");
    }
    assert!(!acknowledged.is_empty(), "no process lived long enough to save");
}

/// Runs a process that saves, kills it some time after its first acknowledged save, and gives what it acknowledged.
fn killed_after(file: &Path, delay: Duration) -> Vec<i64> {
    let name = std::thread::current().name().unwrap().to_owned();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([&name, "--exact", "--nocapture"])
        .env(FILE, file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    let mut killer = None;
    let handle = std::sync::Arc::new(std::sync::Mutex::new(child));
    for line in lines.map_while(Result::ok) {
        let Some(number) = line.strip_prefix("saved ").and_then(|number| number.parse().ok()) else { continue };
        acknowledged.push(number);
        if killer.is_none() {
            let child = std::sync::Arc::clone(&handle);
            killer = Some(std::thread::spawn(move || {
                std::thread::sleep(delay);
                child.lock().unwrap().kill().unwrap();
            }));
        }
    }
    killer.expect("the process saved at least once").join().unwrap();
    handle.lock().unwrap().wait().unwrap();
    acknowledged
}

/// Saves one batch after another, saying after each that it is kept.
fn save_until_killed(file: &Path) -> ! {
    let db = Db::open(file).unwrap();
    let mut app = App::open(db, thidua_app::Clock::Set(crate::world::at())).unwrap();
    app.clock = thidua_app::Clock::Set(thidua_base::Timestamp::parse("2020-12-10T02:00:00Z").unwrap());
    let by = thidua_domain::Actor::operator("kiểm thử", app.home.tenant.clone());
    let scope = Scope::whole(app.home.tenant.clone());
    loop {
        let readings = app.db.read(|tx| reading::readings_of(tx, &scope, &[period()])).unwrap();
        let mine: Vec<&Reading> = readings.iter().filter(|one| one.unit == unit(COMMUNE)).collect();
        let next = mine.first().map_or(0, |one| one.value.number().unwrap().digits()) + 1;
        let changes: Vec<Change> = ["NN02", "NN09", "LD01"][..BATCH]
            .iter()
            .map(|indicator| {
                let over = mine.iter().find(|one| one.indicator == code(indicator)).map(|one| one.seq);
                change(&format!("k-{next}-{indicator}"), indicator, of(&next.to_string()), over)
            })
            .collect();
        thidua_app::collection::enter(&app, &by, &form_id(), period(), &changes).unwrap();
        let mut out = std::io::stdout();
        writeln!(out, "saved {next}").unwrap();
        out.flush().unwrap();
    }
}
