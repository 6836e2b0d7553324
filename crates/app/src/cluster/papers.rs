//! Papers of a cluster's year: minutes of a meeting, the ranking, a unit's score sheet. Nothing is stored; they follow from
//! what is kept.

use std::collections::BTreeMap;

use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::actor::Scope;
use thidua_domain::cluster::seat::Seat;
use thidua_domain::{Actor, Origin};
use thidua_paper::tree::Document;
use thidua_report::cluster::{MinutesData, RankingData, SheetData, minutes, ranking, sheet};

use super::seen::{Seen, scoring};
use crate::{App, Error, paper};

/// The minutes of a meeting, as they were written last.
///
/// # Errors
/// [`Error::NotFound`] where there is no such meeting for this actor.
pub fn minutes_paper(app: &App, by: &Actor, code: &ClusterCode, year: i16, number: i64) -> Result<Document, Error> {
    let seen = scoring(app, by, code, year)?;
    let meeting = seen.meetings.iter().find(|one| one.number == number).ok_or(Error::NotFound("meeting"))?;
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let (house, _) = paper::issuer(tx, by, &ground, &meeting.chaired_by, meeting.held_on)?;
        let is_sample = is_sample(&seen);
        let names = names(&seen);
        Ok(minutes(MinutesData { cluster: &seen.cluster, meeting, names: &names, house, is_sample }).document())
    })
}

/// The ranking as a notice of the unit that formed the cluster; a draft while it is not frozen.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for this actor.
pub fn ranking_paper(app: &App, by: &Actor, code: &ClusterCode, year: i16) -> Result<Document, Error> {
    let seen = scoring(app, by, code, year)?;
    let scored = seen.scored.as_ref().ok_or(Error::NotFound("scoring"))?;
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let dated = scored.opening.closes_on;
        let (house, signature) = paper::issuer(tx, by, &ground, &seen.cluster.formed_by, dated)?;
        let (names, seats) = (names(&seen), seats(&seen));
        Ok(ranking(RankingData {
            cluster: &seen.cluster,
            scheme: &scored.scheme,
            ranking: &scored.ranking,
            seats: &seats,
            flags: seen.flag_rule.as_ref(),
            frozen: scored.frozen.as_ref().map(|frozen| frozen.kept.hash.as_str()),
            names: &names,
            dated,
            house,
            signature,
            is_sample: is_sample(&seen),
        })
        .document())
    })
}

/// A unit's score sheet; a draft while the ranking is not frozen.
///
/// # Errors
/// [`Error::NotFound`] where there is no such sheet for this actor.
pub fn sheet_paper(app: &App, by: &Actor, code: &ClusterCode, year: i16, unit: &OrgId) -> Result<Document, Error> {
    let seen = scoring(app, by, code, year)?;
    let scored = seen.scored.as_ref().ok_or(Error::NotFound("scoring"))?;
    let found = scored.sheet(unit).ok_or(Error::NotFound("scoring"))?;
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let dated = scored.opening.closes_on;
        let (house, signature) = paper::issuer(tx, by, &ground, unit, dated)?;
        let (names, seats) = (names(&seen), seats(&seen));
        Ok(sheet(SheetData {
            cluster: &seen.cluster,
            scheme: &scored.scheme,
            sheet: found,
            row: scored.ranking.rows.iter().find(|row| row.unit == *unit),
            names: &names,
            seat: seats.iter().find(|seat| seat.unit == *unit),
            clusters: &seen.clusters,
            is_frozen: scored.frozen.is_some(),
            dated,
            house,
            signature,
            is_sample: is_sample(&seen),
        })
        .document())
    })
}

/// Names of the members and of the unit that formed the cluster, with those that members took in or went into.
fn names(seen: &Seen) -> BTreeMap<OrgId, String> {
    let mut names = seen.scored.as_ref().map(|scored| scored.names.clone()).unwrap_or_default();
    names.extend(seen.members.iter().map(|(member, name, _)| (member.unit.clone(), name.clone())));
    names.insert(seen.cluster.formed_by.clone(), seen.formed_by.clone());
    names
}

/// Whether something that papers of a cluster print is made up: the cluster, a member, or the scoring.
fn is_sample(seen: &Seen) -> bool {
    let members = seen.cluster.members.iter().map(|member| &member.provenance);
    let scoring = seen.opening.iter().map(|opening| &opening.provenance);
    members.chain(scoring).chain([&seen.cluster.provenance]).any(|from| from.origin == Origin::Sample)
}

fn seats(seen: &Seen) -> Vec<Seat> {
    seen.members.iter().map(|(_, _, seat)| seat.clone()).collect()
}
