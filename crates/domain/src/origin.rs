//! Where a stored fact comes from, and how far it can be trusted.

use thidua_base::Number;

/// How a fact came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Reported by the unit that owns it, or printed in a report.
    Reported,
    /// Computed from what is printed: the exact value was not, but must lie in `low..=high`
    /// (equal bounds where the printed figures leave one value).
    Implied {
        /// Smallest value that prints the same.
        low: Number,
        /// Largest value that prints the same.
        high: Number,
    },
    /// Made up to fill a screen; shown as such wherever it appears.
    Sample,
    /// Taken from a public register (law, administrative units).
    Reference,
}

impl Origin {
    /// The word stored and shown in data files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Implied { .. } => "implied",
            Self::Sample => "sample",
            Self::Reference => "reference",
        }
    }
}

/// Origin, and where exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// How the fact came to be known.
    pub origin: Origin,
    /// Where: a fact of the founding report (`E-35`), a file and row, a register. May be empty.
    pub source: String,
}
