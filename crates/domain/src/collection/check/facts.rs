//! What the checks look at: the facts of a sheet as plain values, the same in the program and in the browser.

use thidua_base::code::IndicatorCode;
use thidua_base::{Number, Period};

use super::super::form::FormRow;
use super::super::sheet::{Sheet, SheetRow};
use crate::indicator::{Direction, Indicator, Nature, Parts, Reading, TreeRule, Value, ValueKind};
use crate::origin::Origin;

/// Earlier values that are looked at.
pub const HISTORY_MAX: usize = 24;

/// A sheet as the checks see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFacts {
    /// The period it is for.
    pub period: Period,
    /// Where the unit stands on the last day of the period.
    pub unit: UnitState,
    /// The rows, in the form's order.
    pub rows: Vec<RowFacts>,
}

/// Whether a unit is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitState {
    /// It is.
    Standing,
    /// It was dissolved, merged or divided before.
    Gone,
    /// It was created later.
    NotYet,
}

/// A row as the checks see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFacts {
    /// What.
    pub indicator: IndicatorCode,
    /// What kind of value.
    pub kind: ValueKind,
    /// Its unit of measure.
    pub measure: String,
    /// Decimals it keeps.
    pub decimals: u8,
    /// Which way is better.
    pub direction: Direction,
    /// Its field of work.
    pub field: String,
    /// Whether the form asks for it.
    pub is_required: bool,
    /// Whether the figure is a sample.
    pub is_sample: bool,
    /// What is in the cell; `None` where nobody wrote.
    pub value: Option<Value>,
    /// How firm it is.
    pub nature: Option<Nature>,
    /// How firm the figure was that it replaces.
    pub nature_before: Option<Nature>,
    /// Assigned for the year.
    pub plan_year: Option<Number>,
    /// Assigned for this very period.
    pub plan_to_date: Option<Number>,
    /// The same period a year earlier.
    pub same_period: Option<Number>,
    /// The period right before.
    pub previous: Option<Number>,
    /// Reached by the end of the period, from the beginning of the year.
    pub accumulated: Option<Number>,
    /// Earlier values for the same kind of period, newest first, at most [`HISTORY_MAX`].
    pub history: Vec<Number>,
    /// The other units that report by the form.
    pub peers: Vec<Number>,
    /// What the indicator is divided by to be held against other units, for this unit: people, hectares.
    pub per: Option<Number>,
    /// The other units for which that is known too: the figure and what it is divided by.
    pub peers_per: Vec<(Number, Number)>,
    /// The sum of the units below.
    pub below: Option<Number>,
    /// What was assigned to the units below for the year, together.
    pub assigned: Option<Number>,
    /// What shorter periods reached that begin with the same year: a quarter, a half-year, nine months.
    pub shorter: Vec<Number>,
    /// The whole it is a part of.
    pub part_of: Option<IndicatorCode>,
    /// Whether the parts of that whole make it up.
    pub parts: Parts,
    /// What it is a quotient of: numerator and denominator.
    pub quotient: Option<(IndicatorCode, IndicatorCode)>,
}

/// The facts of a sheet that the sheet itself holds.
///
/// Not on a sheet, and for whoever loads it to add: the state of the unit, what shorter periods reached, what was
/// assigned below, how firm the figure before was, what figures are divided by to be held against other units.
pub fn facts_of(sheet: &Sheet) -> SheetFacts {
    let period = sheet.cycle.period;
    SheetFacts {
        period,
        unit: UnitState::Standing,
        rows: sheet.rows.iter().map(|row| row_facts(row, period)).collect(),
    }
}

fn row_facts(row: &SheetRow, period: Period) -> RowFacts {
    RowFacts {
        plan_year: row.plan_year.as_ref().map(|plan| plan.value),
        plan_to_date: row.plan_to_date.as_ref().map(|plan| plan.value),
        same_period: row.same_period.number(),
        previous: row.earlier.iter().find(|(before, _)| before.next() == period).map(|(_, number)| *number),
        accumulated: row.accumulated,
        history: row.earlier.iter().take(HISTORY_MAX).map(|(_, number)| *number).collect(),
        peers: row.peers.clone(),
        below: row.below,
        ..bare_facts(&row.row, &row.indicator, row.current.as_ref())
    }
}

/// The facts of a cell alone, without anything to hold it against: what needs a plan or a history waits for the sheet.
pub fn bare_facts(row: &FormRow, indicator: &Indicator, current: Option<&Reading>) -> RowFacts {
    let quotient = match &indicator.tree_rule {
        TreeRule::Quotient(numerator, denominator) => Some((numerator.clone(), denominator.clone())),
        TreeRule::Own | TreeRule::Sum | TreeRule::CountPositive(_) => None,
    };
    RowFacts {
        indicator: row.indicator.clone(),
        kind: indicator.kind,
        measure: indicator.measure.clone(),
        decimals: indicator.decimals,
        direction: indicator.direction,
        field: indicator.field.clone(),
        is_required: row.is_required,
        is_sample: current.is_some_and(|reading| reading.provenance.origin == Origin::Sample),
        value: current.map(|reading| reading.value),
        nature: current.map(|reading| reading.nature),
        nature_before: None,
        plan_year: None,
        plan_to_date: None,
        same_period: None,
        previous: None,
        accumulated: None,
        history: Vec::new(),
        peers: Vec::new(),
        per: None,
        peers_per: Vec::new(),
        below: None,
        assigned: None,
        shorter: Vec::new(),
        part_of: indicator.part_of.clone(),
        parts: indicator.parts,
        quotient,
    }
}
