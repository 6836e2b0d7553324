//! A council: who sits, by which decisions, its own rules, its sessions.

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_base::text::collate;
use thidua_domain::Actor;
use thidua_domain::actor::{AccountId, Thing, Verb, may};
use thidua_domain::council::session::Closing;
use thidua_domain::council::{Composition, Council, CouncilId, Outcome, SessionId, Stage};
use thidua_store as store;

use super::desk::{account, held, whole};
use crate::{App, Error};

/// A council as an actor may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouncilSeen {
    /// The council.
    pub council: Council,
    /// The name of its unit today.
    pub unit: String,
    /// Every seat and rule there ever was.
    pub composition: Composition,
    /// Today.
    pub today: Date,
    /// Its sessions, the latest first.
    pub sessions: Vec<SessionLine>,
    /// Names of units that seats come from.
    pub units: Vec<(OrgId, String)>,
    /// Whether the actor may change its composition and its rules.
    pub composes: bool,
    /// Whether the actor may call sessions.
    pub calls: bool,
    /// Accounts that may be given a seat, by name; none for those who change nothing.
    pub accounts: Vec<(AccountId, String)>,
}

/// A session in the list of a council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Its id.
    pub id: SessionId,
    /// The day.
    pub held_on: Date,
    /// How far it is.
    pub stage: Stage,
    /// How many matters are on its agenda.
    pub matters: usize,
    /// How many votes were counted, and how many of them passed; only once it is closed.
    pub votes: Option<(usize, usize)>,
    /// Whether the actor may enter it.
    pub enters: bool,
}

/// Reads it.
///
/// # Errors
/// [`Error::NotFound`] where there is none that the actor may read.
pub fn show(app: &App, by: &Actor, id: &CouncilId) -> Result<CouncilSeen, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let found = held(tx, by, id, Verb::ReadCouncils)?;
        let ground = app.ground(tx, &whole(by))?;
        let can = |verb| may(by, verb, Thing::Unit(&found.council.unit)).is_granted();
        let (composes, calls, sits) = (can(Verb::ComposeCouncil), can(Verb::RunSession), can(Verb::SitInCouncil));
        let me = account(by).filter(|_| sits);
        let sessions = store::council::sittings(tx, &whole(by), Some(id), None)?.into_iter().map(|sitting| {
            let counted = sitting.closings.values().filter_map(|closing| match closing {
                Closing::Counted(count, _) => Some(count.outcome == Outcome::Passed),
                Closing::Voided(..) => None,
            });
            let counted: Vec<bool> = counted.collect();
            let seats = match sitting.stage() {
                Stage::Called => found.composition.on(sitting.session.held_on),
                Stage::Open | Stage::Closed => sitting.members.clone(),
            };
            SessionLine {
                held_on: sitting.session.held_on,
                stage: sitting.stage(),
                matters: sitting.matters.len(),
                votes: (sitting.stage() == Stage::Closed)
                    .then(|| (counted.len(), counted.iter().filter(|passed| **passed).count())),
                enters: calls
                    || me.as_ref().is_some_and(|me| seats.iter().any(|seat| seat.account.as_ref() == Some(me))),
                id: sitting.session.id,
            }
        });
        let sessions = sessions.collect();
        let mut accounts = Vec::new();
        if composes {
            let known = store::account::accounts(tx, &by.scope.tenant)?;
            accounts.extend(known.into_iter().map(|account| (account.id, account.display_name)));
            accounts.sort_by(|a, b| collate(&a.1, &b.1));
        }
        let mut units: Vec<(OrgId, String)> = Vec::new();
        for unit in found.composition.seats.iter().filter_map(|seat| seat.unit.as_ref()) {
            if !units.iter().any(|(known, _)| known == unit) {
                units.push((unit.clone(), ground.units.name_on(unit, today)));
            }
        }
        Ok(CouncilSeen {
            unit: ground.units.name_on(&found.council.unit, today),
            council: found.council,
            composition: found.composition,
            today,
            sessions,
            units,
            composes,
            calls,
            accounts,
        })
    })
}
