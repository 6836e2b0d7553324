//! Issues a plan: targets for units below, with their document (giao kế hoạch).

use std::collections::BTreeSet;

use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::indicator::assign::goes_downwards;
use thidua_domain::indicator::{Plan, PlanValue};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use crate::{App, Error};

/// Issues a plan or a revision of one. A revision replaces the cells it names and no others.
///
/// # Errors
/// [`Refusal::OwnTarget`] where someone would write the target of their own unit; the attempt stands in the journal.
/// [`Error::NotFound`] for an assigner who is not the actor's, or a plan to be revised that is not the assigner's;
/// [`Refusal::UnknownUnit`] for a unit that does not stand below the assigner; [`Refusal::NotAsked`] for an indicator
/// that nobody defined; [`Refusal::EmptyForm`] for a plan without figures.
pub fn assign_plan(app: &App, by: &Actor, plan: &Plan, values: &[PlanValue]) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let now = app.clock.now();
    let subject = format!("plan:{}", plan.id);
    if !may(by, Verb::AssignPlan, Thing::Unit(&plan.assigner)).is_granted() {
        let own = |value: &PlanValue| may(by, Verb::ProposePlan, Thing::Unit(&value.unit)).is_granted();
        return match values.iter().find(|value| own(value)) {
            Some(value) => {
                store::audit::append(&mut tx, by, now, "assign-plan-refused", &subject, value.unit.as_str())?;
                tx.commit()?;
                Err(Refusal::OwnTarget.into())
            }
            None => Err(Error::NotFound("plan")),
        };
    }
    if values.is_empty() {
        return Err(Refusal::EmptyForm.into());
    }
    let whole = Scope::whole(by.scope.tenant.clone());
    let edges = store::org::edges(&mut tx, &whole)?;
    if let Err(refusal) = goes_downwards(&plan.assigner, values, &edges, plan.decided_on) {
        if refusal == Refusal::OwnTarget {
            store::audit::append(&mut tx, by, now, "assign-plan-refused", &subject, plan.assigner.as_str())?;
            tx.commit()?;
        }
        return Err(refusal.into());
    }
    if let Some(revised) = &plan.supersedes {
        let known = store::plan::plans(&mut tx, &whole)?;
        let theirs = known.iter().any(|other| other.id == *revised && other.assigner == plan.assigner);
        if !theirs {
            return Err(Error::NotFound("plan"));
        }
    }
    let known: BTreeSet<_> =
        store::indicator::indicators(&mut tx, &by.scope)?.into_iter().map(|indicator| indicator.code).collect();
    if let Some(value) = values.iter().find(|value| !known.contains(&value.indicator)) {
        return Err(Refusal::NotAsked { indicator: value.indicator.to_string() }.into());
    }

    let tenant = &by.scope.tenant;
    store::plan::insert_plans(&mut tx, tenant, std::slice::from_ref(plan)).map_err(taken)?;
    store::plan::insert_values(&mut tx, tenant, values)?;
    let detail = format!("{} figures, {} of {}", values.len(), plan.number, plan.decided_on);
    store::audit::append(&mut tx, by, now, Verb::AssignPlan.word(), &subject, &detail)?;
    tx.commit()?;
    Ok(())
}

/// A plan of that id is there already.
fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}
