//! What must be over before a dossier goes on: opinions asked of offices (hiệp y), public notice (công khai), objections
//! (ý kiến, khiếu nại). Clocks count working days with days off; an extension is a row of its own.

use thidua_base::{Date, Timestamp};
use thidua_law::holiday::Calendar;
use thidua_law::honour::{Honour, on_day};
use thidua_law::vocabulary::{Clock, Confidence};

use crate::refusal::{DossierFault, Refusal};

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatterKind {
    /// Hiệp y: an office is asked for its opinion.
    Consultation,
    /// Công khai: the list is public and anyone may speak.
    Notice,
    /// Ý kiến về hồ sơ: what somebody wrote against it.
    Objection,
}

/// What is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatterActKind {
    /// Gia hạn: so many days more.
    Extend,
    /// Trả lời của cơ quan được hỏi: agrees.
    Agree,
    /// Trả lời của cơ quan được hỏi: disagrees.
    Disagree,
    /// Phân loại: the objection is within what is looked into.
    Triage,
    /// Trả lời người có ý kiến.
    Answer,
    /// Kết thúc, with the outcome.
    Close,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatterState {
    /// A clock that has not run out; an objection that was only received.
    Open,
    /// An objection that was looked at.
    Triaged,
    /// Answered: by the office that was asked, or to whoever objected.
    Answered,
    /// An objection that is over.
    Closed,
}

/// A matter of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Which of the dossier it is, from 1.
    pub number: i64,
    /// What it is.
    pub kind: MatterKind,
    /// The day it began: asked, published, received.
    pub from: Date,
    /// How many days it lasts.
    pub days: u16,
    /// Of which kind.
    pub clock: Clock,
    /// The office asked, where it is published, or who objects.
    pub party: String,
    /// The question, the words of the notice, the objection.
    pub body: String,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was done with it, the oldest first.
    pub acts: Vec<MatterAct>,
}

/// One thing done with a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterAct {
    /// What.
    pub kind: MatterActKind,
    /// How many days more, of an extension; else 0.
    pub days: u16,
    /// In words.
    pub body: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How a clock stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its last day.
    pub until: Date,
    /// Whether every day off on the way is known for certain.
    pub is_certain: bool,
    /// Whether the last day is over.
    pub is_over: bool,
    /// Days of the clock's kind that are left; negative after its end.
    pub left: i64,
}

impl MatterKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Consultation, Self::Notice, Self::Objection];

    /// The word in columns, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::Notice => "notice",
            Self::Objection => "objection",
        }
    }

    /// The word of its step in the law book; none of an objection.
    pub fn law_step(self) -> Option<&'static str> {
        match self {
            Self::Consultation => Some("hiep-y"),
            Self::Notice => Some("cong-khai"),
            Self::Objection => None,
        }
    }
}

impl MatterActKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Extend, Self::Agree, Self::Disagree, Self::Triage, Self::Answer, Self::Close];

    /// The word in columns, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Extend => "extend",
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Triage => "triage",
            Self::Answer => "answer",
            Self::Close => "close",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl MatterState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Triaged, Self::Answered, Self::Closed];

    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Triaged => "triaged",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }
}

use MatterActKind::{Agree, Answer, Close, Disagree, Extend, Triage};
use MatterState::{Answered, Closed, Open, Triaged};

/// The table of acts: kind of matter, act, from which states, to which.
#[rustfmt::skip]
pub const MATTER_ACTS: &[(MatterKind, MatterActKind, &[MatterState], MatterState)] = &[
    (MatterKind::Consultation, Extend,   &[Open],             Open),
    (MatterKind::Consultation, Agree,    &[Open],             Answered),
    (MatterKind::Consultation, Disagree, &[Open],             Answered),
    (MatterKind::Notice,       Extend,   &[Open],             Open),
    (MatterKind::Objection,    Triage,   &[Open],             Triaged),
    (MatterKind::Objection,    Answer,   &[Triaged],          Answered),
    (MatterKind::Objection,    Close,    &[Triaged, Answered], Closed),
];

impl Matter {
    /// Where it stands by what was done.
    pub fn state(&self) -> MatterState {
        let last = self.acts.iter().rev().find(|act| act.kind != Extend);
        let to =
            |act: &MatterAct| MATTER_ACTS.iter().find(|row| row.0 == self.kind && row.1 == act.kind).map(|row| row.3);
        last.and_then(to).unwrap_or(Open)
    }

    /// The acts that are open now.
    pub fn open_acts(&self) -> impl Iterator<Item = MatterActKind> {
        let (kind, state) = (self.kind, self.state());
        MATTER_ACTS.iter().filter(move |row| row.0 == kind && row.2.contains(&state)).map(|row| row.1)
    }

    /// Decides whether an act can be done now.
    ///
    /// # Errors
    /// [`DossierFault::MatterState`].
    pub fn judge(&self, act: MatterActKind) -> Result<(), Refusal> {
        if self.open_acts().any(|open| open == act) {
            Ok(())
        } else {
            Err(DossierFault::MatterState { state: self.state().word() }.into())
        }
    }

    /// How its clock stands on a day. Where the calendar ends, days are counted without days off.
    pub fn standing(&self, day: Date, calendar: &Calendar) -> Standing {
        let days = i64::from(self.days) + self.acts.iter().map(|act| i64::from(act.days)).sum::<i64>();
        let plain = || (self.from.plus_days(days).unwrap_or(self.from), false);
        let (until, is_certain) = match self.clock {
            // A term of days that ends on a day off ends on the next that is worked.
            Clock::Days => {
                let end = plain().0;
                calendar.working_day_from(end).map_or((end, false), |found| (found.day, found.is_certain))
            }
            Clock::WorkingDays => {
                calendar.nth_working_day(self.from, days).map_or_else(plain, |found| (found.day, found.is_certain))
            }
        };
        let left = match self.clock {
            Clock::Days => until.days_since(day),
            Clock::WorkingDays => calendar.working_days(day, until).days,
        };
        Standing { until, is_certain, is_over: day > until, left }
    }
}

/// How long the law of a day lets a matter of a kind last, with the clause; none where it does not say.
pub fn term(honour: &Honour, law_on: Date, kind: MatterKind) -> Option<(u16, Clock, String, Confidence)> {
    let step = kind.law_step()?;
    let row = on_day(&honour.procedure.processing, law_on).find(|row| row.what.step == step)?;
    Some((row.what.days, row.what.clock, row.cite.to_string(), row.confidence))
}

/// Decides whether a matter can be opened for so many days.
///
/// # Errors
/// [`DossierFault::NoticeTooShort`] for a notice shorter than a clause that was read asks.
pub fn judge_opening(honour: &Honour, law_on: Date, kind: MatterKind, days: u16) -> Result<(), Refusal> {
    match term(honour, law_on, kind) {
        Some((least, _, cite, Confidence::TextSeen)) if kind == MatterKind::Notice && days < least => {
            Err(DossierFault::NoticeTooShort { days: least, cite }.into())
        }
        _ => Ok(()),
    }
}
