//! Proposes another target for one's own unit (đề nghị điều chỉnh chỉ tiêu); nothing changes until the assigner says so.

use thidua_base::code::{IndicatorCode, OrgId, PlanId};
use thidua_base::text::nfc;
use thidua_base::{Number, Period};
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::indicator::assign::{Proposal, ProposalId};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProposal {
    /// The plan that assigned the present target.
    pub plan: PlanId,
    /// What.
    pub indicator: IndicatorCode,
    /// The unit.
    pub unit: OrgId,
    /// For when.
    pub period: Period,
    /// The figure proposed.
    pub value: Number,
    /// Why.
    pub reason: String,
}

/// Keeps a proposal.
///
/// # Errors
/// [`Error::NotFound`] where there is no such target for this actor; [`Refusal::NoReason`].
pub fn propose_plan(app: &App, by: &Actor, new: &NewProposal) -> Result<Proposal, Error> {
    permit(by, Verb::ProposePlan, Thing::Unit(&new.unit), "plan")?;
    let mut tx = app.db.begin()?;
    let values = store::plan::plan_values(&mut tx, &Scope::whole(by.scope.tenant.clone()), &[new.period])?;
    let is_it = |value: &&thidua_domain::indicator::PlanValue| {
        value.plan == new.plan && value.indicator == new.indicator && value.unit == new.unit
    };
    values.iter().find(is_it).ok_or(Error::NotFound("plan"))?;
    let reason = nfc(new.reason.trim());
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let id = hex(&app.entropy.bytes::<16>()?);
    let proposal = Proposal {
        id: ProposalId::parse(&id).map_err(|why| Error::Internal(why.into()))?,
        plan: new.plan.clone(),
        indicator: new.indicator.clone(),
        unit: new.unit.clone(),
        period: new.period,
        value: new.value,
        reason,
        by: by.name.clone(),
        at: app.clock.now(),
        answer: None,
    };

    store::plan_proposal::insert(&mut tx, &by.scope.tenant, &proposal)?;
    let detail = format!("{} {} {}: {}", proposal.indicator, proposal.unit, proposal.value, proposal.reason);
    store::audit::append(&mut tx, by, proposal.at, Verb::ProposePlan.word(), &format!("plan:{}", new.plan), &detail)?;
    tx.commit()?;
    Ok(proposal)
}
