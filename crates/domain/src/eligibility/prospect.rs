//! How a subject stands to an honour: entitled, almost, a person must say, barred; and what is lacking.

use std::sync::Arc;

use thidua_law::answer::{Answer, Finding, Missing, Outcome, Verdict, Why};
use thidua_law::cite::Citation;
use thidua_law::stand::Stand;
use thidua_law::table::Said;
use thidua_law::vocabulary::Confidence;

/// How many years ahead still count as almost.
pub const NEAR_YEARS: i16 = 2;

/// How a subject stands to an honour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prospect {
    /// Đủ điều kiện.
    Entitled,
    /// Gần đủ: what is lacking could be there within [`NEAR_YEARS`].
    Almost,
    /// Cần người xét.
    Ask,
    /// Chưa đủ: an article bars it.
    Barred,
    /// Không thuộc đối tượng, or no law of it on that day.
    Outside,
}

impl Prospect {
    /// Every prospect, the best first.
    pub const ALL: [Self; 5] = [Self::Entitled, Self::Almost, Self::Ask, Self::Barred, Self::Outside];

    /// The word in addresses, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Entitled => "entitled",
            Self::Almost => "almost",
            Self::Ask => "ask",
            Self::Barred => "barred",
            Self::Outside => "outside",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|prospect| prospect.word() == word)
    }
}

/// What stands between a subject and an honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The way to the condition or gate.
    pub path: Arc<str>,
    /// The condition in words.
    pub said: Arc<Said>,
    /// Where it is read.
    pub cite: Arc<Citation>,
    /// How surely.
    pub confidence: Confidence,
    /// Not met, or open.
    pub verdict: Verdict,
    /// Why.
    pub why: Why,
    /// What is missing, where it can be told.
    pub missing: Option<Missing>,
    /// The earliest award year it could be met.
    pub earliest: Option<i16>,
    /// Whether it is a gate and no condition.
    pub is_gate: bool,
}

/// How a subject stands by an answer.
pub fn prospect(answer: &Answer) -> Prospect {
    match &answer.outcome {
        Outcome::Entitled => Prospect::Entitled,
        Outcome::AskHuman(_) => Prospect::Ask,
        Outcome::NotInForce | Outcome::NotForThisSubject => Prospect::Outside,
        Outcome::Barred(paths) => {
            let by_gate = answer.reading.gates.iter().any(|gate| paths.contains(&gate.path));
            barred(by_gate, answer.earliest, answer.question.year)
        }
    }
}

/// How a subject stands, where no reasons were sought; `year` is the award year.
pub fn prospect_of(stand: &Stand, year: i16) -> Prospect {
    match &stand.outcome {
        Outcome::Entitled => Prospect::Entitled,
        Outcome::AskHuman(_) => Prospect::Ask,
        Outcome::NotInForce | Outcome::NotForThisSubject => Prospect::Outside,
        Outcome::Barred(_) => barred(stand.by_gate, stand.earliest, year),
    }
}

fn barred(by_gate: bool, earliest: Option<i16>, year: i16) -> Prospect {
    let is_near = earliest.is_some_and(|earliest| earliest <= year + NEAR_YEARS);
    if is_near && !by_gate { Prospect::Almost } else { Prospect::Barred }
}

/// What stands in the way by an answer: of a barred one what bars, of an open one what is open; in the order of the
/// book.
pub fn lacks(answer: &Answer) -> Vec<Lack> {
    let (Outcome::Barred(paths) | Outcome::AskHuman(paths)) = &answer.outcome else { return Vec::new() };
    let conditions = answer.reading.findings.iter().map(|finding| (finding, false));
    let gates = answer.reading.gates.iter().map(|finding| (finding, true));
    let named = conditions.chain(gates).filter(|(finding, _)| paths.contains(&finding.path));
    named.map(|(finding, is_gate)| lack(finding, is_gate)).collect()
}

fn lack(finding: &Finding, is_gate: bool) -> Lack {
    Lack {
        path: Arc::clone(&finding.path),
        said: Arc::clone(&finding.said),
        cite: Arc::clone(&finding.cite),
        confidence: finding.confidence,
        verdict: finding.verdict,
        why: finding.why,
        missing: finding.missing.clone().or_else(|| first_missing(finding)),
        earliest: finding.earliest,
        is_gate,
    }
}

/// What the first unmet part misses, of a condition made of parts.
fn first_missing(finding: &Finding) -> Option<Missing> {
    let open = finding.children.iter().filter(|child| child.verdict != Verdict::Met);
    open.into_iter().find_map(|child| child.missing.clone().or_else(|| first_missing(child)))
}
