//! The way of a unit's sheet upwards (gửi, trả lại, tiếp nhận, duyệt): its states, and the only steps between them.

use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::{Period, Timestamp};

use crate::actor::Verb;
use crate::refusal::Refusal;

/// Where a sheet stands (tình trạng biểu).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Being filled; not sent.
    Draft,
    /// Sent, waiting for the unit's leader or the receiver.
    Submitted,
    /// Verified by the unit's own leader.
    Verified,
    /// Sent back with the cells and reasons.
    Returned,
    /// Taken in by the receiver.
    Accepted,
    /// Approved and signed by the receiver's leader.
    Approved,
    /// Made public.
    Published,
}

/// One permitted step. The table below is the whole way: buttons, rights, API and manual read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub verb: Verb,
    /// From which states.
    pub from: &'static [State],
    /// To which state.
    pub to: State,
    /// On which side of the counter.
    pub side: Side,
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The unit that reports.
    Reporter,
    /// The unit that collects.
    Receiver,
}

use State::{Accepted, Approved, Draft, Published, Returned, Submitted, Verified};

const fn step(verb: Verb, from: &'static [State], to: State, side: Side) -> Step {
    Step { verb, from, to, side }
}

/// The table. A sheet that was approved is never unlocked: `AmendSheet` begins a new revision.
#[rustfmt::skip]
pub const STEPS: &[Step] = &[
    step(Verb::SubmitSheet,   &[Draft, Returned],               Submitted, Side::Reporter), // gửi
    step(Verb::WithdrawSheet, &[Submitted, Verified],           Draft,     Side::Reporter), // rút lại
    step(Verb::VerifySheet,   &[Submitted],                     Verified,  Side::Reporter), // xác nhận
    step(Verb::ReturnSheet,   &[Submitted, Verified, Accepted], Returned,  Side::Receiver), // trả lại
    step(Verb::AcceptSheet,   &[Submitted, Verified],           Accepted,  Side::Receiver), // tiếp nhận
    step(Verb::ApproveSheets, &[Accepted],                      Approved,  Side::Receiver), // duyệt
    step(Verb::PublishSheets, &[Approved],                      Published, Side::Receiver), // công bố
    step(Verb::AmendSheet,    &[Accepted, Approved, Published], Draft,     Side::Reporter), // đính chính
];

/// A sheet of a unit for a cycle, with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// Whose.
    pub unit: OrgId,
    /// What happened, oldest first.
    pub events: Vec<Event>,
}

/// One thing that happened to a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What was done.
    pub verb: Verb,
    /// The state after.
    pub to: State,
    /// The revision it was done to, from 1.
    pub revision: i64,
    /// Who, as named then.
    pub by: String,
    /// Their account, where a person signed in did it; the rule of two persons compares these.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Why; required for some steps, may be empty for others.
    pub reason: String,
    /// Cells it names: sent back with reasons, or left out of an acceptance.
    pub cells: Vec<NamedCell>,
}

/// A cell that a step names, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCell {
    /// Which row.
    pub indicator: IndicatorCode,
    /// Why.
    pub reason: String,
}

/// What someone asks to do with a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    /// What.
    pub verb: Verb,
    /// Who, as named now.
    pub by: &'a str,
    /// Their account.
    pub account: Option<&'a str>,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: &'a str,
    /// Which cells.
    pub cells: Vec<NamedCell>,
}

impl State {
    /// Whether the receiver has taken the figures in: accepted, approved or made public.
    pub fn is_taken_in(self) -> bool {
        match self {
            Self::Accepted | Self::Approved | Self::Published => true,
            Self::Draft | Self::Submitted | Self::Verified | Self::Returned => false,
        }
    }

    /// Every state, in the order of the way up.
    pub const ALL: [Self; 7] = [Draft, Submitted, Verified, Returned, Accepted, Approved, Published];

    /// The word in columns, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Draft => "draft",
            Submitted => "submitted",
            Verified => "verified",
            Returned => "returned",
            Accepted => "accepted",
            Approved => "approved",
            Published => "published",
        }
    }
}

impl Submission {
    /// A sheet to which nothing has happened.
    pub fn new(form: FormId, period: Period, unit: OrgId) -> Self {
        Self { form, period, unit, events: Vec::new() }
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        self.events.last().map_or(Draft, |event| event.to)
    }

    /// Its revision, from 1.
    pub fn revision(&self) -> i64 {
        self.events.last().map_or(1, |event| event.revision)
    }

    /// Whether its unit may change figures.
    pub fn is_editable(&self) -> bool {
        matches!(self.state(), Draft | Returned)
    }

    /// When it was sent for the first time.
    pub fn first_submitted(&self) -> Option<Timestamp> {
        self.events.iter().find(|event| event.verb == Verb::SubmitSheet).map(|event| event.at)
    }

    /// When a step was taken last.
    pub fn last(&self, verb: Verb) -> Option<&Event> {
        self.events.iter().rev().find(|event| event.verb == verb)
    }

    /// Cells that were sent back and not answered yet.
    pub fn returned_cells(&self) -> &[NamedCell] {
        match self.events.last() {
            Some(event) if event.verb == Verb::ReturnSheet => &event.cells,
            Some(_) | None => &[],
        }
    }

    /// The steps that the table allows from here, before any right is asked.
    pub fn open_steps(&self, is_verified: bool) -> Vec<Step> {
        let state = self.state();
        STEPS.iter().filter(|step| step.from.contains(&state) && fits_form(step, state, is_verified)).copied().collect()
    }

    /// What becomes of it by a step; it is not changed.
    ///
    /// # Errors
    /// [`Refusal::StepNotOpen`] where the table has no such step from here; [`Refusal::NoReason`] where a step that
    /// must say why does not; [`Refusal::SamePerson`] where the rule of two persons forbids it: whoever sent a sheet
    /// neither takes it in nor approves it, and whoever took it in does not approve it.
    pub fn step(&self, asked: Asked<'_>, is_verified: bool) -> Result<Event, Refusal> {
        let state = self.state();
        let step = self.open_steps(is_verified).into_iter().find(|step| step.verb == asked.verb);
        let Some(step) = step else { return Err(Refusal::StepNotOpen { state: state.word() }) };
        let reason = asked.reason.trim();
        let says_why = !reason.is_empty() || !asked.cells.is_empty();
        if matches!(asked.verb, Verb::ReturnSheet | Verb::AmendSheet) && !says_why {
            return Err(Refusal::NoReason);
        }
        if asked.cells.iter().any(|cell| cell.reason.trim().is_empty()) {
            return Err(Refusal::NoReason);
        }
        self.two_persons(&asked)?;
        let revision = match asked.verb {
            Verb::AmendSheet => self.revision() + 1,
            _ => self.revision(),
        };
        Ok(Event {
            verb: asked.verb,
            to: step.to,
            revision,
            by: asked.by.to_owned(),
            account: asked.account.map(str::to_owned),
            at: asked.at,
            reason: reason.to_owned(),
            cells: asked.cells,
        })
    }

    fn two_persons(&self, asked: &Asked<'_>) -> Result<(), Refusal> {
        let others: &[Verb] = match asked.verb {
            Verb::AcceptSheet => &[Verb::SubmitSheet],
            Verb::ApproveSheets => &[Verb::SubmitSheet, Verb::AcceptSheet],
            _ => return Ok(()),
        };
        let same = |event: &Event| event.account.as_deref() == asked.account && event.by == asked.by;
        let did = others.iter().find(|verb| self.last(**verb).is_some_and(same));
        did.map_or(Ok(()), |did| Err(Refusal::SamePerson { did: did.word() }))
    }

    /// The sheet after an event.
    pub fn after(mut self, event: Event) -> Self {
        self.events.push(event);
        self
    }
}

/// A form that its unit's leader verifies is taken in only then; one that is not has no such step.
fn fits_form(step: &Step, state: State, is_verified: bool) -> bool {
    match step.verb {
        Verb::VerifySheet => is_verified,
        Verb::AcceptSheet if is_verified => state == Verified,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
