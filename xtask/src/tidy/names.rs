//! Names and sizes of source files.

use super::Finding;
use crate::tree::Tree;

/// Names that say nothing of what is inside.
const DRAWERS: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "types"];

const LINES_MAX: usize = 600;

/// Files that may be longer, each with its reason.
const LONG_FOR_A_REASON: &[(&str, &str)] = &[];

/// Source files are named for their subject, open by saying it, and have one.
pub fn names_say_their_subject(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts("", &[".rs"]) {
        let mut parts = path.trim_end_matches(".rs").split('/');
        if let Some(drawer) = parts.rfind(|part| DRAWERS.contains(part)) {
            findings.push(Finding::whole(
                path,
                format!("`{drawer}` names no subject; where does each thing in it belong?"),
            ));
        }
        if !text.starts_with("//!") {
            findings.push(Finding::at(path, 1, "the first line must say, after `//!`, what the file is about"));
        }
        let lines = text.lines().count();
        if lines > LINES_MAX && !LONG_FOR_A_REASON.iter().any(|(long, _)| *long == path) {
            findings.push(Finding::whole(
                path,
                format!("{lines} lines (at most {LINES_MAX}): what is its second subject?"),
            ));
        }
    }
    let gone = LONG_FOR_A_REASON.iter().filter(|(path, _)| !tree.has(path));
    findings.extend(gone.map(|(path, _)| Finding::whole(path, "listed as long for a reason, but does not exist")));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn a_drawer_a_silent_file_and_a_long_file_are_found() {
        assert!(said(names_say_their_subject, &[("crates/a/src/plan.rs", "//! Plans.\n")]).is_empty());
        assert_eq!(said(names_say_their_subject, &[("crates/a/src/helpers.rs", "//! Things.\n")]).len(), 1);
        assert_eq!(said(names_say_their_subject, &[("crates/a/src/common/mod.rs", "//! Things.\n")]).len(), 1);
        assert_eq!(said(names_say_their_subject, &[("crates/a/src/plan.rs", "use a;\n")]).len(), 1);
        let long = format!("//! Plans.\n{}", "//\n".repeat(LINES_MAX));
        assert_eq!(
            said(names_say_their_subject, &[("crates/a/src/plan.rs", &long)]),
            ["crates/a/src/plan.rs: 601 lines (at most 600): what is its second subject?"]
        );
    }
}
