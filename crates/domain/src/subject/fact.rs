//! What is known of a subject: one row for each thing, only added to.

use std::collections::BTreeSet;

use thidua_base::code::{AwardId, HonourCode, OrgId};
use thidua_base::{Date, Number};

use super::{Entered, FactId, SubjectId};
use crate::honour::{CommendationType, DirectWorker};
use crate::origin::Provenance;

pub use super::words::{
    Authority, Category, Completed, DisciplineLevel, Grade, InitiativeKind, InquiryKind, Level, MovementOutcome,
    Organiser, RecognitionScope, RecognitionStatus, ReviewKind,
};

/// A fact about a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Identity.
    pub id: FactId,
    /// Whom it is about.
    pub subject: SubjectId,
    /// What.
    pub about: About,
    /// The fact it takes the place of.
    pub supersedes: Option<FactId>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Who entered it, when, why.
    pub entered: Entered,
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Belongs to a unit, perhaps in a post (chức vụ, nơi công tác).
    Position(Position),
    /// Rated for a year (xếp loại).
    Rating(Rating),
    /// An initiative, a piece of research (sáng kiến, đề tài).
    Initiative(Initiative),
    /// Disciplined (kỷ luật).
    Discipline(Discipline),
    /// Under inspection, investigation, complaint (thanh tra, điều tra, khiếu nại).
    Inquiry(Inquiry),
    /// Registered for emulation (đăng ký thi đua).
    Registration(Registration),
    /// An award held (đã được khen).
    Award(Held),
    /// Served in a field (thời gian công tác trong ngành).
    Service(Service),
    /// A counted fact: children, years, works.
    Count(Count),
    /// A fact that holds or not, with its proof.
    Statement(Statement),
    /// From which year a part of the register is complete.
    Complete(Complete),
    /// A place in a cluster (xếp hạng cụm, khối).
    Ranking(Ranking),
    /// A result in a movement.
    Result(MovementResult),
    /// Points by criteria (chấm điểm gia đình, khu dân cư văn hóa).
    Score(Score),
    /// Entered by mistake: the fact it takes the place of never was.
    Withdrawn,
}

/// Belonging to a unit from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The unit.
    pub unit: OrgId,
    /// The post; may be empty.
    pub post: String,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it lasts.
    pub to: Option<Date>,
    /// What the person is by it.
    pub category: Option<Category>,
    /// The group of posts of the law book it belongs to: a word such as `can-bo-tien-khoi-nghia`; may be empty.
    pub office: String,
    /// Whether the person works directly or leads.
    pub duty: Option<DirectWorker>,
}

/// A yearly rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The year.
    pub year: i16,
    /// The grade.
    pub grade: Grade,
    /// Number of the decision or minutes; may be empty.
    pub number: String,
    /// Its day.
    pub decided_on: Option<Date>,
}

/// An initiative or research with how far it was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiative {
    /// What it is.
    pub kind: InitiativeKind,
    /// Its name.
    pub name: String,
    /// How far it is recognised.
    pub scope: RecognitionScope,
    /// Recognised, applied, spread.
    pub status: RecognitionStatus,
    /// The level of who recognised it.
    pub by: Option<Level>,
    /// The year it counts for.
    pub year: i16,
    /// Number of the decision that recognises it.
    pub number: String,
    /// Its day.
    pub decided_on: Date,
}

/// A disciplinary measure in force from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discipline {
    /// How grave.
    pub level: DisciplineLevel,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it lasts.
    pub to: Option<Date>,
    /// Number of the decision; may be empty.
    pub number: String,
}

/// Something that is looked into from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// What.
    pub kind: InquiryKind,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it is open.
    pub to: Option<Date>,
    /// What it is about; may be empty.
    pub name: String,
}

/// A registration for emulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// For which year.
    pub year: i16,
    /// The day it was handed in.
    pub on: Date,
    /// The title aimed at, where one was named.
    pub honour: Option<HonourCode>,
}

/// An award that a subject holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The honour.
    pub honour: HonourCode,
    /// The year of the achievement.
    pub year: i16,
    /// The span of the achievement, where the decision names one: first day, last day.
    pub period: Option<(Date, Date)>,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub decided_on: Date,
    /// Who decided.
    pub authority: Authority,
    /// The level of that authority at that time.
    pub level: Level,
    /// For what; may be empty.
    pub achievement: String,
    /// The type of commendation.
    pub commendation: CommendationType,
    /// Whether the person works directly or leads; `None` for others and where unknown.
    pub duty: Option<DirectWorker>,
    /// The unit the subject belonged to then.
    pub unit: Option<OrgId>,
    /// The day it was revoked.
    pub revoked_on: Option<Date>,
    /// The row of the register of awards that says the same, so that it is not counted twice.
    pub register: Option<AwardId>,
}

/// A span of service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The field, a word of the law book: `giang-day`, `quan-doi`.
    pub field: String,
    /// First day.
    pub from: Date,
    /// First day after; `None` while it lasts.
    pub to: Option<Date>,
    /// Whether in listed areas of hardship.
    pub is_hardship: bool,
}

/// A counted fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What is counted, a word of the law book: `con-liet-si`.
    pub fact: String,
    /// How many.
    pub amount: i64,
    /// The proof; may be empty.
    pub number: String,
}

/// A fact that holds or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What, a word of the law book.
    pub fact: String,
    /// Whether it holds.
    pub holds: bool,
    /// The proof; may be empty.
    pub number: String,
}

/// From which year a part of the register is complete: before it, what is not there is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complete {
    /// Which part.
    pub what: Completed,
    /// The first year.
    pub year: i16,
}

/// A place in a cluster in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// The year.
    pub year: i16,
    /// The place, from 1.
    pub rank: i64,
    /// Who organises the cluster.
    pub organiser: Organiser,
    /// The cluster's name; may be empty.
    pub name: String,
}

/// A result in an emulation movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementResult {
    /// The movement's name.
    pub name: String,
    /// Who launched it.
    pub launcher: Organiser,
    /// Its first day.
    pub from: Date,
    /// First day after, where it has ended.
    pub to: Option<Date>,
    /// Led or exemplary.
    pub outcome: MovementOutcome,
    /// At the interim or the final review.
    pub at: ReviewKind,
    /// The year of the review.
    pub year: i16,
}

/// Points by criteria in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The year.
    pub year: i16,
    /// The points, of 100.
    pub points: Number,
    /// The kind of place or household, a word of the law book; empty where it is not known.
    pub segment: String,
    /// Whether each group of criteria reached its floor, where only that is known.
    pub groups_ok: Option<bool>,
    /// Points and maximum of each group, where they are known.
    pub groups: Vec<(u32, u32)>,
    /// Number of the minutes or the score sheet; may be empty.
    pub number: String,
}

/// Kinds of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// [`About::Position`].
    Position,
    /// [`About::Rating`].
    Rating,
    /// [`About::Initiative`].
    Initiative,
    /// [`About::Award`].
    Award,
    /// [`About::Registration`].
    Registration,
    /// [`About::Discipline`].
    Discipline,
    /// [`About::Inquiry`].
    Inquiry,
    /// [`About::Service`].
    Service,
    /// [`About::Ranking`].
    Ranking,
    /// [`About::Result`].
    Result,
    /// [`About::Score`].
    Score,
    /// [`About::Count`].
    Count,
    /// [`About::Statement`].
    Statement,
    /// [`About::Complete`].
    Complete,
}

impl About {
    /// Its kind; a withdrawal has none of its own.
    pub fn kind(&self) -> Option<FactKind> {
        Some(match self {
            Self::Position(_) => FactKind::Position,
            Self::Rating(_) => FactKind::Rating,
            Self::Initiative(_) => FactKind::Initiative,
            Self::Discipline(_) => FactKind::Discipline,
            Self::Inquiry(_) => FactKind::Inquiry,
            Self::Registration(_) => FactKind::Registration,
            Self::Award(_) => FactKind::Award,
            Self::Service(_) => FactKind::Service,
            Self::Count(_) => FactKind::Count,
            Self::Statement(_) => FactKind::Statement,
            Self::Complete(_) => FactKind::Complete,
            Self::Ranking(_) => FactKind::Ranking,
            Self::Result(_) => FactKind::Result,
            Self::Score(_) => FactKind::Score,
            Self::Withdrawn => return None,
        })
    }

    /// The earliest day it speaks of, as far as one is known.
    pub fn begins(&self) -> Option<Date> {
        match self {
            Self::Position(position) => Some(position.from),
            Self::Rating(rating) => rating.decided_on,
            Self::Initiative(initiative) => Some(initiative.decided_on),
            Self::Discipline(discipline) => Some(discipline.from),
            Self::Inquiry(inquiry) => Some(inquiry.from),
            Self::Registration(registration) => Some(registration.on),
            Self::Award(held) => Some(held.period.map_or(held.decided_on, |(from, _)| from)),
            Self::Service(service) => Some(service.from),
            Self::Result(result) => Some(result.from),
            Self::Count(_)
            | Self::Statement(_)
            | Self::Complete(_)
            | Self::Ranking(_)
            | Self::Score(_)
            | Self::Withdrawn => None,
        }
    }

    /// The year it counts for, where it does.
    pub fn year(&self) -> Option<i16> {
        match self {
            Self::Rating(rating) => Some(rating.year),
            Self::Initiative(initiative) => Some(initiative.year),
            Self::Registration(registration) => Some(registration.year),
            Self::Award(held) => Some(held.year),
            Self::Complete(complete) => Some(complete.year),
            Self::Ranking(ranking) => Some(ranking.year),
            Self::Result(result) => Some(result.year),
            Self::Score(score) => Some(score.year),
            Self::Position(_)
            | Self::Discipline(_)
            | Self::Inquiry(_)
            | Self::Service(_)
            | Self::Count(_)
            | Self::Statement(_)
            | Self::Withdrawn => None,
        }
    }
}

impl Fact {
    /// The key by which findings and passports name it.
    pub fn key(&self) -> String {
        format!("fact:{}", self.id)
    }
}

/// The facts that count: what was corrected or withdrawn is left out, and so are withdrawals.
pub fn current(facts: &[Fact]) -> Vec<&Fact> {
    let gone: BTreeSet<&FactId> = facts.iter().filter_map(|fact| fact.supersedes.as_ref()).collect();
    facts.iter().filter(|fact| !gone.contains(&fact.id) && fact.about != About::Withdrawn).collect()
}

/// The units a subject belongs to on a day, or belonged to last where it belongs to none.
pub fn present_units(facts: &[&Fact], today: Date) -> Vec<OrgId> {
    let positions: Vec<&Position> = facts
        .iter()
        .filter_map(|fact| match &fact.about {
            About::Position(position) => Some(position),
            _ => None,
        })
        .collect();
    let last = positions.iter().map(|position| position.from).max();
    let is_present = |position: &&&Position| position.to.is_none_or(|to| to > today) || Some(position.from) == last;
    let mut units: Vec<OrgId> = positions.iter().filter(is_present).map(|position| position.unit.clone()).collect();
    units.sort();
    units.dedup();
    units
}
