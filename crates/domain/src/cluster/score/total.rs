//! From lines to a total: groups sum what is under them, parts are capped, what was not assigned leaves the denominator, and every
//! step is kept.

use thidua_base::Number;
use thidua_base::number::BadNumber;

use super::claim::zeroes_group;
use super::grade::Graded;
use super::line::{Beside, OfUnit, ceiling, line};
use super::sheet::{Counted, Line, ScoreSheet, Step, StepKind, Total};
use super::why::Why;
use crate::cluster::exact::Exact;
use crate::cluster::scheme::{Part, Scheme};

/// The tree of a scheme, looked at once for all members.
pub(super) struct Tree {
    /// For each criterion, those directly under it.
    below: Vec<Vec<usize>>,
    /// Whether a criterion may bring more than its maximum, since a leaf under it may.
    may_exceed: Vec<bool>,
}

impl Tree {
    pub(super) fn of(scheme: &Scheme) -> Self {
        let mut below = vec![Vec::new(); scheme.criteria.len()];
        let mut may_exceed = vec![false; scheme.criteria.len()];
        for (place, criterion) in scheme.criteria.iter().enumerate().rev() {
            if criterion.rule.is_some() {
                may_exceed[place] = ceiling(criterion).is_none_or(|most| criterion.max.is_some_and(|max| most > max));
            }
            if let Some(above) = criterion.under {
                below[above].insert(0, place);
                may_exceed[above] |= may_exceed[place];
            }
        }
        Self { below, may_exceed }
    }

    /// Those at the top of a part.
    pub(super) fn tops<'a>(&'a self, scheme: &'a Scheme, part: Part) -> impl Iterator<Item = usize> + 'a {
        let tops = scheme.criteria.iter().enumerate();
        tops.filter(move |(_, one)| one.under.is_none() && one.part == part).map(|(place, _)| place)
    }
}

/// The sheet of a unit, not graded yet.
pub(super) fn sheet(of: &OfUnit<'_>, tree: &Tree) -> Result<ScoreSheet, BadNumber> {
    let scheme = of.scheme;
    let zero = Number::whole(0);
    let mut beside = Beside::default();
    let mut lines: Vec<Line> = Vec::with_capacity(scheme.criteria.len());
    for (place, criterion) in scheme.criteria.iter().enumerate() {
        lines.push(if criterion.rule.is_some() {
            line(of, place, criterion, &mut beside)?
        } else {
            let why = Why::Sum { sum: zero, zeroed_by: None };
            Line { max: criterion.max, own: None, why, marks: Vec::new(), points: zero, counted: Counted::Sum }
        });
    }
    let mut steps = Vec::new();
    let mut cuts = Vec::new();
    // Each criterion stands before those under it, so from the last to the first every sum is ready when it is asked for.
    for place in (0..lines.len()).rev() {
        if let Some(criterion) = scheme.criteria.get(place).filter(|criterion| criterion.rule.is_none()) {
            sum_group(scheme, tree, place, criterion.part, &mut lines, &mut cuts)?;
        }
    }
    for (place, leaf) in scheme.leaves() {
        steps.push(Step { kind: StepKind::Leaf(place), points: signed(leaf.part, lines[place].points) });
    }
    cuts.reverse();
    steps.extend(cuts);
    let total = total(scheme, tree, &lines, steps)?;
    Ok(ScoreSheet {
        unit: of.unit.clone(),
        lines,
        total,
        graded: Graded::default(),
        void: beside.void,
        differences: beside.differences,
    })
}

fn signed(part: Part, points: Number) -> Number {
    if part == Part::Penalty { points.negated() } else { points }
}

fn sum_group(
    scheme: &Scheme,
    tree: &Tree,
    place: usize,
    part: Part,
    lines: &mut [Line],
    cuts: &mut Vec<Step>,
) -> Result<(), BadNumber> {
    let zero = Number::whole(0);
    let below = &tree.below[place];
    let sum = Number::sum(below.iter().map(|child| lines[*child].points))?;
    let zeroed_by = below.iter().find(|child| zeroes_group(lines[**child].why_counted())).copied();
    let assigned = Number::sum(below.iter().filter_map(|child| lines[*child].max))?;
    let stated = lines[place].max;
    let excused =
        below.iter().any(|child| matches!(lines[*child].max, Some(max) if Some(max) != scheme.criteria[*child].max));
    let max = if excused { stated.map_or(Some(assigned), |stated| Some(stated.min(assigned))) } else { stated };
    let points = match max {
        _ if zeroed_by.is_some() => {
            cuts.push(Step { kind: StepKind::Zeroed(place), points: signed(part, sum).negated() });
            zero
        }
        Some(max) if sum > max && !tree.may_exceed[place] => {
            cuts.push(Step { kind: StepKind::Cut(place), points: signed(part, max.minus(sum)?) });
            max
        }
        Some(_) | None => sum,
    };
    let own = own_sum(scheme, place, below, lines)?;
    let zeroed_by = zeroed_by.and_then(|child| scheme.criteria.get(child)).map(|child| child.code.clone());
    let line = &mut lines[place];
    line.max = max;
    line.points = points;
    line.own = own;
    line.why = Why::Sum { sum, zeroed_by };
    Ok(())
}

/// The sum of the unit's own marks under a group, not above its maximum; excused ones count as they are.
fn own_sum(scheme: &Scheme, place: usize, below: &[usize], lines: &[Line]) -> Result<Option<Number>, BadNumber> {
    let own = |child: &usize| match lines[*child].counted {
        Counted::Excused => lines[*child].points,
        Counted::Level(_) | Counted::Unscored | Counted::Sum => lines[*child].own.unwrap_or(Number::whole(0)),
    };
    let zeroed = below.iter().any(|child| zeroes_group(&lines[*child].why));
    let sum = if zeroed { Number::whole(0) } else { Number::sum(below.iter().map(own))? };
    let max = scheme.criteria.get(place).and_then(|group| group.max);
    Ok(Some(max.map_or(sum, |max| sum.min(max))))
}

fn total(scheme: &Scheme, tree: &Tree, lines: &[Line], mut steps: Vec<Step>) -> Result<Total, BadNumber> {
    let scale = &scheme.scale;
    let sum = |part| Number::sum(tree.tops(scheme, part).map(|place| lines[place].points));
    let content = sum(Part::Content)?;
    let content_max = Number::sum(tree.tops(scheme, Part::Content).filter_map(|place| lines[place].max))?;
    let full = match scale.content {
        Some(full) => full,
        None => Number::sum(
            tree.tops(scheme, Part::Content).filter_map(|place| scheme.criteria.get(place).and_then(|one| one.max)),
        )?,
    };
    let whole = Number::sum(
        tree.tops(scheme, Part::Content).filter_map(|place| scheme.criteria.get(place).and_then(|one| one.max)),
    )?;
    // Only what was left out of the denominator scales; a tree that is not known whole does not.
    let scaled = if content_max < whole {
        let share = Exact::of(content).over(Exact::of(content_max))?.unwrap_or(Exact::ZERO);
        share.times(Exact::of(full.min(whole)))?.to_step(scale.step)?
    } else {
        content
    };
    if scaled != content {
        steps.push(Step { kind: StepKind::Scaled, points: scaled.minus(content)? });
    }
    let mut capped = |part: Part, most: Option<Number>| -> Result<Number, BadNumber> {
        let sum = Number::sum(tree.tops(scheme, part).map(|place| lines[place].points))?;
        match most {
            Some(most) if sum > most => {
                steps.push(Step { kind: StepKind::PartCut(part), points: signed(part, most.minus(sum)?) });
                Ok(most)
            }
            Some(_) | None => Ok(sum),
        }
    };
    let bonus = capped(Part::Bonus, scale.bonus)?;
    let penalty = capped(Part::Penalty, scale.penalty)?;
    if !scale.base.is_zero() {
        steps.push(Step { kind: StepKind::Base, points: scale.base });
    }
    let before = scale.base.plus(scaled)?.plus(bonus)?.minus(penalty)?;
    let points = scale.floor.map_or(before, |floor| before.max(floor));
    let points = scale.ceiling.map_or(points, |ceiling| points.min(ceiling));
    if points != before {
        steps.push(Step { kind: StepKind::Clamped, points: points.minus(before)? });
    }
    Ok(Total { content, content_max, scaled, bonus, penalty, points, steps })
}

impl ScoreSheet {
    /// What the steps add up to: always the total.
    ///
    /// # Errors
    /// Where it does not fit in 64 bits.
    pub fn traced(&self) -> Result<Number, BadNumber> {
        Number::sum(self.total.steps.iter().map(|step| step.points))
    }
}
