//! Scoring schemes (bảng tiêu chí chấm điểm) as data: a tree of criteria, how each leaf is scored, and what follows
//! from the total.
//!
//! A scheme is one dated version of one instrument. Reading checks it whole (`check.rs`); what the printed draft
//! contradicts itself in is listed beside it and is no fault.

mod at;
mod check;
mod grading;
mod leaf;
mod observe;
mod read;
mod rule;
mod shipped;

use thidua_base::code::{CriterionCode, IndicatorCode, SchemeCode};
use thidua_base::{Date, Number};

use crate::org::holds;

pub use check::BrokenScheme;
pub use grading::{Condition, Effect, FlagRule, Grade, GradeAt, Quota, QuotaAction, Sanction, TieRule, Watch};
pub use observe::Observed;
pub use read::read;
pub use rule::{
    AgainstLeader, AgainstPlan, AwardPoints, Band, BandOverride, Bands, Curve, Judged, Measure, NoTarget, Outlier,
    PlanSource, Rule, ScoreOption, Take, TargetBy, Threshold, ZeroTarget, Zeroes,
};
pub use shipped::{SHIPPED, read_all, shipped, version_on};

/// A scheme during one span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Stable code over its versions.
    pub code: SchemeCode,
    /// Its version, from 1.
    pub version: i64,
    /// Title, as the paper names itself.
    pub name: String,
    /// English title.
    pub name_en: String,
    /// The body that issued it.
    pub issuer: String,
    /// The province it holds in; empty where it is not one province's.
    pub province: String,
    /// The instrument behind it, as cited.
    pub instrument: String,
    /// Whom it scores.
    pub subject: Scored,
    /// How far it is law.
    pub status: Status,
    /// First day.
    pub valid_from: Date,
    /// First day after; `None` while it lasts or where its end is not known.
    pub valid_to: Option<Date>,
    /// Where it was read.
    pub sources: Vec<String>,
    /// What is not known of it; a scheme that lacks anything is incomplete.
    pub missing: Vec<String>,
    /// What else the source says: workflow, variants.
    pub notes: Vec<String>,
    /// Rules that the source gives without the criteria they belong to.
    pub formulas: Vec<Formula>,
    /// Where the printed text contradicts itself, and what was taken.
    pub findings: Vec<SchemeFinding>,
    /// How points become a total.
    pub scale: Scale,
    /// Whose mark counts, the strongest first: the first of them that has marked a criterion.
    pub marks: Vec<Level>,
    /// How the marks of several peers become one.
    pub peers: Peers,
    /// Criteria, each before those under it.
    pub criteria: Vec<Criterion>,
    /// Grades, the best first; none where the scheme does not classify.
    pub grades: Vec<Grade>,
    /// What a grade asks beyond the total.
    pub conditions: Vec<Condition>,
    /// What bars or lowers a grade whatever the points.
    pub sanctions: Vec<Sanction>,
    /// How many may hold the best grade.
    pub quota: Option<Quota>,
    /// What decides between equal totals, in order.
    pub ties: Vec<TieRule>,
    /// From which distance on a question is asked.
    pub watch: Watch,
    /// The file it was read from.
    pub file: String,
}

/// Whom a scheme scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scored {
    /// Units: communes, districts, offices.
    Units,
    /// Persons.
    Persons,
}

/// How far a scheme is law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A draft for comment.
    Draft,
    /// Issued.
    Issued,
    /// Rules as a program of the office applies them; the paper was not seen.
    Practice,
}

/// Where a printed scheme contradicts itself or leaves something open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeFinding {
    /// The criterion or the key.
    pub at: String,
    /// What is wrong, in a Vietnamese sentence.
    pub says: String,
    /// What the scheme takes instead.
    pub taken: String,
}

/// A rule that the source gives without the criteria it belongs to; a cluster's own tree uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// Its code.
    pub code: String,
    /// What it is for.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// The rule.
    pub rule: Rule,
}

/// How points become a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// What everyone starts with.
    pub base: Number,
    /// Most points of content; `None` where the source does not say.
    pub content: Option<Number>,
    /// Most bonus points.
    pub bonus: Option<Number>,
    /// Most penalty points.
    pub penalty: Option<Number>,
    /// Smallest total.
    pub floor: Option<Number>,
    /// Largest total.
    pub ceiling: Option<Number>,
    /// To which step a mark is rounded where its criterion names none.
    pub step: Number,
    /// What becomes of a criterion that was not assigned to a unit.
    pub not_assigned: Left,
    /// What becomes of a criterion whose matter did not arise in the year.
    pub not_arisen: Left,
}

/// What becomes of a criterion that does not apply to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It leaves the denominator: points are counted on what remains.
    Denominator,
    /// It counts as full.
    Full,
    /// It counts as nothing.
    Zero,
}

/// Levels of marking, in the order of the way up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Tự chấm: the unit's own claims, and what the rule makes of its figures.
    Own,
    /// Chấm chéo, cụm trưởng.
    Peer,
    /// Thẩm định.
    Appraisal,
    /// Hội đồng.
    Council,
}

/// How the marks of several peers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peers {
    /// The last one counts: there is one peer that marks, the head of the cluster.
    Last,
    /// The mean of the last mark of each, rounded to the step of the criterion.
    Mean,
}

/// The part of the scheme a criterion belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Points of content.
    Content,
    /// Điểm thưởng: added.
    Bonus,
    /// Điểm trừ: subtracted; its points are written without a sign.
    Penalty,
}

/// A criterion: a group of others, or a leaf that is scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its code.
    pub code: CriterionCode,
    /// What it asks, in few words.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// The part it belongs to, the same throughout a tree.
    pub part: Part,
    /// The place of the group it stands under.
    pub under: Option<usize>,
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Most points; `None` for a group whose maximum the source does not give, and for a leaf without a ceiling.
    pub max: Option<Number>,
    /// How it is scored; `None` for a group.
    pub rule: Option<Rule>,
    /// The step its mark is rounded to.
    pub step: Number,
    /// Whether it brings points only with evidence.
    pub evidence: Need,
    /// The sanction that follows when it brings any points (of a penalty).
    pub sanction: Option<String>,
    /// A note of the source, such as a second place where the same fact counts.
    pub note: String,
}

/// Whether evidence is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// No evidence, no points.
    Evidence,
    /// None.
    Nothing,
}

impl Scheme {
    /// Whether it holds on a day.
    pub fn on(&self, day: Date) -> bool {
        holds(self.valid_from, self.valid_to, day)
    }

    /// Whether all of it is known, so that a cluster may be scored by it.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    /// The place of a criterion.
    pub fn place(&self, code: &CriterionCode) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.code == *code)
    }

    /// A criterion by its code.
    pub fn criterion(&self, code: &CriterionCode) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.code == *code)
    }

    /// The leaves, with their places.
    pub fn leaves(&self) -> impl Iterator<Item = (usize, &Criterion)> {
        self.criteria.iter().enumerate().filter(|(_, criterion)| criterion.rule.is_some())
    }

    /// Whether a criterion is another or stands under it, however deep.
    pub fn stands_under(&self, place: usize, above: usize) -> bool {
        let mut at = Some(place);
        while let Some(here) = at {
            if here == above {
                return true;
            }
            at = self.criteria.get(here).and_then(|criterion| criterion.under);
        }
        false
    }

    /// A grade's place from the best; `None` where there is no such grade.
    pub fn grade_place(&self, code: &str) -> Option<usize> {
        self.grades.iter().position(|grade| grade.code == code)
    }

    /// The key of this version, as bound text names it.
    pub fn key(&self) -> String {
        format!("scheme:{}:{}", self.code, self.version)
    }
}

impl Criterion {
    /// Whether it is scored from figures of the indicator chapter, which nobody types.
    pub fn is_from_figures(&self) -> bool {
        matches!(self.rule, Some(Rule::Plan(_) | Rule::Leader(_)))
    }

    /// The indicator whose figures score it, where it names one.
    pub fn indicator(&self) -> Option<&IndicatorCode> {
        match &self.rule {
            Some(Rule::Plan(plan)) => plan.source.indicator.as_ref(),
            Some(Rule::Leader(leader)) => leader.source.indicator.as_ref(),
            _ => None,
        }
    }
}

impl Level {
    /// Every level, in the order of the way up.
    pub const ALL: [Self; 4] = [Self::Own, Self::Peer, Self::Appraisal, Self::Council];

    /// The word in data files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Peer => "peer",
            Self::Appraisal => "appraisal",
            Self::Council => "council",
        }
    }
}
