//! Why something in a council or its session is not done.

/// Why it is not done; [`CouncilFault::code`] names its sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CouncilFault {
    /// A decision without a number, or one that is to count before its day.
    #[error("the decision has no number, or counts before its day")]
    BadWarrant,
    /// A change that changes nothing.
    #[error("nothing changes")]
    NothingChanges,
    /// A seat that is not there or not held.
    #[error("no seat {number}")]
    NoSuchSeat {
        /// Its number.
        number: u16,
    },
    /// A seat without a person's name.
    #[error("a seat needs a name")]
    NamelessSeat,
    /// An account with two seats.
    #[error("{name} has a seat already")]
    SeatedTwice {
        /// Whose.
        name: String,
    },
    /// A council without a chair.
    #[error("the council has no chair")]
    NoChair,
    /// A council with more than one chair.
    #[error("the council has two chairs")]
    TwoChairs,
    /// A rule without its citation.
    #[error("a rule needs its citation")]
    RuleWithoutCitation,
    /// A text that is no share of persons.
    #[error("'{asked}' is no share")]
    BadShare {
        /// What was asked for.
        asked: String,
    },
    /// A session that is not as far, or is further.
    #[error("the session is {found}")]
    Stage {
        /// How far it is.
        found: &'static str,
    },
    /// An agenda without a matter.
    #[error("the agenda is empty")]
    EmptyAgenda,
    /// A council without a rule of its own on the day.
    #[error("the council has no rule on the day")]
    NoHouseRule,
    /// A matter that is not on the agenda.
    #[error("no such matter")]
    NoSuchMatter,
    /// An account or an honour that is not known.
    #[error("unknown: '{asked}'")]
    Unknown {
        /// What was asked for.
        asked: String,
    },
    /// A question that was not put.
    #[error("no such question")]
    NoSuchQuestion,
    /// A text that is missing.
    #[error("a text is missing")]
    EmptyText,
    /// A text that is too long.
    #[error("a text is longer than {most} characters")]
    LongText {
        /// Most characters.
        most: usize,
    },
    /// A day that is yet to come.
    #[error("the day is yet to come")]
    DayAhead,
    /// A member with a conflict in the matter.
    #[error("the member has a conflict in the matter")]
    Conflicted,
    /// A member who has not said whether they have a conflict.
    #[error("the member has not declared")]
    NotDeclared,
    /// A member who is not present.
    #[error("the member is not present")]
    NotPresent,
    /// A seat without a vote.
    #[error("the seat has no vote")]
    NoVote,
    /// A ballot after the vote was closed.
    #[error("the vote is closed")]
    BallotClosed,
    /// A second ballot.
    #[error("the member has voted")]
    VotedAlready,
    /// A question on a matter that is being voted on.
    #[error("the matter is being voted on")]
    QuestionOpen,
    /// A second vote without a reason.
    #[error("a second vote needs a reason")]
    RevoteWithoutReason,
    /// A vote in the open where the law wants a secret one.
    #[error("the vote must be secret ({cite})")]
    MustBeSecret {
        /// Where it is said.
        cite: String,
    },
    /// A secret ballot of so few that the tally would tell who chose what.
    #[error("a secret ballot needs at least {least}")]
    TooFewForSecrecy {
        /// Fewest.
        least: usize,
    },
    /// Too few present.
    #[error("{present} are present, {needed} are needed")]
    QuorumLacking {
        /// How many are present.
        present: usize,
        /// How many are needed.
        needed: u32,
    },
    /// Fewer or more ballots than voters.
    #[error("{voters} voted, {ballots} ballots are there")]
    UrnLost {
        /// How many voted.
        voters: usize,
        /// How many ballots are there.
        ballots: usize,
    },
    /// A session that would be closed over open questions.
    #[error("{count} questions are open")]
    OpenQuestions {
        /// How many.
        count: usize,
    },
}

impl CouncilFault {
    /// The key of its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadWarrant => "council-bad-warrant",
            Self::NothingChanges => "council-nothing-changes",
            Self::NoSuchSeat { .. } => "council-no-such-seat",
            Self::NamelessSeat => "council-nameless-seat",
            Self::SeatedTwice { .. } => "council-seated-twice",
            Self::NoChair => "council-no-chair",
            Self::TwoChairs => "council-two-chairs",
            Self::RuleWithoutCitation => "council-rule-without-citation",
            Self::BadShare { .. } => "council-bad-share",
            Self::Stage { .. } => "council-stage",
            Self::EmptyAgenda => "council-empty-agenda",
            Self::NoHouseRule => "council-no-house-rule",
            Self::NoSuchMatter => "council-no-such-matter",
            Self::Unknown { .. } => "council-unknown",
            Self::NoSuchQuestion => "council-no-such-question",
            Self::EmptyText => "council-empty-text",
            Self::LongText { .. } => "council-long-text",
            Self::DayAhead => "council-day-ahead",
            Self::Conflicted => "council-conflicted",
            Self::NotDeclared => "council-not-declared",
            Self::NotPresent => "council-not-present",
            Self::NoVote => "council-no-vote",
            Self::BallotClosed => "council-ballot-closed",
            Self::VotedAlready => "council-voted-already",
            Self::QuestionOpen => "council-question-open",
            Self::RevoteWithoutReason => "council-revote-without-reason",
            Self::MustBeSecret { .. } => "council-must-be-secret",
            Self::TooFewForSecrecy { .. } => "council-too-few-for-secrecy",
            Self::QuorumLacking { .. } => "council-quorum-lacking",
            Self::UrnLost { .. } => "council-urn-lost",
            Self::OpenQuestions { .. } => "council-open-questions",
        }
    }
}
