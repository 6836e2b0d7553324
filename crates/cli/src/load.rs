//! `thidua load`: loads a data pack, from a folder or from inside the program.

use std::path::PathBuf;
use std::time::Instant;

use clap::ArgMatches;
use thidua_app::org::load_units;
use thidua_app::pack::{Files, Holds, Pack, UnitRegister, holds, load, read, read_units, shipped};
use thidua_app::{Clock, Error};
use thidua_domain::Refusal;
use thidua_law::Book;
use thidua_store::Db;

use crate::database::{Address, Missing, OPERATOR, book, open};
use crate::failure::Failure;
use crate::speak::{Speech, note, say};

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let asked = matches.get_one::<String>("pack").map_or("", String::as_str);
    let files = shipped(asked).unwrap_or_else(|| Files::Folder(PathBuf::from(asked)));
    // Read before the database is opened: a broken pack must not leave an empty database behind.
    let refused = |refusal: Refusal| Failure::of(speech, &refusal.into());
    let content = match holds(&files).map_err(refused)? {
        Holds::Report => {
            let book = book(speech)?;
            let pack = read(&files, book).map_err(refused)?;
            Content::Report(book, Box::new(pack))
        }
        Holds::Units => Content::Units(Box::new(read_units(&files).map_err(refused)?)),
    };
    let address = Address::given(speech, matches)?;
    let is_new = address.is_new();
    let db = open(speech, &address, Missing::Created)?;
    let outcome = match &content {
        Content::Report(book, pack) => load_into(speech, &db, book, pack),
        Content::Units(register) => {
            load_register(speech, &db, register, matches.get_one::<String>("tenant").map(String::as_str))
        }
    };
    drop(db);
    if outcome.is_err() && is_new {
        address.take_away();
    }
    outcome
}

/// What a pack holds, read.
enum Content {
    Report(&'static Book, Box<Pack>),
    Units(Box<UnitRegister>),
}

/// Loads a pack that was read, and says how many rows it had.
pub fn load_into(speech: Speech, db: &Db, book: &Book, pack: &Pack) -> Result<(), Failure> {
    told(speech, &pack.head.name.vi, || load(db, book, pack, OPERATOR, Clock::Machine.now()))
}

fn load_register(speech: Speech, db: &Db, register: &UnitRegister, into: Option<&str>) -> Result<(), Failure> {
    told(speech, &register.name.vi, || {
        load_units(db, register, into, OPERATOR, Clock::Machine.now()).map(|loaded| loaded.added + loaded.ended)
    })
}

/// Loads, and says how many rows it were and how long it took.
#[expect(clippy::disallowed_methods, reason = "tells the user how long it took; nothing depends on it")]
fn told(speech: Speech, pack: &str, load: impl FnOnce() -> Result<usize, Error>) -> Result<(), Failure> {
    note(&speech.with("say.loading", &[("pack", pack)]));
    let begun = Instant::now();
    let rows = load().map_err(|error| Failure::of(speech, &error))?;
    let took = begun.elapsed().as_millis().to_string();
    say(&speech.with("say.loaded", &[("pack", pack), ("rows", &rows.to_string()), ("ms", &took)]));
    Ok(())
}
