//! Comparison with plan and with the same period: one rounding, one source for table and sentence.

use thidua_base::number::{BadNumber, growth_of, percent};
use thidua_base::{Number, Percent, Period};

/// A value held against a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Against {
    /// The base: a plan, or the value of the same period.
    pub base: Number,
    /// The value as a rounded percentage of the base.
    pub percent: Percent,
}

/// Which way a comparison points, after rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Above the base.
    Up,
    /// As much as the base.
    Level,
    /// Below the base.
    Down,
}

/// Holds a value against a base, with the percentage rounded to `decimals`.
///
/// # Errors
/// When the percentage does not fit in 64 bits.
pub fn against(value: Number, base: Number, decimals: u8) -> Result<Against, BadNumber> {
    Ok(Against { base, percent: percent(value, base, decimals)? })
}

impl Against {
    /// The growth the rounded percentage stands for; `None` where there is no percentage.
    pub fn growth(self) -> Option<Number> {
        match self.percent {
            Percent::Of(percent) => Some(growth_of(percent)),
            Percent::NoBase | Percent::NegativeBase => None,
        }
    }

    /// Which way the rounded percentage points; `None` where there is none.
    pub fn trend(self) -> Option<Trend> {
        self.growth().map(|growth| trend_of(growth, Number::whole(0)))
    }
}

/// Which way a change points when changes up to `level` in size count as none.
pub fn trend_of(change: Number, level: Number) -> Trend {
    if change.magnitude() <= level {
        Trend::Level
    } else if change.is_negative() {
        Trend::Down
    } else {
        Trend::Up
    }
}

/// Whether a percentage of the annual plan lies below the share of the year that has passed.
pub fn is_behind_pace(percent: Percent, period: Period) -> bool {
    match percent {
        Percent::Of(percent) => {
            let twelfths = Number::whole(i64::from(period.months_passed()) * 100);
            // percent / 100 < months / 12, without dividing.
            percent.digits().checked_mul(12).and_then(|d| Number::new(d, percent.scale())).is_some_and(|p| p < twelfths)
        }
        Percent::NoBase | Percent::NegativeBase => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).expect("a number in a test")
    }

    #[test]
    fn table_and_sentence_agree_on_a_near_hundred() {
        let near = against(n("99.95"), n("100"), 1).unwrap();
        assert_eq!(near.trend(), Some(Trend::Level));
        assert_eq!(near.growth(), Some(n("0.0")));
    }

    #[test]
    fn a_missing_base_gives_no_trend() {
        let none = against(n("5"), n("0"), 1).unwrap();
        assert_eq!((none.percent, none.trend()), (Percent::NoBase, None));
    }

    #[test]
    fn half_a_year_wants_half_the_plan() {
        let half = Period::parse("2020-H1").unwrap();
        for (percent, behind) in [("49.9", true), ("50.0", false), ("50.1", false), ("14", true)] {
            assert_eq!(is_behind_pace(Percent::Of(n(percent)), half), behind, "{percent}");
        }
        assert!(!is_behind_pace(Percent::NoBase, half));
    }

    #[test]
    fn a_change_within_the_level_counts_as_none() {
        assert_eq!(trend_of(n("0.1"), n("0.1")), Trend::Level);
        assert_eq!(trend_of(n("-0.2"), n("0.1")), Trend::Down);
        assert_eq!(trend_of(n("0.2"), n("0.1")), Trend::Up);
    }
}
