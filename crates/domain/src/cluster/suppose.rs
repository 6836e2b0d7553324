//! What if: the same scoring over inputs that were changed for the question, held against the real one. Nothing is stored.

use std::collections::BTreeMap;

use thidua_base::Number;
use thidua_base::code::{CriterionCode, OrgId};
use thidua_base::number::BadNumber;

use super::evidence::Claimed;
use super::measure::Measurement;
use super::rank::{Ranking, rank};
use super::review::{Excusal, Reviewed};
use super::scheme::Scheme;
use super::score::{Round, ScoreSheet};

/// Something that might be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supposed {
    /// Other figures of a unit.
    Figure(OrgId, CriterionCode, Measurement),
    /// Another claim.
    Claim(OrgId, CriterionCode, Claimed),
    /// Another mark.
    Mark(OrgId, CriterionCode, Reviewed),
    /// An excuse.
    Excuse(OrgId, CriterionCode, Excusal),
    /// A member that is not there.
    Without(OrgId),
}

/// What would be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// The sheets as they would be.
    pub sheets: Vec<ScoreSheet>,
    /// The ranking as it would be.
    pub ranking: Ranking,
    /// The lines that would have other points.
    pub lines: Vec<Changed>,
    /// The ranks that would be others: before, after.
    pub ranks: Vec<(OrgId, usize, usize)>,
}

/// A line that would have other points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Whose.
    pub unit: OrgId,
    /// The criterion, by its place.
    pub criterion: usize,
    /// As it is.
    pub before: Number,
    /// As it would be.
    pub after: Number,
}

/// A round with other inputs; the round itself is left as it is.
pub fn supposed(round: &Round, changes: &[Supposed]) -> Round {
    let mut round = round.clone();
    for change in changes {
        match change.clone() {
            Supposed::Figure(unit, criterion, figure) => round.figures.set(&unit, &criterion, figure),
            Supposed::Claim(unit, criterion, claimed) => round.evidence.add(&unit, &criterion, claimed),
            Supposed::Mark(unit, criterion, reviewed) => round.reviews.add(&unit, &criterion, reviewed),
            Supposed::Excuse(unit, criterion, excusal) => round.reviews.excuse(&unit, &criterion, excusal),
            Supposed::Without(unit) => round.members.retain(|member| *member != unit),
        }
    }
    round
}

/// What would be otherwise.
///
/// # Errors
/// Where a total does not fit in 64 bits.
pub fn what_if(
    scheme: &Scheme,
    round: &Round,
    last: &BTreeMap<OrgId, usize>,
    changes: &[Supposed],
) -> Result<WhatIf, BadNumber> {
    let before = round.score(scheme)?;
    let ranked = rank(scheme, &before, last)?;
    let sheets = supposed(round, changes).score(scheme)?;
    let ranking = rank(scheme, &sheets, last)?;
    let lines = changed(&before, &sheets);
    let places = |ranking: &Ranking| -> BTreeMap<OrgId, usize> {
        ranking.rows.iter().map(|row| (row.unit.clone(), row.rank)).collect()
    };
    let after = places(&ranking);
    let ranks = places(&ranked)
        .into_iter()
        .filter_map(|(unit, was)| after.get(&unit).filter(|is| **is != was).map(|is| (unit, was, *is)))
        .collect();
    Ok(WhatIf { sheets, ranking, lines, ranks })
}

/// The lines of the same units that have other points in another scoring.
pub fn changed(before: &[ScoreSheet], after: &[ScoreSheet]) -> Vec<Changed> {
    let mut changed = Vec::new();
    for sheet in before {
        let Some(other) = after.iter().find(|other| other.unit == sheet.unit) else { continue };
        for (criterion, (was, is)) in sheet.lines.iter().zip(&other.lines).enumerate() {
            if was.points != is.points {
                let unit = sheet.unit.clone();
                changed.push(Changed { unit, criterion, before: was.points, after: is.points });
            }
        }
    }
    changed
}
