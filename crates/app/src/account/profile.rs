//! A person's own account, with the roles they hold.

use thidua_base::code::{OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::account::{Account, RoleHeld};
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::Tx;

use super::own;
use crate::permit::permit;
use crate::{App, Error};

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The account.
    pub account: Account,
    /// Roles held today or later, in the order given.
    pub roles: Vec<HeldRole>,
}

/// A role with the name of its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRole {
    /// The role.
    pub held: RoleHeld,
    /// The unit's name on its first day; `None` where it is held for the whole tenant.
    pub unit_name: Option<String>,
}

/// The actor's own account.
///
/// # Errors
/// [`Error::NotFound`] where the actor is no person who signed in.
pub fn profile(app: &App, by: &Actor) -> Result<Profile, Error> {
    let id = own(by)?;
    permit(by, Verb::KeepAccount, Thing::Account(id), "account")?;
    let tenant = &by.scope.tenant;
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let known = store::account::by_id(tx, tenant, id)?.ok_or(Error::NotFound("account"))?;
        let mut roles = store::account::role::roles_of(tx, tenant, id)?;
        roles.retain(|held| held.valid_to.is_none_or(|to| today < to));
        Ok(Profile { account: known.account, roles: with_units(tx, tenant, roles)? })
    })
}

/// Roles with the names of their units.
pub(super) fn with_units(tx: &mut Tx, tenant: &TenantId, roles: Vec<RoleHeld>) -> Result<Vec<HeldRole>, Error> {
    let units = match roles.iter().any(|held| held.unit.is_some()) {
        true => store::org::units(tx, &Scope::whole(tenant.clone()))?,
        false => Vec::new(),
    };
    let named = |held: RoleHeld| {
        let unit = held.unit.as_ref();
        let name =
            |id: &OrgId| units.iter().find(|unit| unit.id == *id && unit.on(held.valid_from)).map(|u| u.name.clone());
        HeldRole { unit_name: unit.map(|id| name(id).unwrap_or_else(|| id.to_string())), held }
    };
    Ok(roles.into_iter().map(named).collect())
}
