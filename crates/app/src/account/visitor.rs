//! Who a request comes from, by the token it carries.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::{
    Account, AccountState, Duty, SESSION_IDLE_SECONDS, SESSION_SECONDS_MAX, SESSION_TOUCH_SECONDS, Session, duty,
    posts_on, second_factor,
};
use thidua_domain::{Actor, Scope};
use thidua_store as store;
use thidua_store::account::{role, second_factor as factors, session};

use super::Token;
use crate::{App, Error};

/// Who a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visitor {
    /// Someone in a house without accounts, where what is shown is shown to all.
    Anyone,
    /// Someone who is not signed in.
    Stranger,
    /// Someone who is.
    Person(Box<Person>),
}

/// Someone who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their account.
    pub account: Account,
    /// They, with the posts they hold today; with none while something is to be done first.
    pub actor: Actor,
    /// What is to be done before anything else.
    pub duty: Option<Duty>,
    /// Their session.
    pub session: Session,
}

/// Who carries this token. A session that is over, unknown, or of a closed account makes a stranger.
///
/// Its use is noted, at most once in [`SESSION_TOUCH_SECONDS`].
///
/// # Errors
/// Where the store fails.
pub fn visitor(app: &App, tenant: &TenantId, token: Option<&Token>) -> Result<Visitor, Error> {
    let now = app.clock.now();
    let found = match token {
        Some(token) => person(app, tenant, token, now)?,
        None => None,
    };
    let Some(mut person) = found else {
        let has_accounts = app.db.read(|tx| store::account::has_any(tx, tenant))?;
        return Ok(if has_accounts { Visitor::Stranger } else { Visitor::Anyone });
    };
    if let Some(token) = token.filter(|_| person.session.seen_at.plus_seconds(SESSION_TOUCH_SECONDS) <= now) {
        let latest = person.session.created_at.plus_seconds(SESSION_SECONDS_MAX);
        person.session.seen_at = now;
        person.session.expires_at = now.plus_seconds(SESSION_IDLE_SECONDS).min(latest);
        let mut tx = app.db.begin()?;
        session::seen(&mut tx, tenant, &token.key(), now, person.session.expires_at)?;
        tx.commit()?;
    }
    Ok(Visitor::Person(Box::new(person)))
}

fn person(app: &App, tenant: &TenantId, token: &Token, now: Timestamp) -> Result<Option<Person>, Error> {
    app.db.read(|tx| {
        let Some((id, session)) = session::get(tx, tenant, &token.key())?.filter(|(_, s)| now < s.expires_at) else {
            return Ok(None);
        };
        let known = store::account::by_id(tx, tenant, &id)?;
        let Some(known) = known.filter(|known| known.account.state == AccountState::Open) else {
            return Ok(None);
        };
        let (account, origin) = (known.account, known.password_origin);
        let roles = role::roles_of(tx, tenant, &id)?;
        // Trees are read only for those whose reach depends on one.
        let ground = match roles.iter().any(|held| held.unit.is_some()) {
            true => Some(app.ground(tx, &Scope::whole(tenant.clone()))?),
            false => None,
        };
        let edges = ground.as_deref().map_or(&[][..], |ground| &ground.edges);
        let today = now.date_in_vietnam();
        // Read only for those who need one.
        let has_factor = match second_factor::is_demanded(&roles, today) {
            true => factors::get(tx, tenant, &id)?.is_some_and(|factor| factor.confirmed_at.is_some()),
            false => false,
        };
        let duty = duty(session.way_in, origin, &roles, has_factor, today);
        let posts = match duty {
            None => posts_on(&roles, edges, today),
            Some(Duty::ChangePassword | Duty::EnrolSecondFactor) => Vec::new(),
        };
        let actor = Actor::person(&account.display_name, tenant.clone(), id, posts);
        Ok(Some(Person { account, actor, duty, session }))
    })
}
