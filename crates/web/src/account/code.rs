//! The second step of signing in: the code of an app.

use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{CodeGiven, Token, Visitor, awaits_code, confirm_sign_in};
use thidua_domain::Refusal;

use super::sign_in::{NEVER_STORED, Origin, session_headers};
use crate::attempts::Turn;
use crate::fault::{Fault, Spoken};
use crate::page::{Page, Part};
use crate::site::Ask;
use crate::{cookie, form_token, paths};

/// The page that asks for a code.
#[derive(Debug, Template)]
#[template(path = "account/code.html")]
pub struct CodePage {
    page: Page,
    form_token: String,
    refusal: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(rename = "ma-xac-thuc", default)]
    code: String,
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// `GET /dang-nhap/ma`
pub async fn page(ask: Ask, origin: Origin) -> Result<Response, Fault> {
    shown(&ask, &origin, None).await
}

/// `POST /dang-nhap/ma`
pub async fn submit(ask: Ask, origin: Origin, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    match ask.attempts().one_more(origin.address()) {
        Turn::Now => {}
        Turn::Later => return Err(Fault::TooMany),
    }
    let Some(pending) = origin.awaited_code.clone() else { return Ok(Redirect::to(paths::SIGN_IN).into_response()) };
    if !form_token::fits(pending.text(), &typed.form_token) {
        return shown(&ask, &origin, Some(Refusal::StaleForm)).await;
    }
    let given = CodeGiven { pending, code: typed.code, user_agent: origin.user_agent.clone() };
    match ask.file(move |app, _| confirm_sign_in(app, &app.home.tenant, &given)).await {
        Ok((token, back)) => {
            let mut headers = session_headers(&token, origin.channel);
            headers.append(SET_COOKIE, cookie::removed(cookie::AWAITED_CODE, origin.channel));
            Ok((headers, Redirect::to(paths::inside(&back))).into_response())
        }
        Err(Fault::Refused(refusal)) => shown(&ask, &origin, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// The page, with what was refused where something was; where nothing awaits a code, the way back to the beginning.
async fn shown(ask: &Ask, origin: &Origin, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let Some(pending) = origin.awaited_code.clone() else { return Ok(Redirect::to(paths::SIGN_IN).into_response()) };
    let secret = pending.text().to_owned();
    let (house, awaited) = ask.verb(move |app, _| is_awaited(app, &pending)).await?;
    if matches!(house.visitor, Visitor::Person(_)) {
        return Ok(Redirect::to(paths::ACCOUNT).into_response());
    }
    if !awaited {
        return super::sign_in::shown(ask, origin, paths::HOME, String::new(), Some(Refusal::StaleSignIn)).await;
    }
    let say = ask.messages();
    let filled = CodePage {
        page: ask.page(Part::Nowhere, say.get("account.code-title"), &house),
        form_token: form_token::made(ask.entropy(), &secret)?,
        refusal: refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default(),
    };
    let mut response = crate::site::html(&filled)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

fn is_awaited(app: &thidua_app::App, pending: &Token) -> Result<bool, thidua_app::Error> {
    awaits_code(app, &app.home.tenant, pending)
}

impl CodePage {
    fn action(&self) -> &'static str {
        paths::SIGN_IN_CODE
    }

    fn to_beginning(&self) -> &'static str {
        paths::SIGN_IN
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for CodePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        let page = crate::sampled::frame(Part::Nowhere, lang);
        let said = page.messages().refusal(&Refusal::WrongCode);
        let sample = |refusal: String| Self { page: page.clone(), form_token: "0123-abcd".into(), refusal };
        vec![sample(String::new()), sample(said)]
    }
}
