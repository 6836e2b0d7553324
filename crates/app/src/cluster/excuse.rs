//! Excuses a member from a criterion, or from all under a group (miễn tiêu chí); never a unit itself.

use thidua_domain::Actor;
use thidua_domain::cluster::journal::Act;
use thidua_domain::cluster::review::{Excusal, Excused};

use super::held::{CellKey, held, said};
use crate::{App, Error};

/// Keeps an excuse.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for those who lead it;
/// [`Refusal::BadMark`](thidua_domain::Refusal::BadMark) without a reason, or where the round is frozen.
pub fn excuse(app: &App, by: &Actor, at: &CellKey, why: Excused, reason: &str) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, &at.cluster, at.year)?;
    let standing = held.leads(by)?;
    let excusal = Excusal { why, reason: said(reason), by: by.name.clone(), at: app.clock.now() };
    held.desk().excuse(&standing, &at.unit, &at.criterion, &excusal)?;

    let (now, detail) = (excusal.at, excusal.reason.clone());
    let act = Act::Excused(at.unit.clone(), at.criterion.clone(), excusal);
    held.keep(&mut tx, by, now, &[act], "excuse-scores", &detail)?;
    tx.commit()?;
    Ok(())
}
