//! Answers in cells, and filled sheets held against a scoring before anything is written.

use std::collections::BTreeMap;

use proptest::prelude::*;
use thidua_base::Number;

use super::{NOON, at, equal_round, made_up, n, points, sheet, unit};
use crate::cluster::answer::{AnswerFault, answer_text, choices, read_answer};
use crate::cluster::evidence::Claim;
use crate::cluster::filled::{Came, FROM_FIGURES, FilledScore, ScoreLine, Taken, Taker, held_against};
use crate::cluster::journal::Act;
use crate::cluster::mark::{Desk, Stage, Standing};
use crate::cluster::scheme::{Criterion, Level, Rule, shipped};
use crate::cluster::score::Round;
use crate::collection::import::Written;
use crate::refusal::{CellFault, MarkFault, Refusal};

/// Claims of the kind a criterion asks for, with a number in them.
fn claims_of(criterion: &Criterion, number: Number) -> Vec<Claim> {
    match &criterion.rule {
        Some(Rule::Flag) => vec![Claim::Yes, Claim::No],
        Some(Rule::Choice(options)) => options.iter().map(|one| Claim::Option(one.code.clone())).collect(),
        Some(Rule::Band(bands)) => {
            let circumstances = bands.overrides.iter();
            let mut claims: Vec<Claim> =
                circumstances.map(|one| Claim::Circumstance { amount: number, code: one.code.clone() }).collect();
            claims.push(Claim::Amount(number));
            claims
        }
        Some(Rule::Ratio { .. }) => vec![Claim::Share { part: number, whole: n("10.5") }],
        Some(Rule::Count { .. } | Rule::DeductPer { .. }) => vec![Claim::Amount(number)],
        Some(Rule::Awards { awards, .. }) => {
            vec![Claim::Awards(awards.iter().map(|award| (award.code.clone(), 2)).collect::<BTreeMap<_, _>>())]
        }
        Some(Rule::Average { sets }) => sets
            .iter()
            .map(|(set, parts)| Claim::Parts {
                set: set.clone(),
                percents: parts.iter().map(|part| (part.clone(), number)).collect(),
            })
            .collect(),
        Some(Rule::Manual | Rule::Unstated) => vec![Claim::Points(number)],
        Some(Rule::Plan(_) | Rule::Leader(_) | Rule::Bodies { .. }) | None => Vec::new(),
    }
}

proptest! {
    #[test]
    fn an_answer_is_read_as_it_was_written(digits in -1_000_000_i64..1_000_000, scale in 0_u8..4) {
        let number = Number::new(digits, scale).unwrap();
        let mut tried = 0;
        for criterion in shipped().unwrap().iter().flat_map(|scheme| scheme.criteria.iter()) {
            for claim in claims_of(criterion, number) {
                let cell = Written::text(&answer_text(criterion, &claim));
                prop_assert_eq!(read_answer(criterion, &cell), Ok(Some(claim)), "{} {:?}", criterion.code, cell);
                tried += 1;
            }
        }
        prop_assert!(tried > 100, "{tried}");
    }

    #[test]
    fn whatever_a_cell_holds_is_read_or_refused(text in ".{0,40}") {
        for criterion in &made_up().criteria {
            let found = read_answer(criterion, &Written::text(&text));
            prop_assert!(found.is_ok() || matches!(found, Err(AnswerFault::Cell(_) | AnswerFault::Mark(_))));
        }
    }
}

fn row(row: usize, criterion: &str, answer: &str) -> FilledScore {
    FilledScore {
        row,
        place: format!("D{row}"),
        criterion: criterion.to_owned(),
        answer: Written::text(answer),
        files: Written::Empty,
        note: Written::Empty,
        below: Written::Empty,
    }
}

fn looked(round: &Round, taken: Taken, standing: &Standing, is_sent: bool, rows: &[FilledScore]) -> Vec<ScoreLine> {
    let scheme = made_up();
    let sheets = round.score(&scheme).unwrap();
    let desk = Desk { scheme: &scheme, members: &round.members, evidence: &round.evidence, stage: Stage::Open };
    let taker = Taker { standing, by: "Lê Thị Bình", at: at(NOON), is_sent };
    held_against(&desk, sheet(&sheets, "A"), taken, &taker, rows)
}

fn fault(line: &ScoreLine) -> Option<MarkFault> {
    match &line.came {
        Came::Refused(Refusal::BadMark { why, .. }) => Some(why.clone()),
        _ => None,
    }
}

#[test]
fn each_row_of_claims_is_new_changed_unchanged_or_refused_by_itself() {
    let round = equal_round(&["A", "B"]);
    let own = Standing::Member(unit("A"));
    let mut cited = row(8, "B.1", "Có");
    cited.files = Written::text("Báo cáo của A");
    let mut strange = row(9, "P.1", "1");
    strange.files = Written::text("Giấy khác");
    let rows = [
        row(1, "Mã", ""),
        row(2, "A.1", FROM_FIGURES),
        row(3, "A.2", "120"),
        row(4, "B.2", "2"),
        row(5, "B.3", "Đủ"),
        row(6, "T.1", "hai"),
        row(7, "T.1", "1,5"),
        cited,
        strange,
        row(10, "Z.9", "7"),
        row(11, "Cụm trưởng", ""),
        row(12, "B", "40"),
    ];
    let found = looked(&round, Taken::Claims, &own, false, &rows);
    let of = |row: usize| found.iter().find(|line| line.row == row);
    assert!(of(1).is_none() && of(11).is_none(), "headings and signatures are passed over");
    assert_eq!(of(2).unwrap().came, Came::Empty);
    assert_eq!(fault(of(3).unwrap()), Some(MarkFault::FromFigures));
    assert_eq!((&of(4).unwrap().came, of(4).unwrap().held.as_str()), (&Came::Changed, "0"));
    assert_eq!(of(5).unwrap().came, Came::Unchanged);
    assert_eq!(of(6).unwrap().came, Came::Refused(Refusal::NotANumber { asked: "hai".into() }));
    // Half a model is none, and the row before it was there already.
    assert_eq!(of(7).unwrap().came, Came::Refused(Refusal::BadCell { why: CellFault::Twice { row: 6 } }));
    assert_eq!(of(8).unwrap().came, Came::Unchanged);
    assert_eq!(fault(of(9).unwrap()), Some(MarkFault::NoSuchEvidence { file: "Giấy khác".into() }));
    assert_eq!(fault(of(10).unwrap()), Some(MarkFault::NoSuchLeaf));
    assert_eq!(fault(of(12).unwrap()), Some(MarkFault::NoSuchLeaf));
    let kept: Vec<_> = found.iter().filter_map(|line| line.act.as_ref()).collect();
    assert!(matches!(kept[..], [Act::Claimed(..)]), "{kept:?}");
}

#[test]
fn a_sheet_that_was_sent_and_one_that_is_not_ones_own_take_nothing() {
    let round = equal_round(&["A", "B"]);
    let rows = [row(4, "B.2", "2")];
    let sent = looked(&round, Taken::Claims, &Standing::Member(unit("A")), true, &rows);
    assert_eq!(fault(&sent[0]), Some(MarkFault::Sent));
    let other = looked(&round, Taken::Claims, &Standing::Member(unit("B")), false, &rows);
    assert_eq!(fault(&other[0]), Some(MarkFault::NotYours));
}

#[test]
fn marks_are_made_over_what_the_file_shows_and_need_a_reason() {
    let mut round = equal_round(&["A", "B"]);
    round.reviews.add(&unit("A"), &super::code("B.3"), points(Level::Appraisal, "10", "10", ""));
    let mark = |at: usize, criterion: &str, points: &str, below: &str, reason: &str| FilledScore {
        below: Written::text(below),
        note: Written::text(reason),
        ..row(at, criterion, points)
    };
    let rows = [
        mark(1, "B.1", "8,5", "10", "Chưa đủ chữ ký"),
        mark(2, "B.2", "18", "20", ""),
        mark(3, "B.3", "10", "10", ""),
        mark(4, "T.1", "99", "0", "Nhiều mô hình"),
        mark(5, "A.3", "15", "12", "Số liệu sửa"),
        mark(6, "A", "60", "60", ""),
    ];
    let found = looked(&round, Taken::Marks(Level::Appraisal), &Standing::Appraiser, true, &rows);
    assert_eq!(found[0].came, Came::New);
    assert!(matches!(&found[0].act, Some(Act::Marked(_, _, mark)) if mark.reason == "Chưa đủ chữ ký"));
    assert_eq!(fault(&found[1]), Some(MarkFault::NoReason));
    assert_eq!(found[2].came, Came::Unchanged);
    assert!(matches!(fault(&found[3]), Some(MarkFault::OutOfRange { .. })));
    // The file was made before the mark below changed.
    assert_eq!(fault(&found[4]), Some(MarkFault::ChangedMeanwhile { now: n("20") }));
    assert_eq!(found[5].came, Came::Empty);
}

#[test]
fn a_choice_is_written_by_its_label_and_read_by_label_or_code() {
    let scheme = made_up();
    let criterion = scheme.criterion(&super::code("B.3")).unwrap();
    assert_eq!(choices(criterion), ["Đủ", "Thiếu", "Không"]);
    for text in ["Thiếu", "thiếu", "THIẾU ", "thieu"] {
        let read = read_answer(criterion, &Written::text(text));
        assert_eq!(read, Ok(Some(Claim::Option("thieu".into()))), "{text}");
    }
    assert_eq!(read_answer(criterion, &Written::Number(n("5"))), Err(AnswerFault::Mark(MarkFault::OtherKind)));
}
