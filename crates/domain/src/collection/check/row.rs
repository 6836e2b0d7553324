//! Kinds of rule that look at one row.

use thidua_base::Number;

use super::Found;
use super::micro::{Looked, LookedRow, Middle, divided, micro, number};
use super::rule::{Kind, Rule};
use crate::indicator::{Absence, Direction, Value, ValueKind};

/// The numbers of a result; those beyond 64 bits are left out.
type Numbers = Vec<(&'static str, Option<Number>)>;

/// Runs a rule that looks at one row over all of them.
pub(super) fn run<'a>(looked: &Looked<'_>, rule: &'a Rule, found: &mut Vec<Found<'a>>) {
    let limit = Limits::of(rule);
    for (place, row) in looked.rows.iter().enumerate().filter(|(_, row)| rule.looks_at(row.facts)) {
        if let Some(numbers) = seen(looked, row, rule.kind, &limit) {
            found.push(Found { rule, rows: vec![place], numbers: kept(numbers) });
        }
    }
}

/// Those that are numbers.
pub(super) fn kept(numbers: Numbers) -> Vec<(&'static str, Number)> {
    numbers.into_iter().filter_map(|(name, number)| number.map(|number| (name, number))).collect()
}

/// The limits of a rule, looked up once.
struct Limits {
    low: i64,
    high: i64,
    points: usize,
    k: i64,
    floor: i64,
    percent: i128,
    tolerance: i128,
}

impl Limits {
    fn of(rule: &Rule) -> Self {
        let of = |name| rule.parameter(name);
        Self {
            low: of("low"),
            high: of("high"),
            points: usize::try_from(of("points")).unwrap_or_default(),
            k: of("k"),
            floor: of("floor"),
            percent: of("percent").into(),
            tolerance: of("tolerance").into(),
        }
    }
}

/// What a kind of rule sees in a row: the numbers, where it finds something.
fn seen(looked: &Looked<'_>, row: &LookedRow<'_>, kind: Kind, limit: &Limits) -> Option<Numbers> {
    let facts = row.facts;
    match kind {
        Kind::Negative => {
            let counted = matches!(facts.kind, ValueKind::Flow | ValueKind::Stock);
            (counted && row.value? < 0).then(|| vec![("value", row.number)])
        }
        Kind::PercentRange => {
            let (low, high) = (Number::whole(limit.low), Number::whole(limit.high));
            let is_rate = facts.kind == ValueKind::Ratio && facts.measure.trim() == "%";
            let value = row.number.filter(|_| is_rate)?;
            (value < low || value > high)
                .then(|| vec![("value", Some(value)), ("low", Some(low)), ("high", Some(high))])
        }
        Kind::TooFine => {
            let value = row.number?;
            let most = Number::whole(facts.decimals.into());
            (value.rounded(facts.decimals) != value).then(|| vec![("value", Some(value)), ("decimals", Some(most))])
        }
        Kind::Cumulative => {
            let value = row.value.filter(|_| facts.kind == ValueKind::Flow)?;
            let most = facts.shorter.iter().copied().max()?;
            (value < micro(most)).then(|| vec![("value", row.number), ("shorter", Some(most))])
        }
        Kind::OwnHistory => far(row, row.history.as_ref()?, limit),
        Kind::Peers => {
            row.value?;
            match Each::of(row) {
                Some(each) if each.middle.points >= limit.points => None,
                Some(_) | None => far(row, &Middle::of(&facts.peers)?, limit),
            }
        }
        Kind::PeersPer => {
            let Each { value, middle } = Each::of(row)?;
            let is_far = middle.points >= limit.points && middle.is_far(value, limit.k, limit.floor);
            is_far.then(|| {
                let points = i64::try_from(middle.points).ok().map(Number::whole);
                let in_hundredths = |millionths| number(divided(millionths, 10_000) * 10_000);
                let [median, deviation] = [middle.median_2 / 2, middle.deviation_4 / 4].map(in_hundredths);
                vec![
                    ("value", row.number),
                    ("each", in_hundredths(value)),
                    ("median", median),
                    ("deviation", deviation),
                    ("points", points),
                ]
            })
        }
        Kind::OverPlan => {
            let reached = Reached::of(looked, row)?;
            (reached.value * 1_200 > limit.percent * reached.plan * reached.months).then(|| reached.told())
        }
        Kind::UnderPlan => {
            let reached = Reached::of(looked, row)?;
            (reached.value * 1_200 < limit.percent * reached.plan * reached.months).then(|| reached.told())
        }
        Kind::Slip => slipped(row, limit),
        Kind::Missing => {
            let is_empty = matches!(facts.value, None | Some(Value::Absent(Absence::NotReported)));
            let previous = facts.previous.filter(|_| is_empty && !facts.is_required)?;
            Some(vec![("previous", Some(previous))])
        }
        Kind::BelowSum => {
            let (value, below) = (row.addend()?, micro(facts.below?));
            let differs = (value - below).abs() * 1_000 > limit.tolerance * below.abs();
            differs.then(|| apart(("value", value), ("below", below)))
        }
        Kind::PlanSum => {
            let counted = matches!(facts.kind, ValueKind::Flow | ValueKind::Stock);
            let (plan, assigned) = (micro(facts.plan_year.filter(|_| counted)?), micro(facts.assigned?));
            let differs = (plan - assigned).abs() * 1_000 > limit.tolerance * plan.abs();
            differs.then(|| apart(("plan", plan), ("assigned", assigned)))
        }
        Kind::Nature => (facts.nature? < facts.nature_before?).then(Vec::new),
        Kind::Numerator
        | Kind::PartsTotal
        | Kind::PartsWithin
        | Kind::Copy
        | Kind::Round
        | Kind::UnitGone
        | Kind::UnitNotYet
        | Kind::Sample => None,
    }
}

/// Two numbers with their difference.
pub(super) fn apart(one: (&'static str, i128), other: (&'static str, i128)) -> Numbers {
    let difference = number(one.1 - other.1);
    vec![(one.0, number(one.1)), (other.0, number(other.1)), ("difference", difference)]
}

fn far(row: &LookedRow<'_>, middle: &Middle, limit: &Limits) -> Option<Numbers> {
    let is_far = middle.points >= limit.points && middle.is_far(row.value?, limit.k, limit.floor);
    is_far.then(|| {
        let points = i64::try_from(middle.points).ok().map(Number::whole);
        [("value", row.number)].into_iter().chain(middle.told()).chain([("points", points)]).collect()
    })
}

/// A figure in a thousand of what it is divided by, in millionths, beside the same of other units.
struct Each {
    value: i128,
    middle: Middle,
}

impl Each {
    /// `None` where the figure is a rate already, or it is not known what this unit or any other has to divide by. What
    /// is below 1 divides nothing: it counts people or hectares, and products stay inside 128 bits.
    fn of(row: &LookedRow<'_>) -> Option<Self> {
        let facts = row.facts;
        if !matches!(facts.kind, ValueKind::Flow | ValueKind::Stock) {
            return None;
        }
        let one = micro(Number::whole(1));
        let each = |value: i128, per: Number| (micro(per) >= one).then(|| divided(value * 1_000 * one, micro(per)));
        let value = each(row.value?, facts.per?)?;
        let others: Vec<i128> = facts.peers_per.iter().filter_map(|(figure, per)| each(micro(*figure), *per)).collect();
        Some(Self { value, middle: Middle::among(others)? })
    }
}

/// What was reached against the plan for the time that has passed.
struct Reached {
    value: i128,
    plan: i128,
    /// Months of the plan's year that count: all twelve where the plan is for this very period, or where what is held
    /// at the end is compared.
    months: i128,
}

impl Reached {
    /// `None` where more is not better, no plan above zero is known, or nothing tells what the year has reached.
    fn of(looked: &Looked<'_>, row: &LookedRow<'_>) -> Option<Self> {
        let facts = row.facts;
        if facts.direction != Direction::Up || facts.kind == ValueKind::Index {
            return None;
        }
        let period = looked.facts.period;
        let begins_year = period.first_day() == period.plan_year().first_day();
        let reached = match (facts.plan_to_date, facts.plan_year) {
            (Some(plan), _) => Self { value: row.value?, plan: micro(plan), months: 12 },
            (None, Some(plan)) if facts.kind == ValueKind::Flow => {
                row.value?;
                let own = row.value.filter(|_| begins_year);
                let value = facts.accumulated.map(micro).or(own)?;
                Self { value, plan: micro(plan), months: period.months_passed().into() }
            }
            (None, Some(plan)) => Self { value: row.value?, plan: micro(plan), months: 12 },
            (None, None) => return None,
        };
        (reached.plan > 0).then_some(reached)
    }

    /// Reached, plan, months, and the percentage of the plan for those months, to one decimal.
    fn told(&self) -> Numbers {
        let percent_10 = divided(self.value * 12_000, self.plan * self.months);
        let percent = number(percent_10 * 100_000);
        let months = i64::try_from(self.months).ok().map(Number::whole);
        vec![("reached", number(self.value)), ("plan", number(self.plan)), ("months", months), ("percent", percent)]
    }
}

/// Ten, a hundred or a thousand times what was to be expected, or that part of it.
fn slipped(row: &LookedRow<'_>, limit: &Limits) -> Option<Numbers> {
    let value = row.value?;
    let within = |middle: &&Middle| middle.low <= value && value <= middle.high;
    if row.history.as_ref().filter(within).is_some() {
        return None;
    }
    let of_history = row.history.as_ref().filter(|middle| middle.points >= limit.points).map(|middle| middle.median_2);
    let last = row.facts.previous.or(row.facts.same_period).map(|number| 2 * micro(number));
    let expected_2 = of_history.or(last).filter(|expected| *expected != 0)?;
    let near = |got: i128, wanted: i128| (got - wanted).abs() * 100 <= limit.tolerance * wanted.abs();
    [10, 100, 1_000].into_iter().find_map(|factor| {
        let meant = if near(2 * value, expected_2 * factor) {
            (value % factor == 0).then(|| number(value / factor)).flatten()
        } else if near(2 * value * factor, expected_2) {
            number(value * factor)
        } else {
            return None;
        };
        let told = [("value", row.number), ("expected", number(expected_2 / 2))];
        Some(told.into_iter().chain([("factor", number(factor * 1_000_000)), ("meant", meant)]).collect())
    })
}
