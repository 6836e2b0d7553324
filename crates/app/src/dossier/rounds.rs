//! The rounds, with how many dossiers stand where.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::actor::{Reach, Verb, reach_of};
use thidua_domain::dossier::{Round, Stage};
use thidua_domain::{Actor, Scope};
use thidua_store as store;
use thidua_store::dossier::Wanted;

use super::held::scope_of;
use crate::{App, Error};

/// The rounds as an actor sees them.
#[derive(Debug, Clone)]
pub struct Rounds {
    /// The rounds, the one that closes last first.
    pub rounds: Vec<RoundSeen>,
    /// The units in whose name the actor may open one, with their names.
    pub opens_for: Vec<(OrgId, String)>,
    /// Whether the actor nominates anywhere.
    pub nominates: bool,
    /// Today.
    pub today: Date,
}

/// A round with what the actor sees of it.
#[derive(Debug, Clone)]
pub struct RoundSeen {
    /// The round.
    pub round: Round,
    /// The name of its unit.
    pub unit: String,
    /// How many of the dossiers the actor sees stand where, in the order of [`Stage::ALL`].
    pub counts: [usize; 12],
}

impl RoundSeen {
    /// How many stand at a stage.
    pub fn at(&self, stage: Stage) -> usize {
        Stage::ALL.iter().position(|one| *one == stage).map_or(0, |at| self.counts[at])
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// Reads them.
///
/// # Errors
/// [`Error::NotFound`] where the actor reads no dossiers at all.
pub fn rounds(app: &App, by: &Actor) -> Result<Rounds, Error> {
    let scope = scope_of(by)?;
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let rounds = store::dossier::rounds(tx, &by.scope.tenant)?;
        let mut counts: BTreeMap<_, [usize; 12]> = BTreeMap::new();
        for dossier in store::dossier::dossiers(tx, &scope, &Wanted::default())? {
            let of_round = counts.entry(dossier.round.clone()).or_default();
            if let Some(at) = Stage::ALL.iter().position(|one| *one == dossier.stage()) {
                of_round[at] += 1;
            }
        }
        let seen = rounds.into_iter().map(|round| RoundSeen {
            unit: ground.units.name_on(&round.unit, today),
            counts: counts.remove(&round.id).unwrap_or_default(),
            round,
        });
        let reach = reach_of(by, Verb::OpenRound);
        let mut opens_for: Vec<(OrgId, String)> = Vec::new();
        if reach != Reach::Only(Vec::new()) {
            let mine = ground.units.iter().filter(|unit| unit.on(today) && reach.holds(&unit.id));
            opens_for.extend(mine.map(|unit| (unit.id.clone(), unit.name.clone())));
            let is_other = |unit: &OrgId| *unit != app.home.unit;
            opens_for.sort_by(|a, b| {
                is_other(&a.0).cmp(&is_other(&b.0)).then_with(|| thidua_base::text::collate(&a.1, &b.1))
            });
        }
        let nominates = reach_of(by, Verb::Nominate) != Reach::Only(Vec::new());
        Ok(Rounds { rounds: seen.collect(), opens_for, nominates, today })
    })
}
