//! Who calls: the key a program sends, what it may cost, and the one way to a verb.

use std::convert::Infallible;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thidua_app::account::{Answered, ApiSecret, Bearer, Once, bearer, begin_once, end_once};
use thidua_app::permit::permit;
use thidua_app::{App, Error};
use thidua_domain::Actor;
use thidua_domain::account::api_token::TokenId;
use thidua_domain::actor::{Thing, Verb};

use super::problem::{ApiFault, lang_of};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::site::Site;

/// Requests a key may send at once.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(120).expect("it is not zero");
/// Requests a key may send in each second after those.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
/// Longest name of a request, in characters.
const REQUEST_KEY_MAX: usize = 255;
/// The header that names a request which must not be done twice.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Tells that an answer was given before.
static REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// How often each key may ask; cheap to clone.
#[derive(Debug, Clone)]
pub struct Turns {
    limiter: Arc<RateLimiter<TokenId, HashMapStateStore<TokenId>, DefaultClock>>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { limiter: Arc::new(RateLimiter::hashmap(Quota::per_second(PER_SECOND).allow_burst(AT_ONCE))) }
    }
}

impl Turns {
    fn are_left(&self, token: &TokenId) -> bool {
        self.limiter.check_key(token).is_ok()
    }
}

/// A request of another program.
#[derive(Debug, Clone)]
pub struct Caller {
    site: Site,
    secret: Option<ApiSecret>,
    name: Result<Option<String>, ()>,
    target: String,
    /// The sentences of the language asked for.
    pub say: &'static Messages,
}

impl FromRequestParts<Site> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        Ok(Self {
            site: site.clone(),
            secret: secret_of(&parts.headers),
            name: name_of(&parts.headers),
            target: format!("{} {}", parts.method, parts.uri),
            say: Messages::of(lang_of(&parts.headers)),
        })
    }
}

impl Caller {
    /// Asks a reading verb.
    pub async fn read<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, ApiFault> {
        self.asked(move |app, bearer| {
            permit(&bearer.actor, Verb::ReadPages, Thing::Tenant, "page")?;
            Ok(verb(app, &bearer.actor)?)
        })
        .await
    }

    /// Asks a verb that may be asked twice without harm.
    pub async fn verb<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, ApiFault> {
        self.asked(move |app, bearer| Ok(verb(app, &bearer.actor)?)).await
    }

    /// Asks a verb that must not be done twice: under a name that was answered before, the answer is given again.
    /// What was refused or failed changed nothing, and frees its name.
    pub async fn once<T: Serialize + 'static>(
        &self,
        body: Bytes,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<Response, ApiFault> {
        let name = self.name.clone().map_err(|()| ApiFault::BadParameter("Idempotency-Key"))?;
        let target = self.target.clone();
        let done = |app: &App, by: &Actor| -> Result<Answered, ApiFault> {
            let body = serde_json::to_vec(&verb(app, by)?).map_err(|why| Error::Internal(why.into()))?;
            Ok(Answered { status: StatusCode::CREATED.as_u16(), media_type: "application/json".to_owned(), body })
        };
        let work = move |app: &App, bearer: &Bearer| {
            let (tenant, token) = (&app.home.tenant, &bearer.token.id);
            let Some(name) = name else { return Ok((done(app, &bearer.actor)?, false)) };
            match begin_once(app, tenant, token, &name, &target, &body)? {
                Once::Again(answered) => Ok((answered, true)),
                Once::UnderWay => Err(ApiFault::KeyUnderWay),
                Once::Other => Err(ApiFault::KeyReused),
                Once::Do => {
                    let answered = done(app, &bearer.actor);
                    end_once(app, tenant, token, &name, answered.as_ref().ok())?;
                    Ok((answered?, false))
                }
            }
        };
        let (answered, is_again) = self.asked(work).await?;
        let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::OK);
        let mut response = (status, [(CONTENT_TYPE, answered.media_type)], answered.body).into_response();
        if is_again {
            response.headers_mut().insert(REPLAYED.clone(), HeaderValue::from_static("true"));
        }
        Ok(response)
    }

    async fn asked<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App, &Bearer) -> Result<T, ApiFault> + Send + 'static,
    ) -> Result<T, ApiFault> {
        let secret = self.secret.clone().ok_or(ApiFault::Unauthorised)?;
        let turns = self.site.turns.clone();
        let guarded = move |app: &App| {
            let Some(bearer) = bearer(app, &app.home.tenant, &secret)? else {
                return Ok(Err(ApiFault::Unauthorised));
            };
            if !turns.are_left(&bearer.token.id) {
                return Ok(Err(ApiFault::Fault(Fault::TooMany)));
            }
            Ok(work(app, &bearer))
        };
        self.site.blocking(guarded).await?
    }
}

/// The key of a request; a cookie is none.
fn secret_of(headers: &HeaderMap) -> Option<ApiSecret> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = text.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { ApiSecret::read(key.trim()) } else { None }
}

/// The name of a request, where it has one that can be read.
fn name_of(headers: &HeaderMap) -> Result<Option<String>, ()> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let text = value.to_str().map_err(|_| ())?;
    let fits = (1..=REQUEST_KEY_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(Some(text.to_owned())) } else { Err(()) }
}

/// The body of a request, which must say that it is JSON.
pub fn json<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, ApiFault> {
    if media_of(headers) != "application/json" {
        return Err(ApiFault::MediaType);
    }
    serde_json::from_slice(body).map_err(|why| ApiFault::BadBody(why.to_string()))
}

/// What a body says it is, without its parameters.
pub fn media_of(headers: &HeaderMap) -> String {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
