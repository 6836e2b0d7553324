//! What the pure crates may depend on, and what their code may not say.

use super::Finding;
use super::arrows::{Use, dependencies};
use crate::source::{Source, is_test_file};
use crate::tree::Tree;

/// The pure crates with the foreign crates each may use. A new name here is a decision: does it do
/// I/O, read a clock, draw lots? `jiff` is for the calendar only; clippy bans its clock.
pub const ALLOWED: &[(&str, &[&str])] = &[
    ("base", &["icu_collator", "icu_locale_core", "jiff", "thiserror", "unicode-normalization"]),
    ("law", &["serde", "sha2", "strsim", "thiserror", "toml"]),
    ("domain", &["serde", "sha2", "thiserror", "toml"]),
    ("prose", &["thiserror"]),
    ("paper", &["quick-xml", "thiserror", "ttf-parser", "typst", "typst-layout", "typst-pdf", "zip"]),
    ("report", &["serde", "thiserror", "toml"]),
];

/// Modules of the standard library through which a function would see more than its arguments.
const OUTSIDE: &[&str] = &["fs", "net", "env", "process", "thread", "time::SystemTime", "time::Instant", "io::stdin"];

/// Pure crates keep to [`ALLOWED`], and their code names neither [`OUTSIDE`] nor async nor a float.
pub fn pure_crates_are_pure(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, allowed) in ALLOWED {
        let manifest = format!("crates/{name}/Cargo.toml");
        for dependency in dependencies(tree.text(&manifest).unwrap_or_default()) {
            let ours = dependency.name.starts_with("thidua-");
            if dependency.use_ == Use::Product && !ours && !allowed.contains(&dependency.name.as_str()) {
                let what = format!("`{}` is not on the list of crates that `{name}` may use", dependency.name);
                findings.push(Finding::whole(&manifest, what));
            }
        }
        for (path, text) in tree.texts(&format!("crates/{name}/src/"), &[".rs"]) {
            if !is_test_file(path) {
                let source = Source::of(text);
                let told = |(at, what)| Finding::at(path, source.line(at), format!("`{what}` in a pure crate"));
                findings.extend(impurities(&source).into_iter().map(told));
            }
        }
    }
    findings
}

fn impurities(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for module in OUTSIDE {
        let path = format!("std::{module}");
        found.extend(source.words(&path).into_iter().map(|at| (at, path.clone())));
        // `use std::{fs, …}` hides the path; a plain `use std::fs;` was found just now.
        let below = format!("{path}::");
        let hidden = source.uses().into_iter().filter(|use_| use_.path == path || use_.path.starts_with(&below));
        found.extend(hidden.filter(|use_| grouped(source, use_.at)).map(|use_| (use_.at, path.clone())));
    }
    for word in ["tokio", "async fn", "async move"] {
        found.extend(source.words(word).into_iter().map(|at| (at, word.to_owned())));
    }
    found.extend(float_literals(source).into_iter().map(|at| (at, "a number with a point".to_owned())));
    found.sort();
    found
}

/// Literals such as `0.5`, whose type clippy's ban on `f64` does not see; `pair.0.1` and `0..5` are none.
fn float_literals(source: &Source) -> Vec<usize> {
    let bytes = source.code.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let part_of_name = |at: usize| bytes[at].is_ascii_alphanumeric() || b"_.".contains(&bytes[at]);
    let points =
        source.code.match_indices('.').map(|(at, _)| at).filter(|at| *at > 0 && digit(at - 1) && digit(at + 1));
    let starts = points
        .map(|at| (0..at).rev().take_while(|before| digit(*before) || bytes[*before] == b'_').last().unwrap_or(at));
    starts.filter(|start| (*start == 0 || !part_of_name(start - 1)) && !source.is_test(*start)).collect()
}

/// Whether the `use` at this place opens its braces right after `std::`.
fn grouped(source: &Source, at: usize) -> bool {
    let statement = source.code[at..].split(';').next().unwrap_or_default();
    statement.split_whitespace().collect::<String>().contains("std::{")
        || statement.split_whitespace().collect::<String>().contains("time::{")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn a_foreign_crate_outside_the_list_is_found() {
        let manifest =
            "[dependencies]\nrusqlite.workspace = true\nthiserror = \"2\"\n[dev-dependencies]\ninsta = \"1\"\n";
        let broken = said(pure_crates_are_pure, &[("crates/domain/Cargo.toml", manifest)]);
        assert_eq!(broken, ["crates/domain/Cargo.toml: `rusqlite` is not on the list of crates that `domain` may use"]);
    }

    #[test]
    fn input_and_output_are_found_however_they_are_written() {
        for line in [
            "use std::fs;",
            "use std::{collections::BTreeMap, fs};",
            "use std::{time::{Duration, SystemTime}};",
            "use std::time::{Duration, Instant};",
            "fn f() { std::env::var(\"X\"); }",
            "async fn f() {}",
            "fn f() { tokio::spawn(g()); }",
            "fn f() { g(1_000.5); }",
        ] {
            let broken = said(pure_crates_are_pure, &[("crates/prose/src/lib.rs", &format!("//! P.\n{line}\n"))]);
            assert_eq!(broken.len(), 1, "{line}: {broken:?}");
            assert!(broken[0].starts_with("crates/prose/src/lib.rs:2: "), "{broken:?}");
        }
    }

    #[test]
    fn words_in_text_and_tests_do_not_count() {
        let innocent = "//! std::fs and tokio.\nuse std::fmt;\nconst A: &str = \"std::net\";\n\
                        const B: &[u8] = include_bytes!(\"x\");\nfn f(p: P) { p.0.1; x1.0; 0..5; }\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        assert!(said(pure_crates_are_pure, &[("crates/prose/src/lib.rs", innocent)]).is_empty());
        assert!(said(pure_crates_are_pure, &[("crates/prose/src/a/tests.rs", "use std::fs;\n")]).is_empty());
        assert!(said(pure_crates_are_pure, &[("crates/store/src/lib.rs", "use std::fs;\n")]).is_empty());
    }
}
