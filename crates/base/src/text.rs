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
