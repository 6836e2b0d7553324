//! Signs a person in (đăng nhập).

use thidua_base::code::TenantId;
use thidua_domain::account::{Account, PENDING_SECONDS, SESSION_IDLE_SECONDS, SESSION_SECONDS_MAX, Session, WayIn};
use thidua_domain::actor::{AccountId, Actor};
use thidua_domain::{Refusal, account};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::account::pending::{self, PendingSignIn};
use thidua_store::account::second_factor;

use super::attempt::{Outcome, attempt, forgive};
use super::{Token, subject};
use crate::{App, Error};

/// What a person types to sign in, and what their browser calls itself.
pub struct SignIn {
    /// The account's name; marks and case do not count.
    pub name: String,
    /// The password.
    pub password: String,
    /// The browser's own name, for the list of sessions.
    pub user_agent: String,
    /// Where to go when it is done, should a code be wanted first.
    pub back: String,
}

/// How far a sign-in came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// All the way: the token of a session.
    In(Token),
    /// A code is wanted: the token of the half-done sign-in, for [`super::confirm_sign_in`].
    CodeWanted(Token),
}

/// Longest name of a browser kept, in characters.
const USER_AGENT_CHARS: usize = 200;

/// Signs in and begins a session, or asks for a code where the account has a second factor.
///
/// An unknown name, a wrong password, a locked and a closed account are one answer and the same work: nobody
/// learns from outside which names exist. The audit tells them apart.
///
/// # Errors
/// [`Refusal::SignInRefused`].
pub fn sign_in(app: &App, tenant: &TenantId, given: &SignIn) -> Result<SignedIn, Error> {
    let known = app.db.read(|tx| store::account::by_name(tx, tenant, &given.name))?;
    let (mut tx, outcome) = attempt(app, tenant, known, &given.password)?;
    match outcome {
        Outcome::LetIn(found) => {
            let how = Arrival { way_in: WayIn::Password, back: &given.back, user_agent: &given.user_agent };
            let done = arrive(app, &mut tx, tenant, &found, &how)?;
            if let SignedIn::In(_) = &done {
                forgive(&mut tx, tenant, &found.id)?;
            }
            tx.commit()?;
            Ok(done)
        }
        Outcome::TurnedAway { account, locked_until } => {
            // A name that is none may be a password typed in the wrong field: it is not written down.
            let about = account.map_or_else(|| subject("?"), |account| subject(&account.name));
            let detail = locked_until.map(|until| format!("locked until {until}")).unwrap_or_default();
            let visitor = nobody(tenant);
            store::audit::append(&mut tx, &visitor, app.clock.now(), "sign-in-refused", &about, &detail)?;
            tx.commit()?;
            Err(Refusal::SignInRefused.into())
        }
    }
}

/// How someone came to the door.
pub(super) struct Arrival<'a> {
    /// What they showed first.
    pub way_in: WayIn,
    /// Where they want to go.
    pub back: &'a str,
    /// What their browser calls itself.
    pub user_agent: &'a str,
}

/// Lets someone in who has shown who they are, or asks for the code of their second factor.
pub(super) fn arrive(
    app: &App,
    tx: &mut Tx,
    tenant: &TenantId,
    account: &Account,
    how: &Arrival<'_>,
) -> Result<SignedIn, Error> {
    let now = app.clock.now();
    let factor = second_factor::get(tx, tenant, &account.id)?;
    if factor.is_some_and(|factor| factor.confirmed_at.is_some()) {
        let token = Token::new(&app.entropy)?;
        let pending = PendingSignIn {
            account: Some(account.id.clone()),
            way_in: how.way_in,
            back: how.back.to_owned(),
            expires_at: now.plus_seconds(PENDING_SECONDS),
        };
        pending::insert(tx, tenant, &token.key(), &pending, now)?;
        return Ok(SignedIn::CodeWanted(token));
    }
    let token = begin_session(app, tx, tenant, &account.id, how.user_agent, how.way_in)?;
    let detail = match how.way_in {
        WayIn::Password => "",
        WayIn::Provider => "sso",
    };
    store::audit::append(tx, &signing_in(tenant, account), now, "sign-in", &subject(&account.name), detail)?;
    Ok(SignedIn::In(token))
}

/// The person who signs in, before their roles are known.
pub(super) fn signing_in(tenant: &TenantId, account: &Account) -> Actor {
    Actor::person(&account.display_name, tenant.clone(), account.id.clone(), Vec::new())
}

/// Whoever is not signed in.
pub(super) fn nobody(tenant: &TenantId) -> Actor {
    Actor::reader(VISITOR, tenant.clone())
}

/// The name under which whoever is not signed in is recorded.
const VISITOR: &str = "public reader";

/// Begins a session of an account, and clears away those that are over.
pub(super) fn begin_session(
    app: &App,
    tx: &mut Tx,
    tenant: &TenantId,
    id: &AccountId,
    user_agent: &str,
    way_in: WayIn,
) -> Result<Token, Error> {
    let now = app.clock.now();
    let token = Token::new(&app.entropy)?;
    let visible = user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_CHARS).collect();
    let session = Session {
        created_at: now,
        seen_at: now,
        expires_at: now.plus_seconds(SESSION_IDLE_SECONDS.min(SESSION_SECONDS_MAX)),
        user_agent: visible,
        way_in,
    };
    store::account::session::delete_expired(tx, tenant, now)?;
    store::account::session::insert(tx, tenant, &token.key(), id, &session)?;
    Ok(token)
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").field("name", &account::folded(&self.name)).finish_non_exhaustive()
    }
}
