//! Clauses read back out of a finished text.
//!
//! [`read`] scans one paragraph from left to right and returns what it recognises, each with its
//! byte span; everything else is passed over. The scan is total: any text is read without panic,
//! and spans never overlap. Text in quotation marks is a name and holds no figures.

mod citation;
mod comparison;
mod figure;
mod heading;
mod listing;
mod scan;

use std::ops::Range;

use thidua_base::{Date, Number};

use crate::grammar::{Certainty, Direction, PlanNoun, Qualifier, TotalKind, Verb};

pub use heading::{HeadingRead, NumberShape, ReadsAs, heading, shape_of};
pub(crate) use scan::Scan;

/// A clause found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseRead {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// What it says.
    pub said: Said,
}

/// What a clause says; the counterpart of the functions of [`crate::write`].
///
/// Numbers keep the decimals they were printed with, as their scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A level, or any counted thing: `ước đạt 9.427 tỷ đồng`, `190 quân nhân`.
    Value {
        /// How it is introduced.
        verb: Verb,
        /// Closed or estimated.
        certainty: Certainty,
        /// `trên`, `gần`.
        qualifier: Qualifier,
        /// The figure.
        amount: AmountRead,
    },
    /// `bằng 61,4% kế hoạch tỉnh giao (KH: 70 DN)`.
    OfPlan {
        /// The percentage.
        percent: Number,
        /// What the plan is called.
        noun: PlanNoun,
        /// Who assigned it.
        assigner: Option<String>,
        /// The assigned figure, where it stands in brackets.
        stated: Option<AmountRead>,
    },
    /// `bằng 97,2% so với cùng kỳ`.
    OfSamePeriod {
        /// The percentage.
        percent: Number,
    },
    /// `tăng 13,2% so với cùng kỳ`, `giảm 2,0%`.
    Growth {
        /// Up or down.
        direction: Direction,
        /// The size, in percent.
        percent: Number,
        /// Whether the yardstick is named.
        against: Against,
    },
    /// `tăng 1 DN so với cùng kỳ`, `giảm 1,4 điểm phần trăm`.
    Delta {
        /// Up or down.
        direction: Direction,
        /// The size.
        amount: AmountRead,
        /// Whether the yardstick is named.
        against: Against,
    },
    /// `bằng cùng kỳ`, `tương đương cùng kỳ`, `không đổi`.
    Level {
        /// Whether it is said to be equal or about equal.
        equality: Equality,
    },
    /// `nâng tổng số trường đạt chuẩn lên 85 trường`.
    Total {
        /// A count or a rate.
        kind: TotalKind,
        /// What is counted.
        name: String,
        /// The totals reached.
        reached: Vec<AmountRead>,
        /// Whether `lên` stands where it belongs.
        preposition: Preposition,
    },
    /// `chiếm 78,7%`.
    Share {
        /// The percentage.
        percent: Number,
        /// The population, where it is named.
        of: Option<String>,
    },
    /// `13/29 chuỗi cung ứng thực phẩm an toàn`.
    NOfM {
        /// How many.
        reached: Number,
        /// Of how many.
        population: Number,
        /// What they are; may be empty.
        name: String,
    },
    /// `8 xã: Tiến Nông, Hợp Thắng, …`.
    CountNamed {
        /// The stated count.
        count: AmountRead,
        /// The names, with their spans.
        names: Vec<(Range<usize>, String)>,
        /// Whether the list says that it goes on.
        extent: Extent,
    },
    /// `đạt 100%` in brackets: a target met to the unit.
    Full,
    /// `vượt 1 bếp`, `còn thiếu 2 bếp`.
    Beyond {
        /// Up: more than the target; down: short of it.
        direction: Direction,
        /// By how much.
        amount: AmountRead,
    },
    /// `trong đó:` before a whole breakdown, `trong đó có` before a part of it.
    OfWhich {
        /// Whether all parts follow.
        extent: Extent,
    },
    /// `đến ngày 28/6/2020`.
    AsOf(Date),
    /// Any other day.
    Day(Date),
    /// `Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ`.
    Citation(CitationRead),
}

/// A number as printed and its unit of measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountRead {
    /// The number; its scale is the printed precision.
    pub value: Number,
    /// The unit of measure with plain spaces; empty where none follows.
    pub measure: String,
}

/// Whether a comparison names the same period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// `so với cùng kỳ`.
    SamePeriod,
    /// Nothing is named.
    Unsaid,
}

/// How equal a level is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equality {
    /// `bằng cùng kỳ`.
    Exact,
    /// `tương đương cùng kỳ`, `không đổi`.
    About,
}

/// Whether the word `lên` introduces a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preposition {
    /// It does.
    Present,
    /// The total follows its name directly.
    Missing,
}

/// Whether a list or a breakdown is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// It says that something is left out.
    Partial,
}

/// A legal instrument as cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationRead {
    /// The kind: `Chỉ thị`.
    pub kind: String,
    /// Number and symbol: `34-CT/TW`.
    pub number: String,
    /// The date, where given and possible.
    pub date: Option<Date>,
    /// The issuing body, where given.
    pub issuer: Option<String>,
    /// The subject, without quotation marks; unquoted it runs to the end of the sentence.
    pub title: Option<String>,
}

/// Reads one paragraph.
pub fn read(text: &str) -> Vec<ClauseRead> {
    let scan = Scan::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(end) = scan.quoted(at) {
            at = end;
            continue;
        }
        let clause = if scan.begins_word(at) { clause_at(&scan, at) } else { None };
        match clause {
            Some((end, said)) if end > at => {
                found.push(ClauseRead { span: at..end, said });
                at = end;
            }
            Some(_) | None => at = scan.after_token(at),
        }
    }
    found
}

/// The clause that begins here, with its end.
fn clause_at(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    citation::citation(scan, at)
        .or_else(|| citation::day(scan, at))
        .or_else(|| comparison::comparison(scan, at))
        .or_else(|| listing::total(scan, at))
        .or_else(|| listing::of_which(scan, at))
        .or_else(|| listing::count_named(scan, at))
        .or_else(|| figure::n_of_m(scan, at))
        .or_else(|| figure::value(scan, at))
}

#[cfg(test)]
mod tests;
