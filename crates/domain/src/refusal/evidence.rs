//! Why a piece of evidence is not taken.

/// Why a piece of evidence is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceFault {
    /// It names no cell.
    #[error("it names no cell")]
    NoCells,
    /// Neither a file nor a document.
    #[error("it is neither a file nor a reference")]
    Nothing,
    /// A file of no bytes.
    #[error("the file is empty")]
    Empty,
    /// A file that broke off on its way.
    #[error("the file broke off")]
    Broken,
    /// More bytes than are taken.
    #[error("the file is larger than {most} MB")]
    TooLarge {
        /// Most megabytes.
        most: usize,
    },
    /// A file of a kind that is not taken: programs, pages of the web, archives, formats of before 2007.
    #[error("the file is of a kind that is not taken")]
    NotTaken,
    /// A document with macros.
    #[error("the file holds macros")]
    Macros,
    /// A file under the ending of another kind.
    #[error("the file is named '.{ending}' and is {kind}")]
    Mislabelled {
        /// The ending of its name.
        ending: String,
        /// The usual ending of what it is.
        kind: &'static str,
    },
    /// More pieces than a sheet may have.
    #[error("a sheet has at most {most} pieces of evidence")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// It was taken back before.
    #[error("it was withdrawn before")]
    Withdrawn,
}

impl EvidenceFault {
    /// The key of its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoCells => "no-cells",
            Self::Nothing => "nothing",
            Self::Empty => "empty",
            Self::Broken => "broken",
            Self::TooLarge { .. } => "too-large",
            Self::NotTaken => "not-taken",
            Self::Macros => "macros",
            Self::Mislabelled { .. } => "mislabelled",
            Self::TooMany { .. } => "too-many",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl From<EvidenceFault> for super::Refusal {
    fn from(why: EvidenceFault) -> Self {
        Self::BadEvidence { why }
    }
}
