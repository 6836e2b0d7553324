//! Which data packs a tenant has loaded.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::Scope;

use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

/// A data pack that was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedPack {
    /// The pack's code.
    pub pack: String,
    /// Hash of its files, so that a later version of the pack is told from this one.
    pub hash: String,
    /// When.
    pub loaded_at: Timestamp,
}

sql!(
    INSERT_PACK = "
        INSERT INTO loaded_pack (tenant, pack, hash, loaded_at)
        VALUES ($1, $2, $3, $4)",
    PACKS = "
        SELECT pack, hash, loaded_at
        FROM loaded_pack
        WHERE tenant = $1
        ORDER BY loaded_at, pack",
);

/// Notes that a pack was loaded; a second time is a [`Error::Clash`] of `loaded_pack_pk`.
pub fn insert(tx: &mut Tx, tenant: &TenantId, pack: &LoadedPack) -> Result<(), Error> {
    let row = Cells::of(tenant).with(&pack.pack).with(&pack.hash).with(pack.loaded_at);
    tx.execute(&INSERT_PACK, &Vec::from(row)).map(drop)
}

/// The packs loaded, oldest first.
pub fn loaded(tx: &mut Tx, scope: &Scope) -> Result<Vec<LoadedPack>, Error> {
    tx.query(&PACKS, &[(&scope.tenant).into()], |row| {
        Ok(LoadedPack { pack: row.next()?, hash: row.next()?, loaded_at: row.next()? })
    })
}
