//! Points of a claim: what the rule of a criterion makes of an answer.

use std::collections::BTreeMap;

use thidua_base::Number;
use thidua_base::number::BadNumber;

use super::why::Why;
use crate::cluster::evidence::Claim;
use crate::cluster::exact::{Exact, hundredth};
use crate::cluster::scheme::{Bands, Criterion, Judged, Rule, Take, Zeroes};
use crate::refusal::MarkFault;

/// Points of an answer, before they are rounded, and why.
///
/// # Errors
/// Where the answer is not of the kind asked, names what is not there, or is out of range.
pub(super) fn points_of(leaf: &Criterion, claim: &Claim) -> Result<(Exact, Why), MarkFault> {
    let max = leaf.max.unwrap_or(Number::whole(0));
    let large = |_: BadNumber| MarkFault::OutOfRange { found: max, most: max };
    match (leaf.rule.as_ref(), claim) {
        (Some(Rule::Flag), Claim::Yes) => Ok((Exact::of(max), Why::Yes)),
        (Some(Rule::Flag), Claim::No) => Ok((Exact::ZERO, Why::No)),
        (Some(Rule::Choice(options)), Claim::Option(code)) => {
            let option = options.iter().find(|option| option.code == *code).ok_or(MarkFault::OtherKind)?;
            let why = Why::Option {
                code: option.code.clone(),
                label: option.label.clone(),
                label_en: option.label_en.clone(),
                zeroes: option.zeroes,
            };
            Ok((Exact::of(option.points), why))
        }
        (Some(Rule::Band(bands)), Claim::Amount(amount)) => band(bands, *amount),
        (Some(Rule::Band(bands)), Claim::Circumstance { amount, code }) => circumstance(bands, *amount, code),
        (Some(Rule::Ratio { none }), Claim::Share { part, whole }) => {
            ratio(*none, *part, *whole, max).map_err(large)?
        }
        (Some(Rule::Count { per }), Claim::Amount(count)) => {
            let count = counted(*count)?;
            let uncut = Exact::of(count).times(Exact::of(*per)).map_err(large)?;
            let why = Why::Count { count, per: *per, uncut: uncut.shown(2).map_err(large)? };
            Ok((uncut.min(Exact::of(max)), why))
        }
        (Some(Rule::DeductPer { per, floor }), Claim::Amount(count)) => {
            let count = counted(*count)?;
            let off = Exact::of(count).times(Exact::of(*per)).map_err(large)?;
            let uncut = Exact::of(max).minus(off).map_err(large)?;
            let why = Why::Deduct { count, per: *per, uncut: uncut.shown(2).map_err(large)? };
            Ok((uncut.max(Exact::of(*floor)), why))
        }
        (Some(Rule::Awards { awards, take }), Claim::Awards(held)) => {
            let mut told = Vec::new();
            for (code, count) in held {
                let award = awards.iter().find(|award| award.code == *code).ok_or(MarkFault::OtherKind)?;
                counted(Number::new(*count, 0).ok_or(MarkFault::OtherKind)?)?;
                told.push((award.label.clone(), *count, award.points));
            }
            let each = told.iter().filter(|(_, count, _)| *count > 0);
            let points = match take {
                Take::Best => each.map(|(_, _, points)| Exact::of(*points)).max().unwrap_or(Exact::ZERO),
                Take::Each => each
                    .clone()
                    .try_fold(Exact::ZERO, |sum, (_, count, points)| {
                        sum.plus(Exact::of(Number::whole(*count)).times(Exact::of(*points))?)
                    })
                    .map_err(large)?,
            };
            Ok((points.min(Exact::of(max)), Why::Awards { held: told, take: *take }))
        }
        (Some(Rule::Bodies { each, take }), Claim::Bodies(given)) => {
            let sum = Number::sum(given.values().copied()).map_err(large)?;
            for points in given.values() {
                within(*points, each.or(leaf.max).unwrap_or(*points))?;
            }
            let bodies = Number::whole(i64::try_from(given.len()).map_err(|_| MarkFault::OtherKind)?);
            let points = match take {
                Judged::Sum => Exact::of(sum),
                Judged::Mean => Exact::of(sum).over(Exact::of(bodies)).map_err(large)?.unwrap_or(Exact::ZERO),
            };
            let points = leaf.max.map_or(points, |max| points.min(Exact::of(max)));
            Ok((points, Why::Bodies { count: given.len(), sum, take: *take }))
        }
        (Some(Rule::Average { sets }), Claim::Parts { set, percents }) => {
            let (_, parts) = sets.iter().find(|(code, _)| code == set).ok_or(MarkFault::OtherKind)?;
            average(parts, percents, max)
        }
        (Some(Rule::Manual | Rule::Unstated), Claim::Points(points)) => {
            within(*points, max)?;
            Ok((Exact::of(*points), Why::Given))
        }
        _ => Err(MarkFault::OtherKind),
    }
}

fn within(found: Number, most: Number) -> Result<(), MarkFault> {
    if found.is_negative() || found > most { Err(MarkFault::OutOfRange { found, most }) } else { Ok(()) }
}

/// Most of anything that is counted.
const COUNT_MAX: Number = Number::whole(1_000_000);

/// A count: whole, and not below zero.
fn counted(count: Number) -> Result<Number, MarkFault> {
    within(count, COUNT_MAX)?;
    if count == count.rounded(0) { Ok(count.rounded(0)) } else { Err(MarkFault::OtherKind) }
}

/// An amount that a band judges.
fn judged(bands: &Bands, amount: Number) -> Result<(), MarkFault> {
    within(amount, if bands.measure == "%" { Number::whole(100) } else { COUNT_MAX })
}

fn band(bands: &Bands, amount: Number) -> Result<(Exact, Why), MarkFault> {
    judged(bands, amount)?;
    let band = bands.bands.iter().find(|band| band.threshold.holds(amount));
    let points = band.map_or(Exact::ZERO, |band| Exact::of(band.points));
    let threshold = band.map(|band| band.threshold);
    Ok((points, Why::Band { amount, measure: bands.measure.clone(), threshold }))
}

/// The better of the band and of the circumstance, which holds below an amount only.
fn circumstance(bands: &Bands, amount: Number, code: &str) -> Result<(Exact, Why), MarkFault> {
    let (plain, why) = band(bands, amount)?;
    let other = bands.overrides.iter().find(|one| one.code == code).ok_or(MarkFault::OtherKind)?;
    let points = Exact::of(other.points);
    if amount >= other.below || points <= plain {
        return Ok((plain, why));
    }
    let (when, when_en) = (other.when.clone(), other.when_en.clone());
    Ok((points, Why::Circumstance { amount, measure: bands.measure.clone(), when, when_en }))
}

fn ratio(none: Number, part: Number, whole: Number, max: Number) -> Result<Result<(Exact, Why), MarkFault>, BadNumber> {
    if let Err(fault) = within(whole, COUNT_MAX).and_then(|()| within(part, whole)) {
        return Ok(Err(fault));
    }
    let Some(rate) = Exact::of(part).over(Exact::of(whole))? else {
        return Ok(Ok((Exact::of(max).times(hundredth(none)?)?, Why::NothingToDo { share: none })));
    };
    let percent = rate.times(Exact::of(Number::whole(100)))?.shown(2)?;
    Ok(Ok((rate.times(Exact::of(max))?, Why::Ratio { part, whole, percent })))
}

fn average(parts: &[String], percents: &BTreeMap<String, Number>, max: Number) -> Result<(Exact, Why), MarkFault> {
    let large = |_: BadNumber| MarkFault::OutOfRange { found: max, most: max };
    if percents.len() != parts.len() {
        return Err(MarkFault::OtherKind);
    }
    let mut told = Vec::new();
    for part in parts {
        let percent = *percents.get(part).ok_or(MarkFault::OtherKind)?;
        within(percent, Number::whole(100))?;
        told.push((part.clone(), percent));
    }
    let sum = Number::sum(told.iter().map(|(_, percent)| *percent)).map_err(large)?;
    let count = Number::whole(i64::try_from(told.len()).map_err(|_| MarkFault::OtherKind)?);
    let mean = Exact::of(sum).over(Exact::of(count)).map_err(large)?.unwrap_or(Exact::ZERO);
    let points = mean.times(hundredth(max).map_err(large)?).map_err(large)?;
    Ok((points, Why::Average { parts: told, mean: mean.shown(2).map_err(large)? }))
}

/// Whether an answer takes all points of the group above.
pub(super) fn zeroes_group(why: &Why) -> bool {
    matches!(why, Why::Option { zeroes: Zeroes::Group, .. })
}

/// How many a line counts, for conditions that ask for a count.
pub(super) fn count_of(why: &Why) -> Option<Number> {
    match why {
        Why::Count { count, .. } => Some(*count),
        Why::Band { amount, .. } => Some(*amount),
        _ => None,
    }
}
