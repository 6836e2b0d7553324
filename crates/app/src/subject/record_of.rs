//! What the law book asks of subjects: their records as they were known on a day, one or all of some units.

use std::collections::BTreeMap;
use std::sync::Arc;

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::Scope;
use thidua_domain::actor::{Reach, Verb};
use thidua_domain::eligibility::GivenAnswer;
use thidua_domain::honour::{DirectWorker, Subject};
use thidua_domain::subject::record::{members, record, unit_of_members};
use thidua_domain::subject::{About, Details, Fact, Groups, Identity, Merge, SubjectId, current};
use thidua_law::Record;
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::subject::{Part, Wanted};

use super::held::{held, scope_of};
use crate::{App, Error};

/// Years of which the members of a collective are counted, up to the day.
const MEMBER_YEARS: i16 = 10;

/// A subject with its record.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Whoever stands for all of it.
    pub id: SubjectId,
    /// Who it is.
    pub details: Details,
    /// The units it belonged to on the day, or last before it.
    pub units: Vec<OrgId>,
    /// What was known.
    pub record: Record,
    /// Everyone it stands for, itself first.
    pub members: Vec<SubjectId>,
    /// Whether a person works directly or leads, by the newest place that says so.
    pub duty: Option<DirectWorker>,
    /// Registrations of emulation: the year, and the honour where one was named.
    pub registered: Vec<(i16, Option<HonourCode>)>,
}

/// The record of one subject as it was known on a day.
///
/// # Errors
/// [`Error::NotFound`] where there is no subject that this actor may see.
pub fn record_of(app: &App, by: &Actor, id: &SubjectId, known_on: Date) -> Result<Recorded, Error> {
    app.db.read(|tx| record_in(tx, app, by, id, known_on))
}

/// [`record_of`] in a transaction under way.
pub(crate) fn record_in(tx: &mut Tx, app: &App, by: &Actor, id: &SubjectId, known_on: Date) -> Result<Recorded, Error> {
    let today = app.clock.now().date_in_vietnam();
    let held = held(tx, by, today, id)?;
    let mut gathered =
        Gathered { groups: Groups::of(&as_known(&held.merges, known_on)), versions: held.versions, facts: held.facts };
    gathered.forget_after(known_on);
    let (details, facts) = gathered.one(&held.id).ok_or(Error::NotFound("subject"))?;
    let unit = unit_of_members(&details, &facts, known_on.year() - 1)
        .or_else(|| unit_of_members(&details, &facts, known_on.year()));
    let people = match &unit {
        None => Gathered::default(),
        Some(unit) => {
            let whole = Scope::whole(by.scope.tenant.clone());
            let wanted = Wanted { kind: Some(Subject::Individual), unit: Some(unit.clone()), ..Wanted::default() };
            gather(tx, &whole, &wanted, today, known_on)?
        }
    };
    let persons = people.of_each();
    let persons: Vec<Vec<&Fact>> = persons.into_values().map(|(_, facts)| facts).collect();
    Ok(recorded((&held.id, &gathered.groups), details, &facts, &persons, known_on))
}

/// The records of every subject of some units as they were known on a day, by id, with a constant number of
/// statements.
///
/// # Errors
/// [`Error::NotFound`] where the actor reads no subjects of these units.
pub fn records_of(app: &App, by: &Actor, units: &[OrgId], known_on: Date) -> Result<Vec<Recorded>, Error> {
    app.db.read(|tx| records_in(tx, app, by, units, known_on))
}

/// [`records_of`] in a transaction under way.
pub(crate) fn records_in(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    units: &[OrgId],
    known_on: Date,
) -> Result<Vec<Recorded>, Error> {
    let scope = scope_of(by, Verb::ReadSubjects)?;
    let scope = Scope { units: scope.units.within(&Reach::Only(units.to_vec())), ..scope };
    let today = app.clock.now().date_in_vietnam();
    let gathered = gather(tx, &scope, &Wanted::default(), today, known_on)?;
    let each = gathered.of_each();
    let persons: Vec<Vec<&Fact>> = each
        .values()
        .filter(|(details, _)| details.kind == Subject::Individual)
        .map(|(_, facts)| facts.clone())
        .collect();
    let done = each
        .iter()
        .map(|(id, (details, facts))| recorded((id, &gathered.groups), details.clone(), facts, &persons, known_on));
    Ok(done.collect())
}

/// Everyone of some units in the order of names, with what persons answered about them.
#[derive(Debug)]
pub(crate) struct People {
    /// Their records.
    pub recorded: Vec<Recorded>,
    /// Every answer about one of them, in the order they were given.
    pub given: Vec<GivenAnswer>,
}

/// [`records_of`] with the answers of persons, kept on the shelf while nothing changes.
pub(crate) fn people_in(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    units: &[OrgId],
    known_on: Date,
) -> Result<Arc<People>, Error> {
    let today = app.clock.now().date_in_vietnam();
    let scope = scope_of(by, Verb::ReadSubjects)?;
    let scope = Scope { units: scope.units.within(&Reach::Only(units.to_vec())), ..scope };
    let shelf = app.shelf.within(tx, &scope)?;
    shelf.people((today, known_on), || {
        let mut recorded = records_in(tx, app, by, units, known_on)?;
        recorded.sort_by_cached_key(|one| thidua_base::text::order_key(&one.details.name));
        let ids: Vec<SubjectId> = recorded.iter().flat_map(|one| one.members.iter().cloned()).collect();
        let given = store::eligibility::answers_of(tx, &scope.tenant, &ids)?;
        Ok(People { recorded, given })
    })
}

fn recorded(
    (id, groups): (&SubjectId, &Groups),
    details: Details,
    facts: &[&Fact],
    persons: &[Vec<&Fact>],
    known_on: Date,
) -> Recorded {
    let years = (known_on.year() - MEMBER_YEARS + 1)..=known_on.year();
    let counted = years.filter_map(|year| {
        let unit = unit_of_members(&details, facts, year)?;
        // A unit of which nobody is known has no members to count, which is not the same as none.
        Some(members(persons, &unit, year)).filter(|counted| counted.count > 0)
    });
    let counted = counted.collect();
    Recorded {
        id: id.clone(),
        units: thidua_domain::subject::present_units(facts, known_on),
        record: record(&details, facts, counted),
        members: groups.members(id),
        duty: duty(facts),
        registered: facts.iter().filter_map(|fact| registration(fact)).collect(),
        details,
    }
}

/// Whether a person works directly or leads, by the newest place that says so.
fn duty(facts: &[&Fact]) -> Option<DirectWorker> {
    let places = facts.iter().filter_map(|fact| match &fact.about {
        About::Position(place) => place.duty.map(|duty| (place.from, duty)),
        _ => None,
    });
    places.max_by_key(|(from, _)| *from).map(|(_, duty)| duty)
}

fn registration(fact: &Fact) -> Option<(i16, Option<HonourCode>)> {
    match &fact.about {
        About::Registration(one) => Some((one.year, one.honour.clone())),
        _ => None,
    }
}

/// Subjects with what is known of them.
#[derive(Debug, Default)]
struct Gathered {
    groups: Groups,
    versions: Vec<Identity>,
    facts: Vec<Fact>,
}

fn gather(tx: &mut Tx, scope: &Scope, wanted: &Wanted, today: Date, known_on: Date) -> Result<Gathered, Error> {
    let merges = store::subject::merge::merges(tx, &scope.tenant)?;
    let groups = Groups::of(&as_known(&merges, known_on));
    let found = store::subject::subjects(tx, scope, today, wanted, Part::ALL)?;
    let ids: Vec<SubjectId> = found.iter().flat_map(|one| groups.members(groups.stands_for(&one.id))).collect();
    let versions = store::subject::versions(tx, &scope.tenant, &ids)?;
    let facts = store::subject::fact::facts_of(tx, &scope.tenant, &ids)?;
    let mut gathered = Gathered { groups, versions, facts };
    gathered.forget_after(known_on);
    Ok(gathered)
}

/// The merges as they stood on a day.
fn as_known(merges: &[Merge], day: Date) -> Vec<Merge> {
    let by_then = |entered: &thidua_domain::subject::Entered| entered.at.date_in_vietnam() <= day;
    let known = merges.iter().filter(|merge| by_then(&merge.entered));
    known.map(|merge| Merge { undone: merge.undone.clone().filter(by_then), ..merge.clone() }).collect()
}

impl Gathered {
    /// Leaves what was entered by the end of a day.
    fn forget_after(&mut self, day: Date) {
        self.facts.retain(|fact| fact.entered.at.date_in_vietnam() <= day);
        self.versions.retain(|version| version.version == 1 || version.entered.at.date_in_vietnam() <= day);
    }

    /// Who a subject was, and the facts that counted of it and of those it stood for.
    fn one(&self, id: &SubjectId) -> Option<(Details, Vec<&Fact>)> {
        let latest = self.versions.iter().filter(|one| one.id == *id).max_by_key(|one| one.version)?;
        let facts = current(&self.facts).into_iter().filter(|fact| self.groups.stands_for(&fact.subject) == id);
        Some((latest.details.clone(), facts.collect()))
    }

    /// The same of everyone who stands for themselves, by id.
    fn of_each(&self) -> BTreeMap<SubjectId, (Details, Vec<&Fact>)> {
        let mut each: BTreeMap<SubjectId, (Details, Vec<&Fact>)> = BTreeMap::new();
        for version in &self.versions {
            if self.groups.stands_for(&version.id) == &version.id {
                // Versions come in order: the last one stays.
                each.entry(version.id.clone())
                    .and_modify(|(details, _)| details.clone_from(&version.details))
                    .or_insert_with(|| (version.details.clone(), Vec::new()));
            }
        }
        for fact in current(&self.facts) {
            if let Some((_, facts)) = each.get_mut(self.groups.stands_for(&fact.subject)) {
                facts.push(fact);
            }
        }
        each
    }
}
