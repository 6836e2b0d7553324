//! Rational numbers, for marks that are fractions of fractions: exact until they are rounded once, to a declared step.

use std::cmp::Ordering;

use thidua_base::Number;
use thidua_base::number::BadNumber;

/// A rational number in lowest terms; its lower part is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    up: i128,
    down: i128,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self { up: 0, down: 1 };
    /// One.
    pub const ONE: Self = Self { up: 1, down: 1 };

    /// The value of a number.
    pub fn of(number: Number) -> Self {
        Self::reduced(i128::from(number.digits()), 10i128.pow(u32::from(number.scale())))
    }

    /// The sum.
    ///
    /// # Errors
    /// Where it does not fit in 128 bits; so for every operation.
    pub fn plus(self, other: Self) -> Result<Self, BadNumber> {
        let common = gcd(self.down, other.down);
        let up = product(self.up, other.down / common)?.checked_add(product(other.up, self.down / common)?);
        Ok(Self::reduced(up.ok_or(BadNumber::TooLarge)?, product(self.down, other.down / common)?))
    }

    /// The difference.
    ///
    /// # Errors
    /// As [`Exact::plus`].
    pub fn minus(self, other: Self) -> Result<Self, BadNumber> {
        self.plus(Self { up: other.up.checked_neg().ok_or(BadNumber::TooLarge)?, down: other.down })
    }

    /// The product.
    ///
    /// # Errors
    /// As [`Exact::plus`].
    pub fn times(self, other: Self) -> Result<Self, BadNumber> {
        let (left, right) = (gcd(self.up, other.down), gcd(other.up, self.down));
        let up = product(self.up / left, other.up / right)?;
        let down = product(self.down / right, other.down / left)?;
        Ok(Self { up, down })
    }

    /// The quotient; `None` where the other is zero.
    ///
    /// # Errors
    /// As [`Exact::plus`].
    pub fn over(self, other: Self) -> Result<Option<Self>, BadNumber> {
        match other.up.cmp(&0) {
            Ordering::Equal => Ok(None),
            Ordering::Greater => self.times(Self { up: other.down, down: other.up }).map(Some),
            Ordering::Less => {
                let down = other.up.checked_neg().ok_or(BadNumber::TooLarge)?;
                self.times(Self { up: -other.down, down }).map(Some)
            }
        }
    }

    /// The largest whole number not above the value.
    pub fn floor(self) -> i128 {
        self.up.div_euclid(self.down)
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.up < 0
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.up == 0
    }

    /// The nearest multiple of a step above zero, halves away from zero.
    ///
    /// # Errors
    /// Where the result does not fit in 64 bits.
    pub fn to_step(self, step: Number) -> Result<Number, BadNumber> {
        let digits = i128::from(step.digits());
        if digits <= 0 {
            return Err(BadNumber::NotANumber(step.to_string()));
        }
        let up = product(self.up, 10i128.pow(u32::from(step.scale())))?;
        let down = product(self.down, digits)?;
        let (whole, rest) = (up / down, (up % down).abs());
        let steps = if rest >= down - rest { whole + up.signum() } else { whole };
        let number = i64::try_from(product(steps, digits)?).ok().and_then(|digits| Number::new(digits, step.scale()));
        number.ok_or(BadNumber::TooLarge)
    }

    /// The value with so many decimals, halves away from zero: for showing.
    ///
    /// # Errors
    /// Where the result does not fit in 64 bits.
    pub fn shown(self, decimals: u8) -> Result<Number, BadNumber> {
        self.to_step(Number::new(1, decimals).ok_or(BadNumber::TooLarge)?)
    }

    fn reduced(up: i128, down: i128) -> Self {
        let common = gcd(up, down);
        Self { up: up / common, down: down / common }
    }
}

/// A percentage as a share: 50 is one half.
///
/// # Errors
/// Where it does not fit in 128 bits.
pub fn hundredth(percent: Number) -> Result<Exact, BadNumber> {
    Exact::of(percent).over(Exact::of(Number::whole(100))).map(|share| share.unwrap_or(Exact::ZERO))
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    /// By continued fractions where the cross product would not fit: never wrong, never too large.
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Some(left), Some(right)) = (self.up.checked_mul(other.down), other.up.checked_mul(self.down)) {
            return left.cmp(&right);
        }
        let (mut left, mut right, mut turned) = (*self, *other, false);
        loop {
            let (a, b) = (left.up.div_euclid(left.down), right.up.div_euclid(right.down));
            let (rest_a, rest_b) = (left.up.rem_euclid(left.down), right.up.rem_euclid(right.down));
            let found = match a.cmp(&b) {
                Ordering::Equal if rest_a == 0 || rest_b == 0 => rest_a.cmp(&rest_b),
                Ordering::Equal => {
                    left = Self { up: left.down, down: rest_a };
                    right = Self { up: right.down, down: rest_b };
                    turned = !turned;
                    continue;
                }
                apart => apart,
            };
            return if turned { found.reverse() } else { found };
        }
    }
}

fn product(a: i128, b: i128) -> Result<i128, BadNumber> {
    a.checked_mul(b).ok_or(BadNumber::TooLarge)
}

/// The greatest common divisor, at least 1.
fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        // Most values fit in 64 bits, where a remainder costs a tenth.
        if let (Ok(mut x), Ok(mut y)) = (u64::try_from(a), u64::try_from(b)) {
            while y != 0 {
                (x, y) = (y, x % y);
            }
            return i128::from(x.max(1));
        }
        (a, b) = (b, a % b);
    }
    i128::try_from(a.max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn third() -> Exact {
        Exact::ONE.over(Exact::of(n("3"))).unwrap().unwrap()
    }

    #[test]
    fn three_thirds_are_one() {
        let whole = third().plus(third()).unwrap().plus(third()).unwrap();
        assert_eq!(whole, Exact::ONE);
    }

    #[test]
    fn a_step_is_reached_once_and_halves_go_away_from_zero() {
        for (value, step, rounded) in [
            ("0.125", "0.25", "0.25"),
            ("0.124", "0.25", "0.00"),
            ("-0.125", "0.25", "-0.25"),
            ("6.665", "0.01", "6.67"),
            ("7", "2", "8"),
            ("4.9", "0.5", "5.0"),
        ] {
            assert_eq!(Exact::of(n(value)).to_step(n(step)).unwrap(), n(rounded), "{value} by {step}");
        }
        let two_thirds = third().plus(third()).unwrap();
        assert_eq!(two_thirds.times(Exact::of(n("10"))).unwrap().shown(2).unwrap().to_string(), "6.67");
        assert!(Exact::ONE.to_step(n("0")).is_err());
    }

    #[test]
    fn what_is_too_large_says_so() {
        let huge = Exact { up: i128::MAX, down: 1 };
        assert!(huge.plus(Exact::ONE).is_err());
        assert!(huge.times(huge).is_err());
        assert!(huge.shown(2).is_err());
    }

    proptest! {
        #[test]
        fn order_and_sums_agree_with_whole_numbers(a in -1000i64..1000, b in 1i64..1000, c in -1000i64..1000, d in 1i64..1000) {
            let ratio = |up, down| Exact::of(Number::whole(up)).over(Exact::of(Number::whole(down))).unwrap().unwrap();
            let (left, right) = (ratio(a, b), ratio(c, d));
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
            prop_assert_eq!(left.plus(right).unwrap(), ratio(a * d + c * b, b * d));
            prop_assert_eq!(left.times(right).unwrap(), ratio(a * c, b * d));
        }

        #[test]
        fn order_holds_where_cross_products_do_not_fit(a in 1i128..i128::MAX, b in 1i128..i128::MAX) {
            let (left, right) = (Exact { up: a, down: b }, Exact { up: b, down: a });
            prop_assert_eq!(left.cmp(&right), a.cmp(&b));
            prop_assert_eq!(right.cmp(&left), b.cmp(&a));
        }
    }
}
