//! Hands out the figures of a form, a period and several units (xuất số liệu).

use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::{Period, Timestamp};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::collection::FormRow;
use thidua_domain::indicator::definition::all_defined;
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
    /// The units asked for, with their names on the due day, by name.
    pub units: Vec<(OrgId, String)>,
    /// When it was read.
    pub at: Timestamp,
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
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let reporters = held.reporters(&ground);
        let units: Vec<OrgId> = reporters.into_iter().filter(|unit| reads_all || reads(unit)).collect();
        if named.iter().any(|unit| !units.contains(unit)) || units.is_empty() {
            return Err(Error::NotFound("cycle"));
        }
        let asked = if named.is_empty() { &units } else { named };
        let place = |code: &IndicatorCode| held.form.rows.iter().position(|row| row.indicator == *code);
        let definitions = all_defined(&ground.indicators, period.last_day());
        let of_row = |row: &FormRow| definitions.get(&row.indicator).copied().cloned();
        let indicators: Vec<Indicator> = held.form.rows.iter().filter_map(of_row).collect();
        let mut readings = store::reading::readings_of(tx, &of_units(by, asked), &[period])?;
        readings.retain(|reading| place(&reading.indicator).is_some());
        readings.sort_by_key(|reading| (reading.unit.clone(), place(&reading.indicator), reading.seq));
        let due_on = held.cycle.due_on;
        let mut units: Vec<(OrgId, String)> =
            asked.iter().map(|unit| (unit.clone(), ground.units.name_on(unit, due_on))).collect();
        units.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
        Ok(Exported { form: form.clone(), period, indicators, units, at: app.clock.now(), readings })
    })
}
