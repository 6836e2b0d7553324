//! How a leaf is scored: a closed set of kinds, each with its parameters.

use thidua_base::Number;
use thidua_base::code::IndicatorCode;

/// How a leaf is scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// A figure against its plan, or against the same period.
    Plan(AgainstPlan),
    /// A figure against its plan, and against the best unit of the cluster.
    Leader(AgainstLeader),
    /// All points or none.
    Flag,
    /// One of several answers.
    Choice(Vec<ScoreOption>),
    /// An amount that falls into a band.
    Band(Bands),
    /// A part of a whole, times the maximum.
    Ratio {
        /// Points where there is no whole, as a share of the maximum in percent; 100 where nothing to do counts as done.
        none: Number,
    },
    /// So many points for each, up to the maximum or a cap of its own.
    Count {
        /// Points for each.
        per: Number,
    },
    /// The maximum, less so many points for each.
    DeductPer {
        /// Points for each.
        per: Number,
        /// Fewest points.
        floor: Number,
    },
    /// Points for awards held.
    Awards {
        /// Points of each award.
        awards: Vec<AwardPoints>,
        /// Whether all count or the best.
        take: Take,
    },
    /// Points of several judging bodies.
    Bodies {
        /// Most points each may give; `None` where the source does not say.
        each: Option<Number>,
        /// The sum or the mean.
        take: Judged,
    },
    /// The mean of percentages, times the maximum.
    Average {
        /// For each kind of subject, the parts.
        sets: Vec<(String, Vec<String>)>,
    },
    /// A person marks it between 0 and the maximum.
    Manual,
    /// The source does not say how; a person marks it, and the scheme is incomplete.
    Unstated,
}

impl Rule {
    /// The word in data files.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Plan(_) => "plan",
            Self::Leader(_) => "leader",
            Self::Flag => "flag",
            Self::Choice(_) => "choice",
            Self::Band(_) => "band",
            Self::Ratio { .. } => "ratio",
            Self::Count { .. } => "count",
            Self::DeductPer { .. } => "deduct-per",
            Self::Awards { .. } => "awards",
            Self::Bodies { .. } => "bodies",
            Self::Average { .. } => "average",
            Self::Manual => "manual",
            Self::Unstated => "unstated",
        }
    }

    /// Every word.
    pub const WORDS: [&'static str; 13] = [
        "plan",
        "leader",
        "flag",
        "choice",
        "band",
        "ratio",
        "count",
        "deduct-per",
        "awards",
        "bodies",
        "average",
        "manual",
        "unstated",
    ];
}

/// Where a quantitative leaf takes its figures, and what it does without them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSource {
    /// The indicator; `None` in a scheme that leaves it to each cluster.
    pub indicator: Option<IndicatorCode>,
    /// Whose target counts.
    pub target_by: TargetBy,
    /// Where nobody has assigned a target.
    pub no_target: NoTarget,
    /// Where the target assigned is zero.
    pub zero_target: ZeroTarget,
}

/// Whose target counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetBy {
    /// One that another unit assigned.
    Superior,
    /// Also one that the unit registered itself.
    Registered,
}

/// What a unit without a target gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTarget {
    /// Points in proportion to the best of those without a target.
    AmongThemselves,
    /// The criterion counts as not assigned.
    NotAssigned,
    /// Nothing, and it is listed as unscored.
    Unscored,
}

/// What a unit with a target of zero gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZeroTarget {
    /// What a unit without a target gets: the regulation says that zero means none.
    AsNone,
    /// The points of reaching the target where it is kept, nothing where it is not.
    MetOrNot,
    /// Nothing, and it is listed as unscored.
    Unscored,
}

/// A figure against its plan, or against the same period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgainstPlan {
    /// Figures.
    pub source: PlanSource,
    /// What is measured.
    pub measure: Measure,
    /// To how many decimals the percentage is rounded before it is judged; `None`: not at all.
    pub percent_decimals: Option<u8>,
    /// Points by that percentage.
    pub curve: Curve,
}

/// What percentage a plan rule judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Percent of the plan reached.
    Plan,
    /// Growth on the same period last year, in percent.
    Growth,
}

/// Points by a percentage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Curve {
    /// Points in proportion.
    Proportional {
        /// The percentage that brings the maximum.
        full_at: Number,
        /// Most points, in percent of the maximum; `None` where the regulation states no cap.
        cap: Option<Number>,
    },
    /// Points by bands.
    Banded(Vec<Band>),
    /// Points at a percentage, and so many for each whole percent above or below.
    Stepped {
        /// The percentage.
        at: Number,
        /// Points there.
        points: Number,
        /// Width of a step, in percent.
        width: Number,
        /// Points for each whole step above.
        gain: Number,
        /// Points off for each step begun below.
        loss: Number,
    },
}

/// A figure against its plan, and against the best unit of the cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgainstLeader {
    /// Figures.
    pub source: PlanSource,
    /// Points for reaching the target exactly, in percent of the maximum; the rest is shared out by the excess over it.
    pub at_target: Number,
    /// What is done about an excess beyond all others.
    pub outlier: Outlier,
}

/// What is done about an excess beyond all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlier {
    /// Nothing: the regulation has no rule. Such an excess is asked about.
    None,
    /// An excess counts up to so many percent of the target.
    Cap(Number),
    /// A leader whose excess is more than so many times that of the next is given the maximum and set aside; the next
    /// is the measure.
    SetAside(Number),
}

/// An answer among several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreOption {
    /// Its code, unique in the criterion.
    pub code: String,
    /// What it says; empty where the source does not tell.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// Its points.
    pub points: Number,
    /// Whether it takes all points of the group the criterion stands under.
    pub zeroes: Zeroes,
}

/// Whether an answer takes all points of the group above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zeroes {
    /// It does.
    Group,
    /// It does not.
    Nothing,
}

/// Bands of an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// What the amount counts: `%`, `mô hình`, `ngày chậm`.
    pub measure: String,
    /// Bands; the first that holds the amount counts.
    pub bands: Vec<Band>,
    /// Circumstances that give other points.
    pub overrides: Vec<BandOverride>,
}

/// A band: from a threshold on, so many points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The threshold.
    pub threshold: Threshold,
    /// Points.
    pub points: Number,
}

/// The edge of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// From this amount on.
    From(Number),
    /// Above this amount.
    Above(Number),
    /// Up to this amount.
    UpTo(Number),
}

/// Other points of a band, in a circumstance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandOverride {
    /// Its code, unique in the criterion.
    pub code: String,
    /// The circumstance.
    pub when: String,
    /// The same in English.
    pub when_en: String,
    /// It holds for amounts below this.
    pub below: Number,
    /// The points.
    pub points: Number,
}

/// Points of an award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardPoints {
    /// Its code, unique in the criterion.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Points.
    pub points: Number,
}

/// Whether several awards count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// Each of them.
    Each,
    /// The best only.
    Best,
}

/// How the points of several bodies are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
}

impl Threshold {
    /// Whether it holds an amount.
    pub fn holds(self, amount: Number) -> bool {
        match self {
            Self::From(edge) => amount >= edge,
            Self::Above(edge) => amount > edge,
            Self::UpTo(edge) => amount <= edge,
        }
    }

    /// The amount at the edge.
    pub fn edge(self) -> Number {
        match self {
            Self::From(edge) | Self::Above(edge) | Self::UpTo(edge) => edge,
        }
    }
}
