//! Each kind of fault, provoked by one change in a copy of the pack.

use std::path::Path;

use thidua_domain::Refusal;
use thidua_domain::refusal::{PackFault, Wanted};

use super::{FILES, Files, book, folder, read};

/// What reading says after one file has been changed.
fn said_after(file: &str, change: impl Fn(&Path)) -> (String, usize, String, PackFault) {
    let copy = thidua_testkit::scratch_dir("pack");
    for name in FILES {
        std::fs::copy(folder().join(name), copy.path().join(name)).unwrap();
    }
    change(&copy.path().join(file));
    match read(&Files::Folder(copy.path().to_owned()), book()) {
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
    assert_eq!(why, PackFault::Expected(Wanted::Columns { wanted: 11, found: 12 }));
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
        ("readings.csv", ",estimate,9427,", ",guess,9427,", "nature", "OneOf { words: [\"estimate\""),
        ("readings.csv", ",estimate,9427,", ",estimate,\"9.427,0\",", "value", "Like { kind: \"number\""),
        (
            "readings.csv",
            ",8326.5,,,implied,8323.62",
            ",8326.5,,,implied,8326.62",
            "value",
            "Between { low: \"8.326,62\"",
        ),
        ("readings.csv", ",8326.5,,,implied,8323.62", ",8326.5,,,reported,8323.62", "low", "NoInterval"),
        ("readings.csv", ",8326.5,,,implied,8323.62", ",8326.5,,,implied,", "low", "Interval"),
        ("readings.csv", "KT01,h-397,2020-H1", "KT01,h-397,2020-H3", "period", "Like { kind: \"period\""),
        ("indicators.csv", ",own,", ",add,", "tree_rule", "Like { kind: \"tree-rule\""),
        ("indicators.csv", ",flow,", ",float,", "kind", "OneOf { words: [\"flow\""),
        ("units.csv", "2019-01-01,2019-12-01", "2019-01-01,2018-12-01", "valid_to", "DayAfter("),
        ("units.csv", "2019-01-01,2019-12-01", "2019-01-01,2020-12-01", "valid_from", "NoOverlap"),
        ("awards.csv", ",collective,", ",team,", "subject", "OneOf { words: [\"individual\""),
        ("plans.toml", "2019-12-20", "\"20/12/2019\"", "decided_on", "Like { kind: \"day\""),
        ("pack.toml", "\"trieu-son-2020\"", "\"\"", "code", "Value"),
    ];
    for (file, old, new, key, expected) in cases {
        let (line, (said_file, at, said_key, why)) = replaced(file, old, new);
        assert_eq!((said_file.as_str(), at, said_key.as_str()), (file, at, key), "{new}: {why}");
        // Two versions of a unit clash at the later row.
        assert!(at == line || expected == "NoOverlap" && at == line + 1, "{new}: line {at}, not {line}");
        assert!(matches!(&why, PackFault::Expected(what) if format!("{what:?}").starts_with(expected)), "{new}: {why}");
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
fn a_history_of_units_that_contradicts_itself() {
    let link = "sap-xep-thi-tran-trieu-son,x-15694,x-15664,full";
    let (line, said) = replaced("links.csv", link, &link.replace("x-15664", "x-15663"));
    assert_eq!((said.1, said.2.as_str(), said.3), (line, "to", PackFault::Dangling("x-15663".to_owned())));
    let (line, said) = replaced("links.csv", link, &link.replace("sap-xep", "sap-nhap"));
    let unknown = PackFault::Dangling("sap-nhap-thi-tran-trieu-son".to_owned());
    assert_eq!((said.1, said.2.as_str(), said.3), (line, "event", unknown));
    let (line, said) = replaced("links.csv", link, &format!("{link}\n{link}"));
    assert_eq!((said.1, said.2.as_str()), (line + 1, "to"));
    assert!(matches!(said.3, PackFault::Twice(_)), "{}", said.3);

    let contradiction = |said: (String, usize, String, PackFault)| match said.3 {
        PackFault::Expected(Wanted::Consistent(why)) => (said.0, why),
        other => panic!("{other}"),
    };
    let (_, said) = replaced("links.csv", link, &link.replace("full", "partial"));
    let why = "a part of x-15694 goes on 2019-12-01, and nothing says where the rest is";
    assert_eq!(contradiction(said), ("links.csv".to_owned(), why.to_owned()));
    let (_, said) = replaced("links.csv", link, &format!("{link}\n{}", link.replace("x-15664", "x-15718")));
    let why = "x-15694 goes whole to one unit on 2019-12-01 and also to another";
    assert_eq!(contradiction(said), ("links.csv".to_owned(), why.to_owned()));
    let head = "numerator,denominator,source\n";
    let share = "population,sap-xep-thi-tran-trieu-son,x-15694,x-15664,1,2,Niên giám\n";
    let (_, said) = replaced("shares.csv", head, &format!("{head}{share}"));
    let why = "event sap-xep-thi-tran-trieu-son has no part of x-15694 that goes to x-15664";
    assert_eq!(contradiction(said), ("shares.csv".to_owned(), why.to_owned()));

    // Two bearers of a code on one day, two places of a unit on one day.
    let (line, said) = replaced("units.csv", "x-15670,commune,15670,", "x-15670,commune,15667,");
    assert_eq!((said.0.as_str(), said.1, said.2.as_str()), ("units.csv", line, "code"));
    let place = "territory,x-15670,h-397,2019-01-01,";
    let (line, said) = replaced("edges.csv", place, &format!("{place}\nterritory,x-15670,t-38,2020-01-01,"));
    assert_eq!((said.0.as_str(), said.1, said.2.as_str()), ("edges.csv", line + 1, "valid_from"));
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
