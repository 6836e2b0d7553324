//! A document tree and its DOCX, PDF and HTML writers; knows nothing of emulation.
//!
//! [`tree`] says what a paper holds, [`layout`] how the law of its day wants it set, and each writer
//! spells the one by the other. All four show the same characters: see [`wording`].

pub mod tree;

pub mod layout;
pub mod length;

pub mod wording;

pub mod face;
mod grid;
mod placing;

pub mod docx;
pub mod html;
pub mod pdf;
pub mod text;

pub use layout::{Layout, layout_on};
pub use tree::Document;

/// Why a document cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A table's cells do not fill its columns.
    #[error(transparent)]
    Table(#[from] BadTable),
    /// The parts of the DOCX could not be packed.
    #[error("the DOCX cannot be packed: {0}")]
    Package(String),
    /// The PDF could not be typeset.
    #[error("the PDF cannot be typeset: {0}")]
    Typesetting(String),
}

/// How a table's cells fail to fill its columns; rows count from 1 within their band.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTable {
    /// There is nothing to set cells in.
    #[error("a table has no columns, or columns without width")]
    NoColumns,
    /// The cells of a row, with those that reach down into it, are too few or too many.
    #[error("row {row} of a table's {band} does not fill its {columns} columns")]
    Row {
        /// `header`, `rows` or `totals`.
        band: &'static str,
        /// The row.
        row: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A cell spans nothing.
    #[error("row {row} of a table's {band} has a cell that spans no column or no row")]
    EmptySpan {
        /// `header`, `rows` or `totals`.
        band: &'static str,
        /// The row.
        row: usize,
    },
    /// A cell reaches below the last row of its band.
    #[error("a cell of a table's {band} reaches below its last row")]
    Overhang {
        /// `header`, `rows` or `totals`.
        band: &'static str,
    },
}
