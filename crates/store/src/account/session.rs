//! Sessions; the token stays in the browser, the row keeps its hash.

use std::fmt;

use sha2::{Digest, Sha256};
use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::{Session, WayIn};
use thidua_domain::actor::AccountId;

use crate::column::{Cells, Word};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

/// The key of a session: the SHA-256 of its token, so that reading the table gives nobody a session.
///
/// No salt and no slow hash: a token is 256 random bits, which nobody guesses.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey([u8; 32]);

impl SessionKey {
    /// The key of a token.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// The bytes in the column.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

sql!(
    INSERT_SESSION = "
        INSERT INTO session (tenant, id, account, created_at, seen_at, expires_at, user_agent, way_in)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    SESSION = "
        SELECT account, created_at, seen_at, expires_at, user_agent, way_in
        FROM session
        WHERE tenant = $1 AND id = $2",
    SESSIONS_OF = "
        SELECT id, created_at, seen_at, expires_at, user_agent, way_in
        FROM session
        WHERE tenant = $1 AND account = $2 AND expires_at > $3
        ORDER BY seen_at DESC, created_at DESC, id",
    SEEN = "
        UPDATE session
        SET seen_at = $3, expires_at = $4
        WHERE tenant = $1 AND id = $2",
    DELETE_SESSION = "
        DELETE FROM session
        WHERE tenant = $1 AND id = $2",
    DELETE_SESSIONS_OF = "
        DELETE FROM session
        WHERE tenant = $1 AND account = $2",
    DELETE_OTHERS_OF = "
        DELETE FROM session
        WHERE tenant = $1 AND account = $2 AND id <> $3",
    DELETE_EXPIRED = "
        DELETE FROM session
        WHERE tenant = $1 AND expires_at <= $2",
);

/// Begins a session.
pub fn insert(
    tx: &mut Tx,
    tenant: &TenantId,
    key: &SessionKey,
    account: &AccountId,
    session: &Session,
) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(key.0.as_slice())
        .with(account)
        .with(session.created_at)
        .with(session.seen_at)
        .with(session.expires_at)
        .with(&session.user_agent)
        .with(session.way_in);
    tx.execute(&INSERT_SESSION, &Vec::from(row)).map(drop)
}

/// The session of a key with its account, expired or not.
pub fn get(tx: &mut Tx, tenant: &TenantId, key: &SessionKey) -> Result<Option<(AccountId, Session)>, Error> {
    tx.query_first(&SESSION, &Vec::from(Cells::of(tenant).with(key.0.as_slice())), |row| {
        let account = row.next()?;
        Ok((account, session_from(row)?))
    })
}

/// The sessions of an account that are not over at `now`, the one used last first.
pub fn sessions_of(
    tx: &mut Tx,
    tenant: &TenantId,
    account: &AccountId,
    now: Timestamp,
) -> Result<Vec<(SessionKey, Session)>, Error> {
    let key = Cells::of(tenant).with(account).with(now);
    tx.query(&SESSIONS_OF, &Vec::from(key), |row| {
        let id: Vec<u8> = row.next()?;
        let key = <[u8; 32]>::try_from(id).map_err(|_| Error::Integrity("a session's key has 32 bytes".to_owned()))?;
        Ok((SessionKey(key), session_from(row)?))
    })
}

/// Notes that a session is in use, and until when it now lasts.
pub fn seen(
    tx: &mut Tx,
    tenant: &TenantId,
    key: &SessionKey,
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let row = Cells::of(tenant).with(key.0.as_slice()).with(at).with(expires_at);
    tx.execute(&SEEN, &Vec::from(row)).map(drop)
}

/// Ends a session; gives how many there were, none or one.
pub fn delete(tx: &mut Tx, tenant: &TenantId, key: &SessionKey) -> Result<u64, Error> {
    tx.execute(&DELETE_SESSION, &Vec::from(Cells::of(tenant).with(key.0.as_slice())))
}

/// Ends every session of an account; gives how many there were.
pub fn delete_all_of(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<u64, Error> {
    tx.execute(&DELETE_SESSIONS_OF, &Vec::from(Cells::of(tenant).with(account)))
}

/// Ends every session of an account but one; gives how many there were.
pub fn delete_others_of(tx: &mut Tx, tenant: &TenantId, account: &AccountId, but: &SessionKey) -> Result<u64, Error> {
    tx.execute(&DELETE_OTHERS_OF, &Vec::from(Cells::of(tenant).with(account).with(but.0.as_slice())))
}

/// Removes what is over; called where a session begins, so that the table does not grow.
pub fn delete_expired(tx: &mut Tx, tenant: &TenantId, now: Timestamp) -> Result<(), Error> {
    tx.execute(&DELETE_EXPIRED, &Vec::from(Cells::of(tenant).with(now))).map(drop)
}

fn session_from(row: &mut Row<'_>) -> Result<Session, Error> {
    Ok(Session {
        created_at: row.next()?,
        seen_at: row.next()?,
        expires_at: row.next()?,
        user_agent: row.next()?,
        way_in: row.next()?,
    })
}

impl Word for WayIn {
    const ALL: &'static [Self] = &[Self::Password, Self::Provider];

    fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Provider => "provider",
        }
    }
}
