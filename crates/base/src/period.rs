//! Periods (kỳ): month, quarter, half-year, nine months cumulative, year, term, school year.

use std::fmt;

use crate::date::Date;

/// A period of reporting; text forms `2026-M03`, `2026-Q3`, `2026-H1`, `2026-C9`, `2026`,
/// `2021-2025` (a term) and `SY2025` (the school year that begins in 2025).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A month, 1 to 12.
    Month {
        /// Calendar year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A quarter, 1 to 4.
    Quarter {
        /// Calendar year.
        year: i16,
        /// 1 to 4.
        quarter: i8,
    },
    /// A half-year, 1 or 2.
    Half {
        /// Calendar year.
        year: i16,
        /// 1 or 2.
        half: i8,
    },
    /// January to September, cumulative (lũy kế 9 tháng).
    NineMonths {
        /// Calendar year.
        year: i16,
    },
    /// A calendar year.
    Year {
        /// Calendar year.
        year: i16,
    },
    /// A term of several years, both ends included (giai đoạn, nhiệm kỳ).
    Term {
        /// First year.
        first: i16,
        /// Last year.
        last: i16,
    },
    /// A school year: 1 September to 31 August (Circular frames differ by a few days; the span is ours).
    SchoolYear {
        /// The year in which it begins.
        begins: i16,
    },
}

/// The kinds of [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// See [`Period::Month`].
    Month,
    /// See [`Period::Quarter`].
    Quarter,
    /// See [`Period::Half`].
    Half,
    /// See [`Period::NineMonths`].
    NineMonths,
    /// See [`Period::Year`].
    Year,
    /// See [`Period::Term`].
    Term,
    /// See [`Period::SchoolYear`].
    SchoolYear,
}

impl PeriodKind {
    /// Every kind, from the shortest to the longest.
    pub const ALL: [Self; 7] =
        [Self::Month, Self::Quarter, Self::Half, Self::NineMonths, Self::Year, Self::Term, Self::SchoolYear];

    /// The word in columns, data files and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::NineMonths => "nine-months",
            Self::Year => "year",
            Self::Term => "term",
            Self::SchoolYear => "school-year",
        }
    }
}

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a period: 2020, 2020-H1, 2020-Q3, 2020-M07, 2020-C9, 2016-2020 or SY2020")]
pub struct BadPeriod(pub String);

/// Years a period may name: wide enough for the records of the resistance wars and for long plans.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

impl Period {
    /// Reads a period code.
    pub fn parse(text: &str) -> Result<Self, BadPeriod> {
        parsed(text).ok_or_else(|| BadPeriod(text.to_owned()))
    }

    /// The kind.
    pub fn kind(self) -> PeriodKind {
        match self {
            Self::Month { .. } => PeriodKind::Month,
            Self::Quarter { .. } => PeriodKind::Quarter,
            Self::Half { .. } => PeriodKind::Half,
            Self::NineMonths { .. } => PeriodKind::NineMonths,
            Self::Year { .. } => PeriodKind::Year,
            Self::Term { .. } => PeriodKind::Term,
            Self::SchoolYear { .. } => PeriodKind::SchoolYear,
        }
    }

    /// The calendar year in which the period ends.
    pub fn year(self) -> i16 {
        match self {
            Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::NineMonths { year }
            | Self::Year { year } => year,
            Self::Term { last, .. } => last,
            Self::SchoolYear { begins } => begins + 1,
        }
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        match self {
            Self::Month { year, month } => day(year, month, 1),
            Self::Quarter { year, quarter } => day(year, 3 * quarter - 2, 1),
            Self::Half { year, half } => day(year, 6 * half - 5, 1),
            Self::NineMonths { year } | Self::Year { year } => day(year, 1, 1),
            Self::Term { first, .. } => day(first, 1, 1),
            Self::SchoolYear { begins } => day(begins, 9, 1),
        }
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        let first_after = match self {
            Self::Month { year, month: 12 }
            | Self::Quarter { year, quarter: 4 }
            | Self::Half { year, half: 2 }
            | Self::Year { year }
            | Self::Term { last: year, .. } => day(year + 1, 1, 1),
            Self::Month { year, month } => day(year, month + 1, 1),
            Self::Quarter { year, quarter } => day(year, 3 * quarter + 1, 1),
            Self::Half { year, half } => day(year, 6 * half + 1, 1),
            Self::NineMonths { year } => day(year, 10, 1),
            Self::SchoolYear { begins } => day(begins + 1, 9, 1),
        };
        first_after.day_before()
    }

    /// The period of the same kind and place one year before; a term steps back by its own length.
    pub fn same_period_last_year(self) -> Self {
        match self {
            Self::Month { year, month } => Self::Month { year: year - 1, month },
            Self::Quarter { year, quarter } => Self::Quarter { year: year - 1, quarter },
            Self::Half { year, half } => Self::Half { year: year - 1, half },
            Self::NineMonths { year } => Self::NineMonths { year: year - 1 },
            Self::Year { year } => Self::Year { year: year - 1 },
            Self::Term { first, last } => {
                let years = last - first + 1;
                Self::Term { first: first - years, last: last - years }
            }
            Self::SchoolYear { begins } => Self::SchoolYear { begins: begins - 1 },
        }
    }

    /// The period of the same kind that follows.
    pub fn next(self) -> Self {
        match self {
            Self::Month { year, month: 12 } => Self::Month { year: year + 1, month: 1 },
            Self::Month { year, month } => Self::Month { year, month: month + 1 },
            Self::Quarter { year, quarter: 4 } => Self::Quarter { year: year + 1, quarter: 1 },
            Self::Quarter { year, quarter } => Self::Quarter { year, quarter: quarter + 1 },
            Self::Half { year, half: 2 } => Self::Half { year: year + 1, half: 1 },
            Self::Half { year, .. } => Self::Half { year, half: 2 },
            Self::NineMonths { year } => Self::NineMonths { year: year + 1 },
            Self::Year { year } => Self::Year { year: year + 1 },
            Self::Term { first, last } => {
                let years = last - first + 1;
                Self::Term { first: first + years, last: last + years }
            }
            Self::SchoolYear { begins } => Self::SchoolYear { begins: begins + 1 },
        }
    }

    /// The period of the same kind that came before.
    pub fn previous(self) -> Self {
        match self {
            Self::Month { year, month: 1 } => Self::Month { year: year - 1, month: 12 },
            Self::Month { year, month } => Self::Month { year, month: month - 1 },
            Self::Quarter { year, quarter: 1 } => Self::Quarter { year: year - 1, quarter: 4 },
            Self::Quarter { year, quarter } => Self::Quarter { year, quarter: quarter - 1 },
            Self::Half { year, half: 1 } => Self::Half { year: year - 1, half: 2 },
            Self::Half { year, .. } => Self::Half { year, half: 1 },
            Self::NineMonths { .. } | Self::Year { .. } | Self::Term { .. } | Self::SchoolYear { .. } => {
                self.same_period_last_year()
            }
        }
    }

    /// The part of the calendar year passed by the end of the period, in months; 12 for a year or more.
    ///
    /// The pace an indicator is held against: half-way at the end of a half-year.
    pub fn months_passed(self) -> i8 {
        match self {
            Self::Month { month, .. } => month,
            Self::Quarter { quarter, .. } => 3 * quarter,
            Self::Half { half, .. } => 6 * half,
            Self::NineMonths { .. } => 9,
            Self::Year { .. } | Self::Term { .. } | Self::SchoolYear { .. } => 12,
        }
    }

    /// The calendar year the period lies in; a term or a school year stays itself.
    pub fn plan_year(self) -> Self {
        match self {
            Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::NineMonths { year }
            | Self::Year { year } => Self::Year { year },
            Self::Term { .. } | Self::SchoolYear { .. } => self,
        }
    }

    /// The Vietnamese name with the year: `6 tháng đầu năm 2020`.
    pub fn in_words(self) -> String {
        match self {
            Self::Month { year, month } => format!("tháng {month} năm {year}"),
            Self::Quarter { year, quarter } => format!("quý {} năm {year}", ROMAN[(quarter - 1) as usize]),
            Self::Half { year, .. } | Self::NineMonths { year } => format!("{} năm {year}", self.span_in_words()),
            Self::Year { year } => format!("năm {year}"),
            Self::Term { first, last } => format!("giai đoạn {first} - {last}"),
            Self::SchoolYear { begins } => format!("năm học {begins} - {}", begins + 1),
        }
    }

    /// The Vietnamese name without the year: `6 tháng đầu`, to stand before `năm 2020`.
    pub fn span_in_words(self) -> &'static str {
        match self {
            Self::Month { .. } => "tháng",
            Self::Quarter { .. } => "quý",
            Self::Half { half: 1, .. } => "6 tháng đầu",
            Self::Half { .. } => "6 tháng cuối",
            Self::NineMonths { .. } => "9 tháng đầu",
            Self::Year { .. } => "năm",
            Self::Term { .. } => "giai đoạn",
            Self::SchoolYear { .. } => "năm học",
        }
    }
}

/// Quarters are numbered in Roman in official text.
const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];

/// The day of a year inside [`YEARS`] and a month computed above.
fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("a first day of a month in a checked year exists")
}

fn parsed(text: &str) -> Option<Period> {
    let year = |t: &str| (t.len() == 4).then(|| t.parse::<i16>().ok()).flatten().filter(|y| YEARS.contains(y));
    if let Some(begins) = text.strip_prefix("SY") {
        return Some(Period::SchoolYear { begins: year(begins)? });
    }
    let Some((head, tail)) = text.split_once('-') else {
        return Some(Period::Year { year: year(text)? });
    };
    let head = year(head)?;
    let within = |digits: &str, width: usize, max: i8| {
        let plain = digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<i8>().ok()).flatten().filter(|n| (1..=max).contains(n))
    };
    match tail.split_at_checked(1)? {
        ("M", rest) => Some(Period::Month { year: head, month: within(rest, 2, 12)? }),
        ("Q", rest) => Some(Period::Quarter { year: head, quarter: within(rest, 1, 4)? }),
        ("H", rest) => Some(Period::Half { year: head, half: within(rest, 1, 2)? }),
        ("C", "9") => Some(Period::NineMonths { year: head }),
        _ => {
            let last = year(tail).filter(|last| *last > head)?;
            Some(Period::Term { first: head, last })
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year}-M{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year}-Q{quarter}"),
            Self::Half { year, half } => write!(f, "{year}-H{half}"),
            Self::NineMonths { year } => write!(f, "{year}-C9"),
            Self::Year { year } => write!(f, "{year}"),
            Self::Term { first, last } => write!(f, "{first}-{last}"),
            Self::SchoolYear { begins } => write!(f, "SY{begins}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn p(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    #[test]
    fn the_first_half_of_2020_in_words_and_days() {
        let half = p("2020-H1");
        assert_eq!(half.in_words(), "6 tháng đầu năm 2020");
        assert_eq!(half.next().in_words(), "6 tháng cuối năm 2020");
        assert_eq!(half.first_day().to_string(), "2020-01-01");
        assert_eq!(half.last_day().to_string(), "2020-06-30");
        assert_eq!(half.same_period_last_year(), p("2019-H1"));
        assert_eq!(half.months_passed(), 6);
        assert_eq!(half.plan_year(), p("2020"));
    }

    #[test]
    fn every_kind_reads_back_what_it_writes() {
        for code in ["2026-M03", "2026-Q3", "2026-H1", "2026-C9", "2026", "2021-2025", "SY2025"] {
            assert_eq!(p(code).to_string(), code);
        }
        for bad in [
            "",
            "20",
            "2026-M13",
            "2026-M3",
            "2026-Q5",
            "2026-H3",
            "2026-C6",
            "2025-2021",
            "2026-M+3",
            "SY25",
            "2026-é1",
            "1800",
        ] {
            assert!(Period::parse(bad).is_err(), "{bad} was read");
        }
    }

    #[test]
    fn a_term_steps_back_by_its_own_length() {
        assert_eq!(p("2021-2025").same_period_last_year(), p("2016-2020"));
        assert_eq!(p("2021-2025").next(), p("2026-2030"));
        assert_eq!(p("SY2025").last_day().to_string(), "2026-08-31");
    }

    fn any_period() -> impl Strategy<Value = Period> {
        let year = 1950i16..2100;
        prop_oneof![
            (year.clone(), 1i8..=12).prop_map(|(year, month)| Period::Month { year, month }),
            (year.clone(), 1i8..=4).prop_map(|(year, quarter)| Period::Quarter { year, quarter }),
            (year.clone(), 1i8..=2).prop_map(|(year, half)| Period::Half { year, half }),
            year.clone().prop_map(|year| Period::NineMonths { year }),
            year.clone().prop_map(|year| Period::Year { year }),
            (year.clone(), 1i16..10).prop_map(|(first, more)| Period::Term { first, last: first + more }),
            year.prop_map(|begins| Period::SchoolYear { begins }),
        ]
    }

    proptest! {
        #[test]
        fn text_travels(period in any_period()) {
            prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
        }

        #[test]
        fn before_and_after_undo_each_other(period in any_period()) {
            prop_assert_eq!(period.previous().next(), period);
            prop_assert_eq!(period.next().previous(), period);
        }

        #[test]
        fn last_year_has_the_same_kind_and_lies_before(period in any_period()) {
            let before = period.same_period_last_year();
            prop_assert_eq!(before.kind(), period.kind());
            prop_assert!(before.first_day() < period.first_day());
            prop_assert!(before.last_day() < period.last_day());
        }

        #[test]
        fn months_quarters_and_halves_tile_the_year(year in 1950i16..2100) {
            for first in [Period::Month { year, month: 1 }, Period::Quarter { year, quarter: 1 }, Period::Half { year, half: 1 }] {
                let mut at = first;
                while at.year() == year {
                    let next = at.next();
                    prop_assert_eq!(at.last_day().next_day(), next.first_day());
                    at = next;
                }
                prop_assert_eq!(at.first_day().day_before(), Period::Year { year }.last_day());
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            if let Ok(period) = Period::parse(&text) {
                prop_assert_eq!(period.to_string(), text);
            }
        }
    }
}
