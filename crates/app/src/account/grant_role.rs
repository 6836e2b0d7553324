//! Gives a person a role (giao vai trò).

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::account::RoleHeld;
use thidua_domain::actor::{Actor, Role, Thing, Verb};
use thidua_domain::{Refusal, Scope};
use thidua_store as store;
use thidua_store::account::role;

use super::{named, subject};
use crate::permit::permit;
use crate::{App, Error};

/// A role to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    /// The name of the account.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The unit; `None` for the whole tenant.
    pub unit: Option<OrgId>,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it lasts.
    pub to: Option<Date>,
}

/// Gives a role in a unit from a day to a day.
///
/// # Errors
/// [`Refusal::AdministratorByKey`]; [`Refusal::EmptySpan`]; [`Refusal::UnknownAccount`]; [`Refusal::UnknownUnit`] where
/// the unit does not exist on the first day; [`Refusal::RoleHeldAlready`] where the spans overlap.
pub fn grant_role(app: &App, by: &Actor, new: &NewRole) -> Result<RoleHeld, Error> {
    permit(by, Verb::ManageAccounts, place(new.unit.as_ref()), "account")?;
    if by.is_by_key() && new.role == Role::Administrator {
        return Err(Refusal::AdministratorByKey.into());
    }
    if let Some(to) = new.to.filter(|to| *to <= new.from) {
        return Err(Refusal::EmptySpan { from: new.from, to }.into());
    }
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let account = named(&mut tx, app, by, &new.name)?.account;
    if let Some(asked) = &new.unit {
        let units = store::org::units(&mut tx, &Scope::whole(tenant.clone()))?;
        if !units.iter().any(|unit| unit.id == *asked && unit.on(new.from)) {
            return Err(Refusal::UnknownUnit { asked: asked.to_string(), near: Vec::new() }.into());
        }
    }
    let roles = role::roles_of(&mut tx, tenant, &account.id)?;
    let held = RoleHeld {
        account: account.id,
        role: new.role,
        unit: new.unit.clone(),
        valid_from: new.from,
        valid_to: new.to,
    };
    if roles.iter().any(|other| overlap(other, &held)) {
        return Err(Refusal::RoleHeldAlready.into());
    }

    match role::insert(&mut tx, tenant, &held, roles.len()) {
        // Someone else gave this person a role meanwhile; which one is for the next attempt to see.
        Err(store::Error::Clash("role_held_pk")) => return Err(Refusal::RoleHeldAlready.into()),
        done => done?,
    }
    let until = held.valid_to.map_or_else(String::new, |to| to.to_string());
    let detail = format!("{} {} {}..{until}", held.role.word(), word(held.unit.as_ref()), held.valid_from);
    store::audit::append(&mut tx, by, app.clock.now(), "give-role", &subject(&account.name), &detail)?;
    tx.commit()?;
    Ok(held)
}

/// What the right to give or end a role is asked for.
pub(super) fn place(unit: Option<&OrgId>) -> Thing<'_> {
    unit.map_or(Thing::Tenant, Thing::Unit)
}

/// How the audit names the place of a role.
pub(super) fn word(unit: Option<&OrgId>) -> &str {
    unit.map_or("*", OrgId::as_str)
}

/// Whether two are the same role in the same place on some day.
fn overlap(one: &RoleHeld, other: &RoleHeld) -> bool {
    let ends_after = |to: Option<Date>, from: Date| to.is_none_or(|to| from < to);
    one.role == other.role
        && one.unit == other.unit
        && ends_after(one.valid_to, other.valid_from)
        && ends_after(other.valid_to, one.valid_from)
}
