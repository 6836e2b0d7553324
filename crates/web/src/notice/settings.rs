//! Settings of reminders: the address, and the calendar feed.

use axum::Form;
use axum::http::header::HOST;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::notice::{FeedToken, renew_feed, set_email, stop_feed};
use thidua_domain::Refusal;

use super::due::{Told, shown};
use crate::cookie::Channel;
use crate::fault::Fault;
use crate::paths;
use crate::site::Ask;

/// What the form of the address sends.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(rename = "thu", default)]
    email: String,
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// What the forms of the feed send.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// `POST /viec-den-han/thu`
pub async fn email(ask: Ask, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    if !ask.takes(&typed.form_token) {
        return stale(&ask).await;
    }
    let text = typed.email.clone();
    match ask.file(move |app, by| set_email(app, by, &text)).await {
        Ok(()) => Ok(Redirect::to(paths::DUE).into_response()),
        Err(Fault::Refused(refusal)) => {
            let told = Told { refusal: Some(refusal), typed: Some(typed.email), made: None };
            shown(&ask, told).await
        }
        Err(fault) => Err(fault),
    }
}

/// `POST /viec-den-han/lich`: the answer is the page with the new address, which is shown this once.
pub async fn renew(ask: Ask, uri: Uri, headers: HeaderMap, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    if !ask.takes(&sent.form_token) {
        return stale(&ask).await;
    }
    let token = ask.file(renew_feed).await?;
    shown(&ask, Told { made: Some(address(&uri, &headers, &token)), ..Told::default() }).await
}

/// `POST /viec-den-han/thoi-lich`
pub async fn stop(ask: Ask, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    if !ask.takes(&sent.form_token) {
        return stale(&ask).await;
    }
    ask.file(stop_feed).await?;
    Ok(Redirect::to(paths::DUE).into_response())
}

async fn stale(ask: &Ask) -> Result<Response, Fault> {
    shown(ask, Told { refusal: Some(Refusal::StaleForm), ..Told::default() }).await
}

/// The whole address, as a calendar program needs it: at the host that was asked, over TLS unless that is this machine.
fn address(uri: &Uri, headers: &HeaderMap, token: &FeedToken) -> String {
    let asked = headers.get(HOST).and_then(|host| host.to_str().ok()).or(uri.authority().map(|a| a.as_str()));
    let scheme = match Channel::of(uri, headers) {
        Channel::Loopback => "http",
        Channel::Network => "https",
    };
    format!("{scheme}://{}{}", asked.unwrap_or("localhost"), paths::feed(token))
}
