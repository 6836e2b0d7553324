//! Sets another person's password (đặt lại mật khẩu).

use thidua_domain::account::{PasswordOrigin, password};
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::{PasswordHash, pending, session};

use super::given_password::GivenPassword;
use super::{named, no_key, refuse_own, subject};
use crate::permit::permit;
use crate::{App, Error};

/// Sets the password of an account, lifts its lock and ends its sessions.
///
/// # Errors
/// `Refusal::UnknownAccount`; a refusal of the password.
pub fn set_password(app: &App, by: &Actor, name: &str, new: &str) -> Result<(), Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    set(app, by, name, new, PasswordOrigin::Own)
}

/// Gives an account a password that the program makes up, and tells it this once; its owner changes it when they
/// sign in with it.
///
/// # Errors
/// `Refusal::UnknownAccount`; `Refusal::OwnAccount`, since one's own is changed on one's own page.
pub fn give_password(app: &App, by: &Actor, name: &str) -> Result<GivenPassword, Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    let given = GivenPassword::new(&app.entropy)?;
    refuse_own(by, &app.db.read(|tx| named(tx, app, by, name))?.account)?;
    set(app, by, name, given.text(), PasswordOrigin::Given)?;
    Ok(given)
}

fn set(app: &App, by: &Actor, name: &str, new: &str, origin: PasswordOrigin) -> Result<(), Error> {
    no_key(by)?;
    let tenant = &by.scope.tenant;
    let known = app.db.read(|tx| named(tx, app, by, name))?.account;
    password::judge(new, &known.name, &known.display_name)?;
    let hash = PasswordHash::of(&password::normal(new), &app.entropy.bytes()?);
    let now = app.clock.now();

    let mut tx = app.db.begin()?;
    store::account::set_password(&mut tx, tenant, &known.id, &hash, origin, now)?;
    session::delete_all_of(&mut tx, tenant, &known.id)?;
    pending::delete_all_of(&mut tx, tenant, &known.id)?;
    store::audit::append(&mut tx, by, now, "set-password", &subject(&known.name), "")?;
    tx.commit()?;
    Ok(())
}
