//! Rounds and dossiers: read back as written, seen from both sides of the counter, one tenant at a time, never changed.

use thidua_domain::actor::{Reach, Scope};
use thidua_domain::collection::evidence::{EvidenceFile, EvidenceKind};
use thidua_domain::dossier::{
    Act, Batch, Dossier, Event, JudgedFinding, Judgement, Matter, MatterAct, MatterActKind, MatterKind, NamedField,
    PaperHeld, ReportVersion, Round, Stage, Stop, StopCause,
};
use thidua_domain::honour::{CommendationType, Subject};
use thidua_domain::subject::{Details, Entered, Identity};
use thidua_domain::{Origin, Provenance};
use thidua_law::answer::Verdict;
use thidua_law::table::Said;
use thidua_law::vocabulary::{Clock, Confidence};
use thidua_store::dossier::{Wanted, matter, paper};
use thidua_store::{Error, dossier, subject};
use thidua_testkit::both_engines;

use crate::sample::{at, code, day, stored, tenant_id};

const NOON: &str = "2026-03-02T05:00:00Z";

const TABLES: [&str; 12] = [
    "award_round",
    "dossier_batch",
    "dossier",
    "dossier_event",
    "dossier_named_field",
    "dossier_judgement",
    "dossier_finding",
    "dossier_report",
    "dossier_paper",
    "dossier_stop",
    "dossier_matter",
    "dossier_matter_act",
];

fn provenance() -> Provenance {
    Provenance { origin: Origin::Sample, source: "mẫu".into() }
}

fn entered() -> Entered {
    Entered { by: "Hòa".into(), at: at(NOON), reason: String::new() }
}

fn event(act: Act) -> Event {
    Event { act, by: "Hòa".into(), account: Some("tk-1".into()), at: at(NOON), reason: "Vì".into() }
}

fn finding() -> JudgedFinding {
    JudgedFinding {
        path: "cong-trang/1".into(),
        said: Said::new("Điều kiện", "Condition"),
        verdict: Verdict::AskHuman,
        cite: "luat-06-2022-qh15 Điều 74".into(),
        confidence: Confidence::Secondary,
        is_gate: true,
        missing: Said::new("Thiếu", "Missing"),
    }
}

fn judgement(findings: Vec<JudgedFinding>) -> Judgement {
    Judgement {
        asked_on: day("2026-03-02"),
        law_on: day("2026-03-01"),
        rule: "chuyen-tiep".into(),
        rule_cite: "luat-06-2022-qh15 Điều 96".into(),
        version_from: Some(day("2024-01-01")),
        book: "00ff".into(),
        outcome: "hoi".into(),
        findings,
    }
}

fn one(id: &str, events: Vec<Event>) -> Dossier {
    Dossier {
        id: code(id),
        round: code("dx-1"),
        batch: Some(code("ds-1")),
        unit: code("xa-a"),
        subject: code("s-an"),
        honour: code("giay-khen-ubnd-xa"),
        year: 2025,
        achievement: "Cứu người trong lũ".into(),
        provenance: provenance(),
        events,
        stops: Vec::new(),
    }
}

both_engines! {
    fn dossiers_are_read_back_from_both_sides_and_never_changed(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let round = Round {
            id: code("dx-1"),
            unit: code("xa-b"),
            year: 2025,
            kind: CommendationType::Irregular,
            name: "Đột xuất".into(),
            opens: day("2026-01-05"),
            closes: day("2026-10-31"),
            provenance: provenance(),
            entered: entered(),
        };
        let batch = Batch {
            id: code("ds-1"), round: code("dx-1"), unit: code("xa-a"), title: "Danh sách".into(), by: "Hòa".into(), at: at(NOON),
        };
        let mut sent = one("hs-1", vec![event(Act::Nominate), event(Act::Submit(Box::new(judgement(vec![finding()]))))]);
        let named = NamedField { field: "report".into(), reason: "Thiếu".into() };
        let returned = event(Act::Return(vec![named.clone()]));
        let halt = Stop {
            cause: StopCause::Complaint, from: day("2026-03-02"), until: None, reason: "Đơn".into(), by: "Hòa".into(), at: at(NOON),
        };
        let report = ReportVersion { version: 1, body: "I.\nII.".into(), by: "Hòa".into(), at: at(NOON) };
        let file = EvidenceFile { name: "a.pdf".into(), kind: EvidenceKind::Pdf, size: 3, hash: "ab".into() };
        let held = PaperHeld {
            id: code("e-1"), dossier: None, batch: Some(code("ds-1")), code: "to-trinh".into(), number: "12".into(),
            dated: Some(day("2026-03-01")), description: String::new(), file: Some(file), by: "Hòa".into(), at: at(NOON),
        };
        let mut asked = Matter {
            number: 1, kind: MatterKind::Notice, from: day("2026-03-02"), days: 10, clock: Clock::WorkingDays,
            party: "Cổng".into(), body: "Công khai".into(), by: "Hòa".into(), at: at(NOON), acts: Vec::new(),
        };
        let extension =
            MatterAct { kind: MatterActKind::Extend, days: 3, body: "Nghỉ Tết".into(), by: "Hòa".into(), at: at(NOON) };
        let identity = Identity {
            id: code("s-an"), version: 1, details: Details::named(Subject::Individual, "Lê Văn Ấn"), provenance: provenance(), entered: entered(),
        };

        let mut tx = test.db().begin().unwrap();
        subject::insert_many(&mut tx, &tenant, &[identity]).unwrap();
        dossier::open_round(&mut tx, &tenant, &round).unwrap();
        dossier::make_batch(&mut tx, &tenant, &batch).unwrap();
        dossier::insert(&mut tx, &tenant, std::slice::from_ref(&sent)).unwrap();
        dossier::append(&mut tx, &tenant, &[(&sent, returned.clone())]).unwrap();
        dossier::stop(&mut tx, &tenant, &sent, &halt).unwrap();
        paper::write_report(&mut tx, &tenant, &sent.id, &report).unwrap();
        thidua_store::collection::evidence::keep_bytes(&mut tx, &tenant, "ab", b"pdf").unwrap();
        paper::attach(&mut tx, &tenant, &held).unwrap();
        matter::open_many(&mut tx, &tenant, &[(&sent.id, asked.clone())]).unwrap();
        matter::act(&mut tx, &tenant, &sent.id, &asked, &extension).unwrap();
        tx.commit().unwrap();

        let mut tx = test.db().begin().unwrap();
        assert_eq!(dossier::rounds(&mut tx, &tenant).unwrap(), [round]);
        sent.events.push(returned);
        sent.stops.push(halt.clone());
        asked.acts.push(extension.clone());
        // Lists come without the findings of their judgements; one is read with them.
        if let Act::Submit(judged) = &mut sent.events[1].act {
            judged.findings.clear();
        }
        let only = |unit: &str| Scope { tenant: tenant.clone(), units: Reach::Only(vec![code(unit)]) };
        let whole = Scope::whole(tenant.clone());
        for (scope, seen) in [(&whole, true), (&only("xa-a"), true), (&only("xa-b"), true), (&only("thon-1"), false)] {
            for wanted in [
                Wanted::default(),
                Wanted { round: Some(code("dx-1")), year: Some(2025), ..Wanted::default() },
                Wanted { ids: Some(vec![code("hs-1")]), subjects: Some(vec![code("s-an")]), ..Wanted::default() },
            ] {
                let found = dossier::dossiers(&mut tx, scope, &wanted).unwrap();
                assert_eq!(found, if seen { vec![sent.clone()] } else { Vec::new() }, "{scope:?} {wanted:?}");
            }
            assert_eq!(dossier::batches(&mut tx, scope, &code("dx-1")).unwrap().len(), usize::from(seen));
        }
        assert_eq!(dossier::dossiers(&mut tx, &whole, &Wanted { year: Some(2024), ..Wanted::default() }).unwrap(), []);
        assert_eq!(dossier::dossiers(&mut tx, &whole, &Wanted { ids: Some(Vec::new()), ..Wanted::default() }).unwrap(), []);
        assert_eq!(sent.stage(), Stage::Returned);
        assert_eq!(dossier::findings(&mut tx, &tenant, &sent.id).unwrap(), [finding()]);
        assert_eq!(paper::reports(&mut tx, &tenant, &sent.id).unwrap(), std::slice::from_ref(&report));
        assert_eq!(paper::with_report(&mut tx, &tenant, &[&sent]).unwrap(), [sent.id.clone()]);
        assert_eq!(paper::papers(&mut tx, &tenant, &[&sent]).unwrap(), std::slice::from_ref(&held));
        assert_eq!(matter::matters(&mut tx, &tenant, &[&sent.id]).unwrap()[&sent.id], [asked.clone()]);
        assert_eq!(matter::noticed(&mut tx, &tenant, day("2026-03-02")).unwrap(), [sent.id.clone()]);
        assert_eq!(matter::noticed(&mut tx, &tenant, day("2026-03-03")).unwrap(), []);
        // Another tenant has none of it.
        let (stranger, other) = (Scope::whole(tenant_id("la")), tenant_id("la"));
        assert_eq!(dossier::dossiers(&mut tx, &stranger, &Wanted::default()).unwrap(), []);
        assert_eq!(dossier::rounds(&mut tx, &other).unwrap(), []);
        assert_eq!(dossier::batches(&mut tx, &stranger, &code("dx-1")).unwrap(), []);
        assert_eq!(dossier::findings(&mut tx, &other, &sent.id).unwrap(), []);
        assert_eq!(paper::reports(&mut tx, &other, &sent.id).unwrap(), []);
        assert_eq!(paper::papers(&mut tx, &other, &[&sent]).unwrap(), []);
        assert_eq!(paper::with_report(&mut tx, &other, &[&sent]).unwrap(), []);
        assert!(matter::matters(&mut tx, &other, &[&sent.id]).unwrap().is_empty());
        assert_eq!(matter::noticed(&mut tx, &other, day("2026-03-02")).unwrap(), []);
        drop(tx);

        // Who comes second over what was loaded before is told so.
        let stale = one("hs-1", sent.events[..2].to_vec());
        let clash = |done: Result<(), Error>| assert!(matches!(done, Err(Error::Clash(_))), "{done:?}");
        let mut tx = test.db().begin().unwrap();
        clash(dossier::append(&mut tx, &tenant, &[(&stale, event(Act::Appraise))]));
        drop(tx);
        let mut tx = test.db().begin().unwrap();
        clash(dossier::stop(&mut tx, &tenant, &stale, &halt));
        drop(tx);
        let mut tx = test.db().begin().unwrap();
        clash(paper::write_report(&mut tx, &tenant, &sent.id, &report));
        drop(tx);
        let mut tx = test.db().begin().unwrap();
        clash(matter::act(&mut tx, &tenant, &sent.id, &Matter { acts: Vec::new(), ..asked }, &extension));
        drop(tx);
        for table in TABLES {
            for attempt in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = 'x'")] {
                let said = test.try_tamper(&attempt).expect_err(&attempt);
                assert!(said.contains("append-only"), "{attempt}: {said}");
            }
        }
    }
}
