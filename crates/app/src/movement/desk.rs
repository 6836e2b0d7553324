//! What the books hold of movements, read in a constant number of statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use thidua_base::code::{MovementCode, OrgId};
use thidua_base::text::nfc;
use thidua_base::{Date, Timestamp};
use thidua_domain::actor::{Capacity, Scope, Thing, Verb, may};
use thidua_domain::movement::{Act, Call, Course, Milestone, Movement, Terms};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use crate::shelf::Ground;
use crate::{App, Error};

/// The movements of a tenant with what was done with them.
pub(crate) struct Desk {
    pub(crate) ground: Arc<Ground>,
    pub(crate) movements: Vec<Movement>,
    pub(crate) terms: Vec<Terms>,
    pub(crate) courses: Vec<Course>,
    pub(crate) calls: Vec<Call>,
    pub(crate) now: Timestamp,
    pub(crate) today: Date,
}

impl Desk {
    /// Reads them. Movements call on everyone; what units answered is not among them.
    pub(crate) fn read(tx: &mut Tx, app: &App, by: &Actor) -> Result<Self, Error> {
        let whole = Scope::whole(by.scope.tenant.clone());
        let now = app.clock.now();
        Ok(Self {
            ground: app.ground(tx, &whole)?,
            movements: store::movement::movements(tx, &whole)?,
            terms: store::movement::course::terms(tx, &whole)?,
            courses: store::movement::course::courses(tx, &whole)?,
            calls: store::movement::course::calls(tx, &whole)?,
            now,
            today: now.date_in_vietnam(),
        })
    }

    /// One movement.
    pub(crate) fn movement(&self, code: &MovementCode) -> Result<&Movement, Error> {
        self.movements.iter().find(|known| known.code == *code).ok_or(Error::NotFound("movement"))
    }

    /// Its terms.
    pub(crate) fn terms_of(&self, code: &MovementCode) -> Option<&Terms> {
        self.terms.iter().find(|known| known.movement == *code)
    }

    /// Its course; an empty one where nothing was done yet.
    pub(crate) fn course_of(&self, code: &MovementCode) -> Course {
        let known = self.courses.iter().find(|known| known.movement == *code);
        known.cloned().unwrap_or_else(|| Course::new(code.clone()))
    }

    /// The call on a unit.
    pub(crate) fn call(&self, code: &MovementCode, unit: &OrgId) -> Result<&Call, Error> {
        let call = self.calls.iter().find(|call| call.movement == *code && call.unit == *unit);
        call.ok_or(Error::NotFound("registration"))
    }

    /// The parents of the movements that carry out another.
    pub(crate) fn parents(&self) -> BTreeMap<MovementCode, MovementCode> {
        let with = self.terms.iter().filter_map(|terms| Some((terms.movement.clone(), terms.parent.clone()?)));
        with.collect()
    }

    /// Whether an actor leads a movement: in the launcher's name, or in an owner's while it has no terms.
    pub(crate) fn leads(&self, by: &Actor, movement: &Movement) -> bool {
        let in_name_of = |unit: &OrgId| may(by, Verb::ManageMovements, Thing::Unit(unit)).is_granted();
        match self.terms_of(&movement.code) {
            Some(terms) => in_name_of(&terms.launcher),
            None => movement.owners.iter().any(in_name_of),
        }
    }

    /// Goes on only where the actor leads the movement.
    pub(crate) fn permit_leading(&self, by: &Actor, code: &MovementCode) -> Result<&Movement, Error> {
        let movement = self.movement(code)?;
        if self.leads(by, movement) { Ok(movement) } else { Err(Error::NotFound("movement")) }
    }

    /// The name of a unit today.
    pub(crate) fn name(&self, unit: &OrgId) -> String {
        self.ground.units.name_on(unit, self.today)
    }
}

/// Keeps a milestone with its row in the journal.
pub(super) fn reach(
    tx: &mut Tx,
    by: &Actor,
    course: &Course,
    milestone: &Milestone,
    detail: &str,
) -> Result<(), Error> {
    store::movement::course::append(tx, &by.scope.tenant, course, milestone).map_err(overtaken)?;
    let subject = subject(&course.movement);
    store::audit::append(tx, by, milestone.at, milestone.act.word(), &subject, detail)?;
    Ok(())
}

/// A milestone of now.
pub(super) fn milestone(by: &Actor, act: Act, day: Option<Date>, note: &str, at: Timestamp) -> Milestone {
    Milestone { act, day, note: tidy(note), by: by.name.clone(), account: account(by), at }
}

/// The account of whoever acts, where a person signed in does.
pub(super) fn account(by: &Actor) -> Option<String> {
    match &by.capacity {
        Capacity::Person { account, .. } => Some(account.to_string()),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
    }
}

/// The subject of rows of the journal.
pub(super) fn subject(code: &MovementCode) -> String {
    format!("movement:{code}")
}

/// Text as it is kept: in Normal Form C, without spaces around it.
pub(super) fn tidy(text: &str) -> String {
    nfc(text.trim())
}

/// Lines as they are kept: tidy, and none of them empty.
pub(super) fn tidy_lines(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| tidy(line)).filter(|line| !line.is_empty()).collect()
}

/// A place that someone else took meanwhile is told to the user.
pub(super) fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}
