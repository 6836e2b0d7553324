//! An account as whoever manages accounts sees it.

use thidua_base::Timestamp;
use thidua_domain::account::{Account, AccountLink, PasswordOrigin, Session};
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::{link, role, second_factor, session};

use super::profile::{HeldRole, with_units};
use crate::permit::permit;
use crate::{App, Error};

/// An account with everything that can be changed about it, and nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Managed {
    /// The account.
    pub account: Account,
    /// Whose choice the password was.
    pub password_origin: PasswordOrigin,
    /// Until when no password is let in; `None` where it is not locked.
    pub locked_until: Option<Timestamp>,
    /// Its roles, past, present and to come, in the order given.
    pub roles: Vec<HeldRole>,
    /// Its sessions that are not over, the one used last first.
    pub sessions: Vec<Session>,
    /// Its identities at sign-in providers.
    pub links: Vec<AccountLink>,
    /// Since when it has a second factor.
    pub second_factor_since: Option<Timestamp>,
}

/// The account of a name, as far as its letters go; marks and case do not count.
///
/// # Errors
/// [`Error::NotFound`] for those who do not manage accounts, and where there is none.
pub fn managed(app: &App, by: &Actor, name: &str) -> Result<Managed, Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    let (tenant, now) = (&by.scope.tenant, app.clock.now());
    app.db.read(|tx| {
        let known = store::account::by_name(tx, tenant, name)?.ok_or(Error::NotFound("account"))?;
        let id = known.account.id.clone();
        let roles = role::roles_of(tx, tenant, &id)?;
        Ok(Managed {
            roles: with_units(tx, tenant, roles)?,
            sessions: session::sessions_of(tx, tenant, &id, now)?.into_iter().map(|(_, session)| session).collect(),
            links: link::links_of(tx, tenant, &id)?,
            second_factor_since: second_factor::get(tx, tenant, &id)?.and_then(|factor| factor.confirmed_at),
            account: known.account,
            password_origin: known.password_origin,
            locked_until: known.locked_until.filter(|until| now < *until),
        })
    })
}
