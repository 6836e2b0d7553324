//! The board of a round: its dossiers by stage, filtered.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::text::{fold, order_key};
use thidua_domain::actor::{Reach, Thing, Verb, may, reach_of};
use thidua_domain::dossier::{Batch, BatchId, Dossier, RoundId, Stage, steps_from};
use thidua_domain::honour::Subject;
use thidua_domain::subject::{Groups, SubjectId};
use thidua_domain::{Actor, Scope};
use thidua_law::table::Said;
use thidua_store as store;
use thidua_store::dossier::Wanted;

use super::held::{round, scope_of};
use super::rounds::RoundSeen;
use super::take_step::TAKEN_HERE;
use crate::{App, Error};

/// What of a round is asked for; what is empty narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct BoardAsked {
    /// Words in the nominee's name.
    pub words: String,
    /// A stage.
    pub stage: Option<Stage>,
    /// A unit that nominates.
    pub unit: Option<OrgId>,
    /// An honour.
    pub honour: Option<HonourCode>,
    /// A list.
    pub batch: Option<BatchId>,
    /// Only those stopped today.
    pub stopped: bool,
}

/// A round with its dossiers.
#[derive(Debug, Clone)]
pub struct Board {
    /// The round with all its counts.
    pub round: RoundSeen,
    /// The dossiers asked for, in the order of names.
    pub rows: Vec<BoardRow>,
    /// The units that nominate in it, with their names.
    pub units: Vec<(OrgId, String)>,
    /// The honours in it, with their names.
    pub honours: Vec<(HonourCode, Said)>,
    /// The lists in it.
    pub batches: Vec<Batch>,
    /// Whether the actor may nominate somewhere.
    pub nominates: bool,
    /// Today.
    pub today: Date,
}

/// A dossier of a board.
#[derive(Debug, Clone)]
pub struct BoardRow {
    /// The dossier.
    pub dossier: Dossier,
    /// The nominee's name.
    pub name: String,
    /// Person, collective, household.
    pub kind: Subject,
    /// The name of the unit that nominates.
    pub unit: String,
    /// The name of the honour.
    pub honour: Said,
    /// Whether it is stopped today.
    pub is_stopped: bool,
    /// The steps that the actor may take with many at once.
    pub steps: Vec<Verb>,
}

/// Steps that many dossiers can take at once.
const AT_ONCE: [Verb; 2] = [Verb::SubmitDossier, Verb::AppraiseDossier];

/// Reads it. A constant number of statements, however many dossiers there are.
///
/// # Errors
/// [`Error::NotFound`] where there is no such round for this actor.
pub fn board(app: &App, by: &Actor, id: &RoundId, asked: &BoardAsked) -> Result<Board, Error> {
    let scope = scope_of(by)?;
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let round = round(tx, by, id)?;
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let wanted = Wanted { round: Some(id.clone()), ..Wanted::default() };
        let dossiers = store::dossier::dossiers(tx, &scope, &wanted)?;
        let groups = Groups::of(&store::subject::merge::merges(tx, &by.scope.tenant)?);
        let subjects: Vec<SubjectId> = dossiers.iter().map(|one| groups.stands_for(&one.subject).clone()).collect();
        let mut names: BTreeMap<SubjectId, (String, Subject)> = BTreeMap::new();
        // Versions come in order: the last one stays.
        for version in store::subject::versions(tx, &by.scope.tenant, &subjects)? {
            names.insert(version.id, (version.details.name, version.details.kind));
        }
        let mut seen = RoundSeen { unit: ground.units.name_on(&round.unit, today), counts: [0; 12], round };
        let mut units: BTreeMap<OrgId, String> = BTreeMap::new();
        let mut honours: BTreeMap<HonourCode, Said> = BTreeMap::new();
        let book = app.book_in(tx, by)?;
        let mut rows = Vec::new();
        let words = fold(&asked.words);
        for dossier in dossiers {
            let stage = dossier.stage();
            if let Some(at) = Stage::ALL.iter().position(|one| *one == stage) {
                seen.counts[at] += 1;
            }
            let unit = units.entry(dossier.unit.clone()).or_insert_with(|| ground.units.name_on(&dossier.unit, today));
            let honour = honours.entry(dossier.honour.clone()).or_insert_with(|| {
                let unknown = || Said::new(dossier.honour.to_string(), dossier.honour.to_string());
                book.honour(&dossier.honour).map_or_else(unknown, |honour| honour.name_on(today))
            });
            let unnamed = || (dossier.subject.to_string(), Subject::Individual);
            let (name, kind) = names.get(groups.stands_for(&dossier.subject)).cloned().unwrap_or_else(unnamed);
            let is_stopped = dossier.stopped_on(today).is_some();
            let fits = asked.stage.is_none_or(|wanted| wanted == stage)
                && asked.unit.as_ref().is_none_or(|wanted| *wanted == dossier.unit)
                && asked.honour.as_ref().is_none_or(|wanted| *wanted == dossier.honour)
                && asked.batch.as_ref().is_none_or(|wanted| dossier.batch.as_ref() == Some(wanted))
                && (!asked.stopped || is_stopped)
                && (words.is_empty() || fold(&name).contains(&words));
            if fits {
                let steps = steps_from(stage).filter(|step| AT_ONCE.contains(&step.verb)).filter(|step| {
                    let thing = super::held::unit_of(step.side, &dossier, &seen.round);
                    TAKEN_HERE.contains(&step.verb) && may(by, step.verb, Thing::Unit(thing)).is_granted()
                });
                let steps = steps.map(|step| step.verb).collect();
                let (unit, honour) = (unit.clone(), honour.clone());
                rows.push(BoardRow { dossier, name, kind, unit, honour, is_stopped, steps });
            }
        }
        rows.sort_by_cached_key(|row| (order_key(&row.name), row.dossier.id.clone()));
        let batches = store::dossier::batches(tx, &scope, id)?;
        let mut units: Vec<(OrgId, String)> = units.into_iter().collect();
        units.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
        Ok(Board {
            round: seen,
            rows,
            units,
            honours: honours.into_iter().collect(),
            batches,
            nominates: reach_of(by, Verb::Nominate) != Reach::Only(Vec::new()),
            today,
        })
    })
}
