//! Skipping a test for want of something outside the workspace, loudly.
//!
//! A skipped test looks like a passed one to the test harness. So each skip is printed, written to
//! the file that `cargo xtask test` names in [`SKIPS_FILE`] and counted there, and is a failure
//! where nothing may be missing (`CI=true`).

use std::fs::OpenOptions;
use std::io::Write;

/// The environment variable that names the file where skips are collected, one line each.
pub const SKIPS_FILE: &str = "THIDUA_TEST_SKIPS";

/// Says that the running test proves nothing here, because `layer` is missing, and `why`.
///
/// The caller returns at once afterwards. Panics when `CI` is `true`, and when the skip cannot be
/// written down: an uncounted skip would pass for a test.
pub fn skip(layer: &str, why: &str) {
    let line = line_of(layer, why);
    println!("{line}");
    assert!(std::env::var("CI").as_deref() != Ok("true"), "a skip is a failure under CI=true: {line}");
    if let Some(path) = std::env::var_os(SKIPS_FILE) {
        let written = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            // One write call a line, so that lines of parallel tests do not mix.
            .and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
        if let Err(error) = written {
            panic!("the skip could not be counted in {}: {error}", path.display());
        }
    }
}

fn line_of(layer: &str, why: &str) -> String {
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("skipped: {layer}: {why}")
}

#[cfg(test)]
mod tests {
    use super::line_of;

    #[test]
    fn a_skip_is_one_line_whatever_the_reason_holds() {
        assert_eq!(line_of("postgres", "no server\n  at  hand"), "skipped: postgres: no server at hand");
    }
}
