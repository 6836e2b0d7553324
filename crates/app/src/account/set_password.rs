//! Sets another person's password (đặt lại mật khẩu).

use thidua_domain::account::password;
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::{PasswordHash, session};

use super::{named, subject};
use crate::permit::permit;
use crate::{App, Error};

/// Sets the password of an account, lifts its lock and ends its sessions.
///
/// # Errors
/// `Refusal::UnknownAccount`; a refusal of the password.
pub fn set_password(app: &App, by: &Actor, name: &str, new: &str) -> Result<(), Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    let tenant = &by.scope.tenant;
    let known = app.db.read(|tx| named(tx, by, name))?.account;
    password::judge(new, &known.name, &known.display_name)?;
    let hash = PasswordHash::of(&password::normal(new), &app.entropy.bytes()?);
    let now = app.clock.now();

    let mut tx = app.db.begin()?;
    store::account::set_password(&mut tx, tenant, &known.id, &hash, now)?;
    session::delete_all_of(&mut tx, tenant, &known.id)?;
    store::audit::append(&mut tx, by, now, "set-password", &subject(&known.name), "")?;
    tx.commit()?;
    Ok(())
}
