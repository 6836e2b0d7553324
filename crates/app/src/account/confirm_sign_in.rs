//! The second step of signing in: the code of an app, or a recovery code (nhập mã xác thực).

use thidua_base::code::TenantId;
use thidua_domain::Refusal;
use thidua_domain::account::WayIn;
use thidua_domain::account::second_factor::TypedCode;
use thidua_store as store;
use thidua_store::account::{pending, second_factor};

use super::attempt::{Proof, prove};
use super::sign_in::{begin_session, nobody, signing_in};
use super::{Token, subject};
use crate::{App, Error};

/// A code, and the half-done sign-in it is for.
pub struct CodeGiven {
    /// The token of the half-done sign-in.
    pub pending: Token,
    /// What was typed.
    pub code: String,
    /// The browser's own name, for the list of sessions.
    pub user_agent: String,
}

/// Whether this token belongs to a sign-in that awaits a code.
///
/// # Errors
/// Where the store fails.
pub fn awaits_code(app: &App, tenant: &TenantId, token: &Token) -> Result<bool, Error> {
    let now = app.clock.now();
    let found = app.db.read(|tx| pending::get(tx, tenant, &token.key(), now))?;
    Ok(found.is_some_and(|pending| pending.account.is_some()))
}

/// Takes the code and begins the session; gives its token and where to go.
///
/// A wrong code counts towards the lock of the account, and the sign-in stays half done until its time is over.
///
/// # Errors
/// [`Refusal::StaleSignIn`] where nothing awaits a code; [`Refusal::WrongCode`] where it is wrong, used up, or the
/// account locked or closed.
pub fn confirm_sign_in(app: &App, tenant: &TenantId, given: &CodeGiven) -> Result<(Token, String), Error> {
    let now = app.clock.now();
    let key = given.pending.key();
    let mut tx = app.db.begin()?;
    let pending = pending::get(&mut tx, tenant, &key, now)?.ok_or(Refusal::StaleSignIn)?;
    let id = pending.account.ok_or(Refusal::StaleSignIn)?;
    match prove(&mut tx, tenant, &id, &TypedCode::read(&given.code), now)? {
        Proof::Given { account, how } => {
            if pending::delete(&mut tx, tenant, &key)? == 0 {
                return Err(Refusal::StaleSignIn.into());
            }
            let token = begin_session(app, &mut tx, tenant, &id, &given.user_agent, pending.way_in)?;
            let left = second_factor::recovery_codes_left(&mut tx, tenant, &id)?;
            let way = match pending.way_in {
                WayIn::Password => "password",
                WayIn::Provider => "sso",
            };
            let detail = format!("{way}, {how}, {left} recovery codes left");
            store::audit::append(
                &mut tx,
                &signing_in(tenant, &account),
                now,
                "sign-in",
                &subject(&account.name),
                &detail,
            )?;
            tx.commit()?;
            Ok((token, pending.back))
        }
        Proof::Refused { account, locked_until } => {
            let about = subject(account.as_ref().map_or("?", |account| &account.name));
            let detail = locked_until.map(|until| format!("locked until {until}")).unwrap_or_default();
            store::audit::append(&mut tx, &nobody(tenant), now, "code-refused", &about, &detail)?;
            tx.commit()?;
            Err(Refusal::WrongCode.into())
        }
    }
}
