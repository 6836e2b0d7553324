//! `cargo xtask ci`: all that must hold before a change lands, the same everywhere.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::generate::{Write, generate};
use crate::tidy::broken_rules;
use crate::tree::Tree;
use crate::{child, demo, readme};

/// How much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every stage.
    Whole,
    /// What a laptop does in under two minutes once it has built: tidy and the pure crates.
    Quick,
}

/// The crates whose tests need nothing but themselves.
const PURE: &[&str] = &["base", "law", "domain", "prose", "paper", "report"];

/// Longest time for one command of the tidy stage, a cold check of all dependencies included.
const LIMIT: Duration = Duration::from_secs(30 * 60);

/// Longest time for the README's test command.
const TEST_LIMIT: Duration = Duration::from_secs(75 * 60);

/// A stage, and the summary line of its tests where it runs any.
type Stage = (&'static str, fn(&Path) -> Result<Option<String>>);

/// Tidy first, since it is quick to fail; then the development build with the tests; the release
/// build of the demo last.
const WHOLE: &[Stage] = &[
    ("tidy", tidy),
    ("tests, as in the README", tests),
    ("generated", generated),
    ("demo, as in the README", try_demo),
];

const QUICK: &[Stage] = &[("tidy", tidy), ("pure crates", pure)];

/// Runs the stages, each with its time, and stops at the first that fails.
pub fn ci(root: &Path, extent: Extent) -> Result<()> {
    let stages = match extent {
        Extent::Whole => WHOLE,
        Extent::Quick => QUICK,
    };
    let start = Instant::now();
    let mut times = Vec::new();
    let mut summary = None;
    for (name, stage) in stages {
        println!("\n== {name}");
        let begun = Instant::now();
        let outcome = stage(root);
        times.push(format!("{:>6} s  {name}", begun.elapsed().as_secs()));
        match outcome {
            Ok(counted) => summary = counted.or(summary),
            Err(error) => {
                println!("\n{}\n", times.join("\n"));
                return Err(error.context(format!("stage `{name}` failed")));
            }
        }
    }
    println!("\n{}\n{:>6} s  in all", times.join("\n"), start.elapsed().as_secs());
    // Said once more at the very end, where whoever reads only the last line looks.
    println!("{}", summary.context("no stage counted any test")?);
    Ok(())
}

fn tidy(root: &Path) -> Result<Option<String>> {
    must_succeed(root, "cargo fmt", &["fmt", "--all", "--check"])?;
    let broken = broken_rules(&Tree::load(root)?);
    ensure!(broken.is_empty(), "the house rules are broken:\n\n{}", broken.join("\n\n"));
    must_succeed(
        root,
        "cargo clippy",
        &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
    )?;
    Ok(None)
}

fn pure(root: &Path) -> Result<Option<String>> {
    let mut arguments = vec!["test".to_owned(), "--locked".to_owned()];
    arguments.extend(PURE.iter().flat_map(|name| ["--package".to_owned(), format!("thidua-{name}")]));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    must_succeed(root, "cargo test", &arguments)?;
    Ok(Some("The pure crates pass their tests.".to_owned()))
}

fn tests(root: &Path) -> Result<Option<String>> {
    let text = readme::command(root, "test")?;
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", &text]).current_dir(root);
    let mut summary = None;
    let status = child::run("the README's test command", &mut shell, TEST_LIMIT, |line| {
        if is_summary(line) {
            summary = Some(line.to_owned());
        }
    })?;
    ensure!(status.success(), "the README's test command ended with {status}");
    ensure!(summary.is_some(), "the README's test command printed no line `N passed, N failed, N skipped`");
    Ok(summary)
}

fn generated(root: &Path) -> Result<Option<String>> {
    let stale = generate(&Tree::load(root)?, root, Write::Nothing)?;
    ensure!(stale.is_empty(), "not as `cargo xtask generate` writes them: {}", stale.join(", "));
    println!("The generated files are current.");
    Ok(None)
}

fn try_demo(root: &Path) -> Result<Option<String>> {
    let text = readme::command(root, "demo")?;
    if text.lines().count() != 1 {
        bail!("the README's demo must be one command, so that Ctrl-C reaches it");
    }
    demo::try_out(root, text.trim())?;
    Ok(None)
}

fn must_succeed(root: &Path, name: &str, arguments: &[&str]) -> Result<()> {
    let status = child::run(name, child::cargo().args(arguments).current_dir(root), LIMIT, |_| {})?;
    ensure!(status.success(), "`cargo {}` ended with {status}", arguments.join(" "));
    Ok(())
}

/// Whether the line is `N passed, N failed, N skipped` and nothing else.
fn is_summary(line: &str) -> bool {
    let counts: Vec<&str> = line.split(", ").collect();
    let words = ["passed", "failed", "skipped"];
    counts.len() == words.len()
        && counts.iter().zip(words).all(|(count, word)| {
            let number = count.strip_suffix(word).and_then(|number| number.strip_suffix(' '));
            number.is_some_and(|number| number.parse::<u32>().is_ok())
        })
}

#[cfg(test)]
mod tests {
    use super::is_summary;

    #[test]
    fn the_summary_is_known_among_other_lines() {
        assert!(is_summary("12 passed, 0 failed, 3 skipped"));
        for line in ["12 passed, 0 failed", "test result: ok. 12 passed; 0 failed", "a passed, 0 failed, 3 skipped", ""]
        {
            assert!(!is_summary(line), "{line}");
        }
    }
}
