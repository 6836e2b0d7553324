//! Sends one's own unit's sheet up (gửi bảng điểm): from then on others look at it, and the unit waits.

use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::actor::Verb;
use thidua_domain::cluster::journal::{Act, Passage, Way};
use thidua_domain::cluster::mark::Stage;
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};

use super::held::held;
use crate::{App, Error};

/// Sends a sheet.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for this actor; [`Refusal::BadMark`] where the sheet was sent
/// already, the unit is not scored, or the round is frozen.
pub fn send_scores(app: &App, by: &Actor, code: &ClusterCode, year: i16, unit: &OrgId) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, code, year)?;
    held.own(by, Verb::SendScores, unit)?;
    let refused = |why| Refusal::BadMark { unit: unit.to_string(), criterion: String::new(), why };
    if held.stage() == Stage::Frozen {
        return Err(refused(MarkFault::Frozen).into());
    }
    if !held.members.contains(unit) {
        return Err(refused(MarkFault::NotMember).into());
    }
    held.lies_with(unit, "")?;

    let now = app.clock.now();
    let act = Act::Passed(unit.clone(), Passage { way: Way::Up, by: by.name.clone(), at: now });
    held.keep(&mut tx, by, now, &[act], Verb::SendScores.word(), "")?;
    tx.commit()?;
    Ok(())
}
