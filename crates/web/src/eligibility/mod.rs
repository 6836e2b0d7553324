//! Who may have which honour: one subject, lists of units, two days; the honours of the law book.

pub mod compare;
pub mod finding;
pub mod honour;
pub mod honours;
pub mod law_book;
pub mod list;
pub mod start;
pub mod subject;

#[cfg(test)]
mod sample;

use serde::Deserialize;
use thidua_app::eligibility::{Asked, Names, honour_called};
use thidua_app::{App, Error};
use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_domain::eligibility::Prospect;
use thidua_domain::{Actor, Refusal};
use thidua_law::answer::{LawDate, Verdict};
use thidua_law::cite::Citation;
use thidua_law::condition::{Layer, LayerChange};
use thidua_law::overlay::OverlayHead;
use thidua_law::table::Said;
use thidua_law::vocabulary::{Confidence, Word};

use crate::messages::{Lang, Messages};
use crate::option::{FilterOption, Link, options};
use crate::paths;

/// The first and last award year that can be asked for.
const YEARS: std::ops::RangeInclusive<i16> = 1945..=2100;

/// What an address asks for; empty where it does not say.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Wanted {
    /// The honour.
    #[serde(rename = "danh-hieu", default)]
    pub honour: String,
    /// The day of decision.
    #[serde(rename = "ngay", default)]
    pub day: String,
    /// The award year.
    #[serde(rename = "nam", default)]
    pub year: String,
    /// The day the file was received.
    #[serde(rename = "nhan", default)]
    pub received: String,
    /// The other day of a comparison.
    #[serde(rename = "ngay-khac", default)]
    pub other: String,
    /// The unit.
    #[serde(rename = "don-vi", default)]
    pub unit: String,
    /// Whether with what is below it.
    #[serde(rename = "duoi", default)]
    pub below: String,
    /// The prospect shown.
    #[serde(rename = "nhom", default)]
    pub group: String,
    /// The page of a long list.
    #[serde(rename = "trang", default)]
    pub page: String,
    /// Words looked for.
    #[serde(rename = "tim", default)]
    pub words: String,
    /// The subject of a comparison.
    #[serde(rename = "ho-so", default)]
    pub subject: String,
}

impl Wanted {
    /// What is asked, read.
    ///
    /// # Errors
    /// [`Refusal::BadDay`], [`Refusal::NotInBook`] or a year that is none.
    pub fn asked(&self, app: &App, by: &Actor) -> Result<Asked, Error> {
        Ok(Asked {
            honour: if self.honour.is_empty() { None } else { Some(honour_called(app, by, &self.honour)?) },
            on: day(&self.day)?,
            year: year(&self.year)?,
            received_on: day(&self.received)?,
        })
    }

    /// What of it the links of a page carry on.
    pub fn query(&self) -> [(&'static str, &str); 4] {
        [("danh-hieu", &self.honour), ("ngay", &self.day), ("nam", &self.year), ("nhan", &self.received)]
    }

    /// A path with what is asked, for another honour.
    pub fn at(&self, path: &str, honour: &str) -> String {
        let [_, day, year, received] = self.query();
        paths::with_query(path, &[("danh-hieu", honour), day, year, received])
    }
}

/// A day as typed; none where nothing is.
///
/// # Errors
/// [`Refusal::BadDay`].
pub fn day(text: &str) -> Result<Option<Date>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = Date::parse(text).or_else(|_| Date::parse_vi(text));
    read.map(Some).map_err(|_| Refusal::BadDay { asked: text.to_owned() })
}

/// A year as typed; none where nothing is.
fn year(text: &str) -> Result<Option<i16>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = text.parse().ok().filter(|year| YEARS.contains(year));
    let bad = || thidua_domain::refusal::SubjectFault::BadYear { asked: text.to_owned() };
    Ok(Some(read.ok_or_else(bad)?))
}

/// What is said, in the reader's language.
pub fn said<'s>(say: &Messages, said: &'s Said) -> &'s str {
    match say.lang() {
        Lang::Vi => &said.vi,
        Lang::En => &said.en,
    }
}

/// A word of the law's vocabulary in the reader's language.
pub fn word<W: Word>(say: &Messages, word: W) -> &'static str {
    match say.lang() {
        Lang::Vi => word.vi(),
        Lang::En => word.en(),
    }
}

/// A citation as a link to the instrument on the day, and how surely it is known where that is less than read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The instrument and the place.
    pub link: Link,
    /// `chưa đối chiếu với văn bản gốc`; empty where the text was read.
    pub unsure: String,
}

/// A citation, shown.
pub fn cited(say: &Messages, names: &Names, cite: &Citation, confidence: Confidence, day: Date) -> Cited {
    let name = names.library.get(&cite.instrument).map_or_else(|| cite.instrument.to_string(), |entry| entry.name());
    let label = if cite.place.is_empty() { name } else { format!("{name}, {}", cite.place) };
    let href = paths::with_query(&paths::instrument(&cite.instrument), &[("ngay", &day.to_string())]);
    Cited { link: Link { label, href }, unsure: unsure(say, confidence).to_owned() }
}

/// How surely something is known, where that is less than read in the original.
pub fn unsure(say: &Messages, confidence: Confidence) -> &str {
    match confidence {
        Confidence::TextSeen => "",
        Confidence::Secondary => say.get("eligibility.secondary"),
        Confidence::Recalled => say.get("eligibility.recalled"),
    }
}

/// A verdict and the class of its look.
pub fn verdict_word(say: &'static Messages, verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Met => (say.get("eligibility.met"), "good"),
        Verdict::NotMet => (say.get("eligibility.not-met"), "bad"),
        Verdict::AskHuman => (say.get("eligibility.ask-human"), "warn"),
    }
}

/// A prospect and the class of its look.
pub fn prospect_word(say: &'static Messages, prospect: Prospect) -> (&'static str, &'static str) {
    let class = match prospect {
        Prospect::Entitled => "good",
        Prospect::Almost => "note",
        Prospect::Ask => "warn",
        Prospect::Barred => "bad",
        Prospect::Outside => "plain",
    };
    (say.get(&format!("prospect.{}", prospect.word())), class)
}

/// Which law was used and by which rule.
#[derive(Debug, Clone)]
pub struct LawLine {
    /// The sentence.
    pub text: String,
    /// Where the rule is read; `None` for the law of the day of decision.
    pub cite: Option<Cited>,
}

/// The law that was used, in a sentence.
pub fn law_line(say: &Messages, names: &Names, law: &LawDate) -> LawLine {
    LawLine {
        text: say.with("eligibility.law-used", &[("day", &law.day.in_text()), ("rule", said(say, &law.said))]),
        cite: law.cite.as_ref().map(|cite| cited(say, names, cite, law.confidence, law.day)),
    }
}

/// The honours to choose from, `all` first.
pub fn honour_options(say: &Messages, names: &Names, all: &str, chosen: &str) -> Vec<FilterOption> {
    let mut known: Vec<(String, String)> =
        names.honours.iter().map(|(code, name)| (code.to_string(), said(say, name).to_owned())).collect();
    known.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
    options(all, known, chosen)
}

/// The name of an honour in the reader's language.
pub fn honour_name(say: &Messages, names: &Names, code: &HonourCode) -> String {
    said(say, &names.honour(code)).to_owned()
}

/// What an overlay did to a condition, by its name; a sample says so.
pub fn layer_line(say: &Messages, layer: &Layer) -> String {
    let key = match layer.change {
        LayerChange::Added => "eligibility.layer-added",
        LayerChange::Tightened => "eligibility.layer-tightened",
        LayerChange::Filled => "eligibility.layer-filled",
    };
    say.with(key, &[("name", &named(say, &layer.name, layer.is_sample))])
}

/// The overlay that brought the instrument of a citation, by its name; empty for the national book.
pub fn overlay_line(say: &Messages, overlays: &[OverlayHead], cite: &Citation) -> String {
    let found = overlays.iter().find(|head| head.instruments.iter().any(|own| own.id == cite.instrument));
    let name = |head: &OverlayHead| named(say, &head.name, head.is_sample);
    found.map(|head| say.with("eligibility.layer", &[("name", &name(head))])).unwrap_or_default()
}

/// The name of an overlay; a sample is marked.
pub fn named(say: &Messages, name: &Said, is_sample: bool) -> String {
    let name = said(say, name);
    if is_sample { say.with("eligibility.layer-sample", &[("name", name)]) } else { name.to_owned() }
}

/// The first letters of the book's hash, as the foot of a page shows them.
pub fn book_line(say: &Messages, hash: &str) -> String {
    say.with("eligibility.book", &[("hash", hash.get(..12).unwrap_or(hash))])
}
