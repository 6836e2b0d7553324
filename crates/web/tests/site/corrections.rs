//! A correction of an old year, seen from the pages.

use std::sync::Arc;

use thidua_app::App;
use thidua_base::code::OrgId;
use thidua_base::{Date, Number, Period};
use thidua_domain::Actor;
use thidua_domain::indicator::{Indicator, Nature, Reading, TreeRule, Value};
use thidua_testkit::store;

use crate::demo::{PACK, get, with};

const YEAR: &str = "2017-H1";

/// Enters readings as a verb does: with a row of the journal, in one transaction.
fn enter(app: &App, readings: &[Reading]) -> i64 {
    let by = Actor::operator("Nguyễn Thị Hoa", app.home.tenant.clone());
    let mut tx = app.db.begin().unwrap();
    let first = store::reading::insert_many(&mut tx, &app.home.tenant, readings).unwrap();
    store::audit::append(&mut tx, &by, app.clock.now(), "enter-figures", YEAR, "").unwrap();
    tx.commit().unwrap();
    first
}

/// A figure of 2017 of each commune: 100 hectares, printed as no other figure is.
fn of_2017() -> Vec<Reading> {
    let reported = PACK.readings.iter().filter(|row| row.indicator.as_str() == "NN02" && row.unit.as_str() != "h-397");
    let then = |row: &Reading| Reading {
        period: Period::parse(YEAR).unwrap(),
        nature: Nature::Official,
        value: Value::Of(Number::whole(100)),
        ..row.clone()
    };
    reported.map(then).collect()
}

/// The pages that show the total of the district for 2017, or something that follows from it: the indicator closely,
/// and the passports of the commune, the district and the province.
fn pages(commune: &OrgId) -> Vec<String> {
    let passport = |unit: &str| format!("/so-lieu/reading:NN02:{unit}:{YEAR}");
    vec!["/chi-tieu/NN02".to_owned(), passport(commune.as_str()), passport("h-397"), passport("t-38")]
}

async fn shown(app: &Arc<App>, paths: &[String]) -> Vec<String> {
    let mut shown = Vec::new();
    for path in paths {
        let answer = get(app, path).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.status);
        shown.push(answer.text().to_owned());
    }
    shown
}

/// Acceptance test 7 of the indicator chapter, as far as ancestors and pages go. Both are asked for twice before, so
/// that what is kept in memory is what the correction must reach.
#[tokio::test]
async fn acceptance_7_a_correction_of_a_commune_of_three_years_ago_changes_every_ancestor_and_every_open_page() {
    let mut pack = PACK.clone();
    // The pack knows its units since 2019 only; here they have been what they are for longer.
    let since = Date::parse("2015-01-01").unwrap();
    let begun = Date::parse("2019-01-01").unwrap();
    pack.units.iter_mut().filter(|unit| unit.valid_from == begun).for_each(|unit| unit.valid_from = since);
    pack.edges.iter_mut().filter(|edge| edge.valid_from == begun).for_each(|edge| edge.valid_from = since);
    let app = with(&pack);
    let readings = of_2017();
    assert_eq!(readings.len(), 34);
    assert!(
        PACK.indicators
            .iter()
            .any(|Indicator { code, tree_rule, .. }| { code.as_str() == "NN02" && *tree_rule == TreeRule::Sum })
    );
    let first = enter(&app, &readings);
    let paths = pages(&readings[0].unit);
    shown(&app, &paths).await;
    let before = shown(&app, &paths).await;
    for page in [&before[0], &before[2], &before[3]] {
        assert!(page.contains("3.400"), "34 communes of 100 hectares");
    }
    let unmoved = ["/chi-tieu/NS01", "/chi-tieu"].map(str::to_owned);
    let others = shown(&app, &unmoved).await;

    let correction = Reading {
        value: Value::Of(Number::whole(177)),
        supersedes: Some(first),
        reason: "Rà soát năm 2020".into(),
        ..readings[0].clone()
    };
    enter(&app, &[correction]);

    let after = shown(&app, &paths).await;
    for (path, (before, after)) in paths.iter().zip(before.iter().zip(&after)) {
        assert_ne!(before, after, "{path} shows the figure before the correction");
    }
    for page in [&after[0], &after[2], &after[3]] {
        assert!(
            page.contains("3.477") && !page.contains("3.400"),
            "every ancestor has the new total, none the old one"
        );
    }
    assert!(after[1].contains("177") && after[1].contains("Rà soát năm 2020"));
    assert_eq!(shown(&app, &unmoved).await, others, "what does not follow from the figure stays as it was");
}
