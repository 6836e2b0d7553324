//! `thidua check`: what the checker says of a report, or of the figures that the founding paper printed.

use clap::ArgMatches;
use thidua_app::report::{check, check_printed};
use thidua_prose::check::{Remark, Severity};

use crate::database::{Address, app, operator};
use crate::failure::{Exit, Failure};
use crate::speak::{Speech, note, say};
use crate::which::chosen;

/// Runs the command; remarks of severity error end it with their own exit code.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let app = app(speech, &Address::given(matches))?;
    let id = chosen(speech, &app, matches)?;
    let by = operator(&app);
    let remarks = if matches.get_flag("printed") { check_printed(&app, &by, &id) } else { check(&app, &by, &id) };
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
    let place = if remark.place.is_empty() { String::new() } else { format!("{} · ", remark.place) };
    format!("{severity} · {place}{sentence} [{}]", remark.code)
}
