//! A list as units send it (bảng tự lập): which column, name and unit means what, proposed, confirmed and remembered.
//!
//! Nothing is guessed in silence: a guess below [`SURE`] is a question to the person, and what nobody answered is left
//! out and named.

mod headings;
mod role;

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{FormId, HonourCode, IndicatorCode, OrgId};
use thidua_base::{Period, Timestamp};

use super::similar::{bare, likeness};
use super::{Base, FileSource, Filled, FilledRow, Written, WrittenAbsence};
use crate::refusal::FileFault;

pub use headings::Headings;
pub use role::{ListKind, Role};

/// A guess at least this sure is taken unless the person says otherwise; a weaker one is asked.
pub const SURE: u8 = 80;

/// A likeness below this is no guess at all.
const GUESS: u8 = 50;

/// Most names that are compared with every candidate; beyond, only the same name is found.
const COMPARED_MAX: usize = 500;

/// A table of cells, whatever the file was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The file.
    pub source: FileSource,
    /// Its rows from the first of the sheet; rows may differ in length.
    pub rows: Vec<Vec<Written>>,
}

/// A guess with how sure it is, from 0 to 100.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess<T> {
    /// What is guessed.
    pub is: T,
    /// How sure.
    pub confidence: u8,
}

/// Something that names in a file may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<I> {
    /// Its identity.
    pub id: I,
    /// The names it goes by, the fullest first.
    pub names: Vec<String>,
}

/// What a list may speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is of.
    pub list: ListKind,
    /// The period it is read for.
    pub period: Period,
    /// The indicators of the form.
    pub indicators: Vec<Candidate<IndicatorCode>>,
    /// The units that report by it.
    pub units: Vec<Candidate<OrgId>>,
    /// The honours, for lists of awards.
    pub honours: Vec<Candidate<HonourCode>>,
}

/// What a list seems to mean, for a person to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Where the headings stand.
    pub headings: Headings,
    /// The same for lists with the same headings; under it a mapping is remembered.
    pub signature: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The names of indicators, each once, in the order of the file.
    pub indicators: Vec<Named<IndicatorCode>>,
    /// The names of units, each once, in the order of the file.
    pub units: Vec<Named<OrgId>>,
    /// The names of honours, each once, in the order of the file.
    pub honours: Vec<Named<HonourCode>>,
}

/// A column with what it seems to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading as it stands there.
    pub title: String,
    /// What it seems to hold.
    pub role: Guess<Role>,
}

/// A name in the file with what it seems to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<I> {
    /// The first row it stands in, from 1.
    pub row: usize,
    /// The name as it stands there.
    pub text: String,
    /// What it seems to mean.
    pub guess: Option<Guess<I>>,
}

/// What a person confirmed about lists with certain headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    /// The columns, from the first.
    pub columns: Vec<Role>,
    /// The indicator of each name; `None` for rows that are left out on purpose.
    pub indicators: BTreeMap<String, Option<IndicatorCode>>,
    /// The unit of each name; `None` for rows that are left out on purpose.
    pub units: BTreeMap<String, Option<OrgId>>,
    /// The honour of each name; `None` for rows that are left out on purpose.
    pub honours: BTreeMap<String, Option<HonourCode>>,
}

/// A mapping as it is kept, for the lists of a form with the same headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The form.
    pub form: FormId,
    /// The signature of the headings.
    pub signature: String,
    /// What was confirmed last.
    pub mapping: Mapping,
    /// By whom, as named then.
    pub confirmed_by: String,
    /// When.
    pub confirmed_at: Timestamp,
}

/// A list read by a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What it says about each unit's sheet.
    pub by_unit: BTreeMap<OrgId, Filled>,
    /// Rows with a figure of which nobody said what it is.
    pub unmatched: Vec<Unmatched>,
}

/// A row of a list that is not taken because nobody said what it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The row, from 1.
    pub row: usize,
    /// The name that stands there.
    pub text: String,
}

/// Proposes what a list means; what was remembered of lists with the same headings is taken as it was confirmed.
///
/// # Errors
/// [`FileFault::NoHeadings`] where no row looks like headings.
pub fn propose(table: &Table, known: &Known, remembered: Option<&Mapping>) -> Result<Proposal, FileFault> {
    let headings = Headings::find(table, known).ok_or(FileFault::NoHeadings)?;
    let titles = headings.titles(table);
    let signature = signature(&titles);
    let mut columns = headings::columns(table, &headings, &titles, known);
    let fitting = remembered.filter(|mapping| mapping.columns.len() == columns.len());
    if let Some(mapping) = fitting {
        for (column, role) in columns.iter_mut().zip(&mapping.columns) {
            column.role = Guess { is: role.clone(), confidence: 100 };
        }
    }
    let of = |role: &Role| columns.iter().position(|column| column.role.is == *role);
    let name_at = of(&Role::Code).into_iter().chain(of(&Role::Indicator)).collect::<Vec<_>>();
    let indicators = names(table, &headings, &name_at, &known.indicators, fitting.map(|m| &m.indicators));
    let unit_at: Vec<usize> = of(&Role::Unit).into_iter().collect();
    let units = names(table, &headings, &unit_at, &known.units, fitting.map(|m| &m.units));
    let honour_at: Vec<usize> = of(&Role::Honour).into_iter().collect();
    let honours = names(table, &headings, &honour_at, &known.honours, fitting.map(|m| &m.honours));
    Ok(Proposal { headings, signature, columns, indicators, units, honours })
}

/// The same for the same headings, whatever their case and marks.
fn signature(titles: &[String]) -> String {
    let text: Vec<String> = titles.iter().map(|title| bare(title)).collect();
    format!("{}-{:016x}", titles.len(), super::spread(&text.join("|")))
}

impl Proposal {
    /// The mapping of all that is sure enough to be taken unless the person says otherwise.
    pub fn sure(&self) -> Mapping {
        let columns = self.columns.iter().map(|column| {
            let is_sure = column.role.confidence >= SURE;
            if is_sure { column.role.is.clone() } else { Role::Ignored }
        });
        Mapping {
            columns: columns.collect(),
            indicators: sure_names(&self.indicators),
            units: sure_names(&self.units),
            honours: sure_names(&self.honours),
        }
    }

    /// How many guesses and names wait for a word of the person.
    pub fn questions(&self) -> usize {
        fn open<I>(names: &[Named<I>]) -> usize {
            names.iter().filter(|name| name.guess.as_ref().is_none_or(|guess| guess.confidence < SURE)).count()
        }
        let columns = self.columns.iter().filter(|column| column.role.confidence < SURE).count();
        columns + open(&self.indicators) + open(&self.units) + open(&self.honours)
    }
}

fn sure_names<I: Clone>(names: &[Named<I>]) -> BTreeMap<String, Option<I>> {
    let sure = |name: &Named<I>| {
        let guess = name.guess.as_ref().filter(|guess| guess.confidence >= SURE)?;
        Some((bare(&name.text), Some(guess.is.clone())))
    };
    names.iter().filter_map(sure).collect()
}

/// The names in the first filled of some columns, each once, with what each seems to mean.
fn names<I: Clone + PartialEq>(
    table: &Table,
    headings: &Headings,
    columns: &[usize],
    known: &[Candidate<I>],
    remembered: Option<&BTreeMap<String, Option<I>>>,
) -> Vec<Named<I>> {
    let index = Index::of(known);
    let mut seen = BTreeSet::new();
    let mut named = Vec::new();
    for (row, cells) in headings.body(table) {
        let Some(text) = name_in(cells, columns) else { continue };
        let key = bare(&text);
        if key.chars().count() < 2 || !seen.insert(key.clone()) {
            continue;
        }
        let guess = match remembered.and_then(|mapping| mapping.get(&key)) {
            Some(Some(id)) if known.iter().any(|candidate| candidate.id == *id) => {
                Some(Guess { is: id.clone(), confidence: 100 })
            }
            // Left out on purpose the last time: not asked again.
            Some(None) => continue,
            // What it meant then may be out of reach today, or no longer asked for.
            Some(Some(_)) | None => index.guess(&key, named.len() < COMPARED_MAX),
        };
        named.push(Named { row, text, guess });
    }
    named
}

/// What stands in the first filled of some columns.
pub fn name_in(cells: &[Written], columns: &[usize]) -> Option<String> {
    columns.iter().filter_map(|column| cells.get(*column)).find_map(|cell| match cell {
        Written::Text(text) => Some(text.clone()),
        Written::Number(number) => Some(number.to_string()),
        Written::Empty | Written::Long(_) | Written::Day(_) | Written::Fault(_) => None,
    })
}

/// Candidates by their bare names.
struct Index<'a, I> {
    by_name: BTreeMap<String, Vec<&'a I>>,
}

impl<'a, I: Clone + PartialEq> Index<'a, I> {
    fn of(known: &'a [Candidate<I>]) -> Self {
        let mut by_name: BTreeMap<String, Vec<&I>> = BTreeMap::new();
        for candidate in known {
            for name in &candidate.names {
                let ids = by_name.entry(bare(name)).or_default();
                if !ids.contains(&&candidate.id) {
                    ids.push(&candidate.id);
                }
            }
        }
        Self { by_name }
    }

    /// What a bare name seems to mean; sure only where nothing else is as near.
    fn guess(&self, name: &str, is_compared: bool) -> Option<Guess<I>> {
        if let Some(ids) = self.by_name.get(name) {
            let confidence = if ids.len() == 1 { 100 } else { GUESS };
            return ids.first().map(|id| Guess { is: (*id).clone(), confidence });
        }
        if !is_compared {
            return None;
        }
        let mut best: Option<(u8, &I)> = None;
        let mut second = 0;
        for (known, ids) in &self.by_name {
            let like = likeness(name, known);
            for id in ids {
                match best {
                    Some((top, held)) if like <= top => {
                        if *held != **id {
                            second = second.max(like);
                        }
                    }
                    Some((top, held)) => {
                        if *held != **id {
                            second = second.max(top);
                        }
                        best = Some((like, id));
                    }
                    None => best = Some((like, id)),
                }
            }
        }
        let (like, id) = best.filter(|(like, _)| *like >= GUESS)?;
        // Two that are nearly as near: neither is sure.
        let confidence = if like.saturating_sub(second) < 5 { like.min(SURE - 1) } else { like };
        Some(Guess { is: id.clone(), confidence })
    }
}

/// Reads a list by a mapping; `whole` is the unit the file is of, where no column names units.
///
/// Rows of which nobody said what they are are told apart; so are those of units nobody named.
pub fn apply(table: &Table, headings: &Headings, mapping: &Mapping, whole: Option<&OrgId>) -> Applied {
    let all = |wanted: &Role| -> Vec<usize> {
        mapping.columns.iter().enumerate().filter(|(_, role)| *role == wanted).map(|(at, _)| at).collect()
    };
    let name_at: Vec<usize> = all(&Role::Code).into_iter().chain(all(&Role::Indicator)).collect();
    let (unit_at, note_at) = (all(&Role::Unit), all(&Role::Note));
    let mut applied = Applied { by_unit: BTreeMap::new(), unmatched: Vec::new() };
    for (row, cells) in headings.body(table) {
        let figures = figures(cells, mapping);
        if figures.is_empty() {
            continue;
        }
        let unmatched = |text: String| Unmatched { row, text };
        let unit = match (name_in(cells, &unit_at), whole) {
            (Some(text), _) => match mapping.units.get(&bare(&text)) {
                Some(Some(unit)) => unit.clone(),
                Some(None) => continue,
                None => {
                    applied.unmatched.push(unmatched(text));
                    continue;
                }
            },
            (None, Some(unit)) if unit_at.is_empty() => unit.clone(),
            (None, _) => {
                applied.unmatched.push(unmatched(name_in(cells, &name_at).unwrap_or_default()));
                continue;
            }
        };
        let note = name_in(cells, &note_at).unwrap_or_default();
        for (column, of, value) in figures {
            let text = name_in(cells, &name_at).unwrap_or_default();
            let indicator = match of {
                Some(code) => code,
                None => match mapping.indicators.get(&bare(&text)) {
                    Some(Some(code)) => code.clone(),
                    Some(None) => continue,
                    None => {
                        applied.unmatched.push(unmatched(text));
                        continue;
                    }
                },
            };
            let filled = applied.by_unit.entry(unit.clone()).or_insert_with(|| Filled {
                source: table.source.clone(),
                stamp: None,
                rows: Vec::new(),
            });
            filled.rows.push(FilledRow {
                row,
                place: place(row, column),
                indicator,
                name: text,
                base: Base::Shown,
                value,
                absence: WrittenAbsence::Empty,
                note: note.clone(),
            });
        }
    }
    applied
}

/// The filled cells of a row that hold figures, with the indicator where the column names it.
fn figures(cells: &[Written], mapping: &Mapping) -> Vec<(usize, Option<IndicatorCode>, Written)> {
    let figure = |(column, role): (usize, &Role)| {
        let cell = cells.get(column).filter(|cell| !cell.is_empty())?.clone();
        match role {
            Role::Actual => Some((column, None, cell)),
            Role::ActualOf(code) => Some((column, Some(code.clone()), cell)),
            _ => None,
        }
    };
    mapping.columns.iter().enumerate().filter_map(figure).collect()
}

/// The name of a cell: `G12` for row 12 and the seventh column, counted from 0.
pub fn place(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{row}")
}

/// The first line of a mapping as it is stored; another version would begin otherwise.
const VERSION: &str = "1";

impl Mapping {
    /// The mapping as it is stored: one line for each column and name, fields apart by tabs.
    pub fn encode(&self) -> String {
        let mut out = format!("{VERSION}\n");
        for role in &self.columns {
            out.push_str(&format!("c\t{}\n", role.word()));
        }
        for (name, code) in &self.indicators {
            out.push_str(&format!("i\t{}\t{name}\n", code.as_ref().map_or("", |code| code.as_str())));
        }
        for (name, unit) in &self.units {
            out.push_str(&format!("u\t{}\t{name}\n", unit.as_ref().map_or("", |unit| unit.as_str())));
        }
        for (name, honour) in &self.honours {
            out.push_str(&format!("h\t{}\t{name}\n", honour.as_ref().map_or("", |code| code.as_str())));
        }
        out
    }

    /// Reads what [`Mapping::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|version| *version == VERSION)?;
        let mut mapping = Self::default();
        for line in lines {
            let mut fields = line.splitn(3, '\t');
            match (fields.next()?, fields.next()?, fields.next()) {
                ("c", word, None) => mapping.columns.push(Role::of_word(word)?),
                ("i", "", Some(name)) => drop(mapping.indicators.insert(name.to_owned(), None)),
                ("i", code, Some(name)) => {
                    let code = IndicatorCode::parse(code).ok()?;
                    mapping.indicators.insert(name.to_owned(), Some(code));
                }
                ("u", "", Some(name)) => drop(mapping.units.insert(name.to_owned(), None)),
                ("u", unit, Some(name)) => {
                    let unit = OrgId::parse(unit).ok()?;
                    mapping.units.insert(name.to_owned(), Some(unit));
                }
                ("h", "", Some(name)) => drop(mapping.honours.insert(name.to_owned(), None)),
                ("h", code, Some(name)) => {
                    let code = HonourCode::parse(code).ok()?;
                    mapping.honours.insert(name.to_owned(), Some(code));
                }
                _ => return None,
            }
        }
        Some(mapping)
    }

    /// What was said of a name of an indicator: nothing, that its rows are left out, or the indicator.
    pub fn indicator(&self, name: &str) -> Option<Option<&IndicatorCode>> {
        self.indicators.get(&bare(name)).map(Option::as_ref)
    }

    /// Says what a name of an indicator means; `None` leaves its rows out.
    pub fn say_indicator(&mut self, name: &str, is: Option<IndicatorCode>) {
        self.indicators.insert(bare(name), is);
    }

    /// Takes back what was said of a name of an indicator: it is a question again.
    pub fn unsay_indicator(&mut self, name: &str) {
        self.indicators.remove(&bare(name));
    }

    /// Says what a name of an honour means; `None` leaves its rows out.
    pub fn say_honour(&mut self, name: &str, is: Option<HonourCode>) {
        self.honours.insert(bare(name), is);
    }

    /// The honour of a name, and the unit of one, as far as they were said.
    pub fn named(&self, honour: &str, unit: &str) -> (Option<&HonourCode>, Option<&OrgId>) {
        let honour = self.honours.get(&bare(honour)).and_then(Option::as_ref);
        (honour, self.units.get(&bare(unit)).and_then(Option::as_ref))
    }

    /// Says what a name of a unit means; `None` leaves its rows out.
    pub fn say_unit(&mut self, name: &str, is: Option<OrgId>) {
        self.units.insert(bare(name), is);
    }
}

#[cfg(test)]
mod tests;
