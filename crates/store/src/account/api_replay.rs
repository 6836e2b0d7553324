//! What was answered to requests that must not be done twice.

use sha2::{Digest, Sha256};
use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::api_token::TokenId;

use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

/// What tells one request from another that came under the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestHash([u8; 32]);

impl RequestHash {
    /// The hash of a request: where it went, and what it said.
    pub fn of(target: &str, body: &[u8]) -> Self {
        let length = u64::try_from(target.len()).expect("no address is longer than u64").to_be_bytes();
        let target = Sha256::new().chain_update(length).chain_update(target.as_bytes());
        Self(target.chain_update(body).finalize().into())
    }
}

/// A request under way or answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it was.
    pub hash: Vec<u8>,
    /// When it came first.
    pub begun_at: Timestamp,
    /// The status of its answer; `None` while it is under way.
    pub status: Option<i64>,
    /// The media type of its answer.
    pub media_type: String,
    /// Its answer.
    pub body: Vec<u8>,
}

impl Kept {
    /// Whether it is this request.
    pub fn is_of(&self, hash: &RequestHash) -> bool {
        self.hash == hash.0
    }
}

sql!(
    BEGIN_REPLAY = "
        INSERT INTO api_replay (tenant, token, request_key, request_hash, begun_at, status, media_type, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (tenant, token, request_key) DO NOTHING",
    REPLAY = "
        SELECT request_hash, begun_at, status, media_type, body
        FROM api_replay
        WHERE tenant = $1 AND token = $2 AND request_key = $3",
    ANSWER_REPLAY = "
        UPDATE api_replay
        SET status = $4, media_type = $5, body = $6
        WHERE tenant = $1 AND token = $2 AND request_key = $3",
    FORGET_REPLAY = "
        DELETE FROM api_replay
        WHERE tenant = $1 AND token = $2 AND request_key = $3",
    FORGET_OLD_REPLAYS = "
        DELETE FROM api_replay
        WHERE tenant = $1 AND token = $2 AND begun_at < $3",
);

/// Takes a name for a request; gives whether it was free.
pub fn begin(
    tx: &mut Tx,
    tenant: &TenantId,
    token: &TokenId,
    key: &str,
    hash: &RequestHash,
    at: Timestamp,
) -> Result<bool, Error> {
    let row = Cells::of(tenant)
        .with(token)
        .with(key)
        .with(hash.0.as_slice())
        .with(at)
        .with(None::<i64>)
        .with("")
        .with([].as_slice());
    Ok(tx.execute(&BEGIN_REPLAY, &Vec::from(row))? > 0)
}

/// What came under a name.
pub fn get(tx: &mut Tx, tenant: &TenantId, token: &TokenId, key: &str) -> Result<Option<Kept>, Error> {
    tx.query_first(&REPLAY, &Vec::from(Cells::of(tenant).with(token).with(key)), |row| {
        Ok(Kept {
            hash: row.next()?,
            begun_at: row.next()?,
            status: row.next()?,
            media_type: row.next()?,
            body: row.next()?,
        })
    })
}

/// Keeps the answer of a request under way.
pub fn answer(
    tx: &mut Tx,
    tenant: &TenantId,
    token: &TokenId,
    key: &str,
    (status, media_type, body): (i64, &str, &[u8]),
) -> Result<(), Error> {
    let row = Cells::of(tenant).with(token).with(key).with(status).with(media_type).with(body);
    tx.execute(&ANSWER_REPLAY, &Vec::from(row)).map(drop)
}

/// Frees the name of a request that failed.
pub fn forget(tx: &mut Tx, tenant: &TenantId, token: &TokenId, key: &str) -> Result<(), Error> {
    tx.execute(&FORGET_REPLAY, &Vec::from(Cells::of(tenant).with(token).with(key))).map(drop)
}

/// Frees the names of a key's requests that began before an instant.
pub fn forget_before(tx: &mut Tx, tenant: &TenantId, token: &TokenId, at: Timestamp) -> Result<(), Error> {
    tx.execute(&FORGET_OLD_REPLAYS, &Vec::from(Cells::of(tenant).with(token).with(at))).map(drop)
}
