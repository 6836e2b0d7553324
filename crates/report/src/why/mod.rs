//! Why this score (vì sao điểm này): the trace of a criterion as sentences that can be read aloud, in Vietnamese and,
//! for readers of the interface, in English. Official paper takes the Vietnamese.

mod en;
mod total;
mod vi;

use std::collections::BTreeMap;

use thidua_base::Number;
use thidua_base::code::{CriterionCode, OrgId};
use thidua_domain::cluster::explain::Explanation;
use thidua_prose::write::Clause;

pub use total::{Tongue, rank_said, total_said};

/// What things are called where a score is explained.
#[derive(Debug, Clone, Copy)]
pub struct Called<'a> {
    /// Names of units; of others the id is said.
    pub units: &'a BTreeMap<OrgId, String>,
    /// Units of measure of the figures of quantitative criteria.
    pub measures: &'a BTreeMap<CriterionCode, String>,
}

/// The sentences in Vietnamese, each with its full stop.
pub fn in_vietnamese(explanation: &Explanation<'_>, called: Called<'_>) -> Vec<Clause> {
    vi::sentences(&Speaking { explanation, called })
}

/// The sentences in English, each with its full stop.
pub fn in_english(explanation: &Explanation<'_>, called: Called<'_>) -> Vec<Clause> {
    en::sentences(&Speaking { explanation, called })
}

/// An explanation being said.
struct Speaking<'a> {
    explanation: &'a Explanation<'a>,
    called: Called<'a>,
}

impl Speaking<'_> {
    fn unit(&self, id: &OrgId) -> String {
        self.called.units.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    fn units(&self, ids: &[OrgId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.unit(id)).collect();
        names.join(", ")
    }

    fn measure(&self) -> &str {
        self.called.measures.get(&self.explanation.criterion.code).map_or("", String::as_str)
    }

    fn max(&self) -> Number {
        self.explanation.criterion.max.unwrap_or(Number::whole(0))
    }
}

/// A number without needless decimals.
fn trimmed(number: Number) -> Number {
    (0..number.scale()).map(|decimals| number.rounded(decimals)).find(|short| *short == number).unwrap_or(number)
}

/// So many percent of a number, without needless decimals, where it comes out with six of them.
fn share_of(number: Number, percent: Number) -> Number {
    let part = thidua_domain::cluster::exact::hundredth(percent)
        .and_then(|share| thidua_domain::cluster::exact::Exact::of(number).times(share)?.shown(4));
    part.map_or(number, trimmed)
}

#[cfg(test)]
mod tests;
