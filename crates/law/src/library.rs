//! The library (thư viện văn bản): every instrument the program knows, how surely, in force or not on a day, and what
//! takes its place.

mod cite;
mod find;
mod read;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::InstrumentId;

use crate::book::BrokenBook;
use crate::holiday::Confidence;
use crate::instrument::Instrument;

pub use cite::{Citation, Cites, Citing, citations};
pub use find::Found;

/// How many days before its end an instrument is warned of: half a year, the longest period an office reports and plans
/// for, so that no half-year is begun without knowing that what it rests on ends within it.
pub const LAPSE_NOTICE_DAYS: i64 = 183;

/// An instrument as the library lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryEntry {
    /// Identity: `nghi-dinh-91-2017-nd-cp`.
    pub id: InstrumentId,
    /// Kind: `Nghị định`.
    pub kind: String,
    /// Number and symbol: `91/2017/NĐ-CP`.
    pub number: String,
    /// The right title.
    pub title: String,
    /// Issuing body.
    pub issuer: String,
    /// Day of issue; `None` where it is not known.
    pub issued_on: Option<Date>,
    /// First day in force; `None` where it is not known.
    pub in_force_from: Option<Date>,
    /// Its end; `None` where none is known.
    pub end: Option<End>,
    /// The instrument that replaces it.
    pub replaced_by: Option<InstrumentId>,
    /// The instruments it amends.
    pub amends: Vec<InstrumentId>,
    /// What it is for, in our own words; empty for local instruments.
    pub role: String,
    /// What to know of it, in our own words; may be empty.
    pub note: String,
    /// How surely it is known; `None` for a local instrument, which is taken as its data pack gives it.
    pub sureness: Option<Sureness>,
    /// Where it was read: addresses or names of papers.
    pub sources: Vec<String>,
}

/// The end of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// First day no longer in force.
    pub day: Date,
    /// Whether it was set in advance while no successor is known.
    pub is_foreseen: bool,
}

/// How surely the facts of an entry are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sureness {
    /// The entry: that it exists, its number and issuer.
    pub entry: Confidence,
    /// The words of the title.
    pub title: Confidence,
    /// The day of issue.
    pub issued_on: Confidence,
    /// The first day in force.
    pub in_force_from: Confidence,
    /// The end, or that there is none.
    pub end: Confidence,
}

/// How an instrument stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Not yet in force (chưa có hiệu lực).
    NotYet,
    /// In force (đang có hiệu lực).
    InForce,
    /// No longer in force (hết hiệu lực).
    Ended,
    /// Its first day is not known.
    Unknown,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 4] = [Self::InForce, Self::NotYet, Self::Ended, Self::Unknown];

    /// Its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotYet => "not-yet",
            Self::InForce => "in-force",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }
}

impl LibraryEntry {
    /// The entry of an instrument that came with a data pack.
    pub fn local(instrument: &Instrument) -> Self {
        Self {
            id: instrument.id.clone(),
            kind: instrument.kind.clone(),
            number: instrument.number.clone(),
            title: instrument.title.clone(),
            issuer: instrument.issuer.clone(),
            issued_on: Some(instrument.issued_on),
            in_force_from: Some(instrument.in_force_from),
            end: instrument.in_force_to.map(|day| End { day, is_foreseen: instrument.replaced_by.is_none() }),
            replaced_by: instrument.replaced_by.clone(),
            amends: Vec::new(),
            role: String::new(),
            note: String::new(),
            sureness: None,
            sources: Vec::new(),
        }
    }

    /// The instrument as papers cite it; `None` while a day that a citation needs is not known.
    pub fn instrument(&self) -> Option<Instrument> {
        Some(Instrument {
            id: self.id.clone(),
            kind: self.kind.clone(),
            number: self.number.clone(),
            title: self.title.clone(),
            issuer: self.issuer.clone(),
            issued_on: self.issued_on?,
            in_force_from: self.in_force_from?,
            in_force_to: self.end.map(|end| end.day),
            replaced_by: self.replaced_by.clone(),
        })
    }

    /// Kind and number: `Nghị định số 91/2017/NĐ-CP`.
    pub fn name(&self) -> String {
        format!("{} số {}", self.kind, self.number)
    }

    /// How it stands on a day.
    pub fn standing(&self, day: Date) -> Standing {
        match (self.in_force_from, self.end) {
            (_, Some(end)) if end.day <= day => Standing::Ended,
            (Some(from), _) if day < from => Standing::NotYet,
            (Some(_), _) => Standing::InForce,
            (None, _) => Standing::Unknown,
        }
    }

    /// How surely its standing is known: the weaker of the two days that bound it. `None` for a local instrument.
    pub fn standing_sureness(&self) -> Option<Confidence> {
        self.sureness.map(|sure| sure.in_force_from.max(sure.end))
    }

    /// Days left in force from a day on, where it is in force and its end is known: 1 on its last day.
    pub fn days_left(&self, day: Date) -> Option<i64> {
        let end = self.end.filter(|_| self.standing(day) == Standing::InForce)?;
        Some(end.day.days_since(day))
    }

    /// Whether it is in force on a day and ends within [`LAPSE_NOTICE_DAYS`].
    pub fn is_lapsing(&self, day: Date) -> bool {
        self.days_left(day).is_some_and(|left| left <= LAPSE_NOTICE_DAYS)
    }
}

/// Every instrument known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Library {
    entries: BTreeMap<InstrumentId, LibraryEntry>,
}

impl Library {
    /// Reads the library that ships with the program.
    ///
    /// # Errors
    /// When the file is not of its format or contradicts itself.
    pub fn shipped() -> Result<Self, BrokenBook> {
        Self::read("sources.toml", include_str!("../data/sources.toml"))
    }

    /// Reads a library.
    ///
    /// # Errors
    /// As [`Library::shipped`]; the sentence names the instrument and the key.
    pub fn read(file: &'static str, text: &str) -> Result<Self, BrokenBook> {
        read::read(text).map(|entries| Self { entries }).map_err(|why| BrokenBook { file, why })
    }

    /// The library with instruments of data packs; what the library itself knows stays as it is.
    #[must_use]
    pub fn with_local<'a>(&self, local: impl IntoIterator<Item = &'a Instrument>) -> Self {
        let mut entries = self.entries.clone();
        for instrument in local {
            entries.entry(instrument.id.clone()).or_insert_with(|| LibraryEntry::local(instrument));
        }
        Self { entries }
    }

    /// Every entry, by id.
    pub fn entries(&self) -> impl Iterator<Item = &LibraryEntry> {
        self.entries.values()
    }

    /// An entry by its id.
    pub fn get(&self, id: &InstrumentId) -> Option<&LibraryEntry> {
        self.entries.get(id)
    }

    /// What an instrument replaces, the oldest first.
    pub fn replaced(&self, id: &InstrumentId) -> Vec<&LibraryEntry> {
        self.oldest_first(|entry| entry.replaced_by.as_ref() == Some(id))
    }

    /// What amends an instrument, the oldest first.
    pub fn amended_by(&self, id: &InstrumentId) -> Vec<&LibraryEntry> {
        self.oldest_first(|entry| entry.amends.contains(id))
    }

    /// The line of replacement an instrument stands in, itself among them, the oldest first.
    pub fn line(&self, id: &InstrumentId) -> Vec<&LibraryEntry> {
        let mut ids: BTreeSet<&InstrumentId> = BTreeSet::new();
        let mut next = self.get(id);
        while let Some(entry) = next.filter(|entry| ids.insert(&entry.id)) {
            next = entry.replaced_by.as_ref().and_then(|id| self.get(id));
        }
        let mut open: Vec<&InstrumentId> = self.get(id).map(|entry| &entry.id).into_iter().collect();
        while let Some(id) = open.pop() {
            for entry in self.replaced(id) {
                if ids.insert(&entry.id) {
                    open.push(&entry.id);
                }
            }
        }
        self.oldest_first(|entry| ids.contains(&entry.id))
    }

    /// What is in force on a day and ends soon, the nearest end first.
    pub fn lapsing(&self, day: Date) -> Vec<&LibraryEntry> {
        let mut found: Vec<&LibraryEntry> = self.entries().filter(|entry| entry.is_lapsing(day)).collect();
        found.sort_by_key(|entry| (entry.end.map(|end| end.day), &entry.id));
        found
    }

    /// What is found by words: a number, its parts, words of the title; the best first, see [`Found`].
    pub fn find(&self, words: &str) -> Vec<Found<'_>> {
        find::find(self.entries(), words)
    }

    fn oldest_first(&self, is_meant: impl Fn(&LibraryEntry) -> bool) -> Vec<&LibraryEntry> {
        let mut found: Vec<&LibraryEntry> = self.entries().filter(|entry| is_meant(entry)).collect();
        found.sort_by_key(|entry| (entry.in_force_from, entry.issued_on, &entry.id));
        found
    }
}
