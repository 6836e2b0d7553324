//! `thidua report`: prints a report into files.

use std::path::PathBuf;

use clap::ArgMatches;
use thidua_app::report::{Format, make};

use crate::check::tally;
use crate::database::{Address, app, operator};
use crate::failure::Failure;
use crate::files::{ready, write_report};
use crate::speak::{Speech, note, say};
use crate::which::chosen;

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let folder = matches.get_one::<String>("out").map_or_else(|| PathBuf::from("."), PathBuf::from);
    ready(speech, &folder)?;
    let address = Address::given(speech, matches)?;
    let app = app(speech, matches)?;
    let id = chosen(speech, &app, matches)?;
    let made = make(&app, &operator(&app), &id).map_err(|error| Failure::of(speech, &error))?;
    let formats: Vec<Format> = match matches.get_one::<String>("format") {
        Some(word) => Format::ALL.into_iter().filter(|format| format.extension() == word).collect(),
        None => Format::ALL.to_vec(),
    };
    note(speech.get("say.writing"));
    for path in write_report(speech, &made, &folder, &formats)? {
        say(&speech.with("say.written", &[("path", &path.display().to_string())]));
    }
    note(&tally(speech, &made.remarks));
    if !made.remarks.is_empty() {
        note(&speech.with("say.remarks-see", &[("db", &address.shown())]));
    }
    Ok(())
}
