//! `thidua override`: replaces a printed figure, with a reason.

use clap::ArgMatches;
use thidua_app::report::{NewOverride, Printed, override_figure};
use thidua_base::code::ReportId;
use thidua_domain::Refusal;

use crate::database::{app, operator};
use crate::failure::Failure;
use crate::speak::{Speech, say};

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let asked = text("report");
    let report = ReportId::parse(&asked)
        .map_err(|_| Failure::of(speech, &Refusal::UnknownReport { asked: asked.clone() }.into()))?;
    let app = app(speech, matches)?;
    let by = thidua_domain::Actor { name: text("by"), ..operator(&app) };
    let printed = if matches.get_flag("withdraw") { Printed::ByRule } else { Printed::Number(text("value")) };
    let new = NewOverride { line: text("line"), printed, reason: text("reason") };
    let done = override_figure(&app, &by, &report, &new).map_err(|error| Failure::of(speech, &error))?;
    let key = if done.printed.is_empty() { "say.taken-back" } else { "say.overridden" };
    let facts = [
        ("line", done.line.as_str()),
        ("printed", &done.printed),
        ("computed", &done.computed),
        ("reason", &done.reason),
    ];
    say(&speech.with(key, &facts));
    Ok(())
}
