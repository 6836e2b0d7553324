//! Paths that only work where they were written.

use super::Finding;
use crate::tree::Tree;

const KINDS: &[&str] = &[
    ".rs", ".toml", ".md", ".html", ".csv", ".sql", ".css", ".js", ".sh", ".txt", ".json", ".yml", ".yaml", ".ci/run",
];

/// Where every crate of `Cargo.lock` must come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// No file names a path of this machine, or climbs out of the repository with `../`; the lock file
/// names no other source than crates.io.
pub fn paths_stay_inside(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts("", KINDS) {
        let folders = path.matches('/').count();
        for (line, content) in text.lines().enumerate().map(|(place, content)| (place + 1, content)) {
            for machine_path in tree.machine_paths.iter().filter(|machine_path| names(content, machine_path)) {
                findings.push(Finding::at(path, line, format!("`{machine_path}` exists on one machine only")));
            }
            if climbs(content) > folders {
                findings.push(Finding::at(path, line, "`../` leads out of the repository"));
            }
        }
    }
    let lock = tree.text("Cargo.lock").unwrap_or_default();
    let foreign =
        lock.lines().enumerate().filter(|(_, line)| line.starts_with("source = ") && !line.contains(REGISTRY));
    findings
        .extend(foreign.map(|(place, line)| Finding::at("Cargo.lock", place + 1, format!("{line} is not crates.io"))));
    findings
}

/// Whether the line names the path itself or something below it, and not a longer name.
fn names(line: &str, machine_path: &str) -> bool {
    line.match_indices(machine_path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + machine_path.len()..].chars().next();
        let part_of_more = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_.~".contains(c));
        !part_of_more(before) && !part_of_more(after)
    })
}

/// The longest run of `../` in the line.
fn climbs(line: &str) -> usize {
    let mut longest = 0;
    for (at, _) in line.match_indices("../") {
        let run = line.as_bytes()[at..].chunks(3).take_while(|part| *part == b"../").count();
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn a_path_of_one_machine_is_found() {
        let mut tree = Tree::of(&[("docs/a.md", "See /data/thidua/x and /data/thidua-2, /a/data/thidua.\n")]);
        assert!(paths_stay_inside(&tree).is_empty());
        tree.machine_paths = vec!["/data/thidua".to_owned()];
        assert_eq!(paths_stay_inside(&tree).len(), 1);
        tree = Tree::of(&[("docs/a.md", "See /data/thidua-2 and https://a/data/thidua.\n")]);
        tree.machine_paths = vec!["/data/thidua".to_owned()];
        assert!(paths_stay_inside(&tree).is_empty());
    }

    #[test]
    fn a_climb_out_of_the_repository_is_found() {
        let out = "../".repeat(2);
        assert_eq!(said(paths_stay_inside, &[("docs/a.md", &format!("[x]({out}x.md)\n"))]).len(), 1);
        assert!(said(paths_stay_inside, &[("docs/adr/a.md", &format!("[x]({out}x.md)\n"))]).is_empty());
    }

    #[test]
    fn a_foreign_registry_is_found() {
        let lock = format!("source = \"{REGISTRY}\"\nsource = \"registry+https://mirror.example/index\"\n");
        assert_eq!(said(paths_stay_inside, &[("Cargo.lock", &lock)]).len(), 1);
    }
}
