//! Signing in with the word of another server (đăng nhập một lần): what is kept while it is asked, and whom its
//! answer lets in. Asking and checking the answer is the business of `web`, which speaks HTTP.

use thidua_base::code::TenantId;
use thidua_domain::Refusal;
use thidua_domain::account::{AccountState, PENDING_SECONDS, WayIn};
use thidua_store as store;
use thidua_store::account::link;
use thidua_store::account::pending::{self, PendingSignIn};

use super::link::told;
use super::sign_in::{Arrival, SignedIn, arrive, nobody};
use super::{Token, subject};
use crate::{App, Error};

/// An identity that a provider vouched for; its word has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// Who vouches.
    pub issuer: String,
    /// The person, as that provider knows them.
    pub subject: String,
    /// Where to go when it is done.
    pub back: String,
    /// The browser's own name, for the list of sessions.
    pub user_agent: String,
}

/// Begins a sign-in that a provider is to answer; gives its token, from which state, nonce and verifier follow.
///
/// # Errors
/// Where the store fails.
pub fn await_provider(app: &App, tenant: &TenantId, back: &str) -> Result<Token, Error> {
    let now = app.clock.now();
    let token = Token::new(&app.entropy)?;
    let pending = PendingSignIn {
        account: None,
        way_in: WayIn::Provider,
        back: back.to_owned(),
        expires_at: now.plus_seconds(PENDING_SECONDS),
    };
    let mut tx = app.db.begin()?;
    pending::insert(&mut tx, tenant, &token.key(), &pending, now)?;
    tx.commit()?;
    Ok(token)
}

/// Takes up a sign-in that a provider has answered, once and no more; gives where to go.
///
/// # Errors
/// [`Refusal::StaleSignIn`] where it did not begin here, is over, or was taken up before.
pub fn take_awaited(app: &App, tenant: &TenantId, token: &Token) -> Result<String, Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let found = pending::get(&mut tx, tenant, &token.key(), now)?.filter(|pending| pending.account.is_none());
    let back = found.ok_or(Refusal::StaleSignIn)?.back;
    if pending::delete(&mut tx, tenant, &token.key())? == 0 {
        return Err(Refusal::StaleSignIn.into());
    }
    tx.commit()?;
    Ok(back)
}

/// Signs in whoever is tied to the identity. Nobody is let in by a name or an address that looks the same, and no
/// account is opened: both could be had by others. A lock by wrong passwords does not count here.
///
/// # Errors
/// [`Refusal::NotLinked`] where no open account is tied to it.
pub fn sign_in_vouched(app: &App, tenant: &TenantId, vouched: &Vouched) -> Result<SignedIn, Error> {
    let mut tx = app.db.begin()?;
    let known = match link::get(&mut tx, tenant, &vouched.issuer, &vouched.subject)? {
        Some(link) => store::account::by_id(&mut tx, tenant, &link.account)?.map(|known| known.account),
        None => None,
    };
    if let Some(account) = known.as_ref().filter(|account| account.state == AccountState::Open) {
        let how = Arrival { way_in: WayIn::Provider, back: &vouched.back, user_agent: &vouched.user_agent };
        let done = arrive(app, &mut tx, tenant, account, &how)?;
        tx.commit()?;
        return Ok(done);
    }
    // The journal keeps the identity, so that whoever manages accounts can tie it.
    let about = known.map_or_else(|| subject("?"), |account| subject(&account.name));
    let detail = told(&vouched.issuer, &vouched.subject);
    store::audit::append(&mut tx, &nobody(tenant), app.clock.now(), "sso-refused", &about, &detail)?;
    tx.commit()?;
    Err(Refusal::NotLinked { subject: vouched.subject.clone() }.into())
}
