//! Workbooks written, filled by programs that people use, and read; and everything else that comes under that name.

mod faults;
mod office;
mod sample;
mod texts;

use thidua_base::Number;
use thidua_domain::Refusal;
use thidua_domain::collection::import::{Base, Found, Written, WrittenAbsence, changes, preview};
use thidua_domain::collection::import::{Pick, Totals};
use thidua_domain::indicator::{Absence, Value};
use thidua_domain::refusal::{CellFault, FileFault};

use super::*;
use sample::{edited, reading, sheet, words};

fn number(text: &str) -> Written {
    Written::Number(Number::parse(text).unwrap())
}

#[test]
fn what_is_written_is_read_back_as_unchanged() {
    let sheet = sheet();
    let bytes = write(&sheet, &words()).unwrap();
    let filled = read(&bytes, "bieu.xlsx").unwrap();
    let told: Vec<_> = filled.rows.iter().map(|row| (row.indicator.as_str(), row.base, row.value.clone())).collect();
    let expected = [
        ("NN01", Base::File(Some(7)), number("431.2")),
        ("NN02", Base::File(None), Written::Empty),
        ("CN01", Base::File(None), Written::Empty),
        ("TC01", Base::File(Some(9)), Written::Text("1.234.567.890.123.456,5".to_owned())),
        ("XH01", Base::File(Some(11)), Written::Empty),
        ("XH02", Base::File(None), Written::Empty),
    ];
    assert_eq!(told, expected);
    assert_eq!(filled.rows[4].absence, WrittenAbsence::Of(Absence::NoneOccurred));
    assert_eq!(filled.rows[0].place, "G10");
    let totals = Totals { unchanged: 3, empty: 3, ..Totals::default() };
    assert_eq!(preview(&filled, &sheet).unwrap().totals(), totals);
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    assert_eq!(write(&sheet(), &words()).unwrap(), write(&sheet(), &words()).unwrap());
}

#[test]
fn what_a_person_filled_in_is_seen_cell_by_cell() {
    let bytes = edited(&[("G10", "440.5"), ("G11", "12,5 ha"), ("G16", "1"), ("H12", "Không phát sinh")]);
    let filled = read(&bytes, "bieu.xlsx").unwrap();
    let seen = preview(&filled, &sheet()).unwrap();
    let found = |at: usize| seen.lines[at].found.clone();
    let of = |text: &str| Value::Of(Number::parse(text).unwrap());
    assert_eq!(found(0), Found::Changed { from: of("431.2"), to: of("440.5") });
    assert_eq!(found(1), Found::New { to: of("12.5") });
    assert_eq!(found(2), Found::New { to: Value::Absent(Absence::NoneOccurred) });
    let all: Vec<Pick> = seen.lines.iter().map(|line| Pick { place: line.place.clone(), shown: line.held }).collect();
    let made = changes(&seen, &all);
    assert_eq!(made.len(), 4);
    assert_eq!((made[0].over, made[1].over), (Some(7), None));
    // Read again, the same file makes the same changes.
    assert_eq!(changes(&preview(&read(&bytes, "bieu.xlsx").unwrap(), &sheet()).unwrap(), &all), made);
}

#[test]
fn a_figure_that_came_after_the_download_is_met_as_a_conflict() {
    let bytes = edited(&[("G10", "440.5")]);
    let mut later = sheet();
    later.rows[0].current = Some(reading("NN01", 12, Value::Of(Number::parse("435").unwrap())));
    let seen = preview(&read(&bytes, "bieu.xlsx").unwrap(), &later).unwrap();
    assert!(matches!(seen.lines[0].found, Found::ConflictsWithNewer { .. }), "{:?}", seen.lines[0]);
}

#[test]
fn rows_that_were_moved_are_noticed_and_so_are_hidden_data_that_were_altered() {
    let seen = preview(&read(&edited(&[("B10", "Diện tích lúa")]), "x.xlsx").unwrap(), &sheet()).unwrap();
    let refused = |why: &Refusal| matches!(why, Refusal::BadCell { why: CellFault::OtherName { .. } });
    assert!(matches!(&seen.lines[0].found, Found::Refused { why, .. } if refused(why)), "{:?}", seen.lines[0]);
    // A code typed over in one row: that row is refused, the others are taken as before.
    for code in ["NN99", "mã, sai ?"] {
        let seen = preview(&read(&edited(&[("M10", code), ("G11", "12.5")]), "x.xlsx").unwrap(), &sheet()).unwrap();
        let refused = |why: &Refusal| matches!(why, Refusal::BadCell { why: CellFault::AlteredCode { .. } });
        assert!(matches!(&seen.lines[0].found, Found::Refused { why, .. } if refused(why)), "{:?}", seen.lines[0]);
        assert_eq!(seen.lines[1].found, Found::New { to: Value::Of(Number::parse("12.5").unwrap()) });
    }
    // One sum holds the whole hidden sheet: where it does not fit, no row is known to be sound.
    let altered = sample::with_texts(&write(&sheet(), &words()).unwrap(), "<t>7</t>", "<t>12</t>");
    assert_eq!(read(&altered, "x.xlsx"), Err(FileFault::Tampered));
    let other_code = sample::with_texts(&write(&sheet(), &words()).unwrap(), "<t>NN02</t>", "<t>NN01</t>");
    assert_eq!(read(&other_code, "x.xlsx"), Err(FileFault::Tampered));
}
