//! The decision itself (quyết định khen thưởng): prepared for many at once, signed once, and what happens to it after.
//!
//! A draft is written anew until it is signed; from then on nothing of it changes, and what happens is added to it.

use std::collections::BTreeSet;

use thidua_base::code::{HonourCode, Kind, OrgId};
use thidua_base::{Code, Date, Timestamp};

use super::fund::FundId;
use super::money::Bonus;
use crate::honour::{CommendationType, DirectWorker, Subject};
use crate::refusal::{DecisionFault, Refusal};
use crate::subject::fact::Authority;
use crate::subject::{FactId, NAME_CHARS_MAX, SubjectId, TEXT_CHARS_MAX, YEAR_MIN};

/// The marker of [`DecisionId`].
#[derive(Debug)]
pub struct DecisionTag;

impl Kind for DecisionTag {
    const NAME: &'static str = "decision";
}

/// The id of a decision.
pub type DecisionId = Code<DecisionTag>;

/// Most lines of one decision.
pub const LINES_MAX: usize = 5_000;

/// What a decision says before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The unit in whose name it is made.
    pub issuer: OrgId,
    /// Who has the authority.
    pub authority: Authority,
    /// What it is about (trích yếu).
    pub title: String,
    /// The year of the achievements.
    pub year: i16,
    /// The type of commendation of all its lines.
    pub commendation: CommendationType,
    /// The fund that pays its bonuses.
    pub fund: Option<FundId>,
    /// Whom, for what, with which honour; in the order of the annex.
    pub lines: Vec<Line>,
}

/// One subject with one honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whom.
    pub subject: SubjectId,
    /// Person, collective or household.
    pub kind: Subject,
    /// The name as it is printed.
    pub name: String,
    /// The unit the subject belongs to or is.
    pub unit: OrgId,
    /// Which honour.
    pub honour: HonourCode,
    /// For what; may be empty.
    pub achievement: String,
    /// Whether a person works directly or leads.
    pub duty: Option<DirectWorker>,
    /// The dossier it comes from, where one was kept.
    pub dossier: Option<String>,
}

/// On whose behalf it is signed (thể thức ký), Decree 30/2020.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignedAs {
    /// In one's own position.
    Own,
    /// For a collective body (TM.).
    OnBehalf,
    /// A deputy for the head (KT.).
    ForHead,
    /// By order (TL.).
    ByOrder,
    /// By delegation (TUQ.).
    ByDelegation,
}

/// The signature with number and date of the register of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Number and symbol: `1234/QĐ-UBND`.
    pub number: String,
    /// The day it was signed; it takes effect then.
    pub on: Date,
    /// Who signed.
    pub signer: String,
    /// In what position: `Chủ tịch`, `Phó Chủ tịch`.
    pub position: String,
    /// On whose behalf.
    pub signed_as: SignedAs,
}

/// What is done with a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Written, or written anew.
    Draft,
    /// Signed.
    Sign(Signature),
    /// Abandoned before it was signed.
    Drop {
        /// Why.
        reason: String,
    },
    /// The award of one line taken back (thu hồi, huỷ bỏ) by a decision of its own.
    Revoke {
        /// The line, from 1.
        line: usize,
        /// Number of the decision that takes it back.
        number: String,
        /// Its day.
        on: Date,
        /// Why.
        reason: String,
    },
    /// The name or achievement of one line as it is printed, put right (đính chính).
    Correct {
        /// The line, from 1.
        line: usize,
        /// The name from now on.
        name: String,
        /// Number of the paper that puts it right.
        number: String,
        /// Its day.
        on: Date,
        /// Why.
        reason: String,
    },
    /// The bonus of one line paid out.
    Pay {
        /// The line, from 1.
        line: usize,
        /// Number of the voucher.
        number: String,
        /// The day.
        on: Date,
        /// How much, in đồng.
        vnd: i64,
    },
}

impl Act {
    /// The word in the journal.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Draft => "draft-decision",
            Self::Sign(_) => "sign-decision",
            Self::Drop { .. } => "drop-decision",
            Self::Revoke { .. } => "revoke-award",
            Self::Correct { .. } => "correct-award",
            Self::Pay { .. } => "pay-bonus",
        }
    }
}

/// An act with who did it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub act: Act,
    /// Who, as named then.
    pub by: String,
    /// Their account, where a person signed in did it.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What a signature made of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// The line, from 1.
    pub line: usize,
    /// The award in the record of the subject.
    pub fact: FactId,
    /// The bonus that goes with it, as the law stood on the day.
    pub bonus: Bonus,
}

/// A decision with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Identity.
    pub id: DecisionId,
    /// What it says.
    pub draft: Draft,
    /// What happened, oldest first; the first is a draft.
    pub events: Vec<Event>,
    /// What its signature made of its lines; empty before.
    pub granted: Vec<Granted>,
}

/// Where a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Being written (dự thảo).
    Draft,
    /// Signed (đã ban hành).
    Signed,
    /// Abandoned before it was signed (bỏ).
    Dropped,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Signed, Self::Dropped];

    /// The word in addresses, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Dropped => "dropped",
        }
    }
}

impl SignedAs {
    /// Every one, in the order in which forms offer them.
    pub const ALL: [Self; 5] = [Self::Own, Self::OnBehalf, Self::ForHead, Self::ByOrder, Self::ByDelegation];

    /// The word in columns, forms and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::OnBehalf => "on-behalf",
            Self::ForHead => "for-head",
            Self::ByOrder => "by-order",
            Self::ByDelegation => "by-delegation",
        }
    }

    /// The one of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// What is printed before the position: `TM.`; nothing where one signs in one's own.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::OnBehalf => "TM.",
            Self::ForHead => "KT.",
            Self::ByOrder => "TL.",
            Self::ByDelegation => "TUQ.",
        }
    }
}

impl Draft {
    /// Whether it may be kept.
    ///
    /// # Errors
    /// [`Refusal::Decision`]: no title, a year nobody means, too many lines, a subject twice with one honour.
    pub fn judge(&self, today: Date) -> Result<(), Refusal> {
        if self.title.is_empty() {
            return Err(DecisionFault::NoTitle.into());
        }
        if self.title.chars().count() > TEXT_CHARS_MAX {
            return Err(Refusal::LongText { most: TEXT_CHARS_MAX });
        }
        if !(YEAR_MIN..=today.year()).contains(&self.year) {
            return Err(DecisionFault::BadYear { asked: self.year.to_string() }.into());
        }
        if self.lines.len() > LINES_MAX {
            return Err(Refusal::TooMany { most: LINES_MAX });
        }
        let mut seen = BTreeSet::new();
        for line in &self.lines {
            if line.achievement.chars().count() > TEXT_CHARS_MAX {
                return Err(Refusal::LongText { most: TEXT_CHARS_MAX });
            }
            if !seen.insert((&line.subject, &line.honour)) {
                return Err(DecisionFault::NamedTwice { name: line.name.clone() }.into());
            }
        }
        Ok(())
    }
}

impl Signature {
    /// Whether it can stand under a draft.
    ///
    /// # Errors
    /// [`Refusal::Decision`]: no lines, no number, no signer, a day that has not come.
    pub fn judge(&self, draft: &Draft, today: Date) -> Result<(), Refusal> {
        if draft.lines.is_empty() {
            return Err(DecisionFault::NoLines.into());
        }
        if !self.number.chars().any(|c| c.is_ascii_digit()) || self.number.chars().count() > NAME_CHARS_MAX {
            return Err(DecisionFault::NoNumber.into());
        }
        if self.signer.is_empty() || self.position.is_empty() {
            return Err(DecisionFault::NoSigner.into());
        }
        if self.on > today {
            return Err(DecisionFault::DayAhead { on: self.on }.into());
        }
        if draft.year > self.on.year() {
            return Err(DecisionFault::BadYear { asked: draft.year.to_string() }.into());
        }
        Ok(())
    }
}

impl Decision {
    /// Where it stands.
    pub fn state(&self) -> State {
        for event in &self.events {
            match event.act {
                Act::Sign(_) => return State::Signed,
                Act::Drop { .. } => return State::Dropped,
                Act::Draft | Act::Revoke { .. } | Act::Correct { .. } | Act::Pay { .. } => {}
            }
        }
        State::Draft
    }

    /// The signature, once it has one.
    pub fn signature(&self) -> Option<&Signature> {
        self.events.iter().find_map(|event| match &event.act {
            Act::Sign(signature) => Some(signature),
            Act::Draft | Act::Drop { .. } | Act::Revoke { .. } | Act::Correct { .. } | Act::Pay { .. } => None,
        })
    }

    /// The day on which the award of a line was taken back.
    pub fn revoked_on(&self, nr: usize) -> Option<Date> {
        self.events.iter().find_map(|event| match &event.act {
            Act::Revoke { line, on, .. } if *line == nr => Some(*on),
            Act::Revoke { .. }
            | Act::Draft
            | Act::Sign(_)
            | Act::Drop { .. }
            | Act::Correct { .. }
            | Act::Pay { .. } => None,
        })
    }

    /// The name of a line as it stands after every correction.
    pub fn name_of(&self, nr: usize) -> Option<&str> {
        let corrected = self.events.iter().rev().find_map(|event| match &event.act {
            Act::Correct { line, name, .. } if *line == nr => Some(name.as_str()),
            Act::Correct { .. }
            | Act::Draft
            | Act::Sign(_)
            | Act::Drop { .. }
            | Act::Revoke { .. }
            | Act::Pay { .. } => None,
        });
        corrected.or_else(|| Some(self.draft.lines.get(nr.checked_sub(1)?)?.name.as_str()))
    }

    /// What was paid for a line, in đồng.
    pub fn paid(&self, nr: usize) -> i64 {
        self.events
            .iter()
            .map(|event| match &event.act {
                Act::Pay { line, vnd, .. } if *line == nr => *vnd,
                Act::Pay { .. }
                | Act::Draft
                | Act::Sign(_)
                | Act::Drop { .. }
                | Act::Revoke { .. }
                | Act::Correct { .. } => 0,
            })
            .sum()
    }

    /// What is still to be paid for a line, in đồng: nothing for an award that was taken back.
    pub fn due(&self, nr: usize) -> i64 {
        let granted = self.granted.iter().find(|granted| granted.line == nr);
        match (granted, self.revoked_on(nr)) {
            (Some(granted), None) => granted.bonus.vnd.saturating_sub(self.paid(nr)).max(0),
            _ => 0,
        }
    }

    /// What it takes from its fund, in đồng: bonuses of awards that stand, and what was paid for those taken back.
    pub fn committed(&self) -> i64 {
        self.granted.iter().map(|granted| self.due(granted.line).saturating_add(self.paid(granted.line))).sum()
    }

    /// Whether an act may follow.
    ///
    /// # Errors
    /// [`Refusal::Decision`] where it may not.
    pub fn judge(&self, act: &Act) -> Result<(), Refusal> {
        let (state, line) = match act {
            Act::Draft | Act::Sign(_) | Act::Drop { .. } => (State::Draft, None),
            Act::Revoke { line, .. } | Act::Correct { line, .. } | Act::Pay { line, .. } => {
                (State::Signed, Some(*line))
            }
        };
        if self.state() != state {
            return Err(DecisionFault::WrongState { state: self.state().word() }.into());
        }
        let signed_on = self.signature().map(|signature| signature.on);
        if let Some(nr) = line {
            if !(1..=self.draft.lines.len()).contains(&nr) {
                return Err(DecisionFault::NoSuchLine { line: nr }.into());
            }
            if let Some(on) = self.revoked_on(nr) {
                return Err(DecisionFault::RevokedAlready { on }.into());
            }
        }
        match act {
            Act::Draft | Act::Sign(_) => Ok(()),
            Act::Drop { reason } => needs(reason),
            Act::Revoke { number, on, reason, .. } | Act::Correct { number, on, reason, .. } => {
                needs(reason)?;
                let name = match act {
                    Act::Correct { name, .. } => name.as_str(),
                    _ => "-",
                };
                if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
                    return Err(DecisionFault::NoName.into());
                }
                if !number.chars().any(|c| c.is_ascii_digit()) {
                    return Err(DecisionFault::NoNumber.into());
                }
                not_before(*on, signed_on)
            }
            Act::Pay { line, number, on, vnd } => {
                if number.is_empty() {
                    return Err(DecisionFault::NoNumber.into());
                }
                if *vnd <= 0 || *vnd > self.due(*line) {
                    return Err(DecisionFault::NotDue { asked: *vnd, due: self.due(*line) }.into());
                }
                not_before(*on, signed_on)
            }
        }
    }
}

fn needs(reason: &str) -> Result<(), Refusal> {
    if reason.is_empty() { Err(Refusal::NoReason) } else { Ok(()) }
}

fn not_before(on: Date, signed_on: Option<Date>) -> Result<(), Refusal> {
    match signed_on {
        Some(signed) if on < signed => Err(DecisionFault::BeforeSigned { on, signed }.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
