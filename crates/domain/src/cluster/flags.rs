//! The rule of a cluster's year for its flags (quy tắc tặng cờ): how many, from which grade and total on, and who may not.
//! What follows from it is a proposal; a council votes.

use thidua_base::code::OrgId;
use thidua_base::{Number, Timestamp};

use super::Cluster;
use super::rank::{Proposed, Ranking, propose};
use super::scheme::{FlagRule, Scheme};
use crate::refusal::Refusal;

/// The rule for flags of a cluster's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRules {
    /// How often it was set, from 1; the last counts.
    pub revision: i64,
    /// Honours by rank, the first of them to those who stand first.
    pub rules: Vec<FlagRule>,
    /// The least total; `None` where there is none.
    pub least_points: Option<Number>,
    /// Members that may not be proposed, each with why.
    pub barred: Vec<Barred>,
    /// Who set it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A member that may not be proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barred {
    /// The member.
    pub unit: OrgId,
    /// Why.
    pub reason: String,
}

/// Most places that one rule may give.
pub const PLACES_MAX: usize = 99;

impl FlagRules {
    /// Whether the rule is taken: some places, grades of the scheme, bars of members with a reason.
    ///
    /// # Errors
    /// [`Refusal::NotANumber`] for no or too many places, [`Refusal::UnknownUnit`] for a bar of another unit,
    /// [`Refusal::NoReason`] for one without a reason, [`Refusal::IncompleteScheme`] for a grade the scheme has not.
    pub fn taken(self, cluster: &Cluster, scheme: Option<&Scheme>) -> Result<Self, Refusal> {
        if let Some(rule) = self.rules.iter().find(|rule| rule.places == 0 || rule.places > PLACES_MAX) {
            return Err(Refusal::NotANumber { asked: rule.places.to_string() });
        }
        for barred in &self.barred {
            if !cluster.members.iter().any(|member| member.unit == barred.unit) {
                return Err(Refusal::UnknownUnit { asked: barred.unit.to_string(), near: Vec::new() });
            }
            if barred.reason.trim().is_empty() {
                return Err(Refusal::NoReason);
            }
        }
        if let Some(scheme) = scheme {
            let mut least = self.rules.iter().filter_map(|rule| rule.least.as_ref());
            if let Some(unknown) = least.find(|code| scheme.grade_place(code).is_none()) {
                return Err(Refusal::IncompleteScheme { name: scheme.name.clone(), missing: unknown.clone() });
            }
        }
        Ok(self)
    }

    /// Why a member may not be proposed, where it may not.
    pub fn bars(&self, unit: &OrgId) -> Option<&Barred> {
        self.barred.iter().find(|barred| barred.unit == *unit)
    }

    /// What the rule makes of a ranking: a proposal only, nothing is decided.
    pub fn proposed(&self, scheme: &Scheme, ranking: &Ranking) -> Vec<Proposed> {
        let mut eligible = ranking.clone();
        let enough = |points: Number| self.least_points.is_none_or(|least| points >= least);
        eligible.rows.retain(|row| self.bars(&row.unit).is_none() && enough(row.points));
        propose(scheme, &eligible, &self.rules)
    }
}
