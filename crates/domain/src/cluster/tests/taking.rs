//! Figures taken from the indicator chapter: the actual, the target of its assigner, and the same period last year.

use super::{HEAD, at, code, day, n, unit};
use crate::cluster::measure::{Changed, Measurements};
use crate::cluster::scheme::{Scheme, read};
use crate::indicator::{
    Absence, Comparator, Direction, Figures, Indicator, Nature, Parts, Plan, PlanNaming, PlanValue, Qualifier, Reading,
    TreeRule, Value, ValueKind,
};
use crate::origin::{Origin, Provenance};
use thidua_base::Period;
use thidua_base::code::{IndicatorCode, OrgId, PlanId};

fn scheme(target_by: &str) -> Scheme {
    let criterion = format!(
        "[[criterion]]\ncode = \"A\"\nmax = 100\nrule = {{ kind = \"plan\", indicator = \"KT01\", target-by = \"{target_by}\", curve = \"proportional\", full-at = 100, cap = 100, no-target = \"unscored\", zero-target = \"unscored\" }}\n"
    );
    read("thu.toml", &format!("{HEAD}{criterion}")).unwrap()
}

fn provenance() -> Provenance {
    Provenance { origin: Origin::Reported, source: String::new() }
}

fn kt01() -> IndicatorCode {
    IndicatorCode::parse("KT01").unwrap()
}

fn indicator() -> Indicator {
    Indicator {
        code: kt01(),
        valid_from: day("2020-01-01"),
        valid_to: None,
        name: "Thu ngân sách".to_owned(),
        phrase: "thu ngân sách".to_owned(),
        name_en: "Revenue".to_owned(),
        measure: "tỷ đồng".to_owned(),
        decimals: 1,
        percent_decimals: 1,
        kind: ValueKind::Flow,
        tree_rule: TreeRule::Own,
        direction: Direction::Up,
        price_basis: String::new(),
        part_of: None,
        parts: Parts::Some,
        field: "ngan-sach".to_owned(),
        ordinal: 1,
        owner: None,
        definition: String::new(),
    }
}

fn reading(whose: &str, period: &str, value: Value) -> Reading {
    Reading {
        seq: 0,
        indicator: kt01(),
        unit: unit(whose),
        period: Period::parse(period).unwrap(),
        nature: Nature::Official,
        value,
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: provenance(),
        entered_by: String::new(),
        entered_at: at(super::NOON),
        supersedes: None,
        reason: String::new(),
    }
}

fn plan(id: &str, assigner: &str, whose: &str, value: &str) -> (Plan, PlanValue) {
    let plan = Plan {
        id: PlanId::parse(id).unwrap(),
        assigner: unit(assigner),
        naming: PlanNaming::Plain,
        word: "kế hoạch".to_owned(),
        period: Period::parse("2026").unwrap(),
        number: String::new(),
        decided_on: day("2026-01-05"),
        supersedes: None,
        provenance: provenance(),
    };
    let value = PlanValue {
        plan: plan.id.clone(),
        indicator: kt01(),
        unit: unit(whose),
        period: plan.period,
        comparator: Comparator::AtLeast,
        value: n(value),
        provenance: provenance(),
    };
    (plan, value)
}

fn figures() -> Figures {
    let readings = [
        reading("A", "2026", Value::Of(n("90"))),
        reading("A", "2025", Value::Of(n("80"))),
        reading("B", "2026", Value::Absent(Absence::NotApplicable)),
    ];
    let (plans, values): (Vec<Plan>, Vec<PlanValue>) =
        [plan("kh-tinh", "tinh", "A", "100"), plan("dk-a", "A", "A", "50"), plan("dk-b", "B", "B", "10")]
            .into_iter()
            .unzip();
    Figures::new(&[indicator()], &readings, &plans, &values, &[], day("2026-12-31"))
}

fn taken(target_by: &str) -> (Scheme, Measurements) {
    let members: Vec<OrgId> = ["A", "B", "C"].map(unit).to_vec();
    let scheme = scheme(target_by);
    let found = Measurements::taken(&figures(), &scheme, &members, Period::parse("2026").unwrap()).unwrap();
    (scheme, found)
}

#[test]
fn the_actual_the_target_of_its_assigner_and_last_year_are_taken() {
    let (scheme, found) = taken("superior");
    let of_a = found.get(&unit("A"), &code("A")).unwrap();
    assert_eq!((of_a.actual, of_a.before), (Value::Of(n("90")), Value::Of(n("80"))));
    let target = of_a.target.clone().unwrap();
    assert_eq!((target.value, target.plan.as_str(), target.assigner), (n("100"), "kh-tinh", unit("tinh")));
    // The unit's own registration is no target where the scheme takes those of others.
    let of_b = found.get(&unit("B"), &code("A")).unwrap();
    assert_eq!((of_b.actual, of_b.target.clone()), (Value::Absent(Absence::NotApplicable), None));
    assert_eq!(found.get(&unit("C"), &code("A")).unwrap().actual, Value::Absent(Absence::NotReported));
    let round = crate::cluster::score::Round { members: vec![unit("A")], figures: found, ..Default::default() };
    assert_eq!(round.score(&scheme).unwrap()[0].total.points, n("90"));
}

#[test]
fn a_scheme_may_take_what_the_unit_registered() {
    let (scheme, found) = taken("registered");
    assert_eq!(found.get(&unit("A"), &code("A")).unwrap().target.clone().unwrap().value, n("50"));
    let round = crate::cluster::score::Round { members: vec![unit("A")], figures: found, ..Default::default() };
    assert_eq!(round.score(&scheme).unwrap()[0].total.points, n("100"));
}

#[test]
fn the_last_change_of_a_figure_is_found_among_its_readings() {
    let numbered = |seq: i64, value: &str, supersedes: Option<i64>, when: &str| Reading {
        seq,
        supersedes,
        entered_at: at(when),
        ..reading("A", "2026", Value::Of(n(value)))
    };
    let first = numbered(1, "70", None, "2026-11-01T00:00:00Z");
    let second = numbered(2, "90", Some(1), "2026-12-05T00:00:00Z");
    // Confirmed without a change.
    let third = numbered(3, "90", Some(2), "2026-12-06T00:00:00Z");
    assert_eq!(Changed::latest(std::slice::from_ref(&first)), None);
    let found = Changed::latest(&[third, second, first]).unwrap();
    assert_eq!((found.from, found.at), (n("70"), at("2026-12-05T00:00:00Z")));
}
