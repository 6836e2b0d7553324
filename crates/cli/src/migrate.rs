//! `thidua migrate`: brings a database to the structure of this version.

use clap::ArgMatches;

use crate::database::{Address, Missing, open};
use crate::failure::Failure;
use crate::speak::{Speech, say};

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let db = open(speech, &Address::given(speech, matches)?, Missing::Created)?;
    let schema = db.schema_number().map_err(|error| Failure::of_store(speech, &error))?;
    say(&speech.with("say.migrated", &[("schema", &schema.to_string())]));
    Ok(())
}
