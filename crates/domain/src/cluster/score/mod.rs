//! Scoring a cluster: from a scheme, figures, evidence and reviews to a sheet for each member.
//!
//! Pure and exact: nothing is rounded but a mark, once, to the step of its criterion. A figure is never typed, a human
//! mark is never overwritten, and every line says where its points came from.

mod claim;
mod compare;
mod figure;
mod grade;
mod line;
mod sheet;
mod total;
mod why;

use thidua_base::Number;
use thidua_base::code::OrgId;
use thidua_base::number::BadNumber;

use super::evidence::{Claim, Claims};
use super::measure::Measurements;
use super::review::{Reviewed, Reviews};
use super::scheme::{Criterion, Scheme};
use crate::refusal::MarkFault;

pub use grade::{Fallen, Graded, Lowered};
pub use sheet::{Counted, Difference, LevelMark, Line, ScoreSheet, Step, StepKind, Total, Void};
pub use why::{ByCurve, Gap, Kept, Lead, Place, TargetGap, Why};

/// Whether an answer is of the kind a criterion asks, and within range.
///
/// # Errors
/// What is wrong with it.
pub fn answer_fits(leaf: &Criterion, claim: &Claim) -> Result<(), MarkFault> {
    claim::points_of(leaf, claim).map(|_| ())
}

/// The points of a level's verdict on a criterion.
///
/// # Errors
/// Where they are out of range, the answer does not fit, or they differ from those below without a reason.
pub fn verdict_points(leaf: &Criterion, reviewed: &Reviewed) -> Result<Number, MarkFault> {
    line::marked(leaf, reviewed).map(|(points, _)| points)
}

/// The most points a leaf can bring; `None` where the regulation states no cap.
pub fn ceiling(leaf: &Criterion) -> Option<Number> {
    line::ceiling(leaf)
}

/// Everything a cluster is scored from, in one year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// The members, in the order of the cluster.
    pub members: Vec<OrgId>,
    /// Their figures.
    pub figures: Measurements,
    /// What they claim.
    pub evidence: Claims,
    /// What others say.
    pub reviews: Reviews,
}

/// The sheets of all members, in their order.
///
/// # Errors
/// Where a total does not fit in 64 bits.
pub fn score(
    scheme: &Scheme,
    members: &[OrgId],
    figures: &Measurements,
    evidence: &Claims,
    reviews: &Reviews,
) -> Result<Vec<ScoreSheet>, BadNumber> {
    let compared =
        compare::compared(scheme, members, figures, |unit, place| compare::is_excused(scheme, reviews, unit, place));
    let tree = total::Tree::of(scheme);
    members
        .iter()
        .map(|unit| {
            let of_unit = line::OfUnit { scheme, unit, figures, evidence, reviews, compared: &compared };
            let mut sheet = total::sheet(&of_unit, &tree)?;
            sheet.graded = grade::graded(scheme, &tree, &sheet, reviews)?;
            Ok(sheet)
        })
        .collect()
}

impl Round {
    /// The sheets of all members, in their order.
    ///
    /// # Errors
    /// As [`score`].
    pub fn score(&self, scheme: &Scheme) -> Result<Vec<ScoreSheet>, BadNumber> {
        score(scheme, &self.members, &self.figures, &self.evidence, &self.reviews)
    }
}
