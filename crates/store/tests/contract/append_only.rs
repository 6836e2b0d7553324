//! Rows that are only ever added: the engine itself refuses anything else, whoever asks.

use thidua_domain::Actor;
use thidua_store::audit;
use thidua_testkit::both_engines;
use thidua_testkit::engines::Engine;

use crate::sample::{at, stored};

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
