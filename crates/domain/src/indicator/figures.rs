//! Figures at hand: readings, plans and the tree of a day, from which any value is found or rolled up.
//!
//! A unit's own reading wins; without one, the rule of the indicator says how the units below make it up.
//! A unit that did not report is missing, not zero, and every total says so.

use std::collections::BTreeMap;

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::number::{BadNumber, quotient};
use thidua_base::{Date, Number, Period};

use super::{Absence, Indicator, Nature, Plan, PlanNaming, PlanValue, Qualifier, Reading, TreeRule, Value, cell_key};
use crate::org::Edge;
use crate::origin::Origin;

/// Readings, plans, definitions and one tree, indexed.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    indicators: BTreeMap<IndicatorCode, Indicator>,
    readings: BTreeMap<(IndicatorCode, OrgId, Period), Reading>,
    plans: BTreeMap<(IndicatorCode, OrgId, Period), Vec<(Plan, PlanValue)>>,
    children: BTreeMap<OrgId, Vec<OrgId>>,
}

/// The value of an indicator for a unit and a period, and all that must be said beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    /// The value; `None` where nothing was reported.
    pub value: Option<Number>,
    /// Keys of every stored value it depends on, sorted.
    pub sources: Vec<String>,
    /// Units that should report and those that did; 1 of 1 for an own reading.
    pub reported: Coverage,
    /// The least firm nature among the readings used.
    pub nature: Nature,
    /// Qualifier of an own reading; plain for a rolled-up one.
    pub qualifier: Qualifier,
    /// As-of day of an own reading.
    pub as_of: Option<Date>,
    /// The weakest origin among the readings used: sample before implied before reported.
    pub origin: Option<Origin>,
    /// Whether it was reported for the unit itself or made up from those below.
    pub made: Made,
}

/// How many of the units expected did report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Units that reported a value or said that none occurred.
    pub reported: usize,
    /// Units that should report.
    pub expected: usize,
}

/// How a value came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The unit's own reading.
    Own,
    /// Rolled up from the units below.
    RolledUp,
}

impl Figures {
    /// Indexes what was loaded. Of several readings of one cell the firmest wins, then the latest;
    /// edges and definitions are taken as on `day`.
    pub fn new(
        indicators: &[Indicator],
        readings: &[Reading],
        plans: &[Plan],
        plan_values: &[PlanValue],
        edges: &[Edge],
        day: Date,
    ) -> Self {
        let mut figures = Self::default();
        for indicator in indicators {
            if crate::org::holds(indicator.valid_from, indicator.valid_to, day) {
                figures.indicators.insert(indicator.code.clone(), indicator.clone());
            }
        }
        for reading in readings {
            let cell = (reading.indicator.clone(), reading.unit.clone(), reading.period);
            let firmer = |held: &Reading| (held.nature, held.seq) > (reading.nature, reading.seq);
            if !figures.readings.get(&cell).is_some_and(firmer) {
                figures.readings.insert(cell, reading.clone());
            }
        }
        let by_id: BTreeMap<_, _> = plans.iter().map(|plan| (&plan.id, plan)).collect();
        let superseded: std::collections::BTreeSet<_> =
            plans.iter().filter(|plan| plan.decided_on <= day).filter_map(|plan| plan.supersedes.as_ref()).collect();
        for value in plan_values {
            let Some(plan) = by_id.get(&value.plan) else { continue };
            if plan.decided_on > day || superseded.contains(&plan.id) {
                continue;
            }
            let cell = (value.indicator.clone(), value.unit.clone(), value.period);
            figures.plans.entry(cell).or_default().push(((*plan).clone(), value.clone()));
        }
        for edge in edges.iter().filter(|edge| edge.on(day)) {
            figures.children.entry(edge.parent.clone()).or_default().push(edge.child.clone());
        }
        for children in figures.children.values_mut() {
            children.sort();
        }
        figures
    }

    /// The definition of an indicator on the day.
    pub fn indicator(&self, code: &IndicatorCode) -> Option<&Indicator> {
        self.indicators.get(code)
    }

    /// Every definition, in list order.
    pub fn indicators(&self) -> Vec<&Indicator> {
        let mut all: Vec<&Indicator> = self.indicators.values().collect();
        all.sort_by_key(|indicator| (indicator.ordinal, indicator.code.clone()));
        all
    }

    /// The parts of an indicator, in list order.
    pub fn parts_of(&self, whole: &IndicatorCode) -> Vec<&Indicator> {
        let mut parts: Vec<&Indicator> =
            self.indicators.values().filter(|part| part.part_of.as_ref() == Some(whole)).collect();
        parts.sort_by_key(|part| (part.ordinal, part.code.clone()));
        parts
    }

    /// The units directly below a unit, in id order.
    pub fn children_of(&self, unit: &OrgId) -> &[OrgId] {
        self.children.get(unit).map_or(&[], Vec::as_slice)
    }

    /// The reading a unit made itself, if any.
    pub fn reading(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Option<&Reading> {
        self.readings.get(&(code.clone(), unit.clone(), period))
    }

    /// Plans for the year of a period that are in force on the day: the plain one first,
    /// then named ones from the higher assigner down.
    pub fn plans(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Vec<&(Plan, PlanValue)> {
        let mut plans: Vec<&(Plan, PlanValue)> = self
            .plans
            .get(&(code.clone(), unit.clone(), period.plan_year()))
            .map_or_else(Vec::new, |plans| plans.iter().collect());
        plans.sort_by_key(|(plan, _)| {
            let named = match plan.naming {
                PlanNaming::Plain => 0,
                PlanNaming::Named => 1,
            };
            (named, self.depth_below(&plan.assigner, unit), plan.id.clone())
        });
        plans
    }

    /// The value for a unit and a period.
    ///
    /// # Errors
    /// When a sum does not fit in 64 bits.
    pub fn actual(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Result<Actual, BadNumber> {
        if let Some(reading) = self.reading(code, unit, period) {
            return Ok(own(reading));
        }
        let rule = self.indicator(code).map_or(&TreeRule::Own, |indicator| &indicator.tree_rule);
        match rule {
            TreeRule::Own => Ok(missing(cell_key(code, unit, period))),
            TreeRule::Sum => self.summed(code, unit, period),
            TreeRule::CountPositive(of) => self.counted(of, unit, period),
            TreeRule::Quotient(up, down) => {
                let (up, down) = (self.actual(up, unit, period)?, self.actual(down, unit, period)?);
                let hundredfold = self.indicator(code).is_some_and(|i| i.measure == "%");
                let value = match (up.value, down.value) {
                    (Some(a), Some(b)) if hundredfold => match thidua_base::number::percent(a, b, 4)? {
                        thidua_base::Percent::Of(p) => Some(p),
                        thidua_base::Percent::NoBase | thidua_base::Percent::NegativeBase => None,
                    },
                    (Some(a), Some(b)) => quotient(a, b, 4)?,
                    (Some(_) | None, None) | (None, Some(_)) => None,
                };
                Ok(Actual { value, ..joined(up, down) })
            }
        }
    }

    fn summed(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Result<Actual, BadNumber> {
        let children = self.children_of(unit);
        if children.is_empty() {
            return Ok(missing(cell_key(code, unit, period)));
        }
        let mut total = missing(String::new());
        total.sources.clear();
        total.made = Made::RolledUp;
        total.reported = Coverage { reported: 0, expected: 0 };
        total.nature = Nature::Official;
        for child in children {
            let below = self.actual(code, child, period)?;
            if let Some(value) = below.value {
                total.value = Some(total.value.unwrap_or(Number::whole(0)).plus(value)?);
                total.nature = total.nature.min(below.nature);
                total.origin = weaker(total.origin, below.origin);
            }
            total.reported.reported += below.reported.reported;
            total.reported.expected += below.reported.expected;
            total.sources.extend(below.sources);
        }
        total.sources.sort();
        Ok(total)
    }

    fn counted(&self, of: &IndicatorCode, unit: &OrgId, period: Period) -> Result<Actual, BadNumber> {
        let mut total = self.summed(of, unit, period)?;
        let mut positive = 0;
        for child in self.children_of(unit) {
            let value = self.actual(of, child, period)?.value;
            if value.is_some_and(|value| !value.is_zero() && !value.is_negative()) {
                positive += 1;
            }
        }
        total.value = total.value.map(|_| Number::whole(positive));
        Ok(total)
    }

    /// How far `unit` lies below `above`; large where it does not.
    fn depth_below(&self, above: &OrgId, unit: &OrgId) -> usize {
        fn walk(figures: &Figures, at: &OrgId, unit: &OrgId, depth: usize) -> Option<usize> {
            const DEEPEST_TREE: usize = 8; // nation to hamlet is five; a cycle must not hang us
            if at == unit {
                return Some(depth);
            }
            if depth == DEEPEST_TREE {
                return None;
            }
            figures.children_of(at).iter().find_map(|child| walk(figures, child, unit, depth + 1))
        }
        // The higher the assigner, the earlier it is named.
        usize::MAX - walk(self, above, unit, 0).unwrap_or(0)
    }
}

fn own(reading: &Reading) -> Actual {
    let said = match reading.value {
        Value::Of(_) | Value::Absent(Absence::NoneOccurred) => 1,
        Value::Absent(Absence::NotReported | Absence::NotApplicable | Absence::Withheld) => 0,
    };
    let value = match reading.value {
        Value::Of(number) => Some(number),
        Value::Absent(Absence::NoneOccurred) => Some(Number::whole(0)),
        Value::Absent(Absence::NotReported | Absence::NotApplicable | Absence::Withheld) => None,
    };
    let expected = usize::from(reading.value != Value::Absent(Absence::NotApplicable));
    Actual {
        value,
        sources: vec![reading.key()],
        reported: Coverage { reported: said, expected },
        nature: reading.nature,
        qualifier: reading.qualifier,
        as_of: reading.as_of,
        origin: Some(reading.provenance.origin),
        made: Made::Own,
    }
}

fn missing(key: String) -> Actual {
    Actual {
        value: None,
        sources: vec![key],
        reported: Coverage { reported: 0, expected: 1 },
        nature: Nature::Estimate,
        qualifier: Qualifier::Plain,
        as_of: None,
        origin: None,
        made: Made::Own,
    }
}

fn joined(a: Actual, b: Actual) -> Actual {
    let mut sources = a.sources;
    sources.extend(b.sources);
    sources.sort();
    sources.dedup();
    Actual {
        value: None,
        sources,
        reported: if a.reported.reported < b.reported.reported { a.reported } else { b.reported },
        nature: a.nature.min(b.nature),
        qualifier: Qualifier::Plain,
        as_of: None,
        origin: weaker(a.origin, b.origin),
        made: Made::RolledUp,
    }
}

/// The origin to warn of when two values are joined.
fn weaker(a: Option<Origin>, b: Option<Origin>) -> Option<Origin> {
    fn weakness(origin: Origin) -> u8 {
        match origin {
            Origin::Reported | Origin::Reference => 0,
            Origin::Implied { .. } => 1,
            Origin::Sample => 2,
        }
    }
    match (a, b) {
        (Some(a), Some(b)) => Some(if weakness(b) > weakness(a) { b } else { a }),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests;
