//! Evidence of figures: papers cited by cells, and their files once under their hash; only added to.

use thidua_base::Period;
use thidua_base::code::{EvidenceId, FormId, IndicatorCode, MovementCode, OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::collection::evidence::{Evidence, EvidenceFile, EvidenceKind, MovementFile, Withdrawal};

use crate::column::{Cells, Word, scope_values, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_FILE = "
        INSERT INTO stored_file (tenant, hash, size, bytes)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant, hash) DO NOTHING",
    BYTES_OF = "
        SELECT bytes
        FROM stored_file
        WHERE tenant = $1 AND hash = $2",
    INSERT_EVIDENCE = "
        INSERT INTO evidence (
            tenant, id, form, period, unit, number, dated, description, file, kind, size, hash, added_by, account,
            added_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    INSERT_CELL = "
        INSERT INTO evidence_cell (tenant, evidence, indicator)
        VALUES ($1, $2, $3)",
    INSERT_WITHDRAWAL = "
        INSERT INTO evidence_withdrawal (tenant, evidence, reason, withdrawn_by, withdrawn_at)
        VALUES ($1, $2, $3, $4, $5)",
    OF_SHEETS = "
        SELECT evidence.id, form, period, unit, number, dated, description, file, kind, size, hash, added_by,
            added_at, withdrawn_by, withdrawn_at, reason
        FROM evidence
        LEFT JOIN evidence_withdrawal
            ON evidence_withdrawal.tenant = evidence.tenant AND evidence_withdrawal.evidence = evidence.id
        WHERE evidence.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND form = $3 AND period = $4
        ORDER BY added_at, evidence.id",
    OF_CELL = "
        SELECT evidence.id, form, period, unit, number, dated, description, file, kind, size, hash, added_by,
            added_at, withdrawn_by, withdrawn_at, reason
        FROM evidence_cell
        JOIN evidence ON evidence.tenant = evidence_cell.tenant AND evidence.id = evidence_cell.evidence
        LEFT JOIN evidence_withdrawal
            ON evidence_withdrawal.tenant = evidence.tenant AND evidence_withdrawal.evidence = evidence.id
        WHERE evidence_cell.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND evidence_cell.indicator = $3 AND unit = $4 AND period = $5
        ORDER BY added_at, evidence.id",
    CELLS = "
        SELECT evidence, indicator
        FROM json_each(CAST($2 AS TEXT)) AS asked
        CROSS JOIN evidence_cell
        WHERE evidence_cell.tenant = $1 AND evidence_cell.evidence = asked.value
        ORDER BY evidence, indicator",
    INSERT_MOVEMENT_FILE = "
        INSERT INTO movement_file (
            tenant, id, movement, unit, round, description, file, kind, size, hash, added_by, account, added_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    OF_MOVEMENT = "
        SELECT id, movement, unit, round, description, file, kind, size, hash, added_by, added_at
        FROM movement_file
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND movement = $3
        ORDER BY added_at, id",
    FILE = "
        SELECT bytes
        FROM evidence
        JOIN stored_file ON stored_file.tenant = evidence.tenant AND stored_file.hash = evidence.hash
        WHERE evidence.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND evidence.id = $3",
);

/// Keeps the bytes of a file under their hash, once however often they come.
pub fn keep_bytes(tx: &mut Tx, tenant: &TenantId, hash: &str, bytes: &[u8]) -> Result<(), Error> {
    let size =
        i64::try_from(bytes.len()).map_err(|_| Error::Integrity("a file is too large to be counted".to_owned()))?;
    let row = Cells::of(tenant).with(hash).with(size).with(bytes);
    tx.execute(&INSERT_FILE, &Vec::from(row)).map(drop)
}

/// The bytes kept under a hash; who asks has found the hash where they may read.
pub fn bytes_of(tx: &mut Tx, scope: &Scope, hash: &str) -> Result<Option<Vec<u8>>, Error> {
    let key = Cells::of(&scope.tenant).with(hash);
    tx.query_first(&BYTES_OF, &Vec::from(key), |row| row.next())
}

/// Adds a piece of evidence with the bytes of its file, which are kept once however often they come.
pub fn insert(
    tx: &mut Tx,
    tenant: &TenantId,
    piece: &Evidence,
    account: Option<&str>,
    bytes: &[u8],
) -> Result<(), Error> {
    if let Some(file) = &piece.file {
        keep_bytes(tx, tenant, &file.hash, bytes)?;
    }
    let file = piece.file.as_ref();
    let row = Cells::of(tenant)
        .with(&piece.id)
        .with(&piece.form)
        .with(piece.period)
        .with(&piece.unit)
        .with(&piece.number)
        .with(piece.dated)
        .with(&piece.description)
        .with(file.map(|file| &file.name))
        .with(file.map(|file| file.kind))
        .with(file.map(|file| file.size))
        .with(file.map(|file| &file.hash))
        .with(&piece.added_by)
        .with(account)
        .with(piece.added_at);
    tx.execute(&INSERT_EVIDENCE, &Vec::from(row))?;
    let rows = piece.cells.iter().map(|cell| Cells::of(tenant).with(&piece.id).with(cell));
    tx.insert_many(&INSERT_CELL, rows)
}

/// Takes a piece back; a second time is a [`Error::Clash`] of `evidence_withdrawal_pk`.
pub fn withdraw(tx: &mut Tx, tenant: &TenantId, id: &EvidenceId, withdrawal: &Withdrawal) -> Result<(), Error> {
    let row = Cells::of(tenant).with(id).with(&withdrawal.reason).with(&withdrawal.by).with(withdrawal.at);
    tx.execute(&INSERT_WITHDRAWAL, &Vec::from(row)).map(drop)
}

/// The evidence in the sheets of a cycle, of units in reach, oldest first; withdrawn pieces too.
pub fn of_sheets(tx: &mut Tx, scope: &Scope, form: &FormId, period: Period) -> Result<Vec<Evidence>, Error> {
    let mut values = scope_values(scope);
    values.extend([form.into(), period.into()]);
    let pieces = tx.query(&OF_SHEETS, &values, evidence_from)?;
    with_cells(tx, &scope.tenant, pieces)
}

/// The evidence that a cell cites by whatever form, oldest first; withdrawn pieces too.
pub fn of_cell(
    tx: &mut Tx,
    scope: &Scope,
    indicator: &IndicatorCode,
    unit: &OrgId,
    period: Period,
) -> Result<Vec<Evidence>, Error> {
    let mut values = scope_values(scope);
    values.extend([indicator.into(), unit.into(), period.into()]);
    let pieces = tx.query(&OF_CELL, &values, evidence_from)?;
    with_cells(tx, &scope.tenant, pieces)
}

/// Adds a file to a unit's registration for a movement, with its bytes.
pub fn insert_movement_file(
    tx: &mut Tx,
    tenant: &TenantId,
    piece: &MovementFile,
    account: Option<&str>,
    bytes: &[u8],
) -> Result<(), Error> {
    keep_bytes(tx, tenant, &piece.file.hash, bytes)?;
    let row = Cells::of(tenant)
        .with(&piece.id)
        .with(&piece.movement)
        .with(&piece.unit)
        .with(piece.round)
        .with(&piece.description)
        .with(&piece.file.name)
        .with(piece.file.kind)
        .with(piece.file.size)
        .with(&piece.file.hash)
        .with(&piece.added_by)
        .with(account)
        .with(piece.added_at);
    tx.execute(&INSERT_MOVEMENT_FILE, &Vec::from(row)).map(drop)
}

/// The files of units in reach in a movement, oldest first.
pub fn of_movement(tx: &mut Tx, scope: &Scope, movement: &MovementCode) -> Result<Vec<MovementFile>, Error> {
    let mut values = scope_values(scope);
    values.push(movement.into());
    tx.query(&OF_MOVEMENT, &values, |row| {
        Ok(MovementFile {
            id: row.next()?,
            movement: row.next()?,
            unit: row.next()?,
            round: row.next()?,
            description: row.next()?,
            file: EvidenceFile { name: row.next()?, kind: row.next()?, size: row.next()?, hash: row.next()? },
            added_by: row.next()?,
            added_at: row.next()?,
        })
    })
}

/// The bytes of the file of a piece.
pub fn file(tx: &mut Tx, scope: &Scope, id: &EvidenceId) -> Result<Option<Vec<u8>>, Error> {
    let mut values = scope_values(scope);
    values.push(id.into());
    tx.query_first(&FILE, &values, |row| row.next())
}

fn with_cells(tx: &mut Tx, tenant: &TenantId, mut pieces: Vec<Evidence>) -> Result<Vec<Evidence>, Error> {
    let ids: Vec<&EvidenceId> = pieces.iter().map(|piece| &piece.id).collect();
    let values = [tenant.into(), set(&ids)];
    let cells: Vec<(EvidenceId, IndicatorCode)> = tx.query(&CELLS, &values, |row| Ok((row.next()?, row.next()?)))?;
    for piece in &mut pieces {
        piece.cells = cells.iter().filter(|(id, _)| *id == piece.id).map(|(_, cell)| cell.clone()).collect();
    }
    Ok(pieces)
}

fn evidence_from(row: &mut Row) -> Result<Evidence, Error> {
    Ok(Evidence {
        id: row.next()?,
        form: row.next()?,
        period: row.next()?,
        unit: row.next()?,
        cells: Vec::new(),
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
        added_by: row.next()?,
        added_at: row.next()?,
        withdrawn: {
            let (by, at, reason) = (row.next()?, row.next()?, row.next()?);
            match (by, at, reason) {
                (Some(by), Some(at), Some(reason)) => Some(Withdrawal { by, at, reason }),
                _ => None,
            }
        },
    })
}

impl Word for EvidenceKind {
    const ALL: &'static [Self] = &EvidenceKind::ALL;

    fn word(self) -> &'static str {
        EvidenceKind::word(self)
    }
}
