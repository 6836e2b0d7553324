//! Exact fractions: shares of a unit, and what they make of its figures, until the one rounding at the end.

use thidua_base::Number;
use thidua_base::number::{BadNumber, SCALE_MAX};

/// A fraction in lowest terms; the denominator is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    up: i128,
    down: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self { up: 0, down: 1 };
    /// All.
    pub const ONE: Self = Self { up: 1, down: 1 };

    /// `up` / `down`; `None` where the denominator is not above zero.
    pub fn new(up: i64, down: i64) -> Option<Self> {
        (down > 0).then(|| Self::reduced(up.into(), down.into()))
    }

    /// Numerator and denominator in lowest terms, where both fit.
    pub fn terms(self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.up).ok()?, i64::try_from(self.down).ok()?))
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`BadNumber::TooLarge`] where numerator or denominator outgrow 127 bits.
    pub fn plus(self, other: Self) -> Result<Self, BadNumber> {
        // Over the least common denominator, so that sums of like fractions stay small.
        let common = gcd(self.down, other.down);
        let (mine, theirs) = (other.down / common, self.down / common);
        let up = self.up.checked_mul(mine).zip(other.up.checked_mul(theirs)).and_then(|(a, b)| a.checked_add(b));
        let down = self.down.checked_mul(mine);
        up.zip(down).map(|(up, down)| Self::reduced(up, down)).ok_or(BadNumber::TooLarge)
    }

    /// The exact difference.
    ///
    /// # Errors
    /// As [`Ratio::plus`].
    pub fn minus(self, other: Self) -> Result<Self, BadNumber> {
        self.plus(Self { up: -other.up, down: other.down })
    }

    /// The exact product.
    ///
    /// # Errors
    /// As [`Ratio::plus`].
    pub fn times(self, other: Self) -> Result<Self, BadNumber> {
        // Crosswise reduction first keeps the products as small as they can be.
        let (a, b) = (Self::reduced(self.up, other.down), Self::reduced(other.up, self.down));
        let up = a.up.checked_mul(b.up);
        let down = a.down.checked_mul(b.down);
        up.zip(down).map(|(up, down)| Self { up, down }).ok_or(BadNumber::TooLarge)
    }

    /// The value with so many decimals, rounded once, half away from zero.
    ///
    /// # Errors
    /// [`BadNumber::TooLarge`] where it does not fit in 64 bits.
    pub fn rounded(self, decimals: u8) -> Result<Number, BadNumber> {
        let decimals = decimals.min(SCALE_MAX);
        let scaled = self.up.checked_mul(10i128.pow(decimals.into())).ok_or(BadNumber::TooLarge)?;
        let (whole, rest) = (scaled / self.down, (scaled % self.down).abs());
        // Written as a difference: doubling the rest could overflow.
        let digits = if rest >= self.down - rest { whole + scaled.signum() } else { whole };
        let digits = i64::try_from(digits).map_err(|_| BadNumber::TooLarge)?;
        Ok(Number::new(digits, decimals).expect("the decimals were limited to the most a number may carry"))
    }

    /// Whether it is neither below nothing nor above all.
    pub fn is_share(self) -> bool {
        0 <= self.up && self.up <= self.down
    }

    fn reduced(up: i128, down: i128) -> Self {
        let common = gcd(up, down);
        Self { up: up / common, down: down / common }
    }
}

impl From<Number> for Ratio {
    fn from(number: Number) -> Self {
        Self::reduced(number.digits().into(), 10i128.pow(number.scale().into()))
    }
}

/// The greatest common divisor; at least 1, for a `down` above zero.
fn gcd(up: i128, down: i128) -> i128 {
    let (mut a, mut b) = (up.unsigned_abs(), down.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a.max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn r(up: i64, down: i64) -> Ratio {
        Ratio::new(up, down).unwrap()
    }

    #[test]
    fn fractions_add_and_multiply_exactly_and_round_half_away_from_zero() {
        assert_eq!(r(1, 3).plus(r(1, 6)), Ok(r(1, 2)));
        assert_eq!(r(2, 3).times(r(9, 4)), Ok(r(3, 2)));
        assert_eq!(r(1, 1).minus(r(3, 7)), Ok(r(4, 7)));
        assert_eq!(r(1, 8).rounded(2).unwrap().to_string(), "0.13");
        assert_eq!(r(-1, 8).rounded(2).unwrap().to_string(), "-0.13");
        assert_eq!(r(1, 3).rounded(0).unwrap().to_string(), "0");
        assert_eq!(Ratio::from(Number::parse("1231.20").unwrap()), r(6156, 5));
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(Ratio::new(1, -2), None);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let large = r(i64::MAX, 1);
        let larger = large.times(large).unwrap();
        assert_eq!(larger.times(larger), Err(BadNumber::TooLarge));
        assert_eq!(large.plus(Ratio::ONE).unwrap().rounded(0), Err(BadNumber::TooLarge));
    }

    proptest! {
        #[test]
        fn a_number_is_its_own_fraction(digits in any::<i64>(), scale in 0u8..=SCALE_MAX) {
            let number = Number::new(digits, scale).unwrap();
            prop_assert_eq!(Ratio::from(number).rounded(scale), Ok(number));
        }

        #[test]
        fn addition_and_multiplication_do_not_mind_the_order(a in -999i64..999, b in 1i64..999, c in -999i64..999, d in 1i64..999) {
            let (x, y) = (r(a, b), r(c, d));
            prop_assert_eq!(x.plus(y), y.plus(x));
            prop_assert_eq!(x.times(y), y.times(x));
            prop_assert_eq!(x.plus(y).unwrap().minus(y), Ok(x));
        }
    }
}
