//! The accounts of a tenant with the roles they hold.

use thidua_domain::account::{Account, RoleHeld};
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;

use crate::permit::permit;
use crate::{App, Error};

/// An account in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The account.
    pub account: Account,
    /// Its roles, past, present and to come, in the order given.
    pub roles: Vec<RoleHeld>,
    /// Whether it has a second factor.
    pub has_second_factor: bool,
    /// Whether it is tied to an identity of a sign-in provider.
    pub is_linked: bool,
}

/// Every account, by name.
///
/// # Errors
/// [`Error::NotFound`] for those who do not manage accounts.
pub fn list(app: &App, by: &Actor) -> Result<Vec<Listed>, Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    let tenant = &by.scope.tenant;
    let (accounts, mut roles, enrolled, linked) = app.db.read(|tx| {
        Ok::<_, store::Error>((
            store::account::accounts(tx, tenant)?,
            store::account::role::roles(tx, tenant)?,
            store::account::second_factor::confirmed(tx, tenant)?,
            store::account::link::linked(tx, tenant)?,
        ))
    })?;
    let with_roles = accounts.into_iter().map(|account| Listed {
        roles: roles.extract_if(.., |held| held.account == account.id).collect(),
        has_second_factor: enrolled.contains(&account.id),
        is_linked: linked.contains(&account.id),
        account,
    });
    Ok(with_roles.collect())
}
