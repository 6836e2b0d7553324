//! Registers a unit for a movement (đăng ký thi đua), with titles and figures it means to reach.

use thidua_base::code::{HonourCode, IndicatorCode, MovementCode, OrgId};
use thidua_base::{Number, Period};
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::movement::pledge::judge_promise;
use thidua_domain::movement::{Pledge, PledgeAct, PledgeEvent, Promise, PromisedTarget};
use thidua_store as store;

use super::desk::{Desk, account, overtaken, subject, tidy};
use super::figures::Assigned;
use crate::permit::permit;
use crate::{App, Error};

/// What a unit registers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewPromise {
    /// What it pledges, in words.
    pub text: String,
    /// The emulation titles it registers for.
    pub titles: Vec<HonourCode>,
    /// The figures it means to reach.
    pub targets: Vec<(IndicatorCode, Period, Number)>,
}

/// Registers it, or registers it anew; what was assigned by the plans in force is kept beside each figure.
///
/// # Errors
/// [`Error::NotFound`] where the unit was not called on, the actor may not register it, or a title or an indicator is not
/// known; [`thidua_domain::Refusal::MovementPhase`] where the movement is over;
/// [`thidua_domain::Refusal::PledgeState`] where the pledge is signed; what [`judge_promise`] refuses.
pub fn register_unit(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    unit: &OrgId,
    asked: &NewPromise,
) -> Result<PledgeEvent, Error> {
    permit(by, Verb::RegisterForMovement, Thing::Unit(unit), "registration")?;
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    let pledge = open_pledge(&mut tx, &desk, by, code, unit)?;
    pledge.judge(PledgeAct::Register)?;
    let book = app.book_in(&mut tx, by)?;
    if asked.titles.iter().any(|honour| book.honour(honour).is_none()) {
        return Err(Error::NotFound("honour"));
    }
    let periods: Vec<Period> = asked.targets.iter().map(|(_, period, _)| *period).collect();
    let assigned = Assigned::read(&mut tx, by, &desk, &periods)?;
    let mut targets = Vec::with_capacity(asked.targets.len());
    for (indicator, period, value) in &asked.targets {
        if !assigned.knows(indicator) {
            return Err(Error::NotFound("indicator"));
        }
        targets.push(PromisedTarget {
            indicator: indicator.clone(),
            period: *period,
            value: *value,
            assigned: assigned.of(indicator, unit, *period).map(|(figure, _)| figure),
        });
    }
    let mut titles = Vec::new();
    for honour in &asked.titles {
        if !titles.contains(honour) {
            titles.push(honour.clone());
        }
    }
    let promise = Promise { text: tidy(&asked.text), titles, targets };
    judge_promise(&promise, |target| assigned.of(&target.indicator, unit, target.period))?;
    let event = PledgeEvent {
        act: PledgeAct::Register,
        promise,
        position: String::new(),
        reason: String::new(),
        by: by.name.clone(),
        account: account(by),
        at: desk.now,
    };

    store::movement::pledge::append(&mut tx, &by.scope.tenant, &pledge, &event).map_err(overtaken)?;
    let detail = format!("{unit}: {} titles, {} targets", event.promise.titles.len(), event.promise.targets.len());
    store::audit::append(&mut tx, by, desk.now, event.act.word(), &subject(code), &detail)?;
    tx.commit()?;
    Ok(event)
}

/// The registration of a unit called on, in a movement that runs.
pub(super) fn open_pledge(
    tx: &mut store::Tx,
    desk: &Desk,
    by: &Actor,
    code: &MovementCode,
    unit: &OrgId,
) -> Result<Pledge, Error> {
    let call = desk.call(code, unit)?;
    let phase = desk.course_of(code).phase();
    if !phase.is_running() {
        return Err(thidua_domain::Refusal::MovementPhase { phase: phase.word() }.into());
    }
    let whole = thidua_domain::Scope::whole(by.scope.tenant.clone());
    let pledges = store::movement::pledge::pledges(tx, &whole, Some(code))?;
    let known = pledges.into_iter().find(|pledge| pledge.unit == call.unit);
    Ok(known.unwrap_or_else(|| Pledge::new(code.clone(), unit.clone())))
}
