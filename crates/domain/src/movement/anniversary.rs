//! Anniversaries, and the years that are kept with more solemnity: round years and fives.

use thidua_base::Date;

/// An anniversary of a day in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anniversary {
    /// The day it falls on; 1 March where the first day was 29 February and the year has none.
    pub on: Date,
    /// How many years it is.
    pub years: i16,
    /// How round that number is.
    pub roundness: Roundness,
}

/// How round a number of years is, as Decree 145/2013/NĐ-CP on ceremonies tells years apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roundness {
    /// Năm tròn: the number ends in 0.
    Round,
    /// Năm lẻ 5: it ends in 5.
    Five,
    /// Năm khác.
    Other,
}

impl Roundness {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::Five => "five",
            Self::Other => "other",
        }
    }
}

/// The anniversary of a day in a year; none in the year of the day itself or before.
pub fn anniversary(first: Date, year: i16) -> Option<Anniversary> {
    let years = year.checked_sub(first.year()).filter(|years| *years > 0)?;
    let on = Date::new(year, first.month(), first.day()).or_else(|| Date::new(year, 3, 1))?;
    let roundness = match years % 10 {
        0 => Roundness::Round,
        5 => Roundness::Five,
        _ => Roundness::Other,
    };
    Some(Anniversary { on, years, roundness })
}

/// The next anniversaries of a day that are kept with more solemnity, from a day on, that day included.
pub fn next_round(first: Date, from: Date, count: usize) -> Vec<Anniversary> {
    let years = from.year()..from.year().saturating_add(20);
    let coming = years.filter_map(|year| anniversary(first, year));
    coming.filter(|found| found.on >= from && found.roundness != Roundness::Other).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn years_are_told_apart_as_the_decree_does() {
        let of = |first: &str, year| anniversary(day(first), year).map(|found| (found.years, found.roundness));
        assert_eq!(of("1975-04-30", 2020), Some((45, Roundness::Five)));
        assert_eq!(of("1948-06-11", 2020), Some((72, Roundness::Other)));
        assert_eq!(of("1930-02-03", 2020), Some((90, Roundness::Round)));
        assert_eq!(of("2020-06-11", 2020), None);
        assert_eq!(of("2021-06-11", 2020), None);
        assert_eq!(anniversary(day("2020-02-29"), 2025).map(|found| found.on), Some(day("2025-03-01")));
    }

    #[test]
    fn the_coming_round_years_begin_today() {
        let years = |from: &str| -> Vec<i16> {
            next_round(day("2010-06-04"), day(from), 2).into_iter().map(|found| found.years).collect()
        };
        assert_eq!(years("2020-06-04"), [10, 15]);
        assert_eq!(years("2020-06-05"), [15, 20]);
    }
}
