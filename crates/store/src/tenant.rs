//! Tenants (root owners of data) and the counters of their numbered tables.

use thidua_base::code::TenantId;
use thidua_domain::Scope;

use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

/// A root owner of data: a province, a ministry, or the one office that installed the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Identity.
    pub id: TenantId,
    /// Name, as the owner writes it.
    pub name: String,
}

/// Tables whose rows are numbered within a tenant, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counter {
    Observation,
    Member,
    Recognition,
    Override,
    Audit,
    /// Of no table: counts the changes of what figures stand on.
    Ground,
    LawAct,
}

/// How far a tenant's record has come, as a transaction sees it: what was read under an equal stamp still holds.
///
/// Each number only grows, and in the order of commits, since whoever takes the next one makes others wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Stamp {
    /// The number of the newest row of the audit: every verb that changes something adds one.
    pub changes: i64,
    /// The number of the newest reading.
    pub readings: i64,
    /// How often units, their places, definitions or plans have changed.
    pub ground: i64,
}

sql!(
    INSERT_TENANT = "
        INSERT INTO tenant (tenant, name)
        VALUES ($1, $2)",
    TENANTS = "
        SELECT tenant, name
        FROM tenant
        ORDER BY tenant",
    TAKE_NUMBERS = "
        INSERT INTO counter (tenant, name, last)
        VALUES ($1, $2, $3)
        ON CONFLICT (tenant, name) DO UPDATE SET last = counter.last + excluded.last
        RETURNING last",
    LAST_NUMBER = "
        SELECT last
        FROM counter
        WHERE tenant = $1 AND name = $2",
    COUNTERS = "
        SELECT name, last
        FROM counter
        WHERE tenant = $1",
);

/// Adds a tenant; one that is there already is a [`Error::Clash`] of `tenant_pk`.
pub fn insert(tx: &mut Tx, tenant: &Tenant) -> Result<(), Error> {
    let row = Cells::of(&tenant.id).with(&tenant.name);
    tx.execute(&INSERT_TENANT, &Vec::from(row)).map(drop)
}

/// Every tenant, for the command line and the choice at sign-in; the only read across tenants.
pub fn tenants(tx: &mut Tx) -> Result<Vec<Tenant>, Error> {
    tx.query(&TENANTS, &[], |row| Ok(Tenant { id: row.next()?, name: row.next()? }))
}

/// Takes the next numbers of a counter and gives the first of them.
///
/// Until the transaction ends, other writers of the same tenant and table wait here: numbers have no
/// gaps and follow the order of commits.
pub(crate) fn take_numbers(tx: &mut Tx, tenant: &TenantId, counter: Counter, many: usize) -> Result<i64, Error> {
    let many = i64::try_from(many).expect("no list in memory is longer than i64");
    let row = Cells::of(tenant).with(counter.word()).with(many);
    let last: Option<i64> = tx.query_first(&TAKE_NUMBERS, &Vec::from(row), |row| row.next())?;
    let missing = || Error::Integrity("the counter gave no number".to_owned());
    last.and_then(|last| last.checked_sub(many)?.checked_add(1)).ok_or_else(missing)
}

/// The last number given by a counter; 0 before the first.
pub(crate) fn last_number(tx: &mut Tx, tenant: &TenantId, counter: Counter) -> Result<i64, Error> {
    let key = Cells::of(tenant).with(counter.word());
    Ok(tx.query_first(&LAST_NUMBER, &Vec::from(key), |row| row.next())?.unwrap_or(0))
}

/// How far the tenant's record has come; `None` in a transaction that writes, where numbers are taken that a commit
/// may never make true.
pub fn stamp(tx: &mut Tx, scope: &Scope) -> Result<Option<Stamp>, Error> {
    if tx.may_write() {
        return Ok(None);
    }
    let mut stamp = Stamp::default();
    for (name, last) in
        tx.query(&COUNTERS, &[(&scope.tenant).into()], |row| Ok::<(String, i64), Error>((row.next()?, row.next()?)))?
    {
        for (counter, number) in [
            (Counter::Audit, &mut stamp.changes),
            (Counter::Observation, &mut stamp.readings),
            (Counter::Ground, &mut stamp.ground),
        ] {
            if name == counter.word() {
                *number = last;
            }
        }
    }
    Ok(Some(stamp))
}

/// Counts a change of what figures stand on. Every function that changes units, places, definitions or plans calls it.
pub(crate) fn ground_moves(tx: &mut Tx, tenant: &TenantId) -> Result<(), Error> {
    take_numbers(tx, tenant, Counter::Ground, 1).map(drop)
}

impl Counter {
    fn word(self) -> &'static str {
        match self {
            Self::Observation => "observation",
            Self::Member => "standard_member",
            Self::Recognition => "recognition",
            Self::Override => "figure_override",
            Self::Audit => "audit",
            Self::Ground => "ground",
            Self::LawAct => "law_act",
        }
    }
}
