//! A unit's registration for a movement, with what it reached, told and answered.

use thidua_base::code::{MovementCode, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::collection::evidence::MovementFile;
use thidua_domain::honour::{Honour, HonourKind};
use thidua_domain::indicator::Indicator;
use thidua_domain::movement::{
    Movement, Phase, Pledge, PledgeAct, Progress, PromisedTarget, ReviewAnswer, Round, Standing, Terms,
};
use thidua_store as store;
use thidua_store::Tx;

use super::desk::Desk;
use super::figures::{Assigned, TargetSeen, outturns};
use super::titles::{Awarded, TitleSeen};
use crate::{App, Error};

/// A unit's registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PledgeSeen {
    /// The movement.
    pub movement: Movement,
    /// What it asks.
    pub terms: Option<Terms>,
    /// Where the movement stands.
    pub phase: Phase,
    /// Name of the unit.
    pub unit_name: String,
    /// Last day to register in time.
    pub register_by: Date,
    /// Whether it registered after that day, or has not though it is over.
    pub is_late: bool,
    /// The registration.
    pub pledge: Pledge,
    /// Titles registered for, each with the awards that came of it.
    pub titles: Vec<TitleSeen>,
    /// Figures registered, each against what was reached.
    pub targets: Vec<TargetSeen>,
    /// The day it was called on after the launch.
    pub called_on: Option<Date>,
    /// Files attached, oldest first.
    pub files: Vec<MovementFile>,
    /// Progress told, the newest first.
    pub progress: Vec<Progress>,
    /// How the unit stands to each review, with its answer that counts.
    pub reviews: Vec<(Round, Standing, Option<ReviewAnswer>)>,
    /// Emulation titles that can be registered for.
    pub honours: Vec<Honour>,
    /// Indicators whose figures can be registered, in the order of the catalogue.
    pub indicators: Vec<Indicator>,
    /// Periods for which figures can be registered.
    pub periods: Vec<Period>,
    /// What plans in force assign to the unit for those periods.
    pub assigned: Vec<(Indicator, Period, Number)>,
    /// Whether the actor may register the unit now.
    pub registers: bool,
    /// Whether the actor may sign now.
    pub signs: bool,
    /// Whether the actor may send the registration back now.
    pub returns: bool,
    /// Whether the actor may report for the unit now.
    pub reports: bool,
}

/// Years for which figures can be registered, at most: a movement without an end must stop somewhere.
const YEARS_MAX: usize = 6;

/// Reads it.
///
/// # Errors
/// [`Error::NotFound`] where the unit was not called on, or the actor may neither read its registration nor leads the
/// movement.
pub fn pledge(app: &App, by: &Actor, code: &MovementCode, unit: &OrgId) -> Result<PledgeSeen, Error> {
    app.db.read(|tx| seen(tx, app, by, code, unit))
}

/// The same inside a transaction.
pub(super) fn seen(tx: &mut Tx, app: &App, by: &Actor, code: &MovementCode, unit: &OrgId) -> Result<PledgeSeen, Error> {
    let desk = Desk::read(tx, app, by)?;
    let movement = desk.movement(code)?.clone();
    let leads = desk.leads(by, &movement);
    let can = |verb: Verb| may(by, verb, Thing::Unit(unit)).is_granted();
    if !leads && !can(Verb::ReadPledges) {
        return Err(Error::NotFound("registration"));
    }
    let call = desk.call(code, unit)?;
    let whole = Scope::whole(by.scope.tenant.clone());
    let course = desk.course_of(code);
    let phase = course.phase();
    let mut pledges = store::movement::pledge::pledges(tx, &whole, Some(code))?;
    pledges.retain(|pledge| pledge.unit == *unit);
    let pledge = pledges.pop().unwrap_or_else(|| Pledge::new(code.clone(), unit.clone()));
    let promise = pledge.promise().cloned().unwrap_or_default();
    let terms = desk.terms_of(code).cloned();
    let first = terms.as_ref().map_or(desk.today, |terms| terms.from);
    let last = terms.as_ref().and_then(|terms| terms.to).unwrap_or(desk.today.max(first));
    let years = (first.year()..=last.year()).take(YEARS_MAX);
    let halves = |year: i16| [Period::Year { year }, Period::Half { year, half: 1 }, Period::Half { year, half: 2 }];
    let periods: Vec<Period> = years.flat_map(halves).collect();
    let plans = Assigned::read(tx, by, &desk, &periods)?;
    let indicators: Vec<Indicator> = plans.indicators().into_iter().cloned().collect();
    let mut assigned = Vec::new();
    for indicator in &indicators {
        for period in &periods {
            if let Some((figure, _)) = plans.of(&indicator.code, unit, *period) {
                assigned.push((indicator.clone(), *period, figure));
            }
        }
    }
    let asked: Vec<(OrgId, PromisedTarget)> =
        promise.targets.iter().map(|target| (unit.clone(), target.clone())).collect();
    let targets = outturns(tx, app, by, &asked)?.into_iter().map(|(_, seen)| seen).collect();
    let book = app.book_in(tx, by)?;
    let titles = Awarded::read(tx, by, &desk, terms.as_ref(), [&pledge])?.titles(&book, &desk, &pledge);
    let mut files = store::collection::evidence::of_movement(tx, &whole, code)?;
    files.retain(|file| file.unit == *unit);
    let mut progress = store::movement::review::progress(tx, &whole, code)?;
    progress.retain(|told| told.unit == *unit);
    progress.reverse();
    let answers = store::movement::review::answers(tx, &whole, Some(code))?;
    let reviews = course.rounds().into_iter().map(|round| {
        let theirs = answers.iter().rev().find(|known| known.round == round.number && known.unit == *unit);
        let standing = round.standing(unit, &answers, desk.today);
        (round, standing, theirs.cloned())
    });
    let runs = phase.is_running();
    Ok(PledgeSeen {
        terms,
        phase,
        unit_name: desk.name(unit),
        register_by: call.register_by,
        called_on: call.called_on,
        files,
        is_late: pledge.registered_on().unwrap_or(desk.today) > call.register_by,
        titles,
        targets,
        progress,
        reviews: reviews.collect(),
        honours: book.honours().filter(|honour| honour.kind == HonourKind::Title).cloned().collect(),
        indicators,
        periods,
        assigned,
        registers: runs && pledge.may(PledgeAct::Register) && can(Verb::RegisterForMovement),
        signs: runs && pledge.may(PledgeAct::Sign) && can(Verb::SignPledge),
        returns: runs && pledge.may(PledgeAct::Return) && leads,
        reports: runs && can(Verb::ReportMovement),
        movement,
        pledge,
    })
}
