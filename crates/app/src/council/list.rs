//! The councils within an actor's right to read.

use thidua_domain::Actor;
use thidua_domain::actor::Reach;
use thidua_domain::actor::{Thing, Verb, may, reach_of};
use thidua_domain::council::{Council, Seat, Stage};
use thidua_store as store;

use super::desk::whole;
use crate::{App, Error};

/// A council in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The council.
    pub council: Council,
    /// The name of its unit today.
    pub unit: String,
    /// Who sits today, in order.
    pub seats: Vec<Seat>,
    /// How many of its sessions are called or under way.
    pub pending: usize,
}

/// The list, with whether the actor may compose a council for some unit.
///
/// # Errors
/// [`Error::NotFound`] for those who read none at all.
pub fn list(app: &App, by: &Actor) -> Result<(Vec<Listed>, bool), Error> {
    if reach_of(by, Verb::ReadCouncils) == Reach::Only(Vec::new()) {
        return Err(Error::NotFound("council"));
    }
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let scope = whole(by);
        let ground = app.ground(tx, &scope)?;
        let compositions = store::council::compositions(tx, &scope, None)?;
        let sittings = store::council::sittings(tx, &scope, None, None)?;
        let councils = store::council::councils(tx, &scope)?.into_iter();
        let read = councils.filter(|council| may(by, Verb::ReadCouncils, Thing::Unit(&council.unit)).is_granted());
        let listed = read.map(|council| Listed {
            unit: ground.units.name_on(&council.unit, today),
            seats: compositions.get(&council.id).map(|known| known.on(today)).unwrap_or_default(),
            pending: sittings
                .iter()
                .filter(|sitting| sitting.session.council == council.id && sitting.stage() != Stage::Closed)
                .count(),
            council,
        });
        Ok((listed.collect(), reach_of(by, Verb::ComposeCouncil) != Reach::Only(Vec::new())))
    })
}
