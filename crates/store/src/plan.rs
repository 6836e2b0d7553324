//! Plans (kế hoạch, dự toán) by assigner, and the figures they assign.

use thidua_base::Period;
use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::indicator::{Comparator, Plan, PlanNaming, PlanValue};

use crate::column::{Cells, Word, scope_values, set};
use crate::engine::Tx;
use crate::error::Error;
use crate::period;
use crate::statement::sql;
use crate::tenant::ground_moves;

sql!(
    INSERT_PLAN = "
        INSERT INTO plan (
            tenant, id, assigner, naming, word, period, number, decided_on, supersedes,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    PLANS = "
        SELECT id, assigner, naming, word, period, number, decided_on, supersedes,
            origin, low, low_scale, high, high_scale, source
        FROM plan
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR assigner IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR EXISTS (
                    SELECT 1
                    FROM plan_value
                    WHERE plan_value.tenant = plan.tenant AND plan_value.plan = plan.id
                        AND plan_value.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                ))
        ORDER BY decided_on, id",
    INSERT_VALUE = "
        INSERT INTO plan_value (
            tenant, plan, indicator, unit, period, comparator, value, scale,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    /// CROSS JOIN makes SQLite go through the periods and not through all the tenant's figures.
    VALUES_OF = "
        SELECT plan, indicator, unit, period, comparator, plan_value.value, scale,
            origin, low, low_scale, high, high_scale, source
        FROM json_each(CAST($3 AS TEXT)) AS asked
        CROSS JOIN plan_value
        WHERE plan_value.tenant = $1 AND plan_value.period = asked.value
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY plan, indicator, unit, period",
);

/// Adds plan documents.
pub fn insert_plans(tx: &mut Tx, tenant: &TenantId, plans: &[Plan]) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    let periods: Vec<Period> = plans.iter().map(|plan| plan.period).collect();
    period::insert_many(tx, tenant, &periods)?;
    let rows = plans.iter().map(|plan| {
        Cells::of(tenant)
            .with(&plan.id)
            .with(&plan.assigner)
            .with(plan.naming)
            .with(&plan.word)
            .with(plan.period)
            .with(&plan.number)
            .with(plan.decided_on)
            .with(plan.supersedes.as_ref())
            .provenance(&plan.provenance)
    });
    tx.insert_many(&INSERT_PLAN, rows)
}

/// The plans assigned by, or to, a unit in reach, by day of decision.
pub fn plans(tx: &mut Tx, scope: &Scope) -> Result<Vec<Plan>, Error> {
    tx.query(&PLANS, &scope_values(scope), |row| {
        Ok(Plan {
            id: row.next()?,
            assigner: row.next()?,
            naming: row.next()?,
            word: row.next()?,
            period: row.next()?,
            number: row.next()?,
            decided_on: row.next()?,
            supersedes: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

/// Adds the figures of plans.
pub fn insert_values(tx: &mut Tx, tenant: &TenantId, values: &[PlanValue]) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    let periods: Vec<Period> = values.iter().map(|value| value.period).collect();
    period::insert_many(tx, tenant, &periods)?;
    let rows = values.iter().map(|value| {
        Cells::of(tenant)
            .with(&value.plan)
            .with(&value.indicator)
            .with(&value.unit)
            .with(value.period)
            .with(value.comparator)
            .number(Some(value.value))
            .provenance(&value.provenance)
    });
    tx.insert_many(&INSERT_VALUE, rows)
}

/// The figures assigned to the units in reach for the periods, of every plan: which plan is in force
/// is for the domain to say.
pub fn plan_values(tx: &mut Tx, scope: &Scope, periods: &[Period]) -> Result<Vec<PlanValue>, Error> {
    let mut values = scope_values(scope);
    values.push(set(periods));
    tx.query(&VALUES_OF, &values, |row| {
        Ok(PlanValue {
            plan: row.next()?,
            indicator: row.next()?,
            unit: row.next()?,
            period: row.next()?,
            comparator: row.next()?,
            value: row.number()?,
            provenance: row.provenance()?,
        })
    })
}

impl Word for PlanNaming {
    const ALL: &'static [Self] = &[Self::Plain, Self::Named];

    fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Named => "named",
        }
    }
}

impl Word for Comparator {
    const ALL: &'static [Self] = &[Self::AtLeast, Self::AtMost, Self::Exactly];

    fn word(self) -> &'static str {
        match self {
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Exactly => "exactly",
        }
    }
}
