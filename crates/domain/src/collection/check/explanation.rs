//! Which findings an explanation answers.

use super::CheckResult;
use super::rule::Severity;
use crate::collection::explanation::{Explanation, TEXT_CHARS_MIN};

/// Whether an explanation answers a result: the same rule, the same row, the same numbers, and not just a word.
pub fn explains(explanation: &Explanation, result: &CheckResult) -> bool {
    explanation.rule == result.rule
        && Some(&explanation.indicator) == result.row()
        && explanation.fingerprint == result.fingerprint()
        && explanation.text.trim().chars().count() >= TEXT_CHARS_MIN
}

/// The results that ask for an explanation and have none over the numbers as they are now.
pub fn unanswered<'a>(results: &'a [CheckResult], explanations: &[Explanation]) -> Vec<&'a CheckResult> {
    let asks = |result: &&CheckResult| result.severity == Severity::Explain;
    let is_answered = |result: &CheckResult| explanations.iter().any(|explanation| explains(explanation, result));
    results.iter().filter(asks).filter(|result| !is_answered(result)).collect()
}
