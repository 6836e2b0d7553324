//! What the public sees of an exemplar: one table, read by the public page, by the forms beforehand, and by the manual.

use super::course::Standing;

/// A part of what is known of an exemplar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Name, field, place, size, since when.
    Facts,
    /// What is told, and how it is done.
    Method,
    /// The movement it came out of.
    Movement,
    /// The decision by which it was recognised, and its day.
    Decision,
    /// Pictures that whoever recognised or confirmed it has seen.
    Pictures,
    /// Who copied it, and what changed.
    Copies,
    /// The record of the person, collective or household.
    Record,
    /// Whom to ask.
    Contact,
    /// Papers and references.
    Papers,
    /// Who did what, and why.
    History,
}

/// To whom a part is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// To everyone.
    Everyone,
    /// To those who may read exemplars of its place.
    Readers,
}

/// The table. Nothing private is public: whom to ask, papers and names of those who act are not.
pub const PARTS: [(Part, Shown); 10] = [
    (Part::Facts, Shown::Everyone),
    (Part::Method, Shown::Everyone),
    (Part::Movement, Shown::Everyone),
    (Part::Decision, Shown::Everyone),
    (Part::Pictures, Shown::Everyone),
    (Part::Copies, Shown::Everyone),
    (Part::Record, Shown::Readers),
    (Part::Contact, Shown::Readers),
    (Part::Papers, Shown::Readers),
    (Part::History, Shown::Readers),
];

impl Part {
    /// The key of its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Method => "method",
            Self::Movement => "movement",
            Self::Decision => "decision",
            Self::Pictures => "pictures",
            Self::Copies => "copies",
            Self::Record => "record",
            Self::Contact => "contact",
            Self::Papers => "papers",
            Self::History => "history",
        }
    }

    /// Whether the public sees it.
    pub fn is_public(self) -> bool {
        PARTS.iter().any(|(part, shown)| *part == self && *shown == Shown::Everyone)
    }
}

/// Whether the public sees an exemplar at all: only while it is recognised and somebody vouches for it.
pub fn is_public(standing: Standing) -> bool {
    standing.is_live()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_private_is_public_and_every_part_is_decided_once() {
        for private in [Part::Contact, Part::Record, Part::Papers, Part::History] {
            assert!(!private.is_public(), "{private:?}");
        }
        assert!(Part::Facts.is_public() && Part::Copies.is_public());
        let mut words: Vec<&str> = PARTS.iter().map(|(part, _)| part.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), PARTS.len());
        let seen: Vec<Standing> = Standing::ALL.into_iter().filter(|standing| is_public(*standing)).collect();
        assert_eq!(seen, [Standing::Recognised, Standing::Confirmed]);
    }
}
