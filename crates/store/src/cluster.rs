//! Emulation clusters and blocks of each year, with their members.

pub mod scoring;
pub mod upload;
pub mod year;

use std::collections::BTreeMap;

use thidua_base::code::{ClusterCode, TenantId};
use thidua_domain::Scope;
use thidua_domain::cluster::{Cluster, ClusterMember, ClusterRole};

use crate::column::{Cells, Word, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_CLUSTER = "
        INSERT INTO cluster (
            tenant, code, year, name, number, formed_by,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    CLUSTERS = "
        SELECT code, year, name, number, formed_by,
            origin, low, low_scale, high, high_scale, source
        FROM cluster
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR formed_by IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR EXISTS (
                    SELECT 1
                    FROM cluster_member
                    WHERE cluster_member.tenant = cluster.tenant AND cluster_member.cluster = cluster.code
                        AND cluster_member.year = cluster.year
                        AND cluster_member.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                ))
        ORDER BY year, number NULLS LAST, code",
    INSERT_MEMBER = "
        INSERT INTO cluster_member (
            tenant, cluster, year, ordinal, unit, role,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    MEMBERS = "
        SELECT cluster, year, unit, role,
            origin, low, low_scale, high, high_scale, source
        FROM cluster_member
        WHERE tenant = $1
        ORDER BY cluster, year, ordinal",
);

/// Adds clusters with their members.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, clusters: &[Cluster]) -> Result<(), Error> {
    let rows = clusters.iter().map(|cluster| {
        Cells::of(tenant)
            .with(&cluster.code)
            .with(cluster.year)
            .with(&cluster.name)
            .with(cluster.number)
            .with(&cluster.formed_by)
            .provenance(&cluster.provenance)
    });
    tx.insert_many(&INSERT_CLUSTER, rows)?;
    let members = clusters.iter().flat_map(|cluster| {
        cluster.members.iter().enumerate().map(move |(at, member)| {
            Cells::of(tenant)
                .with(&cluster.code)
                .with(cluster.year)
                .place(at)
                .with(&member.unit)
                .with(member.role)
                .provenance(&member.provenance)
        })
    });
    tx.insert_many(&INSERT_MEMBER, members)
}

/// The clusters that a unit in reach formed or belongs to, by year and number. Such a cluster is seen
/// whole: its members compare themselves with each other.
pub fn clusters(tx: &mut Tx, scope: &Scope) -> Result<Vec<Cluster>, Error> {
    let mut members: BTreeMap<(ClusterCode, i16), Vec<ClusterMember>> = BTreeMap::new();
    let read = tx.query(&MEMBERS, &[(&scope.tenant).into()], |row| {
        let key = (row.next()?, row.next()?);
        Ok((key, ClusterMember { unit: row.next()?, role: row.next()?, provenance: row.provenance()? }))
    })?;
    for (key, member) in read {
        members.entry(key).or_default().push(member);
    }
    tx.query(&CLUSTERS, &scope_values(scope), |row| {
        let (code, year) = (row.next()?, row.next()?);
        let key = (code, year);
        let members = members.remove(&key).unwrap_or_default();
        let (code, year) = key;
        Ok(Cluster {
            code,
            year,
            name: row.next()?,
            number: row.next()?,
            formed_by: row.next()?,
            members,
            provenance: row.provenance()?,
        })
    })
}

impl Word for ClusterRole {
    const ALL: &'static [Self] = &[Self::Lead, Self::Deputy, Self::Member];

    fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Deputy => "deputy",
            Self::Member => "member",
        }
    }
}
