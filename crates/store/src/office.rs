//! The clerk's desk: reports, the document register, recipients, and who may sign for whom.

use thidua_base::code::{DocumentId, OrgId, ReportId, TenantId};
use thidua_base::{Date, Period};
use thidua_domain::Scope;
use thidua_domain::office::{Addressing, Recipient, RegisteredDocument, Report, SigningAuthority};

use crate::column::{Cells, Word, scope_values};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::period;
use crate::statement::sql;

sql!(
    INSERT_REPORT = "
        INSERT INTO report (tenant, id, form, unit, period, superior, dated)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    REPORTS = "
        SELECT id, form, unit, period, superior, dated
        FROM report
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY dated, id",
    INSERT_DOCUMENT = "
        INSERT INTO document (tenant, id, unit, kind, number, symbol, issued_on, place, abstract_line, report)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    DOCUMENTS = "
        SELECT id, unit, kind, number, symbol, issued_on, place, abstract_line, report
        FROM document
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY issued_on NULLS LAST, id",
    DOCUMENT_OF = "
        SELECT id, unit, kind, number, symbol, issued_on, place, abstract_line, report
        FROM document
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND report = $3
        ORDER BY id",
    INSERT_RECIPIENT = "
        INSERT INTO recipient (tenant, document, ordinal, text, addressing)
        VALUES ($1, $2, $3, $4, $5)",
    RECIPIENTS_OF = "
        SELECT recipient.document, recipient.ordinal, recipient.text, recipient.addressing
        FROM recipient
        JOIN document ON document.tenant = recipient.tenant AND document.id = recipient.document
        WHERE recipient.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR document.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND recipient.document = $3
        ORDER BY recipient.ordinal",
    INSERT_AUTHORITY = "
        INSERT INTO signing_authority (tenant, unit, valid_from, valid_to, signer)
        VALUES ($1, $2, $3, $4, $5)",
    INSERT_LINE = "
        INSERT INTO signing_line (tenant, unit, valid_from, ordinal, text)
        VALUES ($1, $2, $3, $4, $5)",
    SIGNING = "
        SELECT valid_from, valid_to, signer
        FROM signing_authority
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND unit = $3 AND valid_from <= $4 AND (valid_to IS NULL OR valid_to > $4)
        ORDER BY valid_from DESC
        LIMIT 1",
    LINES = "
        SELECT text
        FROM signing_line
        WHERE tenant = $1 AND unit = $2 AND valid_from = $3
        ORDER BY ordinal",
);

/// Adds reports.
pub fn insert_reports(tx: &mut Tx, tenant: &TenantId, reports: &[Report]) -> Result<(), Error> {
    let periods: Vec<Period> = reports.iter().map(|report| report.period).collect();
    period::insert_many(tx, tenant, &periods)?;
    let rows = reports.iter().map(|report| {
        Cells::of(tenant)
            .with(&report.id)
            .with(&report.form)
            .with(&report.unit)
            .with(report.period)
            .with(report.superior.as_ref())
            .with(report.dated)
    });
    tx.insert_many(&INSERT_REPORT, rows)
}

/// The reports of the units in reach, by date.
pub fn reports(tx: &mut Tx, scope: &Scope) -> Result<Vec<Report>, Error> {
    tx.query(&REPORTS, &scope_values(scope), |row| {
        Ok(Report {
            id: row.next()?,
            form: row.next()?,
            unit: row.next()?,
            period: row.next()?,
            superior: row.next()?,
            dated: row.next()?,
        })
    })
}

/// Adds documents to the register.
pub fn insert_documents(tx: &mut Tx, tenant: &TenantId, documents: &[RegisteredDocument]) -> Result<(), Error> {
    let rows = documents.iter().map(|document| {
        Cells::of(tenant)
            .with(&document.id)
            .with(&document.unit)
            .with(&document.kind)
            .with(document.number)
            .with(&document.symbol)
            .with(document.issued_on)
            .with(&document.place)
            .with(&document.abstract_line)
            .with(document.report.as_ref())
    });
    tx.insert_many(&INSERT_DOCUMENT, rows)
}

/// The register of the units in reach, by day of issue; documents not yet issued come last.
pub fn documents(tx: &mut Tx, scope: &Scope) -> Result<Vec<RegisteredDocument>, Error> {
    tx.query(&DOCUMENTS, &scope_values(scope), document_from)
}

/// The document that prints a report, if it is registered.
pub fn document_of(tx: &mut Tx, scope: &Scope, report: &ReportId) -> Result<Option<RegisteredDocument>, Error> {
    let mut values = scope_values(scope);
    values.push(report.into());
    tx.query_first(&DOCUMENT_OF, &values, document_from)
}

fn document_from(row: &mut Row<'_>) -> Result<RegisteredDocument, Error> {
    Ok(RegisteredDocument {
        id: row.next()?,
        unit: row.next()?,
        kind: row.next()?,
        number: row.next()?,
        symbol: row.next()?,
        issued_on: row.next()?,
        place: row.next()?,
        abstract_line: row.next()?,
        report: row.next()?,
    })
}

/// Adds recipients of documents.
pub fn insert_recipients(tx: &mut Tx, tenant: &TenantId, recipients: &[Recipient]) -> Result<(), Error> {
    let rows = recipients.iter().map(|recipient| {
        Cells::of(tenant)
            .with(&recipient.document)
            .with(recipient.ordinal)
            .with(&recipient.text)
            .with(recipient.addressing)
    });
    tx.insert_many(&INSERT_RECIPIENT, rows)
}

/// The recipients of a document, in print order.
pub fn recipients_of(tx: &mut Tx, scope: &Scope, document: &DocumentId) -> Result<Vec<Recipient>, Error> {
    let mut values = scope_values(scope);
    values.push(document.into());
    tx.query(&RECIPIENTS_OF, &values, |row| {
        Ok(Recipient { document: row.next()?, ordinal: row.next()?, text: row.next()?, addressing: row.next()? })
    })
}

/// Adds signing authorities with their lines.
pub fn insert_authorities(tx: &mut Tx, tenant: &TenantId, authorities: &[SigningAuthority]) -> Result<(), Error> {
    let rows = authorities.iter().map(|authority| {
        Cells::of(tenant)
            .with(&authority.unit)
            .with(authority.valid_from)
            .with(authority.valid_to)
            .with(&authority.signer)
    });
    tx.insert_many(&INSERT_AUTHORITY, rows)?;
    let lines = authorities.iter().flat_map(|authority| {
        authority.authority.iter().enumerate().map(move |(at, line)| {
            Cells::of(tenant).with(&authority.unit).with(authority.valid_from).place(at).with(line)
        })
    });
    tx.insert_many(&INSERT_LINE, lines)
}

/// Who signs for a unit on a day; where spans overlap, the one that began last.
pub fn signing(tx: &mut Tx, scope: &Scope, unit: &OrgId, day: Date) -> Result<Option<SigningAuthority>, Error> {
    let mut values = scope_values(scope);
    values.extend([unit.into(), day.into()]);
    let found = tx.query_first(&SIGNING, &values, |row| {
        Ok(SigningAuthority {
            unit: unit.clone(),
            valid_from: row.next()?,
            valid_to: row.next()?,
            authority: Vec::new(),
            signer: row.next()?,
        })
    })?;
    let Some(mut authority) = found else { return Ok(None) };
    let key = Cells::of(&scope.tenant).with(unit).with(authority.valid_from);
    authority.authority = tx.query(&LINES, &Vec::from(key), |row| row.next())?;
    Ok(Some(authority))
}

impl Word for Addressing {
    const ALL: &'static [Self] = &[Self::Copied, Self::Addressed];

    fn word(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::Addressed => "addressed",
        }
    }
}
