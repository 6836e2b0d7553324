//! Closes a session with what was concluded (bế mạc phiên họp).

use thidua_domain::Actor;
use thidua_domain::council::SessionId;

use super::desk::{Desk, tidy};
use crate::{App, Error};

/// Closes it.
///
/// # Errors
/// [`Error::NotFound`] for those who do not run it; as [`thidua_domain::council::Sitting::close`].
pub fn close_session(app: &App, by: &Actor, session: &SessionId, concluded: &str) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let desk = Desk::write(&mut tx, app, by, session)?;
    desk.permit_running()?;
    let act = desk.sitting.close(&tidy(concluded), &desk.signed(by))?;
    desk.keep(&mut tx, by, &[act], "close-session", "")?;
    tx.commit()?;
    Ok(())
}
