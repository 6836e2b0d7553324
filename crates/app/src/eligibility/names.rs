//! How honours and instruments are called, for whoever shows an answer of the book.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_law::overlay::OverlayHead;
use thidua_law::table::Said;
use thidua_law::{Book, Library};

/// Names of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// The honours, as they are called on the day.
    pub honours: BTreeMap<HonourCode, Said>,
    /// The instruments.
    pub library: Library,
    /// The overlays laid on.
    pub overlays: Vec<OverlayHead>,
}

impl Names {
    /// The names of a book on a day.
    pub fn of(book: &Book, day: Date) -> Self {
        Self {
            honours: book.honours().map(|honour| (honour.code.clone(), honour.name_on(day))).collect(),
            library: book.library().clone(),
            overlays: book.overlays().to_vec(),
        }
    }

    /// The name of an honour; its code where the book has none.
    pub fn honour(&self, code: &HonourCode) -> Said {
        self.honours.get(code).cloned().unwrap_or_else(|| Said::new(code.as_str(), code.as_str()))
    }
}
