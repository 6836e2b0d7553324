//! Transactions: all or nothing, snapshots, two writers at once.

use std::sync::Barrier;

use thidua_domain::{Actor, Scope};
use thidua_store::audit::{self, Chain};
use thidua_store::{Db, Error, award, org, tenant};
use thidua_testkit::both_engines;

use crate::sample::{World, at, day, stored, tenant_id};
use crate::world::world;

both_engines! {
    fn what_is_not_committed_leaves_nothing(test) {
        let mut tx = test.db().begin().unwrap();
        world("trieu-son").store(&mut tx, &tenant_id("trieu-son")).unwrap();
        drop(tx);
        for table in crate::schema::tables(test) {
            let rows = test.rows(&format!("SELECT * FROM {table}"));
            assert!(rows.is_empty() || table == "schema_version", "{table} kept {rows:?}");
        }
    }

    fn a_failed_statement_ends_the_transaction(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let clash = award::insert_many(&mut tx, &tenant, &world.awards[..1]);
        assert!(matches!(clash, Err(Error::Clash("award_pk"))), "{clash:?}");
        assert!(matches!(org::units(&mut tx, &Scope::whole(tenant)), Err(Error::Integrity(_))));
        assert!(tx.commit().is_err(), "a commit that keeps nothing must not look like one");
    }

    fn a_reference_to_nothing_is_refused(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let mut lost = world.awards[0].clone();
        (lost.id, lost.unit) = (crate::sample::code("moi"), crate::sample::code("khong-co"));
        let mut tx = test.db().begin().unwrap();
        let refused = award::insert_many(&mut tx, &tenant, &[lost]).and_then(|()| tx.commit());
        assert!(matches!(refused, Err(Error::Integrity(_))), "{refused:?}");
    }

    fn a_text_that_one_engine_cannot_hold_is_refused_by_both(test) {
        let (tenant, mut world) = stored(test, "trieu-son");
        world.awards[0].achievement = "một\0hai".into();
        let mut tx = test.db().begin().unwrap();
        let refused = award::insert_many(&mut tx, &tenant, &world.awards[..1]);
        assert!(matches!(&refused, Err(Error::Integrity(why)) if why.contains("NUL")), "{refused:?}");
    }

    fn a_read_cannot_write(test) {
        let (tenant, mut world) = stored(test, "trieu-son");
        world.awards[0].id = crate::sample::code("moi");
        let refused = test.db().read(|tx| award::insert_many(tx, &tenant, &world.awards[..1]));
        assert!(matches!(refused, Err(Error::Driver { .. })), "{refused:?}");
        // The connection is fit for writing afterwards.
        let mut tx = test.db().begin().unwrap();
        award::insert_many(&mut tx, &tenant, &world.awards[..1]).unwrap();
        tx.commit().unwrap();
    }

    fn a_read_sees_one_moment_and_does_not_wait_for_a_writer(test) {
        let (tenant, mut world) = stored(test, "trieu-son");
        let scope = Scope::whole(tenant.clone());
        let before = world.awards.len();
        world.awards[0].id = crate::sample::code("moi");
        let read = |tx: &mut thidua_store::Tx| award::awards(tx, &scope, day("2020-01-01"), day("2020-12-31")).map(|a| a.len());
        test.db().read::<_, Error>(|reader| {
            assert_eq!(read(reader)?, before);
            let mut writer = test.db().begin()?;
            award::insert_many(&mut writer, &tenant, &world.awards[..1])?;
            assert_eq!(read(reader)?, before);
            assert_eq!(test.db().read(read)?, before, "another reader does not wait either");
            writer.commit()?;
            assert_eq!(read(reader)?, before, "the snapshot stays");
            Ok(())
        }).unwrap();
        assert_eq!(test.db().read(read).unwrap(), before + 1);
    }

    fn writers_at_once_lose_nothing_and_keep_the_chain(test) {
        const WRITERS: usize = 4;
        const EACH: usize = 25;
        let (tenant, _) = stored(test, "trieu-son");
        let db: &Db = test.db();
        let start = Barrier::new(WRITERS);
        std::thread::scope(|threads| {
            for writer in 0..WRITERS {
                let (tenant, start) = (tenant.clone(), &start);
                threads.spawn(move || {
                    let actor = Actor::operator(&format!("Người {writer}"), tenant);
                    start.wait();
                    for row in 0..EACH {
                        let mut tx = db.begin().unwrap();
                        audit::append(&mut tx, &actor, at("2020-07-05T00:00:00Z"), "ghi", &row.to_string(), "").unwrap();
                        tx.commit().unwrap();
                    }
                });
            }
        });
        let chain = db.read(|tx| audit::verify(tx, &tenant)).unwrap();
        assert!(matches!(chain, Chain::Whole { rows: 100, .. }), "{chain:?}");
    }

    fn more_readers_than_connections_all_get_their_turn(test) {
        let (tenant, whole) = stored(test, "trieu-son");
        let scope = Scope::whole(tenant);
        std::thread::scope(|threads| {
            for _ in 0..16 {
                threads.spawn(|| {
                    let read = test.db().read(|tx| World::read(tx, &scope)).unwrap();
                    assert_eq!(read, whole);
                });
            }
        });
    }

    fn a_panic_inside_a_transaction_frees_its_connection(test) {
        for _ in 0..10 {
            let outcome = std::thread::scope(|threads| {
                threads.spawn(|| {
                    let _tx = test.db().begin().unwrap();
                    panic!("a verb that fails badly, on purpose");
                }).join()
            });
            assert!(outcome.is_err());
        }
        let mut tx = test.db().begin().unwrap();
        tenant::insert(&mut tx, &tenant::Tenant { id: tenant_id("sau"), name: "Sau".into() }).unwrap();
        tx.commit().unwrap();
    }
}
