//! How text is stored.

use unicode_normalization::is_nfc;

use super::Finding;
use crate::tree::Tree;

const KINDS: &[&str] = &[".rs", ".toml", ".md", ".html", ".csv", ".sql", ".css", ".js", ".sh"];

/// Text files are UTF-8 in Normal Form C, without byte-order mark, carriage returns or spaces at the
/// end of a line, and end with a newline.
pub fn text_is_clean(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, bytes) in tree.files().filter(|(path, _)| is_ours(path)) {
        let Ok(text) = std::str::from_utf8(bytes) else {
            findings.push(Finding::whole(path, "not UTF-8"));
            continue;
        };
        if !text.is_empty() && !text.ends_with('\n') {
            findings.push(Finding::whole(path, "no newline at the end"));
        }
        for (line, content) in text.split('\n').enumerate().map(|(place, content)| (place + 1, content)) {
            for (wrong, what) in [
                (!is_nfc(content), "not in Normal Form C; in tests, write the marks as \\u{…} escapes"),
                (content.contains('\r'), "a carriage return"),
                (content.starts_with('\u{feff}'), "a byte-order mark"),
                (content.ends_with([' ', '\t']), "spaces at the end of the line"),
            ] {
                if wrong {
                    findings.push(Finding::at(path, line, what));
                }
            }
        }
    }
    findings
}

/// A script that others wrote and packed is kept byte for byte.
fn is_ours(path: &str) -> bool {
    KINDS.iter().any(|kind| path.ends_with(kind)) && !path.ends_with(".min.js")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn unclean_text_is_found() {
        assert!(said(text_is_clean, &[("packs/a.csv", "tên\nThọ Dân\n")]).is_empty());
        let decomposed = "te\u{302}n\n";
        assert_eq!(said(text_is_clean, &[("packs/a.csv", decomposed)]).len(), 1);
        for text in ["a \n", "a\t\n", "a\r\n", "\u{feff}a\n", "a"] {
            assert_eq!(said(text_is_clean, &[("docs/a.md", text)]).len(), 1, "{text:?}");
        }
        assert!(said(text_is_clean, &[("crates/web/e2e/axe.min.js", "a")]).is_empty(), "written by others");
        let latin = Tree::of(&[]).with("docs/a.md", b"t\xean\n");
        assert_eq!(text_is_clean(&latin)[0].what, "not UTF-8");
    }
}
