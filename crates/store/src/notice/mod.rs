//! Where people are written to, their calendar feeds, and the reminders that wait to be sent.

pub mod feed;
pub mod outbox;
pub mod sheets;

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::actor::AccountId;
use thidua_domain::notice::Contact;

use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    SET_EMAIL = "
        INSERT INTO account_contact (tenant, account, email, set_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant, account) DO UPDATE SET email = excluded.email, set_at = excluded.set_at",
    REMOVE_EMAIL = "
        DELETE FROM account_contact
        WHERE tenant = $1 AND account = $2",
    EMAIL_OF = "
        SELECT email
        FROM account_contact
        WHERE tenant = $1 AND account = $2",
    CONTACTS = "
        SELECT account_contact.account, account_contact.email
        FROM account_contact
        JOIN account ON account.tenant = account_contact.tenant AND account.id = account_contact.account
        WHERE account_contact.tenant = $1 AND account.state = 'open'
        ORDER BY account_contact.account",
);

/// Sets the address of an account, or removes it.
pub fn set_email(
    tx: &mut Tx,
    tenant: &TenantId,
    account: &AccountId,
    email: Option<&str>,
    at: Timestamp,
) -> Result<(), Error> {
    let key = Cells::of(tenant).with(account);
    let changed = match email {
        Some(email) => tx.execute(&SET_EMAIL, &Vec::from(key.with(email).with(at))),
        None => tx.execute(&REMOVE_EMAIL, &Vec::from(key)),
    };
    changed.map(drop)
}

/// The address of an account.
pub fn email_of(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<Option<String>, Error> {
    tx.query_first(&EMAIL_OF, &Vec::from(Cells::of(tenant).with(account)), |row| row.next())
}

/// The addresses of all open accounts, by account.
pub fn contacts(tx: &mut Tx, tenant: &TenantId) -> Result<Vec<Contact>, Error> {
    tx.query(&CONTACTS, &Vec::from(Cells::of(tenant)), |row| Ok(Contact { account: row.next()?, email: row.next()? }))
}
