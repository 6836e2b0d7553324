//! Persons, collectives and households with what is known of them.

use thidua_base::code::{AwardId, kind};
use thidua_domain::Refusal;
use thidua_domain::honour::Subject;
use thidua_domain::refusal::PackFault;
use thidua_domain::subject::decide::{Beside, decide};
use thidua_domain::subject::read::{IDENTITY_FIELDS, fields_of};
use thidua_domain::subject::{About, Details, Entered, Fact, FactKind, FactTag, Fields, Identity, SubjectTag, Term};
use thidua_law::Book;

use crate::pack::Entered as PackEntered;
use crate::pack::known::Known;
use crate::pack::record::Record;
use crate::subject::BookHonours;

/// Columns of `subjects.csv`.
pub(in crate::pack) const SUBJECTS: &[&str] =
    &["id", "kind", "name", "born", "sex", "cccd", "place", "recruited_on", "note", "origin", "source"];
/// Columns of `facts.csv`; `details` lists fields: `year=2019; grade=hoan-thanh-tot`.
pub(in crate::pack) const FACTS: &[&str] = &["id", "subject", "kind", "details", "origin", "source"];

/// Who they are.
pub(in crate::pack) fn subjects(records: &[Record], entered: &PackEntered) -> Result<Vec<Identity>, Refusal> {
    let mut ids: Known<SubjectTag> = Known::none();
    let identity = |record: &Record| {
        let kind = record.one_of(
            "kind",
            &[
                ("individual", Subject::Individual),
                ("collective", Subject::Collective),
                ("household", Subject::Household),
            ],
        )?;
        let texts = IDENTITY_FIELDS.iter().map(|name| Ok((*name, record.free(name)?.to_owned())));
        let fields = Fields::of(texts.collect::<Result<Vec<_>, Refusal>>()?);
        let details = Details::read(kind, &fields).map_err(|why| record.fault("name", said(&why)))?;
        Ok(Identity {
            id: ids.define(record, "id")?,
            version: 1,
            details,
            provenance: record.provenance()?,
            entered: by(entered),
        })
    };
    records.iter().map(identity).collect()
}

/// What is known of them; each fact is held against those before it, as if somebody entered it.
pub(in crate::pack) fn facts(
    records: &[Record],
    subjects: &[Identity],
    awards: &[thidua_domain::decision::Award],
    units: &Known<kind::Org>,
    entered: &PackEntered,
    book: &Book,
) -> Result<Vec<Fact>, Refusal> {
    let known: Known<SubjectTag> = Known::of(subjects.iter().map(|subject| subject.id.clone()));
    let registered: Known<kind::Award> = Known::of(awards.iter().map(|award| award.id.clone()));
    let mut ids: Known<FactTag> = Known::none();
    let mut facts: Vec<Fact> = Vec::new();
    for record in records {
        let id = ids.define(record, "id")?;
        let subject = known.resolve(record, "subject")?;
        let words: Vec<(&str, FactKind)> = FactKind::all().map(|kind| (kind.word(), kind)).collect();
        let kind = record.one_of("kind", &words)?;
        let fields = details(record, kind)?;
        let about = About::read(kind, &fields).map_err(|why| record.fault("details", said(&why)))?;
        let (unit, register): (Option<_>, Option<&AwardId>) = match &about {
            About::Position(position) => (Some(&position.unit), None),
            About::Award(held) => (held.unit.as_ref(), held.register.as_ref()),
            _ => (None, None),
        };
        if let Some(unit) = unit.filter(|unit| !units.holds(unit.as_str())) {
            return Err(record.fault("details", PackFault::Dangling(unit.to_string())));
        }
        if let Some(register) = register.filter(|register| !registered.holds(register.as_str())) {
            return Err(record.fault("details", PackFault::Dangling(register.to_string())));
        }
        let who = subjects.iter().find(|one| one.id == subject).map(|one| &one.details);
        let beside: Vec<&Fact> = facts.iter().filter(|fact| fact.subject == subject).collect();
        if let Some(details) = who {
            let today = entered.at.date_in_vietnam();
            let honours = &BookHonours(book);
            let beside = Beside { details, facts: &beside, honours, today };
            decide(&about, beside).map_err(|why| record.fault("details", said(&why)))?;
        }
        facts.push(Fact {
            id,
            subject,
            about,
            supersedes: None,
            provenance: record.provenance()?,
            entered: by(entered),
        });
    }
    Ok(facts)
}

fn details(record: &Record, kind: FactKind) -> Result<Fields, Refusal> {
    let mut fields = Fields::default();
    for part in record.text("details")?.split(';') {
        let Some((name, text)) = part.split_once('=') else {
            return Err(record.fault("details", PackFault::Syntax(format!("'{}' is no 'name=text'", part.trim()))));
        };
        let name = name.trim();
        if !fields_of(kind).contains(&name) && name != "register" {
            return Err(record.fault("details", PackFault::Dangling(name.to_owned())));
        }
        fields.set(name, text);
    }
    Ok(fields)
}

fn said(why: &Refusal) -> PackFault {
    PackFault::Syntax(why.to_string())
}

fn by(entered: &PackEntered) -> Entered {
    Entered { by: entered.by.clone(), at: entered.at, reason: String::new() }
}
