//! What movements ask of units by a day, as a person sees it beside the sheets that are due.

use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::actor::{Capacity, Scope, Thing, Verb, may};
use thidua_domain::movement::{MovementDue, due};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::account::role;

use super::due::units_of;
use crate::movement::Desk;
use crate::{App, Error};

/// Something that a movement asks, with the names of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoreSeen {
    /// What, of whom, by when.
    pub item: MovementDue,
    /// Name of the movement.
    pub movement_name: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Whether it is this person's to do.
    pub is_mine: bool,
}

/// What movements ask, as an actor sees it: their own work first, the most urgent first.
///
/// # Errors
/// Where the store fails.
pub fn movement_due(app: &App, by: &Actor) -> Result<Vec<ChoreSeen>, Error> {
    app.db.read(|tx| {
        let today = app.clock.now().date_in_vietnam();
        let roles = match &by.capacity {
            Capacity::Person { account, .. } => role::roles_of(tx, &by.scope.tenant, account)?,
            Capacity::Reader | Capacity::Unguarded | Capacity::Operator => Vec::new(),
        };
        chores(tx, app, by, &units_of(&roles, today))
    })
}

/// What movements ask; `own` are the units in which the actor holds a role.
pub(super) fn chores(tx: &mut Tx, app: &App, by: &Actor, own: &[OrgId]) -> Result<Vec<ChoreSeen>, Error> {
    let desk = Desk::read(tx, app, by)?;
    let whole = Scope::whole(by.scope.tenant.clone());
    let pledges = store::movement::pledge::pledges(tx, &whole, None)?;
    let answers = store::movement::review::answers(tx, &whole, None)?;
    let is_person = matches!(by.capacity, Capacity::Person { .. });
    let can = |verb: Verb, unit: &OrgId| may(by, verb, Thing::Unit(unit)).is_granted();
    let mut seen: Vec<ChoreSeen> =
        due::due(&desk.courses, &desk.calls, &pledges, &answers, desk.today, app.shipped.calendar())
            .into_iter()
            .filter(|item| can(Verb::ReadPledges, &item.unit))
            .map(|item| ChoreSeen {
                movement_name: desk.movement(&item.movement).map(|known| known.name.clone()).unwrap_or_default(),
                unit_name: desk.name(&item.unit),
                is_mine: is_person && own.contains(&item.unit) && can(item.chore.verb(), &item.unit),
                item,
            })
            .collect();
    seen.sort_by_key(|chore| !chore.is_mine);
    Ok(seen)
}
