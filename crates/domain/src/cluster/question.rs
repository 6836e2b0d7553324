//! Questions for a person where marks could have been made to fit: never a verdict, and never a change of a mark.

use std::collections::BTreeMap;

use thidua_base::code::{CriterionCode, OrgId};
use thidua_base::number::BadNumber;
use thidua_base::{Date, Number, Timestamp};

use super::exact::Exact;
use super::measure::source_of;
use super::review::Reviewed;
use super::scheme::{Level, Outlier, Rule, Scheme};
use super::score::{Gap, Round, ScoreSheet, TargetGap, Why, ceiling, verdict_points};
use crate::indicator::{Absence, Direction, Value};

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The unit it is about.
    pub unit: OrgId,
    /// What was seen.
    pub seen: Seen,
}

/// What was seen, with the numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Its own marks are far above the reviewed ones.
    OwnFarAbove {
        /// The sum of its own marks.
        own: Number,
        /// The sum of the marks that count, over the same criteria.
        reviewed: Number,
    },
    /// Two members gave each other nearly everything, and others less.
    Mutual {
        /// The other.
        with: OrgId,
        /// Percent of the most, given to the other.
        given: Number,
        /// Percent of the most, had from the other.
        had: Number,
    },
    /// A target no better than what was reached last year.
    LowTarget {
        /// The criterion.
        criterion: CriterionCode,
        /// The target.
        target: Number,
        /// Last year's figure.
        before: Number,
    },
    /// A target that the unit set itself where the scheme takes those of others; it did not count.
    OwnTarget {
        /// The criterion.
        criterion: CriterionCode,
    },
    /// A figure that changed much shortly before closing.
    LateJump {
        /// The criterion.
        criterion: CriterionCode,
        /// What stood there.
        from: Number,
        /// What stands there now.
        to: Number,
        /// When it changed.
        at: Timestamp,
    },
    /// An excess over the target far beyond all others, in a scheme without a rule for that.
    LoneExcess {
        /// The criterion.
        criterion: CriterionCode,
        /// Its excess, in percent.
        excess: Number,
        /// The next one's.
        next: Number,
    },
    /// A figure said to be outside the unit's scope, though nobody excused it.
    SelfExcused {
        /// The criterion.
        criterion: CriterionCode,
    },
}

/// The questions of a round that closes on a day, by unit in the order of the cluster.
///
/// # Errors
/// Where a percentage does not fit in 64 bits.
pub fn questions(
    scheme: &Scheme,
    round: &Round,
    sheets: &[ScoreSheet],
    closing: Date,
) -> Result<Vec<Question>, BadNumber> {
    let given = Given::of(scheme, round)?;
    let mut questions = Vec::new();
    for sheet in sheets {
        let mut ask = |seen| questions.push(Question { unit: sheet.unit.clone(), seen });
        if let Some(seen) = own_far_above(scheme, sheet)? {
            ask(seen);
        }
        for seen in given.mutual(scheme, &sheet.unit)? {
            ask(seen);
        }
        for (place, leaf) in scheme.leaves() {
            let Some(source) = source_of(leaf.rule.as_ref()) else { continue };
            let Some(line) = sheet.lines.get(place) else { continue };
            match &line.why {
                Why::Unscored(Gap::Absent(Absence::NotApplicable)) => {
                    ask(Seen::SelfExcused { criterion: leaf.code.clone() });
                }
                Why::AmongNoTarget { gap: TargetGap::OwnOnly, .. }
                | Why::Unscored(Gap::NoTarget(TargetGap::OwnOnly)) => {
                    ask(Seen::OwnTarget { criterion: leaf.code.clone() });
                }
                _ => {}
            }
            let Some(measured) = round.figures.get(&sheet.unit, &leaf.code) else { continue };
            if source.target_by == super::scheme::TargetBy::Registered
                || measured.target.as_ref().is_some_and(|target| target.assigner != sheet.unit)
            {
                let target = measured.target.as_ref().map(|target| target.value);
                if let (Some(target), Some(before)) = (target, measured.before.number())
                    && is_low(target, before, measured.direction, scheme.watch.low_target)?
                {
                    ask(Seen::LowTarget { criterion: leaf.code.clone(), target, before });
                }
            }
            if let (Some(changed), Value::Of(to)) = (&measured.changed, measured.actual)
                && is_late(changed.at, closing, scheme.watch.late_days)
                && is_jump(changed.from, to, scheme.watch.late_jump)?
            {
                let (from, at) = (changed.from, changed.at);
                ask(Seen::LateJump { criterion: leaf.code.clone(), from, to, at });
            }
        }
        for seen in lone_excess(scheme, sheets, sheet)? {
            ask(seen);
        }
    }
    Ok(questions)
}

fn percent_of(number: Number, percent: Number) -> Result<Exact, BadNumber> {
    Exact::of(number).times(super::exact::hundredth(percent)?)
}

fn own_far_above(scheme: &Scheme, sheet: &ScoreSheet) -> Result<Option<Seen>, BadNumber> {
    let reviewed = scheme.leaves().filter_map(|(place, leaf)| {
        let line = sheet.lines.get(place)?;
        // A mark of a person, over something the unit claimed itself.
        (!leaf.is_from_figures() && !line.marks.is_empty()).then_some((line.own?, line.points))
    });
    let (mut own, mut counted) = (Number::whole(0), Number::whole(0));
    for (mine, theirs) in reviewed {
        own = own.plus(mine)?;
        counted = counted.plus(theirs)?;
    }
    let limit = percent_of(counted, Number::whole(100).plus(scheme.watch.own_above)?)?;
    Ok((own > counted && Exact::of(own) > limit).then_some(Seen::OwnFarAbove { own, reviewed: counted }))
}

fn is_low(target: Number, before: Number, direction: Direction, limit: Number) -> Result<bool, BadNumber> {
    if before.is_zero() || before.is_negative() {
        return Ok(false);
    }
    let (target, edge) = (Exact::of(target), percent_of(before, limit)?);
    Ok(match direction {
        Direction::Up => target <= edge,
        Direction::Down => target >= edge,
        Direction::Neutral => false,
    })
}

fn is_late(at: Timestamp, closing: Date, days: i64) -> bool {
    let left = closing.days_since(at.date_in_vietnam());
    (0..=days).contains(&left)
}

fn is_jump(from: Number, to: Number, limit: Number) -> Result<bool, BadNumber> {
    let apart = Exact::of(to.minus(from)?.magnitude());
    Ok(from != to && apart >= percent_of(from.magnitude(), limit)?)
}

fn lone_excess(scheme: &Scheme, sheets: &[ScoreSheet], sheet: &ScoreSheet) -> Result<Vec<Seen>, BadNumber> {
    let mut seen = Vec::new();
    for (place, leaf) in scheme.leaves() {
        let Some(Rule::Leader(rule)) = &leaf.rule else { continue };
        if rule.outlier != Outlier::None {
            continue;
        }
        let excess = |sheet: &ScoreSheet| match sheet.lines.get(place).map(|line| &line.why) {
            Some(Why::Leader { excess, .. }) if !excess.is_negative() && !excess.is_zero() => Some(*excess),
            _ => None,
        };
        let Some(mine) = excess(sheet) else { continue };
        let others = sheets.iter().filter(|other| other.unit != sheet.unit).filter_map(excess);
        let Some(next) = others.max() else { continue };
        if Exact::of(mine) > Exact::of(next).times(Exact::of(scheme.watch.lone_excess))? {
            seen.push(Seen::LoneExcess { criterion: leaf.code.clone(), excess: mine, next });
        }
    }
    Ok(seen)
}

/// What peers gave each other: points and the most they could give, by giver and receiver.
struct Given(BTreeMap<(OrgId, OrgId), (Number, Number)>);

impl Given {
    fn of(scheme: &Scheme, round: &Round) -> Result<Self, BadNumber> {
        let mut given: BTreeMap<(OrgId, OrgId), (Number, Number)> = BTreeMap::new();
        for (to, marks) in round.reviews.marks.iter().filter(|(to, _)| round.members.contains(to)) {
            for (code, said) in marks {
                let Some(leaf) = scheme.criterion(code) else { continue };
                let Some(most) = ceiling(leaf) else { continue };
                let mut last: BTreeMap<&OrgId, &Reviewed> = BTreeMap::new();
                for reviewed in said.iter().filter(|reviewed| reviewed.level == Level::Peer) {
                    if let Some(by) = &reviewed.by_unit {
                        last.insert(by, reviewed);
                    }
                }
                for (by, reviewed) in last {
                    let Ok(points) = verdict_points(leaf, reviewed) else { continue };
                    let sum = given.entry((by.clone(), to.clone())).or_insert((Number::whole(0), Number::whole(0)));
                    *sum = (sum.0.plus(points)?, sum.1.plus(most)?);
                }
            }
        }
        Ok(Self(given))
    }

    fn rate(&self, by: &OrgId, to: &OrgId) -> Result<Option<Exact>, BadNumber> {
        match self.0.get(&(by.clone(), to.clone())) {
            Some((points, most)) => {
                let rate = Exact::of(*points).over(Exact::of(*most))?;
                rate.map(|rate| rate.times(Exact::of(Number::whole(100)))).transpose()
            }
            None => Ok(None),
        }
    }

    /// Members with whom a unit exchanged nearly everything, while it gave others less.
    fn mutual(&self, scheme: &Scheme, unit: &OrgId) -> Result<Vec<Seen>, BadNumber> {
        let limit = Exact::of(scheme.watch.mutual);
        let mut seen = Vec::new();
        for (by, to) in self.0.keys().filter(|(by, _)| by == unit) {
            let (Some(given), Some(had)) = (self.rate(by, to)?, self.rate(to, by)?) else { continue };
            if given < limit || had < limit {
                continue;
            }
            let mut less = false;
            for (_, other) in self.0.keys().filter(|(giver, other)| giver == unit && other != to) {
                less |= self.rate(unit, other)?.is_some_and(|rate| rate < limit);
            }
            if less {
                seen.push(Seen::Mutual { with: to.clone(), given: given.shown(2)?, had: had.shown(2)? });
            }
        }
        Ok(seen)
    }
}
