//! Every case that ships holds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use thidua_law::Book;
use thidua_law::check::Cases;

#[test]
fn every_case_that_ships_holds() {
    let book = Book::shipped().unwrap();
    let cases = Cases::shipped().unwrap_or_else(|faults| panic!("{faults:?}"));
    let failures: Vec<String> = cases.run(book).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.count(), failures.join("\n"));
    assert!(cases.count() > 30);
}

#[test]
fn the_shipped_book_checks_clean() {
    let book = Book::shipped().unwrap();
    let report = thidua_law::check::check(book, thidua_law::data::CASES.iter().copied());
    assert!(report.is_clean(), "{:?}\n{}", report.faults, report.complaints.join("\n"));
    assert_eq!(book.rules().catalogues.iter().map(|one| one.honours.len()).collect::<Vec<_>>(), [67, 67]);
}
