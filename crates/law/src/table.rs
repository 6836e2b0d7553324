//! Reading data files key by key, so that every complaint names file, line and key.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use thidua_base::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fault::{Fault, Wrong};
use crate::vocabulary::Word;

/// A file with its text.
#[derive(Debug, Clone, Copy)]
pub struct Source<'t> {
    /// Its name.
    pub file: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// A file while it is read, with where its lines begin.
#[derive(Debug, Clone, Copy)]
struct Lines<'t> {
    file: &'t str,
    starts: &'t [usize],
}

impl Lines<'_> {
    /// The line of a place, from 1.
    fn line(self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }
}

impl<'t> Source<'t> {
    /// Parses the text and hands its top table over.
    ///
    /// # Errors
    /// When the text is not TOML, or the reading complains.
    pub fn read<T>(self, read: impl FnOnce(&Table<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        let lines = Lines { file: self.file, starts: &starts };
        let parsed = DeTable::parse(self.text).map_err(|e| {
            let line = e.span().map_or(0, |span| lines.line(span.start));
            let why = e.message().to_owned();
            Fault { file: self.file.to_owned(), line, key: String::new(), wrong: Wrong::NotToml(why) }
        })?;
        let table =
            Table { source: lines, path: String::new(), span: 0..0, rows: parsed.get_ref(), used: RefCell::default() };
        let value = read(&table)?;
        table.all_used()?;
        Ok(value)
    }
}

/// A table of a file, with the way to it.
#[derive(Debug)]
pub struct Table<'d> {
    source: Lines<'d>,
    path: String,
    span: Range<usize>,
    rows: &'d DeTable<'d>,
    used: RefCell<BTreeSet<String>>,
}

impl<'d> Table<'d> {
    /// A complaint about this table.
    pub fn wrong(&self, wrong: Wrong) -> Fault {
        self.fault(self.span.clone(), self.path.clone(), wrong)
    }

    /// A complaint about a key of this table.
    pub fn wrong_at(&self, key: &str, wrong: Wrong) -> Fault {
        let span = self.rows.get_key_value(key).map_or(self.span.clone(), |(found, _)| found.span());
        self.fault(span, self.way(key), wrong)
    }

    /// The line this table begins in.
    pub fn line(&self) -> usize {
        self.source.line(self.span.start)
    }

    /// The file.
    pub fn file(&self) -> &'d str {
        self.source.file
    }

    fn fault(&self, span: Range<usize>, key: String, wrong: Wrong) -> Fault {
        let line = if span.end == 0 { 0 } else { self.source.line(span.start) };
        Fault { file: self.source.file.to_owned(), line, key, wrong }
    }

    fn way(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    /// The keys, as written.
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<(usize, String)> =
            self.rows.keys().map(|key| (key.span().start, key.get_ref().to_string())).collect();
        keys.sort();
        keys.into_iter().map(|(_, key)| key).collect()
    }

    /// Complains of the first key that nobody asked for.
    ///
    /// # Errors
    /// When there is one.
    pub fn all_used(&self) -> Result<(), Fault> {
        let used = self.used.borrow();
        let unknown = self.keys().into_iter().find(|key| !used.contains(key));
        match unknown {
            Some(key) => Err(self.wrong_at(&key, Wrong::UnknownKey)),
            None => Ok(()),
        }
    }

    fn value(&self, key: &str) -> Option<&Spanned<DeValue<'d>>> {
        self.used.borrow_mut().insert(key.to_owned());
        self.rows.get(key)
    }

    fn must<T>(&self, key: &str, value: Option<T>) -> Result<T, Fault> {
        value.ok_or_else(|| self.fault(self.span.clone(), self.way(key), Wrong::Missing))
    }

    /// A text that must be there.
    pub fn text(&self, key: &str) -> Result<&str, Fault> {
        let found = self.maybe_text(key)?;
        self.must(key, found)
    }

    /// A text that may be there.
    pub fn maybe_text(&self, key: &str) -> Result<Option<&str>, Fault> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let text = value.get_ref().as_str();
        text.map(Some).ok_or_else(|| self.wrong_at(key, Wrong::Kind("a text")))
    }

    /// Texts, from a text alone or a list of texts; empty where the key is missing.
    pub fn texts(&self, key: &str) -> Result<Vec<&str>, Fault> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        if let Some(text) = value.get_ref().as_str() {
            return Ok(vec![text]);
        }
        let list = value.get_ref().as_array().ok_or_else(|| self.wrong_at(key, Wrong::Kind("a list")))?;
        list.iter().map(|one| one.get_ref().as_str().ok_or_else(|| self.wrong_at(key, Wrong::Kind("a text")))).collect()
    }

    /// A whole number that may be there.
    pub fn maybe_number(&self, key: &str) -> Result<Option<i64>, Fault> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let number = value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        number.map(Some).ok_or_else(|| self.wrong_at(key, Wrong::Kind("a whole number")))
    }

    /// A whole number between bounds, or the default where the key is missing.
    pub fn number(&self, key: &str, default: Option<i64>, within: std::ops::RangeInclusive<i64>) -> Result<i64, Fault> {
        let found = self.maybe_number(key)?.or(default);
        let number = self.must(key, found)?;
        if within.contains(&number) {
            Ok(number)
        } else {
            let why = format!("{number} ∉ [{}; {}]", within.start(), within.end());
            Err(self.wrong_at(key, Wrong::Number(why)))
        }
    }

    /// Whole numbers of a list.
    pub fn numbers(&self, key: &str) -> Result<Vec<i64>, Fault> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let one =
            |value: &DeValue<'_>| value.as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        let wrong = || self.wrong_at(key, Wrong::Kind("a whole number"));
        if let Some(number) = one(value.get_ref()) {
            return Ok(vec![number]);
        }
        let list = value.get_ref().as_array().ok_or_else(wrong)?;
        list.iter().map(|item| one(item.get_ref()).ok_or_else(wrong)).collect()
    }

    /// True or false that may be there.
    pub fn maybe_flag(&self, key: &str) -> Result<Option<bool>, Fault> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let flag = value.get_ref().as_bool();
        flag.map(Some).ok_or_else(|| self.wrong_at(key, Wrong::Kind("true or false")))
    }

    /// A date that may be there.
    pub fn maybe_date(&self, key: &str) -> Result<Option<Date>, Fault> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let date = value.get_ref().as_datetime().and_then(|day| Date::parse(&day.to_string()).ok());
        date.map(Some).ok_or_else(|| self.wrong_at(key, Wrong::Kind("a date")))
    }

    /// A date that must be there.
    pub fn date(&self, key: &str) -> Result<Date, Fault> {
        let found = self.maybe_date(key)?;
        self.must(key, found)
    }

    /// A word of a closed list that may be there.
    pub fn maybe_word<W: Word>(&self, key: &str) -> Result<Option<W>, Fault> {
        let Some(text) = self.maybe_text(key)? else { return Ok(None) };
        self.as_word(key, text).map(Some)
    }

    /// A word of a closed list that must be there.
    pub fn word<W: Word>(&self, key: &str) -> Result<W, Fault> {
        let found = self.maybe_word(key)?;
        self.must(key, found)
    }

    /// Words of a closed list; empty where the key is missing.
    pub fn words<W: Word>(&self, key: &str) -> Result<Vec<W>, Fault> {
        self.texts(key)?.into_iter().map(|text| self.as_word(key, text)).collect()
    }

    /// A text of this table as a word.
    pub fn as_word<W: Word>(&self, key: &str, text: &str) -> Result<W, Fault> {
        W::parse(text).ok_or_else(|| self.wrong_at(key, Wrong::UnknownWord { word: text.to_owned(), what: W::WHAT }))
    }

    /// A table below this one, that may be there.
    pub fn maybe_table(&self, key: &str) -> Result<Option<Table<'_>>, Fault> {
        let Some(value) = self.value(key) else { return Ok(None) };
        self.below(value, self.way(key)).map(Some).ok_or_else(|| self.wrong_at(key, Wrong::Kind("a table")))
    }

    /// A table below this one, that must be there.
    pub fn table(&self, key: &str) -> Result<Table<'_>, Fault> {
        let found = self.maybe_table(key)?;
        self.must(key, found)
    }

    /// A list of tables; empty where the key is missing.
    pub fn tables(&self, key: &str) -> Result<Vec<Table<'_>>, Fault> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let list = value.get_ref().as_array().ok_or_else(|| self.wrong_at(key, Wrong::Kind("a list")))?;
        list.iter()
            .enumerate()
            .map(|(at, one)| {
                let way = format!("{}[{}]", self.way(key), at + 1);
                self.below(one, way).ok_or_else(|| self.wrong_at(key, Wrong::Kind("a table")))
            })
            .collect()
    }

    fn below<'s>(&'s self, value: &'s Spanned<DeValue<'d>>, path: String) -> Option<Table<'s>> {
        let rows = value.get_ref().as_table()?;
        // An array's element has the span of its brackets; a header's table that of its header.
        Some(Table { source: self.source, path, span: value.span(), rows, used: RefCell::default() })
    }
}

/// Names in two languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Said {
    /// The same text in both languages, for names of things.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }
}

impl Table<'_> {
    /// Names in two languages that may be there.
    pub fn maybe_said(&self, key: &str) -> Result<Option<Said>, Fault> {
        let Some(table) = self.maybe_table(key)? else { return Ok(None) };
        let said = table.both()?;
        table.all_used()?;
        Ok(Some(said))
    }

    /// Names in two languages that must be there.
    pub fn said(&self, key: &str) -> Result<Said, Fault> {
        let found = self.maybe_said(key)?;
        self.must(key, found)
    }

    /// The keys `vi` and `en` of this table.
    pub fn both(&self) -> Result<Said, Fault> {
        Ok(Said { vi: self.text("vi")?.to_owned(), en: self.text("en")?.to_owned() })
    }
}
