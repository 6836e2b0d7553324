//! One line of a sheet: the unit's own mark by the rule, the marks of the levels above, and which of them counts.

use std::collections::BTreeMap;

use thidua_base::code::{CriterionCode, EvidenceId, OrgId};
use thidua_base::number::BadNumber;
use thidua_base::{Code, Number};

use super::claim::points_of;
use super::compare::{Compared, excusal};
use super::figure::{against_leader, against_plan};
use super::sheet::{Counted, Difference, LevelMark, Line, Void};
use super::why::{Gap, Why};
use crate::cluster::evidence::Claims;
use crate::cluster::exact::{Exact, hundredth};
use crate::cluster::measure::Measurements;
use crate::cluster::review::{Excused, Reviewed, Reviews, Verdict};
use crate::cluster::scheme::{Criterion, Curve, Left, Level, Need, Peers, Rule, Scheme};
use crate::refusal::MarkFault;

/// What a unit's sheet is made of.
pub(super) struct OfUnit<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) unit: &'a OrgId,
    pub(super) figures: &'a Measurements,
    pub(super) evidence: &'a Claims,
    pub(super) reviews: &'a Reviews,
    pub(super) compared: &'a [Compared],
}

/// What a leaf adds to a sheet beside its line.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) void: Vec<Void>,
    pub(super) differences: Vec<Difference>,
}

/// The line of a leaf.
pub(super) fn line(of: &OfUnit<'_>, place: usize, leaf: &Criterion, beside: &mut Beside) -> Result<Line, BadNumber> {
    let (own, why) = own(of, place, leaf, beside)?;
    if let Some(excusal) = excusal(of.scheme, of.reviews, of.unit, place) {
        let left = match excusal.why {
            Excused::NotAssigned => of.scheme.scale.not_assigned,
            Excused::NotArisen => of.scheme.scale.not_arisen,
        };
        let why = Why::Excused { why: excusal.why, left, reason: excusal.reason.clone(), by: excusal.by.clone() };
        return Ok(excused(leaf, left, why, marks(of, leaf, own, beside)));
    }
    let marks = marks(of, leaf, own, beside);
    if let Why::Excused { left, .. } = why {
        return Ok(excused(leaf, left, why, marks));
    }
    let counted = of.scheme.marks.iter().find_map(|level| match level {
        Level::Own => own.map(|points| (Counted::Level(Level::Own), points)),
        level => marks.iter().find(|mark| mark.level == *level).map(|mark| (Counted::Level(*level), mark.points)),
    });
    let (counted, points) = counted.unwrap_or((Counted::Unscored, Number::whole(0)));
    Ok(Line { max: leaf.max, own, why, marks, points, counted })
}

/// The line of a leaf that a unit is excused from: marks of people stay beside it and do not count. A penalty or bonus
/// that does not apply brings nothing.
fn excused(leaf: &Criterion, left: Left, why: Why, marks: Vec<LevelMark>) -> Line {
    let zero = Number::whole(0);
    let is_content = leaf.part == crate::cluster::scheme::Part::Content;
    let (max, points) = match left {
        Left::Full if is_content => (leaf.max, leaf.max.unwrap_or(zero)),
        Left::Denominator => (Some(zero), zero),
        Left::Full | Left::Zero => (leaf.max, zero),
    };
    Line { max, own: None, why, marks, points, counted: Counted::Excused }
}

/// The unit's own mark: what the rule makes of its figures or of its claim.
fn own(
    of: &OfUnit<'_>,
    place: usize,
    leaf: &Criterion,
    beside: &mut Beside,
) -> Result<(Option<Number>, Why), BadNumber> {
    let measurement = || of.figures.get(of.unit, &leaf.code);
    let none = Compared::default();
    let compared = of.compared.get(place).unwrap_or(&none);
    let made = match &leaf.rule {
        Some(Rule::Plan(rule)) => against_plan(rule, leaf, of.unit, measurement(), compared),
        Some(Rule::Leader(rule)) => against_leader(rule, leaf, of.unit, measurement(), compared),
        Some(_) | None => {
            let Some(claimed) = of.evidence.claim(of.unit, &leaf.code) else {
                return Ok((unclaimed(leaf), Why::Unscored(gap_of_silence(leaf))));
            };
            match points_of(leaf, &claimed.claim) {
                Ok((points, why)) => Ok(proved(of, leaf, &claimed.files, points, why)),
                Err(fault) => {
                    beside.void.push(Void { criterion: leaf.code.clone(), level: Level::Own, why: fault });
                    return Ok((None, Why::Unscored(Gap::BadClaim)));
                }
            }
        }
    };
    Ok(match made.and_then(|(points, why)| Ok((points.map(|points| owned(leaf, points)).transpose()?, why))) {
        Ok(own) => own,
        Err(BadNumber::TooLarge | BadNumber::NotANumber(_)) => (None, Why::Unscored(Gap::TooLarge)),
    })
}

/// A penalty or a bonus that nobody has claimed has not happened.
fn unclaimed(leaf: &Criterion) -> Option<Number> {
    let happens = leaf.part != crate::cluster::scheme::Part::Content;
    happens.then_some(Number::whole(0))
}

fn gap_of_silence(leaf: &Criterion) -> Gap {
    match leaf.rule {
        Some(Rule::Manual | Rule::Unstated | Rule::Bodies { .. }) => Gap::ByHand,
        Some(_) | None => Gap::NotClaimed,
    }
}

/// No evidence, no points, where the scheme asks for it.
fn proved(of: &OfUnit<'_>, leaf: &Criterion, files: &[EvidenceId], points: Exact, why: Why) -> (Option<Exact>, Why) {
    let lacks = leaf.evidence == Need::Evidence && !files.iter().any(|file| of.evidence.stands(of.unit, file));
    if !lacks || points.is_zero() {
        return (Some(points), why);
    }
    let revoked = |file: &&EvidenceId| of.evidence.files.get(*file).is_some_and(|found| found.revoked.is_some());
    let would = owned(leaf, points).unwrap_or(Number::whole(0));
    (Some(Exact::ZERO), Why::NoEvidence { would, revoked: files.iter().filter(revoked).cloned().collect() })
}

/// Points rounded once, to the step of the criterion, and not beyond its ceiling.
pub(super) fn owned(leaf: &Criterion, points: Exact) -> Result<Number, BadNumber> {
    let points = points.max(Exact::ZERO).to_step(leaf.step)?;
    Ok(match ceiling(leaf) {
        Some(ceiling) if points > ceiling => ceiling,
        Some(_) | None => points,
    })
}

/// The most points a leaf can bring: its maximum, unless its rule says otherwise; `None` where the regulation states no cap.
pub(super) fn ceiling(leaf: &Criterion) -> Option<Number> {
    let max = leaf.max?;
    match &leaf.rule {
        Some(Rule::Plan(plan)) => match &plan.curve {
            Curve::Proportional { cap: None, .. } => None,
            Curve::Proportional { cap: Some(cap), .. } => {
                let most = hundredth(*cap).and_then(|share| Exact::of(max).times(share)?.to_step(leaf.step));
                Some(most.unwrap_or(max))
            }
            Curve::Banded(_) | Curve::Stepped { .. } => Some(max),
        },
        Some(_) | None => Some(max),
    }
}

/// The points of a level's verdict.
pub(super) fn marked(leaf: &Criterion, reviewed: &Reviewed) -> Result<(Number, Option<Why>), MarkFault> {
    let (points, why) = match &reviewed.verdict {
        Verdict::Agreed => (reviewed.over, None),
        Verdict::Points(points) => (*points, None),
        Verdict::Corrected(_) if leaf.is_from_figures() => return Err(MarkFault::FromFigures),
        Verdict::Corrected(claim) => {
            let (points, why) = points_of(leaf, claim)?;
            let found = leaf.max.unwrap_or(Number::whole(0));
            (owned(leaf, points).map_err(|_| MarkFault::OutOfRange { found, most: found })?, Some(why))
        }
    };
    let most = ceiling(leaf).unwrap_or(points);
    if points.is_negative() || points > most {
        return Err(MarkFault::OutOfRange { found: points, most });
    }
    if points != reviewed.over && reviewed.reason.trim().is_empty() {
        return Err(MarkFault::NoReason);
    }
    Ok((points, why))
}

/// The marks of the levels above the unit's own: of each the last, where it may be taken.
fn marks(of: &OfUnit<'_>, leaf: &Criterion, own: Option<Number>, beside: &mut Beside) -> Vec<LevelMark> {
    let said = of.reviews.of(of.unit, &leaf.code);
    if said.is_empty() {
        return Vec::new();
    }
    let mut marks: Vec<LevelMark> = Vec::new();
    let mut below = own.unwrap_or(Number::whole(0));
    for level in [Level::Peer, Level::Appraisal, Level::Council] {
        let of_level: Vec<&Reviewed> = said.iter().filter(|reviewed| reviewed.level == level).collect();
        let taken = match of_level.last() {
            None => continue,
            Some(_) if !of.scheme.marks.contains(&level) => Err(MarkFault::NoSuchLevel),
            Some(_) if level == Level::Peer && of.scheme.peers == Peers::Mean => mean(of, leaf, &of_level),
            Some(last) => single(of, leaf, last, of_level.len()),
        };
        match taken {
            Ok(mark) => {
                if mark.over != below {
                    beside.differences.push(difference(&leaf.code, level, mark.points, mark.over, below));
                }
                below = mark.points;
                marks.push(mark);
            }
            Err(why) => beside.void.push(Void { criterion: leaf.code.clone(), level, why }),
        }
    }
    marks
}

/// The mark of one person: the last of so many of their level.
fn single(of: &OfUnit<'_>, leaf: &Criterion, last: &Reviewed, count: usize) -> Result<LevelMark, MarkFault> {
    if last.by_unit.as_ref() == Some(of.unit) {
        return Err(MarkFault::NotYours);
    }
    let (points, why) = marked(leaf, last)?;
    Ok(LevelMark {
        level: last.level,
        points,
        why,
        over: last.over,
        reason: last.reason.clone(),
        by: last.by.clone(),
        earlier: count - 1,
    })
}

/// The mean of what each peer marked last; who has no unit is one peer by name. One that may not be taken spoils none of the
/// others.
fn mean(of: &OfUnit<'_>, leaf: &Criterion, said: &[&Reviewed]) -> Result<LevelMark, MarkFault> {
    let mut of_peer: BTreeMap<&str, &Reviewed> = BTreeMap::new();
    for reviewed in said {
        of_peer.insert(reviewed.by_unit.as_ref().map_or(reviewed.by.as_str(), Code::as_str), reviewed);
    }
    let taken: Vec<Result<LevelMark, MarkFault>> =
        of_peer.values().map(|last| single(of, leaf, last, said.len())).collect();
    let marks: Vec<&LevelMark> = taken.iter().filter_map(|mark| mark.as_ref().ok()).collect();
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
        return Err(taken.into_iter().find_map(Result::err).unwrap_or(MarkFault::NotYours));
    };
    let too_large = |_| MarkFault::OutOfRange { found: first.points, most: first.points };
    let sum = Number::sum(marks.iter().map(|mark| mark.points)).map_err(too_large)?;
    let count = Number::whole(i64::try_from(marks.len()).unwrap_or(i64::MAX));
    let mean = Exact::of(sum).over(Exact::of(count)).map_err(too_large)?.unwrap_or(Exact::ZERO);
    let points = owned(leaf, mean).map_err(too_large)?;
    let told = |text: fn(&LevelMark) -> &str| -> String {
        let texts: Vec<&str> = marks.iter().map(|mark| text(mark)).filter(|text| !text.is_empty()).collect();
        texts.join("; ")
    };
    Ok(LevelMark {
        level: Level::Peer,
        points,
        why: None,
        over: last.over,
        reason: told(|mark| &mark.reason),
        by: told(|mark| &mark.by),
        earlier: said.len() - marks.len(),
    })
}

fn difference(code: &CriterionCode, level: Level, points: Number, over: Number, now: Number) -> Difference {
    Difference { criterion: code.clone(), level, points, over, now }
}
