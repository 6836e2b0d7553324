//! Legal instruments, shared by all tenants.

use thidua_law::instrument::Instrument;

use crate::column::{Cells, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_INSTRUMENT = "
        INSERT INTO instrument (id, kind, number, title, issuer, issued_on, in_force_from, in_force_to, replaced_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO NOTHING",
    INSTRUMENTS = "
        SELECT id, kind, number, title, issuer, issued_on, in_force_from, in_force_to, replaced_by
        FROM instrument
        ORDER BY issued_on, id",
    INSTRUMENTS_NAMED = "
        SELECT id, kind, number, title, issuer, issued_on, in_force_from, in_force_to, replaced_by
        FROM instrument
        WHERE id IN (SELECT value FROM json_each(CAST($1 AS TEXT)))
        ORDER BY issued_on, id",
);

/// Adds instruments. One that is there already must be the same: what one tenant loads cannot change
/// the law another one reads; a different one is a [`Error::Clash`] of `instrument_pk`.
pub fn insert_many(tx: &mut Tx, instruments: &[Instrument]) -> Result<(), Error> {
    let rows = instruments.iter().map(|i| {
        Cells::shared()
            .with(&i.id)
            .with(&i.kind)
            .with(&i.number)
            .with(&i.title)
            .with(&i.issuer)
            .with(i.issued_on)
            .with(i.in_force_from)
            .with(i.in_force_to)
            .with(i.replaced_by.as_ref())
    });
    tx.insert_many(&INSERT_INSTRUMENT, rows)?;
    let ids: Vec<_> = instruments.iter().map(|i| &i.id).collect();
    let stored = tx.query(&INSTRUMENTS_NAMED, &[set(&ids)], instrument_from)?;
    let same = instruments.iter().all(|given| stored.contains(given));
    if same { Ok(()) } else { Err(Error::Clash("instrument_pk")) }
}

/// Every instrument, by day of issue.
pub fn instruments(tx: &mut Tx) -> Result<Vec<Instrument>, Error> {
    tx.query(&INSTRUMENTS, &[], instrument_from)
}

fn instrument_from(row: &mut Row<'_>) -> Result<Instrument, Error> {
    Ok(Instrument {
        id: row.next()?,
        kind: row.next()?,
        number: row.next()?,
        title: row.next()?,
        issuer: row.next()?,
        issued_on: row.next()?,
        in_force_from: row.next()?,
        in_force_to: row.next()?,
        replaced_by: row.next()?,
    })
}
