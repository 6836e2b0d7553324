//! Running a plan over many at once: the same operations as the explanation, on columns, without a branch or an
//! allocation per person.
//!
//! A verdict is a byte: 0 not met, 1 open, 2 met. Joining by and is the lesser of two, by or the greater, denying is two
//! less it; the rule of confidence lifts 0 to 1. So whole chunks go through each operation in turn.

use crate::answer::{Question, Verdict};
use crate::gate::Applies;
use crate::plan::{Act, Plan, Root};
use crate::population::{Column, Population, YearColumns};
use crate::series::Need;
use crate::vocabulary::{Confidence, Effect, Ends};

/// How many go through an operation at a time: their bytes stay in the nearest cache.
const CHUNK: usize = 4096;

/// What came out for each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchAnswer {
    /// The outcome of each: 0 barred, 1 a person must say, 2 entitled.
    pub outcome: Vec<u8>,
    /// Leaves that are not met, eight to a plane: bit `leaf % 8` of plane `leaf / 8`.
    pub not_met: Vec<Vec<u8>>,
    /// Leaves that are open, likewise.
    pub open: Vec<Vec<u8>>,
}

impl BatchAnswer {
    /// The outcome of a person.
    pub fn outcome(&self, person: usize) -> Verdict {
        match self.outcome.get(person) {
            Some(0) => Verdict::NotMet,
            Some(2) => Verdict::Met,
            _ => Verdict::AskHuman,
        }
    }

    /// The leaves of the plan that are not met by a person.
    pub fn not_met(&self, person: usize) -> impl Iterator<Item = usize> {
        leaves(&self.not_met, person)
    }

    /// The leaves of the plan that are open for a person.
    pub fn open(&self, person: usize) -> impl Iterator<Item = usize> {
        leaves(&self.open, person)
    }

    /// How many are entitled.
    pub fn entitled(&self) -> usize {
        self.outcome.iter().map(|outcome| usize::from(*outcome == 2)).sum()
    }
}

fn leaves(planes: &[Vec<u8>], person: usize) -> impl Iterator<Item = usize> {
    planes.iter().enumerate().flat_map(move |(plane, bits)| {
        let byte = bits.get(person).copied().unwrap_or(0);
        (0..8).filter(move |bit| byte >> bit & 1 == 1).map(move |bit| plane * 8 + bit)
    })
}

/// Runs a plan over a population; `into` is used again where it is given from before.
pub fn run(plan: &Plan, population: &Population, question: &Question, into: &mut BatchAnswer) {
    let size = population.size();
    let planes = plan.leaves.len().div_ceil(8);
    into.outcome.clear();
    into.outcome.resize(size, 2);
    for set in [&mut into.not_met, &mut into.open] {
        set.resize_with(planes, Vec::new);
        for plane in set.iter_mut() {
            plane.clear();
            plane.resize(size, 0);
        }
    }
    let depth = depth(plan);
    let mut stack = vec![0_u8; depth * CHUNK];
    let mut bare = vec![0_u8; depth * CHUNK];
    let mut scratch = Scratch::new();
    let mut start = 0;
    while start < size {
        let length = CHUNK.min(size - start);
        for root in &plan.roots {
            let role = Role::of(root, question);
            if role == Role::Skipped {
                continue;
            }
            let mut height = 0;
            for op in &plan.ops[root.start..root.end] {
                match op.act {
                    Act::Leaf(leaf) => {
                        let lanes = &mut stack[height * CHUNK..height * CHUNK + length];
                        measure(&population.columns()[leaf], start, lanes, &mut scratch);
                        let bit = leaf % 8;
                        mark(&mut into.not_met[leaf / 8][start..start + length], lanes, 0, bit);
                        mark(&mut into.open[leaf / 8][start..start + length], lanes, 1, bit);
                        if role != Role::Condition {
                            bare[height * CHUNK..height * CHUNK + length].copy_from_slice(lanes);
                        }
                        height += 1;
                    }
                    Act::All(parts) => {
                        fold(&mut stack, height, parts, length, u8::min, 2);
                        if role != Role::Condition {
                            fold(&mut bare, height, parts, length, u8::min, 2);
                        }
                        height = height + 1 - parts;
                    }
                    Act::Any(parts) => {
                        fold(&mut stack, height, parts, length, u8::max, 0);
                        if role != Role::Condition {
                            fold(&mut bare, height, parts, length, u8::max, 0);
                        }
                        height = height + 1 - parts;
                    }
                    Act::Not => {
                        let top = (height - 1) * CHUNK;
                        stack[top..top + length].iter_mut().for_each(|lane| *lane = 2 - *lane);
                        bare[top..top + length].iter_mut().for_each(|lane| *lane = 2_u8.saturating_sub(*lane));
                    }
                }
                if op.refusal != Confidence::TextSeen {
                    let top = (height - 1) * CHUNK;
                    stack[top..top + length].iter_mut().for_each(|lane| *lane = (*lane).max(1));
                }
            }
            let outcome = &mut into.outcome[start..start + length];
            match role {
                Role::Condition => {
                    outcome.iter_mut().zip(&stack[..length]).for_each(|(out, lane)| *out = (*out).min(*lane));
                }
                // A gate stops only where it measures against; where it is open it is still to be done.
                Role::Gate { least } => {
                    for ((out, lane), bare) in outcome.iter_mut().zip(&stack[..length]).zip(&bare[..length]) {
                        let stops = (*lane).min(1).max(least);
                        *out = (*out).min(if *bare == 0 { stops } else { 2 });
                    }
                }
                Role::Warning | Role::Skipped => {}
            }
        }
        start += length;
    }
    if plan.unread.is_some() {
        into.outcome.fill(1);
    }
}

/// What a root does to the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Condition,
    /// The least it can lower the outcome to.
    Gate {
        least: u8,
    },
    Warning,
    Skipped,
}

impl Role {
    fn of(root: &Root, question: &Question) -> Self {
        let Some(gate) = &root.gate else { return Self::Condition };
        let applies = Applies { types: gate.types.clone(), not_types: gate.not_types.clone(), ..Applies::default() };
        match (applies.to_type(question.kind), gate.effect) {
            (Some(false), _) => Self::Skipped,
            (_, Effect::Warn) => Self::Warning,
            (Some(true), _) => Self::Gate { least: 0 },
            (None, _) => Self::Gate { least: 1 },
        }
    }
}

/// The greatest height of the stack.
fn depth(plan: &Plan) -> usize {
    let mut most = 1;
    for root in &plan.roots {
        let mut height = 0_usize;
        for op in &plan.ops[root.start..root.end] {
            height = match op.act {
                Act::Leaf(_) => height + 1,
                Act::All(parts) | Act::Any(parts) => (height + 1).saturating_sub(parts),
                Act::Not => height,
            };
            most = most.max(height);
        }
    }
    most
}

/// Room for the counts of a chunk.
struct Scratch {
    sure: Vec<u8>,
    possible: Vec<u8>,
    best: Vec<u8>,
}

impl Scratch {
    fn new() -> Self {
        Self { sure: vec![0; CHUNK], possible: vec![0; CHUNK], best: vec![0; CHUNK] }
    }
}

fn mark(plane: &mut [u8], lanes: &[u8], verdict: u8, bit: usize) {
    for (bits, lane) in plane.iter_mut().zip(lanes) {
        *bits |= u8::from(*lane == verdict) << bit;
    }
}

fn fold(stack: &mut [u8], height: usize, parts: usize, length: usize, join: fn(u8, u8) -> u8, none: u8) {
    if parts == 0 {
        stack[height * CHUNK..height * CHUNK + length].fill(none);
        return;
    }
    let first = (height - parts) * CHUNK;
    for part in 1..parts {
        let (low, high) = stack.split_at_mut(first + part * CHUNK);
        let into = &mut low[first..first + length];
        let other = &high[..length];
        into.iter_mut().zip(other).for_each(|(into, other)| *into = join(*into, *other));
    }
}

/// The verdicts of a leaf for a chunk.
fn measure(column: &Column, start: usize, lanes: &mut [u8], scratch: &mut Scratch) {
    let end = start + lanes.len();
    match column {
        Column::Measured(verdicts) => lanes.copy_from_slice(&verdicts[start..end]),
        Column::Years(years) => {
            let sure = &mut scratch.sure[..lanes.len()];
            match years.need {
                Need::Count(times) => {
                    let has_other = years.years.iter().any(|year| year.possible.is_some());
                    count(years, start, sure, Which::Sure);
                    if has_other {
                        let possible = &mut scratch.possible[..lanes.len()];
                        count(years, start, possible, Which::Possible);
                        for ((lane, sure), possible) in lanes.iter_mut().zip(sure.iter()).zip(possible.iter()) {
                            *lane = u8::from(*sure >= times) + u8::from(*possible >= times);
                        }
                    } else {
                        for (lane, sure) in lanes.iter_mut().zip(sure.iter()) {
                            *lane = u8::from(*sure >= times) << 1;
                        }
                    }
                }
                Need::Run(length, ends) => {
                    let best = &mut scratch.best[..lanes.len()];
                    run_of(years, start, length, ends, Which::Sure, sure, best);
                    let has_other = years.years.iter().any(|year| year.possible.is_some());
                    if has_other {
                        lanes.copy_from_slice(best);
                        run_of(years, start, length, ends, Which::Possible, sure, best);
                        lanes.iter_mut().zip(best.iter()).for_each(|(lane, possible)| *lane += *possible);
                    } else {
                        lanes.iter_mut().zip(best.iter()).for_each(|(lane, sure)| *lane = *sure << 1);
                    }
                }
            }
            if let Some(own) = &years.window {
                for (lane, state) in lanes.iter_mut().zip(&own.state[start..end]) {
                    let mask = u8::from(*state == 2).wrapping_neg();
                    *lane = (*lane & mask) | (*state & !mask);
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Sure,
    Possible,
}

fn cells(year: &crate::population::YearColumn, which: Which) -> &[u8] {
    match (which, &year.possible) {
        (Which::Possible, Some(possible)) => possible,
        _ => &year.sure,
    }
}

/// How many happened in the window of each.
fn count(years: &YearColumns, start: usize, into: &mut [u8], which: Which) {
    let end = start + into.len();
    into.fill(0);
    for (place, year) in (0_u8..).zip(&years.years) {
        let cells = &cells(year, which)[start..end];
        match &years.window {
            None => into.iter_mut().zip(cells).for_each(|(sum, cell)| *sum = sum.saturating_add(*cell)),
            Some(own) => {
                for ((sum, cell), begin) in into.iter_mut().zip(cells).zip(&own.begins[start..end]) {
                    let within = u8::from(place >= *begin).wrapping_neg();
                    *sum = sum.saturating_add(*cell & within);
                }
            }
        }
    }
}

/// Whether there is an unbroken run as asked for: 1 or 0 for each.
fn run_of(years: &YearColumns, start: usize, length: u8, ends: Ends, which: Which, run: &mut [u8], best: &mut [u8]) {
    let end = start + run.len();
    run.fill(0);
    best.fill(0);
    let before = usize::from(ends == Ends::YearBefore);
    let used = years.years.len().saturating_sub(before);
    // A run that must end with the last year needs no more years than its length.
    let skipped = if ends == Ends::Any { 0 } else { used.saturating_sub(usize::from(length)) };
    for (place, year) in (0_u8..).zip(&years.years[..used]).skip(skipped) {
        let cells = &cells(year, which)[start..end];
        match &years.window {
            None => {
                for (run, cell) in run.iter_mut().zip(cells) {
                    let held = u8::from(*cell > 0);
                    *run = (*run + held) & held.wrapping_neg();
                }
            }
            Some(own) => {
                for ((run, cell), begin) in run.iter_mut().zip(cells).zip(&own.begins[start..end]) {
                    let held = u8::from(*cell > 0) & u8::from(place >= *begin);
                    *run = (*run + held) & held.wrapping_neg();
                }
            }
        }
        if ends == Ends::Any {
            best.iter_mut().zip(run.iter()).for_each(|(best, run)| *best = (*best).max(*run));
        }
    }
    if ends == Ends::Any {
        best.iter_mut().for_each(|best| *best = u8::from(*best >= length));
    } else {
        best.iter_mut().zip(run.iter()).for_each(|(best, run)| *best = u8::from(*run >= length));
    }
}
