//! The frame of the columns: the units of one tree on one day, the indicators and the periods, each numbered.
//!
//! Units are numbered as one walks the tree, so the leaves below any unit are one range. Numbers stand for
//! codes only within their frame; a reorganisation makes a new frame.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Period};

use super::tally::Factor;
use crate::indicator::definition::holding;
use crate::indicator::{Indicator, TreeRule, ValueKind};
use crate::org::Edge;

/// The number of a unit in a [`Frame`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitAt(pub(super) u32);

/// The number of an indicator in a [`Frame`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorAt(pub(super) u32);

/// The number of a period in a [`Frame`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodAt(pub(super) u32);

/// Units, indicators and periods, numbered; made once for each epoch of a tree.
#[derive(Debug, Clone)]
pub struct Frame {
    units: Vec<OrgId>,
    unit_at: BTreeMap<OrgId, UnitAt>,
    pub(super) places: Vec<Place>,
    pub(super) parents: Vec<Option<u32>>,
    /// Unit numbers of the inner units, by inner number.
    pub(super) inner: Vec<u32>,
    pub(super) leaves: u32,
    indicators: Vec<IndicatorCode>,
    indicator_at: BTreeMap<IndicatorCode, IndicatorAt>,
    pub(super) rules: Vec<Rule>,
    pub(super) percent_decimals: Vec<u8>,
    /// By period, then indicator.
    yearly: Vec<Yearly>,
    /// Indicators in an order in which each comes after those it is made of.
    pub(super) order: Vec<u32>,
    periods: Vec<Period>,
    period_at: BTreeMap<Period, PeriodAt>,
}

/// Why units, indicators and periods make no frame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFrame {
    /// A unit has two places on the day.
    #[error("unit {0} has two places in the tree on that day")]
    TwoPlaces(OrgId),
    /// A unit lies below itself.
    #[error("unit {0} lies below itself")]
    BelowItself(OrgId),
    /// A rule names an indicator that is not there.
    #[error("indicator {of} is made of {part}, which is not defined on that day")]
    UnknownPart {
        /// The indicator with the rule.
        of: IndicatorCode,
        /// The one it names.
        part: IndicatorCode,
    },
    /// A rule leads back to its own indicator.
    #[error("indicator {0} is made of itself")]
    MadeOfItself(IndicatorCode),
}

/// Where a unit stands among the cells.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// Nothing below: it has cells, at this number.
    Leaf(u32),
    /// Units below: it has totals.
    Inner(Inner),
}

/// An inner unit.
#[derive(Debug, Clone)]
pub(super) struct Inner {
    /// Its number among inner units.
    pub(super) at: u32,
    /// Every leaf below.
    pub(super) leaves: Range<u32>,
    /// The leaves directly below, as few ranges as there are.
    pub(super) leaf_runs: Vec<Range<u32>>,
    /// The inner units directly below, by inner number.
    pub(super) inner_children: Vec<u32>,
}

/// How a total follows, with indicators numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// The unit's own figure stands.
    Own,
    /// Sum over the units below.
    Sum,
    /// Units at the foot of the tree with a value above zero.
    CountPositive(u32),
    /// One over another; a percentage where the measure is `%`.
    Quotient {
        /// Numerator.
        up: u32,
        /// Denominator.
        down: u32,
        /// What it is multiplied by.
        factor: Factor,
    },
}

/// How two years of an indicator are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Yearly {
    /// One as a percentage of the other.
    Percent,
    /// In percentage points: a percentage of a percentage would mislead.
    Points,
    /// Not at all: the price basis or the unit of measure has changed between them.
    OtherBasis,
}

impl Frame {
    /// Numbers the units at and below `root` on a day, the definitions of that day, and the periods
    /// with the years whose plans they are held against. Older definitions say what may be compared.
    ///
    /// # Errors
    /// When the places make no tree, or the rules of the indicators lead nowhere or back.
    pub fn new(
        root: &OrgId,
        edges: &[Edge],
        indicators: &[Indicator],
        periods: &[Period],
        day: Date,
    ) -> Result<Self, BadFrame> {
        let mut frame = Self {
            units: Vec::new(),
            unit_at: BTreeMap::new(),
            places: Vec::new(),
            parents: Vec::new(),
            inner: Vec::new(),
            leaves: 0,
            indicators: Vec::new(),
            indicator_at: BTreeMap::new(),
            rules: Vec::new(),
            percent_decimals: Vec::new(),
            yearly: Vec::new(),
            order: Vec::new(),
            periods: Vec::new(),
            period_at: BTreeMap::new(),
        };
        let mut children: BTreeMap<&OrgId, BTreeSet<&OrgId>> = BTreeMap::new();
        for edge in edges.iter().filter(|edge| edge.on(day)) {
            children.entry(&edge.parent).or_default().insert(&edge.child);
        }
        frame.walk(root, None, &children)?;
        frame.number_indicators(indicators, day)?;
        let years = periods.iter().map(|period| period.plan_year());
        for period in periods.iter().copied().chain(years).collect::<BTreeSet<_>>() {
            frame.period_at.insert(period, PeriodAt(number_of(frame.periods.len())));
            frame.periods.push(period);
        }
        frame.compare_definitions(indicators);
        Ok(frame)
    }

    /// The number of a unit; `None` where it is not in this tree.
    pub fn unit_at(&self, unit: &OrgId) -> Option<UnitAt> {
        self.unit_at.get(unit).copied()
    }

    /// The number of an indicator.
    pub fn indicator_at(&self, indicator: &IndicatorCode) -> Option<IndicatorAt> {
        self.indicator_at.get(indicator).copied()
    }

    /// The number of a period.
    pub fn period_at(&self, period: Period) -> Option<PeriodAt> {
        self.period_at.get(&period).copied()
    }

    /// The unit of a number.
    pub fn unit(&self, at: UnitAt) -> &OrgId {
        &self.units[index(at.0)]
    }

    /// The indicator of a number.
    pub fn indicator(&self, at: IndicatorAt) -> &IndicatorCode {
        &self.indicators[index(at.0)]
    }

    /// The period of a number.
    pub fn period(&self, at: PeriodAt) -> Period {
        self.periods[index(at.0)]
    }

    /// Every unit with units below it, in the order of the walk: each after the unit above it.
    pub fn inner_units(&self) -> impl Iterator<Item = UnitAt> + '_ {
        self.inner.iter().map(|unit| UnitAt(*unit))
    }

    /// Every indicator, in list order.
    pub fn indicators(&self) -> impl Iterator<Item = IndicatorAt> + use<> {
        (0..number_of(self.indicators.len())).map(IndicatorAt)
    }

    /// Every period, in order, among them the years of the plans.
    pub fn periods(&self) -> impl Iterator<Item = PeriodAt> + use<> {
        (0..number_of(self.periods.len())).map(PeriodAt)
    }

    /// How many units have cells: those with nothing below.
    pub fn leaf_count(&self) -> usize {
        index(self.leaves)
    }

    /// How many indicators there are.
    pub fn indicator_count(&self) -> usize {
        self.indicators.len()
    }

    /// How many periods there are, with the years of the plans.
    pub fn period_count(&self) -> usize {
        self.periods.len()
    }

    /// How a period is held against the same period a year before.
    pub(super) fn yearly(&self, period: u32, indicator: u32) -> Yearly {
        self.yearly[index(period) * self.indicators.len() + index(indicator)]
    }

    /// Indicators made of this one, directly or not, each after those it is made of.
    pub(super) fn made_of(&self, indicator: u32) -> Vec<u32> {
        let mut touched = BTreeSet::from([indicator]);
        let mut made = Vec::new();
        for at in &self.order {
            if self.rules[index(*at)].parts().any(|part| touched.contains(&part)) {
                touched.insert(*at);
                made.push(*at);
            }
        }
        made
    }

    /// Numbers a unit and all below it.
    fn walk(
        &mut self,
        unit: &OrgId,
        parent: Option<u32>,
        children: &BTreeMap<&OrgId, BTreeSet<&OrgId>>,
    ) -> Result<u32, BadFrame> {
        let at = number_of(self.units.len());
        if self.unit_at.insert(unit.clone(), UnitAt(at)).is_some() {
            let above = std::iter::successors(parent, |unit| self.parents[index(*unit)]);
            return Err(if above.into_iter().any(|above| self.units[index(above)] == *unit) {
                BadFrame::BelowItself(unit.clone())
            } else {
                BadFrame::TwoPlaces(unit.clone())
            });
        }
        self.units.push(unit.clone());
        self.parents.push(parent);
        self.places.push(Place::Leaf(self.leaves));
        let Some(below) = children.get(unit) else {
            self.leaves += 1;
            return Ok(at);
        };
        let inner_at = number_of(self.inner.len());
        self.inner.push(at);
        let mut inner =
            Inner { at: inner_at, leaves: self.leaves..self.leaves, leaf_runs: Vec::new(), inner_children: Vec::new() };
        for child in below {
            let child = self.walk(child, Some(at), children)?;
            match &self.places[index(child)] {
                Place::Inner(child) => inner.inner_children.push(child.at),
                Place::Leaf(leaf) => match inner.leaf_runs.last_mut() {
                    Some(run) if run.end == *leaf => run.end += 1,
                    Some(_) | None => inner.leaf_runs.push(*leaf..leaf + 1),
                },
            }
        }
        inner.leaves.end = self.leaves;
        self.places[index(at)] = Place::Inner(inner);
        Ok(at)
    }

    fn number_indicators(&mut self, indicators: &[Indicator], day: Date) -> Result<(), BadFrame> {
        let mut listed: Vec<&Indicator> =
            indicators.iter().filter(|i| crate::org::holds(i.valid_from, i.valid_to, day)).collect();
        listed.sort_by_key(|indicator| (indicator.ordinal, indicator.code.clone()));
        for indicator in &listed {
            self.indicator_at.insert(indicator.code.clone(), IndicatorAt(number_of(self.indicators.len())));
            self.indicators.push(indicator.code.clone());
            self.percent_decimals.push(indicator.percent_decimals);
        }
        for indicator in &listed {
            let number = |part: &IndicatorCode| match self.indicator_at.get(part) {
                Some(at) => Ok(at.0),
                None => Err(BadFrame::UnknownPart { of: indicator.code.clone(), part: part.clone() }),
            };
            self.rules.push(match &indicator.tree_rule {
                TreeRule::Own => Rule::Own,
                TreeRule::Sum => Rule::Sum,
                TreeRule::CountPositive(of) => Rule::CountPositive(number(of)?),
                TreeRule::Quotient(up, down) => {
                    let factor = if indicator.measure == "%" { Factor::Hundred } else { Factor::One };
                    Rule::Quotient { up: number(up)?, down: number(down)?, factor }
                }
            });
        }
        self.order_indicators()
    }

    /// Finds what may be compared: figures count under the definition that holds at the end of their period.
    fn compare_definitions(&mut self, indicators: &[Indicator]) {
        let mut versions: BTreeMap<&IndicatorCode, Vec<&Indicator>> = BTreeMap::new();
        for indicator in indicators {
            versions.entry(&indicator.code).or_default().push(indicator);
        }
        for period in &self.periods {
            for code in &self.indicators {
                let versions = &versions[code];
                let defined = |period: Period| {
                    holding(versions.iter().copied(), period.last_day()).expect("every code has a version of its own")
                };
                let (now, before) = (defined(*period), defined(period.same_period_last_year()));
                self.yearly.push(if (&now.price_basis, &now.measure) != (&before.price_basis, &before.measure) {
                    Yearly::OtherBasis
                } else if now.kind == ValueKind::Ratio && now.measure == "%" {
                    Yearly::Points
                } else {
                    Yearly::Percent
                });
            }
        }
    }

    /// Puts each indicator after its parts.
    fn order_indicators(&mut self) -> Result<(), BadFrame> {
        let mut placed = vec![false; self.rules.len()];
        while self.order.len() < self.rules.len() {
            let before = self.order.len();
            for at in 0..self.rules.len() {
                if !placed[at] && self.rules[at].parts().all(|part| placed[index(part)]) {
                    placed[at] = true;
                    self.order.push(number_of(at));
                }
            }
            if self.order.len() == before {
                let stuck = placed.iter().position(|placed| !placed).expect("fewer are placed than there are");
                return Err(BadFrame::MadeOfItself(self.indicators[stuck].clone()));
            }
        }
        Ok(())
    }
}

impl Rule {
    /// The indicators it reads.
    fn parts(self) -> impl Iterator<Item = u32> {
        let (one, other) = match self {
            Self::Own | Self::Sum => (None, None),
            Self::CountPositive(of) => (Some(of), None),
            Self::Quotient { up, down, factor: _ } => (Some(up), Some(down)),
        };
        one.into_iter().chain(other)
    }
}

/// A number as an index.
pub(super) fn index(number: u32) -> usize {
    usize::try_from(number).expect("an index has at least 32 bits on every machine we build for")
}

/// The next number of a list.
fn number_of(length: usize) -> u32 {
    u32::try_from(length).expect("a list that fits in memory has fewer than 2^32 entries of this size")
}
