//! Copies with what changed: the figures of the copying unit before and since, from the indicator chapter.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Period;
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::actor::Scope;
use thidua_domain::exemplar::Replication;
use thidua_domain::exemplar::replication::{Change, pairs, telling};
use thidua_domain::indicator::Indicator;
use thidua_domain::indicator::figures::{Figures, Trace};
use thidua_store::Tx;

use super::desk::Desk;
use crate::{App, Error};

/// A copy as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopySeen {
    /// The copy.
    pub copy: Replication,
    /// The name of the unit.
    pub unit_name: String,
    /// What changed, by indicator.
    pub changes: Vec<ChangeSeen>,
}

/// What changed in one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSeen {
    /// The indicator.
    pub indicator: Indicator,
    /// The change that is told; `None` while no period since is over. Its figures may lack: nobody types them.
    pub change: Option<Change>,
}

/// Holds copies against the figures, in a constant number of statements for each year that is looked at.
pub(super) fn copies_seen(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    desk: &Desk,
    copies: Vec<Replication>,
) -> Result<Vec<CopySeen>, Error> {
    let mut periods: BTreeSet<Period> = BTreeSet::new();
    let of_copies: Vec<Vec<(Period, Period)>> = copies.iter().map(|copy| pairs(copy.since, desk.today)).collect();
    for (before, after) in of_copies.iter().flatten() {
        periods.extend([*before, *after]);
    }
    let held = Held::read(tx, app, by, &periods)?;
    let mut seen = Vec::with_capacity(copies.len());
    for (copy, pairs) in copies.into_iter().zip(of_copies) {
        let mut changes = Vec::with_capacity(copy.indicators.len());
        for code in &copy.indicators {
            let Some(indicator) = defined(desk, code) else { continue };
            let mut known = Vec::with_capacity(pairs.len());
            for (before_period, after_period) in &pairs {
                known.push(Change {
                    before_period: *before_period,
                    before: held.figure(code, &copy.unit, *before_period)?,
                    after_period: *after_period,
                    after: held.figure(code, &copy.unit, *after_period)?,
                });
            }
            changes.push(ChangeSeen { indicator, change: telling(&known).cloned() });
        }
        seen.push(CopySeen { unit_name: desk.name(&copy.unit), copy, changes });
    }
    Ok(seen)
}

/// The newest definition of an indicator.
fn defined(desk: &Desk, code: &IndicatorCode) -> Option<Indicator> {
    desk.ground.indicators.iter().rev().find(|known| known.code == *code).cloned()
}

/// The figures of some periods, by year.
struct Held(BTreeMap<Period, Figures>);

impl Held {
    fn read(tx: &mut Tx, app: &App, by: &Actor, periods: &BTreeSet<Period>) -> Result<Self, Error> {
        let mut of_years: BTreeMap<Period, Vec<Period>> = BTreeMap::new();
        for period in periods {
            of_years.entry(period.plan_year()).or_default().push(*period);
        }
        let whole = Scope::whole(by.scope.tenant.clone());
        let shelf = app.shelf.within(tx, &whole)?;
        let ground = shelf.ground(tx)?;
        let mut held = BTreeMap::new();
        for (year, periods) in of_years {
            let basis = shelf.basis(tx, &ground, app.home.dated, year)?;
            held.insert(year, Figures::over(basis, shelf.cells(tx, &periods)?));
        }
        Ok(Self(held))
    }

    /// A figure of the indicator chapter; `None` where there is none, or not from all who should report.
    fn figure(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Result<Option<thidua_base::Number>, Error> {
        let Some(figures) = self.0.get(&period.plan_year()) else { return Ok(None) };
        if figures.indicator(code).is_none() {
            return Ok(None);
        }
        let actual =
            figures.traced(code, unit, period, Trace::Left).map_err(|why| Error::Internal(anyhow::Error::new(why)))?;
        // A sum of some of the units below would be told as a change that never was.
        Ok(actual.value.filter(|_| actual.reported.is_whole()))
    }
}
