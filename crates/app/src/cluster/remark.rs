//! Says something in the course of an objection, by the unit or by those it is about.

use thidua_base::code::ClusterCode;
use thidua_domain::actor::Verb;
use thidua_domain::cluster::journal::Act;
use thidua_domain::cluster::objection::Remark;
use thidua_domain::{Actor, Refusal};

use super::held::{held, said};
use crate::{App, Error};

/// Keeps what was said.
///
/// # Errors
/// [`Error::NotFound`] where there is no such open objection for this actor; [`Refusal::NoReason`] for an empty text.
pub fn remark(app: &App, by: &Actor, code: &ClusterCode, year: i16, objection: i64, text: &str) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, code, year)?;
    let about = held.journal.objections.get(&objection).filter(|found| found.outcome.is_none());
    let about = about.ok_or(Error::NotFound("objection"))?;
    held.own(by, Verb::SendScores, &about.unit).or_else(|_| held.marks_as(by, about.level, &about.unit))?;
    let text = said(text);
    if text.is_empty() {
        return Err(Refusal::NoReason.into());
    }

    let now = app.clock.now();
    let said = Remark { text: text.clone(), by: by.name.clone(), at: now };
    let act = Act::Remarked(objection, about.unit.clone(), said);
    held.keep(&mut tx, by, now, &[act], "remark-on-objection", &text)?;
    tx.commit()?;
    Ok(())
}
