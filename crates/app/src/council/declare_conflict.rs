//! A member declares conflicts of interest, or that there are none, before seeing anything (khai xung đột lợi ích).

use thidua_domain::Actor;
use thidua_domain::council::{MatterNumber, SessionId};

use super::desk::Desk;
use crate::{App, Error};

/// Declares for one's own seat: with a reason there is a conflict, with none there is none.
///
/// # Errors
/// [`Error::NotFound`] for those without a seat; as [`thidua_domain::council::Sitting::declare`].
pub fn declare_conflict(
    app: &App,
    by: &Actor,
    session: &SessionId,
    declared: &[(MatterNumber, Option<String>)],
) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let desk = Desk::write(&mut tx, app, by, session)?;
    let seat = desk.seat()?.number;
    let acts = desk.sitting.declare(seat, declared, &desk.voters, &desk.signed(by))?;
    if acts.is_empty() {
        return Ok(());
    }
    let conflicts = declared.iter().filter(|(_, reason)| reason.is_some()).count();
    let detail = format!("seat {seat}: {} matters, {conflicts} conflicts", declared.len());
    desk.keep(&mut tx, by, &acts, "declare-conflict", &detail)?;
    tx.commit()?;
    Ok(())
}
