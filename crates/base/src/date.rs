//! Calendar dates and instants, and how official Vietnamese writes them.
//!
//! Nothing here reads a clock: today is always passed in.

use std::fmt;

/// A calendar date, without zone; text form `2020-07-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// An instant to the second, UTC; text form `2020-07-05T09:30:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// Why a text is not a date or an instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a date (YYYY-MM-DD) or an instant (YYYY-MM-DDThh:mm:ssZ)")]
pub struct BadDate(pub String);

impl Date {
    /// The date of year, month (1 to 12) and day, or `None` where the calendar has none.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `2020-07-05`.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        let shape = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        let date = if shape { text.parse().ok() } else { None };
        date.map(Self).ok_or_else(|| BadDate(text.to_owned()))
    }

    /// Reads `5/7/2020` or `05/07/2020`, the order used in Vietnam.
    pub fn parse_vi(text: &str) -> Result<Self, BadDate> {
        let mut parts = text.split('/').map(str::parse::<i16>);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(day)), Some(Ok(month)), Some(Ok(year)), None) => i8::try_from(month)
                .ok()
                .zip(i8::try_from(day).ok())
                .and_then(|(month, day)| Self::new(year, month, day))
                .ok_or_else(|| BadDate(text.to_owned())),
            _ => Err(BadDate(text.to_owned())),
        }
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The next day; stays at the last day of the calendar.
    pub fn next_day(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(self.0))
    }

    /// The day before; stays at the first day of the calendar.
    pub fn day_before(self) -> Self {
        Self(self.0.yesterday().unwrap_or(self.0))
    }

    /// How many days this lies after another; below zero where it lies before.
    pub fn days_since(self, other: Self) -> i64 {
        i64::from(other.0.until(self.0).map_or(0, |span| span.get_days()))
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// The day some days later (or before, by a negative number), or `None` where the calendar ends.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        self.0.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(Self)
    }

    /// `07/4/2014`: running text, padded as the place-and-date line is (days below 10, months 1 and 2), so that one
    /// paper writes its dates one way.
    pub fn in_text(self) -> String {
        format!("{:02}/{}/{}", self.day(), self.month_padded(), self.year())
    }

    /// `01/07/2025`: tables and screens.
    pub fn in_table(self) -> String {
        format!("{:02}/{:02}/{}", self.day(), self.month(), self.year())
    }

    /// `ngày 05 tháng 7 năm 2020`: the place-and-date line.
    ///
    /// Days below 10 and months 1 and 2 take a zero, other months do not
    /// (Decree 30/2020, Appendix I, II.4b).
    pub fn in_words(self) -> String {
        format!("ngày {:02} tháng {} năm {}", self.day(), self.month_padded(), self.year())
    }

    fn month_padded(self) -> String {
        match self.month() {
            month @ 1..=2 => format!("{month:02}"),
            month => month.to_string(),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Timestamp {
    /// The instant of a number of seconds since 1970, or `None` when out of range.
    pub fn from_second(second: i64) -> Option<Self> {
        jiff::Timestamp::from_second(second).ok().map(Self)
    }

    /// Reads `2020-07-05T09:30:00Z`; fractions of a second are dropped.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        let bad = || BadDate(text.to_owned());
        let instant: jiff::Timestamp = text.parse().map_err(|_| bad())?;
        Self::from_second(instant.as_second()).ok_or_else(bad)
    }

    /// The number of seconds since 1970.
    pub fn second(self) -> i64 {
        self.0.as_second()
    }

    /// The instant some seconds later, or earlier where they are negative; stays where the calendar would end.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        self.second().checked_add(seconds).and_then(Self::from_second).unwrap_or(self)
    }

    /// The calendar date in Vietnam (UTC+7, no summer time).
    pub fn date_in_vietnam(self) -> Date {
        const VIETNAM: jiff::tz::Offset = jiff::tz::Offset::constant(7);
        Date(VIETNAM.to_datetime(self.0).date())
    }

    /// `09:30 05/07/2020` in Vietnam.
    pub fn in_table(self) -> String {
        const VIETNAM: jiff::tz::Offset = jiff::tz::Offset::constant(7);
        let at = VIETNAM.to_datetime(self.0);
        format!("{:02}:{:02} {}", at.hour(), at.minute(), Date(at.date()).in_table())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn the_place_and_date_line_pads_as_the_decree_says() {
        assert_eq!(day("2020-07-05").in_words(), "ngày 05 tháng 7 năm 2020");
        assert_eq!(day("2020-02-15").in_words(), "ngày 15 tháng 02 năm 2020");
        assert_eq!(day("2020-12-31").in_words(), "ngày 31 tháng 12 năm 2020");
    }

    #[test]
    fn running_text_is_padded_as_the_date_line_and_tables_fully() {
        assert_eq!(day("2014-04-07").in_text(), "07/4/2014");
        assert_eq!(day("2020-02-28").in_text(), "28/02/2020");
        assert_eq!(day("2014-04-07").in_table(), "07/04/2014");
        assert_eq!(Date::parse_vi("07/04/2014"), Ok(day("2014-04-07")));
        assert_eq!(Date::parse_vi("7/4/2014"), Ok(day("2014-04-07")));
    }

    #[test]
    fn days_are_counted_across_months_and_backwards() {
        assert_eq!(day("2020-03-01").days_since(day("2020-02-27")), 3);
        assert_eq!(day("2020-02-27").days_since(day("2021-02-27")), -366);
        assert_eq!(day("2020-02-27").days_since(day("2020-02-27")), 0);
    }

    #[test]
    fn seconds_cross_midnight_and_stop_at_the_end_of_the_calendar() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        assert_eq!(at("2020-12-31T23:59:30Z").plus_seconds(45), at("2021-01-01T00:00:15Z"));
        assert_eq!(at("2021-01-01T00:00:15Z").plus_seconds(-45), at("2020-12-31T23:59:30Z"));
        for many in [i64::MAX, i64::MIN] {
            assert_eq!(at("2020-07-05T02:00:00Z").plus_seconds(many), at("2020-07-05T02:00:00Z"));
        }
        assert_eq!(Timestamp::from_second(at("2020-07-05T02:00:00Z").second()), Some(at("2020-07-05T02:00:00Z")));
    }

    #[test]
    fn days_are_added_over_leap_years_and_to_the_ends_of_the_calendar() {
        assert_eq!(day("2019-12-31").plus_days(366), Some(day("2020-12-31")));
        assert_eq!(day("2020-03-01").plus_days(-1), Some(day("2020-02-29")));
        let (first, last) = (Date::new(-9999, 1, 1).unwrap(), day("9999-12-31"));
        assert_eq!(first.plus_days(last.days_since(first)), Some(last));
        for beyond in [1, i64::MAX, i64::MIN] {
            assert_eq!(last.plus_days(beyond), None, "{beyond}");
        }
        // The day of the declaration of independence was a Sunday.
        assert_eq!((day("1945-09-02").weekday(), day("2026-11-23").weekday()), (7, 1));
    }

    #[test]
    fn a_day_the_calendar_lacks_is_refused() {
        for bad in ["2021-02-29", "2020-7-5", "5/7/2020", "20200705", ""] {
            assert!(Date::parse(bad).is_err(), "{bad}");
        }
        for bad in ["29/2/2021", "1/13/2020", "1/2", "1/2/2020/3", "a/b/c"] {
            assert!(Date::parse_vi(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_evening_in_utc_is_the_next_day_in_vietnam() {
        let late = Timestamp::parse("2020-06-30T18:00:00Z").unwrap();
        assert_eq!(late.date_in_vietnam(), day("2020-07-01"));
        assert_eq!(late.to_string(), "2020-06-30T18:00:00Z");
        assert_eq!(late.in_table(), "01:00 01/07/2020");
    }
}
