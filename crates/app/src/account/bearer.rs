//! Who a request of another program comes from, by the key it carries.

use thidua_base::code::TenantId;
use thidua_domain::account::api_token::{ApiToken, TOKEN_TOUCH_SECONDS};
use thidua_domain::account::{Account, AccountState, posts_on};
use thidua_domain::actor::{Limit, Reach};
use thidua_domain::org::within;
use thidua_domain::{Actor, Scope};
use thidua_store as store;
use thidua_store::account::{api_token, role};

use super::ApiSecret;
use crate::{App, Error};

/// Whoever holds a key that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The account it acts for.
    pub account: Account,
    /// The account's person with the posts of today, cut down to what the key is for.
    pub actor: Actor,
    /// The key.
    pub token: ApiToken,
}

/// Who holds this key; `None` for one that is unknown, over, revoked, or of a closed account.
///
/// Its use is noted, at most once in [`TOKEN_TOUCH_SECONDS`].
///
/// # Errors
/// Where the store fails.
pub fn bearer(app: &App, tenant: &TenantId, secret: &ApiSecret) -> Result<Option<Bearer>, Error> {
    let now = app.clock.now();
    let found = app.db.read(|tx| {
        let token = api_token::of_hash(tx, tenant, &secret.key())?.filter(|token| token.is_good(now));
        let Some(token) = token else { return Ok::<_, Error>(None) };
        let known = store::account::by_id(tx, tenant, &token.account)?.map(|known| known.account);
        let Some(account) = known.filter(|account| account.state == AccountState::Open) else { return Ok(None) };
        let roles = role::roles_of(tx, tenant, &account.id)?;
        // Trees are read only for those whose reach depends on one.
        let ground = match token.unit.is_some() || roles.iter().any(|held| held.unit.is_some()) {
            true => Some(app.ground(tx, &Scope::whole(tenant.clone()))?),
            false => None,
        };
        let edges = ground.as_deref().map_or(&[][..], |ground| &ground.edges);
        let today = now.date_in_vietnam();
        let posts = posts_on(&roles, edges, today);
        let units =
            token.unit.as_ref().map(|unit| Reach::Only(within(unit, edges, today).into_iter().collect::<Vec<_>>()));
        let limit = Limit { scopes: token.scopes.clone(), units };
        let person = Actor::person(&account.display_name, tenant.clone(), account.id.clone(), posts);
        let actor = person.limited(limit).reading();
        Ok(Some(Bearer { account, actor, token }))
    })?;
    if let Some(bearer) = &found {
        let is_old = bearer.token.used_at.is_none_or(|at| at.plus_seconds(TOKEN_TOUCH_SECONDS) <= now);
        if is_old {
            let mut tx = app.db.begin()?;
            api_token::used(&mut tx, tenant, &bearer.token.id, now)?;
            tx.commit()?;
        }
    }
    Ok(found)
}
