//! Changes of figures with what became of them; only added to.

use thidua_base::Period;
use thidua_base::code::{ChangeId, FormId, TenantId};
use thidua_domain::Scope;
use thidua_domain::collection::entry::{Change, Entry, How, Outcome};

use crate::column::{Cells, Word, scope_values, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::reading::{reported_cells, reported_from};
use crate::statement::sql;

sql!(
    INSERT_ENTRY = "
        INSERT INTO entry (
            tenant, id, form, period, unit, indicator, nature, over_seq, value, scale, absence, note, how, file,
            file_hash, sheet, place, device_at, settles, entered_by, account, entered_at, outcome, seq, nr
        )
        VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $25
        )",
    LAST_NR = "
        SELECT coalesce(max(nr), 0)
        FROM entry
        WHERE tenant = $1",
    BY_ID = "
        SELECT entry.id, form, period, unit, indicator, nature, over_seq, entry.value, scale, absence, note, how, file,
            file_hash, sheet, place, device_at, settles, entered_by, account, entered_at, outcome, seq
        FROM json_each(CAST($3 AS TEXT)) AS asked
        CROSS JOIN entry
        WHERE entry.tenant = $1 AND entry.id = asked.value
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY entry.id",
    OF_SHEETS = "
        SELECT id, form, period, unit, indicator, nature, over_seq, value, scale, absence, note, how, file,
            file_hash, sheet, place, device_at, settles, entered_by, account, entered_at, outcome, seq
        FROM entry
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND form = $3 AND period = $4
        ORDER BY nr, entered_at, seq, id",
    OF_READINGS = "
        SELECT entry.id, form, period, unit, indicator, nature, over_seq, entry.value, scale, absence, note, how, file,
            file_hash, sheet, place, device_at, settles, entered_by, account, entered_at, outcome, seq
        FROM json_each(CAST($3 AS TEXT)) AS asked
        CROSS JOIN entry
        WHERE entry.tenant = $1 AND entry.seq = CAST(asked.value AS BIGINT)
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY nr, entered_at, seq, entry.id",
);

/// Adds changes with what became of them; one that is there already is a [`Error::Clash`] of `entry_pk`, a second
/// answer to one conflict one of `entry_settles_uq`.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, entries: &[Entry]) -> Result<(), Error> {
    // Who adds changes holds the lock of the tenant's readings, so nobody takes these numbers meanwhile.
    let last: i64 = tx.query(&LAST_NR, &[tenant.into()], |row| row.next())?.into_iter().next().unwrap_or(0);
    let rows = entries.iter().zip(last + 1..).map(|(entry, nr)| {
        let change = &entry.change;
        let (how, [file, hash, sheet, place]) = how_cells(&change.how);
        let (outcome, seq) = match entry.outcome {
            Outcome::Saved { seq } => (Became::Saved, seq),
            Outcome::Unchanged { seq } => (Became::Unchanged, seq),
            Outcome::Conflict { held } => (Became::Conflict, held),
        };
        let cells = Cells::of(tenant)
            .with(&change.id)
            .with(&change.form)
            .with(change.period)
            .with(&change.unit)
            .with(&change.indicator)
            .with(change.nature)
            .with(change.over);
        reported_cells(cells, change.value)
            .with(&change.note)
            .with(how)
            .with(file)
            .with(hash)
            .with(sheet)
            .with(place)
            .with(change.device_at)
            .with(change.settles.as_ref())
            .with(&entry.by)
            .with(entry.account.as_ref())
            .with(entry.at)
            .with(outcome)
            .with(seq)
            .with(nr)
    });
    tx.insert_many(&INSERT_ENTRY, rows)
}

/// Those of the changes that arrived before, of units in reach, by id.
pub fn by_ids(tx: &mut Tx, scope: &Scope, ids: &[&ChangeId]) -> Result<Vec<Entry>, Error> {
    let mut values = scope_values(scope);
    values.push(set(ids));
    tx.query(&BY_ID, &values, entry_from)
}

/// Every change of the sheets of a cycle, of units in reach, in the order of arrival.
pub fn of_sheets(tx: &mut Tx, scope: &Scope, form: &FormId, period: Period) -> Result<Vec<Entry>, Error> {
    let mut values = scope_values(scope);
    values.extend([form.into(), period.into()]);
    tx.query(&OF_SHEETS, &values, entry_from)
}

/// The changes that wrote, repeated or met readings, of units in reach, in the order of arrival.
pub fn of_readings(tx: &mut Tx, scope: &Scope, seqs: &[i64]) -> Result<Vec<Entry>, Error> {
    let mut values = scope_values(scope);
    values.push(set(seqs));
    tx.query(&OF_READINGS, &values, entry_from)
}

fn entry_from(row: &mut Row<'_>) -> Result<Entry, Error> {
    let change = Change {
        id: row.next()?,
        form: row.next()?,
        period: row.next()?,
        unit: row.next()?,
        indicator: row.next()?,
        nature: row.next()?,
        over: row.next()?,
        value: reported_from(row)?,
        note: row.next()?,
        how: how_from(row)?,
        device_at: row.next()?,
        settles: row.next()?,
    };
    let (by, account, at) = (row.next()?, row.next()?, row.next()?);
    let outcome = match (row.next::<Became>()?, row.next()?) {
        (Became::Saved, seq) => Outcome::Saved { seq },
        (Became::Unchanged, seq) => Outcome::Unchanged { seq },
        (Became::Conflict, held) => Outcome::Conflict { held },
    };
    Ok(Entry { change, by, account, at, outcome })
}

fn how_cells(how: &How) -> (Came, [&str; 4]) {
    match how {
        How::Typed => (Came::Typed, [""; 4]),
        How::Pasted => (Came::Pasted, [""; 4]),
        How::Imported { file, hash, sheet, place } => (Came::Imported, [file, hash, sheet, place]),
        How::Api => (Came::Api, [""; 4]),
        How::CorrectedAbove => (Came::CorrectedAbove, [""; 4]),
    }
}

fn how_from(row: &mut Row<'_>) -> Result<How, Error> {
    let came: Came = row.next()?;
    let (file, hash, sheet, place) = (row.next()?, row.next()?, row.next()?, row.next()?);
    Ok(match came {
        Came::Typed => How::Typed,
        Came::Pasted => How::Pasted,
        Came::Imported => How::Imported { file, hash, sheet, place },
        Came::Api => How::Api,
        Came::CorrectedAbove => How::CorrectedAbove,
    })
}

/// How a figure came into the cell, without its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Typed,
    Pasted,
    Imported,
    Api,
    CorrectedAbove,
}

impl Word for Came {
    const ALL: &'static [Self] = &[Self::Typed, Self::Pasted, Self::Imported, Self::Api, Self::CorrectedAbove];

    fn word(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Pasted => "pasted",
            Self::Imported => "imported",
            Self::Api => "api",
            Self::CorrectedAbove => "corrected-above",
        }
    }
}

/// What became of a change, without its reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    Saved,
    Unchanged,
    Conflict,
}

impl Word for Became {
    const ALL: &'static [Self] = &[Self::Saved, Self::Unchanged, Self::Conflict];

    fn word(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Unchanged => "unchanged",
            Self::Conflict => "conflict",
        }
    }
}
