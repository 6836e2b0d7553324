//! Objects to the mark of a level for one criterion of one's own unit (kiến nghị về điểm), to be answered by a day.

use thidua_base::Date;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::cluster::journal::Act;
use thidua_domain::cluster::objection::Objection;
use thidua_domain::cluster::scheme::Level;

use super::held::{CellKey, held, said};
use crate::{App, Error};

/// Days in which an objection is to be answered.
const DAYS: i64 = 7;

/// An objection as it was raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised {
    /// Its number, by which it is answered.
    pub number: i64,
    /// The last day for an answer.
    pub due: Date,
}

/// Raises an objection.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for this actor;
/// [`Refusal::BadMark`](thidua_domain::Refusal::BadMark) without grounds, about one's own mark, or where the round is
/// frozen.
pub fn object(app: &App, by: &Actor, at: &CellKey, level: Level, grounds: &str) -> Result<Raised, Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, &at.cluster, at.year)?;
    let own = held.own(by, Verb::SendScores, &at.unit)?;
    held.scheme.criterion(&at.criterion).ok_or(Error::NotFound("criterion"))?;
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let objection = Objection {
        unit: at.unit.clone(),
        criterion: at.criterion.clone(),
        level,
        grounds: said(grounds),
        by: by.name.clone(),
        at: now,
        due: today.plus_days(DAYS).unwrap_or(today),
        said: Vec::new(),
        outcome: None,
    };
    objection.raised(&own, held.stage())?;

    let raised = Raised { number: held.journal.last + 1, due: objection.due };
    let detail = objection.grounds.clone();
    held.keep(&mut tx, by, now, &[Act::Objected(objection)], "object-to-score", &detail)?;
    tx.commit()?;
    Ok(raised)
}
