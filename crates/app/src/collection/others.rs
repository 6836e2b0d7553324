//! What other units and other periods say of the indicators of a sheet; only the checks look at it.

use std::collections::BTreeMap;

use anyhow::Context;
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::Actor;
use thidua_domain::collection::check::RowFacts;
use thidua_domain::collection::form::reporters;
use thidua_domain::collection::sheet::shorter_periods;
use thidua_domain::indicator::definition::all_defined;
use thidua_domain::indicator::{Figures, Indicator, Nature, Reading, TreeRule, ValueKind};
use thidua_store as store;
use thidua_store::Tx;

use super::held::{Held, of_units};
use super::sheet::{SheetKey, number};
use crate::Error;
use crate::shelf::Ground;

/// Facts for the checks that no column of a sheet shows.
pub(super) struct Beyond {
    /// The firmest nature of each cell among readings other than the one that holds it.
    firmest: BTreeMap<IndicatorCode, Nature>,
    /// What shorter periods of the year had reached.
    shorter: BTreeMap<IndicatorCode, Vec<Number>>,
    /// What was assigned to the units below together.
    assigned: BTreeMap<IndicatorCode, Number>,
    /// What figures are divided by to be held against other units.
    divided: BTreeMap<IndicatorCode, Divided>,
}

/// What an indicator is divided by to be held against other units.
#[derive(Debug, Clone, Default)]
pub(super) struct Divided {
    /// For the unit of the sheet.
    own: Option<Number>,
    /// The other units: the figure and what it is divided by.
    peers: Vec<(Number, Number)>,
}

impl Beyond {
    /// Reads the facts off the unit's own readings.
    pub(super) fn of(
        readings: &[Reading],
        period: Period,
        assigned: BTreeMap<IndicatorCode, Number>,
        divided: BTreeMap<IndicatorCode, Divided>,
    ) -> Self {
        let mut firmest = BTreeMap::new();
        let mut shorter: BTreeMap<IndicatorCode, Vec<Number>> = BTreeMap::new();
        let periods = shorter_periods(period);
        for reading in readings {
            if reading.period == period {
                let held = firmest.entry(reading.indicator.clone()).or_insert(reading.nature);
                *held = (*held).max(reading.nature);
            } else if periods.contains(&reading.period) {
                shorter.entry(reading.indicator.clone()).or_default().extend(number(reading.value));
            }
        }
        Self { firmest, shorter, assigned, divided }
    }

    /// Adds them to the facts of a row.
    pub(super) fn add_to(&self, row: &mut RowFacts) {
        let other = self.firmest.get(&row.indicator).copied();
        row.nature_before = other.filter(|nature| row.nature.is_some_and(|held| held < *nature));
        row.assigned = self.assigned.get(&row.indicator).copied();
        if let Some(divided) = self.divided.get(&row.indicator) {
            row.per = divided.own;
            row.peers_per = divided.peers.clone();
        }
        if row.kind == ValueKind::Flow {
            row.shorter = self.shorter.get(&row.indicator).cloned().unwrap_or_default();
        }
    }
}

/// What other units say of the indicators of a sheet.
pub(super) struct Others {
    /// The same figures of the other units that report by the form.
    pub peers: BTreeMap<IndicatorCode, Vec<Number>>,
    /// Sums over the units below this one.
    pub below: BTreeMap<IndicatorCode, Number>,
    /// What was assigned to the units below this one together, for the year.
    pub assigned: BTreeMap<IndicatorCode, Number>,
    /// What figures are divided by to be held against other units.
    pub divided: BTreeMap<IndicatorCode, Divided>,
}

/// Reads what the other units that report by the form, and those below this one, say.
pub(super) fn others(
    tx: &mut Tx,
    by: &Actor,
    held: &Held,
    key: &SheetKey,
    ground: &Ground,
    today: Date,
) -> Result<Others, Error> {
    let mut peers: BTreeMap<IndicatorCode, Vec<Number>> = BTreeMap::new();
    let mut below: BTreeMap<IndicatorCode, Number> = BTreeMap::new();
    let day = held.cycle.due_on;
    let reporters = reporters(&held.form.id, &held.assignments, &ground.edges, day);
    let children: Vec<OrgId> = ground
        .territory
        .iter()
        .filter(|edge| edge.parent == key.unit && edge.on(day))
        .map(|edge| edge.child.clone())
        .collect();
    let mut units: Vec<OrgId> = reporters.into_iter().filter(|unit| *unit != key.unit).collect();
    units.extend(children.iter().cloned());
    units.sort();
    units.dedup();
    // What is known by the year serves its months as well: people are counted once a year.
    let year = key.period.plan_year();
    let and_own: Vec<OrgId> = units.iter().chain([&key.unit]).cloned().collect();
    let readings = store::reading::readings_of(tx, &of_units(by, &and_own), &[key.period, year])?;
    let cells = firmest(&readings);
    let denominators = denominators(&ground.indicators, key.period.last_day());
    let mut divided: BTreeMap<IndicatorCode, Divided> = BTreeMap::new();
    let per = |indicator: &IndicatorCode, unit: &OrgId| {
        let of = denominators.get(indicator)?;
        [key.period, year].into_iter().find_map(|period| cells.get(&(of, unit, period)).copied())
    };
    for row in &held.form.rows {
        if let Some(own) = per(&row.indicator, &key.unit) {
            divided.entry(row.indicator.clone()).or_default().own = Some(own);
        }
    }
    for ((indicator, unit, period), value) in &cells {
        if *period != key.period || **unit == key.unit || !held.form.asks(indicator) {
            continue;
        }
        if children.contains(unit) {
            let sum = below.entry((*indicator).clone()).or_insert(Number::whole(0));
            *sum = sum.plus(*value).context("adding up the units below")?;
        } else {
            peers.entry((*indicator).clone()).or_default().push(*value);
            if let Some(per) = per(indicator, unit) {
                divided.entry((*indicator).clone()).or_default().peers.push((*value, per));
            }
        }
    }
    let mut assigned: BTreeMap<IndicatorCode, Number> = BTreeMap::new();
    if !children.is_empty() {
        let values = store::plan::plan_values(tx, &of_units(by, &children), &[year])?;
        let figures = Figures::new(&ground.indicators, &[], &ground.plans, &values, &[], today);
        for row in &held.form.rows {
            for child in &children {
                let Some((_, value)) = figures.assigned(&row.indicator, child, year).into_iter().next() else {
                    continue;
                };
                let sum = assigned.entry(row.indicator.clone()).or_insert(Number::whole(0));
                *sum = sum.plus(value.value).context("adding up targets of the units below")?;
            }
        }
    }
    Ok(Others { peers, below, assigned, divided })
}

/// The number that holds each cell: of several readings the firmest, then the latest.
fn firmest(readings: &[Reading]) -> BTreeMap<(&IndicatorCode, &OrgId, Period), Number> {
    let mut cells: BTreeMap<(&IndicatorCode, &OrgId, Period), &Reading> = BTreeMap::new();
    for reading in readings {
        let cell = cells.entry((&reading.indicator, &reading.unit, reading.period)).or_insert(reading);
        if (cell.nature, cell.seq) < (reading.nature, reading.seq) {
            *cell = reading;
        }
    }
    cells.into_iter().filter_map(|(cell, reading)| Some((cell, number(reading.value)?))).collect()
}

/// What an indicator is naturally divided by: the denominator of the first quotient, by code, that has it as numerator.
fn denominators(all: &[Indicator], day: Date) -> BTreeMap<IndicatorCode, IndicatorCode> {
    let mut found = BTreeMap::new();
    for one in all_defined(all, day).into_values() {
        if let TreeRule::Quotient(up, down) = &one.tree_rule {
            found.entry(up.clone()).or_insert_with(|| down.clone());
        }
    }
    found
}
