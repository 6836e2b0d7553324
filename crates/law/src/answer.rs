//! The question, and the answer with everything it rests on.

use std::sync::Arc;

use thidua_base::Date;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::cite::Citation;
use crate::condition::Layer;
use crate::table::Said;
use crate::vocabulary::{AwardType, Confidence, Effect, SubjectKind};

/// Whether somebody may have an honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Which honour.
    pub honour: HonourCode,
    /// The day of the decision, which chooses the law.
    pub on: Date,
    /// The award year, the last that counts.
    pub year: i16,
    /// The day the file was received.
    pub received_on: Option<Date>,
    /// The day the proposal was sent; taken as received where it is not known.
    pub proposed_on: Option<Date>,
    /// The type of commendation.
    pub kind: Option<AwardType>,
    /// What the subject is.
    pub subject: SubjectKind,
}

/// What the book says of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It does not hold.
    NotMet,
    /// A person must say.
    AskHuman,
    /// It holds.
    Met,
}

impl Verdict {
    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One must hold.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// It must not hold.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::NotMet => Self::Met,
            Self::AskHuman => Self::AskHuman,
            Self::Met => Self::NotMet,
        }
    }

    /// What surely and what possibly holds, as one verdict.
    pub fn of(surely: bool, possibly: bool) -> Self {
        match (surely, possibly) {
            (true, _) => Self::Met,
            (false, true) => Self::AskHuman,
            (false, false) => Self::NotMet,
        }
    }

    /// The code: `dat`, `khong-dat`, `hoi`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "dat",
            Self::NotMet => "khong-dat",
            Self::AskHuman => "hoi",
        }
    }

    /// Reads the code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Met, Self::NotMet, Self::AskHuman].into_iter().find(|verdict| verdict.code() == code)
    }
}

/// Why a verdict is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// It was measured on the evidence.
    Measured,
    /// The evidence is missing or contradicts itself.
    NoEvidence,
    /// Only a person can judge it, or the rule is left to a local one.
    Judgement,
    /// It was measured as not met, but the clause was not read in the original.
    Unverified,
    /// The version is touched by an instrument that was not read.
    Unread,
}

impl Why {
    /// The code: `do-duoc`, `thieu-du-lieu`, `nguoi-xet`, `chua-doi-chieu`, `chua-doc`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Measured => "do-duoc",
            Self::NoEvidence => "thieu-du-lieu",
            Self::Judgement => "nguoi-xet",
            Self::Unverified => "chua-doi-chieu",
            Self::Unread => "chua-doc",
        }
    }
}

/// What the book says of one test for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of the condition or branch; of a bare word its number among its neighbours.
    pub id: Arc<str>,
    /// The way to it: `cong-trang/nam-nam`.
    pub path: Arc<str>,
    /// The verdict, after the rule of confidence.
    pub verdict: Verdict,
    /// The verdict on the evidence alone.
    pub measured: Verdict,
    /// Why.
    pub why: Why,
    /// Where it is read.
    pub cite: Arc<Citation>,
    /// Where else.
    pub also: Arc<[Citation]>,
    /// How surely.
    pub confidence: Confidence,
    /// The test in words.
    pub said: Arc<Said>,
    /// Our own words on it, and the open question it hangs on.
    pub note: Option<Arc<Said>>,
    /// The open question it hangs on.
    pub open: Option<Arc<str>>,
    /// The number asked for and the number found.
    pub threshold: Option<Threshold>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What is missing.
    pub missing: Option<Missing>,
    /// The earliest award year it could be met; `None` where it cannot be said.
    ///
    /// Assumed: from now on the best rating, the yearly titles asked for, an initiative of the reach asked for each
    /// year, no discipline. Commendation forms are not assumed.
    pub earliest: Option<i16>,
    /// The overlay it comes from.
    pub layer: Option<Arc<Layer>>,
    /// What a gate does when it is not met; `None` for a condition.
    pub effect: Option<Effect>,
    /// Whether the parts are joined by and, by or.
    pub joined: Option<Joined>,
    /// The parts.
    pub children: Vec<Finding>,
}

/// How the parts of a finding are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Joined {
    /// All must hold.
    All,
    /// One must hold.
    Any,
    /// It must not hold.
    Not,
}

/// A number asked for and the number found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Threshold {
    /// Asked for.
    pub wanted: i64,
    /// Found for sure.
    pub found: i64,
    /// Of what.
    pub unit: Unit,
}

/// What a threshold counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Times.
    Times,
    /// Years.
    Years,
    /// Months.
    Months,
    /// Percent.
    Percent,
    /// Persons.
    Persons,
    /// Points.
    Points,
    /// Place in a ranking.
    Rank,
    /// A counted fact.
    Count,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// From which register.
    pub kind: EvidenceKind,
    /// The caller's key.
    pub key: String,
    /// The word of it: code of the honour, grade, level.
    pub what: String,
    /// For which year.
    pub year: Option<i16>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// Day.
    pub on: Option<Date>,
}

/// A register that evidence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// Awards.
    Award,
    /// Ratings.
    Rating,
    /// Initiatives.
    Initiative,
    /// Disciplines.
    Discipline,
    /// Inquiries.
    Inquiry,
    /// Registrations.
    Registration,
    /// Members.
    Members,
    /// Clusters.
    Cluster,
    /// Movements.
    Movement,
    /// Service.
    Service,
    /// Posts.
    Office,
    /// Points.
    Score,
    /// Counted facts.
    Count,
    /// Facts that hold or not.
    Statement,
    /// Dates of the subject: birth, founding, recruitment; what it is.
    Subject,
    /// Answers of persons.
    Answer,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// How many more, where it is a number.
    pub how_many: Option<i64>,
    /// The years that fail or are not known.
    pub years: Vec<i16>,
    /// In words.
    pub said: Said,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All conditions are met; gates still open are listed beside.
    Entitled,
    /// Conditions or gates that bar, by the way to them.
    Barred(Vec<Arc<str>>),
    /// Conditions that a person must answer, by the way to them.
    AskHuman(Vec<Arc<str>>),
    /// No law of this honour holds on that day.
    NotInForce,
    /// The honour is not for such subjects.
    NotForThisSubject,
}

impl Outcome {
    /// The code: `du`, `khong-du`, `hoi`, `chua-co-luat`, `khong-thuoc-doi-tuong`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Entitled => "du",
            Self::Barred(_) => "khong-du",
            Self::AskHuman(_) => "hoi",
            Self::NotInForce => "chua-co-luat",
            Self::NotForThisSubject => "khong-thuoc-doi-tuong",
        }
    }

    /// How good it is for the subject, from the worst.
    pub(crate) fn rank(&self) -> u8 {
        match self {
            Self::NotInForce | Self::NotForThisSubject => 0,
            Self::Barred(_) => 1,
            Self::AskHuman(_) => 2,
            Self::Entitled => 3,
        }
    }
}

/// The day whose law was used, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawDate {
    /// The day.
    pub day: Date,
    /// The rule: `ngay-quyet-dinh`, or the id of the transition clause.
    pub rule: String,
    /// The rule in words.
    pub said: Said,
    /// Where it is read; `None` for the law of the day of decision, which needs no clause.
    pub cite: Option<Citation>,
    /// How surely.
    pub confidence: Confidence,
}

/// The answer under one law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The day whose law it is.
    pub day: Date,
    /// The first day of the version, where one holds.
    pub version: Option<Date>,
    /// The instrument that touches it and was not read.
    pub unread: Option<InstrumentId>,
    /// The outcome.
    pub outcome: Outcome,
    /// Every condition.
    pub findings: Vec<Finding>,
    /// Every gate.
    pub gates: Vec<Finding>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: Question,
    /// The day whose law was used.
    pub law_date: LawDate,
    /// The outcome.
    pub outcome: Outcome,
    /// The answer under the law used.
    pub reading: Reading,
    /// The answer under the other law, where a clause allows the better of two.
    pub other: Option<Reading>,
    /// What is not a condition and still to be done or warned of: the ways to gates that are open or only warn.
    pub pending: Vec<Arc<str>>,
    /// Warnings in words.
    pub warnings: Vec<Said>,
    /// The earliest award year all could be met, under the assumption of [`Finding::earliest`].
    pub earliest: Option<i16>,
    /// The hash of the book it was judged by.
    pub book_hash: String,
}

impl Answer {
    /// Every finding, gates included, with its parts, in order.
    pub fn all_findings(&self) -> Vec<&Finding> {
        let mut all = Vec::new();
        for finding in self.reading.findings.iter().chain(&self.reading.gates) {
            finding.collect(&mut all);
        }
        all
    }

    /// The finding at a way.
    pub fn at(&self, path: &str) -> Option<&Finding> {
        self.all_findings().into_iter().find(|finding| &*finding.path == path)
    }
}

impl Finding {
    fn collect<'f>(&'f self, all: &mut Vec<&'f Self>) {
        all.push(self);
        for child in &self.children {
            child.collect(all);
        }
    }
}
