//! Issues a plan: targets for units below, with their document (giao kế hoạch).

use std::collections::BTreeSet;

use thidua_base::code::IndicatorCode;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::indicator::assign::judge_targets;
use thidua_domain::indicator::{Plan, PlanValue};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use crate::permit::permit;
use crate::{App, Error};

/// Issues a plan or a revision of one. A revision replaces the cells it names and no others.
///
/// # Errors
/// [`Refusal::OwnTarget`] where someone would write the target of their own unit; the attempt stands in the journal.
/// [`Error::NotFound`] for an assigner who is not the actor's, or a plan to be revised that is not the assigner's;
/// what [`judge_targets`] refuses of a target, the first of them; [`Refusal::EmptyForm`] for a plan without figures.
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
    let judged = judge_targets(plan, values, &defined(&mut tx, by)?, &edges);
    if judged.contains(&Some(Refusal::OwnTarget)) {
        store::audit::append(&mut tx, by, now, "assign-plan-refused", &subject, plan.assigner.as_str())?;
        tx.commit()?;
        return Err(Refusal::OwnTarget.into());
    }
    if let Some(refusal) = judged.into_iter().flatten().next() {
        return Err(refusal.into());
    }
    revises_own(&mut tx, &whole, plan)?;

    let tenant = &by.scope.tenant;
    store::plan::insert_plans(&mut tx, tenant, std::slice::from_ref(plan)).map_err(taken)?;
    store::plan::insert_values(&mut tx, tenant, values)?;
    let detail = format!("{} figures, {} of {}", values.len(), plan.number, plan.decided_on);
    store::audit::append(&mut tx, by, now, Verb::AssignPlan.word(), &subject, &detail)?;
    tx.commit()?;
    Ok(())
}

/// What would be refused of each target of a plan, in their order; nothing is kept.
///
/// # Errors
/// [`Error::NotFound`] for an assigner who is not the actor's, or a plan to be revised that is not the assigner's.
pub fn preview_plan(app: &App, by: &Actor, plan: &Plan, values: &[PlanValue]) -> Result<Vec<Option<Refusal>>, Error> {
    permit(by, Verb::AssignPlan, Thing::Unit(&plan.assigner), "plan")?;
    app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        revises_own(tx, &whole, plan)?;
        let edges = store::org::edges(tx, &whole)?;
        Ok(judge_targets(plan, values, &defined(tx, by)?, &edges))
    })
}

fn defined(tx: &mut Tx, by: &Actor) -> Result<BTreeSet<IndicatorCode>, Error> {
    let all = store::indicator::indicators(tx, &by.scope)?;
    Ok(all.into_iter().map(|indicator| indicator.code).collect())
}

/// A plan revises one of the same assigner.
fn revises_own(tx: &mut Tx, whole: &Scope, plan: &Plan) -> Result<(), Error> {
    let Some(revised) = &plan.supersedes else { return Ok(()) };
    let known = store::plan::plans(tx, whole)?;
    match known.iter().any(|other| other.id == *revised && other.assigner == plan.assigner) {
        true => Ok(()),
        false => Err(Error::NotFound("plan")),
    }
}

/// A plan of that id is there already.
fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}
