//! Takes a file of evidence out of account, once for all criteria that cite it (thu hồi minh chứng).

use thidua_base::code::{ClusterCode, EvidenceId};
use thidua_domain::cluster::evidence::Revoked;
use thidua_domain::cluster::journal::Act;
use thidua_domain::cluster::mark::Stage;
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};

use super::held::{held, said};
use crate::{App, Error};

/// Revokes a file; how many claims cite it is told.
///
/// # Errors
/// [`Error::NotFound`] where there is no such file for those who appraise; [`Refusal::NoReason`];
/// [`Refusal::BadMark`] where the round is frozen.
pub fn revoke_evidence(
    app: &App,
    by: &Actor,
    code: &ClusterCode,
    year: i16,
    id: &EvidenceId,
    reason: &str,
) -> Result<usize, Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, code, year)?;
    held.leads(by)?;
    let file = held.journal.evidence.files.get(id).ok_or(Error::NotFound("evidence"))?;
    if held.stage() == Stage::Frozen {
        let unit = file.unit.to_string();
        return Err(Refusal::BadMark { unit, criterion: String::new(), why: MarkFault::Frozen }.into());
    }
    let reason = said(reason);
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let cited = held.journal.evidence.citing(id).count();
    let now = app.clock.now();
    let revoked = Revoked { reason: reason.clone(), by: by.name.clone(), at: now };

    let act = Act::Revoked(id.clone(), file.unit.clone(), revoked);
    held.keep(&mut tx, by, now, &[act], "revoke-evidence", &format!("{id}: {reason}"))?;
    tx.commit()?;
    Ok(cited)
}
