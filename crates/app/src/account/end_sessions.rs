//! Ends every session of another person (đóng các phiên).

use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::{pending, session};

use super::{named, subject};
use crate::permit::permit;
use crate::{App, Error};

/// Ends the sessions of an account, and what was half done; gives how many sessions there were.
///
/// # Errors
/// `Refusal::UnknownAccount`.
pub fn end_sessions(app: &App, by: &Actor, name: &str) -> Result<u64, Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let account = named(&mut tx, app, by, name)?.account;
    let ended = session::delete_all_of(&mut tx, tenant, &account.id)?;
    pending::delete_all_of(&mut tx, tenant, &account.id)?;
    store::audit::append(&mut tx, by, app.clock.now(), "end-sessions", &subject(&account.name), &ended.to_string())?;
    tx.commit()?;
    Ok(ended)
}
