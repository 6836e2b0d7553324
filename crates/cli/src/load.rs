//! `thidua load`: loads a data pack, from a folder or from inside the program.

use std::path::PathBuf;
use std::time::Instant;

use clap::ArgMatches;
use thidua_app::Clock;
use thidua_app::pack::{Files, Pack, load, read, shipped};
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
    let book = book(speech)?;
    let pack = read(&files, &book).map_err(|refusal| Failure::of(speech, &refusal.into()))?;
    let db = open(speech, &Address::given(matches), Missing::Created)?;
    load_into(speech, &db, &book, &pack)
}

/// Loads a pack that was read, and says how many rows it had.
#[expect(clippy::disallowed_methods, reason = "tells the user how long it took; nothing depends on it")]
pub fn load_into(speech: Speech, db: &Db, book: &Book, pack: &Pack) -> Result<(), Failure> {
    note(&speech.with("say.loading", &[("pack", &pack.head.name.vi)]));
    let begun = Instant::now();
    let rows = load(db, book, pack, OPERATOR, Clock::Machine.now()).map_err(|error| Failure::of(speech, &error))?;
    let took = begun.elapsed().as_millis().to_string();
    let facts = [("pack", pack.head.name.vi.as_str()), ("rows", &rows.to_string()), ("ms", &took)];
    say(&speech.with("say.loaded", &facts));
    Ok(())
}
