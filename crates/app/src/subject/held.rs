//! What every verb about a subject reads first: who it stands for, what is known, and whether the actor may see it.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::{Reach, Thing, Verb, may, reach_of};
use thidua_domain::honour::Subject;
use thidua_domain::subject::decide::Honours;
use thidua_domain::subject::{
    Details, Fact, Groups, Identity, Known, Merge, Sought, SubjectId, current, present_units,
};
use thidua_domain::{Actor, Scope};
use thidua_law::Book;
use thidua_law::terms::TermKind;
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::subject::{Part, Wanted};

use crate::{App, Error};

/// The scope in which an actor reads subjects.
///
/// # Errors
/// [`Error::NotFound`] where they read none at all.
pub(super) fn scope_of(by: &Actor, verb: Verb) -> Result<Scope, Error> {
    let units = reach_of(by, verb);
    if units == Reach::Only(Vec::new()) {
        return Err(Error::NotFound("subject"));
    }
    Ok(Scope { tenant: by.scope.tenant.clone(), units })
}

/// Whoever stands for a subject within the actor's reach, and what it is.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none that this actor may see.
pub(crate) fn known_to(tx: &mut Tx, by: &Actor, today: Date, id: &SubjectId) -> Result<(SubjectId, Subject), Error> {
    let held = held(tx, by, today, id)?;
    let kind = held.identity()?.details.kind;
    Ok((held.id, kind))
}

/// A subject with all for whom it stands.
#[derive(Debug, Clone)]
pub(super) struct Held {
    /// Who stands for all of them.
    pub id: SubjectId,
    /// Everyone it stands for, itself first.
    pub members: Vec<SubjectId>,
    /// Every version of every one of them.
    pub versions: Vec<Identity>,
    /// Every fact of every one of them.
    pub facts: Vec<Fact>,
    /// Every merge that links it to others, those taken back with them.
    pub merges: Vec<Merge>,
}

/// Reads a subject within the actor's reach, or whoever stands for it.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none that this actor may see.
pub(super) fn held(tx: &mut Tx, by: &Actor, today: Date, id: &SubjectId) -> Result<Held, Error> {
    let scope = scope_of(by, Verb::ReadSubjects)?;
    let merges = store::subject::merge::merges_around(tx, &scope.tenant, std::slice::from_ref(id))?;
    let groups = Groups::of(&merges);
    let id = groups.stands_for(id).clone();
    let members = groups.members(&id);
    let wanted = Wanted { among: Some(members.clone()), ..Wanted::default() };
    if store::subject::count(tx, &scope, today, &wanted)? == 0 {
        return Err(Error::NotFound("subject"));
    }
    let versions = store::subject::versions(tx, &scope.tenant, &members)?;
    let facts = store::subject::fact::facts_of(tx, &scope.tenant, &members)?;
    Ok(Held { id, members, versions, facts, merges })
}

impl Held {
    /// Who the subject is now.
    pub fn identity(&self) -> Result<&Identity, Error> {
        self.latest(&self.id).ok_or(Error::NotFound("subject"))
    }

    /// Who one of those it stands for is now.
    pub fn latest(&self, id: &SubjectId) -> Option<&Identity> {
        self.versions.iter().filter(|version| version.id == *id).max_by_key(|version| version.version)
    }

    /// Who it is, with what only those merged into it know.
    pub fn details(&self) -> Result<Details, Error> {
        let mut details = self.identity()?.details.clone();
        for other in self.members.iter().filter_map(|id| self.latest(id)) {
            let other = &other.details;
            if details.born.year().is_none() {
                details.born = other.born;
            }
            details.cccd = details.cccd.or_else(|| other.cccd.clone());
            details.sex = details.sex.or(other.sex);
            details.recruited_on = details.recruited_on.or(other.recruited_on);
        }
        Ok(details)
    }

    /// The units it belongs to on a day, or last.
    pub fn units(&self, today: Date) -> Vec<OrgId> {
        present_units(&current(&self.facts), today)
    }

    /// Goes on only where the actor may do the verb in one of its present units.
    pub fn permit(&self, by: &Actor, verb: Verb, today: Date) -> Result<(), Error> {
        if self.allows(by, verb, today) { Ok(()) } else { Err(Error::NotFound("subject")) }
    }

    /// Whether the actor may do the verb in one of its present units.
    pub fn allows(&self, by: &Actor, verb: Verb, today: Date) -> bool {
        self.units(today).iter().any(|unit| may(by, verb, Thing::Unit(unit)).is_granted())
    }
}

/// The law book as decisions about facts ask it.
pub(crate) struct BookHonours<'a>(pub &'a Book);

impl Honours for BookHonours<'_> {
    fn name(&self, honour: &HonourCode) -> Option<String> {
        self.0.honour(honour).map(|known| known.name.clone())
    }

    fn in_force(&self, honour: &HonourCode, on: Date) -> bool {
        // An umbrella has no version of its own: one of those it covers stands for it.
        self.0.honour(honour).is_some_and(|known| {
            known.version(on).is_some()
                || known.covers.iter().filter_map(|code| self.0.honour(code)).any(|part| part.version(on).is_some())
        })
    }

    fn has_segment(&self, word: &str) -> bool {
        self.0.rules().terms.of(TermKind::Segment).any(|(code, _)| code == word)
    }
}

/// Everyone whom the actor may see, for matching; those merged into another are left out.
pub(super) struct Everyone {
    pub known: Vec<Known>,
    pub details: BTreeMap<SubjectId, Details>,
    pub groups: Groups,
}

/// Reads everyone in the actor's reach, with four statements.
pub(super) fn everyone(tx: &mut Tx, by: &Actor, today: Date) -> Result<Everyone, Error> {
    let scope = scope_of(by, Verb::ReadSubjects)?;
    let groups = Groups::of(&store::subject::merge::merges(tx, &scope.tenant)?);
    let without: Vec<SubjectId> = groups.merged().into_iter().cloned().collect();
    let wanted = Wanted { without, ..Wanted::default() };
    let identities = store::subject::subjects(tx, &scope, today, &wanted, Part::ALL)?;
    let positions = store::subject::fact::positions_in(tx, &Scope::whole(scope.tenant.clone()))?;
    let mut units: BTreeMap<&SubjectId, Vec<OrgId>> = BTreeMap::new();
    for position in &positions {
        if let thidua_domain::subject::About::Position(told) = &position.about {
            units.entry(groups.stands_for(&position.subject)).or_default().push(told.unit.clone());
        }
    }
    let known = identities
        .iter()
        .map(|one| Known {
            id: one.id.clone(),
            is: Sought {
                name: one.details.name.clone(),
                born: one.details.born,
                cccd: one.details.cccd.clone(),
                unit: None,
            },
            units: units.get(&one.id).cloned().unwrap_or_default(),
        })
        .collect();
    let details = identities.into_iter().map(|one| (one.id, one.details)).collect();
    Ok(Everyone { known, details, groups: groups.clone() })
}

/// Whether the actor enters facts anywhere.
pub fn may_enter(by: &Actor) -> bool {
    reach_of(by, Verb::EnterFacts) != Reach::Only(Vec::new())
}

/// Whether the actor merges subjects anywhere.
pub fn may_merge(by: &Actor) -> bool {
    reach_of(by, Verb::MergeSubjects) != Reach::Only(Vec::new())
}

/// A unit that is known on some day.
///
/// # Errors
/// [`thidua_domain::Refusal::UnknownUnit`].
pub(super) fn known_unit(tx: &mut Tx, app: &App, by: &Actor, unit: &OrgId) -> Result<(), Error> {
    let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
    if ground.units.iter().any(|known| known.id == *unit) {
        return Ok(());
    }
    Err(thidua_domain::Refusal::UnknownUnit { asked: unit.to_string(), near: Vec::new() }.into())
}
