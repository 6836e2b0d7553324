//! Funds that pay bonuses, and what came into them; only added to.

use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::decision::{Fund, FundEntry, FundId};

use crate::column::{Cells, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_FUND = "
        INSERT INTO fund (tenant, id, unit, year, name)
        VALUES ($1, $2, $3, $4, $5)",
    INSERT_ENTRY = "
        INSERT INTO fund_entry (tenant, fund, ordinal, vnd, number, day, note, entered_by, entered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    FUNDS = "
        SELECT id, unit, year, name
        FROM fund
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY year DESC, unit, name",
    ENTRIES = "
        SELECT e.fund, e.vnd, e.number, e.day, e.note, e.entered_by, e.entered_at
        FROM fund_entry AS e
        JOIN fund AS f ON f.tenant = e.tenant AND f.id = e.fund
        WHERE e.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR f.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY e.fund, e.ordinal",
);

/// Adds a fund without entries; a second one of a name in a unit and year is a [`Error::Clash`] of `fund_name_uq`.
pub fn insert(tx: &mut Tx, tenant: &TenantId, fund: &Fund) -> Result<(), Error> {
    let row = Cells::of(tenant).with(&fund.id).with(&fund.unit).with(fund.year).with(&fund.name);
    tx.execute(&INSERT_FUND, &Vec::from(row)).map(drop)
}

/// Adds an entry after those of the fund; of two that would take one place the second is a [`Error::Clash`] of
/// `fund_entry_pk`.
pub fn append(tx: &mut Tx, tenant: &TenantId, fund: &Fund, entry: &FundEntry) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&fund.id)
        .place(fund.entries.len())
        .with(entry.vnd)
        .with(&entry.number)
        .with(entry.on)
        .with(&entry.note)
        .with(&entry.by)
        .with(entry.at);
    tx.execute(&INSERT_ENTRY, &Vec::from(row)).map(drop)
}

/// The funds of units in reach, the latest year first.
pub fn funds(tx: &mut Tx, scope: &Scope) -> Result<Vec<Fund>, Error> {
    let values = scope_values(scope);
    let entries: Vec<(FundId, FundEntry)> = tx.query(&ENTRIES, &values, |row| {
        let fund = row.next()?;
        let entry = FundEntry {
            vnd: row.next()?,
            number: row.next()?,
            on: row.next()?,
            note: row.next()?,
            by: row.next()?,
            at: row.next()?,
        };
        Ok((fund, entry))
    })?;
    let mut funds = tx.query(&FUNDS, &values, |row| {
        Ok(Fund { id: row.next()?, unit: row.next()?, year: row.next()?, name: row.next()?, entries: Vec::new() })
    })?;
    for fund in &mut funds {
        fund.entries = entries.iter().filter(|(of, _)| *of == fund.id).map(|(_, entry)| entry.clone()).collect();
    }
    Ok(funds)
}
