//! What a finished text has wrong, line by line.
//!
//! [`check`] takes the lines of a report and the registers that are right on its day, and returns
//! remarks. A remark carries a code and facts, never a sentence: the sentences are in the message
//! files, one for each of [`CODES`]. Nothing is corrected here.

mod abbreviation;
mod body;
mod figure;
mod instrument;
mod known;
mod marks;
mod movement;
mod numbering;
mod place;
mod sentence;
mod spelling;
mod sums;

use std::ops::Range;

use thidua_base::Date;
use thidua_base::text::is_nfc;

use crate::read::{ClauseRead, NumberShape, ReadsAs, heading, read, shape_of};

use known::Registers;

/// Every code a remark may carry, in alphabetical order.
pub const CODES: &[&str] = &[
    "capital-after-semicolon",
    "cut-sentence",
    "dotted-abbreviation",
    "doubled-space",
    "doublet",
    "duplicate-number",
    "ellipsis-of-four",
    "empty-date",
    "empty-number",
    "former-place",
    "glued-unit",
    "glued-words",
    "heading-with-colon",
    "instrument-date",
    "instrument-not-in-force",
    "letter-with-dot",
    "lower-after-full-stop",
    "missing-space",
    "misspelling",
    "misspelt-body",
    "misspelt-movement",
    "misspelt-place",
    "mixed-quotes",
    "n-over-m",
    "named-count",
    "named-twice",
    "non-canonical-body",
    "non-canonical-movement",
    "not-nfc",
    "number-style-repeated",
    "parts-plan-sum",
    "parts-prior-sum",
    "parts-sum",
    "percent-recomputed",
    "points-as-percent",
    "share-sum",
    "space-before-mark",
    "special-capital",
    "straight-quotes",
    "stray-markup",
    "tone-placement",
    "total-without-preposition",
    "unclosed-quote",
    "unexplained-abbreviation",
    "unknown-body",
    "unknown-instrument",
    "unknown-movement",
    "unknown-place",
    "wrong-instrument-title",
];

/// How grave a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Must be put right before the text is signed.
    Error,
    /// A difference that rounding explains; may stand, with a note.
    Residue,
    /// Worth a look.
    Hint,
}

/// Something noticed in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How grave it is.
    pub severity: Severity,
    /// What it is, one of [`CODES`].
    pub code: &'static str,
    /// The place of the line, as given.
    pub place: String,
    /// Where in the line, in bytes; `None` where it concerns the whole line.
    pub span: Option<(usize, usize)>,
    /// Names and values that fill the sentence of the code.
    pub facts: Vec<(String, String)>,
}

/// A line of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands, in the caller's words; copied into remarks.
    pub place: String,
    /// Its number as printed, with its mark (`2.1.`, `a)`, `-`); empty where it has none.
    pub number: String,
    /// What it is.
    pub kind: LineKind,
    /// Its text without the number.
    pub text: String,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// A heading.
    Heading,
    /// An entry of an enumeration.
    Item,
    /// Running text, or a line of the frame.
    Text,
}

/// Whether the text has been registered and issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Number and day may still be open; that is a hint.
    Draft,
    /// Number and day must be there.
    Issued,
}

/// What the text is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The day on which names and instruments must be valid.
    pub on: Date,
    /// Whether number and day must be filled.
    pub stage: Stage,
    /// Places of the area, with former ones.
    pub places: Vec<PlaceName>,
    /// Bodies: full names and accepted short names, each as it must be printed.
    pub bodies: Vec<String>,
    /// Movements.
    pub movements: Vec<MovementName>,
    /// Legal instruments.
    pub instruments: Vec<InstrumentName>,
    /// Abbreviations that need no explanation.
    pub abbreviations: Vec<String>,
}

/// A place (xã, thị trấn, huyện) and the days on which its name holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// The name without the kind: `Tiến Nông`.
    pub name: String,
    /// The first day of the name, where known.
    pub valid_from: Option<Date>,
    /// The last day of the name; none while it holds.
    pub valid_to: Option<Date>,
    /// What it is called since: `thị trấn Nưa`.
    pub now: Option<String>,
}

/// A movement under its name and other names in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementName {
    /// The canonical name.
    pub name: String,
    /// Other names in use.
    pub aliases: Vec<String>,
}

/// A legal instrument as it must be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentName {
    /// Number and symbol: `34-CT/TW`.
    pub number: String,
    /// The subject, without quotation marks and without `về`, `về việc`.
    pub title: String,
    /// The day it was issued, where known.
    pub issued_on: Option<Date>,
    /// The first day in force, where known.
    pub in_force_from: Option<Date>,
    /// The last day in force; none while it is.
    pub in_force_to: Option<Date>,
}

/// All remarks on a text, in the order of its lines; within a line in the order of the text.
pub fn check(lines: &[Line], names: &Names) -> Vec<Remark> {
    let registers = Registers::of(names);
    let mut remarks = Vec::new();
    for line in lines {
        let clauses = read(&line.text);
        let on = On { line, clauses: &clauses, names, registers: &registers };
        let mut found = Vec::new();
        if !is_nfc(&line.text) {
            found.push(on.remark(Severity::Error, "not-nfc"));
        }
        spelling::check(&on, &mut found);
        marks::check(&on, &mut found);
        figure::check(&on, &mut found);
        sums::check(&on, &mut found);
        place::check(&on, &mut found);
        body::check(&on, &mut found);
        movement::check(&on, &mut found);
        instrument::check(&on, &mut found);
        numbering::check_line(&on, &mut found);
        found.sort_by_key(|remark| remark.span);
        remarks.append(&mut found);
    }
    numbering::check_all(lines, &mut remarks);
    marks::check_all(lines, &mut remarks);
    spelling::check_all(lines, &mut remarks);
    abbreviation::check_all(lines, names, &mut remarks);
    in_order_of(lines, remarks)
}

/// One line with all that is known of it.
struct On<'a> {
    line: &'a Line,
    clauses: &'a [ClauseRead],
    names: &'a Names,
    registers: &'a Registers,
}

impl On<'_> {
    fn remark(&self, severity: Severity, code: &'static str) -> Remark {
        Remark::new(severity, code, self.line)
    }

    fn text(&self) -> &str {
        &self.line.text
    }
}

impl Remark {
    fn new(severity: Severity, code: &'static str, line: &Line) -> Self {
        Self { severity, code, place: line.place.clone(), span: None, facts: Vec::new() }
    }

    fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some((span.start, span.end));
        self
    }

    fn fact(mut self, name: &str, value: &str) -> Self {
        self.facts.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl Line {
    /// A line of a text that is only text: its number and kind are read from it.
    pub fn raw(place: &str, text: &str) -> Self {
        let line = |number: &str, kind, text: &str| Self {
            place: place.to_owned(),
            number: number.to_owned(),
            kind,
            text: text.to_owned(),
        };
        match heading(text) {
            None => line("", LineKind::Text, text.trim()),
            Some(read) => {
                let kind = match read.reads_as {
                    ReadsAs::Heading => LineKind::Heading,
                    ReadsAs::Item => LineKind::Item,
                };
                line(&read.number, kind, text.get(read.text).unwrap_or_default())
            }
        }
    }

    fn shape(&self) -> Option<NumberShape> {
        shape_of(&self.number)
    }
}

/// Remarks sorted by line, remarks of one line kept in the order found; places tell the lines apart.
fn in_order_of(lines: &[Line], mut remarks: Vec<Remark>) -> Vec<Remark> {
    let order = |place: &str| lines.iter().position(|line| line.place == place);
    remarks.sort_by_cached_key(|remark| order(&remark.place));
    remarks
}

#[cfg(test)]
mod tests;
