//! One measure (what happened, or what was planned): cells of the leaves, own figures of inner units, and totals.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::frame::{Frame, Place, Rule, index};
use super::mark::{Mark, joined_over};
use super::packed::Packed;
use super::tally::{Factor, QUOTIENT_DECIMALS, Tally, Totals, power_of_ten};

/// What may be made up from the units below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rolling {
    /// All that the rules of the indicators say: readings.
    AllRules,
    /// Sums only: plans. A planned rate is assigned, never derived from other plans.
    SumsOnly,
}

/// Where a cell lies: period, indicator and unit, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) period: u32,
    pub(super) indicator: u32,
    pub(super) unit: u32,
}

/// The cells and totals of one measure.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    rolling: Rolling,
    /// Decimals of each indicator: the most that any of its figures has.
    scales: Vec<u8>,
    /// A column for each period and indicator in which a leaf has a figure.
    columns: Vec<Option<Column>>,
    /// Figures of inner units themselves, which stand before what is made up from below.
    own: BTreeMap<At, (i128, Mark)>,
    /// Totals of each period in which anything has a figure.
    totals: Vec<Option<Totals>>,
}

/// The figures of the leaves for one period and indicator, in the order of the walk.
#[derive(Debug, Clone)]
struct Column {
    digits: Packed,
    marks: Vec<u8>,
}

/// What one period and indicator are made of, looked up once for all units.
struct Strip<'a> {
    column: Option<&'a Column>,
    rule: Rule,
    own: Owned,
}

/// Whether any inner unit has a figure of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owned {
    /// One at least has.
    Somewhere,
    /// None has.
    Nowhere,
}

impl Measure {
    /// A measure without figures.
    pub(super) fn empty(frame: &Frame, rolling: Rolling) -> Self {
        let scale = |rule: &Rule| match (rolling, rule) {
            (Rolling::AllRules, Rule::Quotient { .. }) => QUOTIENT_DECIMALS,
            (Rolling::AllRules | Rolling::SumsOnly, Rule::Own | Rule::Sum | Rule::CountPositive(_))
            | (Rolling::SumsOnly, Rule::Quotient { .. }) => 0,
        };
        Self {
            rolling,
            scales: frame.rules.iter().map(scale).collect(),
            columns: vec![None; frame.period_count() * frame.indicator_count()],
            own: BTreeMap::new(),
            totals: vec![None; frame.period_count()],
        }
    }

    /// Decimals of an indicator's figures.
    pub(super) fn scale(&self, indicator: u32) -> u8 {
        self.scales[index(indicator)]
    }

    /// Writes a cell and returns the mark it had; totals are left as they were.
    pub(super) fn write(&mut self, frame: &Frame, at: At, (digits, scale): (i128, u8), mark: Mark) -> Mark {
        self.raise_scale(at.indicator, scale);
        let digits = digits * power_of_ten(self.scale(at.indicator) - scale);
        match &frame.places[index(at.unit)] {
            Place::Leaf(leaf) => {
                let leaves = frame.leaf_count();
                let slot = self.slot(at.period, at.indicator);
                let column = self.columns[slot]
                    .get_or_insert_with(|| Column { digits: Packed::zeros(leaves), marks: vec![0; leaves] });
                column.digits.set(index(*leaf), digits);
                Mark(std::mem::replace(&mut column.marks[index(*leaf)], mark.0))
            }
            Place::Inner(_) => self.own.insert(at, (digits, mark)).map_or(Mark::default(), |(_, mark)| mark),
        }
    }

    /// Whether any unit has a figure for a period and an indicator.
    pub(super) fn has_any(&self, period: u32, indicator: u32) -> bool {
        self.column(period, indicator).is_some() || self.has_own(period, indicator)
    }

    /// Makes the totals of every period anew.
    pub(super) fn roll_up(&mut self, frame: &Frame) {
        for period in frame.periods() {
            let holds_any = frame.indicators().any(|indicator| self.has_any(period.0, indicator.0));
            self.totals[index(period.0)] = holds_any.then(|| self.rolled_up(frame, period.0));
        }
    }

    /// The totals of a period, from the cells.
    pub(super) fn rolled_up(&self, frame: &Frame, period: u32) -> Totals {
        let mut totals = Totals::empty(frame.inner.len(), frame.indicator_count(), frame.leaves);
        let mut column = vec![Tally::default(); frame.inner.len()];
        for indicator in &frame.order {
            let strip = self.strip(frame, period, *indicator);
            // From the bottom of the tree: a unit comes after the one above it.
            for inner in (0..column.len()).rev() {
                let at = At { period, indicator: *indicator, unit: frame.inner[inner] };
                column[inner] = self.made_up(
                    frame,
                    &strip,
                    at,
                    |child| column[index(child)],
                    |part| totals.get(inner, index(part)),
                );
            }
            totals.set_column(index(*indicator), &column);
        }
        totals
    }

    /// Makes the stored totals true again after a cell was written: those of the unit and of all above it, for
    /// the indicator and all made of it.
    pub(super) fn repair(&mut self, frame: &Frame, at: At) {
        let Some(mut totals) = self.totals[index(at.period)].take() else {
            self.totals[index(at.period)] = Some(self.rolled_up(frame, at.period));
            return;
        };
        let made = match self.rolling {
            Rolling::AllRules => frame.made_of(at.indicator),
            Rolling::SumsOnly => Vec::new(),
        };
        for indicator in std::iter::once(at.indicator).chain(made) {
            let strip = self.strip(frame, at.period, indicator);
            for unit in std::iter::successors(Some(at.unit), |unit| frame.parents[index(*unit)]) {
                let Place::Inner(inner) = &frame.places[index(unit)] else { continue };
                let total = self.made_up(
                    frame,
                    &strip,
                    At { indicator, unit, ..at },
                    |child| totals.get(index(child), index(indicator)),
                    |part| totals.get(index(inner.at), index(part)),
                );
                totals.set(index(inner.at), index(indicator), total);
            }
        }
        self.totals[index(at.period)] = Some(totals);
    }

    /// The total of a unit as stored; of a leaf, its figure.
    pub(super) fn total(&self, frame: &Frame, at: At) -> Tally {
        match (&frame.places[index(at.unit)], &self.totals[index(at.period)]) {
            (Place::Inner(inner), Some(totals)) => totals.get(index(inner.at), index(at.indicator)),
            (Place::Leaf(leaf), Some(_) | None) => self.of_leaf(frame, at, *leaf),
            (Place::Inner(_), None) => self.afresh(frame, at),
        }
    }

    /// The total of a unit from the cells, not from the stored totals.
    pub(super) fn afresh(&self, frame: &Frame, at: At) -> Tally {
        match &frame.places[index(at.unit)] {
            Place::Leaf(leaf) => self.of_leaf(frame, at, *leaf),
            Place::Inner(inner) => {
                let strip = self.strip(frame, at.period, at.indicator);
                match strip.rule {
                    Rule::Sum if strip.own == Owned::Nowhere => strip.over(&inner.leaves, Tally::default()),
                    Rule::Own | Rule::Sum | Rule::CountPositive(_) | Rule::Quotient { .. } => {
                        let below = |child| self.afresh(frame, At { unit: frame.inner[index(child)], ..at });
                        self.made_up(frame, &strip, at, below, |indicator| self.afresh(frame, At { indicator, ..at }))
                    }
                }
            }
        }
    }

    /// The totals of a period: as stored, or of a period without figures.
    pub(super) fn totals_of(&self, frame: &Frame, period: u32) -> Cow<'_, Totals> {
        match &self.totals[index(period)] {
            Some(totals) => Cow::Borrowed(totals),
            None => Cow::Owned(self.rolled_up(frame, period)),
        }
    }

    /// What cells and totals hold on the heap, in bytes.
    pub(super) fn size_bytes(&self) -> usize {
        let columns = self.columns.iter().flatten().map(|column| column.digits.size_bytes() + column.marks.len());
        let totals = self.totals.iter().flatten().map(Totals::size_bytes);
        let own = self.own.len() * size_of::<(At, (i128, Mark))>();
        columns.sum::<usize>() + totals.sum::<usize>() + own + self.columns.len() * size_of::<Option<Column>>()
    }

    /// The total of an inner unit: its own figure, else as the rule says. The one place where figures roll up;
    /// `same` gives the total of an inner unit below for the same indicator, `other` that of the unit itself for
    /// an indicator this one is made of.
    fn made_up(
        &self,
        frame: &Frame,
        strip: &Strip<'_>,
        at: At,
        same: impl Fn(u32) -> Tally,
        other: impl Fn(u32) -> Tally,
    ) -> Tally {
        if strip.own == Owned::Somewhere
            && let Some((digits, mark)) = self.own.get(&at)
        {
            return Tally::own(*digits, *mark);
        }
        let Place::Inner(inner) = &frame.places[index(at.unit)] else {
            unreachable!("only units with units below are made up from them")
        };
        match strip.rule {
            Rule::Own => Tally::missing(),
            Rule::Sum => {
                let leaves = inner.leaf_runs.iter().fold(Tally::default(), |sum, run| strip.over(run, sum));
                inner.inner_children.iter().fold(leaves, |sum, child| sum.plus(same(*child)))
            }
            // Units at the foot of the tree are counted: communes under a province, through its districts.
            Rule::CountPositive(of) => {
                let one = power_of_ten(self.scale(at.indicator));
                let leaves = inner.leaf_runs.iter().cloned().flatten();
                let counted = leaves.fold(Tally::default(), |sum, leaf| {
                    sum.plus(self.of_leaf(frame, At { indicator: of, ..at }, leaf).counted_once(one))
                });
                inner.inner_children.iter().fold(counted, |sum, child| sum.plus(same(*child)))
            }
            Rule::Quotient { up, down, factor } => self.quotient((up, other(up)), (down, other(down)), factor),
        }
    }

    fn quotient(&self, (up, a): (u32, Tally), (down, b): (u32, Tally), factor: Factor) -> Tally {
        Tally::quotient((a, self.scale(up)), (b, self.scale(down)), factor)
    }

    /// The figure of a leaf; a quotient that nobody wrote follows from its parts.
    fn of_leaf(&self, frame: &Frame, at: At, leaf: u32) -> Tally {
        let (digits, mark) = match self.column(at.period, at.indicator) {
            Some(column) => (column.digits.get(index(leaf)), Mark(column.marks[index(leaf)])),
            None => (0, Mark::default()),
        };
        if !mark.is_blank() {
            return Tally::own(digits, mark);
        }
        match self.rule(frame, at.indicator) {
            Rule::Own | Rule::Sum | Rule::CountPositive(_) => Tally::missing(),
            Rule::Quotient { up, down, factor } => {
                let part = |indicator| (indicator, self.of_leaf(frame, At { indicator, ..at }, leaf));
                self.quotient(part(up), part(down), factor)
            }
        }
    }

    fn strip(&self, frame: &Frame, period: u32, indicator: u32) -> Strip<'_> {
        let own = if self.has_own(period, indicator) { Owned::Somewhere } else { Owned::Nowhere };
        Strip { column: self.column(period, indicator), rule: self.rule(frame, indicator), own }
    }

    fn rule(&self, frame: &Frame, indicator: u32) -> Rule {
        let rule = frame.rules[index(indicator)];
        match (self.rolling, rule) {
            (Rolling::AllRules, rule) => rule,
            (Rolling::SumsOnly, Rule::Sum) => Rule::Sum,
            (Rolling::SumsOnly, Rule::Own | Rule::CountPositive(_) | Rule::Quotient { .. }) => Rule::Own,
        }
    }

    fn has_own(&self, period: u32, indicator: u32) -> bool {
        let from = At { period, indicator, unit: 0 };
        self.own.range(from..=At { unit: u32::MAX, ..from }).next().is_some()
    }

    fn raise_scale(&mut self, indicator: u32, scale: u8) {
        let held = self.scale(indicator);
        if scale <= held {
            return;
        }
        let factor = power_of_ten(scale - held);
        let width = self.scales.len();
        for column in self.columns.iter_mut().skip(index(indicator)).step_by(width).flatten() {
            column.digits.multiply(factor);
        }
        for (at, (digits, _)) in &mut self.own {
            if at.indicator == indicator {
                *digits *= factor;
            }
        }
        for totals in self.totals.iter_mut().flatten() {
            totals.multiply(index(indicator), factor);
        }
        self.scales[index(indicator)] = scale;
    }

    fn column(&self, period: u32, indicator: u32) -> Option<&Column> {
        self.columns[self.slot(period, indicator)].as_ref()
    }

    fn slot(&self, period: u32, indicator: u32) -> usize {
        index(period) * self.scales.len() + index(indicator)
    }
}

impl Strip<'_> {
    /// The sum over leaves side by side, added to a sum.
    fn over(&self, leaves: &Range<u32>, sum: Tally) -> Tally {
        let range = index(leaves.start)..index(leaves.end);
        match self.column {
            Some(column) => sum.plus_range(column.digits.sum(range.clone()), joined_over(&column.marks[range])),
            None => sum.plus(Tally { expected: leaves.end - leaves.start, ..Tally::default() }),
        }
    }
}
