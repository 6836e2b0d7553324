//! What is measured, the plan for a period, what was reported, and how values roll up the tree.

pub mod assign;
pub mod by_unit;
pub mod columns;
pub mod compare;
pub mod definition;
pub mod figures;
pub mod standard;

use thidua_base::code::{IndicatorCode, OrgId, PlanId};
use thidua_base::{Date, Number, Period, Timestamp};

use crate::origin::Provenance;

pub use figures::Figures;

/// An indicator (chỉ tiêu, the thing measured) as defined during one span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Stable code: `KT01`.
    pub code: IndicatorCode,
    /// First day of this definition.
    pub valid_from: Date,
    /// First day after; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// Name for tables, first letter capital: `Giá trị sản xuất trên địa bàn`.
    pub name: String,
    /// Name inside a sentence: `giá trị sản xuất trên địa bàn huyện`.
    pub phrase: String,
    /// English name.
    pub name_en: String,
    /// Unit of measure (đơn vị tính): `tỷ đồng`, `ha`, `%`, `xã`.
    pub measure: String,
    /// Decimals shown for the value.
    pub decimals: u8,
    /// Decimals shown for percentages of it.
    pub percent_decimals: u8,
    /// What kind of value it is.
    pub kind: ValueKind,
    /// How a unit's value follows from the units below it.
    pub tree_rule: TreeRule,
    /// Which way is better.
    pub direction: Direction,
    /// Price basis of a money value (`so sánh 2010`, `hiện hành`); empty where none. Shares and growth
    /// are never derived across two bases.
    pub price_basis: String,
    /// The whole this is a part of (trong đó).
    pub part_of: Option<IndicatorCode>,
    /// Whether the parts under that whole make it up entirely.
    pub parts: Parts,
    /// Sector heading it is listed under: `nong-nghiep`, `cong-nghiep`, `ngan-sach`, …
    pub field: String,
    /// Order in lists.
    pub ordinal: i64,
    /// The office that owns it.
    pub owner: Option<OrgId>,
    /// What it counts, in a sentence; may be empty.
    pub definition: String,
}

/// Kinds of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Produced during the period (output, revenue, cases).
    Flow,
    /// Held at its end (machines, enterprises).
    Stock,
    /// A rate or share, already a percentage or a quotient; never added.
    Ratio,
    /// An index on a base of 100; only its growth is printed.
    Index,
}

/// How a value rolls up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TreeRule {
    /// It does not: the unit's own figure stands.
    Own,
    /// Sum over the units below, which report it.
    Sum,
    /// The number of units below whose value of that indicator is above zero.
    CountPositive(IndicatorCode),
    /// Sum of one indicator over the sum of another, times 100 where the measure is `%`.
    Quotient(IndicatorCode, IndicatorCode),
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better (tỷ lệ hộ nghèo, suy dinh dưỡng).
    Down,
    /// Neither.
    Neutral,
}

/// How parts relate to their whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// The listed parts make up the whole; their sum is checked.
    All,
    /// Only some parts are listed.
    Some,
}

/// One reported value of an indicator for a unit and a period; never changed, only superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Place in the tenant's sequence; 0 until stored.
    pub seq: i64,
    /// What.
    pub indicator: IndicatorCode,
    /// Of whom.
    pub unit: OrgId,
    /// For when.
    pub period: Period,
    /// How firm it is.
    pub nature: Nature,
    /// The value, or why there is none.
    pub value: Value,
    /// A qualifier printed with it.
    pub qualifier: Qualifier,
    /// The day the figure speaks of, where it is not the period's last.
    pub as_of: Option<Date>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Who entered it, as they were then.
    pub entered_by: String,
    /// When.
    pub entered_at: Timestamp,
    /// The reading this one replaces.
    pub supersedes: Option<i64>,
    /// Why it replaces it; empty for a first reading.
    pub reason: String,
}

/// A value or the kind of its absence; zero is a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Of(Number),
    /// Nothing.
    Absent(Absence),
}

/// Kinds of absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// Chưa báo cáo.
    NotReported,
    /// Không thuộc phạm vi.
    NotApplicable,
    /// Không phát sinh.
    NoneOccurred,
    /// Không công bố.
    Withheld,
}

/// How firm a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// Ước: made before the period closed.
    Estimate,
    /// Sơ bộ.
    Provisional,
    /// Chính thức.
    Official,
}

/// Words that qualify a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// None.
    Plain,
    /// `trên`: more than.
    Above,
    /// `gần`: nearly.
    Nearly,
    /// `còn`: still, of a figure that should fall.
    Still,
}

/// A plan document (kế hoạch, dự toán).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Identity.
    pub id: PlanId,
    /// The unit that assigns it.
    pub assigner: OrgId,
    /// Whether the assigner is named where the plan is cited (`kế hoạch tỉnh giao`).
    pub naming: PlanNaming,
    /// The word used for it: `kế hoạch`, `dự toán`, `chỉ tiêu`.
    pub word: String,
    /// Its year or term.
    pub period: Period,
    /// Document number; empty where unknown.
    pub number: String,
    /// Day of decision.
    pub decided_on: Date,
    /// The plan it revises.
    pub supersedes: Option<PlanId>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Whether a sentence names who assigned a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanNaming {
    /// `kế hoạch`.
    Plain,
    /// `kế hoạch tỉnh giao`.
    Named,
}

/// The figure a plan assigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanValue {
    /// The document.
    pub plan: PlanId,
    /// What.
    pub indicator: IndicatorCode,
    /// To whom.
    pub unit: OrgId,
    /// For when, usually the year.
    pub period: Period,
    /// How it is met.
    pub comparator: Comparator,
    /// The figure.
    pub value: Number,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// How a plan is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// At least the figure.
    AtLeast,
    /// At most the figure.
    AtMost,
    /// Exactly the figure.
    Exactly,
}

impl Indicator {
    /// Whether figures of two definitions may be held against each other: one measure, one price basis.
    pub fn measures_like(&self, other: &Self) -> bool {
        self.price_basis == other.price_basis && self.measure == other.measure
    }
}

impl Reading {
    /// The key of this fact, as bound text names it; the same for every reading of one cell.
    pub fn key(&self) -> String {
        cell_key(&self.indicator, &self.unit, self.period)
    }
}

/// The key of the cell of an indicator, a unit and a period.
pub fn cell_key(indicator: &IndicatorCode, unit: &OrgId, period: Period) -> String {
    format!("reading:{indicator}:{unit}:{period}")
}

impl PlanValue {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("plan:{}:{}:{}:{}", self.plan, self.indicator, self.unit, self.period)
    }
}

impl Value {
    /// The number, if there is one; none occurred is no number here, and zero where figures are added.
    pub fn number(self) -> Option<Number> {
        match self {
            Self::Of(number) => Some(number),
            Self::Absent(_) => None,
        }
    }
}
