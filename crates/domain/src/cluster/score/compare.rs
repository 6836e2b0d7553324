//! Members held against each other: for each quantitative criterion, who leads, who is set aside, and the best of
//! those without a target. Excused units are left out.

use thidua_base::Number;
use thidua_base::code::OrgId;
use thidua_base::number::BadNumber;

use super::why::{Gap, TargetGap};
use crate::cluster::exact::{Exact, hundredth};
use crate::cluster::measure::{Measurement, Measurements, source_of};
use crate::cluster::review::Reviews;
use crate::cluster::scheme::{AgainstLeader, NoTarget, Outlier, PlanSource, Rule, Scheme, TargetBy, ZeroTarget};
use crate::indicator::{Absence, Comparator, Direction, Value};

/// What the members make of one criterion together.
#[derive(Debug, Clone, Default)]
pub(super) struct Compared {
    /// The best of those above target.
    pub(super) leader: Option<Leader>,
    /// The best of those without a target.
    pub(super) best: Option<(Number, Vec<OrgId>)>,
}

/// The best of those above target.
#[derive(Debug, Clone)]
pub(super) struct Leader {
    pub(super) units: Vec<OrgId>,
    pub(super) excess: Exact,
    pub(super) counted: Exact,
    pub(super) aside: Vec<OrgId>,
    pub(super) next: Vec<OrgId>,
}

/// How a unit stands to the target of a criterion.
#[derive(Debug, Clone, Copy)]
pub(super) enum Standing {
    /// With a target above or below zero.
    Target {
        actual: Number,
        target: Number,
        comparator: Comparator,
        /// Above target, as a share of it.
        excess: Exact,
    },
    /// With a target of zero, for which the scheme has a rule of its own.
    Zero { actual: Number, comparator: Comparator },
    /// Without a target.
    NoTarget { actual: Number, gap: TargetGap },
    /// Nothing to stand on.
    Nothing(Gap),
}

/// For each criterion, what the members make of it together.
pub(super) fn compared(
    scheme: &Scheme,
    members: &[OrgId],
    measurements: &Measurements,
    excused: impl Fn(&OrgId, usize) -> bool,
) -> Vec<Compared> {
    let one = |place: usize| -> Compared {
        let Some(criterion) = scheme.criteria.get(place) else { return Compared::default() };
        let Some(source) = source_of(criterion.rule.as_ref()) else { return Compared::default() };
        let mut above: Vec<(Exact, &OrgId)> = Vec::new();
        let mut without: Vec<(Number, Direction, &OrgId)> = Vec::new();
        for unit in members.iter().filter(|unit| !excused(unit, place)) {
            let Some(measurement) = measurements.get(unit, &criterion.code) else { continue };
            match standing(source, unit, measurement) {
                Standing::Target { excess, .. } if excess > Exact::ZERO => above.push((excess, unit)),
                Standing::NoTarget { actual, .. } => without.push((actual, measurement.direction, unit)),
                Standing::Target { .. } | Standing::Zero { .. } | Standing::Nothing(_) => {}
            }
        }
        let leader = match &criterion.rule {
            Some(Rule::Leader(rule)) => leader(rule, above),
            _ => None,
        };
        let best = if source.no_target == NoTarget::AmongThemselves { best(without) } else { None };
        Compared { leader, best }
    };
    (0..scheme.criteria.len()).map(one).collect()
}

fn leader(rule: &AgainstLeader, mut above: Vec<(Exact, &OrgId)>) -> Option<Leader> {
    // The best first, and of equals the id: the order of members never matters.
    above.sort_by(|(a, unit), (b, other)| b.cmp(a).then_with(|| unit.cmp(other)));
    let units_at =
        |excess: Exact| above.iter().filter(|(of, _)| *of == excess).map(|(_, unit)| (*unit).clone()).collect();
    let (top, _) = *above.first()?;
    let plain = |excess: Exact, counted: Exact| Leader {
        units: units_at(excess),
        excess,
        counted,
        aside: Vec::new(),
        next: Vec::new(),
    };
    match rule.outlier {
        Outlier::None => Some(plain(top, top)),
        Outlier::Cap(limit) => Some(plain(top, hundredth(limit).map_or(top, |limit| top.min(limit)))),
        Outlier::SetAside(times) => {
            let Some((second, _)) = above.iter().find(|(excess, _)| *excess < top) else {
                return Some(plain(top, top));
            };
            let beyond = second.times(Exact::of(times)).is_ok_and(|limit| top > limit);
            if beyond {
                Some(Leader { aside: units_at(top), ..plain(*second, *second) })
            } else {
                Some(Leader { next: units_at(*second), ..plain(top, top) })
            }
        }
    }
}

fn best(without: Vec<(Number, Direction, &OrgId)>) -> Option<(Number, Vec<OrgId>)> {
    let falls = without.iter().any(|(_, direction, _)| *direction == Direction::Down);
    let amounts = without.iter().map(|(actual, _, _)| *actual);
    let best = if falls { amounts.min() } else { amounts.max() }?;
    let mut units: Vec<OrgId> =
        without.iter().filter(|(actual, _, _)| *actual == best).map(|(_, _, unit)| (*unit).clone()).collect();
    units.sort();
    Some((best, units))
}

/// How a unit stands to its target.
pub(super) fn standing(source: &PlanSource, unit: &OrgId, measurement: &Measurement) -> Standing {
    let actual = match measurement.actual {
        Value::Of(actual) => actual,
        Value::Absent(Absence::NoneOccurred) => Number::whole(0),
        Value::Absent(absence) => return Standing::Nothing(Gap::Absent(absence)),
    };
    let target = match &measurement.target {
        None => return Standing::NoTarget { actual, gap: TargetGap::None },
        Some(target) if target.assigner == *unit && source.target_by == TargetBy::Superior => {
            return Standing::NoTarget { actual, gap: TargetGap::OwnOnly };
        }
        Some(target) => target,
    };
    if target.value.is_zero() {
        return match source.zero_target {
            ZeroTarget::AsNone => Standing::NoTarget { actual, gap: TargetGap::Zero },
            ZeroTarget::MetOrNot => Standing::Zero { actual, comparator: target.comparator },
            ZeroTarget::Unscored => Standing::Nothing(Gap::NoTarget(TargetGap::Zero)),
        };
    }
    match excess(actual, target.value, target.comparator) {
        Ok(excess) => Standing::Target { actual, target: target.value, comparator: target.comparator, excess },
        Err(_) => Standing::Nothing(Gap::TooLarge),
    }
}

/// How far a figure is on the good side of its target, as a share of the target's size.
fn excess(actual: Number, target: Number, comparator: Comparator) -> Result<Exact, BadNumber> {
    let apart = Exact::of(actual).minus(Exact::of(target))?;
    let share = apart.over(Exact::of(target.magnitude()))?.unwrap_or(Exact::ZERO);
    let below = || Exact::ZERO.minus(share);
    match comparator {
        Comparator::AtLeast => Ok(share),
        Comparator::AtMost => below(),
        Comparator::Exactly => {
            if share > Exact::ZERO {
                below()
            } else {
                Ok(share)
            }
        }
    }
}

/// Whether a target of zero is kept.
pub(super) fn keeps_zero(actual: Number, comparator: Comparator) -> bool {
    match comparator {
        Comparator::AtLeast => !actual.is_negative(),
        Comparator::AtMost => actual.is_negative() || actual.is_zero(),
        Comparator::Exactly => actual.is_zero(),
    }
}

/// Whether a unit is excused from a criterion, by itself or by a group above it, or by the scheme's own rule for those
/// without a target.
pub(super) fn is_excused(scheme: &Scheme, reviews: &Reviews, unit: &OrgId, place: usize) -> bool {
    excusal(scheme, reviews, unit, place).is_some()
}

/// The excuse of a unit from a criterion or from a group above it.
pub(super) fn excusal<'a>(
    scheme: &Scheme,
    reviews: &'a Reviews,
    unit: &OrgId,
    place: usize,
) -> Option<&'a crate::cluster::review::Excusal> {
    let excusals = reviews.excusals.get(unit)?;
    let mut at = Some(place);
    while let Some(here) = at.and_then(|here| scheme.criteria.get(here)) {
        if let Some(excusal) = excusals.get(&here.code) {
            return Some(excusal);
        }
        at = here.under;
    }
    None
}
