//! What a person's calendar feed holds: what is due for them to do.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::{AccountState, posts_on};
use thidua_domain::actor::Actor;
use thidua_domain::collection::submission::Side;
use thidua_store as store;
use thidua_store::account::role;
use thidua_store::notice::feed;

use super::FeedToken;
use super::due::{Due, books, units_of};
use super::movement_due::{ChoreSeen, chores};
use crate::{App, Error};

/// A person's feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The person's name.
    pub person: String,
    /// When it was read.
    pub at: Timestamp,
    /// What they are to do, the most urgent first.
    pub due: Vec<Due>,
    /// What movements ask of them, the most urgent first.
    pub chores: Vec<ChoreSeen>,
}

/// The feed that a token opens. Holding the address is the right to read it: calendar programs sign in nowhere.
///
/// # Errors
/// [`Error::NotFound`] where the token opens none, or its account is closed.
pub fn feed(app: &App, tenant: &TenantId, token: &FeedToken) -> Result<Feed, Error> {
    let at = app.clock.now();
    let today = at.date_in_vietnam();
    app.db.read(|tx| {
        let id = feed::owner(tx, tenant, &token.key())?.ok_or(Error::NotFound("feed"))?;
        let known = store::account::by_id(tx, tenant, &id)?.map(|known| known.account);
        let account = known.filter(|account| account.state == AccountState::Open).ok_or(Error::NotFound("feed"))?;
        let roles = role::roles_of(tx, tenant, &id)?;
        let books = books(tx, app, tenant, today)?;
        let posts = posts_on(&roles, &books.ground.edges, today);
        let by = Actor::person(&account.display_name, tenant.clone(), id, posts);
        let mut due = books.due_for(&by, &units_of(&roles, today), today, app.shipped.calendar());
        // What others send in has no day of its own: a calendar full of it helps nobody.
        due.retain(|due| due.is_mine && due.item.side == Side::Reporter);
        let mut chores = chores(tx, app, &by, &units_of(&roles, today))?;
        chores.retain(|chore| chore.is_mine);
        Ok(Feed { person: account.display_name, at, due, chores })
    })
}
