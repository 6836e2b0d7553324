//! Opens a session: who sits that day is frozen (khai mạc phiên họp).

use thidua_domain::Actor;
use thidua_domain::council::SessionId;

use super::desk::Desk;
use crate::{App, Error};

/// Opens it.
///
/// # Errors
/// [`Error::NotFound`] for those who do not run it; as [`thidua_domain::council::Sitting::open`].
pub fn open_session(app: &App, by: &Actor, session: &SessionId) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let desk = Desk::write(&mut tx, app, by, session)?;
    desk.permit_running()?;
    let act = desk.sitting.open(&desk.composition, &desk.signed(by))?;
    let seats = desk.composition.on(desk.sitting.session.held_on).len();
    desk.keep(&mut tx, by, &[act], "open-session", &format!("{seats} members"))?;
    tx.commit()?;
    Ok(())
}
