//! One movement: its terms, its way, who registered, who answered.

use thidua_base::Date;
use thidua_base::code::{MovementCode, OrgId};
use thidua_base::text::collate;
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::movement::{
    Anniversary, Course, Movement, Occasion, Pledge, PledgeState, PromisedTarget, Round, Standing, Terms,
};
use thidua_law::instrument::Instrument;
use thidua_store as store;

use super::call_on::further;
use super::desk::Desk;
use super::figures::{TargetSeen, outturns};
use super::titles::{Awarded, TitleTally};
use crate::{App, Error};

/// One movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct One {
    /// The movement.
    pub movement: Movement,
    /// Its owners by name, in their order.
    pub owners: Vec<String>,
    /// The instrument that launched it.
    pub launched_by: Option<Instrument>,
    /// Its occasions by day.
    pub occasions: Vec<Occasion>,
    /// The coming anniversaries of its launch that are kept with more solemnity.
    pub anniversaries: Vec<Anniversary>,
    /// The day whose names are shown.
    pub day: Date,
    /// What it asks, where that is written.
    pub terms: Option<Terms>,
    /// The name of who launches it; empty without terms.
    pub launcher: String,
    /// The movement it carries out.
    pub parent: Option<(MovementCode, String)>,
    /// The movements that carry it out.
    pub children: Vec<(MovementCode, String)>,
    /// Its way so far.
    pub course: Course,
    /// Whether the actor leads it.
    pub leads: bool,
    /// The units that a launch may call on, or while it runs, that may be called on still, by name; only for who leads it.
    pub callable: Vec<(OrgId, String)>,
    /// How the units called on stand together.
    pub counted: Counted,
    /// The units called on that the actor may read, by name.
    pub units: Vec<UnitSeen>,
    /// Titles they registered for, against what was awarded.
    pub titles: Vec<TitleTally>,
    /// What they registered against what they reached, in the order of `units`.
    pub targets: Vec<(OrgId, TargetSeen)>,
}

/// How the units called on stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Units called on.
    pub called: usize,
    /// Units that registered, whether or not they signed.
    pub registered: usize,
    /// Units that signed.
    pub signed: usize,
    /// Units that have not registered though the last day is over.
    pub late: usize,
}

/// A unit called on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSeen {
    /// The unit.
    pub unit: OrgId,
    /// Its name.
    pub name: String,
    /// Last day to register in time.
    pub register_by: Date,
    /// The day it was called on after the launch.
    pub called_on: Option<Date>,
    /// Its registration.
    pub pledge: Pledge,
    /// Whether it registered after the last day, or has not though it is over.
    pub is_late: bool,
    /// How it stands to each review, in their order.
    pub reviews: Vec<(Round, Standing)>,
}

/// Reads one movement.
///
/// # Errors
/// [`Error::NotFound`] where there is none of that code.
pub fn one(app: &App, by: &Actor, code: &MovementCode) -> Result<One, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by)?;
        let day = crate::org::standing::of(tx, app, by, &desk.ground.units)?.dated;
        let movement = desk.movement(code)?.clone();
        let whole = Scope::whole(by.scope.tenant.clone());
        let book = app.book_in(tx, by)?;
        let instruments = crate::instrument::citable(tx, &book)?;
        let mut occasions: Vec<Occasion> = store::movement::occasions(tx, &by.scope)?
            .into_iter()
            .filter(|occasion| occasion.movement.as_ref() == Some(code))
            .collect();
        occasions.sort_by_key(|occasion| (occasion.on, occasion.code.clone()));
        let pledges = store::movement::pledge::pledges(tx, &whole, Some(code))?;
        let answers = store::movement::review::answers(tx, &whole, Some(code))?;
        let course = desk.course_of(code);
        let leads = desk.leads(by, &movement);
        let terms = desk.terms_of(code).cloned();
        let rounds = course.rounds();
        let mut counted = Counted::default();
        let mut units = Vec::new();
        for call in desk.calls.iter().filter(|call| call.movement == *code) {
            let known = pledges.iter().find(|pledge| pledge.unit == call.unit);
            let pledge = known.cloned().unwrap_or_else(|| Pledge::new(code.clone(), call.unit.clone()));
            let state = pledge.state();
            let is_owed = matches!(state, PledgeState::Asked | PledgeState::Returned);
            counted.called += 1;
            counted.registered += usize::from(!is_owed);
            counted.signed += usize::from(state == PledgeState::Signed);
            counted.late += usize::from(is_owed && course.phase().is_running() && call.register_by < desk.today);
            if !leads && !may(by, Verb::ReadPledges, Thing::Unit(&call.unit)).is_granted() {
                continue;
            }
            let standing = |round: &Round| (round.clone(), round.standing(&call.unit, &answers, desk.today));
            units.push(UnitSeen {
                unit: call.unit.clone(),
                name: desk.name(&call.unit),
                register_by: call.register_by,
                called_on: call.called_on,
                is_late: pledge.registered_on().unwrap_or(desk.today) > call.register_by,
                reviews: rounds.iter().map(standing).collect(),
                pledge,
            });
        }
        units.sort_by(|a, b| collate(&a.name, &b.name));
        let promised: Vec<(OrgId, PromisedTarget)> = units
            .iter()
            .flat_map(|seen| {
                let targets = seen.pledge.promise().map(|promise| promise.targets.clone()).unwrap_or_default();
                targets.into_iter().map(|target| (seen.unit.clone(), target))
            })
            .collect();
        let named = |code: &MovementCode| {
            let known = desk.movements.iter().find(|known| known.code == *code);
            known.map(|known| (known.code.clone(), known.name.clone()))
        };
        let children = desk.terms.iter().filter(|terms| terms.parent.as_ref() == Some(code));
        let is_open = course.may(thidua_domain::movement::Act::Launch) || course.phase().is_running();
        let callable = match (&terms, leads && is_open) {
            (Some(_), true) => {
                let ids = further(&desk, by, code)?;
                let mut named: Vec<(OrgId, String)> = ids.into_iter().map(|id| (id.clone(), desk.name(&id))).collect();
                named.sort_by(|a, b| collate(&a.1, &b.1));
                named
            }
            (None, _) | (Some(_), false) => Vec::new(),
        };
        let launched_on = course.launched_on();
        let theirs = || units.iter().map(|seen| &seen.pledge);
        let book = app.book_in(tx, by)?;
        let awarded = Awarded::read(tx, by, &desk, terms.as_ref(), theirs())?;
        Ok(One {
            titles: awarded.tallies(&book, &desk, theirs()),
            owners: movement.owners.iter().map(|id| desk.ground.units.name_on(id, day)).collect(),
            launched_by: movement
                .launched_by
                .as_ref()
                .and_then(|id| instruments.into_iter().find(|instrument| instrument.id == *id)),
            anniversaries: launched_on
                .map(|first| thidua_domain::movement::anniversary::next_round(first, desk.today, 3))
                .unwrap_or_default(),
            launcher: terms.as_ref().map(|terms| desk.name(&terms.launcher)).unwrap_or_default(),
            parent: terms.as_ref().and_then(|terms| named(terms.parent.as_ref()?)),
            children: children.filter_map(|terms| named(&terms.movement)).collect(),
            targets: outturns(tx, app, by, &promised)?,
            movement,
            occasions,
            day,
            terms,
            course,
            leads,
            callable,
            counted,
            units,
        })
    })
}
