//! Reading exemplars: the register, places by name.

use thidua_domain::Actor;
use thidua_domain::exemplar::Exemplar;
use thidua_store as store;

use crate::{App, Error};

/// Reads every exemplar in list order, each with the name of its place where it is known.
pub fn register(app: &App, by: &Actor) -> Result<Vec<(Exemplar, Option<String>)>, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let day = crate::org::standing::of(tx, app, by, &ground.units)?.dated;
        let mut exemplars = store::exemplar::exemplars(tx, &by.scope)?;
        exemplars.sort_by_key(|exemplar| (exemplar.ordinal, exemplar.id.clone()));
        Ok(exemplars
            .into_iter()
            .map(|exemplar| {
                let place = exemplar.unit.as_ref().map(|id| ground.units.name_on(id, day));
                (exemplar, place)
            })
            .collect())
    })
}
