//! Sends a registration back to its unit (trả lại đăng ký), with the reason.

use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::movement::{PledgeAct, PledgeEvent, Promise};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{Desk, account, overtaken, subject, tidy};
use super::register_unit::open_pledge;
use crate::{App, Error};

/// Sends it back.
///
/// # Errors
/// [`Error::NotFound`] where the actor does not lead the movement or the unit was not called on; [`Refusal::NoReason`];
/// [`Refusal::PledgeState`] where nothing is registered; [`Refusal::MovementPhase`].
pub fn return_pledge(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    unit: &OrgId,
    reason: &str,
) -> Result<PledgeEvent, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.permit_leading(by, code)?;
    let pledge = open_pledge(&mut tx, &desk, by, code, unit)?;
    pledge.judge(PledgeAct::Return)?;
    let reason = tidy(reason);
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let event = PledgeEvent {
        act: PledgeAct::Return,
        promise: Promise::default(),
        position: String::new(),
        reason,
        by: by.name.clone(),
        account: account(by),
        at: desk.now,
    };

    store::movement::pledge::append(&mut tx, &by.scope.tenant, &pledge, &event).map_err(overtaken)?;
    let detail = format!("{unit}: {}", event.reason);
    store::audit::append(&mut tx, by, desk.now, event.act.word(), &subject(code), &detail)?;
    tx.commit()?;
    Ok(event)
}
