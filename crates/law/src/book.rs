//! The book: every instrument and honour the program ships with, read once from data.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use thidua_base::Date;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::data;
use crate::holiday::Calendar;
use crate::honour::Honour;
use crate::instrument::Instrument;
use crate::plan::Plan;
use crate::rules::{Files, Rules};
use crate::vocabulary::SubjectKind;

/// The law book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    instruments: BTreeMap<InstrumentId, Instrument>,
    rules: Rules,
    plans: BTreeMap<(HonourCode, SubjectKind), Vec<Plan>>,
    calendar: Calendar,
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
    /// Reads the data that ships with the program.
    ///
    /// # Errors
    /// When a file is not of its format, a code is defined twice, or a replacement does not exist.
    pub fn shipped() -> Result<Self, BrokenBook> {
        Self::read(SOURCES, Files { honours: data::HONOURS, tables: data::TABLES })
    }

    /// Reads a book from texts.
    ///
    /// # Errors
    /// As [`Book::shipped`], with every fault found.
    pub fn read(sources: (&'static str, &str), files: Files<'_>) -> Result<Self, BrokenBook> {
        let (file, text) = sources;
        let broken = |file, why: String| BrokenBook { file, why };
        let listed: Sources = toml::from_str(text).map_err(|e| broken(file, e.to_string()))?;
        let mut instruments = BTreeMap::new();
        for row in listed.instrument {
            let instrument = row.checked().map_err(|why| broken(file, why))?;
            if let Some(twice) = instruments.insert(instrument.id.clone(), instrument) {
                return Err(broken(file, format!("'{}' is defined twice", twice.id)));
            }
        }
        for instrument in instruments.values() {
            if let Some(missing) = instrument.replaced_by.as_ref().filter(|id| !instruments.contains_key(*id)) {
                return Err(broken(
                    file,
                    format!("'{}' is replaced by '{missing}', which is not listed", instrument.id),
                ));
            }
        }
        let ids = instruments.keys().cloned().collect();
        let rules = Rules::read(files, &ids).map_err(|faults| broken("honours", format!("\n{faults}")))?;
        let mut digest = Sha256::new();
        let all = files.honours.iter().chain(files.tables).map(|(file, text)| (*file, *text));
        for (file, text) in all.chain([(file, text)]) {
            digest.update(file.as_bytes());
            digest.update([0]);
            digest.update(text.as_bytes());
            digest.update([0]);
        }
        Ok(Self::of(instruments, rules, Calendar::shipped()?, &hex(&digest.finalize())))
    }

    /// The book of these rules, compiled.
    pub(crate) fn of(
        instruments: BTreeMap<InstrumentId, Instrument>,
        rules: Rules,
        calendar: Calendar,
        hash: &str,
    ) -> Self {
        let mut plans: BTreeMap<(HonourCode, SubjectKind), Vec<Plan>> = BTreeMap::new();
        for honour in rules.honours.values() {
            for version in &honour.versions {
                for subject in version.subjects_of(honour) {
                    let made = Plan::compile(&rules, honour, version, *subject);
                    plans.entry((honour.code.clone(), *subject)).or_default().extend(made);
                }
            }
        }
        Self { instruments, rules, plans, calendar, hash: hash.to_owned() }
    }

    /// The same instruments and calendar with other rules, for overlays and for trying changes.
    pub fn with_rules(&self, rules: Rules) -> Self {
        Self::of(self.instruments.clone(), rules, self.calendar.clone(), &self.hash)
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The plan of an honour for a kind of subject on a day.
    pub fn plan(&self, honour: &HonourCode, subject: SubjectKind, day: Date) -> Option<&Plan> {
        self.plans.get(&(honour.clone(), subject))?.iter().find(|plan| plan.span.has(day))
    }

    /// Every plan.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.plans.values().flatten()
    }

    /// The hash of everything the book was read from, kept with each decision.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// An instrument by its id.
    pub fn instrument(&self, id: &InstrumentId) -> Option<&Instrument> {
        self.instruments.get(id)
    }

    /// Every instrument, by id.
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    instrument: Vec<InstrumentRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InstrumentRow {
    id: String,
    kind: String,
    number: String,
    title: String,
    issuer: String,
    issued_on: toml::value::Datetime,
    in_force_from: toml::value::Datetime,
    in_force_to: Option<toml::value::Datetime>,
    replaced_by: Option<String>,
}

impl InstrumentRow {
    fn checked(self) -> Result<Instrument, String> {
        let id = |text: &str| InstrumentId::parse(text).map_err(|e| e.to_string());
        let day = |value: &toml::value::Datetime| Date::parse(&value.to_string()).map_err(|e| e.to_string());
        let instrument = Instrument {
            id: id(&self.id)?,
            issued_on: day(&self.issued_on)?,
            in_force_from: day(&self.in_force_from)?,
            in_force_to: self.in_force_to.as_ref().map(day).transpose()?,
            replaced_by: self.replaced_by.as_deref().map(id).transpose()?,
            kind: self.kind,
            number: self.number,
            title: self.title,
            issuer: self.issuer,
        };
        match instrument.in_force_to {
            Some(to) if to <= instrument.in_force_from => Err(format!("'{}' ends before it begins", instrument.id)),
            Some(_) | None => Ok(instrument),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
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
        let decree = instrument(&book, "nghi-dinh-91-2017-nd-cp");
        let day = |text| Date::parse(text).unwrap();
        assert!(!decree.is_in_force(day("2017-09-30")));
        assert!(decree.is_in_force(day("2017-10-01")));
        assert!(decree.is_in_force(day("2023-12-31")));
        assert!(!decree.is_in_force(day("2024-01-01")));
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

    #[test]
    fn a_dangling_replacement_is_refused() {
        let sources = r#"
            [[instrument]]
            id = "a"
            kind = "Luật"
            number = "1"
            title = "x"
            issuer = "Quốc hội"
            issued_on = 2020-01-01
            in_force_from = 2020-01-01
            replaced_by = "b"
        "#;
        let said = Book::read(("made-up.toml", sources), Files { honours: &[], tables: &[] }).unwrap_err().to_string();
        assert!(said.contains("made-up.toml") && said.contains("'b'"), "{said}");
    }

    #[test]
    fn an_unknown_key_and_an_end_before_the_beginning_are_refused() {
        let unknown = "[[instrument]]\nid = \"a\"\ncolour = 1\n";
        assert!(Book::read(("x", unknown), Files { honours: &[], tables: &[] }).is_err());
        let backwards = "[[instrument]]\nid = \"a\"\nkind = \"\"\nnumber = \"\"\ntitle = \"\"\nissuer = \"\"\nissued_on = 2020-01-01\nin_force_from = 2020-01-02\nin_force_to = 2020-01-01\n";
        assert!(
            Book::read(("x", backwards), Files { honours: &[], tables: &[] }).unwrap_err().why.contains("ends before")
        );
    }
}
