//! A place in the file of a scheme: reads the keys of a table and names the place when one does not fit.

use thidua_base::code::Kind;
use thidua_base::{Code, Date, Number};

use super::check::BrokenScheme;
use crate::refusal::{PackFault, Wanted};

/// A table of the file, with the way to it.
#[derive(Debug, Clone)]
pub(super) struct At<'a> {
    table: &'a toml::Table,
    file: &'a str,
    way: String,
}

type Read<T> = Result<T, BrokenScheme>;

impl<'a> At<'a> {
    /// The file as a whole.
    pub(super) fn whole(file: &'a str, table: &'a toml::Table) -> Self {
        Self { table, file, way: String::new() }
    }

    /// A fault of a key; of the table itself where the key is empty.
    pub(super) fn fault(&self, key: &str, why: PackFault) -> BrokenScheme {
        let key = match (self.way.as_str(), key) {
            ("", key) => key.to_owned(),
            (way, "") => way.to_owned(),
            (way, key) => format!("{way}.{key}"),
        };
        BrokenScheme { file: self.file.to_owned(), key, why }
    }

    /// The same table, called by a name rather than by its place.
    pub(super) fn called(mut self, way: String) -> Self {
        self.way = way;
        self
    }

    /// Refuses keys that the format does not know.
    pub(super) fn only(&self, known: &[&str]) -> Read<()> {
        match self.table.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(self.fault(key, PackFault::UnknownKey)),
            None => Ok(()),
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn needed(&self, key: &str) -> Read<&'a toml::Value> {
        self.table.get(key).ok_or_else(|| self.fault(key, PackFault::Expected(Wanted::Value)))
    }

    /// A text that says something.
    pub(super) fn text(&self, key: &str) -> Read<String> {
        let text = self.needed(key)?.as_str().map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_owned).ok_or_else(|| self.fault(key, PackFault::Expected(Wanted::Text)))
    }

    /// A text, empty where the key is absent.
    pub(super) fn text_or_empty(&self, key: &str) -> Read<String> {
        if self.has(key) { self.text(key) } else { Ok(String::new()) }
    }

    /// A list of texts; none where the key is absent.
    pub(super) fn texts(&self, key: &str) -> Read<Vec<String>> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        let texts = value
            .as_array()
            .and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<String>>>());
        texts.ok_or_else(|| self.fault(key, PackFault::Expected(Wanted::Texts)))
    }

    /// A number: whole, or between quotation marks with a point (`"1.5"`), so that it is never a float.
    pub(super) fn number(&self, key: &str) -> Read<Number> {
        let value = self.needed(key)?;
        let number = match value {
            toml::Value::Integer(whole) => Number::new(*whole, 0),
            toml::Value::String(text) => Number::parse(text).ok(),
            _ => None,
        };
        let found = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let like = Wanted::Like { kind: "number", example: "\"1.5\"", found };
        number.ok_or_else(|| self.fault(key, PackFault::Expected(like)))
    }

    /// A number that is not below zero.
    pub(super) fn points(&self, key: &str) -> Read<Number> {
        let number = self.number(key)?;
        if number.is_negative() {
            let least = Wanted::Between { low: "0".to_owned(), high: "1000000".to_owned() };
            return Err(self.fault(key, PackFault::Expected(least)));
        }
        Ok(number)
    }

    /// A number that is not below zero, where the key is there.
    pub(super) fn points_if(&self, key: &str) -> Read<Option<Number>> {
        if self.has(key) { self.points(key).map(Some) } else { Ok(None) }
    }

    /// A number that is not below zero, or the word `none`, which has to be written.
    pub(super) fn points_or_none(&self, key: &str) -> Read<Option<Number>> {
        if self.needed(key)?.as_str() == Some("none") { Ok(None) } else { self.points(key).map(Some) }
    }

    /// A whole number from a smallest one.
    pub(super) fn whole_from(&self, key: &str, least: i64) -> Read<i64> {
        let value = self.needed(key)?;
        let like = Wanted::Like { kind: "whole-number", example: "1", found: value.to_string() };
        let whole = value.as_integer().filter(|whole| *whole >= least);
        whole.ok_or_else(|| self.fault(key, PackFault::Expected(like)))
    }

    /// A day.
    pub(super) fn day(&self, key: &str) -> Read<Date> {
        let value = self.needed(key)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Date::parse(&text).map_err(|_| {
            self.fault(key, PackFault::Expected(Wanted::Like { kind: "day", example: "2026-01-31", found: text }))
        })
    }

    /// A code.
    pub(super) fn code<K: Kind>(&self, key: &str) -> Read<Code<K>> {
        let text = self.text(key)?;
        Code::parse(&text).map_err(|_| {
            self.fault(key, PackFault::Expected(Wanted::Like { kind: "code", example: "I.1.a", found: text.clone() }))
        })
    }

    /// One of a closed list of words.
    pub(super) fn one_of<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Read<T> {
        let found = self.text(key)?;
        let known = words.iter().find(|(word, _)| *word == found).map(|(_, meant)| *meant);
        known.ok_or_else(|| {
            let words = words.iter().map(|(word, _)| (*word).to_owned()).collect();
            self.fault(key, PackFault::Expected(Wanted::OneOf { words, found }))
        })
    }

    /// The same, or what holds where the key is absent.
    pub(super) fn one_of_or<T: Copy>(&self, key: &str, words: &[(&str, T)], absent: T) -> Read<T> {
        if self.has(key) { self.one_of(key, words) } else { Ok(absent) }
    }

    /// A table below.
    pub(super) fn table(&self, key: &str) -> Read<At<'a>> {
        let table = self.needed(key)?.as_table();
        let table = table.ok_or_else(|| self.fault(key, PackFault::Expected(Wanted::Table)))?;
        Ok(At { table, file: self.file, way: self.fault(key, PackFault::UnknownKey).key })
    }

    /// The tables of a list, each called by its place; none where the key is absent.
    pub(super) fn tables(&self, key: &str) -> Read<Vec<At<'a>>> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        let wrong = || self.fault(key, PackFault::Expected(Wanted::Tables));
        let list = value.as_array().ok_or_else(wrong)?;
        let below = self.fault(key, PackFault::UnknownKey).key;
        list.iter()
            .enumerate()
            .map(|(place, table)| {
                let table = table.as_table().ok_or_else(wrong)?;
                Ok(At { table, file: self.file, way: format!("{below}[{}]", place + 1) })
            })
            .collect()
    }

    /// The tables of a list that may not be empty.
    pub(super) fn some_tables(&self, key: &str) -> Read<Vec<At<'a>>> {
        let tables = self.tables(key)?;
        if tables.is_empty() {
            return Err(self.fault(key, PackFault::Expected(Wanted::Tables)));
        }
        Ok(tables)
    }
}
