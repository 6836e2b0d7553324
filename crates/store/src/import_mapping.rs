//! What people confirmed about lists with certain headings.

use thidua_base::code::{FormId, TenantId};
use thidua_domain::Scope;
use thidua_domain::collection::import::mapping::{Mapping, Remembered};

use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    REMEMBER = "
        INSERT INTO import_mapping (tenant, form, signature, mapping, confirmed_by, confirmed_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (tenant, form, signature) DO UPDATE SET
            mapping = excluded.mapping,
            confirmed_by = excluded.confirmed_by,
            confirmed_at = excluded.confirmed_at",
    REMEMBERED = "
        SELECT form, signature, mapping, confirmed_by, confirmed_at
        FROM import_mapping
        WHERE tenant = $1 AND form = $2 AND signature = $3",
);

/// Keeps what was confirmed; what was kept for the same form and headings is replaced.
pub fn remember(tx: &mut Tx, tenant: &TenantId, remembered: &Remembered) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&remembered.form)
        .with(&remembered.signature)
        .with(&remembered.mapping.encode())
        .with(&remembered.confirmed_by)
        .with(remembered.confirmed_at);
    tx.execute(&REMEMBER, &Vec::from(row)).map(drop)
}

/// What was confirmed last for a form and headings; forms are the whole tenant's, and so is what is known of lists.
pub fn remembered(tx: &mut Tx, scope: &Scope, form: &FormId, signature: &str) -> Result<Option<Remembered>, Error> {
    let values = [(&scope.tenant).into(), form.into(), signature.into()];
    tx.query_first(&REMEMBERED, &values, |row| {
        Ok(Remembered {
            form: row.next()?,
            signature: row.next()?,
            mapping: {
                let text: String = row.next()?;
                Mapping::decode(&text).ok_or_else(|| Error::Integrity(format!("'{text}' is no mapping of a list")))?
            },
            confirmed_by: row.next()?,
            confirmed_at: row.next()?,
        })
    })
}
