//! Rows that are only ever added: the engine itself refuses anything else, whoever asks.

use thidua_base::code::TenantId;
use thidua_domain::eligibility::{GivenAnswer, LawAct, LawStep, Reply};
use thidua_domain::honour::Subject;
use thidua_domain::subject::{Details, Entered, Identity};
use thidua_domain::{Actor, Origin, Provenance};
use thidua_law::loaded::LawPackKind;
use thidua_store::{audit, law_act};
use thidua_testkit::both_engines;
use thidua_testkit::engines::Engine;

use crate::sample::{at, code, day, stored};

/// One person with an answer to a condition, and one pack of law in force.
fn answered(test: &thidua_testkit::engines::TestDb, tenant: &TenantId) {
    let entered =
        Entered { by: "Lê Thị Thủy".into(), at: at("2026-11-24T00:00:00Z"), reason: "theo biên bản".into() };
    let provenance = Provenance { origin: Origin::Sample, source: "mẫu".into() };
    let person = Identity {
        id: code("s-an"),
        version: 1,
        details: Details::named(Subject::Individual, "Lê Văn Ấn"),
        provenance,
        entered: entered.clone(),
    };
    let answer = GivenAnswer {
        id: code("a-1"),
        subject: code("s-an"),
        number: 1,
        honour: code("chien-si-thi-dua-co-so"),
        year: 2025,
        condition: "can-cu/muu-tri/1".into(),
        said: "Có mưu trí không?".into(),
        reply: Reply::Yes,
        asked_on: day("2026-01-15"),
        book: "b".into(),
        entered: entered.clone(),
    };
    let act = LawAct {
        number: 1,
        step: LawStep::Load,
        code: "quy-dinh-mau".into(),
        kind: LawPackKind::Overlay,
        name: "Quy định mẫu".into(),
        is_sample: true,
        hash: "h".into(),
        book: "b".into(),
        entered,
    };
    let mut tx = test.db().begin().unwrap();
    thidua_store::subject::insert(&mut tx, tenant, &person).unwrap();
    thidua_store::eligibility::insert(&mut tx, tenant, &answer).unwrap();
    law_act::insert(&mut tx, tenant, &act, &[("overlay.toml".into(), "code = \"quy-dinh-mau\"\n".into())]).unwrap();
    tx.commit().unwrap();
}

both_engines! {
    fn no_one_changes_or_removes_a_reading_or_an_audit_row(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let actor = Actor::operator("Lê Thị Thủy", tenant);
        let mut tx = test.db().begin().unwrap();
        audit::append(&mut tx, &actor, at("2020-07-05T00:00:00Z"), "load", "pack:x", "").unwrap();
        tx.commit().unwrap();
        let mut attempts = Vec::new();
        for table in ["observation", "audit"] {
            attempts.push(format!("DELETE FROM {table}"));
            attempts.push(format!("UPDATE {table} SET seq = 99 WHERE seq = 1"));
            match test.engine() {
                Engine::Sqlite => attempts.push(format!(
                    "PRAGMA recursive_triggers = ON; REPLACE INTO {table} SELECT * FROM {table} WHERE seq = 1"
                )),
                Engine::Postgres => attempts.push(format!("TRUNCATE {table} CASCADE")),
            }
        }
        // What an official decided is as much a record as what was reported.
        for table in ["passage", "figure_override", "plan_value", "recognition"] {
            attempts.push(format!("DELETE FROM {table}"));
            attempts.push(format!("UPDATE {table} SET tenant = 'x'"));
        }
        attempts.push("UPDATE observation SET value = 1 WHERE seq = 1".to_owned());
        attempts.push("UPDATE audit SET actor = 'x' WHERE seq = 1".to_owned());
        for attempt in attempts {
            let said = test.try_tamper(&attempt).expect_err(&attempt);
            assert!(said.contains("append-only"), "{attempt}: {said}");
        }
        let count = test.rows("SELECT COUNT(*) FROM observation");
        assert_eq!(count, [[world.readings.len().to_string()]]);
        assert_eq!(test.rows("SELECT seq FROM audit"), [["1"]]);
    }

    fn what_persons_answered_and_what_law_was_loaded_stays(test) {
        let (tenant, _) = stored(test, "trieu-son");
        answered(test, &tenant);
        let mut attempts = Vec::new();
        for table in ["condition_answer", "law_act", "law_file"] {
            assert_eq!(test.rows(&format!("SELECT COUNT(*) FROM {table}")), [["1"]], "{table}");
            attempts.push((table, format!("DELETE FROM {table}")));
            attempts.push((table, format!("UPDATE {table} SET tenant = 'x'")));
            match test.engine() {
                Engine::Sqlite => attempts.push((
                    table,
                    format!("PRAGMA recursive_triggers = ON; REPLACE INTO {table} SELECT * FROM {table}"),
                )),
                Engine::Postgres => attempts.push((table, format!("TRUNCATE {table} CASCADE"))),
            }
        }
        for (table, attempt) in attempts {
            let said = test.try_tamper(&attempt).expect_err(&attempt);
            assert!(said.contains("append-only"), "{attempt}: {said}");
            assert_eq!(test.rows(&format!("SELECT COUNT(*) FROM {table}")), [["1"]], "{attempt}");
        }
    }

    fn a_reading_is_a_value_or_an_absence(test) {
        stored(test, "trieu-son");
        let columns = "tenant, seq, indicator, unit, period, nature, value, scale, absence, qualifier, origin, source, \
            entered_by, entered_at, reason";
        for wrong in ["1, 0, 'withheld'", "NULL, NULL, NULL", "1, NULL, NULL", "NULL, 0, 'withheld'"] {
            let insert = format!(
                "INSERT INTO observation ({columns}) VALUES ('trieu-son', 99, 'KT02', 'xa-a', '2020', 'official', \
                {wrong}, 'plain', 'reported', '', '', '2020-07-05T00:00:00Z', '')"
            );
            let said = test.try_tamper(&insert).expect_err(wrong);
            assert!(said.contains("observation_value_ck") || said.contains("observation_absence_ck"), "{said}");
        }
    }
}
