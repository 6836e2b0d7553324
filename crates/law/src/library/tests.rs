use proptest::prelude::*;
use thidua_base::text::fold;

use super::*;
use crate::Calendar;

fn shipped() -> Library {
    Library::shipped().unwrap()
}

fn id(text: &str) -> InstrumentId {
    InstrumentId::parse(text).unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn names(found: &[&LibraryEntry]) -> Vec<String> {
    found.iter().map(|entry| entry.number.clone()).collect()
}

fn best(library: &Library, words: &str) -> String {
    library.find(words).first().map(|found| found.entry.number.clone()).unwrap_or_default()
}

#[test]
fn every_instrument_of_both_catalogues_is_listed() {
    let library = shipped();
    let numbers: Vec<&str> = library.entries().map(|entry| entry.number.as_str()).collect();
    for number in [
        "15/2003/QH11",
        "47/2005/QH11",
        "32/2009/QH12",
        "39/2013/QH13",
        "91/2017/NĐ-CP",
        "12/2019/TT-BNV",
        "08/2017/TT-BNV",
        "122/2018/NĐ-CP",
        "145/2013/NĐ-CP",
        "85/2014/NĐ-CP",
        "101/2018/NĐ-CP",
        "13/2012/NĐ-CP",
        "318/QĐ-BNV",
        "71/2011/TT-BTC",
        "90/2020/NĐ-CP",
        "38/2019/NĐ-CP",
        "06/2022/QH15",
        "06/2026/QH16",
        "98/2023/NĐ-CP",
        "152/2025/NĐ-CP",
        "129/2025/NĐ-CP",
        "01/2024/TT-BNV",
        "15/2025/TT-BNV",
        "86/2023/NĐ-CP",
        "28/2024/NĐ-CP",
        "01/2026/QĐ-TTg",
        "24/2023/NĐ-CP",
        "73/2024/NĐ-CP",
        "161/2026/NĐ-CP",
        "233/2026/NĐ-CP",
    ] {
        assert_eq!(numbers.iter().filter(|known| **known == number).count(), 1, "{number}");
    }
}

#[test]
fn on_every_day_since_2013_one_base_salary_decree_is_in_force() {
    let library = shipped();
    let salary = |entry: &&LibraryEntry| entry.title.starts_with("quy định mức lương cơ sở");
    let mut on = day("2013-08-15");
    while on < day("2026-12-31") {
        let in_force: Vec<_> =
            library.entries().filter(salary).filter(|entry| entry.standing(on) == Standing::InForce).collect();
        assert_eq!(in_force.len(), 1, "{on}: {:?}", names(&in_force));
        on = on.plus_days(1).unwrap();
    }
}

#[test]
fn an_instrument_stands_as_its_days_say() {
    let library = shipped();
    let decree = library.get(&id("nghi-dinh-152-2025-nd-cp")).unwrap();
    let standing = |text| decree.standing(day(text));
    assert_eq!(standing("2025-06-30"), Standing::NotYet);
    assert_eq!(standing("2025-07-01"), Standing::InForce);
    assert_eq!(standing("2027-02-28"), Standing::InForce);
    assert_eq!(standing("2027-03-01"), Standing::Ended);
    assert_eq!(decree.days_left(day("2027-02-28")), Some(1));
    assert_eq!(decree.days_left(day("2027-03-01")), None);
    let named_only = library.get(&id("quyet-dinh-01-2026-qd-ttg")).unwrap();
    assert_eq!(named_only.standing(day("2026-11-24")), Standing::Unknown);
    assert_eq!(named_only.instrument(), None, "it cannot be cited without its day");
}

#[test]
fn what_ends_within_half_a_year_is_warned_of_and_nothing_else() {
    let library = shipped();
    let soon = names(&library.lapsing(day("2026-11-24")));
    assert_eq!(soon, ["129/2025/NĐ-CP", "152/2025/NĐ-CP", "15/2025/TT-BNV"]);
    let decree = library.get(&id("nghi-dinh-152-2025-nd-cp")).unwrap();
    let first = day("2027-03-01").plus_days(-LAPSE_NOTICE_DAYS).unwrap();
    assert!(decree.is_lapsing(first) && !decree.is_lapsing(first.day_before()));
    assert!(!decree.is_lapsing(day("2027-03-01")));
    // An end that a successor brings is warned of alike.
    assert!(names(&library.lapsing(day("2025-06-01"))).contains(&"98/2023/NĐ-CP".to_owned()));
}

#[test]
fn a_line_of_replacement_is_whole_from_every_member() {
    let library = shipped();
    let whole = [
        "42/2010/NĐ-CP",
        "39/2012/NĐ-CP",
        "65/2014/NĐ-CP",
        "85/2014/NĐ-CP",
        "91/2017/NĐ-CP",
        "101/2018/NĐ-CP",
        "98/2023/NĐ-CP",
        "152/2025/NĐ-CP",
    ];
    let line = names(&library.line(&id("nghi-dinh-98-2023-nd-cp")));
    assert_eq!(line.len(), whole.len(), "{line:?}");
    assert!(whole.iter().all(|number| line.contains(&(*number).to_owned())), "{line:?}");
    assert_eq!(line.last().map(String::as_str), Some("152/2025/NĐ-CP"));
    assert_eq!(names(&library.line(&id("nghi-dinh-91-2017-nd-cp"))).last(), line.last());
    let amended = names(&library.amended_by(&id("luat-15-2003-qh11")));
    assert_eq!(amended, ["47/2005/QH11", "32/2009/QH12", "39/2013/QH13"]);
}

#[test]
fn numbers_are_found_however_they_are_typed() {
    let library = shipped();
    for (typed, wanted) in [
        ("91/2017", "91/2017/NĐ-CP"),
        ("91/2017/NĐ-CP", "91/2017/NĐ-CP"),
        ("ND 91", "91/2017/NĐ-CP"),
        ("nd91", "91/2017/NĐ-CP"),
        ("152", "152/2025/NĐ-CP"),
        ("nghi dinh 98", "98/2023/NĐ-CP"),
        ("luat 2022", "06/2022/QH15"),
        ("5-ct/tw", "05-CT/TW"),
        ("thông tư 15", "15/2025/TT-BNV"),
        ("dieu le sang kien", "13/2012/NĐ-CP"),
        ("thong tu 12 2019", "12/2019/TT-BNV"),
    ] {
        assert_eq!(best(&library, typed), wanted, "{typed}");
    }
}

#[test]
fn a_wrong_number_finds_nothing_and_a_wrong_letter_does() {
    let library = shipped();
    assert!(library.find("nghị định 9999").is_empty());
    assert!(library.find("xyzzy").is_empty());
    let found = library.find("cong tac van htu");
    assert_eq!(found[0].entry.number, "30/2020/NĐ-CP");
    assert!(!found[0].is_exact);
    assert!(library.find("van thu").iter().all(|found| found.is_exact));
    assert_eq!(library.find("").len(), library.entries().count());
}

/// Every title with one letter wrong, missing, or swapped with the next.
fn slips(title: &str) -> Vec<String> {
    let letters: Vec<char> = title.chars().collect();
    let mut slips = Vec::new();
    for at in 0..letters.len() {
        if !letters[at].is_alphabetic() {
            continue;
        }
        let mut wrong = letters.clone();
        wrong[at] = 'z';
        slips.push(wrong.into_iter().collect());
        let mut missing = letters.clone();
        missing.remove(at);
        slips.push(missing.into_iter().collect());
        if letters.get(at + 1).is_some_and(|next| next.is_alphabetic()) {
            let mut swapped = letters.clone();
            swapped.swap(at, at + 1);
            slips.push(swapped.into_iter().collect());
        }
    }
    slips
}

#[test]
fn every_instrument_is_found_by_its_number_without_marks_and_by_its_title_with_one_letter_wrong() {
    let library = shipped();
    for entry in library.entries() {
        assert_eq!(best(&library, &fold(&entry.number)), entry.number);
        // A handful of each title, spread over it; made-up titles below go through every place.
        let slips = slips(&fold(&entry.title));
        for typed in slips.iter().step_by(slips.len() / 9 + 1) {
            let found = library.find(typed);
            assert!(found.iter().any(|found| found.entry.id == entry.id), "{}: '{typed}'", entry.number);
        }
    }
}

proptest! {
    #[test]
    fn an_instrument_of_any_name_is_found_by_it_with_a_slip(
        words in prop::collection::vec("[a-zăâđêôơưáàảãạ]{2,9}", 3..12),
        number in 1u16..2000,
        slip in any::<prop::sample::Index>(),
    ) {
        let title = words.join(" ");
        let text = format!(
            "[[instrument]]\nid = \"a\"\nkind = \"Nghị định\"\nnumber = \"{number}/2031/NĐ-CP\"\ntitle = \"{title}\"\n\
             issuer = \"Chính phủ\"\nissued_on = 2031-01-01\nin_force_from = 2031-02-01\nrole = \"x\"\n\
             confidence = \"recalled\"\n"
        );
        let library = Library::read("made-up.toml", &text).unwrap();
        prop_assert_eq!(library.find(&format!("nd {number}")).len(), 1);
        let slips = slips(&fold(&title));
        let typed = slip.get(&slips);
        prop_assert_eq!(library.find(typed).len(), 1, "{} -> {}", title, typed);
    }

    #[test]
    fn any_words_are_searched_without_a_panic_and_give_the_same_answer_twice(words in "\\PC{0,40}") {
        let library = shipped();
        let library = Library { entries: library.entries.into_iter().step_by(9).collect() };
        prop_assert_eq!(library.find(&words), library.find(&words));
    }

    #[test]
    fn any_text_is_read_or_refused_in_a_sentence(text in "\\PC{0,200}") {
        if let Err(broken) = Library::read("made-up.toml", &text) {
            prop_assert!(broken.to_string().starts_with("law data made-up.toml: "));
        }
    }
}

const SOUND: &str = r#"
[[instrument]]
id = "a"
kind = "Nghị định"
number = "1/2020/NĐ-CP"
title = "về một việc"
issuer = "Chính phủ"
issued_on = 2020-01-01
in_force_from = 2020-02-01
in_force_to = 2022-01-01
replaced_by = "b"
role = "x"
confidence = "secondary"
less_sure = { end = "recalled" }
sources = ["https://example.vn/1"]

[[instrument]]
id = "b"
kind = "Nghị định"
number = "2/2021/NĐ-CP"
title = "về một việc"
issuer = "Chính phủ"
issued_on = 2021-12-01
in_force_from = 2022-01-01
role = "x"
confidence = "recalled"
"#;

#[test]
fn a_sound_file_is_read() {
    let library = Library::read("made-up.toml", SOUND).unwrap();
    let sure = library.get(&id("a")).unwrap().sureness.unwrap();
    assert_eq!(
        (sure.entry, sure.title, sure.end),
        (Confidence::Secondary, Confidence::Secondary, Confidence::Recalled)
    );
}

#[test]
fn what_contradicts_itself_is_refused_by_file_instrument_and_key() {
    for (from, to, wanted) in [
        ("replaced_by = \"b\"", "replaced_by = \"c\"", "'a', replaced_by: 'c' is not listed"),
        (
            "in_force_from = 2022-01-01",
            "in_force_from = 2022-02-01",
            "'a', in_force_to: it ends on 2022-01-01, but 'b'",
        ),
        ("in_force_to = 2022-01-01\n", "", "'a', replaced_by: the day of its end"),
        ("in_force_to = 2022-01-01", "lapses_on = 2022-01-01", "'a', lapses_on: a successor is known"),
        ("in_force_to = 2022-01-01", "in_force_to = 2022-01-01\nlapses_on = 2022-01-01", "'a', lapses_on: in_force_to"),
        ("in_force_to = 2022-01-01", "in_force_to = 2020-02-01", "'a', in_force_to: it ends before it begins"),
        (
            "issued_on = 2020-01-01",
            "issued_on = 2020-03-01",
            "'a', in_force_from: 2020-02-01 is before the day of issue",
        ),
        ("issued_on = 2020-01-01", "issued_on = 2020-01-01T00:00:00Z", "'a', issued_on: "),
        ("confidence = \"secondary\"", "confidence = \"certain\"", "'a', confidence: 'certain'"),
        ("confidence = \"secondary\"", "confidence = \"recalled\"", "'a', less_sure: 'recalled' of end"),
        ("sources = [\"https://example.vn/1\"]", "sources = []", "'a', sources: it is said to be read"),
        ("title = \"về một việc\"", "title = \" \"", "'a', title: it is empty"),
        ("id = \"b\"", "id = \"a\"", "'a', id: it is defined twice"),
        (
            "in_force_from = 2022-01-01\nrole",
            "in_force_from = 2022-01-01\namends = [\"d\"]\nrole",
            "'b', amends: 'd' is not listed",
        ),
        (
            "in_force_from = 2022-01-01\nrole",
            "in_force_from = 2022-01-01\namends = [\"a\"]\nrole",
            "'b', amends: 'a' has ended by 2022-01-01",
        ),
        (
            "in_force_from = 2020-02-01",
            "in_force_from = 2020-02-01\namends = [\"b\"]",
            "'a', amends: 'b' was issued later",
        ),
        ("issuer = \"Chính phủ\"", "issuer = \"Chính phủ\"\ncolour = 1", "colour"),
    ] {
        assert!(SOUND.contains(from), "{from}");
        let said = Library::read("made-up.toml", &SOUND.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(said.starts_with("law data made-up.toml: ") && said.contains(wanted), "{wanted}\n{said}");
    }
}

#[test]
fn circles_are_refused() {
    let one = |id: &str, more: &str| {
        format!(
            "[[instrument]]\nid = \"{id}\"\nkind = \"x\"\nnumber = \"{id}\"\ntitle = \"x\"\nissuer = \"x\"\nrole = \"x\"\n\
             confidence = \"recalled\"\n{more}\n"
        )
    };
    let replaced = one("a", "in_force_to = 2020-01-01\nreplaced_by = \"b\"")
        + &one("b", "in_force_to = 2020-01-01\nreplaced_by = \"a\"");
    let said = Library::read("x", &replaced).unwrap_err().why;
    assert_eq!(said, "'a', replaced_by: it replaces itself in a circle");
    let said = Library::read("x", &one("a", "amends = [\"a\"]")).unwrap_err().why;
    assert_eq!(said, "'a', amends: it amends itself in a circle");
}

#[test]
fn local_instruments_join_and_never_change_what_the_library_knows() {
    let library = shipped();
    let mut decree = library.get(&id("nghi-dinh-91-2017-nd-cp")).unwrap().instrument().unwrap();
    decree.title = "một tên khác".to_owned();
    let mut local = decree.clone();
    local.id = id("quyet-dinh-1-2020-qd-ubnd");
    local.number = "1/2020/QĐ-UBND".to_owned();
    let joined = library.with_local([&decree, &local]);
    assert_eq!(joined.get(&decree.id), library.get(&decree.id));
    let entry = joined.get(&local.id).unwrap();
    assert_eq!((entry.sureness, entry.instrument().as_ref()), (None, Some(&local)));
    assert_eq!(best(&joined, "qd ubnd"), "1/2020/QĐ-UBND");
}

#[test]
fn citations_are_found_by_id_and_in_words() {
    let library = shipped();
    let citing = |what: &'static str, cites| Citing { what, cites };
    let words = |text: &str| Cites::Words(text.to_owned());
    let found = citations(
        &library,
        [
            citing("honour", Cites::Instrument(id("nghi-dinh-91-2017-nd-cp"), "Điều 9 khoản 3".into())),
            citing("ghost", Cites::Instrument(id("nghi-dinh-0"), String::new())),
            citing("day", words("Bộ luật Lao động 10/2012/QH13, Điều 115 khoản 1 điểm b; Công văn 6519/VPCP-KGVX")),
            citing("day", words("Bộ luật Lao động 10/2012/QH13, Điều 115 khoản 1 điểm b")),
            citing("unit", words("Nghị định số 91/2017/NĐ-CP")),
            citing("longer", words("Nghị định số 191/2017/NĐ-CP và Quyết định 91/2017/NĐ-CP-X")),
            citing("two", words("Nghị định số 91/2017/NĐ-CP, Điều 3 và Nghị định số 98/2023/NĐ-CP")),
        ],
    );
    let of = |text: &str| {
        let places = found.get(&id(text)).cloned().unwrap_or_default();
        places.into_iter().map(|place| (place.what, place.provision)).collect::<Vec<_>>()
    };
    assert_eq!(of("bo-luat-10-2012-qh13"), [("day", "Điều 115 khoản 1 điểm b".to_owned())]);
    assert_eq!(of("nghi-dinh-98-2023-nd-cp"), [("two", String::new())]);
    let decree = of("nghi-dinh-91-2017-nd-cp");
    assert_eq!(decree.iter().map(|(what, _)| *what).collect::<Vec<_>>(), ["honour", "unit", "two"]);
    assert_eq!(decree[0].1, "Điều 9 khoản 3");
    assert_eq!(found.len(), 3);
}

#[test]
fn the_calendar_cites_what_the_library_lists() {
    let library = shipped();
    let found = citations(
        &library,
        [Citing { what: "week", cites: Cites::Words(Calendar::shipped().unwrap().week().cites.clone()) }],
    );
    assert_eq!(found[&id("quyet-dinh-188-1999-qd-ttg")][0].provision, "Điều 1");
}
