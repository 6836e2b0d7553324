//! Checks: the shared vectors, the printed book of rules, and explanations.

mod printed;
mod vectors;

use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::{Number, Period, Timestamp};

use super::*;
use crate::collection::explanation::Explanation;

fn code(text: &str) -> IndicatorCode {
    IndicatorCode::parse(text).unwrap()
}

fn result(value: &str) -> CheckResult {
    CheckResult {
        rule: "own-history".to_owned(),
        version: 1,
        kind: Kind::OwnHistory,
        severity: Severity::Explain,
        rows: vec![code("KT01")],
        numbers: vec![("value", Number::parse(value).unwrap()), ("median", Number::whole(10))],
    }
}

fn explanation(over: &CheckResult, text: &str) -> Explanation {
    Explanation {
        form: FormId::parse("bieu-01").unwrap(),
        period: Period::parse("2020-H1").unwrap(),
        unit: OrgId::parse("x-1").unwrap(),
        rule: over.rule.clone(),
        indicator: code("KT01"),
        text: text.to_owned(),
        fingerprint: over.fingerprint(),
        written_by: "Lê Thị Thủy".to_owned(),
        written_at: Timestamp::parse("2020-07-05T02:00:00Z").unwrap(),
    }
}

#[test]
fn an_explanation_answers_until_the_numbers_change() {
    let before = result("99");
    let said = [explanation(&before, "Nhà máy mới chạy từ tháng 4")];
    assert!(unanswered(std::slice::from_ref(&before), &said).is_empty());
    assert!(unanswered(&[result("99.00")], &said).is_empty(), "the same number, written otherwise");
    assert_eq!(unanswered(&[result("98")], &said).len(), 1);
    assert_eq!(unanswered(&[CheckResult { rule: "peers".to_owned(), ..before.clone() }], &said).len(), 1);
    assert_eq!(unanswered(&[CheckResult { rows: vec![code("KT02")], ..before }], &said).len(), 1);
}

#[test]
fn a_word_is_no_explanation_and_only_what_asks_is_open() {
    let asked = result("99");
    for (text, open) in [("đúng rồi", 1), ("   đúng rồi    ", 1), ("đúng rồi ạ", 0)] {
        assert_eq!(unanswered(std::slice::from_ref(&asked), &[explanation(&asked, text)]).len(), open, "{text}");
    }
    for severity in [Severity::Block, Severity::Warn, Severity::Info] {
        assert!(unanswered(&[CheckResult { severity, ..asked.clone() }], &[]).is_empty());
    }
}

#[test]
fn the_shipped_book_has_every_kind_and_broken_books_are_refused() {
    let book = RuleBook::shipped().unwrap();
    for kind in Kind::ALL {
        assert!(book.rules().iter().any(|rule| rule.kind == kind), "{kind:?}");
    }
    let rule = |more: &str| {
        format!(
            "[[rule]]\ncode = \"a\"\nversion = 1\nkind = \"over-plan\"\nseverity = \"warn\"\nvalid_from = \"2000-01-01\"\n{more}"
        )
    };
    assert!(RuleBook::read(&rule("parameters = { percent = 200 }\n")).is_ok());
    for broken in [
        String::new(),
        rule(""),
        rule("parameters = { percent = 200, k = 1 }\n"),
        rule("parameters = { percent = -1 }\n"),
        rule("parameters = { percent = 100001 }\n"),
        rule("parameters = { percent = 200 }\nextra = 1\n"),
        rule("parameters = { percent = 200 }\nindicators = [\"\"]\n"),
        rule("parameters = { percent = 200 }\nvalid_to = \"2000-13-01\"\n"),
        rule("parameters = { percent = 200 }\n").replace("over-plan", "over-the-plan"),
        rule("parameters = { percent = 200 }\n").replace("warn", "shout"),
        rule("parameters = { percent = 200 }\n").replace("\"a\"", "\"Ă\""),
        rule("parameters = { percent = 200 }\n").repeat(2),
        rule("").replace("over-plan", "unit-gone").replace("warn", "explain"),
    ] {
        assert!(RuleBook::read(&broken).is_err(), "{broken}");
    }
}

#[test]
fn a_rule_with_two_versions_holds_in_the_one_of_the_day() {
    let version = |number: i64, from: &str, to: &str| {
        format!(
            "[[rule]]\ncode = \"a\"\nversion = {number}\nkind = \"negative\"\nseverity = \"block\"\nvalid_from = \"{from}\"\n{to}"
        )
    };
    let book = version(1, "2000-01-01", "valid_to = \"2021-01-01\"\n") + &version(2, "2021-01-01", "");
    let book = RuleBook::read(&book).unwrap();
    let on = |day: &str| book.on(thidua_base::Date::parse(day).unwrap()).iter().map(|r| r.version).collect::<Vec<_>>();
    assert_eq!((on("2020-12-31"), on("2021-01-01"), on("1999-12-31")), (vec![1], vec![2], vec![]));
}
