//! Figures of several units side by side, by a named structure: as it was, as of a day, or restated to a day.
//!
//! Only what adds up is carried across reorganisations: a ratio is asked for by its numerator and denominator.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::number::BadNumber;
use thidua_base::{Date, Number, Period};

use super::{Absence, Figures, Indicator, Reading, TreeRule, Value, ValueKind};
use crate::org::succession::residue;
use crate::org::{Came, Descent, Edge, Restated, Structure, Succession, Total};
use crate::origin::Provenance;

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
    /// This one alone.
    One(OrgId),
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

/// An old unit in the figure of a unit: what it reported, and how it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The unit that reported.
    pub unit: OrgId,
    /// How it came.
    pub came: Came,
    /// What it reported; `None` where it reported no number.
    pub value: Option<Number>,
    /// Where what it reported comes from; `None` where it reported nothing.
    pub provenance: Option<Provenance>,
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
    Trees::of(known, asked.period, asked.structure).answer(&asked.indicator, &asked.units)
}

/// The trees of a period and a structure, from which any number of indicators are answered.
#[derive(Debug)]
pub struct Trees<'a> {
    known: Known<'a>,
    period: Period,
    /// The day whose units the rows are.
    day: Date,
    /// The day whose units reported.
    reported_on: Date,
    /// Whether figures are carried from one to the other.
    is_restated: bool,
    before: Figures,
    after: Figures,
}

/// What one indicator is answered from.
struct Carried {
    decimals: u8,
    descent: Descent,
    column: Vec<Option<Number>>,
    units: BTreeSet<OrgId>,
}

impl<'a> Trees<'a> {
    /// Indexes what is known once.
    pub fn of(known: Known<'a>, period: Period, structure: Structure) -> Self {
        let day = structure.tree_day(period);
        let is_restated = structure.restated_to(period).is_some();
        let reported_on = if is_restated { period.last_day() } else { day };
        let tree = |day| Figures::new(known.indicators, known.readings, &[], &[], known.edges, day);
        Self { before: tree(reported_on), after: tree(day), known, period, day, reported_on, is_restated }
    }

    /// The indicators that add up, under the definition that holds for the period, in list order; those defined only
    /// later or ended before are among them where they have a reading.
    pub fn adding_up(&self) -> Vec<&Indicator> {
        let read: BTreeSet<&IndicatorCode> = self.known.readings.iter().map(|reading| &reading.indicator).collect();
        let defined = read.into_iter().filter_map(|code| self.before.defined(code, self.period));
        let mut found: Vec<&Indicator> = defined.filter(|indicator| adds_up(indicator)).collect();
        found.sort_by_key(|indicator| (indicator.ordinal, &indicator.code));
        found
    }

    /// Which units tell the story of one: its heirs where it is no more on the day and figures are carried, else the units
    /// below it, or it alone where there is none.
    pub fn telling(&self, unit: &OrgId) -> UnitsAsked {
        let stands =
            self.known.edges.iter().any(|edge| (edge.child == *unit || edge.parent == *unit) && edge.on(self.day));
        match (stands, self.is_restated) {
            (false, true) => UnitsAsked::HeirsOf(unit.clone()),
            (true, _) if !self.after.children_of(unit).is_empty() => UnitsAsked::Below(unit.clone()),
            (true, _) | (false, false) => UnitsAsked::One(unit.clone()),
        }
    }

    /// Answers one indicator by unit.
    ///
    /// # Errors
    /// As [`by_unit`].
    pub fn answer(&self, indicator: &IndicatorCode, units: &UnitsAsked) -> Result<ByUnit, NotByUnit> {
        let Carried { decimals, descent, column, units } = self.carried(indicator, units)?;
        let reporting = self.reporting(indicator);
        let is_beside = |unit: &OrgId| {
            let value = reporting.reading(unit).map(|reading| reading.value);
            value == Some(Value::Absent(Absence::NotApplicable))
        };
        let mut rows = Vec::with_capacity(units.len());
        let mut everyone = BTreeSet::new();
        for unit in units {
            let mut subtree = BTreeSet::new();
            below(&self.after, &unit, &mut subtree);
            let mut figure = descent.restate_together(&column, &subtree, decimals)?;
            // Where only a unit above reported, this one has no figure; that is not a zero.
            if descent.origins(&subtree)?.is_empty() && !is_beside(&unit) {
                figure = Restated::Exact(Total { sum: Number::whole(0), missing: vec![unit.clone()] });
            }
            rows.push((unit, figure));
            everyone.extend(subtree);
        }
        let total = descent.restate_together(&column, &everyone, decimals)?;
        let shown: Vec<Restated> = rows.iter().map(|(_, figure)| figure.clone()).collect();
        Ok(ByUnit { day: self.day, rows, residue: residue(&total, &shown)?, total })
    }

    /// What the figure of each row is made up of, by unit.
    ///
    /// # Errors
    /// As [`by_unit`].
    pub fn contributions(
        &self,
        indicator: &IndicatorCode,
        units: &UnitsAsked,
    ) -> Result<BTreeMap<OrgId, Vec<Contribution>>, NotByUnit> {
        let Carried { descent, units, .. } = self.carried(indicator, units)?;
        let reporting = self.reporting(indicator);
        let mut found = BTreeMap::new();
        for unit in units {
            let mut subtree = BTreeSet::new();
            below(&self.after, &unit, &mut subtree);
            let origins = descent.origins(&subtree)?;
            let told = origins.into_iter().map(|(old, came)| Contribution {
                unit: old.clone(),
                came,
                value: reporting.value(old),
                provenance: reporting.reading(old).map(|reading| reading.provenance.clone()),
            });
            found.insert(unit, told.collect());
        }
        Ok(found)
    }

    fn reporting<'b>(&'b self, indicator: &'b IndicatorCode) -> Reporting<'b> {
        Reporting { figures: &self.before, indicator, period: self.period }
    }

    fn carried(&self, indicator: &IndicatorCode, units: &UnitsAsked) -> Result<Carried, NotByUnit> {
        let definition = self.before.defined(indicator, self.period).ok_or(NotByUnit::Unknown)?;
        if !adds_up(definition) {
            return Err(NotByUnit::NotAdditive);
        }
        let still = Succession::default();
        let succession = if self.is_restated { self.known.succession } else { &still };
        let reporting = self.reporting(indicator);
        let all: BTreeSet<OrgId> =
            roots(self.known.edges, self.reported_on).into_iter().flat_map(|root| reporting.of(root)).collect();
        let descent = succession.between(&all, self.reported_on, self.day)?;
        let column = descent.column(|unit| reporting.value(unit));
        let units = match units {
            UnitsAsked::Below(unit) => self.after.children_of(unit).iter().cloned().collect(),
            UnitsAsked::HeirsOf(unit) => {
                reporting.of(unit).iter().flat_map(|part| descent.heirs_of(part)).cloned().collect()
            }
            UnitsAsked::One(unit) => BTreeSet::from([unit.clone()]),
        };
        Ok(Carried { decimals: definition.decimals, descent, column, units })
    }
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

    fn reading(&self, unit: &OrgId) -> Option<&Reading> {
        self.figures.reading(self.indicator, unit, self.period)
    }

    fn value(&self, unit: &OrgId) -> Option<Number> {
        match self.reading(unit)?.value {
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
