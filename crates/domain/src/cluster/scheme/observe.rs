//! What can be seen in a scheme that is no fault and still deserves a look: computed, beside the findings its file lists.

use thidua_base::Number;

use super::rule::{Curve, Outlier, Rule};
use super::{Part, Scheme};
use crate::cluster::score::ceiling;

/// Something in a scheme that is no fault and still deserves a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// Items of bonus points add up to more than their group may bring.
    Overfull {
        /// The group.
        at: String,
        /// What they add up to.
        sum: Number,
        /// What the group may bring.
        max: Number,
    },
    /// More than the plan brings points without a cap.
    NoCap {
        /// The criterion or formula.
        at: String,
    },
    /// Nothing is said about an excess beyond all others.
    NoOutlierRule {
        /// The criterion or formula.
        at: String,
    },
    /// A cap that cannot be reached in whole steps: the last one is cut.
    UnevenCap {
        /// The criterion.
        at: String,
        /// Points for each.
        per: Number,
        /// The cap.
        max: Number,
    },
}

impl Scheme {
    /// What can be seen in it.
    pub fn observed(&self) -> Vec<Observed> {
        let mut seen = Vec::new();
        for (place, group) in self.criteria.iter().enumerate() {
            if group.rule.is_some() || group.part != Part::Bonus {
                continue;
            }
            let below = self.criteria.iter().filter(|one| one.under == Some(place)).filter_map(|one| one.max);
            if let (Some(max), Ok(sum)) = (group.max, Number::sum(below))
                && sum > max
            {
                seen.push(Observed::Overfull { at: group.code.to_string(), sum, max });
            }
        }
        for (_, leaf) in self.leaves() {
            let Some(rule) = &leaf.rule else { continue };
            if leaf.max.is_some() && ceiling(leaf).is_none() {
                seen.push(Observed::NoCap { at: leaf.code.to_string() });
            }
            if lacks_outlier_rule(rule) {
                seen.push(Observed::NoOutlierRule { at: leaf.code.to_string() });
            }
            if let (Rule::Count { per }, Some(max)) = (rule, leaf.max)
                && !is_whole_multiple(max, *per)
            {
                seen.push(Observed::UnevenCap { at: leaf.code.to_string(), per: *per, max });
            }
        }
        for formula in &self.formulas {
            let uncapped = |plan: &super::AgainstPlan| matches!(plan.curve, Curve::Proportional { cap: None, .. });
            if matches!(&formula.rule, Rule::Plan(plan) if uncapped(plan)) {
                seen.push(Observed::NoCap { at: formula.code.clone() });
            }
            if lacks_outlier_rule(&formula.rule) {
                seen.push(Observed::NoOutlierRule { at: formula.code.clone() });
            }
        }
        seen
    }
}

fn lacks_outlier_rule(rule: &Rule) -> bool {
    matches!(rule, Rule::Leader(leader) if leader.outlier == Outlier::None)
}

fn is_whole_multiple(max: Number, per: Number) -> bool {
    let scale = max.scale().max(per.scale());
    match (max.at_scale(scale), per.at_scale(scale)) {
        (Some(max), Some(per)) if per.digits() > 0 => max.digits() % per.digits() == 0,
        _ => false,
    }
}
