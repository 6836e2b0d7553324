//! Places: named after their kind, alone or in a list, and valid on the day.

use std::ops::Range;

use super::known::{Agreement, proper_name_at, spelt_at};
use super::{On, Remark, Severity};
use crate::read::Scan;

/// Kinds of place the register holds; provinces and cities elsewhere are not judged.
const KINDS: &[&str] = &["xã", "thị trấn", "phường", "huyện"];

/// Longest name of a place, in words.
const NAME_WORDS_MAX: usize = 4;

/// All checks of places on one line.
pub(super) fn check(on: &On, found: &mut Vec<Remark>) {
    let scan = Scan::new(on.text());
    let mut at = 0;
    while at < on.text().len() {
        let kind_end = if scan.begins_word(at) { KINDS.iter().find_map(|kind| scan.phrase(at, kind)) } else { None };
        at = match kind_end {
            Some(end) => names_after(on, &scan, at, end, found),
            None => scan.after_token(at),
        };
    }
}

/// The names after a kind, each judged; returns where reading goes on.
fn names_after(on: &On, scan: &Scan, kind_at: usize, kind_end: usize, found: &mut Vec<Remark>) -> usize {
    let colon = scan.phrase(scan.skip_space(kind_end), ":");
    let first = scan.skip_space(colon.unwrap_or(kind_end));
    let is_list =
        colon.is_some() || scan.word_before(kind_at).is_some_and(|word| matches!(word, "các" | "Các" | "những"));
    let mut at = first;
    let mut end = kind_end;
    while at > end || at == first {
        let Some(span) = proper_name_at(on.text(), at, NAME_WORDS_MAX) else { break };
        // A list may go on with something else that has a name.
        if at > first && spelt_at(&on.registers.bodies, on.text(), at).is_some() {
            break;
        }
        end = judge(on, span, found);
        if !is_list {
            break;
        }
        let next = next_in_list(scan, end);
        if next == end {
            break;
        }
        at = next;
    }
    end
}

/// After the comma or `và` that follows a name and what stands in brackets behind it.
fn next_in_list(scan: &Scan, name_end: usize) -> usize {
    let mut at = scan.skip_space(name_end);
    if let Some(inside) = scan.phrase(at, "(") {
        at = scan.rest(inside).find(')').map_or(inside, |length| inside + length + 1);
    }
    scan.phrase_then_space(at, ",").or_else(|| scan.phrase_then_space(scan.skip_space(at), "và")).unwrap_or(name_end)
}

/// Judges one name; returns where it ends.
fn judge(on: &On, candidate: Range<usize>, found: &mut Vec<Remark>) -> usize {
    let text = on.text();
    let printed = |span: &Range<usize>| text.get(span.clone()).unwrap_or_default().to_owned();
    match spelt_at(&on.registers.places, text, candidate.start) {
        Some((known, Agreement::Folded, span)) => {
            let remark = on.remark(Severity::Error, "misspelt-place").at(span.clone());
            found.push(remark.fact("printed", &printed(&span)).fact("right", &known.name));
            span.end
        }
        Some((known, Agreement::Loose | Agreement::Exact, span)) => {
            former(on, &known.name, &span, found);
            span.end
        }
        None => {
            let remark = on.remark(Severity::Error, "unknown-place").at(candidate.clone());
            found.push(remark.fact("name", &printed(&candidate)));
            candidate.end
        }
    }
}

/// A name is former when no place bears it on the day.
fn former(on: &On, name: &str, span: &Range<usize>, found: &mut Vec<Remark>) {
    let bearers = || on.names.places.iter().filter(|place| place.name == name);
    let day = on.names.on;
    let holds = bearers()
        .any(|place| place.valid_from.is_none_or(|from| from <= day) && place.valid_to.is_none_or(|to| day <= to));
    let Some(last) = bearers().next_back().filter(|_| !holds) else { return };
    let mut remark = on.remark(Severity::Error, "former-place").at(span.clone()).fact("name", name);
    remark = remark.fact("until", &last.valid_to.map(|day| day.in_text()).unwrap_or_default());
    found.push(remark.fact("now", last.now.as_deref().unwrap_or_default()));
}
