//! The figure of any unit for any period, as it follows from what is committed at the moment of asking.

use thidua_base::Period;
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::indicator::figures::{Actual, Figures, Trace};

use super::figures::untold;
use crate::{App, Error};

/// The figures of some units for an indicator and a period, in the order asked: one's own, or rolled up;
/// without the keys it depends on.
///
/// # Errors
/// [`Error::NotFound`] where a unit is none of the actor's or the indicator is not defined; where the store fails.
pub fn actual(
    app: &App,
    by: &Actor,
    code: &IndicatorCode,
    units: &[OrgId],
    period: Period,
) -> Result<Vec<Actual>, Error> {
    let day = app.home.dated;
    let (ground, basis, cells) = app.db.read(|tx| {
        let shelf = app.shelf.within(tx, &by.scope)?;
        let ground = shelf.ground(tx)?;
        let basis = shelf.basis(tx, &ground, day, period.plan_year())?;
        let cells = shelf.cells(tx, &[period])?;
        Ok::<_, Error>((ground, basis, cells))
    })?;
    let figures = Figures::over(basis, cells);
    figures.indicator(code).ok_or(Error::NotFound("indicator"))?;
    units
        .iter()
        .map(|unit| {
            ground.units.on(unit, day).ok_or(Error::NotFound("unit"))?;
            figures.traced(code, unit, period, Trace::Left).map_err(untold)
        })
        .collect()
}
