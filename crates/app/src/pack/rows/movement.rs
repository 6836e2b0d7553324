//! Movements, occasions and clusters.

use std::collections::BTreeSet;

use thidua_base::code::kind;
use thidua_domain::Refusal;
use thidua_domain::cluster::{Cluster, ClusterMember, ClusterRole};
use thidua_domain::movement::{Movement, MovementKind, Occasion};
use thidua_domain::refusal::{PackFault, Wanted};

use crate::pack::known::Known;
use crate::pack::record::Record;

/// Columns of `occasions.csv`.
pub(in crate::pack) const OCCASIONS: &[&str] =
    &["code", "kind", "name", "on", "term_from", "term_to", "movement", "origin", "source"];

/// Movements.
pub(in crate::pack) fn movements(
    file: &Record,
    codes: &mut Known<kind::Movement>,
    units: &Known<kind::Org>,
    instruments: &Known<kind::Instrument>,
) -> Result<Vec<Movement>, Refusal> {
    file.only(&["movement"])?;
    let mut movements = Vec::new();
    for record in file.records("movement")? {
        record.only(&[
            "code",
            "name",
            "aliases",
            "kind",
            "scope",
            "owners",
            "field",
            "year_from",
            "year_to",
            "launched_by",
            "content",
            "ordinal",
            "origin",
            "source",
        ])?;
        let (year_from, year_to) = years(record, "year_from", "year_to")?;
        movements.push(Movement {
            code: codes.define(record, "code")?,
            name: record.text("name")?.to_owned(),
            aliases: record.texts("aliases")?.into_iter().map(|(_, alias)| alias.to_owned()).collect(),
            kind: record.one_of(
                "kind",
                &[
                    ("regular", MovementKind::Regular),
                    ("thematic", MovementKind::Thematic),
                    ("campaign", MovementKind::Campaign),
                    ("occasion", MovementKind::Occasion),
                ],
            )?,
            scope: record.text("scope")?.to_owned(),
            owners: units.list(record, "owners")?,
            field: record.text("field")?.to_owned(),
            year_from,
            year_to,
            launched_by: instruments.maybe(record, "launched_by")?,
            content: record.free("content")?.to_owned(),
            ordinal: record.whole("ordinal")?,
            provenance: record.provenance()?,
        });
    }
    Ok(movements)
}

/// First and last year, in that order.
fn years(record: &Record, from: &str, to: &str) -> Result<(Option<i16>, Option<i16>), Refusal> {
    let (first, last) = (record.maybe_whole::<i16>(from)?, record.maybe_whole::<i16>(to)?);
    match (first, last) {
        (Some(first), Some(last)) if last < first => {
            Err(record.fault(to, PackFault::Expected(Wanted::YearFrom(first))))
        }
        (Some(_) | None, Some(_) | None) => Ok((first, last)),
    }
}

/// Anniversaries, conferences, congresses.
pub(in crate::pack) fn occasions(
    records: &[Record],
    codes: &mut Known<kind::Occasion>,
    movements: &Known<kind::Movement>,
) -> Result<Vec<Occasion>, Refusal> {
    let occasion = |record: &Record| {
        let (term_from, term_to) = years(record, "term_from", "term_to")?;
        Ok(Occasion {
            code: codes.define(record, "code")?,
            kind: record.text("kind")?.to_owned(),
            name: record.text("name")?.to_owned(),
            on: record.date("on")?,
            term_from,
            term_to,
            movement: movements.maybe(record, "movement")?,
            provenance: record.provenance()?,
        })
    };
    records.iter().map(occasion).collect()
}

/// Clusters with their members; a unit is in a cluster once, and a cluster once in a year.
pub(in crate::pack) fn clusters(file: &Record, units: &Known<kind::Org>) -> Result<Vec<Cluster>, Refusal> {
    file.only(&["cluster"])?;
    let mut seen = BTreeSet::new();
    let mut clusters = Vec::new();
    for record in file.records("cluster")? {
        record.only(&["code", "year", "name", "number", "formed_by", "member", "origin", "source"])?;
        let cluster = Cluster {
            code: record.code("code")?,
            year: record.whole("year")?,
            name: record.text("name")?.to_owned(),
            number: record.maybe_whole("number")?,
            formed_by: units.resolve(record, "formed_by")?,
            members: cluster_members(record, units)?,
            provenance: record.provenance()?,
        };
        if !seen.insert(cluster.key()) {
            return Err(record.fault("code", PackFault::Twice(cluster.key())));
        }
        clusters.push(cluster);
    }
    Ok(clusters)
}

fn cluster_members(cluster: &Record, units: &Known<kind::Org>) -> Result<Vec<ClusterMember>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut members = Vec::new();
    for record in cluster.records("member")? {
        record.only(&["unit", "role", "origin", "source"])?;
        let unit = units.resolve(record, "unit")?;
        if !seen.insert(unit.clone()) {
            return Err(record.fault("unit", PackFault::Twice(unit.as_str().to_owned())));
        }
        members.push(ClusterMember {
            unit,
            role: record.one_of(
                "role",
                &[("lead", ClusterRole::Lead), ("deputy", ClusterRole::Deputy), ("member", ClusterRole::Member)],
            )?,
            provenance: record.provenance()?,
        });
    }
    Ok(members)
}
