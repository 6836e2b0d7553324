//! How much two names are alike, from 0 to 100, by what search compares: without marks, case and numbering.

use std::collections::BTreeMap;

use thidua_base::text::fold;

/// The name as it is compared: folded, without numbering before it (`1.1`, `IV.`, `-`, `a)`) and without what stands
/// in brackets at its end.
pub(crate) fn bare(name: &str) -> String {
    let folded = fold(name);
    let mut rest = folded.as_str();
    if let Some(open) = rest.rfind('(').filter(|open| rest.ends_with(')') && *open > 0) {
        rest = rest[..open].trim_end();
    }
    loop {
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || "-+*•–:;.".contains(c));
        let after = after_number(trimmed).unwrap_or(trimmed);
        if after == rest {
            return rest.trim_end_matches(|c: char| c.is_whitespace() || ":;.,".contains(c)).to_owned();
        }
        rest = after;
    }
}

/// What follows `1.`, `1.2.`, `iv.`, `a)` or `12 `, where one of these begins the text and something follows.
fn after_number(text: &str) -> Option<&str> {
    let end = text.find(|c: char| c.is_whitespace() || c == ')')?;
    let (head, tail) = (&text[..end], text[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ')'));
    let head_is_closed = text[end..].starts_with(')') || head.ends_with('.');
    let is_number = !head.is_empty() && head.chars().all(|c| c.is_ascii_digit() || c == '.') && !head.starts_with('.');
    let letters = head.trim_end_matches('.');
    let is_roman = !letters.is_empty() && letters.chars().all(|c| "ivx".contains(c));
    let is_letter = letters.chars().count() == 1;
    let numbers = is_number || (head_is_closed && (is_roman || is_letter));
    (numbers && !tail.is_empty()).then_some(tail)
}

/// How much two bare names are alike: 100 where they are the same.
pub(crate) fn likeness(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    if a == b {
        return 100;
    }
    let (ours, theirs) = (pairs(a), pairs(b));
    let shared: usize = ours.iter().map(|(pair, n)| (*n).min(theirs.get(pair).copied().unwrap_or(0))).sum();
    let all = ours.values().sum::<usize>() + theirs.values().sum::<usize>();
    // Never as sure as of the same name.
    u8::try_from((200 * shared).checked_div(all).unwrap_or(0)).unwrap_or(100).min(99)
}

fn pairs(text: &str) -> BTreeMap<(char, char), usize> {
    let mut pairs = BTreeMap::new();
    let spaced = format!(" {text} ");
    for pair in spaced.chars().zip(spaced.chars().skip(1)) {
        *pairs.entry(pair).or_insert(0) += 1;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbering_and_brackets_do_not_count() {
        for name in ["1. Đàn bò", "- Đàn bò", "1.2 Đàn  bò (con)", "IV. ĐÀN BÒ", "a) đàn bò:", "12 Đàn bò", "+ Dan bo"]
        {
            assert_eq!(bare(name), "dan bo", "{name}");
        }
        // A word that only looks like a number is part of the name.
        assert_eq!(bare("Vi phạm"), "vi pham");
        assert_eq!(bare("(con)"), "(con)");
        assert_eq!(bare("I"), "i");
    }

    #[test]
    fn likeness_grows_with_what_is_shared() {
        assert_eq!(likeness("dan bo", "dan bo"), 100);
        assert!(likeness("tong dan bo", "dan bo") > 70);
        assert!(likeness("san luong lua", "ty le ho ngheo") < 40);
        assert_eq!(likeness("", ""), 0);
    }

    proptest! {
        #[test]
        fn likeness_is_the_same_both_ways_and_bare_names_stay_bare(a in "\\PC{0,30}", b in "\\PC{0,30}") {
            let (a, b) = (bare(&a), bare(&b));
            prop_assert_eq!(likeness(&a, &b), likeness(&b, &a));
            prop_assert!(likeness(&a, &b) <= 100);
        }
    }
}
