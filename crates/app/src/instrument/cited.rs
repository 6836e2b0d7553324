//! What cites an instrument: rows that name it, and reports whose text does.

use std::collections::BTreeMap;

use thidua_base::code::{FormId, HonourCode, IndicatorCode, InstrumentId, MovementCode, PlanId, ReportId};
use thidua_base::{Date, Timestamp};
use thidua_domain::Actor;
use thidua_domain::draft::{Issue, Passage};
use thidua_law::Library;
use thidua_law::library::{Citation, Cites, Citing, citations};
use thidua_law::table::Said;
use thidua_report::template::{Piece, parse};
use thidua_store as store;
use thidua_store::Tx;

use crate::{App, Error};

/// What cites an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitedBy {
    /// An honour of the law book, by its conditions, its procedure or as the rule of one of its versions.
    Honour(HonourCode, Said),
    /// A movement that it launched.
    Movement(MovementCode, String),
    /// A form of figures, by its number and title.
    Form(FormId, String),
    /// A rule of the checks of sheets, by its code.
    Check(String),
    /// A plan that is this document, or refers to it.
    Plan(PlanId, String),
    /// The definition of an indicator.
    Indicator(IndicatorCode, String),
    /// Something that happened to units on a day, by the kind of event.
    Event(String, Date),
    /// Units that exist or work by it: how many, and one of them by name.
    Units(usize, String),
    /// Days off of a year; `None` for the weekly ones.
    DaysOff(Option<i16>),
}

/// A report whose text cites an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitingReport {
    /// The report.
    pub id: ReportId,
    /// The name of its form.
    pub form_name: String,
    /// The name of its unit on its day.
    pub unit_name: String,
    /// The day whose law it follows.
    pub dated: Date,
    /// Whether its text cites it as it stands.
    pub is_current: bool,
    /// The issues whose text cited it.
    pub issues: Vec<Issue>,
}

/// What of the rows within reach cites an instrument, in the order of the variants of [`CitedBy`].
pub(super) fn in_data(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    library: &Library,
    id: &InstrumentId,
) -> Result<Vec<Citation<CitedBy>>, Error> {
    let ground = app.ground(tx, &by.scope)?;
    let words = |what, text: &str| Citing { what, cites: Cites::Words(text.to_owned()) };
    let book = app.book_in(tx, by)?;
    let mut citing = Vec::new();
    for honour in book.honours() {
        let what = || CitedBy::Honour(honour.code.clone(), Said::new(honour.name.clone(), honour.name_en.clone()));
        let places = honour.places_in(id).into_iter();
        citing.extend(places.map(|place| Citing { what: what(), cites: Cites::Instrument(id.clone(), place) }));
    }
    for movement in store::movement::movements(tx, &by.scope)? {
        if let Some(launched_by) = movement.launched_by {
            let cites = Cites::Instrument(launched_by, String::new());
            citing.push(Citing { what: CitedBy::Movement(movement.code, movement.name), cites });
        }
    }
    for form in store::collection::forms(tx, &by.scope)? {
        citing.push(words(CitedBy::Form(form.id, format!("{} – {}", form.number, form.name)), &form.legal_ref));
    }
    citing.extend(app.rules.rules().iter().map(|rule| words(CitedBy::Check(rule.code.clone()), &rule.legal_ref)));
    for plan in &ground.plans {
        let what = CitedBy::Plan(plan.id.clone(), format!("{} {}", plan.word, plan.period));
        citing.push(words(what, &format!("{}; {}", plan.number, plan.provenance.source)));
    }
    for indicator in &ground.indicators {
        let what = CitedBy::Indicator(indicator.code.clone(), indicator.name.clone());
        citing.push(words(what, &indicator.definition));
    }
    for event in &ground.events {
        citing.push(words(CitedBy::Event(event.kind.clone(), event.effective_on), &event.legal_ref));
    }
    let calendar = app.shipped.calendar();
    citing.push(words(CitedBy::DaysOff(None), &calendar.week().cites));
    if let Some((first, last)) = calendar.years()
        && let (Some(after), Some(until)) = (Date::new(first - 1, 12, 31), Date::new(last, 12, 31))
    {
        let marked = calendar.marked_between(after, until);
        citing.extend(marked.map(|day| words(CitedBy::DaysOff(Some(day.day.year())), &day.cites)));
    }
    let mut found = citations(library, citing).remove(id).unwrap_or_default();
    let of_units = ground.units.iter().map(|unit| {
        let text = format!("{}; {}", unit.legal_ref, unit.provenance.source);
        words(CitedBy::Units(1, unit.name.clone()), &text)
    });
    let units = citations(library, of_units).remove(id).unwrap_or_default();
    if let Some(Citation { what: CitedBy::Units(_, first), .. }) = units.first() {
        found.push(Citation { what: CitedBy::Units(units.len(), first.clone()), provision: String::new() });
    }
    Ok(found)
}

/// The reports within reach whose text cites an instrument, now or when they were issued.
pub(super) fn in_reports(tx: &mut Tx, app: &App, by: &Actor, id: &InstrumentId) -> Result<Vec<CitingReport>, Error> {
    let mut passages: BTreeMap<ReportId, Vec<(Passage, Option<Timestamp>)>> = BTreeMap::new();
    for (passage, until) in store::draft::passages_naming(tx, &by.scope, id)? {
        if cites(&passage.text, id) {
            passages.entry(passage.report.clone()).or_default().push((passage, until));
        }
    }
    let mut tasks = store::finding::tasks_naming(tx, &by.scope, id)?;
    tasks.retain(|task| cites(&task.text, id));
    let issues = store::report_issue::issues(tx, &by.scope)?;
    let ground = app.ground(tx, &by.scope)?;
    let mut reports = store::office::reports(tx, &by.scope)?;
    reports.sort_by(|a, b| b.period.last_day().cmp(&a.period.last_day()).then_with(|| a.id.cmp(&b.id)));
    let citing = reports.into_iter().filter_map(|report| {
        let versions = passages.remove(&report.id).unwrap_or_default();
        // Tasks have one version: what stands today is what was printed.
        let by_task = tasks.iter().any(|task| task.period == report.period.next());
        let cited_at = |at: Timestamp| {
            versions.iter().any(|(passage, until)| passage.written_at <= at && until.is_none_or(|until| at < until))
        };
        let issued = issues.iter().filter(|issue| issue.report == report.id && (by_task || cited_at(issue.at)));
        let found = CitingReport {
            form_name: thidua_report::form::form(&report.form)
                .map_or_else(|| report.form.clone(), |form| form.name.vi.clone()),
            unit_name: ground.units.name_on(&report.unit, report.dated),
            dated: report.dated,
            is_current: by_task || versions.iter().any(|(_, until)| until.is_none()),
            issues: issued.cloned().collect(),
            id: report.id,
        };
        (found.is_current || !found.issues.is_empty()).then_some(found)
    });
    Ok(citing.collect())
}

/// Whether a template cites an instrument: `{van-ban ID}`.
fn cites(template: &str, id: &InstrumentId) -> bool {
    let pieces = parse(template).unwrap_or_default();
    pieces.iter().any(|piece| match piece {
        Piece::Slot(slot) => {
            slot.words.first().is_some_and(|word| word == "van-ban") && slot.words[1..] == [id.as_str()]
        }
        Piece::Text(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_cites_what_stands_in_its_place_for_instruments() {
        let id = InstrumentId::parse("a-1").unwrap();
        assert!(cites("theo {van-ban  a-1} và", &id));
        for other in ["theo {van-ban a-12}", "theo {{van-ban a-1}}", "theo {don-vi a-1}", "a-1", "{van-ban a-1"] {
            assert!(!cites(other, &id), "{other}");
        }
    }
}
