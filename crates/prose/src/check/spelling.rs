//! Mistakes inside words: words glued together, units glued to numbers, doublets, common misspellings.

use thidua_base::text::lower_first;

use super::{Line, On, Remark, Severity};
use crate::grammar::MEASURES;
use crate::read::Scan;

/// Words that rightly hold a capital after a small letter, or a small letter after capitals.
const MIXED_CASE: &[&str] = &[
    "CTr", "eOffice", "eTax", "iSpeed", "kW", "kWh", "MHz", "GHz", "pH", "QyĐ", "ThS", "TikTok", "TrS", "TTg", "TTr",
    "VNeID", "VnEdu", "vnEdu", "VssID", "YouTube",
];

/// Misspellings met in official papers, each with the right form (capitals: Decree 30/2020, Appendix II).
const MISSPELLINGS: &[(&str, &str)] = &[
    ("Điện Biên phủ", "Điện Biên Phủ"),
    ("miền nam", "miền Nam"),
    ("miền bắc", "miền Bắc"),
    ("miền trung", "miền Trung"),
    ("quân chúng", "quần chúng"),
    ("chuyên đổi", "chuyển đổi"),
    ("chuyên trạng thái", "chuyển trạng thái"),
    ("giấy dép", "giày dép"),
    ("giấy dếp", "giày dép"),
    ("giầy dép", "giày dép"),
    ("sát nhập", "sáp nhập"),
    ("bổ xung", "bổ sung"),
    ("xuất xắc", "xuất sắc"),
    ("suất sắc", "xuất sắc"),
    ("xúc tích", "súc tích"),
    ("tựu chung", "tựu trung"),
    ("thăm quan", "tham quan"),
    ("phát chiển", "phát triển"),
    ("nghành", "ngành"),
    ("chỉnh chu", "chỉn chu"),
    ("dành thắng lợi", "giành thắng lợi"),
    ("chiển khai", "triển khai"),
    ("chia sẽ", "chia sẻ"),
];

/// Doublets where official papers keep one form: i and y, commas and dashes of fixed phrases.
const DOUBLETS: &[(&str, &str)] = &[
    ("chiến sỹ", "chiến sĩ"),
    ("bác sỹ", "bác sĩ"),
    ("y sỹ", "y sĩ"),
    ("nghệ sỹ", "nghệ sĩ"),
    ("tiến sỹ", "tiến sĩ"),
    ("thạc sỹ", "thạc sĩ"),
    ("cùng kì", "cùng kỳ"),
    ("học kì", "học kỳ"),
    ("tỉ lệ", "tỷ lệ"),
    ("tỉ đồng", "tỷ đồng"),
    ("quản lí", "quản lý"),
    ("thi đua khen thưởng", "thi đua, khen thưởng"),
    ("kinh tế xã hội", "kinh tế - xã hội"),
];

/// Words before a phrase that make it part of a body's name: `Hội đồng nhân dân`, `Ban Thi đua …`.
const BODY_WORDS: &[&str] =
    &["đồng", "ban", "đội", "an", "sát", "án", "dụng", "sĩ", "sỹ", "giáo", "thuốc", "phòng", "viện", "hội"];

/// All checks of spelling on one line.
pub(super) fn check(on: &On, found: &mut Vec<Remark>) {
    let text = on.text();
    let scan = Scan::new(text);
    let mut at = 0;
    while at < text.len() {
        if let Some((end, word)) = scan.word(at).filter(|_| scan.begins_word(at)) {
            check_word(on, at, end, word, found);
            check_phrases(on, &scan, at, found);
        }
        if let Some((end, _)) = scan.number(at).filter(|_| scan.begins_word(at)) {
            check_unit(on, &scan, at, end, found);
        }
        at = scan.after_token(at);
    }
}

/// `Nhân dân` takes a capital always (Decree 30/2020, Appendix II); one remark for the whole text.
pub(super) fn check_all(lines: &[Line], found: &mut Vec<Remark>) {
    const SMALL: &str = "nhân dân";
    let small_in = |line: &Line| -> Vec<usize> {
        let scan = Scan::new(&line.text);
        line.text.match_indices(SMALL).map(|(at, _)| at).filter(|at| !belongs_to_a_body(&scan, *at)).collect()
    };
    let places: Vec<(&Line, usize)> =
        lines.iter().flat_map(|line| small_in(line).into_iter().map(move |at| (line, at))).collect();
    if let Some((line, at)) = places.first() {
        let remark = Remark::new(Severity::Hint, "special-capital", line).at(*at..at + SMALL.len());
        found.push(remark.fact("right", "Nhân dân").fact("count", &places.len().to_string()));
    }
}

/// The word with its tone where the older official spelling puts it: `hóa`, `thủy`, `ủy`.
///
/// The newer school writes `hoá`, `thuỷ`, `uỷ`. They differ only in syllables that end in oa, oe
/// or uy; after q the u is part of the consonant, so `quý` is right in both.
pub(super) fn old_tone_placement(word: &str) -> String {
    /// A vowel and its five toned forms, in one order of tones.
    const TONED: [(char, &str); 5] = [('a', "áàảãạ"), ('e', "éèẻẽẹ"), ('y', "ýỳỷỹỵ"), ('o', "óòỏõọ"), ('u', "úùủũụ")];
    let forms = |vowel: char| TONED.iter().find(|(plain, _)| *plain == vowel).map_or("", |(_, forms)| *forms);

    let mut backwards = word.char_indices().rev();
    let (Some((_, last)), Some((at, glide))) = (backwards.next(), backwards.next()) else { return word.to_owned() };
    let before = backwards.next().map(|(_, c)| c);
    let small = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
    let vowels: &[char] = match small(glide) {
        'o' => &['a', 'e'],
        'u' if !matches!(before, Some('q' | 'Q')) => &['y'],
        _ => &[],
    };
    let tone_of = |vowel: char| forms(vowel).chars().position(|form| form == small(last));
    let moved = vowels.iter().find_map(|vowel| Some((*vowel, forms(small(glide)).chars().nth(tone_of(*vowel)?)?)));
    let in_case_of = |model: char, letter: char| {
        if model.is_uppercase() { letter.to_uppercase().to_string() } else { letter.to_string() }
    };
    match moved {
        Some((vowel, toned)) => format!("{}{}{}", &word[..at], in_case_of(glide, toned), in_case_of(last, vowel)),
        None => word.to_owned(),
    }
}

fn check_word(on: &On, at: usize, end: usize, word: &str, found: &mut Vec<Remark>) {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let inner_capital = letters.iter().skip(1).any(|c| c.is_uppercase());
    let small = letters.iter().any(|c| c.is_lowercase());
    let legitimate = MIXED_CASE.contains(&word) || on.names.abbreviations.iter().any(|known| known == word);
    if inner_capital && small && !legitimate {
        found.push(on.remark(Severity::Error, "glued-words").at(at..end).fact("word", word));
        return;
    }
    let right = old_tone_placement(word);
    if right != word {
        let remark = on.remark(Severity::Hint, "tone-placement").at(at..end);
        found.push(remark.fact("printed", word).fact("right", &right));
    }
    let dot = on.text().get(end..).is_some_and(|rest| rest.starts_with('.'));
    let next = Scan::new(on.text()).word(end + 1);
    if let Some((next_end, next)) = next.filter(|(_, next)| dot && letters.len() == 1 && next.chars().count() > 1)
        && next.starts_with(char::is_lowercase)
    {
        let printed = format!("{word}.{next}");
        found.push(on.remark(Severity::Hint, "dotted-abbreviation").at(at..next_end).fact("printed", &printed));
    }
}

fn check_phrases(on: &On, scan: &Scan, at: usize, found: &mut Vec<Remark>) {
    let tables = [(Severity::Error, "misspelling", MISSPELLINGS), (Severity::Hint, "doublet", DOUBLETS)];
    for (severity, code, table) in tables {
        for (wrong, right) in table {
            let Some(end) = scan.phrase(at, wrong) else { continue };
            let printed = on.text().get(at..end).unwrap_or_default();
            // Some are wrong only in their capitals, so the right form is met here too.
            let plain = printed.replace('\u{a0}', " ");
            let is_right = lower_first(&plain) == lower_first(right) || !printed.contains(char::is_lowercase);
            if !is_right && !belongs_to_a_body(scan, at) {
                found.push(on.remark(severity, code).at(at..end).fact("printed", printed).fact("right", right));
            }
        }
    }
}

/// Inside the name of a body the body's register decides.
fn belongs_to_a_body(scan: &Scan, at: usize) -> bool {
    scan.word_before(at).is_some_and(|word| BODY_WORDS.contains(&word.to_lowercase().as_str()))
}

fn check_unit(on: &On, scan: &Scan, at: usize, end: usize, found: &mut Vec<Remark>) {
    let glued = MEASURES.iter().filter_map(|measure| scan.phrase(end, measure)).max();
    if let Some(unit_end) = glued {
        let printed = on.text().get(at..unit_end).unwrap_or_default();
        found.push(on.remark(Severity::Error, "glued-unit").at(at..unit_end).fact("printed", printed));
    }
}
