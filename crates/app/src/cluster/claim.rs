//! Claims for a criterion of one's own unit, with evidence and a note (tự chấm); a later claim stands after the earlier ones.

use thidua_base::code::EvidenceId;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::cluster::evidence::{Claim, Claimed};
use thidua_domain::cluster::journal::Act;

use super::held::{CellKey, held, said};
use crate::{App, Error};

/// Keeps a claim.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for this actor;
/// [`Refusal::BadMark`](thidua_domain::Refusal::BadMark) for what is not taken.
pub fn claim(
    app: &App,
    by: &Actor,
    at: &CellKey,
    claim: Claim,
    files: Vec<EvidenceId>,
    note: &str,
) -> Result<Claimed, Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, &at.cluster, at.year)?;
    let own = held.own(by, Verb::ClaimScores, &at.unit)?;
    let claimed = Claimed { claim, files, note: said(note), by: by.name.clone(), at: app.clock.now() };
    held.desk().claim(&own, &at.unit, &at.criterion, &claimed)?;
    held.lies_with(&at.unit, at.criterion.as_str())?;

    let act = Act::Claimed(at.unit.clone(), at.criterion.clone(), claimed.clone());
    let record = act.record();
    held.keep(&mut tx, by, claimed.at, &[act], Verb::ClaimScores.word(), &record)?;
    tx.commit()?;
    Ok(claimed)
}
