//! The scoring of clusters: openings with the files of their schemes, acts, evidence, frozen rankings; only added to.
//!
//! Readers find the cluster within reach first ([`super::clusters`]): it is seen whole or not at all.

use std::collections::BTreeMap;

use thidua_base::code::{ClusterCode, IndicatorCode, OrgId, TenantId};
use thidua_base::{Number, Period, Timestamp};
use thidua_domain::Scope;
use thidua_domain::cluster::journal::{Act, Journal};
use thidua_domain::cluster::measure::Changed;
use thidua_domain::cluster::opening::{Frozen, Opening};

use crate::column::Cells;
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_SCHEME = "
        INSERT INTO cluster_scheme (tenant, hash, file, body)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant, hash) DO NOTHING",
    INSERT_OPENING = "
        INSERT INTO cluster_scoring (
            tenant, cluster, year, period, closes_on, scheme,
            origin, low, low_scale, high, high_scale, source, opened_by, opened_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    OPENING = "
        SELECT cluster, year, period, closes_on, file, body,
            origin, low, low_scale, high, high_scale, source, opened_by, opened_at
        FROM cluster_scoring
        JOIN cluster_scheme ON cluster_scheme.tenant = cluster_scoring.tenant AND hash = scheme
        WHERE cluster_scoring.tenant = $1 AND cluster = $2 AND year = $3",
    /// Which scorings there are, with the titles' file and when each was frozen.
    OPENED = "
        SELECT cluster_scoring.cluster, cluster_scoring.year, frozen_at
        FROM cluster_scoring
        LEFT JOIN cluster_freeze
            ON cluster_freeze.tenant = cluster_scoring.tenant AND cluster_freeze.cluster = cluster_scoring.cluster
                AND cluster_freeze.year = cluster_scoring.year
        WHERE cluster_scoring.tenant = $1
        ORDER BY cluster_scoring.cluster, cluster_scoring.year",
    INSERT_ACT = "
        INSERT INTO cluster_act (tenant, cluster, year, number, unit, criterion, record)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    ACTS = "
        SELECT number, record
        FROM cluster_act
        WHERE tenant = $1 AND cluster = $2 AND year = $3
        ORDER BY number",
    INSERT_FREEZE = "
        INSERT INTO cluster_freeze (tenant, cluster, year, hash, body, frozen_by, frozen_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    FREEZES = "
        SELECT year, hash, body, frozen_by, frozen_at
        FROM cluster_freeze
        WHERE tenant = $1 AND cluster = $2 AND year IN ($3, $4)
        ORDER BY year",
    /// Figures of a period that replaced others, the oldest first, with the figure replaced.
    CORRECTIONS = "
        SELECT later.unit, later.indicator, earlier.value, earlier.scale, later.entered_at
        FROM observation AS later
        JOIN observation AS earlier ON earlier.tenant = later.tenant AND earlier.seq = later.supersedes
        WHERE later.tenant = $1 AND later.period = $2
            AND earlier.value IS NOT NULL AND later.value IS NOT NULL
            AND (earlier.value <> later.value OR earlier.scale <> later.scale)
        ORDER BY later.seq",
);

/// Adds an opening and, where it is not there, the file of its scheme; a second opening of a cluster's year is a
/// [`Error::Clash`] of `cluster_scoring_pk`.
pub fn open(tx: &mut Tx, tenant: &TenantId, opening: &Opening) -> Result<(), Error> {
    let hash = opening.scheme_hash();
    let scheme = Cells::of(tenant).with(&hash).with(&opening.file).with(&opening.scheme);
    tx.execute(&INSERT_SCHEME, &Vec::from(scheme))?;
    let row = Cells::of(tenant)
        .with(&opening.cluster)
        .with(opening.year)
        .with(opening.period)
        .with(opening.closes_on)
        .with(&hash)
        .provenance(&opening.provenance)
        .with(&opening.by)
        .with(opening.at);
    tx.execute(&INSERT_OPENING, &Vec::from(row)).map(drop)
}

/// The opening of a cluster's year.
pub fn opening(tx: &mut Tx, scope: &Scope, cluster: &ClusterCode, year: i16) -> Result<Option<Opening>, Error> {
    tx.query_first(&OPENING, &Vec::from(key(&scope.tenant, cluster, year)), |row| {
        Ok(Opening {
            cluster: row.next()?,
            year: row.next()?,
            period: row.next()?,
            closes_on: row.next()?,
            file: row.next()?,
            scheme: row.next()?,
            provenance: row.provenance()?,
            by: row.next()?,
            at: row.next()?,
        })
    })
}

/// The clusters and years that have a scoring, and since when each is frozen.
pub fn opened(tx: &mut Tx, scope: &Scope) -> Result<BTreeMap<(ClusterCode, i16), Option<Timestamp>>, Error> {
    let rows = tx.query(&OPENED, &[(&scope.tenant).into()], |row: &mut Row<'_>| {
        let key = (row.next()?, row.next()?);
        Ok((key, row.next()?))
    })?;
    Ok(rows.into_iter().collect())
}

/// Adds acts after the last one, whose number is `last`; where another came meanwhile it is a [`Error::Clash`] of
/// `cluster_act_pk`.
pub fn add_acts(
    tx: &mut Tx,
    tenant: &TenantId,
    cluster: &ClusterCode,
    year: i16,
    last: i64,
    acts: &[Act],
) -> Result<(), Error> {
    let rows = (last + 1..).zip(acts).map(|(number, act)| {
        let cells = key(tenant, cluster, year).with(number).with(act.unit());
        cells.with(act.criterion()).with(&act.record())
    });
    tx.insert_many(&INSERT_ACT, rows)
}

/// The acts of a cluster's year as they have made its scoring.
pub fn journal(tx: &mut Tx, scope: &Scope, cluster: &ClusterCode, year: i16) -> Result<Journal, Error> {
    let mut journal = Journal::default();
    let rows: Vec<(i64, String)> =
        tx.query(&ACTS, &Vec::from(key(&scope.tenant, cluster, year)), |row| Ok((row.next()?, row.next()?)))?;
    for (number, record) in rows {
        let broken = || Error::Integrity(format!("act {number} of cluster {cluster}, {year}, cannot be read"));
        journal.take(number, &record).ok_or_else(broken)?;
    }
    Ok(journal)
}

/// Keeps a frozen ranking; a second one of a cluster's year is a [`Error::Clash`] of `cluster_freeze_pk`.
pub fn freeze(tx: &mut Tx, tenant: &TenantId, cluster: &ClusterCode, year: i16, frozen: &Frozen) -> Result<(), Error> {
    let row = key(tenant, cluster, year).with(&frozen.hash).with(frozen.bytes.as_slice());
    tx.execute(&INSERT_FREEZE, &Vec::from(row.with(&frozen.by).with(frozen.at))).map(drop)
}

/// The frozen rankings of a cluster's year and of the year before it.
pub fn frozen(tx: &mut Tx, scope: &Scope, cluster: &ClusterCode, year: i16) -> Result<BTreeMap<i16, Frozen>, Error> {
    let values = key(&scope.tenant, cluster, year).with(year - 1);
    let rows = tx.query(&FREEZES, &Vec::from(values), |row| {
        let year: i16 = row.next()?;
        Ok((year, Frozen { hash: row.next()?, bytes: row.next()?, by: row.next()?, at: row.next()? }))
    })?;
    Ok(rows.into_iter().collect())
}

/// The last change of each figure of a period that replaced another figure.
pub fn corrections(
    tx: &mut Tx,
    scope: &Scope,
    period: Period,
) -> Result<BTreeMap<(OrgId, IndicatorCode), Changed>, Error> {
    let values = Cells::of(&scope.tenant).with(period);
    let rows = tx.query(&CORRECTIONS, &Vec::from(values), |row| {
        let key = (row.next()?, row.next()?);
        let from: Number = row.number()?;
        Ok((key, Changed { from, at: row.next()? }))
    })?;
    Ok(rows.into_iter().collect())
}

fn key(tenant: &TenantId, cluster: &ClusterCode, year: i16) -> Cells {
    Cells::of(tenant).with(cluster).with(year)
}
