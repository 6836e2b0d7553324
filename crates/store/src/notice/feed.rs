//! Private calendar feeds; the address stays with its owner, the row keeps a hash of its token.

use std::fmt;

use sha2::{Digest, Sha256};
use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::actor::AccountId;

use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

/// The key of a feed: the SHA-256 of its token. No salt: a token is 256 random bits, which nobody guesses.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedKey([u8; 32]);

impl FeedKey {
    /// The key of a token.
    pub fn of(token: &str) -> Self {
        // Another prefix than that of sessions: the token of one is never the key of the other.
        Self(Sha256::new().chain_update(b"feed:").chain_update(token.as_bytes()).finalize().into())
    }
}

impl fmt::Debug for FeedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedKey(…)")
    }
}

sql!(
    SET_FEED = "
        INSERT INTO due_feed (tenant, account, token_hash, created_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant, account) DO UPDATE
        SET token_hash = excluded.token_hash, created_at = excluded.created_at",
    REMOVE_FEED = "
        DELETE FROM due_feed
        WHERE tenant = $1 AND account = $2",
    FEED_SINCE = "
        SELECT created_at
        FROM due_feed
        WHERE tenant = $1 AND account = $2",
    FEED_OWNER = "
        SELECT account
        FROM due_feed
        WHERE tenant = $1 AND token_hash = $2",
);

/// Gives an account a feed, in place of the one it had.
pub fn set(tx: &mut Tx, tenant: &TenantId, account: &AccountId, key: &FeedKey, at: Timestamp) -> Result<(), Error> {
    let row = Cells::of(tenant).with(account).with(key.0.as_slice()).with(at);
    tx.execute(&SET_FEED, &Vec::from(row)).map(drop)
}

/// Ends the feed of an account; gives how many there were, 0 or 1.
pub fn remove(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<u64, Error> {
    tx.execute(&REMOVE_FEED, &Vec::from(Cells::of(tenant).with(account)))
}

/// Since when an account has its feed.
pub fn since(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<Option<Timestamp>, Error> {
    tx.query_first(&FEED_SINCE, &Vec::from(Cells::of(tenant).with(account)), |row| row.next())
}

/// Whose feed a key opens.
pub fn owner(tx: &mut Tx, tenant: &TenantId, key: &FeedKey) -> Result<Option<AccountId>, Error> {
    tx.query_first(&FEED_OWNER, &Vec::from(Cells::of(tenant).with(key.0.as_slice())), |row| row.next())
}
