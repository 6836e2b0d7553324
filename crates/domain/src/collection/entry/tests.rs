//! One change of one cell, in every situation.

use thidua_base::{Date, Number};

use super::*;
use crate::indicator::{Direction, Parts, Qualifier, TreeRule, ValueKind};
use crate::origin::{Origin, Provenance};

fn indicator() -> Indicator {
    Indicator {
        code: IndicatorCode::parse("NN01").unwrap(),
        valid_from: Date::parse("2019-01-01").unwrap(),
        valid_to: None,
        name: "Diện tích gieo trồng".to_owned(),
        phrase: "diện tích gieo trồng".to_owned(),
        name_en: "Area sown".to_owned(),
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

fn of(text: &str) -> Value {
    Value::Of(Number::parse(text).unwrap())
}

fn change(value: Value, over: Option<i64>) -> Change {
    Change {
        id: ChangeId::parse("c-1").unwrap(),
        form: FormId::parse("bieu-01").unwrap(),
        period: Period::parse("2020-H1").unwrap(),
        unit: OrgId::parse("x-1").unwrap(),
        indicator: IndicatorCode::parse("NN01").unwrap(),
        nature: Nature::Estimate,
        over,
        value,
        note: String::new(),
        how: How::Typed,
        device_at: None,
        settles: None,
    }
}

fn reading(seq: i64, value: Value) -> Reading {
    Reading {
        seq,
        indicator: IndicatorCode::parse("NN01").unwrap(),
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

fn decided(change: &Change, current: Option<&Reading>) -> Result<Decision, Refusal> {
    let indicator = indicator();
    decide(change, cell(&indicator, current))
}

fn cell<'a>(indicator: &'a Indicator, current: Option<&'a Reading>) -> Cell<'a> {
    let firmest = current.map(|reading| reading.nature);
    Cell { indicator: Some(indicator), current, firmest, stage: Stage::Open, state: State::Draft }
}

#[test]
fn an_empty_cell_is_filled_and_a_held_one_is_superseded() {
    assert_eq!(decided(&change(of("12.5"), None), None), Ok(Decision::Write { supersedes: None }));
    let held = reading(7, of("12.5"));
    assert_eq!(decided(&change(of("13"), Some(7)), Some(&held)), Ok(Decision::Write { supersedes: Some(7) }));
    assert_eq!(decided(&change(of("12.50"), Some(3)), Some(&held)), Ok(Decision::Leave { seq: 7 }));
}

#[test]
fn a_change_over_another_reading_is_kept_as_a_conflict() {
    let held = reading(8, of("14"));
    for over in [Some(7), None] {
        assert_eq!(decided(&change(of("13"), over), Some(&held)), Ok(Decision::Conflict { held: 8 }));
    }
}

#[test]
fn zero_none_occurred_and_not_reported_are_three_changes() {
    let zero = reading(9, of("0"));
    let none = change(Value::Absent(Absence::NoneOccurred), Some(9));
    assert_eq!(decided(&none, Some(&zero)), Ok(Decision::Write { supersedes: Some(9) }));
    let silent = change(Value::Absent(Absence::NotReported), Some(9));
    assert_eq!(decided(&silent, Some(&zero)), Ok(Decision::Write { supersedes: Some(9) }));
    assert!(is_filled(of("0")) && is_filled(Value::Absent(Absence::NoneOccurred)));
    assert!(!is_filled(Value::Absent(Absence::NotReported)));
}

#[test]
fn outside_its_days_and_on_its_way_a_sheet_takes_nothing() {
    let indicator = indicator();
    let asked = change(of("1"), None);
    for stage in [Stage::Planned, Stage::Closed] {
        let refused = decide(&asked, Cell { stage, ..cell(&indicator, None) });
        assert_eq!(refused, Err(Refusal::CycleClosed { stage: stage.word() }));
    }
    for state in [State::Submitted, State::Verified, State::Accepted, State::Approved, State::Published] {
        let refused = decide(&asked, Cell { state, ..cell(&indicator, None) });
        assert_eq!(refused, Err(Refusal::SheetSent { state: state.word() }));
    }
    for state in [State::Draft, State::Returned] {
        assert!(decide(&asked, Cell { state, stage: Stage::Reopened, ..cell(&indicator, None) }).is_ok());
    }
}

#[test]
fn the_level_above_corrects_what_was_sent_and_says_why() {
    let indicator = indicator();
    let held = reading(7, of("12"));
    let sent = Cell { state: State::Accepted, stage: Stage::Closed, ..cell(&indicator, Some(&held)) };
    let silent = Change { how: How::CorrectedAbove, ..change(of("13"), Some(7)) };
    assert_eq!(decide(&silent, sent), Err(Refusal::NoReason));
    let told = Change { note: "Đối chiếu với kho bạc".to_owned(), ..silent };
    assert_eq!(decide(&told, sent), Ok(Decision::Write { supersedes: Some(7) }));
}

#[test]
fn what_the_form_does_not_ask_or_the_indicator_does_not_hold_is_refused() {
    let indicator = indicator();
    let unknown = decide(&change(of("1"), None), Cell { indicator: None, ..cell(&indicator, None) });
    assert_eq!(unknown, Err(Refusal::NotAsked { indicator: "NN01".to_owned() }));
    assert_eq!(decided(&change(of("1.25"), None), None), Err(Refusal::TooManyDecimals { most: 1 }));
    let long = Change { note: "a".repeat(NOTE_CHARS_MAX + 1), ..change(of("1"), None) };
    assert_eq!(decided(&long, None), Err(Refusal::LongText { most: NOTE_CHARS_MAX }));
    let official = Cell { firmest: Some(Nature::Official), ..cell(&indicator, None) };
    assert_eq!(decide(&change(of("1"), None), official), Err(Refusal::LessFirm));
}

#[test]
fn a_conflict_is_open_until_a_change_names_it() {
    let entry = |id: &str, outcome, settles: Option<&str>| Entry {
        change: Change {
            id: ChangeId::parse(id).unwrap(),
            settles: settles.map(|id| ChangeId::parse(id).unwrap()),
            ..change(of("1"), None)
        },
        by: String::new(),
        account: None,
        at: Timestamp::parse("2020-06-10T02:00:00Z").unwrap(),
        outcome,
    };
    let clash = entry("c-1", Outcome::Conflict { held: 8 }, None);
    assert_eq!(open_conflicts(std::slice::from_ref(&clash)).len(), 1);
    let settled = [clash, entry("c-2", Outcome::Saved { seq: 9 }, Some("c-1"))];
    assert!(open_conflicts(&settled).is_empty());
}
