//! Papers and pictures of exemplars; their bytes stand once under their hash beside all evidence. Only added to.

use thidua_base::code::{EvidenceId, ExemplarId, TenantId};
use thidua_domain::Scope;
use thidua_domain::collection::evidence::{EvidenceFile, EvidenceKind};
use thidua_domain::exemplar::{Paper, Picture, Withdrawn};

use super::course::of;
use crate::collection::evidence::keep_bytes;
use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_PAPER = "
        INSERT INTO exemplar_paper (
            tenant, id, exemplar, number, dated, description, award, file, kind, size, hash, width, height, added_by,
            account, added_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    INSERT_WITHDRAWAL = "
        INSERT INTO exemplar_paper_withdrawal (tenant, paper, reason, withdrawn_by, withdrawn_at)
        VALUES ($1, $2, $3, $4, $5)",
    PAPERS = "
        SELECT exemplar_paper.id, exemplar, number, dated, description, award, file, kind, exemplar_paper.size, hash,
            width, height, added_by, added_at, withdrawn_by, withdrawn_at, reason
        FROM exemplar_paper
        JOIN exemplar ON exemplar.tenant = exemplar_paper.tenant AND exemplar.id = exemplar_paper.exemplar
        LEFT JOIN exemplar_paper_withdrawal
            ON exemplar_paper_withdrawal.tenant = exemplar_paper.tenant
                AND exemplar_paper_withdrawal.paper = exemplar_paper.id
        WHERE exemplar_paper.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR exemplar = CAST($3 AS TEXT))
        ORDER BY exemplar, added_at, exemplar_paper.id",
);

/// Adds a paper with the bytes of its file, which are kept once however often they come.
pub fn insert(tx: &mut Tx, tenant: &TenantId, paper: &Paper, account: Option<&str>, bytes: &[u8]) -> Result<(), Error> {
    let file = paper.file.as_ref();
    if let Some(file) = file {
        keep_bytes(tx, tenant, &file.hash, bytes)?;
    }
    let row = Cells::of(tenant)
        .with(&paper.id)
        .with(&paper.exemplar)
        .with(&paper.number)
        .with(paper.dated)
        .with(&paper.description)
        .with(paper.award.as_ref())
        .with(file.map(|file| &file.name))
        .with(file.map(|file| file.kind))
        .with(file.map(|file| file.size))
        .with(file.map(|file| &file.hash))
        .with(paper.picture.map(|picture| picture.width))
        .with(paper.picture.map(|picture| picture.height))
        .with(&paper.added_by)
        .with(account)
        .with(paper.added_at);
    tx.execute(&INSERT_PAPER, &Vec::from(row)).map(drop)
}

/// Takes a paper back; a second time is a [`Error::Clash`] of `exemplar_paper_withdrawal_pk`.
pub fn withdraw(tx: &mut Tx, tenant: &TenantId, id: &EvidenceId, withdrawn: &Withdrawn) -> Result<(), Error> {
    let row = Cells::of(tenant).with(id).with(&withdrawn.reason).with(&withdrawn.by).with(withdrawn.at);
    tx.execute(&INSERT_WITHDRAWAL, &Vec::from(row)).map(drop)
}

/// The papers of exemplars in reach, of one or of all, oldest first; withdrawn ones too.
pub fn papers(tx: &mut Tx, scope: &Scope, exemplar: Option<&ExemplarId>) -> Result<Vec<Paper>, Error> {
    tx.query(&PAPERS, &of(scope, exemplar), |row| {
        Ok(Paper {
            id: row.next()?,
            exemplar: row.next()?,
            number: row.next()?,
            dated: row.next()?,
            description: row.next()?,
            award: row.next()?,
            file: {
                let (name, kind): (Option<String>, Option<EvidenceKind>) = (row.next()?, row.next()?);
                let (size, hash): (Option<i64>, Option<String>) = (row.next()?, row.next()?);
                match (name, kind, size, hash) {
                    (Some(name), Some(kind), Some(size), Some(hash)) => Some(EvidenceFile { name, kind, size, hash }),
                    _ => None,
                }
            },
            picture: match (row.next()?, row.next()?) {
                (Some(width), Some(height)) => Some(Picture { width, height }),
                _ => None,
            },
            added_by: row.next()?,
            added_at: row.next()?,
            withdrawn: match (row.next()?, row.next()?, row.next()?) {
                (Some(by), Some(at), Some(reason)) => Some(Withdrawn { by, at, reason }),
                _ => None,
            },
        })
    })
}
