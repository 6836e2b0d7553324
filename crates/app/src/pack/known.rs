//! Codes that a pack defines, so that every other place that names one can be held against them.

use std::collections::BTreeSet;

use thidua_base::code::{Code, Kind};
use thidua_domain::Refusal;
use thidua_domain::refusal::PackFault;

use super::files::broken;
use super::record::Record;

/// The codes of one kind of thing.
#[derive(Debug)]
pub(super) struct Known<K> {
    codes: BTreeSet<Code<K>>,
}

impl<K: Kind> Known<K> {
    /// No code yet.
    pub(super) fn none() -> Self {
        Self { codes: BTreeSet::new() }
    }

    /// Codes defined elsewhere: in the law book, in another part of the pack.
    pub(super) fn of(codes: impl IntoIterator<Item = Code<K>>) -> Self {
        Self { codes: codes.into_iter().collect() }
    }

    /// Whether a text is one of the codes.
    pub(super) fn holds(&self, text: &str) -> bool {
        Code::parse(text).is_ok_and(|code| self.codes.contains(&code))
    }

    /// The code a record defines; a second time is a fault.
    pub(super) fn define(&mut self, record: &Record, key: &str) -> Result<Code<K>, Refusal> {
        let code: Code<K> = record.code(key)?;
        if !self.codes.insert(code.clone()) {
            return Err(record.fault(key, PackFault::Twice(code.as_str().to_owned())));
        }
        Ok(code)
    }

    /// The code a record names; it must have been defined.
    pub(super) fn resolve(&self, record: &Record, key: &str) -> Result<Code<K>, Refusal> {
        let code: Code<K> = record.code(key)?;
        if !self.codes.contains(&code) {
            return Err(record.fault(key, PackFault::Dangling(code.as_str().to_owned())));
        }
        Ok(code)
    }

    /// The code a record names, or nothing.
    pub(super) fn maybe(&self, record: &Record, key: &str) -> Result<Option<Code<K>>, Refusal> {
        if record.free(key)?.is_empty() { Ok(None) } else { self.resolve(record, key).map(Some) }
    }

    /// The codes a record lists.
    pub(super) fn list(&self, record: &Record, key: &str) -> Result<Vec<Code<K>>, Refusal> {
        let resolved = record.texts(key)?.into_iter().map(|(line, text)| match Code::parse(text) {
            Ok(code) if self.codes.contains(&code) => Ok(code),
            Ok(_) | Err(_) => Err(broken(record.file, line, key, PackFault::Dangling(text.to_owned()))),
        });
        resolved.collect()
    }
}
