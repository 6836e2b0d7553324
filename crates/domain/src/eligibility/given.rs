//! What a responsible person answered to a condition that only a person can judge; only added to, the newest counts.

use std::collections::BTreeMap;

use thidua_base::code::{HonourCode, Kind};
use thidua_base::text::nfc;
use thidua_base::{Code, Date};
use thidua_law::answer::{EvidenceKind, Finding, Question, Why};
use thidua_law::plan::Plan;
use thidua_law::record::HumanAnswer;

use crate::refusal::Refusal;
use crate::subject::{Entered, SubjectId, TEXT_CHARS_MAX};

/// The marker of [`AnswerId`].
#[derive(Debug)]
pub struct AnswerTag;

impl Kind for AnswerTag {
    const NAME: &'static str = "answer";
}

/// The id of an answer.
pub type AnswerId = Code<AnswerTag>;

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The condition holds.
    Yes,
    /// It does not.
    No,
    /// What was answered before is taken back: the question is open again.
    Open,
}

impl Reply {
    /// Every reply, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Open];

    /// The word in columns, addresses and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Open => "open",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reply| reply.word() == word)
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// Identity.
    pub id: AnswerId,
    /// About whom.
    pub subject: SubjectId,
    /// Which answer about the subject it is, from 1.
    pub number: i64,
    /// For which honour.
    pub honour: HonourCode,
    /// For which award year.
    pub year: i16,
    /// The way to the condition: `cong-trang/nam-nam`.
    pub condition: String,
    /// The condition as it was read to whoever answered; where the book asks something else, the answer is none.
    pub said: String,
    /// The answer.
    pub reply: Reply,
    /// The day that was asked about.
    pub asked_on: Date,
    /// The hash of the book it was asked from.
    pub book: String,
    /// Who answered, when, why.
    pub entered: Entered,
}

/// The answers that stand: the newest of each condition, honour and year, of those in the order they were given.
pub fn standing<'a>(answers: impl IntoIterator<Item = &'a GivenAnswer>) -> Vec<&'a GivenAnswer> {
    let mut newest: BTreeMap<(&SubjectId, &HonourCode, i16, &str), &GivenAnswer> = BTreeMap::new();
    for answer in answers {
        newest.insert((&answer.subject, &answer.honour, answer.year, &answer.condition), answer);
    }
    newest.into_values().filter(|answer| answer.reply != Reply::Open).collect()
}

/// The answers that stand as the evaluator reads them for a question; `by` of each is the id of the answer.
///
/// One that was given to another sentence is left out: the book asks something else now.
pub fn for_question(standing: &[&GivenAnswer], plan: Option<&Plan>, question: &Question) -> Vec<HumanAnswer> {
    let Some(plan) = plan else { return Vec::new() };
    let is_of = |answer: &&&GivenAnswer| answer.honour == question.honour && answer.year == question.year;
    let asks =
        |answer: &&&GivenAnswer| plan.ops.iter().any(|op| *op.path == *answer.condition && op.said.vi == answer.said);
    let answers = standing.iter().filter(is_of).filter(asks);
    answers
        .map(|answer| HumanAnswer {
            honour: answer.honour.clone(),
            condition: answer.condition.clone(),
            year: answer.year,
            yes: answer.reply == Reply::Yes,
            by: answer.id.to_string(),
            // What was answered of a year counts whichever day is asked about.
            on: answer.entered.at.date_in_vietnam().min(question.on),
        })
        .collect()
}

/// Whether a finding is one that only a person answers, or was answered by one.
pub fn answerable(finding: &Finding) -> bool {
    finding.children.is_empty()
        && (finding.why == Why::Judgement || finding.evidence.iter().any(|one| one.kind == EvidenceKind::Answer))
}

/// Decides whether an answer can be taken, and brings its reason to Normal Form C.
///
/// # Errors
/// [`Refusal::NotAPersonsAnswer`] for a condition that the record settles; [`Refusal::NoReason`];
/// [`Refusal::LongText`].
pub fn decide(finding: &Finding, reason: &str) -> Result<String, Refusal> {
    if !answerable(finding) {
        return Err(Refusal::NotAPersonsAnswer { condition: finding.said.vi.clone() });
    }
    let reason = nfc(reason.trim());
    if reason.is_empty() {
        return Err(Refusal::NoReason);
    }
    if reason.chars().count() > TEXT_CHARS_MAX {
        return Err(Refusal::LongText { most: TEXT_CHARS_MAX });
    }
    Ok(reason)
}
