//! Why there is no page: told to the reader in a sentence, to the operator once in the log.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::Error;
use thidua_domain::Refusal;
use thidua_domain::account::Duty;

use crate::paths;

/// Why a request has no page of its own.
#[derive(Debug, Clone)]
pub enum Fault {
    /// There is nothing at this address, or it is not for this reader.
    NotFound,
    /// The reader can do something about it.
    Refused(Refusal),
    /// Too many ask at once; trying again helps.
    Busy,
    /// This address tried too often; waiting helps.
    TooMany,
    /// Something is to be done before anything else; the reader is led there.
    First(Duty),
    /// We or the machine failed; the reader gets an id, the log the rest.
    Internal(Arc<anyhow::Error>),
}

impl Fault {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::First(_) => StatusCode::SEE_OTHER,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(_) => Self::NotFound,
            Error::Refused(refusal) => Self::Refused(refusal),
            Error::Store(error) => Self::Internal(Arc::new(error.into())),
            Error::Internal(error) => Self::Internal(Arc::new(error)),
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::Internal(Arc::new(error.into()))
    }
}

/// Marks the response of a page that tells its own refusal, so that it is not given another face.
#[derive(Debug, Clone, Copy)]
pub struct Spoken;

/// An empty response that carries the fault; the outermost layer gives it a face.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match self {
            Self::First(Duty::ChangePassword) => return Redirect::to(paths::PASSWORD).into_response(),
            Self::First(Duty::EnrolSecondFactor) => return Redirect::to(paths::SECOND_FACTOR).into_response(),
            Self::NotFound | Self::Refused(_) | Self::Busy | Self::TooMany | Self::Internal(_) => {}
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
