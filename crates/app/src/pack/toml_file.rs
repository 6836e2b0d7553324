//! TOML files, as records that know the line of every key.

use std::collections::BTreeMap;

use thidua_domain::Refusal;
use thidua_domain::refusal::{PackFault, Wanted};
use toml::de::{DeTable, DeValue};

use super::files::broken;
use super::record::{Field, Record, Value};

/// Reads a file.
pub(super) fn record(file: &'static str, text: &str) -> Result<Record, Refusal> {
    let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let source = Source { file, line_ends };
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(0, |span| source.line(span.start));
        broken(file, line, "", PackFault::Syntax(error.message().to_owned()))
    })?;
    source.record(1, table.get_ref())
}

struct Source {
    file: &'static str,
    line_ends: Vec<usize>,
}

impl Source {
    /// The line of a byte, from 1.
    fn line(&self, byte: usize) -> usize {
        1 + self.line_ends.partition_point(|end| *end < byte)
    }

    fn record(&self, line: usize, table: &DeTable) -> Result<Record, Refusal> {
        let mut fields = BTreeMap::new();
        for (key, value) in table {
            let line = self.line(key.span().start);
            let name = key.get_ref().as_ref();
            let value = self.value(name, self.line(value.span().start), value.get_ref())?;
            fields.insert(name.to_owned(), Field { line, value });
        }
        Ok(Record { file: self.file, line, fields })
    }

    fn value(&self, key: &str, line: usize, value: &DeValue) -> Result<Value, Refusal> {
        if let Some(text) = scalar(value) {
            return Ok(Value::Text(text));
        }
        if let Some(table) = value.as_table() {
            return self.record(line, table).map(Value::Record);
        }
        let items = value.as_array().into_iter().flatten();
        let (mut texts, mut records) = (Vec::new(), Vec::new());
        for item in items {
            let line = self.line(item.span().start);
            match (scalar(item.get_ref()), item.get_ref().as_table()) {
                (Some(text), _) => texts.push((line, text)),
                (None, Some(table)) => records.push(self.record(line, table)?),
                (None, None) => return Err(self.mixed(line, key)),
            }
        }
        match (texts.is_empty(), records.is_empty()) {
            (_, true) => Ok(Value::Texts(texts)),
            (true, false) => Ok(Value::Records(records)),
            (false, false) => Err(self.mixed(line, key)),
        }
    }

    fn mixed(&self, line: usize, key: &str) -> Refusal {
        broken(self.file, line, key, PackFault::Expected(Wanted::Texts))
    }
}

/// The text of a value that is neither list nor table.
fn scalar(value: &DeValue) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        DeValue::Datetime(when) => Some(when.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
