//! A sheet as a workbook or a text of columns, written, and read back from whatever people send under that name.
//!
//! What is written can be filled without a network: the plan, the same period and the definitions are in it, only the
//! entry cells are open. What is read is weighed first: its kind by its bytes, its size unfolded, its parts.

mod delimited;
mod layout;
mod number;
mod package;
mod read;
mod units;
mod words;
mod write;

use thidua_domain::collection::import::FileSource;

pub use delimited::{Separator, csv, csv_of, csv_tables};
pub(crate) use number::to_cell;
pub use package::BYTES_MAX;
pub use read::{Read, read, tables};
pub use units::{UnitsWords, write_units};
pub use words::{ColumnWords, WorkbookWords};
pub use write::write;

/// Most rows of a table that are read.
pub const ROWS_MAX: usize = 5_000;

/// Most columns of a table that are read.
pub const COLUMNS_MAX: usize = 200;

/// Most sheets of a workbook that are looked at.
pub const SHEETS_MAX: usize = 20;

/// Most bytes of text in a table.
pub const TEXT_MAX: usize = 16 << 20;

/// SHA-256 of a file's bytes, in lower-case hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    layout::hex_of(bytes)
}

/// The file as every change that comes of it will name it.
fn source(bytes: &[u8], file: &str, sheet: &str) -> FileSource {
    FileSource { file: thidua_base::text::nfc(file), hash: layout::hex_of(bytes), sheet: sheet.to_owned() }
}

#[cfg(test)]
mod tests;
