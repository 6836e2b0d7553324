//! Points of a quantitative criterion: from the unit's figure, its target, and what the members make together.

use thidua_base::Number;
use thidua_base::code::OrgId;
use thidua_base::number::BadNumber;

use super::compare::{Compared, Leader, Standing, keeps_zero, standing};
use super::why::{ByCurve, Gap, Kept, Lead, Place, TargetGap, Why};
use crate::cluster::exact::{Exact, hundredth};
use crate::cluster::measure::Measurement;
use crate::cluster::review::Excused;
use crate::cluster::scheme::{AgainstLeader, AgainstPlan, Criterion, Curve, Left, Measure, NoTarget, PlanSource};
use crate::indicator::{Absence, Comparator, Direction, Value};

/// Points before they are rounded, and why; `None` where nothing can be made of it.
pub(super) type Made = (Option<Exact>, Why);

/// Decimals of a percentage that is shown.
const DECIMALS: u8 = 2;

/// Points of a figure held against its plan.
pub(super) fn against_plan(
    rule: &AgainstPlan,
    leaf: &Criterion,
    unit: &OrgId,
    measurement: Option<&Measurement>,
    compared: &Compared,
) -> Result<Made, BadNumber> {
    let Some(measurement) = measurement else { return Ok((None, Why::Unscored(Gap::NotMeasured))) };
    let max = Exact::of(leaf.max.unwrap_or(Number::whole(0)));
    let (actual, base, comparator, reached) = match rule.measure {
        Measure::Plan => match standing(&rule.source, unit, measurement) {
            Standing::Target { actual, target, comparator, excess } => {
                (actual, target, comparator, Exact::ONE.plus(excess)?)
            }
            Standing::Zero { actual, comparator } => return Ok(zero_target(actual, comparator, at_full(rule, max)?)),
            Standing::NoTarget { actual, gap } => {
                return no_target(&rule.source, max, actual, gap, measurement.direction, compared);
            }
            Standing::Nothing(gap) => return Ok((None, Why::Unscored(gap))),
        },
        Measure::Growth => {
            let now = match measurement.actual {
                Value::Of(now) => now,
                Value::Absent(Absence::NoneOccurred) => Number::whole(0),
                Value::Absent(absence) => return Ok((None, Why::Unscored(Gap::Absent(absence)))),
            };
            let then = measurement.before.number().filter(|then| !then.is_zero() && !then.is_negative());
            let Some(then) = then else { return Ok((None, Why::Unscored(Gap::NoPast))) };
            let share = Exact::of(now).minus(Exact::of(then))?.over(Exact::of(then))?.unwrap_or(Exact::ZERO);
            let grown = if measurement.direction == Direction::Down { Exact::ZERO.minus(share)? } else { share };
            (now, then, Comparator::AtLeast, grown)
        }
    };
    let percent = reached.times(Exact::of(Number::whole(100)))?;
    let percent = match rule.percent_decimals {
        Some(decimals) => Exact::of(percent.shown(decimals)?),
        None => percent,
    };
    let (points, by) = by_curve(&rule.curve, max, percent)?;
    let shown = shown_true(percent, &rule.curve)?;
    let why = Why::Plan { actual, base, measure: rule.measure, comparator, percent: shown, by };
    Ok((Some(points), why))
}

fn by_curve(curve: &Curve, max: Exact, percent: Exact) -> Result<(Exact, ByCurve), BadNumber> {
    match curve {
        Curve::Proportional { full_at, cap } => {
            let share_of = percent.max(Exact::ZERO).over(Exact::of(*full_at))?.unwrap_or(Exact::ZERO);
            let points = max.times(share_of)?;
            let most = match cap {
                Some(cap) => Some(max.times(hundredth(*cap)?)?),
                None => None,
            };
            Ok(match (most, cap) {
                (Some(most), Some(cap)) if points > most => {
                    (most, ByCurve::Proportional { full_at: *full_at, capped: Some(*cap) })
                }
                _ => (points, ByCurve::Proportional { full_at: *full_at, capped: None }),
            })
        }
        Curve::Banded(bands) => {
            let band = bands.iter().find(|band| {
                use crate::cluster::scheme::Threshold;
                match band.threshold {
                    Threshold::From(edge) => percent >= Exact::of(edge),
                    Threshold::Above(edge) => percent > Exact::of(edge),
                    Threshold::UpTo(edge) => percent <= Exact::of(edge),
                }
            });
            let points = band.map_or(Exact::ZERO, |band| Exact::of(band.points));
            Ok((points, ByCurve::Band(band.map(|band| band.threshold))))
        }
        Curve::Stepped { at, points, width, gain, loss } => {
            let apart = percent.minus(Exact::of(*at))?.over(Exact::of(*width))?.unwrap_or(Exact::ZERO);
            // Above, a step counts once it is whole; below, once it is begun. Both are the floor.
            let steps = i64::try_from(apart.floor()).map_err(|_| BadNumber::TooLarge)?;
            let each = if steps < 0 { *loss } else { *gain };
            let change = Exact::of(Number::new(steps, 0).ok_or(BadNumber::TooLarge)?).times(Exact::of(each))?;
            let made = Exact::of(*points).plus(change)?.max(Exact::ZERO).min(max);
            Ok((made, ByCurve::Steps { at: *at, points: *points, steps, each }))
        }
    }
}

/// Points of exactly 100 percent: what a kept target of zero brings.
fn at_full(rule: &AgainstPlan, max: Exact) -> Result<Exact, BadNumber> {
    by_curve(&rule.curve, max, Exact::of(Number::whole(100))).map(|(points, _)| points)
}

/// The percentage with as many decimals as it takes not to be read as an edge it does not reach.
fn shown_true(percent: Exact, curve: &Curve) -> Result<Number, BadNumber> {
    let edges: Vec<Number> = match curve {
        Curve::Banded(bands) => bands.iter().map(|band| band.threshold.edge()).collect(),
        Curve::Proportional { full_at, .. } => vec![*full_at],
        Curve::Stepped { at, .. } => vec![*at],
    };
    let mut shown = percent.shown(DECIMALS)?;
    for decimals in DECIMALS..=thidua_base::number::SCALE_MAX {
        shown = percent.shown(decimals)?;
        let misread = edges.iter().any(|edge| (shown == *edge) != (percent == Exact::of(*edge)));
        if !misread {
            break;
        }
    }
    Ok(shown)
}

/// Points of a figure held against its target and the leader.
pub(super) fn against_leader(
    rule: &AgainstLeader,
    leaf: &Criterion,
    unit: &OrgId,
    measurement: Option<&Measurement>,
    compared: &Compared,
) -> Result<Made, BadNumber> {
    let Some(measurement) = measurement else { return Ok((None, Why::Unscored(Gap::NotMeasured))) };
    let max = Exact::of(leaf.max.unwrap_or(Number::whole(0)));
    let (actual, target, comparator, excess) = match standing(&rule.source, unit, measurement) {
        Standing::Target { actual, target, comparator, excess } => (actual, target, comparator, excess),
        Standing::Zero { actual, comparator } => {
            return Ok(zero_target(actual, comparator, max.times(hundredth(rule.at_target)?)?));
        }
        Standing::NoTarget { actual, gap } => {
            return no_target(&rule.source, max, actual, gap, measurement.direction, compared);
        }
        Standing::Nothing(gap) => return Ok((None, Why::Unscored(gap))),
    };
    let on_target = max.times(hundredth(rule.at_target)?)?;
    let rest = max.minus(on_target)?;
    let (points, place) = match &compared.leader {
        _ if excess.is_negative() => (on_target.times(Exact::ONE.plus(excess)?.max(Exact::ZERO))?, Place::Below),
        _ if excess.is_zero() => (on_target, Place::On),
        Some(leader) if leader.aside.contains(unit) => (max, Place::SetAside),
        Some(leader) if leader.units.contains(unit) => (max, Place::Leading),
        Some(leader) => {
            let of_leader = excess.min(leader.counted).over(leader.counted)?.unwrap_or(Exact::ONE);
            (on_target.plus(rest.times(of_leader)?)?, Place::Above)
        }
        // Above target, so there is a leader: at least the unit itself.
        None => (max, Place::Leading),
    };
    let hundred = Exact::of(Number::whole(100));
    let why = Why::Leader {
        actual,
        target,
        comparator,
        at_target: rule.at_target,
        excess: excess.times(hundred)?.shown(DECIMALS)?,
        place,
        leader: compared.leader.as_ref().map(lead).transpose()?,
    };
    Ok((Some(points), why))
}

fn lead(leader: &Leader) -> Result<Lead, BadNumber> {
    let hundred = Exact::of(Number::whole(100));
    Ok(Lead {
        units: leader.units.clone(),
        excess: leader.excess.times(hundred)?.shown(DECIMALS)?,
        counted: leader.counted.times(hundred)?.shown(DECIMALS)?,
        aside: leader.aside.clone(),
        next: leader.next.clone(),
    })
}

fn zero_target(actual: Number, comparator: Comparator, on_target: Exact) -> Made {
    if keeps_zero(actual, comparator) {
        (Some(on_target), Why::ZeroTarget { actual, kept: Kept::Kept })
    } else {
        (Some(Exact::ZERO), Why::ZeroTarget { actual, kept: Kept::Missed })
    }
}

fn no_target(
    source: &PlanSource,
    max: Exact,
    actual: Number,
    gap: TargetGap,
    direction: Direction,
    compared: &Compared,
) -> Result<Made, BadNumber> {
    match (source.no_target, &compared.best) {
        (NoTarget::AmongThemselves, Some((best, units))) => {
            let (mine, first) = (Exact::of(actual), Exact::of(*best));
            let of_best = match direction {
                Direction::Down if actual == *best => Exact::ONE,
                Direction::Down => first.over(mine)?.unwrap_or(Exact::ZERO),
                Direction::Up | Direction::Neutral => mine.over(first)?.unwrap_or(Exact::ZERO),
            };
            let points = max.times(of_best.max(Exact::ZERO).min(Exact::ONE))?;
            Ok((Some(points), Why::AmongNoTarget { actual, best: *best, units: units.clone(), gap }))
        }
        (NoTarget::NotAssigned, _) => Ok((None, excused_by_scheme())),
        (NoTarget::AmongThemselves | NoTarget::Unscored, _) => Ok((None, Why::Unscored(Gap::NoTarget(gap)))),
    }
}

/// The scheme's own rule: without a target, a criterion counts as not assigned.
pub(super) fn excused_by_scheme() -> Why {
    Why::Excused { why: Excused::NotAssigned, left: Left::Denominator, reason: String::new(), by: String::new() }
}
