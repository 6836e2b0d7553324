//! Many subjects as columns of bits, ready for one plan: what the leaves look at, year by year, 64 subjects to a word.

use std::borrow::Borrow;

use crate::answer::{Question, Verdict};
use crate::condition::{Leaf, Window};
use crate::measure::{self, Tell};
use crate::plan::{Act, Plan};
use crate::record::Record;
use crate::series::{Need, Years};

/// Years before the award year that a column can name; older windows are measured when the population is made.
const YEARS_BACK: i16 = 40;

/// A bit for each subject, 64 to a word; bits past the last subject may be anything.
pub type Bits = Vec<u64>;

/// The columns of one leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// Its verdict, measured when the population was made.
    Measured {
        /// Who meets it.
        met: Bits,
        /// Who meets it or may.
        possible: Bits,
    },
    /// Years with what surely and what possibly happened in them.
    Years(YearColumns),
}

/// A leaf over years, as columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearColumns {
    /// What is asked.
    pub need: Need,
    /// The years from the first to the last, without a gap; what lies outside a subject's own window is not in them.
    pub years: Vec<YearColumn>,
    /// Where each has a window of its own: who has one, and of whom it is not known.
    pub window: Option<OwnWindow>,
}

/// What happened in a year: how often, in binary, a row of bits for each place, the ones first.
///
/// A run asks only whether something happened, so it has one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearColumn {
    /// The year.
    pub year: i16,
    /// Surely.
    pub sure: Vec<Bits>,
    /// Possibly, what is sure included; `None` where nothing else is possible.
    pub possible: Option<Vec<Bits>>,
}

/// Windows that differ from one to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWindow {
    /// Who has one.
    pub has: Bits,
    /// Of whom it is not known.
    pub unknown: Bits,
}

/// Subjects as columns for one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    size: usize,
    columns: Vec<Column>,
}

/// Bits of flags.
pub fn bits(flags: impl IntoIterator<Item = bool>) -> Bits {
    let mut words = Vec::new();
    for (at, flag) in flags.into_iter().enumerate() {
        if at % 64 == 0 {
            words.push(0);
        }
        if let Some(word) = words.last_mut() {
            *word |= u64::from(flag) << (at % 64);
        }
    }
    words
}

/// How many words hold so many subjects.
pub fn words(size: usize) -> usize {
    size.div_ceil(64)
}

impl Population {
    /// The columns of records for a plan and a question, which says day and award year for all.
    pub fn of_records<R: Borrow<Record>>(plan: &Plan, question: &Question, records: &[R]) -> Self {
        let alone = judgement_names(plan);
        let columns = plan.leaves.iter().enumerate().map(|(at, leaf)| {
            if let Some(years) = year_columns(leaf, question, records) {
                return Column::Years(years);
            }
            let op = plan.ops.iter().find(|op| op.act == Act::Leaf(at));
            let verdicts: Vec<Verdict> = records
                .iter()
                .map(|record| match op {
                    Some(op) => {
                        measure::leaf(leaf, op, alone[at], plan.yearly[at], record.borrow(), question, Tell::Verdict)
                            .verdict
                    }
                    None => Verdict::AskHuman,
                })
                .collect();
            Column::Measured {
                met: bits(verdicts.iter().map(|verdict| *verdict == Verdict::Met)),
                possible: bits(verdicts.iter().map(|verdict| *verdict != Verdict::NotMet)),
            }
        });
        Self { size: records.len(), columns: columns.collect() }
    }

    /// Columns built by the caller, one for each leaf of the plan.
    ///
    /// `None` where they are not as many as the leaves, or not each as long as the population.
    pub fn of_columns(plan: &Plan, size: usize, columns: Vec<Column>) -> Option<Self> {
        let long = |bits: &Bits| bits.len() == words(size);
        let fits = |column: &Column| match column {
            Column::Measured { met, possible } => long(met) && long(possible),
            Column::Years(years) => {
                let window = years.window.as_ref();
                let of_year = |year: &YearColumn| {
                    year.sure.iter().chain(year.possible.iter().flatten()).all(long)
                        && !year.sure.is_empty()
                        && year.possible.as_ref().is_none_or(|possible| !possible.is_empty())
                };
                years.years.iter().all(of_year)
                    && window.is_none_or(|own| long(&own.has) && long(&own.unknown))
                    && years.years.windows(2).all(|pair| pair[0].year + 1 == pair[1].year)
            }
        };
        let right = columns.len() == plan.leaves.len() && columns.iter().all(fits);
        right.then_some(Self { size, columns })
    }

    /// How many.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The columns, one for each leaf.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many bytes the columns take.
    pub fn bytes(&self) -> usize {
        let of_year = |year: &YearColumn| year.sure.len() + year.possible.as_ref().map_or(0, Vec::len);
        let rows = self.columns.iter().map(|column| match column {
            Column::Measured { .. } => 2,
            Column::Years(years) => {
                years.years.iter().map(of_year).sum::<usize>() + if years.window.is_some() { 2 } else { 0 }
            }
        });
        rows.sum::<usize>() * words(self.size) * size_of::<u64>()
    }
}

/// For each leaf, the name of its condition where it is the only question of it.
fn judgement_names(plan: &Plan) -> Vec<&str> {
    let mut names = vec![""; plan.leaves.len()];
    for root in &plan.roots {
        let alone = plan.alone(root);
        for op in &plan.ops[root.start..root.end] {
            if let Act::Leaf(at) = op.act {
                names[at] = alone;
            }
        }
    }
    names
}

/// The columns of a leaf over years; `None` where its window is too long for columns.
fn year_columns<R: Borrow<Record>>(leaf: &Leaf, question: &Question, records: &[R]) -> Option<YearColumns> {
    let test = leaf.year_test()?;
    if leaf.is_by_decision() {
        return None;
    }
    let is_own = matches!(leaf.window(), Some(Window::After { .. }));
    let windows: Vec<Years> = records.iter().map(|record| leaf.years(record.borrow(), question)).collect();
    let mut bounds: Option<(i16, i16)> = None;
    for window in &windows {
        if let Years::From(first, last) = window {
            let (low, high) = bounds.unwrap_or((*first, *last));
            bounds = Some((low.min(*first), high.max(*last)));
        }
    }
    let (first, last) = bounds.unwrap_or((question.year, question.year));
    // A run ends with the award year or the one before it; a window that goes further is measured instead.
    if last - first > YEARS_BACK || last != question.year {
        return None;
    }
    if !is_own && windows.iter().any(|window| *window != Years::From(first, last)) {
        return None;
    }
    let all: Vec<_> = records.iter().map(|record| leaf.series(record.borrow(), question)).collect::<Option<_>>()?;
    let is_run = matches!(test.need, Need::Run(..));
    let years = (first..=last).map(|year| {
        let within = |at: usize| matches!(windows[at], Years::From(begin, _) if begin <= year);
        let counts = all.iter().enumerate().map(|(at, series)| match (within(at), is_run) {
            (false, _) => (0, 0),
            (true, false) => series.year(year),
            (true, true) => {
                let (sure, possible) = series.year(year);
                (sure.min(1), possible.min(1))
            }
        });
        let (sure, possible): (Vec<u16>, Vec<u16>) = counts.unzip();
        let possible = (possible != sure).then(|| places(&possible));
        YearColumn { year, sure: places(&sure), possible }
    });
    let years = years.collect();
    let window = is_own.then(|| OwnWindow {
        has: bits(windows.iter().map(|window| matches!(window, Years::From(..)))),
        unknown: bits(windows.iter().map(|window| *window == Years::Unknown)),
    });
    Some(YearColumns { need: test.need, years, window })
}

/// Counts in binary, a row of bits for each place.
fn places(counts: &[u16]) -> Vec<Bits> {
    let most = counts.iter().copied().max().unwrap_or(0);
    let rows = (u16::BITS - most.leading_zeros()).max(1);
    (0..rows).map(|place| bits(counts.iter().map(|count| count >> place & 1 == 1))).collect()
}
