//! The audit: who did what, when, in a chain that shows any change.

use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_store as store;
pub use thidua_store::audit::{Chain, Entry, Fault};

use crate::permit::permit;
use crate::{App, Error};

/// Walks the chain of the actor's tenant from its first row. A broken chain is an answer, not an error.
///
/// # Errors
/// [`Error::NotFound`] for those who may not; where the store fails.
pub fn verify(app: &App, by: &Actor) -> Result<Chain, Error> {
    permit(by, Verb::VerifyAudit, Thing::Tenant, "journal")?;
    app.db.read(|tx| Ok(store::audit::verify(tx, &by.scope.tenant)?))
}

/// The newest rows, newest first, at most `most`.
///
/// # Errors
/// [`Error::NotFound`] for those who may not; where the store fails.
pub fn tail(app: &App, by: &Actor, most: u32) -> Result<Vec<Entry>, Error> {
    permit(by, Verb::ReadJournal, Thing::Tenant, "journal")?;
    app.db.read(|tx| Ok(store::audit::tail(tx, &by.scope, most)?))
}
