//! Tells a unit's progress in a movement (báo tiến độ), with evidence.

use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::movement::review::judge_progress;
use thidua_domain::movement::{Evidence, Progress};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{Desk, account, overtaken, subject, tidy};
use crate::permit::permit;
use crate::{App, Error};

/// Tells it; pieces of evidence without any text are left out.
///
/// # Errors
/// [`Error::NotFound`] where the unit was not called on or the actor may not report for it; what [`judge_progress`]
/// refuses; [`Refusal::MovementPhase`] where the movement is over.
pub fn tell_progress(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    unit: &OrgId,
    text: &str,
    evidence: &[Evidence],
) -> Result<Progress, Error> {
    permit(by, Verb::ReportMovement, Thing::Unit(unit), "registration")?;
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.call(code, unit)?;
    let phase = desk.course_of(code).phase();
    if !phase.is_running() {
        return Err(Refusal::MovementPhase { phase: phase.word() }.into());
    }
    let pieces = evidence
        .iter()
        .map(|piece| Evidence { title: tidy(&piece.title), found_at: tidy(&piece.found_at) })
        .filter(|piece| !piece.title.is_empty() || !piece.found_at.is_empty());
    let progress = Progress {
        movement: code.clone(),
        unit: unit.clone(),
        text: tidy(text),
        evidence: pieces.collect(),
        by: by.name.clone(),
        account: account(by),
        at: desk.now,
    };
    judge_progress(&progress)?;
    let whole = Scope::whole(by.scope.tenant.clone());
    let told = store::movement::review::progress(&mut tx, &whole, code)?;
    let place = told.iter().filter(|known| known.unit == *unit).count();

    store::movement::review::tell(&mut tx, &by.scope.tenant, &progress, place).map_err(overtaken)?;
    let detail = format!("{unit}: {} pieces of evidence", progress.evidence.len());
    store::audit::append(&mut tx, by, desk.now, "tell-progress", &subject(code), &detail)?;
    tx.commit()?;
    Ok(progress)
}
