//! Persons, collectives and households: lists, lives, forms, merges, lists of awards taken in.

pub mod award_list;
pub mod award_preview;
pub mod duplicates;
pub mod form;
pub mod identity;
pub mod list;
pub mod merge;
pub mod show;
mod told;

use std::collections::{BTreeMap, HashMap};

use thidua_app::subject::units_to_enter;
use thidua_app::{App, Error};
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::text::{collate, upper_first};
use thidua_domain::Actor;
use thidua_domain::honour::Subject;
use thidua_domain::subject::{Fields, Term};
use thidua_law::terms::TermKind;

use crate::messages::{Lang, Messages};
use crate::page::Part;
use crate::paths;

/// The part of the site of a kind of subject.
pub fn part_of(kind: Subject) -> Part {
    match kind {
        Subject::Individual => Part::Persons,
        Subject::Collective => Part::Collectives,
        Subject::Household => Part::Households,
    }
}

/// The list of a kind of subject.
pub fn list_of(kind: Subject) -> &'static str {
    match kind {
        Subject::Individual => paths::PERSONS,
        Subject::Collective => paths::COLLECTIVES,
        Subject::Household => paths::HOUSEHOLDS,
    }
}

/// A closed word in the reader's language.
pub fn word<T: Term>(say: &'static Messages, value: T) -> String {
    match say.lang() {
        Lang::Vi => upper_first(value.vi()),
        Lang::En => upper_first(value.en()),
    }
}

/// Values with their words, to choose from.
pub type Choice = Vec<(String, String)>;

/// A closed list of words to choose from.
pub fn words<T: Term>(say: &'static Messages) -> Choice {
    T::all().map(|value| (value.word().to_owned(), word(say, value))).collect()
}

/// What forms choose from beside closed words.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Honours of the book: code, Vietnamese, English.
    pub honours: Vec<(HonourCode, String, String)>,
    /// Units.
    pub units: Vec<(OrgId, String)>,
    /// Terms of the book by the field that takes them.
    pub terms: BTreeMap<&'static str, Vec<(String, String, String)>>,
}

impl Choices {
    /// Reads them; `is_anywhere` offers every unit of the day.
    pub fn read(app: &App, by: &Actor, is_anywhere: bool) -> Result<Self, Error> {
        let book = app.book(by)?;
        let mut honours: Vec<(HonourCode, String, String)> =
            book.honours().map(|one| (one.code.clone(), one.name.clone(), one.name_en.clone())).collect();
        honours.sort_by(|a, b| collate(&a.1, &b.1));
        let terms = [
            ("field", TermKind::Field),
            ("fact", TermKind::Count),
            ("statement", TermKind::Statement),
            ("office", TermKind::Post),
            ("segment", TermKind::Segment),
        ];
        let of = |kind| {
            let all = book.rules().terms.of(kind);
            all.map(|(code, said)| (code.to_owned(), said.vi.clone(), said.en.clone())).collect()
        };
        Ok(Self {
            honours,
            units: units_to_enter(app, by, is_anywhere)?,
            terms: terms.into_iter().map(|(name, kind)| (name, of(kind))).collect(),
        })
    }

    fn honour_choice(&self, say: &'static Messages) -> Choice {
        self.honours.iter().map(|(code, vi, en)| (code.to_string(), in_lang(say, vi, en))).collect()
    }

    fn unit_choice(&self) -> Choice {
        self.units.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
    }

    fn term_choice(&self, say: &'static Messages, name: &str) -> Choice {
        let all = self.terms.get(name).map_or(&[][..], Vec::as_slice);
        all.iter().map(|(code, vi, en)| (code.clone(), upper_first(&in_lang(say, vi, en)))).collect()
    }

    /// How a term of the book is said.
    pub fn term(&self, say: &'static Messages, name: &str, code: &str) -> String {
        let all = self.terms.get(name).into_iter().flatten();
        let found = all.into_iter().find(|(known, ..)| known == code);
        found.map_or_else(|| code.to_owned(), |(_, vi, en)| upper_first(&in_lang(say, vi, en)))
    }

    /// The name of an honour.
    pub fn honour(&self, say: &'static Messages, code: &HonourCode) -> String {
        let found = self.honours.iter().find(|(known, ..)| known == code);
        found.map_or_else(|| code.to_string(), |(_, vi, en)| in_lang(say, vi, en))
    }
}

fn in_lang(say: &'static Messages, vi: &str, en: &str) -> String {
    match say.lang() {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// The fields of a form, as the domain reads them.
pub fn fields_of(form: &HashMap<String, String>) -> Fields {
    Fields::of(form.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}
