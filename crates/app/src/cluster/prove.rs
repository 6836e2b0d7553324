//! Adds a file of evidence of one's own unit, kept byte for byte (tài liệu minh chứng); many criteria may cite one file.

use sha2::{Digest, Sha256};
use thidua_base::code::{ClusterCode, EvidenceId, OrgId};
use thidua_domain::actor::Verb;
use thidua_domain::cluster::evidence::Proof;
use thidua_domain::cluster::journal::Act;
use thidua_domain::cluster::mark::Stage;
use thidua_domain::collection::evidence::kind_of;
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{cluster, held, reads, said};
use crate::entropy::hex;
use crate::{App, Error};

/// Keeps a file of evidence and gives its id.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for this actor; [`Refusal::BadEvidence`] for a
/// file that is not taken; [`Refusal::BadMark`] where the unit is no member or the round is frozen.
pub fn prove(
    app: &App,
    by: &Actor,
    code: &ClusterCode,
    year: i16,
    unit: &OrgId,
    name: &str,
    bytes: &[u8],
) -> Result<EvidenceId, Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, code, year)?;
    held.own(by, Verb::ClaimScores, unit)?;
    let refused = |why| Refusal::BadMark { unit: unit.to_string(), criterion: String::new(), why };
    if held.stage() == Stage::Frozen {
        return Err(refused(MarkFault::Frozen).into());
    }
    if !held.members.contains(unit) {
        return Err(refused(MarkFault::NotMember).into());
    }
    let name = said(name);
    kind_of(&name, bytes).map_err(Refusal::from)?;
    let now = app.clock.now();
    let id = EvidenceId::parse(&hex(&app.entropy.bytes::<8>()?)).map_err(|why| Error::Internal(why.into()))?;
    let file = Proof { unit: unit.clone(), name, hash: hex(&Sha256::digest(bytes)), revoked: None };

    store::collection::evidence::keep_bytes(&mut tx, &by.scope.tenant, &file.hash, bytes)?;
    let detail = format!("{id} {} {}", file.hash, file.name);
    held.keep(&mut tx, by, now, &[Act::Proved(id.clone(), file)], "prove-scores", &detail)?;
    tx.commit()?;
    Ok(id)
}

/// A file of evidence as it was added, with what is known of it.
///
/// # Errors
/// [`Error::NotFound`] where there is none for this actor.
pub fn evidence_file(
    app: &App,
    by: &Actor,
    code: &ClusterCode,
    year: i16,
    id: &EvidenceId,
) -> Result<(Proof, Vec<u8>), Error> {
    app.db.read(|tx| {
        let cluster = cluster(tx, by, code, year)?;
        if !reads(by, &cluster) {
            return Err(Error::NotFound("evidence"));
        }
        let journal = store::cluster::scoring::journal(tx, &by.scope, code, year)?;
        let file = journal.evidence.files.get(id).cloned().ok_or(Error::NotFound("evidence"))?;
        let bytes = store::collection::evidence::bytes_of(tx, &by.scope, &file.hash)?;
        Ok((file, bytes.ok_or(Error::NotFound("evidence"))?))
    })
}
