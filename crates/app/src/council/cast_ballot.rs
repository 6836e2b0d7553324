//! A member casts their ballot (bỏ phiếu, biểu quyết).

use thidua_domain::Actor;
use thidua_domain::council::{Ballot, Choice, QuestionNumber, SessionAct, SessionId};
use thidua_domain::refusal::CouncilFault;
use thidua_store as store;

use super::desk::{Desk, fault, overtaken};
use super::urn::code;
use crate::{App, Error};

/// What a voter is told of their ballot, once.
#[derive(Clone, PartialEq, Eq)]
pub enum Receipt {
    /// A vote in the open stands by name.
    Open,
    /// A secret ballot bears a code that nobody else knows; it is not kept with the name, and never shown again.
    Secret(String),
}

impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Open => "Open",
            Self::Secret(_) => "Secret(…)",
        })
    }
}

/// Casts the ballot of one's own seat.
///
/// A secret ballot goes into the urn in memory; the database and the journal learn only that this seat voted.
///
/// # Errors
/// [`Error::NotFound`] for those without a seat in the session; as [`thidua_domain::council::Sitting::judge_cast`];
/// [`CouncilFault::UrnLost`] where the process that held the urn has ended.
pub fn cast_ballot(
    app: &App,
    by: &Actor,
    session: &SessionId,
    question: QuestionNumber,
    choice: Choice,
) -> Result<Receipt, Error> {
    let mut tx = app.db.begin()?;
    let desk = Desk::write(&mut tx, app, by, session)?;
    let seat = desk.seat()?;
    let asked = desk.sitting.judge_cast(question, seat, &desk.voters)?;
    let detail = format!("question {question}, seat {}", seat.number);
    if asked.ballot == Ballot::Open {
        let act = SessionAct::Voted(question, seat.number, choice, desk.signed(by));
        desk.keep(&mut tx, by, &[act], "cast-ballot", &detail)?;
        tx.commit()?;
        return Ok(Receipt::Open);
    }
    let tenant = by.scope.tenant.clone();
    let mut urns = app.urns.hold();
    let voters = desk.voters.iter().filter(|(of, _)| *of == question).count();
    let urn = urns.get_mut(&(tenant.clone(), session.clone(), question)).filter(|urn| urn.len() == voters);
    let urn = urn.ok_or_else(|| fault(CouncilFault::UrnLost { voters, ballots: 0 }))?;
    let code = code(&app.entropy, urn)?;
    store::council::add_voter(&mut tx, &tenant, session, question, seat.number).map_err(overtaken)?;
    desk.keep(&mut tx, by, &[], "cast-ballot", &detail)?;
    tx.commit()?;
    urn.insert(code.clone(), choice);
    Ok(Receipt::Secret(code))
}
