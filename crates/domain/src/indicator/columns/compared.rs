//! What is read out of the columns: totals, lines with both comparisons, and the sheet of a period.

use std::borrow::Cow;

use thidua_base::number::BadNumber;
use thidua_base::{Number, Percent};

use super::Columns;
use super::frame::{IndicatorAt, PeriodAt, Place, UnitAt, Yearly, index};
use super::mark::Weakest;
use super::tally::{PerCent, Tally, Totals};
use crate::indicator::Nature;
use crate::indicator::figures::{Coverage, Made};

/// A value of a unit, its own or rolled up, and what must be said beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    tally: Tally,
    scale: u8,
}

/// A unit's value of one indicator in one period, held against plan and same period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What was reported.
    pub actual: Total,
    /// What was planned: the unit's own plan, else the sum assigned to those below.
    pub plan: Total,
    /// What was reported for the same period a year before.
    pub same_period: Total,
    /// Actual as a percentage of plan.
    pub of_plan: Ratio,
    /// Actual as a percentage of the same period, or in points.
    pub of_same_period: Ratio,
}

/// A rounded percentage, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ratio {
    /// Both sides are complete.
    Of(Number),
    /// A side lacks some units; printed only with its mark, n of m of the side that lacks more.
    Incomplete {
        /// The percentage of what there is.
        percent: Number,
        /// How many units reported of those that should.
        coverage: Coverage,
    },
    /// A change in percentage points, between two percentages.
    Points {
        /// Actual less same period.
        difference: Number,
        /// How many units reported of those that should, on the side that lacks more.
        coverage: Coverage,
    },
    /// The price basis or the unit of measure has changed since the same period.
    OtherBasis,
    /// Nothing was reported to compare.
    NotReported,
    /// No plan was assigned.
    NoPlan,
    /// Nothing was reported for the same period.
    NoSamePeriod,
    /// The base is zero (kỳ gốc bằng 0).
    NoBase,
    /// The base is below zero; a percentage would mislead.
    NegativeBase,
    /// The percentage has more digits than a number holds.
    TooLarge,
}

/// Every unit that has units below, by every indicator, for one period (bảng tổng hợp).
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    columns: &'a Columns,
    period: PeriodAt,
    actual: Cow<'a, Totals>,
    plan: Cow<'a, Totals>,
    /// `None` where the columns do not reach so far back.
    same_period: Option<Cow<'a, Totals>>,
    /// Digits of the percentages, by inner unit and indicator; [`NO_PERCENT`] where a [`Ratio`] says why not.
    of_plan: Vec<i64>,
    of_same_period: Vec<i64>,
}

/// One unit through all periods: values, plans and coverage (chuỗi số liệu).
#[derive(Debug, Clone)]
pub struct Series {
    /// By period, then indicator: actual and plan.
    totals: Vec<(Total, Total)>,
    width: usize,
}

/// What stands in a sheet where there is no percentage; no percentage has so many digits.
const NO_PERCENT: i64 = i64::MIN;

impl Total {
    pub(super) fn new(tally: Tally, scale: u8) -> Self {
        Self { tally, scale }
    }

    /// The value; `None` where nothing was reported.
    ///
    /// # Errors
    /// When the sum does not fit in 64 bits; its coverage and trust can still be said.
    pub fn value(self) -> Result<Option<Number>, BadNumber> {
        self.tally.number(self.scale)
    }

    /// Digits of the exact sum at [`Total::scale`], which may be wider than a number; 0 where there is no value.
    pub fn digits(self) -> i128 {
        self.tally.digits
    }

    /// Decimals of the digits.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// Units that reported, of those that should.
    pub fn coverage(self) -> Coverage {
        Coverage { reported: index(self.tally.reported), expected: index(self.tally.expected) }
    }

    /// Whether it is the unit's own figure.
    pub fn made(self) -> Made {
        if self.tally.mark.is_own() { Made::Own } else { Made::RolledUp }
    }

    /// The least firm nature among the figures used; `None` where there is no value.
    pub fn nature(self) -> Option<Nature> {
        self.tally.mark.is_valued().then(|| self.tally.mark.nature())
    }

    /// The least trusted origin among the figures used; `None` where there is no value.
    pub fn weakest(self) -> Option<Weakest> {
        self.tally.mark.is_valued().then(|| self.tally.mark.weakest())
    }
}

impl Line {
    pub(super) fn new(actual: Total, plan: Total, same_period: Total, decimals: u8, yearly: Yearly) -> Self {
        let of_same_period = if !same_period.tally.mark.is_valued() {
            Ratio::NoSamePeriod
        } else if !actual.tally.mark.is_valued() {
            Ratio::NotReported
        } else {
            match yearly {
                Yearly::Percent => percent_of(actual, same_period, decimals),
                Yearly::Points => points_from(actual, same_period),
                Yearly::OtherBasis => Ratio::OtherBasis,
            }
        };
        let of_plan = if !plan.tally.mark.is_valued() {
            Ratio::NoPlan
        } else if !actual.tally.mark.is_valued() {
            Ratio::NotReported
        } else {
            percent_of(actual, plan, decimals)
        };
        Self { actual, plan, same_period, of_plan, of_same_period }
    }
}

/// Both have values.
fn percent_of(actual: Total, base: Total, decimals: u8) -> Ratio {
    let percent = match actual.tally.percent_of(actual.scale, base.tally, base.scale, decimals) {
        Ok(Percent::Of(percent)) => percent,
        Ok(Percent::NoBase) => return Ratio::NoBase,
        Ok(Percent::NegativeBase) => return Ratio::NegativeBase,
        Err(_) => return Ratio::TooLarge,
    };
    let coverage = weaker(actual, base);
    if coverage.is_whole() { Ratio::Of(percent) } else { Ratio::Incomplete { percent, coverage } }
}

/// Both have values.
fn points_from(actual: Total, base: Total) -> Ratio {
    let numbers = actual.value().ok().flatten().zip(base.value().ok().flatten());
    match numbers.and_then(|(actual, base)| actual.minus(base).ok()) {
        Some(difference) => Ratio::Points { difference, coverage: weaker(actual, base) },
        None => Ratio::TooLarge,
    }
}

fn weaker(actual: Total, base: Total) -> Coverage {
    let (of_actual, of_base) = (actual.coverage(), base.coverage());
    if of_base.lacking() > of_actual.lacking() { of_base } else { of_actual }
}

impl Ratio {
    /// The percentage, complete or not.
    pub fn percent(self) -> Option<Number> {
        match self {
            Self::Of(percent) | Self::Incomplete { percent, coverage: _ } => Some(percent),
            Self::Points { .. }
            | Self::OtherBasis
            | Self::NotReported
            | Self::NoPlan
            | Self::NoSamePeriod
            | Self::NoBase
            | Self::NegativeBase
            | Self::TooLarge => None,
        }
    }
}

impl<'a> Sheet<'a> {
    /// Compares the totals of a period with those of the same period.
    pub(super) fn new(
        columns: &'a Columns,
        period: PeriodAt,
        actual: Cow<'a, Totals>,
        plan: Cow<'a, Totals>,
        same_period: Option<Cow<'a, Totals>>,
    ) -> Self {
        let frame = columns.frame();
        let length = frame.inner.len() * frame.indicator_count();
        let (mut of_plan, mut of_same_period) = (Vec::with_capacity(length), Vec::with_capacity(length));
        let rounding: Vec<(PerCent, Option<PerCent>)> = frame
            .indicators()
            .map(|at| {
                let (scale, decimals) = (columns.readings.scale(at.0), frame.percent_decimals[index(at.0)]);
                let against_same = match frame.yearly(period.0, at.0) {
                    Yearly::Percent => Some(PerCent::of(scale, scale, decimals)),
                    Yearly::Points | Yearly::OtherBasis => None,
                };
                (PerCent::of(scale, columns.plans.scale(at.0), decimals), against_same)
            })
            .collect();
        for inner in 0..frame.inner.len() {
            for (indicator, (against_plan, against_same)) in rounding.iter().enumerate() {
                let value = actual.valued(inner, indicator);
                let percent = |base: Option<i128>, rounding: PerCent| match (value, base) {
                    (Some(a), Some(b)) if b > 0 => rounding.digits(a, b).unwrap_or(NO_PERCENT),
                    (Some(_) | None, Some(_) | None) => NO_PERCENT,
                };
                of_plan.push(percent(plan.valued(inner, indicator), *against_plan));
                of_same_period.push(match (&same_period, against_same) {
                    (Some(totals), Some(rounding)) => percent(totals.valued(inner, indicator), *rounding),
                    (Some(_) | None, Some(_) | None) => NO_PERCENT,
                });
            }
        }
        Self { columns, period, actual, plan, same_period, of_plan, of_same_period }
    }

    /// The period.
    pub fn period(&self) -> PeriodAt {
        self.period
    }

    /// The line of a unit and an indicator; `None` for a unit with nothing below.
    pub fn line(&self, unit: UnitAt, indicator: IndicatorAt) -> Option<Line> {
        let Place::Inner(inner) = &self.columns.frame().places[index(unit.0)] else { return None };
        let total = |totals: &Totals, scale| Total::new(totals.get(index(inner.at), index(indicator.0)), scale);
        let (scale, plan_scale) = (self.columns.readings.scale(indicator.0), self.columns.plans.scale(indicator.0));
        let decimals = self.columns.frame().percent_decimals[index(indicator.0)];
        let (actual, plan) = (total(&self.actual, scale), total(&self.plan, plan_scale));
        let same_period = match &self.same_period {
            Some(totals) => total(totals, scale),
            None => Total::new(Tally::missing(), scale),
        };
        let yearly = self.columns.frame().yearly(self.period.0, indicator.0);
        Some(Line::new(actual, plan, same_period, decimals, yearly))
    }

    /// The percentages of plan and of the same period, complete or not; `None` where [`Sheet::line`] says why.
    pub fn percents(&self, unit: UnitAt, indicator: IndicatorAt) -> (Option<Number>, Option<Number>) {
        let frame = self.columns.frame();
        let Place::Inner(inner) = &frame.places[index(unit.0)] else { return (None, None) };
        let at = index(inner.at) * frame.indicator_count() + index(indicator.0);
        let decimals = frame.percent_decimals[index(indicator.0)];
        let number = |digits: i64| (digits != NO_PERCENT).then(|| Number::new(digits, decimals)).flatten();
        (number(self.of_plan[at]), number(self.of_same_period[at]))
    }
}

impl Series {
    /// Reads a unit's totals through all periods.
    pub(super) fn new(columns: &Columns, total: impl Fn(PeriodAt, IndicatorAt) -> (Tally, Tally)) -> Self {
        let frame = columns.frame();
        let mut totals = Vec::with_capacity(frame.period_count() * frame.indicator_count());
        for period in frame.periods() {
            for indicator in frame.indicators() {
                let (actual, plan) = total(period, indicator);
                let scales = (columns.readings.scale(indicator.0), columns.plans.scale(indicator.0));
                totals.push((Total::new(actual, scales.0), Total::new(plan, scales.1)));
            }
        }
        Self { totals, width: frame.indicator_count() }
    }

    /// What was reported in a period.
    pub fn actual(&self, period: PeriodAt, indicator: IndicatorAt) -> Total {
        self.totals[index(period.0) * self.width + index(indicator.0)].0
    }

    /// What was planned for it.
    pub fn plan(&self, period: PeriodAt, indicator: IndicatorAt) -> Total {
        self.totals[index(period.0) * self.width + index(indicator.0)].1
    }
}
