//! Reminders (nhắc hạn) and the list of what is due (việc đến hạn), on the working-day clock.

use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period};
use thidua_law::{Calendar, WorkingDays};

use super::cycle::{Cycle, Extension, Stage};
use super::form::Form;
use super::submission::{Side, State, Submission};
use crate::actor::Verb;

/// When to remind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// Remind when so many working days are left.
    pub days_left: Vec<u8>,
    /// Remind when so many working days late.
    pub days_late: Vec<u8>,
}

impl Default for Rhythm {
    /// Three days and one day before; one, three and five days after.
    fn default() -> Self {
        Self { days_left: vec![3, 1], days_late: vec![1, 3, 5] }
    }
}

/// A reminder that is due today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// Whose sheet.
    pub unit: OrgId,
    /// Last day: in time, or open again after the close.
    pub until: Date,
    /// What it says.
    pub kind: ReminderKind,
    /// Working days left until then; negative when late.
    pub left: WorkingDays,
}

/// What a reminder says, from mild to urgent. The number is the threshold that was passed, not the count of today: a
/// day on which nothing was sent is made up for on the next, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReminderKind {
    /// Figures may be entered from today.
    Opens,
    /// So many working days are left.
    DaysLeft(u8),
    /// Today is the last working day.
    LastDay,
    /// Late by so many working days.
    Late(u8),
    /// The days of grace are over; for the unit's leader.
    Escalated,
    /// The unit that collects asks for it, on that day of the month; once a day at most.
    Asked(u8),
}

/// To whom a reminder goes (người nhận nhắc).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Those who enter and send the unit's figures.
    Reporters,
    /// The unit's leader.
    Leaders,
}

impl ReminderKind {
    /// The word in keys, columns and keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Opens => "opens",
            Self::DaysLeft(_) => "days-left",
            Self::LastDay => "last-day",
            Self::Late(_) => "late",
            Self::Escalated => "escalated",
            Self::Asked(_) => "asked",
        }
    }

    /// To whom it goes.
    pub fn audience(self) -> Audience {
        match self {
            Self::Opens | Self::DaysLeft(_) | Self::LastDay | Self::Late(_) | Self::Asked(_) => Audience::Reporters,
            Self::Escalated => Audience::Leaders,
        }
    }

    /// The kind of a word and a number, as [`ReminderKind::word`] and [`ReminderKind::step`] give them.
    pub fn read(word: &str, step: Option<u8>) -> Option<Self> {
        match (word, step) {
            ("opens", None) => Some(Self::Opens),
            ("days-left", Some(days)) => Some(Self::DaysLeft(days)),
            ("last-day", None) => Some(Self::LastDay),
            ("late", Some(days)) => Some(Self::Late(days)),
            ("escalated", None) => Some(Self::Escalated),
            ("asked", Some(day)) => Some(Self::Asked(day)),
            (_, _) => None,
        }
    }

    /// The threshold, where the kind has one.
    pub fn step(self) -> Option<u8> {
        match self {
            Self::DaysLeft(step) | Self::Late(step) | Self::Asked(step) => Some(step),
            Self::Opens | Self::LastDay | Self::Escalated => None,
        }
    }
}

impl Reminder {
    /// The same for every run that finds the same reminder, so that it is sent once; another after an extension.
    pub fn key(&self) -> String {
        let step = self.kind.step().map(|step| format!("-{step}")).unwrap_or_default();
        let Self { form, period, unit, until, kind, .. } = self;
        format!("{form}:{period}:{unit}:{until}:{}{step}", kind.word())
    }
}

/// The reminders of a unit's sheet for today: at most the most urgent one for those who report, and one for their
/// leader. None on a day off, none for a sheet that was sent, none where nothing may be entered.
pub fn reminders(
    cycle: &Cycle,
    submission: &Submission,
    extensions: &[Extension],
    today: Date,
    calendar: &Calendar,
    rhythm: &Rhythm,
) -> Vec<Reminder> {
    let unit = &submission.unit;
    let stage = cycle.stage(unit, extensions, today);
    if !calendar.is_working(today) || !submission.is_editable() || !stage.is_open() {
        return Vec::new();
    }
    let until = last_day(cycle, unit, extensions, stage);
    let left = calendar.working_days(today, until);
    let of = |kind| Reminder { form: cycle.form.clone(), period: cycle.period, unit: unit.clone(), until, kind, left };
    let mut due = Vec::new();
    due.extend(kind_for_reporters(today, until, left.days, rhythm).map(of));
    if today > until && today > cycle.grace_until {
        due.push(of(ReminderKind::Escalated));
    }
    due
}

/// A reminder that the unit that collects asks for today; none for a sheet that was sent, or where nothing may be
/// entered. Unlike the others it also goes out on a day off: a person stands behind it.
pub fn asked_for(
    cycle: &Cycle,
    submission: &Submission,
    extensions: &[Extension],
    today: Date,
    calendar: &Calendar,
) -> Option<Reminder> {
    let unit = &submission.unit;
    let stage = cycle.stage(unit, extensions, today);
    if !submission.is_editable() || !stage.is_open() {
        return None;
    }
    let until = last_day(cycle, unit, extensions, stage);
    let day = u8::try_from(today.day()).unwrap_or_default();
    Some(Reminder {
        form: cycle.form.clone(),
        period: cycle.period,
        unit: unit.clone(),
        until,
        kind: ReminderKind::Asked(day),
        left: calendar.working_days(today, until),
    })
}

fn kind_for_reporters(today: Date, until: Date, left: i64, rhythm: &Rhythm) -> Option<ReminderKind> {
    if today > until {
        let passed = rhythm.days_late.iter().copied().filter(|days| i64::from(*days) <= -left);
        return passed.max().map(ReminderKind::Late);
    }
    if left == 0 {
        return Some(ReminderKind::LastDay);
    }
    let reached = rhythm.days_left.iter().copied().filter(|days| left <= i64::from(*days));
    Some(reached.min().map_or(ReminderKind::Opens, ReminderKind::DaysLeft))
}

/// The day a unit works towards: the due day, or the end of the time given after the close.
fn last_day(cycle: &Cycle, unit: &OrgId, extensions: &[Extension], stage: Stage) -> Date {
    let due = cycle.due_for(unit, extensions);
    match stage {
        Stage::Reopened => {
            let given = extensions.iter().filter(|e| e.unit == *unit && cycle.is(&e.form, e.period));
            given.map(|e| e.open_until).fold(due, Date::max)
        }
        Stage::Planned | Stage::Open | Stage::Late | Stage::Closed => due,
    }
}

/// A line of the list of what is due (việc đến hạn).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueItem {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// Whose sheet.
    pub unit: OrgId,
    /// By when: the last day in time, or of the time given after the close.
    pub until: Date,
    /// Working days left until then; negative when late, 0 also on the days off after it.
    pub left: WorkingDays,
    /// Whether that day is over.
    pub is_late: bool,
    /// Where the cycle stands for the unit.
    pub stage: Stage,
    /// Where the sheet stands.
    pub state: State,
    /// What is to be done next.
    pub next: Verb,
    /// On which side of the counter.
    pub side: Side,
}

/// What is next for a sheet, or `None` where nothing is: it is approved, its cycle was closed for good, or nothing may
/// be entered.
pub fn due_item(
    form: &Form,
    cycle: &Cycle,
    submission: &Submission,
    extensions: &[Extension],
    today: Date,
    calendar: &Calendar,
) -> Option<DueItem> {
    let stage = cycle.stage(&submission.unit, extensions, today);
    let (next, side) = next(submission.state(), form.is_verified)?;
    let is_over = cycle.closing.is_some() && stage == Stage::Closed;
    if is_over || (submission.is_editable() && !stage.is_open()) {
        return None;
    }
    let until = last_day(cycle, &submission.unit, extensions, stage);
    Some(DueItem {
        form: cycle.form.clone(),
        period: cycle.period,
        unit: submission.unit.clone(),
        until,
        left: calendar.working_days(today, until),
        is_late: until < today,
        stage,
        state: submission.state(),
        next,
        side,
    })
}

/// The step that moves a sheet on. Where figures are still to be entered, that comes before sending.
fn next(state: State, is_verified: bool) -> Option<(Verb, Side)> {
    match state {
        State::Draft | State::Returned => Some((Verb::EnterFigures, Side::Reporter)),
        State::Submitted if is_verified => Some((Verb::VerifySheet, Side::Reporter)),
        State::Submitted | State::Verified => Some((Verb::AcceptSheet, Side::Receiver)),
        State::Accepted => Some((Verb::ApproveSheets, Side::Receiver)),
        // To publish has no day, and a house may never do it.
        State::Approved | State::Published => None,
    }
}

#[cfg(test)]
mod tests;
