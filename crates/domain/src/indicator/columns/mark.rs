//! What stands beside a figure in one byte: whether it was reported, why not, and how far it can be trusted.
//!
//! Bits that say "among these" are joined by `or`, so that a range is joined at the pace of memory.

use crate::indicator::{Absence, Nature, Value};
use crate::origin::Origin;

/// The least trusted origin among the figures that made a value (nguồn gốc yếu nhất).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weakest {
    /// All were reported, or taken from a public register.
    Reported,
    /// One at least was computed from what was printed.
    Implied,
    /// One at least was made up to fill a screen.
    Sample,
}

impl From<Origin> for Weakest {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Reported | Origin::Reference => Self::Reported,
            Origin::Implied { .. } => Self::Implied,
            Origin::Sample => Self::Sample,
        }
    }
}

/// The byte beside a cell or a total; zero for a cell of which nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mark(pub(super) u8);

const VALUED: u8 = 1;
const NOT_APPLICABLE: u8 = 1 << 1;
const NONE_OCCURRED: u8 = 1 << 2;
const WITHHELD: u8 = 1 << 3;
/// Somebody said that nothing was reported; not the same as a cell that nobody wrote.
const NOT_REPORTED: u8 = NONE_OCCURRED | WITHHELD;
const ESTIMATE: u8 = 1 << 4;
const PROVISIONAL: u8 = 1 << 5;
const IMPLIED: u8 = 1 << 6;
const SAMPLE: u8 = 1 << 7;
/// The bits that a total takes over from what it is made of.
const JOINED: u8 = VALUED | ESTIMATE | PROVISIONAL | IMPLIED | SAMPLE;
/// In the mark of a total: the unit's own figure, not made up from those below.
const OWN: u8 = 1 << 1;

impl Mark {
    /// The mark of a cell.
    pub(super) fn of(value: Value, nature: Nature, weakest: Weakest) -> Self {
        let trust = match nature {
            Nature::Estimate => ESTIMATE,
            Nature::Provisional => PROVISIONAL,
            Nature::Official => 0,
        } | match weakest {
            Weakest::Reported => 0,
            Weakest::Implied => IMPLIED,
            Weakest::Sample => SAMPLE,
        };
        Self(match value {
            Value::Of(_) => VALUED | trust,
            Value::Absent(Absence::NoneOccurred) => VALUED | NONE_OCCURRED | trust,
            // What is not there adds nothing to a total, not even doubt.
            Value::Absent(Absence::NotApplicable) => NOT_APPLICABLE,
            Value::Absent(Absence::Withheld) => WITHHELD,
            Value::Absent(Absence::NotReported) => NOT_REPORTED,
        })
    }

    /// Whether nobody wrote the cell.
    pub(super) fn is_blank(self) -> bool {
        self.0 == 0
    }

    /// Whether there is a value: of a cell, a number or "none occurred".
    pub(super) fn is_valued(self) -> bool {
        self.0 & VALUED != 0
    }

    /// Units of this cell that reported, and that should.
    pub(super) fn coverage(self) -> (u32, u32) {
        (u32::from(self.is_valued()), u32::from(self.0 & NOT_APPLICABLE == 0))
    }

    /// What a total keeps of it.
    pub(super) fn joined(self, other: Self) -> Self {
        Self((self.0 | other.0) & JOINED)
    }

    /// The mark of a total that stands for the unit's own figure.
    pub(super) fn owned(self) -> Self {
        Self(self.0 & JOINED | OWN)
    }

    /// Of a total: whether it is the unit's own figure.
    pub(super) fn is_own(self) -> bool {
        self.0 & OWN != 0
    }

    /// The least firm nature joined in.
    pub(super) fn nature(self) -> Nature {
        if self.0 & ESTIMATE != 0 {
            Nature::Estimate
        } else if self.0 & PROVISIONAL != 0 {
            Nature::Provisional
        } else {
            Nature::Official
        }
    }

    /// The least trusted origin joined in.
    pub(super) fn weakest(self) -> Weakest {
        if self.0 & SAMPLE != 0 {
            Weakest::Sample
        } else if self.0 & IMPLIED != 0 {
            Weakest::Implied
        } else {
            Weakest::Reported
        }
    }
}

/// The marks of a range of cells, joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Joined {
    /// Cells with a value.
    pub(super) reported: u32,
    /// Cells that should have one.
    pub(super) expected: u32,
    /// The trust of those with a value.
    pub(super) mark: Mark,
}

/// Marks counted: cells with a value, cells outside, and all bits seen.
#[derive(Default)]
struct Counted {
    valued: u32,
    outside: u32,
    any: u8,
}

/// Joins the marks of a range of cells.
pub(super) fn joined_over(marks: &[u8]) -> Joined {
    // The communes of a district are few: lanes would cost more than they save.
    const FEW: usize = 64;
    let mut counted = Counted::default();
    if marks.len() < FEW {
        counted.one_by_one(marks);
    } else {
        counted.in_lanes(marks);
    }
    let cells = u32::try_from(marks.len()).expect("a tree has fewer than 2^32 leaves");
    Joined { reported: counted.valued, expected: cells - counted.outside, mark: Mark(counted.any & JOINED) }
}

impl Counted {
    fn one_by_one(&mut self, marks: &[u8]) {
        for mark in marks {
            self.valued += u32::from(mark & VALUED);
            self.outside += u32::from(mark & NOT_APPLICABLE) >> 1;
            self.any |= mark;
        }
    }

    /// Counts in bytes side by side, which the compiler turns into wide instructions.
    fn in_lanes(&mut self, marks: &[u8]) {
        const LANES: usize = 32;
        // A lane of one byte counts to 255 before it is emptied.
        const ROWS: usize = 255;
        for block in marks.chunks(LANES * ROWS) {
            let (mut valued, mut outside, mut any) = ([0u8; LANES], [0u8; LANES], [0u8; LANES]);
            let (rows, rest) = block.as_chunks::<LANES>();
            for row in rows {
                for lane in 0..LANES {
                    valued[lane] += row[lane] & VALUED;
                    outside[lane] += (row[lane] & NOT_APPLICABLE) >> 1;
                    any[lane] |= row[lane];
                }
            }
            self.valued += valued.iter().map(|n| u32::from(*n)).sum::<u32>();
            self.outside += outside.iter().map(|n| u32::from(*n)).sum::<u32>();
            self.any |= any.iter().fold(0, |any, mark| any | mark);
            self.one_by_one(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use thidua_base::Number;

    fn any_mark() -> impl Strategy<Value = Mark> {
        let values = prop::sample::select(vec![
            Value::Of(Number::whole(5)),
            Value::Absent(Absence::NoneOccurred),
            Value::Absent(Absence::NotApplicable),
            Value::Absent(Absence::NotReported),
            Value::Absent(Absence::Withheld),
        ]);
        let natures = prop::sample::select(vec![Nature::Estimate, Nature::Provisional, Nature::Official]);
        let weakest = prop::sample::select(vec![Weakest::Reported, Weakest::Implied, Weakest::Sample]);
        (values, natures, weakest).prop_map(|(value, nature, weakest)| Mark::of(value, nature, weakest))
    }

    #[test]
    fn zero_none_occurred_and_missing_are_three_marks() {
        let mark = |value| Mark::of(value, Nature::Official, Weakest::Reported);
        let zero = mark(Value::Of(Number::whole(0)));
        let none = mark(Value::Absent(Absence::NoneOccurred));
        let missing = mark(Value::Absent(Absence::NotReported));
        assert!(zero != none && none != missing && zero != missing);
        assert_eq!((zero.coverage(), none.coverage(), missing.coverage()), ((1, 1), (1, 1), (0, 1)));
        assert_eq!(mark(Value::Absent(Absence::NotApplicable)).coverage(), (0, 0));
        assert!(Mark::default().is_blank() && !missing.is_blank());
    }

    #[test]
    fn a_long_range_counts_past_a_byte() {
        let marks = vec![VALUED; 20_000];
        assert_eq!(joined_over(&marks).reported, 20_000);
    }

    proptest! {
        #[test]
        fn a_range_joins_as_its_cells_do(marks in prop::collection::vec(any_mark(), 0..200)) {
            let bytes: Vec<u8> = marks.iter().map(|mark| mark.0).collect();
            let joined = joined_over(&bytes);
            let one_by_one = marks.iter().fold((0, 0, Mark::default()), |(n, m, mark), next| {
                (n + next.coverage().0, m + next.coverage().1, mark.joined(*next))
            });
            prop_assert_eq!((joined.reported, joined.expected, joined.mark), one_by_one);
            let valued = marks.iter().filter(|mark| mark.is_valued());
            prop_assert_eq!(joined.mark.weakest(), valued.clone().map(|m| m.weakest()).max().unwrap_or(Weakest::Reported));
            prop_assert_eq!(joined.mark.nature(), valued.map(|m| m.nature()).min().unwrap_or(Nature::Official));
        }
    }
}
