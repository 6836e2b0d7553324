//! The working-day clock: counting days on which state offices work, and saying when the count is not certain.

use thidua_base::Date;

use crate::holiday::{Calendar, Confidence, DayKind};

/// A number of working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingDays {
    /// How many; negative backwards.
    pub days: i64,
    /// Whether every year and every day on the way is known: a year beyond the table, a year whose announcement is not
    /// known and a day that was only remembered are counted by the code and the week, and make the count uncertain.
    pub is_certain: bool,
}

/// A day found by counting working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundDay {
    /// The day.
    pub day: Date,
    /// As in [`WorkingDays::is_certain`].
    pub is_certain: bool,
}

impl Calendar {
    /// Working days after a day, up to and including another. Backwards it is the same number, negative.
    ///
    /// From a Friday to the Monday after it is 1, and so is a day late over a weekend.
    pub fn working_days(&self, from: Date, to: Date) -> WorkingDays {
        let (after, until, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let mut days = self.by_the_week(after, until);
        for marked in self.marked_between(after, until) {
            match marked.kind {
                DayKind::Holiday if self.is_weekly_off(marked.day) => {}
                DayKind::Holiday | DayKind::Substitute | DayKind::SwapOff => days -= 1,
                DayKind::SwapWork => days += 1,
            }
        }
        WorkingDays { days: sign * days, is_certain: self.is_certain(after, until) }
    }

    /// The `n`th working day after a day, or before it where `n` is negative; the day itself for 0.
    /// `None` where the calendar ends first.
    pub fn nth_working_day(&self, from: Date, n: i64) -> Option<FoundDay> {
        // No calendar holds more days than these, and no product below overflows.
        if n.unsigned_abs() > 10_000_000 {
            return None;
        }
        let step = n.signum();
        let mut day = from;
        // Whole weeks at once: no more than all of their working days can be among those looked for.
        let a_week = i64::try_from(self.working_days_of_a_week()).unwrap_or(1).max(1);
        loop {
            let walked = match step {
                1 => self.working_days(from, day).days,
                _ => -self.by_days_before(day, from),
            };
            let left = (n - walked) * step;
            if left <= 0 {
                break;
            }
            // Weeks end before the day looked for, which may lie on a day off after it: exchanges add a day to a week at most.
            let leap = ((left - 1) / (a_week + 1)) * 7;
            day = day.plus_days(step * leap.max(1))?;
        }
        let (after, until) = if from <= day { (from, day) } else { (day.day_before(), from) };
        Some(FoundDay { day, is_certain: self.is_certain(after, until) })
    }

    /// The day itself where it is worked, else the next one that is; where a term that ends on a day off ends.
    pub fn working_day_from(&self, day: Date) -> Option<FoundDay> {
        self.nth_working_day(day.day_before(), 1)
    }

    /// Working days from a day, included, to another, excluded.
    fn by_days_before(&self, first: Date, end: Date) -> i64 {
        self.working_days(first.day_before(), end.day_before()).days
    }

    /// Days after one and up to another that are worked in every week.
    fn by_the_week(&self, after: Date, until: Date) -> i64 {
        let days = until.days_since(after);
        let a_week = i64::try_from(self.working_days_of_a_week()).unwrap_or(0);
        let rest = (1..=days % 7).filter(|ahead| {
            let weekday = (i64::from(after.weekday()) - 1 + ahead) % 7 + 1;
            !self.week().off.iter().any(|off| i64::from(*off) == weekday)
        });
        days / 7 * a_week + i64::try_from(rest.count()).unwrap_or(0)
    }

    fn working_days_of_a_week(&self) -> usize {
        7 - self.week().off.len()
    }

    fn is_certain(&self, after: Date, until: Date) -> bool {
        if after >= until {
            return true;
        }
        let years = after.next_day().year()..=until.year();
        years.into_iter().all(|year| self.is_known(year))
            && self.marked_between(after, until).all(|marked| marked.confidence != Confidence::Recalled)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::shipped().unwrap()
    }

    fn certain(days: i64) -> WorkingDays {
        WorkingDays { days, is_certain: true }
    }

    #[test]
    fn weekends_holidays_and_exchanges_are_stepped_over() {
        let count = |from, to| calendar().working_days(day(from), day(to));
        assert_eq!(count("2020-07-03", "2020-07-06"), certain(1));
        assert_eq!(count("2020-07-03", "2020-07-05"), certain(0));
        assert_eq!(count("2020-07-06", "2020-07-03"), certain(-1));
        // The long Tết of 2020: Wednesday 22 January to Thursday 30 January.
        assert_eq!(count("2020-01-22", "2020-01-30"), certain(1));
        // A Saturday worked in exchange counts.
        assert_eq!(count("2025-04-25", "2025-04-26"), certain(1));
        assert_eq!(count("2025-04-29", "2025-05-05"), certain(1));
        assert_eq!(count("2020-07-03", "2020-07-03"), certain(0));
    }

    #[test]
    fn a_week_of_six_worked_days_ends_on_the_last_of_them() {
        // 10 January 2026 was a Saturday worked in exchange, the 11th a Sunday.
        let calendar = calendar();
        let sixth = calendar.nth_working_day(day("2026-01-04"), 6).unwrap();
        assert_eq!(sixth.day, day("2026-01-10"));
        let found = calendar.nth_working_day(day("2025-06-01"), 157).unwrap().day;
        assert!(calendar.is_working(found) && calendar.working_days(day("2025-06-01"), found).days == 157);
    }

    #[test]
    fn an_unknown_year_and_a_remembered_day_are_said_to_be_uncertain() {
        let count = |from, to| calendar().working_days(day(from), day(to)).is_certain;
        assert!(count("2026-11-02", "2026-11-23"));
        assert!(!count("2026-11-23", "2026-11-24"), "the day of culture is not settled");
        assert!(!count("2026-12-30", "2027-01-04"));
        assert!(!count("2027-12-30", "2028-01-04"));
        assert!(!count("2018-12-03", "2018-12-05"));
        // Nothing is counted: nothing is uncertain.
        assert!(count("2030-01-01", "2030-01-01"));
        // The day counted from is not counted.
        assert!(count("2018-12-31", "2019-01-02"));
        let far = calendar().nth_working_day(day("2027-12-01"), 30).unwrap();
        assert!(!far.is_certain);
    }

    #[test]
    fn the_nth_working_day_is_found_forwards_and_backwards() {
        let nth = |from, n| calendar().nth_working_day(day(from), n).unwrap().day;
        assert_eq!(nth("2020-07-03", 1), day("2020-07-06"));
        assert_eq!(nth("2020-07-05", 1), day("2020-07-06"));
        assert_eq!(nth("2020-07-06", -1), day("2020-07-03"));
        assert_eq!(nth("2020-07-05", -1), day("2020-07-03"));
        assert_eq!(nth("2020-07-05", 0), day("2020-07-05"));
        assert_eq!(nth("2020-01-22", 1), day("2020-01-30"));
        assert_eq!(nth("2020-01-30", -1), day("2020-01-22"));
        assert_eq!(calendar().nth_working_day(day("9999-12-30"), 5), None);
        assert_eq!(calendar().nth_working_day(day("2020-07-05"), i64::MAX), None);
        assert_eq!(calendar().working_day_from(day("2020-07-04")).unwrap().day, day("2020-07-06"));
        assert_eq!(calendar().working_day_from(day("2020-07-06")).unwrap().day, day("2020-07-06"));
    }

    prop_compose! {
        fn days()(ahead in -800_i64..4000) -> Date {
            day("2019-01-01").plus_days(ahead).unwrap()
        }
    }

    proptest! {
        #[test]
        fn counting_day_by_day_gives_the_same(from in days(), ahead in 0_i64..500) {
            let calendar = calendar();
            let to = from.plus_days(ahead).unwrap();
            let one_by_one = (1..=ahead).filter(|n| calendar.is_working(from.plus_days(*n).unwrap())).count();
            prop_assert_eq!(calendar.working_days(from, to).days, i64::try_from(one_by_one).unwrap());
        }

        #[test]
        fn the_count_is_the_inverse_of_the_nth_day(from in days(), n in 1_i64..400) {
            let calendar = calendar();
            let later = calendar.nth_working_day(from, n).unwrap().day;
            prop_assert!(calendar.is_working(later));
            prop_assert_eq!(calendar.working_days(from, later).days, n);
            let earlier = calendar.nth_working_day(from, -n).unwrap().day;
            prop_assert!(calendar.is_working(earlier) && earlier < from);
            prop_assert_eq!(calendar.by_days_before(earlier, from), n);
        }

        #[test]
        fn counts_add_up_and_grow(from in days(), one in 0_i64..300, two in 0_i64..300) {
            let calendar = calendar();
            let (middle, last) = (from.plus_days(one).unwrap(), from.plus_days(one + two).unwrap());
            let (first, second) = (calendar.working_days(from, middle), calendar.working_days(middle, last));
            let whole = calendar.working_days(from, last);
            prop_assert_eq!(whole.days, first.days + second.days);
            prop_assert_eq!(whole.is_certain, first.is_certain && second.is_certain);
            prop_assert!(second.days >= 0 && second.days <= two);
            prop_assert_eq!(calendar.working_days(last, from).days, -whole.days);
        }
    }
}
