//! The figures of a period and of the same periods before it, from the shelf or in a constant number of queries.

use std::sync::Arc;

use thidua_base::code::OrgId;
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::indicator::Figures;
use thidua_domain::indicator::figures::FigureFault;
use thidua_domain::org::Unit;
use thidua_store::Tx;

use crate::org::Standing;
use crate::shelf::Ground;
use crate::{App, Error};

/// What was read.
pub(super) struct Loaded {
    pub(super) standing: Standing,
    pub(super) ground: Arc<Ground>,
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
    let shelf = app.shelf.within(tx, &by.scope)?;
    let ground = shelf.ground(tx)?;
    let standing = crate::org::standing::of(tx, app, by, &ground.units)?;
    let period = match asked {
        Asked::Standing => standing.period,
        Asked::Period(period) => period,
    };
    let periods: Vec<Period> =
        std::iter::successors(Some(period), |last| Some(last.same_period_last_year())).take(years_back + 1).collect();
    let basis = shelf.basis(tx, &ground, standing.dated, period.plan_year())?;
    let figures = Figures::over(basis, shelf.cells(tx, &periods)?);
    Ok(Loaded { standing, ground, period, figures })
}

impl Loaded {
    pub(super) fn unit(&self, id: &OrgId) -> Option<&Unit> {
        self.ground.units.on(id, self.standing.dated)
    }
}

/// The name of a unit on a day, or its id where it has none then.
pub(crate) fn name_on(units: &[Unit], id: &OrgId, day: Date) -> String {
    let unit = units.iter().find(|unit| unit.id == *id && unit.on(day));
    unit.map_or_else(|| id.to_string(), |unit| unit.name.clone())
}

/// A figure that cannot be told is a fault of ours or of the data, not of the reader.
pub(super) fn untold(error: impl Into<FigureFault>) -> Error {
    Error::Internal(anyhow::Error::new(error.into()))
}
