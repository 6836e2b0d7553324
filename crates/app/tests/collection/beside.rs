//! What a figure is held against: other units by what it is naturally divided by, and the same period of another definition.

use thidua_app::collection::sheet;
use thidua_base::code::OrgId;
use thidua_base::{Number, Percent, Period, Timestamp};
use thidua_domain::Scope;
use thidua_domain::collection::CheckResult;
use thidua_domain::collection::sheet::Prior;
use thidua_domain::indicator::{Indicator, Nature, Qualifier, Reading, TreeRule, ValueKind};
use thidua_domain::origin::{Origin, Provenance};
use thidua_store as store;
use thidua_testkit::both_engines;

use crate::desk::{COMMUNE, Desk, change, code, day, key, of, period, unit};

fn known(desk: &Desk, indicator: &str) -> Indicator {
    let scope = Scope::whole(desk.app.home.tenant.clone());
    let all = desk.app.db.read(|tx| store::indicator::indicators(tx, &scope)).unwrap();
    all.into_iter().find(|one| one.code == code(indicator)).unwrap()
}

fn define(desk: &Desk, indicator: Indicator) {
    let mut tx = desk.app.db.begin().unwrap();
    store::indicator::insert_many(&mut tx, &desk.app.home.tenant, &[indicator]).unwrap();
    tx.commit().unwrap();
}

fn reading(indicator: &str, of_unit: &OrgId, at: Period, nature: Nature, value: &str) -> Reading {
    Reading {
        seq: 0,
        indicator: code(indicator),
        unit: of_unit.clone(),
        period: at,
        nature,
        value: of(value),
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: Provenance { origin: Origin::Sample, source: "mẫu".into() },
        entered_by: "kiểm thử".into(),
        entered_at: Timestamp::parse("2020-12-09T08:00:00Z").unwrap(),
        supersedes: None,
        reason: String::new(),
    }
}

fn kept(desk: &Desk, readings: &[Reading]) {
    let mut tx = desk.app.db.begin().unwrap();
    store::reading::insert_many(&mut tx, &desk.app.home.tenant, readings).unwrap();
    tx.commit().unwrap();
}

/// Figures of communes, with what each is divided by: known by the year, a thousand more from one to the next.
fn six_others(desk: &Desk) -> Vec<OrgId> {
    let whole = Scope::whole(desk.app.home.tenant.clone());
    let edges = desk.app.db.read(|tx| store::org::edges(tx, &whole)).unwrap();
    let below = edges.iter().filter(|edge| edge.parent == unit("h-397") && edge.on(day("2020-12-15")));
    let mut others: Vec<OrgId> = below
        .map(|edge| edge.child.clone())
        .filter(|one| one.as_str().starts_with("x-") && *one != unit(COMMUNE))
        .collect();
    others.sort();
    others.dedup();
    others.truncate(6);
    let year = period().plan_year();
    let readings: Vec<Reading> = others
        .iter()
        .zip(1..)
        .flat_map(|(one, size)| {
            [
                reading("LD01", one, period(), Nature::Estimate, &(10 * size + size * size / 6).to_string()),
                reading("DS99", one, year, Nature::Official, &(1_000 * size).to_string()),
            ]
        })
        .collect();
    kept(desk, &readings);
    others
}

fn findings(desk: &Desk) -> Vec<CheckResult> {
    sheet(&desk.app, &desk.operator, &key()).unwrap().findings
}

both_engines! {
    fn a_figure_is_held_against_others_per_head_where_the_heads_are_known(test) {
        let desk = Desk::set(test.db());
        let heads = Indicator { code: code("DS99"), kind: ValueKind::Stock, tree_rule: TreeRule::Sum, ..known(&desk, "LD01") };
        define(&desk, heads);
        six_others(&desk);
        let large = reading("DS99", &unit(COMMUNE), period().plan_year(), Nature::Official, "100000");
        kept(&desk, &[large]);
        let by = desk.reporter();
        desk.saved(&by, &change("d-1", "LD01", of("1030"), None));
        // Nothing says what is divided by what: totals are compared, and a large unit stands out.
        let of_peers = |wanted: &str| findings(&desk).iter().any(|found| found.rule == wanted);
        assert!(of_peers("peers") && !of_peers("peers-per"));
        let quotient = TreeRule::Quotient(code("LD01"), code("DS99"));
        define(&desk, Indicator { code: code("TL99"), kind: ValueKind::Ratio, tree_rule: quotient, ..known(&desk, "LD01") });
        assert!(!of_peers("peers") && !of_peers("peers-per"), "{:?}", findings(&desk));
        let seen = sheet(&desk.app, &desk.operator, &key()).unwrap();
        let facts = seen.facts.rows.iter().find(|row| row.indicator == code("LD01")).unwrap();
        assert_eq!((facts.per, facts.peers_per.len()), (Some(Number::whole(100_000)), 6));
        // Ten times as many for its people is far, though another unit might have as many in all.
        let seq = desk.holds("LD01").unwrap().seq;
        desk.saved(&by, &change("d-2", "LD01", of("9999"), Some(seq)));
        assert!(of_peers("peers-per") && !of_peers("peers"), "{:?}", findings(&desk));
    }

    fn of_several_readings_of_another_unit_the_firmest_is_taken_once(test) {
        let desk = Desk::set(test.db());
        let others = six_others_of(&desk);
        let firm = reading("LD01", &others[0], period(), Nature::Official, "500");
        kept(&desk, &[firm]);
        let seen = sheet(&desk.app, &desk.operator, &key()).unwrap();
        let facts = seen.facts.rows.iter().find(|row| row.indicator == code("LD01")).unwrap();
        assert_eq!(facts.peers.len(), 6);
        assert!(facts.peers.contains(&Number::whole(500)) && !facts.peers.contains(&Number::whole(10)));
    }

    fn the_same_period_is_told_where_both_definitions_measure_the_same(test) {
        let desk = Desk::set(test.db());
        let before = period().same_period_last_year();
        kept(&desk, &["NN02", "LD01"].map(|one| reading(one, &unit(COMMUNE), before, Nature::Official, "50")));
        let by = desk.reporter();
        for (at, one) in ["NN02", "LD01"].iter().enumerate() {
            desk.saved(&by, &change(&format!("d-{at}"), one, of("60"), None));
        }
        let told = |one: &str| {
            let seen = sheet(&desk.app, &desk.operator, &key()).unwrap().sheet;
            let row = seen.row(&code(one)).unwrap().clone();
            let percent = row.against_same_period().unwrap().map(|against| against.percent);
            (row.same_period, percent)
        };
        assert_eq!(told("NN02"), (Prior::Of(Number::whole(50)), Some(Percent::Of(Number::whole(120)))));
        assert_eq!(told("NN02"), told("LD01"));
        // From July the same code counts in another measure: no growth is told across the two.
        let later = Indicator { valid_from: day("2020-07-01"), measure: "nghìn người".into(), ..known(&desk, "LD01") };
        define(&desk, later);
        assert_eq!(told("LD01"), (Prior::NotComparable, None));
        assert_eq!(told("NN02").0, Prior::Of(Number::whole(50)));
    }
}

/// The same figures without anything to divide them by.
fn six_others_of(desk: &Desk) -> Vec<OrgId> {
    let heads = Indicator { code: code("DS99"), kind: ValueKind::Stock, ..known(desk, "LD01") };
    define(desk, heads);
    six_others(desk)
}
