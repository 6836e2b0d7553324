//! What a cluster is measured by: the figures of each member for each quantitative criterion, taken from the indicator
//! chapter. Nobody types them, and a target is the one that its assigner set.

use std::collections::BTreeMap;

use thidua_base::code::{CriterionCode, OrgId, PlanId};
use thidua_base::{Date, Number, Period, Timestamp};

use super::scheme::{PlanSource, Rule, Scheme, TargetBy};
use crate::indicator::figures::{Coverage, FigureFault, Trace};
use crate::indicator::{Absence, Comparator, Direction, Figures, Plan, PlanValue, Reading, Value};

/// The figures of a unit for one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    /// What it reached, or why there is no figure.
    pub actual: Value,
    /// How many of the units below have reported.
    pub coverage: Coverage,
    /// The target; `None` where nobody has set one. A target of zero is a target.
    pub target: Option<Target>,
    /// The same period last year.
    pub before: Value,
    /// Which way is better.
    pub direction: Direction,
    /// The last change of the figure, where it replaced another.
    pub changed: Option<Changed>,
}

/// A target as it was assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The figure.
    pub value: Number,
    /// How it is met.
    pub comparator: Comparator,
    /// The plan document, and so the version.
    pub plan: PlanId,
    /// Who assigned it.
    pub assigner: OrgId,
    /// When it was decided.
    pub decided_on: Date,
}

/// A change of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What stood there before.
    pub from: Number,
    /// When it was changed.
    pub at: Timestamp,
}

impl Changed {
    /// The last change among the readings of one cell: the newest that replaced another value.
    pub fn latest(readings: &[Reading]) -> Option<Self> {
        let value = |seq: i64| readings.iter().find(|old| old.seq == seq).and_then(|old| old.value.number());
        let changes = readings.iter().filter_map(|new| {
            let from = value(new.supersedes?)?;
            (new.value.number()? != from).then_some((new.seq, Self { from, at: new.entered_at }))
        });
        changes.max_by_key(|(seq, _)| *seq).map(|(_, changed)| changed)
    }
}

/// The figures of all members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measurements(pub BTreeMap<OrgId, BTreeMap<CriterionCode, Measurement>>);

impl Measurement {
    /// A figure with neither target nor past, of which more is better.
    pub fn of(actual: Value) -> Self {
        Self {
            actual,
            coverage: Coverage { reported: 1, expected: 1 },
            target: None,
            before: Value::Absent(Absence::NotReported),
            direction: Direction::Up,
            changed: None,
        }
    }
}

impl Measurements {
    /// The figures of a unit for a criterion.
    pub fn get(&self, unit: &OrgId, criterion: &CriterionCode) -> Option<&Measurement> {
        self.0.get(unit)?.get(criterion)
    }

    /// Sets them.
    pub fn set(&mut self, unit: &OrgId, criterion: &CriterionCode, measurement: Measurement) {
        self.0.entry(unit.clone()).or_default().insert(criterion.clone(), measurement);
    }

    /// The figures of the members for every criterion that names an indicator, of a period; without their last changes,
    /// which [`Changed::latest`] finds among all readings of a cell.
    ///
    /// # Errors
    /// As [`Figures::actual`].
    pub fn taken(figures: &Figures, scheme: &Scheme, members: &[OrgId], period: Period) -> Result<Self, FigureFault> {
        let mut taken = Self::default();
        for (_, leaf) in scheme.leaves() {
            let Some(source) = source_of(leaf.rule.as_ref()) else { continue };
            let Some(code) = &source.indicator else { continue };
            for unit in members {
                let value = |period: Period| -> Result<(Value, Coverage), FigureFault> {
                    let actual = figures.traced(code, unit, period, Trace::Left)?;
                    let said = figures.reading(code, unit, period).map(|reading| reading.value);
                    let value = match (actual.value, said) {
                        (Some(value), _) => Value::Of(value),
                        (None, Some(Value::Absent(absence))) => Value::Absent(absence),
                        (None, Some(Value::Of(_)) | None) => Value::Absent(Absence::NotReported),
                    };
                    Ok((value, actual.reported))
                };
                let (actual, coverage) = value(period)?;
                let (before, _) = value(period.same_period_last_year())?;
                let plans = figures.plans(code, unit, period);
                let direction = figures.indicator(code).map_or(Direction::Neutral, |indicator| indicator.direction);
                let target = chosen(source.target_by, unit, &plans).map(|(plan, set)| Target {
                    value: set.value,
                    comparator: set.comparator,
                    plan: plan.id.clone(),
                    assigner: plan.assigner.clone(),
                    decided_on: plan.decided_on,
                });
                let measured = Measurement { actual, coverage, target, before, direction, changed: None };
                taken.set(unit, &leaf.code, measured);
            }
        }
        Ok(taken)
    }
}

/// The plan whose target counts: of those others assigned, the first; the unit's own where the scheme takes it.
fn chosen<'a>(by: TargetBy, unit: &OrgId, plans: &[&'a (Plan, PlanValue)]) -> Option<&'a (Plan, PlanValue)> {
    let assigned = plans.iter().find(|(plan, _)| plan.assigner != *unit);
    let own = plans.iter().find(|(plan, _)| plan.assigner == *unit);
    match by {
        TargetBy::Superior => assigned.copied(),
        TargetBy::Registered => own.or(assigned).copied(),
    }
}

/// Where a leaf takes its figures.
pub(super) fn source_of(rule: Option<&Rule>) -> Option<&PlanSource> {
    match rule {
        Some(Rule::Plan(plan)) => Some(&plan.source),
        Some(Rule::Leader(leader)) => Some(&leader.source),
        _ => None,
    }
}
