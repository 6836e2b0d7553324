//! Why something was not done, for a person who can do something about it.
//!
//! Each refusal carries the facts a good sentence needs; the sentences are message files of `web`.

/// A refusal; [`Refusal::code`] names its sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A unit that does not exist, or is not to be seen.
    #[error("unknown unit '{asked}'")]
    UnknownUnit {
        /// What was asked for.
        asked: String,
        /// Units close in name, for the sentence.
        near: Vec<String>,
    },
    /// A text that is no period, or a period without data.
    #[error("unknown period '{asked}'")]
    UnknownPeriod {
        /// What was asked for.
        asked: String,
        /// Periods that have data.
        known: Vec<String>,
    },
    /// A form that does not exist.
    #[error("unknown form '{asked}'")]
    UnknownForm {
        /// What was asked for.
        asked: String,
        /// Forms that exist.
        known: Vec<String>,
    },
    /// A report that does not exist, or is not to be seen.
    #[error("unknown report '{asked}'")]
    UnknownReport {
        /// What was asked for.
        asked: String,
    },
    /// A data pack that cannot be read as a whole.
    #[error("pack file {file}, line {line}, key '{key}': {why}")]
    BrokenPack {
        /// The file inside the pack.
        file: String,
        /// Line, from 1; 0 where the file as a whole is meant.
        line: usize,
        /// The key or column, empty where none can be named.
        key: String,
        /// What is wrong.
        why: PackFault,
    },
    /// A database without any report.
    #[error("nothing is loaded")]
    NothingLoaded,
    /// A pack that is loaded already.
    #[error("pack '{pack}' is loaded already")]
    PackLoaded {
        /// The pack's code.
        pack: String,
    },
    /// A line of a report that does not exist.
    #[error("the report has no line '{asked}'")]
    UnknownLine {
        /// What was asked for.
        asked: String,
    },
    /// A typed passage or template that cannot be filled.
    #[error("a passage cannot be filled: {why}")]
    BadPassage {
        /// What is wrong, with the words between the braces.
        why: String,
    },
    /// No official layout is known for a day.
    #[error("no official layout is known for {day}")]
    NoLayout {
        /// The day.
        day: thidua_base::Date,
    },
    /// An override without a reason.
    #[error("an override needs a reason")]
    NoReason,
}

/// What is wrong with a place in a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackFault {
    /// The file is missing.
    #[error("the file is missing")]
    MissingFile,
    /// The file is not UTF-8; the byte offset of the first bad byte.
    #[error("not UTF-8 at byte {0}")]
    NotUtf8(usize),
    /// The text is not in Normal Form C.
    #[error("not in Normal Form C")]
    NotNfc,
    /// The file's grammar is broken; the parser's own words.
    #[error("{0}")]
    Syntax(String),
    /// A key that the format does not know.
    #[error("unknown key")]
    UnknownKey,
    /// A value that does not fit its place; what was expected.
    #[error("expected {0}")]
    Expected(String),
    /// A code that nothing in the pack defines.
    #[error("nothing is called '{0}'")]
    Dangling(String),
    /// A code defined twice.
    #[error("'{0}' is defined twice")]
    Twice(String),
    /// Sample parts that do not add up to what is printed.
    #[error("parts add up to {sum}, the total says {total}")]
    DoesNotAddUp {
        /// The sum of the parts.
        sum: String,
        /// The total.
        total: String,
    },
}

impl Refusal {
    /// The stable code: the key of the sentence and what an API sends.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownUnit { .. } => "unknown-unit",
            Self::UnknownPeriod { .. } => "unknown-period",
            Self::UnknownForm { .. } => "unknown-form",
            Self::UnknownReport { .. } => "unknown-report",
            Self::BrokenPack { .. } => "broken-pack",
            Self::NothingLoaded => "nothing-loaded",
            Self::PackLoaded { .. } => "pack-loaded",
            Self::UnknownLine { .. } => "unknown-line",
            Self::BadPassage { .. } => "bad-passage",
            Self::NoLayout { .. } => "no-layout",
            Self::NoReason => "no-reason",
        }
    }
}
