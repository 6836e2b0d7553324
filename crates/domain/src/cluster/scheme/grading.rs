//! What follows from a total: grades with their conditions, sanctions, quotas, ties, flags, and distances worth a question.

use thidua_base::Number;
use thidua_base::code::{CriterionCode, HonourCode};

/// A grade (mức xếp loại).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// From which total on; `None` for what remains.
    pub from: GradeAt,
}

/// From which total on a grade is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GradeAt {
    /// From this total on.
    Total(Number),
    /// Whatever the total.
    Rest,
}

/// What a grade asks beyond the total; a unit that fails it takes the next grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A criterion with at least so many percent of its maximum.
    Share {
        /// The grade.
        grade: String,
        /// The criterion.
        of: CriterionCode,
        /// Percent.
        least: Number,
    },
    /// A criterion that counts at least so many.
    Count {
        /// The grade.
        grade: String,
        /// The leaf.
        of: CriterionCode,
        /// How many.
        least: Number,
    },
    /// Every criterion at the top of the content with at least so many percent of its maximum.
    Each {
        /// The grade.
        grade: String,
        /// Percent.
        least: Number,
    },
}

impl Condition {
    /// The grade that asks it.
    pub fn grade(&self) -> &str {
        match self {
            Self::Share { grade, .. } | Self::Count { grade, .. } | Self::Each { grade, .. } => grade,
        }
    }
}

/// What bars or lowers a grade whatever the points (chế tài).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanction {
    /// Its code, named by a penalty or stated by those who mark.
    pub code: String,
    /// When it falls.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// What it does.
    pub effect: Effect,
    /// What it does when it falls twice or more; `None`: the same.
    pub repeated: Option<Effect>,
}

/// What a sanction does to a grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// No better than this grade.
    AtMost(String),
    /// One grade lower, after all caps.
    OneLower,
    /// The lowest.
    Lowest,
}

/// How many may hold the best grade (tỷ lệ khống chế).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// The grade.
    pub grade: String,
    /// Most holders, in percent of those assessed; rounded down.
    pub share: Number,
    /// The grade of those who do not fit.
    pub rest: String,
    /// Whether it lowers grades or only warns.
    pub action: QuotaAction,
}

/// What a quota does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaAction {
    /// Those beyond it take the next grade.
    Lower,
    /// It is told that there are too many.
    Warn,
}

/// What decides between equal totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieRule {
    /// More bonus points.
    Bonus,
    /// Fewer penalty points.
    Penalty,
    /// More points of a criterion.
    Criterion(CriterionCode),
    /// The council votes: the rank stays shared until it has.
    Vote,
}

/// Honours proposed by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRule {
    /// The honour.
    pub honour: HonourCode,
    /// How many.
    pub places: usize,
    /// The lowest grade that may have it; `None`: any.
    pub least: Option<String>,
}

/// Distances from which a question is asked; none of them changes a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// Own total above the reviewed one, in percent of the reviewed one.
    pub own_above: Number,
    /// Peers who give each other so many percent of the most, or more.
    pub mutual: Number,
    /// A target at or below so many percent of last year's actual.
    pub low_target: Number,
    /// A figure changed by so many percent or more within the last days.
    pub late_jump: Number,
    /// How many days before closing are the last days.
    pub late_days: i64,
    /// An excess over the target of so many times that of the next.
    pub lone_excess: Number,
}

impl Default for Watch {
    /// Ours, not a regulation's: 10 percent above, 98 percent of the most for each other, a target no higher than last
    /// year's figure, a change of 20 percent in the last 14 days, five times the next.
    fn default() -> Self {
        Self {
            own_above: Number::whole(10),
            mutual: Number::whole(98),
            low_target: Number::whole(100),
            late_jump: Number::whole(20),
            late_days: 14,
            lone_excess: Number::whole(5),
        }
    }
}
