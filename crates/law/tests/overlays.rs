//! Local rules laid on the national book.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::LazyLock;

use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_law::Book;
use thidua_law::answer::Verdict;
use thidua_law::check::Cases;
use thidua_law::condition::LayerChange;

static BOOK: LazyLock<&'static Book> = LazyLock::new(|| Book::shipped().unwrap());

const HEAD: &str = include_str!("../../../packs/quy-dinh-tinh-mau/overlay.toml");
const FIGHTER: &str = include_str!("../../../packs/quy-dinh-tinh-mau/honours/chien-si-thi-dua-co-so.toml");
const COMMUNE: &str = include_str!("../../../packs/quy-dinh-tinh-mau/honours/giay-khen-ubnd-xa.toml");
const CASES: &str = include_str!("../../../packs/quy-dinh-tinh-mau/cases/quy-dinh-tinh-mau.toml");

fn refused(file: &str) -> String {
    let files = [("overlay.toml", HEAD), ("honours/x.toml", file)];
    let faults = BOOK.with_overlay(&files).unwrap_err();
    faults.0.iter().map(|fault| fault.said_vi()).collect::<Vec<_>>().join("\n")
}

fn rules(honour: &str, rest: &str) -> String {
    format!("honour = \"{honour}\"\n{rest}")
}

const SURE: &str = "cite = \"quyet-dinh-mau-01-2024-qd-ubnd Điều 1\"\nconfidence = \"text-seen\"\n";

#[test]
fn the_sample_regulation_lays_on_and_its_cases_hold() {
    let files = [
        ("overlay.toml", HEAD),
        ("honours/chien-si-thi-dua-co-so.toml", FIGHTER),
        ("honours/giay-khen-ubnd-xa.toml", COMMUNE),
    ];
    let (laid, head) = BOOK.with_overlay(&files).unwrap();
    assert!(head.is_sample);
    assert_ne!(laid.hash(), BOOK.hash(), "a decision names the rules it was judged by");
    let cases = Cases::read([("cases/quy-dinh-tinh-mau.toml", CASES)].into_iter()).unwrap();
    let failures: Vec<String> = cases.run(&laid).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // What the overlay touched says so, what it did not says nothing.
    let case = cases.cases.iter().find(|case| case.question.honour.as_str() == "chien-si-thi-dua-co-so").unwrap();
    let answer = laid.answer(&case.question, &case.record);
    let layer = answer.at("can-cu").unwrap().layer.clone().unwrap();
    assert_eq!(
        (layer.code.as_str(), layer.change, layer.is_sample),
        ("quy-dinh-tinh-mau", LayerChange::Tightened, true)
    );
    assert!(answer.at("dat-lao-dong-tien-tien").unwrap().layer.is_none());
    assert!(answer.at("can-cu/sang-kien/1").unwrap().cite.to_string().contains("quyet-dinh-mau"));
    // The national book is as it was, and other days too.
    let national = BOOK.answer(&case.question, &case.record);
    assert_eq!(national.at("can-cu/sang-kien/1").unwrap().measured, Verdict::Met);
    let day = |text| Date::parse(text).unwrap();
    let code = HonourCode::parse("chien-si-thi-dua-co-so").unwrap();
    let before = laid.plan(&code, case.question.subject, day("2024-06-30")).unwrap();
    assert!(before.ops.iter().all(|op| op.layer.is_none()));
}

#[test]
fn loosening_the_national_rule_is_refused_with_file_line_and_key() {
    let looser = rules(
        "lao-dong-tien-tien",
        &format!(
            "[[tighten]]\ncondition = \"tieu-chuan/trong-co-quan-to-chuc/2\"\n{SURE}test = {{ rated = {{ at_least = \"hoan-thanh\", in = \"nam-xet\" }} }}\n"
        ),
    );
    let said = refused(&looser);
    assert!(said.contains("honours/x.toml, dòng 6, tighten[1].test"), "{said}");
    assert!(said.contains("không được nới lỏng quy định chung: mức xếp loại thấp hơn"), "{said}");
    let share = rules(
        "tap-the-lao-dong-tien-tien",
        &format!(
            "[[tighten]]\ncondition = \"ty-le-tien-tien\"\n{SURE}test = {{ members = {{ holding = \"lao-dong-tien-tien\", at_least = 60 }} }}\n"
        ),
    );
    assert!(refused(&share).contains("tỷ lệ, số lượng thấp hơn"), "{}", refused(&share));
    let branch = rules(
        "chien-si-thi-dua-co-so",
        &format!("[[tighten]]\ncondition = \"can-cu\"\n{SURE}test = {{ worked = {{ months = 1 }} }}\n"),
    );
    assert!(refused(&branch).contains("nới lỏng"), "{}", refused(&branch));
}

#[test]
fn what_is_not_there_and_what_is_not_delegated_is_refused() {
    let missing = rules(
        "chien-si-thi-dua-co-so",
        &format!("[[tighten]]\ncondition = \"khong-co\"\n{SURE}test = {{ worked = {{ months = 1 }} }}\n"),
    );
    assert!(refused(&missing).contains("không có điều kiện 'khong-co'"), "{}", refused(&missing));
    let own = rules(
        "chien-si-thi-dua-co-so",
        &format!("[[fill]]\ncondition = \"can-cu\"\n{SURE}test = {{ worked = {{ months = 1 }} }}\n"),
    );
    assert!(refused(&own).contains("không được giao cho địa phương"), "{}", refused(&own));
    let honour = rules("khong-co-danh-hieu", "");
    assert!(refused(&honour).contains("không có trong sổ luật"), "{}", refused(&honour));
    let word = rules(
        "chien-si-thi-dua-co-so",
        &format!("[[add]]\nid = \"them\"\n{SURE}test = {{ diem_danh = {{ buoi = 1 }} }}\n"),
    );
    let said = refused(&word);
    assert!(said.contains("dòng 6, add[1].test.diem_danh: 'diem_danh' không phải là phép thử"), "{said}");
    let cite = rules(
        "chien-si-thi-dua-co-so",
        "[[add]]\nid = \"them\"\ncite = \"quyet-dinh-la Điều 1\"\nconfidence = \"text-seen\"\ntest = { worked = { months = 1 } }\n",
    );
    assert!(refused(&cite).contains("'quyet-dinh-la' chưa có trong danh mục văn bản"), "{}", refused(&cite));
    let silent = rules(
        "chien-si-thi-dua-co-so",
        "[[add]]\nid = \"them\"\ncite = \"quyet-dinh-mau-01-2024-qd-ubnd\"\ntest = { worked = { months = 1 } }\n",
    );
    assert!(refused(&silent).contains("chưa ghi mức tin cậy"), "{}", refused(&silent));
    let early = rules(
        "chien-si-thi-dua-co-so",
        &format!("[[add]]\nid = \"them\"\nfrom = 2020-01-01\n{SURE}test = {{ worked = {{ months = 1 }} }}\n"),
    );
    assert!(refused(&early).contains("nằm ngoài thời gian của quy định này"), "{}", refused(&early));
}
