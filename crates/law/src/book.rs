//! The book: every instrument and honour the program ships with, read once from data.

use std::collections::BTreeMap;

use serde::Deserialize;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::holiday::Calendar;
use crate::honour::{Honour, HonourKind};
use crate::instrument::Instrument;
use crate::library::{Library, LibraryEntry};

/// The law book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    library: Library,
    instruments: BTreeMap<InstrumentId, Instrument>,
    honours: BTreeMap<HonourCode, Honour>,
    calendar: Calendar,
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
const HONOURS: &[(&str, &str)] = &[
    ("honours/co-thi-dua-bo-nganh-tinh.toml", include_str!("../data/honours/co-thi-dua-bo-nganh-tinh.toml")),
    ("honours/bang-khen-bo-nganh-tinh.toml", include_str!("../data/honours/bang-khen-bo-nganh-tinh.toml")),
    ("honours/tap-the-lao-dong-xuat-sac.toml", include_str!("../data/honours/tap-the-lao-dong-xuat-sac.toml")),
    ("honours/giay-khen.toml", include_str!("../data/honours/giay-khen.toml")),
];

impl Book {
    /// Reads the data that ships with the program.
    ///
    /// # Errors
    /// When a file is not of its format or contradicts itself, or a code is defined twice.
    pub fn shipped() -> Result<Self, BrokenBook> {
        Self::read(SOURCES, HONOURS)
    }

    fn read(sources: (&'static str, &str), honour_files: &[(&'static str, &'static str)]) -> Result<Self, BrokenBook> {
        let broken = |file, why: String| BrokenBook { file, why };
        let library = Library::read(sources.0, sources.1)?;
        let instruments = citable(&library);
        let mut honours = BTreeMap::new();
        for (file, text) in honour_files {
            let row: HonourRow = toml::from_str(text).map_err(|e| broken(file, e.to_string()))?;
            let honour = row.checked().map_err(|why| broken(file, why))?;
            if let Some(twice) = honours.insert(honour.code.clone(), honour) {
                return Err(broken(file, format!("'{}' is defined twice", twice.code)));
            }
        }
        Ok(Self { library, instruments, honours, calendar: Calendar::shipped()? })
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
        self.honours.get(code)
    }

    /// Every honour, by code.
    pub fn honours(&self) -> impl Iterator<Item = &Honour> {
        self.honours.values()
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HonourRow {
    code: String,
    kind: String,
    name: Names,
    measure: String,
    verb: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    vi: String,
    en: String,
}

impl HonourRow {
    fn checked(self) -> Result<Honour, String> {
        let kind = match self.kind.as_str() {
            "danh-hieu-thi-dua" => HonourKind::Title,
            "hinh-thuc-khen-thuong" => HonourKind::Form,
            other => return Err(format!("'{other}' is not a kind of honour")),
        };
        Ok(Honour {
            code: HonourCode::parse(&self.code).map_err(|e| e.to_string())?,
            kind,
            name: self.name.vi,
            name_en: self.name.en,
            measure: self.measure,
            verb: self.verb,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_base::Date;

    fn instrument<'a>(book: &'a Book, id: &str) -> &'a Instrument {
        book.instruments.get(&InstrumentId::parse(id).unwrap()).unwrap()
    }

    #[test]
    fn the_shipped_book_reads() {
        let book = Book::shipped().unwrap();
        assert!(book.instruments().count() >= 6);
        assert_eq!(book.honours().count(), HONOURS.len());
    }

    #[test]
    fn the_decree_of_2017_ends_when_that_of_2023_begins() {
        let book = Book::shipped().unwrap();
        let decree = instrument(&book, "nghi-dinh-91-2017-nd-cp");
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
        assert_eq!(instrument(&book, "nghi-dinh-90-2020-nd-cp").replaced_by, None);
    }

    #[test]
    fn a_citation_is_full_first_and_short_later() {
        let book = Book::shipped().unwrap();
        let directive = instrument(&book, "chi-thi-34-ct-tw-2014");
        assert_eq!(directive.cited_short(), "Chỉ thị số 34-CT/TW");
        assert_eq!(
            directive.cited_full(),
            "Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị về tiếp tục đổi mới công tác thi đua, khen thưởng"
        );
    }
}
