//! `thidua law …`: the law book that the program ships with; no database is opened.

mod instruments;

use clap::ArgMatches;

use crate::failure::Failure;
use crate::speak::Speech;

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("instruments", given)) => instruments::run(speech, given),
        Some((_, _)) | None => unreachable!("clap demands one of the commands above"),
    }
}
