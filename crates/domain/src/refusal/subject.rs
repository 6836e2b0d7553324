//! What is wrong with what is told of a person, a collective or a household.

use thidua_base::{Date, Number};

/// What is wrong; [`SubjectFault::code`] names its sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubjectFault {
    /// A text that cannot be a name.
    #[error("a name has at least two letters and at most {most} characters")]
    BadName {
        /// Longest name, in characters.
        most: usize,
    },
    /// A text that is neither a day nor a year of birth or founding.
    #[error("'{asked}' is no day and no year of birth")]
    BadBirth {
        /// What was asked for.
        asked: String,
    },
    /// A citizen's number of the wrong shape, or one that contradicts what else is told; it is never repeated.
    #[error("the citizen's number is wrong: {why:?}")]
    BadCccd {
        /// What is wrong.
        why: CccdFault,
    },
    /// A word that a closed list does not have.
    #[error("'{asked}' is no word for '{field}'")]
    UnknownWord {
        /// The field.
        field: &'static str,
        /// What was asked for.
        asked: String,
        /// The words; none where any plain word fits.
        known: Vec<String>,
    },
    /// A field that must be filled.
    #[error("'{field}' is missing")]
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// A text that is no year, or one too far ahead.
    #[error("'{asked}' is not a year")]
    BadYear {
        /// What was asked for.
        asked: String,
    },
    /// An honour that the law book does not hold.
    #[error("unknown honour '{asked}'")]
    UnknownHonour {
        /// What was asked for.
        asked: String,
    },
    /// An authority that the law does not know.
    #[error("unknown authority '{asked}'")]
    UnknownAuthority {
        /// What was asked for.
        asked: String,
        /// Those it knows.
        known: Vec<String>,
    },
    /// An award or an initiative without the number of its decision.
    #[error("a decision needs its number")]
    NoDecisionNumber,
    /// Something before its person was born.
    #[error("{on} is before the birth ({born})")]
    BeforeBirth {
        /// The day.
        on: Date,
        /// The day or year of birth, as written in tables.
        born: String,
    },
    /// Something before its collective was founded.
    #[error("{on} is before the founding ({founded})")]
    BeforeFounding {
        /// The day.
        on: Date,
        /// The day or year of founding, as written in tables.
        founded: String,
    },
    /// A year of achievement outside the span of achievement.
    #[error("{year} is not within {from} to {to}")]
    YearOutsidePeriod {
        /// The year.
        year: i16,
        /// First day of the span.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// A year of achievement after the decision.
    #[error("{year} is after the decision of {on}")]
    YearAfterDecision {
        /// The year.
        year: i16,
        /// The day of the decision.
        on: Date,
    },
    /// An award that is known already.
    #[error("'{honour}' for {year} is known already: {number}, {on}")]
    DuplicateAward {
        /// The honour's name.
        honour: String,
        /// The year.
        year: i16,
        /// The number of the decision that is known.
        number: String,
        /// Its day.
        on: Date,
    },
    /// A rating beside another one of the same year.
    #[error("{year} is rated '{held}' already")]
    ContradictoryRating {
        /// The year.
        year: i16,
        /// The word of the grade that is known.
        held: &'static str,
    },
    /// A second count of points of one year that says otherwise.
    #[error("{year} has {held} points already", held = held.vi())]
    ContradictoryScore {
        /// The year.
        year: i16,
        /// The points that stand.
        held: Number,
    },
    /// A text that is no number of points of 100.
    #[error("'{asked}' is no number of points from 0 to 100")]
    BadPoints {
        /// What was asked for.
        asked: String,
    },
    /// A text that does not list points and maximum of groups.
    #[error("'{asked}' does not list points and maximum of groups, like '18/20, 25/30'")]
    BadGroups {
        /// What was asked for.
        asked: String,
    },
    /// A fact that is known already.
    #[error("the same is known already")]
    FactHeldAlready,
    /// A span that ends before it begins.
    #[error("the span ends on {to}, not after {from}")]
    BackwardSpan {
        /// First day.
        from: Date,
        /// The day that was given as its end.
        to: Date,
    },
    /// A day that has not come.
    #[error("{on} has not come yet")]
    DayAhead {
        /// The day.
        on: Date,
    },
    /// One and the same, to be merged with itself.
    #[error("they are one already")]
    SameSubject,
    /// Someone for whom another stands already.
    #[error("one of them was merged already")]
    MergedAlready,
    /// A person and a collective, to be merged.
    #[error("they are of different kinds")]
    DifferentKinds,
    /// Two persons with two citizen's numbers, to be merged.
    #[error("they have different citizen's numbers")]
    DifferentCccd,
    /// A citizen's number that somebody in reach has already.
    #[error("'{name}' has this citizen's number already")]
    CccdHeld {
        /// Who.
        name: String,
    },
}

/// What is wrong with a citizen's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CccdFault {
    /// Not twelve digits.
    Shape,
    /// The first three digits name no province and no country.
    Place,
    /// It tells another year of birth.
    Birth,
    /// It tells the other sex.
    Sex,
}

impl CccdFault {
    /// The word in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Place => "place",
            Self::Birth => "birth",
            Self::Sex => "sex",
        }
    }
}

impl SubjectFault {
    /// The stable code: the key of the sentence and what an API sends.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadName { .. } => "bad-name",
            Self::BadBirth { .. } => "bad-birth",
            Self::BadCccd { .. } => "bad-cccd",
            Self::UnknownWord { .. } => "unknown-word",
            Self::MissingField { .. } => "missing-field",
            Self::BadYear { .. } => "bad-year",
            Self::UnknownHonour { .. } => "unknown-honour",
            Self::UnknownAuthority { .. } => "unknown-authority",
            Self::NoDecisionNumber => "no-decision-number",
            Self::BeforeBirth { .. } => "before-birth",
            Self::BeforeFounding { .. } => "before-founding",
            Self::YearOutsidePeriod { .. } => "year-outside-period",
            Self::YearAfterDecision { .. } => "year-after-decision",
            Self::DuplicateAward { .. } => "duplicate-award",
            Self::ContradictoryRating { .. } => "contradictory-rating",
            Self::ContradictoryScore { .. } => "contradictory-score",
            Self::BadPoints { .. } => "bad-points",
            Self::BadGroups { .. } => "bad-groups",
            Self::FactHeldAlready => "fact-held-already",
            Self::BackwardSpan { .. } => "backward-span",
            Self::DayAhead { .. } => "day-ahead",
            Self::SameSubject => "same-subject",
            Self::MergedAlready => "merged-already",
            Self::DifferentKinds => "different-kinds",
            Self::DifferentCccd => "different-cccd",
            Self::CccdHeld { .. } => "cccd-held",
        }
    }
}
