//! Vietnamese text: one normal form, folding for search, the order of names, and small wording tools.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use unicode_normalization::{UnicodeNormalization, is_nfc as nfc_test};

/// The no-break space between a number and its unit.
pub const NBSP: char = '\u{a0}';

/// The text in Normal Form C; done at every entrance.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Whether the text is in Normal Form C already.
pub fn is_nfc(text: &str) -> bool {
    nfc_test(text)
}

/// The text as search compares it: lower case, without marks, `đ` as `d`, runs of spaces as one.
///
/// `fold("Sở  Nội vụ")` is `so noi vu`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd() {
        match c {
            // Đ does not decompose, so it is folded by hand.
            'đ' | 'Đ' => out.push('d'),
            '\u{300}'..='\u{36f}' => {}
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The order of names in Vietnamese, the only one used for sorting what people read.
pub fn collate(a: &str, b: &str) -> Ordering {
    static VIETNAMESE: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
        let locale = icu_locale_core::locale!("vi");
        Collator::try_new(locale.into(), CollatorOptions::default()).expect("the compiled data holds Vietnamese")
    });
    VIETNAMESE.compare(a, b)
}

/// Bytes whose plain order is the order of [`collate`] for names in Vietnamese letters, so that a database can sort them.
///
/// Letters come first (a, ă, â, b, c, d, đ, …), then tones of equal letters, then case.
pub fn order_key(text: &str) -> Vec<u8> {
    const LETTERS: [&str; 29] = [
        "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r",
        "s", "t", "u", "ư", "v", "x", "y",
    ];
    const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
    let (mut letters, mut tones, mut cases) = (Vec::new(), Vec::new(), Vec::new());
    for c in text.trim().nfc() {
        // A letter without its tone, and the tone alone.
        let parts: Vec<char> = std::iter::once(c).nfd().collect();
        let tone = parts.iter().find_map(|part| TONES.iter().position(|tone| tone == part));
        let bare: String =
            parts.iter().copied().filter(|part| !TONES.contains(part)).nfc().flat_map(char::to_lowercase).collect();
        let place = LETTERS.iter().position(|letter| *letter == bare);
        let between = |ascii: u8| match ascii {
            b'a'..=b'e' | b'g'..=b'i' | b'k'..=b'v' | b'x' | b'y' => None,
            // The letters that Vietnamese does not have stand where Latin has them.
            b'f' => Some("e"),
            b'j' => Some("i"),
            b'w' => Some("v"),
            b'z' => Some("y"),
            _ => None,
        };
        let foreign = bare.bytes().next().filter(|_| bare.len() == 1).and_then(between);
        let after = |letter: &str| LETTERS.iter().rposition(|known| fold(known) == letter);
        let weight = match (place, foreign.and_then(after)) {
            (Some(place), _) => 100 + 2 * u32::try_from(place).unwrap_or(0),
            (None, Some(place)) => 101 + 2 * u32::try_from(place).unwrap_or(0),
            (None, None) if c.is_whitespace() => 1,
            (None, None) => match bare.chars().next() {
                Some(c) if c.is_ascii_digit() => 40 + u32::from(c) - u32::from('0'),
                Some(c) if c.is_ascii() => 2 + u32::from(c) % 32,
                Some(c) => 200 + u32::from(c) % 50,
                None => continue,
            },
        };
        letters.push(u8::try_from(weight).unwrap_or(u8::MAX));
        tones.push(tone.map_or(1, |tone| u8::try_from(tone + 2).unwrap_or(1)));
        cases.push(if c.is_uppercase() { 2 } else { 1 });
    }
    [letters, tones, cases].join(&0)
}

/// The text with its first letter in lower case, to follow inside a sentence.
///
/// A first word that is an abbreviation (`GTSX`, `BHYT`) keeps its capitals.
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(_), Some(second)) if second.is_uppercase() => text.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(text.chars().skip(1)).collect(),
        (None, _) => String::new(),
    }
}

/// The text with its first letter in upper case, to begin a sentence.
pub fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Letters that count points (điểm) in the order of official documents: a, b, c, d, đ, e, g, h, …
///
/// The alphabet has no f, j, w, z (Decree 30/2020, Appendix I). `None` past its end.
pub fn point_letter(index: usize) -> Option<char> {
    const LETTERS: [char; 22] =
        ['a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'x'];
    LETTERS.get(index).copied()
}

/// A Roman number, for sections; 1 to 39 are enough for any report.
pub fn roman(number: usize) -> String {
    const TENS: [&str; 4] = ["", "X", "XX", "XXX"];
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    match number {
        1..=39 => format!("{}{}", TENS[number / 10], ONES[number % 10]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_key_orders_names_as_the_collation_does() {
        let mut names = vec![
            "An",
            "Ân",
            "Ẩn",
            "Ăn",
            "Anh",
            "Ánh",
            "Ảnh",
            "Bùi Văn A",
            "Bui",
            "Đào",
            "Dao",
            "Dũng",
            "Dung",
            "Đỗ Thị Yến",
            "Hà",
            "Há",
            "Hạ",
            "Hả",
            "Hã",
            "Ha",
            "Lê Thị Hoa",
            "Lê Thị Hòa",
            "Lê Văn An",
            "Lệ",
            "Nguyễn Văn Hùng",
            "Nguyễn Văn Hưng",
            "Nguyên",
            "Ô",
            "Ơ",
            "Ủy",
            "Ưng",
            "Vũ",
            "Xuân",
            "Ý",
            "Trần",
            "Tràn",
        ];
        names.sort_by(|a, b| collate(a, b));
        let mut keyed = names.clone();
        keyed.reverse();
        keyed.sort_by_key(|name| order_key(name));
        assert_eq!(keyed, names);
    }

    #[test]
    fn folding_finds_names_typed_without_marks() {
        assert_eq!(fold("Sở  Nội vụ"), "so noi vu");
        assert_eq!(fold("Đồng Thắng"), "dong thang");
        assert_eq!(fold("HUỲNH THỊ ƯỚC"), "huynh thi uoc");
        assert_eq!(fold("  Thọ   Dân "), "tho dan");
    }

    #[test]
    fn decomposed_text_folds_and_normalises_like_composed_text() {
        let composed = "Triệu Sơn";
        let decomposed: String = composed.nfd().collect();
        assert!(is_nfc(composed) && !is_nfc(&decomposed));
        assert_eq!(nfc(&decomposed), composed);
        assert_eq!(fold(&decomposed), fold(composed));
    }

    #[test]
    fn names_sort_in_vietnamese_order() {
        let mut names = ["Xuân Thọ", "Đồng Lợi", "Dân Lý", "Ân", "An Nông", "Ăn", "Thọ Sơn", "Thái Hòa", "Dân Lực"];
        names.sort_by(|a, b| collate(a, b));
        assert_eq!(names, ["An Nông", "Ăn", "Ân", "Dân Lực", "Dân Lý", "Đồng Lợi", "Thái Hòa", "Thọ Sơn", "Xuân Thọ"]);
    }

    #[test]
    fn first_letters_change_case_unless_they_begin_an_abbreviation() {
        assert_eq!(lower_first("Giá trị sản xuất"), "giá trị sản xuất");
        assert_eq!(lower_first("Đàn bò"), "đàn bò");
        assert_eq!(lower_first("GTSX công nghiệp"), "GTSX công nghiệp");
        assert_eq!(lower_first(""), "");
        assert_eq!(upper_first("đạt chuẩn"), "Đạt chuẩn");
    }

    #[test]
    fn points_follow_the_vietnamese_alphabet() {
        let first: String = (0..7).filter_map(point_letter).collect();
        assert_eq!(first, "abcdđeg");
        assert_eq!(point_letter(22), None);
        assert_eq!((roman(4), roman(19), roman(30)), ("IV".into(), "XIX".into(), "XXX".into()));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn normal_form_is_stable(text in "\\PC{0,40}") {
            let once = nfc(&text);
            prop_assert!(is_nfc(&once));
            prop_assert_eq!(nfc(&once), once);
        }
    }
}
