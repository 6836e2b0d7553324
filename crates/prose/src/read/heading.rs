//! The number at the head of a line and what it numbers.

use std::ops::Range;

use super::Scan;

/// Longest heading, in characters, the longest of the founding report being 118; a longer numbered
/// line is an item of running text.
const HEADING_LENGTH_MAX: usize = 130;

/// A numbered line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingRead {
    /// The number as printed, with its mark: `2.1.`, `a)`, `-`.
    pub number: String,
    /// How the number is built.
    pub shape: NumberShape,
    /// Where the text after the number stands.
    pub text: Range<usize>,
    /// Whether the line reads as a heading or as an item of text.
    pub reads_as: ReadsAs,
}

/// How a number is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberShape {
    /// `I.`
    Roman,
    /// `1.`
    Arabic,
    /// `2.1.`
    Decimal,
    /// `a)`, or `a.` which the decree does not know.
    Letter,
    /// `-`
    Dash,
}

/// What a numbered line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadsAs {
    /// A heading: short, without an end mark.
    Heading,
    /// An item: a sentence of its own.
    Item,
}

/// The number at the head of a line, or `None` where the line has none.
pub fn heading(line: &str) -> Option<HeadingRead> {
    let scan = Scan::new(line);
    let at = scan.skip_space(0);
    let (number_end, shape) =
        dash(&scan, at).or_else(|| roman(&scan, at)).or_else(|| arabic(&scan, at)).or_else(|| letter(&scan, at))?;
    let text_at = scan.skip_space(number_end);
    if text_at == number_end {
        return None;
    }
    let text = line.get(text_at..)?.trim_end();
    let is_sentence = text.ends_with(['.', ';', ',', '…']) || text.chars().count() > HEADING_LENGTH_MAX;
    let reads_as = if shape == NumberShape::Dash || is_sentence { ReadsAs::Item } else { ReadsAs::Heading };
    Some(HeadingRead {
        number: line.get(at..number_end)?.to_owned(),
        shape,
        text: text_at..text_at + text.len(),
        reads_as,
    })
}

/// The shape of a printed number, with or without text after it.
pub fn shape_of(number: &str) -> Option<NumberShape> {
    heading(&format!("{number} x")).map(|read| read.shape)
}

fn dash(scan: &Scan, at: usize) -> Option<(usize, NumberShape)> {
    let mark = scan.char_at(at).filter(|c| "-–+".contains(*c))?;
    Some((at + mark.len_utf8(), NumberShape::Dash))
}

fn roman(scan: &Scan, at: usize) -> Option<(usize, NumberShape)> {
    let (end, word) = scan.word(at)?;
    let is_roman = word.chars().all(|c| "IVX".contains(c));
    scan.phrase(end, ".").filter(|_| is_roman).map(|end| (end, NumberShape::Roman))
}

fn arabic(scan: &Scan, at: usize) -> Option<(usize, NumberShape)> {
    // Two digits at most: "2.000 người" begins with a figure.
    let ordinal = |at| scan.digits(at).filter(|(end, _)| end - at <= 2);
    let (mut end, _) = ordinal(at)?;
    let mut parts = 1;
    while let Some((next, _)) = scan.phrase(end, ".").and_then(ordinal) {
        end = next;
        parts += 1;
    }
    let shape = if parts == 1 { NumberShape::Arabic } else { NumberShape::Decimal };
    match scan.phrase(end, ".").or_else(|| scan.phrase(end, ")")) {
        Some(end) => Some((end, shape)),
        None => (parts > 1).then_some((end, shape)),
    }
}

fn letter(scan: &Scan, at: usize) -> Option<(usize, NumberShape)> {
    let (end, word) = scan.word(at)?;
    let is_letter = word.chars().count() == 1 && word.chars().all(char::is_lowercase);
    let mark = scan.phrase(end, ")").or_else(|| scan.phrase(end, "."))?;
    is_letter.then_some((mark, NumberShape::Letter))
}
