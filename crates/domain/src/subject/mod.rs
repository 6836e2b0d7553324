//! Whom honours are given to (đối tượng): persons, collectives, households; who they are, what is known of them.
//!
//! What is known is only added to: a correction is a new row in place of the one it corrects.

mod cccd;
pub mod decide;
pub mod fact;
pub mod history;
pub mod matching;
pub mod merge;
pub mod read;
pub mod record;
mod term;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use thidua_base::code::Kind;
use thidua_base::text::nfc;
use thidua_base::{Code, Date, Timestamp};

use crate::honour::Subject;
use crate::origin::Provenance;
use crate::refusal::{Refusal, SubjectFault};

pub use cccd::{Cccd, CccdCheck, hide_numbers};
pub use fact::{About, Fact, FactKind, current, present_units};
pub use matching::{Candidate, Found, Known, Pair, Reason, Sought};
pub use merge::{Groups, Merge};
pub use term::Term;

/// The marker of [`SubjectId`].
#[derive(Debug)]
pub struct SubjectTag;

impl Kind for SubjectTag {
    const NAME: &'static str = "subject";
}

/// The id of a subject; it stays when names change, and after a merge.
pub type SubjectId = Code<SubjectTag>;

/// The marker of [`FactId`].
#[derive(Debug)]
pub struct FactTag;

impl Kind for FactTag {
    const NAME: &'static str = "fact";
}

/// The id of a fact about a subject.
pub type FactId = Code<FactTag>;

/// The marker of [`MergeId`].
#[derive(Debug)]
pub struct MergeTag;

impl Kind for MergeTag {
    const NAME: &'static str = "merge";
}

/// The id of a merge.
pub type MergeId = Code<MergeTag>;

/// Longest name, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// Longest note, reason or title, in characters.
pub const TEXT_CHARS_MAX: usize = 1_000;
/// The first year of which anything is known here.
pub const YEAR_MIN: i16 = 1900;

/// Who a subject is, as it was entered once; a correction is the next version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Identity.
    pub id: SubjectId,
    /// From 1; the highest counts.
    pub version: i64,
    /// Who.
    pub details: Details,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Who entered it, when, why.
    pub entered: Entered,
}

/// Who a subject is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Person, collective or household.
    pub kind: Subject,
    /// The name as written, in Normal Form C; of a household, the name of its head (chủ hộ).
    pub name: String,
    /// Birth of a person, founding of a collective.
    pub born: Born,
    /// Of a person, where known.
    pub sex: Option<Sex>,
    /// The citizen's number (số căn cước), of a person, where known.
    pub cccd: Option<Cccd>,
    /// Hamlet or street (thôn, tổ dân phố), of a household; home of a person; may be empty.
    pub place: String,
    /// The day a person was recruited, where known.
    pub recruited_on: Option<Date>,
    /// A note; may be empty.
    pub note: String,
}

/// Birth or founding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Born {
    /// Not known.
    Unknown,
    /// Only the year is.
    Year(i16),
    /// On this day.
    On(Date),
}

/// Sex, as the citizen's number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// Who entered something, when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The name, as it was then.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why; of a first entry it may be empty.
    pub reason: String,
}

/// What a form, a file or another program says, field by field, brought to Normal Form C.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The fields of pairs.
    pub fn of<N: Into<String>, T: AsRef<str>>(pairs: impl IntoIterator<Item = (N, T)>) -> Self {
        Self(pairs.into_iter().map(|(name, text)| (name.into(), nfc(text.as_ref().trim()))).collect())
    }

    /// The text of a field; empty where it was not filled.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Sets a field.
    pub fn set(&mut self, name: &str, text: &str) {
        self.0.insert(name.to_owned(), nfc(text.trim()));
    }

    /// Every field that is filled, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str())).filter(|(_, text)| !text.is_empty())
    }
}

impl Born {
    /// The year, where known.
    pub fn year(self) -> Option<i16> {
        match self {
            Self::Unknown => None,
            Self::Year(year) => Some(year),
            Self::On(day) => Some(day.year()),
        }
    }

    /// Whether a day lies before it for certain.
    pub fn is_after(self, day: Date) -> bool {
        match self {
            Self::Unknown => false,
            Self::Year(year) => year > day.year(),
            Self::On(born) => born > day,
        }
    }

    /// Whether both can be true of one subject.
    pub fn agrees_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::On(one), Self::On(two)) => one == two,
            _ => self.year().zip(other.year()).is_none_or(|(one, two)| one == two),
        }
    }

    /// As it is written in a table: `05/02/1980`, `1980`; empty where unknown.
    pub fn in_table(self) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::Year(year) => year.to_string(),
            Self::On(day) => day.in_table(),
        }
    }

    /// The form that other programs read: `1980-02-05`, `1980`; empty where unknown.
    pub fn in_iso(self) -> String {
        match self {
            Self::On(day) => day.to_string(),
            Self::Unknown | Self::Year(_) => self.in_table(),
        }
    }
}

/// The last word of a person's name is what Vietnamese lists are ordered by in schools and offices; names are kept as
/// written and never split, so pages order them whole.
///
/// # Errors
/// [`SubjectFault::BadName`] for a text that is no name.
pub fn name_of(text: &str) -> Result<String, Refusal> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = nfc(&words.join(" "));
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let fits = letters >= 2 && name.chars().count() <= NAME_CHARS_MAX && !name.chars().any(char::is_control);
    if fits { Ok(name) } else { Err(Refusal::Subject(SubjectFault::BadName { most: NAME_CHARS_MAX })) }
}

/// The word of a kind of subject in addresses, files and the API.
pub fn kind_word(kind: Subject) -> &'static str {
    match kind {
        Subject::Individual => "individual",
        Subject::Collective => "collective",
        Subject::Household => "household",
    }
}
