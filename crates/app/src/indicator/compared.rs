//! One indicator of any unit and period against plan and same period, and the definitions in force on a day.

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::indicator::definition::in_force;
use thidua_domain::indicator::figures::Trace;
use thidua_domain::indicator::{Figures, Indicator};

use super::figures::Loaded;
use super::overview::{Row, row};
use crate::org::Standing;
use crate::{App, Error};

/// The figures of a unit for some indicators and a period, each held against its plans and the same period a year
/// earlier, with the keys it depends on; in the order asked.
///
/// # Errors
/// [`Error::NotFound`] where the unit is none of the actor's or an indicator is not defined.
pub fn compared(
    app: &App,
    by: &Actor,
    codes: &[IndicatorCode],
    unit: &OrgId,
    period: Period,
) -> Result<Vec<Row>, Error> {
    let day = app.home.dated;
    let loaded = app.db.read(|tx| {
        let shelf = app.shelf.within(tx, &by.scope)?;
        let ground = shelf.ground(tx)?;
        let held = ground.units.on(unit, day).ok_or(Error::NotFound("unit"))?;
        let standing = Standing { unit: unit.clone(), name: held.name.clone(), period, dated: day, report: None };
        let basis = shelf.basis(tx, &ground, day, period.plan_year())?;
        let figures = Figures::over(basis, shelf.cells(tx, &[period, period.same_period_last_year()])?);
        Ok::<_, Error>(Loaded { standing, ground, period, figures })
    })?;
    codes
        .iter()
        .map(|code| {
            let indicator = loaded.figures.indicator(code).ok_or(Error::NotFound("indicator"))?;
            row(&loaded, indicator, unit, Trace::Followed)
        })
        .collect()
}

/// The definitions in force on a day, by code.
///
/// # Errors
/// Where the store fails.
pub fn definitions(app: &App, by: &Actor, day: Date) -> Result<Vec<Indicator>, Error> {
    let ground = app.db.read(|tx| app.ground(tx, &by.scope))?;
    let mut known: Vec<Indicator> = in_force(&ground.indicators, day).cloned().collect();
    known.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(known)
}
