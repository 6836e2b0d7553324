//! Why a verb could not be done, told apart by who must act.

use thidua_domain::Refusal;

/// Why a verb could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The user can do something about it; shown in their language.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It is not there, or this actor may not know that it is.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The database cannot be used as it is; the operator can act.
    #[error(transparent)]
    Store(#[from] thidua_store::Error),
    /// We or the machine failed; logged once.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl From<thidua_domain::refusal::SubjectFault> for Error {
    fn from(fault: thidua_domain::refusal::SubjectFault) -> Self {
        Self::Refused(fault.into())
    }
}

impl From<thidua_domain::refusal::DecisionFault> for Error {
    fn from(fault: thidua_domain::refusal::DecisionFault) -> Self {
        Self::Refused(fault.into())
    }
}
