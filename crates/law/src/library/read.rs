//! The file of instruments, and what it must not say.

use std::collections::BTreeMap;

use serde::Deserialize;
use thidua_base::Date;
use thidua_base::code::InstrumentId;

use super::{End, LibraryEntry, Sureness};
use crate::holiday::{Confidence, confidence};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    instrument: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    kind: String,
    number: String,
    title: String,
    issuer: String,
    issued_on: Option<toml::value::Datetime>,
    in_force_from: Option<toml::value::Datetime>,
    in_force_to: Option<toml::value::Datetime>,
    lapses_on: Option<toml::value::Datetime>,
    replaced_by: Option<String>,
    #[serde(default)]
    amends: Vec<String>,
    role: String,
    #[serde(default)]
    note: String,
    confidence: String,
    #[serde(default)]
    less_sure: LessSure,
    #[serde(default)]
    sources: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LessSure {
    title: Option<String>,
    issued_on: Option<String>,
    in_force_from: Option<String>,
    end: Option<String>,
}

type Entries = BTreeMap<InstrumentId, LibraryEntry>;

/// Reads the file; the sentence of a fault names the instrument and the key.
pub(super) fn read(text: &str) -> Result<Entries, String> {
    let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
    let mut entries = Entries::new();
    for row in file.instrument {
        let at = row.id.clone();
        let entry = row.checked().map_err(|fault| fault.said(&at))?;
        if entries.insert(entry.id.clone(), entry).is_some() {
            return Err(Fault("id", "it is defined twice".to_owned()).said(&at));
        }
    }
    for entry in entries.values() {
        alone(entry).and_then(|()| among(entry, &entries)).map_err(|fault| fault.said(entry.id.as_str()))?;
    }
    Ok(entries)
}

/// What is wrong with a key of an instrument.
struct Fault(&'static str, String);

impl Fault {
    fn said(&self, id: &str) -> String {
        format!("'{id}', {}: {}", self.0, self.1)
    }
}

impl Row {
    fn checked(self) -> Result<LibraryEntry, Fault> {
        let id = |key, text: &str| InstrumentId::parse(text).map_err(|e| Fault(key, e.to_string()));
        let day = |key, value: Option<toml::value::Datetime>| {
            let parsed = value.map(|value| Date::parse(&value.to_string())).transpose();
            parsed.map_err(|e| Fault(key, e.to_string()))
        };
        let end = match (day("in_force_to", self.in_force_to)?, day("lapses_on", self.lapses_on)?) {
            (Some(_), Some(_)) => {
                return Err(Fault("lapses_on", "in_force_to tells the end already".to_owned()));
            }
            (Some(day), None) => Some(End { day, is_foreseen: false }),
            (None, Some(day)) => Some(End { day, is_foreseen: true }),
            (None, None) => None,
        };
        let entry = confidence(&self.confidence).map_err(|why| Fault("confidence", why))?;
        let sure = |key, word: Option<String>| less(entry, key, word);
        Ok(LibraryEntry {
            sureness: Some(Sureness {
                entry,
                title: sure("title", self.less_sure.title)?,
                issued_on: sure("issued_on", self.less_sure.issued_on)?,
                in_force_from: sure("in_force_from", self.less_sure.in_force_from)?,
                end: sure("end", self.less_sure.end)?,
            }),
            id: id("id", &self.id)?,
            issued_on: day("issued_on", self.issued_on)?,
            in_force_from: day("in_force_from", self.in_force_from)?,
            end,
            replaced_by: self.replaced_by.as_deref().map(|text| id("replaced_by", text)).transpose()?,
            amends: self.amends.iter().map(|text| id("amends", text)).collect::<Result<_, _>>()?,
            kind: self.kind,
            number: self.number,
            title: self.title,
            issuer: self.issuer,
            role: self.role,
            note: self.note,
            sources: self.sources,
        })
    }
}

/// A confidence below that of the entry, or that of the entry where none is given.
fn less(entry: Confidence, key: &str, word: Option<String>) -> Result<Confidence, Fault> {
    let Some(word) = word else { return Ok(entry) };
    match confidence(&word) {
        Ok(given) if given > entry => Ok(given),
        Ok(_) => Err(Fault("less_sure", format!("'{word}' of {key} is not less sure than the entry"))),
        Err(why) => Err(Fault("less_sure", why)),
    }
}

/// Contradictions within an entry.
fn alone(entry: &LibraryEntry) -> Result<(), Fault> {
    for (key, text) in
        [("kind", &entry.kind), ("number", &entry.number), ("title", &entry.title), ("role", &entry.role)]
    {
        if text.trim().is_empty() {
            return Err(Fault(key, "it is empty".to_owned()));
        }
    }
    let key = |end: End| if end.is_foreseen { "lapses_on" } else { "in_force_to" };
    if let (Some(issued), Some(from)) = (entry.issued_on, entry.in_force_from)
        && from < issued
    {
        return Err(Fault("in_force_from", format!("{from} is before the day of issue, {issued}")));
    }
    if let (Some(begins), Some(end)) = (entry.in_force_from.or(entry.issued_on), entry.end)
        && end.day <= begins
    {
        return Err(Fault(key(end), format!("it ends before it begins: {} is not after {begins}", end.day)));
    }
    match (&entry.replaced_by, entry.end) {
        (Some(_), None) => Err(Fault("replaced_by", "the day of its end, in_force_to, is missing".to_owned())),
        (Some(_), Some(End { is_foreseen: true, .. })) => {
            Err(Fault("lapses_on", "a successor is known, so its end is in_force_to".to_owned()))
        }
        (_, _) => Ok(()),
    }?;
    let is_read = entry.sureness.is_some_and(|sure| sure.entry < Confidence::Recalled);
    if is_read && entry.sources.is_empty() {
        return Err(Fault("sources", "it is said to be read, but not where".to_owned()));
    }
    Ok(())
}

/// Contradictions with what it names.
fn among(entry: &LibraryEntry, entries: &Entries) -> Result<(), Fault> {
    let named = |key, id: &InstrumentId| {
        entries.get(id).ok_or_else(|| Fault(key, format!("'{id}' is not listed, although it is named here")))
    };
    if let Some(id) = &entry.replaced_by {
        let next = named("replaced_by", id)?;
        if let (Some(end), Some(begins)) = (entry.end, next.in_force_from)
            && end.day != begins
        {
            let why = format!("it ends on {}, but '{id}', which replaces it, begins on {begins}", end.day);
            return Err(Fault("in_force_to", why));
        }
    }
    for id in &entry.amends {
        let amended = named("amends", id)?;
        if let (Some(later), Some(earlier)) = (entry.issued_on, amended.issued_on)
            && later < earlier
        {
            return Err(Fault("amends", format!("'{id}' was issued later, on {earlier}")));
        }
        if let (Some(from), Some(end)) = (entry.in_force_from, amended.end)
            && end.day <= from
        {
            return Err(Fault("amends", format!("'{id}' has ended by {from}, when this begins")));
        }
    }
    if leads_back(entry, |entry| entry.replaced_by.as_slice(), entries) {
        return Err(Fault("replaced_by", "it replaces itself in a circle".to_owned()));
    }
    if leads_back(entry, |entry| &entry.amends, entries) {
        return Err(Fault("amends", "it amends itself in a circle".to_owned()));
    }
    Ok(())
}

/// Whether following what entries name leads back to the first one.
fn leads_back<'a>(
    first: &'a LibraryEntry,
    named: impl Fn(&'a LibraryEntry) -> &'a [InstrumentId],
    entries: &'a Entries,
) -> bool {
    let mut open: Vec<&InstrumentId> = named(first).iter().collect();
    let mut seen: Vec<&InstrumentId> = Vec::new();
    while let Some(id) = open.pop() {
        if *id == first.id {
            return true;
        }
        if !seen.contains(&id) {
            seen.push(id);
            open.extend(entries.get(id).into_iter().flat_map(&named));
        }
    }
    false
}
