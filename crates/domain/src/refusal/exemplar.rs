//! Why something about an exemplar is not taken.

/// Why something about an exemplar is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExemplarFault {
    /// It has no name.
    #[error("it has no name")]
    NoName,
    /// Its field is none of the register's.
    #[error("the field '{asked}' is not known")]
    UnknownField {
        /// What was asked for.
        asked: String,
    },
    /// A size without a unit of measure.
    #[error("a size needs a measure")]
    NoMeasure,
    /// A size that is no number, or not above zero.
    #[error("'{asked}' is no size")]
    BadSize {
        /// What was given.
        asked: String,
    },
    /// A year that is not over, or before anything is known.
    #[error("{year} is not a year since when it can be")]
    BadYear {
        /// The year.
        year: String,
    },
    /// It does not say how it is done.
    #[error("it does not say how it is done")]
    NoMethod,
    /// An exemplar of this name stands at this place already.
    #[error("it stands in the register already: {name}")]
    AlreadyThere {
        /// The name that is there.
        name: String,
    },
    /// The step is not open from where it stands.
    #[error("not from here: {state}")]
    StepNotOpen {
        /// Where it stands.
        state: &'static str,
    },
    /// A recognition without the number of its decision.
    #[error("a recognition names its decision")]
    NoDecision,
    /// A day that has not come.
    #[error("the day has not come")]
    DayAhead,
    /// A day before the step before it, or before the exemplar began.
    #[error("the day lies before what went before")]
    DayBefore,
    /// It copies itself.
    #[error("a unit does not copy itself")]
    OwnCopy,
    /// The unit told the same before.
    #[error("the unit told this before")]
    ToldBefore,
    /// It names no indicator by which a change could be seen.
    #[error("no indicator is named")]
    NoIndicator,
    /// An indicator that is not defined.
    #[error("there is no indicator '{asked}'")]
    UnknownIndicator {
        /// What was asked for.
        asked: String,
    },
    /// A movement that the register does not have.
    #[error("there is no movement '{asked}'")]
    UnknownMovement {
        /// What was asked for.
        asked: String,
    },
    /// What nobody has recognised is not copied.
    #[error("nobody has recognised it")]
    NotRecognised,
    /// A file that is no picture.
    #[error("the file is no picture that is taken")]
    NoPicture,
    /// More bytes than a picture may have.
    #[error("the picture is larger than {most} MB")]
    PictureTooLarge {
        /// Most megabytes.
        most: usize,
    },
    /// More points than a picture may have on a side.
    #[error("the picture is larger than {most} points on a side")]
    PictureTooWide {
        /// Most points.
        most: i64,
    },
    /// A picture without words for who cannot see it.
    #[error("a picture needs words")]
    NoCaption,
    /// More papers and pictures than one exemplar may have.
    #[error("an exemplar has at most {most} papers and pictures")]
    TooManyPapers {
        /// The most.
        most: usize,
    },
}

impl ExemplarFault {
    /// The key of its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoName => "no-name",
            Self::UnknownField { .. } => "unknown-field",
            Self::NoMeasure => "no-measure",
            Self::BadSize { .. } => "bad-size",
            Self::BadYear { .. } => "bad-year",
            Self::NoMethod => "no-method",
            Self::AlreadyThere { .. } => "already-there",
            Self::StepNotOpen { .. } => "step-not-open",
            Self::NoDecision => "no-decision",
            Self::DayAhead => "day-ahead",
            Self::DayBefore => "day-before",
            Self::OwnCopy => "own-copy",
            Self::ToldBefore => "told-before",
            Self::NoIndicator => "no-indicator",
            Self::UnknownIndicator { .. } => "unknown-indicator",
            Self::UnknownMovement { .. } => "unknown-movement",
            Self::NotRecognised => "not-recognised",
            Self::NoPicture => "no-picture",
            Self::PictureTooLarge { .. } => "picture-too-large",
            Self::PictureTooWide { .. } => "picture-too-wide",
            Self::NoCaption => "no-caption",
            Self::TooManyPapers { .. } => "too-many-papers",
        }
    }
}

impl From<ExemplarFault> for super::Refusal {
    fn from(why: ExemplarFault) -> Self {
        Self::BadExemplar { why }
    }
}
