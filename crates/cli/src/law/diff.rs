//! `thidua law diff DAY DAY`: what changes in the law book between two days, in words.

use clap::ArgMatches;
use serde::Serialize;
use thidua_base::code::HonourCode;
use thidua_law::diff::diff;
use thidua_web::messages::Lang;

use crate::database::book;
use crate::failure::Failure;
use crate::speak::{Speech, note, say};

/// A change as `--json` prints it.
#[derive(Debug, Serialize)]
struct Out<'a> {
    honour: Option<&'a str>,
    about: &'a str,
    cite: Option<&'a str>,
    vi: &'a str,
    en: &'a str,
}

/// Runs the command.
pub fn run(speech: Speech, given: &ArgMatches) -> Result<(), Failure> {
    let day = |name: &str| super::day(speech, given.get_one::<String>(name).map_or("", String::as_str));
    let (before, after) = (day("before")?, day("after")?);
    let book = book(speech)?;
    let only = given.get_one::<String>("honour").map(|code| super::honour(speech, book, code)).transpose()?;
    let changes = diff(book, before, after, only.as_ref());
    if given.get_flag("json") {
        let out: Vec<Out> = changes
            .iter()
            .map(|change| Out {
                honour: change.honour.as_ref().map(HonourCode::as_str),
                about: &change.about,
                cite: change.cite.as_deref(),
                vi: &change.said.vi,
                en: &change.said.en,
            })
            .collect();
        say(&super::json(speech, &out)?);
        return Ok(());
    }
    let is_vietnamese = speech.shared.lang() == Lang::Vi;
    let mut shown: Option<&HonourCode> = None;
    for change in &changes {
        if let Some(code) = change.honour.as_ref().filter(|code| shown != Some(*code)) {
            let name = book.rules().name(code);
            say(&format!("{} ({code})", if is_vietnamese { name.vi } else { name.en }));
            shown = Some(code);
        }
        let said = if is_vietnamese { &change.said.vi } else { &change.said.en };
        let cite = change.cite.as_ref().map(|cite| format!(" [{cite}]")).unwrap_or_default();
        say(&format!("  {said}{cite}"));
    }
    note(&speech.with("say.law-changes", &[("count", &changes.len().to_string())]));
    Ok(())
}
