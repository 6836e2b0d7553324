//! The way of sheets upwards: events with the cells they name, and the readings that stood in a sheet when it was sent.

use thidua_base::Period;
use thidua_base::code::{FormId, IndicatorCode, OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::actor::Verb;
use thidua_domain::collection::submission::{Event, NamedCell, State, Submission};

use super::cycle::sheet_key;
use crate::column::{Cells, Word, scope_values, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_EVENT = "
        INSERT INTO submission_event (
            tenant, form, period, unit, ordinal, verb, state, revision, done_by, account, done_at, reason
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    INSERT_CELL = "
        INSERT INTO submission_cell (tenant, form, period, unit, ordinal, indicator, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    INSERT_PIN = "
        INSERT INTO submission_pin (tenant, form, period, unit, ordinal, seq)
        VALUES ($1, $2, $3, $4, $5, $6)",
    EVENTS = "
        SELECT unit, verb, state, revision, done_by, account, done_at, reason
        FROM submission_event
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND form = $3 AND period = $4
        ORDER BY unit, ordinal",
    STATES = "
        SELECT form, unit, state
        FROM submission_event
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND period = $3
            AND ordinal = (
                SELECT MAX(newest.ordinal)
                FROM submission_event newest
                WHERE newest.tenant = $1 AND newest.form = submission_event.form
                    AND newest.period = submission_event.period AND newest.unit = submission_event.unit
            )
        ORDER BY form, unit",
    CELLS = "
        SELECT unit, ordinal, indicator, reason
        FROM submission_cell
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND form = $3 AND period = $4
        ORDER BY unit, ordinal, indicator",
    PINS = "
        SELECT submission_pin.seq
        FROM submission_pin
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND form = $3 AND period = $4 AND unit = $5 AND ordinal = $6
        ORDER BY seq",
    PINNING = "
        SELECT DISTINCT submission_event.form, submission_event.unit, submission_event.ordinal, submission_event.verb, state, revision,
            done_by, account, done_at, submission_event.reason
        FROM json_each(CAST($3 AS TEXT)) AS asked
        CROSS JOIN submission_pin
        JOIN submission_event
            ON submission_event.tenant = submission_pin.tenant AND submission_event.form = submission_pin.form
                AND submission_event.period = submission_pin.period AND submission_event.unit = submission_pin.unit
                AND submission_event.ordinal = submission_pin.ordinal
        WHERE submission_pin.tenant = $1 AND submission_pin.seq = CAST(asked.value AS BIGINT)
            AND (CAST($2 AS TEXT) IS NULL
                OR submission_pin.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY done_at, submission_event.form, submission_event.unit, submission_event.ordinal",
);

/// Adds an event as the sheet's `place`th, from 0, with its cells and the readings it pins.
///
/// Of two events that would take one place the second is a [`Error::Clash`] of `submission_event_pk`: someone was
/// faster.
pub fn append(tx: &mut Tx, tenant: &TenantId, sheet: &Submission, event: &Event, pinned: &[i64]) -> Result<(), Error> {
    let place = sheet.events.len();
    let key = || sheet_key(tenant, &sheet.form, sheet.period, &sheet.unit).place(place);
    let row = key()
        .with(event.verb)
        .with(event.to)
        .with(event.revision)
        .with(&event.by)
        .with(event.account.as_ref())
        .with(event.at)
        .with(&event.reason);
    tx.execute(&INSERT_EVENT, &Vec::from(row))?;
    tx.insert_many(&INSERT_CELL, event.cells.iter().map(|cell| key().with(&cell.indicator).with(&cell.reason)))?;
    tx.insert_many(&INSERT_PIN, pinned.iter().map(|seq| key().with(*seq)))
}

/// The sheets of a cycle to which something happened, of units in reach, by unit.
pub fn submissions(tx: &mut Tx, scope: &Scope, form: &FormId, period: Period) -> Result<Vec<Submission>, Error> {
    let mut values = scope_values(scope);
    values.extend([form.into(), period.into()]);
    let events: Vec<(OrgId, Event)> = tx.query(&EVENTS, &values, |row| Ok((row.next()?, event_from(row)?)))?;
    let mut sheets: Vec<Submission> = Vec::new();
    for (unit, event) in events {
        match sheets.last_mut().filter(|sheet| sheet.unit == unit) {
            Some(sheet) => sheet.events.push(event),
            None => sheets.push(Submission { events: vec![event], ..Submission::new(form.clone(), period, unit) }),
        }
    }
    let cells: Vec<(OrgId, i64, IndicatorCode, String)> =
        tx.query(&CELLS, &values, |row| Ok((row.next()?, row.next()?, row.next()?, row.next()?)))?;
    for (unit, place, indicator, reason) in cells {
        let event = sheets
            .binary_search_by(|sheet| sheet.unit.cmp(&unit))
            .ok()
            .zip(usize::try_from(place - 1).ok())
            .and_then(|(at, place)| sheets[at].events.get_mut(place));
        if let Some(event) = event {
            event.cells.push(NamedCell { indicator, reason });
        }
    }
    Ok(sheets)
}

/// Where the sheets of a period stand, of units in reach: those to which something happened, by form and unit.
pub fn states(tx: &mut Tx, scope: &Scope, period: Period) -> Result<Vec<(FormId, OrgId, State)>, Error> {
    let mut values = scope_values(scope);
    values.push(period.into());
    tx.query(&STATES, &values, |row| Ok((row.next()?, row.next()?, row.next()?)))
}

/// The readings pinned by a sheet's `place`th event, from 0.
pub fn pins(tx: &mut Tx, scope: &Scope, sheet: &Submission, place: usize) -> Result<Vec<i64>, Error> {
    let mut values = scope_values(scope);
    let key = Cells::shared().with(&sheet.form).with(sheet.period).with(&sheet.unit).place(place);
    values.extend(Vec::from(key));
    tx.query(&PINS, &values, |row| row.next())
}

/// The events, of units in reach, that took readings upwards, with their forms, oldest first.
pub fn pinning(tx: &mut Tx, scope: &Scope, seqs: &[i64]) -> Result<Vec<(FormId, Event)>, Error> {
    let mut values = scope_values(scope);
    values.push(set(seqs));
    tx.query(&PINNING, &values, |row| {
        let (form, _unit, _place): (FormId, OrgId, i64) = (row.next()?, row.next()?, row.next()?);
        Ok((form, event_from(row)?))
    })
}

fn event_from(row: &mut Row<'_>) -> Result<Event, Error> {
    Ok(Event {
        verb: row.next()?,
        to: row.next()?,
        revision: row.next()?,
        by: row.next()?,
        account: row.next()?,
        at: row.next()?,
        reason: row.next()?,
        cells: Vec::new(),
    })
}

impl Word for State {
    const ALL: &'static [Self] = &State::ALL;

    fn word(self) -> &'static str {
        State::word(self)
    }
}

impl Word for Verb {
    const ALL: &'static [Self] = &Verb::ALL;

    fn word(self) -> &'static str {
        Verb::word(self)
    }
}
