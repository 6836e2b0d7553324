//! Conflicts of interest (xung đột lợi ích): declared before a member sees what a matter is.

use super::{Matter, Seat, Signed};

/// What a member declared of a matter; the last one counts, and one that says yes is never taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Why there is a conflict; none where they declared none.
    pub conflict: Option<String>,
    /// By whom and when.
    pub signed: Signed,
}

/// Why a member has no part in a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// They are the nominee.
    Oneself,
    /// They declared it.
    Declared,
}

impl Ground {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Oneself => "oneself",
            Self::Declared => "declared",
        }
    }
}

/// Why a seat has no part in a matter, or none; whoever is the nominee need not say so.
pub fn ground(seat: &Seat, matter: &Matter, declared: Option<&Declared>) -> Option<Ground> {
    if seat.subject.is_some() && seat.subject == matter.subject {
        return Some(Ground::Oneself);
    }
    declared.filter(|declared| declared.conflict.is_some()).map(|_| Ground::Declared)
}
