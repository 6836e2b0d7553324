//! Words of the vocabulary files: facts, fields of service, posts, kinds of place, authorities, steps.

use std::collections::BTreeMap;

use crate::fault::{Fault, Wrong};
use crate::table::{Said, Source, Table};

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermKind {
    /// A counted fact.
    Count,
    /// A fact that holds or not.
    Statement,
    /// A field of service.
    Field,
    /// A list of posts.
    Post,
    /// A kind of place or household.
    Segment,
    /// Who decides.
    Authority,
    /// A body that votes.
    Body,
    /// A step of a procedure.
    Step,
    /// For what a quota is counted.
    Per,
}

impl TermKind {
    const ALL: [(Self, &'static str, &'static str); 8] = [
        (Self::Count, "fact", "sự việc đếm được"),
        (Self::Field, "field", "lĩnh vực công tác"),
        (Self::Post, "post", "chức vụ"),
        (Self::Segment, "segment", "nhóm địa bàn, hộ"),
        (Self::Authority, "authority", "người có thẩm quyền"),
        (Self::Body, "body", "hội đồng, cuộc họp"),
        (Self::Step, "step", "bước của thủ tục"),
        (Self::Per, "per", "phạm vi tính tỷ lệ"),
    ];

    fn what(self) -> &'static str {
        match self {
            Self::Statement => "sự việc có hoặc không",
            other => Self::ALL.iter().find(|row| row.0 == other).map_or("từ", |row| row.2),
        }
    }
}

/// The terms, by kind and code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    rows: BTreeMap<(TermKind, String), Said>,
}

impl Terms {
    /// Reads the vocabulary files.
    ///
    /// # Errors
    /// When a file is not of its format or a word is defined twice with different names.
    pub fn read<'t>(files: impl Iterator<Item = Source<'t>>) -> Result<Self, Fault> {
        let mut terms = Self::default();
        for source in files {
            source.read(|table| terms.add(table))?;
        }
        Ok(terms)
    }

    fn add(&mut self, table: &Table<'_>) -> Result<(), Fault> {
        for (kind, key, _) in TermKind::ALL {
            for row in table.tables(key)? {
                let kind = match (kind, row.maybe_text("kind")?) {
                    (TermKind::Count, Some("co-khong")) => TermKind::Statement,
                    (TermKind::Count, Some("dem")) => TermKind::Count,
                    (TermKind::Count, other) => {
                        let word = other.unwrap_or_default().to_owned();
                        return Err(row.wrong_at("kind", Wrong::UnknownWord { word, what: "dem, co-khong" }));
                    }
                    (other, None) => other,
                    (_, Some(_)) => return Err(row.wrong_at("kind", Wrong::UnknownKey)),
                };
                let code = row.text("code")?.to_owned();
                let said = row.both()?;
                row.all_used()?;
                // Two files may name the same thing; they must then agree.
                match self.rows.get(&(kind, code.clone())) {
                    Some(before) if *before != said => return Err(row.wrong_at("code", Wrong::Twice(code))),
                    _ => self.rows.insert((kind, code), said),
                };
            }
        }
        Ok(())
    }

    /// These terms and one more.
    #[must_use]
    pub fn with(mut self, kind: TermKind, code: String, said: Said) -> Self {
        self.rows.insert((kind, code), said);
        self
    }

    /// How a term is said.
    pub fn said(&self, kind: TermKind, code: &str) -> Said {
        self.rows.get(&(kind, code.to_owned())).cloned().unwrap_or_else(|| Said::new(code, code))
    }

    /// Every term of a kind.
    pub fn of(&self, kind: TermKind) -> impl Iterator<Item = (&str, &Said)> {
        self.rows.iter().filter(move |(key, _)| key.0 == kind).map(|(key, said)| (key.1.as_str(), said))
    }

    /// The term under a key, which must be there and known.
    pub(crate) fn known(&self, table: &Table<'_>, key: &str, kind: TermKind) -> Result<String, Fault> {
        let code = table.text(key)?;
        self.must_know(table, key, code, kind)?;
        Ok(code.to_owned())
    }

    /// Complains where a term is not known.
    pub(crate) fn must_know(&self, table: &Table<'_>, key: &str, code: &str, kind: TermKind) -> Result<(), Fault> {
        if self.rows.contains_key(&(kind, code.to_owned())) {
            return Ok(());
        }
        Err(table.wrong_at(key, Wrong::UnknownWord { word: code.to_owned(), what: kind.what() }))
    }
}
