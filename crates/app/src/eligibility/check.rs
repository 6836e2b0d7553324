//! One subject for one honour, explained; or for every honour of its kind.

use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::Scope;
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::eligibility::{GivenAnswer, standing};
use thidua_domain::subject::{Details, SubjectId};
use thidua_law::answer::{Answer, Outcome};
use thidua_law::{Book, Record};
use thidua_store as store;
use thidua_store::Tx;

use super::question::{Asked, Frame, ask, is_for, kinds, wanted};
use crate::subject::{Recorded, record_in};
use crate::{App, Error};

/// A subject with the answers of the book.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Whoever stands for all of it.
    pub id: SubjectId,
    /// Who it is.
    pub details: Details,
    /// The units it belongs to, with their names on the day.
    pub units: Vec<(OrgId, String)>,
    /// The day and year that were taken.
    pub frame: Frame,
    /// One answer for the honour asked for; without one, one for each honour of the subject that a law of that day
    /// knows, in the order of the book.
    pub answers: Vec<Answer>,
    /// What persons answered about the subject, also what was taken back, in the order it was given.
    pub given: Vec<GivenAnswer>,
    /// Whether the actor may answer here.
    pub may_answer: bool,
    /// What it is registered for in the award year.
    pub registered: Vec<Registered>,
}

/// A registration of emulation for the award year: for an honour, or for none by name.
pub type Registered = Option<HonourCode>;

/// Asks the book about a subject.
///
/// # Errors
/// [`Error::NotFound`] where there is no subject that this actor may see; [`thidua_domain::Refusal::NotInBook`].
pub fn check(app: &App, by: &Actor, id: &SubjectId, asked: &Asked) -> Result<Checked, Error> {
    let frame = Frame::of(app, asked);
    let (book, (mut recorded, given, units, unit_kind)) =
        app.db.read(|tx| Ok::<_, Error>((app.book_in(tx, by)?, read(tx, app, by, id, frame)?)))?;
    let honours = wanted(&book, asked.honour.as_ref())?;
    let kinds = kinds(&recorded.record, unit_kind.as_deref());
    let standing = standing(&given);
    let all = asked.honour.is_none();
    let asked_for = honours.into_iter().filter(|honour| !all || is_for(honour, &kinds));
    let answers = asked_for.map(|honour| ask(&book, honour, &mut recorded.record, &kinds, frame, &standing));
    let is_shown =
        |answer: &Answer| !all || !matches!(answer.outcome, Outcome::NotInForce | Outcome::NotForThisSubject);
    Ok(Checked {
        answers: answers.filter(is_shown).collect(),
        may_answer: units.iter().any(|(unit, _)| may(by, Verb::AnswerCondition, Thing::Unit(unit)).is_granted()),
        registered: recorded.registered.iter().filter(|one| one.0 == frame.year).map(|one| one.1.clone()).collect(),
        id: recorded.id,
        details: recorded.details,
        units,
        frame,
        given,
    })
}

type Read = (Recorded, Vec<GivenAnswer>, Vec<(OrgId, String)>, Option<String>);

/// What is known of a subject, what persons answered, its units with names, and the kind of the first.
pub(super) fn read(tx: &mut Tx, app: &App, by: &Actor, id: &SubjectId, frame: Frame) -> Result<Read, Error> {
    let recorded = record_in(tx, app, by, id, frame.known_on())?;
    let given = store::eligibility::answers_of(tx, &by.scope.tenant, &recorded.members)?;
    let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
    let named = recorded.units.iter().map(|unit| (unit.clone(), ground.units.name_on(unit, frame.on)));
    let first = recorded.units.first().and_then(|unit| ground.units.on(unit, frame.on));
    let kind = first.map(|unit| unit.kind.clone());
    Ok((recorded.clone(), given, named.collect(), kind))
}

/// Asks the book about a record that is in no database.
///
/// # Errors
/// [`thidua_domain::Refusal::NotInBook`].
pub fn check_record(
    book: &Book,
    record: &Record,
    frame: Frame,
    honour: Option<&HonourCode>,
) -> Result<Vec<Answer>, Error> {
    let mut record = record.clone();
    let given = std::mem::take(&mut record.answers);
    let kinds = [record.subject];
    let mut answers = Vec::new();
    for one in wanted(book, honour)? {
        if honour.is_some() || is_for(one, &kinds) {
            record.answers.clone_from(&given);
            let question = frame.question(&one.code, record.subject);
            answers.push(book.answer(&question, &record));
        }
    }
    if honour.is_none() {
        answers.retain(|answer| !matches!(answer.outcome, Outcome::NotInForce | Outcome::NotForThisSubject));
    }
    Ok(answers)
}
