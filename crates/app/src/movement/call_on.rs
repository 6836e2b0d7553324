//! Calls on further units after the launch (bổ sung đơn vị): they get the same movement, and a last day of their own.

use thidua_base::Date;
use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::movement::Call;
use thidua_domain::movement::terms::judge_calls;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{Desk, overtaken, subject};
use super::launch::candidates;
use crate::{App, Error};

/// Calls on them today; each has until a day to register.
///
/// # Errors
/// [`Error::NotFound`] where the actor does not lead the movement; [`Refusal::MovementPhase`] where it does not run;
/// [`Refusal::MovementDays`] for a day that is over, or after the movement's last; what [`judge_calls`] refuses: nobody, or a
/// unit that was called on already or is not the launcher's.
pub fn call_on(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    units: &[OrgId],
    register_by: Date,
) -> Result<Vec<Call>, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.permit_leading(by, code)?;
    let phase = desk.course_of(code).phase();
    if !phase.is_running() {
        return Err(Refusal::MovementPhase { phase: phase.word() }.into());
    }
    judge_calls(units, &further(&desk, by, code)?)?;
    let last = desk.terms_of(code).and_then(|terms| terms.to);
    if register_by < desk.today || last.is_some_and(|last| last < register_by) {
        return Err(Refusal::MovementDays.into());
    }
    let mut chosen = units.to_vec();
    chosen.sort();
    chosen.dedup();
    let call = |unit| Call { movement: code.clone(), unit, register_by, called_on: Some(desk.today) };
    let calls: Vec<Call> = chosen.into_iter().map(call).collect();

    store::movement::course::insert_calls(&mut tx, &by.scope.tenant, &calls).map_err(overtaken)?;
    let names: Vec<&str> = calls.iter().map(|call| call.unit.as_str()).collect();
    let detail = format!("{}, until {register_by}", names.join(", "));
    store::audit::append(&mut tx, by, desk.now, "call-on-units", &subject(code), &detail)?;
    tx.commit()?;
    Ok(calls)
}

/// The units that may still be called on.
pub(super) fn further(desk: &Desk, by: &Actor, code: &MovementCode) -> Result<Vec<OrgId>, Error> {
    let terms = desk.terms_of(code).ok_or(Error::NotFound("movement"))?;
    let mut units = candidates(desk, by, &terms.launcher);
    units.retain(|unit| desk.call(code, unit).is_err());
    Ok(units)
}
