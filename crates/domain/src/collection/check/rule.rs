//! Rules (quy tắc kiểm tra): what is looked for, with which limits, how grave it is, where and from when it holds.

use std::collections::BTreeSet;

use thidua_base::Date;
use thidua_base::code::IndicatorCode;

use super::facts::RowFacts;
use crate::org::holds;

/// A rule, valid from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name in data: `own-history`.
    pub code: String,
    /// Counted up whenever a limit changes.
    pub version: i64,
    /// What it looks for.
    pub kind: Kind,
    /// What has to happen where it finds something.
    pub severity: Severity,
    /// Limits by the names of [`Kind::parameters`], in that order.
    pub parameters: Vec<(&'static str, i64)>,
    /// Where it looks.
    pub scope: Scope,
    /// First day.
    pub valid_from: Date,
    /// First day after; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// The instrument that asks for it, as cited; may be empty.
    pub legal_ref: String,
}

/// Where a rule looks; empty lists mean everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Only indicators of these fields.
    pub fields: BTreeSet<String>,
    /// Only these indicators.
    pub indicators: BTreeSet<IndicatorCode>,
    /// Never these indicators.
    pub except: BTreeSet<IndicatorCode>,
}

/// What has to happen where a rule finds something, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The sheet may not go up (chặn).
    Block,
    /// It may go up with an explanation, which the receiver reads (phải giải trình).
    Explain,
    /// It should be looked at again (cảnh báo).
    Warn,
    /// It is worth knowing (lưu ý).
    Info,
}

impl Severity {
    /// Every severity, the gravest first.
    pub const ALL: [Self; 4] = [Self::Block, Self::Explain, Self::Warn, Self::Info];

    /// The word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Explain => "explain",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}

/// What can be looked for. A new kind is code, in two languages; a new limit is data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A flow or a stock below zero.
    Negative,
    /// A rate in percent below `low` or above `high`.
    PercentRange,
    /// More decimals than the indicator keeps.
    TooFine,
    /// A numerator above its denominator, where the quotient is a percentage.
    Numerator,
    /// Parts that should make up the whole and do not, by more than `tolerance` units of its last decimal.
    PartsTotal,
    /// Some of the parts already above the whole.
    PartsWithin,
    /// A flow below what a shorter period of the same year had already reached.
    Cumulative,
    /// Further than `k`/10 median deviations from the median of at least `points` earlier values; the deviation counts
    /// as at least `floor` percent of the median.
    OwnHistory,
    /// The same against the other units that report.
    Peers,
    /// The same of figures in a thousand of what they are divided by: people, hectares. Where there are enough of them,
    /// totals are not compared.
    PeersPer,
    /// More than `percent` of the plan for the time that has passed.
    OverPlan,
    /// Less than `percent` of the plan for the time that has passed.
    UnderPlan,
    /// At least `percent` of at least `rows` figures are those of the period before.
    Copy,
    /// About ten, a hundred or a thousand times too large or too small: within `tolerance` percent of the median of at
    /// least `points` earlier values, else of the last one.
    Slip,
    /// At least `percent` of at least `rows` figures end in `zeros` zeros.
    Round,
    /// Nothing where the period before had a number, in a row that may stay empty.
    Missing,
    /// The units below sum up to something else, by more than `tolerance` in a thousand.
    BelowSum,
    /// What was assigned to the units below sums up to something else than the own plan, by more than `tolerance` in a
    /// thousand.
    PlanSum,
    /// The unit is no more on the last day of the period.
    UnitGone,
    /// The unit is not yet on the last day of the period.
    UnitNotYet,
    /// A figure less firm than the one it replaces.
    Nature,
    /// Sample figures on the sheet.
    Sample,
}

impl Kind {
    /// Every kind, in the order of the printed page.
    pub const ALL: [Self; 22] = [
        Self::Negative,
        Self::PercentRange,
        Self::TooFine,
        Self::Numerator,
        Self::PartsTotal,
        Self::PartsWithin,
        Self::Cumulative,
        Self::OwnHistory,
        Self::Peers,
        Self::PeersPer,
        Self::OverPlan,
        Self::UnderPlan,
        Self::Copy,
        Self::Slip,
        Self::Round,
        Self::Missing,
        Self::BelowSum,
        Self::PlanSum,
        Self::UnitGone,
        Self::UnitNotYet,
        Self::Nature,
        Self::Sample,
    ];

    /// The word in data, and of its sentence.
    pub fn word(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::PercentRange => "percent-range",
            Self::TooFine => "too-fine",
            Self::Numerator => "numerator",
            Self::PartsTotal => "parts-total",
            Self::PartsWithin => "parts-within",
            Self::Cumulative => "cumulative",
            Self::OwnHistory => "own-history",
            Self::Peers => "peers",
            Self::PeersPer => "peers-per",
            Self::OverPlan => "over-plan",
            Self::UnderPlan => "under-plan",
            Self::Copy => "copy",
            Self::Slip => "slip",
            Self::Round => "round",
            Self::Missing => "missing",
            Self::BelowSum => "below-sum",
            Self::PlanSum => "plan-sum",
            Self::UnitGone => "unit-gone",
            Self::UnitNotYet => "unit-not-yet",
            Self::Nature => "nature",
            Self::Sample => "sample",
        }
    }

    /// The names of its limits: whole numbers, each explained at its kind.
    pub fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::PercentRange => &["low", "high"],
            Self::PartsTotal | Self::BelowSum | Self::PlanSum => &["tolerance"],
            Self::OwnHistory | Self::Peers | Self::PeersPer => &["points", "k", "floor"],
            Self::OverPlan | Self::UnderPlan => &["percent"],
            Self::Copy => &["rows", "percent"],
            Self::Slip => &["points", "tolerance"],
            Self::Round => &["rows", "percent", "zeros"],
            Self::Negative
            | Self::TooFine
            | Self::Numerator
            | Self::PartsWithin
            | Self::Cumulative
            | Self::Missing
            | Self::UnitGone
            | Self::UnitNotYet
            | Self::Nature
            | Self::Sample => &[],
        }
    }

    /// The names of the numbers its results carry, in order; a number beyond 64 bits is left out of a result.
    pub fn numbers(self) -> &'static [&'static str] {
        match self {
            Self::Negative => &["value"],
            Self::PercentRange => &["value", "low", "high"],
            Self::TooFine => &["value", "decimals"],
            Self::Numerator => &["numerator", "denominator"],
            Self::PartsTotal | Self::PartsWithin => &["total", "sum", "difference"],
            Self::Cumulative => &["value", "shorter"],
            Self::PeersPer => &["value", "each", "median", "deviation", "points"],
            Self::OwnHistory | Self::Peers => &["value", "median", "deviation", "points"],
            Self::OverPlan | Self::UnderPlan => &["reached", "plan", "months", "percent"],
            Self::Copy => &["same", "compared"],
            Self::Slip => &["value", "expected", "factor", "meant"],
            Self::Round => &["round", "compared"],
            Self::Missing => &["previous"],
            Self::BelowSum => &["value", "below", "difference"],
            Self::PlanSum => &["plan", "assigned", "difference"],
            Self::Sample => &["rows"],
            Self::UnitGone | Self::UnitNotYet | Self::Nature => &[],
        }
    }

    /// Whether it speaks of the unit, so that no row could carry an explanation.
    pub fn is_of_unit(self) -> bool {
        matches!(self, Self::UnitGone | Self::UnitNotYet)
    }
}

impl Rule {
    /// Whether it holds on a day.
    pub fn on(&self, day: Date) -> bool {
        holds(self.valid_from, self.valid_to, day)
    }

    /// A limit; 0 where the kind has none of that name.
    pub fn parameter(&self, name: &str) -> i64 {
        self.parameters.iter().find(|(found, _)| *found == name).map_or(0, |(_, value)| *value)
    }

    /// Whether it looks at a row.
    pub(super) fn looks_at(&self, row: &RowFacts) -> bool {
        let Scope { fields, indicators, except } = &self.scope;
        (fields.is_empty() || fields.contains(&row.field))
            && (indicators.is_empty() || indicators.contains(&row.indicator))
            && (except.is_empty() || !except.contains(&row.indicator))
    }
}
