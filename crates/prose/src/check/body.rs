//! Bodies: offices, councils, associations, under their registered names.

use super::known::{Agreement, WordAt, proper_name_at, spelt_at, words_at};
use super::{On, Remark, Severity};
use crate::read::Scan;

/// Words that begin the name of a body; longer ones stand before those they contain.
const HEADS: &[&str] = &[
    "Ủy ban Mặt trận",
    "Hội đồng",
    "Liên đoàn",
    "Chi cục",
    "Trung tâm",
    "Tòa án",
    "Viện kiểm sát",
    "Công an",
    "Ban",
    "Sở",
    "Bộ",
    "Phòng",
    "Hội",
    "Cục",
    "Đoàn",
    "Mặt trận",
];

/// What begins like a body and is none.
const NO_BODIES: &[&str] = &["Bộ Tiêu chí", "Bộ Luật", "Ban Bí thư", "Hội Thi", "Hội Nghị", "Đoàn Thể"];

/// Words that go on after the name of a body.
const AFTER_NAMES: &[&str] = &[
    "cho", "chỉ", "chủ", "có", "của", "đã", "đang", "để", "đến", "được", "là", "phối", "tại", "tổ", "trong", "và",
    "về", "với",
];

/// Longest name of a body, in words.
const NAME_WORDS_MAX: usize = 10;

/// From how many hundredths of shared words a registered body is offered for an unknown one.
const LIKENESS_MIN: usize = 60;

/// All checks of bodies on one line.
pub(super) fn check(on: &On, found: &mut Vec<Remark>) {
    let text = on.text();
    if super::marks::is_capitals(on.line) {
        return;
    }
    let scan = Scan::new(text);
    let mut at = 0;
    while at < text.len() {
        at = match scan.begins_word(at).then(|| judge(on, &scan, at, found)).flatten() {
            Some(end) if end > at => end,
            Some(_) | None => scan.after_token(at),
        };
    }
}

/// Judges the body that begins here; `None` where none does.
fn judge(on: &On, scan: &Scan, at: usize, found: &mut Vec<Remark>) -> Option<usize> {
    let text = on.text();
    scan.char_at(at).filter(|c| c.is_uppercase())?;
    if let Some((known, agreement, span)) = spelt_at(&on.registers.bodies, text, at) {
        let printed = text.get(span.clone()).unwrap_or_default();
        let remark = match agreement {
            Agreement::Exact => None,
            // A name of one word folds like too many others.
            Agreement::Folded if !printed.contains(' ') => return None,
            Agreement::Folded => Some(on.remark(Severity::Error, "misspelt-body")),
            Agreement::Loose => Some(on.remark(Severity::Hint, "non-canonical-body")),
        };
        found.extend(remark.map(|r| r.at(span.clone()).fact("printed", printed).fact("right", &known.name)));
        return Some(span.end);
    }
    if NO_BODIES.iter().any(|phrase| scan.phrase(at, phrase).is_some()) {
        return None;
    }
    let head_end = HEADS.iter().find_map(|head| scan.phrase_then_space(at, head))?;
    proper_name_at(text, head_end, 1)?;
    let words = words_at(text, at, NAME_WORDS_MAX);
    let within = |word: &WordAt| !AFTER_NAMES.contains(&text.get(word.span.clone()).unwrap_or_default());
    let end = words.iter().take_while(|word| within(word)).last().map_or(head_end, |word| word.span.end);
    // A comma may end the name or belong to it; what is shown stops there.
    let name = text.get(at..end).unwrap_or_default();
    let span = at..at + name.find([',', ';']).unwrap_or(name.len());
    let name = text.get(span.clone()).unwrap_or_default();
    let nearest = on.registers.bodies.iter().max_by_key(|known| known.likeness(name));
    let nearest = nearest.filter(|known| known.likeness(name) >= LIKENESS_MIN).map_or("", |known| &known.name);
    let remark = on.remark(Severity::Error, "unknown-body").at(span.clone());
    found.push(remark.fact("name", name).fact("nearest", nearest));
    Some(span.end)
}
