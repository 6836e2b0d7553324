//! Hands out the figures of a form, a period and several units (xuất số liệu).

use std::collections::BTreeSet;

use thidua_base::Period;
use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::indicator::{Indicator, Reading};
use thidua_store as store;

use super::held::{held, of_units};
use crate::{App, Error};

/// The figures of a form.
#[derive(Debug, Clone)]
pub struct Exported {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// The definitions of its rows, in their order.
    pub indicators: Vec<Indicator>,
    /// The current readings, of each nature one, by unit and the order of the rows.
    pub readings: Vec<Reading>,
}

/// The current figures of those units of a cycle whose sheets the actor may read; of some of them where some are named.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle, or the actor may not read the sheet of a unit that is named.
pub fn export(app: &App, by: &Actor, form: &FormId, period: Period, named: &[OrgId]) -> Result<Exported, Error> {
    app.db.read(|tx| {
        let held = held(tx, by, form, period)?;
        let reads = |unit: &OrgId| may(by, Verb::ReadSheets, Thing::Unit(unit)).is_granted();
        let reads_all = reads(&held.form.receiver);
        let reporters = held.reporters(tx, by)?;
        let units: Vec<OrgId> = reporters.into_iter().filter(|unit| reads_all || reads(unit)).collect();
        if named.iter().any(|unit| !units.contains(unit)) || units.is_empty() {
            return Err(Error::NotFound("cycle"));
        }
        let asked = if named.is_empty() { &units } else { named };
        let place = |code: &IndicatorCode| held.form.rows.iter().position(|row| row.indicator == *code);
        let last_day = period.last_day();
        let mut indicators: Vec<Indicator> = store::indicator::indicators(tx, &by.scope)?
            .into_iter()
            .filter(|one| place(&one.code).is_some() && one.valid_from <= last_day)
            .rev()
            .collect();
        let mut seen = BTreeSet::new();
        // In the order of their first days, read backwards: the last one that had begun holds.
        indicators.retain(|one| seen.insert(one.code.clone()));
        indicators.sort_by_key(|one| place(&one.code));
        let mut readings = store::reading::readings_of(tx, &of_units(by, asked), &[period])?;
        readings.retain(|reading| place(&reading.indicator).is_some());
        readings.sort_by_key(|reading| (reading.unit.clone(), place(&reading.indicator), reading.seq));
        Ok(Exported { form: form.clone(), period, indicators, readings })
    })
}
