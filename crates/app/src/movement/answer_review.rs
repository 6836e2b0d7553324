//! Answers the open review of a movement for a unit (báo cáo sơ kết, tổng kết).

use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::movement::ReviewAnswer;
use thidua_domain::movement::review::judge_answer;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{Desk, account, overtaken, subject, tidy};
use crate::permit::permit;
use crate::{App, Error};

/// What a unit answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewAnswer {
    /// What was reached.
    pub results: String,
    /// What fell short, and why; may be empty.
    pub shortfalls: String,
    /// What is proposed; may be empty.
    pub proposals: String,
}

/// Answers it; a late answer is taken, and shown as late, until the review is concluded.
///
/// # Errors
/// [`Error::NotFound`] where the unit was not called on or the actor may not report for it; [`Refusal::MovementPhase`]
/// where no review is open; what [`judge_answer`] refuses.
pub fn answer_review(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    unit: &OrgId,
    new: &NewAnswer,
) -> Result<ReviewAnswer, Error> {
    permit(by, Verb::ReportMovement, Thing::Unit(unit), "registration")?;
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.call(code, unit)?;
    let course = desk.course_of(code);
    let round = course.open_round().ok_or(Refusal::MovementPhase { phase: course.phase().word() })?;
    let answer = ReviewAnswer {
        movement: code.clone(),
        round: round.number,
        unit: unit.clone(),
        results: tidy(&new.results),
        shortfalls: tidy(&new.shortfalls),
        proposals: tidy(&new.proposals),
        by: by.name.clone(),
        account: account(by),
        at: desk.now,
    };
    judge_answer(&answer)?;
    let whole = Scope::whole(by.scope.tenant.clone());
    let answers = store::movement::review::answers(&mut tx, &whole, Some(code))?;
    let place = answers.iter().filter(|known| known.round == round.number && known.unit == *unit).count();

    store::movement::review::answer(&mut tx, &by.scope.tenant, &answer, place).map_err(overtaken)?;
    let detail = format!("{unit}: review {}, answer {}", round.number, place + 1);
    store::audit::append(&mut tx, by, desk.now, "answer-review", &subject(code), &detail)?;
    tx.commit()?;
    Ok(answer)
}
