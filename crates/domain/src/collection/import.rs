//! Import (nhập từ tệp): what a file says held against a sheet, cell by cell, before anything is written.
//!
//! A file is read at the edge; here are only plain values. A workbook made here knows over which readings it was made,
//! so a figure that changed meanwhile is seen as a conflict. A list made elsewhere knows nothing of them: it is held
//! against what the person was shown.

pub mod mapping;
pub(crate) mod similar;

use std::collections::BTreeMap;

use thidua_base::code::{ChangeId, FormId, IndicatorCode, OrgId};
use thidua_base::text::{fold, nfc};
use thidua_base::{Date, Number, Period, Timestamp};

use super::entry::{Cell, Change, Decision, How, decide};
use super::sheet::{Sheet, SheetRow};
use super::typed::{Misread, Typed, read_typed};
use crate::indicator::{Absence, Indicator, Nature, Value};
use crate::refusal::{CellFault, FileFault, Refusal};

/// The file that figures are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSource {
    /// Its name, as sent.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub hash: String,
    /// Sheet of the workbook; empty for other files.
    pub sheet: String,
}

/// What stands in a cell of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Nothing.
    Empty,
    /// A number.
    Number(Number),
    /// A number that has more digits than are kept exactly, as text.
    Long(String),
    /// Text, without spaces at its ends, in Normal Form C.
    Text(String),
    /// A day, or something else of time without one.
    Day(Option<Date>),
    /// The error of a formula: `#REF!`.
    Fault(String),
}

impl Written {
    /// The text brought to order; nothing where only spaces stand.
    pub fn text(text: &str) -> Self {
        let text = nfc(text.trim());
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// What a person reads there; empty for a day, whose writing is the program's that showed it.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty | Self::Day(_) => String::new(),
            Self::Number(number) => number.vi(),
            Self::Long(text) | Self::Text(text) | Self::Fault(text) => text.clone(),
        }
    }

    /// What it says of an indicator; `None` where it says nothing. Text is read as if it were typed into the page.
    ///
    /// # Errors
    /// [`Refusal::NotANumber`], [`Refusal::TooManyDecimals`] and [`Refusal::BadCell`] for what is no figure.
    pub fn value(&self, indicator: &Indicator) -> Result<Option<Value>, Refusal> {
        let bad = |why| Err(Refusal::BadCell { why });
        match self {
            Self::Empty => Ok(None),
            Self::Number(number) => Ok(Some(Value::Of(*number))),
            Self::Long(found) => bad(CellFault::NotExact { found: found.clone() }),
            Self::Day(_) => bad(CellFault::Day),
            Self::Fault(found) => bad(CellFault::Formula { found: found.clone() }),
            Self::Text(text) => match read_typed(text, &indicator.measure, indicator.decimals) {
                Typed::Number(number) => Ok(Some(Value::Of(number.value))),
                Typed::Absent(Absence::NotReported) => Ok(None),
                Typed::Absent(absence) => Ok(Some(Value::Absent(absence))),
                Typed::Unclear => bad(CellFault::Unclear { found: text.clone() }),
                Typed::Refused(why) => Err(misread(text, why, indicator)),
            },
        }
    }
}

fn misread(text: &str, why: Misread, indicator: &Indicator) -> Refusal {
    let found = text.to_owned();
    let why = match why {
        Misread::NotANumber => return Refusal::NotANumber { asked: found },
        Misread::TooFine => return Refusal::TooManyDecimals { most: indicator.decimals },
        Misread::SheetError | Misread::Formula => CellFault::Formula { found },
        Misread::Date => CellFault::Day,
        Misread::TooLarge => CellFault::NotExact { found },
        Misread::OtherMeasure => CellFault::OtherMeasure { found, wanted: indicator.measure.clone() },
        Misread::ManyValues | Misread::Range | Misread::Scientific => CellFault::Unclear { found },
    };
    Refusal::BadCell { why }
}

/// What a file says about one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledRow {
    /// The row of the file, from 1.
    pub row: usize,
    /// The cell of the value: `G12`; the line and column of other files alike.
    pub place: String,
    /// What is reported.
    pub indicator: IndicatorCode,
    /// The name that stands in the row.
    pub name: String,
    /// Over which reading the row was filled.
    pub base: Base,
    /// The cell of the value.
    pub value: Written,
    /// The cell that says why there is none.
    pub absence: WrittenAbsence,
    /// The note; may be empty.
    pub note: String,
}

/// What stands in the cell that says why there is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrittenAbsence {
    /// Nothing.
    Empty,
    /// One of the list.
    Of(Absence),
    /// Something else.
    Unknown(String),
}

/// Over which reading a row was filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The one that the file names, or none: the cell was empty then.
    File(Option<i64>),
    /// The file cannot know; the one that the person is shown beside it.
    Shown,
}

/// A file that was sent for a sheet and waits for the person's word; nothing of it is written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// A random name, known to the person's page only.
    pub id: String,
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// The unit.
    pub unit: OrgId,
    /// The account that sent it; nobody else confirms it.
    pub sent_by: String,
    /// Its name, as sent.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// From when on it is forgotten.
    pub expires_at: Timestamp,
}

/// For what a workbook was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// The unit.
    pub unit: OrgId,
}

/// Everything a file says about one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The file.
    pub source: FileSource,
    /// For what it was made; `None` for a list made elsewhere.
    pub stamp: Option<Stamp>,
    /// Its rows, in the order of the file.
    pub rows: Vec<FilledRow>,
}

/// A file held against a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file.
    pub source: FileSource,
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// The unit.
    pub unit: OrgId,
    /// How firm the figures are meant to be.
    pub nature: Nature,
    /// One for each row of the file.
    pub lines: Vec<Line>,
    /// Rows of the form that the file does not speak of.
    pub missing: Vec<IndicatorCode>,
}

/// One cell of a file held against the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The row of the file, from 1.
    pub row: usize,
    /// The cell of the value.
    pub place: String,
    /// What is reported.
    pub indicator: IndicatorCode,
    /// Its name: the indicator's, or as the file has it where the form does not ask for it.
    pub name: String,
    /// Over which reading the row was filled.
    pub base: Base,
    /// The reading that holds the cell now.
    pub held: Option<i64>,
    /// The note beside it.
    pub note: String,
    /// What it means for the sheet.
    pub found: Found,
}

/// What a cell of a file means for the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It says nothing, and nothing is there.
    Empty,
    /// It fills an empty cell.
    New {
        /// With this.
        to: Value,
    },
    /// It replaces a figure.
    Changed {
        /// This one.
        from: Value,
        /// By this one.
        to: Value,
    },
    /// It says what is there.
    Unchanged {
        /// The figure.
        value: Value,
    },
    /// It says what is there, with another note: the note alone is changed.
    Noted {
        /// The figure that stays.
        value: Value,
    },
    /// It says something else than a figure that is newer than the file.
    ConflictsWithNewer {
        /// What the file says.
        file: Value,
        /// What is there now.
        held: Value,
    },
    /// It is not taken.
    Refused {
        /// What it says.
        shown: String,
        /// Why.
        why: Refusal,
    },
}

/// How many cells of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Cells that say nothing.
    pub empty: usize,
    /// Cells that fill an empty one.
    pub new: usize,
    /// Cells that replace a figure.
    pub changed: usize,
    /// Cells that say what is there.
    pub unchanged: usize,
    /// Cells of which only the note is another.
    pub noted: usize,
    /// Cells against a newer figure.
    pub conflicts: usize,
    /// Cells not taken.
    pub refused: usize,
}

/// A cell that a person chose to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The cell of the value.
    pub place: String,
    /// The reading that the person saw in the sheet beside it.
    pub shown: Option<i64>,
}

impl Line {
    /// The value it would bring, where it can be taken.
    pub fn brings(&self) -> Option<Value> {
        match self.found {
            Found::New { to } | Found::Changed { to, .. } => Some(to),
            Found::ConflictsWithNewer { file, .. } => Some(file),
            Found::Noted { value } => Some(value),
            Found::Empty | Found::Unchanged { .. } | Found::Refused { .. } => None,
        }
    }
}

impl Preview {
    fn cell<'a>(&'a self, indicator: &'a IndicatorCode) -> (&'a FormId, Period, &'a OrgId, &'a IndicatorCode) {
        (&self.form, self.period, &self.unit, indicator)
    }

    /// How many cells of each kind.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for line in &self.lines {
            let one = match line.found {
                Found::Empty => &mut totals.empty,
                Found::New { .. } => &mut totals.new,
                Found::Changed { .. } => &mut totals.changed,
                Found::Unchanged { .. } => &mut totals.unchanged,
                Found::Noted { .. } => &mut totals.noted,
                Found::ConflictsWithNewer { .. } => &mut totals.conflicts,
                Found::Refused { .. } => &mut totals.refused,
            };
            *one += 1;
        }
        totals
    }
}

/// Holds a file against a sheet; nothing is written.
///
/// # Errors
/// [`Refusal::BadFile`] where the file was made for another form, period or unit; [`Refusal::CycleClosed`] and
/// [`Refusal::SheetSent`] where nothing could be written anyhow.
pub fn preview(filled: &Filled, sheet: &Sheet) -> Result<Preview, Refusal> {
    if let Some(stamp) = &filled.stamp {
        let fits = stamp.form == sheet.form.id && sheet.cycle.is(&stamp.form, stamp.period) && stamp.unit == sheet.unit;
        if !fits {
            let why = FileFault::OtherSheet {
                form: stamp.form.to_string(),
                period: stamp.period.to_string(),
                unit: stamp.unit.to_string(),
            };
            return Err(Refusal::BadFile { file: filled.source.file.clone(), why });
        }
    }
    if !sheet.stage.is_open() {
        return Err(Refusal::CycleClosed { stage: sheet.stage.word() });
    }
    if !sheet.submission.is_editable() {
        return Err(Refusal::SheetSent { state: sheet.state().word() });
    }
    let mut first_rows: BTreeMap<&IndicatorCode, usize> = BTreeMap::new();
    let lines = filled.rows.iter().map(|row| {
        let earlier = first_rows.get(&row.indicator).copied();
        first_rows.entry(&row.indicator).or_insert(row.row);
        line_of(filled, row, sheet, earlier)
    });
    let lines = lines.collect();
    let asked = sheet.rows.iter().map(|row| &row.row.indicator);
    let missing = asked.filter(|indicator| !first_rows.contains_key(indicator)).cloned().collect();
    Ok(Preview {
        source: filled.source.clone(),
        form: sheet.form.id.clone(),
        period: sheet.cycle.period,
        unit: sheet.unit.clone(),
        nature: sheet.cycle.nature,
        lines,
        missing,
    })
}

/// The changes that a person confirmed. Their ids follow from the bytes of the file and the place in it, so that
/// confirming twice does no harm.
///
/// A row of a workbook is a change of the reading that the workbook names. A row of a list is a change of the reading
/// that the person was shown: one that came since is met as a conflict when the change is decided.
pub fn changes(preview: &Preview, chosen: &[Pick]) -> Vec<Change> {
    let picked = |line: &Line| chosen.iter().find(|pick| pick.place == line.place).cloned();
    let change = |line: &Line| {
        let (pick, value) = picked(line).zip(line.brings())?;
        let over = match line.base {
            Base::File(over) => over,
            Base::Shown => pick.shown,
        };
        Some(Change {
            id: change_id(&preview.source, preview.cell(&line.indicator), &line.place),
            form: preview.form.clone(),
            period: preview.period,
            unit: preview.unit.clone(),
            indicator: line.indicator.clone(),
            nature: preview.nature,
            over,
            value,
            note: line.note.clone(),
            how: how(&preview.source, &line.place),
            device_at: None,
            settles: None,
        })
    };
    preview.lines.iter().filter_map(change).collect()
}

fn how(source: &FileSource, place: &str) -> How {
    How::Imported {
        file: source.file.clone(),
        hash: source.hash.clone(),
        sheet: source.sheet.clone(),
        place: place.to_owned(),
    }
}

/// `tep-<hash>-<what>-<place>`: the same file says another thing where it is read for another sheet.
fn change_id(source: &FileSource, cell: (&FormId, Period, &OrgId, &IndicatorCode), place: &str) -> ChangeId {
    let (form, period, unit, indicator) = cell;
    let what = spread(&format!("{form} {period} {unit} {indicator} {}", source.sheet));
    let plain =
        |text: &str, most: usize| -> String { text.chars().filter(char::is_ascii_alphanumeric).take(most).collect() };
    let id = format!("tep-{}-{what:016x}-{}", plain(&source.hash, 32), plain(place, 16));
    ChangeId::parse(&id).expect("at most 70 ASCII letters, digits and hyphens are a code")
}

/// A number that spreads texts (FNV-1a), to tell apart what one file says for several sheets; no secret depends on it.
fn spread(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn line_of(filled: &Filled, row: &FilledRow, sheet: &Sheet, earlier: Option<usize>) -> Line {
    let held = sheet.row(&row.indicator);
    let found = match earlier {
        Some(first) => refused(row, Refusal::BadCell { why: CellFault::Twice { row: first } }),
        None => found_of(filled, row, sheet, held).unwrap_or_else(|why| refused(row, why)),
    };
    Line {
        row: row.row,
        place: row.place.clone(),
        indicator: row.indicator.clone(),
        name: held.map_or_else(|| row.name.clone(), |held| held.indicator.name.clone()),
        base: row.base,
        held: held.and_then(|held| held.current.as_ref()).map(|reading| reading.seq),
        note: row.note.clone(),
        found,
    }
}

fn refused(row: &FilledRow, why: Refusal) -> Found {
    Found::Refused { shown: row.value.shown(), why }
}

fn found_of(filled: &Filled, row: &FilledRow, sheet: &Sheet, held: Option<&SheetRow>) -> Result<Found, Refusal> {
    let Some(held) = held else {
        // A workbook made here holds rows of its form only: the hidden code was altered. The other rows are sound, each
        // by its own code and name.
        if filled.stamp.is_some() {
            let why = CellFault::AlteredCode { found: row.indicator.to_string() };
            return Err(Refusal::BadCell { why });
        }
        return Err(Refusal::NotAsked { indicator: row.indicator.to_string() });
    };
    let bad = |why| Err(Refusal::BadCell { why });
    let moved = filled.stamp.is_some() && fold(&row.name) != fold(&held.indicator.name);
    if moved {
        return bad(CellFault::OtherName { found: row.name.clone(), wanted: held.indicator.name.clone() });
    }
    let current = held.current.as_ref();
    let said = row.value.value(&held.indicator)?;
    let value = match (said, &row.absence) {
        (_, WrittenAbsence::Unknown(found)) => return bad(CellFault::UnknownAbsence { found: found.clone() }),
        (Some(_), WrittenAbsence::Of(_)) => return bad(CellFault::ValueAndAbsence),
        (Some(value), WrittenAbsence::Empty) => value,
        (None, WrittenAbsence::Of(absence)) => Value::Absent(*absence),
        (None, WrittenAbsence::Empty) => return nothing_said(row, held),
    };
    let over = match row.base {
        Base::File(over) => over,
        Base::Shown => current.map(|reading| reading.seq),
    };
    let change = Change {
        id: change_id(&filled.source, (&sheet.form.id, sheet.cycle.period, &sheet.unit, &row.indicator), &row.place),
        form: sheet.form.id.clone(),
        period: sheet.cycle.period,
        unit: sheet.unit.clone(),
        indicator: row.indicator.clone(),
        nature: sheet.cycle.nature,
        over,
        value,
        note: row.note.clone(),
        how: how(&filled.source, &row.place),
        device_at: None,
        settles: None,
    };
    let cell = Cell {
        indicator: Some(&held.indicator),
        current: current.filter(|reading| reading.nature == change.nature),
        firmest: current.map(|reading| reading.nature),
        stage: sheet.stage,
        state: sheet.state(),
    };
    let from = current.map(|reading| reading.value);
    Ok(match (decide(&change, cell)?, from) {
        (Decision::Write { .. }, None) => Found::New { to: value },
        (Decision::Write { .. }, Some(from)) => Found::Changed { from, to: value },
        (Decision::Leave { .. }, _) if is_other_note(row, held) => Found::Noted { value },
        (Decision::Leave { .. }, _) => Found::Unchanged { value },
        (Decision::Conflict { .. }, from) => {
            Found::ConflictsWithNewer { file: value, held: from.unwrap_or(Value::Absent(Absence::NotReported)) }
        }
    })
}

/// A cell without number and reason: it never takes a figure away.
fn nothing_said(row: &FilledRow, held: &SheetRow) -> Result<Found, Refusal> {
    let was_filled = matches!(row.base, Base::File(Some(_)));
    match &held.current {
        Some(reading) if was_filled && reading.value != Value::Absent(Absence::NotReported) => {
            Err(Refusal::BadCell { why: CellFault::Emptied })
        }
        current if is_other_note(row, held) => {
            let not_reported = Value::Absent(Absence::NotReported);
            Ok(Found::Noted { value: current.as_ref().map_or(not_reported, |reading| reading.value) })
        }
        Some(_) | None => Ok(Found::Empty),
    }
}

fn is_other_note(row: &FilledRow, held: &SheetRow) -> bool {
    !row.note.is_empty() && row.note != nfc(held.note.trim())
}

#[cfg(test)]
mod tests;
