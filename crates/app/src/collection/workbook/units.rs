//! The figures of several units as one table of a workbook: units as rows, indicators as columns; to be read, not sent back.

use std::collections::BTreeMap;

use anyhow::Context;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_domain::indicator::{Absence, Indicator, Reading, Value};

use super::number;
use crate::collection::Exported;

/// Every text of the table that does not come from the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitsWords {
    /// The name of the sheet, below; at most 31 characters are used.
    pub tab: String,
    /// Above the table: what it holds and for when.
    pub title: String,
    /// Heading of the column of ids.
    pub id: String,
    /// Heading of the column of names.
    pub unit: String,
    /// The reasons for having no number.
    pub absences: Vec<(Absence, String)>,
}

/// Rows above the units: the title, the names of the indicators, their codes.
const HEAD: u32 = 2;
const CODES: u32 = 3;
const FIRST: u32 = 4;
/// Columns before the indicators: id and name.
const BEFORE: u16 = 2;

/// Writes the table; the same figures of the same instant give the same bytes. Of several natures the firmest is shown.
///
/// # Errors
/// When the writer of workbooks refuses: more columns or longer texts than a workbook holds.
pub fn write_units(read: &Exported, words: &UnitsWords) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let made = read.at.date_in_vietnam().to_string();
    let made = ExcelDateTime::parse_from_str(&made).context("a day of the calendar")?;
    book.set_properties(&DocProperties::new().set_title(&words.title).set_creation_datetime(&made));
    table(&mut book, read, words).context("writing the table of a workbook")?;
    book.save_to_buffer().context("closing a workbook")
}

fn table(book: &mut Workbook, read: &Exported, words: &UnitsWords) -> Result<(), XlsxError> {
    let mut held: BTreeMap<(&OrgId, &IndicatorCode), &Reading> = BTreeMap::new();
    for reading in &read.readings {
        let cell = held.entry((&reading.unit, &reading.indicator)).or_insert(reading);
        if (reading.nature, reading.seq) > (cell.nature, cell.seq) {
            *cell = reading;
        }
    }
    let boxed = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let head = boxed.clone().set_bold().set_align(FormatAlign::Center);
    let small = boxed.clone().set_italic().set_align(FormatAlign::Center).set_font_size(9);
    let at = book.add_worksheet();
    at.set_name(words.tab.chars().take(31).collect::<String>())?;
    at.write_string_with_format(0, 0, &words.title, &Format::new().set_bold().set_font_size(13))?;
    at.write_string_with_format(HEAD, 0, &words.id, &head)?;
    at.write_string_with_format(HEAD, 1, &words.unit, &head)?;
    at.write_string_with_format(CODES, 0, "", &small)?;
    at.write_string_with_format(CODES, 1, "", &small)?;
    at.set_column_width(0, 14)?;
    at.set_column_width(1, 32)?;
    for (column, indicator) in (BEFORE..).zip(&read.indicators) {
        at.set_column_width(column, 16)?;
        at.write_string_with_format(HEAD, column, format!("{} ({})", indicator.name, indicator.measure), &head)?;
        at.write_string_with_format(CODES, column, indicator.code.as_str(), &small)?;
    }
    for (row, (unit, name)) in (FIRST..).zip(&read.units) {
        at.write_string_with_format(row, 0, unit.as_str(), &boxed)?;
        at.write_string_with_format(row, 1, name, &boxed)?;
        for (column, indicator) in (BEFORE..).zip(&read.indicators) {
            let look = figure(&boxed, indicator);
            match held.get(&(unit, &indicator.code)).map(|reading| reading.value) {
                None => at.write_blank(row, column, &look)?,
                Some(Value::Absent(absence)) => {
                    let word = words.absences.iter().find(|(known, _)| *known == absence);
                    at.write_string_with_format(row, column, word.map_or("", |(_, word)| word), &boxed)?
                }
                Some(Value::Of(value)) => match number::to_cell(value) {
                    Some(cell) => at.write_number_with_format(row, column, cell, &look)?,
                    None => at.write_string_with_format(row, column, value.vi(), &look)?,
                },
            };
        }
    }
    at.set_freeze_panes(FIRST, BEFORE)?;
    Ok(())
}

fn figure(boxed: &Format, indicator: &Indicator) -> Format {
    let code = match indicator.decimals {
        0 => "#,##0".to_owned(),
        some => format!("#,##0.{}", "0".repeat(usize::from(some))),
    };
    boxed.clone().set_align(FormatAlign::Right).set_num_format(code)
}
