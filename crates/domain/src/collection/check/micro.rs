//! Exact arithmetic of the checks, in whole millionths, and what is computed once for a row.
//!
//! A figure has at most 64 bits and six decimals, so a millionth of it fits in 83 bits; a product with the largest
//! limit and the largest factor here stays inside 127.

use std::collections::HashMap;

use thidua_base::Number;
use thidua_base::code::IndicatorCode;
use thidua_base::number::SCALE_MAX;

use super::facts::{RowFacts, SheetFacts};
use crate::indicator::{Absence, Value};

/// A sheet with what several rules ask of a row.
pub(super) struct Looked<'a> {
    pub(super) facts: &'a SheetFacts,
    pub(super) rows: Vec<LookedRow<'a>>,
    places: HashMap<&'a IndicatorCode, usize>,
}

/// A row with its value in millionths.
pub(super) struct LookedRow<'a> {
    pub(super) facts: &'a RowFacts,
    /// The number in the cell.
    pub(super) number: Option<Number>,
    /// The same in millionths.
    pub(super) value: Option<i128>,
    /// Where its earlier values lie, if it has a value to hold against them.
    pub(super) history: Option<Middle>,
}

impl<'a> Looked<'a> {
    pub(super) fn of(facts: &'a SheetFacts) -> Self {
        let rows = facts.rows.iter().map(|row| {
            let number = row.value.and_then(Value::number);
            let history = number.and_then(|_| Middle::of(&row.history));
            LookedRow { facts: row, number, value: number.map(micro), history }
        });
        let places = facts.rows.iter().enumerate().map(|(place, row)| (&row.indicator, place));
        Self { facts, rows: rows.collect(), places: places.collect() }
    }

    /// The place of an indicator in the sheet.
    pub(super) fn place(&self, indicator: &IndicatorCode) -> Option<usize> {
        self.places.get(indicator).copied()
    }
}

impl LookedRow<'_> {
    /// The value where figures are added: none occurred counts as nothing.
    pub(super) fn addend(&self) -> Option<i128> {
        match self.facts.value {
            Some(Value::Absent(Absence::NoneOccurred)) => Some(0),
            _ => self.value,
        }
    }
}

/// Where values lie.
pub(super) struct Middle {
    /// How many.
    pub(super) points: usize,
    /// Twice their median.
    pub(super) median_2: i128,
    /// Four times the median of their distances from it.
    pub(super) deviation_4: i128,
    /// The smallest.
    pub(super) low: i128,
    /// The largest.
    pub(super) high: i128,
}

impl Middle {
    pub(super) fn of(numbers: &[Number]) -> Option<Self> {
        Self::among(numbers.iter().copied().map(micro).collect())
    }

    /// Of millionths.
    pub(super) fn among(mut values: Vec<i128>) -> Option<Self> {
        let (low, high) = (*values.iter().min()?, *values.iter().max()?);
        let median_2 = twice_the_median(&mut values);
        let mut distances: Vec<i128> = values.iter().map(|value| (2 * value - median_2).abs()).collect();
        Some(Self { points: values.len(), median_2, deviation_4: twice_the_median(&mut distances), low, high })
    }

    /// Whether a value lies further than `k`/10 deviations from the median; a deviation counts as at least `floor`
    /// percent of the median, and where that is nothing too, nothing is far.
    pub(super) fn is_far(&self, value: i128, k: i64, floor: i64) -> bool {
        let spread_400 = (self.deviation_4 * 100).max(self.median_2.abs() * 2 * i128::from(floor));
        let distance_4 = (2 * value - self.median_2).abs() * 2;
        spread_400 > 0 && distance_4 * 1_000 > spread_400 * i128::from(k)
    }

    /// The median and the median distance, cut to millionths.
    pub(super) fn told(&self) -> [(&'static str, Option<Number>); 2] {
        [("median", number(self.median_2 / 2)), ("deviation", number(self.deviation_4 / 4))]
    }
}

/// Twice the median, so that the middle of two is whole; `values` is not empty.
fn twice_the_median(values: &mut [i128]) -> i128 {
    let half = values.len() / 2;
    let (below, upper, _) = values.select_nth_unstable(half);
    let upper = *upper;
    let lower = if below.len() == half && values.len().is_multiple_of(2) {
        values[..half].iter().copied().max().unwrap_or(upper)
    } else {
        upper
    };
    lower + upper
}

/// A number in millionths.
pub(super) fn micro(number: Number) -> i128 {
    i128::from(number.digits()) * 10i128.pow(u32::from(SCALE_MAX - number.scale()))
}

/// Millionths as a number without needless decimals; `None` beyond 64 bits.
pub(super) fn number(mut micro: i128) -> Option<Number> {
    let mut scale = SCALE_MAX;
    while scale > 0 && micro % 10 == 0 {
        micro /= 10;
        scale -= 1;
    }
    i64::try_from(micro).ok().and_then(|digits| Number::new(digits, scale))
}

/// The canonical text without needless decimals.
pub(super) fn plain(of: Number) -> String {
    number(micro(of)).unwrap_or(of).to_string()
}

/// up / down, halves away from zero; `down` is above zero.
pub(super) fn divided(up: i128, down: i128) -> i128 {
    let (whole, rest) = (up / down, (up % down).abs());
    if rest >= down - rest { whole + up.signum() } else { whole }
}
