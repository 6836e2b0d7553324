//! Lengths and type sizes on paper, as whole numbers.
//!
//! The law speaks in millimetres, type in points, Word in twentieths of a point. The English Metric
//! Unit (1/914 400 inch) divides them all, so nothing is rounded before it is written.

use std::fmt::Write;
use std::iter::Sum;
use std::ops::{Add, Mul, Sub};

/// A length on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(i64);

/// A type size, in half-points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size(u16);

const PER_TENTH_OF_MM: i64 = 3_600;
const PER_POINT: i64 = 12_700;
const PER_TWIP: i64 = 635;

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0);

    /// A number of tenths of a millimetre.
    pub const fn tenths_of_mm(tenths: i64) -> Self {
        Self(tenths * PER_TENTH_OF_MM)
    }

    /// A number of millimetres.
    pub const fn mm(mm: i64) -> Self {
        Self::tenths_of_mm(10 * mm)
    }

    /// A number of points.
    pub const fn pt(points: i64) -> Self {
        Self(points * PER_POINT)
    }

    /// A number of twips (twentieths of a point).
    pub const fn from_twips(twips: i64) -> Self {
        Self(twips * PER_TWIP)
    }

    /// The length in twips, rounded to the nearest.
    pub const fn twips(self) -> i64 {
        (self.0 + self.0.signum() * (PER_TWIP / 2)) / PER_TWIP
    }

    /// The length in points with four decimals: `28.3465`.
    pub fn points(self) -> String {
        let ten_thousandths = (self.0.abs() * 10_000 + PER_POINT / 2) / PER_POINT;
        let mut out = String::new();
        if self.0 < 0 {
            out.push('-');
        }
        write!(out, "{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000).expect("a string takes every text");
        out
    }

    /// The part of the length that `share` is of `whole`, rounded to the nearest.
    pub const fn share(self, share: i64, whole: i64) -> Self {
        Self((self.0 * share * 2 + whole) / (whole * 2))
    }

    /// The length, but not less than zero.
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }
}

impl Size {
    /// A number of points.
    pub const fn pt(points: u16) -> Self {
        Self(points * 2)
    }

    /// The size in half-points.
    pub const fn half_points(self) -> u16 {
        self.0
    }

    /// The size as a length.
    pub fn length(self) -> Length {
        Length(i64::from(self.0) * PER_POINT / 2)
    }
}

impl Add for Length {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<i64> for Length {
    type Output = Self;

    fn mul(self, times: i64) -> Self {
        Self(self.0 * times)
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a4_has_the_measures_that_word_writes() {
        assert_eq!((Length::mm(210).twips(), Length::mm(297).twips()), (11_906, 16_838));
        assert_eq!(Length::mm(210).points(), "595.2756");
        assert_eq!(Length::mm(10).twips(), 567);
    }

    #[test]
    fn points_and_twips_are_exact() {
        assert_eq!(Length::pt(6).twips(), 120);
        assert_eq!(Length::from_twips(15).points(), "0.7500");
        assert_eq!((Length::ZERO - Length::from_twips(15)).points(), "-0.7500");
        assert_eq!((Length::ZERO - Length::from_twips(15)).twips(), -15);
        assert_eq!(Size::pt(13).length(), Length::pt(13));
        assert_eq!(Length::pt(10).share(1, 3) + Length::pt(10).share(2, 3), Length::pt(10));
    }
}
