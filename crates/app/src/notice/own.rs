//! One's own reminders (nhắc hạn của tôi): the address to write to, and the calendar feed.

use thidua_base::Timestamp;
use thidua_base::text::nfc;
use thidua_domain::actor::{AccountId, Actor, Capacity, Thing, Verb};
use thidua_domain::notice::judge_email;
use thidua_store as store;
use thidua_store::notice::feed;

use super::FeedToken;
use crate::permit::permit;
use crate::{App, Error};

/// How a person is reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Their e-mail address.
    pub email: Option<String>,
    /// Since when their calendar feed has its address.
    pub feed_since: Option<Timestamp>,
}

/// How the actor is reminded.
///
/// # Errors
/// [`Error::NotFound`] where the actor is no person who signed in.
pub fn own(app: &App, by: &Actor) -> Result<Own, Error> {
    let id = account(by)?;
    let tenant = &by.scope.tenant;
    app.db.read(|tx| {
        Ok(Own { email: store::notice::email_of(tx, tenant, id)?, feed_since: feed::since(tx, tenant, id)? })
    })
}

/// Sets the actor's e-mail address; an empty text removes it. The journal does not repeat the address.
///
/// # Errors
/// `Refusal::BadEmail`; [`Error::NotFound`] where the actor is no person who signed in.
pub fn set_email(app: &App, by: &Actor, typed: &str) -> Result<(), Error> {
    let id = account(by)?;
    let email = nfc(typed.trim());
    let email = Some(email).filter(|email| !email.is_empty());
    if let Some(email) = &email {
        judge_email(email)?;
    }
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    store::notice::set_email(&mut tx, &by.scope.tenant, id, email.as_deref(), now)?;
    let verb = if email.is_some() { "set-email" } else { "remove-email" };
    store::audit::append(&mut tx, by, now, verb, &subject(id), "")?;
    tx.commit()?;
    Ok(())
}

/// Gives the actor a calendar feed with a new address; an earlier address leads nowhere from now on.
///
/// # Errors
/// [`Error::NotFound`] where the actor is no person who signed in.
pub fn renew_feed(app: &App, by: &Actor) -> Result<FeedToken, Error> {
    let id = account(by)?;
    let token = FeedToken::new(&app.entropy)?;
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    feed::set(&mut tx, &by.scope.tenant, id, &token.key(), now)?;
    store::audit::append(&mut tx, by, now, "renew-feed", &subject(id), "")?;
    tx.commit()?;
    Ok(token)
}

/// Ends the actor's calendar feed.
///
/// # Errors
/// [`Error::NotFound`] where the actor has none, or is no person who signed in.
pub fn stop_feed(app: &App, by: &Actor) -> Result<(), Error> {
    let id = account(by)?;
    let mut tx = app.db.begin()?;
    if feed::remove(&mut tx, &by.scope.tenant, id)? == 0 {
        return Err(Error::NotFound("feed"));
    }
    store::audit::append(&mut tx, by, app.clock.now(), "stop-feed", &subject(id), "")?;
    tx.commit()?;
    Ok(())
}

/// The account a person acts from, which they may keep.
fn account(by: &Actor) -> Result<&AccountId, Error> {
    match &by.capacity {
        Capacity::Person { account, .. } => {
            permit(by, Verb::KeepAccount, Thing::Account(account), "account")?;
            Ok(account)
        }
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => Err(Error::NotFound("account")),
    }
}

fn subject(id: &AccountId) -> String {
    format!("account:{id}")
}
