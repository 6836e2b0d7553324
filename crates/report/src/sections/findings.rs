//! Findings of one kind, as dash items in list order.

use thidua_domain::finding::{Finding, FindingKind};
use thidua_paper::tree::{Block, Marker};

use crate::writing::{Unfillable, Writing};

/// The kind a form names: `result`, `limit`, `cause`.
pub fn kind_of(word: &str) -> Option<FindingKind> {
    match word {
        "result" => Some(FindingKind::Result),
        "limit" => Some(FindingKind::Limit),
        "cause" => Some(FindingKind::Cause),
        _ => None,
    }
}

/// One item for each finding of the reporting unit and period.
pub fn blocks(writing: &mut Writing, kind: &str) -> Result<Vec<Block>, Unfillable> {
    let data = writing.data;
    let mut wanted: Vec<&Finding> = data
        .findings
        .iter()
        .filter(|f| Some(f.kind) == kind_of(kind) && f.unit == data.report.unit && f.period == data.period())
        .collect();
    wanted.sort_by_key(|finding| (finding.ordinal, finding.id.clone()));
    let item = |finding: &&Finding| Ok(Block::Item { marker: Marker::Dash, text: writing.fill(&finding.text)? });
    wanted.iter().map(item).collect()
}
