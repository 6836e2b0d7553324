//! Addresses of decisions on awards and of the money for them.

use thidua_domain::decision::DecisionId;

/// Decisions on awards.
pub const DECISIONS: &str = "/quyet-dinh";
/// Where a decision is begun.
pub const DECISION_NEW: &str = "/quyet-dinh/soan";
/// What was awarded and not paid.
pub const UNPAID: &str = "/quyet-dinh/chua-chi";
/// Funds that pay bonuses.
pub const FUNDS: &str = "/quy-khen-thuong";

/// One decision on awards.
pub fn decision(id: &DecisionId) -> String {
    format!("{DECISIONS}/{id}")
}

/// What is common to the lines of a decision, to be edited.
pub fn decision_head(id: &DecisionId) -> String {
    format!("{}/noi-dung", decision(id))
}

/// A decision as a file, by its ending.
pub fn decision_file(id: &DecisionId, ending: &str) -> String {
    format!("{}/quyet-dinh.{ending}", decision(id))
}
