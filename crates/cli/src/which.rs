//! Which report a command means.

use clap::ArgMatches;
use thidua_app::App;
use thidua_app::report::list;
use thidua_base::Period;
use thidua_base::code::ReportId;
use thidua_base::text::fold;
use thidua_domain::Refusal;
use thidua_domain::org::Unit;
use thidua_report::form::forms;

use crate::database::operator;
use crate::failure::Failure;
use crate::speak::Speech;

/// The report named by id, or by unit, period and form, or the latest.
pub fn chosen(speech: Speech, app: &App, matches: &ArgMatches) -> Result<ReportId, Failure> {
    let refused = |refusal: Refusal| Failure::of(speech, &refusal.into());
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let listed = list(app, &operator(app)).map_err(|error| Failure::of(speech, &error))?;
    if let Some(asked) = text("report") {
        let found = listed.iter().find(|listed| listed.report.id.as_str() == asked);
        let unknown = || refused(Refusal::UnknownReport { asked: asked.to_owned() });
        return found.map(|listed| listed.report.id.clone()).ok_or_else(unknown);
    }
    let mut left = listed.clone();
    if let Some(asked) = text("form") {
        if !forms().iter().any(|form| form.code == asked) {
            let known = forms().iter().map(|form| form.code.clone()).collect();
            return Err(refused(Refusal::UnknownForm { asked: asked.to_owned(), known }));
        }
        left.retain(|listed| listed.report.form == asked);
    }
    if let Some(asked) = text("unit") {
        let units = thidua_app::org::all(app, &operator(app)).map_err(|error| Failure::of(speech, &error))?;
        let Some(unit) = unit_called(&units, asked) else {
            return Err(refused(Refusal::UnknownUnit { asked: asked.to_owned(), near: near(&units, asked) }));
        };
        left.retain(|listed| listed.report.unit == unit.id);
    }
    if let Some(asked) = text("period") {
        let period = Period::parse(asked).ok();
        let mut known: Vec<String> = left.iter().map(|listed| listed.report.period.to_string()).collect();
        known.dedup();
        left.retain(|listed| Some(listed.report.period) == period);
        if left.is_empty() {
            return Err(refused(Refusal::UnknownPeriod { asked: asked.to_owned(), known }));
        }
    }
    match left.as_slice() {
        [] => Err(refused(Refusal::UnknownReport {
            asked: [text("unit"), text("period"), text("form")].into_iter().flatten().collect::<Vec<_>>().join(" "),
        })),
        [one] => Ok(one.report.id.clone()),
        // Nothing asked for: the latest, which the list puts first.
        [latest, ..] if text("unit").is_none() && text("period").is_none() => Ok(latest.report.id.clone()),
        several => {
            let ids: Vec<&str> = several.iter().map(|listed| listed.report.id.as_str()).collect();
            Err(Failure::refused(speech.with("fail.ambiguous", &[("reports", &ids.join(", "))])))
        }
    }
}

/// A unit by id, or by its full or short name typed with or without marks.
pub fn unit_called<'a>(units: &'a [Unit], asked: &str) -> Option<&'a Unit> {
    let wanted = spoken(asked);
    units
        .iter()
        .find(|unit| unit.id.as_str() == asked)
        .or_else(|| units.iter().find(|unit| spoken(&unit.name) == wanted))
        .or_else(|| units.iter().find(|unit| spoken(&unit.short_name) == wanted))
}

/// A name as people type it: without marks, hyphens as spaces.
fn spoken(name: &str) -> String {
    fold(&name.replace('-', " "))
}

/// Names that share a word with what was asked, at most five.
pub fn near(units: &[Unit], asked: &str) -> Vec<String> {
    let wanted = fold(asked);
    let words: Vec<&str> = wanted.split(' ').filter(|word| word.len() > 1).collect();
    let shares = |unit: &&Unit| fold(&unit.name).split(' ').any(|word| words.contains(&word));
    let mut names: Vec<String> = units.iter().filter(shares).map(|unit| unit.name.clone()).collect();
    names.dedup();
    names.truncate(5);
    names
}
