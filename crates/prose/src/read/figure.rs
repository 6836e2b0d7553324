//! Levels, counts, and n of m.

use thidua_base::Number;

use super::{AmountRead, Said, Scan};
use crate::grammar::{Certainty, MEASURES, Qualifier, Verb};

/// Words after which a number names a thing and does not measure it.
const NAMING: &[&str] = &[
    "số",
    "năm",
    "tháng",
    "ngày",
    "quý",
    "kỳ",
    "điều",
    "khoản",
    "điểm",
    "thôn",
    "bản",
    "khối",
    "lần",
    "đoạn",
    "thứ",
    "khóa",
    "khoá",
    "mục",
    "phần",
    "lớp",
    "đường",
    "quốc",
    "lộ",
    "covid",
    "loại",
    "tổ",
];

/// Words that follow a number without being its unit.
const NO_UNITS: &[&str] = &[
    "bằng", "cho", "có", "còn", "của", "đã", "đạt", "đến", "để", "được", "giảm", "hoặc", "khi", "là", "so", "tại",
    "tăng", "theo", "thì", "trên", "trong", "từ", "và", "về", "với",
];

/// Before a day and month, which look like n of m.
const BEFORE_DAY: &[&str] = &["ngày", "đến", "trước", "từ", "sau", "tới", "hết", "dịp", "và"];

/// A level with its verb, or a counted thing without: `ước đạt trên 9,8 tỷ đồng`, `190 quân nhân`.
pub(super) fn value(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let (number_at, verb, certainty) = verb_at(scan, at);
    let (number_at, qualifier) = qualifier_at(scan, number_at);
    if number_at == at && scan.word_before(at).is_some_and(names) {
        return None;
    }
    let (end, amount) = amount(scan, number_at)?;
    // A number with neither verb nor unit is an identifier, a year or a place in a list.
    if amount.measure.is_empty() && verb == Verb::None {
        return None;
    }
    if verb == Verb::Reached && is_full(scan, at, end, &amount) {
        return Some((end, Said::Full));
    }
    Some((end, Said::Value { verb, certainty, qualifier, amount }))
}

/// How many of how many: `13/29 chuỗi cung ứng thực phẩm an toàn`.
pub(super) fn n_of_m(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let before = scan.word_before(at).map(str::to_lowercase).unwrap_or_default();
    let (slash, reached) = scan.number(at)?;
    let (end, population) = scan.number(scan.phrase(slash, "/")?)?;
    let is_symbol = scan.char_at(end).is_some_and(|c| c.is_alphanumeric() || "/-".contains(c));
    let is_day = BEFORE_DAY.contains(&before.as_str()) && reached.digits() <= 31 && population.digits() <= 12;
    let counts = reached.scale() == 0 && population.scale() == 0 && !population.is_zero() && !reached.is_negative();
    if is_symbol || is_day || before == "số" || !counts {
        return None;
    }
    let name_at = scan.skip_space(end);
    let name_end = if name_at == end { end } else { words_until_mark(scan, name_at) };
    let name = scan.text.get(name_at..name_end).unwrap_or_default();
    let end = if name.is_empty() { end } else { name_end };
    Some((end, Said::NOfM { reached, population, name: plain(name) }))
}

/// A number and the unit that follows it, glued or after a space.
pub(super) fn amount(scan: &Scan, at: usize) -> Option<(usize, AmountRead)> {
    let (number_end, value) = scan.number(at)?;
    let unit_at = scan.skip_space(number_end);
    if let Some(end) = scan.phrase(unit_at, "%") {
        return Some((end, AmountRead { value, measure: "%".to_owned() }));
    }
    let known = MEASURES.iter().filter_map(|measure| scan.phrase(unit_at, measure)).max();
    let end = known.or_else(|| one_word(scan, number_end, value, unit_at)).unwrap_or(number_end);
    let measure = if end == number_end { "" } else { scan.text.get(unit_at..end).unwrap_or_default() };
    Some((end, AmountRead { value, measure: plain(measure) }))
}

/// After the words here, up to the next mark or number.
pub(super) fn words_until_mark(scan: &Scan, at: usize) -> usize {
    let mut end = at;
    loop {
        let word_at = if end == at { at } else { scan.skip_space(end) };
        match scan.word(word_at) {
            Some((word_end, word)) if !word.starts_with(|c: char| c.is_ascii_digit()) => end = word_end,
            Some(_) | None => return end,
        }
    }
}

/// The text with each run of white space as one plain space.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn verb_at(scan: &Scan, at: usize) -> (usize, Verb, Certainty) {
    const VERBS: [(Verb, Certainty); 5] = [
        (Verb::Reached, Certainty::Estimated),
        (Verb::Reached, Certainty::Final),
        (Verb::Left, Certainty::Estimated),
        (Verb::Left, Certainty::Final),
        (Verb::None, Certainty::Estimated),
    ];
    VERBS
        .iter()
        .find_map(|(verb, certainty)| {
            scan.phrase_then_space(at, verb.words(*certainty)).map(|end| (end, *verb, *certainty))
        })
        .unwrap_or((at, Verb::None, Certainty::Final))
}

fn qualifier_at(scan: &Scan, at: usize) -> (usize, Qualifier) {
    [Qualifier::Above, Qualifier::Nearly]
        .iter()
        .find_map(|qualifier| scan.phrase_then_space(at, qualifier.word()).map(|end| (end, *qualifier)))
        .unwrap_or((at, Qualifier::Exactly))
}

/// One word in small letters, as a unit that is not in the table; a year has none.
fn one_word(scan: &Scan, number_end: usize, value: Number, unit_at: usize) -> Option<usize> {
    let (end, word) = scan.word(unit_at)?;
    let written = scan.text.get(..number_end).unwrap_or_default();
    let is_year = value >= Number::whole(1900)
        && value <= Number::whole(2100)
        && written.chars().rev().take(4).all(|c| c.is_ascii_digit());
    (word.starts_with(char::is_lowercase) && !NO_UNITS.contains(&word) && !is_year).then_some(end)
}

fn is_full(scan: &Scan, at: usize, end: usize, amount: &AmountRead) -> bool {
    let hundred = amount.measure == "%" && amount.value == Number::whole(100);
    hundred && scan.char_before(at) == Some('(') && scan.char_at(end) == Some(')')
}

fn names(word: &str) -> bool {
    NAMING.contains(&word.to_lowercase().as_str())
}
