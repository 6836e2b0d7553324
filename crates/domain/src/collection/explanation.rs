//! Explanations (giải trình): what a unit answers to a finding that may go up only with a reason.

use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::{Period, Timestamp};

use crate::refusal::Refusal;

/// An answer to one finding, over the numbers it spoke of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// Whose sheet.
    pub unit: OrgId,
    /// The rule that found it.
    pub rule: String,
    /// The row it stands beside.
    pub indicator: IndicatorCode,
    /// What names the numbers it speaks of: with other numbers the finding is open again.
    pub fingerprint: String,
    /// The reason.
    pub text: String,
    /// Who wrote it, as named then.
    pub written_by: String,
    /// When.
    pub written_at: Timestamp,
}

/// Fewest characters of a reason: a word is none.
pub const TEXT_CHARS_MIN: usize = 10;
/// Most characters of a reason.
pub const TEXT_CHARS_MAX: usize = 1_000;

impl Explanation {
    /// Checks its length.
    ///
    /// # Errors
    /// [`Refusal::ShortText`], [`Refusal::LongText`].
    pub fn checked(self) -> Result<Self, Refusal> {
        match self.text.trim().chars().count() {
            0..TEXT_CHARS_MIN => Err(Refusal::ShortText { least: TEXT_CHARS_MIN }),
            TEXT_CHARS_MIN..=TEXT_CHARS_MAX => Ok(self),
            _ => Err(Refusal::LongText { most: TEXT_CHARS_MAX }),
        }
    }
}
