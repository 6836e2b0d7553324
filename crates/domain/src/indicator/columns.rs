//! Columns: all figures of one tree in memory, for reading sheets, series and pages at the pace of memory.
//!
//! The server builds them from the stored cells when it starts and corrects them after each commit; they are
//! never the place where a figure is kept. Values, coverage and trust are those of [`Figures`](super::Figures):
//! a unit's own figure stands before what is made up from below, and a unit that did not report is missing, not
//! zero. Totals of inner units are kept and repaired by a correction; `…_afresh` makes them from the cells
//! again, so that the two can be held against each other.
//!
//! - `frame`: units in the order of the walk, indicators, periods, each numbered;
//! - `packed`, `mark`: numbers as narrow as they are, and the byte beside each;
//! - `tally`, `measure`: totals, and the one function that makes them up;
//! - `compared`: what is read out.

mod compared;
mod frame;
mod mark;
mod measure;
mod packed;
mod tally;

use std::borrow::Cow;

use thidua_base::Number;

use super::{Nature, Reading, Value};
use measure::{At, Measure, Rolling};
use tally::{Tally, Totals};

pub use compared::{Line, Ratio, Series, Sheet, Total};
pub use frame::{BadFrame, Frame, IndicatorAt, PeriodAt, UnitAt};
pub use mark::Weakest;

use mark::Mark;

/// The figures and plans of one tree, by period, indicator and unit, with the totals of every inner unit.
#[derive(Debug, Clone)]
pub struct Columns {
    frame: Frame,
    readings: Measure,
    plans: Measure,
}

/// The place of one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Of whom: a unit at any level.
    pub unit: UnitAt,
    /// What.
    pub indicator: IndicatorAt,
    /// For when; of a plan, its year, or the part of it to which the plan is phased.
    pub period: PeriodAt,
}

/// What is known of one cell: the reading that counts, of all that were entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The value, or why there is none.
    pub value: Value,
    /// How firm it is.
    pub nature: Nature,
    /// How far it can be trusted.
    pub weakest: Weakest,
}

/// Why rows make no columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadColumns {
    /// A cell came twice: the caller chooses the reading that counts.
    #[error("two rows for indicator {indicator} of unit {unit} in {period}")]
    Twice {
        /// The unit.
        unit: thidua_base::code::OrgId,
        /// The indicator.
        indicator: thidua_base::code::IndicatorCode,
        /// The period.
        period: thidua_base::Period,
    },
}

impl From<&Reading> for Entry {
    fn from(reading: &Reading) -> Self {
        Self { value: reading.value, nature: reading.nature, weakest: reading.provenance.origin.into() }
    }
}

impl Entry {
    fn written(self) -> ((i128, u8), Mark) {
        let number = self.value.number().unwrap_or(Number::whole(0));
        ((i128::from(number.digits()), number.scale()), Mark::of(self.value, self.nature, self.weakest))
    }
}

impl Columns {
    /// Fills a frame with rows in any order, one for each cell, and makes every total. Of the plans for a cell
    /// the caller passes the one that comparisons use.
    ///
    /// # Errors
    /// When a cell comes twice.
    pub fn from_rows(
        frame: Frame,
        readings: impl IntoIterator<Item = (Cell, Entry)>,
        plans: impl IntoIterator<Item = (Cell, Number)>,
    ) -> Result<Self, BadColumns> {
        let mut columns = Self {
            readings: Measure::empty(&frame, Rolling::AllRules),
            plans: Measure::empty(&frame, Rolling::SumsOnly),
            frame,
        };
        let Self { frame, readings: held, plans: planned } = &mut columns;
        for (cell, entry) in readings {
            fill(held, frame, cell, entry)?;
        }
        for (cell, plan) in plans {
            fill(planned, frame, cell, assigned(plan))?;
        }
        held.roll_up(frame);
        planned.roll_up(frame);
        Ok(columns)
    }

    /// The units, indicators and periods.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// Writes what is now known of a cell and repairs the totals of its unit and of all above it, for the
    /// indicator and for those made of it.
    pub fn correct(&mut self, cell: Cell, entry: Entry) {
        let (digits, mark) = entry.written();
        self.readings.write(&self.frame, cell.at(), digits, mark);
        self.readings.repair(&self.frame, cell.at());
    }

    /// Writes the plan that now holds for a cell, as [`Columns::correct`] does a reading.
    pub fn correct_plan(&mut self, cell: Cell, plan: Number) {
        let (digits, mark) = assigned(plan).written();
        self.plans.write(&self.frame, cell.at(), digits, mark);
        self.plans.repair(&self.frame, cell.at());
    }

    /// One value of a unit with both comparisons.
    pub fn line(&self, cell: Cell) -> Line {
        let at = cell.at();
        let plan_at = At { period: self.plan_period(cell.period, cell.indicator).0, ..at };
        let actual = self.total(cell);
        let plan = Total::new(self.plans.total(&self.frame, plan_at), self.plans.scale(at.indicator));
        let same_period = match self.same_period(cell.period) {
            Some(period) => self.total(Cell { period, ..cell }),
            None => Total::new(Tally::missing(), actual.scale()),
        };
        let decimals = self.frame.percent_decimals[frame::index(at.indicator)];
        Line::new(actual, plan, same_period, decimals, self.frame.yearly(at.period, at.indicator))
    }

    /// Every indicator of a unit in a period, in list order (một trang số liệu của đơn vị).
    pub fn page(&self, unit: UnitAt, period: PeriodAt) -> Vec<Line> {
        self.frame.indicators().map(|indicator| self.line(Cell { unit, indicator, period })).collect()
    }

    /// A unit through all periods, every indicator.
    pub fn series(&self, unit: UnitAt) -> Series {
        Series::new(self, |period, indicator| {
            let at = Cell { unit, indicator, period }.at();
            let plan_at = At { period: self.plan_period(period, indicator).0, ..at };
            (self.readings.total(&self.frame, at), self.plans.total(&self.frame, plan_at))
        })
    }

    /// The same as [`Columns::series`], from the cells alone.
    pub fn series_afresh(&self, unit: UnitAt) -> Series {
        Series::new(self, |period, indicator| {
            let at = Cell { unit, indicator, period }.at();
            let plan_at = At { period: self.plan_period(period, indicator).0, ..at };
            (self.readings.afresh(&self.frame, at), self.plans.afresh(&self.frame, plan_at))
        })
    }

    /// Every unit that has units below, by every indicator, for a period.
    pub fn sheet(&self, period: PeriodAt) -> Sheet<'_> {
        self.sheet_of(period, |measure, period| measure.totals_of(&self.frame, period))
    }

    /// The same as [`Columns::sheet`], from the cells alone.
    pub fn sheet_afresh(&self, period: PeriodAt) -> Sheet<'_> {
        self.sheet_of(period, |measure, period| Cow::Owned(measure.rolled_up(&self.frame, period)))
    }

    /// What the figures hold on the heap, in bytes.
    pub fn size_bytes(&self) -> usize {
        self.readings.size_bytes() + self.plans.size_bytes()
    }

    fn sheet_of<'a>(&'a self, period: PeriodAt, of: impl Fn(&'a Measure, u32) -> Cow<'a, Totals>) -> Sheet<'a> {
        let same_period = self.same_period(period).map(|period| of(&self.readings, period.0));
        Sheet::new(self, period, of(&self.readings, period.0), self.planned(period, of), same_period)
    }

    /// The plans that hold for a period, of every inner unit.
    fn planned<'a>(&'a self, period: PeriodAt, of: impl Fn(&'a Measure, u32) -> Cow<'a, Totals>) -> Cow<'a, Totals> {
        let (phased, annual): (Vec<IndicatorAt>, Vec<IndicatorAt>) =
            self.frame.indicators().partition(|indicator| self.plan_period(period, *indicator) == period);
        let year = self.plan_year(period);
        if annual.is_empty() || year == period {
            return of(&self.plans, period.0);
        }
        let mut planned = of(&self.plans, year.0);
        if !phased.is_empty() {
            let parts = of(&self.plans, period.0);
            for indicator in phased {
                planned.to_mut().take_column(frame::index(indicator.0), &parts);
            }
        }
        planned
    }

    fn total(&self, cell: Cell) -> Total {
        let at = cell.at();
        Total::new(self.readings.total(&self.frame, at), self.readings.scale(at.indicator))
    }

    /// The period whose plan holds: the period itself where plans are phased, else its year.
    fn plan_period(&self, period: PeriodAt, indicator: IndicatorAt) -> PeriodAt {
        if self.plans.has_any(period.0, indicator.0) { period } else { self.plan_year(period) }
    }

    fn plan_year(&self, period: PeriodAt) -> PeriodAt {
        let year = self.frame.period(period).plan_year();
        self.frame.period_at(year).expect("a frame numbers the plan year of each of its periods")
    }

    fn same_period(&self, period: PeriodAt) -> Option<PeriodAt> {
        self.frame.period_at(self.frame.period(period).same_period_last_year())
    }
}

impl Cell {
    fn at(self) -> At {
        At { period: self.period.0, indicator: self.indicator.0, unit: self.unit.0 }
    }
}

/// A plan as a figure: decided, not estimated.
fn assigned(plan: Number) -> Entry {
    Entry { value: Value::Of(plan), nature: Nature::Official, weakest: Weakest::Reported }
}

fn fill(measure: &mut Measure, frame: &Frame, cell: Cell, entry: Entry) -> Result<(), BadColumns> {
    let (digits, mark) = entry.written();
    if measure.write(frame, cell.at(), digits, mark).is_blank() {
        return Ok(());
    }
    Err(BadColumns::Twice {
        unit: frame.unit(cell.unit).clone(),
        indicator: frame.indicator(cell.indicator).clone(),
        period: frame.period(cell.period),
    })
}

#[cfg(test)]
mod tests;
