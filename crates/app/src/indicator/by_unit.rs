//! One indicator over several units, by a named structure.

use anyhow::Context;
use thidua_domain::indicator::by_unit::{self, Asked, ByUnit, Known, NotByUnit};
use thidua_domain::org::{Succession, TERRITORY};
use thidua_domain::{Actor, Scope};
use thidua_store as store;
use thidua_store::Tx;

use crate::{App, Error};

/// Answers by unit, from what is stored; divided units are divided by the shares of a basis, if one is named.
///
/// # Errors
/// [`Error::NotFound`] where the indicator is not defined or does not add up; where the store fails.
pub fn by_unit(app: &App, by: &Actor, asked: &Asked, basis: Option<&str>) -> Result<ByUnit, Error> {
    app.db.read(|tx| stored(tx, by, asked, basis))?.ok_or(Error::NotFound("indicator"))
}

/// The same inside a transaction; `None` where the indicator is not defined or does not add up.
pub(super) fn stored(tx: &mut Tx, by: &Actor, asked: &Asked, basis: Option<&str>) -> Result<Option<ByUnit>, Error> {
    // Figures restated come from units that nobody may be in charge of any more: the tenant's own history.
    let whole = Scope::whole(by.scope.tenant.clone());
    let indicators = store::indicator::indicators(tx, &by.scope)?;
    let readings = store::reading::readings_of(tx, &by.scope, &[asked.period])?;
    let history = store::org::history(tx, &whole)?;
    let succession = Succession::by_basis(&history.events, &history.shares, basis.unwrap_or_default())
        .context("reading the history of units")?;
    let edges: Vec<_> = history.edges.into_iter().filter(|edge| edge.tree.as_str() == TERRITORY).collect();
    let known = Known { indicators: &indicators, readings: &readings, edges: &edges, succession: &succession };
    match by_unit::by_unit(known, asked) {
        Ok(answer) => Ok(Some(answer)),
        Err(NotByUnit::Unknown | NotByUnit::NotAdditive) => Ok(None),
        Err(NotByUnit::TooLarge(why)) => Err(Error::Internal(why.into())),
    }
}
