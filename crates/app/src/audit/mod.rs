//! The audit: who did what, when, in a chain that shows any change.

use thidua_domain::Actor;
use thidua_store as store;
pub use thidua_store::audit::{Chain, Entry, Fault};

use crate::{App, Error};

/// Walks the chain of the actor's tenant from its first row. A broken chain is an answer, not an error.
///
/// # Errors
/// Where the store fails.
pub fn verify(app: &App, by: &Actor) -> Result<Chain, Error> {
    app.db.read(|tx| Ok(store::audit::verify(tx, &by.scope.tenant)?))
}

/// The newest rows, newest first, at most `most`.
///
/// # Errors
/// Where the store fails.
pub fn tail(app: &App, by: &Actor, most: u32) -> Result<Vec<Entry>, Error> {
    app.db.read(|tx| Ok(store::audit::tail(tx, &by.scope, most)?))
}
