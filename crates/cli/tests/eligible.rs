//! `thidua eligible` and the law book in force as a user meets them: what is printed, how it ends, what is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use thidua_testkit::{ScratchDir, scratch_dir};

const FIGHTER: &str = "chien-si-thi-dua-co-so";
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/quy-dinh-tinh-mau");

/// A folder, with the founding data loaded where a database is asked.
struct Desk(ScratchDir);

impl Desk {
    fn loaded(name: &str) -> Self {
        let desk = Self(scratch_dir(name));
        let done = desk.run(&["load", "trieu-son-2020"]);
        assert!(done.status.success(), "{}", err(&done));
        desk
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thidua"));
        command.args(arguments).current_dir(self.0.path()).env_remove("THIDUA_DB").env_remove("THIDUA_LANG");
        command.output().unwrap()
    }

    /// `thidua eligible` of somebody for a title, on the day of the pages.
    fn eligible(&self, arguments: &[&str]) -> Output {
        let all: Vec<&str> =
            ["eligible", "--on", "05/07/2020", "--year", "2019"].iter().chain(arguments).copied().collect();
        self.run(&all)
    }

    /// A file in the folder.
    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    /// The sample regulation in a folder, a text of one of its files replaced.
    fn rules(&self, folder: &str, file: &str, from: &str, to: &str) {
        for name in [
            "overlay.toml",
            "honours/chien-si-thi-dua-co-so.toml",
            "honours/giay-khen-ubnd-xa.toml",
            "cases/quy-dinh-tinh-mau.toml",
        ] {
            let mut text = fs::read_to_string(format!("{SAMPLE}/{name}")).unwrap();
            if name == file {
                assert!(text.contains(from), "{file} has no '{from}'");
                text = text.replacen(from, to, 1);
            }
            let path = self.0.path().join(folder).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&out(output)).unwrap_or_else(|why| panic!("{why}: {} {}", out(output), err(output)))
}

fn refused(output: &Output, code: i32, words: &[&str]) {
    let said = err(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(out(output), "", "{said}");
    for word in words {
        assert!(said.contains(word), "'{word}' is not in: {said}");
    }
    assert!(!said.contains('⟦') && !said.contains("panicked"), "{said}");
}

#[test]
fn a_person_is_asked_about_by_id_by_number_and_by_name() {
    let desk = Desk::loaded("eligible-person");
    let by_id = desk.eligible(&["ts-p-01", "--honour", FIGHTER]);
    assert_eq!(by_id.status.code(), Some(1), "asked about one honour and not entitled yet: {}", err(&by_id));
    let said = out(&by_id);
    for wanted in [
        "Lê Thị Minh Nguyệt (",
        "Năm xét 2019, ngày quyết định 05/7/2020.",
        "Chiến sĩ thi đua cơ sở: ",
        "luat-15-2003-qh11",
        "text-seen",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert!(err(&by_id).starts_with("Sổ luật "), "{}", err(&by_id));
    for other in ["999178000101", "le thi minh nguyet"] {
        let same = desk.eligible(&[other, "--honour", FIGHTER]);
        assert_eq!((out(&same), same.status.code()), (said.clone(), Some(1)), "{other}: {}", err(&same));
    }
    // Every honour at once is a survey and no question: it ends well whatever it finds.
    let all = desk.eligible(&["ts-p-01"]);
    assert!(all.status.success(), "{}", err(&all));
    assert!(out(&all).contains("Lao động tiên tiến: "), "{}", out(&all));
    let told = json(&desk.eligible(&["ts-p-01", "--honour", FIGHTER, "--json"]));
    assert_eq!(told.as_array().unwrap().len(), 1);
    assert_eq!(told[0]["honour"], FIGHTER);
    assert!(told[0]["conditions"].as_array().is_some_and(|all| !all.is_empty()), "{told}");
}

#[test]
fn a_list_and_its_counts_are_told_and_say_what_a_person_alone_is_told() {
    let desk = Desk::loaded("eligible-list");
    let counts = desk.eligible(&["--unit", "h-397", "--below"]);
    assert!(counts.status.success(), "{}", err(&counts));
    assert!(out(&counts).contains("Chiến sĩ thi đua cơ sở: đủ "), "{}", out(&counts));
    let tallies = json(&desk.eligible(&["--unit", "h-397", "--below", "--json"]));
    let tally = tallies.as_array().unwrap().iter().find(|one| one["honour"] == FIGHTER).unwrap();
    assert!(["entitled", "almost", "ask", "barred", "not_registered"].iter().all(|key| tally[key].is_u64()), "{tally}");

    let list = desk.eligible(&["--unit", "h-397", "--below", "--honour", "lao-dong-tien-tien"]);
    assert!(list.status.success(), "a list is a survey: {}", err(&list));
    let rows = json(&desk.eligible(&["--unit", "h-397", "--below", "--honour", "lao-dong-tien-tien", "--json"]));
    let rows = rows.as_array().unwrap();
    assert!(rows.iter().any(|row| row["name"] == "Lê Thị Minh Nguyệt"), "{rows:?}");
    // A person of the list, asked about alone, ends by how they stand in it.
    let nguyet = rows.iter().find(|row| row["name"] == "Lê Thị Minh Nguyệt").unwrap();
    let alone = desk.eligible(&[nguyet["subject"].as_str().unwrap(), "--honour", "lao-dong-tien-tien"]);
    assert_eq!(alone.status.success(), nguyet["prospect"] == "entitled", "{nguyet} {}", out(&alone));
    let quotas = desk.eligible(&["--unit", "h-397", "--below", "--honour", FIGHTER]);
    assert!(out(&quotas).contains("tỷ lệ 15 %"), "{}", out(&quotas));
}

#[test]
fn who_is_not_there_and_what_cannot_be_read_is_refused_in_a_sentence() {
    let desk = Desk::loaded("eligible-refused");
    refused(&desk.eligible(&["ts-p-99", "--honour", FIGHTER]), 2, &["Không tìm thấy"]);
    refused(&desk.eligible(&["999178000999"]), 2, &["Không tìm thấy"]);
    refused(&desk.eligible(&["000000000000"]), 2, &["Ba số đầu của số căn cước"]);
    refused(&desk.eligible(&["khong ai ten the"]), 2, &["Không tìm thấy"]);
    refused(&desk.eligible(&["nguyen"]), 2, &["ts-p-02"]);
    refused(&desk.eligible(&["ts-p-01", "--honour", "danh-hieu-la"]), 2, &["danh-hieu-la"]);
    refused(&desk.eligible(&["--unit", "khong-co"]), 2, &["khong-co"]);
    refused(&desk.eligible(&[]), 2, &[]);
    refused(&desk.run(&["eligible", "ts-p-01", "--on", "2020-13-01"]), 2, &["2020-13-01"]);
    refused(&desk.eligible(&["ts-p-01", "--unit", "h-397"]), 2, &["không đi cùng"]);
    let elsewhere = Desk(scratch_dir("eligible-nothing"));
    refused(&elsewhere.run(&["eligible", "ts-p-01"]), 2, &["thidua.sqlite"]);
    assert!(!elsewhere.0.path().join("thidua.sqlite").exists(), "no database is made");
}

#[test]
fn a_record_in_a_file_needs_no_database() {
    let desk = Desk(scratch_dir("eligible-record"));
    let record = "[[history]]\nid = \"a\"\nsubject = \"ca-nhan\"\ncategory = \"vien-chuc\"\ncomplete_from = 1990\n\
                  on = 2025-01-15\nyear = 2024\n[[case]]\nname = \"Bà An\"\nhonour = \"chien-si-thi-dua-co-so\"\n\
                  history = \"a\"\nawards = [{ honour = \"lao-dong-tien-tien\", years = [2024] }]\n\
                  ratings = { hoan-thanh-tot = [2024] }\n\
                  initiatives = [{ kind = \"sang-kien\", scope = \"co-so\", status = \"da-ap-dung\", years = [2024] }]\n\
                  want = \"hoi\"\n";
    desk.write("ho-so.toml", record);
    let met = desk.run(&["eligible", "--record", "ho-so.toml"]);
    assert_eq!(met.status.code(), Some(0), "{} {}", out(&met), err(&met));
    assert!(out(&met).starts_with("Bà An\n") && out(&met).contains("Chiến sĩ thi đua cơ sở: Đủ"), "{}", out(&met));
    let told = json(&desk.run(&["eligible", "--record", "ho-so.toml", "--json"]));
    assert_eq!(told[0]["honour"], FIGHTER);
    let barred = desk.run(&["eligible", "--record", "ho-so.toml", "--honour", "chien-si-thi-dua-toan-quoc"]);
    assert_eq!(barred.status.code(), Some(1), "{} {}", out(&barred), err(&barred));

    desk.write("sai.toml", &record.replace("hoan-thanh-tot", "hoan-thanh-qua-tot"));
    refused(&desk.run(&["eligible", "--record", "sai.toml"]), 2, &["sai.toml, dòng ", "hoan-thanh-qua-tot"]);
    desk.write("rong.toml", "# chưa có hồ sơ\n");
    refused(&desk.run(&["eligible", "--record", "rong.toml"]), 2, &["rong.toml"]);
    refused(&desk.run(&["eligible", "--record", "khong-co.toml"]), 2, &["khong-co.toml"]);
    let names: Vec<_> = fs::read_dir(desk.0.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "no database is made: {names:?}");
}

#[test]
fn the_help_names_the_exit_codes() {
    let desk = Desk(scratch_dir("eligible-help"));
    let help = out(&desk.run(&["eligible", "--help"]));
    assert!(help.contains("Mã thoát: 0 "), "{help}");
    let english = out(&desk.run(&["eligible", "--help", "--lang", "en"]));
    assert!(english.contains("Exit codes: 0 "), "{english}");
}

#[test]
fn local_rules_are_loaded_used_listed_and_taken_out_of_force() {
    let desk = Desk::loaded("law-load");
    let ask = || {
        json(&desk.run(&["eligible", "ts-p-01", "--honour", FIGHTER, "--on", "2025-01-15", "--year", "2024", "--json"]))
    };
    let national = ask();
    let loaded = desk.run(&["law", "load", SAMPLE, "--reason", "Thử"]);
    assert!(loaded.status.success(), "{}", err(&loaded));
    assert!(out(&loaded).contains("“Quy định mẫu của tỉnh A” (quy-dinh-tinh-mau)"), "{}", out(&loaded));
    assert!(err(&loaded).contains("MẪU"), "{}", err(&loaded));
    // Another process reads it from the database.
    let local = ask();
    assert_ne!(local[0]["book"], national[0]["book"]);
    let text = out(&desk.run(&["eligible", "ts-p-01", "--honour", FIGHTER, "--on", "2025-01-15", "--year", "2024"]));
    assert!(text.contains("chặt hơn quy định chung: Quy định mẫu của tỉnh A (MẪU"), "{text}");
    assert!(text.contains("quyet-dinh-mau-01-2024-qd-ubnd"), "{text}");
    let list = desk.run(&["law", "loaded"]);
    assert!(out(&list).starts_with("quy-dinh-tinh-mau: Quy định mẫu của tỉnh A (MẪU); nạp ngày "), "{}", out(&list));
    let all = json(&desk.run(&["law", "loaded", "--json"]));
    assert_eq!(all["book"], local[0]["book"]);
    assert_eq!(all["packs"][0]["instruments"][0], "quyet-dinh-mau-01-2024-qd-ubnd");
    assert_eq!((&all["packs"][0]["kind"], &all["packs"][0]["is_sample"]), (&"overlay".into(), &true.into()));
    refused(&desk.run(&["law", "load", SAMPLE]), 2, &["đang áp dụng đúng bản này"]);
    refused(&desk.run(&["law", "unload", "khong-co", "--reason", "x"]), 2, &["khong-co", "quy-dinh-tinh-mau"]);
    refused(&desk.run(&["law", "unload", "quy-dinh-tinh-mau"]), 2, &["--reason"]);
    let gone = desk.run(&["law", "unload", "quy-dinh-tinh-mau", "--reason", "Hết hiệu lực"]);
    assert!(gone.status.success(), "{}", err(&gone));
    assert_eq!(ask()[0]["book"], national[0]["book"]);
    let chain = desk.run(&["audit", "verify"]);
    assert!(chain.status.success(), "{}", err(&chain));
}

#[test]
fn rules_that_are_wrong_are_refused_with_file_line_and_key_and_nothing_is_loaded() {
    let desk = Desk::loaded("law-load-refused");
    let fighter = "honours/chien-si-thi-dua-co-so.toml";
    for (name, file, from, to, words) in [
        (
            "noi-long",
            fighter,
            "status = \"da-ap-dung\", times = 1",
            "status = \"duoc-cong-nhan\", times = 1, in = \"ca-doi\"",
            ["honours/chien-si-thi-dua-co-so.toml, dòng ", "Chưa nạp gì"],
        ),
        ("tu-la", fighter, "{ initiative =", "{ sang_kien =", ["tighten[1].test.sang_kien", "không phải là phép thử"]),
        ("ngay-sai", "overlay.toml", "from   = 2024-07-01", "from   = 2024-06-01", ["overlay.toml", "Chưa nạp gì"]),
        (
            "ca-sai",
            "cases/quy-dinh-tinh-mau.toml",
            "want    = \"du\"",
            "want    = \"hoi\"",
            ["cases/quy-dinh-tinh-mau.toml, dòng ", "ca “"],
        ),
    ] {
        desk.rules(name, file, from, to);
        let done = desk.run(&["law", "load", name]);
        if name == "ngay-sai" {
            // The rows have days of their own or those of the overlay, before the decision was in force.
            refused(
                &done,
                2,
                &["nằm ngoài thời gian có hiệu lực của văn bản 'quyet-dinh-mau-01-2024-qd-ubnd'", words[1]],
            );
        } else {
            refused(&done, 2, &words);
        }
    }
    refused(&desk.run(&["law", "load", "khong-co"]), 2, &["khong-co"]);
    let all = json(&desk.run(&["law", "loaded", "--json"]));
    assert_eq!(all["packs"], Value::Array(Vec::new()));
    assert_eq!(all["book"], all["shipped"]);
}
