//! The units of any day with their places, and what happened to units.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::org::{Unit, UnitEvent};

use crate::{App, Error};

/// A unit on a day, with the unit above it in the territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPlaced {
    /// The unit.
    pub unit: Unit,
    /// The unit above; `None` at the top.
    pub above: Option<OrgId>,
}

/// The units within the actor's reach as they are on a day, by id.
///
/// # Errors
/// Where the store fails.
pub fn units_on(app: &App, by: &Actor, day: Date) -> Result<Vec<UnitPlaced>, Error> {
    let ground = app.db.read(|tx| app.ground(tx, &by.scope))?;
    let above: BTreeMap<&OrgId, &OrgId> =
        ground.territory.iter().filter(|edge| edge.on(day)).map(|edge| (&edge.child, &edge.parent)).collect();
    let units = ground.units.iter().filter(|unit| unit.on(day));
    Ok(units
        .map(|unit| UnitPlaced { unit: unit.clone(), above: above.get(&unit.id).map(|id| (*id).clone()) })
        .collect())
}

/// What happened to the units within the actor's reach, by id.
///
/// # Errors
/// Where the store fails.
pub fn events(app: &App, by: &Actor) -> Result<Vec<UnitEvent>, Error> {
    let ground = app.db.read(|tx| app.ground(tx, &by.scope))?;
    let mut events = ground.events.clone();
    events.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(events)
}
