//! What changes between two answers about the same subject and honour: outcome, conditions, clauses.

use std::sync::Arc;

use thidua_law::answer::{Answer, Finding, Verdict};
use thidua_law::cite::Citation;
use thidua_law::table::Said;
use thidua_law::vocabulary::Confidence;

/// A condition or gate on one of the two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The verdict.
    pub verdict: Verdict,
    /// The condition in words.
    pub said: Arc<Said>,
    /// Where it is read.
    pub cite: Arc<Citation>,
    /// How surely.
    pub confidence: Confidence,
}

/// A condition or gate that is not the same on both days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The way to it.
    pub path: Arc<str>,
    /// As it was; `None` where it is new.
    pub before: Option<Side>,
    /// As it becomes; `None` where it ends.
    pub after: Option<Side>,
}

/// What differs between two answers, in the order of the later book, what ends last.
pub fn changes(before: &Answer, after: &Answer) -> Vec<Change> {
    let (old, new) = (roots(before), roots(after));
    let find = |all: &[&Finding], path: &str| all.iter().find(|one| &*one.path == path).map(|one| side(one));
    let kept = new.iter().map(|one| Change {
        path: Arc::clone(&one.path),
        before: find(&old, &one.path),
        after: Some(side(one)),
    });
    let ended = old.iter().filter(|one| !new.iter().any(|other| other.path == one.path)).map(|one| Change {
        path: Arc::clone(&one.path),
        before: Some(side(one)),
        after: None,
    });
    kept.chain(ended).filter(|change| change.before != change.after).collect()
}

fn roots(answer: &Answer) -> Vec<&Finding> {
    answer.reading.findings.iter().chain(&answer.reading.gates).collect()
}

fn side(finding: &Finding) -> Side {
    Side {
        verdict: finding.verdict,
        said: Arc::clone(&finding.said),
        cite: Arc::clone(&finding.cite),
        confidence: finding.confidence,
    }
}
