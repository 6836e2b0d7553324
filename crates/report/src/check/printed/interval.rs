//! Exact intervals: what a printed number can have been before it was rounded half away from zero.

use thidua_base::Number;

/// A fraction in lowest terms with a positive denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fraction {
    up: i128,
    down: i128,
}

/// All values between two bounds, both included: the open end matters to nobody who holds papers together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    low: Fraction,
    high: Fraction,
}

impl Fraction {
    fn new(up: i128, down: i128) -> Option<Self> {
        if down == 0 {
            return None;
        }
        let shared = gcd(up.unsigned_abs(), down.unsigned_abs()).max(1);
        let shared = i128::try_from(shared).ok()?;
        let sign = if down < 0 { -1 } else { 1 };
        Some(Self { up: sign * up / shared, down: sign * down / shared })
    }

    fn is_at_most(self, other: Self) -> Option<bool> {
        Some(self.up.checked_mul(other.down)? <= other.up.checked_mul(self.down)?)
    }

    fn plus(self, other: Self) -> Option<Self> {
        let up = self.up.checked_mul(other.down)?.checked_add(other.up.checked_mul(self.down)?)?;
        Self::new(up, self.down.checked_mul(other.down)?)
    }

    fn over(self, other: Self) -> Option<Self> {
        Self::new(self.up.checked_mul(other.down)?, self.down.checked_mul(other.up)?)
    }

    /// The fraction with some decimals, cut off: for showing a bound.
    fn shown(self, decimals: u8) -> Option<Number> {
        let scaled = self.up.checked_mul(10i128.checked_pow(u32::from(decimals))?)? / self.down;
        Number::new(i64::try_from(scaled).ok()?, decimals)
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Interval {
    /// What a printed number can have been; an exact count only itself.
    pub fn of_printed(number: Number) -> Option<Self> {
        // Half a unit of the last place, as twentieths of it to stay whole.
        let down = 2 * 10i128.pow(u32::from(number.scale()));
        let middle = 2 * i128::from(number.digits());
        Some(Self { low: Fraction::new(middle - 1, down)?, high: Fraction::new(middle + 1, down)? })
    }

    /// The number itself.
    pub fn exactly(number: Number) -> Option<Self> {
        let at = Fraction::new(i128::from(number.digits()), 10i128.pow(u32::from(number.scale())))?;
        Some(Self { low: at, high: at })
    }

    /// The base that a value is `percent` per cent of; both positive.
    pub fn base_of(value: Self, percent: Self) -> Option<Self> {
        let hundred = Fraction { up: 100, down: 1 };
        if percent.low.up <= 0 || value.low.up < 0 {
            return None;
        }
        let base = |value: Fraction, percent: Fraction| value.over(percent.over(hundred)?);
        Some(Self { low: base(value.low, percent.high)?, high: base(value.high, percent.low)? })
    }

    /// Sums of one value from each.
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.plus(other.low)?, high: self.high.plus(other.high)? })
    }

    /// Whether some value lies in both.
    pub fn meets(self, other: Self) -> Option<bool> {
        Some(self.low.is_at_most(other.high)? && other.low.is_at_most(self.high)?)
    }

    /// Both bounds with two decimals: `169,07 - 169,33`.
    pub fn text(self) -> String {
        let bound = |f: Fraction| f.shown(2).map_or_else(|| "?".to_owned(), Number::vi);
        if self.low == self.high { bound(self.low) } else { format!("{} - {}", bound(self.low), bound(self.high)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Interval {
        Interval::of_printed(Number::parse_vi(text).unwrap()).unwrap()
    }

    #[test]
    fn last_years_revenue_cannot_be_the_sum_of_its_parts() {
        let total = Interval::base_of(printed("175,8"), printed("103,9")).unwrap();
        let parts = Interval::base_of(printed("38,5"), printed("81,5"))
            .unwrap()
            .plus(Interval::base_of(printed("137,4"), printed("112,1")).unwrap())
            .unwrap();
        assert_eq!(total.text(), "169,07 - 169,33");
        assert_eq!(total.meets(parts), Some(false));
    }

    #[test]
    fn intervals_that_touch_meet() {
        assert_eq!(printed("1,0").meets(printed("1,1")), Some(true));
        assert_eq!(printed("1,0").meets(printed("1,2")), Some(false));
    }

    #[test]
    fn a_plan_follows_from_value_and_percentage() {
        let exact = Interval::exactly(Number::whole(1437)).unwrap();
        let plan = Interval::base_of(exact, printed("41")).unwrap();
        let stated = Interval::exactly(Number::whole(3500)).unwrap();
        assert_eq!(plan.meets(stated), Some(true));
    }
}
