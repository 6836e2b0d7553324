//! A member's score sheet as a workbook to be filled: its answers and the marks of every level in open columns, known again
//! by the row of keys that stands hidden above the headings, wherever a person moved a column.
//!
//! A table made elsewhere is read by its headings, in the words offices use for them.

use anyhow::Context;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use thidua_base::Number;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_base::text::fold;
use thidua_domain::cluster::answer::{answer_text, choices};
use thidua_domain::cluster::filled::{FROM_FIGURES, FilledScore, ScoreStamp, Taken};
use thidua_domain::cluster::scheme::{Criterion, Level};
use thidua_domain::cluster::score::{Counted, Line, ScoreSheet};
use thidua_domain::collection::import::Written;
use thidua_domain::collection::import::mapping::{Table, place};
use thidua_domain::refusal::FileFault;

use super::Scored;
use crate::Error;
use crate::collection::workbook::{tables, to_cell};

/// The words of the workbook: always Vietnamese, as the official table is.
#[derive(Debug, Clone)]
pub struct ScoreFileWords {
    /// Name of the sheet.
    pub tab: String,
    /// Title.
    pub title: String,
    /// Cluster, year and unit, in a line.
    pub facts: String,
    /// What to do, in a line.
    pub hint: String,
    /// Headings: code, criterion, most points, answer, evidence, note.
    pub columns: [String; 6],
    /// Own, peer, appraisal, council.
    pub levels: [String; 4],
    /// Heading of the reason of a level, with `{level}` in it.
    pub reason: String,
    /// Total.
    pub total: String,
}

const STAMP: &str = "thidua:phieu";
const CODE: &str = "thidua:ma";
const ANSWER: &str = "thidua:ke-khai";
const FILES: &str = "thidua:minh-chung";
const NOTE: &str = "thidua:ghi-chu";

/// The key of the marks of a level, and of its reasons.
fn keys(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Own => ("thidua:tu-cham", ""),
        Level::Peer => ("thidua:cham-cheo", "thidua:ly-do-cham-cheo"),
        Level::Appraisal => ("thidua:tham-dinh", "thidua:ly-do-tham-dinh"),
        Level::Council => ("thidua:hoi-dong", "thidua:ly-do-hoi-dong"),
    }
}

/// Headings under which tables made elsewhere have a column, folded, by its key.
const HEADINGS: &[(&str, &[&str])] = &[
    (CODE, &["ma", "ma tieu chi", "stt", "muc"]),
    (ANSWER, &["ke khai", "ket qua", "ket qua thuc hien", "tra loi"]),
    (FILES, &["minh chung", "tai lieu minh chung"]),
    (NOTE, &["ghi chu", "giai trinh"]),
    ("thidua:tu-cham", &["tu cham", "diem tu cham"]),
    ("thidua:cham-cheo", &["cham cheo", "diem cham cheo", "diem cum truong cham"]),
    ("thidua:ly-do-cham-cheo", &["ly do cham cheo"]),
    ("thidua:tham-dinh", &["tham dinh", "diem tham dinh"]),
    ("thidua:ly-do-tham-dinh", &["ly do tham dinh", "ly do"]),
    ("thidua:hoi-dong", &["hoi dong", "diem hoi dong"]),
    ("thidua:ly-do-hoi-dong", &["ly do hoi dong"]),
];

/// Where the rows stand.
const STAMP_ROW: u32 = 3;
const KEY_ROW: u32 = 4;
const HEAD_ROW: u32 = 5;

/// Most characters of a list to choose from that a workbook takes.
const CHOICE_CHARS_MAX: usize = 255;

struct Looks {
    title: Format,
    plain: Format,
    hint: Format,
    head: Format,
    text: Format,
    group: Format,
    number: Format,
    open: Format,
    open_number: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name("Times New Roman").set_font_size(12);
        let boxed = plain.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        let open = boxed.clone().set_background_color(0xFF_FB_E6).set_unlocked();
        Self {
            title: plain.clone().set_bold().set_font_size(14),
            hint: plain.clone().set_italic(),
            head: boxed.clone().set_bold().set_align(FormatAlign::Center).set_background_color(0xED_ED_ED),
            group: boxed.clone().set_bold(),
            number: boxed.clone().set_align(FormatAlign::Right).set_num_format("#,##0.##"),
            open_number: open.clone().set_align(FormatAlign::Right),
            open,
            text: boxed,
            plain,
        }
    }
}

/// A column: its key, heading and width.
struct Column {
    key: &'static str,
    head: String,
    width: u16,
}

/// Writes a member's sheet; the same scoring gives the same bytes. The columns that `open` names may be typed into.
///
/// # Errors
/// Where the library cannot write it, which is a fault of ours.
pub fn score_file(
    scored: &Scored,
    sheet: &ScoreSheet,
    open: &[Taken],
    words: &ScoreFileWords,
) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let day = scored.opening.closes_on;
    let made = u16::try_from(day.year()).ok().zip(u8::try_from(day.month()).ok()).zip(u8::try_from(day.day()).ok());
    let ((year, month), date) = made.context("a closing day of a workbook")?;
    let at = ExcelDateTime::from_ymd(year, month, date).context("dating a workbook")?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&at));
    write(book.add_worksheet(), scored, sheet, open, words).context("writing a score sheet to be filled")?;
    Ok(book.save_to_buffer().context("closing a workbook")?)
}

fn write(
    at: &mut Worksheet,
    scored: &Scored,
    sheet: &ScoreSheet,
    open: &[Taken],
    words: &ScoreFileWords,
) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let levels: Vec<Level> = Level::ALL.into_iter().filter(|level| scored.scheme.marks.contains(level)).collect();
    let columns = columns(&levels, words);
    at.set_name(&words.tab)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    at.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    at.write_string_with_format(0, 0, &words.title, &looks.title)?;
    at.write_string_with_format(1, 0, &words.facts, &looks.plain)?;
    at.write_string_with_format(2, 0, &words.hint, &looks.hint)?;
    let (cluster, year) = (scored.opening.cluster.as_str(), scored.opening.year.to_string());
    for (column, text) in (0..).zip([STAMP, cluster, &year, sheet.unit.as_str()]) {
        at.write_string(STAMP_ROW, column, text)?;
    }
    at.set_row_hidden(STAMP_ROW)?.set_row_hidden(KEY_ROW)?;
    for (place, column) in (0..).zip(&columns) {
        at.write_string(KEY_ROW, place, column.key)?;
        at.write_string_with_format(HEAD_ROW, place, &column.head, &looks.head)?;
        at.set_column_width(place, column.width)?;
    }
    let rows = scored.scheme.criteria.iter().zip(&sheet.lines);
    for (row, (criterion, line)) in (HEAD_ROW + 1..).zip(rows) {
        for (place, column) in (0..).zip(&columns) {
            cell(at, (row, place), column.key, scored, sheet, (criterion, line), open, &looks)?;
        }
    }
    let last = u32::try_from(scored.scheme.criteria.len()).unwrap_or(0) + HEAD_ROW + 1;
    at.write_string_with_format(last, 1, &words.total, &looks.group)?;
    number(at, (last, 2), Some(sheet.total.points), &looks.number)?;
    at.set_freeze_panes(HEAD_ROW + 1, 2)?;
    at.protect();
    Ok(())
}

fn columns(levels: &[Level], words: &ScoreFileWords) -> Vec<Column> {
    let heads = words.columns.iter().cloned();
    let named = [(CODE, 8), ("", 46), ("", 9), (ANSWER, 18), (FILES, 26), (NOTE, 26)];
    let mut columns: Vec<Column> =
        named.into_iter().zip(heads).map(|((key, width), head)| Column { key, head, width }).collect();
    let own = [Level::Own];
    for level in own.iter().chain(levels.iter().filter(|level| **level != Level::Own)) {
        let name =
            Level::ALL.iter().zip(&words.levels).find(|(known, _)| *known == level).map(|(_, name)| name.clone());
        let name = name.unwrap_or_default();
        let (mark, reason) = keys(*level);
        columns.push(Column { key: mark, head: name.clone(), width: 10 });
        if !reason.is_empty() {
            columns.push(Column { key: reason, head: words.reason.replace("{level}", &name), width: 26 });
        }
    }
    columns
}

#[expect(clippy::too_many_arguments, reason = "one cell of a table, told by its place, its column and what it is of")]
fn cell(
    at: &mut Worksheet,
    (row, place): (u32, u16),
    key: &'static str,
    scored: &Scored,
    sheet: &ScoreSheet,
    (criterion, line): (&Criterion, &Line),
    open: &[Taken],
    looks: &Looks,
) -> Result<(), XlsxError> {
    let is_leaf = criterion.rule.is_some();
    let look = if is_leaf { &looks.text } else { &looks.group };
    let last = scored.round.evidence.claim(&sheet.unit, &criterion.code);
    let opens = |taken: Taken| is_leaf && open.contains(&taken);
    match (key, place) {
        (CODE, _) => at.write_string_with_format(row, place, criterion.code.as_str(), look)?,
        ("", 1) => at.write_string_with_format(row, place, &criterion.label, look)?,
        ("", _) => return number(at, (row, place), line.max, &looks.number),
        (ANSWER, _) if criterion.is_from_figures() => {
            at.write_string_with_format(row, place, FROM_FIGURES, &looks.text)?
        }
        (ANSWER | FILES | NOTE, _) => {
            let look = if opens(Taken::Claims) { &looks.open } else { look };
            let text = match (key, last) {
                (_, None) => String::new(),
                (ANSWER, Some(claimed)) => answer_text(criterion, &claimed.claim),
                (NOTE, Some(claimed)) => claimed.note.clone(),
                (_, Some(claimed)) => {
                    let files = &scored.round.evidence.files;
                    let name = |id| files.get(id).map_or_else(String::new, |file| file.name.clone());
                    claimed.files.iter().map(name).collect::<Vec<_>>().join("; ")
                }
            };
            let offered = choices(criterion);
            let fits = offered.iter().map(|one| one.chars().count() + 1).sum::<usize>() < CHOICE_CHARS_MAX;
            if key == ANSWER && opens(Taken::Claims) && !offered.is_empty() && fits {
                at.add_data_validation(row, place, row, place, &DataValidation::new().allow_list_strings(&offered)?)?;
            }
            at.write_string_with_format(row, place, &text, look)?
        }
        (key, _) => {
            for level in Level::ALL {
                let (mark, reason) = keys(level);
                let looked =
                    if opens(Taken::Marks(level)) && level != Level::Own { &looks.open_number } else { &looks.number };
                if key == mark {
                    let nobody = level == Level::Own && line.counted == Counted::Unscored;
                    return number(at, (row, place), line.mark(level).filter(|_| !nobody), looked);
                }
                if key == reason && !reason.is_empty() {
                    let found = line.marks.iter().find(|mark| mark.level == level);
                    let look = if opens(Taken::Marks(level)) { &looks.open } else { look };
                    let text = found.map(|mark| mark.reason.as_str()).unwrap_or_default();
                    at.write_string_with_format(row, place, text, look)?;
                    return Ok(());
                }
            }
            at
        }
    };
    Ok(())
}

fn number(
    at: &mut Worksheet,
    (row, column): (u32, u16),
    value: Option<Number>,
    look: &Format,
) -> Result<(), XlsxError> {
    match value.map(|value| (value, to_cell(value))) {
        Some((_, Some(cell))) => at.write_number_with_format(row, column, cell, look)?,
        Some((value, None)) => at.write_string_with_format(row, column, value.vi(), look)?,
        None => at.write_blank(row, column, look)?,
    };
    Ok(())
}

/// What a file that was filled says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FilledFile {
    /// Which sheet it was made for, where it says so.
    pub(super) stamp: Option<ScoreStamp>,
    /// Its rows.
    pub(super) rows: Vec<FilledScore>,
}

/// Reads one column of a filled sheet: of the first sheet of the workbook that has it.
///
/// # Errors
/// Why the file is not taken; [`FileFault::NoHeadings`] where no sheet has a column of codes and the one asked for.
pub(super) fn read_score_file(bytes: &[u8], file: &str, taken: Taken) -> Result<FilledFile, FileFault> {
    let tables = tables(bytes, file)?;
    tables.iter().find_map(|table| read_table(table, taken)).ok_or(FileFault::NoHeadings)
}

fn read_table(table: &Table, taken: Taken) -> Option<FilledFile> {
    let keys_of = |row: &[Written], key: &str| row.iter().position(|cell| cell.shown() == key);
    let heads_of = |row: &[Written], key: &str| {
        let known = HEADINGS.iter().find(|(known, _)| *known == key).map_or(&[] as &[&str], |(_, words)| words);
        row.iter().position(|cell| known.contains(&fold(&cell.shown()).trim()))
    };
    let answer = match taken {
        Taken::Claims => ANSWER,
        Taken::Marks(level) => keys(level).0,
    };
    let by_keys = table.rows.iter().position(|row| keys_of(row, CODE).is_some() && keys_of(row, answer).is_some());
    let by_heads =
        || table.rows.iter().position(|row| heads_of(row, CODE).is_some() && heads_of(row, answer).is_some());
    let (head_at, is_keyed) = match by_keys {
        Some(at) => (at, true),
        None => (by_heads()?, false),
    };
    let head = table.rows.get(head_at)?;
    let column = |key: &str| if is_keyed { keys_of(head, key) } else { heads_of(head, key) };
    let (code_at, answer_at) = (column(CODE)?, column(answer)?);
    let (files_at, note_at, below_at) = match taken {
        Taken::Claims => (column(FILES), column(NOTE), Vec::new()),
        Taken::Marks(level) => {
            let below = Level::ALL.into_iter().rev().filter(|below| *below < level);
            (None, column(keys(level).1), below.filter_map(|below| column(keys(below).0)).collect())
        }
    };
    let rows = table.rows.iter().enumerate().skip(head_at + 1).map(|(at, row)| {
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).cloned().unwrap_or(Written::Empty);
        let below = below_at.iter().map(|column| cell(Some(*column))).find(|cell| !cell.is_empty());
        FilledScore {
            row: at + 1,
            place: place(at + 1, answer_at),
            criterion: cell(Some(code_at)).shown(),
            answer: cell(Some(answer_at)),
            files: cell(files_at),
            note: cell(note_at),
            below: below.unwrap_or(Written::Empty),
        }
    });
    // The row of headings under the keys has no code of a criterion and would be read as one.
    let rows = rows.filter(|row| heads_of(&[Written::text(&row.criterion)], CODE).is_none()).collect();
    Some(FilledFile { stamp: table.rows.iter().find_map(|row| stamp(row)), rows })
}

fn stamp(row: &[Written]) -> Option<ScoreStamp> {
    let text = |at: usize| row.get(at).map(Written::shown);
    if text(0)? != STAMP {
        return None;
    }
    Some(ScoreStamp {
        cluster: ClusterCode::parse(&text(1)?).ok()?,
        year: text(2)?.parse().ok()?,
        unit: OrgId::parse(&text(3)?).ok()?,
    })
}
