//! Rules, composition, sessions and tallies with plain values.

use std::collections::BTreeSet;

use proptest::prelude::*;
use thidua_base::Timestamp;
use thidua_law::vocabulary::{Confidence, VoteBase, VoteMethod};
use thidua_law::{Book, honour, procedure};

use super::composition::NewSeat;
use super::session::Voters;
use super::vote::{Heap, Part, count};
use super::*;
use crate::origin::Origin;
use crate::refusal::{CouncilFault, Refusal};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn code<K: Kind>(text: &str) -> Code<K> {
    Code::parse(text).unwrap()
}

fn signed() -> Signed {
    Signed { by: "Phạm Văn Thư".into(), at: Timestamp::parse("2020-07-05T01:00:00Z").unwrap() }
}

fn warrant() -> Warrant {
    Warrant { number: "12/QĐ-UBND".into(), on: day("2020-01-10") }
}

fn need(share: &str, of: VoteBase) -> Need {
    Need { share: Share::parse(share).unwrap(), of }
}

fn house() -> HouseRule {
    HouseRule {
        from: day("2020-01-10"),
        quorum: need("2/3", VoteBase::Members),
        threshold: need(">1/2", VoteBase::Present),
        method: VoteMethod::Either,
        conflict: Denominator::Keeps,
        written_counts: true,
        cite: "Quy chế 45/QĐ-HĐTĐKT, Điều 9".into(),
    }
}

fn new(role: SeatRole, name: &str) -> NewSeat {
    NewSeat {
        role,
        votes: true,
        name: name.into(),
        position: "Trưởng phòng".into(),
        unit: Some(code("h-397")),
        account: Some(code(&format!("tk-{}", name.trim().to_lowercase() + "0"))),
        subject: None,
    }
}

/// A council of one chair and further members `B`, `C`, … who vote.
fn composed(members: usize) -> Composition {
    let mut composition = Composition::default();
    let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "K"];
    let seats = names.iter().take(members).enumerate();
    let seats = seats.map(|(at, name)| new(if at == 0 { SeatRole::Chair } else { SeatRole::Member }, name)).collect();
    let acts = composition.change(&warrant(), day("2020-01-10"), &[], seats, &signed()).unwrap();
    for act in acts.into_iter().chain([composition.rule(house(), &signed()).unwrap()]) {
        composition.take(act);
    }
    composition
}

fn matter(subject: Option<&str>) -> Matter {
    Matter {
        number: 0,
        reference: "hs-1".into(),
        title: "Bà Lê Thị Bình: Chiến sĩ thi đua cơ sở".into(),
        honour: code("chien-si-thi-dua-co-so"),
        kind: SubjectKind::Person,
        subject: subject.map(code),
        nominated_by: code("x-15664"),
        summary: "Năm năm hoàn thành tốt".into(),
    }
}

/// An open session of so many members with one matter; all are present and have declared no conflict.
fn sitting(members: usize) -> Sitting {
    let session = Session {
        id: code("ph-1"),
        council: code("hd-1"),
        held_on: day("2020-07-05"),
        place: "Phòng họp số 1".into(),
        called: signed(),
        provenance: Provenance { origin: Origin::Sample, source: "mẫu".into() },
    };
    let mut sitting = Sitting::of(session);
    sitting.take(sitting.table(matter(None), &signed()).unwrap());
    sitting.take(sitting.open(&composed(members), &signed()).unwrap());
    for number in 1..=u16::try_from(members).unwrap() {
        sitting.take(sitting.presence(number, true, &signed()).unwrap());
        for act in sitting.declare(number, &[(1, None)], &Voters::new(), &signed()).unwrap() {
            sitting.take(act);
        }
    }
    sitting
}

fn fault<T: std::fmt::Debug>(found: Result<T, Refusal>) -> CouncilFault {
    match found {
        Err(Refusal::Council(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

fn put(sitting: &mut Sitting, ballot: Ballot, rule: CountRule) -> QuestionNumber {
    let question = sitting.put(1, ballot, ("Đồng ý đề nghị tặng danh hiệu?", ""), rule, &signed()).unwrap();
    let number = question.number;
    sitting.take(SessionAct::Put(question));
    number
}

#[test]
fn shares_are_whole_persons() {
    for (text, of, needed) in [
        ("90%", 22, 20),
        ("90", 20, 18),
        ("2/3", 10, 7),
        ("2/3", 9, 6),
        (">1/2", 10, 6),
        (">1/2", 11, 6),
        ("100", 7, 7),
    ] {
        assert_eq!(Share::parse(text).unwrap().needed(of), needed, "{text} of {of}");
    }
    for wrong in ["", "0", "101", "3/2", "x", "1/0", ">1/1", "-1/2", "0/3"] {
        assert_eq!(Share::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_council_is_strengthened_by_dated_decisions() {
    let mut council = composed(4);
    assert_eq!(council.on(day("2020-01-09")), []);
    assert_eq!(council.on(day("2020-07-05")).len(), 4);
    let later = Warrant { number: "90/QĐ-UBND".into(), on: day("2020-06-01") };
    let acts = council.change(&later, day("2020-06-15"), &[2], vec![new(SeatRole::ViceChair, "Z")], &signed()).unwrap();
    acts.into_iter().for_each(|act| council.take(act));
    let names = |on: &str| council.on(day(on)).into_iter().map(|seat| seat.name).collect::<Vec<_>>();
    assert_eq!(names("2020-06-14"), ["A", "B", "C", "D"]);
    assert_eq!(names("2020-06-15"), ["A", "Z", "C", "D"]);
    let refused = |ended: &[SeatNumber], given: Vec<NewSeat>| {
        fault(council.change(&later, day("2020-06-20"), ended, given, &signed()))
    };
    assert_eq!(refused(&[], vec![]), CouncilFault::NothingChanges);
    assert_eq!(refused(&[2], vec![]), CouncilFault::NoSuchSeat { number: 2 });
    assert_eq!(refused(&[1], vec![]), CouncilFault::NoChair);
    assert_eq!(refused(&[], vec![new(SeatRole::Chair, "Y")]), CouncilFault::TwoChairs);
    assert_eq!(refused(&[], vec![new(SeatRole::Member, "C")]), CouncilFault::SeatedTwice { name: "C".into() });
    assert_eq!(refused(&[], vec![new(SeatRole::Member, " ")]), CouncilFault::NamelessSeat);
    let early = council.change(&later, day("2020-05-31"), &[3], vec![], &signed());
    assert_eq!(fault(early), CouncilFault::BadWarrant);
}

#[test]
fn the_book_goes_before_the_council_s_own_rule_part_by_part() {
    let book = Book::shipped().unwrap();
    let of = |honour_code: &str, on: &str| {
        let known = book.honour(&code(honour_code)).unwrap();
        let votes: Vec<_> = honour::on_day(&known.procedure.votes, day(on)).collect();
        CountRule::of(votes.first().copied(), &house())
    };
    let national = of("chien-si-thi-dua-toan-quoc", "2020-07-05");
    assert_eq!((national.threshold, national.method), (need("90", VoteBase::Members), VoteMethod::Secret));
    assert_eq!(national.quorum, house().quorum);
    assert_eq!(national.quorum_from, RuleSource::House(house().cite));
    let own = of("chien-si-thi-dua-co-so", "2020-07-05");
    assert_eq!(own.threshold, house().threshold);
    assert_eq!(own.threshold_from.cite(), house().cite);
}

#[test]
fn nothing_is_seen_before_it_is_declared_and_a_conflict_stays() {
    let mut sitting = sitting(4);
    let (seat, other) = (sitting.seat(2).unwrap().clone(), sitting.seat(3).unwrap().clone());
    let matter = sitting.matter(1).unwrap().clone();
    assert!(sitting.sees(&seat, &matter));
    let number = put(&mut sitting, Ballot::Open, CountRule::of(None, &house()));
    let conflict = [(1, Some("Vợ của người được đề nghị".to_owned()))];
    for act in sitting.declare(2, &conflict, &Voters::new(), &signed()).unwrap() {
        sitting.take(act);
    }
    assert!(!sitting.sees(&seat, &matter));
    assert_eq!(fault(sitting.judge_cast(number, &seat, &Voters::new())), CouncilFault::Conflicted);
    // Taking it back changes nothing.
    assert_eq!(sitting.declare(2, &[(1, None)], &Voters::new(), &signed()).unwrap(), []);
    // Who voted cannot declare it afterwards.
    let voters = Voters::from([(number, 3)]);
    assert_eq!(fault(sitting.declare(3, &conflict, &voters, &signed())), CouncilFault::VotedAlready);
    assert_eq!(fault(sitting.judge_cast(number, &other, &voters)), CouncilFault::VotedAlready);
    sitting.declared.remove(&(3, 1));
    assert!(!sitting.sees(&other, &matter));
    assert_eq!(fault(sitting.judge_cast(number, &other, &Voters::new())), CouncilFault::NotDeclared);
    sitting.declared.insert((3, 1), Declared { conflict: None, signed: signed() });
    sitting.present.remove(&3);
    assert_eq!(fault(sitting.judge_cast(number, &other, &Voters::new())), CouncilFault::NotPresent);
    let part = sitting.part(&matter);
    assert_eq!((part.members(Denominator::Keeps), part.members(Denominator::Leaves)), (4, 3));
}

#[test]
fn whoever_is_nominated_has_no_part_in_it_unasked() {
    let mut sitting = sitting(3);
    sitting.matters[0].subject = Some(code("ca-nhan-1"));
    sitting.members[1].subject = Some(code("ca-nhan-1"));
    let (seat, matter) = (sitting.members[1].clone(), sitting.matters[0].clone());
    assert_eq!(sitting.ground(&seat, &matter), Some(Ground::Oneself));
    assert_eq!(sitting.part(&matter).conflicted, [2]);
}

#[test]
fn quorum_secrecy_and_the_order_of_votes_are_kept() {
    let mut sitting = sitting(6);
    let rule = CountRule::of(None, &house());
    for seat in [4, 5, 6] {
        sitting.take(sitting.presence(seat, false, &signed()).unwrap());
    }
    let asked = ("Đồng ý?", "");
    let lacking = sitting.put(1, Ballot::Open, asked, rule.clone(), &signed());
    assert_eq!(fault(lacking), CouncilFault::QuorumLacking { present: 3, needed: 4 });
    // A quorum the book only remembers warns and does not stop.
    let remembered =
        CountRule { quorum_from: RuleSource::Law("nghi-dinh-x".into(), Confidence::Recalled), ..rule.clone() };
    assert_eq!(remembered.unread(), ["nghi-dinh-x"]);
    assert!(sitting.put(1, Ballot::Open, asked, remembered, &signed()).is_ok());
    sitting.take(sitting.presence(4, true, &signed()).unwrap());
    let secret = CountRule { method: VoteMethod::Secret, ..rule.clone() };
    let open = sitting.put(1, Ballot::Open, asked, secret.clone(), &signed());
    assert!(matches!(fault(open), CouncilFault::MustBeSecret { .. }));
    let number = put(&mut sitting, Ballot::Secret, secret.clone());
    let twice = sitting.put(1, Ballot::Secret, asked, secret.clone(), &signed());
    assert_eq!(fault(twice), CouncilFault::QuestionOpen);
    assert_eq!(fault(sitting.close("", &signed())), CouncilFault::OpenQuestions { count: 1 });
    let voters = Voters::from([(number, 1), (number, 2), (number, 3)]);
    let lost = sitting.count(number, &[Choice::Agree; 2], &voters);
    assert_eq!(fault(lost), CouncilFault::UrnLost { voters: 3, ballots: 2 });
    let two = Voters::from([(number, 1), (number, 2)]);
    let few = sitting.count(number, &[Choice::Agree; 2], &two);
    assert_eq!(fault(few), CouncilFault::TooFewForSecrecy { least: 3 });
    let count = sitting.count(number, &[Choice::Agree, Choice::Disagree, Choice::Agree], &voters).unwrap();
    // Two of four present are not more than half.
    assert_eq!((count.denominator, count.needed, count.agreed, count.outcome), (4, 3, 2, Outcome::Failed));
    sitting.take(SessionAct::Counted(number, count, signed()));
    let seat = sitting.seat(4).unwrap();
    assert_eq!(fault(sitting.judge_cast(number, seat, &voters)), CouncilFault::BallotClosed);
    let silent = sitting.put(1, Ballot::Secret, asked, secret.clone(), &signed());
    assert_eq!(fault(silent), CouncilFault::RevoteWithoutReason);
    let again = sitting.put(1, Ballot::Secret, ("Đồng ý?", "Đã làm rõ thành tích"), secret, &signed()).unwrap();
    assert_eq!((again.number, again.round), (2, 2));
    sitting.take(sitting.close("Thống nhất", &signed()).unwrap());
    assert_eq!(fault(sitting.presence(1, false, &signed())), CouncilFault::Stage { found: "closed" });
}

#[test]
fn the_same_votes_pass_on_those_present_and_fail_on_all_members() {
    let part = Part { entitled: (1..=10).collect(), conflicted: Vec::new(), present: (1..=8).collect() };
    let voted: BTreeSet<SeatNumber> = (1..=8).collect();
    let ballots = Heap { agree: 8, disagree: 0, blank: 0 };
    let of = |base| CountRule { threshold: need("90", base), ..CountRule::of(None, &house()) };
    let present = count(&of(VoteBase::Present), &part, &voted, ballots, &[]);
    assert_eq!((present.denominator, present.needed, present.outcome), (8, 8, Outcome::Passed));
    let all = count(&of(VoteBase::Members), &part, &voted, ballots, &[]);
    assert_eq!((all.denominator, all.needed, all.outcome), (10, 9, Outcome::Failed));
    // One absent member agrees in writing; a letter of a member who came does not count twice.
    let letters = [(9, Choice::Agree), (1, Choice::Agree)];
    let written = count(&of(VoteBase::Members), &part, &voted, ballots, &letters);
    assert_eq!((written.agreed, written.written.len(), written.outcome), (9, 1, Outcome::Passed));
    let unheard = CountRule { written_counts: false, ..of(VoteBase::Members) };
    assert_eq!(count(&unheard, &part, &voted, ballots, &letters).outcome, Outcome::Failed);
}

#[test]
fn a_conflict_leaves_the_denominator_only_where_the_rule_says_so() {
    let part = Part { entitled: (1..=9).collect(), conflicted: vec![10], present: (1..=9).collect() };
    let voted: BTreeSet<SeatNumber> = (1..=9).collect();
    let ballots = Heap { agree: 8, disagree: 1, blank: 0 };
    let of = |conflict| {
        let threshold = need("90", VoteBase::Members);
        count(&CountRule { threshold, conflict, ..CountRule::of(None, &house()) }, &part, &voted, ballots, &[])
    };
    assert_eq!((of(Denominator::Keeps).denominator, of(Denominator::Keeps).outcome), (10, Outcome::Failed));
    assert_eq!((of(Denominator::Leaves).denominator, of(Denominator::Leaves).needed), (9, 9));
}

fn acts() -> Vec<SessionAct> {
    let seat = Seat { ended: Some((day("2021-01-01"), warrant())), ..composed(1).seats[0].clone() };
    let rule = CountRule {
        threshold_from: RuleSource::Law("luat Điều 1".into(), Confidence::Recalled),
        ..CountRule::of(None, &house())
    };
    let mut sitting = sitting(4);
    let number = put(&mut sitting, Ballot::Open, rule.clone());
    let voters = Voters::from([(number, 1)]);
    let mut count = sitting.count(number, &[Choice::Blank], &voters).unwrap();
    count.written = vec![(3, Choice::Agree)];
    let opinion = Opinion {
        choice: Some(Choice::Agree),
        text: "Nhất trí\tcao".into(),
        received_on: day("2020-07-04"),
        signed: signed(),
    };
    vec![
        SessionAct::Tabled(Matter { number: 2, ..matter(Some("ca-nhan-1")) }, signed()),
        SessionAct::Opened(vec![seat.clone(), Seat { ended: None, ..seat }], signed()),
        SessionAct::Opened(Vec::new(), signed()),
        SessionAct::Present(3, false, signed()),
        SessionAct::Declared(3, 1, Declared { conflict: Some("Em ruột\nhọ".into()), signed: signed() }),
        SessionAct::Declared(3, 1, Declared { conflict: None, signed: signed() }),
        SessionAct::Opined(2, 1, opinion.clone()),
        SessionAct::Opined(2, 1, Opinion { choice: None, ..opinion }),
        SessionAct::Put(sitting.question(number).unwrap().clone()),
        SessionAct::Voted(1, 2, Choice::Disagree, signed()),
        SessionAct::Counted(number, count, signed()),
        SessionAct::Voided(1, "Máy chủ khởi động lại".into(), signed()),
        SessionAct::Closed(String::new(), signed()),
    ]
}

#[test]
fn acts_are_read_back_from_their_records() {
    for act in acts() {
        let record = act.record();
        assert!(!record.contains('\n'), "{record}");
        assert_eq!(SessionAct::read(&record).as_ref(), Some(&act), "{record}");
    }
    let warranted = warrant();
    let seat = composed(1).seats[0].clone();
    for act in [
        CompositionAct::Seated(seat, signed()),
        CompositionAct::Unseated(3, day("2020-02-01"), warranted, signed()),
        CompositionAct::Ruled(house(), signed()),
    ] {
        assert_eq!(CompositionAct::read(&act.record()).as_ref(), Some(&act));
    }
}

prop_compose! {
    fn votes()(members in 1u16..40)(
        members in Just(members),
        conflicts in 0..members,
        here in proptest::collection::vec(any::<bool>(), members as usize),
        cast in proptest::collection::vec(proptest::option::of(0usize..3), members as usize),
        letters in proptest::collection::vec(proptest::option::of(0usize..3), members as usize),
        percent in 1u8..=100,
        of in 0usize..2,
        conflict in any::<bool>(),
        written_counts in any::<bool>(),
    ) -> (CountRule, Part, BTreeSet<SeatNumber>, Heap, Vec<(SeatNumber, Choice)>) {
        let entitled: Vec<SeatNumber> = (conflicts + 1..=members).collect();
        let present: Vec<SeatNumber> = entitled.iter().filter(|n| here[usize::from(**n) - 1]).copied().collect();
        let chosen = |n: &SeatNumber| present.contains(n).then(|| cast[usize::from(*n) - 1]).flatten();
        let voted = entitled.iter().filter(|n| chosen(n).is_some()).copied().collect();
        let heap = Heap::of(entitled.iter().filter_map(chosen).map(|at| Choice::ALL[at]));
        let letters = (1..=members).filter_map(|n| Some((n, Choice::ALL[letters[usize::from(n) - 1]?]))).collect();
        let threshold = Need {
            share: Share::percent(percent).unwrap(),
            of: [VoteBase::Members, VoteBase::Present][of],
        };
        let conflict = if conflict { Denominator::Keeps } else { Denominator::Leaves };
        let rule = CountRule { threshold, conflict, written_counts, ..CountRule::of(None, &house()) };
        (rule, Part { entitled, conflicted: (1..=conflicts).collect(), present }, voted, heap, letters)
    }
}

proptest! {
    #[test]
    fn a_tally_adds_up_and_is_exact((rule, part, voted, heap, letters) in votes()) {
        let tally = count(&rule, &part, &voted, heap, &letters);
        prop_assert_eq!(tally.ballots.all() as usize, tally.voted.len());
        prop_assert!(tally.voted.iter().all(|seat| tally.present.contains(seat)));
        prop_assert!(tally.written.iter().all(|(seat, _)| !tally.present.contains(seat) && part.entitled.contains(seat)));
        prop_assert!(tally.agreed <= tally.denominator);
        let (parts, whole, _) = rule.threshold.share.parts();
        let enough = u64::from(tally.agreed) * u64::from(whole) >= u64::from(parts) * u64::from(tally.denominator);
        let quorate = u32::try_from(tally.present.len()).unwrap() >= tally.quorum_needed;
        prop_assert_eq!(tally.outcome == Outcome::Passed, enough && quorate);
        prop_assert_eq!(tally.outcome == Outcome::NoQuorum, !quorate);
    }

    #[test]
    fn one_more_yes_never_undoes_a_passage((rule, part, voted, heap, letters) in votes()) {
        let before = count(&rule, &part, &voted, heap, &letters);
        if heap.disagree > 0 {
            let more = Heap { agree: heap.agree + 1, disagree: heap.disagree - 1, ..heap };
            let after = count(&rule, &part, &voted, more, &letters);
            prop_assert!(before.outcome != Outcome::Passed || after.outcome == Outcome::Passed);
        }
    }

    #[test]
    fn where_the_book_says_all_the_book_s_own_arithmetic_agrees((rule, part, voted, heap, letters) in votes()) {
        let quorum_from = RuleSource::Law("nghi-dinh-x".into(), Confidence::Recalled);
        let threshold = Need { of: VoteBase::Members, ..rule.threshold };
        let rule = CountRule { quorum_from, threshold, ..rule };
        let tally = count(&rule, &part, &voted, heap, &letters);
        let vote = honour::Vote {
            body: "hoi-dong-bo-tinh".into(),
            method: None,
            percent: Some(u8::try_from(rule.threshold.share.parts().0).unwrap()),
            of: Some(VoteBase::Members),
            written_counts: Some(rule.written_counts),
            quorum: None,
        };
        let written_yes = tally.written.iter().filter(|(_, choice)| *choice == Choice::Agree).count();
        let ballot = procedure::Ballot {
            members: tally.members,
            yes: heap.agree,
            written_yes: u32::try_from(written_yes).unwrap(),
            ..procedure::Ballot::default()
        };
        let passed = matches!(procedure::count_ballot(&vote, &ballot), procedure::BallotResult::Passed { .. });
        prop_assert_eq!(passed, tally.outcome == Outcome::Passed);
    }

    #[test]
    fn records_of_any_text_are_read_back(text in ".{0,60}", reason in ".{0,60}") {
        let act = SessionAct::Voided(1, text.clone(), Signed { by: reason, ..signed() });
        prop_assert_eq!(SessionAct::read(&act.record()), Some(act));
        // What is no record is none, whatever it holds.
        let _ = (SessionAct::read(&text), CompositionAct::read(&text));
    }
}
