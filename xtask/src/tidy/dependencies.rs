//! `docs/dependencies.md` against what the crates depend on.

use std::collections::BTreeSet;

use super::Finding;
use super::arrows::dependencies;
use crate::tree::Tree;

const FILE: &str = "docs/dependencies.md";

/// Each foreign crate that one of ours names has a line ``- `name`: …`` with a reason, and no line is left over.
pub fn dependencies_are_explained(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.texts("", &["Cargo.toml"]).filter(|(path, _)| *path != "Cargo.toml");
    let used: BTreeSet<String> = manifests
        .flat_map(|(_, text)| dependencies(text))
        .map(|dependency| dependency.name)
        .filter(|name| !name.starts_with("thidua-"))
        .collect();
    let Some(text) = tree.text(FILE) else {
        return vec![Finding::whole(FILE, "the list of dependencies is missing")];
    };
    let mut findings = Vec::new();
    let mut explained = BTreeSet::new();
    for (line, content) in text.lines().enumerate().map(|(place, content)| (place + 1, content)) {
        let Some((name, reason)) = content.strip_prefix("- `").and_then(|rest| rest.split_once("`:")) else { continue };
        if reason.split_whitespace().count() < 5 {
            findings.push(Finding::at(
                FILE,
                line,
                format!("`{name}`: say what for, and why not fifty lines of our own"),
            ));
        }
        if !used.contains(name) {
            findings.push(Finding::at(FILE, line, format!("`{name}` is used by no crate")));
        }
        explained.insert(name.to_owned());
    }
    let silent = used.difference(&explained).map(|name| Finding::whole(FILE, format!("`{name}` has no line")));
    findings.extend(silent);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn an_unexplained_and_a_forgotten_dependency_are_found() {
        let manifest =
            ("crates/web/Cargo.toml", "[dependencies]\naxum.workspace = true\nthidua-base.workspace = true\n");
        let found = |list: &str| said(dependencies_are_explained, &[manifest, (FILE, list)]);
        assert!(found("- `axum`: routing of requests; matching paths well is not fifty lines\n").is_empty());
        assert_eq!(found(""), ["docs/dependencies.md: `axum` has no line"]);
        assert_eq!(found("- `axum`: web\n").len(), 1);
        assert_eq!(found("- `axum`: a b c d e\n- `rocket`: a b c d e\n").len(), 1);
        assert_eq!(said(dependencies_are_explained, &[manifest]).len(), 1);
    }
}
