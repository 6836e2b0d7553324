//! `thidua demo`: the sample in a folder of its own, its report in three formats, and the site.

use std::fs;
use std::path::PathBuf;

use clap::ArgMatches;
use thidua_app::pack::{loaded_hash, read, shipped};
use thidua_app::report::{Format, make};
use thidua_app::{App, Clock};
use thidua_domain::Refusal;

use crate::check::tally;
use crate::database::{Address, Missing, book, open, operator};
use crate::failure::Failure;
use crate::files::write_report;
use crate::load::load_into;
use crate::serve::serve;
use crate::speak::{Speech, note, say};

/// The pack the demonstration shows.
const PACK: &str = "trieu-son-2020";
/// The folder used where none is asked for.
const FOLDER: &str = "demo";

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let folder = matches.get_one::<String>("dir").map_or_else(|| PathBuf::from(FOLDER), PathBuf::from);
    fs::create_dir_all(&folder).map_err(|why| Failure::cannot_write(speech, &folder, &why))?;
    let shown = folder.canonicalize().unwrap_or_else(|_| folder.clone()).display().to_string();
    let unknown = || Failure::of(speech, &Refusal::UnknownReport { asked: PACK.to_owned() }.into());
    let files = shipped(PACK).ok_or_else(unknown)?;
    let book = book(speech)?;
    let pack = read(&files, &book).map_err(|refusal| Failure::of(speech, &refusal.into()))?;

    let db = open(speech, &Address::File(folder.join("thidua.sqlite")), Missing::Created)?;
    match loaded_hash(&db, &pack).map_err(|error| Failure::of(speech, &error))? {
        None => {
            note(&speech.with("say.building-db", &[("dir", &shown)]));
            load_into(speech, &db, &book, &pack)?;
        }
        Some(hash) => {
            note(&speech.with("say.reusing-db", &[("dir", &shown)]));
            if hash != pack.hash {
                note(&speech.with("say.other-pack", &[("dir", &shown)]));
            }
        }
    }

    let app = App::open(db, Clock::Machine).map_err(|error| Failure::of(speech, &error))?;
    let report = app.home.report.clone().ok_or_else(unknown)?;
    note(speech.get("say.writing"));
    let made = make(&app, &operator(&app), &report).map_err(|error| Failure::of(speech, &error))?;
    for path in write_report(speech, &made, &folder, &Format::ALL)? {
        say(&speech.with("say.written", &[("path", &path.display().to_string())]));
    }
    say(&tally(speech, &made.remarks));
    say(speech.get("say.sample"));
    if matches.get_flag("once") {
        return Ok(());
    }
    serve(speech, app, matches.get_one::<u16>("port").copied())
}
