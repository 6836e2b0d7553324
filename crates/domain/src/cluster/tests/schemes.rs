//! The shipped schemes, and what reading refuses.

use std::collections::BTreeSet;

use super::{CRITERIA, HEAD, code, n};
use crate::cluster::scheme::{BrokenScheme, Observed, Part, Rule, Scheme, Status, read, read_all, shipped, version_on};
use crate::refusal::{PackFault, Wanted};
use thidua_base::Number;

fn shipped_one(name: &str) -> Scheme {
    shipped().unwrap().into_iter().find(|scheme| scheme.code.as_str() == name).unwrap()
}

/// What is wrong with the made-up scheme once a text in it is another.
fn broken(from: &str, to: &str) -> BrokenScheme {
    let text = format!("{HEAD}{CRITERIA}");
    assert!(text.contains(from), "{from}");
    let mut faults = read("thu.toml", &text.replacen(from, to, 1)).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0)
}

#[test]
fn all_twenty_schemes_load_and_the_incomplete_ones_say_what_they_lack() {
    let schemes = shipped().unwrap();
    let codes: BTreeSet<&str> = schemes.iter().map(|scheme| scheme.code.as_str()).collect();
    assert_eq!((schemes.len(), codes.len()), (20, 20));
    let whole: Vec<&str> = schemes.iter().filter(|one| one.is_whole()).map(|one| one.code.as_str()).collect();
    assert_eq!(whole, ["TH-HDND-2026-XA", "TH-HDND-2026-TINH"]);
    for scheme in &schemes {
        assert!(!scheme.sources.is_empty(), "{}", scheme.code);
        assert!(scheme.is_whole() || scheme.missing.iter().all(|lacks| !lacks.trim().is_empty()), "{}", scheme.code);
    }
}

#[test]
fn the_tree_of_the_communes_has_43_leaves_in_seven_groups_of_100() {
    let scheme = shipped_one("TH-HDND-2026-XA");
    let tops: Vec<String> = scheme
        .criteria
        .iter()
        .filter(|one| one.under.is_none() && one.part == Part::Content)
        .map(|one| format!("{} {}", one.code, one.max.unwrap()))
        .collect();
    assert_eq!(tops, ["I 20", "II 20", "III 20", "IV 15", "V 10", "VI 10", "VII 5"]);
    let content = scheme.leaves().filter(|(_, leaf)| leaf.part == Part::Content);
    assert_eq!(content.count(), 43);
    assert_eq!(scheme.leaves().filter(|(_, leaf)| leaf.part == Part::Penalty).count(), 9);
    assert_eq!(scheme.status, Status::Draft);
    assert!(scheme.leaves().all(|(_, leaf)| !leaf.label.is_empty() && !leaf.label_en.is_empty()));
}

#[test]
fn the_tree_of_the_province_has_53_leaves_and_two_answers_that_take_a_whole_criterion() {
    let scheme = shipped_one("TH-HDND-2026-TINH");
    let tops: Vec<Number> = scheme
        .criteria
        .iter()
        .filter(|one| one.under.is_none() && one.part == Part::Content)
        .filter_map(|one| one.max)
        .collect();
    assert_eq!(tops, ["23", "20", "15", "15", "15", "7", "5"].map(n));
    assert_eq!(scheme.leaves().filter(|(_, leaf)| leaf.part == Part::Content).count(), 53);
    let zeroing = scheme.leaves().filter(|(_, leaf)| match &leaf.rule {
        Some(Rule::Choice(options)) => {
            options.iter().any(|option| option.zeroes == crate::cluster::scheme::Zeroes::Group)
        }
        _ => false,
    });
    assert_eq!(zeroing.map(|(_, leaf)| leaf.code.as_str()).collect::<Vec<_>>(), ["I.1.a", "I.6.a"]);
    assert_eq!(scheme.quota, None);
}

#[test]
fn contradictions_of_the_drafts_are_findings_and_no_faults() {
    let at = |name: &str| -> Vec<String> { shipped_one(name).findings.into_iter().map(|one| one.at).collect() };
    let communes = at("TH-HDND-2026-XA");
    for place in ["III.3", "VIII", "IX.6", "condition", "Điều 3, Điều 4"] {
        assert!(communes.contains(&place.to_owned()), "{place}: {communes:?}");
    }
    assert!(at("TH-HDND-2026-TINH").contains(&"IX.7".to_owned()));
    assert!(at("QT-CONGAN-2025").len() >= 3);
}

#[test]
fn the_draft_as_printed_is_refused_at_the_very_criterion() {
    let (_, text) = crate::cluster::scheme::SHIPPED.iter().find(|(file, _)| *file == "th-hdnd-2026-xa.toml").unwrap();
    // Two parts of 3 points in a component of 3 make 9 points in a criterion of 6.
    let from = "code = \"III.3.a\"\nunder = \"III.3\"\nlabel = \"Số buổi tiếp công dân thiếu\"\nlabel-en = \"Missing reception sessions\"\nmax = \"1.5\"";
    assert!(text.contains(from));
    let printed = text.replacen(from, &from.replace("\"1.5\"", "\"4.5\""), 1);
    let faults = read("xa.toml", &printed).unwrap_err();
    assert_eq!(
        faults,
        [BrokenScheme {
            file: "xa.toml".to_owned(),
            key: "criterion III.3.max".to_owned(),
            why: PackFault::DoesNotAddUp { sum: "9.0".to_owned(), total: "6".to_owned() },
        }]
    );
}

#[test]
fn sums_that_do_not_fit_name_the_group() {
    let over = broken("label = \"Báo cáo\"\nmax = 20", "label = \"Báo cáo\"\nmax = 21");
    assert_eq!(over.key, "criterion B.max");
    assert_eq!(over.why, PackFault::DoesNotAddUp { sum: "41".to_owned(), total: "40".to_owned() });
    let under = broken("label = \"Báo cáo\"\nmax = 20", "label = \"Báo cáo\"\nmax = 19");
    assert_eq!(under.why, PackFault::DoesNotAddUp { sum: "39".to_owned(), total: "40".to_owned() });
    assert_eq!(broken("content = 100", "content = 99").key, "scale.content");
}

#[test]
fn a_bonus_group_may_hold_more_than_its_cap_but_not_less() {
    let text = format!("{HEAD}{CRITERIA}").replace("label = \"Mô hình\"\nmax = 10", "label = \"Mô hình\"\nmax = 13");
    assert!(read("thu.toml", &text).is_ok());
    assert_eq!(broken("label = \"Mô hình\"\nmax = 10", "label = \"Mô hình\"\nmax = 7").key, "criterion T.max");
}

#[test]
fn missing_numbers_and_undefined_names_are_found_with_their_key() {
    let at = |from: &str, to: &str| broken(from, to).key;
    assert_eq!(at("label = \"Mô hình\"\nmax = 10", "label = \"Mô hình\""), "criterion T.1.max");
    assert_eq!(at("per = \"1.25\", ", ""), "criterion B.2.rule.per");
    assert_eq!(
        at("{ code = \"thieu\", label = \"Thiếu\", points = 5 }", "{ code = \"thieu\" }"),
        "criterion B.3.rule.options[2].points"
    );
    assert_eq!(at("points = 5", "points = 11"), "criterion B.3.rule.options[2].points");
    assert_eq!(at("under = \"B\"\nlabel = \"Báo cáo\"", "under = \"C\"\nlabel = \"Báo cáo\""), "criterion B.2.under");
    assert_eq!(at("ties = [\"bonus\", \"penalty\"]", "ties = [\"Z.9\"]"), "ties");
    assert_eq!(at("no-target = \"unscored\", ", ""), "criterion A.2.rule.no-target");
    assert_eq!(at("zero-target = \"unscored\"", "zero-target = \"maybe\""), "criterion A.2.rule.zero-target");
    assert_eq!(at("outlier = \"cap\", ", ""), "criterion A.1.rule.outlier");
    assert_eq!(at("from = 80", "from = \"80,5\""), "grade[1].from");
    assert_eq!(at("[[criterion]]\ncode = \"B\"", "[[criterion]]\ncode = \"A\""), "criterion A.code");
    assert_eq!(at("kind = \"flag\"", "kind = \"flags\""), "criterion B.1.rule.kind");
    assert_eq!(at("label = \"Kinh tế\"", "label = \"Kinh tế\"\ncolour = 1"), "criterion A.colour");
    let dangling = broken("label = \"Báo cáo chậm\"", "label = \"Báo cáo chậm\"\nsanction = \"x\"");
    assert_eq!((dangling.key.as_str(), dangling.why), ("criterion P.1.sanction", PackFault::Dangling("x".to_owned())));
}

#[test]
fn undefined_conditions_are_found() {
    let with = |more: &str| read("thu.toml", &format!("{HEAD}{CRITERIA}{more}")).unwrap_err().remove(0);
    let unknown = with("\n[[condition]]\ngrade = \"gioi\"\nkind = \"share\"\nof = \"A\"\nleast = 60\n");
    assert_eq!((unknown.key.as_str(), unknown.why), ("condition[1].grade", PackFault::Dangling("gioi".to_owned())));
    let nothing = with("\n[[condition]]\ngrade = \"tot\"\nkind = \"share\"\nof = \"K\"\nleast = 60\n");
    assert_eq!(nothing.key, "condition[1].of");
    let open = with("\n[[condition]]\ngrade = \"tot\"\nkind = \"share\"\nof = \"A\"\n");
    assert_eq!((open.key.as_str(), open.why), ("condition[1].least", PackFault::Expected(Wanted::Value)));
    let uncounted = with("\n[[condition]]\ngrade = \"tot\"\nkind = \"count\"\nof = \"B.1\"\nleast = 1\n");
    assert_eq!(uncounted.key, "condition[1].of");
    let sanction = with("\n[[sanction]]\ncode = \"k\"\nlabel = \"K\"\neffect = \"at-most\"\ngrade = \"kha\"\n");
    assert_eq!(sanction.key, "sanction k.grade");
    assert_eq!(with("\n[quota]\ngrade = \"tot\"\nshare = 25\nrest = \"x\"\naction = \"lower\"\n").key, "quota.rest");
}

#[test]
fn a_number_with_a_point_stands_between_marks() {
    let float = broken("per = \"1.25\"", "per = 1.25");
    assert_eq!(float.key, "criterion B.2.rule.per");
    assert!(matches!(float.why, PackFault::Expected(Wanted::Like { kind: "number", .. })), "{float:?}");
}

#[test]
fn bands_that_nothing_can_fall_into_and_grades_that_rise_are_found() {
    let bands =
        "rule = { kind = \"band\", measure = \"%\", bands = [{ from = 70, points = 5 }, { from = 90, points = 10 }] }";
    let rule = "rule = { kind = \"flag\" }";
    let found = broken(rule, bands);
    assert_eq!(found.key, "criterion B.1.rule.bands");
    assert_eq!(broken("from = \"none\"", "from = 85").key, "grade con-lai.from");
}

#[test]
fn several_faults_are_told_at_once() {
    let text = format!("{HEAD}{CRITERIA}").replace("content = 100", "content = 90").replace("\"penalty\"]", "\"Z\"]");
    assert_eq!(read("thu.toml", &text).unwrap_err().len(), 2);
    let grammar = read("thu.toml", "code = \n").unwrap_err();
    assert!(grammar[0].key.starts_with("line 1") && matches!(grammar[0].why, PackFault::Syntax(_)), "{grammar:?}");
}

#[test]
fn a_tree_may_be_of_any_depth() {
    let deep = "
[[criterion]]
code = \"A\"
max = 100
[[criterion]]
code = \"A.1\"
under = \"A\"
max = 100
[[criterion]]
code = \"A.1.1\"
under = \"A.1\"
max = 100
[[criterion]]
code = \"A.1.1.1\"
under = \"A.1.1\"
max = 100
rule = { kind = \"flag\" }
";
    let scheme = read("thu.toml", &format!("{HEAD}{deep}")).unwrap();
    assert_eq!(scheme.criterion(&code("A.1.1.1")).unwrap().depth, 3);
    assert!(scheme.stands_under(3, 0) && !scheme.stands_under(0, 3));
}

#[test]
fn what_the_draft_of_2026_printed_for_bonuses_is_seen_and_taken() {
    let (_, text) = crate::cluster::scheme::SHIPPED.iter().find(|(file, _)| *file == "th-hdnd-2026-xa.toml").unwrap();
    let scheme = read("xa.toml", text).unwrap();
    assert_eq!(scheme.observed(), []);
    // As printed: 5, 3, 2 and 3 points make 13 in a group of 10.
    let mut printed = scheme.clone();
    for (code, max) in [("VIII.1", "5"), ("VIII.2", "3"), ("VIII.4", "3")] {
        let place = printed.place(&super::code(code)).unwrap();
        printed.criteria[place].max = Some(n(max));
    }
    assert_eq!(printed.observed(), [Observed::Overfull { at: "VIII".to_owned(), sum: n("13"), max: n("10") }]);
    assert_eq!(
        shipped_one("QT-CONGAN-2025").observed(),
        [Observed::NoOutlierRule { at: "theo-don-vi-dan-dau".to_owned() }]
    );
    assert_eq!(shipped_one("BTP-2012").observed(), [Observed::NoCap { at: "theo-ke-hoach".to_owned() }]);
}

#[test]
fn versions_follow_each_other_and_the_day_chooses() {
    let old = format!("{HEAD}{CRITERIA}")
        .replace("valid-from = 2026-01-01", "valid-from = 2025-01-01\nvalid-to = 2026-01-01");
    let new = format!("{HEAD}{CRITERIA}").replace("version = 1", "version = 2");
    let both = read_all([("cu.toml", old.as_str()), ("moi.toml", new.as_str())]).unwrap();
    let on = |day: &str| version_on(&both, &both[0].code, super::day(day)).map(|one| one.version);
    assert_eq!([on("2024-12-31"), on("2025-12-31"), on("2026-01-01")], [None, Some(1), Some(2)]);
    let open = old.replace("\nvalid-to = 2026-01-01", "");
    let faults = read_all([("cu.toml", open.as_str()), ("moi.toml", new.as_str())]).unwrap_err();
    assert_eq!((faults[0].file.as_str(), faults[0].key.as_str()), ("moi.toml", "valid-from"));
}
