//! Evidence: what the registers know of one subject, as the evaluator reads it.
//!
//! Ids are opaque to the law: whoever builds a record gets its keys back in the findings. What is not here is not
//! known, unless a register is said to be complete from a year on; then from that year absence is a fact.

use std::collections::BTreeMap;

use thidua_base::code::HonourCode;
use thidua_base::{Date, Number};

use crate::vocabulary::{
    AwardType, Category, Discipline, Grade, InitiativeKind, InquiryKind, Level, MovementOutcome, MovementReview,
    Organiser, Scope, Status, SubjectKind,
};

/// What is known of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What the subject is.
    pub subject: SubjectKind,
    /// What a person is by work, or that a collective is an enterprise.
    pub category: Option<Category>,
    /// Day of birth, or of founding of a collective.
    pub born_or_founded: Option<Date>,
    /// Day of recruitment; contract time just before counts, so it is the first day of that.
    pub recruited_on: Option<Date>,
    /// Whether a person is a woman.
    pub woman: Option<bool>,
    /// The first year from which the register of awards is complete.
    pub awards_complete_from: Option<i16>,
    /// Awards.
    pub awards: Vec<Award>,
    /// Yearly ratings; a year without one is unknown.
    pub ratings: Vec<Rating>,
    /// The first year from which the register of initiatives is complete.
    pub initiatives_complete_from: Option<i16>,
    /// Initiatives, research, resourcefulness.
    pub initiatives: Vec<Initiative>,
    /// The first year from which the register of disciplines is complete.
    pub disciplines_complete_from: Option<i16>,
    /// Disciplines.
    pub disciplines: Vec<DisciplineCase>,
    /// Inquiries; one that is not here is not open.
    pub inquiries: Vec<Inquiry>,
    /// The first year from which registrations are complete.
    pub registrations_complete_from: Option<i16>,
    /// Registrations of emulation.
    pub registrations: Vec<Registration>,
    /// Members of a collective, by year.
    pub members: Vec<Members>,
    /// Results in clusters.
    pub clusters: Vec<ClusterResult>,
    /// Results in movements.
    pub movements: Vec<MovementResult>,
    /// Service in fields.
    pub service: Vec<Service>,
    /// Posts held.
    pub offices: Vec<OfficeHeld>,
    /// Points by criteria.
    pub scores: Vec<Scored>,
    /// Counted facts, by the words of the vocabulary.
    pub counts: BTreeMap<String, u32>,
    /// Facts that hold or not, by the words of the vocabulary.
    pub statements: BTreeMap<String, bool>,
    /// Answers of persons to questions that are a person's.
    pub answers: Vec<HumanAnswer>,
}

/// An award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Which honour, by the code it had then.
    pub honour: HonourCode,
    /// The year of achievement; of a longer period its last.
    pub year: i16,
    /// First and last day of the achievement period, both within it.
    pub period: Option<(Date, Date)>,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// Who decided, in words.
    pub authority: Option<String>,
    /// The level of who decided, at that time.
    pub level: Option<Level>,
    /// The type of commendation.
    pub kind: Option<AwardType>,
    /// Day of revocation; a revoked award never counts.
    pub revoked_on: Option<Date>,
    /// The caller's key.
    pub key: String,
}

/// A yearly rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The year.
    pub year: i16,
    /// The grade.
    pub grade: Grade,
    /// The caller's key.
    pub key: String,
}

/// An initiative, research work or act of resourcefulness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiative {
    /// Which.
    pub kind: InitiativeKind,
    /// How far it reaches, by the decision.
    pub scope: Scope,
    /// How far it has come.
    pub status: Status,
    /// The year it counts for.
    pub year: i16,
    /// The level of who recognised it.
    pub by: Option<Level>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// The caller's key.
    pub key: String,
}

/// A discipline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisciplineCase {
    /// Which.
    pub level: Discipline,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it lasts.
    pub to: Option<Date>,
    /// The caller's key.
    pub key: String,
}

/// An inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// Which.
    pub kind: InquiryKind,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it is open.
    pub to: Option<Date>,
    /// The caller's key.
    pub key: String,
}

/// A registration of emulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// For which year.
    pub year: i16,
    /// On which day.
    pub on: Option<Date>,
}

/// The members of a collective in a year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    /// The year.
    pub year: i16,
    /// How many.
    pub count: u32,
    /// How many hold an honour for that year; 0 where it is known that none does.
    pub holding: BTreeMap<HonourCode, u32>,
    /// How many completed their tasks.
    pub completing: Option<u32>,
    /// How many were disciplined, by level; those not here were not.
    pub disciplined: Vec<(Discipline, u32)>,
}

/// A result in a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterResult {
    /// The year.
    pub year: i16,
    /// The rank, from 1.
    pub rank: u8,
    /// Who runs the cluster.
    pub organiser: Organiser,
    /// The caller's key.
    pub key: String,
}

/// A result in a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementResult {
    /// Who launched it.
    pub launcher: Organiser,
    /// First day of the movement.
    pub from: Date,
    /// First day after it, or the day of the review.
    pub to: Option<Date>,
    /// The result.
    pub result: MovementOutcome,
    /// At which review.
    pub at: MovementReview,
    /// The year of the review.
    pub year: i16,
    /// The caller's key.
    pub key: String,
}

/// Service in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The field, a word of the vocabulary.
    pub field: String,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it lasts.
    pub to: Option<Date>,
    /// Whether in listed areas of hardship.
    pub hardship: bool,
    /// The caller's key.
    pub key: String,
}

/// A post held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHeld {
    /// The group of posts, a word of the honour's file.
    pub posts: String,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it lasts.
    pub to: Option<Date>,
    /// The caller's key.
    pub key: String,
}

/// Points by criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The year.
    pub year: i16,
    /// The points, of 100.
    pub points: Number,
    /// The kind of place or household, a word of the vocabulary.
    pub segment: Option<String>,
    /// Whether each group of criteria reached its floor, where only that is known.
    pub groups_ok: Option<bool>,
    /// Points and maximum of each group, where they are known; they then go before `groups_ok`.
    pub groups: Vec<(u32, u32)>,
}

/// An answer of a person to a question of the law that is a person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HumanAnswer {
    /// For which honour.
    pub honour: HonourCode,
    /// To which condition or branch: its id or the way to it.
    pub condition: String,
    /// For which award year.
    pub year: i16,
    /// Yes or no.
    pub yes: bool,
    /// Who answered.
    pub by: String,
    /// When.
    pub on: Date,
}

impl Record {
    /// A record that knows nothing of a subject.
    pub fn unknown(subject: SubjectKind) -> Self {
        Self {
            subject,
            category: None,
            born_or_founded: None,
            recruited_on: None,
            woman: None,
            awards_complete_from: None,
            awards: Vec::new(),
            ratings: Vec::new(),
            initiatives_complete_from: None,
            initiatives: Vec::new(),
            disciplines_complete_from: None,
            disciplines: Vec::new(),
            inquiries: Vec::new(),
            registrations_complete_from: None,
            registrations: Vec::new(),
            members: Vec::new(),
            clusters: Vec::new(),
            movements: Vec::new(),
            service: Vec::new(),
            offices: Vec::new(),
            scores: Vec::new(),
            counts: BTreeMap::new(),
            statements: BTreeMap::new(),
            answers: Vec::new(),
        }
    }

    /// Says that every register is complete from a year on.
    #[must_use]
    pub fn complete_from(mut self, year: i16) -> Self {
        self.awards_complete_from = Some(year);
        self.initiatives_complete_from = Some(year);
        self.disciplines_complete_from = Some(year);
        self.registrations_complete_from = Some(year);
        self
    }
}

impl Award {
    /// The last year of its achievement period.
    pub fn last_year(&self) -> i16 {
        self.period.map_or(self.year, |(_, last)| last.year())
    }

    /// Whether it counts on a day: decided by then, and not revoked.
    pub fn counts_on(&self, day: Date) -> bool {
        self.revoked_on.is_none() && self.decided_on.is_none_or(|decided| decided <= day)
    }
}
