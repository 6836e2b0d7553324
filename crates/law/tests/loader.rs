//! A broken book is refused whole, with file, line, key and a sentence.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use thidua_base::code::InstrumentId;
use thidua_law::rules::{Files, Rules};

const HEAD: &str = "code = \"mot-danh-hieu\"\nkind = \"danh-hieu-thi-dua\"\nclass = \"danh-hieu-khac\"\nname = { vi = \"Một danh hiệu\", en = \"A title\" }\nmeasure = \"danh hiệu\"\nverb = \"tặng\"\nsubjects = [\"ca-nhan\"]\n";

fn condition(id: &str, test: &str) -> String {
    format!(
        "[[version.condition]]\nid = \"{id}\"\ncite = \"luat-a Điều 1\"\nconfidence = \"text-seen\"\ntest = {test}\n"
    )
}

fn version(span: &str, rest: &str) -> String {
    format!("[[version]]\n{span}\nsource = \"luat-a\"\n{rest}")
}

fn read(honour: &str) -> Result<Rules, String> {
    let instruments: BTreeSet<InstrumentId> = [InstrumentId::parse("luat-a").unwrap()].into();
    let honours = [("honours/x.toml", honour)];
    Rules::read(Files { honours: &honours, tables: &[] }, &instruments).map_err(|faults| {
        faults.0.iter().map(|fault| format!("{fault}\n{}", fault.said_vi())).collect::<Vec<_>>().join("\n")
    })
}

fn refused(honour: &str, said: &[&str]) {
    let why = read(honour).unwrap_err();
    for part in said {
        assert!(why.contains(part), "'{part}' is not in: {why}");
    }
}

const WORKED: &str = "{ worked = { months = 6 } }";

#[test]
fn a_sound_file_is_read() {
    let text = format!(
        "{HEAD}{}{}",
        version("from = 2020-01-01\nto = 2022-01-01", &condition("a", WORKED)),
        version("from = 2022-01-01", "like = 2020-01-01\nunread = \"luat-a\"\n")
    );
    let rules = read(&text).unwrap();
    let honour = rules.honours.values().next().unwrap();
    assert_eq!(honour.versions[1].conditions, honour.versions[0].conditions);
}

#[test]
fn a_gap_and_an_overlap_are_faults_of_the_file() {
    let first = version("from = 2020-01-01\nto = 2022-01-01", &condition("a", WORKED));
    let gap = format!("{HEAD}{first}{}", version("from = 2022-01-02", &condition("a", WORKED)));
    refused(
        &gap,
        &[
            "honours/x.toml, line 17, version: from 2022-01-01 to before 2022-01-02 nothing holds",
            "không có quy định nào",
        ],
    );
    let overlap = format!("{HEAD}{first}{}", version("from = 2021-12-31", &condition("a", WORKED)));
    refused(&overlap, &["line 17", "on 2021-12-31 two of them hold", "ngày 31/12/2021 có hai quy định cùng áp dụng"]);
    let open = format!("{HEAD}{}{first}", version("from = 2019-01-01", &condition("a", WORKED)));
    refused(&open, &["two of them hold"]);
    let backwards = format!("{HEAD}{}", version("from = 2020-01-01\nto = 2020-01-01", &condition("a", WORKED)));
    refused(&backwards, &["version[1].to: it ends before it begins"]);
}

#[test]
fn what_is_like_another_must_find_it_and_not_itself() {
    let like = |day: &str| version("from = 2020-01-01", &format!("like = {day}\n"));
    refused(&format!("{HEAD}{}", like("2019-01-01")), &["version.like: no version begins on 2019-01-01"]);
    refused(&format!("{HEAD}{}", like("2020-01-01")), &["like itself in a circle"]);
    let two = version("from = 2020-01-01\nto = 2021-01-01", "like = 2021-01-01\n");
    let circle = format!("{HEAD}{two}{}", version("from = 2021-01-01", "like = 2020-01-01\n"));
    refused(&circle, &["like itself in a circle"]);
    refused(&format!("{HEAD}{}", version("from = 2020-01-01", "")), &["a version has conditions or the day"]);
}

#[test]
fn what_is_named_and_not_there_is_refused() {
    let of = |rest: &str| format!("{HEAD}{}", version("from = 2020-01-01", rest));
    refused(
        &of(&condition("a", "{ held = { honours = [\"khong-co\"] } }")),
        &["the honour 'khong-co' is not in the book"],
    );
    let cite = condition("a", WORKED).replace("luat-a Điều 1", "luat-b Điều 1");
    refused(&of(&cite), &["the instrument 'luat-b' is not listed", "văn bản 'luat-b' chưa có trong danh mục"]);
    let place = condition("a", WORKED).replace("luat-a Điều 1", "luat-a trang 5");
    refused(&of(&place), &["line 13", "version[1].condition[1].cite: 'luat-a trang 5' is not a citation"]);
    let unread = version("from = 2020-01-01\nunread = \"luat-c\"", &condition("a", WORKED));
    refused(&format!("{HEAD}{unread}"), &["version.unread: the instrument 'luat-c' is not listed"]);
}

#[test]
fn unknown_words_and_keys_are_named_where_they_stand() {
    let of = |test: &str| format!("{HEAD}{}", version("from = 2020-01-01", &condition("a", test)));
    refused(
        &of("{ danced = { times = 2 } }"),
        &["line 15, version[1].condition[1].test.danced: 'danced' is not a word"],
    );
    refused(&of("{ worked = { months = 6, days = 2 } }"), &["test.worked.days: this key is not known"]);
    refused(
        &of("{ rated = { at_least = \"gioi\" } }"),
        &["test.rated.at_least: 'gioi' is not a word of the vocabulary"],
    );
    refused(&of("{ worked = { months = 6 }, founded = { years = 3 } }"), &["a test has exactly one word, here are 2"]);
    refused(
        &of("{ worked = { months = \"sáu\" } }"),
        &["months: the value must be a whole number", "phải là số nguyên"],
    );
    refused(&of("{ held = { honours = [\"mot-danh-hieu\"], times = 0 } }"), &["times: the number does not fit"]);
    refused(&of("{ counted = { fact = \"x\", at_least = 1, at_most = 2 } }"), &["exactly one word, here are 2"]);
    refused(&of("{ counted = { fact = \"khong-co\", at_least = 1 } }"), &["'khong-co' is not a word"]);
    refused(&of("{ all = [] }"), &["test.all: this key is missing"]);
    let silent = condition("a", WORKED).replace("confidence = \"text-seen\"\n", "");
    refused(&format!("{HEAD}{}", version("from = 2020-01-01", &silent)), &["does not say how surely it is known"]);
    let twice = format!("{}{}", condition("a", WORKED), condition("a", WORKED));
    refused(&format!("{HEAD}{}", version("from = 2020-01-01", &twice)), &["'a' is defined twice"]);
    refused("code = \"x\"\nkind =", &["the file is not TOML", "line 2"]);
}

#[test]
fn every_fault_of_every_file_is_told_and_nothing_is_half_read() {
    let instruments: BTreeSet<InstrumentId> = [InstrumentId::parse("luat-a").unwrap()].into();
    let honours = [("honours/a.toml", "code = 1\n"), ("honours/b.toml", "kind = \"x\"\n"), ("honours/c.toml", HEAD)];
    let faults = Rules::read(Files { honours: &honours, tables: &[] }, &instruments).unwrap_err();
    let files: Vec<&str> = faults.0.iter().map(|fault| fault.file.as_str()).collect();
    assert_eq!(files, ["honours/a.toml", "honours/b.toml"]);
}

#[test]
fn two_transitions_of_one_day_say_which_goes_first() {
    let clause = |id: &str, over: &str| {
        format!(
            "[[transition]]\nid = \"{id}\"\nboundary = 2026-10-01\nwhen = \"nhan-ho-so-truoc\"\nlaw = \"cu\"\ncite = \"luat-a\"\nconfidence = \"text-seen\"\n{over}\n"
        )
    };
    let read = |text: &str| {
        let instruments: BTreeSet<InstrumentId> = [InstrumentId::parse("luat-a").unwrap()].into();
        let tables = [("transitions.toml", text)];
        Rules::read(Files { honours: &[], tables: &tables }, &instruments).map_err(|faults| faults.to_string())
    };
    let said = read(&format!("{}{}", clause("a", ""), clause("b", ""))).unwrap_err();
    assert!(said.contains("it has the boundary of 'b': say which is over which"), "{said}");
    read(&format!("{}{}", clause("a", ""), clause("b", "over = [\"a\"]"))).unwrap();
}
