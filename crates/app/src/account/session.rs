//! The sessions of a person, as they see them.

use thidua_domain::account::Session;
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;

use super::{Token, own};
use crate::permit::permit;
use crate::{App, Error};

/// A session in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSession {
    /// The session.
    pub session: Session,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// The actor's sessions that are not over, the one used last first.
///
/// # Errors
/// [`Error::NotFound`] where the actor is no person who signed in.
pub fn sessions(app: &App, by: &Actor, current: &Token) -> Result<Vec<ListedSession>, Error> {
    let id = own(by)?;
    permit(by, Verb::KeepAccount, Thing::Account(id), "account")?;
    let now = app.clock.now();
    let open = app.db.read(|tx| store::account::session::sessions_of(tx, &by.scope.tenant, id, now))?;
    let key = current.key();
    Ok(open.into_iter().map(|(own, session)| ListedSession { session, is_current: own == key }).collect())
}
