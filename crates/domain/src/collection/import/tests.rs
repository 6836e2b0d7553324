//! A file held against a sheet, in every situation of a cell.

use thidua_base::Date;
use thidua_base::period::PeriodKind;

use super::*;
use crate::actor::Verb;
use crate::collection::sheet::Prior;
use crate::collection::submission::{Event, State, Submission};
use crate::collection::{Cycle, Form, FormRow, Stage};
use crate::indicator::{Direction, Indicator, Parts, Qualifier, Reading, TreeRule, ValueKind};
use crate::origin::{Origin, Provenance};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn code(text: &str) -> IndicatorCode {
    IndicatorCode::parse(text).unwrap()
}

fn of(text: &str) -> Value {
    Value::Of(Number::parse(text).unwrap())
}

fn number(text: &str) -> Written {
    Written::Number(Number::parse(text).unwrap())
}

fn indicator(code: &str, name: &str) -> Indicator {
    Indicator {
        code: IndicatorCode::parse(code).unwrap(),
        valid_from: day("2019-01-01"),
        valid_to: None,
        name: name.to_owned(),
        phrase: name.to_lowercase(),
        name_en: name.to_owned(),
        measure: "ha".to_owned(),
        decimals: 1,
        percent_decimals: 1,
        kind: ValueKind::Flow,
        tree_rule: TreeRule::Sum,
        direction: Direction::Up,
        price_basis: String::new(),
        part_of: None,
        parts: Parts::Some,
        field: "nong-nghiep".to_owned(),
        ordinal: 10,
        owner: None,
        definition: String::new(),
    }
}

fn reading(indicator: &str, seq: i64, value: Value) -> Reading {
    Reading {
        seq,
        indicator: code(indicator),
        unit: OrgId::parse("x-1").unwrap(),
        period: Period::parse("2020-H1").unwrap(),
        nature: Nature::Estimate,
        value,
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: Provenance { origin: Origin::Reported, source: String::new() },
        entered_by: "Lê Thị Thủy".to_owned(),
        entered_at: Timestamp::parse("2020-06-10T02:00:00Z").unwrap(),
        supersedes: None,
        reason: String::new(),
    }
}

fn sheet_row(indicator: Indicator, current: Option<Reading>) -> SheetRow {
    SheetRow {
        row: FormRow {
            heading: String::new(),
            label: String::new(),
            indicator: indicator.code.clone(),
            is_required: true,
        },
        indicator,
        current,
        plan_year: None,
        plan_to_date: None,
        same_period: Prior::NotReported,
        accumulated: None,
        earlier: Vec::new(),
        peers: Vec::new(),
        below: None,
        note: String::new(),
        conflicts: Vec::new(),
        returned: None,
    }
}

/// Two rows: NN01 empty, NN02 with 12,5 by reading 7.
fn sheet() -> Sheet {
    let rows = vec![
        sheet_row(indicator("NN01", "Diện tích gieo trồng"), None),
        sheet_row(indicator("NN02", "Diện tích lúa"), Some(reading("NN02", 7, of("12.5")))),
    ];
    let (form, period) = (FormId::parse("bieu-01").unwrap(), Period::parse("2020-H1").unwrap());
    let unit = OrgId::parse("x-1").unwrap();
    Sheet {
        form: Form {
            id: form.clone(),
            number: "Biểu số 01".to_owned(),
            name: "Kết quả".to_owned(),
            receiver: OrgId::parse("h").unwrap(),
            every: PeriodKind::Half,
            is_verified: false,
            valid_from: day("2020-01-01"),
            valid_to: None,
            legal_ref: String::new(),
            rows: rows.iter().map(|row| row.row.clone()).collect(),
        },
        cycle: Cycle {
            form: form.clone(),
            period,
            opens_on: day("2020-06-01"),
            due_on: day("2020-06-15"),
            grace_until: day("2020-06-20"),
            closes_on: day("2020-06-26"),
            nature: Nature::Estimate,
            closing: None,
        },
        unit: unit.clone(),
        stage: Stage::Open,
        submission: Submission::new(form, period, unit),
        rows,
    }
}

fn row(at: usize, indicator: &str, over: Option<i64>, value: Written) -> FilledRow {
    let name = if indicator == "NN01" { "Diện tích gieo trồng" } else { "Diện tích lúa" };
    FilledRow {
        row: at,
        place: format!("G{at}"),
        indicator: code(indicator),
        name: name.to_owned(),
        base: Base::File(over),
        value,
        absence: WrittenAbsence::Empty,
        note: String::new(),
    }
}

fn filled(rows: Vec<FilledRow>) -> Filled {
    let sheet = sheet();
    let source = FileSource { file: "bieu.xlsx".to_owned(), hash: "ab".repeat(32), sheet: "Biểu".to_owned() };
    let stamp = Stamp { form: sheet.form.id, period: sheet.cycle.period, unit: sheet.unit };
    Filled { source, stamp: Some(stamp), rows }
}

fn found(row: FilledRow) -> Found {
    preview(&filled(vec![row]), &sheet()).unwrap().lines.remove(0).found
}

fn bad(why: CellFault) -> Refusal {
    Refusal::BadCell { why }
}

fn why(found: Found) -> Refusal {
    match found {
        Found::Refused { why, .. } => why,
        other => panic!("{other:?} was not refused"),
    }
}

#[test]
fn each_cell_is_new_changed_the_same_or_empty() {
    assert_eq!(found(row(9, "NN01", None, number("3"))), Found::New { to: of("3") });
    assert_eq!(found(row(9, "NN01", None, Written::Empty)), Found::Empty);
    assert_eq!(found(row(9, "NN02", Some(7), number("12.50"))), Found::Unchanged { value: of("12.5") });
    let changed = Found::Changed { from: of("12.5"), to: of("13") };
    assert_eq!(found(row(9, "NN02", Some(7), number("13"))), changed);
    assert_eq!(found(row(9, "NN02", Some(7), Written::text(" 13,0 "))), changed);
    let none = FilledRow { absence: WrittenAbsence::Of(Absence::NoneOccurred), ..row(9, "NN01", None, Written::Empty) };
    assert_eq!(found(none), Found::New { to: Value::Absent(Absence::NoneOccurred) });
}

#[test]
fn a_figure_newer_than_the_file_is_shown_beside_it() {
    let conflict = Found::ConflictsWithNewer { file: of("13"), held: of("12.5") };
    assert_eq!(found(row(9, "NN02", Some(4), number("13"))), conflict);
    assert_eq!(found(row(9, "NN02", None, number("13"))), conflict);
    // One that says the same is no conflict, and a cell left empty says nothing against it.
    assert_eq!(found(row(9, "NN02", None, number("12.5"))), Found::Unchanged { value: of("12.5") });
    assert_eq!(found(row(9, "NN02", None, Written::Empty)), Found::Empty);
}

#[test]
fn what_is_no_figure_is_refused_with_its_reason() {
    let at = |value| row(9, "NN01", None, value);
    assert_eq!(why(found(at(number("1.25")))), Refusal::TooManyDecimals { most: 1 });
    assert_eq!(why(found(at(Written::text("mười")))), Refusal::NotANumber { asked: "mười".to_owned() });
    assert_eq!(why(found(at(Written::Day(None)))), bad(CellFault::Day));
    let error = "#REF!".to_owned();
    assert_eq!(why(found(at(Written::Fault(error.clone())))), bad(CellFault::Formula { found: error }));
    let long = "0.3333333333".to_owned();
    assert_eq!(why(found(at(Written::Long(long.clone())))), bad(CellFault::NotExact { found: long }));
    assert_eq!(why(found(at(Written::text("-")))), bad(CellFault::Unclear { found: "-".to_owned() }));
    assert_eq!(found(at(Written::text("không phát sinh"))), Found::New { to: Value::Absent(Absence::NoneOccurred) });
    let huge = "9".repeat(30);
    assert_eq!(why(found(at(Written::text(&huge)))), bad(CellFault::NotExact { found: huge }));
    let both = FilledRow { absence: WrittenAbsence::Of(Absence::Withheld), ..at(number("1")) };
    assert_eq!(why(found(both)), bad(CellFault::ValueAndAbsence));
    let word = FilledRow { absence: WrittenAbsence::Unknown("bận".to_owned()), ..at(Written::Empty) };
    assert_eq!(why(found(word)), bad(CellFault::UnknownAbsence { found: "bận".to_owned() }));
    let altered = bad(CellFault::AlteredCode { found: "NN09".to_owned() });
    assert_eq!(why(found(row(9, "NN09", None, number("1")))), altered);
}

#[test]
fn nothing_is_taken_away_or_lost_in_silence() {
    assert_eq!(why(found(row(9, "NN02", Some(7), Written::Empty))), bad(CellFault::Emptied));
    let noted = FilledRow { note: "đã rà soát".to_owned(), ..row(9, "NN02", Some(7), number("12.5")) };
    assert_eq!(found(noted.clone()), Found::Noted { value: Value::Of(Number::parse("12.5").unwrap()) });
    // Chosen, it is a change that says the same figure with the other note.
    let seen = preview(&filled(vec![noted.clone()]), &sheet()).unwrap();
    let pick = Pick { place: noted.place, shown: None };
    let made = changes(&seen, &[pick]).remove(0);
    assert_eq!((made.value, made.note.as_str()), (Value::Of(Number::parse("12.5").unwrap()), "đã rà soát"));
    // A note beside a cell that nobody has filled says that nothing was reported.
    let alone = FilledRow { note: "chờ quyết toán".to_owned(), ..row(9, "NN01", None, Written::Empty) };
    assert_eq!(found(alone), Found::Noted { value: Value::Absent(Absence::NotReported) });
    let moved = FilledRow { name: "Diện tích ngô".to_owned(), ..row(9, "NN02", Some(7), number("1")) };
    let other = CellFault::OtherName { found: "Diện tích ngô".to_owned(), wanted: "Diện tích lúa".to_owned() };
    assert_eq!(why(found(moved)), bad(other));
    let twice = filled(vec![row(9, "NN01", None, number("1")), row(10, "NN01", None, number("2"))]);
    let seen = preview(&twice, &sheet()).unwrap();
    assert_eq!(why(seen.lines[1].found.clone()), bad(CellFault::Twice { row: 9 }));
    assert_eq!(seen.missing, [code("NN02")]);
    let totals = Totals { new: 1, refused: 1, ..Totals::default() };
    assert_eq!(seen.totals(), totals);
}

#[test]
fn a_file_for_another_sheet_or_a_sheet_not_open_is_refused_whole() {
    let mut other = filled(vec![row(9, "NN01", None, number("1"))]);
    other.stamp.as_mut().unwrap().unit = OrgId::parse("x-2").unwrap();
    let refused = preview(&other, &sheet());
    assert!(matches!(refused, Err(Refusal::BadFile { why: FileFault::OtherSheet { .. }, .. })), "{refused:?}");
    let file = filled(Vec::new());
    let closed = Sheet { stage: Stage::Closed, ..sheet() };
    assert_eq!(preview(&file, &closed), Err(Refusal::CycleClosed { stage: "closed" }));
    let event = Event {
        verb: Verb::SubmitSheet,
        to: State::Submitted,
        revision: 1,
        by: "thuy".to_owned(),
        account: None,
        at: Timestamp::parse("2020-06-12T03:00:00Z").unwrap(),
        reason: String::new(),
        cells: Vec::new(),
    };
    let sent = Sheet { submission: sheet().submission.after(event), ..sheet() };
    assert_eq!(preview(&file, &sent), Err(Refusal::SheetSent { state: "submitted" }));
}

fn pick(place: &str, shown: Option<i64>) -> Pick {
    Pick { place: place.to_owned(), shown }
}

#[test]
fn only_what_was_chosen_is_changed_and_twice_is_once() {
    let file = filled(vec![
        row(9, "NN01", None, number("3")),
        FilledRow { note: "rà lại".into(), ..row(10, "NN02", Some(4), number("13")) },
    ]);
    let seen = preview(&file, &sheet()).unwrap();
    assert_eq!(changes(&seen, &[]), []);
    let made = changes(&seen, &[pick("G9", None), pick("G10", Some(7)), pick("Z1", None)]);
    let told: Vec<_> = made.iter().map(|c| (c.indicator.as_str(), c.value, c.over, c.note.as_str())).collect();
    // A workbook's row stays a change of the reading it was filled over, whatever was shown beside it.
    assert_eq!(told, [("NN01", of("3"), None, ""), ("NN02", of("13"), Some(4), "rà lại")]);
    assert_eq!(made[1].how, how(&file.source, "G10"));
    assert_ne!(made[0].id, made[1].id);
    assert_eq!(changes(&seen, &[pick("G9", None)])[0].id, made[0].id);
    // The same file for another unit says another thing.
    let elsewhere = Preview { unit: OrgId::parse("x-2").unwrap(), ..seen };
    assert_ne!(changes(&elsewhere, &[pick("G9", None)])[0].id, made[0].id);
}

#[test]
fn a_list_changes_what_the_person_was_shown() {
    let listed = FilledRow { base: Base::Shown, name: "lúa".to_owned(), ..row(4, "NN02", None, number("13")) };
    let file = Filled { stamp: None, ..filled(vec![listed]) };
    let seen = preview(&file, &sheet()).unwrap();
    assert_eq!(
        (&seen.lines[0].found, seen.lines[0].held),
        (&Found::Changed { from: of("12.5"), to: of("13") }, Some(7))
    );
    assert_eq!(changes(&seen, &[pick("G4", Some(6))])[0].over, Some(6));
}
