//! `cargo xtask generate`: files that follow from others and are committed for their readers.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::tidy::RULES;
use crate::tree::Tree;

/// What to do with a file that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// Write it anew.
    Files,
    /// Only say so.
    Nothing,
}

/// A file with the function that makes its text from the repository.
type Generator = (&'static str, fn(&Tree) -> String);

const GENERATORS: &[Generator] = &[("docs/house-rules.md", house_rules)];

/// Files that only the product's own code can write, and the test that does so when `THIDUA_GENERATE` is set.
/// The same tests compare them on every run, so there is no separate check.
const WRITTEN_BY_TESTS: &[(&str, &str, &str)] = &[
    ("docs/domain/permissions.md", "thidua-domain", "the_printed_permissions_are_the_table"),
    ("docs/domain/exemplar-steps.md", "thidua-domain", "the_printed_steps_of_exemplars_are_the_table"),
    ("docs/domain/dossier-steps.md", "thidua-domain", "the_printed_steps_are_the_table"),
    ("docs/domain/checks.md", "thidua-domain", "the_printed_checks_are_the_book"),
    ("crates/law/data/cases", "thidua-law", "the_kept_cases_are_what_the_conditions_make"),
    ("docs/api/openapi.json", "thidua-web", "the_kept_text_is_the_served_one"),
];

/// Has the tests write their files.
pub fn write_by_tests(root: &Path) -> Result<()> {
    for (path, package, test) in WRITTEN_BY_TESTS {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(root).env("THIDUA_GENERATE", "1").args(["test", "--quiet", "-p", package, test]);
        let ended = command.status().with_context(|| format!("cannot start cargo to write {path}"))?;
        ensure!(ended.success(), "{path} was not written: the test {test} of {package} failed");
    }
    Ok(())
}

/// Compares each generated file with what it should be; returns the paths that differ.
pub fn generate(tree: &Tree, root: &Path, write: Write) -> Result<Vec<String>> {
    let mut stale = Vec::new();
    for (path, text_of) in GENERATORS {
        let text = text_of(tree);
        if tree.text(path) != Some(&text) {
            stale.push((*path).to_owned());
            if write == Write::Files {
                std::fs::write(root.join(path), &text).with_context(|| format!("cannot write {path}"))?;
            }
        }
    }
    Ok(stale)
}

/// The rules of the house as a page, for those who read before they write.
fn house_rules(_: &Tree) -> String {
    let mut page = "# House rules\n\n\
        Written by `cargo xtask generate` from the rules in `xtask/src/tidy`; `cargo xtask tidy` checks them.\n"
        .to_owned();
    for rule in RULES {
        write!(page, "\n## {}\n\n{}.\n\nWhy: {}.\n", rule.name, capital(rule.what), rule.why)
            .expect("a string takes all text");
    }
    page
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    // A crate's name is written as it is, also at the start of a sentence.
    if sentence.starts_with("base") { sentence.to_owned() } else { first.chain(letters).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_stale_and_a_current_one_is_not() {
        let page = house_rules(&Tree::of(&[]));
        assert!(RULES.iter().all(|rule| page.contains(rule.name) && page.contains(rule.why)));
        let check = |text: &str| {
            generate(&Tree::of(&[("docs/house-rules.md", text)]), Path::new("/nowhere"), Write::Nothing).unwrap()
        };
        assert!(check(&page).is_empty());
        assert_eq!(check("old"), ["docs/house-rules.md"]);
    }
}
