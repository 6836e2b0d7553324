//! `thidua check`: what the checker says of a report, or of the figures that the founding paper printed.

use std::path::PathBuf;

use clap::ArgMatches;
use thidua_app::pack::{Files, read, shipped};
use thidua_app::report::{check, check_printed, printed_of_loaded};
use thidua_app::{App, Error};
use thidua_prose::check::{Remark, Severity};
use thidua_report::printed::Printed;

use crate::database::{app, operator};
use crate::failure::{Exit, Failure};
use crate::speak::{Speech, note, say};
use crate::which::chosen;

/// Runs the command; remarks of severity error end it with their own exit code.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let app = app(speech, matches)?;
    let id = chosen(speech, &app, matches)?;
    let by = operator(&app);
    let remarks = if matches.get_flag("printed") {
        claims(&app, matches).and_then(|claims| check_printed(&app, &by, &id, &claims))
    } else {
        check(&app, &by, &id)
    };
    let remarks = remarks.map_err(|error| Failure::of(speech, &error))?;
    for remark in &remarks {
        say(&line(speech, remark));
    }
    note(&tally(speech, &remarks));
    if remarks.iter().any(|remark| remark.severity == Severity::Error) {
        return Err(Failure { exit: Exit::Findings, sentence: String::new() });
    }
    Ok(())
}

/// The claims of the pack named, or of the one that was loaded.
fn claims(app: &App, matches: &ArgMatches) -> Result<Printed, Error> {
    match matches.get_one::<String>("pack") {
        Some(named) => {
            let files = shipped(named).unwrap_or_else(|| Files::Folder(PathBuf::from(named)));
            Ok(read(&files, app.shipped)?.printed)
        }
        None => printed_of_loaded(app, &operator(app)),
    }
}

/// How many remarks there are of each severity.
pub fn tally(speech: Speech, remarks: &[Remark]) -> String {
    if remarks.is_empty() {
        return speech.get("say.no-remarks").to_owned();
    }
    let count = |severity| remarks.iter().filter(|remark| remark.severity == severity).count().to_string();
    let facts =
        [("errors", count(Severity::Error)), ("residues", count(Severity::Residue)), ("hints", count(Severity::Hint))];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(key, value)| (*key, value.as_str())).collect();
    speech.with("say.remarks", &facts)
}

/// `lỗi · 2.1 ¶2 · …` with the code at the end, for those who look it up.
fn line(speech: Speech, remark: &Remark) -> String {
    let severity = speech.get(match remark.severity {
        Severity::Error => "say.severity-error",
        Severity::Residue => "say.severity-residue",
        Severity::Hint => "say.severity-hint",
    });
    let sentence = speech.shared.remark(remark);
    let place = place(speech, &remark.place);
    let place = if place.is_empty() { place } else { format!("{place} · ") };
    format!("{severity} · {place}{sentence} [{}]", remark.code)
}

/// `Số, ký hiệu`, `2.1. đoạn 2`; a code stays as it is.
fn place(speech: Speech, place: &str) -> String {
    if let Some(known) = speech.shared.find(&format!("place.{place}")) {
        return known.to_owned();
    }
    let Some((number, rest)) = place.split_once(" [") else { return place.to_owned() };
    match rest.split_once('¶') {
        Some((_, paragraph)) => format!("{number} {}", speech.shared.with("place.paragraph", &[("number", paragraph)])),
        None => number.to_owned(),
    }
}
