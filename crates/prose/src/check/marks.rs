//! Punctuation, quotation marks, spaces, and the case of letters after marks.

use super::known::{proper_name_at, spelt_at};
use super::sentence::is_end;
use super::{Line, LineKind, On, Remark, Severity};
use crate::read::{Said, Scan};

/// All checks of marks on one line.
pub(super) fn check(on: &On, found: &mut Vec<Remark>) {
    let text = on.text();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let next = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        letter_after_mark(on, at, c, found);
        spaces(on, at, c, before, next, found);
        before = Some(c);
    }
    markup(on, found);
    ellipses(on, found);
    quotes(on, found);
}

/// Marks over the whole text: sentences cut between lines, straight quotation marks, two kinds of them.
pub(super) fn check_all(lines: &[Line], found: &mut Vec<Remark>) {
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let goes_on = next.number.is_empty() && next.text.starts_with(char::is_lowercase);
        let ended = line.text.trim_end().ends_with(['.', ';', ':', '!', '?', '…']);
        if line.kind != LineKind::Heading && goes_on && !ended {
            let remark = Remark::new(Severity::Hint, "cut-sentence", line);
            found.push(remark.fact("next", &next.place));
        }
    }
    let first = |mark: &[char]| lines.iter().find(|line| line.text.contains(mark));
    let Some(straight) = first(&['"']) else { return };
    let count = lines.iter().map(|line| line.text.matches('"').count()).sum::<usize>();
    let at = straight.text.find('"').unwrap_or(0);
    let remark = Remark::new(Severity::Hint, "straight-quotes", straight).at(at..at + 1);
    found.push(remark.fact("count", &count.to_string()));
    if let Some(curly) = first(&['“', '”']) {
        found.push(Remark::new(Severity::Hint, "mixed-quotes", curly).fact("straight", &straight.place));
    }
}

fn letter_after_mark(on: &On, at: usize, mark: char, found: &mut Vec<Remark>) {
    let text = on.text();
    let scan = Scan::new(text);
    let letter_at = scan.skip_space(at + mark.len_utf8());
    let Some(letter) = scan.char_at(letter_at).filter(|_| letter_at > at + mark.len_utf8()) else { return };
    let word_end = scan.word(letter_at).map_or(letter_at, |(end, _)| end);
    let word = text.get(letter_at..word_end).unwrap_or_default();
    if letter.is_lowercase() && is_end(text, at, mark) && ends_words(text, at) {
        let remark = on.remark(Severity::Error, "lower-after-full-stop").at(letter_at..word_end);
        found.push(remark.fact("word", word));
    }
    if mark == ';' && letter.is_uppercase() && !may_be_capital(on, letter_at, word) {
        let remark = on.remark(Severity::Hint, "capital-after-semicolon").at(letter_at..word_end);
        found.push(remark.fact("word", word));
    }
}

/// Whether the full stop follows a word and not an ordinal: `năm 2020.` ends, `1. ` may number.
fn ends_words(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.contains(char::is_alphabetic))
}

/// Whether a name, an abbreviation or an instrument begins here.
fn may_be_capital(on: &On, at: usize, word: &str) -> bool {
    let text = on.text();
    let registers = on.registers;
    let all_capitals = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let proper = proper_name_at(text, at, 2).is_some_and(|name| text[name].contains([' ', '\u{a0}']));
    let registered = [&registers.places, &registers.bodies, &registers.movements]
        .iter()
        .any(|known| spelt_at(known, text, at).is_some());
    let numbered =
        text.get(at + word.len()..).is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let cited = on.clauses.iter().any(|clause| clause.span.start == at && matches!(clause.said, Said::Citation(_)));
    let titled = matches!(word, "Chủ" | "Phó" | "Ông" | "Bà" | "Bí" | "Luật" | "Nhân" | "Nhà" | "Đảng");
    all_capitals || proper || registered || numbered || cited || titled
}

fn spaces(on: &On, at: usize, c: char, before: Option<char>, next: Option<char>, found: &mut Vec<Remark>) {
    let text = on.text();
    if c.is_whitespace() && next.is_some_and(char::is_whitespace) && !before.is_some_and(char::is_whitespace) {
        let end = Scan::new(text).skip_space(at);
        // Gaps left for a number or a day have a remark of their own.
        if end < text.len() && before.is_some() && !follows_open_label(text, at) {
            found.push(on.remark(Severity::Hint, "doubled-space").at(at..end));
        }
    }
    let after = |n: usize| text.get(at + 1..).and_then(|rest| rest.chars().nth(n));
    if c.is_whitespace() && next.is_some_and(|n| ",;:.)”!?".contains(n)) && after(1) != Some('.') && at > 0 {
        let mark = next.map(String::from).unwrap_or_default();
        found.push(on.remark(Severity::Hint, "space-before-mark").at(at..at + c.len_utf8()).fact("mark", &mark));
    }
    let between_words = before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
    if ",;:.".contains(c) && between_words && !within_abbreviation(text, at) {
        found.push(on.remark(Severity::Hint, "missing-space").at(at..at + 1).fact("mark", &c.to_string()));
    }
}

/// After `Số:`, `ngày` or `tháng`, where a gap waits to be filled.
fn follows_open_label(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end().to_lowercase();
    ["số:", "số", "ngày", "tháng"].iter().any(|label| before.ends_with(label))
}

/// `v.v`, `c.trình`, addresses of the net: a single letter on one side, or a dot on both sides.
fn within_abbreviation(text: &str, at: usize) -> bool {
    let run = |s: String| s.chars().take_while(|c| c.is_alphabetic()).count();
    let before: String = text.get(..at).unwrap_or_default().chars().rev().collect();
    let after = text.get(at + 1..).unwrap_or_default();
    let joined = after.split(char::is_whitespace).next().unwrap_or_default().to_owned();
    let is_address = before.split(char::is_whitespace).next().is_some_and(|word| word.contains(['@', '/', '.']))
        || joined.contains(['@', '/'])
        || joined.trim_end_matches('.').contains('.')
        || matches!(joined.trim_end_matches(|c: char| !c.is_alphanumeric()), "vn" | "com" | "org" | "net");
    run(before) == 1 || run(joined) == 1 || is_address
}

/// Marks of another program's markup, such as asterisks for italics; one remark a line.
fn markup(on: &On, found: &mut Vec<Remark>) {
    const MARKS: [char; 3] = ['*', '_', '`'];
    let Some((at, mark)) = on.text().char_indices().find(|(_, c)| MARKS.contains(c)) else { return };
    let count = on.text().chars().filter(|c| MARKS.contains(c)).count();
    let remark = on.remark(Severity::Error, "stray-markup").at(at..at + 1);
    found.push(remark.fact("mark", &mark.to_string()).fact("count", &count.to_string()));
}

fn ellipses(on: &On, found: &mut Vec<Remark>) {
    let text = on.text();
    let mut at = 0;
    while let Some(dots) = text.get(at..).and_then(|rest| rest.find("...")) {
        let start = at + dots;
        let length = text[start..].bytes().take_while(|b| *b == b'.').count();
        if length > 3 {
            let printed = &text[start..start + length];
            found
                .push(on.remark(Severity::Hint, "ellipsis-of-four").at(start..start + length).fact("printed", printed));
        }
        at = start + length;
    }
}

/// Marks that open without closing or close without opening, told by the letters around them.
fn quotes(on: &On, found: &mut Vec<Remark>) {
    let text = on.text();
    let mut open: Option<(usize, char)> = None;
    let mut stray = Vec::new();
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”')) {
        let opens = match mark {
            '“' => true,
            '”' => false,
            _ => opens_by_place(text, at),
        };
        match (open, opens) {
            (None, true) => open = Some((at, mark)),
            (Some(_), false) => open = None,
            (None, false) => stray.push((at, mark)),
            (Some((earlier, earlier_mark)), true) => {
                stray.push((earlier, earlier_mark));
                open = Some((at, mark));
            }
        }
    }
    stray.extend(open);
    for (at, mark) in stray {
        found.push(
            on.remark(Severity::Error, "unclosed-quote").at(at..at + mark.len_utf8()).fact("mark", &mark.to_string()),
        );
    }
}

fn opens_by_place(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + 1..).and_then(|after| after.chars().next());
    let starts = before.is_none_or(|c| c.is_whitespace() || "([:".contains(c));
    starts && after.is_some_and(|c| !c.is_whitespace() && !",;.".contains(c))
}

/// Whether a line is set in capitals throughout, as headings and the frame are.
pub(super) fn is_capitals(line: &Line) -> bool {
    !line.text.chars().any(char::is_lowercase) && line.kind != LineKind::Item
}
