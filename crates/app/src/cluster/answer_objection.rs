//! Ends an objection: withdrawn by the unit, accepted or declined by those it is about or by the council, with a reason.

use thidua_base::code::ClusterCode;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::cluster::journal::Act;
use thidua_domain::cluster::objection::{Answer, Outcome};
use thidua_domain::cluster::scheme::Level;

use super::held::{held, said};
use crate::{App, Error};

/// Ends an objection. One that is accepted changes no mark: the new mark is made after it, with its own reason.
///
/// # Errors
/// [`Error::NotFound`] where there is no such objection for this actor;
/// [`Refusal::BadMark`](thidua_domain::Refusal::BadMark) without a reason, where it ended already, or the round is frozen.
pub fn answer_objection(
    app: &App,
    by: &Actor,
    code: &ClusterCode,
    year: i16,
    objection: i64,
    answer: Answer,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, code, year)?;
    let about = held.journal.objections.get(&objection).ok_or(Error::NotFound("objection"))?;
    let standing = match answer {
        Answer::Withdrawn => held.own(by, Verb::SendScores, &about.unit)?,
        Answer::Accepted | Answer::Declined => {
            held.marks_as(by, Level::Council, &about.unit).or_else(|_| held.marks_as(by, about.level, &about.unit))?
        }
    };
    let now = app.clock.now();
    let outcome = Outcome { answer, reason: said(reason), by: by.name.clone(), at: now };
    about.ended(&standing, outcome.clone(), held.stage())?;

    let detail = outcome.reason.clone();
    let act = Act::Answered(objection, about.unit.clone(), outcome);
    held.keep(&mut tx, by, now, &[act], "answer-objection", &detail)?;
    tx.commit()?;
    Ok(())
}
