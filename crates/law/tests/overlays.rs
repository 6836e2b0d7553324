//! Local rules laid on the national book.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::LazyLock;

use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_law::Book;
use thidua_law::answer::Verdict;
use thidua_law::check::Cases;
use thidua_law::condition::LayerChange;
use thidua_law::data;
use thidua_law::fault::Faults;
use thidua_law::loaded::{LawPack, LawPackKind, Unfit, in_force, tried};

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

fn sample() -> Vec<(String, String)> {
    let files = [
        ("overlay.toml", HEAD),
        ("honours/chien-si-thi-dua-co-so.toml", FIGHTER),
        ("honours/giay-khen-ubnd-xa.toml", COMMUNE),
        ("cases/quy-dinh-tinh-mau.toml", CASES),
    ];
    files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec()
}

/// The sample with a text replaced in one of its files.
fn changed(file: &str, from: &str, to: &str) -> LawPack {
    let mut files = sample();
    let text = &mut files.iter_mut().find(|one| one.0 == file).unwrap().1;
    assert!(text.contains(from), "{file} has no '{from}'");
    *text = text.replacen(from, to, 1);
    LawPack::of(files).unwrap()
}

fn said(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Faults(faults) => faults.iter().map(|fault| fault.said_vi()).collect::<Vec<_>>().join("\n"),
        Unfit::Cases(found) => found.iter().map(|said| said.vi.clone()).collect::<Vec<_>>().join("\n"),
    }
}

/// Everything that ships, as a book of its own.
fn shipped_files() -> Vec<(String, String)> {
    let tables = data::TABLES.iter().filter(|(name, _)| *name != "holidays.toml");
    let named = |folder: &str, list: &[(&str, &str)]| -> Vec<(String, String)> {
        let name = |file: &str| {
            let file = file.rsplit('/').next().unwrap();
            if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
        };
        list.iter().map(|(file, text)| (name(file), (*text).to_owned())).collect()
    };
    let mut files = named("", &tables.copied().collect::<Vec<_>>());
    files.extend(named("honours", data::HONOURS));
    files.extend(named("cases", data::CASES));
    files
}

#[test]
fn a_pack_is_the_same_however_its_files_were_written() {
    let pack = LawPack::of(sample()).unwrap();
    assert_eq!(pack.kind(), LawPackKind::Overlay);
    let mut other = sample();
    other.reverse();
    other.iter_mut().for_each(|(_, text)| *text = text.replace('\n', "\r\n"));
    assert_eq!(LawPack::of(other).unwrap().hash(), pack.hash());
    assert_ne!(changed("overlay.toml", "2024-07-01", "2024-07-02").hash(), pack.hash());
}

#[test]
fn a_file_that_nobody_reads_is_refused_and_not_left_aside() {
    let with = |name: &str| {
        let mut files = sample();
        files.push((name.to_owned(), String::new()));
        LawPack::of(files).unwrap_err().0
    };
    for name in ["gates.toml", "honours/readme.md", "honours/a/b.toml", "vocabulary-3.toml", "ghi-chu.txt"] {
        let faults = with(name);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(
            faults[0].said_vi().starts_with(&format!("{name}: tệp này không thuộc quy ước")),
            "{}",
            faults[0].said_vi()
        );
    }
    let Faults(nothing) = LawPack::of(Vec::new()).unwrap_err();
    assert_eq!(nothing[0].said_vi(), "overlay.toml: thiếu khóa này");
}

#[test]
fn a_pack_is_loaded_after_its_cases_held_and_else_refused_whole() {
    let pack = LawPack::of(sample()).unwrap();
    let book = tried(&BOOK, &[], &pack).unwrap();
    assert_eq!(book.overlays().len(), 1);
    assert_eq!(book.hash(), in_force(&BOOK, &[pack]).unwrap().hash());
    // A case that no longer holds: file, line, case, wanted and found.
    let wrong = changed("cases/quy-dinh-tinh-mau.toml", "want    = \"du\"", "want    = \"khong-du\"");
    let told = said(&tried(&BOOK, &[], &wrong).unwrap_err());
    assert!(told.starts_with("cases/quy-dinh-tinh-mau.toml, dòng "), "{told}");
    assert!(told.contains("ca “Sáng kiến đã áp dụng”, outcome: phải là khong-du, sổ luật trả lời du"), "{told}");
    let mut untried = sample();
    untried.retain(|(name, _)| !name.starts_with("cases/"));
    let told = said(&tried(&BOOK, &[], &LawPack::of(untried).unwrap()).unwrap_err());
    assert!(told.contains("chưa có ca thử nào"), "{told}");
}

#[test]
fn wrong_days_are_refused_where_they_stand() {
    for (file, from, to, wanted) in [
        (
            "overlay.toml",
            "from   = 2024-07-01",
            "from   = 2024-07-01\nto = 2024-07-01",
            "overlay.toml, dòng 7, to: ngày kết thúc phải sau ngày bắt đầu",
        ),
        (
            "overlay.toml",
            "in_force_from = 2024-07-01",
            "in_force_from = 2024-08-01",
            "add[1].from: thời gian áp dụng nằm ngoài thời gian có hiệu lực của văn bản 'quyet-dinh-mau-01-2024-qd-ubnd'",
        ),
        (
            "honours/chien-si-thi-dua-co-so.toml",
            "from       = 2024-07-01",
            "from       = 2024-06-01",
            "quota.from: thời gian áp dụng nằm ngoài thời gian của quy định này",
        ),
        ("overlay.toml", "from   = 2024-07-01", "from   = 2024-02-30", "overlay.toml, dòng "),
        (
            "overlay.toml",
            "sample = true",
            "sample = true\nunit = \"xa-a\"",
            "overlay.toml, dòng 6, unit: quy định chỉ cho một đơn vị",
        ),
        (
            "overlay.toml",
            "id            = \"quyet-dinh-mau-01-2024-qd-ubnd\"",
            "id            = \"luat-06-2022-qh15\"",
            "overlay.toml, instrument.id: mã văn bản 'luat-06-2022-qh15' đã có",
        ),
    ] {
        let told = said(&tried(&BOOK, &[], &changed(file, from, to)).unwrap_err());
        assert!(told.contains(wanted), "{to}: {told}");
    }
}

#[test]
fn a_share_may_not_rise_above_the_national_one_at_any_time() {
    // Of the national shares one begins later than the row of the overlay.
    let honour = BOOK.honours().find(|honour| honour.procedure.quotas.iter().any(|row| row.what.percent < 99)).unwrap();
    let national = honour.procedure.quotas.iter().find(|row| row.what.percent < 99).unwrap();
    let head = HEAD.replace("2024-07-01", "1990-01-01");
    let rules = format!(
        "honour = \"{}\"\n[[quota]]\nfrom = {}\npercent = {}\nbase = {{ honours = [\"lao-dong-tien-tien\"] }}\ncite = \"quyet-dinh-mau-01-2024-qd-ubnd\"\nconfidence = \"text-seen\"\n",
        honour.code,
        national.span.from.day_before(),
        national.what.percent + 1,
    );
    let files = [("overlay.toml", head.as_str()), ("honours/x.toml", rules.as_str())];
    let faults = BOOK.with_overlay(&files).unwrap_err();
    assert!(faults.0[0].said_vi().contains("quota.percent: quy định của địa phương không được nới lỏng"), "{faults}");
}

/// A version that is like another one keeps what an overlay adds to it, and only in its time.
#[test]
fn what_is_added_stays_on_versions_that_are_like_others() {
    let mut tried = 0;
    for honour in BOOK.honours() {
        for version in honour.versions.iter().filter(|version| version.like.is_some()) {
            let head = HEAD.replace("2024-07-01", "1990-01-01");
            let to = version.span.to.map(|to| format!("to = {to}\n")).unwrap_or_default();
            let rules = format!(
                "honour = \"{}\"\n[[add]]\nid = \"moi\"\nfrom = {}\n{to}{SURE}test = {{ ask = {{ vi = \"Có không?\", en = \"Is it?\" }} }}\n",
                honour.code, version.span.from,
            );
            let files = [("overlay.toml", head.as_str()), ("honours/x.toml", rules.as_str())];
            let (laid, _) = BOOK.with_overlay(&files).unwrap();
            for plan in version.subjects_of(honour).iter().flat_map(|kind| laid.plans_of(&honour.code, *kind)) {
                let has = plan.ops.iter().any(|op| &*op.path == "moi" && op.layer.is_some());
                assert_eq!(has, version.span.has(plan.span.from), "{} {}", honour.code, plan.span.from);
            }
            tried += 1;
        }
    }
    assert!(tried > 0, "the book has versions that are like others");
}

#[test]
fn ways_stay_apart_whatever_an_overlay_calls_its_conditions() {
    for id in ["moi-tieu-chuan", "da-duoc-tang"] {
        let rules = rules(
            "lao-dong-tien-tien",
            &format!("[[add]]\nid = \"{id}\"\n{SURE}test = {{ ask = {{ vi = \"Có không?\", en = \"Is it?\" }} }}\n"),
        );
        let (laid, _) = BOOK.with_overlay(&[("overlay.toml", HEAD), ("honours/x.toml", &rules)]).unwrap();
        for plan in laid.plans() {
            let mut seen = std::collections::BTreeSet::new();
            assert!(plan.ops.iter().all(|op| seen.insert(&*op.path)), "{} {id}", plan.honour);
        }
    }
}

#[test]
fn a_newer_book_is_tried_with_its_cases_and_carries_the_overlays() {
    let overlay = LawPack::of(sample()).unwrap();
    let mut files = shipped_files();
    let at = files.iter().position(|(name, _)| name == "honours/lao-dong-tien-tien.toml").unwrap();
    files[at].1.push_str("\n# một bản mới hơn\n");
    let newer = LawPack::of(files.clone()).unwrap();
    assert_eq!(newer.kind(), LawPackKind::National);
    let book = tried(&BOOK, std::slice::from_ref(&overlay), &newer).unwrap();
    assert_eq!(book.overlays().len(), 1, "the overlay stands on the newer book");
    assert_ne!(book.hash(), tried(&BOOK, &[], &overlay).unwrap().hash());
    // A book that forgets an honour would leave awards without a name.
    let mut less = files.clone();
    less.retain(|(name, _)| !name.contains("ky-niem-chuong"));
    assert_ne!(less.len(), files.len());
    let told = said(&tried(&BOOK, &[], &LawPack::of(less).unwrap()).unwrap_err());
    assert!(told.contains("ky-niem-chuong"), "{told}");
    // A changed number that its own cases contradict.
    let fighter = files.iter_mut().find(|(name, _)| name == "honours/chien-si-thi-dua-toan-quoc.toml").unwrap();
    let looser = fighter.1.replace("times = 2", "times = 1");
    assert_ne!(looser, fighter.1);
    fighter.1 = looser;
    let told = said(&tried(&BOOK, &[], &LawPack::of(files).unwrap()).unwrap_err());
    assert!(told.contains("cases/") && told.contains("dòng"), "{told}");
}
