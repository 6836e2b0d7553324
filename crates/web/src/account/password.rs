//! Changing one's password.

use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{PasswordChange, Visitor, change_password, profile};
use thidua_domain::Refusal;
use thidua_domain::account::Duty;

use super::sign_in::{NEVER_STORED, Origin, session_headers};
use crate::attempts::Turn;
use crate::fault::{Fault, Spoken};
use crate::page::{Page, Part};
use crate::site::Ask;
use crate::{form_token, paths};

/// The page on which a password is changed.
#[derive(Debug, Template)]
#[template(path = "account/password.html")]
pub struct PasswordPage {
    page: Page,
    form_token: String,
    refusal: String,
    is_first: bool,
}

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

/// `GET /tai-khoan/mat-khau`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None).await
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
        Err(fault) => Err(fault),
    }
}

async fn shown(ask: &Ask, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let token = ask.token().cloned().ok_or(Fault::NotFound)?;
    let (house, _) = ask.verb(profile).await?;
    let say = ask.messages();
    let is_first = matches!(&house.visitor, Visitor::Person(person) if person.duty == Some(Duty::ChangePassword));
    let filled = PasswordPage {
        page: ask.page(Part::Nowhere, say.get("account.change-password"), &house),
        form_token: form_token::made(ask.entropy(), token.text())?,
        refusal: refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default(),
        is_first,
    };
    let mut response = crate::site::html(&filled)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl PasswordPage {
    fn to_password(&self) -> &'static str {
        paths::PASSWORD
    }

    fn to_sign_out(&self) -> &'static str {
        paths::SIGN_OUT
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for PasswordPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        let page = crate::sampled::frame(Part::Nowhere, lang);
        let said = page.messages().refusal(&Refusal::WrongPassword);
        let sample =
            |refusal: String, is_first| Self { page: page.clone(), form_token: "0123-abcd".into(), refusal, is_first };
        vec![sample(String::new(), true), sample(said, false)]
    }
}
