//! Dossiers over the sample data: a year in the district of 2020 and in the province of 2026, strangers, and the trials.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::dossier::{
    BoardAsked, NewDossier, NewMatter, NewPaper, NewStop, StepAsked, act_on_matter, attach_paper, board, draft_report,
    nominate, notices, open_matter, open_round, paper_file, prepare, rounds, show, stop, take_step, take_steps,
    write_report,
};
use thidua_app::pack::{load, read, shipped};
use thidua_app::{App, Clock, Error, audit};
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::{Code, Date, Timestamp};
use thidua_domain::actor::{Post, Reach, Role, Verb};
use thidua_domain::dossier::{
    DossierId, MatterActKind, MatterKind, NamedField, NewRound, PaperStanding, RoundId, Stage, StopCause,
};
use thidua_domain::honour::{CommendationType, Subject};
use thidua_domain::refusal::DossierFault;
use thidua_domain::subject::{About, Details, Entered, Fact, FactKind, Fields, Identity, SubjectId};
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_law::Book;
use thidua_law::vocabulary::Clock as LawClock;
use thidua_store::Db;
use thidua_store::audit::Chain;
use thidua_testkit::both_engines;
use world::World;

/// A tenant with a clock that is set by hand.
struct House {
    app: App,
    by: Actor,
}

fn code<K: thidua_base::code::Kind>(text: &str) -> Code<K> {
    Code::parse(text).unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn sample() -> Provenance {
    Provenance { origin: Origin::Sample, source: "mẫu".into() }
}

fn refusal(error: Error) -> Refusal {
    match error {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> &'static str {
    refusal(done.unwrap_err()).code()
}

fn is_absent<T>(done: Result<T, Error>) -> bool {
    matches!(done, Err(Error::NotFound(_)))
}

fn step(verb: Verb) -> StepAsked {
    StepAsked { verb, reason: String::new(), fields: Vec::new() }
}

fn because(verb: Verb, reason: &str) -> StepAsked {
    StepAsked { reason: reason.into(), ..step(verb) }
}

impl House {
    fn district(db: Db) -> Self {
        let world = World::loaded_into(db);
        Self { app: world.app, by: world.by }
    }

    fn province(db: Db) -> Self {
        let book = Book::shipped().unwrap();
        let at = Timestamp::parse("2026-01-05T02:00:00Z").unwrap();
        let pack = read(&shipped("thanh-hoa-2026").unwrap(), book).unwrap();
        load(&db, book, &pack, "kiểm thử", at).unwrap();
        let app = App::open(db, Clock::Set(at)).unwrap();
        let by = Actor::operator("kiểm thử", app.home.tenant.clone());
        Self { app, by }
    }

    fn on(&mut self, day: &str) {
        self.app.clock = Clock::Set(Timestamp::parse(&format!("{day}T02:00:00Z")).unwrap());
    }

    fn person(&self, role: Role, units: &[&str]) -> Actor {
        let post = Post { role, reach: Reach::Only(units.iter().map(|id| code(id)).collect()) };
        Actor::person("Nguyễn Thị Hòa", self.app.home.tenant.clone(), code("tk-1"), vec![post])
    }

    fn round(&self, unit: &str, year: i16, opens: &str, closes: &str) -> RoundId {
        let new = NewRound {
            unit: code(unit),
            year,
            kind: CommendationType::Achievement,
            name: format!("Khen thưởng năm {year}"),
            opens: day(opens),
            closes: day(closes),
        };
        open_round(&self.app, &self.by, new, sample()).unwrap().id
    }

    fn nomination(&self, round: &RoundId, unit: &str, subject: &str, honour: &str, what: &str) -> NewDossier {
        NewDossier {
            round: round.clone(),
            unit: code(unit),
            subject: code(subject),
            honour: code(honour),
            achievement: what.into(),
            batch: None,
            new_batch: String::new(),
            provenance: sample(),
        }
    }

    fn nominated(&self, round: &RoundId, unit: &str, subject: &str, honour: &str, what: &str) -> DossierId {
        nominate(&self.app, &self.by, &self.nomination(round, unit, subject, honour, what)).unwrap().id
    }

    /// Writes the report and attaches every paper that is missing.
    fn completed(&self, id: &DossierId) {
        let draft = draft_report(&self.app, &self.by, id).unwrap();
        write_report(&self.app, &self.by, id, 0, &draft).unwrap();
        for one in show(&self.app, &self.by, id).unwrap().look.papers {
            if one.standing == PaperStanding::Missing {
                let new = NewPaper { code: one.paper.what.code, number: "12/TTr-UBND".into(), ..NewPaper::default() };
                attach_paper(&self.app, &self.by, id, new).unwrap();
            }
        }
    }

    fn version(&self, id: &DossierId) -> usize {
        show(&self.app, &self.by, id).unwrap().dossier.version()
    }

    fn take(&self, id: &DossierId, asked: &StepAsked) -> Result<Stage, Error> {
        take_step(&self.app, &self.by, id, self.version(id), asked)
    }
}

both_engines! {
    fn a_year_in_the_district_of_2020(test) {
        let mut house = House::district(test.db().clone());
        house.on("2020-01-06");
        let round = house.round("h-397-ubnd", 2020, "2020-01-06", "2020-12-15");
        house.on("2020-11-16");
        let an = house.nominated(&round, "h-397-gddt", "ts-p-02", "giay-khen-ubnd-huyen", "Hoàn thành tốt nhiệm vụ năm 2020");
        let hoa = house.nominated(&round, "x-15703", "ts-p-05", "giay-khen-ubnd-huyen", "Hoàn thành tốt nhiệm vụ năm 2020");
        // The same honour and year once more, from wherever.
        let again = house.nomination(&round, "h-397-gddt", "ts-p-02", "giay-khen-ubnd-huyen", "Việc khác");
        assert_eq!(refused(nominate(&house.app, &house.by, &again)), "nominated-already");
        house.completed(&an);
        house.completed(&hoa);
        let seen = show(&house.app, &house.by, &an).unwrap();
        assert!(seen.reports[0].body.contains("Nguyễn Văn Thành") && seen.reports[0].body.contains("xếp loại"));
        assert_eq!(house.take(&an, &step(Verb::SubmitDossier)).unwrap(), Stage::Submitted);
        let sent = show(&house.app, &house.by, &an).unwrap();
        let judged = sent.dossier.judgement().unwrap();
        assert_eq!((judged.law_on, judged.book.as_str()), (day("2020-11-16"), house.app.shipped.hash()));
        assert!(!sent.frozen.is_empty() && !sent.writes, "what was sent is no longer written");
        assert_eq!(refused(write_report(&house.app, &house.by, &an, 1, "khác")), "dossier-stage");
        // Sent back with its fields, corrected, sent again.
        assert_eq!(refused(house.take(&an, &because(Verb::ReturnDossier, "Thiếu số liệu"))), "nothing-chosen");
        let fields = vec![NamedField { field: "report".into(), reason: "Thiếu số liệu".into() }];
        let back = StepAsked { fields, ..because(Verb::ReturnDossier, "Bổ sung báo cáo") };
        assert_eq!(house.take(&an, &back).unwrap(), Stage::Returned);
        let returned = show(&house.app, &house.by, &an).unwrap();
        assert_eq!(returned.dossier.returned_fields()[0].field, "report");
        write_report(&house.app, &house.by, &an, 1, "Báo cáo có số liệu").unwrap();
        assert_eq!(refused(write_report(&house.app, &house.by, &an, 1, "Người thứ hai")), "changed-meanwhile");
        // After the round closed: what had been sent in time comes back, what had not does not.
        house.on("2020-12-16");
        assert_eq!(house.take(&an, &step(Verb::SubmitDossier)).unwrap(), Stage::Submitted);
        assert_eq!(refused(house.take(&hoa, &step(Verb::SubmitDossier))), "round-closed");
        assert_eq!(house.take(&an, &step(Verb::AppraiseDossier)).unwrap(), Stage::Appraised);
        assert_eq!(house.take(&hoa, &because(Verb::WithdrawDossier, "Quá hạn")).unwrap(), Stage::Withdrawn);
        let listed = rounds(&house.app, &house.by).unwrap();
        assert_eq!((listed.rounds[0].at(Stage::Appraised), listed.rounds[0].all()), (1, 2));
        assert!(matches!(audit::verify(&house.app, &house.by).unwrap(), Chain::Whole { rows, .. } if rows > 10));
    }

    fn a_year_in_the_province_of_2026(test) {
        let mut house = House::province(test.db().clone());
        let round = house.round("t-38", 2025, "2026-01-05", "2026-10-31");
        house.on("2026-03-02");
        let id = house.nominated(&round, "t-38-snv", "th-p-02", "bang-khen-bo-nganh-tinh", "Hoàn thành xuất sắc nhiệm vụ năm 2025");
        // Missing papers are named with their clause, and nothing is kept.
        let missing = refusal(house.take(&id, &step(Verb::SubmitDossier)).unwrap_err());
        assert!(
            matches!(&missing, Refusal::Dossier(DossierFault::MissingPapers { papers, cite })
                if papers.vi.contains("Tờ trình") && cite.contains("luat-06-2022-qh15")),
            "{missing:?}"
        );
        assert_eq!(show(&house.app, &house.by, &id).unwrap().dossier.stage(), Stage::Draft);
        house.completed(&id);
        let wrong = NewPaper { code: "khong-co".into(), number: "1".into(), ..NewPaper::default() };
        assert_eq!(refused(attach_paper(&house.app, &house.by, &id, wrong)), "unknown-paper");
        let file = NewPaper {
            code: "bien-ban-xet".into(),
            file: Some(("bien-ban.pdf".into(), b"%PDF-1.7 x".to_vec())),
            ..NewPaper::default()
        };
        let paper = attach_paper(&house.app, &house.by, &id, file).unwrap();
        assert_eq!(paper_file(&house.app, &house.by, &id, &paper.id).unwrap().1, b"%PDF-1.7 x");
        assert_eq!(house.take(&id, &step(Verb::SubmitDossier)).unwrap(), Stage::Submitted);
        // A stop by days, and it goes on by itself.
        let halt = NewStop { cause: StopCause::Complaint, from: day("2026-03-02"), until: Some(day("2026-03-20")), reason: "Đơn số 5".into() };
        stop(&house.app, &house.by, &id, &halt).unwrap();
        assert_eq!(refused(house.take(&id, &step(Verb::AppraiseDossier))), "dossier-stopped");
        house.on("2026-03-20");
        assert_eq!(house.take(&id, &step(Verb::AppraiseDossier)).unwrap(), Stage::Appraised);
        // The province asks another office and gives notice; the council gets it when both are over.
        let ask = |kind, party: &str| NewMatter {
            kind, from: day("2026-03-20"), days: 5, clock: LawClock::WorkingDays, party: party.into(), body: "Cho ý kiến về thành tích".into(),
        };
        open_matter(&house.app, &house.by, std::slice::from_ref(&id), &ask(MatterKind::Consultation, "Công an tỉnh")).unwrap();
        assert_eq!(refused(house.take(&id, &step(Verb::TableDossier))), "consultation-runs");
        act_on_matter(&house.app, &house.by, &id, 1, MatterActKind::Agree, 0, "Thống nhất").unwrap();
        assert_eq!(refused(act_on_matter(&house.app, &house.by, &id, 1, MatterActKind::Disagree, 0, "Không")), "matter-state");
        open_matter(&house.app, &house.by, std::slice::from_ref(&id), &ask(MatterKind::Notice, "Cổng thông tin tỉnh")).unwrap();
        assert_eq!(refused(house.take(&id, &step(Verb::TableDossier))), "notice-runs");
        let public = notices(&house.app, &Actor::reader("x", house.app.home.tenant.clone())).unwrap();
        assert_eq!((public.len(), public[0].standing.until, public[0].is_sample), (1, day("2026-03-27"), true));
        open_matter(&house.app, &house.by, std::slice::from_ref(&id), &ask(MatterKind::Objection, "Ông A, số căn cước 038180000123")).unwrap();
        house.on("2026-03-30");
        assert_eq!(refused(house.take(&id, &step(Verb::TableDossier))), "dossier-objections-open");
        for act in [MatterActKind::Triage, MatterActKind::Answer, MatterActKind::Close] {
            act_on_matter(&house.app, &house.by, &id, 3, act, 0, "Đã xem xét, không có căn cứ").unwrap();
        }
        assert_eq!(house.take(&id, &step(Verb::TableDossier)).unwrap(), Stage::BeforeCouncil);
        assert!(is_absent(house.take(&id, &step(Verb::GrantHonour))), "decisions belong to their own chapter");
    }
}

#[test]
fn strangers_find_nothing_and_are_refused_alike_by_every_verb() {
    let mut house = House::district(memory());
    house.on("2020-11-16");
    let round = house.round("h-397-ubnd", 2020, "2020-01-06", "2020-12-15");
    let id = house.nominated(&round, "h-397-gddt", "ts-p-02", "giay-khen-ubnd-huyen", "Việc tốt");
    let reader = Actor::reader("x", house.app.home.tenant.clone());
    let elsewhere = house.person(Role::Specialist, &["x-15703"]);
    let member = house.person(Role::CouncilMember, &["h-397-gddt", "h-397-ubnd"]);
    let none: DossierId = code("hs-khong-co");
    for by in [&reader, &elsewhere, &member] {
        // What is not theirs answers like what does not exist.
        for id in [&id, &none] {
            assert!(is_absent(show(&house.app, by, id)));
            assert!(is_absent(draft_report(&house.app, by, id)));
            assert!(is_absent(write_report(&house.app, by, id, 0, "x y")));
            assert!(is_absent(attach_paper(
                &house.app,
                by,
                id,
                NewPaper { code: "to-trinh".into(), number: "1".into(), ..NewPaper::default() }
            )));
            assert!(is_absent(paper_file(&house.app, by, id, &code("e-1"))));
            for verb in Verb::ALL {
                assert!(is_absent(take_step(&house.app, by, id, 1, &because(verb, "x"))), "{verb:?}");
                assert!(is_absent(prepare(&house.app, by, verb, std::slice::from_ref(id))), "{verb:?}");
            }
            let halt = NewStop { cause: StopCause::Other, from: day("2020-11-16"), until: None, reason: "x".into() };
            assert!(is_absent(stop(&house.app, by, id, &halt)));
            let ask = NewMatter {
                kind: MatterKind::Objection,
                from: day("2020-11-16"),
                days: 5,
                clock: LawClock::Days,
                party: "x".into(),
                body: "x".into(),
            };
            assert!(is_absent(open_matter(&house.app, by, std::slice::from_ref(id), &ask)));
            assert!(is_absent(act_on_matter(&house.app, by, id, 1, MatterActKind::Close, 0, "x")));
        }
        assert!(is_absent(nominate(
            &house.app,
            by,
            &house.nomination(&round, "h-397-gddt", "ts-p-04", "giay-khen-ubnd-huyen", "x")
        )));
    }
    let opened = NewRound {
        unit: code("h-397-ubnd"),
        year: 2020,
        kind: CommendationType::Irregular,
        name: "Đột xuất".into(),
        opens: day("2020-01-01"),
        closes: day("2020-12-31"),
    };
    assert!(is_absent(open_round(&house.app, &elsewhere, opened, sample())));
    // The unit's reporter writes and sends; it neither appraises nor stops.
    let own = house.person(Role::Reporter, &["h-397-gddt"]);
    let seen = show(&house.app, &own, &id).unwrap();
    assert!(seen.writes && !seen.stops && !seen.runs);
    let verbs: Vec<Verb> = seen.steps.iter().map(|one| one.step.verb).collect();
    assert_eq!(verbs, [Verb::SubmitDossier, Verb::WithdrawDossier]);
    take_step(&house.app, &own, &id, 1, &step(Verb::SubmitDossier)).unwrap();
    assert!(is_absent(take_step(&house.app, &own, &id, 2, &step(Verb::AppraiseDossier))));
    assert_eq!(board(&house.app, &elsewhere, &round, &BoardAsked::default()).unwrap().rows.len(), 0);
    assert!(is_absent(board(&house.app, &reader, &round, &BoardAsked::default())));
}

fn memory() -> Db {
    let db = Db::memory().unwrap();
    db.migrate().unwrap();
    db
}

#[test]
fn trial_two_officers_on_one_dossier() {
    let mut house = House::district(memory());
    house.on("2020-11-16");
    let round = house.round("h-397-ubnd", 2020, "2020-01-06", "2020-12-15");
    let id = house.nominated(&round, "h-397-gddt", "ts-p-02", "giay-khen-ubnd-huyen", "Việc tốt");
    house.take(&id, &step(Verb::SubmitDossier)).unwrap();
    // Both have version 2 before them. One appraises, the other sends back.
    take_step(&house.app, &house.by, &id, 2, &step(Verb::AppraiseDossier)).unwrap();
    let fields = vec![NamedField { field: "report".into(), reason: "x".into() }];
    let back = StepAsked { fields, ..because(Verb::ReturnDossier, "x") };
    assert_eq!(refused(take_step(&house.app, &house.by, &id, 2, &back)), "changed-meanwhile");
    // The same click twice is told the same way, and does nothing.
    assert_eq!(refused(take_step(&house.app, &house.by, &id, 2, &step(Verb::AppraiseDossier))), "changed-meanwhile");
    assert_eq!(show(&house.app, &house.by, &id).unwrap().dossier.version(), 3);
}

#[test]
fn trial_a_second_form_for_one_achievement_across_units() {
    let mut house = House::province(memory());
    let round = house.round("t-38", 2025, "2026-01-05", "2026-10-31");
    house.on("2026-03-02");
    let first =
        house.nominated(&round, "t-38-snv", "th-p-02", "bang-khen-bo-nganh-tinh", "Cứu người trong lũ tháng 10/2025");
    let second = house.nominated(
        &round,
        "t-38",
        "th-p-02",
        "giay-khen-ubnd-xa",
        "CỨU NGƯỜI trong lũ, tháng 10/2025".replace(',', "").as_str(),
    );
    for id in [&first, &second] {
        house.completed(id);
    }
    let told = refusal(house.take(&second, &step(Verb::SubmitDossier)).unwrap_err());
    assert!(
        matches!(&told, Refusal::Dossier(DossierFault::SameAchievement { cite, .. }) if cite.contains("luat-06-2022-qh15")),
        "{told:?}"
    );
    // With the one withdrawn, the other goes.
    house.take(&first, &because(Verb::WithdrawDossier, "Chọn một hình thức")).unwrap();
    assert_eq!(house.take(&second, &step(Verb::SubmitDossier)).unwrap(), Stage::Submitted);
}

#[test]
fn trial_a_dossier_sent_under_yesterdays_law_is_judged_by_it_until_somebody_says_otherwise() {
    let mut house = House::province(memory());
    let round = house.round("t-38", 2025, "2026-01-05", "2026-10-31");
    house.on("2026-09-29");
    let id = house.nominated(&round, "t-38-snv", "th-p-02", "bang-khen-bo-nganh-tinh", "Việc tốt");
    house.completed(&id);
    house.take(&id, &step(Verb::SubmitDossier)).unwrap();
    assert!(!show(&house.app, &house.by, &id).unwrap().look.law_changed);
    house.on("2026-10-02");
    let seen = show(&house.app, &house.by, &id).unwrap();
    assert_eq!(seen.look.answer.law_date.day, day("2026-09-29"));
    let judged = |id: &DossierId| show(&house.app, &house.by, id).unwrap().dossier.judgement().unwrap().law_on;
    house.take(&id, &step(Verb::AppraiseDossier)).unwrap();
    assert_eq!(judged(&id), day("2026-09-29"));
    assert_eq!(refused(house.take(&id, &step(Verb::RejudgeDossier))), "no-reason");
    assert_eq!(house.take(&id, &because(Verb::RejudgeDossier, "Luật mới có hiệu lực")).unwrap(), Stage::Submitted);
    // A clause of transition may still keep it under the old law; the answer names the rule.
    let rejudged = show(&house.app, &house.by, &id).unwrap();
    let judgement = rejudged.dossier.judgement().unwrap();
    assert_eq!(judgement.asked_on, day("2026-10-02"));
    assert!(judgement.rule != "ngay-quyet-dinh" || judgement.law_on == day("2026-10-02"), "{judgement:?}");
    assert_eq!(rejudged.dossier.events.iter().filter(|event| event.act.judgement().is_some()).count(), 2);
}

/// Eight persons of a unit who were advanced workers in 2020.
fn eight(house: &House, unit: &str) -> Vec<SubjectId> {
    let entered = || Entered { by: "x".into(), at: house.app.clock.now(), reason: String::new() };
    let tenant = &house.app.home.tenant;
    let ids: Vec<SubjectId> = (0..8).map(|n| code(&format!("{unit}-p{n}"))).collect();
    let identities: Vec<Identity> = ids
        .iter()
        .enumerate()
        .map(|(n, id)| Identity {
            id: id.clone(),
            version: 1,
            details: Details::named(Subject::Individual, &format!("Người mẫu {unit} {n}")),
            provenance: sample(),
            entered: entered(),
        })
        .collect();
    let fact = |id: &SubjectId, kind: FactKind, fields: &[(&str, &str)]| Fact {
        id: code(&format!("{id}-{}", thidua_domain::subject::Term::word(kind))),
        subject: id.clone(),
        about: About::read(kind, &Fields::of(fields.iter().copied())).unwrap(),
        supersedes: None,
        provenance: sample(),
        entered: entered(),
    };
    let facts: Vec<Fact> = ids
        .iter()
        .flat_map(|id| {
            [
                fact(id, FactKind::Position, &[("unit", unit), ("from", "2010-01-01"), ("category", "cong-chuc")]),
                fact(
                    id,
                    FactKind::Award,
                    &[
                        ("year", "2020"),
                        ("honour", "lao-dong-tien-tien"),
                        ("number", "1/QĐ"),
                        ("decided_on", "2020-10-01"),
                        ("authority", "chu-tich-ubnd-huyen"),
                    ],
                ),
            ]
        })
        .collect();
    let mut tx = house.app.db.begin().unwrap();
    thidua_store::subject::insert_many(&mut tx, tenant, &identities).unwrap();
    thidua_store::subject::fact::insert_many(&mut tx, tenant, &facts).unwrap();
    tx.commit().unwrap();
    ids
}

#[test]
fn trial_a_quota_exceeded_across_two_units() {
    let mut house = House::district(memory());
    house.on("2020-11-16");
    let round = house.round("h-397", 2020, "2020-01-06", "2020-12-15");
    let title: HonourCode = code("chien-si-thi-dua-co-so");
    let (one, two) = (eight(&house, "h-397-nv"), eight(&house, "h-397-ktht"));
    let of = |unit: &str, who: &SubjectId| house.nominated(&round, unit, who.as_str(), title.as_str(), "Việc tốt");
    let dossiers: Vec<DossierId> = one[..3]
        .iter()
        .map(|who| of("h-397-nv", who))
        .chain(two[..2].iter().map(|who| of("h-397-ktht", who)))
        .collect();
    // 15 % of eight is at most two, by whatever rounding: the third of one unit is refused at once, in a list, too.
    let third: Vec<bool> = prepare(&house.app, &house.by, Verb::SubmitDossier, &dossiers[..3])
        .unwrap()
        .iter()
        .map(|one| one.is_ripe())
        .collect();
    assert_eq!(third.iter().filter(|ripe| **ripe).count(), 2, "each takes the place of those before it");
    let all: Vec<(DossierId, usize)> = dossiers[..3].iter().map(|id| (id.clone(), 1)).collect();
    assert_eq!(refused(take_steps(&house.app, &house.by, &all, &step(Verb::SubmitDossier))), "over-quota");
    assert_eq!(show(&house.app, &house.by, &dossiers[0]).unwrap().dossier.stage(), Stage::Draft, "all or none");
    for id in [&dossiers[0], &dossiers[1], &dossiers[3], &dossiers[4]] {
        house.take(id, &step(Verb::SubmitDossier)).unwrap();
    }
    // Two of each unit are four of sixteen, of whom at most three fit.
    let refusal = refusal(house.take(&dossiers[0], &step(Verb::AppraiseDossier)).unwrap_err());
    assert!(
        matches!(&refusal, Refusal::Dossier(DossierFault::OverQuota { asked: 4, places: 3, base: 16, .. })),
        "{refusal:?}"
    );
    // One struck off the list, the others go on.
    house.take(&dossiers[4], &because(Verb::DropDossier, "Vượt tỷ lệ")).unwrap();
    for id in [&dossiers[0], &dossiers[1], &dossiers[3]] {
        assert_eq!(house.take(id, &step(Verb::AppraiseDossier)).unwrap(), Stage::Appraised);
    }
}

#[test]
fn a_list_is_kept_when_one_nominee_is_struck_off_and_its_papers_count_for_all() {
    let mut house = House::province(memory());
    let round = house.round("t-38", 2025, "2026-01-05", "2026-10-31");
    house.on("2026-03-02");
    let mut new = house.nomination(&round, "t-38-snv", "th-p-02", "bang-khen-bo-nganh-tinh", "Việc tốt");
    new.new_batch = "Danh sách kèm Tờ trình số 12".into();
    let first = nominate(&house.app, &house.by, &new).unwrap();
    new.new_batch = String::new();
    new.batch.clone_from(&first.batch);
    new.subject = code("th-p-03");
    let second = nominate(&house.app, &house.by, &new).unwrap();
    for paper in ["to-trinh", "bien-ban-xet"] {
        let paper = NewPaper { code: paper.into(), for_batch: true, number: "12".into(), ..NewPaper::default() };
        attach_paper(&house.app, &house.by, &first.id, paper).unwrap();
    }
    for id in [&first.id, &second.id] {
        write_report(&house.app, &house.by, id, 0, "Báo cáo").unwrap();
    }
    let both = [(first.id.clone(), 1), (second.id.clone(), 1)];
    assert_eq!(take_steps(&house.app, &house.by, &both, &step(Verb::SubmitDossier)).unwrap(), [Stage::Submitted; 2]);
    house.take(&second.id, &because(Verb::DropDossier, "Chưa đủ căn cứ")).unwrap();
    let asked = BoardAsked { batch: first.batch.clone(), ..BoardAsked::default() };
    let board = board(&house.app, &house.by, &round, &asked).unwrap();
    let stages: Vec<Stage> = board.rows.iter().map(|row| row.dossier.stage()).collect();
    assert!(stages.contains(&Stage::Submitted) && stages.contains(&Stage::Dropped), "{stages:?}");
    assert_eq!(house.take(&first.id, &step(Verb::AppraiseDossier)).unwrap(), Stage::Appraised);
    let _: OrgId = first.unit;
}
