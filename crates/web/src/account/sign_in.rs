//! Signing in: the form, and what it leads to.

use askama::Template;
use axum::Form;
use axum::extract::{FromRequestParts, Query};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{SignIn, SignedIn, Token, Visitor, sign_in};
use thidua_app::entropy::hex;
use thidua_domain::Refusal;

use crate::attempts::{Turn, address};
use crate::cookie::{self, Channel};
use crate::fault::{Fault, Spoken};
use crate::page::{Page, Part};
use crate::site::{Ask, Site};
use crate::{form_token, paths};

/// The sign-in page.
#[derive(Debug, Template)]
#[template(path = "account/sign_in.html")]
pub struct SignInPage {
    page: Page,
    action: &'static str,
    form_token: String,
    back: String,
    name: String,
    refusal: String,
    state: State,
    provider: Option<Way>,
}

/// The way to the sign-in provider.
#[derive(Debug, Clone)]
struct Way {
    href: String,
    label: String,
}

/// What the page has to offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The form.
    Form,
    /// Nothing to sign in to: no account was opened yet.
    NoAccounts,
}

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
pub struct Back {
    /// The address.
    #[serde(rename = "ve", default)]
    pub back: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(rename = "ten", default)]
    name: String,
    #[serde(rename = "mat-khau", default)]
    password: String,
    #[serde(rename = "ve", default)]
    back: String,
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// Where a request comes from and how it may carry secrets.
#[derive(Debug, Clone)]
pub struct Origin {
    /// How the answer may carry secrets.
    pub channel: Channel,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The cookie of the sign-in form.
    form: Option<String>,
    /// The token of a sign-in that awaits a code.
    pub awaited_code: Option<Token>,
    /// The token of a sign-in that awaits the answer of a provider.
    pub awaited_provider: Option<Token>,
    address: std::net::IpAddr,
}

impl Origin {
    /// The address that attempts are counted by.
    pub fn address(&self) -> std::net::IpAddr {
        self.address
    }
}

impl FromRequestParts<Site> for Origin {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self {
            channel: Channel::of(&parts.uri, &parts.headers),
            user_agent: user_agent.to_owned(),
            form: cookie::value(&parts.headers, cookie::FORM).filter(|value| !value.is_empty()).map(str::to_owned),
            awaited_code: cookie::value(&parts.headers, cookie::AWAITED_CODE).and_then(Token::read),
            awaited_provider: cookie::value(&parts.headers, cookie::AWAITED_PROVIDER).and_then(Token::read),
            address: address(&parts.extensions, &parts.headers, &site.settings.trusted_proxies),
        })
    }
}

/// `GET /dang-nhap`
pub async fn page(ask: Ask, origin: Origin, Query(asked): Query<Back>) -> Result<Response, Fault> {
    shown(&ask, &origin, &asked.back, String::new(), None).await
}

/// `POST /dang-nhap`
pub async fn submit(ask: Ask, origin: Origin, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    // Before anything costs work.
    match ask.attempts().one_more(origin.address) {
        Turn::Now => {}
        Turn::Later => return Err(Fault::TooMany),
    }
    let Typed { name, password, back, form_token } = typed;
    if !origin.form.as_deref().is_some_and(|secret| form_token::fits(secret, &form_token)) {
        return shown(&ask, &origin, &back, name, Some(Refusal::StaleForm)).await;
    }
    let back = paths::inside(&back).to_owned();
    let given = SignIn { name: name.clone(), password, user_agent: origin.user_agent.clone(), back: back.clone() };
    let done = ask.file(move |app, _| sign_in(app, &app.home.tenant, &given)).await;
    match done {
        Ok(done) => Ok(led_on(&done, &back, origin.channel)),
        Err(Fault::Refused(refusal)) => shown(&ask, &origin, &back, name, Some(refusal)).await,
        Err(fault @ (Fault::NotFound | Fault::First(_) | Fault::Busy | Fault::TooMany | Fault::Internal(_))) => {
            Err(fault)
        }
    }
}

/// Hands over the session and leads to where the person wanted to go, or to the page that asks for a code.
pub fn led_on(done: &SignedIn, back: &str, channel: Channel) -> Response {
    let (mut headers, to) = match done {
        SignedIn::In(token) => (session_headers(token, channel), paths::inside(back)),
        SignedIn::CodeWanted(token) => {
            let mut headers = HeaderMap::new();
            headers.append(SET_COOKIE, cookie::secret(cookie::AWAITED_CODE, token.text(), channel));
            (headers, paths::SIGN_IN_CODE)
        }
    };
    headers.append(SET_COOKIE, cookie::removed(cookie::FORM, channel));
    (headers, Redirect::to(to)).into_response()
}

/// The headers that hand a session to the browser.
pub fn session_headers(token: &Token, channel: Channel) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.append(SET_COOKIE, cookie::secret(cookie::SESSION, token.text(), channel));
    headers
}

/// The page, with what was refused where something was.
pub async fn shown(
    ask: &Ask,
    origin: &Origin,
    back: &str,
    name: String,
    refusal: Option<Refusal>,
) -> Result<Response, Fault> {
    let (house, ()) = ask.verb(|_, _| Ok(())).await?;
    let state = match &house.visitor {
        Visitor::Anyone => State::NoAccounts,
        Visitor::Stranger => State::Form,
        Visitor::Person(_) => return Ok(Redirect::to(paths::ACCOUNT).into_response()),
    };
    let entropy = ask.entropy();
    let secret = match &origin.form {
        Some(secret) => secret.clone(),
        None => hex(&entropy.bytes::<16>()?),
    };
    let page = ask.page(Part::Nowhere, ask.messages().get("account.sign-in"), &house);
    let filled = SignInPage {
        page,
        action: paths::SIGN_IN,
        form_token: form_token::made(entropy, &secret)?,
        back: paths::inside(back).to_owned(),
        name,
        refusal: refusal.as_ref().map(|refusal| ask.messages().refusal(refusal)).unwrap_or_default(),
        state,
        provider: way(ask, back),
    };
    let mut response = crate::site::html(&filled)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if origin.form.is_none() {
        response.headers_mut().append(SET_COOKIE, cookie::secret(cookie::FORM, &secret, origin.channel));
    }
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The way to the sign-in provider, where there is one.
fn way(ask: &Ask, back: &str) -> Option<Way> {
    let settings = ask.settings();
    let provider = settings.provider.as_ref()?;
    Some(Way {
        href: paths::with_query(paths::PROVIDER, &[("ve", paths::inside(back))]),
        label: ask.messages().with("account.by-provider", &[("name", provider.name())]),
    })
}

/// Pages of accounts are kept by no cache, not even the browser's own.
pub const NEVER_STORED: axum::http::HeaderValue = axum::http::HeaderValue::from_static("no-store");

#[cfg(test)]
impl crate::sampled::Sampled for SignInPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::frame;
        let page = frame(Part::Nowhere, lang);
        let refusal = page.messages().refusal(&Refusal::SignInRefused);
        let sample = |state, name: &str, refusal: String| Self {
            page: page.clone(),
            action: paths::SIGN_IN,
            form_token: "0123-abcd".into(),
            back: "/".into(),
            name: name.into(),
            refusal,
            state,
            provider: (!name.is_empty()).then(|| Way { href: paths::PROVIDER.into(), label: "<b>Tỉnh</b>".into() }),
        };
        vec![
            sample(State::NoAccounts, "", String::new()),
            sample(State::Form, "", String::new()),
            sample(State::Form, "hoa\"><b>", refusal),
        ]
    }
}
