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
}

/// Every account, by name.
///
/// # Errors
/// [`Error::NotFound`] for those who do not manage accounts.
pub fn list(app: &App, by: &Actor) -> Result<Vec<Listed>, Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    let tenant = &by.scope.tenant;
    let (accounts, mut roles) = app.db.read(|tx| {
        Ok::<_, store::Error>((store::account::accounts(tx, tenant)?, store::account::role::roles(tx, tenant)?))
    })?;
    let with_roles = accounts.into_iter().map(|account| {
        let own = roles.extract_if(.., |held| held.account == account.id).collect();
        Listed { account, roles: own }
    });
    Ok(with_roles.collect())
}
