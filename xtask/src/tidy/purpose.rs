//! What each crate says of itself.

use super::Finding;
use crate::tree::Tree;

/// A crate's `description` is one sentence and the first line of its `lib.rs` or `main.rs`; its lints are the house's.
pub fn crates_say_their_purpose(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let ours = |path: &str| path.starts_with("crates/") || path.starts_with("testkit/") || path.starts_with("xtask/");
    for (path, text) in tree.texts("", &["/Cargo.toml"]).filter(|(path, _)| ours(path)) {
        // What does not parse is told by `data_parses`.
        let Ok(manifest) = text.parse::<toml::Table>() else { continue };
        let folder = path.trim_end_matches("Cargo.toml");
        let description = manifest.get("package").and_then(|package| package.get("description"));
        let description = description.and_then(toml::Value::as_str).unwrap_or_default();
        if !description.ends_with('.') || description.matches(". ").count() > 0 {
            findings.push(Finding::whole(path, "the description must be one sentence with a full stop"));
        }
        let code = ["src/lib.rs", "src/main.rs"].iter().find_map(|file| tree.text(&format!("{folder}{file}")));
        let first = code.and_then(|code| code.lines().next()).unwrap_or_default();
        if first.trim_start_matches("//!").trim() != description {
            findings.push(Finding::whole(
                path,
                format!("the code begins with `{first}`, the description says `{description}`"),
            ));
        }
        let inherits = manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool);
        if inherits != Some(true) {
            findings.push(Finding::whole(path, "`[lints] workspace = true` is missing"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn a_crate_without_purpose_with_two_or_with_own_lints_is_found() {
        let found = |description: &str, code: &str, rest: &str| {
            let manifest = format!("[package]\nname = \"a\"\ndescription = \"{description}\"\n{rest}");
            said(crates_say_their_purpose, &[("crates/a/Cargo.toml", &manifest), ("crates/a/src/lib.rs", code)])
        };
        let lints = "[lints]\nworkspace = true\n";
        assert!(found("All SQL.", "//! All SQL.\n", lints).is_empty());
        assert_eq!(found("All SQL.", "//! Some SQL.\n", lints).len(), 1);
        assert_eq!(found("All SQL. And pages.", "//! All SQL. And pages.\n", lints).len(), 1);
        assert_eq!(found("", "//!\n", lints).len(), 1);
        assert_eq!(found("All SQL.", "//! All SQL.\n", "").len(), 1);
    }
}
