//! Enters a fact about a subject, corrects one, or takes one back that never was (ghi, đính chính, rút).

use thidua_base::text::nfc;
use thidua_domain::actor::Verb;
use thidua_domain::subject::decide::{Beside, Warning, decide};
use thidua_domain::subject::{About, Entered, Fact, FactId, FactKind, Fields, SubjectId, Term, current, hide_numbers};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::correct_subject::overtaken;
use super::held::{BookHonours, Held, held, known_unit};
use super::open_subject::new_fact;
use crate::{App, Error};

/// What a person says.
#[derive(Debug, Clone)]
pub struct FactAsked {
    /// Of what kind.
    pub kind: FactKind,
    /// Field by field.
    pub fields: Fields,
    /// From where it is known; may be empty.
    pub source: String,
    /// The fact it corrects.
    pub corrects: Option<FactId>,
    /// Why it is corrected.
    pub reason: String,
}

/// A fact that was entered, with what should be looked at.
#[derive(Debug, Clone)]
pub struct EnteredFact {
    /// The fact.
    pub fact: Fact,
    /// What should be looked at.
    pub warnings: Vec<Warning>,
}

/// Enters a fact, or corrects one.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not enter here; what [`About::read`] and [`decide`] refuse;
/// [`Refusal::NoReason`] for a correction without one; [`Refusal::ChangedMeanwhile`] where another took its place.
pub fn enter_fact(app: &App, by: &Actor, subject: &SubjectId, asked: &FactAsked) -> Result<EnteredFact, Error> {
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, today, subject)?;
    held.permit(by, Verb::EnterFacts, today)?;
    let corrected = match &asked.corrects {
        None => None,
        Some(id) => Some(corrected(&held, id, Some(asked.kind))?),
    };
    let reason = nfc(asked.reason.trim());
    if corrected.is_some() && reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let mut fields = asked.fields.clone();
    if asked.kind == FactKind::Award && fields.get("unit").is_empty() {
        // The award of a subject without another word is that of the unit it belongs to.
        if let [unit] = held.units(today).as_slice() {
            fields.set("unit", unit.as_str());
        }
    }
    // Which row of the register says the same is not for a form to say.
    let register = corrected.as_ref().and_then(|fact| match &fact.about {
        About::Award(award) => award.register.as_ref().map(|id| id.to_string()),
        _ => None,
    });
    fields.set("register", register.as_deref().unwrap_or_default());
    let about = About::read(asked.kind, &fields)?;
    match &about {
        About::Position(position) => known_unit(&mut tx, app, by, &position.unit)?,
        About::Award(award) => {
            if let Some(unit) = &award.unit {
                known_unit(&mut tx, app, by, unit)?;
            }
        }
        _ => {}
    }
    let details = held.details()?;
    let beside: Vec<&Fact> =
        current(&held.facts).into_iter().filter(|fact| Some(&fact.id) != asked.corrects.as_ref()).collect();
    let book = app.book_in(&mut tx, by)?;
    let honours = BookHonours(&book);
    let warnings = decide(&about, Beside { details: &details, facts: &beside, honours: &honours, today })?;
    let mut fact = new_fact(app, by, &held.id, about, &asked.source, now)?;
    if let Some(corrected) = corrected {
        // What was entered of one who was merged stays theirs: taking the merge back gives it back.
        fact.subject.clone_from(&corrected.subject);
        fact.supersedes = Some(corrected.id.clone());
    }
    fact.entered.reason = reason;

    let written = store::subject::fact::insert_many(&mut tx, &by.scope.tenant, std::slice::from_ref(&fact));
    written.map_err(overtaken)?;
    let told: Vec<String> = fact.about.fields().iter().map(|(name, text)| format!("{name}={text}")).collect();
    let (verb, over) = match &fact.supersedes {
        Some(over) => ("correct-fact", format!(" over {over} ({})", fact.entered.reason)),
        None => ("enter-fact", String::new()),
    };
    let detail = format!("{} {}{over}: {}", asked.kind.word(), fact.id, told.join("; "));
    store::audit::append(&mut tx, by, now, verb, &format!("subject:{}", held.id), &hide_numbers(&detail))?;
    tx.commit()?;
    Ok(EnteredFact { fact, warnings })
}

/// Takes a fact back that never was, with a reason; it stays in the record.
///
/// # Errors
/// As [`enter_fact`].
pub fn withdraw_fact(app: &App, by: &Actor, subject: &SubjectId, id: &FactId, reason: &str) -> Result<Fact, Error> {
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, today, subject)?;
    held.permit(by, Verb::EnterFacts, today)?;
    let gone = corrected(&held, id, None)?;
    let reason = nfc(reason.trim());
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    // Without any place nobody would see the subject again.
    let places = current(&held.facts).into_iter().filter(|fact| matches!(fact.about, About::Position(_)));
    if matches!(gone.about, About::Position(_)) && places.count() == 1 {
        return Err(thidua_domain::refusal::SubjectFault::MissingField { field: "unit" }.into());
    }
    let mut fact = new_fact(app, by, &gone.subject, About::Withdrawn, "", now)?;
    fact.supersedes = Some(gone.id.clone());
    fact.entered = Entered { reason, ..fact.entered };

    let written = store::subject::fact::insert_many(&mut tx, &by.scope.tenant, std::slice::from_ref(&fact));
    written.map_err(overtaken)?;
    let detail = hide_numbers(&format!("{}: {}", gone.id, fact.entered.reason));
    store::audit::append(&mut tx, by, now, "withdraw-fact", &format!("subject:{}", held.id), &detail)?;
    tx.commit()?;
    Ok(fact)
}

/// The fact to be corrected, of the kind, where no other took its place yet.
fn corrected(held: &Held, id: &FactId, kind: Option<FactKind>) -> Result<Fact, Error> {
    let fact = held.facts.iter().find(|fact| fact.id == *id).ok_or(Error::NotFound("fact"))?;
    if kind.is_some() && fact.about.kind() != kind {
        return Err(Error::NotFound("fact"));
    }
    match current(&held.facts).iter().any(|other| other.id == *id) {
        true => Ok(fact.clone()),
        false => Err(Refusal::ChangedMeanwhile.into()),
    }
}
