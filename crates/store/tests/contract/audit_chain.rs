//! The audit: a chain that verifies, and in which any change shows at its place.

use thidua_base::code::TenantId;
use thidua_domain::{Actor, Scope};
use thidua_store::audit::{self, Chain, Fault};
use thidua_store::{Db, Error};
use thidua_testkit::both_engines;
use thidua_testkit::engines::{Engine, TestDb};

use crate::sample::{at, stored};

both_engines! {
    fn an_empty_chain_and_a_long_one_are_whole(test) {
        let (tenant, _) = stored(test, "trieu-son");
        assert_eq!(verified(test.db(), &tenant), Chain::Whole { rows: 0, head: vec![0; 32] });
        // More than are read at a time.
        let head = grown(test.db(), &tenant, 1_001);
        assert_eq!(verified(test.db(), &tenant), Chain::Whole { rows: 1_001, head });
    }

    fn the_newest_rows_come_first(test) {
        let (tenant, _) = stored(test, "trieu-son");
        grown(test.db(), &tenant, 5);
        let newest = test.db().read(|tx| audit::tail(tx, &Scope::whole(tenant.clone()), 2)).unwrap();
        assert_eq!(newest.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [5, 4]);
        assert_eq!(newest[0].previous, newest[1].hash);
        assert_eq!((&*newest[0].actor, &*newest[0].verb), ("Nguyễn Thị Hòa", "ghi"));
    }

    fn each_tenant_has_a_chain_of_its_own(test) {
        let (one, _) = stored(test, "trieu-son");
        let (two, _) = stored(test, "nong-cong");
        let head = grown(test.db(), &one, 2);
        let other = grown(test.db(), &two, 1);
        assert_eq!(verified(test.db(), &one), Chain::Whole { rows: 2, head });
        assert_eq!(verified(test.db(), &two), Chain::Whole { rows: 1, head: other });
    }

    fn a_change_of_any_field_is_found_at_its_row(test) {
        let (tenant, _) = stored(test, "trieu-son");
        stored(test, "nong-cong");
        grown(test.db(), &tenant, 5);
        disarmed(test);
        let bytes = |hex: &str| match test.engine() {
            Engine::Sqlite => format!("X'{hex}'"),
            Engine::Postgres => format!("'\\x{hex}'::bytea"),
        };
        let zeros = bytes(&"00".repeat(32));
        for (column, value, why) in [
            ("tenant", "'nong-cong'", Fault::Missing),
            ("seq", "99", Fault::Missing),
            ("at", "'2020-07-05T00:00:01Z'", Fault::Changed),
            ("at", "'2020-07-05T07:00:00+07:00'", Fault::Unreadable),
            ("at", "'hôm nay'", Fault::Unreadable),
            ("actor", "'Nguyễn Thị Hoà'", Fault::Changed),
            ("verb", "''", Fault::Changed),
            ("subject", "subject || ' '", Fault::Changed),
            ("detail", "'khác'", Fault::Changed),
            ("previous", &zeros, Fault::Unchained),
            ("hash", &zeros, Fault::Changed),
        ] {
            test.tamper("CREATE TABLE kept AS SELECT * FROM audit");
            test.tamper(&format!("UPDATE audit SET {column} = {value} WHERE tenant = 'trieu-son' AND seq = 3"));
            assert_eq!(verified(test.db(), &tenant), Chain::Broken { seq: 3, why }, "{column} = {value}");
            test.tamper("DELETE FROM audit");
            test.tamper("INSERT INTO audit SELECT * FROM kept");
            test.tamper("DROP TABLE kept");
            assert!(matches!(verified(test.db(), &tenant), Chain::Whole { rows: 5, .. }));
        }
    }

    fn a_row_removed_or_added_is_found(test) {
        let (tenant, _) = stored(test, "trieu-son");
        grown(test.db(), &tenant, 5);
        disarmed(test);
        test.tamper("CREATE TABLE kept AS SELECT * FROM audit");
        for (change, seq, why) in [
            ("DELETE FROM audit WHERE seq = 1", 1, Fault::Missing),
            ("DELETE FROM audit WHERE seq = 4", 4, Fault::Missing),
            ("DELETE FROM audit WHERE seq = 5", 5, Fault::Missing),
            ("DELETE FROM audit", 1, Fault::Missing),
            (
                "INSERT INTO audit SELECT tenant, 6, at, actor, verb, subject, detail, hash, hash FROM audit WHERE seq = 5",
                6,
                Fault::Added,
            ),
        ] {
            test.tamper(change);
            assert_eq!(verified(test.db(), &tenant), Chain::Broken { seq, why }, "{change}");
            test.tamper("DELETE FROM audit");
            test.tamper("INSERT INTO audit SELECT * FROM kept");
        }
    }

    fn nothing_is_added_after_a_missing_row(test) {
        let (tenant, _) = stored(test, "trieu-son");
        grown(test.db(), &tenant, 2);
        disarmed(test);
        test.tamper("DELETE FROM audit WHERE seq = 2");
        let mut tx = test.db().begin().unwrap();
        let refused = audit::append(&mut tx, &actor(&tenant), at("2020-07-06T00:00:00Z"), "ghi", "x", "");
        assert!(matches!(refused, Err(Error::Integrity(_))), "{refused:?}");
    }
}

fn actor(tenant: &TenantId) -> Actor {
    Actor::operator("Nguyễn Thị Hòa", tenant.clone())
}

/// Appends rows in one transaction and gives the last hash.
fn grown(db: &Db, tenant: &TenantId, rows: usize) -> Vec<u8> {
    let mut tx = db.begin().unwrap();
    let mut head = Vec::new();
    for row in 0..rows {
        let when = at("2020-07-05T00:00:00Z");
        let detail = if row % 2 == 0 { "" } else { "chi tiết" };
        head = audit::append(&mut tx, &actor(tenant), when, "ghi", &format!("dòng:{row}"), detail).unwrap().hash;
    }
    tx.commit().unwrap();
    head
}

fn verified(db: &Db, tenant: &TenantId) -> Chain {
    db.read(|tx| audit::verify(tx, tenant)).unwrap()
}

/// Takes the guards of the audit away, as someone with the database in hand could.
fn disarmed(test: &TestDb) {
    match test.engine() {
        Engine::Sqlite => test.tamper("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete"),
        Engine::Postgres => test.tamper("DROP TRIGGER audit_no_update ON audit; DROP TRIGGER audit_no_delete ON audit"),
    }
}
