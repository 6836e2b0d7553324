//! Workbooks read: those made here with their hidden data, and others as plain tables.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use thidua_base::Date;
use thidua_base::code::IndicatorCode;
use thidua_base::text::{fold, nfc};
use thidua_domain::collection::import::mapping::{Table, place};
use thidua_domain::collection::import::{Base, Filled, FilledRow, Written, WrittenAbsence};
use thidua_domain::indicator::Absence;
use thidua_domain::refusal::FileFault;

use super::layout::{ABSENCE, CODE, HIDDEN_SHEET, Hidden, KEYS, NAME, NOTE, VALUE};
use super::{COLUMNS_MAX, ROWS_MAX, SHEETS_MAX, TEXT_MAX, number, package, source};

type Rows = Vec<Vec<Written>>;

/// What a file that somebody sent turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A workbook made here, filled.
    Form(Filled),
    /// Tables made elsewhere, one for each sheet that is not empty.
    Lists(Vec<Table>),
}

/// Reads a workbook made by [`super::write`], filled by a person.
///
/// # Errors
/// Why it is not taken; [`FileFault::NotOurs`] for a sound workbook made elsewhere.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Filled, FileFault> {
    package::inspect(bytes)?;
    guarded(|| {
        let mut book = open(bytes)?;
        let sheets = names(&book);
        if !sheets.iter().any(|(name, _)| name == HIDDEN_SHEET) {
            return Err(FileFault::NotOurs);
        }
        let hidden = Hidden::of_lines(&lines(&rows(&mut book, HIDDEN_SHEET)?))?;
        for (name, _) in sheets.iter().filter(|(name, _)| name != HIDDEN_SHEET) {
            let rows = rows(&mut book, name)?;
            if let Some(columns) = Columns::find(&rows) {
                let rows = filled_rows(&rows, &columns, &hidden);
                return Ok(Filled { source: source(bytes, file_name, name), stamp: Some(hidden.stamp), rows });
            }
        }
        Err(FileFault::NotOurs)
    })
}

/// Reads the visible sheets of a workbook as plain tables.
///
/// # Errors
/// Why it is not taken; [`FileFault::Empty`] where no sheet has anything in it.
pub fn tables(bytes: &[u8], file_name: &str) -> Result<Vec<Table>, FileFault> {
    package::inspect(bytes)?;
    guarded(|| {
        let mut book = open(bytes)?;
        let mut tables = Vec::new();
        for (name, _) in names(&book).into_iter().filter(|(_, is_visible)| *is_visible) {
            let rows = rows(&mut book, &name)?;
            if rows.iter().flatten().any(|cell| !cell.is_empty()) {
                tables.push(Table { source: source(bytes, file_name, &name), rows });
            }
        }
        if tables.is_empty() { Err(FileFault::Empty) } else { Ok(tables) }
    })
}

impl Read {
    /// Reads whatever a person sent: a workbook made here, another workbook, or a text of columns.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn of(bytes: &[u8], file_name: &str) -> Result<Self, FileFault> {
        let is_named_text = [".csv", ".txt", ".tsv"].iter().any(|end| file_name.to_lowercase().ends_with(end));
        match read(bytes, file_name) {
            Ok(filled) => Ok(Self::Form(filled)),
            Err(FileFault::NotOurs) => tables(bytes, file_name).map(Self::Lists),
            Err(FileFault::PlainText | FileFault::Broken) if is_named_text => {
                super::csv_tables(bytes, file_name).map(Self::Lists)
            }
            Err(fault) => Err(fault),
        }
    }
}

/// A file that breaks the reader of workbooks is broken, whatever the reader makes of it: the person can act on that,
/// and nothing is held that a panic could leave half done.
fn guarded<T>(work: impl FnOnce() -> Result<T, FileFault>) -> Result<T, FileFault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(FileFault::Broken))
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn open(bytes: &[u8]) -> Result<Book<'_>, FileFault> {
    Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => FileFault::Encrypted,
        _ => FileFault::Broken,
    })
}

/// The names of the sheets, each with whether it is visible.
fn names(book: &Book<'_>) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.take(SHEETS_MAX).map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
}

/// The cells of a sheet that hold something, in rows from the first; a lone cell far away is no table.
fn rows(book: &mut Book<'_>, name: &str) -> Result<Rows, FileFault> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| FileFault::Broken)?;
    let mut rows: Rows = Vec::new();
    let mut weight = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| FileFault::Broken)? {
        let written = written(cell.get_value());
        if written.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (row, column) = (usize::try_from(row), usize::try_from(column));
        let (Ok(row @ ..ROWS_MAX), Ok(column @ ..COLUMNS_MAX)) = (row, column) else {
            return Err(FileFault::TooManyCells { rows: ROWS_MAX, columns: COLUMNS_MAX });
        };
        if let Written::Text(text) | Written::Long(text) | Written::Fault(text) = &written {
            weight += text.len();
        }
        if weight > TEXT_MAX {
            return Err(FileFault::Swollen);
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, Written::Empty);
        }
        rows[row][column] = written;
    }
    Ok(rows)
}

fn written(value: &DataRef<'_>) -> Written {
    match value {
        DataRef::Empty => Written::Empty,
        DataRef::Int(number) => Written::text(&number.to_string()),
        DataRef::Float(number) => number::of_cell(*number),
        DataRef::String(text) => Written::text(text),
        DataRef::SharedString(text) => Written::text(text),
        DataRef::Bool(is_true) => Written::Text(if *is_true { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(when) if when.is_datetime() => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            Written::Day(day_of(year, month, day))
        }
        DataRef::DateTimeIso(text) => Written::Day(text.get(..10).and_then(|day| Date::parse(day).ok())),
        DataRef::DateTime(_) | DataRef::DurationIso(_) => Written::Day(None),
        DataRef::Error(error) => Written::Fault(error.to_string()),
    }
}

fn day_of(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
}

/// The cells of the hidden sheet as text.
fn lines(rows: &Rows) -> Vec<[String; 3]> {
    let text = |row: &Vec<Written>, at: usize| row.get(at).map(Written::shown).unwrap_or_default();
    rows.iter().map(|row| [text(row, 0), text(row, 1), text(row, 2)]).collect()
}

/// Where the columns of the table stand.
struct Columns {
    keys_at: usize,
    at: [usize; KEYS.len()],
}

impl Columns {
    /// By the row of keys, wherever a person moved it.
    fn find(rows: &Rows) -> Option<Self> {
        rows.iter().enumerate().find_map(|(keys_at, row)| {
            let mut at = [0; KEYS.len()];
            for (place, key) in at.iter_mut().zip(KEYS) {
                *place = row.iter().position(|cell| *cell == Written::Text(key.to_owned()))?;
            }
            Some(Self { keys_at, at })
        })
    }

    fn of(&self, column: u16) -> usize {
        self.at[usize::from(column)]
    }
}

fn filled_rows(rows: &Rows, columns: &Columns, hidden: &Hidden) -> Vec<FilledRow> {
    let over: BTreeMap<&IndicatorCode, Option<i64>> = hidden.rows.iter().map(|(code, seq)| (code, *seq)).collect();
    let mut filled = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(columns.keys_at + 1) {
        let cell = |column: u16| row.get(columns.of(column)).unwrap_or(&Written::Empty);
        let Written::Text(code) = cell(CODE) else { continue };
        // A code that the hidden sheet does not know was typed there by somebody: its row is refused when it is held
        // against the sheet, and the others are as sound as before.
        let indicator = code_of(code);
        let absence = match cell(ABSENCE) {
            Written::Empty => WrittenAbsence::Empty,
            other => absence_of(&other.shown(), hidden),
        };
        filled.push(FilledRow {
            row: at + 1,
            place: place(at + 1, columns.of(VALUE)),
            base: Base::File(over.get(&indicator).copied().flatten()),
            indicator,
            name: cell(NAME).shown(),
            value: cell(VALUE).clone(),
            absence,
            note: nfc(&cell(NOTE).shown()),
        });
    }
    filled
}

/// The code that stands in a row, or what of it may stand in a code.
fn code_of(text: &str) -> IndicatorCode {
    IndicatorCode::parse(text).unwrap_or_else(|_| {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).take(CODE_CHARS_KEPT).collect();
        IndicatorCode::parse(&format!("_{plain}")).expect("ASCII letters and digits are a code")
    })
}

/// Most characters that are kept of an altered code.
const CODE_CHARS_KEPT: usize = 40;

fn absence_of(text: &str, hidden: &Hidden) -> WrittenAbsence {
    let found: Option<&(Absence, String)> = hidden.absences.iter().find(|(_, word)| fold(word) == fold(text));
    found.map_or_else(|| WrittenAbsence::Unknown(text.to_owned()), |(absence, _)| WrittenAbsence::Of(*absence))
}
