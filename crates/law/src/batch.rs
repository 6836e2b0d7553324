//! Running a plan over many at once: the same operations as the explanation, on bits, without a branch or an allocation
//! for anybody.
//!
//! A verdict is two bits, whether it is met and whether it may be; joining by and, by or, and denying are the operations of
//! the processor on 64 subjects at a time. The rule of confidence sets the second bit.

use crate::answer::{Question, Verdict};
use crate::plan::{Act, Plan, Root};
use crate::population::{Bits, Column, Population, YearColumn, YearColumns, words};
use crate::series::Need;
use crate::vocabulary::{Confidence, Effect, Ends};

/// How many words go through an operation at a time: they stay in the nearest cache.
const CHUNK: usize = 256;

/// What came out for each: a bit for each subject, 64 to a word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchAnswer {
    size: usize,
    /// Who is entitled.
    pub entitled: Bits,
    /// Who is not barred.
    pub possible: Bits,
    /// For each leaf of the plan, who does not meet it.
    pub not_met: Vec<Bits>,
    /// For each leaf of the plan, for whom it is open.
    pub open: Vec<Bits>,
}

impl BatchAnswer {
    /// The outcome of a subject.
    pub fn outcome(&self, person: usize) -> Verdict {
        Verdict::of(has(&self.entitled, person), has(&self.possible, person))
    }

    /// The leaves of the plan that are not met by a subject.
    pub fn not_met(&self, person: usize) -> impl Iterator<Item = usize> {
        (0..self.not_met.len()).filter(move |leaf| has(&self.not_met[*leaf], person))
    }

    /// The leaves of the plan that are open for a subject.
    pub fn open(&self, person: usize) -> impl Iterator<Item = usize> {
        (0..self.open.len()).filter(move |leaf| has(&self.open[*leaf], person))
    }

    /// How many are entitled.
    pub fn count_entitled(&self) -> usize {
        count(&self.entitled, self.size)
    }
}

/// Whether the bit of a subject is set.
pub fn has(bits: &[u64], person: usize) -> bool {
    bits.get(person / 64).is_some_and(|word| word >> (person % 64) & 1 == 1)
}

/// How many of the first bits are set.
pub fn count(bits: &[u64], size: usize) -> usize {
    let whole = size / 64;
    let rest = bits.get(whole).map_or(0, |word| (word & ((1 << (size % 64)) - 1)).count_ones());
    let ones = bits.iter().take(whole).map(|word| word.count_ones()).chain([rest]);
    ones.map(|ones| usize::try_from(ones).unwrap_or(0)).sum()
}

/// Runs a plan over a population; `into` is used again where it is given from before.
pub fn run(plan: &Plan, population: &Population, question: &Question, into: &mut BatchAnswer) {
    let length = words(population.size());
    into.size = population.size();
    for bits in [&mut into.entitled, &mut into.possible] {
        bits.clear();
        bits.resize(length, u64::MAX);
    }
    for planes in [&mut into.not_met, &mut into.open] {
        planes.resize_with(plan.leaves.len(), Vec::new);
        planes.iter_mut().for_each(|plane| plane.resize(length, 0));
    }
    let depth = depth(plan);
    // For gates the verdict on the evidence alone is kept beside.
    let mut stack = Stack::new(depth);
    let mut bare = Stack::new(depth);
    let mut sum = Sum::default();
    let mut start = 0;
    while start < length {
        let here = start..length.min(start + CHUNK);
        let width = here.len();
        for root in &plan.roots {
            let role = Role::of(root, question);
            if role == Role::Skipped {
                continue;
            }
            let is_gate = role != Role::Condition;
            for op in &plan.ops[root.start..root.end] {
                match op.act {
                    Act::Leaf(leaf) => {
                        let (met, possible) = stack.push(width);
                        measure(&population.columns()[leaf], here.start, met, possible, &mut sum);
                        let marks = into.not_met[leaf][here.clone()].iter_mut().zip(&mut into.open[leaf][here.clone()]);
                        for ((not_met, open), (met, possible)) in marks.zip(met.iter().zip(possible.iter())) {
                            *not_met = !possible;
                            *open = possible & !met;
                        }
                        if is_gate {
                            bare.copy_top(&stack, width);
                        }
                    }
                    Act::All(parts) | Act::Any(parts) => {
                        let is_all = matches!(op.act, Act::All(_));
                        stack.fold(parts, width, is_all);
                        if is_gate {
                            bare.fold(parts, width, is_all);
                        }
                    }
                    Act::Not => {
                        // What is denied is taken on the evidence: below a denial nothing was lifted.
                        stack.deny(width);
                        if is_gate {
                            bare.deny(width);
                        }
                    }
                }
                if op.refusal != Confidence::TextSeen {
                    stack.top(width).1.fill(u64::MAX);
                }
            }
            let (met, possible) = stack.top(width);
            let outcome = into.entitled[here.clone()].iter_mut().zip(&mut into.possible[here.clone()]);
            match role {
                Role::Condition => {
                    for ((entitled, may), (met, possible)) in outcome.zip(met.iter().zip(possible.iter())) {
                        *entitled &= met;
                        *may &= possible;
                    }
                }
                // A gate stops only where it measures against; where it is open it is still to be done.
                Role::Gate { least } => {
                    let against = bare.top(width).1.iter().map(|possible| !possible);
                    for ((entitled, may), (against, possible)) in outcome.zip(against.zip(possible.iter())) {
                        *entitled &= !against;
                        *may &= !against | possible | least;
                    }
                }
                Role::Warning | Role::Skipped => {}
            }
            stack.height = 0;
            bare.height = 0;
        }
        start += CHUNK;
    }
    if plan.unread.is_some() {
        into.entitled.fill(0);
        into.possible.fill(u64::MAX);
    }
}

/// What a root does to the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Condition,
    /// All ones where it can at most ask.
    Gate {
        least: u64,
    },
    Warning,
    Skipped,
}

impl Role {
    fn of(root: &Root, question: &Question) -> Self {
        let Some(gate) = &root.gate else { return Self::Condition };
        match (gate.to_type(question.kind), gate.effect) {
            (Some(false), _) => Self::Skipped,
            (_, Effect::Warn) => Self::Warning,
            (Some(true), _) => Self::Gate { least: 0 },
            (None, _) => Self::Gate { least: u64::MAX },
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

/// Verdicts of a chunk, those of the parts before what joins them.
struct Stack {
    met: Vec<u64>,
    possible: Vec<u64>,
    height: usize,
}

impl Stack {
    fn new(depth: usize) -> Self {
        Self { met: vec![0; depth * CHUNK], possible: vec![0; depth * CHUNK], height: 0 }
    }

    fn push(&mut self, width: usize) -> (&mut [u64], &mut [u64]) {
        self.height += 1;
        self.top(width)
    }

    fn top(&mut self, width: usize) -> (&mut [u64], &mut [u64]) {
        let first = (self.height - 1) * CHUNK;
        (&mut self.met[first..first + width], &mut self.possible[first..first + width])
    }

    fn copy_top(&mut self, other: &Self, width: usize) {
        let first = (other.height - 1) * CHUNK;
        let (met, possible) = self.push(width);
        met.copy_from_slice(&other.met[first..first + width]);
        possible.copy_from_slice(&other.possible[first..first + width]);
    }

    /// Joins the last parts; of none at all, all hold and none does.
    fn fold(&mut self, parts: usize, width: usize, is_all: bool) {
        if parts == 0 {
            let (met, possible) = self.push(width);
            let value = if is_all { u64::MAX } else { 0 };
            met.fill(value);
            possible.fill(value);
            return;
        }
        let first = (self.height - parts) * CHUNK;
        for bits in [&mut self.met, &mut self.possible] {
            for part in 1..parts {
                let (low, high) = bits.split_at_mut(first + part * CHUNK);
                let pairs = low[first..first + width].iter_mut().zip(&high[..width]);
                if is_all {
                    pairs.for_each(|(into, other)| *into &= other);
                } else {
                    pairs.for_each(|(into, other)| *into |= other);
                }
            }
        }
        self.height -= parts - 1;
    }

    fn deny(&mut self, width: usize) {
        let (met, possible) = self.top(width);
        for (met, possible) in met.iter_mut().zip(possible) {
            (*met, *possible) = (!*possible, !*met);
        }
    }
}

/// The verdicts of a leaf for a chunk.
fn measure(column: &Column, start: usize, met: &mut [u64], possible: &mut [u64], sum: &mut Sum) {
    let end = start + met.len();
    let years = match column {
        Column::Measured { met: measured, possible: may } => {
            met.copy_from_slice(&measured[start..end]);
            possible.copy_from_slice(&may[start..end]);
            return;
        }
        Column::Years(years) => years,
    };
    reach(years, start, met, Which::Sure, sum);
    if years.years.iter().any(|year| year.possible.is_some()) {
        reach(years, start, possible, Which::Possible, sum);
    } else {
        possible.copy_from_slice(met);
    }
    if let Some(own) = &years.window {
        let windows = own.has[start..end].iter().zip(&own.unknown[start..end]);
        for ((met, possible), (has, unknown)) in met.iter_mut().zip(possible).zip(windows) {
            *met &= has;
            *possible = (*possible & has) | unknown;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Sure,
    Possible,
}

fn rows(year: &YearColumn, which: Which) -> &[Bits] {
    match (which, &year.possible) {
        (Which::Possible, Some(possible)) => possible,
        _ => &year.sure,
    }
}

/// Who reaches what is asked of the years.
fn reach(years: &YearColumns, start: usize, into: &mut [u64], which: Which, sum: &mut Sum) {
    let all = &years.years;
    match years.need {
        Need::Count(1) => {
            into.fill(0);
            for row in all.iter().flat_map(|year| rows(year, which)) {
                into.iter_mut().zip(&row[start..]).for_each(|(into, bits)| *into |= bits);
            }
        }
        Need::Count(times) => {
            sum.clear(into.len());
            all.iter().for_each(|year| sum.add(rows(year, which), start));
            sum.at_least(times, into);
        }
        Need::Run(length, ends) => {
            let length = usize::from(length);
            let happened =
                |year: &YearColumn, word: usize| rows(year, which).iter().fold(0, |any, row| any | row[start + word]);
            let used = &all[..all.len() - usize::from(ends == Ends::YearBefore && !all.is_empty())];
            if used.len() < length {
                into.fill(0);
                return;
            }
            match ends {
                Ends::AwardYear | Ends::YearBefore => {
                    into.fill(u64::MAX);
                    for year in &used[used.len() - length..] {
                        // One place is the rule for runs; the general way is for columns of another hand.
                        if let [row] = rows(year, which) {
                            into.iter_mut().zip(&row[start..]).for_each(|(into, bits)| *into &= bits);
                        } else {
                            into.iter_mut().enumerate().for_each(|(word, into)| *into &= happened(year, word));
                        }
                    }
                }
                Ends::Any => {
                    for (word, into) in into.iter_mut().enumerate() {
                        let of = |window: &[YearColumn]| {
                            window.iter().fold(u64::MAX, |all, year| all & happened(year, word))
                        };
                        *into = used.windows(length).map(of).fold(0, |any, run| any | run);
                    }
                }
            }
        }
    }
}

/// Sums in binary of 64 subjects to a word, a row for each place.
#[derive(Default)]
struct Sum {
    rows: Vec<Bits>,
    width: usize,
}

impl Sum {
    fn clear(&mut self, width: usize) {
        self.width = width;
        self.rows.clear();
    }

    /// Adds a year's counts place by place, the carry going on to the next.
    fn add(&mut self, year: &[Bits], start: usize) {
        let mut carry = vec![0_u64; self.width];
        let mut place = 0;
        loop {
            let other = year.get(place).map(|row| &row[start..start + self.width]);
            if other.is_none() && carry.iter().all(|word| *word == 0) {
                return;
            }
            if self.rows.len() == place {
                self.rows.push(vec![0; self.width]);
            }
            for (word, (total, carry)) in self.rows[place].iter_mut().zip(&mut carry).enumerate() {
                let added = other.map_or(0, |row| row[word]);
                let (a, b, c) = (*total, added, *carry);
                *total = a ^ b ^ c;
                *carry = (a & b) | (c & (a ^ b));
            }
            place += 1;
        }
    }

    /// Whose sum is at least so many: compared from the highest place down.
    fn at_least(&self, times: u8, into: &mut [u64]) {
        let places = self.rows.len().max(8);
        for (word, into) in into.iter_mut().enumerate() {
            let (mut above, mut equal) = (0_u64, u64::MAX);
            for place in (0..places).rev() {
                let bits = self.rows.get(place).map_or(0, |row| row[word]);
                let wanted = if place < 8 && times >> place & 1 == 1 { u64::MAX } else { 0 };
                above |= equal & bits & !wanted;
                equal &= !(bits ^ wanted);
            }
            *into = above | equal;
        }
    }
}
