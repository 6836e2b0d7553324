//! Plans: listed and assigned; targets proposed and answered.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use thidua_app::entropy::hex;
use thidua_app::plan::{NewProposal, answer_proposal, assign_plan, plans, preview_plan, propose_plan};
use thidua_base::code::{IndicatorCode, OrgId, PlanId};
use thidua_base::text::nfc;
use thidua_base::{Date, Number, Period};
use thidua_domain::indicator::assign::{Proposal, ProposalId, Verdict};
use thidua_domain::indicator::{Plan, PlanNaming, PlanValue};
use thidua_domain::{Origin, Provenance};
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json};
use super::problem::{ApiFault, Problem};
use super::words;
use crate::fault::Fault;

/// Most targets of one plan.
const VALUES_MAX: usize = 2_000;

/// Whose plans.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlansAsked {
    /// The unit whose targets, and those below it, are listed (đơn vị).
    pub unit: String,
    /// The year (năm), such as `2020`.
    pub year: String,
}

/// Plans of a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlansOut {
    /// The year.
    pub year: String,
    /// The day whose plans are in force.
    pub day: String,
    /// The documents.
    pub plans: Vec<PlanOut>,
    /// The targets in force.
    pub targets: Vec<TargetOut>,
    /// What units propose, as far as the account has to do with it.
    pub proposals: Vec<ProposalOut>,
}

/// A plan document (quyết định giao kế hoạch).
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanOut {
    /// Id.
    pub id: String,
    /// Who assigned it.
    pub assigner: String,
    /// Number of the document; may be empty.
    pub number: String,
    /// Its day.
    pub decided_on: String,
    /// The plan it revises.
    pub supersedes: Option<String>,
    /// How many targets it sets.
    pub figures: usize,
}

/// The targets of an indicator.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetOut {
    /// The indicator.
    pub indicator: String,
    /// Targets of the unit itself.
    pub own: Vec<TargetValue>,
    /// Targets of the units below.
    pub units: Vec<TargetValue>,
    /// Their sum.
    pub assigned: String,
}

/// A target.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetValue {
    /// The unit.
    pub unit: String,
    /// The plan.
    pub plan: String,
    /// The target.
    pub value: String,
    /// `at-least`, `at-most` or `exactly`.
    pub comparator: &'static str,
}

/// A proposal (đề nghị điều chỉnh).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalOut {
    /// Id.
    pub id: String,
    /// The plan.
    pub plan: String,
    /// The indicator.
    pub indicator: String,
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// The target proposed.
    pub value: String,
    /// Why.
    pub reason: String,
    /// Who proposes.
    pub by: String,
    /// When.
    pub at: String,
    /// `granted`, `declined`, or `null` while it is open.
    pub verdict: Option<&'static str>,
}

/// A plan to be assigned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanNew {
    /// Who assigns.
    assigner: String,
    /// The year.
    year: String,
    /// Number of the document; may be empty.
    #[serde(default)]
    number: String,
    /// Its day.
    decided_on: String,
    /// The plan it revises.
    #[serde(default)]
    supersedes: Option<String>,
    /// The targets, at most 2000.
    values: Vec<ValueNew>,
}

/// Whether a plan is only looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanAsked {
    /// `true`: say what is wrong with each target and keep nothing (chỉ xem trước).
    #[serde(rename = "dry-run", default)]
    #[param(rename = "dry-run")]
    pub dry_run: bool,
}

/// What a plan would come to: it is kept as a whole or not at all.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanChecked {
    /// Whether nothing is wrong with any target.
    pub is_good: bool,
    /// The targets, in the order in which they were sent.
    pub lines: Vec<LineChecked>,
}

/// A target that was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineChecked {
    /// Its place in the plan, from 1.
    pub line: usize,
    /// The code of what is wrong with it; `null` where nothing is.
    pub problem: Option<String>,
    /// The same in words.
    pub detail: Option<String>,
}

/// A target to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueNew {
    /// The indicator.
    indicator: String,
    /// The unit.
    unit: String,
    /// The period; the year without it.
    #[serde(default)]
    period: Option<String>,
    /// `at-least`, `at-most` or `exactly`.
    comparator: String,
    /// The target, a decimal such as `1231.2`.
    value: String,
}

/// A proposal to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalNew {
    /// The indicator.
    indicator: String,
    /// The unit.
    unit: String,
    /// The period.
    period: String,
    /// The target proposed.
    value: String,
    /// Why.
    reason: String,
}

/// An answer to a proposal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerNew {
    /// `granted` or `declined`.
    verdict: String,
    /// Number of the document that revises the plan; may be empty.
    #[serde(default)]
    number: String,
    /// Why; a no must say.
    #[serde(default)]
    reason: String,
}

/// The answer to a proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerOut {
    /// `granted` or `declined`.
    pub verdict: &'static str,
    /// Why.
    pub reason: String,
    /// The plan that follows from a yes.
    pub revision: Option<String>,
    /// Who answered.
    pub by: String,
    /// When.
    pub at: String,
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Granted => "granted",
        Verdict::Declined => "declined",
    }
}

fn target(plan: &Plan, value: &PlanValue) -> TargetValue {
    TargetValue {
        unit: value.unit.to_string(),
        plan: plan.id.to_string(),
        value: value.value.to_string(),
        comparator: words::comparator(value.comparator),
    }
}

fn plan_out(plan: &Plan, figures: usize) -> PlanOut {
    PlanOut {
        id: plan.id.to_string(),
        assigner: plan.assigner.to_string(),
        number: plan.number.clone(),
        decided_on: plan.decided_on.to_string(),
        supersedes: plan.supersedes.as_ref().map(|id| id.to_string()),
        figures,
    }
}

fn proposal_out(proposal: &Proposal) -> ProposalOut {
    ProposalOut {
        id: proposal.id.to_string(),
        plan: proposal.plan.to_string(),
        indicator: proposal.indicator.to_string(),
        unit: proposal.unit.to_string(),
        period: proposal.period.to_string(),
        value: proposal.value.to_string(),
        reason: proposal.reason.clone(),
        by: proposal.by.clone(),
        at: proposal.at.to_string(),
        verdict: proposal.answer.as_ref().map(|answer| verdict_word(answer.verdict)),
    }
}

/// The plans of a year (kế hoạch): documents, targets and proposals
#[utoipa::path(get, path = "/plans", operation_id = "list_plans", tag = "plans", params(PlansAsked),
    responses((status = 200, description = "The plans", body = PlansOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(asked): Query<PlansAsked>) -> Result<Json<PlansOut>, ApiFault> {
    let unit = OrgId::parse(&asked.unit).map_err(|_| ApiFault::BadParameter("unit"))?;
    let year = Period::parse(&asked.year).map_err(|_| ApiFault::BadParameter("year"))?;
    let read = caller.read(move |app, by| {
        if !by.scope.reaches(&unit) {
            return Err(thidua_app::Error::NotFound("unit"));
        }
        plans(app, by, &unit, year)
    });
    let seen = read.await?;
    Ok(Json(PlansOut {
        year: seen.period.to_string(),
        day: seen.day.to_string(),
        plans: seen.plans.iter().map(|one| plan_out(&one.plan, one.figures)).collect(),
        targets: seen
            .targets
            .iter()
            .map(|one| TargetOut {
                indicator: one.indicator.code.to_string(),
                own: one.own.iter().map(|(plan, value)| target(plan, value)).collect(),
                units: one.units.iter().map(|(_, _, plan, value, _)| target(plan, value)).collect(),
                assigned: one.sum.assigned.to_string(),
            })
            .collect(),
        proposals: seen.proposals.iter().map(|(proposal, _, _)| proposal_out(proposal)).collect(),
    }))
}

/// Assigns a plan (giao kế hoạch) or a revision of one, as a whole or not at all; scope `keep`
///
/// With `dry-run=true` nothing is kept, and the answer (200) tells of each target what is wrong with it.
#[utoipa::path(post, path = "/plans", operation_id = "assign_plan", tag = "plans", request_body = PlanNew,
    params(PlanAsked,
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The plan", body = PlanOut),
        (status = 200, description = "What it would come to, where it is only looked at", body = PlanChecked),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn assign(
    caller: Caller,
    Query(asked): Query<PlanAsked>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let new: PlanNew = json(&headers, &body)?;
    if new.values.len() > VALUES_MAX {
        return Err(ApiFault::BadParameter("values"));
    }
    let year = Period::parse(&new.year).map_err(|_| ApiFault::BadParameter("year"))?;
    let provenance = Provenance { origin: Origin::Reported, source: nfc(new.number.trim()) };
    let plan = move |id: PlanId| -> Result<Plan, ApiFault> {
        Ok(Plan {
            id,
            assigner: OrgId::parse(&new.assigner).map_err(|_| ApiFault::BadParameter("assigner"))?,
            naming: PlanNaming::Plain,
            word: String::new(),
            period: year,
            number: nfc(new.number.trim()),
            decided_on: Date::parse(&new.decided_on).map_err(|_| ApiFault::BadParameter("decided_on"))?,
            supersedes: new
                .supersedes
                .as_deref()
                .map(PlanId::parse)
                .transpose()
                .map_err(|_| ApiFault::BadParameter("supersedes"))?,
            provenance: provenance.clone(),
        })
    };
    let plan = plan(PlanId::parse("new").map_err(|_| Fault::NotFound)?)?;
    let read = new.values.iter().map(|value| {
        Ok(PlanValue {
            plan: plan.id.clone(),
            indicator: IndicatorCode::parse(&value.indicator).map_err(|_| ApiFault::BadParameter("indicator"))?,
            unit: OrgId::parse(&value.unit).map_err(|_| ApiFault::BadParameter("unit"))?,
            period: match &value.period {
                None => year,
                Some(text) => Period::parse(text).map_err(|_| ApiFault::BadParameter("period"))?,
            },
            comparator: words::comparator_read(&value.comparator).ok_or(ApiFault::BadParameter("comparator"))?,
            value: Number::parse(&value.value).map_err(|_| ApiFault::BadParameter("value"))?,
            provenance: plan.provenance.clone(),
        })
    });
    let read: Vec<Result<PlanValue, ApiFault>> = read.collect();
    if asked.dry_run {
        return looked_at(&caller, plan, read).await;
    }
    let values = read.into_iter().collect::<Result<Vec<PlanValue>, ApiFault>>()?;
    caller
        .once(body, move |app, by| {
            let id = hex(&app.entropy.bytes::<16>()?);
            let id = PlanId::parse(&id).map_err(|why| thidua_app::Error::Internal(why.into()))?;
            let plan = Plan { id: id.clone(), ..plan };
            let values: Vec<PlanValue> =
                values.into_iter().map(|value| PlanValue { plan: id.clone(), ..value }).collect();
            assign_plan(app, by, &plan, &values)?;
            Ok(plan_out(&plan, values.len()))
        })
        .await
}

/// What is wrong with each target, those that cannot be read too.
async fn looked_at(caller: &Caller, plan: Plan, read: Vec<Result<PlanValue, ApiFault>>) -> Result<Response, ApiFault> {
    let good: Vec<PlanValue> = read.iter().filter_map(|one| one.as_ref().ok().cloned()).collect();
    let judged = caller.verb(move |app, by| preview_plan(app, by, &plan, &good)).await?;
    let mut judged = judged.into_iter();
    let lines = read.into_iter().zip(1..).map(|(one, line)| {
        let fault = match one {
            Err(fault) => Some(fault),
            Ok(_) => judged.next().flatten().map(|refusal| ApiFault::Fault(Fault::Refused(refusal))),
        };
        LineChecked {
            line,
            problem: fault.as_ref().map(|fault| fault.code().to_owned()),
            detail: fault.as_ref().map(|fault| fault.detail(caller.say)),
        }
    });
    let lines: Vec<LineChecked> = lines.collect();
    let is_good = !lines.is_empty() && lines.iter().all(|line| line.problem.is_none());
    Ok(Json(PlanChecked { is_good, lines }).into_response())
}

/// Proposes another target for one's own unit (đề nghị điều chỉnh chỉ tiêu); scope `send`
#[utoipa::path(post, path = "/plans/{plan}/proposals", operation_id = "propose_plan", tag = "plans", request_body = ProposalNew,
    params(("plan" = String, Path, description = "Plan"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The proposal", body = ProposalOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn propose(
    caller: Caller,
    Path(plan): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ProposalNew = json(&headers, &body)?;
    let new = NewProposal {
        plan: PlanId::parse(&plan).map_err(|_| Fault::NotFound)?,
        indicator: IndicatorCode::parse(&sent.indicator).map_err(|_| ApiFault::BadParameter("indicator"))?,
        unit: OrgId::parse(&sent.unit).map_err(|_| ApiFault::BadParameter("unit"))?,
        period: Period::parse(&sent.period).map_err(|_| ApiFault::BadParameter("period"))?,
        value: Number::parse(&sent.value).map_err(|_| ApiFault::BadParameter("value"))?,
        reason: sent.reason,
    };
    caller.once(body, move |app, by| Ok(proposal_out(&propose_plan(app, by, &new)?))).await
}

/// Answers a proposal (trả lời đề nghị); scope `keep`
#[utoipa::path(post, path = "/proposals/{proposal}/answer", operation_id = "answer_proposal", tag = "plans", request_body = AnswerNew,
    params(("proposal" = String, Path, description = "Proposal"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The answer", body = AnswerOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn answer(
    caller: Caller,
    Path(proposal): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: AnswerNew = json(&headers, &body)?;
    let id = ProposalId::parse(&proposal).map_err(|_| Fault::NotFound)?;
    let known = [Verdict::Granted, Verdict::Declined].into_iter().find(|one| verdict_word(*one) == sent.verdict);
    let verdict = known.ok_or(ApiFault::BadParameter("verdict"))?;
    caller
        .once(body, move |app, by| {
            let answer = answer_proposal(app, by, &id, verdict, &sent.number, &sent.reason)?;
            Ok(AnswerOut {
                verdict: verdict_word(answer.verdict),
                reason: answer.reason,
                revision: answer.revision.map(|id| id.to_string()),
                by: answer.by,
                at: answer.at.to_string(),
            })
        })
        .await
}
