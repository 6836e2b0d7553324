//! Decisions as pages show them: the list, one with its lines, what was awarded and not paid.

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_base::text::collate;
use thidua_domain::actor::{Reach, Thing, Verb, may};
use thidua_domain::decision::{Bonus, Decision, DecisionId, Fund, Line, State};
use thidua_domain::subject::fact::Authority;
use thidua_domain::subject::record::kind_of;
use thidua_domain::{Actor, Origin, Scope};
use thidua_store as store;
use thidua_store::decision::{Due, Head};

use super::desk::{decision, fund, scope_of};
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
    /// The day whose law and names hold: of the signature, today before.
    pub day: Date,
    /// Whether somebody it names is a sample.
    pub has_samples: bool,
    /// The fund that pays, with what is free in it, in đồng.
    pub fund: Option<(Fund, i64)>,
    /// Whether the actor may write it.
    pub writes: bool,
    /// Whether the actor may enter its signature.
    pub signs: bool,
    /// Whether the actor may take awards back and put lines right.
    pub revokes: bool,
    /// Whether the actor may enter payments.
    pub pays: bool,
}

/// What a decision may be made of.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Units in whose name the actor prepares decisions: that of the pages first, then by name.
    pub issuers: Vec<(OrgId, String)>,
    /// The authority of the first of them, by what that unit is.
    pub authority: Authority,
    /// Their funds, the latest year first.
    pub funds: Vec<Fund>,
    /// Today.
    pub today: Date,
}

/// Reads them; nobody is refused, who prepares none gets none.
///
/// # Errors
/// Where the database cannot be read.
pub fn choices(app: &App, by: &Actor) -> Result<Choices, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let theirs = ground
            .units
            .iter()
            .filter(|unit| unit.on(today) && may(by, Verb::PrepareDecision, Thing::Unit(&unit.id)).is_granted());
        let mut issuers: Vec<(OrgId, String)> =
            theirs.map(|unit| (unit.id.clone(), ground.units.name_on(&unit.id, today))).collect();
        let is_other = |unit: &OrgId| *unit != app.home.unit;
        issuers.sort_by(|(a, one), (b, two)| is_other(a).cmp(&is_other(b)).then_with(|| collate(one, two)));
        let first = issuers.first().and_then(|(id, _)| ground.units.on(id, today));
        let authority = match first.map(|unit| unit.kind.as_str()) {
            Some("province" | "city") => Authority::ProvinceChair,
            Some("district" | "town") => Authority::DistrictChair,
            Some("commune" | "township" | "ward" | "special-zone") => Authority::CommuneChair,
            Some(_) | None => Authority::UnitHead,
        };
        let units = issuers.iter().map(|(id, _)| id.clone()).collect();
        let scope = Scope { tenant: by.scope.tenant.clone(), units: Reach::Only(units) };
        Ok(Choices { issuers, authority, funds: store::fund::funds(tx, &scope)?, today })
    })
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
    app.db.read(|tx| show_in(tx, app, by, id))
}

/// The same inside a transaction.
pub(super) fn show_in(tx: &mut store::Tx, app: &App, by: &Actor, id: &DecisionId) -> Result<DecisionSeen, Error> {
    let held = decision(tx, by, Verb::ReadDecisions, id)?;
    seen(tx, app, by, held)
}

fn seen(tx: &mut store::Tx, app: &App, by: &Actor, held: Decision) -> Result<DecisionSeen, Error> {
    let whole = Scope::whole(by.scope.tenant.clone());
    let today = app.clock.now().date_in_vietnam();
    let day = held.signature().map_or(today, |signature| signature.on);
    let ground = app.ground(tx, &whole)?;
    let people = People::read_in(tx, &whole, app, held.draft.lines.iter().map(|line| &line.subject))?;
    let book = app.book_in(tx, by)?;
    let lines = held.draft.lines.iter().enumerate().map(|(at, line)| {
        let nr = at + 1;
        let granted = held.granted.get(at).filter(|granted| granted.line == nr);
        let bonus = match granted {
            Some(granted) => granted.bonus.clone(),
            None => {
                let who = people.who(&line.subject)?;
                Bonus::of(&book, &line.honour, kind_of(&who.details, &people.facts(&line.subject)), day)
            }
        };
        Ok(LineSeen {
            nr,
            name: held.name_of(nr).unwrap_or(&line.name).to_owned(),
            unit_name: ground.units.name_on(&line.unit, day),
            bonus,
            revoked_on: held.revoked_on(nr),
            paid: held.paid(nr),
            due: held.due(nr),
            line: line.clone(),
        })
    });
    let lines = lines.collect::<Result<_, Error>>()?;
    let is_sample = |line: &Line| people.who(&line.subject).is_ok_and(|who| who.provenance.origin == Origin::Sample);
    let has_samples = held.draft.lines.iter().any(is_sample);
    let fund = match &held.draft.fund {
        Some(paying) => {
            let (fund, committed) = fund(tx, by, &held.draft.issuer, paying)?;
            let free = fund.total().saturating_sub(committed);
            Some((fund, free))
        }
        None => None,
    };
    let can = |verb| may(by, verb, Thing::Unit(&held.draft.issuer)).is_granted();
    let is = |state| held.state() == state;
    Ok(DecisionSeen {
        issuer_name: ground.units.name_on(&held.draft.issuer, day),
        lines,
        day,
        has_samples,
        fund,
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
        let named = due.into_iter().map(|due| Unpaid { unit_name: ground.units.name_on(&due.unit, due.on), due });
        Ok(named.collect())
    })
}
