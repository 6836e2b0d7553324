//! Where the sheets of all open cycles stand, in one read: what reminders are made from.

use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::Scope;
use thidua_domain::collection::Submission;
use thidua_domain::collection::submission::Event;

use crate::column::scope_values;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    EVENTS_OF_OPEN = "
        SELECT submission_event.form, submission_event.period, submission_event.unit, submission_event.verb,
            submission_event.state, submission_event.revision, submission_event.done_by, submission_event.account,
            submission_event.done_at, submission_event.reason
        FROM cycle
        JOIN submission_event
            ON submission_event.tenant = cycle.tenant AND submission_event.form = cycle.form
                AND submission_event.period = cycle.period
        WHERE cycle.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR submission_event.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND cycle.closed_at IS NULL AND cycle.due_on >= $3
        ORDER BY submission_event.form, submission_event.period, submission_event.unit, submission_event.ordinal",
);

/// The sheets to which something happened, of units in reach, in cycles that were not closed for good and are due on a
/// day or later; by form, period and unit. The cells that steps name are not read.
pub fn of_open_cycles(tx: &mut Tx, scope: &Scope, since: Date) -> Result<Vec<Submission>, Error> {
    let mut values = scope_values(scope);
    values.push(since.into());
    let events: Vec<(FormId, Period, OrgId, Event)> = tx.query(&EVENTS_OF_OPEN, &values, |row| {
        let (form, period, unit) = (row.next()?, row.next()?, row.next()?);
        let event = Event {
            verb: row.next()?,
            to: row.next()?,
            revision: row.next()?,
            by: row.next()?,
            account: row.next()?,
            at: row.next()?,
            reason: row.next()?,
            cells: Vec::new(),
        };
        Ok((form, period, unit, event))
    })?;
    let mut sheets: Vec<Submission> = Vec::new();
    for (form, period, unit, event) in events {
        let same = |sheet: &&mut Submission| sheet.form == form && sheet.period == period && sheet.unit == unit;
        match sheets.last_mut().filter(same) {
            Some(sheet) => sheet.events.push(event),
            None => sheets.push(Submission { events: vec![event], ..Submission::new(form, period, unit) }),
        }
    }
    Ok(sheets)
}
