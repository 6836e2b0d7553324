//! Accounts, the roles they hold, their sessions, second factors and links; hashes go in and never come out.

pub mod api_replay;
pub mod api_token;
pub mod link;
mod password_hash;
pub mod pending;
pub mod role;
pub mod second_factor;
pub mod session;

pub use password_hash::{Fit, PasswordHash, Salt};

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::{Account, AccountState, PasswordOrigin};
use thidua_domain::actor::AccountId;

use crate::column::{Cells, Word};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

/// An account with what sign-in needs to know of it.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// Wrong passwords since the last right one.
    pub failures: u32,
    /// Until when no password is let in.
    pub locked_until: Option<Timestamp>,
    /// The password, as it is kept.
    pub hash: PasswordHash,
    /// Whose choice the password was.
    pub password_origin: PasswordOrigin,
}

sql!(
    INSERT_ACCOUNT = "
        INSERT INTO account (
            tenant, id, name, folded, display_name, password_hash, state, failures, password_changed_at, created_at,
            password_origin
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    ACCOUNTS = "
        SELECT id, name, display_name, state, password_changed_at, created_at
        FROM account
        WHERE tenant = $1
        ORDER BY folded, id",
    FIRST_ACCOUNT = "
        SELECT id
        FROM account
        WHERE tenant = $1
        ORDER BY id
        LIMIT 1",
    CREDENTIALS_BY_NAME = "
        SELECT id, name, display_name, state, password_changed_at, created_at, failures, locked_until, password_hash,
            password_origin
        FROM account
        WHERE tenant = $1 AND folded = $2
        ORDER BY id",
    CREDENTIALS_BY_ID = "
        SELECT id, name, display_name, state, password_changed_at, created_at, failures, locked_until, password_hash,
            password_origin
        FROM account
        WHERE tenant = $1 AND id = $2",
    SET_PASSWORD = "
        UPDATE account
        SET password_hash = $3, password_origin = $4, password_changed_at = $5, failures = 0, locked_until = NULL
        WHERE tenant = $1 AND id = $2",
    SET_FAILURES = "
        UPDATE account
        SET failures = $3, locked_until = $4
        WHERE tenant = $1 AND id = $2",
    HOLD = "
        UPDATE account
        SET failures = failures
        WHERE tenant = $1 AND id = $2",
    SET_STATE = "
        UPDATE account
        SET state = $3
        WHERE tenant = $1 AND id = $2",
);

/// Opens an account; a name that is taken, marks and case aside, is a [`Error::Clash`] of `account_name_uq`.
pub fn insert(
    tx: &mut Tx,
    tenant: &TenantId,
    account: &Account,
    hash: &PasswordHash,
    origin: PasswordOrigin,
) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&account.id)
        .with(&account.name)
        .with(thidua_domain::account::folded(&account.name).as_str())
        .with(&account.display_name)
        .with(hash.kept())
        .with(account.state)
        .with(0_i64)
        .with(account.password_changed_at)
        .with(account.created_at)
        .with(origin);
    tx.execute(&INSERT_ACCOUNT, &Vec::from(row)).map(drop)
}

/// Every account of a tenant, by name.
pub fn accounts(tx: &mut Tx, tenant: &TenantId) -> Result<Vec<Account>, Error> {
    tx.query(&ACCOUNTS, &Vec::from(Cells::of(tenant)), account_from)
}

/// Whether a tenant has any account.
pub fn has_any(tx: &mut Tx, tenant: &TenantId) -> Result<bool, Error> {
    let first: Option<AccountId> = tx.query_first(&FIRST_ACCOUNT, &Vec::from(Cells::of(tenant)), |row| row.next())?;
    Ok(first.is_some())
}

/// The account of a name, marks and case aside.
pub fn by_name(tx: &mut Tx, tenant: &TenantId, name: &str) -> Result<Option<Credentials>, Error> {
    let key = Cells::of(tenant).with(thidua_domain::account::folded(name).as_str());
    tx.query_first(&CREDENTIALS_BY_NAME, &Vec::from(key), credentials_from)
}

/// The account of an id.
pub fn by_id(tx: &mut Tx, tenant: &TenantId, id: &AccountId) -> Result<Option<Credentials>, Error> {
    tx.query_first(&CREDENTIALS_BY_ID, &Vec::from(Cells::of(tenant).with(id)), credentials_from)
}

/// Sets the password, and with it lifts a lock.
pub fn set_password(
    tx: &mut Tx,
    tenant: &TenantId,
    id: &AccountId,
    hash: &PasswordHash,
    origin: PasswordOrigin,
    at: Timestamp,
) -> Result<(), Error> {
    let row = Cells::of(tenant).with(id).with(hash.kept()).with(origin).with(at);
    tx.execute(&SET_PASSWORD, &Vec::from(row)).map(drop)
}

/// Notes how many wrong passwords there were, and until when no password is let in; nothing where there is no
/// such account, so that an unknown name costs the same work.
pub fn set_failures(
    tx: &mut Tx,
    tenant: &TenantId,
    id: &AccountId,
    failures: u32,
    locked_until: Option<Timestamp>,
) -> Result<(), Error> {
    let row = Cells::of(tenant).with(id).with(i64::from(failures)).with(locked_until);
    tx.execute(&SET_FAILURES, &Vec::from(row)).map(drop)
}

/// Holds an account until the transaction ends, so that two who try it at once are counted one after the other;
/// SQLite lets no second writer in anyhow.
pub fn hold(tx: &mut Tx, tenant: &TenantId, id: &AccountId) -> Result<(), Error> {
    tx.execute(&HOLD, &Vec::from(Cells::of(tenant).with(id))).map(drop)
}

/// Opens or closes an account.
pub fn set_state(tx: &mut Tx, tenant: &TenantId, id: &AccountId, state: AccountState) -> Result<(), Error> {
    tx.execute(&SET_STATE, &Vec::from(Cells::of(tenant).with(id).with(state))).map(drop)
}

fn account_from(row: &mut Row<'_>) -> Result<Account, Error> {
    Ok(Account {
        id: row.next()?,
        name: row.next()?,
        display_name: row.next()?,
        state: row.next()?,
        password_changed_at: row.next()?,
        created_at: row.next()?,
    })
}

fn credentials_from(row: &mut Row<'_>) -> Result<Credentials, Error> {
    let account = account_from(row)?;
    let failures: i64 = row.next()?;
    Ok(Credentials {
        account,
        failures: u32::try_from(failures).unwrap_or(u32::MAX),
        locked_until: row.next()?,
        hash: PasswordHash::read(row.next()?),
        password_origin: row.next()?,
    })
}

impl Word for AccountState {
    const ALL: &'static [Self] = &[Self::Open, Self::Closed];

    fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

impl Word for PasswordOrigin {
    const ALL: &'static [Self] = &[Self::Own, Self::Given];

    fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Given => "given",
        }
    }
}
