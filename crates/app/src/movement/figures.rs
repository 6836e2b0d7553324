//! Figures a registration stands on: what plans assign, and what the indicator chapter holds.

use std::collections::BTreeSet;

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Number, Period};
use thidua_domain::actor::Scope;
use thidua_domain::indicator::figures::{Figures, Trace};
use thidua_domain::indicator::{Comparator, Indicator, PlanValue};
use thidua_domain::movement::PromisedTarget;
use thidua_domain::{Actor, Origin, movement};
use thidua_store as store;
use thidua_store::Tx;

use super::desk::Desk;
use crate::{App, Error};

/// What plans in force assign.
pub(super) struct Assigned {
    figures: Figures,
}

impl Assigned {
    /// Reads the plan values of some periods.
    pub(super) fn read(tx: &mut Tx, by: &Actor, desk: &Desk, periods: &[Period]) -> Result<Self, Error> {
        let whole = Scope::whole(by.scope.tenant.clone());
        let values: Vec<PlanValue> = store::plan::plan_values(tx, &whole, periods)?;
        let ground = &desk.ground;
        let figures = Figures::new(&ground.indicators, &[], &ground.plans, &values, &ground.territory, desk.today);
        Ok(Self { figures })
    }

    /// Whether an indicator is defined.
    pub(super) fn knows(&self, code: &IndicatorCode) -> bool {
        self.figures.indicator(code).is_some()
    }

    /// What is assigned to a unit for a period, and how it is met.
    pub(super) fn of(&self, code: &IndicatorCode, unit: &OrgId, period: Period) -> Option<(Number, Comparator)> {
        self.figures.assigned(code, unit, period).first().map(|(_, value)| (value.value, value.comparator))
    }

    /// The indicators defined today, in the order of the catalogue.
    pub(super) fn indicators(&self) -> Vec<&Indicator> {
        self.figures.indicators()
    }
}

/// A figure that was registered, against what was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetSeen {
    /// What was registered.
    pub target: PromisedTarget,
    /// What is measured.
    pub indicator: Indicator,
    /// What the indicator chapter holds for the period; typed by nobody here.
    pub actual: Option<Number>,
    /// Units that reported, of those expected: a rolled-up figure may not be whole.
    pub is_whole: bool,
    /// The weakest origin among the figures it stands on.
    pub origin: Option<Origin>,
    /// What became of it.
    pub outturn: movement::Outturn,
}

/// Holds figures that units registered against what the indicator chapter has, in the order given. Targets of indicators
/// that are no longer defined are left out.
pub(super) fn outturns(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    asked: &[(OrgId, PromisedTarget)],
) -> Result<Vec<(OrgId, TargetSeen)>, Error> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let whole = Scope::whole(by.scope.tenant.clone());
    let shelf = app.shelf.within(tx, &whole)?;
    let ground = shelf.ground(tx)?;
    let day = app.home.dated;
    let years: BTreeSet<Period> = asked.iter().map(|(_, target)| target.period.plan_year()).collect();
    let mut of_years = Vec::with_capacity(years.len());
    for year in years {
        let of_year = asked.iter().map(|(_, target)| target.period).filter(|period| period.plan_year() == year);
        let periods: Vec<Period> = of_year.collect::<BTreeSet<_>>().into_iter().collect();
        let basis = shelf.basis(tx, &ground, day, year)?;
        of_years.push((year, Figures::over(basis, shelf.cells(tx, &periods)?)));
    }
    let mut seen = Vec::with_capacity(asked.len());
    for (unit, target) in asked {
        let figures = of_years.iter().find(|(year, _)| *year == target.period.plan_year()).map(|(_, figures)| figures);
        let Some((figures, indicator)) =
            figures.and_then(|figures| Some((figures, figures.indicator(&target.indicator)?)))
        else {
            continue;
        };
        let actual = figures
            .traced(&target.indicator, unit, target.period, Trace::Left)
            .map_err(|why| Error::Internal(anyhow::Error::new(why)))?;
        let outturn = movement::pledge::outturn(target.value, actual.value, indicator.direction);
        seen.push((
            unit.clone(),
            TargetSeen {
                target: target.clone(),
                indicator: indicator.clone(),
                actual: actual.value,
                is_whole: actual.reported.is_whole(),
                origin: actual.origin,
                outturn,
            },
        ));
    }
    Ok(seen)
}
