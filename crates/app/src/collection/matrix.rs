//! A cycle as one table: units as rows, indicators as columns, for who enters figures of many units.

use std::collections::BTreeMap;

use thidua_base::Period;
use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::text::collate;
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::collection::{Cycle, Form, FormRow, State};
use thidua_domain::indicator::definition::all_defined;
use thidua_domain::indicator::{Indicator, Reading};
use thidua_store as store;

use super::held::held;
use crate::{App, Error};

/// A cycle over all units that report in it, figure by figure.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The form.
    pub form: Form,
    /// The cycle.
    pub cycle: Cycle,
    /// The name of the unit that collects.
    pub receiver_name: String,
    /// What is asked, in the order of the form.
    pub columns: Vec<Indicator>,
    /// The units whose sheets the actor may read, by name.
    pub rows: Vec<MatrixRow>,
}

/// A unit with its figures.
#[derive(Debug, Clone)]
pub struct MatrixRow {
    /// The unit.
    pub unit: OrgId,
    /// Its name on the due day.
    pub name: String,
    /// Where its sheet stands.
    pub state: State,
    /// Whether the actor may enter its figures now.
    pub enters: bool,
    /// The reading of the cycle's nature that holds each column.
    pub cells: Vec<Option<Reading>>,
    /// What was noted last beside each column; empty where nothing was.
    pub notes: Vec<String>,
}

/// Reads a cycle as one table, in a constant number of statements.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle, or no sheet of it is the actor's to read.
pub fn matrix(app: &App, by: &Actor, form: &FormId, period: Period) -> Result<Matrix, Error> {
    app.db.read(|tx| {
        let held = held(tx, by, form, period)?;
        let whole = Scope::whole(by.scope.tenant.clone());
        let today = app.clock.now().date_in_vietnam();
        let ground = app.ground(tx, &whole)?;
        let mut reporters = held.reporters(&ground);
        reporters.retain(|unit| may(by, Verb::ReadSheets, Thing::Unit(unit)).is_granted());
        if reporters.is_empty() {
            return Err(Error::NotFound("cycle"));
        }
        let submissions = store::collection::submission::submissions(tx, &whole, form, period)?;
        let extensions = store::collection::cycle::extensions(tx, &whole)?;
        let readings = store::reading::readings_of(tx, &whole, &[period])?;
        let cells: BTreeMap<(&IndicatorCode, &OrgId), &Reading> = readings
            .iter()
            .filter(|reading| reading.nature == held.cycle.nature)
            .map(|reading| ((&reading.indicator, &reading.unit), reading))
            .collect();
        let entries = store::collection::entry::of_sheets(tx, &whole, form, period)?;
        // In the order of arrival, so that the last one stays.
        let notes: BTreeMap<(&IndicatorCode, &OrgId), &str> = entries
            .iter()
            .map(|entry| ((&entry.change.indicator, &entry.change.unit), entry.change.note.as_str()))
            .collect();
        let definitions = all_defined(&ground.indicators, period.last_day());
        let of_row = |row: &FormRow| definitions.get(&row.indicator).copied().cloned();
        let columns: Vec<Indicator> = held.form.rows.iter().filter_map(of_row).collect();
        let mut rows: Vec<MatrixRow> = reporters
            .into_iter()
            .map(|unit| {
                let state =
                    submissions.iter().find(|sheet| sheet.unit == unit).map_or(State::Draft, |sheet| sheet.state());
                let is_open = held.cycle.stage(&unit, &extensions, today).is_open();
                let is_here = matches!(state, State::Draft | State::Returned);
                MatrixRow {
                    name: ground.units.name_on(&unit, held.cycle.due_on),
                    enters: is_open && is_here && may(by, Verb::EnterFigures, Thing::Unit(&unit)).is_granted(),
                    cells: columns
                        .iter()
                        .map(|column| cells.get(&(&column.code, &unit)).map(|reading| (*reading).clone()))
                        .collect(),
                    notes: columns
                        .iter()
                        .map(|column| notes.get(&(&column.code, &unit)).copied().unwrap_or_default().to_owned())
                        .collect(),
                    state,
                    unit,
                }
            })
            .collect();
        rows.sort_by(|a, b| collate(&a.name, &b.name));
        Ok(Matrix {
            receiver_name: ground.units.name_on(&held.form.receiver, held.cycle.due_on),
            form: held.form,
            cycle: held.cycle,
            columns,
            rows,
        })
    })
}
