//! Where sentences end.

use std::ops::Range;

/// The sentences of a paragraph, by span; ellipses and abbreviations do not end one.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_end(text, at, c) {
            found.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// Whether the mark at a position ends a sentence.
pub(super) fn is_end(text: &str, at: usize, mark: char) -> bool {
    if !matches!(mark, '.' | '!' | '?') {
        return false;
    }
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + 1..).unwrap_or_default();
    let ends_word = after.is_empty() || after.starts_with(char::is_whitespace);
    let is_ellipsis = before.ends_with(['.', '…']);
    ends_word && !is_ellipsis && !is_abbreviation(before)
}

/// `TP.`, `KT.`, `ThS.`, `v.v.`: up to three letters of which one is a capital, or a single letter.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let letters = word.chars().count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    letters == 1 || ((2..=3).contains(&letters) && capitals > 1) || word == "ThS"
}
