//! Why a program gets no answer: problem details (RFC 9457) with a stable name, and sentences in its user's language.

use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use thidua_app::Error;
use thidua_domain::Refusal;
use thidua_domain::refusal::MarkFault;
use utoipa::ToSchema;

use crate::fault::{Fault, Spoken};
use crate::messages::{Lang, Messages};

/// Why a request has no answer of its own.
#[derive(Debug, Clone)]
pub enum ApiFault {
    /// What every page knows as well.
    Fault(Fault),
    /// No key, or none that opens anything.
    Unauthorised,
    /// A parameter, header or field that cannot be read; its name.
    BadParameter(&'static str),
    /// A body that cannot be read; what the reader of it said.
    BadBody(String),
    /// A body of a kind that is not taken.
    MediaType,
    /// Another request came under the same name.
    KeyReused,
    /// A request under the same name is under way.
    KeyUnderWay,
}

impl From<Fault> for ApiFault {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Error> for ApiFault {
    fn from(error: Error) -> Self {
        Self::Fault(error.into())
    }
}

impl IntoResponse for ApiFault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl ApiFault {
    fn status(&self) -> StatusCode {
        match self {
            Self::Fault(Fault::Refused(refusal)) if stands_against(refusal) => StatusCode::CONFLICT,
            Self::Fault(fault) => fault.status(),
            Self::Unauthorised => StatusCode::UNAUTHORIZED,
            Self::BadParameter(_) | Self::BadBody(_) => StatusCode::BAD_REQUEST,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::KeyUnderWay => StatusCode::CONFLICT,
        }
    }

    /// The code of a problem, which stays.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Fault(Fault::Refused(refusal)) => refusal.code(),
            Self::Fault(fault) => code_of(fault.status()),
            Self::BadParameter(_) => "bad-parameter",
            Self::BadBody(_) => "bad-body",
            Self::KeyReused => "key-reused",
            Self::KeyUnderWay => "key-under-way",
            Self::Unauthorised | Self::MediaType => code_of(self.status()),
        }
    }

    /// What happened and what to do, for people.
    pub fn detail(&self, say: &'static Messages) -> String {
        match self {
            Self::Fault(Fault::Refused(refusal)) => say.refusal(refusal),
            Self::BadParameter(name) => say.with("problem-detail.bad-parameter", &[("name", name)]),
            Self::BadBody(why) => say.with("problem-detail.bad-body", &[("why", why)]),
            Self::Fault(_) | Self::Unauthorised | Self::MediaType | Self::KeyReused | Self::KeyUnderWay => {
                say.get(&format!("problem-detail.{}", self.code())).to_owned()
            }
        }
    }
}

/// Whether a request is refused for how things stand, so that it may be right at another time.
fn stands_against(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::ChangedMeanwhile
            | Refusal::StepNotOpen { .. }
            | Refusal::SheetSent { .. }
            | Refusal::SheetNotReady { .. }
            | Refusal::CycleClosed { .. }
            | Refusal::CycleExists
            | Refusal::FormExists { .. }
            | Refusal::AccountExists { .. }
            | Refusal::RoleHeldAlready
            | Refusal::RoleNotHeld
            | Refusal::OpenObjections { .. }
            | Refusal::BadMark { why: MarkFault::Frozen | MarkFault::Sent | MarkFault::ChangedMeanwhile { .. }, .. }
    )
}

fn code_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "unauthorised",
        404 => "not-found",
        405 => "method-not-allowed",
        413 => "too-large",
        415 => "media-type",
        429 => "too-many-requests",
        503 => "busy",
        status if status >= 500 => "internal",
        _ => "bad-request",
    }
}

/// Problem details, as RFC 9457 has them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A stable name, `urn:thidua:problem:` and a code; programs decide by it.
    #[serde(rename = "type")]
    pub kind: String,
    /// What kind of problem it is, for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do, for people.
    pub detail: String,
    /// The request, as the server's log names it.
    pub instance: String,
}

/// The fault of every page that a fault of the interface is, if it is one.
pub fn inner(response: &Response) -> Option<Fault> {
    match response.extensions().get::<ApiFault>() {
        Some(ApiFault::Fault(fault)) => Some(fault.clone()),
        _ => None,
    }
}

/// Gives a failed request its problem details.
pub fn face(response: &mut Response, headers: &HeaderMap, id: &str) -> Response {
    let fault = response.extensions_mut().remove::<ApiFault>();
    let fault = fault.or_else(|| response.extensions_mut().remove::<Fault>().map(ApiFault::Fault));
    let say = Messages::of(lang_of(headers));
    let status = fault.as_ref().map_or(response.status(), ApiFault::status);
    let code = fault.as_ref().map_or(code_of(status), ApiFault::code);
    let detail = match &fault {
        Some(fault) => fault.detail(say),
        None => say.get(&format!("problem-detail.{code}")).to_owned(),
    };
    let is_refused = matches!(fault, Some(ApiFault::Fault(Fault::Refused(_))));
    let title = if is_refused { "problem.refused".to_owned() } else { format!("problem.{code}") };
    let problem = Problem {
        kind: format!("urn:thidua:problem:{code}"),
        title: say.get(&title).to_owned(),
        status: status.as_u16(),
        detail,
        instance: format!("urn:thidua:request:{id}"),
    };
    let text = serde_json::to_vec(&problem).unwrap_or_default();
    let mut answer = (status, [(CONTENT_TYPE, "application/problem+json")], text).into_response();
    if status == StatusCode::UNAUTHORIZED {
        answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(allow) = response.headers_mut().remove("allow") {
        answer.headers_mut().insert("allow", allow);
    }
    answer.extensions_mut().insert(Spoken);
    answer
}

/// The first language asked for that is spoken here; Vietnamese without one.
pub fn lang_of(headers: &HeaderMap) -> Lang {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (Lang::Vi, 0_u32);
    for one in asked.split(',') {
        let mut parts = one.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
        // Thousandths, so that nothing is counted with fractions.
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1_000, weight_of);
        let lang = match tag.split('-').next().unwrap_or_default() {
            "vi" => Lang::Vi,
            "en" => Lang::En,
            _ => continue,
        };
        if weight > best.1 {
            best = (lang, weight);
        }
    }
    best.0
}

fn weight_of(text: &str) -> u32 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = rest.chars().chain("000".chars()).take(3).collect();
    let thousandths = digits.parse::<u32>().unwrap_or(0);
    whole.parse::<u32>().unwrap_or(0).min(1) * 1_000 + thousandths.min(999)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_asked_for_most_is_spoken() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().unwrap());
            lang_of(&headers)
        };
        assert_eq!(lang_of(&HeaderMap::new()), Lang::Vi);
        for (asked, lang) in [
            ("en", Lang::En),
            ("en-GB,en;q=0.9", Lang::En),
            ("fr, en;q=0.5, vi;q=0.8", Lang::Vi),
            ("vi;q=0.5, en;q=0.85", Lang::En),
            ("en;q=0", Lang::Vi),
            ("fr", Lang::Vi),
            ("en;q=nonsense", Lang::Vi),
        ] {
            assert_eq!(of(asked), lang, "{asked}");
        }
    }
}
