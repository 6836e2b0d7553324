//! Closes a vote: counts it, or says that it is void (kiểm phiếu).

use thidua_domain::Actor;
use thidua_domain::council::{Ballot, Choice, Count, QuestionNumber, SessionAct, SessionId};
use thidua_domain::refusal::CouncilFault;
use thidua_store as store;

use super::desk::{Desk, fault, tidy};
use crate::{App, Error};

/// How a vote is to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Its ballots are counted.
    Count,
    /// It is void, for a reason; its ballots are destroyed unseen.
    Void(String),
}

/// Closes it, and freezes who was entitled, present and voted with the tally.
///
/// The ballots of a secret vote are written here and only here: all at once, in the order of their random codes.
///
/// # Errors
/// [`Error::NotFound`] for those who do not run the session; [`CouncilFault::EmptyText`] for a void vote without a reason;
/// as [`thidua_domain::council::Sitting::count`].
pub fn close_vote(
    app: &App,
    by: &Actor,
    session: &SessionId,
    question: QuestionNumber,
    ending: Ending,
) -> Result<Option<Count>, Error> {
    let mut tx = app.db.begin()?;
    let desk = Desk::write(&mut tx, app, by, session)?;
    desk.permit_running()?;
    let ballot = desk.sitting.judge_close(question)?.ballot;
    let key = (by.scope.tenant.clone(), session.clone(), question);
    let mut urns = app.urns.hold();
    let counted = match ending {
        Ending::Void(reason) => {
            let reason = tidy(&reason);
            if reason.is_empty() {
                return Err(fault(CouncilFault::EmptyText));
            }
            let act = SessionAct::Voided(question, reason, desk.signed(by));
            desk.keep(&mut tx, by, &[act], "void-vote", &format!("question {question}"))?;
            None
        }
        Ending::Count => {
            let cast = match ballot {
                Ballot::Open => Vec::new(),
                Ballot::Secret => urns.get(&key).map(|urn| urn.values().copied().collect()).unwrap_or_default(),
            };
            let named = desk.sitting.votes.iter().filter(|((of, _), _)| *of == question).map(|(_, choice)| *choice);
            let ballots: Vec<Choice> = match ballot {
                Ballot::Open => named.collect(),
                Ballot::Secret => cast,
            };
            let count = desk.sitting.count(question, &ballots, &desk.voters)?;
            if let Some(urn) = urns.get(&key) {
                store::council::add_ballots(&mut tx, &key.0, session, question, urn)?;
            }
            let act = SessionAct::Counted(question, count.clone(), desk.signed(by));
            let detail = format!("question {question}: {} of {} agreed", count.agreed, count.denominator);
            desk.keep(&mut tx, by, &[act], "close-vote", &detail)?;
            Some(count)
        }
    };
    tx.commit()?;
    urns.remove(&key);
    Ok(counted)
}
