//! A whole against its parts: values, shares, and what their comparisons imply.

use thidua_base::number::percent;
use thidua_base::{Number, Percent};

use super::figure::{interval_of, last_unit, rounding_interval, share_of};
use super::sentence::sentences;
use super::{On, Remark, Severity};
use crate::grammar::{Direction, PlanNoun};
use crate::read::{Against, AmountRead, ClauseRead, Extent, Said};

/// All checks of sums on one line.
pub(super) fn check(on: &On, found: &mut Vec<Remark>) {
    for sentence in sentences(on.text()) {
        let first = on.clauses.partition_point(|clause| clause.span.start < sentence.start);
        let last = on.clauses.partition_point(|clause| clause.span.start < sentence.end);
        let clauses = on.clauses.get(first..last).unwrap_or_default();
        let text = on.text().get(sentence).unwrap_or_default();
        breakdown(on, clauses, found);
        bracketed(on, clauses, found);
        shares(on, text, clauses, found);
    }
}

/// A figure with the comparisons that follow it.
struct Figure<'c> {
    clause: &'c ClauseRead,
    amount: &'c AmountRead,
    comparisons: &'c [ClauseRead],
}

/// The whole before `trong đó` and the parts after it.
fn breakdown(on: &On, clauses: &[ClauseRead], found: &mut Vec<Remark>) {
    let mut openings = clauses.iter().enumerate().filter(|(_, clause)| matches!(clause.said, Said::OfWhich { .. }));
    // A breakdown within a breakdown does not say where it ends, so neither is added up.
    let (Some((opening, _)), None) = (openings.next(), openings.next()) else { return };
    let Said::OfWhich { extent } = clauses[opening].said else { return };
    let Some(whole) = figures(&clauses[..opening]).pop() else { return };
    let parts: Vec<Figure> = figures(&clauses[opening + 1..])
        .into_iter()
        .filter(|part| measure_of(part.amount) == measure_of(whole.amount))
        .collect();
    match extent {
        Extent::Partial => {
            for part in parts.iter().take(1).filter(|part| part.amount.value > whole.amount.value) {
                sum_remark(on, Severity::Error, &whole, part.amount.value, part.clause, found);
            }
        }
        Extent::Whole if parts.len() >= 2 => {
            add_up(on, &whole, &parts, found);
            implied(on, &whole, &parts, found);
        }
        Extent::Whole => {}
    }
}

/// A whole with its parts in brackets behind it: `74 công trình (huyện: 26 công trình, xã: 48 công trình)`.
fn bracketed(on: &On, clauses: &[ClauseRead], found: &mut Vec<Remark>) {
    let text = on.text();
    for (i, clause) in clauses.iter().enumerate() {
        let after = text.get(clause.span.end..).unwrap_or_default();
        let Some(inside) = after.trim_start().strip_prefix('(') else { continue };
        let close = text.len() - inside.len() + inside.find(')').unwrap_or(0);
        let within = clauses.iter().skip(i + 1).take_while(|part| part.span.end <= close).count();
        let Some(whole) = figures(&clauses[i..=i]).pop() else { continue };
        let parts: Vec<Figure> = figures(&clauses[i + 1..i + 1 + within])
            .into_iter()
            .filter(|part| measure_of(part.amount) == measure_of(whole.amount))
            .collect();
        if parts.len() >= 2 {
            add_up(on, &whole, &parts, found);
        }
    }
}

fn add_up(on: &On, whole: &Figure, parts: &[Figure], found: &mut Vec<Remark>) {
    let Ok(sum) = Number::sum(parts.iter().map(|part| part.amount.value)) else { return };
    let (Ok(difference), Some(last)) = (sum.minus(whole.amount.value), parts.last()) else { return };
    if difference.is_zero() {
        return;
    }
    let slack = parts.iter().chain([whole]).map(|figure| {
        let (low, high) = interval_of(figure.amount);
        high.minus(low).unwrap_or(Number::whole(0))
    });
    // Twice the difference against whole intervals: halves would need another digit.
    let explained =
        Number::sum(slack).is_ok_and(|slack| difference.plus(difference).is_ok_and(|d| d.magnitude() <= slack));
    let severity = match () {
        () if explained => Severity::Residue,
        () if difference.is_negative() => Severity::Hint,
        () => Severity::Error,
    };
    sum_remark(on, severity, whole, sum, last.clause, found);
}

fn sum_remark(on: &On, severity: Severity, whole: &Figure, sum: Number, last: &ClauseRead, found: &mut Vec<Remark>) {
    let span = whole.clause.span.start..last.span.end;
    let remark = on.remark(severity, "parts-sum").at(span);
    let remark = remark.fact("whole", &whole.amount.value.vi()).fact("parts", &sum.vi());
    found.push(remark.fact("measure", measure_of(whole.amount)));
}

/// What whole and parts say of the same period, and of the same plan, must overlap when added up.
fn implied(on: &On, whole: &Figure, parts: &[Figure], found: &mut Vec<Remark>) {
    let mut hold = |code, of: &dyn Fn(&Figure) -> Option<(Number, Number)>| {
        let Some(stated) = of(whole) else { return };
        let Some(each) = parts.iter().map(of).collect::<Option<Vec<_>>>() else { return };
        let (Ok(low), Ok(high)) = (Number::sum(each.iter().map(|p| p.0)), Number::sum(each.iter().map(|p| p.1))) else {
            return;
        };
        if high < stated.0 || stated.1 < low {
            let range = |low: Number, high: Number| format!("{} – {}", low.rounded(1).vi(), high.rounded(1).vi());
            let remark = on.remark(Severity::Error, code).at(whole.clause.span.clone());
            found.push(remark.fact("whole", &range(stated.0, stated.1)).fact("parts", &range(low, high)));
        }
    };
    hold("parts-prior-sum", &prior_of);
    for noun in PlanNoun::ALL {
        let mut assigners: Vec<Option<&str>> = Vec::new();
        for clause in whole.comparisons {
            if let Said::OfPlan { noun: said, assigner, .. } = &clause.said
                && *said == noun
            {
                assigners.push(assigner.as_deref());
            }
        }
        for assigner in assigners {
            hold("parts-plan-sum", &|figure: &Figure| plan_of(figure, noun, assigner));
        }
    }
}

/// The interval of the same period that a figure and its comparison imply.
fn prior_of(figure: &Figure) -> Option<(Number, Number)> {
    let hundred = Number::whole(100);
    let percent = figure.comparisons.iter().find_map(|clause| {
        if let Said::OfSamePeriod { percent } = &clause.said {
            return Some(*percent);
        }
        let Said::Growth { direction, percent, against: Against::SamePeriod } = &clause.said else { return None };
        match direction {
            Direction::Up => hundred.plus(*percent).ok(),
            Direction::Down => hundred.minus(*percent).ok(),
        }
    })?;
    base_of(figure.amount, percent)
}

/// The interval of a plan that a figure and its percentage imply.
fn plan_of(figure: &Figure, wanted: PlanNoun, by: Option<&str>) -> Option<(Number, Number)> {
    let percent = figure.comparisons.iter().find_map(|clause| {
        let Said::OfPlan { percent, noun, assigner, .. } = &clause.said else { return None };
        (*noun == wanted && assigner.as_deref() == by).then_some(*percent)
    })?;
    base_of(figure.amount, percent)
}

/// What a value is a percentage of: 100·value/percentage, with the rounding of both.
fn base_of(amount: &AmountRead, of: Number) -> Option<(Number, Number)> {
    let (value_low, value_high) = interval_of(amount);
    let (percent_low, percent_high) = rounding_interval(of);
    match (percent(value_low, percent_high, 6).ok()?, percent(value_high, percent_low, 6).ok()?) {
        (Percent::Of(low), Percent::Of(high)) => Some((low, high)),
        (Percent::Of(_) | Percent::NoBase | Percent::NegativeBase, _) => None,
    }
}

/// Shares of one structure add up to a hundred.
fn shares(on: &On, text: &str, clauses: &[ClauseRead], found: &mut Vec<Remark>) {
    let lower = text.to_lowercase();
    if !lower.contains("cơ cấu") && !lower.contains("tỷ trọng") {
        return;
    }
    let of_structure: Vec<(&ClauseRead, Number)> =
        clauses.iter().filter_map(|clause| Some((clause, share_of(&clause.said)?))).collect();
    let (Ok(sum), [(first, _), _, ..]) = (Number::sum(of_structure.iter().map(|share| share.1)), &of_structure[..])
    else {
        return;
    };
    let Ok(difference) = sum.minus(Number::whole(100)) else { return };
    // Two shares below a hundred may be part of a structure of three.
    if difference.is_zero() || (difference.is_negative() && of_structure.len() < 3) {
        return;
    }
    let slack = Number::sum(of_structure.iter().map(|share| last_unit(share.1)));
    let explained = slack.is_ok_and(|slack| difference.plus(difference).is_ok_and(|d| d.magnitude() <= slack));
    let severity = if explained { Severity::Residue } else { Severity::Error };
    let end = of_structure.last().map_or(first.span.end, |(clause, _)| clause.span.end);
    found.push(on.remark(severity, "share-sum").at(first.span.start..end).fact("sum", &sum.vi_with("%")));
}

/// The levels among clauses, each with the comparisons up to the next level.
fn figures(clauses: &[ClauseRead]) -> Vec<Figure<'_>> {
    let mut figures: Vec<Figure> = Vec::new();
    for (i, clause) in clauses.iter().enumerate() {
        if let Said::Value { amount, .. } = &clause.said {
            let rest = &clauses[i + 1..];
            let next = rest.iter().position(|clause| matches!(clause.said, Said::Value { .. }));
            figures.push(Figure { clause, amount, comparisons: &rest[..next.unwrap_or(rest.len())] });
        }
    }
    figures
}

/// The unit, with abbreviations in use written out.
fn measure_of(amount: &AmountRead) -> &str {
    match amount.measure.as_str() {
        "c.trình" => "công trình",
        "DN" => "doanh nghiệp",
        measure => measure,
    }
}
