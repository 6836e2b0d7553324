//! What the forms of councils offer to choose from.

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::text::collate;
use thidua_domain::Actor;
use thidua_domain::actor::{AccountId, Thing, Verb, may};
use thidua_domain::council::{Council, CouncilId};
use thidua_law::table::Said;
use thidua_law::terms::TermKind;
use thidua_store as store;

use super::desk::{bodies, held, whole};
use crate::{App, Error};

/// What a council is composed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposeChoices {
    /// Units for which the actor composes councils, by name.
    pub units: Vec<(OrgId, String)>,
    /// Accounts that may be given a seat, by name.
    pub accounts: Vec<(AccountId, String)>,
    /// Bodies that vote by the law book, with their names.
    pub bodies: Vec<(String, Said)>,
    /// Today.
    pub today: Date,
}

/// What an agenda is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallChoices {
    /// The council.
    pub council: Council,
    /// Units that may nominate, by name.
    pub units: Vec<(OrgId, String)>,
    /// Honours of today's law, by name.
    pub honours: Vec<(HonourCode, Said)>,
    /// Today.
    pub today: Date,
}

/// The choices for composing a council.
///
/// # Errors
/// [`Error::NotFound`] for those who compose none.
pub fn compose_choices(app: &App, by: &Actor) -> Result<ComposeChoices, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let ground = app.ground(tx, &whole(by))?;
        let composes = |unit: &OrgId| may(by, Verb::ComposeCouncil, Thing::Unit(unit)).is_granted();
        let units = ground.units.iter().filter(|unit| unit.on(today) && composes(&unit.id));
        let units = by_name(units.map(|unit| (unit.id.clone(), unit.name.clone())).collect());
        if units.is_empty() {
            return Err(Error::NotFound("council"));
        }
        let accounts = store::account::accounts(tx, &by.scope.tenant)?;
        let mut named: Vec<(String, Said)> = Vec::new();
        let book = app.book_in(tx, by)?;
        for body in bodies(&book) {
            if !named.iter().any(|(known, _)| known == body) {
                named.push((body.to_owned(), book.rules().terms.said(TermKind::Body, body)));
            }
        }
        Ok(ComposeChoices {
            units,
            accounts: by_name(accounts.into_iter().map(|account| (account.id, account.display_name)).collect()),
            bodies: named,
            today,
        })
    })
}

/// The choices for calling a session of a council.
///
/// # Errors
/// [`Error::NotFound`] for those who call none.
pub fn call_choices(app: &App, by: &Actor, id: &CouncilId) -> Result<CallChoices, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let council = held(tx, by, id, Verb::RunSession)?.council;
        let ground = app.ground(tx, &whole(by))?;
        let units = ground.units.iter().filter(|unit| unit.on(today));
        let book = app.book_in(tx, by)?;
        let known = book.honours().filter(|honour| !honour.is_umbrella() && honour.version(today).is_some());
        let mut honours: Vec<(HonourCode, Said)> =
            known.map(|honour| (honour.code.clone(), honour.name_on(today))).collect();
        honours.sort_by(|a, b| collate(&a.1.vi, &b.1.vi));
        Ok(CallChoices {
            council,
            units: by_name(units.map(|unit| (unit.id.clone(), unit.name.clone())).collect()),
            honours,
            today,
        })
    })
}

fn by_name<K>(mut named: Vec<(K, String)>) -> Vec<(K, String)> {
    named.sort_by(|a, b| collate(&a.1, &b.1));
    named
}
