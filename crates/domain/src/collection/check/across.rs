//! Kinds of rule that look at several rows together, or at the whole sheet.

use std::collections::BTreeMap;

use thidua_base::Number;

use super::Found;
use super::facts::UnitState;
use super::micro::{Looked, LookedRow, micro, number};
use super::row::{apart, kept};
use super::rule::{Kind, Rule};
use crate::indicator::Parts;

/// Runs a rule that looks at more than one row.
pub(super) fn run<'a>(looked: &Looked<'_>, rule: &'a Rule, found: &mut Vec<Found<'a>>) {
    match rule.kind {
        Kind::Numerator => numerators(looked, rule, found),
        Kind::PartsTotal | Kind::PartsWithin => parts(looked, rule, found),
        Kind::Copy => copied(looked, rule, found),
        Kind::Round => round(looked, rule, found),
        Kind::Sample => {
            let rows: Vec<usize> =
                places(looked, rule).filter(|(_, row)| row.facts.is_sample).map(|(at, _)| at).collect();
            if !rows.is_empty() {
                let numbers = vec![("rows", counted(rows.len()))];
                found.push(Found { rule, rows, numbers });
            }
        }
        Kind::UnitGone | Kind::UnitNotYet => {
            let wanted = if rule.kind == Kind::UnitGone { UnitState::Gone } else { UnitState::NotYet };
            if looked.facts.unit == wanted {
                found.push(Found { rule, rows: Vec::new(), numbers: Vec::new() });
            }
        }
        Kind::Negative
        | Kind::PercentRange
        | Kind::TooFine
        | Kind::Cumulative
        | Kind::OwnHistory
        | Kind::Peers
        | Kind::PeersPer
        | Kind::OverPlan
        | Kind::UnderPlan
        | Kind::Slip
        | Kind::Missing
        | Kind::BelowSum
        | Kind::PlanSum
        | Kind::Nature => {}
    }
}

fn places<'l, 'f>(looked: &'l Looked<'f>, rule: &Rule) -> impl Iterator<Item = (usize, &'l LookedRow<'f>)> {
    looked.rows.iter().enumerate().filter(|(_, row)| rule.looks_at(row.facts))
}

fn counted(rows: usize) -> Number {
    Number::whole(i64::try_from(rows).unwrap_or(i64::MAX))
}

/// Where the quotient is a percentage, the one is among the other.
fn numerators<'a>(looked: &Looked<'_>, rule: &'a Rule, found: &mut Vec<Found<'a>>) {
    for (_, row) in places(looked, rule).filter(|(_, row)| row.facts.measure.trim() == "%") {
        let Some((above, below)) = &row.facts.quotient else { continue };
        let Some((above, below)) = looked.place(above).zip(looked.place(below)) else { continue };
        let Some((numerator, denominator)) = looked.rows[above].addend().zip(looked.rows[below].addend()) else {
            continue;
        };
        if numerator > denominator {
            let numbers = kept(vec![("numerator", number(numerator)), ("denominator", number(denominator))]);
            found.push(Found { rule, rows: vec![above, below], numbers });
        }
    }
}

/// Wholes with their parts: equal where the parts make up the whole, never more where only some are listed.
fn parts<'a>(looked: &Looked<'_>, rule: &'a Rule, found: &mut Vec<Found<'a>>) {
    let wanted = if rule.kind == Kind::PartsTotal { Parts::All } else { Parts::Some };
    let mut wholes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, row) in looked.rows.iter().enumerate().filter(|(_, row)| row.facts.parts == wanted) {
        if let Some(whole) = row.facts.part_of.as_ref().and_then(|code| looked.place(code)) {
            wholes.entry(whole).or_default().push(place);
        }
    }
    for (whole, parts) in wholes.into_iter().filter(|(whole, _)| rule.looks_at(looked.rows[*whole].facts)) {
        let Some(total) = looked.rows[whole].addend() else { continue };
        let values = parts.iter().map(|part| looked.rows[*part].addend());
        let sum = match wanted {
            Parts::All => values.sum::<Option<i128>>(),
            // Of some parts those that are known must fit already.
            Parts::Some => Some(values.flatten().sum()),
        };
        let Some(sum) = sum else { continue };
        let breaks = match wanted {
            Parts::All => {
                let last_decimal = 10i128.pow(u32::from(6u8.saturating_sub(looked.rows[whole].facts.decimals)));
                (total - sum).abs() > i128::from(rule.parameter("tolerance")) * last_decimal
            }
            Parts::Some => sum > total,
        };
        if breaks {
            let rows = std::iter::once(whole).chain(parts).collect();
            found.push(Found { rule, rows, numbers: kept(apart(("total", total), ("sum", sum))) });
        }
    }
}

/// A sheet that is the last one again. Nothing and nothing are not counted as alike.
fn copied<'a>(looked: &Looked<'_>, rule: &'a Rule, found: &mut Vec<Found<'a>>) {
    let compared = places(looked, rule).filter_map(|(place, row)| {
        let (value, previous) = (row.value?, micro(row.facts.previous?));
        (value != 0 || previous != 0).then_some((place, value == previous))
    });
    share_of(compared.collect(), "same", rule, found);
}

/// Figures that look estimated. Those too small to end in so many zeros are not counted.
fn round<'a>(looked: &Looked<'_>, rule: &'a Rule, found: &mut Vec<Found<'a>>) {
    let zeros = u32::try_from(rule.parameter("zeros")).unwrap_or_default().min(9);
    let compared = places(looked, rule).filter_map(|(place, row)| {
        let unit = 10i128.pow(u32::from(6u8.saturating_sub(row.facts.decimals)) + zeros);
        let value = row.value.filter(|value| value.abs() >= unit)?;
        Some((place, value % unit == 0))
    });
    share_of(compared.collect(), "round", rule, found);
}

/// Whether at least so many percent of at least so many rows are alike.
fn share_of<'a>(compared: Vec<(usize, bool)>, name: &'static str, rule: &'a Rule, found: &mut Vec<Found<'a>>) {
    let rows: Vec<usize> = compared.iter().filter(|(_, is)| *is).map(|(place, _)| *place).collect();
    let (is, of) = (rows.len() as u64, compared.len() as u64);
    let limit = |name| u64::try_from(rule.parameter(name)).unwrap_or_default();
    if is > 0 && of >= limit("rows") && is * 100 >= limit("percent") * of {
        let numbers = vec![(name, counted(rows.len())), ("compared", counted(compared.len()))];
        found.push(Found { rule, rows, numbers });
    }
}
