//! What is wrong with a decision on awards, or with the money for it.

use thidua_base::Date;

/// What is wrong; [`DecisionFault::code`] names its sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionFault {
    /// A decision without a title.
    #[error("it has no title")]
    NoTitle,
    /// A year nobody means.
    #[error("'{asked}' is not the year of an achievement")]
    BadYear {
        /// What was asked for.
        asked: String,
    },
    /// A decision without lines.
    #[error("it names nobody")]
    NoLines,
    /// One subject twice with one honour.
    #[error("'{name}' stands in it twice with one honour")]
    NamedTwice {
        /// Who.
        name: String,
    },
    /// A line without a name, or with one too long.
    #[error("a line needs a name")]
    NoName,
    /// A document without its number.
    #[error("a document needs its number")]
    NoNumber,
    /// A number that another decision of the unit and year has.
    #[error("the number '{number}' is taken by the decision of {on}")]
    NumberTaken {
        /// The number.
        number: String,
        /// The day of the decision that has it.
        on: Date,
    },
    /// A signature without a name or a position.
    #[error("nobody signs")]
    NoSigner,
    /// A day that has not come.
    #[error("{on} has not come yet")]
    DayAhead {
        /// The day.
        on: Date,
    },
    /// An authority that the law does not give the honour to.
    #[error("{authority} does not decide on {honour} ({cite})")]
    NotTheirs {
        /// The authority, as printed.
        authority: String,
        /// The honour's name.
        honour: String,
        /// Where it is read.
        cite: String,
    },
    /// What is wrong with one line.
    #[error("line {line}, {name}: {why}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// Who.
        name: String,
        /// What is wrong.
        why: Box<super::SubjectFault>,
    },
    /// A step that does not follow on where the decision stands.
    #[error("it is {state}")]
    WrongState {
        /// Where it stands.
        state: &'static str,
    },
    /// A line that is not there.
    #[error("it has no line {line}")]
    NoSuchLine {
        /// What was asked for.
        line: usize,
    },
    /// An award that was taken back already.
    #[error("it was taken back on {on}")]
    RevokedAlready {
        /// The day.
        on: Date,
    },
    /// A day before the decision.
    #[error("{on} is before the decision of {signed}")]
    BeforeSigned {
        /// The day.
        on: Date,
        /// The day of the decision.
        signed: Date,
    },
    /// A payment of what is not due.
    #[error("{asked} is not due, {due} is")]
    NotDue {
        /// How much was asked for, in đồng.
        asked: i64,
        /// How much is due, in đồng.
        due: i64,
    },
    /// Bonuses without a fund.
    #[error("{needed} đồng and no fund")]
    NoFund {
        /// How much is needed, in đồng.
        needed: i64,
    },
    /// A fund with too little in it.
    #[error("{needed} đồng and {free} free")]
    FundShort {
        /// How much is free, in đồng.
        free: i64,
        /// How much is needed, in đồng.
        needed: i64,
    },
    /// An amount nobody means.
    #[error("'{asked}' is no amount")]
    BadAmount {
        /// What was asked for.
        asked: String,
    },
    /// A fund of that name in that unit and year.
    #[error("the fund '{name}' is there already")]
    FundExists {
        /// Its name.
        name: String,
    },
}

impl DecisionFault {
    /// The stable code: the key of the sentence and what an API sends.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoTitle => "decision-no-title",
            Self::BadYear { .. } => "decision-bad-year",
            Self::NoLines => "decision-no-lines",
            Self::NamedTwice { .. } => "named-twice",
            Self::NoName => "decision-no-name",
            Self::NoNumber => "no-number",
            Self::NumberTaken { .. } => "number-taken",
            Self::NoSigner => "no-signer",
            Self::DayAhead { .. } => "decision-day-ahead",
            Self::NotTheirs { .. } => "not-their-honour",
            Self::Line { .. } => "decision-line",
            Self::WrongState { .. } => "decision-state",
            Self::NoSuchLine { .. } => "no-such-line",
            Self::RevokedAlready { .. } => "revoked-already",
            Self::BeforeSigned { .. } => "before-signed",
            Self::NotDue { .. } => "not-due",
            Self::NoFund { .. } => "no-fund",
            Self::FundShort { .. } => "fund-short",
            Self::BadAmount { .. } => "bad-amount",
            Self::FundExists { .. } => "fund-exists",
        }
    }
}
