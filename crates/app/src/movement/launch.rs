//! Launches a movement (phát động): the units below are called on, and each has until a day to register.

use thidua_base::code::{MovementCode, OccasionCode, OrgId};
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::movement::terms::{callable, judge_calls};
use thidua_domain::movement::{Act, Call, Occasion};
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_store as store;

use super::desk::{Desk, milestone, reach};
use crate::{App, Error};

/// Launches it today, and calls on these units.
///
/// # Errors
/// [`Error::NotFound`] where the actor does not lead the movement; [`Refusal::MovementPhase`] without terms or when it is
/// launched already; [`Refusal::MovementDays`] where the last day to register is over; what [`judge_calls`] refuses.
pub fn launch(app: &App, by: &Actor, code: &MovementCode, units: &[OrgId]) -> Result<Vec<Call>, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    let movement = desk.permit_leading(by, code)?;
    let course = desk.course_of(code);
    course.judge(Act::Launch)?;
    let terms = desk.terms_of(code).ok_or(Error::NotFound("movement"))?;
    judge_calls(units, &candidates(&desk, by, &terms.launcher))?;
    if terms.register_by < desk.today {
        return Err(Refusal::MovementDays.into());
    }
    let mut chosen = units.to_vec();
    chosen.sort();
    chosen.dedup();
    let call = |unit: OrgId| Call { movement: code.clone(), unit, register_by: terms.register_by, called_on: None };
    let calls: Vec<Call> = chosen.into_iter().map(call).collect();
    let occasion = Occasion {
        code: OccasionCode::parse(&format!("{code}-phat-dong")).map_err(|why| Error::Internal(why.into()))?,
        kind: "launch".to_owned(),
        name: movement.name.clone(),
        on: desk.today,
        term_from: None,
        term_to: None,
        movement: Some(code.clone()),
        provenance: Provenance { origin: Origin::Reported, source: by.name.clone() },
    };

    store::movement::course::insert_calls(&mut tx, &by.scope.tenant, &calls)?;
    store::movement::insert_occasions(&mut tx, &by.scope.tenant, &[occasion])?;
    let detail = format!("{} units, until {}", calls.len(), terms.register_by);
    reach(&mut tx, by, &course, &milestone(by, Act::Launch, Some(desk.today), "", desk.now), &detail)?;
    tx.commit()?;
    Ok(calls)
}

/// The units an actor may call on in a launcher's name.
pub(super) fn candidates(desk: &Desk, by: &Actor, launcher: &OrgId) -> Vec<OrgId> {
    let mut units = callable(launcher, &desk.ground.edges, desk.today);
    units.retain(|unit| {
        desk.ground.units.on(unit, desk.today).is_some()
            && may(by, Verb::ManageMovements, Thing::Unit(unit)).is_granted()
    });
    units
}
