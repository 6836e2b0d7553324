//! Totals, breakdowns, and counts with the names that make them up.

use std::ops::Range;

use super::figure::{amount, plain, words_until_mark};
use super::{AmountRead, Extent, Preposition, Said, Scan};
use crate::grammar::{ELLIPSIS, OF_WHICH, TotalKind};

/// Longest name of a total, in bytes; longer means that `lên` belongs to something else.
const TOTAL_NAME_LENGTH_MAX: usize = 200;

/// Most words between a count and the colon before its names: `43 DN thành lập mới: …`.
const COUNTED_WORDS_MAX: usize = 4;

/// Words that end the last name of a list: what follows tells what became of the named.
const AFTER_NAMES: &[&str] =
    &["được", "đạt", "đã", "đang", "để", "là", "hoàn thành", "có", "tiếp tục", "phấn đấu", "nhằm", "với", "cho"];

/// `nâng tổng số trường đạt chuẩn lên 85 trường`, also without `lên`.
pub(super) fn total(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let kind_at = scan.phrase_then_space(at, "nâng")?;
    let (name_at, kind) = [TotalKind::Count, TotalKind::Rate]
        .iter()
        .find_map(|kind| scan.phrase_then_space(kind_at, kind.word()).map(|end| (end, *kind)))?;
    let mut here = name_at;
    loop {
        if let Some(number_at) = scan.phrase_then_space(here, "lên") {
            let (end, reached) = amounts(scan, number_at)?;
            return Some((end, total_said(scan, kind, name_at..here, reached, Preposition::Present)));
        }
        if let Some((end, reached)) = amount(scan, here) {
            let lacks_preposition = reached.measure == "%" || kind == TotalKind::Count;
            return lacks_preposition
                .then(|| (end, total_said(scan, kind, name_at..here, vec![reached], Preposition::Missing)));
        }
        let stops = scan.char_at(here).is_none_or(|c| ";.:".contains(c));
        if stops || here - name_at > TOTAL_NAME_LENGTH_MAX {
            return None;
        }
        here = scan.skip_space(scan.after_token(here));
    }
}

/// `trong đó:` and `trong đó có`.
pub(super) fn of_which(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let end = scan.phrase(at, OF_WHICH)?;
    match scan.phrase(end, ":") {
        Some(end) => Some((end, Said::OfWhich { extent: Extent::Whole })),
        None => Some((end, Said::OfWhich { extent: Extent::Partial })),
    }
}

/// A count, a colon, and names: `8 xã: Tiến Nông, Hợp Thắng`.
pub(super) fn count_named(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let (count_end, count) = amount(scan, at)?;
    if count.measure.is_empty() || count.measure == "%" || count.value.scale() > 0 {
        return None;
    }
    let words_end = words_until_mark(scan, count_end);
    let words = scan.text.get(count_end..words_end)?.split_whitespace().count();
    let names_at = scan.phrase(words_end, ":").filter(|_| words <= COUNTED_WORDS_MAX)?;
    let names_at = scan.skip_space(names_at);
    // Names begin with a capital; what begins small is a list of deeds and cannot be counted safely.
    scan.char_at(names_at).filter(|c| c.is_uppercase())?;
    let (list, extent) = list_end(scan, names_at);
    let names = names_in(scan, list.clone(), &count);
    Some((list.end, Said::CountNamed { count, names, extent }))
}

fn total_said(
    scan: &Scan,
    kind: TotalKind,
    name: Range<usize>,
    reached: Vec<AmountRead>,
    preposition: Preposition,
) -> Said {
    Said::Total { kind, name: scan.text.get(name).map(plain).unwrap_or_default(), reached, preposition }
}

/// One amount or several joined by `và`.
fn amounts(scan: &Scan, at: usize) -> Option<(usize, Vec<AmountRead>)> {
    let (mut end, first) = amount(scan, at)?;
    let mut all = vec![first];
    while let Some((next_end, next)) =
        scan.phrase_then_space(scan.skip_space(end), "và").and_then(|number_at| amount(scan, number_at))
    {
        all.push(next);
        end = next_end;
    }
    Some((end, all))
}

/// Where a list of names ends: at a full stop, an ellipsis, an opening bracket that is not a
/// figure, or the word that goes on about the named.
fn list_end(scan: &Scan, at: usize) -> (Range<usize>, Extent) {
    let mut here = at;
    while let Some(c) = scan.char_at(here) {
        if c == ELLIPSIS || scan.rest(here).starts_with("...") {
            return (at..here, Extent::Partial);
        }
        let goes_on = scan.begins_word(here) && AFTER_NAMES.iter().any(|word| scan.phrase(here, word).is_some());
        if c == '.' || goes_on {
            break;
        }
        here = match scan.quoted(here) {
            Some(end) => end,
            None => scan.after_token(here),
        };
    }
    (at..here, Extent::Whole)
}

/// The names of a list; `và` parts the last two unless the stated count says that it belongs to a name.
fn names_in(scan: &Scan, list: Range<usize>, count: &AmountRead) -> Vec<(Range<usize>, String)> {
    let text = scan.text.get(list.clone()).unwrap_or_default();
    let separator = if text.trim_end_matches([';', ' ']).contains(';') { ';' } else { ',' };
    let mut names = Vec::new();
    let mut start = 0;
    for piece in text.split(separator) {
        push_name(&mut names, list.start + start, piece);
        start += piece.len() + separator.len_utf8();
    }
    let stated = usize::try_from(count.value.digits()).unwrap_or(0);
    if names.len() != stated
        && let Some((span, last)) = names.last().cloned()
        && let Some(joint) = last.find(" và ")
    {
        names.pop();
        push_name(&mut names, span.start, &last[..joint]);
        push_name(&mut names, span.start + joint + " và ".len(), &last[joint + " và ".len()..]);
    }
    names
}

fn push_name(names: &mut Vec<(Range<usize>, String)>, start: usize, piece: &str) {
    let name = piece.trim();
    let from = start + (piece.len() - piece.trim_start().len());
    if !name.is_empty() {
        names.push((from..from + name.len(), name.to_owned()));
    }
}
