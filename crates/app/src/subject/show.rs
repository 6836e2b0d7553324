//! A subject's life: who it is, what is known with source and who entered it, what was corrected, who was merged.

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::Scope;
use thidua_domain::actor::{Reach, Verb, reach_of};
use thidua_domain::subject::{Details, Fact, FactId, Identity, Merge, SubjectId};

use super::held::{Held, held};
use crate::shelf::Units;
use crate::{App, Error};

/// A subject as an actor sees it.
#[derive(Debug, Clone)]
pub struct SubjectSeen {
    /// The id of whoever stands for all.
    pub id: SubjectId,
    /// Who it is, with what those merged into it know.
    pub details: Details,
    /// Every version of its own, oldest first.
    pub versions: Vec<Identity>,
    /// What is known, oldest entry first.
    pub facts: Vec<FactSeen>,
    /// Merges into it, and those taken back, oldest first.
    pub merges: Vec<MergeSeen>,
    /// The names of the units it belongs to.
    pub units: Vec<String>,
    /// Whether the actor may see the citizen's number whole.
    pub sees_cccd: bool,
    /// Whether the actor may enter and correct here.
    pub enters: bool,
    /// Whether the actor may merge here.
    pub merges_here: bool,
}

/// A fact as an actor sees it.
#[derive(Debug, Clone)]
pub struct FactSeen {
    /// The fact.
    pub fact: Fact,
    /// Whether another took its place.
    pub is_gone: bool,
    /// The name of the unit it names, on its day.
    pub unit: String,
    /// The name it was entered under, where that is one merged into this.
    pub of: String,
}

/// A merge as an actor sees it.
#[derive(Debug, Clone)]
pub struct MergeSeen {
    /// The merge.
    pub merge: Merge,
    /// The name of who was merged.
    pub name: String,
}

/// Reads a subject.
///
/// # Errors
/// [`Error::NotFound`] where there is none that this actor may see.
pub fn show(app: &App, by: &Actor, id: &SubjectId) -> Result<SubjectSeen, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let held = held(tx, by, today, id)?;
        // Those who were merged once and stand alone again are named, too.
        let once: Vec<SubjectId> =
            held.merges.iter().filter(|merge| merge.kept == held.id).map(|merge| merge.merged.clone()).collect();
        let others = thidua_store::subject::versions(tx, &by.scope.tenant, &once)?;
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        seen(&held, &others, &ground.units, by, today)
    })
}

pub(super) fn seen(
    held: &Held,
    others: &[Identity],
    units: &Units,
    by: &Actor,
    today: Date,
) -> Result<SubjectSeen, Error> {
    let name_of = |id: &SubjectId| {
        let versions = held.versions.iter().chain(others).filter(|one| one.id == *id);
        versions.max_by_key(|one| one.version).map(|one| one.details.name.clone()).unwrap_or_default()
    };
    let gone: Vec<&FactId> = held.facts.iter().filter_map(|fact| fact.supersedes.as_ref()).collect();
    let facts = held.facts.iter().map(|fact| {
        let unit = unit_of(fact);
        let day = fact.about.begins().unwrap_or(today);
        FactSeen {
            is_gone: gone.contains(&&fact.id),
            unit: unit.map(|unit| name_near(units, unit, day)).unwrap_or_default(),
            of: if fact.subject == held.id { String::new() } else { name_of(&fact.subject) },
            fact: fact.clone(),
        }
    });
    let merges = held.merges.iter().filter(|merge| merge.kept == held.id);
    Ok(SubjectSeen {
        id: held.id.clone(),
        details: held.details()?,
        versions: held.versions.iter().filter(|version| version.id == held.id).cloned().collect(),
        facts: facts.collect(),
        merges: merges.map(|merge| MergeSeen { name: name_of(&merge.merged), merge: merge.clone() }).collect(),
        units: held.units(today).iter().map(|unit| name_near(units, unit, today)).collect(),
        sees_cccd: held.allows(by, Verb::ReadCccd, today),
        enters: held.allows(by, Verb::EnterFacts, today),
        merges_here: held.allows(by, Verb::MergeSubjects, today),
    })
}

/// The name of a unit on a day, or the first that is known of it.
fn name_near(units: &Units, unit: &OrgId, day: Date) -> String {
    let known = units.on(unit, day).or_else(|| units.iter().find(|version| version.id == *unit));
    known.map_or_else(|| unit.to_string(), |version| version.name.clone())
}

/// The unit that a fact names.
fn unit_of(fact: &Fact) -> Option<&OrgId> {
    match &fact.about {
        thidua_domain::subject::About::Position(position) => Some(&position.unit),
        thidua_domain::subject::About::Award(award) => award.unit.as_ref(),
        _ => None,
    }
}

/// The units of a reach as they are on a day, by name.
pub(super) fn units_of(units: &Units, reach: &Reach, day: Date) -> Vec<(OrgId, String)> {
    let mut listed: Vec<(OrgId, String)> = units
        .iter()
        .filter(|unit| unit.on(day) && reach.holds(&unit.id))
        .map(|unit| (unit.id.clone(), unit.name.clone()))
        .collect();
    listed.sort_by(|(_, a), (_, b)| thidua_base::text::collate(a, b));
    listed
}

/// The units in which an actor may enter facts, as they are today, by name; all units of the day for a place elsewhere.
///
/// # Errors
/// Where the store fails.
pub fn units_to_enter(app: &App, by: &Actor, is_anywhere: bool) -> Result<Vec<(OrgId, String)>, Error> {
    let reach = if is_anywhere { Reach::Everything } else { reach_of(by, Verb::EnterFacts) };
    let day = app.home.dated.max(app.clock.now().date_in_vietnam());
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        Ok(units_of(&ground.units, &reach, day))
    })
}
