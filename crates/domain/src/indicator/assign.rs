//! Targets go downwards: who assigns what to whom, what a unit may propose, and how the assigned adds up.

use std::collections::BTreeSet;

use thidua_base::code::{IndicatorCode, OrgId, PlanId, kind};
use thidua_base::number::BadNumber;
use thidua_base::{Code, Date, Number, Period, Timestamp};

use super::{Figures, Plan, PlanValue};
use crate::org::{Edge, within};
use crate::refusal::Refusal;

/// The id of a proposal.
pub type ProposalId = Code<kind::Proposal>;

/// What a unit would rather have as its target (đề nghị điều chỉnh), with the answer once there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Identity.
    pub id: ProposalId,
    /// The plan that assigned the present target.
    pub plan: PlanId,
    /// What.
    pub indicator: IndicatorCode,
    /// To whom.
    pub unit: OrgId,
    /// For when.
    pub period: Period,
    /// The figure proposed.
    pub value: Number,
    /// Why.
    pub reason: String,
    /// Who proposed it, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What the assigner said.
    pub answer: Option<Answer>,
}

/// The assigner's answer to a proposal; there is one only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Yes or no.
    pub verdict: Verdict,
    /// Why; required for a no.
    pub reason: String,
    /// The revision of the plan that follows from a yes.
    pub revision: Option<PlanId>,
    /// Who answered, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The target is changed as proposed.
    Granted,
    /// It stays.
    Declined,
}

/// Whether a plan may assign figures to units: they stand below the assigner on the day, and none is the assigner.
///
/// # Errors
/// [`Refusal::OwnTarget`] where a unit would write its own target; [`Refusal::UnknownUnit`] for a unit elsewhere.
pub fn goes_downwards(assigner: &OrgId, values: &[PlanValue], edges: &[Edge], day: Date) -> Result<(), Refusal> {
    let below = within(assigner, edges, day);
    values.iter().try_for_each(|value| downwards(assigner, value, &below))
}

fn downwards(assigner: &OrgId, value: &PlanValue, below: &BTreeSet<OrgId>) -> Result<(), Refusal> {
    if value.unit == *assigner {
        return Err(Refusal::OwnTarget);
    }
    match below.contains(&value.unit) {
        true => Ok(()),
        false => Err(Refusal::UnknownUnit { asked: value.unit.to_string(), near: Vec::new() }),
    }
}

/// What is wrong with each target of a plan, in their order; `None` where nothing is. A target has an indicator that is
/// defined, stands below the assigner on the day of the document, lies in its year, and is set once.
pub fn judge_targets(
    plan: &Plan,
    values: &[PlanValue],
    defined: &BTreeSet<IndicatorCode>,
    edges: &[Edge],
) -> Vec<Option<Refusal>> {
    let below = within(&plan.assigner, edges, plan.decided_on);
    let mut set = BTreeSet::new();
    let mut judge = |value: &PlanValue| {
        downwards(&plan.assigner, value, &below)?;
        if !defined.contains(&value.indicator) {
            return Err(Refusal::UndefinedIndicator { asked: value.indicator.to_string() });
        }
        if value.period.plan_year() != plan.period {
            return Err(Refusal::TargetOutsideYear { period: value.period.to_string() });
        }
        match set.insert((value.indicator.clone(), value.unit.clone(), value.period)) {
            true => Ok(()),
            false => Err(Refusal::TargetTwice),
        }
    };
    values.iter().map(|value| judge(value).err()).collect()
}

/// What an assigner gave to the units below together, against what it was given itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssignedSum {
    /// The sum over the units below.
    pub assigned: Number,
    /// How many of them have a figure.
    pub units: usize,
    /// The figure of the unit itself, by the plan of a level above or its council.
    pub own: Option<Number>,
}

/// Adds up the figures of an indicator assigned to the units directly below a unit for a period.
///
/// # Errors
/// When the sum does not fit in 64 bits.
pub fn assigned_sum(
    figures: &Figures,
    indicator: &IndicatorCode,
    unit: &OrgId,
    period: Period,
) -> Result<AssignedSum, BadNumber> {
    let first = |unit: &OrgId| figures.assigned(indicator, unit, period).first().map(|(_, value)| value.value);
    let below: Vec<Number> = figures.children_of(unit).iter().filter_map(first).collect();
    Ok(AssignedSum { units: below.len(), assigned: Number::sum(below)?, own: first(unit) })
}
