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

/// The plans of a year.
#[derive(Debug, Clone)]
pub struct Plans {
    /// The year.
    pub year: Period,
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

/// Reads the plans of a unit for a year, as in force today.
pub fn plans(app: &App, by: &Actor, unit: &OrgId, year: Period) -> Result<Plans, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        let ground = app.ground(tx, &whole)?;
        let documents = &ground.plans;
        let values = store::plan::plan_values(tx, &whole, &[year])?;
        let figures = Figures::new(&ground.indicators, &[], documents, &values, &ground.territory, today);
        let mut targets = Vec::new();
        for indicator in figures.indicators() {
            let own: Vec<(Plan, PlanValue)> =
                figures.assigned(&indicator.code, unit, year).into_iter().cloned().collect();
            let mut below: Vec<(OrgId, String, Plan, PlanValue, bool)> = figures
                .children_of(unit)
                .iter()
                .filter_map(|child| {
                    let (plan, value) = figures.assigned(&indicator.code, child, year).into_iter().next()?;
                    let proposes = may(by, Verb::ProposePlan, Thing::Unit(child)).is_granted();
                    Some((child.clone(), ground.units.name_on(child, today), plan.clone(), value.clone(), proposes))
                })
                .collect();
            below.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
            if own.is_empty() && below.is_empty() {
                continue;
            }
            let sum = assigned_sum(&figures, &indicator.code, unit, year).context("adding up targets")?;
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
            year,
            day: today,
            plans: documents
                .iter()
                .filter(|plan| plan.period == year)
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
