//! Asks the units of a movement for an interim or the final review (yêu cầu sơ kết, tổng kết).

use thidua_base::Date;
use thidua_base::code::MovementCode;
use thidua_domain::Actor;
use thidua_domain::movement::review::judge_due;
use thidua_domain::movement::terms::judge_length;
use thidua_domain::movement::{Act, Milestone, ReviewKind};
use thidua_store as store;

use super::desk::{Desk, milestone, reach};
use crate::{App, Error};

/// Asks for it by a day; `note` says what is asked beyond the usual.
///
/// # Errors
/// [`Error::NotFound`] where the actor does not lead the movement; [`thidua_domain::Refusal::MovementPhase`];
/// [`thidua_domain::Refusal::MovementDays`] for a day that is over.
pub fn ask_review(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    kind: ReviewKind,
    due_on: Date,
    note: &str,
) -> Result<Milestone, Error> {
    let act = match kind {
        ReviewKind::Interim => Act::AskInterim,
        ReviewKind::Final => Act::AskFinal,
    };
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.permit_leading(by, code)?;
    let course = desk.course_of(code);
    course.judge(act)?;
    judge_due(due_on, desk.today)?;
    judge_length(note)?;
    let asked = milestone(by, act, Some(due_on), note, desk.now);

    reach(&mut tx, by, &course, &asked, &format!("until {due_on}"))?;
    tx.commit()?;
    Ok(asked)
}
