//! The command line as a user meets it: what it prints, how it ends, and what it leaves behind when it refuses.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use thidua_testkit::{ScratchDir, scratch_dir, skip};

/// A folder with the founding data loaded.
struct Desk {
    folder: ScratchDir,
}

impl Desk {
    fn empty(name: &str) -> Self {
        Self { folder: scratch_dir(name) }
    }

    fn loaded(name: &str) -> Self {
        let desk = Self::empty(name);
        let done = desk.run(&["load", "trieu-son-2020"]);
        assert!(done.status.success(), "{}", err(&done));
        desk
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thidua"));
        command.args(arguments).current_dir(self.path()).env_remove("THIDUA_DB").env_remove("THIDUA_LANG");
        command
    }

    /// Names in the folder, sorted, without the lock.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !name.ends_with(".lock"));
        names.sort();
        names
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A refusal: its exit code, one sentence with these words, and nothing on standard output.
fn refused(output: &Output, code: i32, words: &[&str]) {
    let said = err(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(out(output), "", "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "not one sentence: {said}");
    for word in words {
        assert!(said.contains(word), "'{word}' is not in: {said}");
    }
    assert!(!said.contains('⟦') && !said.contains("panicked"), "{said}");
}

#[test]
fn help_speaks_both_languages() {
    let desk = Desk::empty("help");
    let vietnamese = desk.run(&["--help"]);
    assert!(vietnamese.status.success() && out(&vietnamese).contains("Nạp một gói dữ liệu"));
    let english = desk.command(&["--help"]).env("THIDUA_LANG", "en").output().unwrap();
    assert!(english.status.success() && out(&english).contains("Load a data pack"));
    for command in ["demo", "serve", "load", "report", "check", "override", "audit", "migrate", "version"] {
        let help = desk.run(&[command, "--help"]);
        assert!(help.status.success() && out(&help).contains("Cách dùng"), "{command}: {}", err(&help));
    }
}

#[test]
fn the_demo_writes_its_files_once_and_again() {
    let desk = Desk::empty("demo");
    for _ in 0..2 {
        let done = desk.run(&["demo", "--once", "--dir", "d"]);
        assert!(done.status.success(), "{}", err(&done));
        for (ending, opening) in [("docx", &b"PK"[..]), ("pdf", b"%PDF"), ("html", b"<!doctype html")] {
            let path = desk.path().join(format!("d/bao-cao-6-thang-trieu-son-2020-H1.{ending}"));
            let bytes = fs::read(&path).unwrap();
            assert!(bytes[..opening.len()].eq_ignore_ascii_case(opening), "{ending}");
            assert!(out(&done).contains(path.canonicalize().unwrap().to_str().unwrap()), "{}", out(&done));
        }
    }
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    let (one, two) = (Desk::loaded("bytes-one"), Desk::loaded("bytes-two"));
    for desk in [&one, &two] {
        let done = desk.run(&["report"]);
        assert!(done.status.success(), "{}", err(&done));
    }
    for ending in ["docx", "pdf", "html"] {
        let read =
            |desk: &Desk| fs::read(desk.path().join(format!("bao-cao-6-thang-trieu-son-2020-H1.{ending}"))).unwrap();
        assert!(read(&one) == read(&two), "{ending} differs");
    }
}

#[test]
fn a_report_is_found_by_unit_without_marks_and_period() {
    let desk = Desk::loaded("chosen");
    let done = desk.run(&["report", "--unit", "trieu son", "--period", "2020-H1", "--format", "docx", "--out", "giấy"]);
    assert!(done.status.success(), "{}", err(&done));
    assert_eq!(fs::read_dir(desk.path().join("giấy")).unwrap().count(), 1);
}

#[test]
fn an_unknown_unit_period_form_or_report_is_refused_with_what_there_is() {
    let desk = Desk::loaded("unknown");
    let before = desk.files();
    refused(&desk.run(&["report", "--unit", "Triệu Dương"]), 2, &["Triệu Dương"]);
    refused(&desk.run(&["report", "--period", "2020-H3"]), 2, &["2020-H3", "2020-H1"]);
    refused(&desk.run(&["report", "--period", "2019-H1"]), 2, &["2019-H1", "2020-H1"]);
    refused(&desk.run(&["check", "--form", "bao-cao-nam"]), 2, &["bao-cao-nam", "bao-cao-6-thang"]);
    refused(&desk.run(&["check", "khong-co"]), 2, &["khong-co"]);
    assert_eq!(desk.files(), before, "a refusal must leave nothing behind");
}

#[test]
fn a_wrong_command_line_is_refused_in_one_sentence() {
    let desk = Desk::empty("usage");
    refused(&desk.run(&["reprot"]), 2, &["reprot"]);
    refused(&desk.run(&["report", "--format", "odt"]), 2, &["odt"]);
    refused(&desk.run(&["serve", "--port", "70000"]), 2, &["70000"]);
    refused(&desk.run(&["report"]), 2, &["thidua.sqlite", "thidua load"]);
    assert!(desk.files().is_empty(), "{:?}", desk.files());
}

/// A copy of the pack with one file changed, loaded: the refusal names file, line and key, and no database is made.
fn broken_pack(name: &str, file: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>, words: &[&str]) {
    let desk = Desk::empty(name);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/trieu-son-2020");
    let pack = desk.path().join("gói");
    fs::create_dir(&pack).unwrap();
    for entry in fs::read_dir(source).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), pack.join(entry.file_name())).unwrap();
    }
    let path = pack.join(file);
    fs::write(&path, change(fs::read(&path).unwrap())).unwrap();
    refused(&desk.run(&["load", "gói"]), 2, words);
    assert_eq!(desk.files(), ["gói"], "a broken pack must leave no database");
}

fn replaced(bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(from), "'{from}' is not in the file");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn a_broken_value_is_named_with_file_line_and_key() {
    let change = |bytes| replaced(bytes, ",9427,", ",chín nghìn,");
    broken_pack("bad-number", "readings.csv", change, &["readings.csv", "dòng 3", "value"]);
}

#[test]
fn an_unknown_key_is_named() {
    let change = |bytes| replaced(bytes, "code    =", "mau = 1\ncode    =");
    broken_pack("bad-key", "pack.toml", change, &["pack.toml", "mau"]);
}

#[test]
fn a_dangling_code_is_named() {
    let change = |bytes| replaced(bytes, "{KT01}", "{KT99}");
    broken_pack("dangling", "report.toml", change, &["report.toml", "KT99"]);
}

#[test]
fn bytes_that_are_not_utf_8_are_named_by_place() {
    let change = |mut bytes: Vec<u8>| {
        bytes[40] = 0xff;
        bytes
    };
    broken_pack("not-utf8", "units.csv", change, &["units.csv", "UTF-8", "40"]);
}

#[test]
fn decomposed_text_is_named_by_line() {
    use unicode_normalization::UnicodeNormalization;
    let change = |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        text.nfd().collect::<String>().into_bytes()
    };
    broken_pack("nfd", "findings.toml", change, &["findings.toml", "NFC"]);
}

#[test]
fn a_missing_file_is_named() {
    let desk = Desk::empty("missing");
    fs::create_dir(desk.path().join("rỗng")).unwrap();
    refused(&desk.run(&["load", "rỗng"]), 2, &["pack.toml"]);
    assert_eq!(desk.files(), ["rỗng"]);
}

#[test]
fn a_pack_is_loaded_once() {
    let desk = Desk::loaded("twice");
    let again = desk.run(&["load", "trieu-son-2020"]);
    assert_eq!(again.status.code(), Some(2), "{}", err(&again));
    assert!(err(&again).contains("Triệu Sơn"), "{}", err(&again));
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let desk = Desk::empty("not-a-database");
    let path = desk.path().join("thidua.sqlite");
    let content = "không phải cơ sở dữ liệu ".repeat(200);
    fs::write(&path, &content).unwrap();
    refused(&desk.run(&["report"]), 3, &["thidua.sqlite"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), content);
}

#[test]
fn a_database_in_use_is_refused() {
    let desk = Desk::loaded("in-use");
    let held = thidua_store::Db::open(&desk.path().join("thidua.sqlite")).unwrap();
    refused(&desk.run(&["check"]), 3, &["thidua.sqlite"]);
    drop(held);
    assert!(desk.run(&["check"]).status.success());
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let desk = Desk::loaded("too-new");
    {
        let db = thidua_store::Db::open(&desk.path().join("thidua.sqlite")).unwrap();
        let mut steps = thidua_store::MIGRATIONS.to_vec();
        let number = u32::try_from(steps.len()).unwrap() + 1;
        steps.push(thidua_store::Migration { number, name: "from_the_future", sqlite: "", postgres: "" });
        db.migrate_with(&steps).unwrap();
    }
    let refusal = desk.run(&["check"]);
    assert_eq!(refusal.status.code(), Some(3), "{}", err(&refusal));
    let known = thidua_store::MIGRATIONS.len();
    assert!(err(&refusal).contains(&known.to_string()) && err(&refusal).contains(&(known + 1).to_string()));
}

#[test]
fn a_full_disk_is_said_and_leaves_nothing_half_written() {
    let desk = Desk::empty("full-disk");
    let tiny = desk.path().join("đĩa nhỏ");
    fs::create_dir(&tiny).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(&tiny).output();
    if !mounted.is_ok_and(|done| done.status.success()) {
        skip("full disk", "mounting a small file system needs root");
        return;
    }
    let full = desk.run(&["demo", "--once", "--dir", "đĩa nhỏ/mẫu"]);
    let papers: Vec<_> = fs::read_dir(tiny.join("mẫu"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let loaded = desk.run(&["load", "trieu-son-2020", "--db", "đĩa nhỏ/nạp.sqlite"]);
    let left = fs::read_dir(&tiny).unwrap().count();
    let unmounted = Command::new("umount").arg(&tiny).status().unwrap();
    assert!(unmounted.success());
    assert_eq!(full.status.code(), Some(3), "{}", err(&full));
    assert!(err(&full).contains("đầy"), "{}", err(&full));
    assert_eq!(papers, Vec::<String>::new());
    assert_eq!(loaded.status.code(), Some(3), "{}", err(&loaded));
    assert_eq!(left, 1, "only the folder of the demo is there");
}

#[test]
fn the_checker_ends_with_its_own_code_when_it_finds_errors() {
    let desk = Desk::loaded("check");
    let clean = desk.run(&["check"]);
    assert_eq!(clean.status.code(), Some(0), "{}", out(&clean));
    let printed = desk.run(&["check", "--printed"]);
    assert_eq!(printed.status.code(), Some(1), "{}", out(&printed));
    for word in ["53,8", "39-CT/TW", "Thị trấn Nưa", "[percent-recomputed]"] {
        assert!(out(&printed).contains(word), "{word} is not in {}", out(&printed));
    }
}

#[test]
fn an_override_needs_a_reason_prints_and_is_in_the_journal() {
    let desk = Desk::loaded("override");
    let plan = "DN01 plan:kh-huyen-2020";
    let over = |reason: &str| {
        desk.run(&["override", "h-397-2020-H1", "--line", plan, "--value", "53,7", "--reason", reason, "--by", "Ông A"])
    };
    refused(&over(" "), 2, &["do"]);
    let done = over("Theo bản đã ký tháng 7/2020");
    assert!(done.status.success() && out(&done).contains("53,8%"), "{} {}", out(&done), err(&done));
    let printed = desk.run(&["report", "--format", "html"]);
    assert!(printed.status.success(), "{}", err(&printed));
    let html = fs::read_to_string(desk.path().join("bao-cao-6-thang-trieu-son-2020-H1.html")).unwrap();
    assert!(html.contains("53,7%") && !html.contains("53,8%"));
    let verified = desk.run(&["audit", "verify"]);
    assert!(verified.status.success() && out(&verified).contains("2 dòng"), "{}", out(&verified));
}

#[test]
fn the_version_names_the_schema_and_the_law_book() {
    let said = out(&Desk::empty("version").run(&["version"]));
    assert!(
        said.contains(env!("CARGO_PKG_VERSION")) && said.contains(&thidua_store::MIGRATIONS.len().to_string()),
        "{said}"
    );
}

#[test]
fn instruments_are_listed_on_a_day_and_found_by_a_slip_without_a_database() {
    let desk = Desk::empty("instruments");
    let on = desk.run(&["law", "instruments", "--on", "2026-11-24"]);
    assert!(on.status.success(), "{}", err(&on));
    let listed = out(&on);
    let decree = listed.lines().find(|line| line.contains("152/2025/NĐ-CP (")).unwrap();
    assert!(decree.contains("01/07/2025 – 28/02/2027") && decree.contains("còn 97 ngày"), "{decree}");
    assert!(!listed.contains("số 91/2017/NĐ-CP (") && !listed.contains(") hết hiệu lực:"), "{listed}");
    let then = desk.run(&["law", "instruments", "--on", "05/07/2020", "--find", "ND 91", "--lang", "en"]);
    assert!(
        out(&then).starts_with("Nghị định số 91/2017/NĐ-CP (01/10/2017 – 31/12/2023) in force: "),
        "{}",
        out(&then)
    );
    let slip = desk.run(&["law", "instruments", "--find", "dieu le sang kine"]);
    assert!(out(&slip).contains("13/2012/NĐ-CP") && err(&slip).contains("gần nhất"), "{}", out(&slip));
    let json = desk.run(&["law", "instruments", "--find", "152/2025", "--on", "2026-11-24", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(value[0]["id"], "nghi-dinh-152-2025-nd-cp");
    assert_eq!((&value[0]["days_left"], &value[0]["is_lapsing"]), (&97.into(), &true.into()));
    assert!(desk.files().is_empty(), "no database is made: {:?}", desk.files());
}

#[test]
fn a_day_that_is_none_and_a_law_command_that_is_none_are_refused() {
    let desk = Desk::empty("instruments-refused");
    refused(&desk.run(&["law", "instruments", "--on", "2026-13-01"]), 2, &["2026-13-01"]);
    refused(&desk.run(&["law", "dem"]), 2, &["dem"]);
    let none = desk.run(&["law", "instruments", "--find", "nghị định 9999"]);
    assert!(none.status.success() && out(&none).is_empty() && err(&none).starts_with("0 văn bản"), "{}", err(&none));
}

#[test]
fn the_law_book_checks_clean_and_a_broken_one_is_named_by_file_line_and_key() {
    let desk = Desk::empty("law-check");
    let clean = desk.run(&["law", "check"]);
    assert!(clean.status.success(), "{} {}", out(&clean), err(&clean));
    assert!(out(&clean).contains("ca thử") && out(&clean).contains("phiên bản"), "{}", out(&clean));
    let json = desk.run(&["law", "check", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(value["is_clean"], true);
    assert!(value["cases"].as_u64().unwrap() > 10_000 && value["days_swept"].as_u64().unwrap() > 5_000, "{value}");

    let sample = format!("{}/../../packs/quy-dinh-tinh-mau", env!("CARGO_MANIFEST_DIR"));
    let laid = desk.run(&["law", "check", &sample]);
    assert!(laid.status.success(), "{} {}", out(&laid), err(&laid));

    let folder = desk.path().join("rules");
    fs::create_dir_all(folder.join("honours")).unwrap();
    fs::copy(format!("{sample}/overlay.toml"), folder.join("overlay.toml")).unwrap();
    let looser = "honour = \"tap-the-lao-dong-tien-tien\"\n[[tighten]]\ncondition = \"ty-le-tien-tien\"\n\
                  cite = \"quyet-dinh-mau-01-2024-qd-ubnd Điều 1\"\nconfidence = \"text-seen\"\n\
                  test = { members = { holding = \"lao-dong-tien-tien\", at_least = 60 } }\n";
    fs::write(folder.join("honours/x.toml"), looser).unwrap();
    let loosened = desk.run(&["law", "check", folder.to_str().unwrap()]);
    refused(&loosened, 2, &["honours/x.toml, dòng 6, tighten[1].test", "không được nới lỏng"]);
    refused(&desk.run(&["law", "check", "khong-co"]), 2, &["khong-co"]);
    assert_eq!(desk.files(), ["rules"], "no database is made");
}

#[test]
fn the_law_of_two_days_is_compared_and_a_new_honour_begins_with_its_cases() {
    let desk = Desk::empty("law-diff");
    let changed = desk.run(&["law", "diff", "2023-12-31", "01/01/2024", "--honour", "tap-the-lao-dong-tien-tien"]);
    assert!(changed.status.success(), "{}", err(&changed));
    assert!(
        out(&changed).contains("trên 50 % thành viên") && out(&changed).contains("ít nhất 70 % thành viên"),
        "{}",
        out(&changed)
    );
    let json = desk.run(&["law", "diff", "2024-06-30", "2024-07-01", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert!(value.as_array().unwrap().iter().any(|change| change["about"] == "luong-co-so"), "{value}");
    refused(&desk.run(&["law", "diff", "2024-01-01", "2024-02-01", "--honour", "khong-co"]), 2, &["khong-co"]);
    refused(&desk.run(&["law", "diff", "2024-13-01", "2024-02-01"]), 2, &["2024-13-01"]);
    let new = desk.run(&["law", "new", "danh-hieu-moi", "--in-force-from", "2027-01-01"]);
    assert!(new.status.success(), "{}", err(&new));
    let said = out(&new);
    assert!(said.contains("code     = \"danh-hieu-moi\"") && said.contains("on = 2027-01-01"), "{said}");
    assert!(said.contains("[[probe]]") && said.contains("khong-dat"), "{said}");
    refused(&desk.run(&["law", "new", "có dấu"]), 2, &["có dấu"]);
}
