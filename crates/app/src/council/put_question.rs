//! Puts a matter to the vote, the first time or again (đưa ra biểu quyết, biểu quyết lại).

use thidua_domain::council::{
    Ballot, CountRule, HouseRule, Matter, MatterNumber, QuestionNumber, SessionAct, SessionId,
};
use thidua_domain::refusal::CouncilFault;
use thidua_domain::{Actor, Refusal};
use thidua_law::Book;
use thidua_law::honour::on_day;

use super::desk::{Desk, fault, tidy};
use super::minutes::cited;
use super::urn::Urn;
use crate::{App, Error};

/// A question as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// The matter.
    pub matter: MatterNumber,
    /// How votes are cast.
    pub ballot: Ballot,
    /// Its words.
    pub text: String,
    /// Why the matter is voted on again; empty the first time.
    pub reason: String,
}

/// Puts it. The rule it is counted by, from the law book of the session's day and the council's own, is frozen with it.
///
/// # Errors
/// [`Error::NotFound`] for those who do not run the session; [`CouncilFault::NoHouseRule`]; as
/// [`thidua_domain::council::Sitting::put`].
pub fn put_question(app: &App, by: &Actor, session: &SessionId, asked: &NewQuestion) -> Result<QuestionNumber, Error> {
    let mut tx = app.db.begin()?;
    let desk = Desk::write(&mut tx, app, by, session)?;
    desk.permit_running()?;
    let matter = desk.sitting.matter(asked.matter).ok_or_else(|| fault(CouncilFault::NoSuchMatter))?;
    let house =
        desk.composition.rule_on(desk.sitting.session.held_on).ok_or_else(|| fault(CouncilFault::NoHouseRule))?;
    let book = app.book_in(&mut tx, by)?;
    let rule = count_rule(&book, &desk, matter, house);
    let words = (tidy(&asked.text), tidy(&asked.reason));
    let cite = cited(&book, &rule.method_from);
    let put = desk.sitting.put(asked.matter, asked.ballot, (&words.0, &words.1), rule, &desk.signed(by));
    let question = put.map_err(|refusal| match refusal {
        // The sentence names the instrument as people do.
        Refusal::Council(CouncilFault::MustBeSecret { .. }) => CouncilFault::MustBeSecret { cite }.into(),
        other => other,
    })?;
    let number = question.number;
    let detail =
        format!("question {number} on matter {}, round {}, {}", asked.matter, question.round, asked.ballot.word());
    desk.keep(&mut tx, by, &[SessionAct::Put(question)], "put-question", &detail)?;
    tx.commit()?;
    if asked.ballot == Ballot::Secret {
        app.urns.hold().insert((by.scope.tenant.clone(), session.clone(), number), Urn::new());
    }
    Ok(number)
}

/// The rule for a matter on the session's day.
pub(super) fn count_rule(book: &Book, desk: &Desk, matter: &Matter, house: &HouseRule) -> CountRule {
    let votes = book.honour(&matter.honour).map(|honour| honour.procedure.votes.as_slice()).unwrap_or_default();
    let body = desk.council.body.as_deref();
    let row = on_day(votes, desk.sitting.session.held_on).find(|row| Some(row.what.body.as_str()) == body);
    CountRule::of(row, house)
}
