//! Every indicator of the unit in the period, against its plans and the same period last year.

use std::collections::BTreeSet;
use std::sync::Arc;

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::indicator::compare::{Against, Change, Pace, against};
use thidua_domain::indicator::figures::{Actual, Trace};
use thidua_domain::indicator::{Indicator, Plan, PlanNaming, PlanValue};
use thidua_domain::org::Unit;
use thidua_store as store;
use thidua_store::Tx;

use super::figures::{Asked, Loaded, load, untold};
use super::standard::{StandardCount, counts};
use crate::org::Standing;
use crate::{App, Error};

/// All indicators of the unit.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Unit, period, day.
    pub standing: Standing,
    /// Indicators in list order.
    pub rows: Vec<Row>,
    /// Standards, n of m, on the last day of the period.
    pub standards: Vec<StandardCount>,
    /// Indicators that a finding of the period speaks of.
    pub mentioned: Vec<IndicatorCode>,
}

/// One indicator with its comparisons.
#[derive(Debug, Clone)]
pub struct Row {
    /// The definition on the day.
    pub indicator: Indicator,
    /// How many wholes it is a part of, one inside the other.
    pub depth: usize,
    /// The value of the period.
    pub actual: Actual,
    /// The value of the same period last year.
    pub prior: Actual,
    /// What changed between the two.
    pub change: Change,
    /// Plans in force on the day, the plain one first.
    pub plans: Vec<PlanRow>,
}

/// A plan the indicator is held against.
#[derive(Debug, Clone)]
pub struct PlanRow {
    /// The document.
    pub plan: Plan,
    /// The figure assigned.
    pub assigned: PlanValue,
    /// Who assigns, by name.
    pub assigner: String,
    /// Who assigns, by kind (`tỉnh`, `huyện`); empty where the plan is cited without.
    pub assigner_kind: String,
    /// The value against the plan; `None` where there is no value.
    pub against: Option<Against>,
    /// How it stands against the pace of the year.
    pub pace: Pace,
}

/// Reads all indicators.
pub fn overview(app: &App, by: &Actor) -> Result<Arc<Overview>, Error> {
    app.db.read(|tx| app.shelf.within(tx, &by.scope)?.overview(&app.home, || read(tx, app, by)))
}

fn read(tx: &mut Tx, app: &App, by: &Actor) -> Result<Overview, Error> {
    let loaded = load(tx, app, by, Asked::Standing, 1)?;
    let standards = store::standard::standards(tx, &by.scope)?;
    let members = store::standard::members(tx, &by.scope)?;
    let recognitions = store::standard::recognitions(tx, &by.scope)?;
    let findings = store::finding::findings(tx, &by.scope, loaded.period)?;
    let rows = loaded
        .figures
        .indicators()
        .into_iter()
        .map(|indicator| row(&loaded, indicator, &loaded.standing.unit, Trace::Left))
        .collect::<Result<Vec<Row>, Error>>()?;
    let mut mentioned: Vec<IndicatorCode> = findings.into_iter().flat_map(|finding| finding.about).collect();
    mentioned.sort();
    mentioned.dedup();
    let day = loaded.period.last_day();
    Ok(Overview {
        standards: counts(&standards, &members, &recognitions, day),
        standing: loaded.standing,
        rows: in_tree_order(rows),
        mentioned,
    })
}

/// One indicator of a unit, compared.
pub(super) fn row(loaded: &Loaded, indicator: &Indicator, unit: &OrgId, trace: Trace) -> Result<Row, Error> {
    let period = loaded.period;
    let figures = &loaded.figures;
    let value = |period| figures.traced(&indicator.code, unit, period, trace).map_err(untold);
    let (actual, prior) = (value(period)?, value(period.same_period_last_year())?);
    let change = figures.change_between(&indicator.code, period, &actual, &prior).map_err(untold)?;
    let plans = figures
        .plans(&indicator.code, unit, period)
        .into_iter()
        .map(|(plan, assigned)| plan_row(loaded, indicator, &actual, plan, assigned))
        .collect::<Result<Vec<PlanRow>, Error>>()?;
    Ok(Row { indicator: indicator.clone(), depth: 0, actual, prior, change, plans })
}

fn plan_row(
    loaded: &Loaded,
    indicator: &Indicator,
    actual: &Actual,
    plan: &Plan,
    assigned: &PlanValue,
) -> Result<PlanRow, Error> {
    let held = match actual.value {
        Some(value) => Some(against(value, assigned.value, indicator.percent_decimals).map_err(untold)?),
        None => None,
    };
    let pace = loaded.figures.pace(&indicator.code, actual, assigned, loaded.period);
    let assigner = loaded.unit(&plan.assigner);
    let assigner_kind = match plan.naming {
        PlanNaming::Plain => String::new(),
        PlanNaming::Named => assigner.map(Unit::kind_in_words).unwrap_or_default(),
    };
    Ok(PlanRow {
        plan: plan.clone(),
        assigned: assigned.clone(),
        assigner: assigner.map_or_else(|| plan.assigner.to_string(), |unit| unit.name.clone()),
        assigner_kind,
        against: held,
        pace,
    })
}

/// Parts directly below their whole, each with its depth; list order otherwise.
fn in_tree_order(rows: Vec<Row>) -> Vec<Row> {
    let known: BTreeSet<IndicatorCode> = rows.iter().map(|row| row.indicator.code.clone()).collect();
    let (tops, mut parts): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.indicator.part_of.as_ref().is_none_or(|whole| !known.contains(whole)));
    let mut out = Vec::new();
    for top in tops {
        place_below(top, 0, &mut parts, &mut out);
    }
    // What is left forms a ring of parts: shown rather than lost.
    out.append(&mut parts);
    out
}

fn place_below(mut row: Row, depth: usize, parts: &mut Vec<Row>, out: &mut Vec<Row>) {
    row.depth = depth;
    let (code, field) = (row.indicator.code.clone(), row.indicator.field.clone());
    out.push(row);
    // A part listed under another field stays in the list of its own field.
    let is_below = |part: &Row| part.indicator.part_of.as_ref() == Some(&code) && part.indicator.field == field;
    let (below, rest): (Vec<Row>, Vec<Row>) = std::mem::take(parts).into_iter().partition(is_below);
    *parts = rest;
    for part in below {
        place_below(part, depth + 1, parts, out);
    }
}
