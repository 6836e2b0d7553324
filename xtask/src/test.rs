//! `cargo xtask test`: every test of the workspace, with all that they need from the machine.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail, ensure};

use crate::child;
use crate::layer::postgres::Server;
use crate::layer::{CHROMEDRIVER, CHROMIUM, Install, LAYERS, Layer, Outcome, command_for, install, program};

/// Longest time for building and running all tests; a cold build takes a good part of it.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// Where tests find the server; set beforehand, it names a server to use instead of our own.
const POSTGRES: &str = "THIDUA_TEST_POSTGRES";

/// The file to which `testkit::skip` adds a line for each test that proved nothing.
const SKIPS: &str = "THIDUA_TEST_SKIPS";

/// What the test programs printed about themselves.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Totals {
    passed: usize,
    failed: usize,
    ignored: usize,
}

/// The layers that are not there, each with why.
type Missing = BTreeMap<String, String>;

/// Runs the tests that `arguments` choose for `cargo test`; every test when there are none.
pub fn test(root: &Path, arguments: &[String], allowed: Install) -> Result<()> {
    let mut missing = prepare(allowed);
    let (_server, environment) = environment(&mut missing);
    for (layer, why) in &missing {
        println!("The layer {layer} will be skipped: {why}");
    }

    let skips = SkipsFile::new();
    let mut command = child::cargo();
    command.current_dir(root).args(["test", "--locked", "--no-fail-fast"]);
    match arguments {
        [] => command.arg("--workspace"),
        chosen => command.args(chosen),
    };
    command.env(SKIPS, &skips.0).envs(environment);
    let mut totals = Totals::default();
    let status = child::run("cargo test", &mut command, LIMIT, |line| {
        totals += Totals::read(line).unwrap_or_default();
    })?;

    if !status.success() && totals.failed == 0 {
        println!("cargo test ended with {status}, although no test failed: a build failed or a test program died");
        totals.failed = 1;
    }
    let skipped = skips.by_layer();
    println!();
    for (layer, why) in lines_of_layers(&missing, &skipped) {
        println!("skipped layer {layer}: {why}");
    }
    let summary = Summary::of(totals, &skipped);
    println!("{summary}");
    summary.judged(&missing, in_ci())
}

/// Whether nothing may be skipped.
pub fn in_ci() -> bool {
    std::env::var("CI").as_deref() == Ok("true")
}

/// Installs what is missing where that is allowed; returns what is missing still.
fn prepare(allowed: Install) -> Missing {
    let packages: Vec<&str> = lacking().flat_map(|layer| layer.packages.iter().copied()).collect();
    if packages.is_empty() {
        return Missing::new();
    }
    let tried = match install(&packages, allowed) {
        Ok(Outcome::NotAllowed) => String::new(),
        Ok(Outcome::Installed) => "; still so after the installation".to_owned(),
        Err(error) => format!("; {error:#}"),
    };
    let described = |layer: &Layer| {
        let (absent, command) = (layer.missing().join(", "), command_for(layer.packages));
        (layer.name.to_owned(), format!("no {absent}, so nothing shows {}{tried}; run: {command}", layer.proves))
    };
    lacking().map(described).collect()
}

/// The layers that lack a program; a server that was named beforehand needs none.
fn lacking() -> impl Iterator<Item = &'static Layer> {
    let named = std::env::var_os(POSTGRES).is_some();
    let needed = move |layer: &&Layer| layer.name != "postgres" || !named;
    LAYERS.iter().filter(needed).filter(|layer| !layer.missing().is_empty())
}

/// Starts what has to run and names where things are; what does not start is missing too.
fn environment(missing: &mut Missing) -> (Option<Server>, Vec<(&'static str, String)>) {
    let mut variables = Vec::new();
    for (name, programs) in [("THIDUA_TEST_CHROMIUM", CHROMIUM), ("THIDUA_TEST_CHROMEDRIVER", CHROMEDRIVER)] {
        variables.extend(program(programs).map(|path| (name, path.display().to_string())));
    }
    if std::env::var_os(POSTGRES).is_some() || missing.contains_key("postgres") {
        return (None, variables);
    }
    match Server::start() {
        Ok(server) => {
            variables.push((POSTGRES, server.url().to_owned()));
            (Some(server), variables)
        }
        Err(error) => {
            missing.insert("postgres".to_owned(), format!("{error:#}"));
            (None, variables)
        }
    }
}

impl Totals {
    /// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    fn read(line: &str) -> Option<Self> {
        let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
        let count = |word: &str| {
            let part = counts.split("; ").find(|part| part.ends_with(word))?;
            part.split(' ').next()?.parse().ok()
        };
        Some(Self { passed: count("passed")?, failed: count("failed")?, ignored: count("ignored")? })
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// What a run proved: a test that skipped itself looks passed to the harness and is not counted so.
#[derive(Debug, PartialEq, Eq)]
struct Summary {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

impl Summary {
    fn of(totals: Totals, skipped: &BTreeMap<String, usize>) -> Self {
        let skips: usize = skipped.values().sum();
        Self { passed: totals.passed.saturating_sub(skips), failed: totals.failed, skipped: totals.ignored + skips }
    }

    fn judged(&self, missing: &Missing, ci: bool) -> Result<()> {
        ensure!(self.failed == 0, "{} failed", self.failed);
        ensure!(self.passed > 0, "no test ran, so nothing is proved");
        if ci && (self.skipped > 0 || !missing.is_empty()) {
            let layers: Vec<&str> = missing.keys().map(String::as_str).collect();
            bail!(
                "{} skipped, layers missing: [{}]; under CI=true a skip is a failure",
                self.skipped,
                layers.join(", ")
            );
        }
        Ok(())
    }
}

/// One line for each layer that is missing or that tests skipped.
fn lines_of_layers(missing: &Missing, skipped: &BTreeMap<String, usize>) -> BTreeMap<String, String> {
    let counted = |layer: &str| match skipped.get(layer) {
        Some(tests) => format!("{tests} tests; "),
        None => String::new(),
    };
    let mut lines: BTreeMap<String, String> =
        missing.iter().map(|(layer, why)| (layer.clone(), format!("{}{why}", counted(layer)))).collect();
    for (layer, tests) in skipped {
        lines
            .entry(layer.clone())
            .or_insert_with(|| format!("{tests} tests said so themselves, see their lines above"));
    }
    lines
}

struct SkipsFile(PathBuf);

impl SkipsFile {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("thidua-skips-{}", std::process::id())))
    }

    /// How many tests skipped themselves for each layer.
    fn by_layer(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for line in std::fs::read_to_string(&self.0).unwrap_or_default().lines() {
            println!("{line}");
            let layer = line.strip_prefix("skipped: ").and_then(|rest| rest.split(':').next()).unwrap_or("unnamed");
            *counts.entry(layer.to_owned()).or_default() += 1;
        }
        counts
    }
}

impl Drop for SkipsFile {
    fn drop(&mut self) {
        // Not there when nothing was skipped.
        let _absent = std::fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(counts: &[(&str, usize)]) -> BTreeMap<String, usize> {
        counts.iter().map(|(layer, count)| ((*layer).to_owned(), *count)).collect()
    }

    #[test]
    fn the_lines_of_the_harness_are_added_up() {
        let mut totals = Totals::default();
        for line in [
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.05s",
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
            "test a_test_result: ok. 9 passed ... ok",
            "running 3 tests",
        ] {
            totals += Totals::read(line).unwrap_or_default();
        }
        assert_eq!(totals, Totals { passed: 14, failed: 1, ignored: 1 });
    }

    #[test]
    fn a_skipped_test_is_not_a_passed_one() {
        let summary = Summary::of(Totals { passed: 10, failed: 0, ignored: 1 }, &skipped(&[("postgres", 3)]));
        assert_eq!(summary.to_string(), "7 passed, 0 failed, 4 skipped");
        assert!(summary.judged(&Missing::new(), false).is_ok());
        assert!(summary.judged(&Missing::new(), true).is_err(), "in CI a skip is a failure");
    }

    #[test]
    fn a_failure_an_empty_run_and_a_missing_layer_in_ci_are_failures() {
        let summary = |passed, failed| Summary { passed, failed, skipped: 0 };
        assert!(summary(5, 1).judged(&Missing::new(), false).is_err());
        assert!(summary(0, 0).judged(&Missing::new(), false).is_err());
        let missing = Missing::from([("browser".to_owned(), "no chromium".to_owned())]);
        assert!(summary(5, 0).judged(&missing, false).is_ok());
        assert!(summary(5, 0).judged(&missing, true).is_err());
    }

    #[test]
    fn each_layer_is_named_once_with_its_tests() {
        let missing = Missing::from([("browser".to_owned(), "no chromium".to_owned())]);
        let lines = lines_of_layers(&missing, &skipped(&[("browser", 2), ("office", 1)]));
        assert_eq!(lines["browser"], "2 tests; no chromium");
        assert!(lines["office"].starts_with("1 tests"));
        assert_eq!(lines.len(), 2);
    }
}
