//! Why a criterion has its points: the rule with the numbers that went in, ready to be said.

use thidua_base::Number;
use thidua_base::code::{CriterionCode, EvidenceId, OrgId};

use crate::cluster::review::Excused;
use crate::cluster::scheme::{Judged, Left, Measure, Take, Threshold};
use crate::indicator::{Absence, Comparator};

/// Why a criterion has its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A group: the sum of those under it.
    Sum {
        /// The sum, before it was cut.
        sum: Number,
        /// The leaf whose answer took all points of the group.
        zeroed_by: Option<CriterionCode>,
    },
    /// The unit is excused.
    Excused {
        /// Which way.
        why: Excused,
        /// What the scheme makes of it.
        left: Left,
        /// In the words of those who excused it; empty where the scheme's own rule did.
        reason: String,
        /// Who; empty where the scheme's own rule did.
        by: String,
    },
    /// Nothing to make a mark of.
    Unscored(Gap),
    /// A figure against its plan or the same period.
    Plan {
        /// The figure.
        actual: Number,
        /// The plan, or last year's figure.
        base: Number,
        /// Which of the two.
        measure: Measure,
        /// How the plan is met.
        comparator: Comparator,
        /// Percent reached, or growth, as far as it has to be shown to be true.
        percent: Number,
        /// Points by it.
        by: ByCurve,
    },
    /// A figure against its target and the leader of the cluster.
    Leader {
        /// The figure.
        actual: Number,
        /// The target.
        target: Number,
        /// How it is met.
        comparator: Comparator,
        /// Percent of the maximum for reaching the target.
        at_target: Number,
        /// Above or below the target, in percent of it.
        excess: Number,
        /// Where that puts the unit.
        place: Place,
        /// The best of the cluster; `None` where nobody is above target.
        leader: Option<Lead>,
    },
    /// Without a target: against the best of those without one.
    AmongNoTarget {
        /// The figure.
        actual: Number,
        /// The best of them.
        best: Number,
        /// Whose.
        units: Vec<OrgId>,
        /// Why there is no target.
        gap: TargetGap,
    },
    /// A target of zero, kept or not.
    ZeroTarget {
        /// The figure.
        actual: Number,
        /// Whether it was kept.
        kept: Kept,
    },
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// The answer given.
    Option {
        /// Its code.
        code: String,
        /// What it says.
        label: String,
        /// The same in English.
        label_en: String,
        /// Whether it takes all points of the group.
        zeroes: crate::cluster::scheme::Zeroes,
    },
    /// An amount in a band.
    Band {
        /// How much.
        amount: Number,
        /// Of what.
        measure: String,
        /// The band; `None` where no band holds it.
        threshold: Option<Threshold>,
    },
    /// An amount in a circumstance that gives other points.
    Circumstance {
        /// How much.
        amount: Number,
        /// Of what.
        measure: String,
        /// The circumstance.
        when: String,
        /// The same in English.
        when_en: String,
    },
    /// A part of a whole.
    Ratio {
        /// The part.
        part: Number,
        /// The whole.
        whole: Number,
        /// In percent, for showing.
        percent: Number,
    },
    /// There was nothing to do.
    NothingToDo {
        /// Percent of the maximum for that.
        share: Number,
    },
    /// So many.
    Count {
        /// How many.
        count: Number,
        /// Points for each.
        per: Number,
        /// What they would bring without a cap.
        uncut: Number,
    },
    /// The maximum, less so many.
    Deduct {
        /// How many.
        count: Number,
        /// Points for each.
        per: Number,
        /// What would be left without a floor.
        uncut: Number,
    },
    /// Awards held.
    Awards {
        /// Name, how many, points for each.
        held: Vec<(String, i64, Number)>,
        /// Whether all count.
        take: Take,
    },
    /// Points of judging bodies.
    Bodies {
        /// How many bodies.
        count: usize,
        /// Their sum.
        sum: Number,
        /// Sum or mean.
        take: Judged,
    },
    /// A mean of percentages.
    Average {
        /// Part and percentage.
        parts: Vec<(String, Number)>,
        /// The mean, for showing.
        mean: Number,
    },
    /// Points the unit gives itself where a person marks.
    Given,
    /// No evidence that counts: no points.
    NoEvidence {
        /// What the claim would bring.
        would: Number,
        /// Files that were cited and revoked.
        revoked: Vec<EvidenceId>,
    },
}

/// Why there is nothing to make a mark of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The figure is absent; which way.
    Absent(Absence),
    /// The scheme names no indicator, or its figure was not loaded.
    NotMeasured,
    /// There is no target, and the scheme has no rule for that.
    NoTarget(TargetGap),
    /// The same period last year has no figure, or none above zero.
    NoPast,
    /// Nothing was claimed.
    NotClaimed,
    /// The claim was not of the kind asked or out of range.
    BadClaim,
    /// The source does not say how it is scored, or a person is to mark it and has not.
    ByHand,
    /// The numbers are too large.
    TooLarge,
}

/// Why there is no target that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetGap {
    /// Nobody set one.
    None,
    /// The unit set it itself, and the scheme takes only those that others assign.
    OwnOnly,
    /// It is zero, which the scheme holds for none, or has no rule for.
    Zero,
}

/// Points by a percentage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByCurve {
    /// In proportion.
    Proportional {
        /// The percentage that brings the maximum.
        full_at: Number,
        /// The cap that was met, in percent of the maximum.
        capped: Option<Number>,
    },
    /// By a band; `None` where no band holds it.
    Band(Option<Threshold>),
    /// By steps.
    Steps {
        /// The percentage where they begin.
        at: Number,
        /// Points there.
        points: Number,
        /// Steps above, or below zero those below.
        steps: i64,
        /// Points of each.
        each: Number,
    },
}

/// Where a unit stands among those with a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Below target.
    Below,
    /// On target.
    On,
    /// Above, and not the best.
    Above,
    /// The best.
    Leading,
    /// So far above the rest that it is set aside, with the maximum.
    SetAside,
}

/// The best of the cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// Whose figures.
    pub units: Vec<OrgId>,
    /// Above target, in percent of it.
    pub excess: Number,
    /// As it counts: less where a cap cut it.
    pub counted: Number,
    /// Those that were set aside as beyond all others.
    pub aside: Vec<OrgId>,
    /// The next, where a rule of outliers looked at them.
    pub next: Vec<OrgId>,
}

/// Whether a target of zero was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It was.
    Kept,
    /// It was not.
    Missed,
}

impl Why {
    /// The units it names: those whose figures the mark depends on, besides the unit's own.
    pub fn names(&self) -> Vec<&OrgId> {
        match self {
            Self::Leader { leader: Some(lead), .. } => lead.units.iter().chain(&lead.aside).chain(&lead.next).collect(),
            Self::AmongNoTarget { units, .. } => units.iter().collect(),
            _ => Vec::new(),
        }
    }
}
