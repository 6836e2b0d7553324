//! A cluster's year scored and ranked: live from what was done so far, or from the bytes it was frozen in.

use std::collections::BTreeMap;

use anyhow::Context;
use thidua_base::code::{CriterionCode, OrgId};
use thidua_domain::cluster::freeze::{Freeze, Recomputed, recompute};
use thidua_domain::cluster::journal::Journal;
use thidua_domain::cluster::opening::{Frozen, Opening, Signed};
use thidua_domain::cluster::question::{Question, questions};
use thidua_domain::cluster::rank::{Ranking, rank};
use thidua_domain::cluster::scheme::{Scheme, read};
use thidua_domain::cluster::score::{Round, ScoreSheet};
use thidua_domain::cluster::seat::Seat;
use thidua_domain::cluster::suppose::{Changed, changed};
use thidua_domain::{Actor, Scope};
use thidua_store::Tx;

use super::held::Held;
use crate::{App, Error};

/// A cluster's year, scored and ranked.
#[derive(Debug, Clone)]
pub struct Scored {
    /// The opening.
    pub opening: Opening,
    /// The scheme.
    pub scheme: Scheme,
    /// The members with what happened to them in the year.
    pub seats: Vec<Seat>,
    /// What was done.
    pub journal: Journal,
    /// What it was scored from.
    pub round: Round,
    /// The sheets, in the order of the round's members.
    pub sheets: Vec<ScoreSheet>,
    /// The ranking.
    pub ranking: Ranking,
    /// Last year's ranks.
    pub last: BTreeMap<OrgId, usize>,
    /// Questions for a person; none of them changes a mark.
    pub questions: Vec<Question>,
    /// Names of units on the closing day.
    pub names: BTreeMap<OrgId, String>,
    /// Units of measure of the figures behind criteria.
    pub measures: BTreeMap<CriterionCode, String>,
    /// The frozen ranking, and what a computation of today makes of it.
    pub frozen: Option<FrozenSeen>,
}

/// A frozen ranking, looked at again.
#[derive(Debug, Clone)]
pub struct FrozenSeen {
    /// As it is kept.
    pub kept: Frozen,
    /// Whether its own inputs give the same bytes.
    pub again: Recomputed,
    /// Its signature, and whether that is one of these bytes; `None` where the installation had no key.
    pub signed: Option<(Signed, bool)>,
    /// Marks that would be others with what is known today; they are told, and nothing is changed by it.
    pub differs: Vec<Changed>,
}

/// Scores and ranks what is held.
pub(super) fn scored(tx: &mut Tx, app: &App, by: &Actor, held: Held) -> Result<Scored, Error> {
    let large = |why: thidua_base::number::BadNumber| Error::Internal(why.into());
    let live = held.round(tx, app, by)?;
    let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
    let closing = held.opening.closes_on;
    let (round, scheme, frozen) = match held.frozen {
        None => (live, held.scheme, None),
        Some(kept) => {
            let thawed = Freeze::thawed(&kept.bytes).context("reading a frozen ranking")?;
            let faults = |_| anyhow::anyhow!("the scheme of a frozen ranking is broken");
            let scheme = read(&thawed.scheme_file, &thawed.scheme).map_err(faults)?;
            let before = thawed.round.score(&scheme).map_err(large)?;
            let differs = changed(&before, &live.score(&scheme).map_err(large)?);
            let signed = held.signed.map(|signed| {
                let stands = crate::seal::stands(&signed, &kept.bytes);
                (signed, stands)
            });
            let again = recompute(&kept.bytes).context("computing a frozen ranking again")?;
            (thawed.round, scheme, Some(FrozenSeen { kept, again, signed, differs }))
        }
    };
    let sheets = round.score(&scheme).map_err(large)?;
    let ranking = rank(&scheme, &sheets, &held.last).map_err(large)?;
    let questions = questions(&scheme, &round, &sheets, closing).map_err(large)?;
    let mut units: Vec<&OrgId> = held.cluster.members.iter().map(|member| &member.unit).collect();
    units.push(&held.cluster.formed_by);
    units.extend(held.seats.iter().flat_map(|seat| seat.turns.iter().flat_map(super::seen::others)));
    let day = closing.day_before();
    let name = |unit: &OrgId| {
        let on_closing = ground.units.on(unit, closing).or_else(|| ground.units.on(unit, day));
        let last = || ground.units.iter().rev().find(|known| known.id == *unit);
        on_closing.or_else(last).map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    };
    let names = units.into_iter().map(|unit| (unit.clone(), name(unit))).collect();
    let measure = |leaf: &thidua_domain::cluster::scheme::Criterion| {
        let indicator = leaf.indicator()?;
        let found = ground.indicators.iter().rev().find(|one| one.code == *indicator)?;
        Some((leaf.code.clone(), found.measure.clone()))
    };
    let measures = scheme.leaves().filter_map(|(_, leaf)| measure(leaf)).collect();
    Ok(Scored {
        opening: held.opening,
        seats: held.seats,
        journal: held.journal,
        last: held.last,
        scheme,
        round,
        sheets,
        ranking,
        questions,
        names,
        measures,
        frozen,
    })
}

impl Scored {
    /// The name of a unit.
    pub fn name(&self, unit: &OrgId) -> String {
        self.names.get(unit).cloned().unwrap_or_else(|| unit.to_string())
    }

    /// The sheet of a member.
    pub fn sheet(&self, unit: &OrgId) -> Option<&ScoreSheet> {
        self.sheets.iter().find(|sheet| sheet.unit == *unit)
    }
}
