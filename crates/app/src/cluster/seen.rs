//! A cluster's year as an actor sees it: the members for every reader, the marks for those who may read them.

use std::collections::BTreeMap;
use std::sync::Arc;

use thidua_base::Date;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::cluster::flags::FlagRules;
use thidua_domain::cluster::meeting::Meeting;
use thidua_domain::cluster::opening::Opening;
use thidua_domain::cluster::scheme::Level;
use thidua_domain::cluster::seat::{Happened, Seat, Turn, seats};
use thidua_domain::cluster::{Cluster, ClusterMember};
use thidua_store as store;

use super::held::{appraises, cluster, held, reads, today};
use super::record_meeting::keeps_minutes;
use super::scored::{Scored, scored};
use crate::{App, Error};

/// A cluster's year.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The cluster.
    pub cluster: Cluster,
    /// The name of the unit that formed it.
    pub formed_by: String,
    /// Members with their names and what happened to them in the year, in their order.
    pub members: Vec<(ClusterMember, String, Seat)>,
    /// The years in which this cluster is kept, the last first.
    pub years: Vec<i16>,
    /// The clusters of the year that the same unit formed, by code, with their names.
    pub clusters: BTreeMap<ClusterCode, String>,
    /// Its meetings, for who may read its marks.
    pub meetings: Vec<Meeting>,
    /// Its rule for flags, for who may read its marks.
    pub flag_rule: Option<FlagRules>,
    /// Its scoring, where one was opened: what every reader may know.
    pub opening: Option<Opening>,
    /// Its marks, for who may read them.
    pub scored: Option<Arc<Scored>>,
    /// What the actor may do.
    pub rights: Rights,
    /// Today.
    pub today: Date,
}

/// What an actor may do in a scoring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// Open it.
    pub opens: bool,
    /// Read its marks.
    pub reads: bool,
    /// Claim for these members.
    pub claims: Vec<OrgId>,
    /// Send the sheets of these members, and object for them.
    pub sends: Vec<OrgId>,
    /// Mark others as a peer in the name of these members.
    pub peers: Vec<OrgId>,
    /// Appraise, excuse, send back.
    pub appraises: bool,
    /// Enter the council's marks.
    pub decides: bool,
    /// Freeze the ranking.
    pub freezes: bool,
    /// Keep minutes of meetings.
    pub meets: bool,
}

/// Reads a cluster's year, in a constant number of statements; what was computed of it is kept while it holds.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cluster for this actor.
pub fn scoring(app: &App, by: &Actor, code: &ClusterCode, year: i16) -> Result<Seen, Error> {
    app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        let cluster = cluster(tx, by, code, year)?;
        let ground = app.ground(tx, &whole)?;
        let all = store::cluster::clusters(tx, &by.scope)?;
        let beside = all.iter().filter(|other| other.year == year && other.formed_by == cluster.formed_by);
        let clusters = beside.map(|other| (other.code.clone(), other.name.clone())).collect();
        let mut years: Vec<i16> = all.iter().filter(|other| other.code == *code).map(|other| other.year).collect();
        years.sort_by(|a, b| b.cmp(a));
        let opening = store::cluster::scoring::opening(tx, &whole, code, year)?;
        let rights = Rights::of(by, &cluster);
        let (meetings, flag_rule) = if rights.reads {
            let meetings = store::cluster::year::meetings(tx, &whole, code, year)?;
            (meetings, store::cluster::year::flag_rule(tx, &whole, code, year)?)
        } else {
            (Vec::new(), None)
        };
        let scored = match &opening {
            Some(_) if rights.reads => {
                let shelf = app.shelf.within(tx, &whole)?;
                Some(shelf.scoring(code, year, || {
                    let held = held(tx, by, code, year)?;
                    scored(tx, app, by, held)
                })?)
            }
            Some(_) | None => None,
        };
        let last = Date::new(year, 12, 31).unwrap_or(app.home.dated);
        let closing = opening.as_ref().map_or(last, |opening| opening.closes_on);
        let first = Date::new(year, 1, 1).unwrap_or(closing);
        let day = if closing < today(app) { closing } else { today(app) };
        let moves = store::cluster::year::moves(tx, &whole, year)?;
        let happened = Happened { events: &ground.events, moves: &moves };
        let placed = seats(code, &cluster.members, happened, first, closing);
        let members = cluster.members.iter().zip(placed).map(|(member, seat)| {
            let name = match scored.as_ref().and_then(|scored| scored.names.get(&member.unit)) {
                Some(name) => name.clone(),
                None => ground.units.name_on(&member.unit, day),
            };
            (member.clone(), name, seat)
        });
        Ok(Seen {
            formed_by: ground.units.name_on(&cluster.formed_by, day),
            clusters,
            meetings,
            flag_rule,
            members: members.collect(),
            years,
            opening,
            scored,
            rights,
            today: today(app),
            cluster,
        })
    })
}

/// The other units that a turn names.
pub(super) fn others(turn: &Turn) -> Vec<&OrgId> {
    match turn {
        Turn::Ended { into, .. } => into.iter().collect(),
        Turn::TookIn { from, .. } => vec![from],
        Turn::Gave { to, .. } => vec![to],
        Turn::Joined { .. } | Turn::Left { .. } => Vec::new(),
    }
}

impl Rights {
    fn of(by: &Actor, cluster: &Cluster) -> Self {
        let formed = |verb| may(by, verb, Thing::Unit(&cluster.formed_by)).is_granted();
        let appraises = appraises(by, cluster);
        let of_members = |verb: Verb| -> Vec<OrgId> {
            let theirs = cluster.members.iter().filter(|member| may(by, verb, Thing::Unit(&member.unit)).is_granted());
            theirs.map(|member| member.unit.clone()).collect()
        };
        // Those who appraise never act for a member.
        let own = |verb| if appraises { Vec::new() } else { of_members(verb) };
        Self {
            opens: formed(Verb::OpenScoring),
            reads: reads(by, cluster),
            claims: own(Verb::ClaimScores),
            sends: own(Verb::SendScores),
            peers: of_members(Verb::MarkAsPeer),
            appraises,
            decides: formed(Verb::DecideScores),
            freezes: formed(Verb::FreezeRanking),
            meets: keeps_minutes(by, cluster),
        }
    }

    /// The levels at which the actor may mark a member, of those the scheme has.
    pub fn levels(&self, unit: &OrgId, levels: &[Level]) -> Vec<Level> {
        let may = |level: &&Level| match level {
            Level::Own => false,
            Level::Peer => self.peers.iter().any(|own| own != unit),
            Level::Appraisal => self.appraises,
            Level::Council => self.decides,
        };
        levels.iter().filter(may).copied().collect()
    }
}
