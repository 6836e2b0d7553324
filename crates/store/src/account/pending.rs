//! Sign-ins that are half done; as with sessions, the token stays in the browser and the row keeps its hash.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::WayIn;
use thidua_domain::actor::AccountId;

use super::session::SessionKey;
use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

/// A sign-in that is half done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignIn {
    /// Whose code is awaited; `None` where a provider's answer is.
    pub account: Option<AccountId>,
    /// How it began.
    pub way_in: WayIn,
    /// Where to go when it is done.
    pub back: String,
    /// When it is over.
    pub expires_at: Timestamp,
}

sql!(
    INSERT_PENDING = "
        INSERT INTO pending_sign_in (tenant, id, account, way_in, back, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)",
    PENDING = "
        SELECT account, way_in, back, expires_at
        FROM pending_sign_in
        WHERE tenant = $1 AND id = $2 AND expires_at > $3",
    DELETE_PENDING = "
        DELETE FROM pending_sign_in
        WHERE tenant = $1 AND id = $2",
    DELETE_PENDING_OF = "
        DELETE FROM pending_sign_in
        WHERE tenant = $1 AND account = $2",
    DELETE_OVER = "
        DELETE FROM pending_sign_in
        WHERE tenant = $1 AND expires_at <= $2",
);

/// Keeps a half-done sign-in, and clears away those that are over at `now`.
pub fn insert(
    tx: &mut Tx,
    tenant: &TenantId,
    key: &SessionKey,
    pending: &PendingSignIn,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(&DELETE_OVER, &Vec::from(Cells::of(tenant).with(now)))?;
    let row = Cells::of(tenant)
        .with(key.bytes())
        .with(pending.account.as_ref())
        .with(pending.way_in)
        .with(&pending.back)
        .with(pending.expires_at);
    tx.execute(&INSERT_PENDING, &Vec::from(row)).map(drop)
}

/// The half-done sign-in of a key, unless it is over at `now`.
pub fn get(tx: &mut Tx, tenant: &TenantId, key: &SessionKey, now: Timestamp) -> Result<Option<PendingSignIn>, Error> {
    tx.query_first(&PENDING, &Vec::from(Cells::of(tenant).with(key.bytes()).with(now)), |row| {
        Ok(PendingSignIn { account: row.next()?, way_in: row.next()?, back: row.next()?, expires_at: row.next()? })
    })
}

/// Ends a half-done sign-in; gives how many there were: of two who come at once, one finds none.
pub fn delete(tx: &mut Tx, tenant: &TenantId, key: &SessionKey) -> Result<u64, Error> {
    tx.execute(&DELETE_PENDING, &Vec::from(Cells::of(tenant).with(key.bytes())))
}

/// Ends every half-done sign-in of an account.
pub fn delete_all_of(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<(), Error> {
    tx.execute(&DELETE_PENDING_OF, &Vec::from(Cells::of(tenant).with(account))).map(drop)
}
