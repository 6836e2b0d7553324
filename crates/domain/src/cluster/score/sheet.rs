//! A score sheet: one line for each criterion, each with where its points came from, and the total they make.

use thidua_base::Number;
use thidua_base::code::{CriterionCode, EvidenceId, OrgId};

use super::grade::Graded;
use super::why::Why;
use crate::cluster::scheme::{Level, Part};
use crate::refusal::MarkFault;

/// The score sheet of a unit (bảng chấm điểm).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSheet {
    /// Whose.
    pub unit: OrgId,
    /// One line for each criterion of the scheme, in its order.
    pub lines: Vec<Line>,
    /// What they make.
    pub total: Total,
    /// What the total is worth.
    pub graded: Graded,
    /// Marks that were not taken, each with what is wrong.
    pub void: Vec<Void>,
    /// Marks of people made over another mark than the one there now.
    pub differences: Vec<Difference>,
}

/// A line of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The most that counts for this unit: without what was not assigned; `None` where there is no ceiling.
    pub max: Option<Number>,
    /// What the rule makes of the unit's figures or claims: its own mark. `None` where there is nothing to make it of.
    pub own: Option<Number>,
    /// Why.
    pub why: Why,
    /// The marks of the other levels, in the order of the way up.
    pub marks: Vec<LevelMark>,
    /// The points that count.
    pub points: Number,
    /// Whose they are.
    pub counted: Counted,
}

/// Whose mark counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A level's; the unit's own where that is [`Level::Own`].
    Level(Level),
    /// Nobody's: the unit is excused, and the scheme says what counts.
    Excused,
    /// Nobody has marked it: nothing counts, and it is listed as unscored.
    Unscored,
    /// The sum of those under it.
    Sum,
}

/// The mark of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelMark {
    /// The level.
    pub level: Level,
    /// Its points.
    pub points: Number,
    /// Where it corrected the answer: why the rule gives these points.
    pub why: Option<Why>,
    /// The mark below, as it stood then.
    pub over: Number,
    /// Why it differs; empty where it does not.
    pub reason: String,
    /// Who.
    pub by: String,
    /// Marks of this level before this one.
    pub earlier: usize,
}

/// What the lines make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Points of content, as marked.
    pub content: Number,
    /// The most of them for this unit.
    pub content_max: Number,
    /// Points of content on the full scale: more than marked where something was not assigned.
    pub scaled: Number,
    /// Bonus points that count.
    pub bonus: Number,
    /// Penalty points that count, without sign.
    pub penalty: Number,
    /// The total.
    pub points: Number,
    /// From which steps it adds up, the leaves first.
    pub steps: Vec<Step>,
}

/// A step of a total: what it adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// What it adds; below zero where it takes.
    pub points: Number,
}

/// Steps of a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// What everyone starts with.
    Base,
    /// The points of a leaf, by its place.
    Leaf(usize),
    /// A group that held more than its maximum, by its place.
    Cut(usize),
    /// A group whose points an answer took, by its place.
    Zeroed(usize),
    /// Content brought to the full scale, since something was not assigned.
    Scaled,
    /// A part that held more than the scheme allows it.
    PartCut(Part),
    /// The total brought between its bounds.
    Clamped,
}

/// A mark that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    /// The criterion.
    pub criterion: CriterionCode,
    /// The level; the unit's own where its claim is meant.
    pub level: Level,
    /// What is wrong.
    pub why: MarkFault,
}

/// A mark of a person that was made over another mark than the one there now. It stands; it is for people to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The criterion.
    pub criterion: CriterionCode,
    /// Whose mark.
    pub level: Level,
    /// Its points, which stand.
    pub points: Number,
    /// The mark below, as it stood then.
    pub over: Number,
    /// The mark below, as it is now.
    pub now: Number,
}

impl ScoreSheet {
    /// The mark below a level as it stands: what the level's mark is made over; zero where there is none.
    pub fn below(&self, place: usize, level: Level) -> Number {
        let Some(line) = self.lines.get(place) else { return Number::whole(0) };
        let last = line.marks.iter().rfind(|mark| mark.level < level);
        last.map(|mark| mark.points).or(line.own).unwrap_or(Number::whole(0))
    }
}

impl Line {
    /// The mark of a level.
    pub fn mark(&self, level: Level) -> Option<Number> {
        match level {
            Level::Own => self.own,
            Level::Peer | Level::Appraisal | Level::Council => {
                self.marks.iter().find(|mark| mark.level == level).map(|mark| mark.points)
            }
        }
    }

    /// Why the rule gives the points that count: of a corrected answer where one counts.
    pub fn why_counted(&self) -> &Why {
        match self.counted {
            Counted::Level(level) => self
                .marks
                .iter()
                .find(|mark| mark.level == level)
                .and_then(|mark| mark.why.as_ref())
                .unwrap_or(&self.why),
            Counted::Excused | Counted::Unscored | Counted::Sum => &self.why,
        }
    }

    /// The units whose figures the line depends on, besides the unit's own.
    pub fn names(&self) -> Vec<&OrgId> {
        self.why.names()
    }

    /// Files that were cited and count no more.
    pub fn revoked(&self) -> &[EvidenceId] {
        match &self.why {
            Why::NoEvidence { revoked, .. } => revoked,
            _ => &[],
        }
    }
}
