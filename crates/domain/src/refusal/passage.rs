//! What is wrong with a passage that a person typed.

/// What is wrong with a place for a value in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassageFault {
    /// Braces that do not match or hold nothing.
    Braces,
    /// A name that nothing bears.
    UnknownName(String),
    /// A word that cannot be said of such a thing.
    UnknownWord(String),
    /// A figure that cannot be told; the machine's own words.
    Figure(String),
}
