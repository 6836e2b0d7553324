//! Many subjects as columns, ready for one plan: what the leaves look at, year by year.

use std::collections::BTreeMap;

use crate::answer::{Question, Verdict};
use crate::condition::{Leaf, Window};
use crate::measure;
use crate::plan::{Act, Plan};
use crate::record::Record;
use crate::series::{Need, Years};

/// Years before the award year that a column can name; older windows are measured when the population is made.
const YEARS_BACK: i16 = 40;

/// The columns of one leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// Its verdict, measured when the population was made: 0 not met, 1 open, 2 met.
    Measured(Vec<u8>),
    /// Years with what surely and what possibly happened in them, and the window.
    Years(YearColumns),
}

/// A leaf over years, as columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearColumns {
    /// What is asked.
    pub need: Need,
    /// The years from the first to the last, without a gap.
    pub years: Vec<YearColumn>,
    /// Where each has a window of its own.
    pub window: Option<OwnWindow>,
}

/// What happened in a year to each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearColumn {
    /// The year.
    pub year: i16,
    /// Surely.
    pub sure: Vec<u8>,
    /// Possibly, what is sure included; `None` where nothing else is possible.
    pub possible: Option<Vec<u8>>,
}

/// Windows that differ from one to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWindow {
    /// For each, the place in the years where its window begins.
    pub begins: Vec<u8>,
    /// For each, 2 where it has a window, else the verdict without one.
    pub state: Vec<u8>,
}

/// Subjects as columns for one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    size: usize,
    columns: Vec<Column>,
}

impl Population {
    /// The columns of records for a plan and a question, which says day and award year for all.
    pub fn of_records(plan: &Plan, question: &Question, records: &[Record]) -> Self {
        let alone = judgement_names(plan);
        let columns = plan.leaves.iter().enumerate().map(|(at, leaf)| {
            if let Some(years) = year_columns(leaf, question, records) {
                return Column::Years(years);
            }
            let op = plan.ops.iter().find(|op| op.act == Act::Leaf(at));
            let verdicts = records.iter().map(|record| match op {
                Some(op) => lane(measure::leaf(leaf, op, &alone[at], plan.yearly[at], record, question).verdict),
                None => lane(Verdict::AskHuman),
            });
            Column::Measured(verdicts.collect())
        });
        Self { size: records.len(), columns: columns.collect() }
    }

    /// Columns built by the caller, one for each leaf of the plan.
    ///
    /// `None` where they are not as many as the leaves, or not each as long as the population.
    pub fn of_columns(plan: &Plan, size: usize, columns: Vec<Column>) -> Option<Self> {
        let fits = |column: &Column| match column {
            Column::Measured(verdicts) => verdicts.len() == size && verdicts.iter().all(|verdict| *verdict <= 2),
            Column::Years(years) => {
                let window = years.window.as_ref();
                years.years.iter().all(|year| {
                    year.sure.len() == size && year.possible.as_ref().is_none_or(|possible| possible.len() == size)
                }) && window.is_none_or(|own| own.begins.len() == size && own.state.len() == size)
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
}

/// A verdict as a lane of a column.
pub(crate) fn lane(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotMet => 0,
        Verdict::AskHuman => 1,
        Verdict::Met => 2,
    }
}

/// For each leaf, the name of its condition where it is the only question of it.
fn judgement_names(plan: &Plan) -> Vec<String> {
    let mut names = vec!["\u{0}".to_owned(); plan.leaves.len()];
    for root in &plan.roots {
        let leaves: Vec<usize> = plan.ops[root.start..root.end]
            .iter()
            .filter_map(|op| match op.act {
                Act::Leaf(at) => Some(at),
                _ => None,
            })
            .collect();
        let mut asked = leaves.iter().filter(|at| plan.leaves[**at].is_judgement());
        if let (Some(_), None) = (asked.next(), asked.next()) {
            for at in leaves {
                names[at] = plan.root_op(root).id.to_string();
            }
        }
    }
    names
}

/// The columns of a leaf over years; `None` where its window is too long for columns.
fn year_columns(leaf: &Leaf, question: &Question, records: &[Record]) -> Option<YearColumns> {
    let test = leaf.year_test()?;
    if leaf.is_by_decision() {
        return None;
    }
    let is_own = matches!(leaf.window(), Some(Window::After { .. }));
    let windows: Vec<Years> = records.iter().map(|record| leaf.years(record, question)).collect();
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
    let all: Vec<_> = records.iter().map(|record| leaf.series(record, question)).collect::<Option<_>>()?;
    let small = |n: u16| u8::try_from(n).unwrap_or(u8::MAX);
    let years = (first..=last).map(|year| {
        let (sure, possible): (Vec<u8>, Vec<u8>) = all
            .iter()
            .map(|series| {
                let (sure, possible) = series.year(year);
                (small(sure), small(possible))
            })
            .unzip();
        YearColumn { year, possible: (possible != sure).then_some(possible), sure }
    });
    let years = years.collect();
    let window = is_own.then(|| OwnWindow {
        begins: windows
            .iter()
            .map(|window| match window {
                Years::From(begin, _) => u8::try_from(begin - first).unwrap_or(u8::MAX),
                _ => u8::MAX,
            })
            .collect(),
        state: windows
            .iter()
            .map(|window| match window {
                Years::From(..) => 2,
                Years::Unknown => 1,
                Years::NoAnchor | Years::TooShort(_) => 0,
            })
            .collect(),
    });
    Some(YearColumns { need: test.need, years, window })
}

/// How many bytes the columns take.
pub fn bytes(population: &Population) -> usize {
    let own = |window: &OwnWindow| window.begins.len() + window.state.len();
    population
        .columns
        .iter()
        .map(|column| match column {
            Column::Measured(verdicts) => verdicts.len(),
            Column::Years(years) => {
                let of_year = |year: &YearColumn| year.sure.len() + year.possible.as_ref().map_or(0, Vec::len);
                years.years.iter().map(of_year).sum::<usize>() + years.window.as_ref().map_or(0, own)
            }
        })
        .sum()
}

/// Columns by the word of the leaf, for those who build them: the leaves of a plan that look at years, in order.
pub fn year_leaves(plan: &Plan) -> BTreeMap<usize, Need> {
    let with_need = |(at, leaf): (usize, &Leaf)| leaf.year_test().map(|test| (at, test.need));
    plan.leaves.iter().enumerate().filter_map(with_need).collect()
}
