//! Signs a person in (đăng nhập).

use thidua_base::code::TenantId;
use thidua_domain::account::{SESSION_IDLE_SECONDS, SESSION_SECONDS_MAX, Session};
use thidua_domain::actor::{AccountId, Actor};
use thidua_domain::{Refusal, account};
use thidua_store as store;
use thidua_store::Tx;

use super::attempt::{Outcome, attempt};
use super::{Token, subject};
use crate::clock::later;
use crate::{App, Error};

/// What a person types to sign in, and what their browser calls itself.
pub struct SignIn {
    /// The account's name; marks and case do not count.
    pub name: String,
    /// The password.
    pub password: String,
    /// The browser's own name, for the list of sessions.
    pub user_agent: String,
}

/// Longest name of a browser kept, in characters.
const USER_AGENT_CHARS: usize = 200;

/// Signs in and begins a session; gives its token.
///
/// An unknown name, a wrong password, a locked and a closed account are one answer and the same work: nobody
/// learns from outside which names exist. The audit tells them apart.
///
/// # Errors
/// [`Refusal::SignInRefused`].
pub fn sign_in(app: &App, tenant: &TenantId, given: &SignIn) -> Result<Token, Error> {
    let known = app.db.read(|tx| store::account::by_name(tx, tenant, &given.name))?;
    let (mut tx, outcome) = attempt(app, tenant, known, &given.password)?;
    match outcome {
        Outcome::LetIn(found) => {
            let by = Actor::person(&found.display_name, tenant.clone(), found.id.clone(), Vec::new());
            let token = begin_session(app, &mut tx, tenant, &found.id, &given.user_agent)?;
            store::audit::append(&mut tx, &by, app.clock.now(), "sign-in", &subject(&found.name), "")?;
            tx.commit()?;
            Ok(token)
        }
        Outcome::TurnedAway { account, locked_until } => {
            // A name that is none may be a password typed in the wrong field: it is not written down.
            let about = account.map_or_else(|| subject("?"), |account| subject(&account.name));
            let detail = locked_until.map(|until| format!("locked until {until}")).unwrap_or_default();
            let visitor = Actor::reader(VISITOR, tenant.clone());
            store::audit::append(&mut tx, &visitor, app.clock.now(), "sign-in-refused", &about, &detail)?;
            tx.commit()?;
            Err(Refusal::SignInRefused.into())
        }
    }
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
) -> Result<Token, Error> {
    let now = app.clock.now();
    let token = Token::new(&app.entropy)?;
    let visible = user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_CHARS).collect();
    let session = Session {
        created_at: now,
        seen_at: now,
        expires_at: later(now, SESSION_IDLE_SECONDS.min(SESSION_SECONDS_MAX)),
        user_agent: visible,
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
