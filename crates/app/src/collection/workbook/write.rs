//! A sheet as a workbook that looks like the official table: only the entry cells are open.

use anyhow::Context;
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use thidua_base::{Number, Percent};
use thidua_domain::collection::import::Stamp;
use thidua_domain::collection::sheet::{Prior, periods_of_year};
use thidua_domain::collection::{Sheet, SheetRow};
use thidua_domain::indicator::compare::Against;
use thidua_domain::indicator::{Value, ValueKind};

use super::layout::{
    ABSENCE, ACCUMULATED, CODE, HIDDEN_SHEET, Hidden, KEYS, MEASURE, NAME, NOTE, ORDINAL, PERCENT_OF_PLAN,
    PERCENT_OF_SAME, PLAN_TO_DATE, PLAN_YEAR, SAME_PERIOD, VALUE,
};
use super::number;
use super::words::WorkbookWords;

/// Rows above the table, counted from 0.
const TITLE: u32 = 2;
const PERIOD: u32 = 3;
const HINT: u32 = 4;
const KEYS_ROW: u32 = 5;
const HEAD: u32 = 6;
const LETTERS: u32 = 7;
const FIRST: u32 = 8;

/// The face of official papers.
const FACE: &str = "Times New Roman";

/// The sign of a column under its heading, as official tables number them.
const SIGNS: [&str; 12] = ["A", "B", "C", "1", "2", "3", "4", "5", "6", "7", "8", "D"];

/// Widths of the columns, in characters.
const WIDTHS: [u16; 12] = [6, 36, 10, 11, 11, 11, 13, 16, 11, 9, 9, 20];

/// Height of a line of text, and the least of a row, in points.
const LINE_HEIGHT: u16 = 16;
const ROW_HEIGHT: u16 = 20;

/// Longest text of a comment and of a message beside a cell, in characters.
const COMMENT_CHARS_MAX: usize = 1_000;
const MESSAGE_CHARS_MAX: usize = 250;

/// Longest name of a sheet, in characters.
const TAB_CHARS_MAX: usize = 31;

/// Writes a sheet as a workbook; the same sheet gives the same bytes.
///
/// # Errors
/// When the writer of workbooks refuses: more rows or longer texts than a workbook holds.
pub fn write(sheet: &Sheet, words: &WorkbookWords) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let opens = sheet.cycle.opens_on;
    // Nothing asks the clock: what the file says of its own making is the day the cycle opened.
    let made = ExcelDateTime::parse_from_str(&opens.to_string()).context("a day of the calendar")?;
    book.set_properties(&DocProperties::new().set_title(&sheet.form.name).set_creation_datetime(&made));
    let looks = Looks::new();
    table(book.add_worksheet(), sheet, words, &looks).context("writing the table of a workbook")?;
    hidden(book.add_worksheet(), sheet, words).context("writing the hidden data of a workbook")?;
    book.save_to_buffer().context("closing a workbook")
}

/// How cells look.
struct Looks {
    plain: Format,
    bold: Format,
    title: Format,
    italic: Format,
    head: Format,
    sign: Format,
    group: Format,
    text: Format,
    centred: Format,
    open_text: Format,
    open_choice: Format,
    above_signature: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name(FACE).set_font_size(12).set_align(FormatAlign::VerticalCenter);
        let boxed = plain.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let centred = boxed.clone().set_align(FormatAlign::Center);
        let open = boxed.clone().set_background_color(OPEN_CELL).set_unlocked();
        Self {
            bold: plain.clone().set_bold(),
            title: plain.clone().set_bold().set_font_size(13).set_align(FormatAlign::Center).set_text_wrap(),
            italic: plain.clone().set_italic().set_align(FormatAlign::Center).set_text_wrap(),
            head: centred.clone().set_bold().set_background_color(HEAD_CELL),
            sign: centred.clone().set_italic().set_font_size(10),
            group: boxed.clone().set_bold(),
            text: boxed,
            open_text: open.clone(),
            open_choice: open,
            above_signature: plain.clone().set_bold().set_align(FormatAlign::Center),
            centred,
            plain,
        }
    }

    /// A cell of figures with so many decimals.
    fn figure(&self, decimals: u8, is_open: bool) -> Format {
        let code = match decimals {
            0 => "#,##0".to_owned(),
            some => format!("#,##0.{}", "0".repeat(usize::from(some))),
        };
        let base = if is_open { &self.open_text } else { &self.text };
        base.clone().set_align(FormatAlign::Right).set_num_format(code)
    }
}

/// The tints of entry cells and of headings.
const OPEN_CELL: u32 = 0xFF_F8_DC;
const HEAD_CELL: u32 = 0xED_ED_ED;

fn table(at: &mut Worksheet, sheet: &Sheet, words: &WorkbookWords, looks: &Looks) -> Result<(), XlsxError> {
    at.set_name(tab(&words.tab))?;
    // A formula without a number shows nothing, also where nobody computes it again.
    at.set_formula_result_default("");
    for (column, width) in (0..).zip(WIDTHS) {
        at.set_column_width(column, width)?;
    }
    above(at, sheet, words, looks)?;
    let mut row = FIRST;
    for line in &sheet.rows {
        if !line.row.heading.is_empty() {
            for column in 0..=NOTE {
                at.write_blank(row, column, &looks.group)?;
            }
            at.write_with_format(row, NAME, line.row.heading.as_str(), &looks.group)?;
            at.set_row_height(row, ROW_HEIGHT)?;
            row += 1;
        }
        figures(at, row, sheet, line, words, looks)?;
        at.set_row_height(row, height(line))?;
        row += 1;
    }
    choices(at, row, words)?;
    signatures(at, row + 1, words, looks)?;
    at.set_column_hidden(CODE)?;
    at.set_row_hidden(KEYS_ROW)?;
    at.set_freeze_panes(FIRST, MEASURE)?;
    at.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    at.set_margins(0.6, 0.5, 0.6, 0.6, 0.3, 0.3);
    at.set_repeat_rows(HEAD, LETTERS)?;
    at.set_print_area(0, 0, row + 7, NOTE)?;
    at.set_footer("&C&\"Times New Roman,Regular\"&11&P/&N");
    at.set_selection(FIRST, VALUE, FIRST, VALUE)?;
    // A wall against slips, not against people: there is no password.
    let may = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
    at.protect_with_options(&may);
    Ok(())
}

/// The height of a row that shows its name and its note whole.
fn height(line: &SheetRow) -> u16 {
    let lines = |text: &str, column: u16| {
        let width = usize::from(WIDTHS[usize::from(column)]) - 2;
        u16::try_from(text.chars().count().div_ceil(width)).unwrap_or(u16::MAX).clamp(1, 20)
    };
    let most = lines(&line.indicator.name, NAME).max(lines(&line.note, NOTE));
    (most * LINE_HEIGHT).max(ROW_HEIGHT)
}

/// The name of the sheet, without the signs that Excel forbids there.
fn tab(text: &str) -> String {
    let kept = text.chars().map(|c| if "[]:*?/\\'".contains(c) { '-' } else { c });
    let name: String = kept.take(TAB_CHARS_MAX).collect();
    let name = name.trim();
    if name.is_empty() || name.starts_with('_') { "Sheet1".to_owned() } else { name.to_owned() }
}

/// The head of the paper and the headings of the table.
fn above(at: &mut Worksheet, sheet: &Sheet, words: &WorkbookWords, looks: &Looks) -> Result<(), XlsxError> {
    let right = looks.bold.clone().set_align(FormatAlign::Right);
    let ref_ = looks.italic.clone().set_align(FormatAlign::Right);
    at.write_with_format(0, ORDINAL, words.reporter.as_str(), &looks.bold)?;
    at.write_with_format(0, NOTE, sheet.form.number.as_str(), &right)?;
    at.write_with_format(1, ORDINAL, words.receiver.as_str(), &looks.plain)?;
    at.merge_range(1, SAME_PERIOD, 1, NOTE, &sheet.form.legal_ref, &ref_)?;
    at.merge_range(TITLE, ORDINAL, TITLE, NOTE, &sheet.form.name.to_uppercase(), &looks.title)?;
    at.set_row_height(TITLE, 36)?;
    at.merge_range(PERIOD, ORDINAL, PERIOD, NOTE, &words.period, &looks.italic)?;
    at.merge_range(HINT, ORDINAL, HINT, NOTE, &words.hint, &looks.italic)?;
    at.set_row_height(HINT, 34)?;
    let columns = &words.columns;
    let heads = [
        &columns.ordinal,
        &columns.indicator,
        &columns.measure,
        &columns.plan_year,
        &columns.plan_to_date,
        &columns.same_period,
        &columns.value,
        &columns.absence,
        &columns.accumulated,
        &columns.percent_of_plan,
        &columns.percent_of_same_period,
        &columns.note,
    ];
    for ((column, head), sign) in (0..).zip(heads).zip(SIGNS) {
        at.write_with_format(HEAD, column, head.as_str(), &looks.head)?;
        at.write_with_format(LETTERS, column, sign, &looks.sign)?;
    }
    at.set_row_height(HEAD, 36)?;
    for (column, key) in (0..).zip(KEYS) {
        at.write(KEYS_ROW, column, key)?;
    }
    Ok(())
}

/// One row of figures.
fn figures(
    at: &mut Worksheet,
    row: u32,
    sheet: &Sheet,
    line: &SheetRow,
    words: &WorkbookWords,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let indicator = &line.indicator;
    let figure = looks.figure(indicator.decimals, false);
    at.write_with_format(row, ORDINAL, line.row.label.as_str(), &looks.centred)?;
    at.write_with_format(row, NAME, indicator.name.as_str(), &looks.text)?;
    at.write_with_format(row, MEASURE, indicator.measure.as_str(), &looks.centred)?;
    write_number(at, row, PLAN_YEAR, line.plan_year.as_ref().map(|plan| plan.value), &figure)?;
    write_number(at, row, PLAN_TO_DATE, line.plan_to_date.as_ref().map(|plan| plan.value), &figure)?;
    match line.same_period {
        Prior::NotComparable => {
            at.write_with_format(row, SAME_PERIOD, words.not_comparable.as_str(), &looks.centred)?;
        }
        Prior::Of(_) | Prior::NotReported => {
            write_number(at, row, SAME_PERIOD, line.same_period.number(), &figure)?;
        }
    }
    let open = looks.figure(indicator.decimals, true);
    write_number(at, row, VALUE, line.value(), &open)?;
    let absent = match line.current.as_ref().map(|reading| reading.value) {
        Some(Value::Absent(absence)) => words.absence(absence).unwrap_or_default(),
        Some(Value::Of(_)) | None => "",
    };
    at.write_with_format(row, ABSENCE, absent, &looks.open_choice)?;
    at.write_with_format(row, NOTE, line.note.as_str(), &looks.open_text)?;
    at.write(row, CODE, indicator.code.as_str())?;
    computed(at, row, sheet, line, looks)?;
    let meaning = [indicator.definition.as_str(), indicator.measure.as_str()];
    if !indicator.definition.is_empty() {
        at.insert_note(row, NAME, &comment(&meaning.join("\n")))?;
    }
    if let Some(reason) = &line.returned {
        at.insert_note(row, VALUE, &comment(&format!("{}: {reason}", words.returned)))?;
    }
    Ok(())
}

fn comment(text: &str) -> Note {
    let text: String = text.chars().take(COMMENT_CHARS_MAX).collect();
    Note::new(text).add_author_prefix(false).set_font_name(FACE).set_font_size(11).set_width(280).set_height(110)
}

/// A number; one with more digits than a workbook keeps is written as text, and read back from it exactly.
fn write_number(
    at: &mut Worksheet,
    row: u32,
    column: u16,
    value: Option<Number>,
    look: &Format,
) -> Result<(), XlsxError> {
    match value.map(|value| (value, number::to_cell(value))) {
        None => at.write_blank(row, column, look)?,
        Some((_, Some(cell))) => at.write_number_with_format(row, column, cell, look)?,
        Some((value, None)) => at.write_with_format(row, column, value.vi(), look)?,
    };
    Ok(())
}

/// The columns that follow from the others, as formulas: they keep pace while somebody types.
fn computed(at: &mut Worksheet, row: u32, sheet: &Sheet, line: &SheetRow, looks: &Looks) -> Result<(), XlsxError> {
    let cell = |column: u16| thidua_domain::collection::import::mapping::place(row as usize + 1, usize::from(column));
    let (value, sum) = (cell(VALUE), cell(ACCUMULATED));
    let figure = looks.figure(line.indicator.decimals, false);
    let shown = |number: Option<Number>| number.map(|number| number.to_string()).unwrap_or_default();
    match accumulates(sheet, line) {
        Some(Accumulates::Value) => {
            let formula = Formula::new(format!("=IF(ISNUMBER({value}),{value},\"\")"));
            at.write_formula_with_format(row, ACCUMULATED, formula.set_result(shown(line.accumulated)), &figure)?;
        }
        Some(Accumulates::After(before)) => {
            let formula = Formula::new(format!("=IF(ISNUMBER({value}),{value}+{before},\"\")"));
            at.write_formula_with_format(row, ACCUMULATED, formula.set_result(shown(line.accumulated)), &figure)?;
        }
        None => {
            at.write_blank(row, ACCUMULATED, &figure)?;
        }
    }
    let decimals = line.indicator.percent_decimals;
    let percent = looks.figure(decimals, false);
    let of = |part: &str, whole: &str| format!("ROUND({part}/{whole}*100,{decimals})");
    let known = |against: Option<Against>| match against.map(|against| against.percent) {
        Some(Percent::Of(percent)) => percent.to_string(),
        Some(Percent::NoBase | Percent::NegativeBase) | None => String::new(),
    };
    // A percentage too large for 64 bits is none; the formula will say what Excel makes of it.
    let (plan, same) = (line.against_plan().ok().flatten(), line.against_same_period().ok().flatten());
    let (to_date, year, base) = (cell(PLAN_TO_DATE), cell(PLAN_YEAR), cell(SAME_PERIOD));
    let by_plan = match (&line.plan_to_date, &line.plan_year) {
        (Some(_), _) => Some(format!("=IF(AND(ISNUMBER({value}),N({to_date})>0),{},\"\")", of(&value, &to_date))),
        (None, Some(_)) => Some(format!(
            "=IF(N({year})>0,IF(ISNUMBER({sum}),{},IF(ISNUMBER({value}),{},\"\")),\"\")",
            of(&sum, &year),
            of(&value, &year)
        )),
        (None, None) => None,
    };
    let by_same = (line.indicator.kind != ValueKind::Ratio && line.same_period.number().is_some())
        .then(|| format!("=IF(AND(ISNUMBER({value}),N({base})>0),{},\"\")", of(&value, &base)));
    for (column, formula, against) in [(PERCENT_OF_PLAN, by_plan, plan), (PERCENT_OF_SAME, by_same, same)] {
        match formula {
            Some(text) => {
                let formula = Formula::new(text).set_result(known(against));
                at.write_formula_with_format(row, column, formula, &percent)?;
            }
            None => {
                at.write_blank(row, column, &percent)?;
            }
        }
    }
    Ok(())
}

/// How the year's sum follows from this period's value.
enum Accumulates {
    /// It is the value.
    Value,
    /// It is the value and what came before.
    After(Number),
}

/// How the year's sum follows; none for rates, and where an earlier period of the year has no number.
fn accumulates(sheet: &Sheet, line: &SheetRow) -> Option<Accumulates> {
    match line.indicator.kind {
        ValueKind::Ratio | ValueKind::Index => None,
        ValueKind::Stock => Some(Accumulates::Value),
        ValueKind::Flow => {
            let before = match (line.accumulated, line.value()) {
                (Some(sum), Some(value)) => sum.minus(value).ok()?,
                _ => {
                    let earlier = periods_of_year(sheet.cycle.period);
                    let earlier = earlier.iter().filter(|period| **period != sheet.cycle.period);
                    let value = |period| line.earlier.iter().find(|(known, _)| known == period).map(|(_, n)| *n);
                    let parts: Option<Vec<Number>> = earlier.map(value).collect();
                    Number::sum(parts?).ok()?
                }
            };
            Some(if before.is_zero() { Accumulates::Value } else { Accumulates::After(before) })
        }
    }
}

/// The rules of the entry cells.
fn choices(at: &mut Worksheet, after: u32, words: &WorkbookWords) -> Result<(), XlsxError> {
    if after == FIRST {
        return Ok(());
    }
    let short = |text: &str| text.chars().take(MESSAGE_CHARS_MAX).collect::<String>();
    let most = 999_999_999_999_999_i64;
    let range = DataValidationRule::Between(Formula::new(format!("-{most}")), Formula::new(most.to_string()));
    let number =
        DataValidation::new().allow_decimal_number_formula(range).set_error_message(short(&words.bad_number))?;
    at.add_data_validation(FIRST, VALUE, after - 1, VALUE, &number)?;
    let list: Vec<&str> = words.absences.iter().map(|(_, word)| word.as_str()).collect();
    let choice = DataValidation::new().allow_list_strings(&list)?.set_error_message(short(&words.bad_absence))?;
    at.add_data_validation(FIRST, ABSENCE, after - 1, ABSENCE, &choice)?;
    Ok(())
}

fn signatures(at: &mut Worksheet, row: u32, words: &WorkbookWords, looks: &Looks) -> Result<(), XlsxError> {
    at.merge_range(row, ABSENCE, row, NOTE, &words.day, &looks.italic)?;
    at.merge_range(row + 1, ORDINAL, row + 1, MEASURE, &words.made_by, &looks.above_signature)?;
    at.merge_range(row + 1, ABSENCE, row + 1, NOTE, &words.head, &looks.above_signature)?;
    at.merge_range(row + 2, ORDINAL, row + 2, MEASURE, &words.signed, &looks.italic)?;
    at.merge_range(row + 2, ABSENCE, row + 2, NOTE, &words.signed, &looks.italic)?;
    Ok(())
}

/// What the program needs to know the workbook again.
fn hidden(at: &mut Worksheet, sheet: &Sheet, words: &WorkbookWords) -> Result<(), XlsxError> {
    let over = |row: &SheetRow| {
        // A reading of another nature is shown, but the cell of the cycle's own nature is empty.
        let own = row.current.as_ref().filter(|reading| reading.nature == sheet.cycle.nature);
        (row.indicator.code.clone(), own.map(|reading| reading.seq))
    };
    let hidden = Hidden {
        stamp: Stamp { form: sheet.form.id.clone(), period: sheet.cycle.period, unit: sheet.unit.clone() },
        absences: words.absences.clone(),
        rows: sheet.rows.iter().map(over).collect(),
    };
    at.set_name(HIDDEN_SHEET)?.set_very_hidden(true).protect();
    for (row, line) in (0..).zip(hidden.lines()) {
        for (column, text) in (0..).zip(line) {
            at.write(row, column, text)?;
        }
    }
    Ok(())
}
