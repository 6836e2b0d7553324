//! Rounds (đợt xét) and the lists that units send into them (danh sách kèm tờ trình).

use thidua_base::code::OrgId;
use thidua_base::text::nfc;
use thidua_base::{Date, Timestamp};

use super::{BatchId, LINE_CHARS_MAX, RoundId};
use crate::honour::CommendationType;
use crate::origin::Provenance;
use crate::refusal::{Refusal, SubjectFault};
use crate::subject::{Entered, YEAR_MIN};

/// A round: who takes dossiers of which kind for which year, from which day to which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Identity.
    pub id: RoundId,
    /// The unit that takes and appraises them.
    pub unit: OrgId,
    /// The award year.
    pub year: i16,
    /// The type of commendation of all its dossiers.
    pub kind: CommendationType,
    /// What it is called.
    pub name: String,
    /// First day on which dossiers are sent.
    pub opens: Date,
    /// Last day on which one is sent for the first time.
    pub closes: Date,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Who opened it, when.
    pub entered: Entered,
}

/// A list that a unit sends with one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Identity.
    pub id: BatchId,
    /// The round.
    pub round: RoundId,
    /// The unit.
    pub unit: OrgId,
    /// What it is called.
    pub title: String,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A round to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRound {
    /// The unit that takes the dossiers.
    pub unit: OrgId,
    /// The award year.
    pub year: i16,
    /// The type of commendation.
    pub kind: CommendationType,
    /// What it is called.
    pub name: String,
    /// First day.
    pub opens: Date,
    /// Last day.
    pub closes: Date,
}

impl Round {
    /// Whether dossiers are sent for the first time on a day.
    pub fn takes_on(&self, day: Date) -> bool {
        self.opens <= day && day <= self.closes
    }
}

/// Decides whether a round can be opened so, and brings its name into order.
///
/// # Errors
/// [`Refusal::EmptyText`] without a name, [`Refusal::LongText`], [`Refusal::EmptySpan`] where it closes before it opens,
/// [`SubjectFault::BadYear`].
pub fn judge_round(mut new: NewRound) -> Result<NewRound, Refusal> {
    new.name = line(&new.name)?;
    if new.closes < new.opens {
        return Err(Refusal::EmptySpan { from: new.opens, to: new.closes });
    }
    if new.year < YEAR_MIN || new.year > new.closes.year() {
        return Err(SubjectFault::BadYear { asked: new.year.to_string() }.into());
    }
    Ok(new)
}

/// A line of text as it is kept: what a round, a list or an achievement is called.
///
/// # Errors
/// [`Refusal::EmptyText`], [`Refusal::LongText`].
pub fn line(text: &str) -> Result<String, Refusal> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept = nfc(&words.join(" "));
    if kept.is_empty() {
        return Err(Refusal::EmptyText);
    }
    if kept.chars().count() > LINE_CHARS_MAX {
        return Err(Refusal::LongText { most: LINE_CHARS_MAX });
    }
    Ok(kept)
}
