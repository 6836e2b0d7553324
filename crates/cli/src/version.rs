//! `thidua version`: what this binary is and knows.

use thidua_store::MIGRATIONS;

use crate::database::book;
use crate::failure::Failure;
use crate::speak::{Speech, say};

/// Runs the command.
pub fn run(speech: Speech) -> Result<(), Failure> {
    let book = book(speech)?;
    let facts = [
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("schema", MIGRATIONS.len().to_string()),
        ("instruments", book.instruments().count().to_string()),
        ("honours", book.honours().count().to_string()),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(key, value)| (*key, value.as_str())).collect();
    say(&speech.with("say.version", &facts));
    Ok(())
}
