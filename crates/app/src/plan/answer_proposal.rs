//! Answers a proposal (trả lời đề nghị điều chỉnh): a yes becomes a revision of the plan.

use thidua_base::code::PlanId;
use thidua_base::text::nfc;
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::indicator::assign::{Answer, ProposalId, Verdict};
use thidua_domain::indicator::{Plan, PlanValue};
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_store as store;

use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// Answers a proposal; `number` is the number of the document that revises the plan, and may be empty.
///
/// # Errors
/// [`Error::NotFound`] where there is no such proposal for this actor, who must be the assigner;
/// [`Refusal::NoReason`] for a no without one; [`Refusal::ChangedMeanwhile`] where it is answered already.
pub fn answer_proposal(
    app: &App,
    by: &Actor,
    id: &ProposalId,
    verdict: Verdict,
    number: &str,
    reason: &str,
) -> Result<Answer, Error> {
    let mut tx = app.db.begin()?;
    let tenant = &by.scope.tenant;
    let whole = Scope::whole(tenant.clone());
    let proposals = store::plan_proposal::proposals(&mut tx, &by.scope)?;
    let proposal = proposals.into_iter().find(|known| known.id == *id).ok_or(Error::NotFound("proposal"))?;
    let plans = store::plan::plans(&mut tx, &whole)?;
    let plan = plans.into_iter().find(|plan| plan.id == proposal.plan).ok_or(Error::NotFound("plan"))?;
    permit(by, Verb::AssignPlan, Thing::Unit(&plan.assigner), "proposal")?;
    if proposal.answer.is_some() {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let reason = nfc(reason.trim());
    if verdict == Verdict::Declined && reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let now = app.clock.now();
    let revision = match verdict {
        Verdict::Declined => None,
        Verdict::Granted => {
            let id = PlanId::parse(&hex(&app.entropy.bytes::<16>()?)).map_err(|why| Error::Internal(why.into()))?;
            let provenance = Provenance { origin: Origin::Reported, source: number.trim().to_owned() };
            let revised = Plan {
                id: id.clone(),
                number: nfc(number.trim()),
                decided_on: now.date_in_vietnam(),
                supersedes: Some(plan.id.clone()),
                provenance: provenance.clone(),
                ..plan.clone()
            };
            let values = store::plan::plan_values(&mut tx, &whole, &[proposal.period])?;
            let before = values.iter().find(|value| {
                value.plan == proposal.plan && value.indicator == proposal.indicator && value.unit == proposal.unit
            });
            let before = before.ok_or(Error::NotFound("plan"))?;
            let value = PlanValue { plan: id.clone(), value: proposal.value, provenance, ..before.clone() };
            store::plan::insert_plans(&mut tx, tenant, &[revised])?;
            store::plan::insert_values(&mut tx, tenant, &[value])?;
            Some(id)
        }
    };
    let answer = Answer { verdict, reason, revision, by: by.name.clone(), at: now };

    store::plan_proposal::answer(&mut tx, tenant, id, &answer)?;
    let detail = match &answer.revision {
        Some(revision) => format!("granted as plan {revision}"),
        None => format!("declined: {}", answer.reason),
    };
    store::audit::append(&mut tx, by, now, "answer-proposal", &format!("proposal:{id}"), &detail)?;
    tx.commit()?;
    Ok(answer)
}
