//! The figures of a period and of the same periods before it, read in a constant number of queries.

use thidua_base::code::OrgId;
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::indicator::Figures;
use thidua_domain::indicator::figures::FigureFault;
use thidua_domain::org::{TERRITORY, Unit};
use thidua_store as store;
use thidua_store::Tx;

use crate::org::Standing;
use crate::{App, Error};

/// What was read.
pub(super) struct Loaded {
    pub(super) standing: Standing,
    pub(super) units: Vec<Unit>,
    /// The period looked at; the one of the pages unless another was asked for.
    pub(super) period: Period,
    pub(super) figures: Figures,
}

/// Which period to look at.
pub(super) enum Asked {
    /// The one of the pages.
    Standing,
    /// This one.
    Period(Period),
}

/// Reads a period and as many same periods of the years before.
pub(super) fn load(tx: &mut Tx, app: &App, by: &Actor, asked: Asked, years_back: usize) -> Result<Loaded, Error> {
    let units = store::org::units(tx, &by.scope)?;
    let standing = crate::org::standing::of(tx, app, by, &units)?;
    let period = match asked {
        Asked::Standing => standing.period,
        Asked::Period(period) => period,
    };
    let periods: Vec<Period> =
        std::iter::successors(Some(period), |last| Some(last.same_period_last_year())).take(years_back + 1).collect();
    let indicators = store::indicator::indicators(tx, &by.scope)?;
    let readings = store::reading::readings_of(tx, &by.scope, &periods)?;
    let plans = store::plan::plans(tx, &by.scope)?;
    let plan_values = store::plan::plan_values(tx, &by.scope, &[period.plan_year()])?;
    let edges = store::org::edges(tx, &by.scope)?;
    let territory: Vec<_> = edges.into_iter().filter(|edge| edge.tree.as_str() == TERRITORY).collect();
    let figures = Figures::new(&indicators, &readings, &plans, &plan_values, &territory, standing.dated);
    Ok(Loaded { standing, units, period, figures })
}

impl Loaded {
    pub(super) fn unit(&self, id: &OrgId) -> Option<&Unit> {
        unit_on(&self.units, id, self.standing.dated)
    }
}

/// A unit as it is on a day.
pub(crate) fn unit_on<'a>(units: &'a [Unit], id: &OrgId, day: Date) -> Option<&'a Unit> {
    units.iter().find(|unit| unit.id == *id && unit.on(day))
}

/// The name of a unit on a day, or its id where it has none then.
pub(crate) fn name_on(units: &[Unit], id: &OrgId, day: Date) -> String {
    unit_on(units, id, day).map_or_else(|| id.to_string(), |unit| unit.name.clone())
}

/// A figure that cannot be told is a fault of ours or of the data, not of the reader.
pub(super) fn untold(error: impl Into<FigureFault>) -> Error {
    Error::Internal(anyhow::Error::new(error.into()))
}
