//! What units answered to findings of the checks; only added to.

use thidua_base::Period;
use thidua_base::code::{FormId, TenantId};
use thidua_domain::Scope;
use thidua_domain::collection::explanation::Explanation;

use super::cycle::sheet_key;
use crate::column::scope_values;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_EXPLANATION = "
        INSERT INTO explanation (
            tenant, form, period, unit, ordinal, rule, indicator, fingerprint, text, written_by, written_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    EXPLANATIONS = "
        SELECT form, period, unit, rule, indicator, fingerprint, text, written_by, written_at
        FROM explanation
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND form = $3 AND period = $4
        ORDER BY unit, ordinal",
);

/// Adds an answer as the sheet's `place`th, from 0.
pub fn insert(tx: &mut Tx, tenant: &TenantId, explanation: &Explanation, place: usize) -> Result<(), Error> {
    let row = sheet_key(tenant, &explanation.form, explanation.period, &explanation.unit)
        .place(place)
        .with(&explanation.rule)
        .with(&explanation.indicator)
        .with(&explanation.fingerprint)
        .with(&explanation.text)
        .with(&explanation.written_by)
        .with(explanation.written_at);
    tx.execute(&INSERT_EXPLANATION, &Vec::from(row)).map(drop)
}

/// The answers in the sheets of a cycle, of units in reach, by unit and order.
pub fn explanations(tx: &mut Tx, scope: &Scope, form: &FormId, period: Period) -> Result<Vec<Explanation>, Error> {
    let mut values = scope_values(scope);
    values.extend([form.into(), period.into()]);
    tx.query(&EXPLANATIONS, &values, |row| {
        Ok(Explanation {
            form: row.next()?,
            period: row.next()?,
            unit: row.next()?,
            rule: row.next()?,
            indicator: row.next()?,
            fingerprint: row.next()?,
            text: row.next()?,
            written_by: row.next()?,
            written_at: row.next()?,
        })
    })
}
