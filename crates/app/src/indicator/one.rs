//! One indicator closely: its plans, its values over the years, its parts, and the units it is made up of.

use std::collections::BTreeMap;
use std::sync::Arc;

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Number, Period};
use thidua_domain::Actor;
use thidua_domain::indicator::by_unit::{Asked as ByUnitAsked, UnitsAsked};
use thidua_domain::indicator::compare::{Against, against};
use thidua_domain::indicator::figures::{Actual, Trace};
use thidua_domain::indicator::{Absence, Indicator, Parts, Value, ValueKind};
use thidua_domain::org::{Restated, Structure, Unit};
use thidua_store::Tx;

use super::accepted::{Accepted, accepted};
use super::by_unit;
use super::figures::{Asked, Loaded, load, untold};
use super::overview::{Row, row};
use crate::org::Standing;
use crate::{App, Error};

/// One indicator.
#[derive(Debug, Clone)]
pub struct One {
    /// Unit, period, day.
    pub standing: Standing,
    /// The indicator with its comparisons.
    pub row: Row,
    /// The whole it is a part of.
    pub whole: Option<Indicator>,
    /// The office that owns it, by name.
    pub owner: Option<String>,
    /// The period and the same periods before it that have a value, latest first.
    pub periods: Vec<PeriodRow>,
    /// Its parts.
    pub parts: Vec<Row>,
    /// What the whole holds beyond its listed parts; `None` where parts do not make it up or a value is missing.
    pub residue: Option<Number>,
    /// The units below that report it, by name.
    pub units: Vec<UnitRow>,
    /// How much of the total was taken in; `None` where nobody collects it in this period.
    pub accepted: Option<Accepted>,
}

/// A unit below with its value.
#[derive(Debug, Clone)]
pub struct UnitRow {
    /// The unit.
    pub unit: Unit,
    /// Its value.
    pub actual: Actual,
    /// Why it reported no number, where it said so; `none occurred` counts as zero but is not written so.
    pub absence: Option<Absence>,
    /// The same period a year earlier, of all that the unit is made of now.
    pub prior: Prior,
    /// Against it, where both have a value.
    pub against: Option<Against>,
}

/// What a unit of today had in a period before it was what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prior {
    /// Exactly this.
    Of(Number),
    /// Not every predecessor reported.
    NotReported,
    /// A predecessor was divided, and its figure cannot be.
    NotComparable,
}

/// The value of a period against the one before.
#[derive(Debug, Clone)]
pub struct PeriodRow {
    /// The period.
    pub period: Period,
    /// The value.
    pub actual: Actual,
    /// Against the same period a year earlier, where both have a value.
    pub against: Option<Against>,
}

/// How many years are shown beside the present one.
const YEARS_BACK: usize = 4;

/// Reads one indicator.
pub fn one(app: &App, by: &Actor, code: &IndicatorCode) -> Result<Arc<One>, Error> {
    app.db.read(|tx| app.shelf.within(tx, &by.scope)?.one(&app.home, code, || read(tx, app, by, code)))
}

fn read(tx: &mut Tx, app: &App, by: &Actor, code: &IndicatorCode) -> Result<One, Error> {
    let mut one = made(load(tx, app, by, Asked::Standing, YEARS_BACK)?, code)?;
    // Most indicators are the unit's own, and need no history of the units below.
    if !one.units.is_empty() {
        hold_against_before(tx, app, by, &mut one)?;
        let Standing { unit, period, dated, .. } = &one.standing;
        one.accepted = accepted(tx, app, by, code, (unit, *period), *dated)?;
    }
    Ok(one)
}

/// Fills in what each unit below had a year earlier.
fn hold_against_before(tx: &mut Tx, app: &App, by: &Actor, one: &mut One) -> Result<(), Error> {
    let indicator = &one.row.indicator;
    let asked = ByUnitAsked {
        indicator: indicator.code.clone(),
        period: one.standing.period.same_period_last_year(),
        units: UnitsAsked::Below(one.standing.unit.clone()),
        structure: Structure::RestatedTo(one.standing.dated),
    };
    let before = by_unit::stored(tx, app, by, &asked, None)?;
    let priors: BTreeMap<OrgId, Restated> = before.into_iter().flat_map(|answer| answer.rows).collect();
    for row in &mut one.units {
        row.prior = prior(priors.get(&row.unit.id));
        if let (Some(now), Prior::Of(before)) = (row.actual.value, &row.prior) {
            row.against = Some(against(now, *before, indicator.percent_decimals).map_err(untold)?);
        }
    }
    Ok(())
}

fn made(loaded: Loaded, code: &IndicatorCode) -> Result<One, Error> {
    let figures = &loaded.figures;
    let unit = &loaded.standing.unit;
    let indicator = figures.indicator(code).ok_or(Error::NotFound("indicator"))?;
    let own = row(&loaded, indicator, unit, Trace::Left)?;
    let parts = figures
        .parts_of(code)
        .into_iter()
        .map(|part| row(&loaded, part, unit, Trace::Left))
        .collect::<Result<Vec<Row>, Error>>()?;
    let mut units = Vec::new();
    let period = loaded.period;
    for child in figures.children_of(unit) {
        let actual = figures.traced(code, child, period, Trace::Left).map_err(untold)?;
        let reading = figures.reading(code, child, period);
        let absence = reading.and_then(|reading| match reading.value {
            Value::Absent(absence) => Some(absence),
            Value::Of(_) => None,
        });
        let reports = reading.is_some() || actual.value.is_some();
        if let Some(unit) = loaded.unit(child).filter(|_| reports) {
            units.push(UnitRow { unit: unit.clone(), actual, absence, prior: Prior::NotReported, against: None });
        }
    }
    units.sort_by(|a, b| thidua_base::text::collate(&a.unit.short_name, &b.unit.short_name));
    Ok(One {
        whole: indicator.part_of.as_ref().and_then(|whole| figures.indicator(whole)).cloned(),
        owner: indicator.owner.as_ref().and_then(|owner| loaded.unit(owner)).map(|unit| unit.name.clone()),
        periods: periods(&loaded, indicator)?,
        residue: residue(&own, &parts)?,
        parts,
        units,
        accepted: None,
        row: own,
        standing: loaded.standing,
    })
}

fn prior(restated: Option<&Restated>) -> Prior {
    match restated {
        Some(Restated::Exact(total) | Restated::Shared(total)) if total.missing.is_empty() => Prior::Of(total.sum),
        Some(Restated::Exact(_) | Restated::Shared(_)) | None => Prior::NotReported,
        Some(Restated::NotComparable { .. }) => Prior::NotComparable,
    }
}

fn periods(loaded: &Loaded, indicator: &Indicator) -> Result<Vec<PeriodRow>, Error> {
    let mut rows = Vec::new();
    let mut period = loaded.period;
    let value =
        |period| loaded.figures.traced(&indicator.code, &loaded.standing.unit, period, Trace::Left).map_err(untold);
    for _ in 0..=YEARS_BACK {
        let actual = value(period)?;
        let before = value(period.same_period_last_year())?.value;
        let held = match (actual.value, before) {
            (Some(now), Some(before)) if indicator.kind != ValueKind::Ratio => {
                Some(against(now, before, indicator.percent_decimals).map_err(untold)?)
            }
            (Some(_), Some(_)) | (Some(_) | None, None) | (None, Some(_)) => None,
        };
        if actual.value.is_some() || period == loaded.period {
            rows.push(PeriodRow { period, actual, against: held });
        }
        period = period.same_period_last_year();
    }
    Ok(rows)
}

fn residue(whole: &Row, parts: &[Row]) -> Result<Option<Number>, Error> {
    let listed: Vec<&Row> = parts.iter().filter(|part| part.indicator.parts == Parts::All).collect();
    let values: Option<Vec<Number>> = listed.iter().map(|part| part.actual.value).collect();
    match (whole.actual.value, values) {
        (Some(total), Some(values)) if !values.is_empty() => {
            let sum = Number::sum(values).map_err(untold)?;
            total.minus(sum).map(Some).map_err(untold)
        }
        (Some(_) | None, Some(_) | None) => Ok(None),
    }
}
