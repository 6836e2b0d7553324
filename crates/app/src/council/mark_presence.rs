//! Marks a member present or gone (điểm danh).

use thidua_domain::Actor;
use thidua_domain::council::{SeatNumber, SessionId};

use super::desk::Desk;
use crate::{App, Error};

/// Marks it: whoever runs the session for everyone, a member for themself.
///
/// # Errors
/// [`Error::NotFound`] for another's seat; as [`thidua_domain::council::Sitting::presence`].
pub fn mark_presence(app: &App, by: &Actor, session: &SessionId, seat: SeatNumber, is_here: bool) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let desk = Desk::write(&mut tx, app, by, session)?;
    if !desk.runs && desk.seat()?.number != seat {
        return Err(Error::NotFound("session"));
    }
    let act = desk.sitting.presence(seat, is_here, &desk.signed(by))?;
    let detail = format!("seat {seat} {}", if is_here { "present" } else { "gone" });
    desk.keep(&mut tx, by, &[act], "mark-presence", &detail)?;
    tx.commit()?;
    Ok(())
}
