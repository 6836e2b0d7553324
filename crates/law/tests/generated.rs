//! The generated cases that are kept are those the conditions make.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::Path;

use thidua_law::generate::{HEAD, all_cases};
use thidua_law::{Book, data};

/// A change of data without its cases is found here; `cargo xtask generate` writes them anew, and the difference is what
/// the second reader reads.
#[test]
fn the_kept_cases_are_what_the_conditions_make() {
    let book = Book::shipped().unwrap();
    let made: BTreeMap<String, String> = all_cases(book).into_iter().collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/cases");
    if std::env::var_os("THIDUA_GENERATE").is_some() {
        for (file, text) in &made {
            std::fs::write(folder.join(file), text).unwrap();
        }
        return;
    }
    let kept: BTreeMap<&str, &str> =
        data::CASES.iter().map(|(file, text)| (file.strip_prefix("cases/").unwrap_or(file), *text)).collect();
    for (file, text) in &made {
        let same = kept.get(file.as_str()) == Some(&text.as_str());
        assert!(same, "{file} is not what the conditions make; run: cargo xtask generate");
    }
    for (file, text) in kept {
        assert!(made.contains_key(file) || !text.starts_with(HEAD), "{file} was generated for what is gone");
    }
}
