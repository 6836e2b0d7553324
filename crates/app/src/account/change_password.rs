//! Changes one's own password (đổi mật khẩu).

use thidua_domain::Refusal;
use thidua_domain::account::{PasswordOrigin, WayIn, password};
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::{PasswordHash, pending, session};

use super::attempt::{Outcome, attempt};
use super::sign_in::begin_session;
use super::{Token, own, subject};
use crate::permit::permit;
use crate::{App, Error};

/// A change of password.
pub struct PasswordChange {
    /// The present one.
    pub present: String,
    /// The new one.
    pub new: String,
    /// The new one, typed again.
    pub again: String,
    /// The browser's own name, for the session that follows.
    pub user_agent: String,
}

/// Changes the password and ends every session; gives the token of a new one, for the browser that asked.
///
/// The new password is the owner's own, whoever gave the present one.
/// A wrong present password counts towards the lock, so that an unattended screen is no way to guess it.
///
/// # Errors
/// [`Refusal::PasswordsDiffer`]; a refusal of the new password; [`Refusal::WrongPassword`].
pub fn change_password(app: &App, by: &Actor, change: &PasswordChange) -> Result<Token, Error> {
    let id = own(by)?;
    permit(by, Verb::KeepAccount, Thing::Account(id), "account")?;
    let tenant = &by.scope.tenant;
    let known = app.db.read(|tx| store::account::by_id(tx, tenant, id))?.ok_or(Error::NotFound("account"))?;
    if change.new != change.again {
        return Err(Refusal::PasswordsDiffer.into());
    }
    password::judge(&change.new, &known.account.name, &known.account.display_name)?;
    let hash = PasswordHash::of(&password::normal(&change.new), &app.entropy.bytes()?);
    let about = subject(&known.account.name);
    let now = app.clock.now();

    let (mut tx, outcome) = attempt(app, tenant, Some(known), &change.present)?;
    match outcome {
        Outcome::LetIn(account) => {
            store::account::set_password(&mut tx, tenant, &account.id, &hash, PasswordOrigin::Own, now)?;
            session::delete_all_of(&mut tx, tenant, &account.id)?;
            pending::delete_all_of(&mut tx, tenant, &account.id)?;
            let token = begin_session(app, &mut tx, tenant, &account.id, &change.user_agent, WayIn::Password)?;
            store::audit::append(&mut tx, by, now, "change-password", &about, "")?;
            tx.commit()?;
            Ok(token)
        }
        Outcome::TurnedAway { locked_until, .. } => {
            let detail = locked_until.map(|until| format!("locked until {until}")).unwrap_or_default();
            store::audit::append(&mut tx, by, now, "change-password-refused", &about, &detail)?;
            tx.commit()?;
            Err(Refusal::WrongPassword.into())
        }
    }
}
