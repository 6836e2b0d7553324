//! Every case that ships holds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use thidua_law::Book;
use thidua_law::check::Cases;

#[test]
fn every_case_that_ships_holds() {
    let book = Book::shipped().unwrap();
    let cases = Cases::shipped().unwrap_or_else(|faults| panic!("{faults:?}"));
    let failures: Vec<String> = cases.run(&book).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.count(), failures.join("\n"));
    assert!(cases.count() > 30);
}
