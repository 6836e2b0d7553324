//! The book: every instrument and honour the program ships with, read once from data.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use sha2::{Digest, Sha256};
use thidua_base::Date;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::data;
use crate::fault::Faults;
use crate::holiday::Calendar;
use crate::honour::{Honour, Version};
use crate::instrument::Instrument;
use crate::library::{Library, LibraryEntry};
use crate::overlay::OverlayHead;
use crate::plan::Plan;
use crate::rules::{Files, Rules};
use crate::vocabulary::SubjectKind;

/// The law book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    library: Library,
    instruments: BTreeMap<InstrumentId, Instrument>,
    rules: Rules,
    plans: BTreeMap<(HonourCode, SubjectKind), OnceLock<Vec<Plan>>>,
    calendar: Calendar,
    overlays: Vec<OverlayHead>,
    hash: String,
}

/// Why the book cannot be read; the data ships with the program, so this is a fault of a release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("law data {file}: {why}")]
pub struct BrokenBook {
    /// The file.
    pub file: &'static str,
    /// What is wrong.
    pub why: String,
}

const SOURCES: (&str, &str) = ("sources.toml", include_str!("../data/sources.toml"));

impl Book {
    /// The data that ships with the program, read once in a process.
    ///
    /// # Errors
    /// When a file is not of its format or contradicts itself, or a code is defined twice.
    pub fn shipped() -> Result<&'static Self, BrokenBook> {
        static SHIPPED: LazyLock<Result<Book, BrokenBook>> =
            LazyLock::new(|| Book::read(SOURCES, Files { honours: data::HONOURS, tables: data::TABLES }));
        SHIPPED.as_ref().map_err(Clone::clone)
    }

    /// Reads a book from texts.
    ///
    /// # Errors
    /// As [`Book::shipped`], with every fault found.
    pub fn read(sources: (&'static str, &str), files: Files<'_>) -> Result<Self, BrokenBook> {
        let library = Library::read(sources.0, sources.1)?;
        let calendar = Calendar::shipped()?;
        Self::of_files(sources, library, files, calendar)
            .map_err(|faults| BrokenBook { file: "honours", why: format!("\n{faults}") })
    }

    /// The book of files and of the instruments that one of them lists.
    pub(crate) fn of_files(
        (file, text): (&str, &str),
        library: Library,
        files: Files<'_>,
        calendar: Calendar,
    ) -> Result<Self, Faults> {
        let ids = library.entries().map(|entry| entry.id.clone()).collect();
        let rules = Rules::read(files, &ids)?;
        let mut digest = Sha256::new();
        let all = files.honours.iter().chain(files.tables).map(|(file, text)| (*file, *text));
        for (file, text) in all.chain([(file, text)]) {
            digest.update(file.as_bytes());
            digest.update([0]);
            digest.update(text.as_bytes());
            digest.update([0]);
        }
        Ok(Self::of(library, rules, calendar, &hex(&digest.finalize())))
    }

    /// The book of these rules, compiled.
    pub(crate) fn of(library: Library, rules: Rules, calendar: Calendar, hash: &str) -> Self {
        let mut plans = BTreeMap::new();
        for honour in rules.honours.values() {
            for subject in honour.versions.iter().flat_map(|version| version.subjects_of(honour)) {
                plans.insert((honour.code.clone(), *subject), OnceLock::new());
            }
        }
        let overlays = Vec::new();
        Self { instruments: citable(&library), library, rules, plans, calendar, overlays, hash: hash.to_owned() }
    }

    /// The same calendar with other rules and the instruments of an overlay; the hash is of both and of the files they
    /// came from.
    pub(crate) fn with_rules_and_instruments(&self, rules: Rules, head: &OverlayHead, files: &[(&str, &str)]) -> Self {
        let mut digest = Sha256::new();
        digest.update(self.hash.as_bytes());
        for (file, text) in files {
            digest.update(file.as_bytes());
            digest.update([0]);
            digest.update(text.as_bytes());
            digest.update([0]);
        }
        let library = self.library.with_local(&head.instruments);
        let mut laid = Self::of(library, rules, self.calendar.clone(), &hex(&digest.finalize()));
        laid.overlays = self.overlays.iter().chain([head]).cloned().collect();
        laid
    }

    /// The overlays laid on, in their order.
    pub fn overlays(&self) -> &[OverlayHead] {
        &self.overlays
    }

    /// The overlay that brought an instrument.
    pub fn overlay_of(&self, instrument: &InstrumentId) -> Option<&OverlayHead> {
        self.overlays.iter().find(|head| head.instruments.iter().any(|own| own.id == *instrument))
    }

    /// Changes the rules in place; everything compiled from them is compiled anew when it is next asked for.
    pub fn change_rules(&mut self, change: impl FnOnce(&mut Rules)) {
        change(&mut self.rules);
        self.plans.values_mut().for_each(|plans| *plans = OnceLock::new());
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The plan of an honour for a kind of subject on a day.
    pub fn plan(&self, honour: &HonourCode, subject: SubjectKind, day: Date) -> Option<&Plan> {
        self.plans_of(honour, subject).iter().find(|plan| plan.span.has(day))
    }

    /// The plans of an honour for a kind of subject, in time; compiled when they are first asked for.
    pub fn plans_of(&self, honour: &HonourCode, subject: SubjectKind) -> &[Plan] {
        let Some(cell) = self.plans.get(&(honour.clone(), subject)) else { return &[] };
        cell.get_or_init(|| {
            let versions = self.honour(honour).into_iter().flat_map(|honour| {
                let fits = |version: &&Version| version.subjects_of(honour).contains(&subject);
                honour.versions.iter().filter(fits).map(move |version| (honour, version))
            });
            versions.flat_map(|(honour, version)| Plan::compile(&self.rules, honour, version, subject)).collect()
        })
    }

    /// Every plan.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.plans.keys().flat_map(|(honour, subject)| self.plans_of(honour, *subject))
    }

    /// The hash of everything the book was read from, kept with each decision.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Every instrument known, also those that no paper can cite yet.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Every instrument that papers can cite, by id.
    pub fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.instruments.values()
    }

    /// Days off and days worked.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// An honour by its code.
    pub fn honour(&self, code: &HonourCode) -> Option<&Honour> {
        self.rules.honours.get(code)
    }

    /// Every honour, by code.
    pub fn honours(&self) -> impl Iterator<Item = &Honour> {
        self.rules.honours.values()
    }
}

/// The instruments that papers can cite; a successor that they cannot is left out.
fn citable(library: &Library) -> BTreeMap<InstrumentId, Instrument> {
    let all = library.entries().filter_map(LibraryEntry::instrument);
    let mut citable: BTreeMap<_, _> = all.map(|instrument| (instrument.id.clone(), instrument)).collect();
    let ids: Vec<InstrumentId> = citable.keys().cloned().collect();
    for instrument in citable.values_mut() {
        instrument.replaced_by = instrument.replaced_by.take().filter(|id| ids.binary_search(id).is_ok());
    }
    citable
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instrument<'a>(book: &'a Book, id: &str) -> &'a Instrument {
        book.instruments.get(&InstrumentId::parse(id).unwrap()).unwrap()
    }

    #[test]
    fn the_shipped_book_reads() {
        let book = Book::shipped().unwrap();
        assert!(book.instruments().count() >= 6);
        assert_eq!(book.honours().count(), data::HONOURS.len());
        assert_eq!(book.hash().len(), 64);
    }

    #[test]
    fn the_decree_of_2017_ends_when_that_of_2023_begins() {
        let book = Book::shipped().unwrap();
        let decree = instrument(book, "nghi-dinh-91-2017-nd-cp");
        let day = |text| Date::parse(text).unwrap();
        assert!(!decree.is_in_force(day("2017-09-30")));
        assert!(decree.is_in_force(day("2017-10-01")));
        assert!(decree.is_in_force(day("2023-12-31")));
        assert!(!decree.is_in_force(day("2024-01-01")));
    }

    #[test]
    fn what_papers_cannot_cite_is_listed_and_named_by_nothing_they_cite() {
        let book = Book::shipped().unwrap();
        let id = |text| InstrumentId::parse(text).unwrap();
        let unknown_day = id("nghi-dinh-233-2026-nd-cp");
        assert!(book.library().get(&unknown_day).is_some() && !book.instruments.contains_key(&unknown_day));
        let next = |instrument: &Instrument| instrument.replaced_by.clone();
        assert!(book.instruments().filter_map(next).all(|id| book.instruments.contains_key(&id)));
        assert_eq!(instrument(book, "nghi-dinh-90-2020-nd-cp").replaced_by, None);
    }

    #[test]
    fn a_citation_is_full_first_and_short_later() {
        let book = Book::shipped().unwrap();
        let directive = instrument(book, "chi-thi-34-ct-tw-2014");
        assert_eq!(directive.cited_short(), "Chỉ thị số 34-CT/TW");
        assert_eq!(
            directive.cited_full(),
            "Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị về tiếp tục đổi mới công tác thi đua, khen thưởng"
        );
    }
}
