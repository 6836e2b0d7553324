//! The figures of one unit of yesterday or today, by a named structure, with what each is made up of (số quy đổi).

use std::collections::BTreeMap;

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::indicator::by_unit::{Contribution, Known, NotByUnit, Trees, UnitsAsked};
use thidua_domain::indicator::{Indicator, Reading};
use thidua_domain::org::{Came, Restated, Structure};
use thidua_domain::origin::{Origin, Provenance};
use thidua_domain::{Actor, Scope};
use thidua_store::Tx;

use crate::org::Named;
use crate::shelf::Ground;
use crate::{App, Error};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestatedAsked {
    /// Of which unit.
    pub unit: OrgId,
    /// For when; the last same period that has figures and that the unit's predecessors reported, where nothing is said.
    pub period: Option<Period>,
    /// By which structure.
    pub structure: Structure,
    /// The indicator to look at closely; the first that has a figure, where nothing is said.
    pub indicator: Option<IndicatorCode>,
    /// What divided units are divided by; empty where they are not.
    pub basis: String,
}

/// The figures of a unit.
#[derive(Debug, Clone)]
pub struct RestatedSeen {
    /// The period looked at.
    pub period: Period,
    /// The periods that have figures, latest first.
    pub periods: Vec<Period>,
    /// The day whose units the rows are.
    pub day: Date,
    /// Which units tell the figures of the one asked for.
    pub units: UnitsAsked,
    /// Each indicator that adds up, with the figure of all rows together.
    pub lines: Vec<RestatedLine>,
    /// One indicator, row by row; `None` where there is none.
    pub detail: Option<RestatedDetail>,
}

/// An indicator with the figure of all rows together.
#[derive(Debug, Clone)]
pub struct RestatedLine {
    /// The indicator, as it was defined for the period.
    pub indicator: Indicator,
    /// The figure of all rows together.
    pub total: Restated,
    /// How many rows there are, and how many of them have no figure because a unit was divided.
    pub rows: usize,
    /// Rows without a figure, because a unit was divided and nobody said how.
    pub not_comparable: usize,
    /// The weakest origin among what was added.
    pub origin: Option<Origin>,
}

/// One indicator, row by row.
#[derive(Debug, Clone)]
pub struct RestatedDetail {
    /// The indicator.
    pub indicator: Indicator,
    /// The rows, by name.
    pub rows: Vec<RestatedRow>,
    /// All rows together.
    pub total: Restated,
    /// What rounding left between the total and the rows.
    pub residue: Option<Number>,
}

/// A unit with its figure and what it is made up of.
#[derive(Debug, Clone)]
pub struct RestatedRow {
    /// The unit.
    pub unit: Named,
    /// Its figure.
    pub figure: Restated,
    /// The units that reported, by name.
    pub made_of: Vec<MadeOf>,
}

/// A unit that reported, in the figure of another.
#[derive(Debug, Clone)]
pub struct MadeOf {
    /// The unit, as it was called then.
    pub unit: Named,
    /// How it came.
    pub came: Came,
    /// What it reported.
    pub value: Option<Number>,
    /// Where that comes from.
    pub provenance: Option<Provenance>,
}

/// The key of a restated figure, by which its passport is found.
pub fn restated_key(code: &IndicatorCode, unit: &OrgId, period: Period, day: Date, basis: &str) -> String {
    format!("restated:{code}:{unit}:{period}:{day}:{basis}")
}

/// How many years back figures are looked for.
const YEARS_BACK: usize = 7;

/// Answers for one unit, from what is stored; in a constant number of statements.
///
/// # Errors
/// [`Error::NotFound`] where the unit or the indicator is not; where the store fails.
pub fn restated(app: &App, by: &Actor, asked: &RestatedAsked) -> Result<RestatedSeen, Error> {
    app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        let tenant = app.shelf.within(tx, &whole)?;
        let history = tenant.ground(tx)?;
        let standing = crate::org::standing::of(tx, app, by, &history.units)?;
        if !by.scope.reaches(&asked.unit) || !history.units.iter().any(|unit| unit.id == asked.unit) {
            return Err(Error::NotFound("unit"));
        }
        let succession = tenant.succession(tx, &history, &asked.basis)?;
        let mut periods: Vec<Period> =
            std::iter::successors(Some(standing.period), |period| Some(period.same_period_last_year()))
                .take(YEARS_BACK + 1)
                .collect();
        if let Some(period) = asked.period.filter(|period| !periods.contains(period)) {
            periods.push(period);
        }
        let cells = app.shelf.within(tx, &by.scope)?.cells(tx, &periods)?;
        let read: BTreeMap<Period, Vec<Reading>> = cells
            .iter()
            .filter(|(_, cells)| !cells.cells().is_empty())
            .map(|(period, cells)| (*period, cells.cells().all().cloned().collect()))
            .collect();
        periods.retain(|period| read.contains_key(period) || asked.period == Some(*period));
        // Without a wish: the last period before what the unit is today, which is the one that needs carrying.
        let before = |period: &&Period| **period != standing.period;
        let period = asked.period.or_else(|| periods.iter().find(before).copied()).unwrap_or(standing.period);
        let readings: &[Reading] = read.get(&period).map_or(&[], Vec::as_slice);
        let known =
            Known { indicators: &history.indicators, readings, edges: &history.territory, succession: &succession };
        let trees = Trees::of(known, period, asked.structure);
        let day = asked.structure.tree_day(period);
        let units = trees.telling(&asked.unit);
        let mut lines = Vec::new();
        for indicator in trees.adding_up() {
            let answer = trees.answer(&indicator.code, &units).map_err(untold)?;
            let made_of = trees.contributions(&indicator.code, &units).map_err(untold)?;
            if made_of.values().flatten().all(|part| part.value.is_none()) {
                continue;
            }
            let is_lost = |figure: &Restated| matches!(figure, Restated::NotComparable { .. });
            lines.push(RestatedLine {
                indicator: indicator.clone(),
                rows: answer.rows.len(),
                not_comparable: answer.rows.iter().filter(|(_, figure)| is_lost(figure)).count(),
                origin: weakest(made_of.values().flatten()),
                total: answer.total,
            });
        }
        let looked_at = match &asked.indicator {
            Some(code) => Some(code.clone()),
            None => lines.first().map(|line| line.indicator.code.clone()),
        };
        let detail = match looked_at {
            None => None,
            Some(code) => Some(closely(&trees, &history, (period, asked.structure), &code, &units)?),
        };
        Ok(RestatedSeen { period, periods, day, units, lines, detail })
    })
}

/// One indicator, row by row.
fn closely(
    trees: &Trees<'_>,
    history: &Ground,
    (period, structure): (Period, Structure),
    code: &IndicatorCode,
    units: &UnitsAsked,
) -> Result<RestatedDetail, Error> {
    let adding_up = trees.adding_up();
    let indicator = adding_up.into_iter().find(|one| one.code == *code).ok_or(Error::NotFound("indicator"))?;
    let answer = trees.answer(code, units).map_err(untold)?;
    let mut made_of = trees.contributions(code, units).map_err(untold)?;
    let day = structure.tree_day(period);
    let reported_on = if structure.restated_to(period).is_some() { period.last_day() } else { day };
    let name = |id: &OrgId, day: Date| Named { id: id.clone(), name: history.units.name_on(id, day) };
    let mut rows: Vec<RestatedRow> = Vec::with_capacity(answer.rows.len());
    for (unit, figure) in answer.rows {
        let parts = made_of.remove(&unit).unwrap_or_default().into_iter().map(|part| MadeOf {
            unit: name(&part.unit, reported_on),
            came: part.came,
            value: part.value,
            provenance: part.provenance,
        });
        let mut parts: Vec<MadeOf> = parts.collect();
        parts.sort_by(|a, b| thidua_base::text::collate(&a.unit.name, &b.unit.name));
        rows.push(RestatedRow { made_of: parts, unit: name(&unit, day), figure });
    }
    rows.sort_by(|a, b| thidua_base::text::collate(&a.unit.name, &b.unit.name));
    Ok(RestatedDetail { indicator: indicator.clone(), rows, total: answer.total, residue: answer.residue })
}

/// One figure of one unit, with what it is made up of; the period and the indicator have to be named.
pub(super) fn alone(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    asked: &RestatedAsked,
) -> Result<(Indicator, RestatedRow), Error> {
    let absent = || Error::NotFound("figure");
    let (Some(period), Some(code)) = (asked.period, &asked.indicator) else { return Err(absent()) };
    let whole = Scope::whole(by.scope.tenant.clone());
    let tenant = app.shelf.within(tx, &whole)?;
    let history = tenant.ground(tx)?;
    if !by.scope.reaches(&asked.unit) || !history.units.iter().any(|unit| unit.id == asked.unit) {
        return Err(absent());
    }
    let succession = tenant.succession(tx, &history, &asked.basis)?;
    let cells = app.shelf.within(tx, &by.scope)?.cells(tx, &[period])?;
    let readings: Vec<Reading> =
        cells.iter().flat_map(|(_, cells)| cells.cells().of_indicator(code)).cloned().collect();
    let known = Known {
        indicators: &history.indicators,
        readings: &readings,
        edges: &history.territory,
        succession: &succession,
    };
    let trees = Trees::of(known, period, asked.structure);
    let units = UnitsAsked::One(asked.unit.clone());
    let mut detail = closely(&trees, &history, (period, asked.structure), code, &units)?;
    let row = detail.rows.pop().ok_or_else(absent)?;
    Ok((detail.indicator, row))
}

/// The weakest origin of what is added.
fn weakest<'a>(parts: impl Iterator<Item = &'a Contribution>) -> Option<Origin> {
    parts.filter_map(|part| part.provenance.as_ref()).map(|known| known.origin).max_by_key(|origin| match origin {
        Origin::Reported | Origin::Reference => 0,
        Origin::Implied { .. } => 1,
        Origin::Sample => 2,
    })
}

/// A figure that is too large is a fault of the data; that it adds up was asked before.
fn untold(why: NotByUnit) -> Error {
    match why {
        NotByUnit::Unknown | NotByUnit::NotAdditive => Error::NotFound("indicator"),
        NotByUnit::TooLarge(why) => Error::Internal(why.into()),
    }
}
