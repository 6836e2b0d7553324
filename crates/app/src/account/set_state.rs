//! Closes an account, for someone who left, and opens it again (đóng, mở lại tài khoản).

use thidua_domain::account::AccountState;
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::{pending, session};

use super::{named, refuse_own, subject};
use crate::permit::permit;
use crate::{App, Error};

/// Closes an account and ends its sessions; its name stays taken and its deeds stay recorded.
///
/// # Errors
/// `Refusal::UnknownAccount`; `Refusal::OwnAccount`.
pub fn close_account(app: &App, by: &Actor, name: &str) -> Result<(), Error> {
    set_state(app, by, name, AccountState::Closed, "close-account")
}

/// Opens a closed account again, with the password and the roles it had.
///
/// # Errors
/// `Refusal::UnknownAccount`.
pub fn reopen_account(app: &App, by: &Actor, name: &str) -> Result<(), Error> {
    set_state(app, by, name, AccountState::Open, "reopen-account")
}

fn set_state(app: &App, by: &Actor, name: &str, state: AccountState, verb: &str) -> Result<(), Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let known = named(&mut tx, app, by, name)?.account;
    refuse_own(by, &known)?;
    store::account::set_state(&mut tx, tenant, &known.id, state)?;
    session::delete_all_of(&mut tx, tenant, &known.id)?;
    pending::delete_all_of(&mut tx, tenant, &known.id)?;
    store::audit::append(&mut tx, by, app.clock.now(), verb, &subject(&known.name), "")?;
    tx.commit()?;
    Ok(())
}
