//! Targets go downwards: who assigns what to whom, what a unit may propose, and how the assigned adds up.

use thidua_base::code::{IndicatorCode, OrgId, PlanId, kind};
use thidua_base::number::BadNumber;
use thidua_base::{Code, Date, Number, Period, Timestamp};

use super::{Figures, PlanValue};
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
    for value in values {
        if value.unit == *assigner {
            return Err(Refusal::OwnTarget);
        }
        if !below.contains(&value.unit) {
            return Err(Refusal::UnknownUnit { asked: value.unit.to_string(), near: Vec::new() });
        }
    }
    Ok(())
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
