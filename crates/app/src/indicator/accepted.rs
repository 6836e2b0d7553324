//! How much of a total was taken in by who collects it, apart from drafts and what is still on its way.

use std::collections::BTreeSet;

use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::Actor;
use thidua_domain::collection::Form;
use thidua_domain::indicator::figures::{Cells, Coverage, Made, Rolled, Trace};
use thidua_domain::indicator::{Figures, Reading, TreeRule};
use thidua_store as store;
use thidua_store::Tx;

use super::figures::untold;
use crate::{App, Error};
use std::sync::Arc;

/// The part of a total that was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// The total of what was taken in; `None` where nothing was.
    pub value: Option<Number>,
    /// Units whose figures were taken in, of those that should report.
    pub units: Coverage,
}

/// The part of a unit's rolled-up figure that was taken in; `None` for an own figure, or where no cycle of the period asks
/// for the indicator. A constant number of statements; readings come from the shelf.
pub(super) fn accepted(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    code: &IndicatorCode,
    (unit, period): (&OrgId, Period),
    day: Date,
) -> Result<Option<Accepted>, Error> {
    let cycles = store::collection::cycle::cycles(tx, &by.scope)?;
    let open: BTreeSet<&FormId> =
        cycles.iter().filter(|cycle| cycle.period == period).map(|cycle| &cycle.form).collect();
    if open.is_empty() {
        return Ok(None);
    }
    let forms = store::collection::forms(tx, &by.scope)?;
    let asking: Vec<&Form> = forms.iter().filter(|form| open.contains(&form.id)).collect();
    let shelf = app.shelf.within(tx, &by.scope)?;
    let ground = shelf.ground(tx)?;
    let basis = shelf.basis(tx, &ground, day, period.plan_year())?;
    let cells = shelf.cells(tx, &[period])?;
    let whole = Figures::over(Arc::clone(&basis), cells.clone());
    let Some(indicator) = whole.indicator(code) else { return Ok(None) };
    let made_of = match &indicator.tree_rule {
        TreeRule::Own | TreeRule::Sum => vec![code],
        TreeRule::CountPositive(of) => vec![of],
        TreeRule::Quotient(up, down) => vec![up, down],
    };
    let is_asked = made_of.iter().any(|part| asking.iter().any(|form| form.asks(part)));
    let all = whole.traced(code, unit, period, Trace::Left).map_err(untold)?;
    if !is_asked || all.made != Made::RolledUp {
        return Ok(None);
    }
    let states = store::collection::submission::states(tx, &by.scope, period)?;
    let taken: BTreeSet<(&FormId, &OrgId)> =
        states.iter().filter(|(.., state)| state.is_taken_in()).map(|(form, unit, _)| (form, unit)).collect();
    let is_taken = |reading: &&Reading| {
        asking.iter().any(|form| form.asks(&reading.indicator) && taken.contains(&(&form.id, &reading.unit)))
    };
    let kept: Vec<(Period, Arc<Rolled>)> = cells
        .iter()
        .map(|(period, cells)| {
            let kept = cells.cells().all().filter(is_taken).cloned();
            (*period, Arc::new(Rolled::of(Cells::of(kept))))
        })
        .collect();
    let figure = Figures::over(basis, kept).traced(code, unit, period, Trace::Left).map_err(untold)?;
    let units = Coverage { reported: figure.reported.reported, expected: all.reported.expected };
    Ok(Some(Accepted { value: figure.value.filter(|_| units.reported > 0), units }))
}
