//! Signing out, here or everywhere.

use axum::Form;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{sign_out, sign_out_everywhere};
use thidua_domain::Refusal;

use super::show::shown;
use super::sign_in::Origin;
use crate::cookie;
use crate::fault::Fault;
use crate::paths;
use crate::site::Ask;

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// `POST /dang-xuat`
pub async fn here(ask: Ask, origin: Origin, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    if !ask.takes(&sent.form_token) {
        return shown(&ask, Some(Refusal::StaleForm)).await;
    }
    let token = ask.token().cloned().ok_or(Fault::NotFound)?;
    ask.file(move |app, by| sign_out(app, by, &token)).await?;
    Ok(gone(&origin))
}

/// `POST /dang-xuat-moi-noi`
pub async fn everywhere(ask: Ask, origin: Origin, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    if !ask.takes(&sent.form_token) {
        return shown(&ask, Some(Refusal::StaleForm)).await;
    }
    ask.file(sign_out_everywhere).await?;
    Ok(gone(&origin))
}

fn gone(origin: &Origin) -> Response {
    let mut headers = HeaderMap::new();
    headers.append(SET_COOKIE, cookie::removed(cookie::SESSION, origin.channel));
    (headers, Redirect::to(paths::HOME)).into_response()
}
