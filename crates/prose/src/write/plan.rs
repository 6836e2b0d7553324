//! A level held against a plan: percentage with assigner, or target met, exceeded, missed.

use thidua_base::number::percent;
use thidua_base::{Number, Percent};

use super::clause::Clause;
use super::value::{Amount, with_measure};
use crate::grammar::PlanNoun;

/// What is said of a level against one plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanSaid<'a> {
    /// The level reached.
    pub actual: Number,
    /// The figure assigned.
    pub plan: Number,
    /// Decimals of the percentage.
    pub decimals: u8,
    /// What the plan is called.
    pub noun: PlanNoun,
    /// Who assigned it, as said before `giao`: `tỉnh`, `huyện`; none where there is one plan only.
    pub assigner: Option<&'a str>,
    /// The assigned figure in brackets, or `None` to leave it out.
    pub stated: Option<StatedPlan<'a>>,
    /// A recorded override of the percentage, without the sign.
    pub printed: Option<&'a str>,
}

/// How the assigned figure is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedPlan<'a> {
    /// Decimals of the figure.
    pub decimals: u8,
    /// Its unit of measure.
    pub measure: &'a str,
}

/// What is said of a count against a small target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetSaid<'a> {
    /// The count reached.
    pub actual: Number,
    /// The target.
    pub target: Number,
    /// Decimals of counts and percentages.
    pub decimals: u8,
    /// The unit of measure: `bếp`.
    pub measure: &'a str,
}

/// What is said of a figure that a plan wants kept down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitSaid<'a> {
    /// The level reached.
    pub actual: Number,
    /// The limit, as printed.
    pub limit: Amount<'a>,
    /// What the plan is called.
    pub noun: PlanNoun,
    /// Who assigned it, as said before `giao`; none where there is one plan only.
    pub assigner: Option<&'a str>,
}

impl PlanSaid<'_> {
    /// One plan, with neither assigner nor figure in brackets.
    pub const fn new(actual: Number, plan: Number, decimals: u8, noun: PlanNoun) -> Self {
        Self { actual, plan, decimals, noun, assigner: None, stated: None, printed: None }
    }
}

/// Row *plan*: `bằng 54,5% kế hoạch`, `bằng 44,9% dự toán huyện giao`,
/// `bằng 61,4% kế hoạch tỉnh giao (KH: 70 DN)`, and `đạt 100% kế hoạch` when it is met to the unit.
///
/// A plan of zero or below has no percentage; the clause says so instead.
pub fn plan(said: &PlanSaid) -> Clause {
    let noun = said.noun.word();
    let assigner = said.assigner.map(|assigner| format!(" {assigner} giao")).unwrap_or_default();
    let clause = match (percent(said.actual, said.plan, said.decimals), said.printed) {
        (Ok(Percent::Of(_)), None) if said.actual == said.plan => {
            Clause::words("đạt ").show("100%").say(&format!(" {noun}{assigner}"))
        }
        (Ok(Percent::Of(rounded)), printed) => {
            let figure = printed.map_or_else(|| rounded.vi_with("%"), |printed| with_measure(printed, "%"));
            Clause::words("bằng ").show(&figure).say(&format!(" {noun}{assigner}"))
        }
        (Ok(Percent::NoBase), _) => return Clause::words(&format!("{noun}{assigner} bằng 0")),
        (Ok(Percent::NegativeBase), _) => return Clause::words(&format!("{noun}{assigner} là số âm")),
        (Err(_), _) => return Clause::words(&format!("không tính được tỷ lệ so với {noun}{assigner}")),
    };
    match said.stated {
        None => clause,
        Some(stated) => {
            let figure = Amount::new(said.plan, stated.decimals, stated.measure).text();
            clause.say(&format!(" ({}: ", said.noun.abbreviation())).show(&figure).say(")")
        }
    }
}

/// Rows *exceed* and *full*: `đạt 100%`, `vượt 1 bếp`; short of the target: `còn thiếu 2 bếp`.
///
/// Stands in brackets after the count, see [`Clause::in_brackets`].
pub fn met(said: &MetSaid) -> Clause {
    let words = match said.actual.cmp(&said.target) {
        std::cmp::Ordering::Equal => return Clause::words("đạt ").show("100%"),
        std::cmp::Ordering::Greater => "vượt ",
        std::cmp::Ordering::Less => "còn thiếu ",
    };
    let difference = said.actual.minus(said.target).unwrap_or(said.actual).magnitude();
    Clause::words(words).show(&Amount::new(difference, said.decimals, said.measure).text())
}

/// A figure that should fall, against its limit: `đạt kế hoạch (không quá 5%)`, `chưa đạt kế hoạch tỉnh giao (không
/// quá 5%)`. There is no percentage: less is better, and a share of a limit would say the opposite of what it means.
pub fn limit_kept(said: &LimitSaid) -> Clause {
    let assigner = said.assigner.map(|assigner| format!(" {assigner} giao")).unwrap_or_default();
    let verdict = if said.actual <= said.limit.value { "đạt" } else { "chưa đạt" };
    let limit = Clause::words("không quá ").show(&said.limit.text());
    Clause::figure(verdict).say(&format!(" {}{assigner}", said.noun.word())).join(limit.in_brackets())
}
