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

/// How a value stands against the share of the year that has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// At or above.
    OnPace,
    /// Below.
    Behind,
    /// Not to be judged: no value, an incomplete sum, an indicator that need not rise, or a period that does not
    /// begin with the year and so does not hold what the year has reached.
    NotJudged,
}

/// Whether a value lies below the share of the annual plan that the period's end calls for; exact, nothing is rounded.
pub fn pace_of(value: Number, plan: Number, period: Period) -> Pace {
    if period.first_day() != period.plan_year().first_day() || plan.is_zero() || plan.is_negative() {
        return Pace::NotJudged;
    }
    // value / plan < months / 12, without dividing: both sides times 12 and the common scale.
    let scale = value.scale().max(plan.scale());
    let widened = |number: Number, factor: i64| {
        i128::from(number.digits()) * 10i128.pow(u32::from(scale - number.scale())) * i128::from(factor)
    };
    let behind = widened(value, 12) < widened(plan, i64::from(period.months_passed()));
    if behind { Pace::Behind } else { Pace::OnPace }
}

/// A change on the same period last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// As a percentage of the base.
    Percent(Against),
    /// In percentage points, between two percentages; a percentage of a percentage would mislead.
    Points(Number),
    /// None can be told.
    Unknown(Incomparable),
}

/// Why two periods cannot be held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomparable {
    /// One of the two values is missing.
    NoValue,
    /// One of the two lacks units that should report.
    Incomplete,
    /// The two are measured differently: another price basis, another unit of measure.
    OtherBasis,
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
        for (value, pace) in [("49.999999", Pace::Behind), ("50", Pace::OnPace), ("50.1", Pace::OnPace)] {
            assert_eq!(pace_of(n(value), n("100"), half), pace, "{value}");
        }
        assert_eq!(pace_of(n("1"), n("0"), half), Pace::NotJudged);
    }

    #[test]
    fn a_period_that_does_not_begin_with_the_year_has_no_pace() {
        for period in ["2020-H2", "2020-Q2", "2020-Q4", "2020-M02"] {
            let period = Period::parse(period).unwrap();
            assert_eq!(pace_of(n("10"), n("100"), period), Pace::NotJudged, "{period}");
        }
        for (period, pace) in [("2020-Q1", Pace::Behind), ("2020-C9", Pace::Behind), ("2020-M01", Pace::OnPace)] {
            assert_eq!(pace_of(n("10"), n("100"), Period::parse(period).unwrap()), pace, "{period}");
        }
    }

    #[test]
    fn a_change_within_the_level_counts_as_none() {
        assert_eq!(trend_of(n("0.1"), n("0.1")), Trend::Level);
        assert_eq!(trend_of(n("-0.2"), n("0.1")), Trend::Down);
        assert_eq!(trend_of(n("0.2"), n("0.1")), Trend::Up);
    }
}
