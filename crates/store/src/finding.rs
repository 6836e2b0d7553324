//! Findings of a period, and the tasks ahead.

use std::collections::BTreeMap;

use thidua_base::Period;
use thidua_base::code::{FindingId, IndicatorCode, InstrumentId, TenantId};
use thidua_domain::Scope;
use thidua_domain::finding::{Finding, FindingKind, Task, TaskKind};

use crate::column::{Cells, Word, scope_values};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::period;
use crate::statement::sql;

sql!(
    INSERT_FINDING = "
        INSERT INTO finding (
            tenant, id, kind, period, unit, owner, text, status, ordinal,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    FINDINGS = "
        SELECT id, kind, period, unit, owner, text, status, ordinal,
            origin, low, low_scale, high, high_scale, source
        FROM finding
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR owner IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND period = $3
        ORDER BY ordinal, id",
    INSERT_ABOUT = "
        INSERT INTO finding_indicator (tenant, finding, ordinal, indicator)
        VALUES ($1, $2, $3, $4)",
    ABOUT = "
        SELECT finding_indicator.finding, finding_indicator.indicator
        FROM finding_indicator
        JOIN finding ON finding.tenant = finding_indicator.tenant AND finding.id = finding_indicator.finding
        WHERE finding_indicator.tenant = $1 AND finding.period = $2
        ORDER BY finding_indicator.finding, finding_indicator.ordinal",
    INSERT_TASK = "
        INSERT INTO task (
            tenant, id, kind, period, unit, owner, text, status, due_on, ordinal,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    TASKS = "
        SELECT id, kind, period, unit, owner, text, status, due_on, ordinal,
            origin, low, low_scale, high, high_scale, source
        FROM task
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR owner IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND period = $3
        ORDER BY ordinal, id",
    TASKS_NAMING = "
        SELECT id, kind, period, unit, owner, text, status, due_on, ordinal,
            origin, low, low_scale, high, high_scale, source
        FROM task
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR owner IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND text LIKE $3
        ORDER BY period, ordinal, id",
);

/// Adds findings with the indicators they speak of.
pub fn insert_findings(tx: &mut Tx, tenant: &TenantId, findings: &[Finding]) -> Result<(), Error> {
    let periods: Vec<Period> = findings.iter().map(|finding| finding.period).collect();
    period::insert_many(tx, tenant, &periods)?;
    let rows = findings.iter().map(|finding| {
        Cells::of(tenant)
            .with(&finding.id)
            .with(finding.kind)
            .with(finding.period)
            .with(&finding.unit)
            .with(finding.owner.as_ref())
            .with(&finding.text)
            .with(&finding.status)
            .with(finding.ordinal)
            .provenance(&finding.provenance)
    });
    tx.insert_many(&INSERT_FINDING, rows)?;
    let about = findings.iter().flat_map(|finding| {
        let of = finding.about.iter().enumerate();
        of.map(move |(at, indicator)| Cells::of(tenant).with(&finding.id).place(at).with(indicator))
    });
    tx.insert_many(&INSERT_ABOUT, about)
}

/// The findings of a period about, or owned by, a unit in reach, in list order.
pub fn findings(tx: &mut Tx, scope: &Scope, period: Period) -> Result<Vec<Finding>, Error> {
    let mut about: BTreeMap<FindingId, Vec<IndicatorCode>> = BTreeMap::new();
    let read =
        tx.query(&ABOUT, &[(&scope.tenant).into(), period.into()], |row| Ok((row.next::<FindingId>()?, row.next()?)))?;
    for (finding, indicator) in read {
        about.entry(finding).or_default().push(indicator);
    }
    let mut values = scope_values(scope);
    values.push(period.into());
    tx.query(&FINDINGS, &values, |row| {
        let id: FindingId = row.next()?;
        Ok(Finding {
            about: about.remove(&id).unwrap_or_default(),
            id,
            kind: row.next()?,
            period: row.next()?,
            unit: row.next()?,
            owner: row.next()?,
            text: row.next()?,
            status: row.next()?,
            ordinal: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

/// Adds tasks.
pub fn insert_tasks(tx: &mut Tx, tenant: &TenantId, tasks: &[Task]) -> Result<(), Error> {
    let periods: Vec<Period> = tasks.iter().map(|task| task.period).collect();
    period::insert_many(tx, tenant, &periods)?;
    let rows = tasks.iter().map(|task| {
        Cells::of(tenant)
            .with(&task.id)
            .with(task.kind)
            .with(task.period)
            .with(&task.unit)
            .with(task.owner.as_ref())
            .with(&task.text)
            .with(&task.status)
            .with(task.due_on)
            .with(task.ordinal)
            .provenance(&task.provenance)
    });
    tx.insert_many(&INSERT_TASK, rows)
}

/// The tasks of a period set by, or given to, a unit in reach, in list order.
pub fn tasks(tx: &mut Tx, scope: &Scope, period: Period) -> Result<Vec<Task>, Error> {
    let mut values = scope_values(scope);
    values.push(period.into());
    tx.query(&TASKS, &values, task_from)
}

/// The tasks of any period whose text names an instrument, within reach as for [`tasks`].
pub fn tasks_naming(tx: &mut Tx, scope: &Scope, instrument: &InstrumentId) -> Result<Vec<Task>, Error> {
    let mut values = scope_values(scope);
    values.push((&format!("%{instrument}%")).into());
    tx.query(&TASKS_NAMING, &values, task_from)
}

fn task_from(row: &mut Row<'_>) -> Result<Task, Error> {
    Ok(Task {
        id: row.next()?,
        kind: row.next()?,
        period: row.next()?,
        unit: row.next()?,
        owner: row.next()?,
        text: row.next()?,
        status: row.next()?,
        due_on: row.next()?,
        ordinal: row.next()?,
        provenance: row.provenance()?,
    })
}

impl Word for FindingKind {
    const ALL: &'static [Self] = &[Self::Result, Self::Limit, Self::Cause];

    fn word(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Limit => "limit",
            Self::Cause => "cause",
        }
    }
}

impl Word for TaskKind {
    const ALL: &'static [Self] = &[Self::Aim, Self::Measure];

    fn word(self) -> &'static str {
        match self {
            Self::Aim => "aim",
            Self::Measure => "measure",
        }
    }
}
