//! A total of one unit: exact digits, n of m, and the trust of what it is made of; and how totals are joined.

use thidua_base::number::{BadNumber, SCALE_MAX};
use thidua_base::{Number, Percent};

use super::mark::{Joined, Mark};
use super::packed::Packed;

/// Decimals of a quotient rolled up: all there can be, so that it is rounded once, where it is shown.
pub(super) const QUOTIENT_DECIMALS: u8 = SCALE_MAX;

/// A total before it is stored, or after it was read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    /// At the scale of its indicator; 0 where there is no value.
    pub(super) digits: i128,
    /// Units that reported.
    pub(super) reported: u32,
    /// Units that should.
    pub(super) expected: u32,
    /// Trust, whether there is a value, whether it is the unit's own.
    pub(super) mark: Mark,
}

impl Tally {
    /// A unit of which nothing is known.
    pub(super) fn missing() -> Self {
        Self { expected: 1, mark: Mark::default().owned(), ..Self::default() }
    }

    /// A unit's own figure.
    pub(super) fn own(digits: i128, mark: Mark) -> Self {
        let (reported, expected) = mark.coverage();
        Self { digits, reported, expected, mark: mark.owned() }
    }

    /// The sum with another.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            digits: self.digits + other.digits,
            reported: self.reported + other.reported,
            expected: self.expected + other.expected,
            mark: self.mark.joined(other.mark),
        }
    }

    /// The sum with a range of cells.
    pub(super) fn plus_range(self, digits: i128, joined: Joined) -> Self {
        self.plus(Self { digits, reported: joined.reported, expected: joined.expected, mark: joined.mark })
    }

    /// What a unit adds to a count: `one` where its value is above zero, with its coverage and trust.
    pub(super) fn counted_once(self, one: i128) -> Self {
        Self { digits: if self.mark.is_valued() && self.digits > 0 { one } else { 0 }, ..self }
    }

    /// a / b, as a share or in per cent, at [`QUOTIENT_DECIMALS`]; a base that is not above zero gives none. Covered as the side that
    /// lacks more. The same as [`thidua_base::number::quotient_to_round`], for sums wider than a [`Number`].
    pub(super) fn quotient((a, a_scale): (Self, u8), (b, b_scale): (Self, u8), factor: Factor) -> Self {
        let weaker = if a.lacking() > b.lacking() { a } else { b };
        let divides = a.mark.is_valued() && b.mark.is_valued() && b.digits > 0;
        let more = factor.places() + i32::from(QUOTIENT_DECIMALS) + i32::from(b_scale) - i32::from(a_scale);
        let cut = if divides { Cut::of(a.digits, b.digits, more) } else { None };
        let (digits, mark) = cut.map_or((0, Mark::default()), |cut| (cut.with_trace(), a.mark.joined(b.mark)));
        Self { digits, reported: weaker.reported, expected: weaker.expected, mark }
    }

    fn lacking(self) -> u32 {
        self.expected - self.reported
    }

    /// The value as a number.
    pub(super) fn number(self, scale: u8) -> Result<Option<Number>, BadNumber> {
        if !self.mark.is_valued() {
            return Ok(None);
        }
        let digits = i64::try_from(self.digits).map_err(|_| BadNumber::TooLarge)?;
        Number::new(digits, scale).map(Some).ok_or(BadNumber::TooLarge)
    }

    /// 100 · self / base, rounded once; both with values.
    ///
    /// The same as [`thidua_base::number::percent`], for sums wider than a [`Number`] and at the pace of a sheet.
    pub(super) fn percent_of(self, scale: u8, base: Self, base_scale: u8, decimals: u8) -> Result<Percent, BadNumber> {
        match base.digits.cmp(&0) {
            std::cmp::Ordering::Equal => return Ok(Percent::NoBase),
            std::cmp::Ordering::Less => return Ok(Percent::NegativeBase),
            std::cmp::Ordering::Greater => {}
        }
        let digits = PerCent::of(scale, base_scale, decimals).digits(self.digits, base.digits);
        let digits = digits.ok_or(BadNumber::TooLarge)?;
        Number::new(digits, decimals).map(Percent::Of).ok_or(BadNumber::TooLarge)
    }
}

/// How to write 100·a/b for numbers of two scales, worked out once for a whole column.
#[derive(Debug, Clone, Copy)]
pub(super) struct PerCent {
    up: i64,
    down: i64,
    places: i32,
}

impl PerCent {
    /// For a value of `a_scale` against a base of `b_scale`, at `decimals`.
    pub(super) fn of(a_scale: u8, b_scale: u8, decimals: u8) -> Self {
        let near = |factor: i128| i64::try_from(factor).expect("a hundred and twelve more places fit in 64 bits");
        Self {
            up: near(100 * power_of_ten(b_scale) * power_of_ten(decimals)),
            down: near(power_of_ten(a_scale)),
            places: Factor::Hundred.places() + i32::from(decimals) + i32::from(b_scale) - i32::from(a_scale),
        }
    }

    /// The digits, for a base above zero; `None` where they do not fit.
    pub(super) fn digits(self, a: i128, b: i128) -> Option<i64> {
        let near = |number: i128, factor: i64| i64::try_from(number).ok()?.checked_mul(factor);
        if let (Some(up), Some(down)) = (near(a, self.up), near(b, self.down)) {
            // One division of the machine's own width: most figures of a sheet.
            let (whole, rest) = (up / down, (up % down).abs());
            return Some(if rest >= down - rest { whole + up.signum() } else { whole });
        }
        i64::try_from(Cut::of(a, b, self.places)?.rounded()).ok()
    }
}

/// What a quotient is multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Factor {
    /// A plain quotient.
    One,
    /// A percentage.
    Hundred,
}

impl Factor {
    fn places(self) -> i32 {
        match self {
            Self::One => 0,
            Self::Hundred => 2,
        }
    }
}

/// A quotient cut towards zero, and what was cut off.
struct Cut {
    whole: i128,
    rest: i128,
    down: i128,
}

impl Cut {
    /// a / b with `places` more decimals, or fewer where below zero, for b above zero; `None` where it does not fit.
    fn of(a: i128, b: i128, places: i32) -> Option<Self> {
        let Ok(more) = u32::try_from(places) else {
            let down = b.checked_mul(10i128.checked_pow(places.unsigned_abs())?)?;
            return Some(Self { whole: a / down, rest: a % down, down });
        };
        if let Some(up) = 10i128.checked_pow(more).and_then(|factor| a.checked_mul(factor)) {
            return Some(Self { whole: up / b, rest: up % b, down: b });
        }
        // By hand, digit after digit: the result may fit where the product does not.
        let mut cut = Self { whole: a / b, rest: a % b, down: b };
        for _ in 0..more {
            let rest = cut.rest.checked_mul(10)?;
            cut.whole = cut.whole.checked_mul(10)?.checked_add(rest / b)?;
            cut.rest = rest % b;
        }
        Some(cut)
    }

    /// Halves away from zero.
    fn rounded(&self) -> i128 {
        let rest = self.rest.abs();
        if rest >= self.down - rest { self.whole + self.rest.signum() } else { self.whole }
    }

    /// A last digit that is neither 0 nor 5 where anything was cut off, so that a later rounding meets no tie that
    /// is not there.
    fn with_trace(&self) -> i128 {
        if self.rest != 0 && self.whole % 5 == 0 { self.whole + self.rest.signum() } else { self.whole }
    }
}

/// Ten to a power; scales and decimals go to 6.
pub(super) const fn power_of_ten(exponent: u8) -> i128 {
    const POWERS: [i128; SCALE_MAX as usize + 1] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
    POWERS[exponent as usize]
}

/// The totals of one measure and one period: inner units by indicators, a unit's totals side by side.
#[derive(Debug, Clone)]
pub(super) struct Totals {
    width: usize,
    /// The largest count there can be.
    leaves: i128,
    digits: Packed,
    reported: Packed,
    expected: Packed,
    marks: Vec<u8>,
}

impl Totals {
    /// Totals of `units` inner units over `leaves` leaves and `indicators` indicators, all empty.
    pub(super) fn empty(units: usize, indicators: usize, leaves: u32) -> Self {
        let length = units * indicators;
        let leaves = i128::from(leaves);
        Self {
            width: indicators,
            leaves,
            digits: Packed::zeros(length),
            reported: Packed::zeros_for(length, leaves),
            expected: Packed::zeros_for(length, leaves),
            marks: vec![0; length],
        }
    }

    /// A total.
    pub(super) fn get(&self, inner: usize, indicator: usize) -> Tally {
        let at = inner * self.width + indicator;
        let count = |row: &Packed| u32::try_from(row.get(at)).expect("counts of units are written from 32 bits");
        Tally {
            digits: self.digits.get(at),
            reported: count(&self.reported),
            expected: count(&self.expected),
            mark: Mark(self.marks[at]),
        }
    }

    /// The digits of a total; `None` where it has no value.
    pub(super) fn valued(&self, inner: usize, indicator: usize) -> Option<i128> {
        let at = inner * self.width + indicator;
        Mark(self.marks[at]).is_valued().then(|| self.digits.get(at))
    }

    /// Writes a total.
    pub(super) fn set(&mut self, inner: usize, indicator: usize, tally: Tally) {
        let at = inner * self.width + indicator;
        self.digits.set(at, tally.digits);
        self.reported.set(at, i128::from(tally.reported));
        self.expected.set(at, i128::from(tally.expected));
        self.marks[at] = tally.mark.0;
    }

    /// Writes the totals of an indicator for every inner unit.
    pub(super) fn set_column(&mut self, indicator: usize, tallies: &[Tally]) {
        let digits = tallies.iter().map(|tally| tally.digits);
        let bounds = digits.clone().fold((0, 0), |(low, high): (i128, i128), n| (low.min(n), high.max(n)));
        let (places, counts) = ((indicator, self.width), (0, self.leaves));
        self.digits.scatter(places, bounds, digits);
        self.reported.scatter(places, counts, tallies.iter().map(|tally| i128::from(tally.reported)));
        self.expected.scatter(places, counts, tallies.iter().map(|tally| i128::from(tally.expected)));
        for (mark, tally) in self.marks[indicator..].iter_mut().step_by(self.width).zip(tallies) {
            *mark = tally.mark.0;
        }
    }

    /// Takes over the totals of an indicator from another period.
    pub(super) fn take_column(&mut self, indicator: usize, other: &Self) {
        let units = self.marks.len() / self.width;
        let column: Vec<Tally> = (0..units).map(|inner| other.get(inner, indicator)).collect();
        self.set_column(indicator, &column);
    }

    /// Multiplies the digits of an indicator, when its scale grows.
    pub(super) fn multiply(&mut self, indicator: usize, factor: i128) {
        for at in (indicator..self.marks.len()).step_by(self.width) {
            self.digits.set(at, self.digits.get(at) * factor);
        }
    }

    /// What it holds on the heap, in bytes.
    pub(super) fn size_bytes(&self) -> usize {
        self.digits.size_bytes() + self.reported.size_bytes() + self.expected.size_bytes() + self.marks.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::mark::Weakest;
    use super::*;
    use crate::indicator::{Nature, Value};
    use proptest::prelude::*;
    use thidua_base::number::{percent, quotient_to_round};

    fn tally(digits: i64) -> Tally {
        let mark = Mark::of(Value::Of(Number::whole(1)), Nature::Official, Weakest::Reported);
        Tally { digits: i128::from(digits), reported: 1, expected: 1, mark }
    }

    proptest! {
        #[test]
        fn a_percentage_is_the_normative_one(
            a in prop_oneof![any::<i64>(), -2_000i64..2_000],
            b in prop_oneof![any::<i64>(), -20i64..2_000],
            scales in (0u8..=6, 0u8..=6),
            decimals in 0u8..=4,
        ) {
            let (Some(one), Some(other)) = (Number::new(a, scales.0), Number::new(b, scales.1)) else { return Ok(()) };
            prop_assert_eq!(tally(a).percent_of(scales.0, tally(b), scales.1, decimals), percent(one, other, decimals));
        }

        #[test]
        fn a_quotient_is_the_one_to_round(
            a in prop_oneof![any::<i32>().prop_map(i64::from), -2_000i64..2_000],
            b in prop_oneof![1..i64::from(i32::MAX), 1i64..2_000],
            scales in (0u8..=6, 0u8..=6),
            (factor, times) in prop::sample::select(vec![(Factor::One, 1), (Factor::Hundred, 100)]),
        ) {
            let numbers = (Number::new(a, scales.0).unwrap(), Number::new(b, scales.1).unwrap());
            let quotient = Tally::quotient((tally(a), scales.0), (tally(b), scales.1), factor);
            prop_assert_eq!(quotient.number(QUOTIENT_DECIMALS), quotient_to_round(numbers.0, numbers.1, times));
        }
    }

    #[test]
    fn halves_go_away_from_zero() {
        let percent_digits = |a, a_scale, b, b_scale, decimals| PerCent::of(a_scale, b_scale, decimals).digits(a, b);
        assert_eq!(percent_digits(-1, 0, 8, 0, 1), Some(-125));
        assert_eq!(percent_digits(43, 0, 80, 0, 1), Some(538));
        assert_eq!(percent_digits(-43, 0, 80, 0, 1), Some(-538));
        assert_eq!(percent_digits(1 << 100, 0, 1 << 101, 0, 2), Some(5000));
        assert_eq!(percent_digits(-1 << 120, 6, 3 << 119, 6, 4), Some(-666_667));
        assert_eq!(percent_digits(i128::MAX, 0, 1, 0, 0), None);
    }
}
