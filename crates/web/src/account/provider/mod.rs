//! Signing in with the word of another server: the way there, and what comes back.

mod asking;

use std::sync::Arc;

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{Vouched, await_provider, sign_in_vouched, take_awaited};
use thidua_domain::Refusal;
use tokio::sync::Semaphore;

use self::asking::{Answered, AskingFault};
use super::sign_in::{Back, NEVER_STORED, Origin, led_on, shown};
use crate::attempts::Turn;
use crate::cookie;
use crate::fault::Fault;
use crate::paths;
use crate::settings::Provider;
use crate::site::Ask;

/// Questions to the provider that may be under way at once: each holds a thread for as long as it is silent, and the
/// pages must not wait for it.
static ASKED_AT_ONCE: Semaphore = Semaphore::const_new(4);

/// What the provider sends back in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Returned {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
}

/// `GET /dang-nhap/mot-lan`
pub async fn begin(ask: Ask, origin: Origin, Query(asked): Query<Back>) -> Result<Response, Fault> {
    let provider = provider(&ask)?;
    count(&ask, &origin)?;
    let back = paths::inside(&asked.back).to_owned();
    let token = ask.file({
        let back = back.clone();
        move |app, _| await_provider(app, &app.home.tenant, &back)
    });
    let token = token.await?;
    let secret = token.text().to_owned();
    match asking(move || asking::way_there(&provider, &secret)).await? {
        Ok(url) => {
            let mut headers = HeaderMap::new();
            headers.append(SET_COOKIE, cookie::secret(cookie::AWAITED_PROVIDER, token.text(), origin.channel));
            headers.insert(CACHE_CONTROL, NEVER_STORED);
            Ok((headers, Redirect::to(&url)).into_response())
        }
        Err(fault) => refused(&ask, &origin, &back, fault.told()).await,
    }
}

/// `GET /dang-nhap/tro-ve`
pub async fn back(ask: Ask, origin: Origin, Query(returned): Query<Returned>) -> Result<Response, Fault> {
    let provider = provider(&ask)?;
    count(&ask, &origin)?;
    // A state that does not follow from this browser's own cookie began elsewhere.
    let Some(token) = origin.awaited_provider.clone().filter(|token| asking::fits(token.text(), &returned.state))
    else {
        return refused(&ask, &origin, paths::HOME, Refusal::StaleSignIn).await;
    };
    let taken = ask.file({
        let token = token.clone();
        move |app, _| Ok((take_awaited(app, &app.home.tenant, &token)?, app.clock.now()))
    });
    let (to, now) = match taken.await {
        Ok(taken) => taken,
        Err(Fault::Refused(refusal)) => return refused(&ask, &origin, paths::HOME, refusal).await,
        Err(fault) => return Err(fault),
    };
    if !returned.error.is_empty() || returned.code.is_empty() {
        // What it says is a stranger's text: cut short for the log, not shown.
        let said: String = returned.error.chars().filter(|c| !c.is_control()).take(60).collect();
        tracing::warn!(%said, "the sign-in provider sent someone back without a code");
        return refused(&ask, &origin, &to, Refusal::ProviderRefused).await;
    }
    let answered = asking(move || asking::answer(&provider, token.text(), &returned.code, now)).await?;
    let Answered { issuer, subject } = match answered {
        Ok(answered) => answered,
        Err(fault) => return refused(&ask, &origin, &to, fault.told()).await,
    };
    let vouched = Vouched { issuer, subject, back: to.clone(), user_agent: origin.user_agent.clone() };
    match ask.file(move |app, _| sign_in_vouched(app, &app.home.tenant, &vouched)).await {
        Ok(done) => Ok(without_cookie(led_on(&done, &to, origin.channel), &origin)),
        Err(Fault::Refused(refusal)) => refused(&ask, &origin, &to, refusal).await,
        Err(fault) => Err(fault),
    }
}

/// The provider, where the operator set one.
fn provider(ask: &Ask) -> Result<Provider, Fault> {
    ask.settings().provider.clone().ok_or(Fault::NotFound)
}

fn count(ask: &Ask, origin: &Origin) -> Result<(), Fault> {
    match ask.attempts().one_more(origin.address()) {
        Turn::Now => Ok(()),
        Turn::Later => Err(Fault::TooMany),
    }
}

/// Asks the provider on a thread that may block; says that the server is busy where too many ask.
async fn asking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AskingFault> + Send + 'static,
) -> Result<Result<T, AskingFault>, Fault> {
    let turn = ASKED_AT_ONCE.try_acquire().map_err(|_| Fault::Busy)?;
    let done = tokio::task::spawn_blocking(move || {
        // Held by the work itself: a reader who leaves does not free the thread.
        let _turn = turn;
        work()
    });
    done.await.map_err(|panicked| Fault::Internal(Arc::new(panicked.into())))
}

/// The sign-in page with what was refused; signing in by password goes on as ever.
async fn refused(ask: &Ask, origin: &Origin, back: &str, refusal: Refusal) -> Result<Response, Fault> {
    let page = shown(ask, origin, back, String::new(), Some(refusal)).await?;
    Ok(without_cookie(page, origin))
}

fn without_cookie(mut response: Response, origin: &Origin) -> Response {
    response.headers_mut().append(SET_COOKIE, cookie::removed(cookie::AWAITED_PROVIDER, origin.channel));
    response
}
