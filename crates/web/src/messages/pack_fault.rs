//! What is wrong with a place in a pack, and what it should hold, as the end of a sentence.

use thidua_domain::refusal::{PackFault, Wanted};

use super::Messages;

impl Messages {
    /// What is wrong with a place in a pack, as the end of a sentence.
    pub fn fault(&self, fault: &PackFault) -> String {
        match fault {
            PackFault::MissingFile => self.get("fault.missing-file").to_owned(),
            PackFault::NotUtf8(byte) => self.with("fault.not-utf8", &[("byte", &byte.to_string())]),
            PackFault::NotNfc => self.get("fault.not-nfc").to_owned(),
            PackFault::Syntax(said) => self.with("fault.syntax", &[("said", said)]),
            PackFault::UnknownKey => self.get("fault.unknown-key").to_owned(),
            PackFault::Expected(wanted) => self.with("fault.expected", &[("what", &self.wanted(wanted))]),
            PackFault::Dangling(code) => self.with("fault.dangling", &[("code", code)]),
            PackFault::Twice(code) => self.with("fault.twice", &[("code", code)]),
            PackFault::DoesNotAddUp { sum, total } => {
                self.with("fault.does-not-add-up", &[("sum", sum), ("total", total)])
            }
            PackFault::UnderLeaf(code) => self.with("fault.under-leaf", &[("code", code)]),
            PackFault::NeverReached(edge) => self.with("fault.never-reached", &[("edge", edge)]),
            PackFault::BelowMax { best, max } => self.with("fault.below-max", &[("best", best), ("max", max)]),
            PackFault::NotLast(word) => self.with("fault.not-last", &[("word", word)]),
        }
    }

    /// What a place in a pack should hold.
    fn wanted(&self, wanted: &Wanted) -> String {
        match wanted {
            Wanted::Header => self.get("wanted.header").to_owned(),
            Wanted::Column => self.get("wanted.column").to_owned(),
            Wanted::Columns { wanted, found } => {
                self.with("wanted.columns", &[("wanted", &wanted.to_string()), ("found", &found.to_string())])
            }
            Wanted::Text => self.get("wanted.text").to_owned(),
            Wanted::Value => self.get("wanted.value").to_owned(),
            Wanted::Trimmed => self.get("wanted.trimmed").to_owned(),
            Wanted::Texts => self.get("wanted.texts").to_owned(),
            Wanted::Table => self.get("wanted.table").to_owned(),
            Wanted::Tables => self.get("wanted.tables").to_owned(),
            Wanted::Like { kind, example, found } => {
                let kind = self.get(&format!("wanted-kind.{kind}"));
                self.with("wanted.like", &[("kind", kind), ("example", example), ("found", found)])
            }
            Wanted::DayAfter(day) => self.with("wanted.day-after", &[("day", &day.to_string())]),
            Wanted::YearFrom(year) => self.with("wanted.year-from", &[("year", &year.to_string())]),
            Wanted::OneOf { words, found } => {
                let named =
                    |word: &String| if word.is_empty() { self.get("wanted.nothing").to_owned() } else { word.clone() };
                let words: Vec<String> = words.iter().map(named).collect();
                self.with("wanted.one-of", &[("words", &words.join(", ")), ("found", found)])
            }
            Wanted::NoInterval => self.get("wanted.no-interval").to_owned(),
            Wanted::Interval => self.get("wanted.interval").to_owned(),
            Wanted::Between { low, high } => self.with("wanted.between", &[("low", low), ("high", high)]),
            Wanted::NoOverlap(which) => self.with("wanted.no-overlap", &[("which", which)]),
            Wanted::Consistent(why) => self.with("wanted.consistent", &[("why", why)]),
            Wanted::Printable => self.get("wanted.printable").to_owned(),
        }
    }
}
