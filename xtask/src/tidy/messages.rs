//! The sentences of the pages, in both languages.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::tree::Tree;

const VIETNAMESE: &str = "crates/web/messages/vi.toml";
const ENGLISH: &str = "crates/web/messages/en.toml";

/// Both files hold the same keys, each with a sentence, and with the same `{blanks}` to fill.
pub fn messages_speak_both(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut sentences = |path: &str| match tree.text(path).map(str::parse::<toml::Table>) {
        Some(Ok(table)) => flat(&table),
        Some(Err(_)) => BTreeMap::new(),
        None => {
            findings.push(Finding::whole(path, "the file of messages is missing; the pages have no words without it"));
            BTreeMap::new()
        }
    };
    let (vi, en) = (sentences(VIETNAMESE), sentences(ENGLISH));
    for (here, path, there, other) in [(&vi, VIETNAMESE, &en, ENGLISH), (&en, ENGLISH, &vi, VIETNAMESE)] {
        for (key, sentence) in here {
            if sentence.trim().is_empty() {
                findings.push(Finding::whole(path, format!("`{key}` has no words")));
            }
            match there.get(key) {
                None => findings.push(Finding::whole(other, format!("`{key}` is missing"))),
                Some(twin) if path == VIETNAMESE && blanks(twin) != blanks(sentence) => {
                    let (vi, en) = (blanks(sentence), blanks(twin));
                    findings.push(Finding::whole(other, format!("`{key}` fills {en:?}, the Vietnamese fills {vi:?}")));
                }
                Some(_) => {}
            }
        }
    }
    findings
}

/// Nested tables as `a.b.c`; what is no text is written as TOML writes it.
fn flat(table: &toml::Table) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => {
                found.extend(flat(inner).into_iter().map(|(rest, text)| (format!("{key}.{rest}"), text)));
            }
            toml::Value::String(text) => {
                found.insert(key.clone(), text.clone());
            }
            other => {
                found.insert(key.clone(), other.to_string());
            }
        }
    }
    found
}

fn blanks(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    fn found(vi: &str, en: &str) -> Vec<String> {
        said(messages_speak_both, &[(VIETNAMESE, vi), (ENGLISH, en)])
    }

    #[test]
    fn a_key_without_its_twin_is_found() {
        let vi = "[home]\ntitle = \"Trang chủ\"\ncount = \"{n} phong trào\"\n";
        let en = "[home]\ntitle = \"Home\"\ncount = \"{n} movements\"\n";
        assert!(found(vi, en).is_empty());
        assert_eq!(found(vi, "[home]\ntitle = \"Home\"\n"), [format!("{ENGLISH}: `home.count` is missing")]);
        assert_eq!(found("[home]\ntitle = \"Trang chủ\"\n", en), [format!("{VIETNAMESE}: `home.count` is missing")]);
    }

    #[test]
    fn an_empty_sentence_another_blank_and_a_missing_file_are_found() {
        assert_eq!(found("a = \"\"\n", "a = \"A\"\n"), [format!("{VIETNAMESE}: `a` has no words")]);
        assert_eq!(found("a = \"{n} giải\"\n", "a = \"{count} prizes\"\n").len(), 1);
        assert_eq!(said(messages_speak_both, &[]).len(), 2);
    }
}
