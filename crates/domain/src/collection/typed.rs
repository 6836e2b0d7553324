//! What people type or paste into a cell (số gõ vào ô), read exactly or refused with a reason; never guessed in silence.
//!
//! A dot or a comma before three digits can be read in two ways. Alone, such a cell is read the Vietnamese way and
//! carries the other reading; in a pasted column the other cells decide. The same rules run in the browser
//! (`checks.js`) over the same vectors (`vectors/typed.json`).

mod measure;

use thidua_base::Number;
use thidua_base::number::{BadNumber, SCALE_MAX};
use thidua_base::text::nfc;

use crate::indicator::{Absence, Value};
use measure::{Factor, Measure, factor};

/// Longest text that is looked at, in characters.
pub const TYPED_CHARS_MAX: usize = 200;

/// What a text in a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A number.
    Number(TypedNumber),
    /// A word that there is none, or nothing at all.
    Absent(Absence),
    /// A dash, a cross or dots: zero, none, or not known yet? To be asked; never taken for either.
    Unclear,
    /// Not to be read.
    Refused(Misread),
}

/// A number as read, in the indicator's unit of measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedNumber {
    /// The value, without needless decimals.
    pub value: Number,
    /// What it would be if read the other way, where both ways are possible.
    pub other: Option<Number>,
    /// What it was converted from, where another unit of measure was typed.
    pub converted: Option<Conversion>,
    /// Whether it has more decimals than the indicator keeps.
    pub is_finer: bool,
}

/// A number typed in another unit of measure (`350 triệu đồng` where `tỷ đồng` is asked).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The number as typed, without sign: `350`.
    pub typed: String,
    /// The unit of measure it was typed in: `triệu đồng`.
    pub from: String,
}

/// Why a text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Misread {
    /// Letters and signs that make no number.
    NotANumber,
    /// Several lines or columns in one cell.
    ManyValues,
    /// An error value of a spreadsheet: `#N/A`, `#REF!`.
    SheetError,
    /// A formula that was not computed.
    Formula,
    /// A power of ten that hides digits: `1E+05`.
    Scientific,
    /// A day, or a fraction that a spreadsheet takes for one: `1/2/2020`, `1/2`.
    Date,
    /// From one number to another: `10-12`.
    Range,
    /// A unit of measure from which there is no exact way to the indicator's.
    OtherMeasure,
    /// More than [`SCALE_MAX`] decimals in the indicator's unit of measure.
    TooFine,
    /// Beyond 64 bits.
    TooLarge,
}

impl Misread {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::NotANumber,
        Self::ManyValues,
        Self::SheetError,
        Self::Formula,
        Self::Scientific,
        Self::Date,
        Self::Range,
        Self::OtherMeasure,
        Self::TooFine,
        Self::TooLarge,
    ];

    /// The word of its sentence, `typed.<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotANumber => "not-a-number",
            Self::ManyValues => "many-values",
            Self::SheetError => "sheet-error",
            Self::Formula => "formula",
            Self::Scientific => "scientific",
            Self::Date => "date",
            Self::Range => "range",
            Self::OtherMeasure => "other-measure",
            Self::TooFine => "too-fine",
            Self::TooLarge => "too-large",
        }
    }
}

impl Typed {
    /// The value to keep; `None` where a person has to say first.
    pub fn value(&self) -> Option<Value> {
        match self {
            Self::Number(number) => Some(Value::Of(number.value)),
            Self::Absent(absence) => Some(Value::Absent(*absence)),
            Self::Unclear | Self::Refused(_) => None,
        }
    }
}

/// Which of the two marks stands before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// `1.234,5`.
    Vietnamese,
    /// `1,234.5`.
    English,
}

/// What is known about the writer's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Nothing beyond this cell.
    Nothing,
    /// The column settles it.
    Way(Way),
    /// The column holds both.
    Mixed,
}

/// Reads one cell for an indicator of this unit of measure and so many decimals.
pub fn read_typed(text: &str, measure: &str, decimals: u8) -> Typed {
    read(text, &Measure::of(measure), decimals, Known::Nothing).0
}

/// Reads a block of cells that came together; where one of them can be read in one way only, all are read that way.
pub fn read_column(texts: &[&str], measure: &str, decimals: u8) -> Vec<Typed> {
    let measure = Measure::of(measure);
    let alone: Vec<(Typed, Option<Way>)> =
        texts.iter().map(|text| read(text, &measure, decimals, Known::Nothing)).collect();
    let seen = |way| alone.iter().any(|(_, sure)| *sure == Some(way));
    let known = match (seen(Way::Vietnamese), seen(Way::English)) {
        (true, true) => Known::Mixed,
        (true, false) => Known::Way(Way::Vietnamese),
        (false, true) => Known::Way(Way::English),
        (false, false) => return alone.into_iter().map(|(typed, _)| typed).collect(),
    };
    texts.iter().map(|text| read(text, &measure, decimals, known).0).collect()
}

/// Reads a cell, and tells which way it was surely written.
fn read(text: &str, measure: &Measure, decimals: u8, known: Known) -> (Typed, Option<Way>) {
    match try_read(text, measure, decimals, known) {
        Ok(done) => done,
        Err(why) => (Typed::Refused(why), None),
    }
}

fn try_read(text: &str, measure: &Measure, decimals: u8, known: Known) -> Result<(Typed, Option<Way>), Misread> {
    let text = cleaned(text)?;
    let folded = text.to_lowercase();
    let folded = folded.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if let Some(absence) = absence_of(&folded) {
        return Ok((Typed::Absent(absence), None));
    }
    if is_unclear(&folded) {
        return Ok((Typed::Unclear, None));
    }
    if text.starts_with('#') {
        return Err(Misread::SheetError);
    }
    if text.starts_with('=') {
        return Err(Misread::Formula);
    }
    if is_date(&text) {
        return Err(Misread::Date);
    }
    let signed = signed(&text)?;
    let end =
        signed.rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))).unwrap_or(signed.rest.len());
    let (body, words) = signed.rest.split_at(end);
    // Between digits and letters there may be a space, which tells `1 e5` from `1e5`.
    if is_exponent(words) && !body.ends_with(' ') {
        return Err(Misread::Scientific);
    }
    let body = body.trim_end_matches(' ');
    if is_range(words) && !body.is_empty() {
        return Err(Misread::Range);
    }
    let is_measure = |c: char| c.is_alphabetic() || matches!(c, '%' | '‰');
    if !words.is_empty() && !words.starts_with(is_measure) {
        return Err(Misread::NotANumber);
    }
    let shape = shape_of(body).ok_or(Misread::NotANumber)?;
    let Factor { shift, from } = factor(words, measure).ok_or(Misread::OtherMeasure)?;
    let placed = |plain: &Plain, is_negative| placed(plain, shift, is_negative);
    let (value, other, way) = match shape {
        Shape::Sure { plain, way } => {
            let other = signed.is_doubtful.then(|| placed(&plain, false).ok()).flatten();
            (placed(&plain, signed.is_negative)?, other, way)
        }
        Shape::Either { grouped, decimal, mark } => {
            let vietnamese = if mark == '.' { (&grouped, &decimal) } else { (&decimal, &grouped) };
            let (read, against) = match known {
                Known::Way(Way::Vietnamese) => (vietnamese.0, None),
                Known::Way(Way::English) => (vietnamese.1, None),
                // Where only whole numbers are counted, three decimals cannot be meant.
                Known::Nothing if decimals == 0 && shift == 0 => (&grouped, None),
                Known::Nothing | Known::Mixed => (vietnamese.0, Some(vietnamese.1)),
            };
            let other = match against {
                _ if signed.is_doubtful => placed(read, false).ok(),
                Some(against) => placed(against, signed.is_negative).ok(),
                None => None,
            };
            (placed(read, signed.is_negative)?, other, None)
        }
    };
    let converted = from.map(|from| Conversion { typed: body.to_owned(), from });
    let is_finer = value.scale() > decimals;
    let other = other.filter(|other| *other != value);
    Ok((Typed::Number(TypedNumber { value, other, converted, is_finer }), way))
}

/// The text in Normal Form C with plain spaces, without what cannot be seen.
fn cleaned(text: &str) -> Result<String, Misread> {
    if text.chars().count() > TYPED_CHARS_MAX {
        return Err(Misread::NotANumber);
    }
    let seen: String =
        nfc(text).chars().filter(|c| !is_invisible(*c)).map(|c| if is_space(c) { ' ' } else { c }).collect();
    let trimmed = seen.trim_matches([' ', '\t', '\r', '\n']);
    if trimmed.contains(['\t', '\r', '\n']) {
        return Err(Misread::ManyValues);
    }
    // A spreadsheet marks a cell of text by an apostrophe.
    Ok(trimmed.strip_prefix('\'').unwrap_or(trimmed).trim_matches(' ').to_owned())
}

/// Spaces of every width, the no-break ones among them.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Characters that take no place: joiners, marks of direction, the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

/// Words that say which absence is meant.
const ABSENCES: &[(&str, Absence)] = &[
    ("", Absence::NotReported),
    ("chưa có", Absence::NotReported),
    ("chưa có số liệu", Absence::NotReported),
    ("chưa báo cáo", Absence::NotReported),
    ("không báo cáo", Absence::NotReported),
    ("không", Absence::NoneOccurred),
    ("không có", Absence::NoneOccurred),
    ("không phát sinh", Absence::NoneOccurred),
    ("không thuộc phạm vi", Absence::NotApplicable),
    ("không áp dụng", Absence::NotApplicable),
    ("không công bố", Absence::Withheld),
];

fn absence_of(folded: &str) -> Option<Absence> {
    let plain = if folded.chars().all(|c| c == '.') { folded } else { folded.trim_end_matches('.') };
    ABSENCES.iter().find(|(words, _)| *words == plain).map(|(_, absence)| *absence)
}

/// Marks that stand in tables for zero, for none and for not known alike.
fn is_unclear(folded: &str) -> bool {
    let only = |is: fn(char) -> bool| folded.chars().all(|c| is(c) || c == ' ');
    only(is_dash)
        || only(|c| c == 'x')
        || only(|c| matches!(c, '.' | '…'))
        || matches!(folded, "/" | "*" | "?" | "n/a" | "na")
}

/// `1/2/2020`, `1/2`, `2020-01-02`, `1.2.2020`.
fn is_date(text: &str) -> bool {
    let head = text.split(' ').next().unwrap_or_default();
    let short = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let parts = |mark: char| head.split(mark).collect::<Vec<_>>();
    let (slashed, dashed, dotted) = (parts('/'), parts('-'), parts('.'));
    let dots = dotted.len() == 3 && dotted[0].len() <= 2 && dotted[1].len() <= 2 && dotted[2].len() == 4;
    (matches!(slashed.len(), 2 | 3) && slashed.iter().all(|part| short(part)))
        || (dashed.len() == 3 && dashed.iter().all(|part| short(part)))
        || (dots && dotted.iter().all(|part| short(part)))
}

/// A text without its sign.
struct Signed {
    rest: String,
    is_negative: bool,
    /// `- 12` may be minus twelve or the twelve of a list.
    is_doubtful: bool,
}

fn signed(text: &str) -> Result<Signed, Misread> {
    if let Some(inside) = text.strip_prefix('(') {
        let (inside, after) = inside.split_once(')').ok_or(Misread::NotANumber)?;
        let rest = format!("{} {}", inside.trim_matches(' '), after.trim_matches(' '));
        return Ok(Signed { rest: rest.trim_matches(' ').to_owned(), is_negative: true, is_doubtful: false });
    }
    let (is_negative, rest) = match text.strip_prefix(is_dash) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_doubtful = is_negative && rest.starts_with(' ');
    Ok(Signed { rest: rest.trim_matches(' ').to_owned(), is_negative, is_doubtful })
}

/// `e5`, `E+05` after the digits.
fn is_exponent(words: &str) -> bool {
    let Some(power) = words.strip_prefix(['e', 'E']) else { return false };
    let digits = power.strip_prefix(|c: char| c == '+' || is_dash(c)).unwrap_or(power);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A dash and another number.
fn is_range(words: &str) -> bool {
    let Some(rest) = words.strip_prefix(is_dash) else { return false };
    rest.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit())
}

/// Digits with the number of decimals among them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plain {
    digits: String,
    scale: usize,
}

/// How the digits and marks of a number can be read.
enum Shape {
    /// In one way; it tells the writer's way where a mark was written.
    Sure { plain: Plain, way: Option<Way> },
    /// In two ways: one mark with three digits behind it.
    Either { grouped: Plain, decimal: Plain, mark: char },
}

fn shape_of(body: &str) -> Option<Shape> {
    let way_of = |decimal_mark: char| if decimal_mark == ',' { Way::Vietnamese } else { Way::English };
    let other = |mark: char| if mark == ',' { '.' } else { ',' };
    let marks: Vec<char> = body.chars().filter(|c| matches!(c, '.' | ',')).collect();
    if body.contains(' ') {
        // Spaces group the thousands, so that a mark can only stand before decimals.
        let (whole, decimals) = match marks[..] {
            [] => (body, ""),
            [mark] => body.split_once(mark).filter(|(_, decimals)| !decimals.is_empty())?,
            _ => return None,
        };
        let plain = grouped(whole, ' ', decimals)?;
        return Some(Shape::Sure { plain, way: marks.first().map(|mark| way_of(*mark)) });
    }
    match marks[..] {
        [] => Some(Shape::Sure { plain: plain(body, "")?, way: None }),
        [mark] => {
            let (whole, decimals) = body.split_once(mark)?;
            let decimal = plain(if whole.is_empty() { "0" } else { whole }, decimals).filter(|p| p.scale > 0)?;
            match grouped(body, mark, "").filter(|_| !whole.starts_with('0')) {
                Some(grouped) => Some(Shape::Either { grouped, decimal, mark }),
                None => Some(Shape::Sure { plain: decimal, way: Some(way_of(mark)) }),
            }
        }
        [first, .., last] if first == last => {
            let plain = grouped(body, first, "").filter(|_| marks.iter().all(|mark| *mark == first))?;
            Some(Shape::Sure { plain, way: Some(way_of(other(first))) })
        }
        [first, .., last] => {
            let (whole, decimals) = body.rsplit_once(last).filter(|(_, decimals)| !decimals.is_empty())?;
            let plain = grouped(whole, first, decimals)?;
            Some(Shape::Sure { plain, way: Some(way_of(last)) })
        }
    }
}

fn plain(whole: &str, decimals: &str) -> Option<Plain> {
    let digits = format!("{whole}{decimals}");
    let fits = !whole.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(Plain { digits, scale: decimals.len() })
}

/// One to three digits, then groups of three.
fn grouped(whole: &str, mark: char, decimals: &str) -> Option<Plain> {
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    plain(&whole.replace(mark, ""), decimals).filter(|_| fits)
}

/// The number times ten to the power of `shift`, exactly.
fn placed(plain: &Plain, shift: i32, is_negative: bool) -> Result<Number, Misread> {
    let mut digits = plain.digits.trim_start_matches('0').to_owned();
    // At most `TYPED_CHARS_MAX` decimals.
    let mut scale = i32::try_from(plain.scale).map_err(|_| Misread::TooFine)? - shift;
    if digits.is_empty() {
        return Ok(Number::whole(0));
    }
    while scale > 0 && digits.ends_with('0') {
        digits.pop();
        scale -= 1;
    }
    while scale < 0 {
        digits.push('0');
        scale += 1;
    }
    let scale = u8::try_from(scale).ok().filter(|scale| *scale <= SCALE_MAX).ok_or(Misread::TooFine)?;
    let digits: i64 = digits.parse().map_err(|_| Misread::TooLarge)?;
    let number = Number::new(digits, scale).ok_or(BadNumber::TooLarge).map_err(|_| Misread::TooLarge)?;
    Ok(if is_negative { number.negated() } else { number })
}

#[cfg(test)]
mod tests;
