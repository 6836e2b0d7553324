//! Every unit on the day the program shows, for finding one by name.

use thidua_domain::Actor;
use thidua_domain::org::Unit;

use crate::{App, Error};

/// The units within the actor's reach, as they are on the day shown, in id order.
///
/// # Errors
/// Where the store fails.
pub fn all(app: &App, by: &Actor) -> Result<Vec<Unit>, Error> {
    let day = app.home.dated;
    let ground = app.db.read(|tx| app.ground(tx, &by.scope))?;
    Ok(ground.units.iter().filter(|unit| unit.on(day)).cloned().collect())
}
