//! Lists of awards that were sent and wait for the person's word, and what was confirmed about such lists.

use thidua_base::Timestamp;
use thidua_base::code::{OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::collection::import::mapping::Mapping;
use thidua_domain::subject::Entered;

use crate::column::{Cells, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_UPLOAD = "
        INSERT INTO award_list_upload (tenant, id, unit, sent_by, file, bytes, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    UPLOAD = "
        SELECT id, unit, sent_by, file, bytes, expires_at
        FROM award_list_upload
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND id = $3 AND sent_by = $4 AND expires_at > $5",
    FORGET = "
        DELETE FROM award_list_upload
        WHERE tenant = $1 AND (sent_by = $2 OR expires_at <= $3)",
    REMEMBER = "
        INSERT INTO award_list_mapping (tenant, signature, mapping, confirmed_by, confirmed_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant, signature) DO UPDATE SET
            mapping = excluded.mapping,
            confirmed_by = excluded.confirmed_by,
            confirmed_at = excluded.confirmed_at",
    REMEMBERED = "
        SELECT mapping
        FROM award_list_mapping
        WHERE tenant = $1 AND signature = $2",
);

/// A list that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListUpload {
    /// The name under which it waits.
    pub id: String,
    /// The unit of rows that name none.
    pub unit: OrgId,
    /// Who sent it.
    pub sent_by: String,
    /// Its name.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

/// Keeps a list until it expires.
pub fn insert(tx: &mut Tx, tenant: &TenantId, upload: &ListUpload) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&upload.id)
        .with(&upload.unit)
        .with(&upload.sent_by)
        .with(&upload.file)
        .with(upload.bytes.as_slice())
        .with(upload.expires_at);
    tx.execute(&INSERT_UPLOAD, &Vec::from(row)).map(drop)
}

/// The list of a name that this account sent for a unit in reach, unless it has expired.
pub fn upload(
    tx: &mut Tx,
    scope: &Scope,
    id: &str,
    sent_by: &str,
    now: Timestamp,
) -> Result<Option<ListUpload>, Error> {
    let mut values = scope_values(scope);
    values.extend([id.into(), sent_by.into(), now.into()]);
    tx.query_first(&UPLOAD, &values, |row| {
        Ok(ListUpload {
            id: row.next()?,
            unit: row.next()?,
            sent_by: row.next()?,
            file: row.next()?,
            bytes: row.next()?,
            expires_at: row.next()?,
        })
    })
}

/// Forgets what an account sent, and whatever has expired.
pub fn forget(tx: &mut Tx, tenant: &TenantId, sent_by: &str, now: Timestamp) -> Result<u64, Error> {
    tx.execute(&FORGET, &[tenant.into(), sent_by.into(), now.into()])
}

/// Keeps what was confirmed about lists with certain headings.
pub fn remember(tx: &mut Tx, tenant: &TenantId, signature: &str, mapping: &Mapping, by: &Entered) -> Result<(), Error> {
    let row = Cells::of(tenant).with(signature).with(&mapping.encode()).with(&by.by).with(by.at);
    tx.execute(&REMEMBER, &Vec::from(row)).map(drop)
}

/// What was confirmed last about lists with certain headings.
pub fn remembered(tx: &mut Tx, tenant: &TenantId, signature: &str) -> Result<Option<Mapping>, Error> {
    tx.query_first(&REMEMBERED, &[tenant.into(), signature.into()], |row| {
        let text: String = row.next()?;
        Mapping::decode(&text).ok_or_else(|| Error::Integrity(format!("'{text}' is no mapping of a list")))
    })
}
