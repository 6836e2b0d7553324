//! One's own second factor: enrolling, recovery codes, taking it away.

use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{
    FactorStanding, OfferedFactor, RecoveryCodes, Visitor, confirm_second_factor, factor_standing, offer_second_factor,
    remove_second_factor, renew_recovery_codes,
};
use thidua_domain::Refusal;
use thidua_domain::account::Duty;

use super::show::factor_line;
use super::sign_in::{NEVER_STORED, Origin};
use super::square_code::SquareCode;
use crate::attempts::Turn;
use crate::fault::{Fault, Spoken};
use crate::page::{Page, Part};
use crate::site::{Ask, House, html};
use crate::{form_token, paths};

/// The page of one's own second factor.
#[derive(Debug, Template)]
#[template(path = "account/second_factor.html")]
pub struct FactorPage {
    page: Page,
    form_token: String,
    refusal: String,
    is_demanded: bool,
    state: State,
}

/// What the page has to offer.
#[derive(Debug)]
enum State {
    /// A secret to enrol.
    Offer { code: Option<SquareCode>, letters: String },
    /// What there is, and ways to change it.
    Held { standing: String },
}

/// The page that shows recovery codes, once.
#[derive(Debug, Template)]
#[template(path = "account/recovery_codes.html")]
pub struct CodesPage {
    page: Page,
    codes: RecoveryCodes,
}

/// What the forms send.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(rename = "ma-xac-thuc", default)]
    code: String,
    #[serde(rename = "mat-khau", default)]
    password: String,
    #[serde(rename = "ma", default)]
    form_token: String,
}

/// `GET /tai-khoan/hai-lop`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None).await
}

/// `POST /tai-khoan/hai-lop`
pub async fn confirm(ask: Ask, origin: Origin, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let Some(token) = ask.token().cloned() else { return Err(Fault::NotFound) };
    if let Some(refused) = refused_at_once(&ask, &origin, &typed).await {
        return refused;
    }
    let done = ask.file(move |app, by| confirm_second_factor(app, by, &token, &typed.code)).await;
    told(&ask, done).await
}

/// `POST /tai-khoan/hai-lop/ma-du-phong`
pub async fn renew(ask: Ask, origin: Origin, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    if let Some(refused) = refused_at_once(&ask, &origin, &typed).await {
        return refused;
    }
    let done = ask.file(move |app, by| renew_recovery_codes(app, by, &typed.code)).await;
    told(&ask, done).await
}

/// `POST /tai-khoan/hai-lop/bo`
pub async fn remove(ask: Ask, origin: Origin, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    if let Some(refused) = refused_at_once(&ask, &origin, &typed).await {
        return refused;
    }
    match ask.file(move |app, by| remove_second_factor(app, by, &typed.password, &typed.code)).await {
        Ok(()) => Ok(Redirect::to(paths::ACCOUNT).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// What needs no verb to be refused: too many attempts, or a form of another.
async fn refused_at_once(ask: &Ask, origin: &Origin, typed: &Typed) -> Option<Result<Response, Fault>> {
    match ask.attempts().one_more(origin.address()) {
        Turn::Now => {}
        Turn::Later => return Some(Err(Fault::TooMany)),
    }
    if ask.takes(&typed.form_token) { None } else { Some(shown(ask, Some(Refusal::StaleForm)).await) }
}

/// The recovery codes, or the page with what was refused.
async fn told(ask: &Ask, done: Result<RecoveryCodes, Fault>) -> Result<Response, Fault> {
    let codes = match done {
        Ok(codes) => codes,
        Err(Fault::Refused(refusal)) => return shown(ask, Some(refusal)).await,
        Err(fault) => return Err(fault),
    };
    let (house, ()) = ask.verb(|_, _| Ok(())).await?;
    let page = ask.page(Part::Nowhere, ask.messages().get("account.recovery-codes"), &house);
    let mut response = html(&CodesPage { page, codes })?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    Ok(response)
}

async fn shown(ask: &Ask, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let token = ask.token().cloned().ok_or(Fault::NotFound)?;
    let asked = ask.verb(|app, by| {
        let standing = factor_standing(app, by)?;
        let offer = match standing.since {
            None => Some(offer_second_factor(app, by)?),
            Some(_) => None,
        };
        Ok((standing, offer))
    });
    let (house, (standing, offer)) = asked.await?;
    let token = form_token::made(ask.entropy(), token.text())?;
    let filled = FactorPage::of(
        ask.page(Part::Nowhere, ask.messages().get("account.second-factor"), &house),
        token,
        standing,
        offer.as_ref(),
        is_demanded(&house),
        refusal.as_ref(),
    );
    let mut response = html(&filled)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

fn is_demanded(house: &House) -> bool {
    matches!(&house.visitor, Visitor::Person(person) if person.duty == Some(Duty::EnrolSecondFactor))
}

impl FactorPage {
    fn of(
        page: Page,
        form_token: String,
        standing: FactorStanding,
        offer: Option<&OfferedFactor>,
        is_demanded: bool,
        refusal: Option<&Refusal>,
    ) -> Self {
        let say = page.messages();
        let state = match offer {
            Some(offer) => State::Offer {
                code: SquareCode::of(&offer.uri, say.get("account.square-code")),
                letters: offer.letters.clone(),
            },
            None => State::Held { standing: factor_line(say, standing) },
        };
        Self {
            form_token,
            refusal: refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default(),
            is_demanded,
            state,
            page,
        }
    }

    fn action(&self) -> &'static str {
        paths::SECOND_FACTOR
    }

    fn to_codes(&self) -> &'static str {
        paths::RECOVERY_CODES
    }

    fn to_remove(&self) -> &'static str {
        paths::REMOVE_FACTOR
    }

    fn to_account(&self) -> &'static str {
        paths::ACCOUNT
    }

    fn to_sign_out(&self) -> &'static str {
        paths::SIGN_OUT
    }
}

impl CodesPage {
    fn to_account(&self) -> &'static str {
        paths::ACCOUNT
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for FactorPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use thidua_base::Timestamp;
        let page = crate::sampled::frame(Part::Nowhere, lang);
        let offer = OfferedFactor { letters: "ABCD EFGH".into(), uri: "otpauth://totp/x?secret=ABC".into() };
        let none = FactorStanding { since: None, codes_left: 0 };
        let held = FactorStanding { since: Timestamp::parse("2020-07-05T02:00:00Z").ok(), codes_left: 9 };
        let token = || "0123-abcd".to_owned();
        vec![
            Self::of(page.clone(), token(), none, Some(&offer), true, None),
            Self::of(page.clone(), token(), none, Some(&offer), false, Some(&Refusal::WrongCode)),
            Self::of(page, token(), held, None, false, Some(&Refusal::WrongPassword)),
        ]
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for CodesPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        let page = crate::sampled::frame(Part::Nowhere, lang);
        let sample = |codes: Vec<String>| Self { page: page.clone(), codes: RecoveryCodes(codes) };
        vec![sample(vec!["ABCD-EFGH-IJKL-MNOP".into()]), sample(vec!["ABCD-EFGH-IJKL-MNOP".into(); 10])]
    }
}
