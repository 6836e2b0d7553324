//! Enters the signature of a decision with its number and day (ban hành quyết định): its awards stand in the records of
//! those named, its bonuses are committed against the fund; all of it or nothing.

use thidua_base::Date;
use thidua_domain::actor::Verb;
use thidua_domain::decision::fund::judge_cover;
use thidua_domain::decision::{Act, Bonus, Decision, DecisionId, Granted, Line, Signature};
use thidua_domain::refusal::{DecisionFault, SubjectFault};
use thidua_domain::subject::decide::{Beside, Warning, decide};
use thidua_domain::subject::fact::{Authority, Held};
use thidua_domain::subject::record::kind_of;
use thidua_domain::subject::{About, Fact, Term};
use thidua_domain::{Actor, Refusal, Scope};
use thidua_law::Book;
use thidua_law::honour::on_day;
use thidua_law::vocabulary::Confidence;
use thidua_store as store;

use super::desk::{decision, fund, keep, tidy};
use super::draft_decision::People;
use crate::subject::{BookHonours, new_fact};
use crate::{App, Error};

/// Something to be looked at that does not stop a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SigningWarning {
    /// The honour did not exist on the day, as far as the law book knows.
    NotInForce {
        /// The line, from 1.
        line: usize,
        /// The honour's name.
        honour: String,
    },
    /// The law book gives the honour to others, by a clause nobody has read in the gazette.
    PerhapsNotTheirs {
        /// The line, from 1.
        line: usize,
        /// The honour's name.
        honour: String,
    },
    /// The law book knows of no bonus.
    NoBonusKnown {
        /// The line, from 1.
        line: usize,
        /// The honour's name.
        honour: String,
    },
}

/// What a signature came to.
#[derive(Debug, Clone)]
pub struct Signed {
    /// What it made of each line.
    pub granted: Vec<Granted>,
    /// What it takes from the fund, in đồng.
    pub vnd: i64,
    /// What should be looked at.
    pub warnings: Vec<SigningWarning>,
}

/// Enters it, on a decision of which the actor saw so many events.
///
/// # Errors
/// [`Error::NotFound`]; what [`Signature::judge`] and [`Decision::judge`] refuse; [`DecisionFault::NumberTaken`];
/// [`DecisionFault::NotTheirs`] by a clause that was read; [`DecisionFault::Line`] where an award cannot stand in the
/// record of its subject; [`DecisionFault::NoFund`] and [`DecisionFault::FundShort`]; [`Refusal::ChangedMeanwhile`].
pub fn sign_decision(
    app: &App,
    by: &Actor,
    (id, seen): (&DecisionId, usize),
    asked: &Signature,
) -> Result<Signed, Error> {
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let signature = Signature {
        number: tidy(&asked.number),
        signer: tidy(&asked.signer),
        position: tidy(&asked.position),
        ..asked.clone()
    };
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let held = decision(&mut tx, by, Verb::SignDecision, id)?;
    let act = Act::Sign(signature.clone());
    held.judge(&act)?;
    signature.judge(&held.draft, today)?;
    if held.events.len() != seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let year = year_of(signature.on);
    let taken = store::decision::with_number(&mut tx, &by.scope.tenant, &held.draft.issuer, &signature.number, year)?;
    if let Some((_, on)) = taken.into_iter().next() {
        return Err(DecisionFault::NumberTaken { number: signature.number, on }.into());
    }
    // Who prepared it saw those named; whoever signs it for the unit reads them for this one thing.
    let whole = Scope::whole(by.scope.tenant.clone());
    let people = People::read_in(&mut tx, &whole, app, held.draft.lines.iter().map(|line| &line.subject))?;
    let book = app.book_in(&mut tx, by)?;
    let made = made(app, &book, by, &held, &signature, &people)?;
    let needed = made.granted.iter().map(|granted| granted.bonus.vnd).sum();
    match &held.draft.fund {
        None => judge_cover(None, 0, needed)?,
        Some(paying) => {
            let (fund, committed) = fund(&mut tx, by, &held.draft.issuer, paying)?;
            judge_cover(Some(&fund), committed, needed)?;
        }
    }

    store::subject::fact::insert_many(&mut tx, &by.scope.tenant, &made.facts)?;
    let detail = format!("{} on {}: {} awards, {needed} đồng", signature.number, signature.on, made.facts.len());
    keep(&mut tx, app, by, (id, seen), act, None, &detail)?;
    store::decision::grant(&mut tx, &by.scope.tenant, id, &made.granted)?;
    tx.commit()?;
    Ok(Signed { granted: made.granted, vnd: needed, warnings: made.warnings })
}

fn year_of(day: Date) -> (Date, Date) {
    let at = |month, of| Date::new(day.year(), month, of).unwrap_or(day);
    (at(1, 1), at(12, 31))
}

struct Made {
    facts: Vec<Fact>,
    granted: Vec<Granted>,
    warnings: Vec<SigningWarning>,
}

fn made(
    app: &App,
    book: &Book,
    by: &Actor,
    held: &Decision,
    signature: &Signature,
    people: &People,
) -> Result<Made, Error> {
    let now = app.clock.now();
    let honours = BookHonours(book);
    let source = format!("Quyết định số {} ngày {}", signature.number, signature.on.in_table());
    let mut made = Made { facts: Vec::new(), granted: Vec::new(), warnings: Vec::new() };
    for (at, line) in held.draft.lines.iter().enumerate() {
        let nr = at + 1;
        made.warnings.extend(theirs(book, held.draft.authority, line, signature.on, nr)?);
        let who = people.who(&line.subject)?;
        let known = people.facts(&line.subject);
        let about = About::Award(Held {
            honour: line.honour.clone(),
            year: held.draft.year,
            period: None,
            number: signature.number.clone(),
            decided_on: signature.on,
            authority: held.draft.authority,
            level: held.draft.authority.level(),
            achievement: line.achievement.clone(),
            commendation: held.draft.commendation,
            duty: line.duty,
            unit: Some(line.unit.clone()),
            revoked_on: None,
            register: None,
        });
        let beside = Beside { details: &who.details, facts: &known, honours: &honours, today: now.date_in_vietnam() };
        let warned = decide(&about, beside).map_err(|refusal| of_line(refusal, nr, line))?;
        made.warnings.extend(warned.into_iter().map(|warning| match warning {
            Warning::NotInForce { honour, .. } => SigningWarning::NotInForce { line: nr, honour },
        }));
        let bonus = Bonus::of(book, &line.honour, kind_of(&who.details, &known), signature.on);
        if bonus.times.is_none() {
            made.warnings.push(SigningWarning::NoBonusKnown { line: nr, honour: name_of(book, line, signature.on) });
        }
        let fact = new_fact(app, by, &who.id, about, &source, now)?;
        made.granted.push(Granted { line: nr, fact: fact.id.clone(), bonus });
        made.facts.push(fact);
    }
    Ok(made)
}

/// Tells of which line something is wrong.
fn of_line(refusal: Refusal, nr: usize, line: &Line) -> Error {
    match refusal {
        Refusal::Subject(why) => DecisionFault::Line { line: nr, name: line.name.clone(), why: Box::new(why) }.into(),
        other => other.into(),
    }
}

fn name_of(book: &Book, line: &Line, on: Date) -> String {
    book.honour(&line.honour).map_or_else(|| line.honour.to_string(), |known| known.name_on(on).vi)
}

/// Whether the authority decides on the honour of a line, as far as the law book says.
fn theirs(
    book: &Book,
    authority: Authority,
    line: &Line,
    on: Date,
    nr: usize,
) -> Result<Option<SigningWarning>, Error> {
    let unknown = || SubjectFault::UnknownHonour { asked: line.honour.to_string() };
    let honour = book.honour(&line.honour).ok_or_else(unknown)?;
    let deciders: Vec<_> = on_day(&honour.procedure.deciders, on).collect();
    // The head of an office of no listed kind may be any of those named; a common name has no deciders of its own.
    if deciders.is_empty()
        || authority == Authority::UnitHead
        || deciders.iter().any(|row| row.what.authority == Term::word(authority))
    {
        return Ok(None);
    }
    let name = name_of(book, line, on);
    match deciders.iter().all(|row| row.confidence == Confidence::TextSeen) {
        true => {
            let cites: Vec<String> = deciders.iter().map(|row| row.cite.to_string()).collect();
            let authority = thidua_law::vocabulary::Word::vi(authority).to_owned();
            Err(DecisionFault::NotTheirs { authority, honour: name, cite: cites.join("; ") }.into())
        }
        false => Ok(Some(SigningWarning::PerhapsNotTheirs { line: nr, honour: name })),
    }
}
