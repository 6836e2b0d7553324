//! The rules of the house that no compiler checks, each with the reason it exists.
//!
//! A rule is a function from the repository's files to what breaks it. Every rule has a test of its
//! own that breaks it in a made-up tree, and all of them run on the real tree in `cargo xtask tidy`
//! and in `cargo test -p xtask`.

use std::fmt;

use crate::tree::Tree;

mod architecture;
mod arrows;
mod base;
mod data;
mod dependencies;
mod homes;
mod links;
mod messages;
mod migrations;
mod names;
mod paths;
mod purity;
mod purpose;
mod rungs;
mod tenant;
mod text;
mod unfinished;

/// One rule of the house.
pub struct Rule {
    /// The name of its function, by which ARCHITECTURE.md refers to it.
    pub name: &'static str,
    /// What must hold, in one sentence.
    pub what: &'static str,
    /// Why it must; printed with each finding.
    pub why: &'static str,
    check: fn(&Tree) -> Vec<Finding>,
}

/// Something that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// Path from the root.
    pub file: String,
    /// From 1; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong, in words that say what to do.
    pub what: String,
}

/// Every rule, in the order in which a reader meets its subject.
pub const RULES: &[Rule] = &[
    Rule {
        name: "pure_crates_are_pure",
        what: "base, law, domain, prose, paper and report depend on allowed crates only and do no I/O",
        why: "a pure function can be tested with plain values and gives the same answer tomorrow",
        check: purity::pure_crates_are_pure,
    },
    Rule {
        name: "arrows_point_down",
        what: "a crate depends only on crates below it in the picture",
        why: "what a crate cannot reach it cannot break; a new arrow is a decision and needs an ADR",
        check: arrows::arrows_point_down,
    },
    Rule {
        name: "domain_rungs_hold",
        what: "a module of domain uses modules on lower rungs only",
        why: "modules that know each other in circles can only be understood all at once",
        check: rungs::domain_rungs_hold,
    },
    Rule {
        name: "base_is_closed",
        what: "base has its five modules and no sixth",
        why: "a crate that everyone may use is where things without a home gather; a sixth module needs an ADR",
        check: base::base_is_closed,
    },
    Rule {
        name: "sql_and_html_stay_home",
        what: "SQL in store, drivers in its engine, HTML in templates and in paper's HTML writer",
        why: "who changes a table or a page must find every place that speaks of it",
        check: homes::sql_and_html_stay_home,
    },
    Rule {
        name: "tenant_comes_first",
        what: "every key of a tenant's table begins with `tenant` and every statement binds it",
        why: "one statement without it shows an office the data of another; and the tables can be spread by it",
        check: tenant::tenant_comes_first,
    },
    Rule {
        name: "migrations_come_whole",
        what: "a migration for one engine has its twin for the other and explains itself",
        why: "two engines with one text is what keeps the second one honest; half a pair is found by a customer",
        check: migrations::migrations_come_whole,
    },
    Rule {
        name: "messages_speak_both",
        what: "the Vietnamese and the English messages have the same keys and the same blanks",
        why: "a missing key is a page with a hole in one language, seen by a reader and not by a test",
        check: messages::messages_speak_both,
    },
    Rule {
        name: "data_parses",
        what: "every TOML file parses and every CSV file has as many fields in each row as in its head",
        why: "data is code here: a typing mistake must stop the build, not the first user",
        check: data::data_parses,
    },
    Rule {
        name: "architecture_is_true",
        what: "ARCHITECTURE.md names only files and guards that exist, in under 250 lines",
        why: "a map that was right once sends newcomers the wrong way",
        check: architecture::architecture_is_true,
    },
    Rule {
        name: "crates_say_their_purpose",
        what: "each crate's description is one sentence, the same as the first line of its code, under the house's lints",
        why: "a crate that needs two sentences does two things; and what is said twice must be said alike",
        check: purpose::crates_say_their_purpose,
    },
    Rule {
        name: "links_lead_somewhere",
        what: "links between Markdown pages lead to files that exist, and every decision is in the list",
        why: "a page that cannot be reached is not read, and a dead link costs the reader's trust in the rest",
        check: links::links_lead_somewhere,
    },
    Rule {
        name: "dependencies_are_explained",
        what: "docs/dependencies.md has one line for each direct dependency and no other",
        why: "what nobody can say the use of should not be built, shipped and audited",
        check: dependencies::dependencies_are_explained,
    },
    Rule {
        name: "names_say_their_subject",
        what: "no utils.rs, helpers.rs, common.rs, misc.rs, types.rs; files open with `//!`; none is over 600 lines",
        why: "a drawer for everything has no reader; a long file has a second subject",
        check: names::names_say_their_subject,
    },
    Rule {
        name: "nothing_is_unfinished",
        what: "no marks of unfinished work, and no test or example that is written but not run",
        why: "a mark in the code is a promise without an owner: do it, or file it where it will be read",
        check: unfinished::nothing_is_unfinished,
    },
    Rule {
        name: "text_is_clean",
        what: "text is UTF-8 in Normal Form C, without spaces at the end of lines, with a newline at its end",
        why: "two spellings of one Vietnamese word look the same and compare as different",
        check: text::text_is_clean,
    },
    Rule {
        name: "paths_stay_inside",
        what: "no file names a path of this machine or one that leaves the repository; crates come from crates.io",
        why: "what works on the writer's machine only does not work",
        check: paths::paths_stay_inside,
    },
];

impl Finding {
    fn whole(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, what: what.into() }
    }

    fn at(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: Some(line), what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// Checks every rule and returns the report, one paragraph for each broken rule; empty when all hold.
pub fn broken_rules(tree: &Tree) -> Vec<String> {
    let mut paragraphs = Vec::new();
    for rule in RULES {
        let findings = (rule.check)(tree);
        if !findings.is_empty() {
            let mut lines = vec![format!("rule {}: {}", rule.name, rule.what)];
            lines.extend(findings.iter().map(|finding| format!("  {finding}")));
            lines.push(format!("  why: {}", rule.why));
            paragraphs.push(lines.join("\n"));
        }
    }
    paragraphs
}

/// What a rule says of a made-up tree, as printed.
#[cfg(test)]
fn said(check: fn(&Tree) -> Vec<Finding>, files: &[(&str, &str)]) -> Vec<String> {
    check(&Tree::of(files)).iter().map(Finding::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_every_rule() {
        let tree = Tree::load(&crate::tree::root()).unwrap();
        let broken = broken_rules(&tree);
        assert!(broken.is_empty(), "\n{}\n", broken.join("\n\n"));
    }

    #[test]
    fn a_broken_rule_prints_file_rule_and_reason() {
        let tree = Tree::of(&[("crates/web/src/utils.rs", "//! Things.\n")]);
        let broken = broken_rules(&tree).join("\n");
        for part in ["crates/web/src/utils.rs", "rule names_say_their_subject", "why: a drawer for everything"] {
            assert!(broken.contains(part), "{part} is missing in:\n{broken}");
        }
    }
}
