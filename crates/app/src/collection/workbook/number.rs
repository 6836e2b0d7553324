//! The one place where exact numbers become the floating point of workbooks, and back.
//!
//! Excel keeps 15 significant digits. A number that has no more of them comes back as the same number; one that has
//! more is written as text. What is read is taken as Excel shows it, with 15 digits: `0.1 + 0.2` is 0,3.

use thidua_base::Number;
use thidua_base::number::BadNumber;
use thidua_domain::collection::import::Written;

/// Digits that a workbook keeps.
const DIGITS: u32 = 15;

/// The number as a workbook holds it; `None` where it has more digits than a workbook keeps.
#[expect(
    clippy::disallowed_types,
    reason = "workbooks hold floating point; fifteen digits travel there and back exactly"
)]
pub(crate) fn to_cell(number: Number) -> Option<f64> {
    // Zeros at the end of the decimals are no digits to keep; they would only reach the limit sooner.
    let (mut digits, mut scale) = (number.digits(), number.scale());
    while scale > 0 && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    let fits = digits.unsigned_abs() < 10u64.pow(DIGITS);
    let kept = Number::new(digits, scale).filter(|_| fits)?;
    // The nearest double of a decimal text: the standard library rounds it rightly.
    kept.to_string().parse().ok()
}

/// What a cell with a floating-point number says.
#[expect(clippy::disallowed_types, reason = "workbooks hold floating point; it is read as the decimal it shows")]
pub(super) fn of_cell(value: f64) -> Written {
    if !value.is_finite() {
        return Written::Fault("#NUM!".to_owned());
    }
    // `d.dddddddddddddde±x`: fifteen digits, as Excel shows them.
    let shown = format!("{value:.14e}");
    let long = || Written::Long(value.to_string().replace('.', ","));
    let Some((mantissa, exponent)) = shown.split_once('e') else { return long() };
    let Ok(exponent) = exponent.parse::<i32>() else { return long() };
    match plain(mantissa, exponent).map(|text| Number::parse(&text)) {
        Some(Ok(number)) => Written::Number(number),
        Some(Err(BadNumber::TooLarge | BadNumber::NotANumber(_))) | None => long(),
    }
}

/// The plain decimal writing of mantissa and exponent; `None` beyond every number that is kept.
fn plain(mantissa: &str, exponent: i32) -> Option<String> {
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    if !(-7..19).contains(&exponent) {
        return None;
    }
    let whole = usize::try_from(exponent + 1).unwrap_or(0);
    let text = if exponent < 0 {
        let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
        format!("{sign}0.{}{digits}", "0".repeat(zeros))
    } else if digits.len() <= whole {
        format!("{sign}{digits}{}", "0".repeat(whole - digits.len()))
    } else {
        format!("{sign}{}.{}", &digits[..whole], &digits[whole..])
    };
    Some(text)
}

#[cfg(test)]
#[expect(clippy::disallowed_types, reason = "the tests speak as a workbook does")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use thidua_base::number::SCALE_MAX;

    fn n(text: &str) -> Written {
        Written::Number(Number::parse(text).unwrap())
    }

    #[test]
    fn what_excel_shows_is_what_is_read() {
        assert_eq!(of_cell(0.1 + 0.2), n("0.3"));
        assert_eq!(of_cell(1231.2), n("1231.2"));
        assert_eq!(of_cell(-0.0), n("0"));
        assert_eq!(of_cell(1e18), n("1000000000000000000"));
        assert_eq!(of_cell(-0.000_001), n("-0.000001"));
        assert_eq!(of_cell(123_456_789_012_345.0), n("123456789012345"));
        for beyond in [1.0 / 3.0, 1e19, -1e300, 1e-7, f64::MIN_POSITIVE] {
            assert!(matches!(of_cell(beyond), Written::Long(_)), "{beyond}");
        }
        assert_eq!(of_cell(1.0 / 3.0), Written::Long("0,3333333333333333".to_owned()));
        for none in [f64::NAN, f64::INFINITY] {
            assert_eq!(of_cell(none), Written::Fault("#NUM!".to_owned()));
        }
    }

    #[test]
    fn more_digits_than_a_workbook_keeps_are_not_given_to_it() {
        assert_eq!(to_cell(Number::whole(1_000_000_000_000_000)), None);
        assert_eq!(to_cell(Number::whole(i64::MAX)), None);
        // Zeros behind the point are no digits.
        assert!(to_cell(Number::new(123_456_789_012_345_000, 3).unwrap()).is_some());
    }

    proptest! {
        #[test]
        fn fifteen_digits_travel_there_and_back(digits in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0..=SCALE_MAX) {
            let number = Number::new(digits, scale).unwrap();
            prop_assert_eq!(of_cell(to_cell(number).unwrap()), Written::Number(number));
        }

        #[test]
        fn every_number_travels_or_is_not_given(digits in any::<i64>(), scale in 0..=SCALE_MAX) {
            if let Some(number) = Number::new(digits, scale) && let Some(cell) = to_cell(number) {
                prop_assert_eq!(of_cell(cell), Written::Number(number));
            }
        }

        #[test]
        fn any_bits_are_read(bits in any::<u64>()) {
            prop_assert!(of_cell(f64::from_bits(bits)) != Written::Empty);
        }
    }
}
