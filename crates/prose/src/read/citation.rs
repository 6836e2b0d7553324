//! Days, and legal instruments as they are cited.

use std::ops::Range;

use thidua_base::Date;

use super::figure::plain;
use super::{CitationRead, Said, Scan};

/// Kinds of instrument that carry a number (Decree 30/2020, Article 7, and above it).
const KINDS: &[&str] = &[
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Nghị quyết",
    "Nghị định",
    "Thông tư liên tịch",
    "Thông tư",
    "Quyết định",
    "Chỉ thị",
    "Kết luận",
    "Kế hoạch",
    "Hướng dẫn",
    "Công văn",
    "Chương trình",
    "Đề án",
    "Thông báo",
    "Tờ trình",
    "Quy định",
];

/// Words that end the name of an issuing body.
const AFTER_ISSUER: &[&str] =
    &["về", "và", "quy định", "hướng dẫn", "sửa đổi", "ban hành", "phê duyệt", "đến", "trong", "trên", "cho", "đã"];

/// `Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị về …`.
///
/// The span ends after the issuer or a quoted subject; an unquoted subject is read but left to be
/// scanned, since only a register can tell where it ends.
pub(super) fn citation(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    // A cited instrument is written with a capital; "kế hoạch 70 DN" is a plan.
    scan.char_at(at).filter(|c| c.is_uppercase())?;
    let (kind_end, kind) = KINDS.iter().find_map(|kind| scan.phrase(at, kind).map(|end| (end, *kind)))?;
    let number_at = scan.skip_space(kind_end);
    let number_at = scan.phrase_then_space(number_at, "số").unwrap_or(number_at);
    let number = symbol(scan, number_at)?;
    let mut end = number.end;
    let date = scan.phrase_then_space(scan.skip_space(end), "ngày").and_then(|day_at| date_at(scan, day_at));
    if let Some((date_end, _)) = date {
        end = date_end;
    }
    let issuer = issuer(scan, end);
    if let Some(span) = &issuer {
        end = span.end;
    }
    let title = title(scan, end);
    if let Some((span, Quoting::Quoted)) = &title {
        end = span.end + scan.char_at(span.end).map_or(0, char::len_utf8);
    }
    let text = |span: Range<usize>| scan.text.get(span).map(plain).unwrap_or_default();
    Some((
        end,
        Said::Citation(CitationRead {
            kind: kind.to_owned(),
            number: text(number),
            date: date.map(|(_, date)| date),
            issuer: issuer.map(text),
            title: title.map(|(span, _)| text(span)).filter(|title| !title.is_empty()),
        }),
    ))
}

/// A day: `đến ngày 28/6/2020`, `ngày 05 tháng 7 năm 2020`, `24/6/2020`.
pub(super) fn day(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let until = scan.phrase_then_space(at, "đến");
    let next = until.unwrap_or(at);
    let date_begin = scan.phrase_then_space(next, "ngày").unwrap_or(next);
    let (end, date) = date_at(scan, date_begin)?;
    Some((end, if until.is_some() { Said::AsOf(date) } else { Said::Day(date) }))
}

/// A date in figures or in words; a date the calendar lacks is none.
pub(super) fn date_at(scan: &Scan, at: usize) -> Option<(usize, Date)> {
    let (day_end, day) = scan.digits(at)?;
    let slashed = scan.phrase(day_end, "/");
    let month_at = slashed.or_else(|| scan.phrase_then_space(scan.skip_space(day_end), "tháng"))?;
    let (month_end, month) = scan.digits(month_at)?;
    let year_at = match slashed {
        Some(_) => scan.phrase(month_end, "/"),
        None => scan.phrase_then_space(scan.skip_space(month_end), "năm"),
    }?;
    let (end, year) = scan.digits(year_at)?;
    let is_symbol = scan.char_at(end).is_some_and(|c| c.is_alphanumeric() || c == '/');
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    (!is_symbol).then_some((end, date))
}

/// Number and symbol without spaces: digits, then letters after `-` or `/`.
fn symbol(scan: &Scan, at: usize) -> Option<Range<usize>> {
    let (mut end, _) = scan.digits(at)?;
    let mut has_letters = false;
    while let Some(mark) = scan.char_at(end).filter(|c| "/-–".contains(*c)) {
        let Some((part_end, part)) = scan.word(end + mark.len_utf8()) else { break };
        has_letters |= part.starts_with(char::is_alphabetic);
        end = part_end;
    }
    has_letters.then_some(at..end)
}

/// The body after `của`, up to the word that goes on about the instrument.
fn issuer(scan: &Scan, at: usize) -> Option<Range<usize>> {
    let begin = scan.phrase_then_space(scan.skip_space(at), "của")?;
    let mut end = begin;
    loop {
        let word_at = if end == begin { begin } else { scan.skip_space(end) };
        let stops = AFTER_ISSUER.iter().any(|word| scan.phrase(word_at, word).is_some());
        match scan.word(word_at) {
            Some((word_end, _)) if !stops => end = word_end,
            Some(_) | None => return (end > begin).then_some(begin..end),
        }
    }
}

enum Quoting {
    Quoted,
    Bare,
}

/// The subject: quoted (`"về …"`, `về "…"`) or bare from `về` to the end of the sentence.
fn title(scan: &Scan, at: usize) -> Option<(Range<usize>, Quoting)> {
    let begin = scan.skip_space(at);
    let about = scan.phrase_then_space(begin, "về việc").or_else(|| scan.phrase_then_space(begin, "về"));
    let quote_at = about.unwrap_or(begin);
    if let Some(end) = scan.quoted(quote_at) {
        let open = scan.char_at(quote_at)?.len_utf8();
        let close = scan.char_before(end)?.len_utf8();
        return Some((quote_at + open..end - close, Quoting::Quoted));
    }
    about?;
    let rest = scan.rest(begin);
    let end = rest.find([';', '.', '(', '"', '“']).unwrap_or(rest.len());
    Some((begin..begin + rest[..end].trim_end().len(), Quoting::Bare))
}
