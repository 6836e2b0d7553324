//! Legal instruments.

pub mod list;
pub mod show;

use thidua_app::instrument::Catalogue;
use thidua_base::Date;
use thidua_base::code::InstrumentId;
use thidua_base::text::upper_first;
use thidua_law::holiday::Confidence;
use thidua_law::library::{LibraryEntry, Standing};

use crate::messages::Messages;
use crate::option::Link;
use crate::paths;

/// The day an address asks for; `Err` with what was typed where it is none.
fn asked_day(text: &str) -> Result<Option<Date>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    Date::parse(text).or_else(|_| Date::parse_vi(text)).map(Some).map_err(|_| text.to_owned())
}

/// The word of a standing, and the class of its look.
fn standing_word(say: &'static Messages, standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::InForce => (say.get("instrument.holds"), "good"),
        Standing::NotYet => (say.get("instrument.not-yet"), "note"),
        Standing::Ended => (say.get("instrument.ended"), "ended"),
        Standing::Unknown => (say.get("instrument.unknown"), "plain"),
    }
}

/// How surely something is known, in a sentence.
fn confidence_word(say: &'static Messages, confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::TextSeen => say.get("instrument.sure-text-seen"),
        Confidence::Secondary => say.get("instrument.sure-secondary"),
        Confidence::Recalled => say.get("instrument.sure-recalled"),
    }
}

/// An instrument by kind and number, leading to its page on the day that is shown.
fn link(entry: &LibraryEntry, asked: &str) -> Link {
    Link { label: entry.name(), href: href(&entry.id, asked) }
}

/// The page of an instrument on the day that was asked for, if one was.
fn href(id: &InstrumentId, asked: &str) -> String {
    paths::with_query(&paths::instrument(id), &[("ngay", asked)])
}

/// The span in force, as a table shows it.
fn span(say: &'static Messages, entry: &LibraryEntry) -> String {
    let from = entry.in_force_from.map_or_else(|| "?".to_owned(), Date::in_table);
    match entry.end {
        Some(end) => format!("{from} – {}", end.day.day_before().in_table()),
        None if entry.in_force_from.is_none() => say.get("instrument.no-day").to_owned(),
        None => say.with("instrument.since", &[("day", &from)]),
    }
}

/// That an instrument ends soon, where it does.
fn lapsing_word(say: &'static Messages, entry: &LibraryEntry, day: Date) -> String {
    match entry.days_left(day).filter(|_| entry.is_lapsing(day)) {
        Some(left) => say.with("instrument.lapsing", &[("days", &left.to_string())]),
        None => String::new(),
    }
}

/// A line of what ends soon, for those whose work rests on it.
#[derive(Debug)]
pub struct LapsingRow {
    /// The last day in force.
    pub until: String,
    /// How long that is.
    pub left: String,
    /// The instrument.
    pub link: Link,
    /// Its title.
    pub title: String,
    /// What takes its place; empty where nothing is known.
    pub successor: String,
}

/// What ends soon, the nearest end first.
pub fn lapsing_rows(say: &'static Messages, catalogue: &Catalogue) -> Vec<LapsingRow> {
    let day = catalogue.day;
    let rows = catalogue.library.lapsing(day).into_iter().map(|entry| LapsingRow {
        until: entry.end.map(|end| end.day.day_before().in_table()).unwrap_or_default(),
        left: lapsing_word(say, entry, day),
        link: link(entry, &day.to_string()),
        title: upper_first(&entry.title),
        successor: match entry.replaced_by.as_ref().and_then(|id| catalogue.library.get(id)) {
            Some(next) => say.with("instrument.lapsing-replaced", &[("by", &next.name())]),
            None => say.get("instrument.lapsing-open").to_owned(),
        },
    });
    rows.collect()
}

#[cfg(test)]
impl LapsingRow {
    /// A line with a long title.
    pub fn sample() -> Self {
        Self {
            until: "28/02/2027".into(),
            left: "97".into(),
            link: Link { label: "Nghị định số 152/2025/NĐ-CP".into(), href: "/van-ban/x".into() },
            title: crate::sampled::LONG_NAME.into(),
            successor: "x".into(),
        }
    }
}
