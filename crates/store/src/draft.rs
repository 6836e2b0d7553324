//! What a person typed into a report: passages by version, and printed figures replaced by hand.

use thidua_base::Timestamp;
use thidua_base::code::{InstrumentId, ReportId, TenantId};
use thidua_domain::Scope;
use thidua_domain::draft::{Override, Passage};

use crate::column::{Cells, scope_values};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;
use crate::tenant::{Counter, take_numbers};

sql!(
    INSERT_PASSAGE = "
        INSERT INTO passage (tenant, report, slot, version, text, author, written_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    PASSAGES_OF = "
        SELECT passage.report, passage.slot, passage.version, passage.text, passage.author, passage.written_at
        FROM passage
        JOIN report ON report.tenant = passage.tenant AND report.id = passage.report
        WHERE passage.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR report.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND passage.report = $3
            AND NOT EXISTS (
                SELECT 1
                FROM passage AS later
                WHERE later.tenant = passage.tenant AND later.report = passage.report
                    AND later.slot = passage.slot AND later.version > passage.version
            )
        ORDER BY passage.slot",
    /// With the instant from which a later version of the slot counts.
    PASSAGES_NAMING = "
        SELECT passage.report, passage.slot, passage.version, passage.text, passage.author, passage.written_at,
            (
                SELECT MIN(later.written_at)
                FROM passage AS later
                WHERE later.tenant = passage.tenant AND later.report = passage.report
                    AND later.slot = passage.slot AND later.version > passage.version
            )
        FROM passage
        JOIN report ON report.tenant = passage.tenant AND report.id = passage.report
        WHERE passage.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR report.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND passage.text LIKE $3
        ORDER BY passage.report, passage.slot, passage.version",
    INSERT_OVERRIDE = "
        INSERT INTO figure_override (tenant, report, line, seq, computed, printed, reason, author, decided_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    OVERRIDES_OF = "
        SELECT figure_override.report, figure_override.line, figure_override.computed, figure_override.printed,
            figure_override.reason, figure_override.author, figure_override.decided_at
        FROM figure_override
        JOIN report ON report.tenant = figure_override.tenant AND report.id = figure_override.report
        WHERE figure_override.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR report.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND figure_override.report = $3
            AND NOT EXISTS (
                SELECT 1
                FROM figure_override AS later
                WHERE later.tenant = figure_override.tenant AND later.report = figure_override.report
                    AND later.line = figure_override.line AND later.seq > figure_override.seq
            )
        ORDER BY figure_override.line",
);

/// Adds passages. A version that is there already is a [`Error::Clash`] of `passage_pk`: someone else
/// wrote meanwhile.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, passages: &[Passage]) -> Result<(), Error> {
    let rows = passages.iter().map(|passage| {
        Cells::of(tenant)
            .with(&passage.report)
            .with(&passage.slot)
            .with(passage.version)
            .with(&passage.text)
            .with(&passage.author)
            .with(passage.written_at)
    });
    tx.insert_many(&INSERT_PASSAGE, rows)
}

/// The latest version of each slot of a report.
pub fn passages_of(tx: &mut Tx, scope: &Scope, report: &ReportId) -> Result<Vec<Passage>, Error> {
    let mut values = scope_values(scope);
    values.push(report.into());
    tx.query(&PASSAGES_OF, &values, passage_from)
}

/// Every version of a passage that names an instrument, with the instant from which a later one counts. The text is
/// searched for the name only; whether it is a citation is for the caller to read.
pub fn passages_naming(
    tx: &mut Tx,
    scope: &Scope,
    instrument: &InstrumentId,
) -> Result<Vec<(Passage, Option<Timestamp>)>, Error> {
    let mut values = scope_values(scope);
    values.push((&format!("%{instrument}%")).into());
    tx.query(&PASSAGES_NAMING, &values, |row| Ok((passage_from(row)?, row.next()?)))
}

fn passage_from(row: &mut Row<'_>) -> Result<Passage, Error> {
    Ok(Passage {
        report: row.next()?,
        slot: row.next()?,
        version: row.next()?,
        text: row.next()?,
        author: row.next()?,
        written_at: row.next()?,
    })
}

/// Replaces a printed figure; an earlier replacement of the same line is kept, but no longer in force.
pub fn override_insert(tx: &mut Tx, tenant: &TenantId, new: &Override) -> Result<(), Error> {
    let seq = take_numbers(tx, tenant, Counter::Override, 1)?;
    let row = Cells::of(tenant)
        .with(&new.report)
        .with(&new.line)
        .with(seq)
        .with(&new.computed)
        .with(&new.printed)
        .with(&new.reason)
        .with(&new.author)
        .with(new.decided_at);
    tx.execute(&INSERT_OVERRIDE, &Vec::from(row)).map(drop)
}

/// The replacements in force in a report, one a line at most.
pub fn overrides_of(tx: &mut Tx, scope: &Scope, report: &ReportId) -> Result<Vec<Override>, Error> {
    let mut values = scope_values(scope);
    values.push(report.into());
    tx.query(&OVERRIDES_OF, &values, |row| {
        Ok(Override {
            report: row.next()?,
            line: row.next()?,
            computed: row.next()?,
            printed: row.next()?,
            reason: row.next()?,
            author: row.next()?,
            decided_at: row.next()?,
        })
    })
}
