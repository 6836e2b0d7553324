//! What was loaded beside the law book of the release, act by act, with the files; only added to.

use thidua_base::code::TenantId;
use thidua_domain::eligibility::{LawAct, LawStep};
use thidua_domain::subject::Entered;
use thidua_law::loaded::LawPackKind;

use crate::column::{Cells, Read};
use crate::engine::{Tx, Value};
use crate::error::Error;
use crate::statement::sql;
use crate::tenant::{Counter, last_number, take_numbers};

sql!(
    INSERT_ACT = "
        INSERT INTO law_act (
            tenant, number, step, code, kind, name, is_sample, hash, book, done_by, done_at, reason
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    INSERT_FILE = "
        INSERT INTO law_file (tenant, act, name, body)
        VALUES ($1, $2, $3, $4)",
    ACTS = "
        SELECT number, step, code, kind, name, is_sample, hash, book, done_by, done_at, reason
        FROM law_act
        WHERE tenant = $1
        ORDER BY number",
    FILES = "
        SELECT act, name, body
        FROM law_file
        WHERE tenant = $1 AND CAST(act AS TEXT) IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
        ORDER BY act, name",
);

/// The number of the newest act; 0 where nothing was ever loaded. What was read under an equal number still holds.
pub fn last(tx: &mut Tx, tenant: &TenantId) -> Result<i64, Error> {
    last_number(tx, tenant, Counter::LawAct)
}

/// Takes the number of the next act; until the transaction ends other loads of the tenant wait here.
pub fn next(tx: &mut Tx, tenant: &TenantId) -> Result<i64, Error> {
    take_numbers(tx, tenant, Counter::LawAct, 1)
}

/// Adds an act, with the files of what it loads.
pub fn insert(tx: &mut Tx, tenant: &TenantId, act: &LawAct, files: &[(String, String)]) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(act.number)
        .with(act.step.word())
        .with(&act.code)
        .with(act.kind.word())
        .with(&act.name)
        .with(i64::from(act.is_sample))
        .with(&act.hash)
        .with(&act.book)
        .with(&act.entered.by)
        .with(act.entered.at)
        .with(&act.entered.reason);
    tx.execute(&INSERT_ACT, &Vec::from(row))?;
    let rows = files.iter().map(|(name, text)| Cells::of(tenant).with(act.number).with(name).with(text));
    tx.insert_many(&INSERT_FILE, rows)
}

/// Every act, in order.
pub fn acts(tx: &mut Tx, tenant: &TenantId) -> Result<Vec<LawAct>, Error> {
    tx.query(&ACTS, &[tenant.into()], |row| {
        let number = row.next()?;
        let step: Stepped = row.next()?;
        let code = row.next()?;
        let kind: Kinded = row.next()?;
        let name = row.next()?;
        let is_sample: i64 = row.next()?;
        Ok(LawAct {
            number,
            step: step.0,
            code,
            kind: kind.0,
            name,
            is_sample: is_sample == 1,
            hash: row.next()?,
            book: row.next()?,
            entered: Entered { by: row.next()?, at: row.next()?, reason: row.next()? },
        })
    })
}

/// The files that some acts loaded: the number of the act, the name, the text; in the order of acts and names.
pub fn files(tx: &mut Tx, tenant: &TenantId, acts: &[i64]) -> Result<Vec<(i64, String, String)>, Error> {
    tx.query(&FILES, &[tenant.into(), crate::column::set(acts)], |row| Ok((row.next()?, row.next()?, row.next()?)))
}

/// A step, as read from a cell.
struct Stepped(LawStep);

impl Read for Stepped {
    const WHAT: &'static str = "load or unload";

    fn read(cell: Value) -> Option<Self> {
        String::read(cell).and_then(|word| LawStep::parse(&word)).map(Self)
    }
}

/// A kind of pack, as read from a cell.
struct Kinded(LawPackKind);

impl Read for Kinded {
    const WHAT: &'static str = "overlay or national";

    fn read(cell: Value) -> Option<Self> {
        String::read(cell).and_then(|word| LawPackKind::parse(&word)).map(Self)
    }
}
