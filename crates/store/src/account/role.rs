//! Roles that people hold, from a day to a day.

use thidua_base::Date;
use thidua_base::code::TenantId;
use thidua_domain::account::RoleHeld;
use thidua_domain::actor::{AccountId, Role};

use crate::column::{Cells, Word};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_ROLE = "
        INSERT INTO role_held (tenant, account, ordinal, role, unit, valid_from, valid_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    ROLES = "
        SELECT account, role, unit, valid_from, valid_to
        FROM role_held
        WHERE tenant = $1
        ORDER BY account, ordinal",
    ROLES_OF = "
        SELECT account, role, unit, valid_from, valid_to
        FROM role_held
        WHERE tenant = $1 AND account = $2
        ORDER BY ordinal",
    END_ROLE = "
        UPDATE role_held
        SET valid_to = $4
        WHERE tenant = $1 AND account = $2 AND ordinal = $3",
);

/// Adds a role as the account's `place`th, from 0; a place that is taken is a [`Error::Clash`] of `role_held_pk`.
pub fn insert(tx: &mut Tx, tenant: &TenantId, held: &RoleHeld, place: usize) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&held.account)
        .place(place)
        .with(held.role)
        .with(held.unit.as_ref())
        .with(held.valid_from)
        .with(held.valid_to);
    tx.execute(&INSERT_ROLE, &Vec::from(row)).map(drop)
}

/// Every role of every account, by account in the order given.
pub fn roles(tx: &mut Tx, tenant: &TenantId) -> Result<Vec<RoleHeld>, Error> {
    tx.query(&ROLES, &Vec::from(Cells::of(tenant)), role_from)
}

/// The roles of an account, past and present, in the order given; the first has place 0.
pub fn roles_of(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<Vec<RoleHeld>, Error> {
    tx.query(&ROLES_OF, &Vec::from(Cells::of(tenant).with(account)), role_from)
}

/// Ends the account's role of a place; `to` is the first day it is no longer held.
pub fn end(tx: &mut Tx, tenant: &TenantId, account: &AccountId, place: usize, to: Date) -> Result<(), Error> {
    tx.execute(&END_ROLE, &Vec::from(Cells::of(tenant).with(account).place(place).with(to))).map(drop)
}

fn role_from(row: &mut Row<'_>) -> Result<RoleHeld, Error> {
    Ok(RoleHeld {
        account: row.next()?,
        role: row.next()?,
        unit: row.next()?,
        valid_from: row.next()?,
        valid_to: row.next()?,
    })
}

impl Word for Role {
    const ALL: &'static [Self] = &Role::ALL;

    fn word(self) -> &'static str {
        Role::word(self)
    }
}
