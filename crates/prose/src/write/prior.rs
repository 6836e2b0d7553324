//! A level held against the same period of last year: ratio, difference, and change of a share.

use std::cmp::Ordering;

use thidua_base::number::{growth_of, percent};
use thidua_base::{Number, Percent};

use super::clause::Clause;
use super::value::{Amount, with_measure};
use crate::grammar::{AGAINST_SAME_PERIOD, Direction, EQUAL_TO_SAME_PERIOD, LEVEL_WITH_SAME_PERIOD, PERCENTAGE_POINTS};

/// What a growth is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// The levels of both periods.
    Levels {
        /// This period.
        actual: Number,
        /// The same period of last year, as it is known today.
        base: Number,
    },
    /// A growth that was reported as such, in percent; the levels are not known.
    Growth(Number),
}

/// What is said of a level against the same period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriorSaid<'a> {
    /// What is compared.
    pub compared: Compared,
    /// Decimals of the percentage.
    pub decimals: u8,
    /// A recorded override of the number, without the sign.
    pub printed: Option<&'a str>,
}

/// What is said of a growth that stands in a list or a breakdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrowthSaid<'a> {
    /// What is compared.
    pub compared: Compared,
    /// Decimals of the growth.
    pub decimals: u8,
    /// A recorded override of the number, without the sign.
    pub printed: Option<&'a str>,
}

/// What is said of a difference in the unit of measure itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeltaSaid<'a> {
    /// This period.
    pub actual: Number,
    /// The same period of last year.
    pub base: Number,
    /// Decimals of the difference.
    pub decimals: u8,
    /// The unit of measure.
    pub measure: &'a str,
    /// A recorded override of the number, without the unit.
    pub printed: Option<&'a str>,
}

/// What is said of a share against the share of the same period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareChangeSaid<'a> {
    /// The share now, in percent.
    pub actual: Number,
    /// The share in the same period, in percent.
    pub base: Number,
    /// Decimals of the change.
    pub decimals: u8,
    /// Changes up to this many percentage points, either way, count as none.
    pub level: Number,
    /// A recorded override of the number, without the unit.
    pub printed: Option<&'a str>,
}

impl PriorSaid<'_> {
    /// A comparison without override.
    pub const fn new(compared: Compared, decimals: u8) -> Self {
        Self { compared, decimals, printed: None }
    }
}

impl GrowthSaid<'_> {
    /// A growth without override.
    pub const fn new(compared: Compared, decimals: u8) -> Self {
        Self { compared, decimals, printed: None }
    }
}

/// Row *prior*: `tăng 13,2% so với cùng kỳ`; below the same period `bằng 97,2% so với cùng kỳ`.
///
/// A level is never said to fall by a percentage. Equal is `bằng cùng kỳ`, equal only once
/// rounded is `tương đương cùng kỳ`, and a same period of zero has no percentage.
pub fn prior(said: &PriorSaid) -> Clause {
    let moved =
        |words: &str, figure: String| Clause::words(words).show(&figure).say(&format!(" {AGAINST_SAME_PERIOD}"));
    match moved_by(said.compared, said.decimals) {
        Moved::Up { growth } => moved("tăng ", number_or(said.printed, growth)),
        Moved::Down { percent, .. } => moved("bằng ", number_or(said.printed, percent)),
        Moved::Not(words) => Clause::words(words),
        Moved::Unknown(why) => Clause::words(&format!("không tính được tỷ lệ so với cùng kỳ ({why})")),
    }
}

/// Row *prior* for one sentence on several aspects:
/// `so với cùng kỳ tăng 2,3% về hàng hóa, bằng 80,1% về lượt khách`.
pub fn prior_by_aspect(aspects: &[(PriorSaid, &str)]) -> Clause {
    let each = aspects.iter().map(|(said, aspect)| {
        let clause = match moved_by(said.compared, said.decimals) {
            Moved::Up { growth } => Clause::words("tăng ").show(&number_or(said.printed, growth)),
            Moved::Down { percent, .. } => Clause::words("bằng ").show(&number_or(said.printed, percent)),
            Moved::Not(_) => Clause::words("không đổi"),
            Moved::Unknown(why) => Clause::words(&format!("không tính được tỷ lệ ({why})")),
        };
        clause.say(&format!(" về {aspect}"))
    });
    let all = Clause::joined(each.collect(), ", ");
    if all.is_empty() { all } else { all.after(&format!("{AGAINST_SAME_PERIOD} ")) }
}

/// A growth without its yardstick, for lists and breakdowns: `tăng 18,8%`, `giảm 2,0%`, `không đổi`.
pub fn growth(said: &GrowthSaid) -> Clause {
    let (direction, growth) = match moved_by(said.compared, said.decimals) {
        Moved::Up { growth } => (Direction::Up, growth),
        Moved::Down { growth, .. } => (Direction::Down, growth.magnitude()),
        Moved::Not(_) => return Clause::words("không đổi"),
        Moved::Unknown(why) => return Clause::words(&format!("không tính được tốc độ tăng ({why})")),
    };
    Clause::words(direction.word()).say(" ").show(&number_or(said.printed, growth))
}

/// Row *delta*: `tăng 1 DN so với cùng kỳ`, `giảm 3 vụ so với cùng kỳ`, `bằng cùng kỳ`.
pub fn delta(said: &DeltaSaid) -> Clause {
    match difference_of(said.actual, said.base, said.decimals, Number::whole(0)) {
        Difference::None(words) => Clause::words(words),
        Difference::Some(direction, value) => {
            let amount = Amount { value, decimals: said.decimals, measure: said.measure, printed: said.printed };
            Clause::words(direction.word()).say(" ").show(&amount.text()).say(&format!(" {AGAINST_SAME_PERIOD}"))
        }
    }
}

/// A change of a share, in percentage points: `giảm 1,4 điểm phần trăm`, `tương đương cùng kỳ`.
pub fn share_change(said: &ShareChangeSaid) -> Clause {
    match difference_of(said.actual, said.base, said.decimals, said.level) {
        Difference::None(_) => Clause::words(LEVEL_WITH_SAME_PERIOD),
        Difference::Some(direction, value) => {
            let amount = Amount { value, decimals: said.decimals, measure: PERCENTAGE_POINTS, printed: said.printed };
            Clause::words(direction.word()).say(" ").show(&amount.text())
        }
    }
}

/// How a level moved, once rounded.
enum Moved {
    Up { growth: Number },
    Down { percent: Number, growth: Number },
    Not(&'static str),
    Unknown(&'static str),
}

fn moved_by(compared: Compared, decimals: u8) -> Moved {
    let (percent, exactly) = match compared {
        Compared::Levels { actual, base } => match percent(actual, base, decimals) {
            Ok(Percent::Of(percent)) => (percent, actual == base),
            Ok(Percent::NoBase) => return Moved::Unknown("kỳ gốc bằng 0"),
            Ok(Percent::NegativeBase) => return Moved::Unknown("kỳ gốc âm"),
            Err(_) => return Moved::Unknown("vượt phạm vi tính"),
        },
        // Rounded as a percentage and not as a growth, so that -0,05 is level here as it is in a table.
        Compared::Growth(growth) => match growth.plus(Number::whole(100)) {
            Ok(percent) => (percent.rounded(decimals), growth.is_zero()),
            Err(_) => return Moved::Unknown("vượt phạm vi tính"),
        },
    };
    let growth = growth_of(percent);
    match growth.cmp(&Number::whole(0)) {
        Ordering::Greater => Moved::Up { growth },
        Ordering::Less => Moved::Down { percent, growth },
        Ordering::Equal if exactly => Moved::Not(EQUAL_TO_SAME_PERIOD),
        Ordering::Equal => Moved::Not(LEVEL_WITH_SAME_PERIOD),
    }
}

/// A difference, once rounded; its size has no sign.
enum Difference {
    None(&'static str),
    Some(Direction, Number),
}

fn difference_of(actual: Number, base: Number, decimals: u8, level: Number) -> Difference {
    // Two levels of opposite sign near the end of the range are the only ones without a difference.
    let exact = actual.minus(base).unwrap_or(actual);
    let rounded = exact.rounded(decimals);
    let direction = match rounded.cmp(&Number::whole(0)) {
        Ordering::Greater => Direction::Up,
        Ordering::Less => Direction::Down,
        Ordering::Equal if exact.is_zero() => return Difference::None(EQUAL_TO_SAME_PERIOD),
        Ordering::Equal => return Difference::None(LEVEL_WITH_SAME_PERIOD),
    };
    if exact.magnitude() <= level {
        Difference::None(LEVEL_WITH_SAME_PERIOD)
    } else {
        Difference::Some(direction, rounded.magnitude())
    }
}

fn number_or(printed: Option<&str>, number: Number) -> String {
    printed.map_or_else(|| number.vi_with("%"), |printed| with_measure(printed, "%"))
}
