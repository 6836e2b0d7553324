//! The way of a figure (đường đi của số liệu): who entered it and how, when it was sent and taken in, where it was
//! printed.

use thidua_app::indicator::Trail;
use thidua_app::indicator::passport::Cell;
use thidua_base::Number;
use thidua_base::text::upper_first;
use thidua_domain::collection::How;
use thidua_domain::collection::entry::{Entry, Outcome};
use thidua_domain::indicator::Value;

use super::absence_word;
use crate::messages::Messages;
use crate::option::Link;
use crate::paths;
use crate::report::issue::issued_files;

/// Something that happened, as a row of a table.
#[derive(Debug)]
pub struct TrailView {
    /// When it arrived here.
    pub at: String,
    /// When the device says it was written; empty where it does not say.
    pub device_at: String,
    /// Who.
    pub by: String,
    /// What they did.
    pub what: String,
    /// The value, where one was entered.
    pub value: String,
    /// From where, why, and what became of it.
    pub detail: Vec<String>,
    /// Where it can be seen: the report, the frozen files.
    pub links: Vec<Link>,
}

/// The way of a cell's readings, oldest first.
pub fn trail(say: &'static Messages, cell: &Cell) -> Vec<TrailView> {
    cell.trail.iter().map(|step| view(say, cell, step)).collect()
}

fn view(say: &'static Messages, cell: &Cell, step: &Trail) -> TrailView {
    match step {
        Trail::Entered(entry) => TrailView {
            at: entry.at.in_table(),
            device_at: entry.change.device_at.map(|at| at.in_table()).unwrap_or_default(),
            by: entry.by.clone(),
            what: say.get(how_key(&entry.change.how)).to_owned(),
            value: match entry.change.value {
                Value::Of(number) => Number::vi_with(number, &cell.row.indicator.measure),
                Value::Absent(absence) => absence_word(say, absence).to_owned(),
            },
            detail: details(say, entry),
            links: Vec::new(),
        },
        Trail::Stepped(_, event) => TrailView {
            at: event.at.in_table(),
            device_at: String::new(),
            by: event.by.clone(),
            what: upper_first(say.get(&format!("verb.{}", event.verb.word()))),
            value: String::new(),
            detail: Some(event.reason.clone()).filter(|reason| !reason.is_empty()).into_iter().collect(),
            links: Vec::new(),
        },
        Trail::Issued(issue) => {
            let number = issue.number.to_string();
            let report = Link {
                label: say.with("trail.issue", &[("number", &number)]),
                href: format!("{}#ban-hanh", paths::report(&issue.report)),
            };
            let mut links = vec![report];
            links.extend(issued_files(say, &issue.report, issue.number));
            TrailView {
                at: issue.at.in_table(),
                device_at: String::new(),
                by: issue.by.clone(),
                what: say.get("trail.issued").to_owned(),
                value: String::new(),
                detail: Vec::new(),
                links,
            }
        }
    }
}

fn how_key(how: &How) -> &'static str {
    match how {
        How::Typed => "trail.typed",
        How::Pasted => "trail.pasted",
        How::Imported { .. } => "trail.imported",
        How::Api => "trail.api",
        How::CorrectedAbove => "trail.corrected-above",
    }
}

fn details(say: &'static Messages, entry: &Entry) -> Vec<String> {
    let mut details = Vec::new();
    if let How::Imported { file, hash, sheet, place } = &entry.change.how {
        let key = if sheet.is_empty() { "trail.file" } else { "trail.file-sheet" };
        details.push(say.with(key, &[("file", file), ("sheet", sheet), ("place", place)]));
        details.push(say.with("trail.hash", &[("hash", hash)]));
    }
    if !entry.change.note.is_empty() {
        details.push(say.with("trail.note", &[("note", &entry.change.note)]));
    }
    match entry.outcome {
        Outcome::Conflict { .. } => details.push(say.get("trail.conflict").to_owned()),
        Outcome::Unchanged { .. } => details.push(say.get("trail.unchanged").to_owned()),
        Outcome::Saved { .. } => {}
    }
    details
}
