//! Timeliness (đúng hạn, chậm hạn): the four clocks of a sheet, late in calendar days and in working days.

use thidua_base::code::OrgId;
use thidua_base::{Date, Timestamp};
use thidua_law::Calendar;

use super::cycle::{Cycle, Extension};
use super::submission::Submission;
use crate::actor::Verb;

/// When a sheet went which step, against the day it was due for its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeliness {
    /// Last day in time for this unit.
    pub due: Date,
    /// When it was sent for the first time; a sheet sent in time and returned once was in time here.
    pub first_submitted: Option<Clocked>,
    /// When it was sent last.
    pub last_submitted: Option<Clocked>,
    /// When it was taken in last.
    pub accepted: Option<Clocked>,
    /// When it was approved last.
    pub approved: Option<Clocked>,
}

/// A step with its day in Vietnam and how late that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocked {
    /// When.
    pub at: Timestamp,
    /// How late.
    pub late: Late,
}

/// How late something came; nothing but zeros where it was in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// Calendar days after the due day.
    pub calendar_days: i64,
    /// Working days after the due day; 0 on the weekend that follows it.
    pub working_days: i64,
    /// Whether the working days are certain; see [`thidua_law::WorkingDays`].
    pub is_certain: bool,
}

impl Late {
    /// How late a day is for a due day.
    pub fn of(due: Date, day: Date, calendar: &Calendar) -> Self {
        if day <= due {
            return Self { calendar_days: 0, working_days: 0, is_certain: true };
        }
        let counted = calendar.working_days(due, day);
        Self { calendar_days: day.days_since(due), working_days: counted.days, is_certain: counted.is_certain }
    }

    /// Whether it was in time, by the calendar.
    pub fn is_in_time(self) -> bool {
        self.calendar_days == 0
    }
}

/// The four clocks of a sheet. A step undone later (a sheet withdrawn, returned) keeps the day it was taken.
pub fn timeliness(cycle: &Cycle, submission: &Submission, extensions: &[Extension], calendar: &Calendar) -> Timeliness {
    let due = cycle.due_for(&submission.unit, extensions);
    let clocked = |at: Timestamp| Clocked { at, late: Late::of(due, at.date_in_vietnam(), calendar) };
    let last = |verb: Verb| submission.last(verb).map(|event| clocked(event.at));
    Timeliness {
        due,
        first_submitted: submission.first_submitted().map(clocked),
        last_submitted: last(Verb::SubmitSheet),
        accepted: last(Verb::AcceptSheet),
        approved: last(Verb::ApproveSheets),
    }
}

/// How late a sheet is today that was never sent; in time, where it still may be.
pub fn late_so_far(cycle: &Cycle, unit: &OrgId, extensions: &[Extension], today: Date, calendar: &Calendar) -> Late {
    Late::of(cycle.due_for(unit, extensions), today, calendar)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use thidua_base::Period;
    use thidua_base::code::FormId;

    use super::super::submission::{Event, State};
    use super::*;
    use crate::indicator::Nature;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::shipped().unwrap()
    }

    fn cycle() -> Cycle {
        Cycle {
            form: FormId::parse("bieu-01").unwrap(),
            period: Period::parse("2020-H1").unwrap(),
            opens_on: day("2020-06-01"),
            due_on: day("2020-06-12"),
            grace_until: day("2020-06-19"),
            closes_on: day("2020-06-26"),
            nature: Nature::Estimate,
            closing: None,
        }
    }

    fn unit() -> OrgId {
        OrgId::parse("x-1").unwrap()
    }

    fn sheet(steps: &[(Verb, State, &str)]) -> Submission {
        let event = |(verb, to, when): &(Verb, State, &str)| Event {
            verb: *verb,
            to: *to,
            revision: 1,
            by: "Lê Thị Hoa".to_owned(),
            account: None,
            at: at(when),
            reason: String::new(),
            cells: Vec::new(),
        };
        Submission {
            events: steps.iter().map(event).collect(),
            ..Submission::new(cycle().form, cycle().period, unit())
        }
    }

    fn late(calendar_days: i64, working_days: i64) -> Late {
        Late { calendar_days, working_days, is_certain: true }
    }

    #[test]
    fn four_clocks_run_apart() {
        let returned = sheet(&[
            (Verb::SubmitSheet, State::Submitted, "2020-06-12T09:59:00Z"),
            (Verb::ReturnSheet, State::Returned, "2020-06-13T02:00:00Z"),
            (Verb::SubmitSheet, State::Submitted, "2020-06-15T02:00:00Z"),
            (Verb::AcceptSheet, State::Accepted, "2020-06-16T02:00:00Z"),
        ]);
        let told = timeliness(&cycle(), &returned, &[], &calendar());
        assert_eq!(told.due, day("2020-06-12"));
        assert_eq!(told.first_submitted.map(|c| c.late), Some(late(0, 0)));
        // From Friday to Monday: three days, one of them worked.
        assert_eq!(told.last_submitted.map(|c| c.late), Some(late(3, 1)));
        assert_eq!(told.accepted.map(|c| c.late), Some(late(4, 2)));
        assert_eq!(told.approved, None);
        assert_eq!(timeliness(&cycle(), &sheet(&[]), &[], &calendar()).first_submitted, None);
    }

    #[test]
    fn the_day_is_that_of_vietnam_and_a_weekend_is_late_by_the_calendar_only() {
        // 01:00 on Saturday in Vietnam.
        let night = sheet(&[(Verb::SubmitSheet, State::Submitted, "2020-06-12T18:00:00Z")]);
        let told = timeliness(&cycle(), &night, &[], &calendar()).first_submitted.unwrap();
        assert_eq!(told.late, late(1, 0));
        assert!(!told.late.is_in_time());
    }

    #[test]
    fn an_extension_moves_the_day_against_which_lateness_is_told() {
        let given = Extension {
            form: cycle().form,
            period: cycle().period,
            unit: unit(),
            due_on: Some(day("2020-06-17")),
            open_until: day("2020-06-17"),
            reason: "Bão".to_owned(),
            granted_by: "Lê Văn Bình".to_owned(),
            granted_at: at("2020-06-12T01:00:00Z"),
        };
        let sent = sheet(&[(Verb::SubmitSheet, State::Submitted, "2020-06-18T02:00:00Z")]);
        let told = timeliness(&cycle(), &sent, std::slice::from_ref(&given), &calendar());
        assert_eq!(told.first_submitted.map(|c| c.late), Some(late(1, 1)));
        assert_eq!(late_so_far(&cycle(), &unit(), &[], day("2020-06-17"), &calendar()), late(5, 3));
        assert_eq!(late_so_far(&cycle(), &unit(), &[given], day("2020-06-17"), &calendar()), late(0, 0));
    }

    proptest! {
        #[test]
        fn lateness_grows_day_by_day_and_working_days_never_outnumber_days(
            due in 0_i64..2500, after in -30_i64..400,
        ) {
            let due = day("2019-06-01").plus_days(due).unwrap();
            let on = due.plus_days(after).unwrap();
            let (now, next) = (Late::of(due, on, &calendar()), Late::of(due, on.next_day(), &calendar()));
            prop_assert_eq!(now.calendar_days, after.max(0));
            prop_assert!((0..=now.calendar_days).contains(&now.working_days));
            prop_assert!(next.working_days >= now.working_days && next.working_days <= now.working_days + 1);
            prop_assert_eq!(now.is_in_time(), on <= due);
        }
    }
}
