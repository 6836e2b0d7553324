//! One's own access keys: made, shown once, revoked.

use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{ApiSecret, NewToken, create_token, revoke_token, tokens};
use thidua_base::Timestamp;
use thidua_base::code::OrgId;
use thidua_domain::Refusal;
use thidua_domain::account::api_token::{ApiToken, TokenId};
use thidua_domain::actor::TokenScope;

use super::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The page of one's own access keys.
#[derive(Debug, Template)]
#[template(path = "account/keys.html")]
pub struct KeysPage {
    page: Page,
    rows: Vec<Row>,
    scopes: Vec<ScopeOption>,
    form_token: String,
    refusal: String,
    made: String,
}

#[derive(Debug)]
struct Row {
    id: String,
    name: String,
    scopes: String,
    unit: String,
    used: String,
    ends: String,
    is_good: bool,
    state: &'static str,
}

#[derive(Debug)]
struct ScopeOption {
    value: &'static str,
    label: &'static str,
}

/// What the form of a new key sends.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(rename = "ten", default)]
    name: String,
    #[serde(rename = "don-vi", default)]
    unit: String,
    #[serde(rename = "so-ngay", default)]
    days: String,
    read: Option<String>,
    enter: Option<String>,
    send: Option<String>,
    keep: Option<String>,
    accounts: Option<String>,
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// What the form beside a key sends.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(rename = "khoa", default)]
    id: String,
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// `GET /tai-khoan/khoa`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None, None).await
}

/// `POST /tai-khoan/khoa`: the answer is the page with the key, which is shown this once.
pub async fn make(ask: Ask, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    if !ask.takes(&typed.form_token) {
        return shown(&ask, Some(Refusal::StaleForm), None).await;
    }
    let new = match typed.read() {
        Ok(new) => new,
        Err(refusal) => return shown(&ask, Some(refusal), None).await,
    };
    match ask.file(move |app, by| create_token(app, by, &new)).await {
        Ok((_, secret)) => shown(&ask, None, Some(&secret)).await,
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal), None).await,
        Err(fault) => Err(fault),
    }
}

/// `POST /tai-khoan/khoa/thu-hoi`
pub async fn revoke(ask: Ask, Form(chosen): Form<Chosen>) -> Result<Response, Fault> {
    if !ask.takes(&chosen.form_token) {
        return shown(&ask, Some(Refusal::StaleForm), None).await;
    }
    let id = TokenId::parse(&chosen.id).map_err(|_| Fault::NotFound)?;
    ask.file(move |app, by| revoke_token(app, by, None, &id)).await?;
    Ok(Redirect::to(paths::ACCESS_KEYS).into_response())
}

impl Typed {
    fn read(&self) -> Result<NewToken, Refusal> {
        let ticked = [&self.read, &self.enter, &self.send, &self.keep, &self.accounts];
        let scopes = TokenScope::ALL.into_iter().zip(ticked).filter(|(_, given)| given.is_some());
        let unit = self.unit.trim();
        let unknown = |_| Refusal::UnknownUnit { asked: unit.to_owned(), near: Vec::new() };
        Ok(NewToken {
            account: None,
            name: self.name.clone(),
            scopes: scopes.map(|(scope, _)| scope).collect(),
            unit: (!unit.is_empty()).then(|| OrgId::parse(unit)).transpose().map_err(unknown)?,
            days: self.days.trim().parse().unwrap_or(0),
        })
    }
}

async fn shown(ask: &Ask, refusal: Option<Refusal>, made: Option<&ApiSecret>) -> Result<Response, Fault> {
    ask.token().ok_or(Fault::NotFound)?;
    let (house, (now, known)) = ask.verb(|app, by| Ok((app.clock.now(), tokens(app, by, None)?))).await?;
    let page = ask.page(Part::Nowhere, ask.messages().get("account.keys"), &house);
    let filled = KeysPage::of(page, now, &known, ask.form_token()?, refusal.as_ref(), made);
    let mut response = html(&filled)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl KeysPage {
    fn of(
        page: Page,
        now: Timestamp,
        known: &[ApiToken],
        form_token: String,
        refusal: Option<&Refusal>,
        made: Option<&ApiSecret>,
    ) -> Self {
        let say = page.messages();
        Self {
            rows: known.iter().map(|token| Row::of(say, now, token)).collect(),
            scopes: TokenScope::ALL
                .iter()
                .map(|scope| ScopeOption { value: scope.word(), label: label(say, *scope) })
                .collect(),
            refusal: refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default(),
            made: made.map(|secret| secret.text().to_owned()).unwrap_or_default(),
            form_token,
            page,
        }
    }

    fn action(&self) -> &'static str {
        paths::ACCESS_KEYS
    }

    fn to_revoke(&self) -> &'static str {
        paths::REVOKE_KEY
    }

    fn to_account(&self) -> &'static str {
        paths::ACCOUNT
    }
}

impl Row {
    fn of(say: &'static Messages, now: Timestamp, token: &ApiToken) -> Self {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| short(say, *scope)).collect();
        let state = match token.revoked_at {
            Some(_) => "account.key-revoked",
            None if token.is_good(now) => "account.key-good",
            None => "account.key-over",
        };
        Self {
            id: token.id.to_string(),
            name: token.name.clone(),
            scopes: scopes.join(", "),
            unit: token.unit.as_ref().map_or(say.get("account.key-whole").to_owned(), OrgId::to_string),
            used: token.used_at.map_or(say.get("account.key-never").to_owned(), Timestamp::in_table),
            ends: token.expires_at.in_table(),
            is_good: token.is_good(now),
            state: say.get(state),
        }
    }
}

fn short(say: &'static Messages, scope: TokenScope) -> &'static str {
    say.get(match scope {
        TokenScope::Read => "account.short-read",
        TokenScope::Enter => "account.short-enter",
        TokenScope::Send => "account.short-send",
        TokenScope::Keep => "account.short-keep",
        TokenScope::Accounts => "account.short-accounts",
    })
}

fn label(say: &'static Messages, scope: TokenScope) -> &'static str {
    say.get(match scope {
        TokenScope::Read => "account.scope-read",
        TokenScope::Enter => "account.scope-enter",
        TokenScope::Send => "account.scope-send",
        TokenScope::Keep => "account.scope-keep",
        TokenScope::Accounts => "account.scope-accounts",
    })
}

#[cfg(test)]
impl crate::sampled::Sampled for KeysPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_domain::actor::AccountId;

        let at = |text| Timestamp::parse(text).unwrap();
        let token = |name: &str, unit: Option<&str>, revoked_at| ApiToken {
            id: TokenId::parse("khoa-1").unwrap(),
            account: AccountId::parse("tk-1").unwrap(),
            name: name.to_owned(),
            scopes: TokenScope::ALL.to_vec(),
            unit: unit.map(|id| OrgId::parse(id).unwrap()),
            created_at: at("2020-07-05T02:00:00Z"),
            expires_at: at("2020-10-05T02:00:00Z"),
            used_at: unit.map(|_| at("2020-07-06T02:00:00Z")),
            revoked_at,
        };
        let now = at("2020-07-07T02:00:00Z");
        let known =
            [token("Kho dữ liệu", None, None), token(LONG_NAME, Some("xa-a"), None), token("Cũ", None, Some(now))];
        let secret = ApiSecret::read(&format!("td_{}", "0".repeat(64))).unwrap();
        let page = frame(Part::Nowhere, lang);
        vec![
            Self::of(page.clone(), now, &[], "0-0".into(), Some(&Refusal::NoTokenScope), None),
            Self::of(page, at("2020-11-01T00:00:00Z"), &known, "0-0".into(), None, None),
            Self::of(frame(Part::Nowhere, lang), now, &known, "0-0".into(), None, Some(&secret)),
        ]
    }
}
