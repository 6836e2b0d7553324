//! Marks a criterion of a member at a level: as a peer, for those who appraise, or for the council. Each mark is made over
//! the one below as it was seen; one that differs needs a reason, which the unit is shown.

use thidua_base::Number;
use thidua_domain::Actor;
use thidua_domain::cluster::journal::Act;
use thidua_domain::cluster::mark::Standing;
use thidua_domain::cluster::review::{Reviewed, Verdict};
use thidua_domain::cluster::scheme::Level;

use super::held::{CellKey, below, held, said};
use crate::{App, Error};

/// Keeps a mark made over another, which the actor saw as `over`.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for this actor at this level;
/// [`Refusal::BadMark`](thidua_domain::Refusal::BadMark) for what is not taken: no reason for a change, another mark below
/// than was seen, a unit that would mark itself.
pub fn mark(
    app: &App,
    by: &Actor,
    at: &CellKey,
    level: Level,
    verdict: Verdict,
    over: Number,
    reason: &str,
) -> Result<Reviewed, Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, &at.cluster, at.year)?;
    let standing = held.marks_as(by, level, &at.unit)?;
    let by_unit = match &standing {
        Standing::Member(unit) | Standing::Head(unit) => Some(unit.clone()),
        Standing::Appraiser | Standing::Council => None,
    };
    let sheets = held.round(&mut tx, app, by)?.score(&held.scheme).map_err(|why| Error::Internal(why.into()))?;
    let place = held.scheme.place(&at.criterion).unwrap_or(usize::MAX);
    let sheet = sheets.iter().find(|sheet| sheet.unit == at.unit);
    let now = sheet.map_or(Number::whole(0), |sheet| below(sheet, place, level));
    let reviewed =
        Reviewed { level, verdict, over, reason: said(reason), by: by.name.clone(), by_unit, at: app.clock.now() };
    held.desk().review(&standing, &at.unit, &at.criterion, &reviewed, now)?;

    let act = Act::Marked(at.unit.clone(), at.criterion.clone(), reviewed.clone());
    let record = act.record();
    held.keep(&mut tx, by, reviewed.at, &[act], "mark-scores", &record)?;
    tx.commit()?;
    Ok(reviewed)
}
