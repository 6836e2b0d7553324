//! `thidua law …`: the law book that the program ships with, and what is loaded beside it in a database.

mod check;
mod diff;
mod instruments;
mod load;
mod new;

use clap::ArgMatches;
use serde::Serialize;
use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_law::Book;

use crate::failure::{Exit, Failure};
use crate::speak::Speech;

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("instruments", given)) => instruments::run(speech, given),
        Some(("check", given)) => check::run(speech, given),
        Some(("diff", given)) => diff::run(speech, given),
        Some(("new", given)) => new::run(speech, given),
        Some(("load", given)) => load::load(speech, given),
        Some(("loaded", given)) => load::list(speech, given),
        Some(("unload", given)) => load::unload(speech, given),
        Some((_, _)) | None => unreachable!("clap demands one of the commands above"),
    }
}

/// A day as it was typed.
fn day(speech: Speech, asked: &str) -> Result<Date, Failure> {
    let read = Date::parse(asked).or_else(|_| Date::parse_vi(asked));
    read.map_err(|_| Failure::refused(speech.with("fail.bad-day", &[("asked", asked)])))
}

/// An honour of the book by its code.
fn honour(speech: Speech, book: &Book, asked: &str) -> Result<HonourCode, Failure> {
    let known = HonourCode::parse(asked).ok().filter(|code| book.honour(code).is_some());
    known.ok_or_else(|| Failure::refused(speech.with("fail.law-honour", &[("asked", asked)])))
}

/// A value as JSON.
fn json(speech: Speech, value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| Failure {
        exit: Exit::Internal,
        sentence: speech.with("fail.internal", &[("why", &error.to_string())]),
    })
}
