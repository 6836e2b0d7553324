//! The table of steps whole; what is ripe; clocks, comparisons, overlaps.

mod printed;

use proptest::prelude::*;
use thidua_base::{Date, Timestamp};
use thidua_law::Book;
use thidua_law::answer::{Answer, Question};
use thidua_law::holiday::Calendar;
use thidua_law::honour::Honour;
use thidua_law::record::Record;
use thidua_law::table::Said;
use thidua_law::vocabulary::{Clock, SubjectKind};

use super::*;
use crate::actor::{Right, Who};
use crate::actor::{Role, Verb, right_of};
use crate::honour::CommendationType;
use crate::origin::{Origin, Provenance};
use crate::subject::Entered;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn code<K: Kind>(text: &str) -> Code<K> {
    Code::parse(text).unwrap()
}

fn provenance() -> Provenance {
    Provenance { origin: Origin::Sample, source: "test".into() }
}

fn event(act: Act, when: &str) -> Event {
    Event { act, by: "Hòa".into(), account: None, at: at(when), reason: String::new() }
}

fn judgement() -> Judgement {
    Judgement {
        asked_on: day("2026-09-01"),
        law_on: day("2026-09-01"),
        rule: "ngay-quyet-dinh".into(),
        rule_cite: String::new(),
        version_from: Some(day("2024-01-01")),
        book: "00".into(),
        outcome: "du".into(),
        findings: Vec::new(),
    }
}

fn dossier(honour: &str, events: Vec<Event>) -> Dossier {
    Dossier {
        id: code("d-1"),
        round: code("r-1"),
        batch: None,
        unit: code("xa-a"),
        subject: code("s-1"),
        honour: code(honour),
        year: 2025,
        achievement: "Hoàn thành xuất sắc nhiệm vụ năm 2025".into(),
        provenance: provenance(),
        events,
        stops: Vec::new(),
    }
}

fn round() -> Round {
    Round {
        id: code("r-1"),
        unit: code("xa"),
        year: 2025,
        kind: CommendationType::Achievement,
        name: "Khen năm 2025".into(),
        opens: day("2026-01-05"),
        closes: day("2026-10-31"),
        provenance: provenance(),
        entered: Entered { by: "Hòa".into(), at: at("2026-01-05T01:00:00Z"), reason: String::new() },
    }
}

/// The verbs of an act for every stage.
fn acts() -> Vec<Act> {
    let mut acts: Vec<Act> = STEPS.iter().filter_map(|step| Act::plain(step.verb)).collect();
    acts.extend([Act::Submit(Box::new(judgement())), Act::Rejudge(Box::new(judgement())), Act::Return(Vec::new())]);
    acts
}

#[test]
fn every_step_is_decided_for_every_stage_and_every_role() {
    let mut open = 0;
    for (step, stage) in STEPS.iter().flat_map(|step| Stage::ALL.map(|stage| (step, stage))) {
        // A dossier brought to the stage by the act that leads there.
        let act = acts().into_iter().find(|act| act.stage() == stage).expect("every stage is reached by an act");
        let held = dossier("giay-khen-ubnd-xa", vec![event(act, "2026-02-01T01:00:00Z")]);
        assert_eq!(held.stage(), stage);
        match step_of(step.verb, &held) {
            Ok(found) => {
                open += 1;
                assert!(found.from.contains(&stage) && found.to == step.to, "{step:?}");
            }
            Err(fault) => assert_eq!(fault, DossierFault::WrongStage { stage: stage.word() }),
        }
        for role in Role::ALL {
            // The table of rights has a row for the verb, and never gives more than a unit's reach.
            assert_ne!(right_of(step.verb, Who::Holder(role)), Right::Everywhere, "{step:?} {role:?}");
        }
        assert_eq!(right_of(step.verb, Who::Reader), Right::Never);
        assert_eq!(right_of(step.verb, Who::Person), Right::Never);
    }
    assert_eq!(open, STEPS.iter().map(|step| step.from.len()).sum::<usize>());
    for step in STEPS {
        assert!(acts().iter().any(|act| act.verb() == step.verb), "an act for {step:?}");
        assert!(Role::ALL.iter().any(|role| right_of(step.verb, Who::Holder(*role)) == Right::Reached), "{step:?}");
    }
    for end in [Stage::Granted, Stage::Declined, Stage::Refused, Stage::Withdrawn, Stage::Dropped] {
        assert_eq!(steps_from(end).count(), 0, "{end:?} is an end");
    }
}

#[test]
fn words_are_read_back() {
    for stage in Stage::ALL {
        assert_eq!(Stage::parse(stage.word()), Some(stage));
    }
    for act in MatterActKind::ALL {
        assert_eq!(MatterActKind::parse(act.word()), Some(act));
    }
    assert_eq!((Stage::parse("x"), MatterActKind::parse("x")), (None, None));
}

/// Everything a dossier is seen with, to be changed by a test.
struct Case {
    book: &'static Book,
    dossier: Dossier,
    round: Round,
    answer: Answer,
    papers: Vec<Needed>,
    places: Vec<Places>,
    overlaps: Vec<Overlap>,
    matters: Vec<Matter>,
}

impl Case {
    fn of(honour: &str, on: &str, record: impl FnOnce(&mut Record)) -> Self {
        let book = Book::shipped().unwrap();
        let dossier = dossier(honour, vec![event(Act::Nominate, "2026-02-01T01:00:00Z")]);
        let mut known = Record::unknown(SubjectKind::Person);
        record(&mut known);
        let question = Question {
            honour: dossier.honour.clone(),
            on: day(on),
            year: dossier.year,
            received_on: None,
            proposed_on: None,
            kind: None,
            subject: SubjectKind::Person,
        };
        let answer = book.answer(&question, &known);
        let (places, overlaps, matters) = (Vec::new(), Vec::new(), Vec::new());
        Self { book, dossier, round: round(), answer, papers: Vec::new(), places, overlaps, matters }
    }

    fn honour(&self) -> &'static Honour {
        self.book.honour(&self.dossier.honour).unwrap()
    }

    fn obstacles(&self, verb: Verb, today: &str) -> Vec<Obstacle> {
        let seen = Seen {
            today: day(today),
            dossier: &self.dossier,
            round: &self.round,
            honour: self.honour(),
            answer: &self.answer,
            papers: &self.papers,
            places: &self.places,
            overlaps: &self.overlaps,
            matters: &self.matters,
            calendar: self.book.calendar(),
        };
        ripe(STEPS.iter().find(|step| step.verb == verb).unwrap(), &seen)
    }

    fn codes(&self, verb: Verb, today: &str) -> Vec<&'static str> {
        self.obstacles(verb, today).iter().filter(|one| one.refuses).map(|one| one.fault.code()).collect()
    }
}

fn matter(kind: MatterKind, from: &str, days: u16) -> Matter {
    Matter {
        number: 1,
        kind,
        from: day(from),
        days,
        clock: Clock::WorkingDays,
        party: "Công an xã".into(),
        body: "Cho ý kiến".into(),
        by: "Hòa".into(),
        at: at("2026-03-02T01:00:00Z"),
        acts: Vec::new(),
    }
}

fn act(kind: MatterActKind, days: u16) -> MatterAct {
    MatterAct { kind, days, body: "x".into(), by: "Hòa".into(), at: at("2026-03-03T01:00:00Z") }
}

#[test]
fn a_dossier_is_sent_for_the_first_time_within_the_days_of_its_round() {
    let mut case = Case::of("giay-khen-ubnd-xa", "2026-02-01", |_| {});
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-02-01"), Vec::<&str>::new());
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-11-01"), ["round-closed"]);
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-01-04"), ["round-closed"]);
    // Sent in time, sent back, sent again: the round may have closed meanwhile.
    case.dossier.events.push(event(Act::Submit(Box::new(judgement())), "2026-10-31T01:00:00Z"));
    case.dossier.events.push(event(Act::Return(Vec::new()), "2026-11-02T01:00:00Z"));
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-11-03"), Vec::<&str>::new());
}

#[test]
fn a_stop_holds_for_its_days_and_ends_by_itself() {
    let mut case = Case::of("giay-khen-ubnd-xa", "2026-02-01", |_| {});
    let stop = |from: &str, until: Option<&str>| Stop {
        cause: StopCause::Inspection,
        from: day(from),
        until: until.map(day),
        reason: "Đang thanh tra".into(),
        by: "Hòa".into(),
        at: at("2026-02-01T01:00:00Z"),
    };
    case.dossier.stops.push(stop("2026-02-01", Some("2026-03-01")));
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-02-28"), ["dossier-stopped"]);
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-03-01"), Vec::<&str>::new());
    case.dossier.stops.push(stop("2026-02-10", None));
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-10-01"), ["dossier-stopped"]);
    case.dossier.stops.push(stop("2026-02-10", Some("2026-02-20")));
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-02-20"), Vec::<&str>::new());
}

#[test]
fn an_inquiry_suspends_and_a_paper_read_in_the_law_refuses_while_a_remembered_one_warns() {
    let case = Case::of("giay-khen-ubnd-xa", "2026-02-01", |record| {
        record.inquiries.push(thidua_law::record::Inquiry {
            kind: thidua_law::vocabulary::InquiryKind::Complaint,
            from: day("2026-01-20"),
            to: None,
            key: "fact:1".into(),
        });
    });
    let obstacles = case.obstacles(Verb::SubmitDossier, "2026-02-01");
    assert!(
        matches!(&obstacles[0], Obstacle { fault: DossierFault::Suspended { cite, .. }, refuses: true } if cite.contains("nghi-dinh-152-2025-nd-cp"))
    );
    let mut now = Case::of("chien-si-thi-dua-co-so", "2026-02-01", |_| {});
    now.papers = needed(now.honour(), day("2026-02-01"), &[], true);
    assert_eq!(now.papers.first().unwrap().standing, PaperStanding::Missing);
    assert!(now.codes(Verb::AppraiseDossier, "2026-02-01").contains(&"papers-missing"));
    // In 2020 the papers of the title were known from second hand only: nobody is refused by them.
    let mut then = Case::of("chien-si-thi-dua-co-so", "2020-02-01", |_| {});
    then.papers = needed(then.honour(), day("2020-02-01"), &[], true);
    let faults = then.obstacles(Verb::AppraiseDossier, "2020-02-01");
    let told = faults.iter().find(|one| matches!(one.fault, DossierFault::MissingPapers { .. })).unwrap();
    assert!(!told.refuses);
}

#[test]
fn a_quota_refuses_only_beyond_every_reading_of_its_clause_and_never_of_an_unknown_base() {
    let mut case = Case::of("chien-si-thi-dua-co-so", "2020-02-01", |_| {});
    let quota = thidua_law::honour::on_day(&case.honour().procedure.quotas, day("2020-02-01")).next().unwrap().clone();
    let of = |base, asked| places((code("xa-a"), "Xã A".into()), &quota, base, asked);
    // 15 % of 8 are 1.2 places: one for certain, two at most, since no rounding is fixed.
    for (base, asked, refused, told) in
        [(8, 1, false, false), (8, 2, false, true), (8, 3, true, true), (0, 5, false, false)]
    {
        case.places = vec![of(base, asked)];
        let faults: Vec<Obstacle> = case
            .obstacles(Verb::SubmitDossier, "2026-02-01")
            .into_iter()
            .filter(|one| matches!(one.fault, DossierFault::OverQuota { .. }))
            .collect();
        assert_eq!((faults.iter().any(|one| one.refuses), !faults.is_empty()), (refused, told), "{base} {asked}");
    }
    // The tier of the receiver is asked when it appraises, not when a unit sends.
    case.places = vec![places((code("huyen"), "Huyện".into()), &quota, 16, 4)];
    assert!(!case.codes(Verb::SubmitDossier, "2026-02-01").contains(&"over-quota"));
    assert!(case.codes(Verb::AppraiseDossier, "2026-02-01").contains(&"over-quota"));
}

fn claimed(id: Option<&str>, honour: &str, year: i16, achievement: &str) -> Claimed {
    Claimed {
        dossier: id.map(code),
        honour: code(honour),
        name: Said::new(honour, honour),
        year,
        achievement: achievement.into(),
        is_form: !honour.starts_with("chien-si"),
        by: "Xã A".into(),
    }
}

#[test]
fn overlaps_are_found_across_units_years_and_forms() {
    let mine = claimed(Some("d-1"), "giay-khen-ubnd-xa", 2025, "Cứu người trong lũ tháng 10/2025");
    let found = overlaps(
        &mine,
        &[
            mine.clone(),
            claimed(Some("d-2"), "bang-khen-bo-nganh-tinh", 2026, "CỨU NGƯỜI trong lu thang 10/2025"),
            claimed(None, "giay-khen-so", 2025, "Việc khác"),
            claimed(Some("d-3"), "giay-khen-ubnd-xa", 2025, ""),
            claimed(Some("d-4"), "chien-si-thi-dua-co-so", 2025, "Cứu người trong lũ tháng 10/2025"),
            claimed(Some("d-5"), "giay-khen-so", 2020, "Việc cũ"),
        ],
    );
    let told: Vec<(OverlapKind, &str)> = found.iter().map(|one| (one.kind, one.with.honour.as_str())).collect();
    assert_eq!(
        told,
        [
            (OverlapKind::SameHonour, "giay-khen-ubnd-xa"),
            (OverlapKind::SameAchievement, "bang-khen-bo-nganh-tinh"),
            (OverlapKind::SameYear, "giay-khen-so"),
        ]
    );
}

#[test]
fn trial_a_second_form_for_one_achievement_is_refused_with_its_clause() {
    let mut case = Case::of("giay-khen-ubnd-xa", "2026-02-01", |record| {
        record.statements.insert(NO_AWARD_YET.into(), false);
    });
    let other = claimed(Some("d-2"), "bang-khen-bo-nganh-tinh", 2025, &case.dossier.achievement);
    case.overlaps = vec![Overlap { kind: OverlapKind::SameAchievement, with: other }];
    let obstacles = case.obstacles(Verb::SubmitDossier, "2026-02-01");
    let told = obstacles.iter().find(|one| one.fault.code() == "same-achievement").unwrap();
    assert!(told.refuses, "{obstacles:?}");
    assert!(matches!(&told.fault, DossierFault::SameAchievement { cite, .. } if cite.contains("luat-06-2022-qh15")));
    // It is told once, not again as a bare condition.
    assert_eq!(case.codes(Verb::SubmitDossier, "2026-02-01"), ["same-achievement"]);
}

#[test]
fn trial_no_vote_before_the_notice_ends_and_every_objection_is_closed() {
    let mut case = Case::of("huan-chuong-lao-dong-hang-ba", "2026-03-02", |_| {});
    assert!(case.codes(Verb::TableDossier, "2026-03-02").contains(&"notice-missing"));
    let honour = case.honour();
    let law = day("2026-03-02");
    assert!(matches!(
        judge_opening(honour, law, MatterKind::Notice, 9),
        Err(Refusal::Dossier(DossierFault::NoticeTooShort { days: 10, .. }))
    ));
    assert_eq!(judge_opening(honour, law, MatterKind::Notice, 10), Ok(()));
    // From Monday 2 March ten working days end on Monday 16 March.
    case.matters = vec![matter(MatterKind::Notice, "2026-03-02", 10)];
    assert_eq!(case.codes(Verb::TableDossier, "2026-03-16"), ["notice-runs"]);
    assert_eq!(case.codes(Verb::TableDossier, "2026-03-17"), Vec::<&str>::new());
    case.matters[0].acts.push(act(MatterActKind::Extend, 2));
    assert_eq!(case.codes(Verb::TableDossier, "2026-03-18"), ["notice-runs"]);
    case.matters.push(matter(MatterKind::Objection, "2026-03-05", 10));
    assert_eq!(case.codes(Verb::TableDossier, "2026-03-19"), ["dossier-objections-open"]);
    let objection = case.matters.last_mut().unwrap();
    assert!(objection.judge(MatterActKind::Close).is_err(), "nothing is closed before it was looked at");
    for step in [MatterActKind::Triage, MatterActKind::Answer, MatterActKind::Close] {
        objection.judge(step).unwrap();
        objection.acts.push(act(step, 0));
    }
    assert_eq!(objection.open_acts().count(), 0);
    assert_eq!(case.codes(Verb::TableDossier, "2026-03-19"), Vec::<&str>::new());
}

#[test]
fn a_consultation_holds_until_it_is_answered_or_silent_beyond_its_days() {
    let mut case = Case::of("giay-khen-ubnd-xa", "2026-03-02", |_| {});
    case.matters = vec![matter(MatterKind::Consultation, "2026-03-02", 10)];
    assert_eq!(case.codes(Verb::TableDossier, "2026-03-10"), ["consultation-runs"]);
    assert_eq!(case.codes(Verb::TableDossier, "2026-03-17"), Vec::<&str>::new());
    case.matters[0].acts.push(act(MatterActKind::Agree, 0));
    assert_eq!(case.codes(Verb::TableDossier, "2026-03-10"), Vec::<&str>::new());
}

#[test]
fn clocks_step_over_days_off_and_say_when_they_are_not_certain() {
    let calendar = Calendar::shipped().unwrap();
    let mut tet = matter(MatterKind::Notice, "2020-01-22", 5);
    let standing = tet.standing(day("2020-01-30"), &calendar);
    assert_eq!((standing.until, standing.left, standing.is_over), (day("2020-02-05"), 4, false));
    assert!(tet.standing(day("2020-02-06"), &calendar).is_over);
    tet.clock = Clock::Days;
    assert_eq!(
        tet.standing(day("2020-01-22"), &calendar).until,
        day("2020-01-30"),
        "a term ends on a day that is worked"
    );
    assert!(!matter(MatterKind::Notice, "2027-12-20", 20).standing(day("2027-12-21"), &calendar).is_certain);
}

#[test]
fn a_grant_straight_from_the_appraisal_is_open_only_where_the_law_asks_for_no_vote() {
    let mut plain = Case::of("giay-khen-ubnd-xa", "2026-03-02", |_| {});
    plain.dossier.events.push(event(Act::Submit(Box::new(judgement())), "2026-02-02T01:00:00Z"));
    plain.dossier.events.push(event(Act::Appraise, "2026-02-03T01:00:00Z"));
    assert_eq!(plain.codes(Verb::GrantHonour, "2026-03-02"), Vec::<&str>::new());
    let mut voted = Case::of("chien-si-thi-dua-toan-quoc", "2023-03-02", |_| {});
    voted.dossier.events.clone_from(&plain.dossier.events);
    assert!(voted.codes(Verb::GrantHonour, "2023-03-02").contains(&"council-missing"));
    // Since 2024 the clause of the vote is known from memory only: it warns.
    let mut now = Case::of("chien-si-thi-dua-bo-nganh-tinh", "2026-03-02", |_| {});
    now.dossier.events.clone_from(&plain.dossier.events);
    let told = now.obstacles(Verb::GrantHonour, "2026-03-02");
    assert!(told.iter().any(|one| one.fault.code() == "council-missing" && !one.refuses));
}

#[test]
fn a_sent_dossier_carries_its_law_and_a_later_judgement_replaces_it() {
    let mut held = dossier("giay-khen-ubnd-xa", vec![event(Act::Nominate, "2026-02-01T01:00:00Z")]);
    assert_eq!((held.judgement(), held.received_on()), (None, None));
    held.events.push(event(Act::Submit(Box::new(judgement())), "2026-09-30T18:00:00Z"));
    held.events.push(event(Act::Appraise, "2026-10-02T01:00:00Z"));
    assert_eq!(held.judgement().unwrap().law_on, day("2026-09-01"));
    // Seven hours ahead: it was the first of October here.
    assert_eq!(held.received_on(), Some(day("2026-10-01")));
    let later = Judgement { law_on: day("2026-10-02"), ..judgement() };
    held.events.push(event(Act::Rejudge(Box::new(later)), "2026-10-02T02:00:00Z"));
    assert_eq!((held.judgement().unwrap().law_on, held.stage()), (day("2026-10-02"), Stage::Submitted));
    assert_eq!(held.judge_seen(3), Err(Refusal::ChangedMeanwhile));
    assert_eq!(held.judge_seen(4), Ok(()));
    assert!(held.judge_written().is_err());
}

#[test]
fn a_round_has_a_name_and_its_days_in_order() {
    let new = |name: &str, opens: &str, closes: &str, year| NewRound {
        unit: code("xa"),
        year,
        kind: CommendationType::Irregular,
        name: name.into(),
        opens: day(opens),
        closes: day(closes),
    };
    assert_eq!(judge_round(new("  Khen   đột xuất ", "2026-01-05", "2026-01-05", 2026)).unwrap().name, "Khen đột xuất");
    assert_eq!(judge_round(new(" ", "2026-01-05", "2026-01-06", 2026)), Err(Refusal::EmptyText));
    assert!(matches!(judge_round(new("x y", "2026-01-05", "2026-01-04", 2026)), Err(Refusal::EmptySpan { .. })));
    assert!(judge_round(new("x y", "2026-01-05", "2026-01-06", 2027)).is_err());
}

#[test]
fn a_report_is_kept_tidy_and_its_versions_are_compared_line_by_line() {
    assert_eq!(judge_report("  \n "), Err(Refusal::EmptyText));
    assert!(matches!(judge_report(&"x".repeat(REPORT_CHARS_MAX + 1)), Err(Refusal::LongText { .. })));
    assert_eq!(judge_report("I. Sơ lược  \r\nb\n\n").unwrap(), "I. Sơ lược\nb");
    assert_eq!(
        changes("a\nb\nc", "a\nx\nc\nd"),
        [
            Change::Same("a".into()),
            Change::Removed("b".into()),
            Change::Added("x".into()),
            Change::Same("c".into()),
            Change::Added("d".into()),
        ]
    );
}

proptest! {
    #[test]
    fn both_texts_are_found_again_in_their_comparison(old in "([ab]\n?){0,12}", new in "([abc]\n?){0,12}") {
        let told = changes(&old, &new);
        let side = |wanted: fn(&Change) -> Option<&String>| told.iter().filter_map(wanted).cloned().collect::<Vec<_>>();
        let older = side(|change| match change { Change::Same(line) | Change::Removed(line) => Some(line), Change::Added(_) => None });
        let newer = side(|change| match change { Change::Same(line) | Change::Added(line) => Some(line), Change::Removed(_) => None });
        prop_assert_eq!(older, old.lines().map(str::to_owned).collect::<Vec<_>>());
        prop_assert_eq!(newer, new.lines().map(str::to_owned).collect::<Vec<_>>());
    }
}
