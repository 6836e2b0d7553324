//! Every unit on the day the program shows, for finding one by name.

use thidua_domain::Actor;
use thidua_domain::org::Unit;
use thidua_store as store;

use crate::{App, Error};

/// The units within the actor's reach, as they are on the day shown, in id order.
///
/// # Errors
/// Where the store fails.
pub fn all(app: &App, by: &Actor) -> Result<Vec<Unit>, Error> {
    let day = app.home.dated;
    let mut units = app.db.read(|tx| store::org::units(tx, &by.scope))?;
    units.retain(|unit| unit.on(day));
    Ok(units)
}
