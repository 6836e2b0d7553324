//! Ends a role (thôi giữ vai trò).

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Refusal;
use thidua_domain::actor::{Actor, Role, Verb};
use thidua_store as store;
use thidua_store::account::role;

use super::grant_role::{place, word};
use super::{named, refuse_own, subject};
use crate::permit::permit;
use crate::{App, Error};

/// A role to be ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleEnd {
    /// The name of the account.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The unit; `None` for the whole tenant.
    pub unit: Option<OrgId>,
    /// The first day it is no longer held.
    pub on: Date,
}

/// Ends a role on a day; what was done until then stays recorded under it.
///
/// # Errors
/// [`Refusal::UnknownAccount`]; [`Refusal::OwnAccount`] where administrators would end their own administration;
/// [`Refusal::RoleNotHeld`] where it has not begun by that day or has ended before.
pub fn end_role(app: &App, by: &Actor, end: &RoleEnd) -> Result<(), Error> {
    permit(by, Verb::ManageAccounts, place(end.unit.as_ref()), "account")?;
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let account = named(&mut tx, app, by, &end.name)?.account;
    if end.role == Role::Administrator {
        refuse_own(by, &account)?;
    }
    let roles = role::roles_of(&mut tx, tenant, &account.id)?;
    let held = roles.iter().position(|held| {
        let is_the_one = held.role == end.role && held.unit == end.unit;
        is_the_one && held.valid_from <= end.on && held.valid_to.is_none_or(|to| end.on < to)
    });
    let held = held.ok_or(Refusal::RoleNotHeld)?;

    role::end(&mut tx, tenant, &account.id, held, end.on)?;
    let detail = format!("{} {} ..{}", end.role.word(), word(end.unit.as_ref()), end.on);
    store::audit::append(&mut tx, by, app.clock.now(), "end-role", &subject(&account.name), &detail)?;
    tx.commit()?;
    Ok(())
}
