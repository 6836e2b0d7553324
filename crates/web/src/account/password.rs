//! Changing one's password.

use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{PasswordChange, change_password};
use thidua_domain::Refusal;

use super::show::shown;
use super::sign_in::{Origin, session_headers};
use crate::attempts::Turn;
use crate::fault::Fault;
use crate::paths;
use crate::site::Ask;

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(rename = "hien-nay", default)]
    present: String,
    #[serde(rename = "moi", default)]
    new: String,
    #[serde(rename = "lai", default)]
    again: String,
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// `POST /tai-khoan/mat-khau`
pub async fn submit(ask: Ask, origin: Origin, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    match ask.attempts().one_more(origin.address()) {
        Turn::Now => {}
        Turn::Later => return Err(Fault::TooMany),
    }
    if !ask.takes(&typed.form_token) {
        return shown(&ask, Some(Refusal::StaleForm)).await;
    }
    let Typed { present, new, again, .. } = typed;
    let change = PasswordChange { present, new, again, user_agent: origin.user_agent.clone() };
    match ask.file(move |app, by| change_password(app, by, &change)).await {
        Ok(token) => Ok((session_headers(&token, origin.channel), Redirect::to(paths::ACCOUNT)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal)).await,
        Err(fault @ (Fault::NotFound | Fault::Busy | Fault::TooMany | Fault::Internal(_))) => Err(fault),
    }
}
