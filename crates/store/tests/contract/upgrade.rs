//! Migrations: once, forward, all or nothing, with a copy of an older file.

use thidua_store::tenant::{self, Tenant};
use thidua_store::{Db, Error, MIGRATIONS, Migration};
use thidua_testkit::both_engines;
use thidua_testkit::engines::{Engine, TestDb};

use crate::sample::{stored, tenant_id};
use crate::schema::tables;
use crate::world::world;

/// A step that makes a table and then fails.
const FAILING: Migration = Migration { number: 99, name: "0099_failing", sqlite: BROKEN, postgres: BROKEN };

const BROKEN: &str = "CREATE TABLE extra (a TEXT); INSERT INTO no_such_table VALUES (1);";

fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap()
}

fn with_failing() -> Vec<Migration> {
    let failing = Migration { number: newest() + 1, ..FAILING };
    MIGRATIONS.iter().copied().chain([failing]).collect()
}

both_engines! {
    fn a_second_migration_changes_nothing(test) {
        stored(test, "trieu-son");
        let before = tables(test);
        assert_eq!(test.db().migrate().unwrap(), newest());
        assert_eq!(test.db().schema_number().unwrap(), newest());
        assert_eq!(tables(test), before);
        assert_eq!(test.rows("SELECT MAX(number), COUNT(*) FROM schema_version"), [[newest().to_string(), newest().to_string()]]);
    }

    fn a_database_of_a_newer_program_is_left_alone(test) {
        stored(test, "trieu-son");
        test.tamper("INSERT INTO schema_version (number, name) VALUES (999, '0999_later')");
        let refused = test.db().migrate();
        assert!(matches!(refused, Err(Error::TooNew { found: 999, known }) if known == newest()), "{refused:?}");
    }

    fn a_failing_step_leaves_the_database_as_it_was(test) {
        let (_, whole) = stored(test, "trieu-son");
        let before = tables(test);
        let refused = test.db().migrate_with(&with_failing());
        assert!(refused.is_err());
        assert_eq!((tables(test), test.db().schema_number().unwrap()), (before, newest()));
        // And it can be worked with.
        let (tenant, _) = stored(test, "nong-cong");
        let scope = thidua_domain::Scope::whole(tenant);
        let read = test.db().read(|tx| crate::sample::World::read(tx, &scope)).unwrap();
        assert_eq!(read.units.len(), whole.units.len());
    }

    fn two_programs_that_migrate_at_once_both_succeed(test) {
        let empty = emptied(test);
        std::thread::scope(|threads| {
            let both: Vec<_> = (0..2).map(|_| threads.spawn(|| empty.db().migrate())).collect();
            for one in both {
                assert_eq!(one.join().unwrap().unwrap(), newest());
            }
        });
    }

    fn a_failing_first_migration_leaves_an_empty_database(test) {
        let empty = emptied(test);
        assert!(empty.db().migrate_with(&with_failing()).is_err());
        assert!(tables(&empty).is_empty());
        assert_eq!(empty.db().schema_number().unwrap(), 0);
        assert_eq!(empty.db().migrate().unwrap(), newest());
    }

    fn a_database_of_every_older_schema_can_be_brought_up_to_date(test) {
        for older in 1..MIGRATIONS.len() {
            let old = emptied(test);
            old.db().migrate_with(&MIGRATIONS[..older]).unwrap();
            let mut tx = old.db().begin().unwrap();
            tenant::insert(&mut tx, &Tenant { id: tenant_id("cu"), name: "Huyện cũ".into() }).unwrap();
            tx.commit().unwrap();
            assert_eq!(old.db().migrate().unwrap(), newest());
            stored(&old, "trieu-son");
            assert_eq!(old.rows("SELECT tenant FROM tenant ORDER BY tenant"), [["cu"], ["trieu-son"]]);
            if test.engine() == Engine::Sqlite {
                let mut copy = old.file().into_os_string();
                copy.push(format!(".schema-{older}.bak"));
                let copy = Db::open(copy.as_ref()).unwrap();
                assert_eq!(copy.schema_number().unwrap(), u32::try_from(older).unwrap());
                let kept = copy.read::<_, Error>(tenant::tenants).unwrap();
                assert_eq!(kept.len(), 1);
            }
        }
    }
}

#[test]
fn a_backup_that_cannot_be_made_stops_the_upgrade() {
    let old = TestDb::sqlite_empty("no-backup");
    old.db().migrate_with(&MIGRATIONS[..3]).unwrap();
    let mut blocked = old.file().into_os_string();
    blocked.push(".schema-3.unfinished");
    std::fs::create_dir(&blocked).unwrap();
    let refused = old.db().migrate();
    assert!(matches!(refused, Err(Error::CannotOpen { .. })), "{refused:?}");
    assert_eq!(old.db().schema_number().unwrap(), 3);
}

#[test]
fn a_database_in_memory_works_like_a_file() {
    let db = Db::memory().unwrap();
    assert_eq!(db.migrate().unwrap(), newest());
    let tenant = tenant_id("trieu-son");
    let mut tx = db.begin().unwrap();
    world("trieu-son").store(&mut tx, &tenant).unwrap();
    tx.commit().unwrap();
    let scope = thidua_domain::Scope::whole(tenant);
    let read = db.clone().read(|tx| crate::sample::World::read(tx, &scope)).unwrap();
    assert_eq!(format!("{read:?}"), format!("{:?}", world("trieu-son")));
    let other = Tenant { id: tenant_id("khac"), name: "Khác".into() };
    assert!(db.read(|tx| tenant::insert(tx, &other)).is_err(), "a read cannot write here either");
    let mut tx = db.begin().unwrap();
    tenant::insert(&mut tx, &other).unwrap();
    tx.commit().unwrap();
}

/// A database without tables, on the engine of the test.
fn emptied(test: &TestDb) -> TestDb {
    match test.engine() {
        Engine::Sqlite => TestDb::sqlite_empty("empty"),
        Engine::Postgres => TestDb::postgres_empty().expect("the server of this test is still there"),
    }
}
