//! The register as a workbook or a text of columns, with the headings by which a list is read back.

use anyhow::Context;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use thidua_base::Date;
use thidua_domain::Actor;

use super::desk::{Desk, Eyes};
use super::register::{Asked, Row, register};
use crate::collection::workbook::{Separator, csv_of};
use crate::{App, Error};

/// Kinds of file the register is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook.
    Workbook,
    /// A text of columns.
    Text,
}

/// The words around the rows, and how a row is worded.
pub struct ExportWords {
    /// The name of the sheet, below; at most 31 characters are used.
    pub tab: String,
    /// Above the table.
    pub title: String,
    /// Headings of the columns.
    pub heads: Vec<String>,
    /// The cells of a row; what the reader may not see comes empty.
    pub cells: fn(&Row, &Beyond) -> Vec<String>,
}

/// What an export tells beyond the rows of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// How it is done.
    pub method: String,
    /// Whom to ask; empty for who sees what the public sees.
    pub contact_name: String,
    /// How to reach them; likewise.
    pub contact_way: String,
    /// The decision that recognised it, and its day.
    pub decision: String,
}

/// Writes the rows that fit what is asked.
///
/// # Errors
/// Where the store fails, or the writer of workbooks refuses.
pub fn export(app: &App, by: &Actor, asked: &Asked, kind: FileKind, words: &ExportWords) -> Result<Vec<u8>, Error> {
    let asked = Asked { after: 0, most: usize::MAX, ..asked.clone() };
    let listed = register(app, by, &asked)?;
    let eyes = if asked.as_public { Eyes::Public } else { Eyes::Own };
    let beyond: Vec<Beyond> = app.db.read(|tx| {
        let desk = Desk::read(tx, app, by, None)?;
        let of = |row: &Row| {
            let (profile, course) = (desk.profile(&row.exemplar), desk.course(&row.exemplar));
            let recognised = course.last(thidua_domain::actor::Verb::RecogniseExemplar);
            let reads = desk.reads(by, &row.exemplar, eyes);
            let contact = profile.contact;
            Beyond {
                method: profile.method,
                contact_name: if reads { contact.name } else { String::new() },
                contact_way: if reads { contact.way } else { String::new() },
                decision: recognised
                    .map(|event| format!("{}, {}", event.decision, event.day.in_table()))
                    .unwrap_or_default(),
            }
        };
        Ok::<_, Error>(listed.rows.iter().map(of).collect())
    })?;
    let rows: Vec<Vec<String>> =
        listed.rows.iter().zip(&beyond).map(|(row, beyond)| (words.cells)(row, beyond)).collect();
    match kind {
        FileKind::Text => {
            let mut all = vec![words.heads.clone()];
            all.extend(rows);
            Ok(csv_of(&all, Separator::Semicolon))
        }
        FileKind::Workbook => Ok(workbook(words, &rows, listed.day)?),
    }
}

fn workbook(words: &ExportWords, rows: &[Vec<String>], made: Date) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::parse_from_str(&made.to_string()).context("a day of the calendar")?;
    book.set_properties(&DocProperties::new().set_title(&words.title).set_creation_datetime(&made));
    table(&mut book, words, rows).context("writing the table of a workbook")?;
    book.save_to_buffer().context("closing a workbook")
}

/// Rows above the exemplars: the title, an empty one, the headings.
const HEAD: u32 = 2;

fn table(book: &mut Workbook, words: &ExportWords, rows: &[Vec<String>]) -> Result<(), XlsxError> {
    let boxed = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let head = boxed.clone().set_bold().set_align(FormatAlign::Center);
    let at = book.add_worksheet();
    at.set_name(words.tab.chars().take(31).collect::<String>())?;
    at.write_string_with_format(0, 0, &words.title, &Format::new().set_bold().set_font_size(13))?;
    for (column, text) in (0..).zip(&words.heads) {
        at.set_column_width(column, 20)?;
        at.write_string_with_format(HEAD, column, text, &head)?;
    }
    for (line, row) in (HEAD + 1..).zip(rows) {
        for (column, text) in (0..).zip(row) {
            at.write_string_with_format(line, column, text, &boxed)?;
        }
    }
    at.set_freeze_panes(HEAD + 1, 1)?;
    Ok(())
}
