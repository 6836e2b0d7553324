//! Tests of the table of days off.

use super::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn works(text: &str) -> bool {
    Calendar::shipped().unwrap().is_working(day(text))
}

#[test]
fn the_shipped_table_reads_and_is_whole() {
    let calendar = Calendar::shipped().unwrap();
    assert_eq!(calendar.years(), Some((2019, 2027)));
    assert_eq!(calendar.week().off, [6, 7]);
    assert!(calendar.is_known(2026) && !calendar.is_known(2027) && !calendar.is_known(2028));
    // No gazette was at hand: a row that claims so was not written by us.
    assert!(calendar.days.values().all(|marked| marked.confidence != Confidence::TextSeen));
}

#[test]
fn holidays_days_in_lieu_and_exchanges_are_as_announced() {
    // A Saturday worked, a Monday free for it.
    assert!(works("2024-05-04") && !works("2024-04-29"));
    assert!(works("2025-04-26") && !works("2025-05-02"));
    assert!(works("2026-08-22") && !works("2026-08-31"));
    // Worked for a day off in the year before the table.
    assert!(works("2019-01-05"));
    // Hùng Kings' Day of 2023 fell on a Saturday before two more holidays.
    for off in ["2023-04-29", "2023-04-30", "2023-05-01", "2023-05-02", "2023-05-03"] {
        assert!(!works(off), "{off}");
    }
    assert!(works("2023-05-04"));
    // National Day: one day until 2020, two from 2021.
    assert!(!works("2020-09-02") && works("2020-09-01") && works("2020-09-03"));
    assert!(!works("2021-09-02") && !works("2021-09-03"));
    assert!(!works("2020-07-05") && works("2020-07-06"));
}

#[test]
fn every_lunar_new_year_of_the_table_is_the_day_it_was() {
    let calendar = Calendar::shipped().unwrap();
    for first in [
        "2019-02-05",
        "2020-01-25",
        "2021-02-12",
        "2022-02-01",
        "2023-01-22",
        "2024-02-10",
        "2025-01-29",
        "2026-02-17",
        "2027-02-06",
    ] {
        let marked = calendar.marked(day(first)).unwrap();
        assert_eq!((marked.occasion, marked.kind), (Occasion::Tet, DayKind::Holiday), "{first}");
        let eve = calendar.marked(day(first).day_before()).unwrap();
        assert_eq!(eve.occasion, Occasion::Tet, "{first}");
    }
}

const HEAD: &str = "[week]\noff = [6, 7]\ncites = \"x\"\nconfidence = \"secondary\"\n";

/// A year of 2019 with one line of its table replaced.
fn with_line(from: &str, to: &str) -> Result<Calendar, String> {
    let mut text = HEAD.to_owned() + "[[year]]\nyear = 2019\nannounced = true\n";
    let rows = [
        ("2019-01-01", "new-year", "holiday", ""),
        ("2019-02-04", "tet", "holiday", ""),
        ("2019-02-05", "tet", "holiday", ""),
        ("2019-02-06", "tet", "holiday", ""),
        ("2019-02-07", "tet", "holiday", ""),
        ("2019-02-08", "tet", "holiday", ""),
        ("2019-04-14", "hung-kings", "holiday", ""),
        ("2019-04-15", "hung-kings", "substitute", "with = 2019-04-14"),
        ("2019-04-29", "labour-day", "swap-off", "with = 2019-05-04"),
        ("2019-04-30", "reunification-day", "holiday", ""),
        ("2019-05-01", "labour-day", "holiday", ""),
        ("2019-05-04", "labour-day", "swap-work", "with = 2019-04-29"),
        ("2019-09-02", "national-day", "holiday", ""),
    ];
    for (day, occasion, kind, with) in rows {
        text.push_str(&format!(
            "[[year.day]]\nday = {day}\noccasion = \"{occasion}\"\nkind = \"{kind}\"\n{with}\ncites = \"x\"\nconfidence = \"secondary\"\n"
        ));
    }
    assert!(text.contains(from), "{from}");
    Calendar::read(&text.replacen(from, to, 1))
}

#[test]
fn a_whole_year_reads_and_each_fault_is_named() {
    assert!(with_line("2019", "2019").is_ok());
    for (from, to, said) in [
        ("day = 2019-02-05", "day = 2019-02-04", "wrong place, or twice"),
        ("day = 2019-02-05", "day = 2019-03-05", "wrong place"),
        ("day = 2019-01-01", "day = 2018-01-01", "wrong place"),
        ("occasion = \"tet\"", "occasion = \"new-year\"", "2 days of NewYear"),
        ("occasion = \"tet\"", "occasion = \"easter\"", "'easter'"),
        ("kind = \"substitute\"", "kind = \"swap-off\"", "do not belong together"),
        ("with = 2019-05-04", "with = 2019-05-05", "do not belong together"),
        ("with = 2019-05-04", "", "does not say what it stands for"),
        ("day = 2019-05-04", "day = 2019-05-03", "already so by the week"),
        ("with = 2019-04-14", "with = 2019-02-08", "do not belong together"),
        ("kind = \"holiday\"", "kind = \"half-day\"", "'half-day'"),
        (
            "cites = \"x\"\nconfidence = \"secondary\"\n[[year.day]]",
            "cites = \" \"\nconfidence = \"secondary\"\n[[year.day]]",
            "cites nothing",
        ),
        ("confidence = \"secondary\"", "confidence = \"sure\"", "'sure'"),
        ("off = [6, 7]", "off = [7, 6]", "in order"),
        ("off = [6, 7]", "off = [0, 8]", "days of a week"),
        ("announced = true", "announced = true\ncolour = 1", "colour"),
    ] {
        let why = with_line(from, to).unwrap_err();
        assert!(why.contains(said), "{from} → {to}: {why}");
    }
}

#[test]
fn a_holiday_on_a_weekly_day_off_needs_its_day_in_lieu() {
    let substitute = "[[year.day]]\nday = 2019-04-15\noccasion = \"hung-kings\"\nkind = \"substitute\"\nwith = 2019-04-14\ncites = \"x\"\nconfidence = \"secondary\"\n";
    assert_eq!(with_line(substitute, "").unwrap_err(), "2019-04-14 has not one day in lieu");
}
