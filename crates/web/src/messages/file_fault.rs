//! What is wrong with a file of figures, in sentences.

use thidua_base::Period;
use thidua_domain::refusal::{CellFault, FileFault};

use super::Messages;

impl Messages {
    /// What is wrong with a file of figures, and what to do about it.
    pub fn file_fault(&self, fault: &FileFault) -> String {
        let key = format!("file-fault.{}", fault.code());
        match fault {
            FileFault::TooLarge { most } => self.with(&key, &[("most", &most.to_string())]),
            FileFault::OtherKind { kind } => self.with(&key, &[("kind", kind)]),
            FileFault::TooManyCells { rows, columns } => {
                self.with(&key, &[("rows", &rows.to_string()), ("columns", &columns.to_string())])
            }
            FileFault::OtherSheet { form, period, unit } => {
                let period = Period::parse(period).map_or_else(|_| period.clone(), |period| self.period(period));
                self.with(&key, &[("form", form), ("period", &period), ("unit", unit)])
            }
            FileFault::Empty
            | FileFault::LegacyXls
            | FileFault::Encrypted
            | FileFault::Macros
            | FileFault::ExternalLinks
            | FileFault::Embedded
            | FileFault::Html
            | FileFault::PlainText
            | FileFault::Broken
            | FileFault::Swollen
            | FileFault::NotOurs
            | FileFault::Tampered
            | FileFault::OtherLayout
            | FileFault::Encoding
            | FileFault::NoHeadings => self.get(&key).to_owned(),
        }
    }

    /// What is wrong with a cell of a file, and what to do about it.
    pub fn cell_fault(&self, fault: &CellFault) -> String {
        let key = format!("cell-fault.{}", fault.code());
        match fault {
            CellFault::UnknownAbsence { found }
            | CellFault::Formula { found }
            | CellFault::NotExact { found }
            | CellFault::AlteredCode { found }
            | CellFault::Unclear { found } => self.with(&key, &[("found", found)]),
            CellFault::OtherName { found, wanted } | CellFault::OtherMeasure { found, wanted } => {
                self.with(&key, &[("found", found), ("wanted", wanted)])
            }
            CellFault::Twice { row } => self.with(&key, &[("row", &row.to_string())]),
            CellFault::ValueAndAbsence | CellFault::Emptied | CellFault::Day => self.get(&key).to_owned(),
        }
    }
}

/// Every refusal of a file and of a cell.
#[cfg(test)]
pub(super) fn samples() -> Vec<thidua_domain::Refusal> {
    use thidua_domain::Refusal;

    let text = || String::from("x");
    let file_faults = [
        FileFault::Empty,
        FileFault::TooLarge { most: 5 },
        FileFault::LegacyXls,
        FileFault::Encrypted,
        FileFault::Macros,
        FileFault::ExternalLinks,
        FileFault::Embedded,
        FileFault::Html,
        FileFault::PlainText,
        FileFault::OtherKind { kind: text() },
        FileFault::Broken,
        FileFault::Swollen,
        FileFault::TooManyCells { rows: 5, columns: 6 },
        FileFault::NotOurs,
        FileFault::Tampered,
        FileFault::OtherLayout,
        FileFault::OtherSheet { form: text(), period: text(), unit: text() },
        FileFault::Encoding,
        FileFault::NoHeadings,
    ];
    let cell_faults = [
        CellFault::ValueAndAbsence,
        CellFault::UnknownAbsence { found: text() },
        CellFault::Emptied,
        CellFault::AlteredCode { found: text() },
        CellFault::Formula { found: text() },
        CellFault::Day,
        CellFault::NotExact { found: text() },
        CellFault::Unclear { found: text() },
        CellFault::OtherMeasure { found: text(), wanted: text() },
        CellFault::OtherName { found: text(), wanted: text() },
        CellFault::Twice { row: 9 },
    ];
    let files = file_faults.into_iter().map(|why| Refusal::BadFile { file: text(), why });
    files.chain(cell_faults.into_iter().map(|why| Refusal::BadCell { why })).collect()
}
