//! The marks of a cluster as a workbook, the way clusters hand score sheets around: all members and criteria on the first
//! sheet, then a sheet for each member with the marks of all levels and the reasons.

use anyhow::Context;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use thidua_base::Number;
use thidua_domain::cluster::scheme::Level;
use thidua_domain::cluster::score::{Counted, Line, ScoreSheet};

use super::Scored;
use crate::Error;
use crate::collection::workbook::to_cell;

/// The words of the workbook, in the reader's language.
#[derive(Debug, Clone)]
pub struct ScoreWords {
    /// Title above the first table.
    pub title: String,
    /// Name of the first sheet.
    pub all: String,
    /// Head of the column of units.
    pub unit: String,
    /// Rank.
    pub rank: String,
    /// Points.
    pub points: String,
    /// Grade.
    pub grade: String,
    /// Criterion.
    pub criterion: String,
    /// Most points.
    pub max: String,
    /// Own, peer, appraisal, council.
    pub levels: [String; 4],
    /// Reasons.
    pub reason: String,
    /// That nobody has marked a criterion.
    pub open: String,
}

struct Looks {
    title: Format,
    head: Format,
    text: Format,
    group: Format,
    number: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name("Times New Roman").set_font_size(12);
        let boxed = plain.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        Self {
            title: plain.set_bold().set_font_size(14),
            head: boxed.clone().set_bold().set_align(FormatAlign::Center).set_background_color(0xED_ED_ED),
            group: boxed.clone().set_bold(),
            number: boxed.clone().set_align(FormatAlign::Right).set_num_format("#,##0.##"),
            text: boxed,
        }
    }
}

/// Writes the workbook; the same scoring gives the same bytes.
///
/// # Errors
/// Where the library cannot write it, which is a fault of ours.
pub fn scores_workbook(scored: &Scored, words: &ScoreWords) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let (day, looks) = (scored.opening.closes_on, Looks::new());
    let made = u16::try_from(day.year()).ok().zip(u8::try_from(day.month()).ok()).zip(u8::try_from(day.day()).ok());
    let ((year, month), date) = made.context("a closing day of a workbook")?;
    let at = ExcelDateTime::from_ymd(year, month, date).context("dating a workbook")?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&at));
    all(book.add_worksheet(), scored, words, &looks).context("writing the marks of a cluster")?;
    for (place, row) in scored.ranking.rows.iter().enumerate() {
        if let Some(sheet) = scored.sheet(&row.unit) {
            one(book.add_worksheet(), scored, sheet, place + 1, words, &looks).context("writing a score sheet")?;
        }
    }
    Ok(book.save_to_buffer().context("closing a workbook")?)
}

/// All members and criteria.
fn all(at: &mut Worksheet, scored: &Scored, words: &ScoreWords, looks: &Looks) -> Result<(), XlsxError> {
    at.set_name(&words.all)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    at.write_string_with_format(0, 0, &words.title, &looks.title)?;
    at.set_column_width(0, 6)?.set_column_width(1, 28)?;
    for (column, head) in (0..).zip([&words.rank, &words.unit, &words.points, &words.grade]) {
        at.write_string_with_format(2, column, head, &looks.head)?;
    }
    for (column, (_, leaf)) in (4..).zip(scored.scheme.leaves()) {
        at.write_string_with_format(2, column, format!("{} {}", leaf.code, leaf.label), &looks.head)?;
    }
    for (line, row) in (3..).zip(&scored.ranking.rows) {
        at.write_string_with_format(line, 0, row.rank.to_string(), &looks.text)?;
        at.write_string_with_format(line, 1, scored.name(&row.unit), &looks.text)?;
        number(at, line, 2, Some(row.points), looks)?;
        let grade = scored.scheme.grades.iter().find(|grade| Some(&grade.code) == row.grade.as_ref());
        at.write_string_with_format(line, 3, grade.map_or("", |grade| grade.name.as_str()), &looks.text)?;
        let Some(sheet) = scored.sheet(&row.unit) else { continue };
        for (column, (place, _)) in (4..).zip(scored.scheme.leaves()) {
            match sheet.lines.get(place) {
                Some(line_of) if line_of.counted == Counted::Unscored => {
                    at.write_string_with_format(line, column, &words.open, &looks.text)?;
                }
                found => number(at, line, column, found.map(|line_of| line_of.points), looks)?,
            }
        }
    }
    at.set_freeze_panes(3, 2)?;
    Ok(())
}

/// One member with the marks of all levels.
fn one(
    at: &mut Worksheet,
    scored: &Scored,
    sheet: &ScoreSheet,
    place: usize,
    words: &ScoreWords,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let name = scored.name(&sheet.unit);
    at.set_name(named(place, &name))?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    at.write_string_with_format(0, 0, &name, &looks.title)?;
    at.set_column_width(0, 8)?.set_column_width(1, 46)?.set_column_width(8, 40)?;
    let levels = words.levels.iter();
    let heads = ["", words.criterion.as_str(), words.max.as_str()].into_iter();
    let heads = heads.chain(levels.map(String::as_str)).chain([words.points.as_str(), words.reason.as_str()]);
    for (column, head) in (0..).zip(heads) {
        at.write_string_with_format(2, column, head, &looks.head)?;
    }
    for (row, (criterion, line)) in (3..).zip(scored.scheme.criteria.iter().zip(&sheet.lines)) {
        let look = if criterion.rule.is_none() { &looks.group } else { &looks.text };
        at.write_string_with_format(row, 0, criterion.code.as_str(), look)?;
        at.write_string_with_format(row, 1, &criterion.label, look)?;
        number(at, row, 2, line.max, looks)?;
        for (column, level) in (3..).zip(Level::ALL) {
            number(at, row, column, line.mark(level), looks)?;
        }
        number(at, row, 7, (line.counted != Counted::Unscored).then_some(line.points), looks)?;
        at.write_string_with_format(row, 8, reasons(line), look)?;
    }
    let last = u32::try_from(scored.scheme.criteria.len()).unwrap_or(0) + 3;
    at.write_string_with_format(last, 1, &words.points, &looks.group)?;
    number(at, last, 7, Some(sheet.total.points), looks)?;
    at.set_freeze_panes(3, 2)?;
    Ok(())
}

fn reasons(line: &Line) -> String {
    let given = line.marks.iter().filter(|mark| !mark.reason.is_empty());
    given.map(|mark| format!("{}: {}", mark.by, mark.reason)).collect::<Vec<_>>().join("; ")
}

/// A name that a sheet may bear: its place first, so that no two are alike, without the signs that are not taken.
fn named(place: usize, name: &str) -> String {
    const CHARS_MAX: usize = 31;
    let plain = name.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c });
    format!("{place}. ").chars().chain(plain).take(CHARS_MAX).collect()
}

fn number(at: &mut Worksheet, row: u32, column: u16, value: Option<Number>, looks: &Looks) -> Result<(), XlsxError> {
    match value.map(|value| (value, to_cell(value))) {
        Some((_, Some(cell))) => at.write_number_with_format(row, column, cell, &looks.number)?,
        Some((value, None)) => at.write_string_with_format(row, column, value.vi(), &looks.number)?,
        None => at.write_blank(row, column, &looks.number)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn names_of_sheets_are_short_plain_and_never_alike() {
        assert_eq!(named(3, "Xã Tiến/Nông"), "3. Xã Tiến Nông");
        assert_eq!(named(12, &"x".repeat(60)).chars().count(), 31);
        assert_ne!(named(1, "Xã A"), named(2, "Xã A"));
    }
}
