//! Whose data the pages show: the unit, the period, the day.

use thidua_base::code::OrgId;
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::office::Report;
use thidua_store as store;
use thidua_store::Tx;

use crate::shelf::Units;
use crate::{App, Error};

/// The unit, the period and the day that every page speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The unit's id.
    pub unit: OrgId,
    /// The unit's name on the day; empty while nothing is loaded.
    pub name: String,
    /// The period reported.
    pub period: Period,
    /// The day whose names, tree and law hold.
    pub dated: Date,
    /// The report the pages open on, if there is one.
    pub report: Option<Report>,
}

/// Finds the standing of the pages.
pub fn standing(app: &App, by: &Actor) -> Result<Standing, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        of(tx, app, by, &ground.units)
    })
}

/// The standing, with units already read.
pub(crate) fn of(tx: &mut Tx, app: &App, by: &Actor, units: &Units) -> Result<Standing, Error> {
    let reports = store::office::reports(tx, &by.scope)?;
    let home = &app.home;
    let report = match &home.report {
        Some(id) => reports.into_iter().find(|report| report.id == *id),
        None => reports.into_iter().filter(|report| report.unit == home.unit).max_by_key(|report| report.dated),
    };
    let period = report.as_ref().map_or_else(|| half_before(home.dated), |report| report.period);
    let dated = report.as_ref().map_or(home.dated, |report| report.dated);
    let name = units.on(&home.unit, dated).map(|unit| unit.name.clone());
    Ok(Standing { unit: home.unit.clone(), name: name.unwrap_or_default(), period, dated, report })
}

/// The last half-year that was over on a day: what an office without a report would report next.
fn half_before(day: Date) -> Period {
    let this = Period::Half { year: day.year(), half: 1 };
    if this.last_day() < day { this } else { Period::Half { year: day.year() - 1, half: 2 } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_half_year_that_is_over_is_the_one_to_report() {
        let before = |day| half_before(Date::parse(day).unwrap()).to_string();
        assert_eq!(before("2020-07-05"), "2020-H1");
        assert_eq!(before("2020-06-30"), "2019-H2");
        assert_eq!(before("2021-01-01"), "2020-H2");
    }
}
