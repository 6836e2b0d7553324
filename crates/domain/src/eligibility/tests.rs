//! Prospects, what is lacking, answers and quotas, with plain values and the shipped book.

use proptest::prelude::*;
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::{Date, Timestamp};
use thidua_law::answer::{Answer, Outcome, Question, Verdict};
use thidua_law::record::{Award, Rating};
use thidua_law::vocabulary::{Grade, Rounding, SubjectKind};
use thidua_law::{Book, Record};

use super::*;
use crate::refusal::Refusal;
use crate::subject::{Entered, SubjectId};

fn code(text: &str) -> HonourCode {
    HonourCode::parse(text).unwrap()
}

fn question(honour: &str, on: &str, year: i16) -> Question {
    Question {
        honour: code(honour),
        on: Date::parse(on).unwrap(),
        year,
        received_on: None,
        proposed_on: None,
        kind: None,
        subject: SubjectKind::Person,
    }
}

/// Rated well and titled in every year up to one.
fn record(last: i16) -> Record {
    let mut record = Record::unknown(SubjectKind::Person);
    record.recruited_on = Date::parse("2000-01-01").ok();
    record.awards_complete_from = Some(2000);
    record.initiatives_complete_from = Some(2000);
    record.disciplines_complete_from = Some(2000);
    for year in 2010..=last {
        record.ratings.push(Rating { year, grade: Grade::Excellent, key: format!("fact:r-{year}") });
        record.awards.push(Award {
            honour: code("lao-dong-tien-tien"),
            year,
            period: None,
            decided_on: Date::new(year, 12, 27),
            decision: Some("1/QĐ".to_owned()),
            authority: None,
            level: None,
            kind: None,
            revoked_on: None,
            key: format!("fact:a-{year}"),
        });
    }
    record
}

fn answer(honour: &str, on: &str, year: i16, record: &Record) -> Answer {
    Book::shipped().unwrap().answer(&question(honour, on, year), record)
}

#[test]
fn a_prospect_is_almost_where_time_alone_is_missing_soon_and_barred_where_it_is_far() {
    let barred = answer("chien-si-thi-dua-toan-quoc", "2022-12-30", 2022, &record(2022));
    assert!(matches!(barred.outcome, Outcome::Barred(_)), "{:?}", barred.outcome);
    let mut near = barred.clone();
    near.earliest = Some(2022 + NEAR_YEARS);
    assert_eq!(prospect(&near), Prospect::Almost);
    near.earliest = Some(2022 + NEAR_YEARS + 1);
    assert_eq!(prospect(&near), Prospect::Barred);
    near.earliest = None;
    assert_eq!(prospect(&near), Prospect::Barred);
    near.outcome = Outcome::Entitled;
    assert_eq!(prospect(&near), Prospect::Entitled);
    near.outcome = Outcome::AskHuman(Vec::new());
    assert_eq!(prospect(&near), Prospect::Ask);
    near.outcome = Outcome::NotInForce;
    assert_eq!(prospect(&near), Prospect::Outside);
}

#[test]
fn what_bars_is_named_with_its_clause_and_what_is_missing() {
    let barred = answer("chien-si-thi-dua-toan-quoc", "2022-12-30", 2022, &record(2022));
    let lacks = lacks(&barred);
    assert!(!lacks.is_empty());
    for lack in &lacks {
        assert_eq!(lack.verdict, Verdict::NotMet, "{}", lack.path);
        assert_eq!(lack.confidence, thidua_law::vocabulary::Confidence::TextSeen, "{}", lack.path);
        assert!(!lack.said.vi.is_empty());
    }
    assert!(super::lacks(&answer("lao-dong-tien-tien", "1990-12-30", 1990, &record(2022))).is_empty());
}

#[test]
fn the_same_day_changes_nothing_and_a_new_law_changes_its_clauses() {
    let record = record(2023);
    let (old, new) = (
        answer("chien-si-thi-dua-co-so", "2023-12-31", 2023, &record),
        answer("chien-si-thi-dua-co-so", "2024-01-01", 2023, &record),
    );
    assert!(changes(&old, &old).is_empty());
    let changes = changes(&old, &new);
    assert!(!changes.is_empty());
    for change in &changes {
        assert_ne!(change.before, change.after);
    }
    let after = changes.iter().filter_map(|change| change.after.as_ref());
    let cites = after.map(|side| side.cite.instrument.to_string()).collect::<Vec<_>>();
    assert!(cites.iter().any(|cite| cite == "luat-06-2022-qh15"), "{cites:?}");
}

fn given(number: i64, condition: &str, said: &str, reply: Reply) -> GivenAnswer {
    GivenAnswer {
        id: AnswerId::parse(&format!("a-{number}")).unwrap(),
        subject: SubjectId::parse("s-1").unwrap(),
        number,
        honour: code("chien-si-thi-dua-co-so"),
        year: 2022,
        condition: condition.to_owned(),
        said: said.to_owned(),
        reply,
        asked_on: Date::parse("2022-12-30").unwrap(),
        book: "x".to_owned(),
        entered: Entered {
            by: "Nguyễn Thị Hòa".to_owned(),
            at: Timestamp::parse("2026-11-24T02:00:00Z").unwrap(),
            reason: "Biên bản".to_owned(),
        },
    }
}

#[test]
fn the_newest_answer_stands_and_an_open_one_takes_back() {
    let all = [given(1, "x", "X", Reply::Yes), given(2, "y", "Y", Reply::Yes), given(3, "x", "X", Reply::No)];
    let ids = |all: &[GivenAnswer]| standing(all).iter().map(|one| one.number).collect::<Vec<_>>();
    assert_eq!(ids(&all), [3, 2]);
    let back = [given(1, "x", "X", Reply::Yes), given(2, "x", "X", Reply::Open)];
    assert!(ids(&back).is_empty());
}

#[test]
fn an_answer_settles_its_condition_and_one_to_another_sentence_does_not() {
    let book = Book::shipped().unwrap();
    let mut asked = 0;
    for honour in book.honours() {
        let question = question(honour.code.as_str(), "2025-12-30", 2025);
        let mut record = record(2025);
        let open = book.answer(&question, &record);
        let all = open.all_findings();
        let Some(finding) = all.into_iter().find(|finding| answerable(finding)) else { continue };
        let Some(plan) = book.plan(&honour.code, SubjectKind::Person, question.on) else { continue };
        asked += 1;
        let mut yes = given(1, &finding.path, &finding.said.vi, Reply::Yes);
        (yes.honour, yes.year) = (honour.code.clone(), 2025);
        record.answers = for_question(&[&yes], Some(plan), &question);
        let settled = book.answer(&question, &record);
        let found = settled.at(&finding.path).unwrap();
        assert_eq!(found.measured, Verdict::Met, "{}: {}", honour.code, finding.path);
        assert!(answerable(found), "an answer can be replaced");
        yes.said = "Câu hỏi cũ".to_owned();
        assert!(for_question(&[&yes], Some(plan), &question).is_empty());
    }
    assert!(asked > 5, "{asked} honours ask a person");
}

#[test]
fn what_the_record_settles_takes_no_answer_and_an_answer_needs_its_reason() {
    let book = Book::shipped().unwrap();
    let question = question("chien-si-thi-dua-toan-quoc", "2025-12-30", 2025);
    let answer = book.answer(&question, &record(2025));
    let measured = answer.all_findings().into_iter().find(|one| !answerable(one)).unwrap();
    assert!(matches!(decide(measured, "x"), Err(Refusal::NotAPersonsAnswer { .. })));
    let all = answer.all_findings();
    let judged = all.into_iter().find(|one| answerable(one)).unwrap();
    assert!(matches!(decide(judged, "  "), Err(Refusal::NoReason)));
    assert!(matches!(decide(judged, &"a".repeat(1_001)), Err(Refusal::LongText { most: 1_000 })));
    assert_eq!(decide(judged, " Biên bản ").unwrap(), "Biên bản");
}

#[test]
fn fifteen_percent_of_twenty_is_three_and_a_fourth_makes_all_of_them_vote() {
    let unit = OrgId::parse("x").unwrap();
    let at = |entitled, held| {
        let count = TierCount { base_held: 12, base_entitled: 8, held, entitled };
        tier(unit.clone(), 15, Rounding::NotFixed, count)
    };
    let fits = at(3, 0);
    assert_eq!((fits.places, fits.left, fits.to_vote, fits.over), (3, 3, 0, 0));
    let tie = at(4, 0);
    assert_eq!((tie.left, tie.to_vote), (3, 4), "nobody is put before another");
    assert_eq!((at(2, 2).left, at(2, 2).to_vote), (1, 2));
    assert_eq!((at(2, 3).left, at(2, 3).to_vote), (0, 0));
    assert_eq!(at(0, 5).over, 2);
    let ten = TierCount { base_held: 10, ..TierCount::default() };
    assert_eq!(tier(unit.clone(), 15, Rounding::Up, ten).places, 2);
    assert_eq!(tier(unit.clone(), 15, Rounding::Down, ten).places, 1);
    assert_eq!(tier(unit, 15, Rounding::Nearest, ten).places, 2);
}

proptest! {
    #[test]
    fn places_are_never_more_than_rounding_up_gives(percent in 0_u8..=100, base in 0_u32..5_000, held in 0_u32..50, entitled in 0_u32..50) {
        let count = TierCount { base_held: base, base_entitled: 0, held, entitled };
        let unit = OrgId::parse("x").unwrap();
        let [down, nearest, up] = [Rounding::Down, Rounding::Nearest, Rounding::Up].map(|rule| tier(unit.clone(), percent, rule, count).places);
        prop_assert!(down <= nearest && nearest <= up && up - down <= 1);
        let here = tier(unit, percent, Rounding::Down, count);
        prop_assert!(here.to_vote == 0 || here.to_vote > here.left);
    }
}
