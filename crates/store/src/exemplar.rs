//! Exemplars (điển hình, mô hình) worth telling others about.

pub mod copied;
pub mod course;
pub mod paper;

use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::exemplar::Exemplar;

use crate::column::{Cells, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_EXEMPLAR = "
        INSERT INTO exemplar (
            tenant, id, field, name, model, unit, size, size_scale, measure, since, story, ordinal,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    EXEMPLARS = "
        SELECT id, field, name, model, unit, size, size_scale, measure, since, story, ordinal,
            origin, low, low_scale, high, high_scale, source
        FROM exemplar
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY ordinal, id",
);

/// Adds exemplars.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, exemplars: &[Exemplar]) -> Result<(), Error> {
    let rows = exemplars.iter().map(|exemplar| {
        Cells::of(tenant)
            .with(&exemplar.id)
            .with(&exemplar.field)
            .with(&exemplar.name)
            .with(&exemplar.group)
            .with(exemplar.unit.as_ref())
            .number(exemplar.size)
            .with(&exemplar.measure)
            .with(exemplar.since)
            .with(&exemplar.story)
            .with(exemplar.ordinal)
            .provenance(&exemplar.provenance)
    });
    tx.insert_many(&INSERT_EXEMPLAR, rows)
}

/// The exemplars in units in reach, in list order; those without a place only with everything in reach.
pub fn exemplars(tx: &mut Tx, scope: &Scope) -> Result<Vec<Exemplar>, Error> {
    tx.query(&EXEMPLARS, &scope_values(scope), |row| {
        Ok(Exemplar {
            id: row.next()?,
            field: row.next()?,
            name: row.next()?,
            group: row.next()?,
            unit: row.next()?,
            size: row.number_or_none()?,
            measure: row.next()?,
            since: row.next()?,
            story: row.next()?,
            ordinal: row.next()?,
            provenance: row.provenance()?,
        })
    })
}
