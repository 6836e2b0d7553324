//! What is taken into a round and what is refused.

use super::{claimed, code, equal_round, excusal, made_up, n, points, reviewed, unit};
use crate::cluster::evidence::{Claim, Revoked};
use crate::cluster::mark::{Desk, Stage, Standing};
use crate::cluster::review::{Excusal, Excused, Stated, Verdict};
use crate::cluster::scheme::{Level, Scheme};
use crate::cluster::score::{Round, Why};
use crate::refusal::{MarkFault, Refusal};
use thidua_base::code::EvidenceId;

fn desk<'a>(scheme: &'a Scheme, round: &'a Round) -> Desk<'a> {
    Desk { scheme, members: &round.members, evidence: &round.evidence, stage: Stage::Open }
}

fn fault(found: Result<(), Refusal>) -> Option<MarkFault> {
    match found {
        Ok(()) => None,
        Err(Refusal::BadMark { why, .. }) => Some(why),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_unit_claims_for_itself_only_and_in_the_kind_asked() {
    let (scheme, round) = (made_up(), equal_round(&["A", "B"]));
    let claim = |by: &Standing, whose: &str, criterion: &str, claim: Claim, files: &[&str]| {
        fault(desk(&scheme, &round).claim(by, &unit(whose), &code(criterion), &claimed(claim, files)))
    };
    let a = Standing::Member(unit("A"));
    assert_eq!(claim(&a, "A", "B.1", Claim::Yes, &["f-A"]), None);
    assert_eq!(claim(&Standing::Head(unit("A")), "A", "B.1", Claim::Yes, &["f-A"]), None);
    assert_eq!(claim(&a, "B", "B.1", Claim::Yes, &[]), Some(MarkFault::NotYours));
    assert_eq!(claim(&Standing::Appraiser, "B", "B.1", Claim::Yes, &[]), Some(MarkFault::NotYours));
    assert_eq!(claim(&a, "C", "B.1", Claim::Yes, &[]), Some(MarkFault::NotMember));
    assert_eq!(claim(&a, "A", "B", Claim::Yes, &[]), Some(MarkFault::NoSuchLeaf));
    assert_eq!(claim(&a, "A", "Z", Claim::Yes, &[]), Some(MarkFault::NoSuchLeaf));
    assert_eq!(claim(&a, "A", "A.3", Claim::Amount(n("5")), &[]), Some(MarkFault::FromFigures));
    assert_eq!(claim(&a, "A", "B.1", Claim::Amount(n("5")), &[]), Some(MarkFault::OtherKind));
    assert_eq!(claim(&a, "A", "B.2", Claim::Amount(n("1.5")), &[]), Some(MarkFault::OtherKind));
    assert_eq!(claim(&a, "A", "B.3", Claim::Option("x".to_owned()), &[]), Some(MarkFault::OtherKind));
    assert!(matches!(claim(&a, "A", "B.2", Claim::Amount(n("-1")), &[]), Some(MarkFault::OutOfRange { .. })));
    // Another's file proves nothing.
    assert!(matches!(claim(&a, "A", "B.1", Claim::Yes, &["f-B"]), Some(MarkFault::NoSuchEvidence { .. })));
}

#[test]
fn a_level_marks_what_it_looked_at_with_a_reason_where_it_differs() {
    let (mut scheme, round) = (made_up(), equal_round(&["A", "B"]));
    let at = |scheme: &Scheme, by: &Standing, mark| {
        fault(desk(scheme, &round).review(by, &unit("A"), &code("B.3"), &mark, n("10")))
    };
    let (peer, head) = (Standing::Member(unit("B")), Standing::Head(unit("B")));
    assert_eq!(at(&scheme, &peer, points(Level::Peer, "10", "10", "")), None);
    assert_eq!(at(&scheme, &head, points(Level::Peer, "9", "10", "Thiếu biên bản")), None);
    assert_eq!(at(&scheme, &peer, points(Level::Peer, "9", "10", " ")), Some(MarkFault::NoReason));
    assert_eq!(at(&scheme, &peer, points(Level::Council, "9", "10", "x")), Some(MarkFault::NotYours));
    assert_eq!(
        at(&scheme, &Standing::Member(unit("A")), points(Level::Peer, "10", "10", "")),
        Some(MarkFault::NotYours)
    );
    let council = Standing::Council;
    let beyond = at(&scheme, &council, points(Level::Council, "11", "10", "x"));
    assert_eq!(beyond, Some(MarkFault::OutOfRange { found: n("11"), most: n("10") }));
    let stale = at(&scheme, &council, points(Level::Council, "9", "8", "x"));
    assert_eq!(stale, Some(MarkFault::ChangedMeanwhile { now: n("10") }));
    let corrected = Verdict::Corrected(Claim::Option("thieu".to_owned()));
    assert_eq!(at(&scheme, &council, reviewed(Level::Council, corrected.clone(), "10", "Thiếu một cuộc")), None);
    assert_eq!(at(&scheme, &council, reviewed(Level::Council, corrected, "10", "")), Some(MarkFault::NoReason));
    scheme.marks.retain(|level| *level != Level::Peer);
    assert_eq!(at(&scheme, &peer, points(Level::Peer, "10", "10", "")), Some(MarkFault::NoSuchLevel));
}

#[test]
fn figures_are_not_corrected_by_an_answer() {
    let (scheme, round) = (made_up(), equal_round(&["A", "B"]));
    let answer = reviewed(Level::Council, Verdict::Corrected(Claim::Points(n("9"))), "10", "x");
    let found = desk(&scheme, &round).review(&Standing::Council, &unit("A"), &code("A.1"), &answer, n("10"));
    assert_eq!(fault(found), Some(MarkFault::FromFigures));
}

#[test]
fn excuses_and_sanctions_come_from_above_with_a_reason() {
    let (scheme, round) = (made_up(), equal_round(&["A"]));
    let desk = desk(&scheme, &round);
    let empty = Excusal { reason: " ".to_owned(), ..excusal(Excused::NotArisen) };
    let by = Standing::Council;
    assert_eq!(fault(desk.excuse(&by, &unit("A"), &code("A"), &excusal(Excused::NotArisen))), None);
    assert_eq!(fault(desk.excuse(&by, &unit("A"), &code("A"), &empty)), Some(MarkFault::NoReason));
    assert_eq!(fault(desk.excuse(&by, &unit("A"), &code("Z"), &empty)), Some(MarkFault::NoSuchLeaf));
    let stated =
        Stated { sanction: "x".to_owned(), reason: "y".to_owned(), by: "z".to_owned(), at: super::at(super::NOON) };
    assert_eq!(fault(desk.state(&by, &unit("A"), &stated)), Some(MarkFault::NoSuchLeaf));
    assert_eq!(fault(desk.state(&by, &unit("Q"), &stated)), Some(MarkFault::NotMember));
}

#[test]
fn one_file_is_cited_by_many_criteria_and_revoked_once_for_all() {
    let mut text = format!("{}{}", super::HEAD, super::CRITERIA);
    text = text.replace("label = \"Hội nghị\"", "evidence = \"required\"\nlabel = \"Hội nghị\"");
    let scheme = crate::cluster::scheme::read("thu.toml", &text).unwrap();
    let mut round = equal_round(&["A"]);
    let file = EvidenceId::parse("f-A").unwrap();
    assert_eq!(round.evidence.citing(&file).count(), 3);
    let before = round.score(&scheme).unwrap();
    assert_eq!(super::line(&scheme, &before[0], "B").points, n("40"));
    round.evidence.files.get_mut(&file).unwrap().revoked =
        Some(Revoked {
            reason: "Văn bản giả".to_owned(), by: "Tổ thẩm định".to_owned(), at: super::at(super::NOON)
        });
    let after = round.score(&scheme).unwrap();
    for criterion in ["B.1", "B.3"] {
        let found = super::line(&scheme, &after[0], criterion);
        assert_eq!(found.why, Why::NoEvidence { would: n("10"), revoked: vec![file.clone()] }, "{criterion}");
    }
    // The third asks for no evidence.
    assert_eq!(super::line(&scheme, &after[0], "B").points, n("20"));
}

#[test]
fn a_mark_that_should_not_be_there_is_listed_and_does_not_count() {
    let scheme = made_up();
    let mut round = equal_round(&["A"]);
    round.reviews.add(&unit("A"), &code("B.3"), points(Level::Council, "3", "10", ""));
    let sheets = round.score(&scheme).unwrap();
    assert_eq!(super::line(&scheme, &sheets[0], "B.3").points, n("10"));
    assert_eq!(sheets[0].void[0].why, MarkFault::NoReason);
    assert_eq!(sheets[0].void[0].level, Level::Council);
}

#[test]
fn several_peers_count_by_their_mean_where_the_scheme_says_so() {
    let text = format!("{}{}", super::HEAD, super::CRITERIA).replace("ties = ", "peers = \"mean\"\nties = ");
    let scheme = crate::cluster::scheme::read("thu.toml", &text).unwrap();
    let mut round = equal_round(&["A", "B", "C", "D"]);
    let mut add = |by: &str, given: &str, reason: &str| {
        let mut mark = points(Level::Peer, given, "10", reason);
        mark.by_unit = Some(unit(by));
        round.reviews.add(&unit("A"), &code("B.3"), mark);
    };
    add("B", "5", "Thiếu hai cuộc");
    add("B", "9", "Thiếu biên bản một cuộc");
    add("C", "10", "");
    add("D", "8", "Thiếu một cuộc");
    // Its own and one without a reason count for nothing.
    add("A", "10", "");
    add("la", "3", "");
    let found = round.score(&scheme).unwrap();
    let mark = &super::line(&scheme, &found[0], "B.3").marks[0];
    assert_eq!((mark.points, mark.earlier), (n("9"), 3));
    assert_eq!(mark.reason, "Thiếu biên bản một cuộc; Thiếu một cuộc");
    assert_eq!(super::line(&scheme, &found[0], "B.3").points, n("9"));
    // Where the last one counts, a mark a unit gave itself is void.
    let scheme = made_up();
    let mut own = equal_round(&["A"]);
    let mut mark = points(Level::Peer, "10", "10", "");
    mark.by_unit = Some(unit("A"));
    own.reviews.add(&unit("A"), &code("B.3"), mark);
    assert_eq!(own.score(&scheme).unwrap()[0].void[0].why, MarkFault::NotYours);
}

#[test]
fn a_mark_on_a_criterion_that_was_excused_later_stays_beside_it() {
    let scheme = made_up();
    let mut round = equal_round(&["A"]);
    round.reviews.add(&unit("A"), &code("B.3"), points(Level::Appraisal, "6", "10", "Thiếu hai cuộc"));
    round.reviews.excuse(&unit("A"), &code("B"), excusal(Excused::NotAssigned));
    let sheets = round.score(&scheme).unwrap();
    let found = super::line(&scheme, &sheets[0], "B.3");
    assert_eq!((found.counted, found.points), (crate::cluster::score::Counted::Excused, n("0")));
    assert_eq!(found.mark(Level::Appraisal), Some(n("6")));
    // All of the group left the denominator: 40 of 60 are 66,67 of 100.
    assert_eq!((sheets[0].total.content_max, sheets[0].total.scaled), (n("60"), n("66.67")));
}
