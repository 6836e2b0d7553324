//! The way of an exemplar (đề xuất, công nhận, xác nhận lại, rút): its states, and the only steps between them.
//!
//! Being grey is no state: it follows from the day on which one looks.

use thidua_base::code::ExemplarId;
use thidua_base::{Date, Number, Timestamp};

use crate::actor::Verb;
use crate::refusal::{ExemplarFault, Refusal};

/// Years after which an exemplar that nobody has confirmed is grey.
pub const GREY_AFTER_YEARS: i16 = 2;
/// Most characters of a decision's number.
pub const DECISION_CHARS_MAX: usize = 200;
/// Most characters of a reason or note.
pub const REASON_CHARS_MAX: usize = 1_000;

/// Where an exemplar stands by what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Somebody proposed it (đề xuất).
    Proposed,
    /// It was recognised by a decision, or taken over as such (công nhận).
    Recognised,
    /// Somebody saw later that it still is what it was (xác nhận lại).
    Confirmed,
    /// It is one no more (rút khỏi sổ).
    Withdrawn,
}

/// How an exemplar stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Proposed.
    Proposed,
    /// Recognised, within two years.
    Recognised,
    /// Confirmed again, within two years.
    Confirmed,
    /// Recognised once, and nobody has confirmed it for two years.
    Grey,
    /// Withdrawn.
    Withdrawn,
}

/// One permitted step. The table below is the whole way: buttons, rights, API and manual read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub verb: Verb,
    /// From which states; none for the first step.
    pub from: &'static [State],
    /// To which state.
    pub to: State,
}

use State::{Confirmed, Proposed, Recognised, Withdrawn};

const fn step(verb: Verb, from: &'static [State], to: State) -> Step {
    Step { verb, from, to }
}

/// The table. What was withdrawn does not come back: it is proposed anew.
#[rustfmt::skip]
pub const STEPS: &[Step] = &[
    step(Verb::ProposeExemplar,   &[],                                Proposed),   // đề xuất
    step(Verb::RecogniseExemplar, &[Proposed],                        Recognised), // công nhận
    step(Verb::ConfirmExemplar,   &[Recognised, Confirmed],           Confirmed),  // xác nhận lại
    step(Verb::RetractExemplar,   &[Proposed],                        Withdrawn),  // thôi đề xuất
    step(Verb::WithdrawExemplar,  &[Proposed, Recognised, Confirmed], Withdrawn),  // rút
];

/// Everything that happened to an exemplar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Which.
    pub exemplar: ExemplarId,
    /// What happened, oldest first; nothing for a row that was taken over with a pack.
    pub events: Vec<Event>,
}

/// One thing that happened to an exemplar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What was done.
    pub verb: Verb,
    /// The state after.
    pub to: State,
    /// The day from which it holds: of the decision, of the visit.
    pub day: Date,
    /// Number of the decision (số, ký hiệu); empty where the step has none.
    pub decision: String,
    /// The size that was found, where a confirmation found another.
    pub size: Option<Number>,
    /// Why, or what was found; may be empty for some steps.
    pub reason: String,
    /// Who, as named then.
    pub by: String,
    /// Their account, where a person signed in did it.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What someone asks to do with an exemplar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    /// What.
    pub verb: Verb,
    /// The day from which it is to hold.
    pub day: Date,
    /// Number of the decision.
    pub decision: &'a str,
    /// The size that was found.
    pub size: Option<Number>,
    /// Why.
    pub reason: &'a str,
    /// Who, as named now.
    pub by: &'a str,
    /// Their account.
    pub account: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

impl State {
    /// Every state, in the order of the way.
    pub const ALL: [Self; 4] = [Proposed, Recognised, Confirmed, Withdrawn];

    /// The word in columns.
    pub fn word(self) -> &'static str {
        match self {
            Proposed => "proposed",
            Recognised => "recognised",
            Confirmed => "confirmed",
            Withdrawn => "withdrawn",
        }
    }
}

impl Standing {
    /// Every standing, in the order of filters.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::Recognised, Self::Confirmed, Self::Grey, Self::Withdrawn];

    /// The word in keys of sentences, addresses and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Recognised => "recognised",
            Self::Confirmed => "confirmed",
            Self::Grey => "grey",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether it is worth telling others about: recognised, and somebody vouches for it.
    pub fn is_live(self) -> bool {
        match self {
            Self::Recognised | Self::Confirmed => true,
            Self::Proposed | Self::Grey | Self::Withdrawn => false,
        }
    }
}

impl Course {
    /// A course in which nothing has happened.
    pub fn new(exemplar: ExemplarId) -> Self {
        Self { exemplar, events: Vec::new() }
    }

    /// Where it stands by everything that was done.
    pub fn state(&self) -> State {
        self.events.last().map_or(Recognised, |event| event.to)
    }

    /// Where it stood by what held on a day; `None` before it was proposed.
    fn state_on(&self, day: Date) -> Option<State> {
        if self.events.is_empty() {
            return Some(Recognised);
        }
        let held = self.events.iter().take_while(|event| event.day <= day).last();
        match (held, self.events.first()) {
            (Some(event), _) => Some(event.to),
            // Taken over with a pack, and something was done later.
            (None, Some(first)) if first.verb != Verb::ProposeExemplar => Some(Recognised),
            (None, _) => None,
        }
    }

    /// The last day up to a day on which somebody vouched for it; `taken_over` is the day of the rows without a course.
    pub fn vouched_on(&self, day: Date, taken_over: Date) -> Option<Date> {
        let vouches = |event: &&Event| matches!(event.to, Recognised | Confirmed) && event.day <= day;
        let last = self.events.iter().rev().find(vouches).map(|event| event.day);
        let was_taken_over = self.events.first().is_none_or(|first| first.verb != Verb::ProposeExemplar);
        last.or_else(|| was_taken_over.then_some(taken_over))
    }

    /// How it stands on a day; `None` before it was proposed.
    pub fn standing(&self, day: Date, taken_over: Date) -> Option<Standing> {
        let state = self.state_on(day)?;
        let is_grey = || self.vouched_on(day, taken_over).is_some_and(|last| grey_from(last) <= day);
        Some(match state {
            Proposed => Standing::Proposed,
            Withdrawn => Standing::Withdrawn,
            Recognised | Confirmed if is_grey() => Standing::Grey,
            Recognised => Standing::Recognised,
            Confirmed => Standing::Confirmed,
        })
    }

    /// Whether a report of a day proposes it. Rows of a pack count as recognised until something is done with them.
    pub fn is_offered(&self, day: Date) -> bool {
        // A row that was taken over is as old as the report that brought it.
        self.standing(day, day).is_some_and(Standing::is_live)
    }

    /// The size that holds on a day: what the last confirmation found, else what the row says.
    pub fn size_on(&self, day: Date, of_row: Option<Number>) -> Option<Number> {
        let found = self.events.iter().filter(|event| event.day <= day).filter_map(|event| event.size).next_back();
        found.or(of_row)
    }

    /// The last thing of a kind that happened.
    pub fn last(&self, verb: Verb) -> Option<&Event> {
        self.events.iter().rev().find(|event| event.verb == verb)
    }

    /// When it was looked at last by whoever recognises or confirms.
    pub fn seen_at(&self) -> Option<Timestamp> {
        self.events.iter().rev().find(|event| matches!(event.to, Recognised | Confirmed)).map(|event| event.at)
    }

    /// The steps that the table allows from here, before any right is asked.
    pub fn open_steps(&self) -> impl Iterator<Item = Step> {
        let state = self.state();
        STEPS.iter().filter(move |step| step.from.contains(&state)).copied()
    }

    /// What becomes of it by a step; it is not changed.
    ///
    /// # Errors
    /// [`ExemplarFault::StepNotOpen`] where the table has no such step from here; [`ExemplarFault::DayAhead`] and
    /// [`ExemplarFault::DayBefore`]; [`ExemplarFault::NoDecision`] for a recognition without its decision;
    /// [`Refusal::NoReason`] for a withdrawal without a reason; [`Refusal::SamePerson`] where whoever proposed would
    /// recognise; [`Refusal::LongText`].
    pub fn step(&self, asked: &Asked<'_>, today: Date) -> Result<Event, Refusal> {
        let state = self.state();
        let step = self.open_steps().find(|step| step.verb == asked.verb);
        let Some(step) = step else { return Err(ExemplarFault::StepNotOpen { state: state.word() }.into()) };
        if asked.day > today {
            return Err(ExemplarFault::DayAhead.into());
        }
        if self.events.last().is_some_and(|last| asked.day < last.day) {
            return Err(ExemplarFault::DayBefore.into());
        }
        let (decision, reason) = (asked.decision.trim(), asked.reason.trim());
        if asked.verb == Verb::RecogniseExemplar && decision.is_empty() {
            return Err(ExemplarFault::NoDecision.into());
        }
        if step.to == Withdrawn && reason.is_empty() {
            return Err(Refusal::NoReason);
        }
        for (text, most) in [(decision, DECISION_CHARS_MAX), (reason, REASON_CHARS_MAX)] {
            if text.chars().count() > most {
                return Err(Refusal::LongText { most });
            }
        }
        if asked.size.is_some_and(|size| size.digits() <= 0) {
            return Err(ExemplarFault::BadSize { asked: asked.size.map(Number::vi).unwrap_or_default() }.into());
        }
        let same = |event: &Event| event.account.as_deref() == asked.account && event.by == asked.by;
        if asked.verb == Verb::RecogniseExemplar && self.last(Verb::ProposeExemplar).is_some_and(same) {
            return Err(Refusal::SamePerson { did: Verb::ProposeExemplar.word() });
        }
        Ok(Event {
            verb: step.verb,
            to: step.to,
            day: asked.day,
            decision: thidua_base::text::nfc(decision),
            size: asked.size.filter(|_| step.verb == Verb::ConfirmExemplar),
            reason: thidua_base::text::nfc(reason),
            by: asked.by.to_owned(),
            account: asked.account.map(str::to_owned),
            at: asked.at,
        })
    }

    /// The course after an event.
    pub fn after(mut self, event: Event) -> Self {
        self.events.push(event);
        self
    }
}

/// The first day on which what was vouched for on `last` is grey: two years later.
pub fn grey_from(last: Date) -> Date {
    let year = last.year() + GREY_AFTER_YEARS;
    // Only the 29th of February may lack its day two years later.
    Date::new(year, last.month(), last.day()).unwrap_or_else(|| Date::new(year, 3, 1).unwrap_or(last))
}

#[cfg(test)]
mod tests;
