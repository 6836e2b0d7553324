//! Sends a member's sheet back with what is to be looked at again, named (trả lại bảng điểm).

use thidua_base::code::{ClusterCode, CriterionCode, OrgId};
use thidua_domain::cluster::journal::{Act, Passage, Way};
use thidua_domain::cluster::mark::Stage;
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};

use super::held::{held, said};
use crate::{App, Error};

/// Sends a sheet back.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for those who lead it, or the sheet does not lie with them;
/// [`Refusal::NoReason`]; [`Refusal::BadMark`] for a criterion the scheme does not have, or where the round is frozen.
pub fn return_scores(
    app: &App,
    by: &Actor,
    code: &ClusterCode,
    year: i16,
    unit: &OrgId,
    named: Vec<CriterionCode>,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, code, year)?;
    held.leads(by)?;
    let refused = |criterion: String, why| Refusal::BadMark { unit: unit.to_string(), criterion, why };
    if held.stage() == Stage::Frozen {
        return Err(refused(String::new(), MarkFault::Frozen).into());
    }
    if !held.journal.is_up(unit) {
        return Err(Error::NotFound("scoring"));
    }
    if let Some(unknown) = named.iter().find(|code| held.scheme.criterion(code).is_none()) {
        return Err(refused(unknown.to_string(), MarkFault::NoSuchLeaf).into());
    }
    let reason = said(reason);
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }

    let now = app.clock.now();
    let way = Way::Back { reason: reason.clone(), named };
    let act = Act::Passed(unit.clone(), Passage { way, by: by.name.clone(), at: now });
    held.keep(&mut tx, by, now, &[act], "return-scores", &reason)?;
    tx.commit()?;
    Ok(())
}
