//! Who is the same as whom, and what of that was taken back; only added to.

use thidua_base::code::TenantId;
use thidua_domain::subject::{Entered, Merge, MergeId, SubjectId};

use super::{entered_cells, entered_from};
use crate::column::{Cells, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_MERGE = "
        INSERT INTO subject_merge (tenant, id, kept, merged, merged_by, merged_at, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    INSERT_UNDO = "
        INSERT INTO subject_merge_undo (tenant, merge_id, undone_by, undone_at, reason)
        VALUES ($1, $2, $3, $4, $5)",
    MERGES = "
        SELECT m.id, m.kept, m.merged, m.merged_by, m.merged_at, m.reason, u.undone_by, u.undone_at, u.reason
        FROM subject_merge AS m
        LEFT JOIN subject_merge_undo AS u ON u.tenant = m.tenant AND u.merge_id = m.id
        WHERE m.tenant = $1
        ORDER BY m.merged_at, m.id",
    MERGES_AROUND = "
        WITH RECURSIVE near (subject) AS (
            SELECT value FROM json_each(CAST($2 AS TEXT))
            UNION
            SELECT CASE WHEN e.kept = n.subject THEN e.merged ELSE e.kept END
            FROM near AS n
            JOIN subject_merge AS e ON e.tenant = $1 AND (e.kept = n.subject OR e.merged = n.subject)
        )
        SELECT m.id, m.kept, m.merged, m.merged_by, m.merged_at, m.reason, u.undone_by, u.undone_at, u.reason
        FROM subject_merge AS m
        LEFT JOIN subject_merge_undo AS u ON u.tenant = m.tenant AND u.merge_id = m.id
        WHERE m.tenant = $1 AND m.kept IN (SELECT subject FROM near)
        ORDER BY m.merged_at, m.id",
    MERGE = "
        SELECT m.id, m.kept, m.merged, m.merged_by, m.merged_at, m.reason, u.undone_by, u.undone_at, u.reason
        FROM subject_merge AS m
        LEFT JOIN subject_merge_undo AS u ON u.tenant = m.tenant AND u.merge_id = m.id
        WHERE m.tenant = $1 AND m.id = $2",
);

/// Adds a merge.
pub fn insert(tx: &mut Tx, tenant: &TenantId, merge: &Merge) -> Result<(), Error> {
    let cells = Cells::of(tenant).with(&merge.id).with(&merge.kept).with(&merge.merged);
    tx.execute(&INSERT_MERGE, &Vec::from(entered_cells(cells, &merge.entered))).map(drop)
}

/// Takes a merge back; a second time is a [`Error::Clash`] of `subject_merge_undo_pk`.
pub fn undo(tx: &mut Tx, tenant: &TenantId, merge: &MergeId, entered: &Entered) -> Result<(), Error> {
    let cells = Cells::of(tenant).with(merge);
    tx.execute(&INSERT_UNDO, &Vec::from(entered_cells(cells, entered))).map(drop)
}

/// Every merge of the tenant, oldest first: who stands for whom is one for all units.
pub fn merges(tx: &mut Tx, tenant: &TenantId) -> Result<Vec<Merge>, Error> {
    tx.query(&MERGES, &[tenant.into()], merge_from)
}

/// Every merge that links some subjects to others, at whatever remove, oldest first; those taken back with them.
pub fn merges_around(tx: &mut Tx, tenant: &TenantId, subjects: &[SubjectId]) -> Result<Vec<Merge>, Error> {
    tx.query(&MERGES_AROUND, &[tenant.into(), set(subjects)], merge_from)
}

/// A merge; the caller looks whether its subjects are within reach.
pub fn merge(tx: &mut Tx, tenant: &TenantId, id: &MergeId) -> Result<Option<Merge>, Error> {
    tx.query_first(&MERGE, &[tenant.into(), id.into()], merge_from)
}

fn merge_from(row: &mut Row<'_>) -> Result<Merge, Error> {
    let (id, kept, merged) = (row.next()?, row.next()?, row.next()?);
    let entered = entered_from(row)?;
    let (by, at, reason) = (row.next()?, row.next()?, row.next()?);
    let undone = match (by, at, reason) {
        (Some(by), Some(at), Some(reason)) => Some(Entered { by, at, reason }),
        _ => None,
    };
    Ok(Merge { id, kept, merged, entered, undone })
}
