//! Writes down the opinion of a member that came in writing (ý kiến bằng văn bản).

use thidua_base::Date;
use thidua_domain::Actor;
use thidua_domain::council::{Choice, MatterNumber, Opinion, SeatNumber, SessionId};

use super::desk::{Desk, tidy};
use crate::{App, Error};

/// An opinion as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOpinion {
    /// Whose.
    pub seat: SeatNumber,
    /// On what.
    pub matter: MatterNumber,
    /// The vote it carries, where it carries one.
    pub choice: Option<Choice>,
    /// What it says.
    pub text: String,
    /// The day the paper was received.
    pub received_on: Date,
}

/// Writes it down: whoever runs the session for everyone, a member without a vote in it for themself.
///
/// # Errors
/// [`Error::NotFound`] for another's seat, and for a vote by other hands than those of whoever runs the session; as
/// [`thidua_domain::council::Sitting::opine`].
pub fn write_opinion(app: &App, by: &Actor, session: &SessionId, asked: &NewOpinion) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let desk = Desk::write(&mut tx, app, by, session)?;
    // A vote in writing counts only from a paper that the secretary holds.
    if !desk.runs && (desk.seat()?.number != asked.seat || asked.choice.is_some()) {
        return Err(Error::NotFound("session"));
    }
    if let (false, Some(seat), Some(matter)) = (desk.runs, desk.mine.as_ref(), desk.sitting.matter(asked.matter))
        && !desk.sitting.sees(seat, matter)
    {
        return Err(Error::NotFound("session"));
    }
    let opinion = Opinion {
        choice: asked.choice,
        text: tidy(&asked.text),
        received_on: asked.received_on,
        signed: desk.signed(by),
    };
    let act = desk.sitting.opine(asked.seat, asked.matter, opinion, desk.now.date_in_vietnam())?;
    let detail = format!("seat {} on matter {}", asked.seat, asked.matter);
    desk.keep(&mut tx, by, &[act], "write-opinion", &detail)?;
    tx.commit()?;
    Ok(())
}
