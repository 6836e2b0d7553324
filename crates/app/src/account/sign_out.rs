//! Ends sessions (đăng xuất): one, or all of a person.

use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::session;

use super::{Token, own, subject};
use crate::permit::permit;
use crate::{App, Error};

/// Ends the session of a token, if it is the actor's own.
///
/// # Errors
/// [`Error::NotFound`] where the actor has no such session.
pub fn sign_out(app: &App, by: &Actor, token: &Token) -> Result<(), Error> {
    let id = own(by)?;
    permit(by, Verb::KeepAccount, Thing::Account(id), "session")?;
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let owner = session::get(&mut tx, tenant, &token.key())?.map(|(owner, _)| owner);
    if owner.as_ref() != Some(id) {
        return Err(Error::NotFound("session"));
    }
    session::delete(&mut tx, tenant, &token.key())?;
    record(app, &mut tx, by, "sign-out", "")?;
    tx.commit()?;
    Ok(())
}

/// Ends every session of the actor, this one too; gives how many there were.
///
/// # Errors
/// [`Error::NotFound`] where the actor is no person who signed in.
pub fn sign_out_everywhere(app: &App, by: &Actor) -> Result<u64, Error> {
    let id = own(by)?;
    permit(by, Verb::KeepAccount, Thing::Account(id), "session")?;
    let mut tx = app.db.begin()?;
    let ended = session::delete_all_of(&mut tx, &by.scope.tenant, id)?;
    record(app, &mut tx, by, "sign-out-everywhere", &ended.to_string())?;
    tx.commit()?;
    Ok(ended)
}

fn record(app: &App, tx: &mut store::Tx, by: &Actor, verb: &str, detail: &str) -> Result<(), Error> {
    let known = store::account::by_id(tx, &by.scope.tenant, own(by)?)?.ok_or(Error::NotFound("account"))?;
    store::audit::append(tx, by, app.clock.now(), verb, &subject(&known.account.name), detail)?;
    Ok(())
}
