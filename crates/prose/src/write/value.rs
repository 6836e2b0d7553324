//! The level reached: verb, qualifier, number and unit of measure.

use thidua_base::Number;
use thidua_base::text::NBSP;

use super::clause::Clause;
use crate::grammar::{Certainty, Qualifier, Verb};

/// A number, how precisely it is printed, and its unit of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount<'a> {
    /// The exact value.
    pub value: Number,
    /// Decimals printed.
    pub decimals: u8,
    /// The unit of measure (đơn vị tính): `tỷ đồng`, `%`, or empty.
    pub measure: &'a str,
    /// A recorded override of the number, without the unit.
    pub printed: Option<&'a str>,
}

/// What is said of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueSaid<'a> {
    /// The level.
    pub amount: Amount<'a>,
    /// How it is introduced.
    pub verb: Verb,
    /// Whether it is closed or estimated.
    pub certainty: Certainty,
    /// What the reporter says of its exactness.
    pub qualifier: Qualifier,
}

/// Row *level*: `ước đạt 9.427 tỷ đồng`, `đạt 65,7 tạ/ha`, `ước đạt trên 9,8 tỷ đồng`, `còn 12,5%`.
///
/// Beside `trên` the number is rounded down and beside `gần` up, so that rounding never makes the
/// sentence untrue: more than 9,86 is not known to be more than 9,9.
pub fn value(said: &ValueSaid) -> Clause {
    let words = [said.verb.words(said.certainty), said.qualifier.word()];
    let words = words.iter().filter(|word| !word.is_empty()).fold(String::new(), |all, word| all + word + " ");
    Clause::words(&words).show(&said.amount.text_for(said.qualifier))
}

impl<'a> Amount<'a> {
    /// An amount without override.
    pub const fn new(value: Number, decimals: u8, measure: &'a str) -> Self {
        Self { value, decimals, measure, printed: None }
    }

    /// The number and its unit, held together by a no-break space: `1.231,2 tỷ đồng`.
    pub fn text(&self) -> String {
        self.text_for(Qualifier::Exactly)
    }

    fn text_for(&self, qualifier: Qualifier) -> String {
        match self.printed {
            Some(printed) => with_measure(printed, self.measure),
            None => towards(self.value, self.decimals, qualifier).vi_with(self.measure),
        }
    }
}

/// An overriding number before its unit, spaced as [`Number::vi_with`] spaces it.
pub(super) fn with_measure(printed: &str, measure: &str) -> String {
    match measure {
        "" => printed.to_owned(),
        "%" => format!("{printed}%"),
        _ => format!("{printed}{NBSP}{measure}"),
    }
}

/// The value at a precision, on the side of the exact value that keeps the qualifier true.
fn towards(value: Number, decimals: u8, qualifier: Qualifier) -> Number {
    let rounded = value.rounded(decimals);
    let unit = Number::new(1, decimals).unwrap_or(Number::whole(1));
    let moved = match qualifier {
        Qualifier::Above if rounded > value => rounded.minus(unit),
        Qualifier::Nearly if rounded < value => rounded.plus(unit),
        Qualifier::Exactly | Qualifier::Above | Qualifier::Nearly => Ok(rounded),
    };
    moved.unwrap_or(rounded)
}
