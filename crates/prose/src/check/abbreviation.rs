//! Abbreviations that nothing explains.

use std::collections::BTreeSet;

use super::marks::is_capitals;
use super::{Line, Names, Remark, Severity};
use crate::read::{Said, read};

/// Abbreviations of official papers that every reader knows (Decree 30/2020 prints them itself).
const COMMON: &[&str] =
    &["UBND", "HĐND", "TM", "KT", "TL", "TUQ", "VT", "USD", "CHXHCN", "TP", "QĐ", "NĐ", "CP", "TTg", "TT"];

/// Reports each unexplained abbreviation once, where it first stands.
///
/// It is explained when the registers know it or when it stands in brackets after its full form.
pub(super) fn check_all(lines: &[Line], names: &Names, found: &mut Vec<Remark>) {
    let explained: BTreeSet<&str> =
        lines.iter().flat_map(|line| abbreviations(&line.text)).filter(|a| a.in_brackets()).map(|a| a.text).collect();
    let known = |text: &str| {
        COMMON.contains(&text) || explained.contains(text) || names.abbreviations.iter().any(|known| known == text)
    };
    let mut reported = BTreeSet::new();
    for line in lines.iter().filter(|line| !is_capitals(line)) {
        let clauses = read(&line.text);
        let cited = |at: usize| {
            clauses.iter().any(|clause| clause.span.contains(&at) && matches!(clause.said, Said::Citation(_)))
        };
        for abbreviation in abbreviations(&line.text) {
            let text = abbreviation.text;
            let parts_known =
                text.contains(['-', '&']) && text.split(['-', '&']).all(|part| known(part) || is_roman(part));
            let skipped =
                known(text) || parts_known || is_roman(text) || cited(abbreviation.at) || abbreviation.is_symbol();
            if !skipped && reported.insert(text) {
                let remark = Remark::new(Severity::Hint, "unexplained-abbreviation", line);
                let span = abbreviation.at..abbreviation.at + text.len();
                found.push(remark.at(span).fact("abbreviation", text));
            }
        }
    }
}

/// A run of capitals in a text.
struct Abbreviation<'t> {
    line: &'t str,
    at: usize,
    text: &'t str,
}

impl Abbreviation<'_> {
    fn in_brackets(&self) -> bool {
        let before = self.line.get(..self.at).is_some_and(|before| before.ends_with('('));
        let end = self.at + self.text.len();
        let explained = self.line.get(..self.at).is_some_and(|before| before.trim_end_matches('(').ends_with(' '));
        before && explained && self.line.get(end..).is_some_and(|after| after.starts_with(')'))
    }

    /// Part of the symbol of a document: `/BC-UBND`.
    fn is_symbol(&self) -> bool {
        self.line.get(..self.at).is_some_and(|before| before.ends_with('/'))
    }
}

/// Two capitals or more, hyphens and ampersands between them included.
fn abbreviations(line: &str) -> Vec<Abbreviation<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut previous = ' ';
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let inside = c.is_uppercase() || c.is_ascii_digit() || (matches!(c, '-' | '&') && start.is_some());
        match start {
            None if c.is_uppercase() && !previous.is_alphanumeric() => start = Some(at),
            Some(from) if !inside => {
                let text = line[from..at].trim_end_matches(['-', '&']);
                let capitals = text.chars().filter(|c| c.is_uppercase()).count();
                if capitals >= 2 && !c.is_lowercase() {
                    found.push(Abbreviation { line, at: from, text });
                }
                start = None;
            }
            None | Some(_) => {}
        }
        previous = c;
    }
    found
}

fn is_roman(text: &str) -> bool {
    text.chars().all(|c| "IVX".contains(c))
}
