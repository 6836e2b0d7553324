//! Finds subjects by name, decision or unit, a page at a time; and one person by the citizen's number.

use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::Scope;
use thidua_domain::actor::Verb;
use thidua_domain::honour::Subject;
use thidua_domain::subject::{About, Cccd, Groups, Identity, SubjectId, current, present_units};
use thidua_store as store;
use thidua_store::subject::{Part, Wanted};

use super::held::scope_of;
use crate::{App, Error};

/// What is asked for; what is `None` or empty does not narrow.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Persons, collectives or households.
    pub kind: Option<Subject>,
    /// Words of the name, or the number of a decision.
    pub words: String,
    /// Who belong or belonged to this unit.
    pub unit: Option<OrgId>,
    /// Rows left out before.
    pub after: usize,
    /// Most rows.
    pub most: usize,
}

/// A page of subjects.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The rows, in the order of names.
    pub rows: Vec<SubjectRow>,
    /// How many there are in all.
    pub count: usize,
    /// Units to narrow to: those in which the actor reads subjects, by name.
    pub units: Vec<(OrgId, String)>,
    /// Whether the actor enters facts anywhere.
    pub enters: bool,
}

/// A subject in a list.
#[derive(Debug, Clone)]
pub struct SubjectRow {
    /// Who.
    pub identity: Identity,
    /// The names of the units it belongs to.
    pub units: Vec<String>,
    /// Awards that count.
    pub awards: usize,
    /// The newest of them: the honour's code and the year.
    pub newest: Option<(thidua_base::code::HonourCode, i16)>,
    /// How many others it stands for.
    pub merged: usize,
}

/// Lists subjects with a constant number of statements.
///
/// # Errors
/// [`Error::NotFound`] where the actor reads none.
pub fn list(app: &App, by: &Actor, asked: &Asked) -> Result<Listed, Error> {
    let scope = scope_of(by, Verb::ReadSubjects)?;
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let groups = Groups::of(&store::subject::merge::merges(tx, &scope.tenant)?);
        let without: Vec<SubjectId> = groups.merged().into_iter().cloned().collect();
        let wanted = Wanted {
            kind: asked.kind,
            without,
            words: asked.words.clone(),
            unit: asked.unit.clone(),
            ..Wanted::default()
        };
        let count = store::subject::count(tx, &scope, today, &wanted)?;
        let part = Part { most: asked.most, after: asked.after };
        let identities = store::subject::subjects(tx, &scope, today, &wanted, part)?;
        let everyone: Vec<SubjectId> = identities.iter().flat_map(|one| groups.members(&one.id)).collect();
        let facts = store::subject::fact::facts_of(tx, &scope.tenant, &everyone)?;
        let ground = app.ground(tx, &Scope::whole(scope.tenant.clone()))?;
        let day = app.home.dated.max(today);
        let counting = current(&facts);
        let rows = identities
            .into_iter()
            .map(|identity| {
                let own: Vec<_> =
                    counting.iter().filter(|f| *groups.stands_for(&f.subject) == identity.id).copied().collect();
                let awards = || {
                    own.iter().filter_map(|fact| match &fact.about {
                        About::Award(held) if held.revoked_on.is_none() => Some(held),
                        _ => None,
                    })
                };
                SubjectRow {
                    units: present_units(&own, today).iter().map(|unit| ground.units.name_on(unit, day)).collect(),
                    awards: awards().count(),
                    newest: awards().max_by_key(|held| held.decided_on).map(|held| (held.honour.clone(), held.year)),
                    merged: groups.members(&identity.id).len() - 1,
                    identity,
                }
            })
            .collect();
        let units = super::show::units_of(&ground.units, &scope.units, day);
        Ok(Listed { rows, count, units, enters: super::may_enter(by) })
    })
}

/// The person of a citizen's number, or whoever stands for them.
///
/// # Errors
/// [`Error::NotFound`] where nobody in reach has it; a refusal for a number of the wrong shape.
pub fn by_cccd(app: &App, by: &Actor, number: &str) -> Result<SubjectId, Error> {
    let scope = scope_of(by, Verb::ReadSubjects)?;
    let wanted = Wanted { cccd: Some(Cccd::parse(number)?), ..Wanted::default() };
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let found = store::subject::subjects(tx, &scope, today, &wanted, Part { most: 1, after: 0 })?;
        let one = found.first().ok_or(Error::NotFound("subject"))?;
        let merges = store::subject::merge::merges_around(tx, &scope.tenant, std::slice::from_ref(&one.id))?;
        Ok(Groups::of(&merges).stands_for(&one.id).clone())
    })
}
