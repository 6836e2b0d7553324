//! The scoring of clusters: read back as written, never changed, one tenant at a time.

use thidua_domain::Scope;
use thidua_domain::cluster::journal::{Act, Passage, Way};
use thidua_domain::cluster::opening::{Frozen, Opening};
use thidua_store::{Error, cluster};
use thidua_testkit::both_engines;

use crate::sample::{at, code, day, from, period, stored, tenant_id};

const NOON: &str = "2020-07-05T05:00:00Z";

both_engines! {
    fn a_scoring_is_read_back_and_never_changed(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let one = &world.clusters[0];
        let (of, year) = (one.code.clone(), one.year);
        let opening = Opening {
            cluster: of.clone(),
            year,
            period: period("2020-H1"),
            closes_on: day("2020-07-25"),
            file: "bang.toml".into(),
            scheme: "code = \"X\"\n# Bảng tiêu chí".into(),
            provenance: from(2, "trieu-son"),
            by: "Hòa".into(),
            at: at(NOON),
        };
        let sent = |by: &str| Act::Passed(code("xa-a"), Passage { way: Way::Up, by: by.into(), at: at(NOON) });
        let frozen = Frozen { hash: "00".into(), bytes: vec![0, 255, 10], by: "Hòa".into(), at: at(NOON) };
        let mut tx = test.db().begin().unwrap();
        cluster::scoring::open(&mut tx, &tenant, &opening).unwrap();
        cluster::scoring::add_acts(&mut tx, &tenant, &of, year, 0, &[sent("Hòa"), sent("Bình")]).unwrap();
        cluster::scoring::freeze(&mut tx, &tenant, &of, year, &frozen).unwrap();
        tx.commit().unwrap();

        let scope = Scope::whole(tenant.clone());
        let mut tx = test.db().begin().unwrap();
        assert_eq!(cluster::scoring::opening(&mut tx, &scope, &of, year).unwrap(), Some(opening.clone()));
        let journal = cluster::scoring::journal(&mut tx, &scope, &of, year).unwrap();
        assert_eq!((journal.last, journal.passages[&code("xa-a")].len()), (2, 2));
        assert_eq!(cluster::scoring::frozen(&mut tx, &scope, &of, year).unwrap()[&year], frozen);
        assert_eq!(cluster::scoring::opened(&mut tx, &scope).unwrap()[&(of.clone(), year)], Some(at(NOON)));
        // Another tenant has none of it.
        let stranger = Scope::whole(tenant_id("la"));
        assert_eq!(cluster::scoring::opening(&mut tx, &stranger, &of, year).unwrap(), None);
        assert_eq!(cluster::scoring::journal(&mut tx, &stranger, &of, year).unwrap().last, 0);
        drop(tx);
        // Who comes second over the same number, or opens twice, is told so.
        let mut tx = test.db().begin().unwrap();
        let late = cluster::scoring::add_acts(&mut tx, &tenant, &of, year, 1, &[sent("An")]);
        assert!(matches!(late, Err(Error::Clash(_))), "{late:?}");
        drop(tx);
        let mut tx = test.db().begin().unwrap();
        let twice = cluster::scoring::open(&mut tx, &tenant, &opening);
        assert!(matches!(twice, Err(Error::Clash(_))), "{twice:?}");
        drop(tx);
        for table in ["cluster_scheme", "cluster_scoring", "cluster_act", "cluster_freeze"] {
            for attempt in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = 'x'")] {
                let said = test.try_tamper(&attempt).expect_err(&attempt);
                assert!(said.contains("append-only"), "{attempt}: {said}");
            }
        }
    }
}
