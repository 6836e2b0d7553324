//! One record of a pack, from a CSV row or a TOML table alike: fields with their lines, read as what they should be.

use std::collections::BTreeMap;

use thidua_base::code::{Code, Kind};
use thidua_base::number::SCALE_MAX;
use thidua_base::{Date, Number, Period, Timestamp};
use thidua_domain::refusal::{PackFault, Wanted};
use thidua_domain::{Origin, Provenance, Refusal};

use super::files::broken;

/// A record and where it stands.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) file: &'static str,
    pub(super) line: usize,
    pub(super) fields: BTreeMap<String, Field>,
}

/// A field and where it stands.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) line: usize,
    pub(super) value: Value,
}

/// What a field holds; numbers, dates and days of TOML are kept as their text.
#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    Texts(Vec<(usize, String)>),
    Record(Record),
    Records(Vec<Record>),
}

/// A kind of value and how it is written.
#[derive(Clone, Copy)]
struct Like {
    kind: &'static str,
    example: &'static str,
}

const CODE: Like = Like { kind: "code", example: "KT01" };
const DAY: Like = Like { kind: "day", example: "2020-07-05" };
const INSTANT: Like = Like { kind: "instant", example: "2020-07-05T01:30:00Z" };
const PERIOD: Like = Like { kind: "period", example: "2020-H1" };
const NUMBER: Like = Like { kind: "number", example: "1231.2" };
const DECIMALS: Like = Like { kind: "decimals", example: "1" };
const WHOLE: Like = Like { kind: "whole-number", example: "12" };

impl Record {
    /// A fault of a field, at its line.
    pub(super) fn fault(&self, key: &str, why: PackFault) -> Refusal {
        let line = self.fields.get(key).map_or(self.line, |field| field.line);
        broken(self.file, line, key, why)
    }

    fn expected(&self, key: &str, what: Wanted) -> Refusal {
        self.fault(key, PackFault::Expected(what))
    }

    /// Refuses the first field whose name is not listed.
    pub(super) fn only(&self, keys: &[&str]) -> Result<(), Refusal> {
        match self.fields.iter().filter(|(key, _)| !keys.contains(&key.as_str())).min_by_key(|(_, field)| field.line) {
            Some((key, _)) => Err(self.fault(key, PackFault::UnknownKey)),
            None => Ok(()),
        }
    }

    /// A text that may be empty or left out.
    pub(super) fn free(&self, key: &str) -> Result<&str, Refusal> {
        match self.fields.get(key).map(|field| &field.value) {
            None => Ok(""),
            Some(Value::Text(text)) => Ok(text),
            Some(Value::Texts(_) | Value::Record(_) | Value::Records(_)) => Err(self.expected(key, Wanted::Text)),
        }
    }

    /// A text that must say something.
    pub(super) fn text(&self, key: &str) -> Result<&str, Refusal> {
        match self.free(key)? {
            "" => Err(self.expected(key, Wanted::Value)),
            text if text.trim() != text => Err(self.expected(key, Wanted::Trimmed)),
            text => Ok(text),
        }
    }

    /// A passage of several lines.
    pub(super) fn passage(&self, key: &str) -> Result<&str, Refusal> {
        match self.free(key)?.trim() {
            "" => Err(self.expected(key, Wanted::Value)),
            text => Ok(text),
        }
    }

    fn filled(&self, key: &str) -> Result<Option<&str>, Refusal> {
        Ok(if self.free(key)?.is_empty() { None } else { Some(self.text(key)?) })
    }

    /// A list of texts.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<(usize, &str)>, Refusal> {
        match self.fields.get(key).map(|field| &field.value) {
            Some(Value::Texts(texts)) => Ok(texts.iter().map(|(line, text)| (*line, text.as_str())).collect()),
            Some(Value::Text(_) | Value::Record(_) | Value::Records(_)) | None => {
                Err(self.expected(key, Wanted::Texts))
            }
        }
    }

    /// The records under a key; none where the key is left out.
    pub(super) fn records(&self, key: &str) -> Result<&[Record], Refusal> {
        match self.fields.get(key).map(|field| &field.value) {
            None => Ok(&[]),
            Some(Value::Records(records)) => Ok(records),
            Some(Value::Texts(texts)) if texts.is_empty() => Ok(&[]),
            Some(Value::Text(_) | Value::Texts(_) | Value::Record(_)) => Err(self.expected(key, Wanted::Tables)),
        }
    }

    /// The one record under a key.
    pub(super) fn record(&self, key: &str) -> Result<&Record, Refusal> {
        match self.fields.get(key).map(|field| &field.value) {
            Some(Value::Record(record)) => Ok(record),
            Some(Value::Text(_) | Value::Texts(_) | Value::Records(_)) | None => Err(self.expected(key, Wanted::Table)),
        }
    }

    fn parsed<T, E>(&self, key: &str, like: Like, parse: impl Fn(&str) -> Result<T, E>) -> Result<T, Refusal> {
        let text = self.text(key)?;
        parse(text).map_err(|_| {
            self.expected(key, Wanted::Like { kind: like.kind, example: like.example, found: text.to_owned() })
        })
    }

    fn maybe<T, E>(&self, key: &str, like: Like, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, Refusal> {
        if self.filled(key)?.is_none() { Ok(None) } else { self.parsed(key, like, parse).map(Some) }
    }

    /// A code; whether anything bears it is asked by [`super::known::Known`].
    pub(super) fn code<K: Kind>(&self, key: &str) -> Result<Code<K>, Refusal> {
        self.parsed(key, CODE, Code::parse)
    }

    /// A day.
    pub(super) fn date(&self, key: &str) -> Result<Date, Refusal> {
        self.parsed(key, DAY, Date::parse)
    }

    /// A day, or nothing.
    pub(super) fn maybe_date(&self, key: &str) -> Result<Option<Date>, Refusal> {
        self.maybe(key, DAY, Date::parse)
    }

    /// First day and first day after, the second later than the first.
    pub(super) fn span(&self) -> Result<(Date, Option<Date>), Refusal> {
        let (from, to) = (self.date("valid_from")?, self.maybe_date("valid_to")?);
        match to {
            Some(to) if to <= from => Err(self.expected("valid_to", Wanted::DayAfter(from))),
            Some(_) | None => Ok((from, to)),
        }
    }

    /// An instant.
    pub(super) fn instant(&self, key: &str) -> Result<Timestamp, Refusal> {
        self.parsed(key, INSTANT, Timestamp::parse)
    }

    /// A period.
    pub(super) fn period(&self, key: &str) -> Result<Period, Refusal> {
        self.parsed(key, PERIOD, Period::parse)
    }

    /// An exact number.
    pub(super) fn number(&self, key: &str) -> Result<Number, Refusal> {
        self.parsed(key, NUMBER, Number::parse)
    }

    /// An exact number, or nothing.
    pub(super) fn maybe_number(&self, key: &str) -> Result<Option<Number>, Refusal> {
        self.maybe(key, NUMBER, Number::parse)
    }

    /// A whole number of a machine type.
    pub(super) fn whole<T: std::str::FromStr>(&self, key: &str) -> Result<T, Refusal> {
        self.parsed(key, WHOLE, str::parse)
    }

    /// How many decimals are printed.
    pub(super) fn decimals(&self, key: &str) -> Result<u8, Refusal> {
        self.parsed(key, DECIMALS, |text| text.parse().ok().filter(|decimals| *decimals <= SCALE_MAX).ok_or(()))
    }

    /// A whole number of a machine type, or nothing.
    pub(super) fn maybe_whole<T: std::str::FromStr>(&self, key: &str) -> Result<Option<T>, Refusal> {
        self.maybe(key, WHOLE, str::parse)
    }

    /// One of a closed list of words; an empty word stands for an empty field.
    pub(super) fn one_of<T: Clone>(&self, key: &str, words: &[(&str, T)]) -> Result<T, Refusal> {
        let text = self.free(key)?;
        words.iter().find(|(word, _)| *word == text).map(|(_, value)| value.clone()).ok_or_else(|| {
            let listed = words.iter().map(|(word, _)| (*word).to_owned()).collect();
            self.expected(key, Wanted::OneOf { words: listed, found: text.to_owned() })
        })
    }

    /// Origin and source of a fact without an interval.
    pub(super) fn provenance(&self) -> Result<Provenance, Refusal> {
        let origin = self.one_of(
            "origin",
            &[("reported", Origin::Reported), ("sample", Origin::Sample), ("reference", Origin::Reference)],
        )?;
        Ok(Provenance { origin, source: self.text("source")?.to_owned() })
    }

    /// Origin and source of a number: an implied one lies in its interval, no other has one.
    pub(super) fn provenance_of(&self, number: Option<Number>) -> Result<Provenance, Refusal> {
        let bounds = (self.maybe_number("low")?, self.maybe_number("high")?);
        if self.free("origin")? != "implied" {
            return match bounds {
                (None, None) => self.provenance(),
                (Some(_), _) | (None, Some(_)) => Err(self.expected("low", Wanted::NoInterval)),
            };
        }
        let (Some(low), Some(high)) = bounds else {
            return Err(self.expected("low", Wanted::Interval));
        };
        if !number.is_some_and(|number| low <= number && number <= high) {
            return Err(self.expected("value", Wanted::Between { low: low.vi(), high: high.vi() }));
        }
        Ok(Provenance { origin: Origin::Implied { low, high }, source: self.text("source")?.to_owned() })
    }
}
