//! The plans of a year: what is assigned to whom, how it adds up, and what units propose.

use thidua_base::code::OrgId;
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::indicator::assign::{AssignedSum, Proposal, assigned_sum};
use thidua_domain::indicator::{Figures, Indicator, Plan, PlanValue};
use thidua_store as store;

use crate::{App, Error};
use anyhow::Context;

/// The plans of a year, or of a part of it.
#[derive(Debug, Clone)]
pub struct Plans {
    /// The year, or the part of it that was asked for.
    pub period: Period,
    /// The unit whose plans they are.
    pub unit: OrgId,
    /// Its name on the day.
    pub unit_name: String,
    /// Whether the actor assigns targets in its name.
    pub assigns: bool,
    /// Whether the actor may propose another target for it.
    pub proposes: bool,
    /// The units directly below it, by name.
    pub below: Vec<(OrgId, String)>,
    /// The indicators, in the order of the catalogue.
    pub indicators: Vec<Indicator>,
    /// The day by which revisions are judged.
    pub day: Date,
    /// Plan documents of the year, by day of decision.
    pub plans: Vec<PlanSeen>,
    /// Targets in force of each indicator, in the order of the catalogue.
    pub targets: Vec<TargetSeen>,
    /// Proposals the actor may read, oldest first, with the name of the unit.
    pub proposals: Vec<(Proposal, String, bool)>,
}

/// A plan document.
#[derive(Debug, Clone)]
pub struct PlanSeen {
    /// The plan.
    pub plan: Plan,
    /// The name of who assigned it.
    pub assigner: String,
    /// How many figures it assigns.
    pub figures: usize,
}

/// An indicator's targets in force.
#[derive(Debug, Clone)]
pub struct TargetSeen {
    /// The indicator.
    pub indicator: Indicator,
    /// The figure of the unit itself, by each plan.
    pub own: Vec<(Plan, PlanValue)>,
    /// What was assigned to the units below, against the first of those.
    pub sum: AssignedSum,
    /// The units below with their figures and whether the actor may propose another, by name.
    pub units: Vec<(OrgId, String, Plan, PlanValue, bool)>,
}

/// The year and its parts for which a plan may have figures of their own (phân kỳ).
pub fn plan_periods(year: Period) -> Vec<Period> {
    let year = year.year();
    let halves = (1..=2).map(|half| Period::Half { year, half });
    let quarters = (1..=4).map(|quarter| Period::Quarter { year, quarter });
    let months = (1..=12).map(|month| Period::Month { year, month });
    let longest = [Period::Year { year }, Period::NineMonths { year }];
    longest.into_iter().chain(halves).chain(quarters).chain(months).collect()
}

/// Reads the plans of a unit for a year or a part of it, as in force today.
///
/// # Errors
/// [`Error::NotFound`] for a unit nobody knows.
pub fn plans(app: &App, by: &Actor, unit: &OrgId, period: Period) -> Result<Plans, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        let ground = app.ground(tx, &whole)?;
        let documents = &ground.plans;
        let values = store::plan::plan_values(tx, &whole, &plan_periods(period))?;
        if !ground.units.iter().any(|known| known.id == *unit) {
            return Err(Error::NotFound("unit"));
        }
        let figures = Figures::new(&ground.indicators, &[], documents, &values, &ground.territory, today);
        let mut targets = Vec::new();
        for indicator in figures.indicators() {
            let own: Vec<(Plan, PlanValue)> =
                figures.assigned(&indicator.code, unit, period).into_iter().cloned().collect();
            let mut below: Vec<(OrgId, String, Plan, PlanValue, bool)> = figures
                .children_of(unit)
                .iter()
                .filter_map(|child| {
                    let (plan, value) = figures.assigned(&indicator.code, child, period).into_iter().next()?;
                    let proposes = may(by, Verb::ProposePlan, Thing::Unit(child)).is_granted();
                    Some((child.clone(), ground.units.name_on(child, today), plan.clone(), value.clone(), proposes))
                })
                .collect();
            below.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
            if own.is_empty() && below.is_empty() {
                continue;
            }
            let sum = assigned_sum(&figures, &indicator.code, unit, period).context("adding up targets")?;
            targets.push(TargetSeen { indicator: indicator.clone(), own, sum, units: below });
        }
        let proposals = store::plan_proposal::proposals(tx, &by.scope)?;
        let answers = |proposal: &Proposal| {
            let plan = documents.iter().find(|plan| plan.id == proposal.plan);
            plan.is_some_and(|plan| may(by, Verb::AssignPlan, Thing::Unit(&plan.assigner)).is_granted())
        };
        let reads = |proposal: &Proposal| {
            answers(proposal) || may(by, Verb::ProposePlan, Thing::Unit(&proposal.unit)).is_granted()
        };
        Ok(Plans {
            period,
            unit: unit.clone(),
            unit_name: ground.units.name_on(unit, today),
            assigns: may(by, Verb::AssignPlan, Thing::Unit(unit)).is_granted(),
            proposes: may(by, Verb::ProposePlan, Thing::Unit(unit)).is_granted(),
            below: {
                let named = |child: &OrgId| (child.clone(), ground.units.name_on(child, today));
                let mut below: Vec<(OrgId, String)> = figures.children_of(unit).iter().map(named).collect();
                below.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
                below
            },
            indicators: figures.indicators().into_iter().cloned().collect(),
            day: today,
            plans: documents
                .iter()
                .filter(|plan| plan.period == period.plan_year())
                .map(|plan| PlanSeen {
                    assigner: ground.units.name_on(&plan.assigner, today),
                    figures: values.iter().filter(|value| value.plan == plan.id).count(),
                    plan: plan.clone(),
                })
                .collect(),
            targets,
            proposals: proposals
                .into_iter()
                .filter(|proposal| reads(proposal))
                .map(|proposal| (proposal.clone(), ground.units.name_on(&proposal.unit, today), answers(&proposal)))
                .collect(),
        })
    })
}
