//! Enters figures (nhập số liệu): a batch of changes, each decided for itself, all of them kept in one transaction.
//!
//! A batch may come twice, or days after it was typed: a change that arrived before is answered as it was then, and one
//! made over a reading that holds its cell no more is kept beside it as a conflict.

use std::collections::BTreeMap;

use thidua_base::code::{ChangeId, FormId, IndicatorCode, OrgId};
use thidua_base::text::nfc;
use thidua_base::{Period, Timestamp};
use thidua_domain::actor::{Capacity, Thing, Verb};
use thidua_domain::collection::entry::{Cell, Change, Decision, Entry, How, Outcome, decide};
use thidua_domain::collection::{Extension, Stage, Submission};
use thidua_domain::indicator::definition::all_defined;
use thidua_domain::indicator::{Indicator, Nature, Qualifier, Reading};
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_store as store;

use super::held::{Held, held, of_units};
use crate::permit::permit;
use crate::{App, Error};

/// What became of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The change.
    pub change: ChangeId,
    /// What became of it, or why nothing did.
    pub outcome: Result<Outcome, Refusal>,
    /// The reading that holds its cell now.
    pub holds: Option<Reading>,
}

/// Most changes in one batch: a page of three hundred rows sends a few of them.
pub const CHANGES_MAX: usize = 2_000;

/// Enters a batch of changes of one form and period; the units may be several.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle, or a unit is not the actor's to enter for or does not report in it:
/// then nothing of the batch is kept. What a single change is refused for stands in its answer.
pub fn enter(app: &App, by: &Actor, form: &FormId, period: Period, changes: &[Change]) -> Result<Vec<Answer>, Error> {
    entered(app, by, form, period, changes, Refused::LeftOut)
}

/// Enters a batch of changes as a whole: where one of them is refused, none is kept.
///
/// # Errors
/// As [`enter`].
pub fn enter_whole(
    app: &App,
    by: &Actor,
    form: &FormId,
    period: Period,
    changes: &[Change],
) -> Result<Vec<Answer>, Error> {
    entered(app, by, form, period, changes, Refused::StopsAll)
}

/// What a refused change means for the others of its batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    LeftOut,
    StopsAll,
}

fn entered(
    app: &App,
    by: &Actor,
    form: &FormId,
    period: Period,
    changes: &[Change],
    refused: Refused,
) -> Result<Vec<Answer>, Error> {
    if changes.len() > CHANGES_MAX {
        return Err(Refusal::TooMany { most: CHANGES_MAX }.into());
    }
    let mut tx = app.db.begin()?;
    let tenant = &by.scope.tenant;
    let last = store::reading::lock(&mut tx, tenant)?;
    let held = held(&mut tx, by, form, period)?;
    let mut units: Vec<OrgId> = changes.iter().map(|change| change.unit.clone()).collect();
    units.sort();
    units.dedup();
    for change in changes {
        let may_enter = match change.how {
            How::CorrectedAbove => permit(by, Verb::CorrectFigures, Thing::Unit(&held.form.receiver), "sheet"),
            How::Typed | How::Pasted | How::Imported { .. } | How::Api => {
                permit(by, Verb::EnterFigures, Thing::Unit(&change.unit), "sheet")
            }
        };
        may_enter?;
        if change.form != *form || change.period != period {
            return Err(Error::NotFound("sheet"));
        }
    }
    if !held.report(&mut tx, by, &units)? {
        return Err(Error::NotFound("sheet"));
    }
    let scope = of_units(by, &units);
    let ids: Vec<&ChangeId> = changes.iter().map(|change| &change.id).collect();
    let known = store::collection::entry::by_ids(&mut tx, &scope, &ids)?;
    let readings = store::reading::readings_of(&mut tx, &scope, &[period])?;
    let indicators = store::indicator::indicators(&mut tx, &by.scope)?;
    let submissions = store::collection::submission::submissions(&mut tx, &scope, form, period)?;
    let extensions = store::collection::cycle::extensions(&mut tx, &scope)?;

    let now = app.clock.now();
    let mut desk = Desk::new(by, &held, now, last, &indicators, readings, &submissions, &extensions);
    let answers: Vec<Answer> = changes
        .iter()
        .map(|change| match known.iter().find(|entry| entry.change.id == change.id) {
            Some(entry) => desk.again(entry),
            None => desk.decide(change),
        })
        .collect();

    let is_stopped = refused == Refused::StopsAll && answers.iter().any(|answer| answer.outcome.is_err());
    if !desk.entries.is_empty() && !is_stopped {
        store::reading::insert_many(&mut tx, tenant, &desk.written)?;
        store::collection::entry::insert_many(&mut tx, tenant, &desk.entries)?;
        let (subject, detail) = (format!("cycle:{form}:{period}"), desk.told(&units));
        store::audit::append(&mut tx, by, now, Verb::EnterFigures.word(), &subject, &detail)?;
        tx.commit()?;
    }
    Ok(answers)
}

type CellKey = (IndicatorCode, OrgId, Nature);

/// The cells of a batch, as they stand after each change.
struct Desk<'a> {
    by: &'a Actor,
    held: &'a Held,
    now: Timestamp,
    next: i64,
    definitions: BTreeMap<&'a IndicatorCode, &'a Indicator>,
    cells: BTreeMap<CellKey, Reading>,
    states: BTreeMap<&'a OrgId, &'a Submission>,
    extensions: &'a [Extension],
    written: Vec<Reading>,
    entries: Vec<Entry>,
}

impl<'a> Desk<'a> {
    #[expect(clippy::too_many_arguments, reason = "what was read, laid out once")]
    fn new(
        by: &'a Actor,
        held: &'a Held,
        now: Timestamp,
        last: i64,
        indicators: &'a [Indicator],
        readings: Vec<Reading>,
        submissions: &'a [Submission],
        extensions: &'a [Extension],
    ) -> Self {
        let mut definitions = all_defined(indicators, held.cycle.period.last_day());
        definitions.retain(|code, _| held.form.asks(code));
        Self {
            by,
            held,
            now,
            next: last + 1,
            definitions,
            cells: readings
                .into_iter()
                .map(|reading| ((reading.indicator.clone(), reading.unit.clone(), reading.nature), reading))
                .collect(),
            states: submissions.iter().map(|sheet| (&sheet.unit, sheet)).collect(),
            extensions,
            written: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Answers a change that arrived before as it was answered then.
    fn again(&self, entry: &Entry) -> Answer {
        let change = &entry.change;
        let cell = (change.indicator.clone(), change.unit.clone(), change.nature);
        Answer { change: change.id.clone(), outcome: Ok(entry.outcome.clone()), holds: self.cells.get(&cell).cloned() }
    }

    fn decide(&mut self, change: &Change) -> Answer {
        let key = (change.indicator.clone(), change.unit.clone(), change.nature);
        let current = self.cells.get(&key);
        let firmest = [Nature::Official, Nature::Provisional, Nature::Estimate]
            .into_iter()
            .find(|nature| self.cells.contains_key(&(change.indicator.clone(), change.unit.clone(), *nature)));
        let cell = Cell {
            indicator: self.definitions.get(&change.indicator).copied(),
            current,
            firmest,
            stage: self.stage(&change.unit),
            state: self.states.get(&change.unit).map_or(thidua_domain::collection::State::Draft, |sheet| sheet.state()),
        };
        let decided = decide(change, cell);
        let outcome = decided.map(|decision| match decision {
            Decision::Write { supersedes } => self.write(change, supersedes),
            Decision::Leave { seq } => Outcome::Unchanged { seq },
            Decision::Conflict { held } => Outcome::Conflict { held },
        });
        if let Ok(outcome) = &outcome {
            self.keep(change, outcome.clone());
        }
        Answer { change: change.id.clone(), outcome, holds: self.cells.get(&key).cloned() }
    }

    fn stage(&self, unit: &OrgId) -> Stage {
        self.held.cycle.stage(unit, self.extensions, self.now.date_in_vietnam())
    }

    fn write(&mut self, change: &Change, supersedes: Option<i64>) -> Outcome {
        let seq = self.next;
        self.next += 1;
        let reason = match supersedes {
            Some(_) => nfc(change.note.trim()),
            None => String::new(),
        };
        let reading = Reading {
            seq,
            indicator: change.indicator.clone(),
            unit: change.unit.clone(),
            period: change.period,
            nature: change.nature,
            value: change.value,
            qualifier: Qualifier::Plain,
            as_of: None,
            provenance: Provenance { origin: Origin::Reported, source: self.source(change) },
            entered_by: self.by.name.clone(),
            entered_at: self.now,
            supersedes,
            reason,
        };
        let key = (change.indicator.clone(), change.unit.clone(), change.nature);
        self.cells.insert(key, reading.clone());
        self.written.push(reading);
        Outcome::Saved { seq }
    }

    /// Where a figure comes from, as its passport says.
    fn source(&self, change: &Change) -> String {
        let form = if self.held.form.number.is_empty() { &self.held.form.name } else { &self.held.form.number };
        match &change.how {
            How::Imported { file, sheet, place, .. } if sheet.is_empty() => format!("{form}; {file}, {place}"),
            How::Imported { file, sheet, place, .. } => format!("{form}; {file}, {sheet}!{place}"),
            How::Typed | How::Pasted | How::Api | How::CorrectedAbove => form.clone(),
        }
    }

    fn keep(&mut self, change: &Change, outcome: Outcome) {
        let account = match &self.by.capacity {
            Capacity::Person { account, .. } => Some(account.to_string()),
            Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
        };
        let change = Change { note: nfc(change.note.trim()), ..change.clone() };
        self.entries.push(Entry { change, by: self.by.name.clone(), account, at: self.now, outcome });
    }

    /// The batch in the journal.
    fn told(&self, units: &[OrgId]) -> String {
        let conflicts = self.entries.iter().filter(|entry| matches!(entry.outcome, Outcome::Conflict { .. })).count();
        let whose = match units {
            [unit] => unit.to_string(),
            _ => format!("{} units", units.len()),
        };
        format!("{whose}: {} written, {conflicts} in conflict", self.written.len())
    }
}
