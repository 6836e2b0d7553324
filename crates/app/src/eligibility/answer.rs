//! Records a responsible person's answer to a condition that only a person can judge (xác nhận điều kiện).

use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::eligibility::{AnswerId, GivenAnswer, Reply, decide, standing};
use thidua_domain::subject::{Entered, SubjectId, hide_numbers};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::check::read;
use super::question::{Asked, Frame, ask, kinds, wanted};
use crate::entropy::hex;
use crate::{App, Error};

/// An answer to be recorded.
#[derive(Debug, Clone)]
pub struct AnswerAsked {
    /// About whom.
    pub subject: SubjectId,
    /// For which honour, on which day, for which year.
    pub asked: Asked,
    /// The way to the condition.
    pub condition: String,
    /// The answer.
    pub reply: Reply,
    /// Why.
    pub reason: String,
}

/// Records it; an earlier answer to the same condition stays in the record and no longer counts.
///
/// # Errors
/// [`Error::NotFound`] where there is no such subject or condition for this actor, or they may not answer here; what
/// [`decide`] refuses; [`Refusal::NotInBook`].
pub fn answer_condition(app: &App, by: &Actor, new: &AnswerAsked) -> Result<GivenAnswer, Error> {
    let frame = Frame::of(app, &new.asked);
    let code = new.asked.honour.as_ref().ok_or(Error::NotFound("honour"))?;
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let (mut recorded, given, units, unit_kind) = read(&mut tx, app, by, &new.subject, frame)?;
    if !units.iter().any(|(unit, _)| may(by, Verb::AnswerCondition, Thing::Unit(unit)).is_granted()) {
        return Err(Error::NotFound("subject"));
    }
    let book = app.book_in(&mut tx, by)?;
    let honour = *wanted(&book, Some(code))?.first().ok_or(Error::NotFound("honour"))?;
    let kinds = kinds(&recorded.record, unit_kind.as_deref());
    let answer = ask(&book, honour, &mut recorded.record, &kinds, frame, &standing(&given));
    let finding = answer.at(&new.condition).ok_or(Error::NotFound("condition"))?;
    let reason = decide(finding, &new.reason)?;
    let id = AnswerId::parse(&format!("a-{}", hex(&app.entropy.bytes::<12>()?)));
    let given = GivenAnswer {
        id: id.map_err(|why| Error::Internal(why.into()))?,
        subject: recorded.id.clone(),
        number: 1 + given.iter().filter(|one| one.subject == recorded.id).map(|one| one.number).max().unwrap_or(0),
        honour: honour.code.clone(),
        year: frame.year,
        condition: new.condition.clone(),
        said: finding.said.vi.clone(),
        reply: new.reply,
        asked_on: frame.on,
        book: answer.book_hash.clone(),
        entered: Entered { by: by.name.clone(), at: now, reason },
    };

    store::eligibility::insert(&mut tx, &by.scope.tenant, &given)?;
    let detail = format!(
        "{} {} {}: {} ({})",
        given.honour,
        given.year,
        given.condition,
        given.reply.word(),
        given.entered.reason
    );
    let thing = format!("subject:{}", given.subject);
    store::audit::append(&mut tx, by, now, Verb::AnswerCondition.word(), &thing, &hide_numbers(&detail))?;
    tx.commit()?;
    Ok(given)
}

/// The reply of a word.
///
/// # Errors
/// [`Refusal::NothingChosen`] for an unknown one.
pub fn reply_of(word: &str) -> Result<Reply, Refusal> {
    Reply::parse(word).ok_or(Refusal::NothingChosen)
}
