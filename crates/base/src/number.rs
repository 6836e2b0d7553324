//! Exact numbers: scaled integers, ratios rounded once, and the normative rounding.
//!
//! Rounding is half away from zero, done once, at presentation; growth is the rounded percentage
//! minus 100, so that a table and a sentence can never disagree.

use std::cmp::Ordering;
use std::fmt;

use crate::text::NBSP;

/// Most decimals a number may carry.
pub const SCALE_MAX: u8 = 6;

/// An exact decimal: `digits` divided by ten to the power of `scale`.
///
/// Two numbers are equal when they have the same value, whatever their scales.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    digits: i64,
    scale: u8,
}

/// A percentage, or why there is none. Never 0 % and never infinite for want of a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percent {
    /// 100·a/b, rounded.
    Of(Number),
    /// b is 0 (kỳ gốc bằng 0); printed as a dash.
    NoBase,
    /// b is below 0; a percentage would mislead.
    NegativeBase,
}

/// How counts below ten are written: official papers of some provinces pad them (`05 tập thể`), others do not.
/// No rule fixes it (Decree 30/2020 pads document numbers and days only), so a form chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CountStyle {
    /// `5`.
    #[default]
    Plain,
    /// `05`.
    Padded,
}

/// Why a text is not a number, or a result is too large to keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    /// The text is not written as a number.
    #[error("'{0}' is not a number with at most {SCALE_MAX} decimals")]
    NotANumber(String),
    /// The value does not fit in 64 bits at the scale asked for.
    #[error("the number is too large")]
    TooLarge,
}

impl Number {
    /// The number `digits` / 10^`scale`; a scale above [`SCALE_MAX`] is none, and neither is `i64::MIN`,
    /// which has no counterpart above zero.
    pub const fn new(digits: i64, scale: u8) -> Option<Self> {
        if scale <= SCALE_MAX && digits != i64::MIN { Some(Self { digits, scale }) } else { None }
    }

    /// A whole number.
    pub const fn whole(digits: i64) -> Self {
        Self { digits, scale: 0 }
    }

    /// The digits without the decimal mark.
    pub const fn digits(self) -> i64 {
        self.digits
    }

    /// The number of decimals.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Whether the value is zero.
    pub const fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// Whether the value is below zero.
    pub const fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// Reads the canonical form: `-1231.2`, no thousands mark.
    pub fn parse(text: &str) -> Result<Self, BadNumber> {
        let bad = || BadNumber::NotANumber(text.to_owned());
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = rest.split_once('.').unwrap_or((rest, ""));
        let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let shaped =
            !whole.is_empty() && plain(whole) && plain(decimals) && !(decimals.is_empty() && rest.contains('.'));
        let scale = u8::try_from(decimals.len()).ok().filter(|scale| *scale <= SCALE_MAX);
        let Some(scale) = scale.filter(|_| shaped) else { return Err(bad()) };
        let digits: i64 = format!("{whole}{decimals}").parse().map_err(|_| BadNumber::TooLarge)?;
        Ok(Self { digits: if negative { -digits } else { digits }, scale })
    }

    /// Reads the Vietnamese form: `1.231,2`; dots only between groups of three.
    pub fn parse_vi(text: &str) -> Result<Self, BadNumber> {
        let bad = || BadNumber::NotANumber(text.to_owned());
        let (whole, decimals) = match text.split_once(',') {
            Some((whole, decimals)) if !decimals.is_empty() => (whole, Some(decimals)),
            Some(_) => return Err(bad()),
            None => (text, None),
        };
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        let mut groups = unsigned.split('.');
        let first = groups.next().unwrap_or_default();
        let grouped = unsigned.contains('.');
        let first_fits = !grouped || (1..=3).contains(&first.len());
        if !first_fits || !groups.all(|group| group.len() == 3) {
            return Err(bad());
        }
        let mut canonical = whole.replace('.', "");
        if let Some(decimals) = decimals {
            canonical.push('.');
            canonical.push_str(decimals);
        }
        Self::parse(&canonical).map_err(|e| match e {
            BadNumber::NotANumber(_) => bad(),
            BadNumber::TooLarge => BadNumber::TooLarge,
        })
    }

    /// The value with `decimals` decimals, rounded half away from zero.
    pub fn rounded(self, decimals: u8) -> Self {
        if decimals >= self.scale {
            return self.at_scale(decimals).unwrap_or(self);
        }
        let divisor = power_of_ten(self.scale - decimals);
        let digits = divided_half_away(i128::from(self.digits), divisor);
        Self {
            digits: i64::try_from(digits).expect("rounding to fewer digits never grows beyond i64"),
            scale: decimals,
        }
    }

    /// The same value with more decimals; `None` when it no longer fits or would lose digits.
    pub fn at_scale(self, scale: u8) -> Option<Self> {
        if scale > SCALE_MAX || scale < self.scale {
            return None;
        }
        let digits = i128::from(self.digits) * power_of_ten(scale - self.scale);
        i64::try_from(digits).ok().map(|digits| Self { digits, scale })
    }

    /// The exact sum; its scale is the larger of the two.
    pub fn plus(self, other: Self) -> Result<Self, BadNumber> {
        let scale = self.scale.max(other.scale);
        let digits = self.widened(scale) + other.widened(scale);
        kept(digits, scale)
    }

    /// The exact difference; its scale is the larger of the two.
    pub fn minus(self, other: Self) -> Result<Self, BadNumber> {
        self.plus(other.negated())
    }

    /// The value with the other sign.
    pub const fn negated(self) -> Self {
        Self { digits: self.digits.saturating_neg(), scale: self.scale }
    }

    /// The value without its sign.
    pub const fn magnitude(self) -> Self {
        Self { digits: self.digits.saturating_abs(), scale: self.scale }
    }

    /// The exact sum of many; an empty sum is the whole number 0.
    pub fn sum(numbers: impl IntoIterator<Item = Self>) -> Result<Self, BadNumber> {
        numbers.into_iter().try_fold(Self::whole(0), Self::plus)
    }

    /// `1.231,2`: dot for thousands, comma for decimals, exactly `scale` decimals.
    pub fn vi(self) -> String {
        let canonical = self.magnitude().to_string();
        let (whole, decimals) = canonical.split_once('.').unwrap_or((&canonical, ""));
        let mut out = String::with_capacity(canonical.len() + 8);
        if self.digits < 0 {
            out.push('-');
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push('.');
            }
            out.push(digit);
        }
        if !decimals.is_empty() {
            out.push(',');
            out.push_str(decimals);
        }
        out
    }

    /// `1.231,2 tỷ đồng`: the number and its unit of measure, held together by a no-break space;
    /// a percent sign follows without space.
    pub fn vi_with(self, measure: &str) -> String {
        match measure {
            "" => self.vi(),
            "%" => format!("{}%", self.vi()),
            _ => format!("{}{NBSP}{measure}", self.vi()),
        }
    }

    /// A count of people or units with its unit of measure, in the style of the paper.
    pub fn vi_count(self, style: CountStyle, measure: &str) -> String {
        let padded = match style {
            CountStyle::Plain => false,
            CountStyle::Padded => self.scale == 0 && (0..10).contains(&self.digits),
        };
        if padded { format!("0{}", self.vi_with(measure)) } else { self.vi_with(measure) }
    }

    fn widened(self, scale: u8) -> i128 {
        i128::from(self.digits) * power_of_ten(scale - self.scale)
    }
}

/// 100·a/b rounded to `decimals` decimals, half away from zero; the result must fit in 64 bits.
pub fn percent(a: Number, b: Number, decimals: u8) -> Result<Percent, BadNumber> {
    match b.digits.cmp(&0) {
        Ordering::Equal => Ok(Percent::NoBase),
        Ordering::Less => Ok(Percent::NegativeBase),
        Ordering::Greater => ratio(a, b, 100, decimals).map(Percent::Of),
    }
}

/// a/b rounded to `decimals` decimals; `None` where b is zero.
pub fn quotient(a: Number, b: Number, decimals: u8) -> Result<Option<Number>, BadNumber> {
    if b.is_zero() {
        return Ok(None);
    }
    ratio(a, b, 1, decimals).map(Some)
}

/// What growth a rounded percentage stands for: the percentage minus 100, never computed apart.
pub fn growth_of(percent: Number) -> Number {
    let hundred = Number::whole(100).at_scale(percent.scale).expect("100 fits at every scale");
    Number { digits: percent.digits.saturating_sub(hundred.digits).max(-i64::MAX), scale: percent.scale }
}

/// factor·a/b rounded half away from zero.
fn ratio(a: Number, b: Number, factor: i128, decimals: u8) -> Result<Number, BadNumber> {
    let decimals = decimals.min(SCALE_MAX);
    // a = A/10^s, b = B/10^t, so factor·a/b = factor·A·10^t / (B·10^s).
    let up = i128::from(a.digits)
        .checked_mul(factor)
        .and_then(|x| x.checked_mul(power_of_ten(b.scale)))
        .and_then(|x| x.checked_mul(power_of_ten(decimals)))
        .ok_or(BadNumber::TooLarge)?;
    let down = i128::from(b.digits) * power_of_ten(a.scale);
    kept(divided_half_away(up, down), decimals)
}

/// factor·a/b as far as [`SCALE_MAX`] decimals reach, so that rounding it later, to fewer decimals, gives what
/// rounding the exact quotient would: what is cut off leaves its trace in the last digit. `None` where b is zero.
///
/// The trace is a last digit that is neither 0 nor 5 whenever something was cut off, so no tie is made up and
/// none is lost ("rounding to odd", in decimals).
pub fn quotient_to_round(a: Number, b: Number, factor: i64) -> Result<Option<Number>, BadNumber> {
    if b.is_zero() {
        return Ok(None);
    }
    let up = i128::from(a.digits)
        .checked_mul(i128::from(factor))
        .and_then(|x| x.checked_mul(power_of_ten(b.scale)))
        .and_then(|x| x.checked_mul(power_of_ten(SCALE_MAX)))
        .ok_or(BadNumber::TooLarge)?;
    let down = i128::from(b.digits) * power_of_ten(a.scale);
    let (cut, rest) = (up / down, up % down);
    let traced = if rest != 0 && cut % 5 == 0 { cut + up.signum() * down.signum() } else { cut };
    kept(traced, SCALE_MAX).map(Some)
}

/// A number of so many digits, if it fits.
fn kept(digits: i128, scale: u8) -> Result<Number, BadNumber> {
    i64::try_from(digits).ok().and_then(|digits| Number::new(digits, scale)).ok_or(BadNumber::TooLarge)
}

const fn power_of_ten(exponent: u8) -> i128 {
    10i128.pow(exponent as u32)
}

/// up / down, halves away from zero; `down` is not zero.
fn divided_half_away(up: i128, down: i128) -> i128 {
    let (up, down) = if down < 0 { (-up, -down) } else { (up, down) };
    let whole = up / down;
    let rest = (up % down).abs();
    // Written as a difference: doubling the rest could overflow.
    if rest >= down - rest { whole + up.signum() } else { whole }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.widened(scale).cmp(&other.widened(scale))
    }
}

impl fmt::Display for Number {
    /// The canonical form, with exactly `scale` decimals: `-1231.2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let magnitude = self.digits.unsigned_abs();
        match self.scale {
            0 => write!(f, "{sign}{magnitude}"),
            scale => {
                let divisor = 10u64.pow(u32::from(scale));
                let width = usize::from(scale);
                write!(f, "{sign}{}.{:0width$}", magnitude / divisor, magnitude % divisor)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn pct(a: &str, b: &str, decimals: u8) -> String {
        match percent(n(a), n(b), decimals).unwrap() {
            Percent::Of(value) => value.vi(),
            Percent::NoBase => "–".into(),
            Percent::NegativeBase => "âm".into(),
        }
    }

    /// The test vectors of the rounding rule.
    #[test]
    fn normative_vectors() {
        assert_eq!(pct("1", "3", 2), "33,33");
        assert_eq!(pct("2", "3", 2), "66,67");
        assert_eq!(pct("201", "200", 0), "101");
        assert_eq!(pct("0", "5", 2), "0,00");
        assert_eq!(pct("5", "0", 2), "–");
        assert_eq!(pct("5", "-2", 2), "âm");
        assert_eq!(pct("-1", "8", 2), "-12,50");
        assert_eq!(n("0.005").rounded(2).vi(), "0,01");
        assert_eq!(n("-0.005").rounded(2).vi(), "-0,01");
        assert_eq!(quotient(n("2995"), n("1000"), 1).unwrap().unwrap().vi(), "3,0");
        assert_eq!(n("299.5").rounded(1).vi(), "299,5");
        assert_eq!(pct("2995", "1000", 1), "299,5");
    }

    #[test]
    fn three_thirds_make_a_hundred_but_their_printed_parts_do_not() {
        let third = n("33.333");
        let total = Number::sum([third, third, third]).unwrap().rounded(2);
        assert_eq!(total.vi(), "100,00");
        let of_printed = Number::sum([third.rounded(2); 3]).unwrap();
        assert_eq!(of_printed.vi(), "99,99");
        assert_ne!(total, of_printed);
    }

    #[test]
    fn growth_is_the_rounded_percentage_minus_a_hundred() {
        let Percent::Of(p) = percent(n("9995"), n("10000"), 1).unwrap() else { panic!("a base of 10000") };
        assert_eq!(p.vi(), "100,0");
        assert_eq!(growth_of(p).vi(), "0,0");
    }

    #[test]
    fn the_tie_of_43_enterprises_against_80_rounds_up() {
        assert_eq!(pct("43", "80", 1), "53,8");
        assert_eq!(pct("43", "70", 1), "61,4");
    }

    #[test]
    fn vietnamese_numbers_read_and_write() {
        for (canonical, vi) in [
            ("9427", "9.427"),
            ("14854.7", "14.854,7"),
            ("175.75", "175,75"),
            ("-1234567.5", "-1.234.567,5"),
            ("0.5", "0,5"),
            ("999", "999"),
        ] {
            assert_eq!(n(canonical).vi(), vi);
            assert_eq!(Number::parse_vi(vi).unwrap(), n(canonical));
        }
        for bad in ["", "1.23", "12.34,5", ",5", "5,", "1.2345", "1,2,3", "--1", "1 000", "١"] {
            assert!(Number::parse_vi(bad).is_err(), "{bad} was read");
        }
        assert_eq!(Number::parse_vi("99999999999999999999"), Err(BadNumber::TooLarge));
    }

    #[test]
    fn small_counts_are_padded_where_the_paper_asks_for_it() {
        assert_eq!(n("5").vi_count(CountStyle::Padded, "tập thể"), "05\u{a0}tập thể");
        assert_eq!(n("5").vi_count(CountStyle::Plain, "tập thể"), "5\u{a0}tập thể");
        for unpadded in ["10", "0.5", "-5", "1234"] {
            let number = n(unpadded);
            assert_eq!(number.vi_count(CountStyle::Padded, ""), number.vi());
        }
    }

    #[test]
    fn unit_follows_after_a_no_break_space_and_percent_without() {
        assert_eq!(n("1231.2").vi_with("tỷ đồng"), "1.231,2\u{a0}tỷ đồng");
        assert_eq!(n("54.5").vi_with("%"), "54,5%");
    }

    #[test]
    fn a_quotient_to_be_rounded_is_rounded_once() {
        // 12,344996 % and the like must not climb over a tie in two steps.
        let exact = quotient_to_round(n("12344996"), n("100000000"), 100).unwrap().unwrap();
        assert_eq!(exact.rounded(2).vi(), "12,34");
        let third = quotient_to_round(n("1"), n("3"), 1).unwrap().unwrap();
        assert_eq!((third.vi(), third.rounded(2).vi()), ("0,333333".into(), "0,33".into()));
        assert_eq!(quotient_to_round(n("1"), n("0"), 1), Ok(None));
    }

    #[test]
    fn the_ends_of_the_range_are_kept_or_refused_and_never_wrap() {
        assert!(Number::new(i64::MIN, 0).is_none());
        let most = Number::whole(i64::MAX);
        assert_eq!(most.plus(Number::whole(1)), Err(BadNumber::TooLarge));
        assert_eq!(most.negated().minus(Number::whole(1)), Err(BadNumber::TooLarge));
        assert_eq!(growth_of(most.negated()), most.negated());
    }

    proptest! {
        #[test]
        fn rounding_a_quotient_later_is_rounding_it_once(a in -1_000_000i64..1_000_000, b in 1i64..100_000, decimals in 0u8..SCALE_MAX) {
            let (a, b) = (Number::whole(a), Number::whole(b));
            let later = quotient_to_round(a, b, 1).unwrap().unwrap().rounded(decimals);
            prop_assert_eq!(Some(later), quotient(a, b, decimals).unwrap());
        }

        #[test]
        fn both_texts_travel(digits in any::<i64>().prop_filter("i64::MIN is no number", |d| *d != i64::MIN), scale in 0u8..=SCALE_MAX) {
            let number = Number::new(digits, scale).unwrap();
            prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
            prop_assert_eq!(Number::parse_vi(&number.vi()), Ok(number));
        }

        #[test]
        fn rounding_errs_by_at_most_half_a_unit(digits in -1_000_000_000i64..1_000_000_000, scale in 0u8..=SCALE_MAX, decimals in 0u8..=SCALE_MAX) {
            let exact = Number::new(digits, scale).unwrap();
            let error = exact.minus(exact.rounded(decimals)).unwrap().magnitude();
            let half = Number::new(5, (decimals + 1).min(SCALE_MAX)).unwrap();
            prop_assert!(error <= half || scale <= decimals);
        }

        #[test]
        fn percent_is_symmetric_in_sign(a in -1_000_000i64..1_000_000, b in 1i64..1_000_000, decimals in 0u8..=4) {
            let (Percent::Of(plus), Percent::Of(minus)) = (
                percent(Number::whole(a), Number::whole(b), decimals).unwrap(),
                percent(Number::whole(-a), Number::whole(b), decimals).unwrap(),
            ) else { panic!("a positive base") };
            prop_assert_eq!(plus, minus.negated());
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            let _ = Number::parse(&text);
            let _ = Number::parse_vi(&text);
        }
    }
}
