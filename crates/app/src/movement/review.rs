//! A review of a movement: who answered what, who is late, what was concluded.

use thidua_base::code::{MovementCode, OrgId};
use thidua_base::text::collate;
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::collection::evidence::MovementFile;
use thidua_domain::movement::{Movement, Phase, PromisedTarget, ReviewAnswer, Round, Standing};
use thidua_store as store;
use thidua_store::Tx;

use super::desk::Desk;
use super::figures::{TargetSeen, outturns};
use super::titles::{Awarded, TitleTally};
use crate::{App, Error};

/// A review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewSeen {
    /// The movement.
    pub movement: Movement,
    /// Where it stands.
    pub phase: Phase,
    /// The review.
    pub round: Round,
    /// The units called on that the actor may read, by name.
    pub rows: Vec<ReviewRow>,
    /// Titles they registered for, against what was awarded.
    pub titles: Vec<TitleTally>,
    /// Figures they registered against what they reached.
    pub targets: Vec<(OrgId, TargetSeen)>,
    /// Whether the actor leads the movement.
    pub leads: bool,
    /// Whether the actor may conclude it now.
    pub concludes: bool,
}

/// A unit in a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// The unit.
    pub unit: OrgId,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub standing: Standing,
    /// Its answer that counts.
    pub answer: Option<ReviewAnswer>,
    /// Files it attached to the review.
    pub files: Vec<MovementFile>,
    /// Whether the actor may answer for it now.
    pub answers: bool,
}

/// Reads a review by its number.
///
/// # Errors
/// [`Error::NotFound`] where there is no such review, or none of its units is the actor's to read.
pub fn review(app: &App, by: &Actor, code: &MovementCode, number: i64) -> Result<ReviewSeen, Error> {
    app.db.read(|tx| seen(tx, app, by, code, number))
}

/// The same inside a transaction.
pub(super) fn seen(tx: &mut Tx, app: &App, by: &Actor, code: &MovementCode, number: i64) -> Result<ReviewSeen, Error> {
    let desk = Desk::read(tx, app, by)?;
    let movement = desk.movement(code)?.clone();
    let leads = desk.leads(by, &movement);
    let course = desk.course_of(code);
    let rounds = course.rounds();
    let round = rounds.into_iter().find(|round| round.number == number).ok_or(Error::NotFound("review"))?;
    let is_open = course.open_round().is_some_and(|open| open.number == number);
    let whole = Scope::whole(by.scope.tenant.clone());
    let answers = store::movement::review::answers(tx, &whole, Some(code))?;
    let pledges = store::movement::pledge::pledges(tx, &whole, Some(code))?;
    let files = store::collection::evidence::of_movement(tx, &whole, code)?;
    let can = |verb: Verb, unit: &OrgId| may(by, verb, Thing::Unit(unit)).is_granted();
    let mut rows: Vec<ReviewRow> = desk
        .calls
        .iter()
        .filter(|call| call.movement == *code && (leads || can(Verb::ReadPledges, &call.unit)))
        .map(|call| ReviewRow {
            unit: call.unit.clone(),
            name: desk.name(&call.unit),
            standing: round.standing(&call.unit, &answers, desk.today),
            answer: answers.iter().rev().find(|known| known.round == number && known.unit == call.unit).cloned(),
            files: files.iter().filter(|file| file.unit == call.unit && file.round == Some(number)).cloned().collect(),
            answers: is_open && can(Verb::ReportMovement, &call.unit),
        })
        .collect();
    if rows.is_empty() {
        return Err(Error::NotFound("review"));
    }
    rows.sort_by(|a, b| collate(&a.name, &b.name));
    let mut promised: Vec<(OrgId, PromisedTarget)> = Vec::new();
    for row in &rows {
        let pledge = pledges.iter().find(|pledge| pledge.unit == row.unit);
        let targets = pledge.and_then(|pledge| pledge.promise()).map(|promise| promise.targets.as_slice());
        promised.extend(targets.unwrap_or_default().iter().map(|target| (row.unit.clone(), target.clone())));
    }
    let theirs = || pledges.iter().filter(|pledge| rows.iter().any(|row| row.unit == pledge.unit));
    let book = app.book_in(tx, by)?;
    let awarded = Awarded::read(tx, by, &desk, desk.terms_of(code), theirs())?;
    Ok(ReviewSeen {
        titles: awarded.tallies(&book, &desk, theirs()),
        phase: course.phase(),
        targets: outturns(tx, app, by, &promised)?,
        leads,
        concludes: leads && is_open,
        movement,
        round,
        rows,
    })
}
