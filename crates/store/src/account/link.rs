//! Links of accounts to identities that another server vouches for.

use thidua_base::code::TenantId;
use thidua_domain::account::AccountLink;
use thidua_domain::actor::AccountId;

use crate::column::Cells;
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_LINK = "
        INSERT INTO account_link (tenant, issuer, subject, account, linked_at)
        VALUES ($1, $2, $3, $4, $5)",
    LINK = "
        SELECT account, issuer, subject, linked_at
        FROM account_link
        WHERE tenant = $1 AND issuer = $2 AND subject = $3",
    LINKS_OF = "
        SELECT account, issuer, subject, linked_at
        FROM account_link
        WHERE tenant = $1 AND account = $2
        ORDER BY issuer, subject",
    LINKED = "
        SELECT DISTINCT account
        FROM account_link
        WHERE tenant = $1
        ORDER BY account",
    DELETE_LINK = "
        DELETE FROM account_link
        WHERE tenant = $1 AND account = $2 AND issuer = $3 AND subject = $4",
);

/// Ties an identity to an account; one that is tied already is a [`Error::Clash`] of `account_link_pk`.
pub fn insert(tx: &mut Tx, tenant: &TenantId, link: &AccountLink) -> Result<(), Error> {
    let row = Cells::of(tenant).with(&link.issuer).with(&link.subject).with(&link.account).with(link.linked_at);
    tx.execute(&INSERT_LINK, &Vec::from(row)).map(drop)
}

/// The link of an identity; letter by letter, as OpenID Connect Core (2) demands.
pub fn get(tx: &mut Tx, tenant: &TenantId, issuer: &str, subject: &str) -> Result<Option<AccountLink>, Error> {
    tx.query_first(&LINK, &Vec::from(Cells::of(tenant).with(issuer).with(subject)), link_from)
}

/// The links of an account, by provider and person.
pub fn links_of(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<Vec<AccountLink>, Error> {
    tx.query(&LINKS_OF, &Vec::from(Cells::of(tenant).with(account)), link_from)
}

/// The accounts of a tenant that have a link, by id.
pub fn linked(tx: &mut Tx, tenant: &TenantId) -> Result<Vec<AccountId>, Error> {
    tx.query(&LINKED, &Vec::from(Cells::of(tenant)), |row| row.next())
}

/// Unties an identity from an account; gives how many ties there were, none or one.
pub fn delete(tx: &mut Tx, tenant: &TenantId, account: &AccountId, issuer: &str, subject: &str) -> Result<u64, Error> {
    let key = Cells::of(tenant).with(account).with(issuer).with(subject);
    tx.execute(&DELETE_LINK, &Vec::from(key))
}

fn link_from(row: &mut Row<'_>) -> Result<AccountLink, Error> {
    Ok(AccountLink { account: row.next()?, issuer: row.next()?, subject: row.next()?, linked_at: row.next()? })
}
