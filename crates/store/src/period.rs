//! The periods a tenant uses.

use std::collections::BTreeSet;

use thidua_base::code::TenantId;
use thidua_base::{Period, PeriodKind};
use thidua_domain::Scope;

use crate::column::{Cells, Word};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_PERIOD = "
        INSERT INTO period (tenant, code, kind, first_day, last_day)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant, code) DO NOTHING",
    PERIODS = "
        SELECT code
        FROM period
        WHERE tenant = $1
        ORDER BY first_day, last_day, code",
);

/// Adds periods; those that are there already stay. The other modules call it for the periods they name.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, periods: &[Period]) -> Result<(), Error> {
    let distinct: BTreeSet<Period> = periods.iter().copied().collect();
    let rows = distinct.into_iter().map(|period| {
        Cells::of(tenant).with(period).with(period.kind()).with(period.first_day()).with(period.last_day())
    });
    tx.insert_many(&INSERT_PERIOD, rows)
}

/// The periods in use, earliest first.
pub fn periods(tx: &mut Tx, scope: &Scope) -> Result<Vec<Period>, Error> {
    tx.query(&PERIODS, &[(&scope.tenant).into()], |row| row.next())
}

impl Word for PeriodKind {
    const ALL: &'static [Self] = &PeriodKind::ALL;

    fn word(self) -> &'static str {
        PeriodKind::word(self)
    }
}
