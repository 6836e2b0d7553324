//! Decisions as pages show them: the list, one with its lines, what was awarded and not paid.

use thidua_base::Date;
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::decision::{Bonus, Decision, DecisionId, Line, State};
use thidua_domain::subject::record::kind_of;
use thidua_domain::{Actor, Scope};
use thidua_store as store;
use thidua_store::decision::{Due, Head};

use super::desk::{decision, scope_of};
use super::draft_decision::People;
use crate::{App, Error};

/// A decision in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The decision.
    pub head: Head,
    /// The name of the unit in whose name it is made.
    pub issuer_name: String,
}

/// A decision with what the actor may do with it.
#[derive(Debug, Clone)]
pub struct DecisionSeen {
    /// The decision.
    pub decision: Decision,
    /// The name of the unit in whose name it is made.
    pub issuer_name: String,
    /// Its lines.
    pub lines: Vec<LineSeen>,
    /// Whether the actor may write it.
    pub writes: bool,
    /// Whether the actor may enter its signature.
    pub signs: bool,
    /// Whether the actor may take awards back and put lines right.
    pub revokes: bool,
    /// Whether the actor may enter payments.
    pub pays: bool,
}

/// A line of a decision.
#[derive(Debug, Clone)]
pub struct LineSeen {
    /// The line, from 1.
    pub nr: usize,
    /// What the draft says.
    pub line: Line,
    /// The name as it stands after corrections.
    pub name: String,
    /// The name of the unit.
    pub unit_name: String,
    /// The name of the honour.
    pub honour_name: String,
    /// The bonus: frozen once signed, before that as it would be today.
    pub bonus: Bonus,
    /// The day the award was taken back.
    pub revoked_on: Option<Date>,
    /// What was paid, in đồng.
    pub paid: i64,
    /// What is still to be paid, in đồng.
    pub due: i64,
}

/// An award that was not paid, or not whole.
#[derive(Debug, Clone)]
pub struct Unpaid {
    /// What is due.
    pub due: Due,
    /// The name of the unit.
    pub unit_name: String,
    /// The name of the honour.
    pub honour_name: String,
}

/// The decisions of the actor's units: drafts first, then the latest.
///
/// # Errors
/// [`Error::NotFound`] where they read of none.
pub fn decisions(app: &App, by: &Actor) -> Result<Vec<Listed>, Error> {
    let scope = scope_of(by, Verb::ReadDecisions)?;
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let heads = store::decision::heads(tx, &scope)?;
        let listed = heads.into_iter().map(|head| {
            let on = head.signed.as_ref().map_or(today, |(_, on)| *on);
            Listed { issuer_name: ground.units.name_on(&head.issuer, on), head }
        });
        Ok(listed.collect())
    })
}

/// A decision with its lines.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none the actor may read.
pub fn show_decision(app: &App, by: &Actor, id: &DecisionId) -> Result<DecisionSeen, Error> {
    app.db.read(|tx| {
        let held = decision(tx, by, Verb::ReadDecisions, id)?;
        seen(tx, app, by, held)
    })
}

fn seen(tx: &mut store::Tx, app: &App, by: &Actor, held: Decision) -> Result<DecisionSeen, Error> {
    let whole = Scope::whole(by.scope.tenant.clone());
    let today = app.clock.now().date_in_vietnam();
    let day = held.signature().map_or(today, |signature| signature.on);
    let ground = app.ground(tx, &whole)?;
    let people = People::read_in(tx, &whole, app, held.draft.lines.iter().map(|line| &line.subject))?;
    let lines = held.draft.lines.iter().enumerate().map(|(at, line)| {
        let nr = at + 1;
        let granted = held.granted.get(at).filter(|granted| granted.line == nr);
        let bonus = match granted {
            Some(granted) => granted.bonus.clone(),
            None => {
                let who = people.who(&line.subject)?;
                Bonus::of(app.book, &line.honour, kind_of(&who.details, &people.facts(&line.subject)), day)
            }
        };
        let honour = app.book.honour(&line.honour);
        Ok(LineSeen {
            nr,
            name: held.name_of(nr).unwrap_or(&line.name).to_owned(),
            unit_name: ground.units.name_on(&line.unit, day),
            honour_name: honour.map_or_else(|| line.honour.to_string(), |known| known.name_on(day).vi),
            bonus,
            revoked_on: held.revoked_on(nr),
            paid: held.paid(nr),
            due: held.due(nr),
            line: line.clone(),
        })
    });
    let lines = lines.collect::<Result<_, Error>>()?;
    let can = |verb| may(by, verb, Thing::Unit(&held.draft.issuer)).is_granted();
    let is = |state| held.state() == state;
    Ok(DecisionSeen {
        issuer_name: ground.units.name_on(&held.draft.issuer, day),
        lines,
        writes: is(State::Draft) && can(Verb::PrepareDecision),
        signs: is(State::Draft) && can(Verb::SignDecision),
        revokes: is(State::Signed) && can(Verb::RevokeAward),
        pays: is(State::Signed) && can(Verb::PayBonus),
        decision: held,
    })
}

/// What was awarded and not paid, the oldest decision first.
///
/// # Errors
/// [`Error::NotFound`] where the actor reads of none.
pub fn unpaid(app: &App, by: &Actor) -> Result<Vec<Unpaid>, Error> {
    let scope = scope_of(by, Verb::ReadDecisions)?;
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let due = store::decision::due(tx, &scope)?;
        let named = due.into_iter().map(|due| Unpaid {
            unit_name: ground.units.name_on(&due.unit, due.on),
            honour_name: app
                .book
                .honour(&due.honour)
                .map_or_else(|| due.honour.to_string(), |known| known.name_on(due.on).vi),
            due,
        });
        Ok(named.collect())
    })
}
