//! Concludes the open review of a movement (kết luận sơ kết, tổng kết); the final one ends it.

use thidua_base::code::MovementCode;
use thidua_domain::movement::review::judge_said;
use thidua_domain::movement::{Act, Milestone, ReviewKind};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{Desk, milestone, reach};
use crate::{App, Error};

/// Concludes it with a text. Units that did not answer are no hindrance; the page of the review names them.
///
/// # Errors
/// [`Error::NotFound`] where the actor does not lead the movement; [`Refusal::MovementPhase`] where no review is open;
/// [`Refusal::EmptyText`].
pub fn conclude_review(app: &App, by: &Actor, code: &MovementCode, text: &str) -> Result<Milestone, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.permit_leading(by, code)?;
    let course = desk.course_of(code);
    let round = course.open_round().ok_or(Refusal::MovementPhase { phase: course.phase().word() })?;
    judge_said(text)?;
    let act = match round.kind {
        ReviewKind::Interim => Act::ConcludeInterim,
        ReviewKind::Final => Act::ConcludeFinal,
    };
    course.judge(act)?;
    let concluded = milestone(by, act, Some(desk.today), text, desk.now);

    reach(&mut tx, by, &course, &concluded, &format!("review {}", round.number))?;
    tx.commit()?;
    Ok(concluded)
}
