//! What is wrong with a place in a file of data, and what it should hold.

/// What a place in a pack should hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A header row.
    Header,
    /// A column of this name.
    Column,
    /// So many columns.
    Columns {
        /// As many as the header has.
        wanted: u64,
        /// As many as the row has.
        found: u64,
    },
    /// A text.
    Text,
    /// Something, where there is nothing.
    Value,
    /// A text without spaces at its ends.
    Trimmed,
    /// A list of texts.
    Texts,
    /// A table.
    Table,
    /// A list of tables.
    Tables,
    /// A value of a kind, written like an example.
    Like {
        /// The kind: `code`, `day`, `instant`, `period`, `number`, `whole-number`, `decimals`, `tree-rule`.
        kind: &'static str,
        /// How it is written.
        example: &'static str,
        /// What stands there.
        found: String,
    },
    /// A day after another.
    DayAfter(thidua_base::Date),
    /// A year not before another.
    YearFrom(i16),
    /// One of a closed list of words; an empty one stands for nothing.
    OneOf {
        /// The words.
        words: Vec<String>,
        /// What stands there.
        found: String,
    },
    /// No interval, since the origin is not `implied`.
    NoInterval,
    /// The interval of an implied number.
    Interval,
    /// A number between two others.
    Between {
        /// The smaller.
        low: String,
        /// The larger.
        high: String,
    },
    /// Spans of days that do not overlap; which.
    NoOverlap(String),
    /// A history without contradiction; what contradicts.
    Consistent(String),
    /// Printable characters only.
    Printable,
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
    /// A value that does not fit its place; what was wanted.
    #[error("expected {0:?}")]
    Expected(Wanted),
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
    /// A criterion under one that is scored itself.
    #[error("'{0}' is scored itself and has nothing under it")]
    UnderLeaf(String),
    /// A band or step that can never be met, since one before it takes everything.
    #[error("'{0}' is never reached")]
    NeverReached(String),
    /// A best answer that does not bring the maximum.
    #[error("the best answer brings {best}, the maximum is {max}")]
    BelowMax {
        /// What it brings.
        best: String,
        /// The maximum.
        max: String,
    },
    /// Something that may only stand at the end of its list.
    #[error("'{0}' stands at the end only")]
    NotLast(String),
}
