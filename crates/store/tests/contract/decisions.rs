//! Decisions on awards and funds: read back as they were, seen by their units only, only added to, sums of money exact.

use thidua_base::code::TenantId;
use thidua_domain::actor::Reach;
use thidua_domain::decision::{
    Act, Bonus, Decision, Draft, Event, Fund, FundEntry, Granted, Line, Signature, SignedAs, State,
};
use thidua_domain::honour::{CommendationType, DirectWorker, Subject};
use thidua_domain::subject::fact::Authority;
use thidua_domain::subject::{About, Details, Entered, Fact, FactKind, Fields, Identity};
use thidua_domain::{Origin, Provenance, Scope};
use thidua_store::{Error, Tx, decision, fund, subject};
use thidua_testkit::both_engines;

use crate::sample::{at, code, day, stored};

fn event(act: Act) -> Event {
    Event { act, by: "Lê Thị Thủy".into(), account: Some("tk-1".into()), at: at("2020-06-26T02:00:00Z") }
}

fn written() -> Decision {
    let line = |subject: &str, name: &str, duty| Line {
        subject: code(subject),
        kind: Subject::Individual,
        name: name.into(),
        unit: code("xa-a"),
        honour: code("giay-khen-ubnd-huyen"),
        achievement: "Phòng, chống dịch".into(),
        duty,
        dossier: None,
    };
    Decision {
        id: code("qd-1"),
        draft: Draft {
            issuer: code("xa-a"),
            authority: Authority::DistrictChair,
            title: "Về việc tặng Giấy khen".into(),
            year: 2020,
            commendation: CommendationType::Irregular,
            fund: Some(code("quy-1")),
            lines: vec![line("s-an", "Lê Văn Ấn", Some(DirectWorker::Direct)), line("s-binh", "Bùi Thị Bình", None)],
        },
        events: vec![
            event(Act::Draft),
            event(Act::Sign(Signature {
                number: "1502/QĐ-UBND".into(),
                on: day("2020-06-26"),
                signer: "Lê Quang Trung".into(),
                position: "Phó Chủ tịch".into(),
                signed_as: SignedAs::ForHead,
            })),
            event(Act::Pay { line: 1, number: "PC 1".into(), on: day("2020-07-01"), vnd: 447_000 }),
            event(Act::Correct {
                line: 1,
                name: "Lê Văn Ẩn".into(),
                number: "9/ĐC".into(),
                on: day("2020-07-02"),
                reason: "sai dấu".into(),
            }),
            event(Act::Revoke { line: 2, number: "1600/QĐ".into(), on: day("2020-07-03"), reason: "khai man".into() }),
        ],
        granted: ["f-1", "f-2"]
            .into_iter()
            .enumerate()
            .map(|(at, fact)| Granted {
                line: at + 1,
                fact: code(fact),
                bonus: Bonus {
                    times: thidua_base::Number::parse("0.3").ok(),
                    base_salary: 1_490_000,
                    vnd: 447_000,
                    cite: "nghi-dinh-91-2017-nd-cp Điều 73".into(),
                    confidence: "text-seen".into(),
                },
            })
            .collect(),
    }
}

fn kept(tx: &mut Tx, tenant: &TenantId) -> (Decision, Fund) {
    let provenance = || Provenance { origin: Origin::Sample, source: "mẫu".into() };
    let entered = || Entered { by: "x".into(), at: at("2020-06-26T02:00:00Z"), reason: String::new() };
    let people = [("s-an", "Lê Văn Ấn"), ("s-binh", "Bùi Thị Bình")].map(|(id, name)| Identity {
        id: code(id),
        version: 1,
        details: Details::named(Subject::Individual, name),
        provenance: provenance(),
        entered: entered(),
    });
    subject::insert_many(tx, tenant, &people).unwrap();
    let award = [
        ("year", "2020"),
        ("honour", "giay-khen-ubnd-huyen"),
        ("number", "1502/QĐ-UBND"),
        ("decided_on", "2020-06-26"),
        ("authority", "chu-tich-ubnd-huyen"),
    ];
    let facts = [("f-1", "s-an"), ("f-2", "s-binh")].map(|(id, who)| Fact {
        id: code(id),
        subject: code(who),
        about: About::read(FactKind::Award, &Fields::of(award)).unwrap(),
        supersedes: None,
        provenance: provenance(),
        entered: entered(),
    });
    subject::fact::insert_many(tx, tenant, &facts).unwrap();
    let mut money =
        Fund { id: code("quy-1"), unit: code("xa-a"), year: 2020, name: "Quỹ 2020".into(), entries: Vec::new() };
    fund::insert(tx, tenant, &money).unwrap();
    let entry = FundEntry {
        vnd: i64::MAX / 4,
        number: "QĐ 1".into(),
        on: day("2020-01-10"),
        note: String::new(),
        by: "x".into(),
        at: at("2020-01-10T02:00:00Z"),
    };
    fund::append(tx, tenant, &money, &entry).unwrap();
    money.entries.push(entry);
    let made = written();
    decision::insert(tx, tenant, &made.id, &made.draft.issuer).unwrap();
    for (after, event) in made.events.iter().enumerate() {
        let draft = (event.act == Act::Draft).then_some(&made.draft);
        decision::append(tx, tenant, &made.id, after, event, draft).unwrap();
        if matches!(event.act, Act::Sign(_)) {
            decision::grant(tx, tenant, &made.id, &made.granted).unwrap();
        }
    }
    (made, money)
}

both_engines! {
    fn a_decision_and_a_fund_come_back_as_they_were_and_to_their_units_only(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let (made, money) = kept(&mut tx, &tenant);
        tx.commit().unwrap();
        let own = Scope { tenant: tenant.clone(), units: Reach::Only(vec![code("xa-a")]) };
        let other = Scope { tenant: tenant.clone(), units: Reach::Only(vec![code("xa-b")]) };
        test.db().read::<_, Error>(|tx| {
            assert_eq!(decision::decision(tx, &own, &made.id)?.as_ref(), Some(&made));
            assert_eq!(decision::decision(tx, &other, &made.id)?, None);
            let head = decision::heads(tx, &own)?.remove(0);
            assert_eq!((head.lines, head.state), (2, State::Signed));
            assert!(decision::heads(tx, &other)?.is_empty() && fund::funds(tx, &other)?.is_empty());
            assert_eq!(fund::funds(tx, &own)?, std::slice::from_ref(&money));
            let sums = decision::commitments(tx, &tenant, Some(&money.id))?[&money.id];
            assert_eq!((sums.committed, sums.paid), (447_000, 447_000));
            assert_eq!(decision::commitments(tx, &tenant, None)?[&money.id], sums);
            assert!(decision::commitments(tx, &tenant, Some(&code("quy-khac")))?.is_empty());
            assert_eq!(sums.committed, made.committed(), "the engine and the domain count alike");
            assert!(decision::due(tx, &own)?.is_empty(), "paid, or taken back");
            let year = (day("2020-01-01"), day("2020-12-31"));
            let found = decision::with_number(tx, &tenant, &code("xa-a"), "1502 / qđ-ubnd", year)?;
            assert_eq!(found, [(made.id.clone(), day("2020-06-26"))]);
            Ok(())
        }).unwrap();
    }

    fn what_was_decided_is_only_added_to_and_takes_each_place_once(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let (made, money) = kept(&mut tx, &tenant);
        tx.commit().unwrap();
        for table in [
            "fund", "fund_entry", "decision", "decision_event", "decision_draft", "decision_line", "decision_granted",
        ] {
            for attempt in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = 'x'")] {
                let said = test.try_tamper(&attempt).expect_err(&attempt);
                assert!(said.contains("append-only"), "{attempt}: {said}");
            }
        }
        let mut tx = test.db().begin().unwrap();
        let late = decision::append(&mut tx, &tenant, &made.id, 0, &event(Act::Draft), None);
        assert!(matches!(late, Err(Error::Clash("decision_event_pk"))), "{late:?}");
        drop(tx);
        let mut tx = test.db().begin().unwrap();
        let again = fund::insert(&mut tx, &tenant, &Fund { id: code("quy-2"), ..money });
        assert!(matches!(again, Err(Error::Clash("fund_name_uq"))), "{again:?}");
    }
}
