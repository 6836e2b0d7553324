//! Signs a unit's pledge (ký giao ước thi đua).

use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::movement::review::judge_said;
use thidua_domain::movement::{PledgeAct, PledgeEvent, Promise};
use thidua_store as store;

use super::desk::{Desk, account, overtaken, subject, tidy};
use super::register_unit::open_pledge;
use crate::permit::permit;
use crate::{App, Error};

/// Signs it in a position, such as `Chủ tịch UBND xã`.
///
/// # Errors
/// [`Error::NotFound`] where the unit was not called on or the actor may not sign for it;
/// [`thidua_domain::Refusal::EmptyText`] without a position; [`thidua_domain::Refusal::PledgeState`] where nothing is
/// registered or it is signed already; [`thidua_domain::Refusal::MovementPhase`].
pub fn sign_pledge(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    unit: &OrgId,
    position: &str,
) -> Result<PledgeEvent, Error> {
    permit(by, Verb::SignPledge, Thing::Unit(unit), "registration")?;
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    let pledge = open_pledge(&mut tx, &desk, by, code, unit)?;
    pledge.judge(PledgeAct::Sign)?;
    let position = tidy(position);
    judge_said(&position)?;
    let event = PledgeEvent {
        act: PledgeAct::Sign,
        promise: Promise::default(),
        position,
        reason: String::new(),
        by: by.name.clone(),
        account: account(by),
        at: desk.now,
    };

    store::movement::pledge::append(&mut tx, &by.scope.tenant, &pledge, &event).map_err(overtaken)?;
    let detail = format!("{unit}: {}", event.position);
    store::audit::append(&mut tx, by, desk.now, event.act.word(), &subject(code), &detail)?;
    tx.commit()?;
    Ok(event)
}
