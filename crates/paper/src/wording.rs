//! The fixed words of an official paper, and how its entries are spelt: the same in every writer.

use thidua_base::Date;
use thidua_base::text::{NBSP, nfc, roman, upper_first};

use crate::tree::{Block, Head, Inline, Marker, Numbered};

/// Quốc hiệu.
pub const NATIONAL_TITLE: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Tiêu ngữ; hyphens between spaces.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// Before the addressees.
pub const ADDRESSED: &str = "Kính gửi:";
/// Before the recipients.
pub const RECIPIENTS: &str = "Nơi nhận:";
/// The language of papers, as a BCP 47 tag.
pub const LANGUAGE: &str = "vi-VN";

/// Places left free for a number or a day to be written by hand.
const GAP: usize = 8;

/// `Số: 05/BC-UBND`; room is left while there is no number, and one digit gets a zero before it. Empty on a paper that is
/// not numbered.
pub fn number_line(head: &Head) -> String {
    if head.number.is_none() && head.symbol.is_empty() {
        return String::new();
    }
    format!("Số: {}/{}", registered(head, GAP), printable(&head.symbol))
}

/// `Triệu Sơn, ngày 05 tháng 7 năm 2020`; room is left for the day while the paper is not issued.
pub fn place_date(head: &Head, dated: Date) -> String {
    format!("{}, {}", printable(&head.place), date_of_issue(head, dated, GAP))
}

/// The addressees: alone as written, several each with its dash and end mark.
pub fn addressees(head: &Head) -> Vec<String> {
    match head.addressees.as_slice() {
        [] => Vec::new(),
        [only] => vec![printable(only)],
        several => several
            .iter()
            .enumerate()
            .map(|(index, addressee)| entry(addressee, if index + 1 == several.len() { '.' } else { ';' }))
            .collect(),
    }
}

/// The recipients, each with its dash and end mark; the file copy (`Lưu:`) ends with a full stop.
pub fn recipients(recipients: &[String]) -> Vec<String> {
    recipients
        .iter()
        .enumerate()
        .map(|(index, recipient)| entry(recipient, if index + 1 == recipients.len() { '.' } else { ';' }))
        .collect()
}

/// `Phụ lục II`; the number is left out when the annex is the only one. `index` counts from 0.
pub fn annex_number(index: usize, annexes: usize) -> String {
    match annexes {
        0 | 1 => "Phụ lục".to_owned(),
        2.. => format!("Phụ lục {}", roman(index + 1)),
    }
}

/// `(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 7 năm 2020)`.
pub fn annex_reference(head: &Head, dated: Date) -> String {
    format!(
        "(Kèm theo {} số {}/{} {})",
        upper_first(&printable(&head.kind).to_lowercase()),
        registered(head, GAP / 2),
        printable(&head.symbol),
        date_of_issue(head, dated, GAP / 2)
    )
}

/// The text as every writer shows it: Normal Form C, line breaks and tabs as spaces, without
/// characters that XML cannot hold.
pub fn printable(text: &str) -> String {
    nfc(text)
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            '\u{fffe}' | '\u{ffff}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The text, printable.
    pub text: String,
    /// How it differs from its surroundings.
    pub accent: Accent,
}

/// How a stretch differs from its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accent {
    /// Not at all.
    Plain,
    /// Italic.
    Italic,
    /// Bold.
    Strong,
}

/// A line of inlines as stretches: neighbours of one style joined, empty ones left out.
pub(crate) fn stretches(before: &str, inlines: &[Inline]) -> Vec<Stretch> {
    led(before, Accent::Plain, inlines)
}

/// A numbered block's line: the number of an article is bold.
pub(crate) fn entry_stretches(entry: &Numbered<'_>, inlines: &[Inline]) -> Vec<Stretch> {
    let accent = match entry.block {
        Block::Item { marker: Marker::Article, .. } => Accent::Strong,
        Block::Item { .. } | Block::Section(_) | Block::Paragraph(_) | Block::Table(_) => Accent::Plain,
    };
    led(&lead(&entry.number), accent, inlines)
}

fn led(before: &str, accent: Accent, inlines: &[Inline]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let mut push = |text: &str, accent: Accent| match out.last_mut() {
        Some(last) if last.accent == accent => last.text.push_str(text),
        Some(_) | None if text.is_empty() => {}
        Some(_) | None => out.push(Stretch { text: text.to_owned(), accent }),
    };
    push(before, accent);
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Bound { text, .. } => push(&printable(text), Accent::Plain),
            Inline::Italic(text) => push(&printable(text), Accent::Italic),
        }
    }
    // A mark at a seam composes with the letter before it, as it would within one text.
    for stretch in &mut out {
        stretch.text = nfc(&stretch.text);
    }
    out
}

/// What stands before a numbered text: the number and a space, or nothing.
pub(crate) fn lead(number: &str) -> String {
    if number.is_empty() { String::new() } else { format!("{number} ") }
}

fn entry(text: &str, end: char) -> String {
    let text = printable(text);
    let bare = text.trim().trim_end_matches([';', '.']);
    format!("- {bare}{end}")
}

fn registered(head: &Head, gap: usize) -> String {
    match head.number.as_deref().map(printable) {
        None => NBSP.to_string().repeat(gap),
        Some(number) if number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()) => format!("0{number}"),
        Some(number) => number,
    }
}

fn date_of_issue(head: &Head, dated: Date, gap: usize) -> String {
    match head.issued_on {
        Some(date) => date.in_words(),
        None => {
            let words = dated.in_words();
            let after_day = words.find(" tháng ").expect("the words of a date name its month");
            format!("ngày{}{}", NBSP.to_string().repeat(gap), &words[after_day..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head {
            superior: None,
            issuer: vec!["ỦY BAN NHÂN DÂN".into(), "HUYỆN TRIỆU SƠN".into()],
            number: Some("5".into()),
            symbol: "BC-UBND".into(),
            place: "Triệu Sơn".into(),
            issued_on: Date::new(2020, 7, 5),
            kind: "BÁO CÁO".into(),
            abstract_line: vec![],
            addressees: vec![],
            stamps: vec![],
        }
    }

    fn dated() -> Date {
        Date::new(2020, 2, 9).unwrap()
    }

    #[test]
    fn numbers_and_days_below_ten_get_a_zero() {
        assert_eq!(number_line(&head()), "Số: 05/BC-UBND");
        assert_eq!(place_date(&head(), dated()), "Triệu Sơn, ngày 05 tháng 7 năm 2020");
        assert_eq!(annex_reference(&head(), dated()), "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 7 năm 2020)");
    }

    #[test]
    fn a_paper_not_yet_issued_leaves_room_for_number_and_day() {
        let open = Head { number: None, issued_on: None, ..head() };
        assert_eq!(number_line(&open).replace(NBSP, "_"), "Số: ________/BC-UBND");
        assert_eq!(place_date(&open, dated()).replace(NBSP, "_"), "Triệu Sơn, ngày________ tháng 02 năm 2020");
    }

    #[test]
    fn a_paper_that_is_not_numbered_has_no_line_of_it() {
        assert_eq!(number_line(&Head { number: None, symbol: String::new(), ..head() }), "");
    }

    #[test]
    fn one_addressee_stands_alone_and_several_form_a_list() {
        let one = Head { addressees: vec!["Ủy ban nhân dân tỉnh".into()], ..head() };
        assert_eq!(addressees(&one), ["Ủy ban nhân dân tỉnh"]);
        let two = Head { addressees: vec!["Sở Nội vụ".into(), "Cụm thi đua số 2".into()], ..head() };
        assert_eq!(addressees(&two), ["- Sở Nội vụ;", "- Cụm thi đua số 2."]);
        assert_eq!(recipients(&["Như trên;".into(), "Lưu: VT, NV".into()]), ["- Như trên;", "- Lưu: VT, NV."]);
    }

    #[test]
    fn only_one_of_several_annexes_is_numbered() {
        assert_eq!((annex_number(0, 1).as_str(), annex_number(1, 2).as_str()), ("Phụ lục", "Phụ lục II"));
    }

    #[test]
    fn text_becomes_printable_without_losing_letters() {
        assert_eq!(printable("Trie\u{302}\u{323}u\tSơn\u{0}\u{1b}\r\n\u{ffff}<&>"), "Triệu Sơn  <&>");
        let joined =
            stretches("- ", &[Inline::Text("e".into()), Inline::Text("\u{302}".into()), Inline::Italic("x".into())]);
        assert_eq!(joined.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(), ["- ê", "x"]);
    }
}
