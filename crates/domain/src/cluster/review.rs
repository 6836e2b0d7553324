//! What others say of a unit's criteria: marks of each level, excuses, and sanctions stated. Nothing here is the unit's own to
//! write, and nothing is ever overwritten.

use std::collections::BTreeMap;

use thidua_base::code::{CriterionCode, OrgId};
use thidua_base::{Number, Timestamp};

use super::evidence::Claim;
use super::scheme::Level;

/// What a level says of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The mark below stands.
    Agreed,
    /// The answer is another; the rule gives its points.
    Corrected(Claim),
    /// So many points.
    Points(Number),
}

/// The mark of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The level.
    pub level: Level,
    /// What it says.
    pub verdict: Verdict,
    /// The mark below, as it stood when this was decided.
    pub over: Number,
    /// Why; needed where the points are others than those below.
    pub reason: String,
    /// Who, as named then.
    pub by: String,
    /// The unit they act for; of peers.
    pub by_unit: Option<OrgId>,
    /// When.
    pub at: Timestamp,
}

/// Why a criterion does not apply to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excused {
    /// Không giao: it is not among the unit's tasks.
    NotAssigned,
    /// Không phát sinh: its matter did not arise in the year.
    NotArisen,
}

/// An excuse from a criterion, or from all under a group; given by those who lead the cluster, never by the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excusal {
    /// Which.
    pub why: Excused,
    /// In their words.
    pub reason: String,
    /// Who gave it, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A sanction that follows from no penalty, stated by those who mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its code in the scheme.
    pub sanction: String,
    /// Why.
    pub reason: String,
    /// Who, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Marks, excuses and sanctions of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviews {
    /// Marks by unit and criterion, the oldest first; of each level the last counts.
    pub marks: BTreeMap<OrgId, BTreeMap<CriterionCode, Vec<Reviewed>>>,
    /// Excuses by unit and criterion.
    pub excusals: BTreeMap<OrgId, BTreeMap<CriterionCode, Excusal>>,
    /// Sanctions stated, by unit.
    pub stated: BTreeMap<OrgId, Vec<Stated>>,
}

impl Reviews {
    /// What was said of a criterion, the oldest first.
    pub fn of(&self, unit: &OrgId, criterion: &CriterionCode) -> &[Reviewed] {
        self.marks.get(unit).and_then(|marks| marks.get(criterion)).map_or(&[], Vec::as_slice)
    }

    /// Adds a mark after the others.
    pub fn add(&mut self, unit: &OrgId, criterion: &CriterionCode, reviewed: Reviewed) {
        self.marks.entry(unit.clone()).or_default().entry(criterion.clone()).or_default().push(reviewed);
    }

    /// Excuses a unit from a criterion.
    pub fn excuse(&mut self, unit: &OrgId, criterion: &CriterionCode, excusal: Excusal) {
        self.excusals.entry(unit.clone()).or_default().insert(criterion.clone(), excusal);
    }
}
