//! What the register holds, read in a constant number of statements, and what of it an actor may see.

use std::collections::BTreeMap;
use std::sync::Arc;

use thidua_base::code::{ExemplarId, OrgId};
use thidua_base::{Date, Timestamp};
use thidua_domain::actor::{Capacity, Scope, Thing, Verb, may};
use thidua_domain::exemplar::{Course, Exemplar, Profile, Standing, public};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use crate::shelf::Ground;
use crate::{App, Error};

/// Who looks: with their own rights, or as the public does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Eyes {
    /// With the actor's rights.
    Own,
    /// As if nobody had signed in.
    Public,
}

/// The register, or one exemplar of it.
pub(super) struct Desk {
    pub(super) ground: Arc<Ground>,
    pub(super) exemplars: Vec<Exemplar>,
    profiles: BTreeMap<ExemplarId, Profile>,
    courses: BTreeMap<ExemplarId, Course>,
    pub(super) now: Timestamp,
    pub(super) today: Date,
    /// The day from which rows without a course are counted.
    pub(super) taken_over: Date,
    home: OrgId,
}

impl Desk {
    /// Reads the register whole, or one exemplar of it; what the public sees is not limited by reach.
    pub(super) fn read(tx: &mut Tx, app: &App, by: &Actor, one: Option<&ExemplarId>) -> Result<Self, Error> {
        let whole = Scope::whole(by.scope.tenant.clone());
        let now = app.clock.now();
        let mut exemplars = store::exemplar::exemplars(tx, &whole)?;
        exemplars.retain(|exemplar| one.is_none_or(|id| exemplar.id == *id));
        let profiles = store::exemplar::course::profiles(tx, &whole, one)?;
        let courses = store::exemplar::course::courses(tx, &whole, one)?;
        Ok(Self {
            ground: app.ground(tx, &whole)?,
            exemplars,
            profiles: profiles.into_iter().map(|profile| (profile.exemplar.clone(), profile)).collect(),
            courses: courses.into_iter().map(|course| (course.exemplar.clone(), course)).collect(),
            now,
            today: now.date_in_vietnam(),
            taken_over: app.home.dated,
            home: app.home.unit.clone(),
        })
    }

    /// One exemplar that the actor may see.
    pub(super) fn seen(&self, by: &Actor, id: &ExemplarId, eyes: Eyes) -> Result<&Exemplar, Error> {
        let found = self.exemplars.iter().find(|exemplar| exemplar.id == *id);
        found.filter(|exemplar| self.shows(by, exemplar, eyes)).ok_or(Error::NotFound("exemplar"))
    }

    /// Whether an exemplar exists for who looks.
    pub(super) fn shows(&self, by: &Actor, exemplar: &Exemplar, eyes: Eyes) -> bool {
        self.reads(by, exemplar, eyes) || self.standing(exemplar).is_some_and(public::is_public)
    }

    /// Whether who looks sees what the public does not.
    pub(super) fn reads(&self, by: &Actor, exemplar: &Exemplar, eyes: Eyes) -> bool {
        eyes == Eyes::Own && may(by, Verb::ReadExemplars, Thing::Unit(self.place(exemplar))).is_granted()
    }

    /// The unit by which rights are asked: the place, or the house where no place is known.
    pub(super) fn place<'a>(&'a self, exemplar: &'a Exemplar) -> &'a OrgId {
        exemplar.unit.as_ref().unwrap_or(&self.home)
    }

    /// The course of an exemplar; an empty one where nothing was done.
    pub(super) fn course(&self, exemplar: &Exemplar) -> Course {
        self.courses.get(&exemplar.id).cloned().unwrap_or_else(|| Course::new(exemplar.id.clone()))
    }

    /// How it stands today; `None` where it is proposed for a day to come.
    pub(super) fn standing(&self, exemplar: &Exemplar) -> Option<Standing> {
        match self.courses.get(&exemplar.id) {
            Some(course) => course.standing(self.today, self.taken_over),
            None => Course::new(exemplar.id.clone()).standing(self.today, self.taken_over),
        }
    }

    /// What its proposal said; of a row of a pack, what its field says.
    pub(super) fn profile(&self, exemplar: &Exemplar) -> Profile {
        let known = self.profiles.get(&exemplar.id).cloned();
        known.unwrap_or_else(|| Profile::of_row(exemplar, self.now))
    }

    /// The name of a unit today, or as it was on the day of the pages, or the last it had.
    pub(super) fn name(&self, unit: &OrgId) -> String {
        let units = &self.ground.units;
        let known = units.on(unit, self.today).or_else(|| units.on(unit, self.taken_over));
        let known = known.or_else(|| units.iter().rev().find(|version| version.id == *unit));
        known.map_or_else(|| unit.to_string(), |known| known.name.clone())
    }

    /// The units in which an actor may do a verb, as they are today, by name.
    pub(super) fn units_for(&self, by: &Actor, verb: Verb) -> Vec<(OrgId, String)> {
        let reach = thidua_domain::actor::reach_of(by, verb);
        let units = self.ground.units.iter().filter(|unit| unit.on(self.today) && reach.holds(&unit.id));
        let mut named: Vec<(OrgId, String)> = units.map(|unit| (unit.id.clone(), unit.name.clone())).collect();
        named.sort_by(|(_, a), (_, b)| thidua_base::text::collate(a, b));
        named
    }
}

/// The account of whoever acts, where a person signed in does.
pub(super) fn account(by: &Actor) -> Option<String> {
    match &by.capacity {
        Capacity::Person { account, .. } => Some(account.to_string()),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
    }
}

/// The subject of rows of the journal.
pub(super) fn subject(id: &ExemplarId) -> String {
    format!("exemplar:{id}")
}

/// A place that someone else took meanwhile is told to the user.
pub(super) fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}
