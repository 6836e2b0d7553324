//! Figures at hand: readings, plans and the tree of a day, from which any value is found or rolled up.
//!
//! A unit's own reading wins; without one, the rule of the indicator says how the units below make it up.
//! A unit that did not report is missing, not zero, and every total says so.

mod basis;
mod cells;
mod rolled;

use std::collections::BTreeMap;
use std::sync::Arc;

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::number::{BadNumber, quotient_to_round};
use thidua_base::{Date, Number, Period};

use super::compare::{Change, Incomparable, Pace, against, pace_of};
use super::{
    Absence, Direction, Indicator, Nature, Plan, PlanNaming, PlanValue, Qualifier, Reading, TreeRule, Value, ValueKind,
    cell_key, definition,
};
use crate::org::Edge;
use crate::origin::Origin;

pub use basis::Basis;
pub use cells::Cells;
pub use rolled::Rolled;

/// Readings, and the definitions, plans and tree they are judged by; a clone shares both.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    basis: Arc<Basis>,
    /// Of each period looked at.
    cells: BTreeMap<Period, Arc<Rolled>>,
}

/// The value of an indicator for a unit and a period, and all that must be said beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    /// The value; `None` where nothing was reported.
    pub value: Option<Number>,
    /// Keys of every stored value it depends on, sorted; none where they were not asked for.
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

impl Coverage {
    /// Whether every unit that should report did.
    pub fn is_whole(self) -> bool {
        self.lacking() == 0
    }

    /// How many units did not report.
    pub fn lacking(self) -> usize {
        self.expected.saturating_sub(self.reported)
    }
}

/// How a value came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The unit's own reading.
    Own,
    /// Rolled up from the units below.
    RolledUp,
}

/// Why a figure cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureFault {
    /// It does not fit in 64 bits.
    #[error(transparent)]
    TooLarge(#[from] BadNumber),
    /// Its rule, or the tree, leads back to itself.
    #[error("the figure of {0} follows from itself")]
    Circular(IndicatorCode),
}

/// Whether a figure is followed to the stored values it depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// With the key of each: what explains a figure or binds text to it.
    Followed,
    /// Without: what only shows it. A total of a hundred units then takes no hundred texts.
    Left,
}

/// Deepest chain of rules and tree levels followed: nation to hamlet is five, a quotient adds one.
const DEPTH_MAX: usize = 24;

impl Figures {
    /// Indexes what was loaded. Of several readings of one cell the firmest wins, then the latest; definitions are
    /// taken as on `day`. Lists of units follow the tree of that day; a total of an earlier period is made up of the
    /// units of its own last day (as it was).
    pub fn new(
        indicators: &[Indicator],
        readings: &[Reading],
        plans: &[Plan],
        plan_values: &[PlanValue],
        edges: &[Edge],
        day: Date,
    ) -> Self {
        let mut cells: BTreeMap<Period, Cells> = BTreeMap::new();
        for reading in readings {
            cells.entry(reading.period).or_default().take(reading.clone());
        }
        let basis = Basis::new(indicators, plans, plan_values, edges, day);
        Self::over(Arc::new(basis), cells.into_iter().map(|(period, cells)| (period, Arc::new(Rolled::of(cells)))))
    }

    /// The figures of cells at hand, each with its period, on a basis at hand.
    pub fn over(basis: Arc<Basis>, cells: impl IntoIterator<Item = (Period, Arc<Rolled>)>) -> Self {
        Self { basis, cells: cells.into_iter().collect() }
    }

    /// The definition of an indicator on the day.
    pub fn indicator(&self, code: &IndicatorCode) -> Option<&Indicator> {
        self.basis.indicators.get(code)
    }

    /// Every definition, in list order.
    pub fn indicators(&self) -> Vec<&Indicator> {
        let mut all: Vec<&Indicator> = self.basis.indicators.values().collect();
        all.sort_by_key(|indicator| (indicator.ordinal, indicator.code.clone()));
        all
    }

    /// The parts of an indicator, in list order.
    pub fn parts_of(&self, whole: &IndicatorCode) -> Vec<&Indicator> {
        let mut parts: Vec<&Indicator> =
            self.basis.indicators.values().filter(|part| part.part_of.as_ref() == Some(whole)).collect();
        parts.sort_by_key(|part| (part.ordinal, part.code.clone()));
        parts
    }

    /// The units directly below a unit, in id order.
    pub fn children_of(&self, unit: &OrgId) -> &[OrgId] {
        self.basis.children.get(unit).map_or(&[], Vec::as_slice)
    }

    /// The units directly below a unit on the last day of a period that was over on the day, in id order.
    fn children_in(&self, unit: &OrgId, period: Period) -> Vec<&OrgId> {
        let last = period.last_day();
        match self.basis.day {
            Some(day) if last < day => {
                let places = self.basis.places.get(unit).map_or(&[][..], Vec::as_slice);
                places.iter().filter(|place| place.on(last)).map(|place| &place.child).collect()
            }
            Some(_) | None => self.children_of(unit).iter().collect(),
        }
    }

    /// The reading a unit made itself, if any.
    pub fn reading(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Option<&Reading> {
        self.cells.get(&period)?.cells().get(code, unit)
    }

    /// Plans for the year of a period that are in force on the day: the plain one first,
    /// then named ones from the higher assigner down.
    pub fn plans(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Vec<&(Plan, PlanValue)> {
        self.assigned(code, unit, period.plan_year())
    }

    /// Plans for that very period, in the same order: of a part of the year where a plan document phases it.
    pub fn assigned(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Vec<&(Plan, PlanValue)> {
        let of_cell = self.basis.plans.get(&(code.clone(), unit.clone(), period));
        let mut plans: Vec<&(Plan, PlanValue)> = of_cell.map_or_else(Vec::new, |plans| plans.iter().collect());
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
    /// When a sum does not fit in 64 bits, or a rule leads back to itself.
    pub fn actual(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Result<Actual, FigureFault> {
        self.traced(code, unit, period, Trace::Followed)
    }

    /// The same, with or without the keys it depends on.
    ///
    /// # Errors
    /// As [`Figures::actual`].
    pub fn traced(
        &self,
        code: &IndicatorCode,
        unit: &OrgId,
        period: Period,
        trace: Trace,
    ) -> Result<Actual, FigureFault> {
        self.found(code, unit, (period, trace), 0)
    }

    /// What changed on the same period last year: percent, or points between two percentages.
    ///
    /// # Errors
    /// As [`Figures::actual`].
    pub fn change(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Result<Change, FigureFault> {
        let value = |period| self.traced(code, unit, period, Trace::Left);
        self.change_between(code, period, &value(period)?, &value(period.same_period_last_year())?)
    }

    /// The same of two values at hand: that of the period, and that of the same period last year.
    ///
    /// # Errors
    /// As [`Figures::actual`].
    pub fn change_between(
        &self,
        code: &IndicatorCode,
        period: Period,
        now: &Actual,
        then: &Actual,
    ) -> Result<Change, FigureFault> {
        let before = period.same_period_last_year();
        let (Some(actual), Some(base)) = (now.value, then.value) else {
            return Ok(Change::Unknown(Incomparable::NoValue));
        };
        if !now.reported.is_whole() || !then.reported.is_whole() {
            return Ok(Change::Unknown(Incomparable::Incomplete));
        }
        let (Some(indicator), Some(older)) = (self.defined(code, period), self.defined(code, before)) else {
            return Ok(Change::Unknown(Incomparable::NoValue));
        };
        if !indicator.measures_like(older) {
            return Ok(Change::Unknown(Incomparable::OtherBasis));
        }
        if indicator.kind == ValueKind::Ratio && indicator.measure == "%" {
            return Ok(Change::Points(actual.minus(base)?));
        }
        Ok(Change::Percent(against(actual, base, indicator.percent_decimals)?))
    }

    /// How a value stands against an annual plan at the end of a period.
    pub fn pace(&self, code: &IndicatorCode, actual: &Actual, assigned: &PlanValue, period: Period) -> Pace {
        let rises = self.indicator(code).is_some_and(|indicator| indicator.direction == Direction::Up);
        match actual.value {
            Some(value) if rises && actual.reported.is_whole() => pace_of(value, assigned.value, period),
            Some(_) | None => Pace::NotJudged,
        }
    }

    /// The definition under which a period was reported.
    pub fn defined(&self, code: &IndicatorCode, period: Period) -> Option<&Indicator> {
        definition::holding(self.basis.versions.get(code)?, period.last_day())
    }

    fn found(
        &self,
        code: &IndicatorCode,
        unit: &OrgId,
        asked: (Period, Trace),
        depth: usize,
    ) -> Result<Actual, FigureFault> {
        let (period, trace) = asked;
        if let Some(reading) = self.reading(code, unit, period) {
            return Ok(own(reading, trace));
        }
        if depth > DEPTH_MAX {
            return Err(FigureFault::Circular(code.clone()));
        }
        match (trace, self.cells.get(&period)) {
            (Trace::Left, Some(cells)) => {
                cells.total(&self.basis, (code, unit), || self.made_up(code, unit, asked, depth))
            }
            (Trace::Left | Trace::Followed, Some(_) | None) => self.made_up(code, unit, asked, depth),
        }
    }

    /// The value that the rule of the indicator makes up from the units below.
    fn made_up(
        &self,
        code: &IndicatorCode,
        unit: &OrgId,
        asked: (Period, Trace),
        depth: usize,
    ) -> Result<Actual, FigureFault> {
        let rule = self.indicator(code).map_or(&TreeRule::Own, |indicator| &indicator.tree_rule);
        match rule {
            TreeRule::Own => Ok(missing(key_of(code, unit, asked))),
            TreeRule::Sum => self.summed(code, unit, asked, |child| self.found(code, child, asked, depth + 1)),
            TreeRule::CountPositive(of) => self.counted(code, of, unit, asked, depth),
            TreeRule::Quotient(up, down) => {
                let up = self.found(up, unit, asked, depth + 1)?;
                let down = self.found(down, unit, asked, depth + 1)?;
                let factor = if self.indicator(code).is_some_and(|i| i.measure == "%") { 100 } else { 1 };
                let value = match (up.value, down.value) {
                    (Some(a), Some(b)) if !b.is_negative() => quotient_to_round(a, b, factor)?,
                    (Some(_) | None, Some(_) | None) => None,
                };
                Ok(Actual { value, ..joined(up, down) })
            }
        }
    }

    /// The sum over the units below, each found by `below`; a unit without any is missing under the key of `code`.
    fn summed(
        &self,
        code: &IndicatorCode,
        unit: &OrgId,
        asked: (Period, Trace),
        below: impl Fn(&OrgId) -> Result<Actual, FigureFault>,
    ) -> Result<Actual, FigureFault> {
        let children = self.children_in(unit, asked.0);
        if children.is_empty() {
            return Ok(missing(key_of(code, unit, asked)));
        }
        let mut total = Actual {
            value: None,
            sources: Vec::new(),
            reported: Coverage { reported: 0, expected: 0 },
            nature: Nature::Official,
            qualifier: Qualifier::Plain,
            as_of: None,
            origin: None,
            made: Made::RolledUp,
        };
        for child in children {
            let below = below(child)?;
            if let Some(value) = below.value {
                total.value = Some(total.value.unwrap_or(Number::whole(0)).plus(value)?);
                total.nature = total.nature.min(below.nature);
                total.origin = weaker(total.origin, below.origin);
            }
            total.reported.reported += below.reported.reported;
            total.reported.expected += below.reported.expected;
            total.sources.extend(below.sources);
        }
        if total.value.is_none() {
            total.nature = Nature::Estimate;
        }
        total.sources.sort();
        Ok(total)
    }

    /// The number of units at the foot of the tree whose value of `of` is above zero: communes under a province are
    /// counted through its districts.
    fn counted(
        &self,
        code: &IndicatorCode,
        of: &IndicatorCode,
        unit: &OrgId,
        asked: (Period, Trace),
        depth: usize,
    ) -> Result<Actual, FigureFault> {
        self.summed(of, unit, asked, |child| {
            if !self.children_in(child, asked.0).is_empty() {
                return self.found(code, child, asked, depth + 1);
            }
            let foot = self.found(of, child, asked, depth + 1)?;
            let one = |value: Number| Number::whole(i64::from(!value.is_zero() && !value.is_negative()));
            Ok(Actual { value: foot.value.map(one), ..foot })
        })
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

fn own(reading: &Reading, trace: Trace) -> Actual {
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
        sources: match trace {
            Trace::Followed => vec![reading.key()],
            Trace::Left => Vec::new(),
        },
        reported: Coverage { reported: said, expected },
        nature: reading.nature,
        qualifier: reading.qualifier,
        as_of: reading.as_of,
        origin: Some(reading.provenance.origin),
        made: Made::Own,
    }
}

/// The key of a cell, where keys are asked for.
fn key_of(code: &IndicatorCode, unit: &OrgId, (period, trace): (Period, Trace)) -> Option<String> {
    match trace {
        Trace::Followed => Some(cell_key(code, unit, period)),
        Trace::Left => None,
    }
}

fn missing(key: Option<String>) -> Actual {
    Actual {
        value: None,
        sources: key.into_iter().collect(),
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
        // The side that lacks more is the one to warn of.
        reported: if a.reported.lacking() > b.reported.lacking() { a.reported } else { b.reported },
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
