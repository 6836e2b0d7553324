//! One indicator over several units, by a named structure.

use thidua_domain::indicator::Reading;
use thidua_domain::indicator::by_unit::{self, Asked, ByUnit, Known, NotByUnit};
use thidua_domain::{Actor, Scope};
use thidua_store::Tx;

use crate::{App, Error};

/// Answers by unit, from what is stored; divided units are divided by the shares of a basis, if one is named.
///
/// # Errors
/// [`Error::NotFound`] where the indicator is not defined or does not add up; where the store fails.
pub fn by_unit(app: &App, by: &Actor, asked: &Asked, basis: Option<&str>) -> Result<ByUnit, Error> {
    app.db.read(|tx| stored(tx, app, by, asked, basis))?.ok_or(Error::NotFound("indicator"))
}

/// The same inside a transaction; `None` where the indicator is not defined or does not add up.
pub(super) fn stored(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    asked: &Asked,
    basis: Option<&str>,
) -> Result<Option<ByUnit>, Error> {
    // Figures restated come from units that nobody may be in charge of any more: the tenant's own history.
    let whole = Scope::whole(by.scope.tenant.clone());
    let tenant = app.shelf.within(tx, &whole)?;
    let history = tenant.ground(tx)?;
    let succession = tenant.succession(tx, &history, basis.unwrap_or_default())?;
    let cells = app.shelf.within(tx, &by.scope)?.cells(tx, &[asked.period])?;
    let readings: Vec<Reading> =
        cells.iter().flat_map(|(_, cells)| cells.cells().of_indicator(&asked.indicator)).cloned().collect();
    let known = Known {
        indicators: &history.indicators,
        readings: &readings,
        edges: &history.territory,
        succession: &succession,
    };
    match by_unit::by_unit(known, asked) {
        Ok(answer) => Ok(Some(answer)),
        Err(NotByUnit::Unknown | NotByUnit::NotAdditive) => Ok(None),
        Err(NotByUnit::TooLarge(why)) => Err(Error::Internal(why.into())),
    }
}
