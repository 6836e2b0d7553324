//! What a slot says: one module for each kind of subject.
//!
//! | slot | module |
//! | --- | --- |
//! | `{KT01 …}`, `{tang-cao A B …}` | [`figure`] |
//! | `{chuan CODE …}` | [`standard`] |
//! | `{phong-trao …}`, `{van-ban …}`, `{ky-niem …}`, `{su-kien …}`, `{don-vi …}`, `{don-vi-bao-cao}`, `{cum …}`, `{so-cum …}` | [`naming`] |
//! | `{mo-hinh …}`, `{mo-hinh-khac …}` | [`model`] |
//! | `{khen …}` | [`award`] |
//! | `{ky}`, `{ky-sau}`, `{nam}`, `{nam-sau}`, `{nua-nam}`, `{nua-nam-sau}` | [`time`] |

pub mod award;
pub mod figure;
pub mod model;
pub mod naming;
pub mod standard;
pub mod time;

use thidua_base::code::{Code, Kind};
use thidua_paper::tree::Inline;

use crate::writing::{Unfillable, Writing};

/// Says a slot.
///
/// # Errors
/// When its subject or a word of it is unknown.
pub fn said(writing: &mut Writing, words: &[String]) -> Result<Vec<Inline>, Unfillable> {
    let slot = Slot { words };
    match slot.word(0) {
        "tang-cao" => figure::growth_list(writing, &slot),
        "chuan" => standard::said(writing, &slot),
        "phong-trao" => naming::movement(writing, &slot),
        "van-ban" => naming::instrument(writing, &slot),
        "ky-niem" => naming::anniversary(writing, &slot),
        "su-kien" => naming::event(writing, &slot),
        "don-vi" => naming::unit(writing, &slot),
        "don-vi-bao-cao" => naming::reporting_unit(writing, &slot),
        "cum" => naming::cluster(writing, &slot),
        "so-cum" => naming::cluster_count(writing, &slot),
        "mo-hinh" => model::group(writing, &slot),
        "mo-hinh-khac" => model::others(writing, &slot),
        "khen" => award::said(writing, &slot),
        "ky" | "ky-sau" | "nam" | "nam-sau" | "nam-sau-nua" | "nua-nam" | "nua-nam-sau" => time::said(writing, &slot),
        _ => figure::said(writing, &slot),
    }
}

/// The words of a slot, with the faults they may have.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    words: &'a [String],
}

impl Slot<'_> {
    /// A word by its place; empty where there is none.
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }

    /// The words from a place on.
    pub fn words_from(&self, index: usize) -> impl Iterator<Item = &str> {
        self.words.iter().skip(index).map(String::as_str)
    }

    /// A word read as a code.
    ///
    /// # Errors
    /// When the word is missing or no code.
    pub fn code<K: Kind>(&self, index: usize) -> Result<Code<K>, Unfillable> {
        Code::parse(self.word(index)).map_err(|_| self.unknown_name(self.word(index)))
    }

    /// The fault of a name that nothing bears.
    pub fn unknown_name(&self, name: &str) -> Unfillable {
        Unfillable::UnknownName { slot: self.words.join(" "), name: name.to_owned() }
    }

    /// The fault of a word that cannot be said of the subject.
    pub fn unknown_word(&self, word: &str) -> Unfillable {
        Unfillable::UnknownWord { slot: self.words.join(" "), word: word.to_owned() }
    }

    /// The fault of a number that does not fit.
    pub fn bad_number(&self, why: impl ToString) -> Unfillable {
        Unfillable::Number { slot: self.words.join(" "), why: why.to_string() }
    }
}
