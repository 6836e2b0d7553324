//! Months and years between days, and time in posts and fields added up.

use thidua_base::Date;

/// The first day after a year.
pub fn year_end(year: i16) -> Option<Date> {
    Date::new(year.checked_add(1)?, 1, 1)
}

/// Whole months from a day to another, the second not included; 31 January and a month is 28 February.
pub fn months_through(from: Date, to: Date) -> i64 {
    let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    let short = to.day() < from.day() && to.next_day().day() != 1;
    months - i64::from(short)
}

/// Whole years from a day to another: an age.
pub fn full_years(from: Date, on: Date) -> i64 {
    months_through(from, on).div_euclid(12)
}

/// Months of time in spans up to a day, overlaps once; `times` is how often a span counts. Of a run without a break
/// only the last is taken.
pub fn served_days(spans: impl Iterator<Item = (Date, Option<Date>, i64)>, on: Date, continuous: bool) -> i64 {
    let end = on.next_day();
    let mut spans: Vec<(Date, Date, i64)> = spans
        .filter(|span| span.0 < end)
        .map(|(from, to, times)| (from, to.map_or(end, |to| to.min(end)), times))
        .filter(|(from, to, _)| from < to)
        .collect();
    spans.sort_unstable();
    let mut months = 0;
    let mut best = 0;
    // What is counted already reaches to here.
    let mut reached: Option<Date> = None;
    let mut first: Option<Date> = None;
    let mut extra = 0;
    for (from, to, times) in spans {
        let joins = reached.is_some_and(|reached| from <= reached);
        if !joins {
            if let (Some(begun), Some(ended)) = (first, reached) {
                months += months_through(begun, ended);
            }
            best = 0;
            first = Some(from);
            extra = if continuous { 0 } else { extra };
        }
        let begin = reached.map_or(from, |reached| reached.max(from));
        if begin < to {
            extra += (times - 1) * months_through(begin, to);
        }
        reached = Some(reached.map_or(to, |reached| reached.max(to)));
        if let (Some(begun), Some(ended)) = (first, reached) {
            best = months_through(begun, ended);
        }
    }
    if continuous { best + extra } else { months + best + extra }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn months_are_counted_whole() {
        assert_eq!(months_through(day("2020-03-01"), day("2021-01-01")), 10);
        assert_eq!(months_through(day("2020-03-02"), day("2021-01-01")), 9);
        assert_eq!(months_through(day("2020-01-31"), day("2020-02-29")), 1);
        assert_eq!(full_years(day("1990-05-10"), day("2020-05-09")), 29);
        assert_eq!(full_years(day("1990-05-10"), day("2020-05-10")), 30);
    }

    #[test]
    fn time_that_overlaps_counts_once_and_a_break_ends_a_run() {
        let spans = [
            (day("2000-01-01"), Some(day("2005-01-01")), 1),
            (day("2004-01-01"), Some(day("2006-01-01")), 1),
            (day("2010-01-01"), None, 1),
        ];
        assert_eq!(served_days(spans.into_iter(), day("2011-12-31"), false), 72 + 24);
        assert_eq!(served_days(spans.into_iter(), day("2011-12-31"), true), 24);
        let hard = [(day("2000-01-01"), Some(day("2002-01-01")), 2)];
        assert_eq!(served_days(hard.into_iter(), day("2011-12-31"), false), 48);
    }
}
