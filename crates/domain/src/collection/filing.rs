//! The book of what is to be reported (sổ theo dõi nộp báo cáo): every sheet that cycles expect, sent or not.

use std::collections::BTreeMap;

use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period};
use thidua_law::Calendar;

use super::cycle::{Cycle, Extension, Waiver};
use super::form::{Assignment, Form, reporters};
use super::reminder::{DueItem, Reminder, Rhythm, due_item, reminders};
use super::submission::Submission;
use crate::org::Edge;

/// What is known of the sheets of some cycles.
#[derive(Debug, Clone, Copy)]
pub struct Filing<'a> {
    /// The forms.
    pub forms: &'a [Form],
    /// Who reports by them.
    pub assignments: &'a [Assignment],
    /// The trees, for those who report because of their place.
    pub edges: &'a [Edge],
    /// The cycles.
    pub cycles: &'a [Cycle],
    /// More time given.
    pub extensions: &'a [Extension],
    /// Sheets that will not come, and are not waited for.
    pub waivers: &'a [Waiver],
    /// What happened to the sheets; those to which nothing happened may be missing.
    pub submissions: &'a [Submission],
}

/// A sheet that a cycle expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected<'a> {
    /// The form.
    pub form: &'a Form,
    /// The cycle.
    pub cycle: &'a Cycle,
    /// What happened to it so far, perhaps nothing.
    pub submission: Submission,
}

impl<'a> Filing<'a> {
    /// Every sheet expected, by cycle and unit: of the units that report by the form on the cycle's due day.
    pub fn expected(&self) -> Vec<Expected<'a>> {
        let known: BTreeMap<(&FormId, Period, &OrgId), &Submission> =
            self.submissions.iter().map(|sheet| ((&sheet.form, sheet.period, &sheet.unit), sheet)).collect();
        let mut expected = Vec::new();
        for cycle in self.cycles {
            let Some(form) = self.forms.iter().find(|form| form.id == cycle.form) else { continue };
            for unit in reporters(&form.id, self.assignments, self.edges, cycle.due_on) {
                if self.waivers.iter().any(|waiver| waiver.unit == unit && cycle.is(&waiver.form, waiver.period)) {
                    continue;
                }
                let submission = match known.get(&(&cycle.form, cycle.period, &unit)) {
                    Some(sheet) => (*sheet).clone(),
                    None => Submission::new(cycle.form.clone(), cycle.period, unit),
                };
                expected.push(Expected { form, cycle, submission });
            }
        }
        expected
    }

    /// What is due, the most urgent first.
    pub fn due(&self, today: Date, calendar: &Calendar) -> Vec<DueItem> {
        let item = |sheet: Expected<'a>| {
            due_item(sheet.form, sheet.cycle, &sheet.submission, self.extensions, today, calendar)
        };
        let mut due: Vec<DueItem> = self.expected().into_iter().filter_map(item).collect();
        due.sort_by(|a, b| (a.until, &a.form, a.period, &a.unit).cmp(&(b.until, &b.form, b.period, &b.unit)));
        due
    }

    /// Every reminder of today.
    pub fn reminders(&self, today: Date, calendar: &Calendar, rhythm: &Rhythm) -> Vec<Reminder> {
        let of =
            |sheet: Expected<'a>| reminders(sheet.cycle, &sheet.submission, self.extensions, today, calendar, rhythm);
        self.expected().into_iter().flat_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use thidua_base::period::PeriodKind;

    use super::super::form::Assigned;
    use super::*;
    use crate::collection::ReminderKind;
    use crate::indicator::Nature;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn unit(text: &str) -> OrgId {
        OrgId::parse(text).unwrap()
    }

    fn form(id: &str) -> Form {
        Form {
            id: FormId::parse(id).unwrap(),
            number: "Biểu số 01/TĐKT".to_owned(),
            name: "Kết quả".to_owned(),
            receiver: unit("h-1"),
            every: PeriodKind::Half,
            is_verified: false,
            valid_from: day("2020-01-01"),
            valid_to: None,
            legal_ref: String::new(),
            rows: Vec::new(),
        }
    }

    fn cycle(form: &str, due_on: &str) -> Cycle {
        Cycle {
            form: FormId::parse(form).unwrap(),
            period: Period::parse("2020-H1").unwrap(),
            opens_on: day("2020-06-01"),
            due_on: day(due_on),
            grace_until: day("2020-06-19"),
            closes_on: day("2020-06-25"),
            nature: Nature::Estimate,
            closing: None,
        }
    }

    fn assigned(form: &str, to: &str) -> Assignment {
        Assignment {
            form: FormId::parse(form).unwrap(),
            to: Assigned::Unit(unit(to)),
            valid_from: day("2020-01-01"),
            valid_to: None,
        }
    }

    #[test]
    fn every_reporting_unit_is_expected_and_what_is_due_first_comes_first() {
        let forms = [form("bieu-01"), form("bieu-02")];
        let assignments = [assigned("bieu-01", "x-2"), assigned("bieu-01", "x-1"), assigned("bieu-02", "x-1")];
        let cycles = [cycle("bieu-01", "2020-06-12"), cycle("bieu-02", "2020-06-11"), cycle("bieu-03", "2020-06-11")];
        let filing = Filing {
            forms: &forms,
            assignments: &assignments,
            edges: &[],
            cycles: &cycles,
            extensions: &[],
            waivers: &[],
            submissions: &[],
        };
        assert_eq!(filing.expected().len(), 3, "a cycle without its form expects nothing");
        let calendar = Calendar::shipped().unwrap();
        let due = filing.due(day("2020-06-09"), &calendar);
        let told: Vec<_> = due.iter().map(|item| (item.form.as_str(), item.unit.as_str(), item.left.days)).collect();
        assert_eq!(told, [("bieu-02", "x-1", 2), ("bieu-01", "x-1", 3), ("bieu-01", "x-2", 3)]);
        let reminded = filing.reminders(day("2020-06-11"), &calendar, &Rhythm::default());
        let kinds: Vec<_> = reminded.iter().map(|one| (one.unit.as_str(), one.kind)).collect();
        let one = ReminderKind::DaysLeft(1);
        assert_eq!(kinds, [("x-1", one), ("x-2", one), ("x-1", ReminderKind::LastDay)]);
    }

    #[test]
    fn a_sheet_that_will_not_come_is_not_waited_for() {
        let forms = [form("bieu-01")];
        let assignments = [assigned("bieu-01", "x-1"), assigned("bieu-01", "x-2")];
        let cycles = [cycle("bieu-01", "2020-06-12")];
        let waiver = Waiver {
            form: forms[0].id.clone(),
            period: cycles[0].period,
            unit: unit("x-1"),
            reason: "Đã sáp nhập".to_owned(),
            granted_by: "Lê Văn Bình".to_owned(),
            granted_at: thidua_base::Timestamp::parse("2020-06-02T01:00:00Z").unwrap(),
        };
        let filing = Filing {
            forms: &forms,
            assignments: &assignments,
            edges: &[],
            cycles: &cycles,
            extensions: &[],
            waivers: &[waiver],
            submissions: &[],
        };
        let units: Vec<OrgId> = filing.expected().into_iter().map(|sheet| sheet.submission.unit).collect();
        assert_eq!(units, [unit("x-2")]);
    }

    #[test]
    fn a_unit_that_no_longer_reports_on_the_due_day_is_not_expected() {
        let forms = [form("bieu-01")];
        let ended = Assignment { valid_to: Some(day("2020-06-12")), ..assigned("bieu-01", "x-1") };
        let cycles = [cycle("bieu-01", "2020-06-12")];
        let filing = Filing {
            forms: &forms,
            assignments: &[ended],
            edges: &[],
            cycles: &cycles,
            extensions: &[],
            waivers: &[],
            submissions: &[],
        };
        assert_eq!(filing.expected(), []);
    }
}
