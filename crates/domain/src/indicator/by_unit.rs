//! Figures of several units side by side, by a named structure: as it was, as of a day, or restated to a day.
//!
//! Only what adds up is carried across reorganisations: a ratio is asked for by its numerator and denominator.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::number::BadNumber;
use thidua_base::{Date, Number, Period};

use super::{Absence, Figures, Indicator, Reading, TreeRule, Value, ValueKind};
use crate::org::succession::residue;
use crate::org::{Edge, Restated, Structure, Succession};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Of what.
    pub indicator: IndicatorCode,
    /// For when.
    pub period: Period,
    /// For which units.
    pub units: UnitsAsked,
    /// By which structure.
    pub structure: Structure,
}

/// The units of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitsAsked {
    /// Those directly below a unit, in the tree of the structure's day.
    Below(OrgId),
    /// The heirs, on the structure's day, of all that a unit was made of in the period.
    HeirsOf(OrgId),
}

/// What the answer is made from.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Definitions.
    pub indicators: &'a [Indicator],
    /// Current readings of the period.
    pub readings: &'a [Reading],
    /// Places in the territory, on every day.
    pub edges: &'a [Edge],
    /// What became of units.
    pub succession: &'a Succession,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByUnit {
    /// The day whose units the rows are.
    pub day: Date,
    /// Each unit with its figure, in id order.
    pub rows: Vec<(OrgId, Restated)>,
    /// All of them together, which may have a figure where a row has none.
    pub total: Restated,
    /// What rounding left between the total and the rows; `None` where a row has no figure.
    pub residue: Option<Number>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotByUnit {
    /// The indicator is not defined on the day.
    #[error("no such indicator on the day")]
    Unknown,
    /// It does not add up over units: a ratio, an index, or a count of units.
    #[error("the indicator does not add up over units")]
    NotAdditive,
    /// A sum is too large.
    #[error(transparent)]
    TooLarge(#[from] BadNumber),
}

/// Answers by unit.
///
/// # Errors
/// [`NotByUnit`] where the indicator has no such answer.
pub fn by_unit(known: Known<'_>, asked: &Asked) -> Result<ByUnit, NotByUnit> {
    let day = asked.structure.tree_day(asked.period);
    let still = Succession::default();
    // The day whose units reported, and what became of them until the day of the rows.
    let (reported_on, succession) = match asked.structure.restated_to(asked.period) {
        Some(_) => (asked.period.last_day(), known.succession),
        None => (day, &still),
    };
    let tree = |day| Figures::new(known.indicators, known.readings, &[], &[], known.edges, day);
    let (before, after) = (tree(reported_on), tree(day));
    let indicator = after.indicator(&asked.indicator).ok_or(NotByUnit::Unknown)?;
    if !adds_up(indicator) {
        return Err(NotByUnit::NotAdditive);
    }

    let reporting = Reporting { figures: &before, indicator: &asked.indicator, period: asked.period };
    let all: BTreeSet<OrgId> =
        roots(known.edges, reported_on).into_iter().flat_map(|root| reporting.of(root)).collect();
    let descent = succession.between(&all, reported_on, day)?;
    let column = descent.column(|unit| reporting.value(unit));

    let units: BTreeSet<OrgId> = match &asked.units {
        UnitsAsked::Below(unit) => after.children_of(unit).iter().cloned().collect(),
        UnitsAsked::HeirsOf(unit) => {
            reporting.of(unit).iter().flat_map(|part| descent.heirs_of(part)).cloned().collect()
        }
    };
    let decimals = indicator.decimals;
    let mut rows = Vec::with_capacity(units.len());
    let mut everyone = BTreeSet::new();
    for unit in units {
        let mut subtree = BTreeSet::new();
        below(&after, &unit, &mut subtree);
        rows.push((unit, descent.restate_together(&column, &subtree, decimals)?));
        everyone.extend(subtree);
    }
    let total = descent.restate_together(&column, &everyone, decimals)?;
    let shown: Vec<Restated> = rows.iter().map(|(_, figure)| figure.clone()).collect();
    Ok(ByUnit { day, rows, residue: residue(&total, &shown)?, total })
}

/// Whether the figures of parts make up the figure of a whole.
fn adds_up(indicator: &Indicator) -> bool {
    let kind = match indicator.kind {
        ValueKind::Flow | ValueKind::Stock => true,
        ValueKind::Ratio | ValueKind::Index => false,
    };
    let rule = match indicator.tree_rule {
        TreeRule::Own | TreeRule::Sum => true,
        TreeRule::CountPositive(_) | TreeRule::Quotient(_, _) => false,
    };
    kind && rule
}

/// The readings of one indicator and period over a tree.
struct Reporting<'a> {
    figures: &'a Figures,
    indicator: &'a IndicatorCode,
    period: Period,
}

impl Reporting<'_> {
    /// The units that report for a unit: itself where it has a reading or nobody below it, else those below.
    /// To whom the indicator does not apply does not report.
    fn of(&self, unit: &OrgId) -> Vec<OrgId> {
        let mut found = Vec::new();
        self.collect(unit, &mut found);
        found
    }

    fn collect(&self, unit: &OrgId, found: &mut Vec<OrgId>) {
        match self.figures.reading(self.indicator, unit, self.period).map(|reading| reading.value) {
            Some(Value::Absent(Absence::NotApplicable)) => {}
            Some(Value::Of(_) | Value::Absent(Absence::NotReported | Absence::NoneOccurred | Absence::Withheld)) => {
                found.push(unit.clone());
            }
            None => match self.figures.children_of(unit) {
                [] => found.push(unit.clone()),
                children => children.iter().for_each(|child| self.collect(child, found)),
            },
        }
    }

    fn value(&self, unit: &OrgId) -> Option<Number> {
        match self.figures.reading(self.indicator, unit, self.period)?.value {
            Value::Of(number) => Some(number),
            Value::Absent(Absence::NoneOccurred) => Some(Number::whole(0)),
            Value::Absent(Absence::NotReported | Absence::NotApplicable | Absence::Withheld) => None,
        }
    }
}

/// Units that stand above others on a day and below none.
fn roots(edges: &[Edge], day: Date) -> BTreeSet<&OrgId> {
    let mut parents: BTreeMap<&OrgId, &OrgId> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.on(day)) {
        parents.insert(&edge.child, &edge.parent);
    }
    parents.values().copied().filter(|parent| !parents.contains_key(parent)).collect()
}

/// A unit and everything below it.
fn below(figures: &Figures, unit: &OrgId, found: &mut BTreeSet<OrgId>) {
    // A cycle must not hang us: what was found is not entered again.
    if found.insert(unit.clone()) {
        figures.children_of(unit).iter().for_each(|child| below(figures, child, found));
    }
}

#[cfg(test)]
mod tests;
