//! Readings: what was reported, only ever added to, kept in the table `observation`.

use thidua_base::Period;
use thidua_base::code::{IndicatorCode, OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::indicator::{Absence, Nature, Qualifier, Reading, Value as Reported};

use crate::column::{Cells, Word, scope_values, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::period;
use crate::statement::sql;
use crate::tenant::{Counter, take_numbers};

sql!(
    INSERT_READING = "
        INSERT INTO observation (
            tenant, seq, indicator, unit, period, nature, value, scale, absence, qualifier, as_of,
            origin, low, low_scale, high, high_scale, source, entered_by, entered_at, supersedes, reason
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
    /// CROSS JOIN makes SQLite go through the periods and not through all the tenant's readings.
    CURRENT = "
        SELECT seq, indicator, unit, period, nature, observation.value, scale, absence, qualifier, as_of,
            origin, low, low_scale, high, high_scale, source, entered_by, entered_at, supersedes, reason
        FROM json_each(CAST($3 AS TEXT)) AS asked
        CROSS JOIN observation
        WHERE observation.tenant = $1 AND observation.period = asked.value
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND NOT EXISTS (
                SELECT 1
                FROM observation AS later
                WHERE later.tenant = observation.tenant AND later.supersedes = observation.seq
            )
        ORDER BY seq",
    AFTER = "
        SELECT seq, indicator, unit, period, nature, value, scale, absence, qualifier, as_of,
            origin, low, low_scale, high, high_scale, source, entered_by, entered_at, supersedes, reason
        FROM observation
        WHERE tenant = $1 AND seq > $3
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND period IN (SELECT value FROM json_each(CAST($4 AS TEXT)))
        ORDER BY seq",
    HISTORY = "
        SELECT seq, indicator, unit, period, nature, value, scale, absence, qualifier, as_of,
            origin, low, low_scale, high, high_scale, source, entered_by, entered_at, supersedes, reason
        FROM observation
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND indicator = $3 AND unit = $4 AND period = $5
        ORDER BY seq",
    PERIODS_REPORTED = "
        SELECT code
        FROM period
        WHERE tenant = $1
            AND EXISTS (
                SELECT 1
                FROM observation
                WHERE observation.tenant = period.tenant AND observation.period = period.code
                    AND (CAST($2 AS TEXT) IS NULL
                        OR observation.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            )
        ORDER BY first_day, last_day, code",
);

/// Adds readings and gives the number of the first; the others follow in order, whatever `seq` they carry.
///
/// Of two corrections of one reading the second is a [`Error::Clash`] of `observation_supersedes_uq`, of two
/// first readings of one cell and nature one of `observation_first_uq`.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, readings: &[Reading]) -> Result<i64, Error> {
    let periods: Vec<Period> = readings.iter().map(|reading| reading.period).collect();
    period::insert_many(tx, tenant, &periods)?;
    let first = take_numbers(tx, tenant, Counter::Observation, readings.len())?;
    let rows = (first..).zip(readings).map(|(seq, reading)| {
        let cells = Cells::of(tenant)
            .with(seq)
            .with(&reading.indicator)
            .with(&reading.unit)
            .with(reading.period)
            .with(reading.nature);
        reported_cells(cells, reading.value)
            .with(reading.qualifier)
            .with(reading.as_of)
            .provenance(&reading.provenance)
            .with(&reading.entered_by)
            .with(reading.entered_at)
            .with(reading.supersedes)
            .with(&reading.reason)
    });
    tx.insert_many(&INSERT_READING, rows)?;
    Ok(first)
}

/// The current readings (those that no other supersedes) of the units in reach for the periods.
pub fn readings_of(tx: &mut Tx, scope: &Scope, periods: &[Period]) -> Result<Vec<Reading>, Error> {
    let mut values = scope_values(scope);
    values.push(set(periods));
    tx.query(&CURRENT, &values, reading_from)
}

/// The last number given to a reading of the tenant. Until the transaction ends no one else adds readings there, so that
/// whatever is read after this call is what a change is decided over.
pub fn lock(tx: &mut Tx, tenant: &TenantId) -> Result<i64, Error> {
    take_numbers(tx, tenant, Counter::Observation, 0).map(|next| next - 1)
}

/// Every reading of the units in reach for the periods that came after a number, in order: with the superseded ones,
/// since what is known up to that number must learn of each.
pub fn readings_after(tx: &mut Tx, scope: &Scope, seq: i64, periods: &[Period]) -> Result<Vec<Reading>, Error> {
    let mut values = scope_values(scope);
    values.extend([seq.into(), set(periods)]);
    tx.query(&AFTER, &values, reading_from)
}

/// Every reading of one cell, oldest first.
pub fn history(
    tx: &mut Tx,
    scope: &Scope,
    indicator: &IndicatorCode,
    unit: &OrgId,
    period: Period,
) -> Result<Vec<Reading>, Error> {
    let mut values = scope_values(scope);
    values.extend([indicator.into(), unit.into(), period.into()]);
    tx.query(&HISTORY, &values, reading_from)
}

/// The periods for which a unit in reach has reported, earliest first.
pub fn periods_reported(tx: &mut Tx, scope: &Scope) -> Result<Vec<Period>, Error> {
    tx.query(&PERIODS_REPORTED, &scope_values(scope), |row| row.next())
}

/// Adds the three cells of a value: digits and scale, or the kind of absence.
pub(crate) fn reported_cells(cells: Cells, value: Reported) -> Cells {
    let (number, absence) = match value {
        Reported::Of(number) => (Some(number), None),
        Reported::Absent(absence) => (None, Some(absence)),
    };
    cells.number(number).with(absence)
}

/// The next three columns: a value.
pub(crate) fn reported_from(row: &mut Row<'_>) -> Result<Reported, Error> {
    match (row.number_or_none()?, row.next()?) {
        (Some(number), None) => Ok(Reported::Of(number)),
        (None, Some(absence)) => Ok(Reported::Absent(absence)),
        (Some(_), Some(_)) | (None, None) => {
            Err(Error::Integrity("a reading has both a value and an absence, or neither".to_owned()))
        }
    }
}

fn reading_from(row: &mut Row<'_>) -> Result<Reading, Error> {
    Ok(Reading {
        seq: row.next()?,
        indicator: row.next()?,
        unit: row.next()?,
        period: row.next()?,
        nature: row.next()?,
        value: reported_from(row)?,
        qualifier: row.next()?,
        as_of: row.next()?,
        provenance: row.provenance()?,
        entered_by: row.next()?,
        entered_at: row.next()?,
        supersedes: row.next()?,
        reason: row.next()?,
    })
}

impl Word for Absence {
    const ALL: &'static [Self] = &[Self::NotReported, Self::NotApplicable, Self::NoneOccurred, Self::Withheld];

    fn word(self) -> &'static str {
        match self {
            Self::NotReported => "not-reported",
            Self::NotApplicable => "not-applicable",
            Self::NoneOccurred => "none-occurred",
            Self::Withheld => "withheld",
        }
    }
}

impl Word for Nature {
    const ALL: &'static [Self] = &[Self::Estimate, Self::Provisional, Self::Official];

    fn word(self) -> &'static str {
        match self {
            Self::Estimate => "estimate",
            Self::Provisional => "provisional",
            Self::Official => "official",
        }
    }
}

impl Word for Qualifier {
    const ALL: &'static [Self] = &[Self::Plain, Self::Above, Self::Nearly, Self::Still];

    fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Above => "above",
            Self::Nearly => "nearly",
            Self::Still => "still",
        }
    }
}
