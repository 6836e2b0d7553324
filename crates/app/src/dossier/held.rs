//! Dossiers as an actor may read them, and small things every verb of the chapter needs.

use thidua_base::code::{Kind, OrgId};
use thidua_base::text::nfc;
use thidua_base::{Code, Timestamp};
use thidua_domain::actor::{Capacity, Reach, Scope, Thing, Verb, may, reach_of};
use thidua_domain::dossier::{Act, Dossier, DossierId, Event, Round, RoundId, Side, TEXT_CHARS_MAX};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::dossier::Wanted;

use crate::entropy::hex;
use crate::{App, Error};

/// The scope in which an actor reads dossiers.
///
/// # Errors
/// [`Error::NotFound`] where they read none at all.
pub(super) fn scope_of(by: &Actor) -> Result<Scope, Error> {
    let units = reach_of(by, Verb::ReadDossiers);
    if units == Reach::Only(Vec::new()) {
        return Err(Error::NotFound("dossier"));
    }
    Ok(Scope { tenant: by.scope.tenant.clone(), units })
}

/// A round.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or the actor reads no dossiers at all.
pub(super) fn round(tx: &mut Tx, by: &Actor, id: &RoundId) -> Result<Round, Error> {
    scope_of(by)?;
    let rounds = store::dossier::rounds(tx, &by.scope.tenant)?;
    rounds.into_iter().find(|round| round.id == *id).ok_or(Error::NotFound("round"))
}

/// A dossier with its round.
///
/// # Errors
/// [`Error::NotFound`] where there is none that this actor may read.
pub(super) fn held(tx: &mut Tx, by: &Actor, id: &DossierId) -> Result<(Dossier, Round), Error> {
    let dossier = held_many(tx, by, std::slice::from_ref(id))?.pop().ok_or(Error::NotFound("dossier"))?;
    let round = round(tx, by, &dossier.round)?;
    Ok((dossier, round))
}

/// Some dossiers, all of which the actor may read.
///
/// # Errors
/// [`Error::NotFound`] where one is not there for this actor.
pub(super) fn held_many(tx: &mut Tx, by: &Actor, ids: &[DossierId]) -> Result<Vec<Dossier>, Error> {
    let scope = scope_of(by)?;
    let found = store::dossier::dossiers(tx, &scope, &Wanted { ids: Some(ids.to_vec()), ..Wanted::default() })?;
    if ids.iter().all(|id| found.iter().any(|one| one.id == *id)) { Ok(found) } else { Err(Error::NotFound("dossier")) }
}

/// The unit in whose name a side acts.
pub(super) fn unit_of<'a>(side: Side, dossier: &'a Dossier, round: &'a Round) -> &'a OrgId {
    match side {
        Side::Nominator => &dossier.unit,
        Side::Receiver => &round.unit,
    }
}

/// Whether an actor may do a verb in a side's name.
pub(super) fn may_on(by: &Actor, verb: Verb, side: Side, dossier: &Dossier, round: &Round) -> bool {
    may(by, verb, Thing::Unit(unit_of(side, dossier, round))).is_granted()
}

/// The account of whoever acts, where a person signed in does.
pub(super) fn account(by: &Actor) -> Option<String> {
    match &by.capacity {
        Capacity::Person { account, .. } => Some(account.to_string()),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
    }
}

/// An event of now.
pub(super) fn event(by: &Actor, act: Act, at: Timestamp, reason: &str) -> Event {
    Event { act, by: by.name.clone(), account: account(by), at, reason: reason.to_owned() }
}

/// A new id with a letter before it.
pub(super) fn new_id<K: Kind>(app: &App, letter: &str) -> Result<Code<K>, Error> {
    let id = Code::parse(&format!("{letter}-{}", hex(&app.entropy.bytes::<8>()?)));
    id.map_err(|why| Error::Internal(why.into()))
}

/// A text that has to say something.
///
/// # Errors
/// [`Refusal::LongText`]; `empty` where it says nothing.
pub(super) fn said(text: &str, empty: Refusal) -> Result<String, Refusal> {
    let text = nfc(text.trim());
    if text.is_empty() {
        return Err(empty);
    }
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Refusal::LongText { most: TEXT_CHARS_MAX });
    }
    Ok(text)
}

/// The thing of rows of the journal.
pub(super) fn thing(id: &DossierId) -> String {
    format!("dossier:{id}")
}

/// A place that someone else took meanwhile is told to the user.
pub(super) fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}
