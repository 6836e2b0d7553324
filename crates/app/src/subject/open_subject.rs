//! Enters a person, a collective or a household (lập hồ sơ), with the unit it belongs to; who may be known is shown first.

use thidua_base::Timestamp;
use thidua_base::code::OrgId;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::honour::Subject;
use thidua_domain::refusal::SubjectFault;
use thidua_domain::subject::matching::Register;
use thidua_domain::subject::{
    About, Candidate, Details, Entered, Fact, FactId, FactKind, Fields, Found, Identity, Reason, Sought, SubjectId,
    hide_numbers, kind_word,
};
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_store as store;

use super::held::{BookHonours, everyone, known_unit};
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// What became of it.
#[derive(Debug, Clone)]
pub enum Opened {
    /// It was entered.
    Done(SubjectId),
    /// It may be known already: nothing was entered.
    Alike(Vec<Alike>),
}

/// Someone who may be the same.
#[derive(Debug, Clone)]
pub struct Alike {
    /// Who.
    pub id: SubjectId,
    /// Who that is.
    pub details: Details,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Enters a subject and its place in a unit; `is_sure` says that nobody who is known is meant.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not enter facts of the unit; what [`Details::read`] and [`About::read`]
/// refuse; [`SubjectFault::CccdHeld`] for a citizen's number that somebody in reach has.
pub fn open_subject(
    app: &App,
    by: &Actor,
    kind: Subject,
    fields: &Fields,
    source: &str,
    is_sure: bool,
) -> Result<Opened, Error> {
    let details = Details::read(kind, fields)?;
    let place = About::read(FactKind::Position, fields)?;
    let About::Position(position) = &place else { return Err(Error::NotFound("unit")) };
    permit(by, Verb::EnterFacts, Thing::Unit(&position.unit), "unit")?;
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let mut tx = app.db.begin()?;
    known_unit(&mut tx, app, by, &position.unit)?;
    let book = app.book_in(&mut tx, by)?;
    let beside =
        thidua_domain::subject::decide::Beside { details: &details, facts: &[], honours: &BookHonours(&book), today };
    thidua_domain::subject::decide::decide(&place, beside)?;
    let all = everyone(&mut tx, by, today)?;
    if let Some(held) = details.cccd.as_ref().and_then(|cccd| {
        all.details.values().find(|known| known.cccd.as_ref() == Some(cccd)).map(|known| known.name.clone())
    }) {
        return Err(SubjectFault::CccdHeld { name: held }.into());
    }
    if !is_sure {
        let alike = alike(&all, &details, &position.unit);
        if !alike.is_empty() {
            return Ok(Opened::Alike(alike));
        }
    }
    let identity = new_identity(app, by, details, source, now)?;
    let fact = new_fact(app, by, &identity.id, place, source, now)?;

    let tenant = &by.scope.tenant;
    store::subject::insert(&mut tx, tenant, &identity)?;
    store::subject::fact::insert_many(&mut tx, tenant, std::slice::from_ref(&fact))?;
    let detail = format!("{}: {}", kind_word(kind), hide_numbers(&identity.details.name));
    store::audit::append(&mut tx, by, now, "open-subject", &format!("subject:{}", identity.id), &detail)?;
    tx.commit()?;
    Ok(Opened::Done(identity.id))
}

fn alike(all: &super::held::Everyone, details: &Details, unit: &OrgId) -> Vec<Alike> {
    let sought =
        Sought { name: details.name.clone(), born: details.born, cccd: details.cccd.clone(), unit: Some(unit.clone()) };
    let candidates: Vec<Candidate> = match Register::of(&all.known).find(&sought) {
        Found::Nobody => Vec::new(),
        Found::One(one) => vec![one],
        Found::Unclear(several) => several,
    };
    let seen = candidates.into_iter().filter_map(|one| {
        let known = all.details.get(&one.id).filter(|known| known.kind == details.kind)?;
        Some(Alike { id: one.id, details: known.clone(), reasons: one.reasons })
    });
    seen.collect()
}

/// A first version with an id of its own.
pub(super) fn new_identity(
    app: &App,
    by: &Actor,
    details: Details,
    source: &str,
    now: Timestamp,
) -> Result<Identity, Error> {
    Ok(Identity {
        id: SubjectId::parse(&format!("s-{}", hex(&app.entropy.bytes::<12>()?)))
            .map_err(|why| Error::Internal(why.into()))?,
        version: 1,
        details,
        provenance: Provenance { origin: Origin::Reported, source: source_of(source)? },
        entered: Entered { by: by.name.clone(), at: now, reason: String::new() },
    })
}

/// A fact with an id of its own.
pub(crate) fn new_fact(
    app: &App,
    by: &Actor,
    subject: &SubjectId,
    about: About,
    source: &str,
    now: Timestamp,
) -> Result<Fact, Error> {
    Ok(Fact {
        id: FactId::parse(&format!("f-{}", hex(&app.entropy.bytes::<12>()?)))
            .map_err(|why| Error::Internal(why.into()))?,
        subject: subject.clone(),
        about,
        supersedes: None,
        provenance: Provenance { origin: Origin::Reported, source: source_of(source)? },
        entered: Entered { by: by.name.clone(), at: now, reason: String::new() },
    })
}

fn source_of(text: &str) -> Result<String, Refusal> {
    let text = thidua_base::text::nfc(text.trim());
    if text.chars().count() > thidua_domain::subject::TEXT_CHARS_MAX {
        return Err(Refusal::LongText { most: thidua_domain::subject::TEXT_CHARS_MAX });
    }
    Ok(text)
}
