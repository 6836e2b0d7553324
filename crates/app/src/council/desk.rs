//! What the books hold of councils, read in a constant number of statements.

use thidua_base::Timestamp;
use thidua_base::text::nfc;
use thidua_domain::Actor;
use thidua_domain::actor::{Capacity, Scope, Thing, Verb, may};
use thidua_domain::council::composition::NewSeat;
use thidua_domain::council::session::Voters;
use thidua_domain::council::{Composition, Council, CouncilId, Seat, SessionAct, SessionId, Signed, Sitting, Stage};
use thidua_domain::{Refusal, refusal::CouncilFault};
use thidua_store as store;
use thidua_store::Tx;

use thidua_law::Book;

use crate::{App, Error};

/// A council with its composition.
pub(super) struct Held {
    pub(super) council: Council,
    pub(super) composition: Composition,
}

/// A session with its council and who takes part in it.
pub(super) struct Desk {
    pub(super) council: Council,
    pub(super) composition: Composition,
    pub(super) sitting: Sitting,
    /// Who cast a ballot, in the open or secretly.
    pub(super) voters: Voters,
    /// The seat of whoever acts.
    pub(super) mine: Option<Seat>,
    /// Whether they run the session.
    pub(super) runs: bool,
    pub(super) now: Timestamp,
}

/// The whole of a tenant: what is within reach is decided by the rights of each verb.
pub(super) fn whole(by: &Actor) -> Scope {
    Scope::whole(by.scope.tenant.clone())
}

/// A council, for whoever may do a verb to its unit; for others there is none.
pub(super) fn held(tx: &mut Tx, by: &Actor, id: &CouncilId, verb: Verb) -> Result<Held, Error> {
    let found = store::council::councils(tx, &whole(by))?.into_iter().find(|council| council.id == *id);
    let council = found.filter(|council| may(by, verb, Thing::Unit(&council.unit)).is_granted());
    let council = council.ok_or(Error::NotFound("council"))?;
    let composition = store::council::compositions(tx, &whole(by), Some(id))?.remove(id).unwrap_or_default();
    Ok(Held { council, composition })
}

impl Desk {
    /// Reads a session for whoever runs it or has a seat in it; for others there is none.
    pub(super) fn read(tx: &mut Tx, app: &App, by: &Actor, id: &SessionId) -> Result<Self, Error> {
        let absent = || Error::NotFound("session");
        let scope = whole(by);
        let sitting = store::council::sittings(tx, &scope, None, Some(id))?.pop().ok_or_else(absent)?;
        let of = &sitting.session.council;
        let council = store::council::councils(tx, &scope)?.into_iter().find(|council| council.id == *of);
        let council = council.ok_or_else(absent)?;
        let composition = store::council::compositions(tx, &scope, Some(of))?.remove(of).unwrap_or_default();
        let can = |verb| may(by, verb, Thing::Unit(&council.unit)).is_granted();
        let mine = account(by).filter(|_| can(Verb::SitInCouncil)).and_then(|account| match sitting.stage() {
            Stage::Called => {
                let seats = composition.on(sitting.session.held_on);
                seats.into_iter().find(|seat| seat.account.as_ref() == Some(&account))
            }
            Stage::Open | Stage::Closed => sitting.seat_of(&account).cloned(),
        });
        let runs = can(Verb::RunSession);
        if !runs && mine.is_none() {
            return Err(absent());
        }
        let mut voters = store::council::voters(tx, &scope, id)?;
        voters.extend(sitting.votes.keys().copied());
        Ok(Self { council, composition, sitting, voters, mine, runs, now: app.clock.now() })
    }

    /// The same, before a change: other writers of the tenant wait from here on.
    pub(super) fn write(tx: &mut Tx, app: &App, by: &Actor, id: &SessionId) -> Result<Self, Error> {
        store::reading::lock(tx, &by.scope.tenant)?;
        Self::read(tx, app, by, id)
    }

    /// Goes on only for whoever runs the session.
    pub(super) fn permit_running(&self) -> Result<(), Error> {
        if self.runs { Ok(()) } else { Err(Error::NotFound("session")) }
    }

    /// The seat of whoever acts.
    pub(super) fn seat(&self) -> Result<&Seat, Error> {
        self.mine.as_ref().ok_or(Error::NotFound("session"))
    }

    /// Keeps acts with a row in the journal.
    pub(super) fn keep(
        &self,
        tx: &mut Tx,
        by: &Actor,
        acts: &[SessionAct],
        verb: &str,
        detail: &str,
    ) -> Result<(), Error> {
        let session = &self.sitting.session.id;
        store::council::add_session_acts(tx, &by.scope.tenant, session, self.sitting.last, acts).map_err(overtaken)?;
        store::audit::append(tx, by, self.now, verb, &format!("council-session:{session}"), detail)?;
        Ok(())
    }

    /// Who acts, and now.
    pub(super) fn signed(&self, by: &Actor) -> Signed {
        Signed { by: by.name.clone(), at: self.now }
    }
}

/// The account of whoever acts in person.
pub(super) fn account(by: &Actor) -> Option<thidua_domain::actor::AccountId> {
    match &by.capacity {
        Capacity::Person { account, .. } => Some(account.clone()),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
    }
}

/// Text as it is kept: in Normal Form C, without spaces around it.
pub(super) fn tidy(text: &str) -> String {
    nfc(text.trim())
}

/// A place that someone else took meanwhile is told to the user.
pub(super) fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}

/// What is wrong with a council, as an error.
pub(super) fn fault(fault: CouncilFault) -> Error {
    Error::Refused(fault.into())
}

/// Whether the law book names a body that votes by this word.
pub(super) fn is_body(book: &Book, body: &str) -> bool {
    bodies(book).any(|known| known == body)
}

/// The bodies that vote by the law book, each as often as it is named.
pub(super) fn bodies(book: &Book) -> impl Iterator<Item = &str> {
    book.honours().flat_map(|honour| honour.procedure.votes.iter().map(|row| row.what.body.as_str()))
}

/// Whether the accounts and units that seats name are there.
pub(super) fn judge_seats(tx: &mut Tx, by: &Actor, seats: &[NewSeat]) -> Result<(), Error> {
    let accounts = store::account::accounts(tx, &by.scope.tenant)?;
    let units = store::org::units(tx, &whole(by))?;
    for seat in seats {
        let unknown = |asked: &str| fault(CouncilFault::Unknown { asked: asked.to_owned() });
        if let Some(account) = &seat.account
            && !accounts.iter().any(|known| known.id == *account)
        {
            return Err(unknown(account.as_str()));
        }
        if let Some(unit) = &seat.unit
            && !units.iter().any(|known| known.id == *unit)
        {
            return Err(unknown(unit.as_str()));
        }
    }
    Ok(())
}
