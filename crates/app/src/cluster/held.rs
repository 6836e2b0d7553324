//! What every verb about a scoring reads first: the cluster, its opening and scheme, and what was done so far.

use std::collections::BTreeMap;

use anyhow::Context;
use thidua_base::code::{ClusterCode, CriterionCode, OrgId};
use thidua_base::{Date, Number};
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::cluster::journal::{Act, Journal};
use thidua_domain::cluster::mark::{Desk, Stage, Standing};
use thidua_domain::cluster::measure::Measurements;
use thidua_domain::cluster::opening::{Frozen, Opening, Signed};
use thidua_domain::cluster::scheme::{Level, Peers, Scheme, read};
use thidua_domain::cluster::score::{Round, ScoreSheet};
use thidua_domain::cluster::seat::{Happened, Seat, seats};
use thidua_domain::cluster::{Cluster, ClusterRole, freeze};
use thidua_domain::indicator::Figures;
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use crate::permit::permit;
use crate::{App, Error};

/// A criterion of a member in a cluster's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellKey {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// The member.
    pub unit: OrgId,
    /// The criterion.
    pub criterion: CriterionCode,
}

/// A scoring as it stands, before anything is computed.
pub(super) struct Held {
    pub(super) cluster: Cluster,
    pub(super) opening: Opening,
    pub(super) scheme: Scheme,
    pub(super) journal: Journal,
    pub(super) frozen: Option<Frozen>,
    pub(super) signed: Option<Signed>,
    /// Last year's ranks, by last year's frozen ranking.
    pub(super) last: BTreeMap<OrgId, usize>,
    pub(super) seats: Vec<Seat>,
    /// The members that are scored.
    pub(super) members: Vec<OrgId>,
}

/// The cluster of a year, where it is within the actor's reach.
pub(super) fn cluster(tx: &mut Tx, by: &Actor, code: &ClusterCode, year: i16) -> Result<Cluster, Error> {
    let clusters = store::cluster::clusters(tx, &by.scope)?;
    let found = clusters.into_iter().find(|cluster| cluster.code == *code && cluster.year == year);
    found.ok_or(Error::NotFound("cluster"))
}

/// The scoring of a cluster's year.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cluster within reach, or it was not opened.
pub(super) fn held(tx: &mut Tx, by: &Actor, code: &ClusterCode, year: i16) -> Result<Held, Error> {
    let cluster = cluster(tx, by, code, year)?;
    let opening = store::cluster::scoring::opening(tx, &by.scope, code, year)?.ok_or(Error::NotFound("scoring"))?;
    let faults = |faults: Vec<_>| anyhow::anyhow!("{} faults in the kept scheme {}", faults.len(), opening.file);
    let scheme = read(&opening.file, &opening.scheme).map_err(faults)?;
    let journal = store::cluster::scoring::journal(tx, &by.scope, code, year)?;
    let mut kept = store::cluster::scoring::frozen(tx, &by.scope, code, year)?;
    let signed = store::cluster::year::signature(tx, &by.scope, code, year)?;
    let last = match kept.get(&(year - 1)) {
        Some(before) => freeze::ranks(&before.bytes).context("reading last year's ranks")?,
        None => BTreeMap::new(),
    };
    let events = store::org::events(tx, &Scope::whole(by.scope.tenant.clone()))?;
    let first_day = opening.period.plan_year().first_day();
    let moves = store::cluster::year::moves(tx, &Scope::whole(by.scope.tenant.clone()), year)?;
    let happened = Happened { events: &events, moves: &moves };
    let seats = seats(code, &cluster.members, happened, first_day, opening.closes_on);
    let members = seats.iter().filter(|seat| seat.is_scored()).map(|seat| seat.unit.clone()).collect();
    Ok(Held { cluster, opening, scheme, journal, frozen: kept.remove(&year), signed, last, seats, members })
}

impl Held {
    pub(super) fn stage(&self) -> Stage {
        if self.frozen.is_some() { Stage::Frozen } else { Stage::Open }
    }

    pub(super) fn desk(&self) -> Desk<'_> {
        Desk { scheme: &self.scheme, members: &self.members, evidence: &self.journal.evidence, stage: self.stage() }
    }

    /// Refuses what a unit would change in a sheet that lies with others.
    pub(super) fn lies_with(&self, unit: &OrgId, criterion: &str) -> Result<(), Error> {
        if self.journal.is_up(unit) {
            let (unit, criterion) = (unit.to_string(), criterion.to_owned());
            return Err(Refusal::BadMark { unit, criterion, why: MarkFault::Sent }.into());
        }
        Ok(())
    }

    /// The figures of the members, from the shelf or read in a constant number of statements, with their last changes.
    pub(super) fn figures(&self, tx: &mut Tx, app: &App, by: &Actor) -> Result<Measurements, Error> {
        let whole = Scope::whole(by.scope.tenant.clone());
        let shelf = app.shelf.within(tx, &whole)?;
        let ground = shelf.ground(tx)?;
        let period = self.opening.period;
        let basis = shelf.basis(tx, &ground, self.opening.closes_on, period.plan_year())?;
        let figures = Figures::over(basis, shelf.cells(tx, &[period, period.same_period_last_year()])?);
        let taken = Measurements::taken(&figures, &self.scheme, &self.members, period);
        let mut taken = taken.context("taking the figures of a cluster")?;
        let corrections = store::cluster::scoring::corrections(tx, &whole, period)?;
        for (_, leaf) in self.scheme.leaves() {
            let Some(indicator) = leaf.indicator() else { continue };
            for (unit, of_unit) in &mut taken.0 {
                if let Some(measured) = of_unit.get_mut(&leaf.code) {
                    measured.changed = corrections.get(&(unit.clone(), indicator.clone())).cloned();
                }
            }
        }
        Ok(taken)
    }

    /// Everything the scoring is computed from.
    pub(super) fn round(&self, tx: &mut Tx, app: &App, by: &Actor) -> Result<Round, Error> {
        Ok(Round {
            members: self.members.clone(),
            figures: self.figures(tx, app, by)?,
            evidence: self.journal.evidence.clone(),
            reviews: self.journal.reviews.clone(),
        })
    }

    /// For whom the actor acts as a unit: its own claims and objections. Those who appraise never do.
    pub(super) fn own(&self, by: &Actor, verb: Verb, unit: &OrgId) -> Result<Standing, Error> {
        permit(by, verb, Thing::Unit(unit), "scoring")?;
        if appraises(by, &self.cluster) {
            return Err(Error::NotFound("scoring"));
        }
        Ok(Standing::Member(unit.clone()))
    }

    /// For whom the actor marks at a level.
    pub(super) fn marks_as(&self, by: &Actor, level: Level, unit: &OrgId) -> Result<Standing, Error> {
        let formed_by = Thing::Unit(&self.cluster.formed_by);
        match level {
            Level::Own => Err(Error::NotFound("scoring")),
            Level::Peer => peer(by, &self.cluster, self.scheme.peers, unit).ok_or(Error::NotFound("scoring")),
            Level::Appraisal => {
                permit(by, Verb::AppraiseScores, formed_by, "scoring")?;
                Ok(Standing::Appraiser)
            }
            Level::Council => {
                permit(by, Verb::DecideScores, formed_by, "scoring")?;
                Ok(Standing::Council)
            }
        }
    }

    /// For whom the actor leads: the council where they enter its marks, else those who appraise.
    pub(super) fn leads(&self, by: &Actor) -> Result<Standing, Error> {
        self.marks_as(by, Level::Council, &self.cluster.formed_by)
            .or_else(|_| self.marks_as(by, Level::Appraisal, &self.cluster.formed_by))
    }

    /// Keeps acts and their row of the journal of the house.
    pub(super) fn keep(
        &self,
        tx: &mut Tx,
        by: &Actor,
        at: thidua_base::Timestamp,
        acts: &[Act],
        verb: &str,
        detail: &str,
    ) -> Result<(), Error> {
        let (tenant, opening) = (&by.scope.tenant, &self.opening);
        let last = self.journal.last;
        store::cluster::scoring::add_acts(tx, tenant, &opening.cluster, opening.year, last, acts).map_err(overtaken)?;
        let subject = match acts.first() {
            Some(act) => match act.criterion() {
                Some(criterion) => format!("{}:{}:{criterion}", opening.key(), act.unit()),
                None => format!("{}:{}", opening.key(), act.unit()),
            },
            None => opening.key(),
        };
        store::audit::append(tx, by, at, verb, &subject, detail)?;
        Ok(())
    }
}

/// The unit in whose name the actor marks another as a peer: the head of the cluster where one peer marks, any other member
/// where several do; the unit itself where they hold nothing else, which is refused further on.
fn peer(by: &Actor, cluster: &Cluster, peers: Peers, unit: &OrgId) -> Option<Standing> {
    let theirs =
        cluster.members.iter().filter(|member| may(by, Verb::MarkAsPeer, Thing::Unit(&member.unit)).is_granted());
    let counts = |role: ClusterRole| peers == Peers::Mean || role == ClusterRole::Lead;
    let mut theirs: Vec<_> = theirs.filter(|member| counts(member.role)).collect();
    theirs.sort_by_key(|member| member.unit == *unit);
    let member = theirs.first()?;
    Some(match member.role {
        ClusterRole::Lead => Standing::Head(member.unit.clone()),
        ClusterRole::Deputy | ClusterRole::Member => Standing::Member(member.unit.clone()),
    })
}

/// Whether the actor is among those who appraise a cluster.
pub(super) fn appraises(by: &Actor, cluster: &Cluster) -> bool {
    may(by, Verb::AppraiseScores, Thing::Unit(&cluster.formed_by)).is_granted()
}

/// Whether the actor may read the marks of a cluster: as one of its members, or of the unit that formed it.
pub(super) fn reads(by: &Actor, cluster: &Cluster) -> bool {
    let units = cluster.members.iter().map(|member| &member.unit).chain([&cluster.formed_by]);
    units.into_iter().any(|unit| may(by, Verb::ReadScores, Thing::Unit(unit)).is_granted())
}

/// The mark below a level, as it stands in a sheet: what the level's mark is made over.
pub(super) fn below(sheet: &ScoreSheet, place: usize, level: Level) -> Number {
    sheet.below(place, level)
}

/// Someone else did what was to be done.
pub(super) fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}

/// The day of an instant, and the words of a person, cleaned.
pub(super) fn said(text: &str) -> String {
    thidua_base::text::nfc(text.trim())
}

/// Today.
pub(super) fn today(app: &App) -> Date {
    app.clock.now().date_in_vietnam()
}
