//! Drops a decision before it is signed (bỏ dự thảo), with a reason; it stays to be read.

use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::decision::{Act, DecisionId};
use thidua_store as store;

use super::desk::{decision, keep, tidy};
use crate::{App, Error};

/// Drops it.
///
/// # Errors
/// [`Error::NotFound`]; what [`thidua_domain::decision::Decision::judge`] refuses.
pub fn drop_decision(app: &App, by: &Actor, id: &DecisionId, reason: &str) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let held = decision(&mut tx, by, Verb::PrepareDecision, id)?;
    let act = Act::Drop { reason: tidy(reason) };
    held.judge(&act)?;

    let reason = tidy(reason);
    keep(&mut tx, app, by, (id, held.events.len()), act, None, &reason)?;
    tx.commit()?;
    Ok(())
}
