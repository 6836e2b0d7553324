//! What every verb about a decision reads first.

use thidua_base::text::nfc;
use thidua_domain::actor::{Capacity, Reach, Thing, Verb, reach_of};
use thidua_domain::decision::{Act, Decision, DecisionId, Draft, Event, Fund, FundId};
use thidua_domain::{Actor, Refusal, Scope};
use thidua_store as store;
use thidua_store::Tx;

use crate::permit::permit;
use crate::{App, Error};

/// The scope in which an actor does a verb to decisions and funds.
///
/// # Errors
/// [`Error::NotFound`] where they do it nowhere.
pub(super) fn scope_of(by: &Actor, verb: Verb) -> Result<Scope, Error> {
    let units = reach_of(by, verb);
    if units == Reach::Only(Vec::new()) {
        return Err(Error::NotFound("decision"));
    }
    Ok(Scope { tenant: by.scope.tenant.clone(), units })
}

/// A decision on which the actor may do the verb.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none of theirs.
pub(super) fn decision(tx: &mut Tx, by: &Actor, verb: Verb, id: &DecisionId) -> Result<Decision, Error> {
    let found = store::decision::decision(tx, &scope_of(by, verb)?, id)?.ok_or(Error::NotFound("decision"))?;
    permit(by, verb, Thing::Unit(&found.draft.issuer), "decision")?;
    Ok(found)
}

/// A fund of a unit, and what it has promised, in đồng.
///
/// # Errors
/// [`Error::NotFound`] where the unit has none of that id.
pub(super) fn fund(
    tx: &mut Tx,
    by: &Actor,
    unit: &thidua_base::code::OrgId,
    id: &FundId,
) -> Result<(Fund, i64), Error> {
    let scope = Scope { tenant: by.scope.tenant.clone(), units: Reach::Only(vec![unit.clone()]) };
    let found = store::fund::funds(tx, &scope)?.into_iter().find(|fund| fund.id == *id);
    let fund = found.ok_or(Error::NotFound("fund"))?;
    let committed = store::decision::commitments(tx, &by.scope.tenant, Some(id))?.get(id).copied().unwrap_or_default();
    Ok((fund, committed.committed))
}

/// Keeps what was done with a decision, with its row in the journal.
pub(super) fn keep(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    decision: (&DecisionId, usize),
    act: Act,
    draft: Option<&Draft>,
    detail: &str,
) -> Result<Event, Error> {
    let (id, after) = decision;
    let event = Event { act, by: by.name.clone(), account: account(by), at: app.clock.now() };
    store::decision::append(tx, &by.scope.tenant, id, after, &event, draft).map_err(overtaken)?;
    store::audit::append(tx, by, event.at, event.act.word(), &format!("decision:{id}"), detail)?;
    Ok(event)
}

/// The account of whoever acts, where a person signed in does.
fn account(by: &Actor) -> Option<String> {
    match &by.capacity {
        Capacity::Person { account, .. } => Some(account.to_string()),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
    }
}

/// Someone else did what was to be done.
pub(super) fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}

/// A text as it is kept.
pub(super) fn tidy(text: &str) -> String {
    nfc(text.trim())
}
