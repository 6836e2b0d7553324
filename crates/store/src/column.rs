//! How values of `base` and `domain` are written in columns, and read back.
//!
//! Three column types carry everything: dates, instants, periods, codes and words are text; a number is
//! two integers, digits and scale; where a fact comes from is six columns.

use std::collections::BTreeSet;

use thidua_base::code::{Kind, TenantId};
use thidua_base::{Code, Date, Number, Period, Timestamp};
use thidua_domain::actor::{Reach, Scope};
use thidua_domain::{Origin, Provenance};

use crate::engine::{Row, Value};
use crate::error::Error;

/// The cells of a row to be written, in the order of the statement's columns.
pub(crate) struct Cells(Vec<Value>);

impl Cells {
    /// A row of a tenant: the tenant stands first in every row.
    pub fn of(tenant: &TenantId) -> Self {
        Self(vec![tenant.into()])
    }

    /// A row of a shared table.
    pub fn shared() -> Self {
        Self(Vec::new())
    }

    /// Adds a cell.
    pub fn with(mut self, value: impl Into<Value>) -> Self {
        self.0.push(value.into());
        self
    }

    /// Adds a position in a list, from 1.
    pub fn place(self, index: usize) -> Self {
        self.with(i64::try_from(index + 1).expect("no list in memory is longer than i64"))
    }

    /// Adds the two cells of a number, empty where there is none.
    pub fn number(self, number: Option<Number>) -> Self {
        self.with(number.map(Number::digits)).with(number.map(|n| i64::from(n.scale())))
    }

    /// Adds the six cells of a provenance.
    pub fn provenance(self, provenance: &Provenance) -> Self {
        let (low, high) = match provenance.origin {
            Origin::Implied { low, high } => (Some(low), Some(high)),
            Origin::Reported | Origin::Sample | Origin::Reference => (None, None),
        };
        self.with(provenance.origin.word()).number(low).number(high).with(&provenance.source)
    }
}

impl From<Cells> for Vec<Value> {
    fn from(cells: Cells) -> Self {
        cells.0
    }
}

/// The two values every scoped read binds: the tenant, and the units in reach as a set or NULL for all.
pub(crate) fn scope_values(scope: &Scope) -> Vec<Value> {
    let reach = match &scope.units {
        Reach::Everything => Value::Null,
        Reach::Only(units) => set(units),
    };
    vec![(&scope.tenant).into(), reach]
}

/// A set bound as one value, read in SQL by `json_each(CAST($n AS TEXT))`; what is given twice counts once.
pub(crate) fn set<T: ToString>(items: &[T]) -> Value {
    let words: BTreeSet<String> = items.iter().map(T::to_string).collect();
    Value::Text(serde_json::to_string(&words).expect("a list of strings is always JSON"))
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<i16> for Value {
    fn from(number: i16) -> Self {
        Self::Int(number.into())
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Int(number.into())
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl<K> From<&Code<K>> for Value {
    fn from(code: &Code<K>) -> Self {
        code.as_str().into()
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Text(date.to_string())
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Text(at.to_string())
    }
}

impl From<Period> for Value {
    fn from(period: Period) -> Self {
        Self::Text(period.to_string())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, T::into)
    }
}

/// An enum stored as a word.
pub(crate) trait Word: Copy + 'static {
    /// Every value.
    const ALL: &'static [Self];

    /// The word in the column.
    fn word(self) -> &'static str;
}

impl<W: Word> From<W> for Value {
    fn from(value: W) -> Self {
        value.word().into()
    }
}

/// A value read from one cell.
pub(crate) trait Read: Sized {
    /// What the cell should hold, for the message when it does not.
    const WHAT: &'static str;

    /// The value, or `None` where the cell holds something else.
    fn read(cell: Value) -> Option<Self>;
}

impl Read for String {
    const WHAT: &'static str = "a text";

    fn read(cell: Value) -> Option<Self> {
        match cell {
            Value::Text(text) => Some(text),
            Value::Null | Value::Int(_) | Value::Bytes(_) => None,
        }
    }
}

impl Read for i64 {
    const WHAT: &'static str = "a whole number";

    fn read(cell: Value) -> Option<Self> {
        match cell {
            Value::Int(number) => Some(number),
            Value::Null | Value::Text(_) | Value::Bytes(_) => None,
        }
    }
}

impl Read for i16 {
    const WHAT: &'static str = "a year";

    fn read(cell: Value) -> Option<Self> {
        i64::read(cell).and_then(|number| Self::try_from(number).ok())
    }
}

impl Read for u8 {
    const WHAT: &'static str = "a small number";

    fn read(cell: Value) -> Option<Self> {
        i64::read(cell).and_then(|number| Self::try_from(number).ok())
    }
}

impl Read for Vec<u8> {
    const WHAT: &'static str = "bytes";

    fn read(cell: Value) -> Option<Self> {
        match cell {
            Value::Bytes(bytes) => Some(bytes),
            Value::Null | Value::Text(_) | Value::Int(_) => None,
        }
    }
}

impl<K: Kind> Read for Code<K> {
    const WHAT: &'static str = "a code";

    fn read(cell: Value) -> Option<Self> {
        String::read(cell).and_then(|text| Self::parse(&text).ok())
    }
}

impl Read for Date {
    const WHAT: &'static str = "a date";

    fn read(cell: Value) -> Option<Self> {
        String::read(cell).and_then(|text| Self::parse(&text).ok())
    }
}

impl Read for Timestamp {
    const WHAT: &'static str = "an instant";

    /// Only the form we write: two spellings of one instant would share a hash in the audit.
    fn read(cell: Value) -> Option<Self> {
        let text = String::read(cell)?;
        Self::parse(&text).ok().filter(|at| at.to_string() == text)
    }
}

impl Read for Period {
    const WHAT: &'static str = "a period";

    fn read(cell: Value) -> Option<Self> {
        String::read(cell).and_then(|text| Self::parse(&text).ok())
    }
}

impl<T: Read> Read for Option<T> {
    const WHAT: &'static str = T::WHAT;

    fn read(cell: Value) -> Option<Self> {
        match cell {
            Value::Null => Some(None),
            cell @ (Value::Text(_) | Value::Int(_) | Value::Bytes(_)) => T::read(cell).map(Some),
        }
    }
}

impl<W: Word> Read for W {
    const WHAT: &'static str = "one of the known words";

    fn read(cell: Value) -> Option<Self> {
        let text = String::read(cell)?;
        W::ALL.iter().copied().find(|value| value.word() == text)
    }
}

impl Row<'_> {
    /// The next column.
    pub fn next<T: Read>(&mut self) -> Result<T, Error> {
        let cell = self.cell()?;
        T::read(cell).ok_or_else(|| self.wrong(T::WHAT))
    }

    /// The next two columns: a number.
    pub fn number(&mut self) -> Result<Number, Error> {
        self.number_or_none()?.ok_or_else(|| self.wrong("a number"))
    }

    /// The next two columns: a number, or both empty.
    pub fn number_or_none(&mut self) -> Result<Option<Number>, Error> {
        let digits: Option<i64> = self.next()?;
        let scale: Option<u8> = self.next()?;
        match (digits, scale) {
            (None, None) => Ok(None),
            (Some(digits), Some(scale)) => {
                Number::new(digits, scale).map(Some).ok_or_else(|| self.wrong("a scale of a number"))
            }
            (Some(_), None) | (None, Some(_)) => Err(self.wrong("the scale of the number before")),
        }
    }

    /// The next six columns: where a fact comes from.
    pub fn provenance(&mut self) -> Result<Provenance, Error> {
        let word: String = self.next()?;
        let bounds = (self.number_or_none()?, self.number_or_none()?);
        let origin = match (word.as_str(), bounds) {
            ("reported", (None, None)) => Origin::Reported,
            ("sample", (None, None)) => Origin::Sample,
            ("reference", (None, None)) => Origin::Reference,
            ("implied", (Some(low), Some(high))) => Origin::Implied { low, high },
            (_, _) => return Err(self.wrong("an origin with its bounds")),
        };
        Ok(Provenance { origin, source: self.next()? })
    }

    /// The complaint about the column just read.
    pub(crate) fn wrong(&self, expected: &str) -> Error {
        Error::Integrity(format!("{}: column {} is not {expected}", self.statement(), self.place()))
    }
}
