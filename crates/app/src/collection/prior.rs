//! What a unit as it is had in an earlier period: its own figures, or its predecessors' carried over.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::Actor;
use thidua_domain::actor::Scope;
use thidua_domain::collection::sheet::Prior;
use thidua_domain::indicator::{Absence, Indicator, Reading, TreeRule, Value, ValueKind};
use thidua_domain::org::{Restated, UnitEvent};
use thidua_store as store;
use thidua_store::Tx;

use super::held::of_units;
use crate::{App, Error};

/// The figures of a unit for an earlier period, for each indicator that has any. Its own readings count where it made
/// them; where it did not exist in that period, those of its predecessors are carried over, exactly or not at all.
pub(super) fn priors(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    (unit, period): (&OrgId, Period),
    own: &[Reading],
    indicators: &[Indicator],
    day: Date,
) -> Result<BTreeMap<IndicatorCode, Prior>, Error> {
    let mut found: BTreeMap<IndicatorCode, Prior> = own
        .iter()
        .filter(|reading| reading.unit == *unit && reading.period == period)
        .filter_map(|reading| Some((reading.indicator.clone(), Prior::Of(number(reading.value)?))))
        .collect();
    let whole = Scope::whole(by.scope.tenant.clone());
    let shelf = app.shelf.within(tx, &whole)?;
    let ground = shelf.ground(tx)?;
    let existed = ground.units.on(unit, period.last_day()).is_some();
    if existed || period.last_day() >= day {
        return Ok(found);
    }
    let before = predecessors(unit, &ground.events, period.last_day());
    if before.is_empty() {
        return Ok(found);
    }
    let succession = shelf.succession(tx, &ground, "")?;
    let descent = succession.between(&before, period.last_day(), day).context("carrying figures over")?;
    let units: Vec<OrgId> = before.iter().cloned().collect();
    let readings = store::reading::readings_of(tx, &of_units(by, &units), &[period])?;
    let mut values: BTreeMap<(&IndicatorCode, &OrgId), Number> = BTreeMap::new();
    for reading in &readings {
        if let Some(value) = number(reading.value) {
            values.insert((&reading.indicator, &reading.unit), value);
        }
    }
    for indicator in indicators.iter().filter(|indicator| adds_up(indicator)) {
        if found.contains_key(&indicator.code) {
            continue;
        }
        let column = descent.column(|old| values.get(&(&indicator.code, old)).copied());
        let restated =
            descent.restate_together(&column, [unit], indicator.decimals).context("carrying figures over")?;
        let prior = match restated {
            Restated::Exact(total) | Restated::Shared(total) if total.missing.is_empty() => Prior::Of(total.sum),
            Restated::Exact(_) | Restated::Shared(_) => Prior::NotReported,
            Restated::NotComparable { .. } => Prior::NotComparable,
        };
        found.insert(indicator.code.clone(), prior);
    }
    Ok(found)
}

/// Every unit of which something came to a unit after a day, through any number of events.
fn predecessors(unit: &OrgId, events: &[UnitEvent], after: Date) -> BTreeSet<OrgId> {
    let mut found = BTreeSet::new();
    let mut open = vec![unit.clone()];
    while let Some(at) = open.pop() {
        for event in events.iter().filter(|event| event.effective_on > after) {
            for link in event.links.iter().filter(|link| link.to == at) {
                if found.insert(link.from.clone()) {
                    open.push(link.from.clone());
                }
            }
        }
    }
    found
}

fn number(value: Value) -> Option<Number> {
    match value {
        Value::Of(number) => Some(number),
        Value::Absent(Absence::NoneOccurred) => Some(Number::whole(0)),
        Value::Absent(_) => None,
    }
}

fn adds_up(indicator: &Indicator) -> bool {
    matches!(indicator.kind, ValueKind::Flow | ValueKind::Stock)
        && matches!(indicator.tree_rule, TreeRule::Own | TreeRule::Sum)
}
