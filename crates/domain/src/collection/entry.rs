//! Entry (nhập số liệu): one change of one figure, sent by a device that may have been without a network for days.
//!
//! A change says which reading it was made over. Where another came between, nothing is overwritten: the change is
//! kept beside the figure as a conflict, both values are shown, and a person settles it.

use thidua_base::code::{ChangeId, FormId, IndicatorCode, OrgId};
use thidua_base::{Period, Timestamp};

use super::cycle::Stage;
use super::submission::State;
use crate::indicator::{Absence, Indicator, Nature, Reading, Value};
use crate::refusal::Refusal;

/// One change of one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Named by the device; the same change sent twice is done once.
    pub id: ChangeId,
    /// By which form.
    pub form: FormId,
    /// For when.
    pub period: Period,
    /// Of whom.
    pub unit: OrgId,
    /// What.
    pub indicator: IndicatorCode,
    /// How firm.
    pub nature: Nature,
    /// The reading that stood in the cell when the person wrote; `None` where it was empty.
    pub over: Option<i64>,
    /// The new value.
    pub value: Value,
    /// Why, or what should be known beside it; may be empty. Required to correct a sheet that was sent.
    pub note: String,
    /// How it came.
    pub how: How,
    /// When the device says it was written.
    pub device_at: Option<Timestamp>,
    /// The conflict it settles, if it does.
    pub settles: Option<ChangeId>,
}

/// How a figure came into the cell (cách nhập).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Typed.
    Typed,
    /// Pasted with others.
    Pasted,
    /// Read from a file: its name, the hash of its bytes, the sheet, the cell.
    Imported {
        /// Name of the file as it was sent.
        file: String,
        /// SHA-256 of its bytes, in lower-case hexadecimal digits.
        hash: String,
        /// Sheet of the workbook; empty for other files.
        sheet: String,
        /// Cell (`F12`) or line.
        place: String,
    },
    /// Sent by another program.
    Api,
    /// Corrected by the level above, with the reason; the unit sees both.
    CorrectedAbove,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is the figure now; the number of its reading.
    Saved {
        /// The reading.
        seq: i64,
    },
    /// The cell said so already.
    Unchanged {
        /// The reading that says so.
        seq: i64,
    },
    /// Another reading came between; both are kept.
    Conflict {
        /// The reading that holds the cell.
        held: i64,
    },
}

/// A change with what became of it: a row that is never altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The change.
    pub change: Change,
    /// Who made it, as named then.
    pub by: String,
    /// Their account, where they signed in.
    pub account: Option<String>,
    /// When it arrived.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
}

/// What has to be known of a cell before a change of it is decided.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// The definition, where the form asks for the indicator.
    pub indicator: Option<&'a Indicator>,
    /// The reading that holds it, of the nature of the change.
    pub current: Option<&'a Reading>,
    /// The firmest reading of any nature.
    pub firmest: Option<Nature>,
    /// Where the cycle stands for the unit today.
    pub stage: Stage,
    /// Where the unit's sheet stands.
    pub state: State,
}

/// What is to be done about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Write a reading that supersedes this one.
    Write {
        /// The reading it replaces.
        supersedes: Option<i64>,
    },
    /// Keep the fact that it arrived; the cell stays.
    Leave {
        /// The reading that says the same.
        seq: i64,
    },
    /// Keep both.
    Conflict {
        /// The reading that holds the cell.
        held: i64,
    },
}

/// Longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 1_000;

/// Decides about one change.
///
/// # Errors
/// [`Refusal::NotAsked`] where the form has no such row; [`Refusal::CycleClosed`] outside its days;
/// [`Refusal::SheetSent`] while the sheet is on its way; [`Refusal::NoReason`] where the level above corrects without
/// saying why; [`Refusal::LongText`] for a note beyond [`NOTE_CHARS_MAX`]; [`Refusal::TooManyDecimals`] beyond the
/// decimals the indicator keeps; [`Refusal::LessFirm`] where an official figure would fall back to an estimate.
pub fn decide(change: &Change, cell: Cell<'_>) -> Result<Decision, Refusal> {
    let Some(indicator) = cell.indicator else {
        return Err(Refusal::NotAsked { indicator: change.indicator.to_string() });
    };
    if change.note.chars().count() > NOTE_CHARS_MAX {
        return Err(Refusal::LongText { most: NOTE_CHARS_MAX });
    }
    match change.how {
        How::CorrectedAbove if change.note.trim().is_empty() => return Err(Refusal::NoReason),
        How::CorrectedAbove => {}
        How::Typed | How::Pasted | How::Imported { .. } | How::Api => {
            if !cell.stage.is_open() {
                return Err(Refusal::CycleClosed { stage: cell.stage.word() });
            }
            if !matches!(cell.state, State::Draft | State::Returned) {
                return Err(Refusal::SheetSent { state: cell.state.word() });
            }
        }
    }
    if change.value.number().is_some_and(|number| number.rounded(indicator.decimals) != number) {
        return Err(Refusal::TooManyDecimals { most: indicator.decimals });
    }
    if cell.firmest.is_some_and(|firmest| change.nature < firmest) {
        return Err(Refusal::LessFirm);
    }
    let Some(current) = cell.current else {
        // Where the reading it was made over is gone from sight, the cell is empty for this nature: nothing is lost.
        return Ok(Decision::Write { supersedes: None });
    };
    if current.value == change.value {
        return Ok(Decision::Leave { seq: current.seq });
    }
    if change.over != Some(current.seq) {
        return Ok(Decision::Conflict { held: current.seq });
    }
    Ok(Decision::Write { supersedes: Some(current.seq) })
}

/// The conflicts that nobody has settled: refused by time, not by a later change that names them.
pub fn open_conflicts(entries: &[Entry]) -> Vec<&Entry> {
    let settled: Vec<&ChangeId> = entries.iter().filter_map(|entry| entry.change.settles.as_ref()).collect();
    let is_open =
        |entry: &&Entry| matches!(entry.outcome, Outcome::Conflict { .. }) && !settled.contains(&&entry.change.id);
    entries.iter().filter(is_open).collect()
}

/// Whether a value counts as filled: a number, or a person's word that there is none to give.
pub fn is_filled(value: Value) -> bool {
    match value {
        Value::Of(_) | Value::Absent(Absence::NoneOccurred | Absence::NotApplicable | Absence::Withheld) => true,
        Value::Absent(Absence::NotReported) => false,
    }
}

#[cfg(test)]
mod tests;
