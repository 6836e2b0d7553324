//! Cycles, more time for single units, and units whose sheets will not come.

use thidua_base::code::{FormId, OrgId, TenantId};
use thidua_base::{Period, Timestamp};
use thidua_domain::Scope;
use thidua_domain::collection::cycle::{Closing, Waiver};
use thidua_domain::collection::{Cycle, Extension};

use crate::column::{Cells, scope_values};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::period;
use crate::statement::sql;

sql!(
    INSERT_CYCLE = "
        INSERT INTO cycle (
            tenant, form, period, opens_on, due_on, grace_until, closes_on, nature, closed_at, closed_by, closed_seq
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    CYCLES = "
        SELECT form, period, opens_on, due_on, grace_until, closes_on, nature, closed_at, closed_by, closed_seq
        FROM cycle
        WHERE tenant = $1
        ORDER BY form, period",
    CLOSE = "
        UPDATE cycle
        SET closed_at = $4, closed_by = $5, closed_seq = $6
        WHERE tenant = $1 AND form = $2 AND period = $3 AND closed_at IS NULL",
    INSERT_EXTENSION = "
        INSERT INTO cycle_extension (
            tenant, form, period, unit, ordinal, due_on, open_until, reason, granted_by, granted_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    EXTENSIONS = "
        SELECT form, period, unit, due_on, open_until, reason, granted_by, granted_at
        FROM cycle_extension
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY form, period, unit, ordinal",
    INSERT_WAIVER = "
        INSERT INTO waiver (tenant, form, period, unit, reason, granted_by, granted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    WAIVERS = "
        SELECT form, period, unit, reason, granted_by, granted_at
        FROM waiver
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY form, period, unit",
);

/// Adds cycles; one that is there already is a [`Error::Clash`] of `cycle_pk`.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, cycles: &[Cycle]) -> Result<(), Error> {
    let periods: Vec<Period> = cycles.iter().map(|cycle| cycle.period).collect();
    period::insert_many(tx, tenant, &periods)?;
    let rows = cycles.iter().map(|cycle| {
        let closing = cycle.closing.as_ref();
        Cells::of(tenant)
            .with(&cycle.form)
            .with(cycle.period)
            .with(cycle.opens_on)
            .with(cycle.due_on)
            .with(cycle.grace_until)
            .with(cycle.closes_on)
            .with(cycle.nature)
            .with(closing.map(|closing| closing.at))
            .with(closing.map(|closing| &closing.by))
            .with(closing.map(|closing| closing.as_of_seq))
    });
    tx.insert_many(&INSERT_CYCLE, rows)
}

/// Every cycle, by form and period; the whole tenant's, as forms are.
pub fn cycles(tx: &mut Tx, scope: &Scope) -> Result<Vec<Cycle>, Error> {
    tx.query(&CYCLES, &Vec::from(Cells::of(&scope.tenant)), |row| {
        Ok(Cycle {
            form: row.next()?,
            period: row.next()?,
            opens_on: row.next()?,
            due_on: row.next()?,
            grace_until: row.next()?,
            closes_on: row.next()?,
            nature: row.next()?,
            closing: closing_from(row)?,
        })
    })
}

fn closing_from(row: &mut Row<'_>) -> Result<Option<Closing>, Error> {
    let (at, by, seq): (Option<Timestamp>, Option<String>, Option<i64>) = (row.next()?, row.next()?, row.next()?);
    match (at, by, seq) {
        (None, None, None) => Ok(None),
        (Some(at), Some(by), Some(as_of_seq)) => Ok(Some(Closing { at, by, as_of_seq })),
        _ => Err(Error::Integrity("a closing of a cycle is told in part".to_owned())),
    }
}

/// Closes a cycle; gives whether it was open.
pub fn close(tx: &mut Tx, tenant: &TenantId, form: &FormId, period: Period, closing: &Closing) -> Result<bool, Error> {
    let row = Cells::of(tenant).with(form).with(period).with(closing.at).with(&closing.by).with(closing.as_of_seq);
    tx.execute(&CLOSE, &Vec::from(row)).map(|closed| closed == 1)
}

/// Adds more time for a unit, as its `place`th in that cycle, from 0.
pub fn extend(tx: &mut Tx, tenant: &TenantId, extension: &Extension, place: usize) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&extension.form)
        .with(extension.period)
        .with(&extension.unit)
        .place(place)
        .with(extension.due_on)
        .with(extension.open_until)
        .with(&extension.reason)
        .with(&extension.granted_by)
        .with(extension.granted_at);
    tx.execute(&INSERT_EXTENSION, &Vec::from(row)).map(drop)
}

/// More time given to units in reach, by form, period, unit and order.
pub fn extensions(tx: &mut Tx, scope: &Scope) -> Result<Vec<Extension>, Error> {
    tx.query(&EXTENSIONS, &scope_values(scope), |row| {
        Ok(Extension {
            form: row.next()?,
            period: row.next()?,
            unit: row.next()?,
            due_on: row.next()?,
            open_until: row.next()?,
            reason: row.next()?,
            granted_by: row.next()?,
            granted_at: row.next()?,
        })
    })
}

/// Adds that a unit's sheet will not come.
pub fn waive(tx: &mut Tx, tenant: &TenantId, waiver: &Waiver) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&waiver.form)
        .with(waiver.period)
        .with(&waiver.unit)
        .with(&waiver.reason)
        .with(&waiver.granted_by)
        .with(waiver.granted_at);
    tx.execute(&INSERT_WAIVER, &Vec::from(row)).map(drop)
}

/// Units in reach whose sheets will not come, by form, period and unit.
pub fn waivers(tx: &mut Tx, scope: &Scope) -> Result<Vec<Waiver>, Error> {
    tx.query(&WAIVERS, &scope_values(scope), |row| {
        Ok(Waiver {
            form: row.next()?,
            period: row.next()?,
            unit: row.next()?,
            reason: row.next()?,
            granted_by: row.next()?,
            granted_at: row.next()?,
        })
    })
}

/// The key of a cycle or of one unit's sheet in it.
pub(super) fn sheet_key(tenant: &TenantId, form: &FormId, period: Period, unit: &OrgId) -> Cells {
    Cells::of(tenant).with(form).with(period).with(unit)
}
