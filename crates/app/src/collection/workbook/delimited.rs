//! Sheets as texts of columns (CSV), in and out.

use thidua_base::Number;
use thidua_domain::collection::import::Written;
use thidua_domain::collection::import::mapping::Table;
use thidua_domain::collection::sheet::SheetRow;
use thidua_domain::collection::{Sheet, import};
use thidua_domain::indicator::Value;
use thidua_domain::refusal::FileFault;

use super::words::WorkbookWords;
use super::{BYTES_MAX, COLUMNS_MAX, ROWS_MAX, source};

/// What stands between two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `;`, as Excel writes where the comma is the mark of decimals.
    Semicolon,
    /// `,`.
    Comma,
    /// A tab.
    Tab,
}

impl Separator {
    /// Every separator; of two that fit a text alike the first is taken.
    pub const ALL: [Self; 3] = [Self::Tab, Self::Semicolon, Self::Comma];

    fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
        }
    }
}

/// A sheet as a text of columns in UTF-8 with the mark that Excel needs to read it so.
pub fn csv(sheet: &Sheet, words: &WorkbookWords, separator: Separator) -> Vec<u8> {
    let columns = &words.columns;
    let mut out = Vec::from("\u{feff}");
    let head = [
        &columns.ordinal,
        &columns.code,
        &columns.indicator,
        &columns.measure,
        &columns.plan_year,
        &columns.same_period,
        &columns.value,
        &columns.note,
    ];
    line(&mut out, separator, &head.map(|text| armed(text)));
    for row in &sheet.rows {
        line(&mut out, separator, &fields(row, words, separator));
    }
    out
}

/// A table of texts in UTF-8 with the mark that Excel needs to read it so; no text is taken for a formula.
pub fn csv_of(rows: &[Vec<String>], separator: Separator) -> Vec<u8> {
    let mut out = Vec::from("\u{feff}");
    for row in rows {
        let fields: Vec<String> = row.iter().map(|text| armed(text)).collect();
        line(&mut out, separator, &fields);
    }
    out
}

/// The mark of decimals goes with the separator, as spreadsheets pair them: `;` with `1231,2`, `,` with `1231.2`.
fn fields(row: &SheetRow, words: &WorkbookWords, separator: Separator) -> [String; 8] {
    let number = |number: Option<Number>| match (number, separator) {
        (None, _) => String::new(),
        // Three decimals after a point could be read as thousands; four cannot.
        (Some(n), Separator::Comma) if n.scale() == 3 => format!("{n}0"),
        (Some(n), Separator::Comma) => n.to_string(),
        (Some(n), Separator::Semicolon | Separator::Tab) => n.to_string().replace('.', ","),
    };
    let value = match row.current.as_ref().map(|reading| reading.value) {
        Some(Value::Of(value)) => number(Some(value)),
        Some(Value::Absent(absence)) => words.absence(absence).map(armed).unwrap_or_default(),
        None => String::new(),
    };
    [
        armed(&row.row.label),
        row.row.indicator.to_string(),
        armed(&row.indicator.name),
        armed(&row.indicator.measure),
        number(row.plan_year.as_ref().map(|plan| plan.value)),
        number(row.same_period.number()),
        value,
        armed(&row.note),
    ]
}

/// A text that no spreadsheet takes for a formula.
fn armed(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A text as [`armed`] found it.
fn disarmed(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        Some(_) | None => text,
    }
}

fn line(out: &mut Vec<u8>, separator: Separator, fields: &[String]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            out.push(separator.byte());
        }
        let needs_quotes = field.bytes().any(|byte| byte == separator.byte() || b"\"\r\n".contains(&byte));
        let field = if needs_quotes { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.clone() };
        out.extend_from_slice(field.as_bytes());
    }
    out.extend_from_slice(b"\r\n");
}

/// Reads a text of columns as a table; the separator is the one that fits best.
///
/// # Errors
/// [`FileFault::Encoding`] for other encodings than UTF-8 and UTF-16; [`FileFault::TooLarge`] and
/// [`FileFault::TooManyCells`] beyond the limits; [`FileFault::Empty`] where nothing is in it.
pub fn csv_tables(bytes: &[u8], file_name: &str) -> Result<Vec<Table>, FileFault> {
    if bytes.len() > BYTES_MAX {
        return Err(FileFault::TooLarge { most: BYTES_MAX >> 20 });
    }
    let text = decoded(bytes)?;
    let best = Separator::ALL.into_iter().rev().max_by_key(|separator| fit(&text, *separator));
    let rows = rows(&text, best.unwrap_or(Separator::Semicolon))?;
    if !rows.iter().flatten().any(|cell| !cell.is_empty()) {
        return Err(FileFault::Empty);
    }
    Ok(vec![Table { source: source(bytes, file_name, ""), rows }])
}

/// The text of the bytes: UTF-8 with or without its mark, or UTF-16 with its mark, as Excel saves "Unicode text".
fn decoded(bytes: &[u8]) -> Result<String, FileFault> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let is_whole = bytes.len().is_multiple_of(2);
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.ok().filter(|_| is_whole)
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    };
    text.filter(|text| !text.contains('\0')).ok_or(FileFault::Encoding)
}

/// How well a separator fits: in how many of the first lines it stands, then how often.
fn fit(text: &str, separator: Separator) -> (usize, usize) {
    let mark = char::from(separator.byte());
    let counts: Vec<usize> =
        text.lines().filter(|line| !line.trim().is_empty()).take(20).map(|line| outside(line, mark)).collect();
    (counts.iter().filter(|count| **count > 0).count(), counts.iter().sum())
}

/// How often a mark stands outside quotes; a comma between digits is the mark of decimals.
fn outside(line: &str, mark: char) -> usize {
    let chars: Vec<char> = line.chars().collect();
    let (mut is_quoted, mut count) = (false, 0);
    for (at, c) in chars.iter().enumerate() {
        let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
        if *c == '"' {
            is_quoted = !is_quoted;
        } else if *c == mark && !is_quoted {
            let is_decimal = mark == ',' && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
            count += usize::from(!is_decimal);
        }
    }
    count
}

fn rows(text: &str, separator: Separator) -> Result<Vec<Vec<Written>>, FileFault> {
    let too_many = || FileFault::TooManyCells { rows: ROWS_MAX, columns: COLUMNS_MAX };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.byte())
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| FileFault::Broken)?;
        // Empty lines are no records; the numbers of lines are kept all the same.
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        if line > ROWS_MAX || record.len() > COLUMNS_MAX {
            return Err(too_many());
        }
        if rows.len() + 1 < line {
            rows.resize(line - 1, Vec::new());
        }
        rows.push(record.iter().map(cell).collect());
    }
    Ok(rows)
}

/// A field: a number where it is written as one, plainly or in Vietnamese.
fn cell(field: &str) -> Written {
    let written = Written::text(disarmed(field.trim()));
    match &written {
        Written::Text(text) => match Number::parse_vi(text) {
            Ok(number) => import::Written::Number(number),
            Err(_) => written,
        },
        _ => written,
    }
}
