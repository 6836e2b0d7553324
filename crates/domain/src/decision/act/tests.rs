//! What may follow on a decision, and what a fund takes.

use proptest::prelude::*;
use thidua_base::{Code, Date, Timestamp};

use super::*;
use crate::decision::fund::{Fund, FundEntry, judge_cover};
use crate::decision::money::Bonus;
use crate::honour::{CommendationType, Subject};
use crate::refusal::{DecisionFault, Refusal};
use crate::subject::fact::Authority;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn line(subject: &str) -> Line {
    Line {
        subject: Code::parse(subject).unwrap(),
        kind: Subject::Individual,
        name: format!("Người {subject}"),
        unit: Code::parse("ubnd-xa").unwrap(),
        honour: Code::parse("giay-khen-ubnd-xa").unwrap(),
        achievement: String::new(),
        duty: None,
        dossier: None,
    }
}

fn draft(lines: Vec<Line>) -> Draft {
    Draft {
        issuer: Code::parse("ubnd-xa").unwrap(),
        authority: Authority::CommuneChair,
        title: "Về việc tặng Giấy khen".into(),
        year: 2026,
        commendation: CommendationType::Achievement,
        fund: None,
        lines,
    }
}

fn event(act: Act) -> Event {
    Event { act, by: "người ký".into(), account: None, at: Timestamp::parse("2026-11-01T02:00:00Z").unwrap() }
}

fn signature() -> Signature {
    Signature {
        number: "12/QĐ-UBND".into(),
        on: day("2026-11-01"),
        signer: "Nguyễn Văn A".into(),
        position: "Chủ tịch".into(),
        signed_as: SignedAs::Own,
    }
}

fn signed(bonuses: &[i64]) -> Decision {
    let lines = (1..=bonuses.len()).map(|nr| line(&format!("s-{nr}"))).collect();
    let granted = bonuses.iter().enumerate().map(|(at, vnd)| Granted {
        line: at + 1,
        fact: Code::parse(&format!("f-{at}")).unwrap(),
        bonus: Bonus { vnd: *vnd, ..Bonus::none() },
    });
    Decision {
        id: Code::parse("qd-1").unwrap(),
        draft: draft(lines),
        events: vec![event(Act::Draft), event(Act::Sign(signature()))],
        granted: granted.collect(),
    }
}

fn fault(refusal: Result<(), Refusal>) -> DecisionFault {
    match refusal {
        Err(Refusal::Decision(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_draft_names_nobody_twice_and_a_signature_needs_somebody() {
    let today = day("2026-11-02");
    draft(vec![]).judge(today).unwrap();
    let twice = draft(vec![line("s-1"), line("s-2"), line("s-1")]);
    assert_eq!(fault(twice.judge(today)), DecisionFault::NamedTwice { name: "Người s-1".into() });
    assert_eq!(fault(signature().judge(&draft(vec![]), today)), DecisionFault::NoLines);
    let some = draft(vec![line("s-1")]);
    signature().judge(&some, today).unwrap();
    let without = Signature { number: "/QĐ-UBND".into(), ..signature() };
    assert_eq!(fault(without.judge(&some, today)), DecisionFault::NoNumber);
    assert_eq!(fault(signature().judge(&some, day("2026-10-31"))), DecisionFault::DayAhead { on: day("2026-11-01") });
    let later = Draft { year: 2027, ..some };
    assert_eq!(fault(later.judge(today)), DecisionFault::BadYear { asked: "2027".into() });
}

#[test]
fn what_is_signed_is_not_written_anew_and_what_is_not_signed_is_not_paid() {
    let decision = signed(&[100]);
    assert_eq!(decision.state(), State::Signed);
    assert_eq!(fault(decision.judge(&Act::Draft)), DecisionFault::WrongState { state: "signed" });
    let open = Decision { events: vec![event(Act::Draft)], granted: vec![], ..decision };
    let pay = Act::Pay { line: 1, number: "PC01".into(), on: day("2026-11-05"), vnd: 100 };
    assert_eq!(fault(open.judge(&pay)), DecisionFault::WrongState { state: "draft" });
}

#[test]
fn an_award_taken_back_is_not_paid_and_frees_what_it_held() {
    let mut decision = signed(&[100, 300]);
    assert_eq!(decision.committed(), 400);
    let revoke = |line| Act::Revoke {
        line,
        number: "20/QĐ-UBND".into(),
        on: day("2026-11-20"),
        reason: "khai man thành tích".into(),
    };
    decision.judge(&revoke(2)).unwrap();
    decision.events.push(event(revoke(2)));
    assert_eq!((decision.committed(), decision.due(2)), (100, 0));
    assert_eq!(fault(decision.judge(&revoke(2))), DecisionFault::RevokedAlready { on: day("2026-11-20") });
    let early = Act::Revoke { line: 1, number: "20".into(), on: day("2026-10-01"), reason: "x".into() };
    let why = DecisionFault::BeforeSigned { on: day("2026-10-01"), signed: day("2026-11-01") };
    assert_eq!(fault(decision.judge(&early)), why);
}

#[test]
fn a_fund_takes_only_what_is_free_in_it() {
    let entry = |vnd| FundEntry {
        vnd,
        number: "QĐ 1".into(),
        on: day("2026-01-05"),
        note: String::new(),
        by: "kế toán".into(),
        at: Timestamp::parse("2026-01-05T02:00:00Z").unwrap(),
    };
    let fund = Fund {
        id: Code::parse("quy-1").unwrap(),
        unit: Code::parse("ubnd-xa").unwrap(),
        year: 2026,
        name: "Quỹ 2026".into(),
        entries: vec![entry(500)],
    };
    judge_cover(Some(&fund), 100, 400).unwrap();
    assert_eq!(fault(judge_cover(Some(&fund), 101, 400)), DecisionFault::FundShort { free: 399, needed: 400 });
    assert_eq!(fault(judge_cover(None, 0, 1)), DecisionFault::NoFund { needed: 1 });
    judge_cover(None, 0, 0).unwrap();
    assert_eq!(fault(fund.judge(&entry(-300), 300)), DecisionFault::FundShort { free: 200, needed: 300 });
    fund.judge(&entry(-200), 300).unwrap();
}

proptest! {
    /// Whatever is paid and taken back, nothing is due twice and nothing below zero.
    #[test]
    fn what_is_paid_and_due_never_exceeds_the_bonus(
        bonuses in prop::collection::vec(0_i64..1_000_000, 1..6),
        acts in prop::collection::vec((1_usize..7, 0_i64..1_200_000, any::<bool>()), 0..30),
    ) {
        let mut decision = signed(&bonuses);
        for (line, vnd, takes_back) in acts {
            let (number, on) = ("PC1".to_owned(), day("2026-12-01"));
            let act = match takes_back {
                true => Act::Revoke { line, number, on, reason: "x".into() },
                false => Act::Pay { line, number, on, vnd },
            };
            if decision.judge(&act).is_ok() {
                decision.events.push(event(act));
            }
            for (at, bonus) in bonuses.iter().enumerate() {
                let (paid, due) = (decision.paid(at + 1), decision.due(at + 1));
                prop_assert!(paid >= 0 && due >= 0 && paid + due <= *bonus);
            }
        }
        prop_assert!(decision.committed() <= bonuses.iter().sum());
    }
}
