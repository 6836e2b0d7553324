//! Keys by which other programs act for an account; the key stays with its holder, the row keeps its hash.

use std::fmt;

use sha2::{Digest, Sha256};
use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::api_token::{ApiToken, TokenId};
use thidua_domain::actor::{AccountId, TokenScope};

use crate::column::Cells;
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

/// What a key is found by: the SHA-256 of its text. No salt: a key is 256 random bits, which nobody guesses.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a key.
    pub fn of(token: &str) -> Self {
        // Another prefix than those of sessions and feeds: the token of one never opens the other.
        Self(Sha256::new().chain_update(b"api:").chain_update(token.as_bytes()).finalize().into())
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

sql!(
    INSERT_TOKEN = "
        INSERT INTO api_token (tenant, id, account, name, token_hash, scopes, unit, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    TOKEN_OF_HASH = "
        SELECT api_token.id, api_token.account, api_token.name, api_token.scopes, api_token.unit,
            api_token.created_at, api_token.expires_at, api_token_use.used_at, api_token_revocation.revoked_at
        FROM api_token
        LEFT JOIN api_token_use ON api_token_use.tenant = api_token.tenant AND api_token_use.token = api_token.id
        LEFT JOIN api_token_revocation
            ON api_token_revocation.tenant = api_token.tenant AND api_token_revocation.token = api_token.id
        WHERE api_token.tenant = $1 AND api_token.token_hash = $2",
    TOKENS_OF = "
        SELECT api_token.id, api_token.account, api_token.name, api_token.scopes, api_token.unit,
            api_token.created_at, api_token.expires_at, api_token_use.used_at, api_token_revocation.revoked_at
        FROM api_token
        LEFT JOIN api_token_use ON api_token_use.tenant = api_token.tenant AND api_token_use.token = api_token.id
        LEFT JOIN api_token_revocation
            ON api_token_revocation.tenant = api_token.tenant AND api_token_revocation.token = api_token.id
        WHERE api_token.tenant = $1 AND api_token.account = $2
        ORDER BY api_token.created_at DESC, api_token.id",
    TOKEN_USED = "
        INSERT INTO api_token_use (tenant, token, used_at)
        VALUES ($1, $2, $3)
        ON CONFLICT (tenant, token) DO UPDATE SET used_at = excluded.used_at",
    REVOKE_TOKEN = "
        INSERT INTO api_token_revocation (tenant, token, revoked_by, revoked_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant, token) DO NOTHING",
);

/// Keeps a new key by its hash.
pub fn insert(tx: &mut Tx, tenant: &TenantId, token: &ApiToken, hash: &TokenHash) -> Result<(), Error> {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.word()).collect();
    let row = Cells::of(tenant)
        .with(&token.id)
        .with(&token.account)
        .with(&token.name)
        .with(hash.0.as_slice())
        .with(scopes.join(" ").as_str())
        .with(token.unit.as_ref())
        .with(token.created_at)
        .with(token.expires_at);
    tx.execute(&INSERT_TOKEN, &Vec::from(row)).map(drop)
}

/// The key of a hash, good or not.
pub fn of_hash(tx: &mut Tx, tenant: &TenantId, hash: &TokenHash) -> Result<Option<ApiToken>, Error> {
    tx.query_first(&TOKEN_OF_HASH, &Vec::from(Cells::of(tenant).with(hash.0.as_slice())), token_from)
}

/// The keys of an account, good or not, the newest first.
pub fn tokens_of(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<Vec<ApiToken>, Error> {
    tx.query(&TOKENS_OF, &Vec::from(Cells::of(tenant).with(account)), token_from)
}

/// Notes that a key was used.
pub fn used(tx: &mut Tx, tenant: &TenantId, token: &TokenId, at: Timestamp) -> Result<(), Error> {
    tx.execute(&TOKEN_USED, &Vec::from(Cells::of(tenant).with(token).with(at))).map(drop)
}

/// Revokes a key; gives whether it was not revoked before.
pub fn revoke(tx: &mut Tx, tenant: &TenantId, token: &TokenId, by: &str, at: Timestamp) -> Result<bool, Error> {
    let row = Cells::of(tenant).with(token).with(by).with(at);
    Ok(tx.execute(&REVOKE_TOKEN, &Vec::from(row))? > 0)
}

fn token_from(row: &mut Row<'_>) -> Result<ApiToken, Error> {
    let (id, account, name) = (row.next()?, row.next()?, row.next()?);
    let words: String = row.next()?;
    let scopes = words
        .split(' ')
        .map(|word| TokenScope::parse(word).ok_or_else(|| Error::Integrity(format!("'{word}' is no scope of a key"))))
        .collect::<Result<Vec<TokenScope>, Error>>()?;
    Ok(ApiToken {
        id,
        account,
        name,
        scopes,
        unit: row.next()?,
        created_at: row.next()?,
        expires_at: row.next()?,
        used_at: row.next()?,
        revoked_at: row.next()?,
    })
}
