//! Issued reports: their files as they were, and the readings they printed; only added to.

use thidua_base::Period;
use thidua_base::code::{IndicatorCode, OrgId, ReportId, TenantId};
use thidua_domain::Scope;
use thidua_domain::draft::{Issue, IssuedFile};

use crate::column::{Cells, scope_values, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_ISSUE = "
        INSERT INTO report_issue (tenant, report, ordinal, issued_by, issued_at, as_of_seq, docx, pdf)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    INSERT_USE = "
        INSERT INTO report_use (tenant, report, ordinal, seq)
        VALUES ($1, $2, $3, $4)",
    ISSUES = "
        SELECT report_issue.report, ordinal, issued_by, issued_at, as_of_seq
        FROM report_issue
        JOIN report ON report.tenant = report_issue.tenant AND report.id = report_issue.report
        WHERE report_issue.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR report.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY report_issue.report, ordinal",
    FILES = "
        SELECT docx, pdf
        FROM report_issue
        JOIN report ON report.tenant = report_issue.tenant AND report.id = report_issue.report
        WHERE report_issue.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR report.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND report_issue.report = $3 AND ordinal = $4",
    USING = "
        SELECT DISTINCT report_issue.report, report_issue.ordinal, issued_by, issued_at, as_of_seq
        FROM json_each(CAST($3 AS TEXT)) AS asked
        CROSS JOIN report_use
        JOIN report_issue
            ON report_issue.tenant = report_use.tenant AND report_issue.report = report_use.report
                AND report_issue.ordinal = report_use.ordinal
        JOIN report ON report.tenant = report_issue.tenant AND report.id = report_issue.report
        WHERE report_use.tenant = $1 AND report_use.seq = CAST(asked.value AS BIGINT)
            AND (CAST($2 AS TEXT) IS NULL OR report.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY report_issue.report, report_issue.ordinal",
    /// Cells whose printed reading was replaced after the issue, each once.
    CORRECTED = "
        SELECT DISTINCT report_use.ordinal, later.indicator, later.unit, later.period
        FROM report_use
        JOIN report_issue
            ON report_issue.tenant = report_use.tenant AND report_issue.report = report_use.report
                AND report_issue.ordinal = report_use.ordinal
        JOIN report ON report.tenant = report_issue.tenant AND report.id = report_issue.report
        JOIN observation AS later
            ON later.tenant = report_use.tenant AND later.supersedes = report_use.seq
        WHERE report_use.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR report.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND report_use.report = $3 AND later.seq > report_issue.as_of_seq
        ORDER BY report_use.ordinal, later.indicator, later.unit, later.period",
);

/// Adds an issue with its files and the readings they print, as the report's `place`th, from 0.
pub fn insert(
    tx: &mut Tx,
    tenant: &TenantId,
    issue: &Issue,
    files: &[(IssuedFile, Vec<u8>); 2],
    used: &[i64],
) -> Result<(), Error> {
    let bytes = |wanted| files.iter().find(|(file, _)| *file == wanted).map(|(_, bytes)| bytes.as_slice());
    let row = Cells::of(tenant)
        .with(&issue.report)
        .with(issue.number)
        .with(&issue.by)
        .with(issue.at)
        .with(issue.as_of_seq)
        .with(bytes(IssuedFile::Docx).unwrap_or_default())
        .with(bytes(IssuedFile::Pdf).unwrap_or_default());
    tx.execute(&INSERT_ISSUE, &Vec::from(row))?;
    let rows = used.iter().map(|seq| Cells::of(tenant).with(&issue.report).with(issue.number).with(*seq));
    tx.insert_many(&INSERT_USE, rows)
}

/// The issues of reports of units in reach, by report and number.
pub fn issues(tx: &mut Tx, scope: &Scope) -> Result<Vec<Issue>, Error> {
    tx.query(&ISSUES, &scope_values(scope), issue_from)
}

/// One file of an issue, byte for byte.
pub fn file(
    tx: &mut Tx,
    scope: &Scope,
    report: &ReportId,
    number: i64,
    wanted: IssuedFile,
) -> Result<Option<Vec<u8>>, Error> {
    let mut values = scope_values(scope);
    values.extend([report.into(), number.into()]);
    tx.query_first(&FILES, &values, |row| {
        let (docx, pdf): (Vec<u8>, Vec<u8>) = (row.next()?, row.next()?);
        Ok(match wanted {
            IssuedFile::Docx => docx,
            IssuedFile::Pdf => pdf,
        })
    })
}

/// The issues, of reports of units in reach, that printed one of the readings.
pub fn using(tx: &mut Tx, scope: &Scope, seqs: &[i64]) -> Result<Vec<Issue>, Error> {
    let mut values = scope_values(scope);
    values.push(set(seqs));
    tx.query(&USING, &values, issue_from)
}

/// The cells that an issue of a report printed and that were corrected since, with the number of the issue.
pub fn corrected(
    tx: &mut Tx,
    scope: &Scope,
    report: &ReportId,
) -> Result<Vec<(i64, IndicatorCode, OrgId, Period)>, Error> {
    let mut values = scope_values(scope);
    values.push(report.into());
    tx.query(&CORRECTED, &values, |row| Ok((row.next()?, row.next()?, row.next()?, row.next()?)))
}

fn issue_from(row: &mut Row<'_>) -> Result<Issue, Error> {
    Ok(Issue { report: row.next()?, number: row.next()?, by: row.next()?, at: row.next()?, as_of_seq: row.next()? })
}
