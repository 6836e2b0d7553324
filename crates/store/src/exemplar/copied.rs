//! Who copied exemplars: visible within the reach of the exemplar's place and within that of the copying unit; only
//! added to.

use std::collections::BTreeMap;

use thidua_base::code::{ExemplarId, IndicatorCode, TenantId};
use thidua_domain::Scope;
use thidua_domain::exemplar::Replication;

use super::course::of;
use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_COPY = "
        INSERT INTO exemplar_copy (tenant, exemplar, ordinal, unit, since, how, told_by, account, told_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    INSERT_INDICATOR = "
        INSERT INTO exemplar_copy_indicator (tenant, exemplar, ordinal, indicator)
        VALUES ($1, $2, $3, $4)",
    COPIES = "
        SELECT exemplar, exemplar_copy.ordinal, exemplar_copy.unit, exemplar_copy.since, how, told_by, account, told_at
        FROM exemplar_copy
        JOIN exemplar ON exemplar.tenant = exemplar_copy.tenant AND exemplar.id = exemplar_copy.exemplar
        WHERE exemplar_copy.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR exemplar.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR exemplar_copy.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR exemplar = CAST($3 AS TEXT))
        ORDER BY exemplar, exemplar_copy.ordinal",
    INDICATORS = "
        SELECT exemplar, ordinal, indicator
        FROM exemplar_copy_indicator
        WHERE tenant = $1 AND (CAST($2 AS TEXT) IS NULL OR exemplar = CAST($2 AS TEXT))
        ORDER BY exemplar, ordinal, indicator",
);

/// Adds a copy after those of the exemplar; of two that would take one place the second is a [`Error::Clash`] of
/// `exemplar_copy_pk`.
pub fn add(tx: &mut Tx, tenant: &TenantId, copy: &Replication, place: usize) -> Result<(), Error> {
    let key = || Cells::of(tenant).with(&copy.exemplar).place(place);
    let row = key()
        .with(&copy.unit)
        .with(copy.since)
        .with(&copy.how)
        .with(&copy.by)
        .with(copy.account.as_ref())
        .with(copy.at);
    tx.execute(&INSERT_COPY, &Vec::from(row))?;
    tx.insert_many(&INSERT_INDICATOR, copy.indicators.iter().map(|indicator| key().with(indicator)))
}

/// The copies of one exemplar or of all, in the order in which they were told.
pub fn copies(tx: &mut Tx, scope: &Scope, exemplar: Option<&ExemplarId>) -> Result<Vec<Replication>, Error> {
    let one = exemplar.map_or(crate::engine::Value::Null, crate::engine::Value::from);
    let values = [(&scope.tenant).into(), one];
    let mut indicators: BTreeMap<(ExemplarId, i64), Vec<IndicatorCode>> = BTreeMap::new();
    for (key, indicator) in
        tx.query(&INDICATORS, &values, |row| Ok(((row.next()?, row.next()?), row.next::<IndicatorCode>()?)))?
    {
        indicators.entry(key).or_default().push(indicator);
    }
    tx.query(&COPIES, &of(scope, exemplar), |row| {
        let key: (ExemplarId, i64) = (row.next()?, row.next()?);
        Ok(Replication {
            indicators: indicators.get(&key).cloned().unwrap_or_default(),
            exemplar: key.0,
            unit: row.next()?,
            since: row.next()?,
            how: row.next()?,
            by: row.next()?,
            account: row.next()?,
            at: row.next()?,
        })
    })
}
