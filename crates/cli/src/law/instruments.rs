//! `thidua law instruments`: the legal instruments of the law book, found by words and as they stand on a day.

use clap::ArgMatches;
use serde::Serialize;
use thidua_app::Clock;
use thidua_base::Date;
use thidua_base::text::upper_first;
use thidua_law::holiday::Confidence;
use thidua_law::library::{LibraryEntry, Standing};

use crate::database::book;
use crate::failure::{Exit, Failure};
use crate::speak::{Speech, note, say};

/// An instrument as `--json` prints it: the names of `/api/v1/law/instruments`.
#[derive(Debug, Serialize)]
struct Out<'a> {
    id: &'a str,
    kind: &'a str,
    number: &'a str,
    title: &'a str,
    issuer: &'a str,
    issued_on: Option<String>,
    in_force_from: Option<String>,
    in_force_to: Option<String>,
    is_end_foreseen: bool,
    day: String,
    standing: &'static str,
    days_left: Option<i64>,
    is_lapsing: bool,
    replaced_by: Option<&'a str>,
    amends: Vec<&'a str>,
    role: &'a str,
    note: &'a str,
    confidence: Option<&'static str>,
    sources: &'a [String],
}

/// Runs the command: with `--on` only what is in force on that day, else everything as it stands today.
pub fn run(speech: Speech, given: &ArgMatches) -> Result<(), Failure> {
    let text = |name: &str| given.get_one::<String>(name).map(String::as_str);
    let on = match text("on") {
        None => None,
        Some(asked) => Some(
            Date::parse(asked)
                .or_else(|_| Date::parse_vi(asked))
                .map_err(|_| Failure::refused(speech.with("fail.bad-day", &[("asked", asked)])))?,
        ),
    };
    let day = on.unwrap_or_else(|| Clock::Machine.now().date_in_vietnam());
    let book = book(speech)?;
    let asked = text("find").unwrap_or_default();
    let mut found = book.library().find(asked);
    if on.is_some() {
        found.retain(|found| found.entry.standing(day) == Standing::InForce);
    }
    let entries: Vec<&LibraryEntry> = found.iter().map(|found| found.entry).collect();
    if given.get_flag("json") {
        let out: Vec<Out> = entries.iter().map(|entry| told(entry, day)).collect();
        let text = serde_json::to_string_pretty(&out).map_err(|error| Failure {
            exit: Exit::Internal,
            sentence: speech.with("fail.internal", &[("why", &error.to_string())]),
        })?;
        say(&text);
        return Ok(());
    }
    if !asked.is_empty() && !found.is_empty() && found.iter().all(|found| !found.is_exact) {
        note(&speech.with("say.instruments-nearest", &[("asked", asked)]));
    }
    for entry in &entries {
        say(&line(speech, entry, day));
    }
    let facts = [("count", &*entries.len().to_string()), ("day", &*day.in_text())];
    note(&speech.with("say.instruments-count", &facts));
    Ok(())
}

fn line(speech: Speech, entry: &LibraryEntry, day: Date) -> String {
    let or_unknown = |day: Option<Date>| day.map_or_else(|| "?".to_owned(), Date::in_table);
    let standing = speech.get(match entry.standing(day) {
        Standing::InForce => "say.instrument-in-force",
        Standing::NotYet => "say.instrument-not-yet",
        Standing::Ended => "say.instrument-ended",
        Standing::Unknown => "say.instrument-unknown",
    });
    let facts = [
        ("name", entry.name()),
        ("title", upper_first(&entry.title)),
        ("from", or_unknown(entry.in_force_from)),
        ("to", entry.end.map_or_else(|| "…".to_owned(), |end| end.day.day_before().in_table())),
        ("standing", standing.to_owned()),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut line = speech.with("say.instrument", &facts);
    if let Some(left) = entry.days_left(day).filter(|_| entry.is_lapsing(day)) {
        line.push_str(&speech.with("say.instrument-lapsing", &[("days", &left.to_string())]));
    }
    line
}

fn told(entry: &LibraryEntry, day: Date) -> Out<'_> {
    Out {
        id: entry.id.as_str(),
        kind: &entry.kind,
        number: &entry.number,
        title: &entry.title,
        issuer: &entry.issuer,
        issued_on: entry.issued_on.map(|day| day.to_string()),
        in_force_from: entry.in_force_from.map(|day| day.to_string()),
        in_force_to: entry.end.map(|end| end.day.to_string()),
        is_end_foreseen: entry.end.is_some_and(|end| end.is_foreseen),
        day: day.to_string(),
        standing: entry.standing(day).word(),
        days_left: entry.days_left(day),
        is_lapsing: entry.is_lapsing(day),
        replaced_by: entry.replaced_by.as_ref().map(|id| id.as_str()),
        amends: entry.amends.iter().map(|id| id.as_str()).collect(),
        role: &entry.role,
        note: &entry.note,
        confidence: entry.sureness.map(|sure| sure.entry).map(Confidence::word),
        sources: &entry.sources,
    }
}
