//! ARCHITECTURE.md against what exists.

use super::{Finding, RULES};
use crate::tree::Tree;

const FILE: &str = "ARCHITECTURE.md";
const LINES_MAX: usize = 250;

/// Paths named in ARCHITECTURE.md exist, guards of invariants are functions that exist, and the file
/// stays short enough to be read.
pub fn architecture_is_true(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(FILE) else {
        return vec![Finding::whole(FILE, "the map of the code is missing")];
    };
    let mut findings = Vec::new();
    let (mut fenced, mut section) = (false, "");
    for (line, content) in text.lines().enumerate().map(|(place, content)| (place + 1, content)) {
        if content.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            let files = content.split_whitespace().filter(|word| is_path(word) && word.contains('/') && is_file(word));
            findings.extend(files.filter(|path| !exists(tree, path)).map(|path| absent(line, path)));
        } else {
            section = content.strip_prefix('#').unwrap_or(section);
            for token in content.split('`').skip(1).step_by(2) {
                if is_path(token) && (token.contains('/') || is_file(token)) && !exists(tree, token) {
                    findings.push(absent(line, token));
                }
                if section.contains("nvariant") && content.starts_with('|') && !is_guard(tree, token) {
                    findings.push(Finding::at(
                        FILE,
                        line,
                        format!("the guard `{token}` is no test or rule that exists"),
                    ));
                }
            }
        }
    }
    let lines = text.lines().count();
    if lines >= LINES_MAX {
        findings.push(Finding::whole(FILE, format!("{lines} lines; keep it under {LINES_MAX}")));
    }
    findings
}

fn absent(line: usize, path: &str) -> Finding {
    Finding::at(FILE, line, format!("`{path}` does not exist"))
}

/// A path relative to the root: no URL, no pattern, no code.
fn is_path(token: &str) -> bool {
    let plain = token.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    plain && !token.starts_with(['/', '.', '-']) && token.contains(['/', '.'])
}

fn is_file(path: &str) -> bool {
    [".rs", ".toml", ".md", ".sql", ".html", ".css", ".js", ".csv", ".sh"].iter().any(|end| path.ends_with(end))
}

/// A path may leave out the folders above it, as the picture and the running text do.
fn exists(tree: &Tree, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    let as_file = format!("/{path}");
    let as_folder = format!("/{path}/");
    tree.has(path) || tree.files().any(|(file, _)| file.ends_with(&as_file) || file.contains(&as_folder))
}

/// A token that is no `place::name` is no guard and passes; `tidy::` names a rule, other places a function.
fn is_guard(tree: &Tree, token: &str) -> bool {
    let words = token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':');
    let Some((place, name)) = token.split_once("::").filter(|_| words) else { return true };
    let name = name.rsplit("::").next().unwrap_or(name);
    let folder = if place == "e2e" || place == "testkit" { format!("{place}/") } else { format!("crates/{place}/") };
    let function = |(_, text): (&str, &str)| text.contains(&format!("fn {name}("));
    match place {
        "tidy" => RULES.iter().any(|rule| rule.name == name),
        "clippy" => tree.text("clippy.toml").is_some_and(|bans| bans.contains(&name.replace('_', "-"))),
        _ => tree.texts(&folder, &[".rs"]).any(function),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    fn found(text: &str) -> Vec<String> {
        let org = ("crates/domain/src/org/mod.rs", "//! Units.\n#[test]\nfn a_merger_conserves_sums() {}\n");
        said(architecture_is_true, &[(FILE, text), org])
    }

    #[test]
    fn a_name_without_a_thing_is_found() {
        let good = "# A\nSee `crates/domain`, `domain/src/org/mod.rs`, `org/`, `/ho-so`, `a::b`, `mod.rs`, `x.y(z)`.\n";
        assert!(found(good).is_empty(), "{:?}", found(good));
        for gone in ["`crates/motion`", "`domain/src/unit.rs`", "`council.rs`"] {
            assert_eq!(found(&format!("# A\n{gone}\n")).len(), 1, "{gone}");
        }
        let fenced = "# A\n```\n 1  domain/src/org/submit.rs   decide\n a  -> b/c\n```\n";
        assert_eq!(found(fenced), ["ARCHITECTURE.md:3: `domain/src/org/submit.rs` does not exist"]);
    }

    #[test]
    fn a_guard_that_guards_nothing_is_found() {
        let table = |guard: &str| format!("## Invariants\n| What | `{guard}` |\n");
        assert!(found(&table("domain::a_merger_conserves_sums")).is_empty());
        assert!(found(&table("tidy::tenant_comes_first")).is_empty());
        assert_eq!(found(&table("tidy::all_is_well")).len(), 1);
        assert_eq!(found(&table("domain::nothing_of_the_kind")).len(), 1);
    }

    #[test]
    fn a_long_map_and_a_missing_one_are_found() {
        assert_eq!(found(&"line\n".repeat(LINES_MAX)).len(), 1);
        assert_eq!(said(architecture_is_true, &[]), ["ARCHITECTURE.md: the map of the code is missing"]);
    }
}
