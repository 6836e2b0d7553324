//! A sheet as a file to be filled elsewhere: a workbook, or a text of columns.

use thidua_domain::Actor;

use super::sheet::{SheetKey, SheetSeen, sheet};
use super::workbook::{Separator, WorkbookWords, csv, write};
use crate::{App, Error};

/// Kinds of file a sheet is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook with locks, choices and notes.
    Workbook,
    /// A text of columns.
    Text(Separator),
}

/// Writes a sheet as a file; the words come from whoever speaks to the person, who is told whose sheet it is.
///
/// # Errors
/// [`Error::NotFound`] where there is no such sheet, or none for this actor.
pub fn workbook_of(
    app: &App,
    by: &Actor,
    key: &SheetKey,
    kind: FileKind,
    words: impl FnOnce(&SheetSeen) -> WorkbookWords,
) -> Result<Vec<u8>, Error> {
    let seen = sheet(app, by, key)?;
    let words = words(&seen);
    match kind {
        FileKind::Workbook => Ok(write(&seen.sheet, &words)?),
        FileKind::Text(separator) => Ok(csv(&seen.sheet, &words, separator)),
    }
}
