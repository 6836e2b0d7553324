//! Figures of one clause or of neighbours: n of m, stated counts, recomputed percentages.

use thidua_base::number::percent;
use thidua_base::{Number, Percent};

use super::{On, Remark, Severity};
use crate::grammar::is_rounded;
use crate::read::{Against, AmountRead, ClauseRead, Extent, Preposition, Said};

/// All checks of single figures on one line.
pub(super) fn check(on: &On, found: &mut Vec<Remark>) {
    for clause in on.clauses {
        if let Said::NOfM { reached, population, .. } = &clause.said
            && reached > population
        {
            let remark = on.remark(Severity::Error, "n-over-m").at(clause.span.clone());
            found.push(remark.fact("reached", &reached.vi()).fact("population", &population.vi()));
        }
        if let Said::CountNamed { count, names, extent } = &clause.said {
            named(on, clause, count, names, *extent, found);
        }
        if let Said::Total { name, preposition: Preposition::Missing, .. } = &clause.said {
            let remark = on.remark(Severity::Hint, "total-without-preposition").at(clause.span.clone());
            found.push(remark.fact("name", name));
        }
    }
    percentages(on, found);
    points(on, found);
}

/// The interval of values that print as this figure: the figure itself where it counts things.
pub(super) fn interval_of(amount: &AmountRead) -> (Number, Number) {
    if is_rounded(&amount.measure) { rounding_interval(amount.value) } else { (amount.value, amount.value) }
}

/// Half of the last printed digit to each side.
pub(super) fn rounding_interval(printed: Number) -> (Number, Number) {
    let half = Number::new(5, printed.scale() + 1).unwrap_or(Number::whole(0));
    let low = printed.minus(half).unwrap_or(printed);
    let high = printed.plus(half).unwrap_or(printed);
    (low, high)
}

/// One unit of the last printed digit.
pub(super) fn last_unit(printed: Number) -> Number {
    Number::new(1, printed.scale()).unwrap_or(Number::whole(1))
}

fn named(
    on: &On,
    clause: &ClauseRead,
    count: &AmountRead,
    names: &[(std::ops::Range<usize>, String)],
    extent: Extent,
    found: &mut Vec<Remark>,
) {
    let listed = Number::whole(i64::try_from(names.len()).unwrap_or(i64::MAX));
    let agrees = match extent {
        Extent::Whole => listed == count.value,
        Extent::Partial => listed < count.value,
    };
    if !agrees {
        let remark = on.remark(Severity::Error, "named-count").at(clause.span.clone());
        let remark = remark.fact("stated", &count.value.vi()).fact("measure", &count.measure);
        found.push(remark.fact("named", &listed.vi()));
    }
    for (i, (span, name)) in names.iter().enumerate() {
        if names.iter().take(i).any(|(_, earlier)| earlier == name) {
            found.push(on.remark(Severity::Error, "named-twice").at(span.clone()).fact("name", name));
        }
    }
}

/// Percentages whose two numbers are both printed beside them.
fn percentages(on: &On, found: &mut Vec<Remark>) {
    let mut level: Option<&AmountRead> = None;
    let mut of: Option<(AmountRead, AmountRead)> = None;
    let mut end = 0;
    for clause in on.clauses {
        let between = on.text().get(end..clause.span.start).unwrap_or_default();
        if between.contains([';', '.']) {
            (level, of) = (None, None);
        }
        end = clause.span.end;
        if let (Some(percent), Some((reached, population))) = (share_of(&clause.said), &of) {
            recompute(on, clause, percent, reached, population, found);
            of = None;
        }
        if let Said::Value { amount, .. } = &clause.said {
            level = Some(amount);
        }
        if let Said::NOfM { reached, population, .. } = &clause.said {
            of = Some((counted(*reached), counted(*population)));
        }
        if let Said::OfPlan { percent, stated: Some(plan), .. } = &clause.said
            && let Some(actual) = level.filter(|actual| same_measure(actual, plan))
        {
            recompute(on, clause, *percent, actual, plan, found);
        }
    }
}

/// The percentage of a clause that may follow n of m: `chiếm 44,8%`, `đạt 44,8%`.
pub(super) fn share_of(said: &Said) -> Option<Number> {
    if let Said::Value { amount, .. } = said {
        return (amount.measure == "%").then_some(amount.value);
    }
    if let Said::Share { percent, .. } = said { Some(*percent) } else { None }
}

fn counted(value: Number) -> AmountRead {
    AmountRead { value, measure: String::new() }
}

/// Whether the printed percentage can come from the printed numbers at its precision.
fn recompute(
    on: &On,
    clause: &ClauseRead,
    printed: Number,
    actual: &AmountRead,
    plan: &AmountRead,
    found: &mut Vec<Remark>,
) {
    let (actual_low, actual_high) = interval_of(actual);
    let (plan_low, plan_high) = interval_of(plan);
    let decimals = printed.scale();
    let (Ok(Percent::Of(low)), Ok(Percent::Of(high)), Ok(Percent::Of(right))) = (
        percent(actual_low, plan_high, decimals),
        percent(actual_high, plan_low, decimals),
        percent(actual.value, plan.value, decimals),
    ) else {
        return;
    };
    if (low..=high).contains(&printed) {
        return;
    }
    let distance = printed.minus(right).map(Number::magnitude).unwrap_or(printed);
    // A neighbour in the last digit is another way of rounding; more is another number.
    let severity = if distance <= last_unit(printed) { Severity::Residue } else { Severity::Error };
    let remark = on.remark(severity, "percent-recomputed").at(clause.span.clone());
    let remark = remark.fact("printed", &printed.vi_with("%")).fact("right", &right.vi_with("%"));
    found.push(remark.fact("actual", &actual.value.vi()).fact("plan", &plan.value.vi()));
}

/// A change of a share printed with a percent sign: it is meant in percentage points.
fn points(on: &On, found: &mut Vec<Remark>) {
    for pair in on.clauses.windows(2) {
        let [share, change] = pair else { continue };
        let Said::Growth { percent, against: Against::Unsaid, .. } = &change.said else { continue };
        let is_share = share_of(&share.said).is_some();
        let between = on.text().get(share.span.end..change.span.start).unwrap_or_default();
        if is_share && between.trim() == "," {
            let remark = on.remark(Severity::Hint, "points-as-percent").at(change.span.clone());
            found.push(remark.fact("printed", &percent.vi_with("%")));
        }
    }
}

fn same_measure(a: &AmountRead, b: &AmountRead) -> bool {
    a.measure == b.measure || a.measure.is_empty() || b.measure.is_empty()
}
