//! Files that were sent for a sheet and wait for the person's word.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::collection::import::Upload;

use crate::column::{Cells, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_UPLOAD = "
        INSERT INTO import_upload (tenant, id, form, period, unit, sent_by, file, bytes, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    UPLOAD = "
        SELECT id, form, period, unit, sent_by, file, bytes, expires_at
        FROM import_upload
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND id = $3 AND sent_by = $4 AND expires_at > $5",
    FORGET = "
        DELETE FROM import_upload
        WHERE tenant = $1 AND (sent_by = $2 OR expires_at <= $3)",
);

/// Keeps a file until it expires.
pub fn insert(tx: &mut Tx, tenant: &TenantId, upload: &Upload) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&upload.id)
        .with(&upload.form)
        .with(upload.period)
        .with(&upload.unit)
        .with(&upload.sent_by)
        .with(&upload.file)
        .with(upload.bytes.as_slice())
        .with(upload.expires_at);
    tx.execute(&INSERT_UPLOAD, &Vec::from(row)).map(drop)
}

/// The file of a name that this account sent, unless it has expired.
pub fn upload(tx: &mut Tx, scope: &Scope, id: &str, sent_by: &str, now: Timestamp) -> Result<Option<Upload>, Error> {
    let mut values = scope_values(scope);
    values.extend([id.into(), sent_by.into(), now.into()]);
    tx.query_first(&UPLOAD, &values, |row| {
        Ok(Upload {
            id: row.next()?,
            form: row.next()?,
            period: row.next()?,
            unit: row.next()?,
            sent_by: row.next()?,
            file: row.next()?,
            bytes: row.next()?,
            expires_at: row.next()?,
        })
    })
}

/// Forgets what an account sent, and whatever has expired; gives how many files that were.
pub fn forget(tx: &mut Tx, tenant: &TenantId, sent_by: &str, now: Timestamp) -> Result<u64, Error> {
    tx.execute(&FORGET, &[tenant.into(), sent_by.into(), now.into()])
}
