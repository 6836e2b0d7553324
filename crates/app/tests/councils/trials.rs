//! The trials, each by its name.

use thidua_app::audit;
use thidua_app::council::{
    Ending, NewOpinion, NewQuestion, Receipt, Urns, call_session, cast_ballot, change_composition, close_session,
    close_vote, declare_conflict, list, mark_presence, minutes, open_session, put_question, room, set_rule, show,
    write_opinion,
};
use thidua_domain::actor::{Limit, TokenScope};
use thidua_domain::council::composition::NewSeat;
use thidua_domain::council::{Ballot, Choice, Denominator, Ground, HouseRule, Outcome, RuleSource, SeatRole};
use thidua_domain::refusal::CouncilFault;
use thidua_law::vocabulary::VoteBase;

use crate::chamber::{Chamber, NAMES, assert_nothing, day, fault, matter, need, rule, warrant};

/// An honour the book knows no council's vote for, so that the council's own rule counts.
const OWN_RULE: &str = "chien-si-thi-dua-co-so";
/// An honour with nine tenths of all members by secret ballot, read in the text.
const NINE_TENTHS: &str = "chien-si-thi-dua-toan-quoc";

#[test]
fn vote_by_a_conflicted_member() {
    let chamber = Chamber::composed();
    let session = chamber.opened(OWN_RULE, &[0, 1, 2, 3, 5]);
    let (app, member) = (&chamber.app, chamber.member(4));
    // Before declaring, a member knows who nominated, and neither whom nor for what.
    let unseen = room(app, &member, &session).unwrap();
    assert_eq!((unseen.matters.len(), unseen.matters[0].matter.is_none()), (1, true));
    let question = chamber.put(&session, Ballot::Open, "").unwrap();
    mark_presence(app, &member, &session, 5, true).unwrap();
    assert_eq!(fault(chamber.cast(&session, question, 4, Choice::Agree)), CouncilFault::NotDeclared);
    declare_conflict(app, &member, &session, &[(1, Some("Em ruột của người được đề nghị".to_owned()))]).unwrap();
    assert_eq!(fault(chamber.cast(&session, question, 4, Choice::Agree)), CouncilFault::Conflicted);
    let blind = room(app, &member, &session).unwrap();
    let seen = &blind.matters[0];
    assert_eq!((seen.matter.is_none(), seen.questions.len(), seen.ground), (true, 0, Some(Ground::Declared)));
    assert!(seen.conflicts.is_empty() && seen.opinions.is_empty());
    // It cannot be taken back to vote after all.
    declare_conflict(app, &member, &session, &[(1, None)]).unwrap();
    assert_eq!(fault(chamber.cast(&session, question, 4, Choice::Agree)), CouncilFault::Conflicted);
    // The member stays in the denominator, since the council's rule says so, and the tally says who it was.
    for at in [0, 1, 2] {
        assert_eq!(chamber.cast(&session, question, at, Choice::Agree).unwrap(), Receipt::Open);
    }
    let count = close_vote(app, &chamber.secretary(), &session, question, Ending::Count).unwrap().unwrap();
    assert_eq!((count.members, count.denominator, count.needed, count.agreed), (6, 6, 4, 3));
    assert_eq!((count.conflicted, count.outcome), (vec![5], Outcome::Failed));
    // Nor do the minutes tell them what they had no part in.
    close_session(app, &chamber.secretary(), &session, "").unwrap();
    assert_nothing(minutes(app, &member, &session));
    assert!(minutes(app, &chamber.member(1), &session).is_ok());
}

#[test]
fn a_conflict_leaves_the_denominator_where_the_rule_of_the_day_says_so() {
    let chamber = Chamber::composed();
    let app = &chamber.app;
    let leaves = HouseRule { conflict: Denominator::Leaves, from: day("2020-07-01"), ..rule() };
    set_rule(app, &chamber.secretary(), &chamber.council, leaves).unwrap();
    let session = chamber.opened(OWN_RULE, &[0, 1, 2, 3]);
    let by = chamber.member(4);
    declare_conflict(app, &by, &session, &[(1, Some("Vợ của người được đề nghị".to_owned()))]).unwrap();
    let question = chamber.put(&session, Ballot::Open, "").unwrap();
    for at in [0, 1, 2] {
        chamber.cast(&session, question, at, Choice::Agree).unwrap();
    }
    let count = close_vote(app, &chamber.secretary(), &session, question, Ending::Count).unwrap().unwrap();
    assert_eq!((count.denominator, count.needed, count.outcome), (5, 3, Outcome::Passed));
}

#[test]
fn ballot_after_closing() {
    let chamber = Chamber::composed();
    let session = chamber.opened(OWN_RULE, &[0, 1, 2, 3, 4, 5]);
    let question = chamber.put(&session, Ballot::Secret, "").unwrap();
    for at in [0, 1, 2] {
        chamber.code(&session, question, at, Choice::Agree);
    }
    let (app, secretary) = (&chamber.app, chamber.secretary());
    let before = close_vote(app, &secretary, &session, question, Ending::Count).unwrap().unwrap();
    assert_eq!(fault(chamber.cast(&session, question, 3, Choice::Disagree)), CouncilFault::BallotClosed);
    assert_eq!(fault(close_vote(app, &secretary, &session, question, Ending::Count)), CouncilFault::BallotClosed);
    let void = close_vote(app, &secretary, &session, question, Ending::Void("Nhầm".to_owned()));
    assert_eq!(fault(void), CouncilFault::BallotClosed);
    let seen = room(app, &secretary, &session).unwrap();
    let seen = &seen.matters[0].questions[0];
    assert_eq!((seen.count.as_ref(), seen.ballots.len()), (Some(&before), 3));
    close_session(app, &secretary, &session, "Thống nhất").unwrap();
    assert_eq!(fault(chamber.put(&session, Ballot::Secret, "Xem lại")), CouncilFault::Stage { found: "closed" });
}

#[test]
fn quorum_lacking() {
    let chamber = Chamber::composed();
    let session = chamber.opened(OWN_RULE, &[0, 1, 2]);
    let lacking = chamber.put(&session, Ballot::Open, "");
    assert_eq!(fault(lacking), CouncilFault::QuorumLacking { present: 3, needed: 4 });
    chamber.ready(&session, 3);
    let question = chamber.put(&session, Ballot::Open, "").unwrap();
    // Who leaves before the closing without having voted is missing then.
    chamber.cast(&session, question, 0, Choice::Agree).unwrap();
    mark_presence(&chamber.app, &chamber.secretary(), &session, 4, false).unwrap();
    let count = close_vote(&chamber.app, &chamber.secretary(), &session, question, Ending::Count).unwrap().unwrap();
    assert_eq!((count.present.len(), count.quorum_needed, count.outcome), (3, 4, Outcome::NoQuorum));
}

#[test]
fn threshold_on_all_members_and_on_those_present() {
    let passed_of_five = |threshold: &str, of: VoteBase| {
        let chamber = Chamber::composed();
        let own = HouseRule { threshold: need(threshold, of), from: day("2020-06-01"), ..rule() };
        set_rule(&chamber.app, &chamber.secretary(), &chamber.council, own).unwrap();
        let session = chamber.opened(OWN_RULE, &[0, 1, 2, 3, 4]);
        let question = chamber.put(&session, Ballot::Open, "").unwrap();
        for at in 0..5 {
            chamber.cast(&session, question, at, Choice::Agree).unwrap();
        }
        close_vote(&chamber.app, &chamber.secretary(), &session, question, Ending::Count).unwrap().unwrap()
    };
    let present = passed_of_five("90", VoteBase::Present);
    assert_eq!((present.denominator, present.needed, present.outcome), (5, 5, Outcome::Passed));
    let all = passed_of_five("90", VoteBase::Members);
    assert_eq!((all.denominator, all.needed, all.outcome), (6, 6, Outcome::Failed));
}

#[test]
fn the_law_of_the_day_sets_the_threshold_and_demands_secrecy() {
    let chamber = Chamber::composed();
    let session = chamber.opened(NINE_TENTHS, &[0, 1, 2, 3, 4]);
    assert!(matches!(fault(chamber.put(&session, Ballot::Open, "")), CouncilFault::MustBeSecret { .. }));
    let question = chamber.put(&session, Ballot::Secret, "").unwrap();
    let seen = room(&chamber.app, &chamber.secretary(), &session).unwrap();
    let rule = &seen.matters[0].questions[0].question.rule;
    assert_eq!(rule.threshold, need("90", VoteBase::Members));
    assert!(matches!(rule.threshold_from, RuleSource::Law(..)), "{rule:?}");
    for at in 0..5 {
        chamber.code(&session, question, at, Choice::Agree);
    }
    // Five of six are not nine tenths; the letter of the sixth makes it so.
    let letter =
        |choice| NewOpinion {
            seat: 6, matter: 1, choice, text: "Nhất trí".to_owned(), received_on: day("2020-07-04")
        };
    assert_nothing(write_opinion(&chamber.app, &chamber.member(1), &session, &letter(Some(Choice::Agree))));
    let ahead = NewOpinion { received_on: day("2020-08-01"), ..letter(None) };
    assert_eq!(fault(write_opinion(&chamber.app, &chamber.secretary(), &session, &ahead)), CouncilFault::DayAhead);
    write_opinion(&chamber.app, &chamber.secretary(), &session, &letter(Some(Choice::Agree))).unwrap();
    let count = close_vote(&chamber.app, &chamber.secretary(), &session, question, Ending::Count).unwrap().unwrap();
    assert_eq!((count.ballots.agree, count.agreed, count.needed, count.outcome), (5, 6, 6, Outcome::Passed));
    let late = write_opinion(&chamber.app, &chamber.secretary(), &session, &letter(Some(Choice::Disagree)));
    assert_eq!(fault(late), CouncilFault::BallotClosed);
}

#[test]
fn a_second_vote_needs_a_reason_and_leaves_the_first_as_it_was() {
    let chamber = Chamber::composed();
    let session = chamber.opened(OWN_RULE, &[0, 1, 2, 3, 4, 5]);
    let first = chamber.put(&session, Ballot::Open, "").unwrap();
    assert_eq!(fault(chamber.put(&session, Ballot::Open, "Nữa")), CouncilFault::QuestionOpen);
    chamber.cast(&session, first, 0, Choice::Disagree).unwrap();
    assert_eq!(fault(chamber.cast(&session, first, 0, Choice::Agree)), CouncilFault::VotedAlready);
    let secretary = chamber.secretary();
    let count = close_vote(&chamber.app, &secretary, &session, first, Ending::Count).unwrap().unwrap();
    assert_eq!(fault(chamber.put(&session, Ballot::Open, " ")), CouncilFault::RevoteWithoutReason);
    let again = chamber.put(&session, Ballot::Secret, "Đơn vị bổ sung minh chứng").unwrap();
    for at in 0..4 {
        chamber.code(&session, again, at, Choice::Agree);
    }
    close_vote(&chamber.app, &secretary, &session, again, Ending::Count).unwrap();
    let seen = room(&chamber.app, &secretary, &session).unwrap();
    let rounds = &seen.matters[0].questions;
    assert_eq!((rounds[0].count.as_ref(), rounds[1].question.round), (Some(&count), 2));
    assert_eq!(rounds[1].count.as_ref().unwrap().outcome, Outcome::Passed);
}

#[test]
fn an_urn_that_went_with_its_process_is_void_and_the_vote_is_put_again() {
    let mut chamber = Chamber::composed();
    let session = chamber.opened(OWN_RULE, &[0, 1, 2, 3, 4, 5]);
    let question = chamber.put(&session, Ballot::Secret, "").unwrap();
    for at in 0..3 {
        chamber.code(&session, question, at, Choice::Agree);
    }
    chamber.app.urns = Urns::default();
    let lost = CouncilFault::UrnLost { voters: 3, ballots: 0 };
    assert_eq!(fault(chamber.cast(&session, question, 3, Choice::Agree)), lost);
    let (app, secretary) = (&chamber.app, chamber.secretary());
    assert_eq!(fault(close_vote(app, &secretary, &session, question, Ending::Count)), lost);
    let silent = close_vote(app, &secretary, &session, question, Ending::Void(" ".to_owned()));
    assert_eq!(fault(silent), CouncilFault::EmptyText);
    close_vote(app, &secretary, &session, question, Ending::Void("Máy chủ khởi động lại".to_owned())).unwrap();
    let again = chamber.put(&session, Ballot::Secret, "Lần trước bị hủy").unwrap();
    for at in 0..4 {
        chamber.code(&session, again, at, Choice::Agree);
    }
    let count = close_vote(app, &secretary, &session, again, Ending::Count).unwrap().unwrap();
    assert_eq!(count.outcome, Outcome::Passed);
}

#[test]
fn strangers_find_nothing() {
    let chamber = Chamber::composed();
    let session = chamber.opened(OWN_RULE, &[0, 1, 2, 3, 4, 5]);
    let question = chamber.put(&session, Ballot::Open, "").unwrap();
    let app = &chamber.app;
    let of_matter =
        |choice| NewOpinion { seat: 1, matter: 1, choice, text: "x".to_owned(), received_on: day("2020-07-04") };
    for by in chamber.strangers() {
        assert_nothing(room(app, &by, &session));
        assert_nothing(open_session(app, &by, &session));
        assert_nothing(mark_presence(app, &by, &session, 1, false));
        assert_nothing(declare_conflict(app, &by, &session, &[(1, None)]));
        assert_nothing(cast_ballot(app, &by, &session, question, Choice::Agree));
        assert_nothing(close_vote(app, &by, &session, question, Ending::Count));
        assert_nothing(close_session(app, &by, &session, ""));
        assert_nothing(write_opinion(app, &by, &session, &of_matter(None)));
        assert_nothing(minutes(app, &by, &session));
        let put = NewQuestion { matter: 1, ballot: Ballot::Open, text: "x".to_owned(), reason: String::new() };
        assert_nothing(put_question(app, &by, &session, &put));
        assert_nothing(change_composition(app, &by, &chamber.council, &warrant(), day("2020-07-05"), &[2], Vec::new()));
        assert_nothing(set_rule(app, &by, &chamber.council, rule()));
    }
    let [same_unit, elsewhere, reader] = chamber.strangers();
    // Who reads councils of the unit sees who sits and that it meets, not what it meets on.
    let seen = show(app, &same_unit, &chamber.council).unwrap();
    assert_eq!((seen.composition.seats.len(), seen.sessions.len(), seen.sessions[0].enters), (6, 1, false));
    assert_nothing(show(app, &elsewhere, &chamber.council));
    assert_nothing(list(app, &reader));
    assert!(list(app, &elsewhere).unwrap().0.is_empty());
    // A member does not run the session, nor mark others, nor put words in their mouths.
    let member = chamber.member(1);
    assert_nothing(close_vote(app, &member, &session, question, Ending::Count));
    assert_nothing(mark_presence(app, &member, &session, 1, false));
    assert_nothing(write_opinion(app, &member, &session, &of_matter(None)));
    assert_nothing(write_opinion(app, &member, &session, &NewOpinion { seat: 2, ..of_matter(Some(Choice::Agree)) }));
    // No key votes or runs a session, whatever it may do else.
    let limit = Limit { scopes: TokenScope::ALL.to_vec(), units: None };
    assert_nothing(cast_ballot(app, &member.limited(limit.clone()), &session, question, Choice::Agree));
    assert_nothing(close_vote(app, &chamber.secretary().limited(limit), &session, question, Ending::Count));
}

#[test]
fn a_session_keeps_who_sat_at_its_opening() {
    let chamber = Chamber::composed();
    let session = chamber.opened(OWN_RULE, &[0, 1, 2, 3, 4, 5]);
    let (app, secretary) = (&chamber.app, chamber.secretary());
    let stranger = NewSeat {
        role: SeatRole::Member,
        votes: true,
        name: "Người mới".to_owned(),
        position: String::new(),
        unit: None,
        account: Some(thidua_domain::actor::AccountId::parse("tk-khong-co").unwrap()),
        subject: None,
    };
    let later = thidua_domain::council::Warrant { number: "90/QĐ-UBND".to_owned(), on: day("2020-07-01") };
    let unknown =
        change_composition(app, &secretary, &chamber.council, &later, day("2020-07-02"), &[2], vec![stranger.clone()]);
    assert_eq!(fault(unknown), CouncilFault::Unknown { asked: "tk-khong-co".to_owned() });
    let new = NewSeat { account: None, ..stranger };
    change_composition(app, &secretary, &chamber.council, &later, day("2020-07-02"), &[2], vec![new]).unwrap();
    let names: Vec<String> =
        room(app, &secretary, &session).unwrap().members.into_iter().map(|member| member.seat.name).collect();
    assert!(names.contains(&format!("Người {}", NAMES[1])) && names.len() == 6, "{names:?}");
    // The next one has the new member.
    let next = chamber.called(vec![matter("Ông Trần Quốc Bảo", OWN_RULE)]);
    open_session(app, &secretary, &next).unwrap();
    let members = room(app, &secretary, &next).unwrap().members;
    assert!(members.iter().any(|member| member.seat.name == "Người mới") && members.len() == 6);
    assert_nothing(room(app, &chamber.member(1), &next));
}

#[test]
fn a_session_is_called_with_what_is_known() {
    let chamber = Chamber::composed();
    let (app, secretary) = (&chamber.app, chamber.secretary());
    let session = |matters| thidua_app::council::NewSession {
        council: chamber.council.clone(),
        held_on: day("2020-07-05"),
        place: String::new(),
        matters,
    };
    assert_eq!(fault(call_session(app, &secretary, session(Vec::new()))), CouncilFault::EmptyAgenda);
    let unknown = call_session(app, &secretary, session(vec![matter("x", "khong-co")]));
    assert_eq!(fault(unknown), CouncilFault::Unknown { asked: "khong-co".to_owned() });
    assert_nothing(call_session(app, &chamber.member(0), session(vec![matter("x", OWN_RULE)])));
    let called = chamber.called(vec![matter("Bà Lê Thị Bình", OWN_RULE)]);
    assert_eq!(fault(mark_presence(app, &secretary, &called, 1, true)), CouncilFault::Stage { found: "called" });
    let verbs: Vec<String> = audit::tail(app, &chamber.operator, 2).unwrap().into_iter().map(|row| row.verb).collect();
    assert_eq!(verbs, ["call-session", "compose-council"]);
}
