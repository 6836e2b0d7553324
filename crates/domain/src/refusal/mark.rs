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

/// Why minutes of a cluster's meeting, or a move between clusters, are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MinutesFault {
    /// The day has not come.
    #[error("it was not held yet")]
    NotHeld,
    /// The day is in another year.
    #[error("its day is in another year")]
    OtherYear,
    /// No place is named.
    #[error("no place is named")]
    NoPlace,
    /// Nothing was concluded.
    #[error("nothing was concluded")]
    NoConclusion,
    /// It was chaired by who does not chair this cluster.
    #[error("it was chaired by who does not chair the cluster")]
    OtherChair,
    /// The unit is no member.
    #[error("the unit is no member")]
    NotMember,
    /// No member came.
    #[error("nobody came")]
    NobodyCame,
    /// A move from a cluster into itself.
    #[error("both clusters are the same")]
    SameCluster,
    /// A move to where the unit is already.
    #[error("the unit is a member already")]
    MemberAlready,
}

impl MinutesFault {
    /// Every fault.
    pub const ALL: [Self; 9] = [
        Self::NotHeld,
        Self::OtherYear,
        Self::NoPlace,
        Self::NoConclusion,
        Self::OtherChair,
        Self::NotMember,
        Self::NobodyCame,
        Self::SameCluster,
        Self::MemberAlready,
    ];

    /// The code that names its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotHeld => "not-held",
            Self::OtherYear => "other-year",
            Self::NoPlace => "no-place",
            Self::NoConclusion => "no-conclusion",
            Self::OtherChair => "other-chair",
            Self::NotMember => "not-member",
            Self::NobodyCame => "nobody-came",
            Self::SameCluster => "same-cluster",
            Self::MemberAlready => "member-already",
        }
    }
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
