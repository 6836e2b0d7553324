//! The act that grants or refuses; its number, its signer, the register of awards.

pub mod act;
pub mod fund;
pub mod money;

#[cfg(test)]
mod tests;

use thidua_base::Date;
use thidua_base::code::{AwardId, HonourCode, OrgId};

use crate::honour::{CommendationType, Subject};
use crate::origin::Provenance;

pub use crate::honour::DirectWorker;
pub use act::{Act, Decision, DecisionId, Draft, Event, Granted, Line, Signature, SignedAs, State};
pub use fund::{Fund, FundEntry, FundId};
pub use money::Bonus;

/// One award in the register (sổ khen thưởng): one honour, one subject, one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Identity.
    pub id: AwardId,
    /// The honour.
    pub honour: HonourCode,
    /// Who grants it, as printed: `UBND tỉnh`, `Chủ tịch UBND tỉnh`.
    pub authority: String,
    /// Whom it is given to.
    pub subject: Subject,
    /// The subject's name as written in the decision.
    pub subject_name: String,
    /// The unit the subject belongs to or is.
    pub unit: OrgId,
    /// The type of commendation.
    pub commendation: CommendationType,
    /// Whether the person works directly (người trực tiếp lao động); `None` for collectives and where unknown.
    pub direct_worker: Option<DirectWorker>,
    /// Decision number; empty where unknown.
    pub decision_number: String,
    /// Day of the decision.
    pub decided_on: Date,
    /// What it is for; may be empty.
    pub achievement: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Award {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("award:{}", self.id)
    }
}
