//! Filled score sheets that were sent and wait for the person's word; gone within the hour.

use thidua_base::Timestamp;
use thidua_base::code::{ClusterCode, OrgId, TenantId};
use thidua_domain::Scope;

use crate::column::{Cells, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_SCORE_UPLOAD = "
        INSERT INTO cluster_upload (tenant, id, cluster, year, unit, level, sent_by, file, bytes, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    SCORE_UPLOAD = "
        SELECT id, cluster, year, unit, level, sent_by, file, bytes, expires_at
        FROM cluster_upload
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND id = $3 AND sent_by = $4 AND expires_at > $5",
    FORGET_SCORE_UPLOADS = "
        DELETE FROM cluster_upload
        WHERE tenant = $1 AND (sent_by = $2 OR expires_at <= $3)",
);

/// A file that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreUpload {
    /// Its name, which nobody can guess.
    pub id: String,
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// The member.
    pub unit: OrgId,
    /// Whose column is taken: the word of a level.
    pub level: String,
    /// The account that sent it.
    pub sent_by: String,
    /// Name of the file.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Until when it waits.
    pub expires_at: Timestamp,
}

/// Keeps a file until it expires.
pub fn insert(tx: &mut Tx, tenant: &TenantId, upload: &ScoreUpload) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&upload.id)
        .with(&upload.cluster)
        .with(upload.year)
        .with(&upload.unit)
        .with(&upload.level)
        .with(&upload.sent_by)
        .with(&upload.file)
        .with(upload.bytes.as_slice())
        .with(upload.expires_at);
    tx.execute(&INSERT_SCORE_UPLOAD, &Vec::from(row)).map(drop)
}

/// The file of a name that this account sent, unless it has expired.
pub fn upload(
    tx: &mut Tx,
    scope: &Scope,
    id: &str,
    sent_by: &str,
    now: Timestamp,
) -> Result<Option<ScoreUpload>, Error> {
    let mut values = scope_values(scope);
    values.extend([id.into(), sent_by.into(), now.into()]);
    tx.query_first(&SCORE_UPLOAD, &values, |row| {
        Ok(ScoreUpload {
            id: row.next()?,
            cluster: row.next()?,
            year: row.next()?,
            unit: row.next()?,
            level: row.next()?,
            sent_by: row.next()?,
            file: row.next()?,
            bytes: row.next()?,
            expires_at: row.next()?,
        })
    })
}

/// Forgets what an account sent, and whatever has expired; gives how many files that were.
pub fn forget(tx: &mut Tx, tenant: &TenantId, sent_by: &str, now: Timestamp) -> Result<u64, Error> {
    tx.execute(&FORGET_SCORE_UPLOADS, &[tenant.into(), sent_by.into(), now.into()])
}
