//! Posts come from pages of this site: what a browser says of their origin is checked before anything else.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use thidua_domain::Refusal;

use crate::fault::Fault;

/// Refuses a request that changes something and was begun by another site. Forms of accounts carry a token as
/// well; the choices of language and light, which hold nothing secret, have this guard alone.
pub async fn guard(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && is_foreign(request.headers()) {
        return Fault::Refused(Refusal::StaleForm).into_response();
    }
    next.run(request).await
}

/// Whether a browser says that another site began the request. One that says nothing is old or no browser.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return false };
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_none() || host != text(HOST.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(sent: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.insert(*name, value.parse().unwrap());
        }
        is_foreign(&headers)
    }

    #[test]
    fn another_site_is_told_by_either_header() {
        assert!(!foreign(&[]));
        assert!(!foreign(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!foreign(&[("sec-fetch-site", "none")]));
        assert!(foreign(&[("sec-fetch-site", "cross-site")]));
        assert!(foreign(&[("sec-fetch-site", "same-site"), ("host", "a"), ("origin", "http://a")]));
        assert!(!foreign(&[("host", "127.0.0.1:8020"), ("origin", "http://127.0.0.1:8020")]));
        for origin in ["http://evil.example", "null", "http://127.0.0.1:8021", "http://127.0.0.1:8020.evil.example"] {
            assert!(foreign(&[("host", "127.0.0.1:8020"), ("origin", origin)]), "{origin}");
        }
    }
}
