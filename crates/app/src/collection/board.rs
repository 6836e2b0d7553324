//! The collection board (theo dõi thu thập): who has sent, who has not, who is late.

use std::collections::BTreeMap;

use thidua_base::code::{FormId, OrgId};
use thidua_base::text::collate;
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::collection::entry::is_filled;
use thidua_domain::collection::sheet::Completeness;
use thidua_domain::collection::{Cycle, Extension, Form, Stage, State, Submission, Waiver};
use thidua_store as store;

use super::held::held;
use crate::{App, Error};

/// A cycle over all units that report in it.
#[derive(Debug, Clone)]
pub struct Board {
    /// The form.
    pub form: Form,
    /// The cycle.
    pub cycle: Cycle,
    /// The name of the unit that collects.
    pub receiver_name: String,
    /// Today.
    pub today: Date,
    /// Each unit, by name.
    pub rows: Vec<BoardRow>,
    /// Whether the actor keeps the cycle: extends, waives, closes.
    pub is_kept: bool,
}

/// A unit in a cycle.
#[derive(Debug, Clone)]
pub struct BoardRow {
    /// The unit.
    pub unit: OrgId,
    /// Its name on the due day.
    pub name: String,
    /// Where its sheet stands.
    pub submission: Submission,
    /// Where the cycle stands for it.
    pub stage: Stage,
    /// Its last day in time.
    pub due_on: Date,
    /// How much of its sheet is filled.
    pub completeness: Completeness,
    /// More time it was given.
    pub extensions: Vec<Extension>,
    /// Why its sheet will not come.
    pub waiver: Option<Waiver>,
}

impl BoardRow {
    /// Whether the sheet is on the receiver's side, or not expected at all.
    pub fn is_in(&self) -> bool {
        match self.submission.state() {
            State::Draft | State::Returned => self.waiver.is_some(),
            State::Submitted | State::Verified | State::Accepted | State::Approved | State::Published => true,
        }
    }

    /// Whether it is not in, and its last day in time is over.
    pub fn is_late(&self, today: Date) -> bool {
        !self.is_in() && today > self.due_on
    }
}

/// Reads the board of a cycle.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle, or none for this actor.
pub fn board(app: &App, by: &Actor, form: &FormId, period: Period) -> Result<Board, Error> {
    app.db.read(|tx| {
        let held = held(tx, by, form, period)?;
        if !may(by, Verb::ReadSheets, Thing::Unit(&held.form.receiver)).is_granted() {
            return Err(Error::NotFound("cycle"));
        }
        let whole = Scope::whole(by.scope.tenant.clone());
        let today = app.clock.now().date_in_vietnam();
        let ground = app.ground(tx, &whole)?;
        let reporters = held.reporters(&ground);
        let readings = store::reading::readings_of(tx, &whole, &[period])?;
        let mut filled: BTreeMap<&OrgId, Vec<&str>> = BTreeMap::new();
        for reading in readings.iter().filter(|reading| is_filled(reading.value)) {
            filled.entry(&reading.unit).or_default().push(reading.indicator.as_str());
        }
        let submissions = store::collection::submission::submissions(tx, &whole, form, period)?;
        let extensions = store::collection::cycle::extensions(tx, &whole)?;
        let waivers = store::collection::cycle::waivers(tx, &whole)?;
        let required: Vec<&str> =
            held.form.rows.iter().filter(|row| row.is_required).map(|row| row.indicator.as_str()).collect();
        let mut rows: Vec<BoardRow> = reporters
            .into_iter()
            .map(|unit| {
                let has = filled.get(&unit);
                let done = required.iter().filter(|code| has.is_some_and(|codes| codes.contains(code))).count();
                let of_unit = |given: &&Extension| given.unit == unit && held.cycle.is(&given.form, given.period);
                let submission = submissions.iter().find(|sheet| sheet.unit == unit).cloned();
                let waived = |waiver: &&Waiver| waiver.unit == unit && held.cycle.is(&waiver.form, waiver.period);
                BoardRow {
                    name: ground.units.name_on(&unit, held.cycle.due_on),
                    stage: held.cycle.stage(&unit, &extensions, today),
                    due_on: held.cycle.due_for(&unit, &extensions),
                    completeness: Completeness { filled: done, required: required.len() },
                    extensions: extensions.iter().filter(of_unit).cloned().collect(),
                    waiver: waivers.iter().find(waived).cloned(),
                    submission: submission.unwrap_or_else(|| Submission::new(form.clone(), period, unit.clone())),
                    unit,
                }
            })
            .collect();
        rows.sort_by(|a, b| collate(&a.name, &b.name));
        Ok(Board {
            receiver_name: ground.units.name_on(&held.form.receiver, held.cycle.due_on),
            is_kept: may(by, Verb::ManageForms, Thing::Unit(&held.form.receiver)).is_granted(),
            form: held.form,
            cycle: held.cycle,
            today,
            rows,
        })
    })
}
