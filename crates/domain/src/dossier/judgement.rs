//! What the law book said of a dossier when it was sent (phiếu điều kiện đã chốt): kept with the hash of the book and
//! the day of the law; later law does not touch it.

use thidua_base::Date;
use thidua_law::answer::{Answer, Verdict};
use thidua_law::table::Said;
use thidua_law::vocabulary::Confidence;

/// An answer of the law book as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The day that was asked about.
    pub asked_on: Date,
    /// The day whose law was used.
    pub law_on: Date,
    /// The rule that chose it: `ngay-quyet-dinh`, or the id of a transition clause.
    pub rule: String,
    /// Where that rule is read; empty where it needs no clause.
    pub rule_cite: String,
    /// First day of the version of the honour that was used, where one holds.
    pub version_from: Option<Date>,
    /// The hash of the book.
    pub book: String,
    /// The code of the outcome: `du`, `khong-du`, `hoi`, `chua-co-luat`, `khong-thuoc-doi-tuong`.
    pub outcome: String,
    /// Every condition and gate with its parts, in order.
    pub findings: Vec<JudgedFinding>,
}

/// A finding as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedFinding {
    /// The way to it.
    pub path: String,
    /// The test in words.
    pub said: Said,
    /// The verdict.
    pub verdict: Verdict,
    /// Where it is read.
    pub cite: String,
    /// How surely.
    pub confidence: Confidence,
    /// Whether it is a gate and no condition.
    pub is_gate: bool,
    /// What is missing, in words; both empty where nothing is.
    pub missing: Said,
}

impl Judgement {
    /// Freezes an answer.
    pub fn of(answer: &Answer) -> Self {
        let gates: Vec<&str> = answer.reading.gates.iter().map(|gate| &*gate.path).collect();
        let is_gate = |path: &str| gates.iter().any(|gate| path == *gate || path.starts_with(&format!("{gate}/")));
        let findings = answer.all_findings().into_iter().map(|finding| JudgedFinding {
            path: finding.path.to_string(),
            said: (*finding.said).clone(),
            verdict: finding.verdict,
            cite: finding.cite.to_string(),
            confidence: finding.confidence,
            is_gate: is_gate(&finding.path),
            missing: finding.missing.as_ref().map(|missing| missing.said.clone()).unwrap_or_default(),
        });
        Self {
            asked_on: answer.question.on,
            law_on: answer.law_date.day,
            rule: answer.law_date.rule.clone(),
            rule_cite: answer.law_date.cite.as_ref().map(ToString::to_string).unwrap_or_default(),
            version_from: answer.reading.version,
            book: answer.book_hash.clone(),
            outcome: answer.outcome.code().to_owned(),
            findings: findings.collect(),
        }
    }
}
