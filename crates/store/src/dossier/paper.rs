//! Achievement reports by version, and papers with their files, which are kept once under their hash; only added to.
//!
//! Readers find the dossier within reach first.

use thidua_base::code::TenantId;
use thidua_domain::collection::evidence::{EvidenceFile, EvidenceKind};
use thidua_domain::dossier::{BatchId, Dossier, DossierId, PaperHeld, ReportVersion};

use crate::column::{Cells, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_REPORT = "
        INSERT INTO dossier_report (tenant, dossier, version, body, written_by, written_at)
        VALUES ($1, $2, $3, $4, $5, $6)",
    REPORTS = "
        SELECT version, body, written_by, written_at
        FROM dossier_report
        WHERE tenant = $1 AND dossier = $2
        ORDER BY version",
    WITH_REPORT = "
        SELECT DISTINCT dossier
        FROM json_each(CAST($2 AS TEXT)) AS asked
        CROSS JOIN dossier_report
        WHERE dossier_report.tenant = $1 AND dossier_report.dossier = asked.value",
    INSERT_PAPER = "
        INSERT INTO dossier_paper (
            tenant, id, dossier, batch, code, number, dated, description, file, kind, size, hash, added_by, added_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    PAPERS = "
        SELECT id, dossier, batch, code, number, dated, description, file, kind, size, hash, added_by, added_at
        FROM dossier_paper
        WHERE tenant = $1
            AND (
                dossier IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR batch IN (SELECT value FROM json_each(CAST($3 AS TEXT)))
            )
        ORDER BY added_at, id",
);

/// Adds a version; where one of the same number came meanwhile it is a [`Error::Clash`] of `dossier_report_pk`.
pub fn write_report(tx: &mut Tx, tenant: &TenantId, id: &DossierId, report: &ReportVersion) -> Result<(), Error> {
    let row = Cells::of(tenant).with(id).with(report.version).with(&report.body).with(&report.by).with(report.at);
    tx.execute(&INSERT_REPORT, &Vec::from(row)).map(drop)
}

/// The versions of a report, oldest first.
pub fn reports(tx: &mut Tx, tenant: &TenantId, id: &DossierId) -> Result<Vec<ReportVersion>, Error> {
    tx.query(&REPORTS, &[tenant.into(), id.into()], |row| {
        Ok(ReportVersion { version: row.next()?, body: row.next()?, by: row.next()?, at: row.next()? })
    })
}

/// Which of some dossiers have a report.
pub fn with_report(tx: &mut Tx, tenant: &TenantId, dossiers: &[&Dossier]) -> Result<Vec<DossierId>, Error> {
    let ids: Vec<&DossierId> = dossiers.iter().map(|one| &one.id).collect();
    tx.query(&WITH_REPORT, &[tenant.into(), set(&ids)], |row| row.next())
}

/// Adds a paper; the bytes of its file are kept before
/// ([`keep_bytes`](crate::collection::evidence::keep_bytes)).
pub fn attach(tx: &mut Tx, tenant: &TenantId, paper: &PaperHeld) -> Result<(), Error> {
    let file = paper.file.as_ref();
    let row = Cells::of(tenant)
        .with(&paper.id)
        .with(paper.dossier.as_ref())
        .with(paper.batch.as_ref())
        .with(&paper.code)
        .with(&paper.number)
        .with(paper.dated)
        .with(&paper.description)
        .with(file.map(|file| &file.name))
        .with(file.map(|file| file.kind))
        .with(file.map(|file| file.size))
        .with(file.map(|file| &file.hash))
        .with(&paper.by)
        .with(paper.at);
    tx.execute(&INSERT_PAPER, &Vec::from(row)).map(drop)
}

/// The papers of some dossiers and of the lists they are in, oldest first.
pub fn papers(tx: &mut Tx, tenant: &TenantId, dossiers: &[&Dossier]) -> Result<Vec<PaperHeld>, Error> {
    let ids: Vec<&DossierId> = dossiers.iter().map(|one| &one.id).collect();
    let batches: Vec<&BatchId> = dossiers.iter().filter_map(|one| one.batch.as_ref()).collect();
    tx.query(&PAPERS, &[tenant.into(), set(&ids), set(&batches)], paper_from)
}

fn paper_from(row: &mut Row<'_>) -> Result<PaperHeld, Error> {
    Ok(PaperHeld {
        id: row.next()?,
        dossier: row.next()?,
        batch: row.next()?,
        code: row.next()?,
        number: row.next()?,
        dated: row.next()?,
        description: row.next()?,
        file: {
            let (name, kind): (Option<String>, Option<EvidenceKind>) = (row.next()?, row.next()?);
            let (size, hash): (Option<i64>, Option<String>) = (row.next()?, row.next()?);
            match (name, kind, size, hash) {
                (Some(name), Some(kind), Some(size), Some(hash)) => Some(EvidenceFile { name, kind, size, hash }),
                _ => None,
            }
        },
        by: row.next()?,
        at: row.next()?,
    })
}
