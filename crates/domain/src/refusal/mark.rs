//! Why a mark, a claim or an excuse in the scoring of a cluster is not taken.

use thidua_base::Number;

/// Why a mark, a claim or an excuse is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MarkFault {
    /// The scheme has no such criterion, or it is a group.
    #[error("no such leaf")]
    NoSuchLeaf,
    /// The unit is not scored in this cluster and year.
    #[error("the unit is not a member")]
    NotMember,
    /// The criterion is scored from figures, which nobody types.
    #[error("its actual and its target come from the indicators")]
    FromFigures,
    /// The answer is not of the kind the criterion asks.
    #[error("the answer is not of the kind the criterion asks")]
    OtherKind,
    /// Points or an amount outside what the criterion allows.
    #[error("{found} is not between 0 and {most}")]
    OutOfRange {
        /// What was given.
        found: Number,
        /// The most.
        most: Number,
    },
    /// A unit that would excuse itself, review itself, or write another's claim.
    #[error("not for the unit itself to do")]
    NotYours,
    /// A level of marking that the scheme does not have.
    #[error("the scheme has no such level")]
    NoSuchLevel,
    /// A change without a reason.
    #[error("a change needs a reason")]
    NoReason,
    /// The unit's sheet was sent: what stands in it is what others look at.
    #[error("the sheet was sent")]
    Sent,
    /// The round is frozen.
    #[error("the round is closed and frozen")]
    Frozen,
    /// Evidence that is not there or was revoked.
    #[error("the file '{file}' is not there or was revoked")]
    NoSuchEvidence {
        /// The file.
        file: String,
    },
    /// The mark below was changed after it was looked at.
    #[error("the mark is {now} by now")]
    ChangedMeanwhile {
        /// What it is.
        now: Number,
    },
}

impl MarkFault {
    /// The key of its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchLeaf => "no-such-leaf",
            Self::NotMember => "not-member",
            Self::FromFigures => "from-figures",
            Self::OtherKind => "other-kind",
            Self::OutOfRange { .. } => "out-of-range",
            Self::NotYours => "not-yours",
            Self::NoSuchLevel => "no-such-level",
            Self::NoReason => "no-reason",
            Self::Sent => "sent",
            Self::Frozen => "frozen",
            Self::NoSuchEvidence { .. } => "no-such-evidence",
            Self::ChangedMeanwhile { .. } => "changed-meanwhile",
        }
    }
}
