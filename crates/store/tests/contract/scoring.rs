//! The scoring of clusters: read back as written, never changed, one tenant at a time.

use thidua_domain::Scope;
use thidua_domain::cluster::flags::{Barred, FlagRules};
use thidua_domain::cluster::journal::{Act, Passage, Way};
use thidua_domain::cluster::meeting::{Attendance, Meeting, MeetingKind};
use thidua_domain::cluster::opening::{Frozen, Opening, Signed};
use thidua_domain::cluster::scheme::FlagRule;
use thidua_domain::cluster::seat::Move;
use thidua_store::cluster::upload::ScoreUpload;
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

    fn a_clusters_year_is_read_back_and_never_changed(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let one = &world.clusters[0];
        let (of, year) = (one.code.clone(), one.year);
        let meeting = |revision: i64, place: &str| Meeting {
            cluster: of.clone(),
            year,
            number: 1,
            revision,
            kind: MeetingKind::Scoring,
            held_on: day("2020-07-01"),
            place: place.into(),
            chaired_by: code("xa-b"),
            chair: "Lê Thị Bình".into(),
            scribe: "Hà Văn Thư".into(),
            agenda: vec!["Chấm điểm".into(), "Xét cờ".into()],
            conclusions: vec!["Thống nhất".into()],
            decided: Vec::new(),
            attendance: vec![
                Attendance { unit: code("xa-b"), came: true, person: "Lê Thị Bình".into() },
                Attendance { unit: code("xa-a"), came: false, person: String::new() },
            ],
            by: "Hòa".into(),
            at: at(NOON),
        };
        let rules = |revision: i64| FlagRules {
            revision,
            rules: vec![
                FlagRule { honour: code("co-thi-dua"), places: 1, least: Some("tot".into()) },
                FlagRule { honour: code("bang-khen"), places: 3, least: None },
            ],
            least_points: thidua_base::Number::new(905, 1),
            barred: vec![Barred { unit: code("xa-a"), reason: "Có cán bộ bị kỷ luật".into() }],
            by: "Hòa".into(),
            at: at(NOON),
        };
        let moved = Move {
            unit: code("xa-a"),
            year,
            from: Some(of.clone()),
            to: Some(code("cum-3")),
            on: day("2020-05-01"),
            reason: "Quyết định 12/QĐ-UBND".into(),
            by: "Hòa".into(),
            at: at(NOON),
        };
        let opening = Opening {
            cluster: of.clone(),
            year,
            period: period("2020-H1"),
            closes_on: day("2020-07-25"),
            file: "bang.toml".into(),
            scheme: "code = \"X\"".into(),
            provenance: from(2, "trieu-son"),
            by: "Hòa".into(),
            at: at(NOON),
        };
        let frozen = Frozen { hash: "00".into(), bytes: vec![1], by: "Hòa".into(), at: at(NOON) };
        let signed = Signed { public_key: "0a".into(), signature: "0b".into(), at: at(NOON) };
        let upload = ScoreUpload {
            id: "0123".into(),
            cluster: of.clone(),
            year,
            unit: code("xa-a"),
            level: "own".into(),
            sent_by: "tk-1".into(),
            file: "Phiếu.xlsx".into(),
            bytes: vec![0, 255],
            expires_at: at("2020-07-05T06:00:00Z"),
        };
        let mut tx = test.db().begin().unwrap();
        for one in [meeting(1, "Xã A"), meeting(2, "Xã B")] {
            cluster::year::add_meeting(&mut tx, &tenant, &one).unwrap();
        }
        for one in [rules(1), rules(2)] {
            cluster::year::set_flag_rule(&mut tx, &tenant, &of, year, &one).unwrap();
        }
        cluster::year::add_move(&mut tx, &tenant, 0, &moved).unwrap();
        cluster::scoring::open(&mut tx, &tenant, &opening).unwrap();
        cluster::scoring::freeze(&mut tx, &tenant, &of, year, &frozen).unwrap();
        cluster::year::sign(&mut tx, &tenant, &of, year, &signed).unwrap();
        cluster::upload::insert(&mut tx, &tenant, &upload).unwrap();
        tx.commit().unwrap();

        let scope = Scope::whole(tenant.clone());
        let stranger = Scope::whole(tenant_id("la"));
        let mut tx = test.db().begin().unwrap();
        assert_eq!(cluster::year::meetings(&mut tx, &scope, &of, year).unwrap(), [meeting(2, "Xã B")]);
        assert_eq!(cluster::year::flag_rule(&mut tx, &scope, &of, year).unwrap(), Some(rules(2)));
        assert_eq!(cluster::year::moves(&mut tx, &scope, year).unwrap(), [moved]);
        let joined = cluster::clusters(&mut tx, &scope).unwrap();
        let third = joined.iter().find(|one| one.code.as_str() == "cum-3").unwrap();
        assert_eq!(third.members.iter().map(|one| one.unit.as_str()).collect::<Vec<_>>(), ["xa-a"]);
        assert_eq!(cluster::year::signature(&mut tx, &scope, &of, year).unwrap(), Some(signed));
        let waits = |tx: &mut thidua_store::Tx, scope: &Scope, by: &str, now: &str| {
            cluster::upload::upload(tx, scope, "0123", by, at(now)).unwrap()
        };
        assert_eq!(waits(&mut tx, &scope, "tk-1", NOON), Some(upload));
        // Not for another account, not after its hour, not in another tenant.
        assert_eq!(waits(&mut tx, &scope, "tk-2", NOON), None);
        assert_eq!(waits(&mut tx, &scope, "tk-1", "2020-07-05T06:00:00Z"), None);
        assert_eq!(waits(&mut tx, &stranger, "tk-1", NOON), None);
        assert_eq!(cluster::upload::forget(&mut tx, &tenant, "tk-1", at(NOON)).unwrap(), 1);
        assert!(cluster::year::meetings(&mut tx, &stranger, &of, year).unwrap().is_empty());
        assert_eq!(cluster::year::flag_rule(&mut tx, &stranger, &of, year).unwrap(), None);
        assert!(cluster::year::moves(&mut tx, &stranger, year).unwrap().is_empty());
        assert_eq!(cluster::year::signature(&mut tx, &stranger, &of, year).unwrap(), None);
        drop(tx);
        let mut tx = test.db().begin().unwrap();
        let twice = cluster::year::add_meeting(&mut tx, &tenant, &meeting(2, "Xã C"));
        assert!(matches!(twice, Err(Error::Clash(_))), "{twice:?}");
        drop(tx);
        for table in [
            "cluster_meeting", "cluster_attendance", "cluster_flag_rule", "cluster_flag_place", "cluster_flag_bar",
            "cluster_move", "cluster_signature",
        ] {
            for attempt in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = 'x'")] {
                let said = test.try_tamper(&attempt).expect_err(&attempt);
                assert!(said.contains("append-only"), "{attempt}: {said}");
            }
        }
    }
}
