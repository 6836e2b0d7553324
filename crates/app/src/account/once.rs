//! Requests that must not be done twice: each is named by its sender, and its answer is kept for a day.

use thidua_base::code::TenantId;
use thidua_domain::account::api_token::{REPLAY_SECONDS, TokenId, UNDER_WAY_SECONDS};
use thidua_store::account::api_replay::{self, RequestHash};

use crate::{App, Error};

/// What to do with a request that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// Do it: nobody came under that name.
    Do,
    /// Give the answer that was given then.
    Again(Answered),
    /// The same request is under way, or its end was not seen and it began minutes ago at most.
    UnderWay,
    /// Another request came under that name.
    Other,
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The media type.
    pub media_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// Takes a name for a request of a key's holder. Names older than a day are forgotten.
///
/// # Errors
/// Where the store fails.
pub fn begin_once(
    app: &App,
    tenant: &TenantId,
    token: &TokenId,
    key: &str,
    target: &str,
    body: &[u8],
) -> Result<Once, Error> {
    let now = app.clock.now();
    let hash = RequestHash::of(target, body);
    let mut tx = app.db.begin()?;
    api_replay::forget_before(&mut tx, tenant, token, now.plus_seconds(-REPLAY_SECONDS))?;
    let once = match api_replay::begin(&mut tx, tenant, token, key, &hash, now)? {
        true => Once::Do,
        false => match api_replay::get(&mut tx, tenant, token, key)? {
            Some(kept) if !kept.is_of(&hash) => Once::Other,
            Some(kept) => match kept.status.and_then(|status| u16::try_from(status).ok()) {
                Some(status) => Once::Again(Answered { status, media_type: kept.media_type, body: kept.body }),
                None if kept.begun_at.plus_seconds(UNDER_WAY_SECONDS) <= now => {
                    // Whoever began it is gone without a word: a request never lasts so long.
                    api_replay::forget(&mut tx, tenant, token, key)?;
                    match api_replay::begin(&mut tx, tenant, token, key, &hash, now)? {
                        true => Once::Do,
                        false => Once::UnderWay,
                    }
                }
                None => Once::UnderWay,
            },
            None => Once::UnderWay,
        },
    };
    tx.commit()?;
    Ok(once)
}

/// Keeps the answer of a request that was begun; without one the name is free again.
///
/// # Errors
/// Where the store fails.
pub fn end_once(
    app: &App,
    tenant: &TenantId,
    token: &TokenId,
    key: &str,
    answered: Option<&Answered>,
) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    match answered {
        Some(Answered { status, media_type, body }) => {
            api_replay::answer(&mut tx, tenant, token, key, (i64::from(*status), media_type, body))?;
        }
        None => api_replay::forget(&mut tx, tenant, token, key)?,
    }
    tx.commit()?;
    Ok(())
}
