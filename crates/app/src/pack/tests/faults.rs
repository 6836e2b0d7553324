//! Each kind of fault, provoked by one change in a copy of the pack.

use std::path::Path;

use thidua_domain::Refusal;
use thidua_domain::refusal::PackFault;

use super::{FILES, Files, book, folder, read};

/// What reading says after one file has been changed.
fn said_after(file: &str, change: impl Fn(&Path)) -> (String, usize, String, PackFault) {
    let copy = thidua_testkit::scratch_dir("pack");
    for name in FILES {
        std::fs::copy(folder().join(name), copy.path().join(name)).unwrap();
    }
    change(&copy.path().join(file));
    match read(&Files::Folder(copy.path().to_owned()), &book()) {
        Err(Refusal::BrokenPack { file, line, key, why }) => (file, line, key, why),
        other => panic!("{file}: {:?}", other.map(|pack| pack.hash)),
    }
}

/// Replaces one text, which must stand in the file, by another, and says on which line it began.
fn replaced(file: &str, old: &str, new: &str) -> (usize, (String, usize, String, PackFault)) {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    let at = text.find(old).unwrap_or_else(|| panic!("{file} does not hold {old:?}"));
    let line = 1 + text[..at].matches('\n').count();
    let changed = text.replacen(old, new, 1);
    (line, said_after(file, |path| std::fs::write(path, &changed).unwrap()))
}

#[test]
fn a_file_that_is_missing() {
    for file in FILES {
        let said = said_after(file, |path| std::fs::remove_file(path).unwrap());
        assert_eq!(said, (file.to_owned(), 0, String::new(), PackFault::MissingFile));
    }
}

#[test]
fn bytes_that_are_no_text() {
    let said = said_after("units.csv", |path| {
        let mut bytes = std::fs::read(path).unwrap();
        let second_line = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        bytes[second_line] = 0xff;
        std::fs::write(path, bytes).unwrap();
    });
    let text = std::fs::read_to_string(folder().join("units.csv")).unwrap();
    let at = text.find('\n').unwrap() + 1;
    assert_eq!(said, ("units.csv".to_owned(), 2, String::new(), PackFault::NotUtf8(at)));
}

#[test]
fn text_that_is_not_composed() {
    // The same letters, the marks apart.
    let (line, said) = replaced("units.csv", "Xã Thọ Sơn", "Xa\u{303} Tho\u{323} So\u{31b}n");
    assert_eq!(said, ("units.csv".to_owned(), line, String::new(), PackFault::NotNfc));
}

#[test]
fn a_broken_grammar() {
    let (line, (file, at, _, why)) = replaced("plans.toml", "naming     = \"plain\"", "naming     = plain\"");
    assert_eq!((file.as_str(), at), ("plans.toml", line));
    assert!(matches!(why, PackFault::Syntax(_)), "{why:?}");
    let (line, (file, at, _, why)) = replaced("readings.csv", ",estimate,9427,", ",estimate,9427,,");
    assert_eq!((file.as_str(), at), ("readings.csv", line));
    assert_eq!(why, PackFault::Expected("11 columns, not 12".to_owned()));
}

#[test]
fn keys_and_columns_that_the_format_does_not_know() {
    let cases = [
        ("readings.csv", "nature", "natrue", "natrue"),
        ("plans.toml", "decided_on", "decided_at", "decided_at"),
        ("clusters.toml", "role = \"lead\"", "part = \"lead\"", "part"),
        ("pack.toml", "dated", "date", "date"),
        ("report.toml", "superior", "above", "above"),
        ("printed.toml", "fact    =", "fakt    =", "fakt"),
    ];
    for (file, old, new, key) in cases {
        let (line, said) = replaced(file, old, new);
        assert_eq!(said, (file.to_owned(), line, key.to_owned(), PackFault::UnknownKey), "{file}");
    }
    let (_, said) = replaced("awards.csv", ",achievement,", ",");
    assert_eq!(said.2, "achievement");
}

#[test]
fn values_that_do_not_fit_say_what_was_expected() {
    let cases = [
        ("readings.csv", ",estimate,9427,", ",guess,9427,", "nature", "one of estimate, provisional, official"),
        ("readings.csv", ",estimate,9427,", ",estimate,\"9.427,0\",", "value", "a number like 1231.2"),
        ("readings.csv", ",8326.5,,,implied,8323.62", ",8326.5,,,implied,8326.62", "value", "a number from 8326.62"),
        ("readings.csv", ",8326.5,,,implied,8323.62", ",8326.5,,,reported,8323.62", "low", "no interval"),
        ("readings.csv", ",8326.5,,,implied,8323.62", ",8326.5,,,implied,", "low", "the interval"),
        ("readings.csv", "KT01,h-397,2020-H1", "KT01,h-397,2020-H3", "period", "a period like 2020-H1"),
        ("indicators.csv", ",own,", ",add,", "tree_rule", "own, sum"),
        ("indicators.csv", ",flow,", ",float,", "kind", "one of flow"),
        ("units.csv", "2019-01-01,2019-12-01", "2019-01-01,2018-12-01", "valid_to", "a day after 2019-01-01"),
        ("units.csv", "2019-01-01,2019-12-01", "2019-01-01,2020-12-01", "valid_from", "does not overlap"),
        ("awards.csv", ",collective,", ",team,", "subject", "one of individual"),
        ("plans.toml", "2019-12-20", "\"20/12/2019\"", "decided_on", "a day like 2020-07-05"),
        ("pack.toml", "\"trieu-son-2020\"", "\"\"", "code", "a value"),
    ];
    for (file, old, new, key, expected) in cases {
        let (line, (said_file, at, said_key, why)) = replaced(file, old, new);
        assert_eq!((said_file.as_str(), at, said_key.as_str()), (file, at, key), "{new}: {why}");
        // Two versions of a unit clash at the later row.
        assert!(at == line || expected == "does not overlap" && at == line + 1, "{new}: line {at}, not {line}");
        assert!(matches!(&why, PackFault::Expected(what) if what.contains(expected)), "{new}: {why}");
    }
}

#[test]
fn codes_that_nothing_bears() {
    let cases = [
        ("edges.csv", "offices,h-397-nv,", "offices,h-397-nw,", "child", "h-397-nw"),
        ("readings.csv", "KT01,h-397,", "KT99,h-397,", "indicator", "KT99"),
        ("readings.csv", "KT01,h-397,", "KT01,h-398,", "unit", "h-398"),
        ("plan-values.csv", "kh-2020,", "kh-2021,", "plan", "kh-2021"),
        ("indicators.csv", "count-positive:NN09", "count-positive:NN99", "tree_rule", "NN99"),
        ("members.csv", "ocop-1,ocop-cap-tinh", "ocop-1,ocop", "standard", "ocop"),
        ("recognitions.csv", "ocop-1.1,ocop-1,", "ocop-1.1,ocop-9,", "member", "ocop-9"),
        ("awards.csv", ",giay-khen,", ",giay-khem,", "honour", "giay-khem"),
        ("occasions.csv", ",PT03,", ",PT33,", "movement", "PT33"),
        ("movements.toml", "[\"h-397-ubnd\"]", "[\"h-397-ubnn\"]", "owners", "h-397-ubnn"),
        ("findings.toml", "about   = []", "about   = [\"XK11\"]", "about", "XK11"),
        ("tasks.toml", "{phong-trao PT18}", "{phong-trao PT88}", "text", "PT88"),
        ("report.toml", "{KT01}", "{KT91}", "text", "KT91"),
        ("report.toml", "{chuan ocop-cap-tinh new}", "{chuan ocop new}", "text", "ocop"),
        ("report.toml", "chi-thi-05-ct-tw-2016", "chi-thi-50-ct-tw-2016", "instrument", "chi-thi-50-ct-tw-2016"),
        ("printed.toml", "subject = \"KT01\"", "subject = \"KT91\"", "subject", "KT91"),
        ("printed.toml", "\"E-47\", \"E-48\"]", "\"E-47\", \"E-98\"]", "parts", "E-98"),
    ];
    for (file, old, new, key, code) in cases {
        let (line, said) = replaced(file, old, new);
        let dangling = PackFault::Dangling(code.to_owned());
        // A passage is found at the line on which its text begins.
        let at = if key == "text" { said.1 } else { line };
        assert!(at <= line, "{file}: {at} after {line}");
        assert_eq!(said, (file.to_owned(), at, key.to_owned(), dangling), "{file}");
    }
}

#[test]
fn codes_defined_twice() {
    let cases = [
        ("indicators.csv", "\nNN01,", "\nKT01,", "code", "KT01"),
        ("members.csv", "\nocop-2,", "\nocop-1,", "id", "ocop-1"),
        ("plans.toml", "\"kh-tinh-2020\"", "\"kh-2020\"", "id", "kh-2020"),
        ("movements.toml", "\"PT02\"", "\"PT01\"", "code", "PT01"),
        ("instruments.csv", "nghi-quyet-786-nq-ubtvqh14", "nghi-dinh-91-2017-nd-cp", "id", "nghi-dinh-91-2017-nd-cp"),
        ("report.toml", "slot = \"chi-dao\"", "slot = \"mo-dau\"", "slot", "mo-dau"),
        ("printed.toml", "\"H-02\"", "\"H-01\"", "fact", "H-01"),
    ];
    for (file, old, new, key, code) in cases {
        let (line, said) = replaced(file, old, new);
        let line = line + usize::from(old.starts_with('\n'));
        assert_eq!(said, (file.to_owned(), line, key.to_owned(), PackFault::Twice(code.to_owned())), "{file}");
    }
    let (line, said) = replaced("readings.csv", "NN02,x-15667,", "NN02,x-15664,");
    assert_eq!((said.0.as_str(), said.1), ("readings.csv", line));
    assert_eq!(said.3, PackFault::Twice("reading:NN02:x-15664:2020-H1".to_owned()));
}

#[test]
fn samples_that_do_not_add_up() {
    let adds = |sum: &str, total: &str| PackFault::DoesNotAddUp { sum: sum.to_owned(), total: total.to_owned() };
    let text = std::fs::read_to_string(folder().join("readings.csv")).unwrap();
    let row = text.lines().find(|line| line.starts_with("LD01,x-15664,")).unwrap();
    let value: i64 = row.split(',').nth(4).unwrap().parse().unwrap();
    let more = row.replacen(&format!(",{value},"), &format!(",{},", value + 1), 1);
    let (_, said) = replaced("readings.csv", row, &more);
    assert_eq!(said, ("readings.csv".to_owned(), 0, "LD01".to_owned(), adds("1.438", "1.437")));

    let (_, said) = replaced("recognitions.csv", "chuoi-01,recognised,", "chuoi-01,registered,");
    let key = "chuoi-thuc-pham-an-toan".to_owned();
    assert_eq!(said, ("recognitions.csv".to_owned(), 0, key, adds("12/29", "13/29")));

    let (_, said) = replaced("awards.csv", ",2020-06-26,", ",2020-07-26,");
    assert_eq!(said, ("awards.csv".to_owned(), 0, "giay-khen".to_owned(), adds("324", "325")));
}
