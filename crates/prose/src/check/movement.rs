//! Movements: quoted names must be registered, aliases and misspellings are pointed out.

use std::ops::Range;

use super::known::{Agreement, Known, Rank, spelt_at};
use super::{On, Remark, Severity};
use crate::read::Scan;

/// Words that announce the name of a movement.
const ANNOUNCE: &[&str] = &["phong trào", "cuộc vận động", "đợt thi đua"];

/// From how many hundredths of shared words a registered name is offered for an unknown one.
const LIKENESS_MIN: usize = 60;

/// Fewest words of an unquoted name that is judged by its letters alone; shorter ones are met by chance.
const UNQUOTED_WORDS_MIN: usize = 4;

/// All checks of movements on one line.
pub(super) fn check(on: &On, found: &mut Vec<Remark>) {
    let text = on.text();
    let scan = Scan::new(text);
    let mut at = 0;
    while at < text.len() {
        let announced =
            if scan.begins_word(at) { ANNOUNCE.iter().find_map(|words| scan.phrase(at, words)) } else { None };
        at = match announced {
            Some(end) => names_after(on, &scan, end, found),
            None => scan.after_token(at),
        };
    }
}

/// The name or the quoted names after the announcing words; returns where reading goes on.
fn names_after(on: &On, scan: &Scan, announced: usize, found: &mut Vec<Remark>) -> usize {
    let plain_at = scan.skip_space(announced);
    let prefix =
        ["thi đua yêu nước như", "thi đua", "như", "có tên"].iter().find_map(|words| scan.phrase(plain_at, words));
    let mut at = prefix.map_or(plain_at, |end| scan.skip_space(end));
    at = scan.phrase(at, ":").map_or(at, |end| scan.skip_space(end));
    if scan.quoted(at).is_none() {
        unquoted(on, &[plain_at, at], found);
        return announced;
    }
    let mut end = at;
    while let Some(close) = scan.quoted(at) {
        let open_length = scan.char_at(at).map_or(0, char::len_utf8);
        let close_length = scan.char_before(close).map_or(0, char::len_utf8);
        let inside = at + open_length..close - close_length;
        // Of an empty name the marks are all there is to point at.
        quoted(on, if inside.is_empty() { at..close } else { inside }, found);
        end = close;
        at = next_quoted(scan, close);
    }
    end
}

/// After the mark or word that joins two quoted names.
fn next_quoted(scan: &Scan, close: usize) -> usize {
    let at = scan.skip_space(close);
    let joined = [",", ";", "và"].iter().find_map(|joint| scan.phrase(at, joint));
    joined.map_or(at, |end| scan.skip_space(end))
}

fn quoted(on: &On, span: Range<usize>, found: &mut Vec<Remark>) {
    let printed = on.text().get(span.clone()).unwrap_or_default();
    let name = printed.trim_matches(['*', ' ', ',', '.', '"', '“', '”']);
    let best = |text: &str| {
        let agreements = on.registers.movements.iter().filter_map(|known| Some((known, known.agreement_whole(text)?)));
        agreements.max_by_key(|(known, agreement)| {
            (*agreement >= Agreement::Loose, known.rank == Rank::Canonical, *agreement)
        })
    };
    // "Quyết thắng" for "Thi đua Quyết thắng": the announcing words may hold the first of the name.
    match best(name).or_else(|| best(&format!("Thi đua {name}"))) {
        Some((known, agreement)) => spelt(on, known, agreement, span, name, found),
        None => {
            let nearest = on
                .registers
                .movements
                .iter()
                .map(|known| (known.likeness(name), known))
                .filter(|(likeness, _)| *likeness >= LIKENESS_MIN)
                .max_by_key(|(likeness, _)| *likeness);
            let remark = on.remark(Severity::Error, "unknown-movement").at(span).fact("name", name);
            found.push(remark.fact("nearest", nearest.map_or("", |(_, known)| canonical(on, known))));
        }
    }
}

/// A name without quotation marks: only a registered one can be told, so only its form is judged.
fn unquoted(on: &On, begins: &[usize], found: &mut Vec<Remark>) {
    let text = on.text();
    let best = begins
        .iter()
        .filter_map(|at| spelt_at(&on.registers.movements, text, *at))
        .max_by_key(|(_, agreement, span)| (*agreement >= Agreement::Loose, span.len()));
    let Some((known, agreement, span)) = best else { return };
    let words = text.get(span.clone()).unwrap_or_default().split_whitespace().count();
    // Without quotation marks the name stands in the sentence and takes its small letters.
    let unjudged = match (known.rank, agreement) {
        (Rank::Canonical, Agreement::Loose | Agreement::Exact) => true,
        (Rank::Alias, Agreement::Loose | Agreement::Exact) => false,
        (Rank::Canonical | Rank::Alias, Agreement::Folded) => words < UNQUOTED_WORDS_MIN,
    };
    if !unjudged {
        let printed = text.get(span.clone()).unwrap_or_default();
        spelt(on, known, agreement, span, printed, found);
    }
}

fn spelt(on: &On, known: &Known, agreement: Agreement, span: Range<usize>, printed: &str, found: &mut Vec<Remark>) {
    let remark = match (agreement, known.rank) {
        (Agreement::Folded, Rank::Canonical | Rank::Alias) => {
            on.remark(Severity::Error, "misspelt-movement").fact("right", &known.name)
        }
        (Agreement::Exact, Rank::Canonical) => return,
        (Agreement::Loose, Rank::Canonical) | (Agreement::Loose | Agreement::Exact, Rank::Alias) => {
            on.remark(Severity::Hint, "non-canonical-movement").fact("right", canonical(on, known))
        }
    };
    found.push(remark.at(span).fact("printed", printed));
}

fn canonical<'a>(on: &'a On, known: &Known) -> &'a str {
    on.names.movements.get(known.of).map_or("", |movement| &movement.name)
}
