//! Holding the book against itself: completeness, spans, cases, and a sweep of the days around every change.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::HonourCode;

use crate::answer::Verdict;
use crate::book::Book;
use crate::case::{Case, Failure};
use crate::case_table::TableCase;
use crate::fault::Fault;
use crate::honour::Honour;
use crate::table::Source;

/// How many days on each side of a change are swept.
pub const SWEEP_DAYS: i64 = 40;

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// How many honours, versions, conditions and cases were looked at.
    pub counts: Counts,
    /// Faults of case files.
    pub faults: Vec<Fault>,
    /// Cases that came out otherwise than wanted.
    pub failures: Vec<Failure>,
    /// Everything else, in words.
    pub complaints: Vec<String>,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Honours.
    pub honours: usize,
    /// Versions.
    pub versions: usize,
    /// Conditions.
    pub conditions: usize,
    /// Gates.
    pub gates: usize,
    /// Cases.
    pub cases: usize,
    /// Days swept.
    pub days: usize,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty() && self.failures.is_empty() && self.complaints.is_empty()
    }
}

/// All cases of files.
#[derive(Debug, Clone, Default)]
pub struct Cases {
    /// Cases of persons, collectives, households.
    pub cases: Vec<Case>,
    /// Cases on tables.
    pub tables: Vec<TableCase>,
}

impl Cases {
    /// Reads case files.
    ///
    /// # Errors
    /// With the fault of each file that is not of its format.
    pub fn read<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Result<Self, Vec<Fault>> {
        let mut all = Self::default();
        let mut faults = Vec::new();
        for (file, text) in files {
            let source = Source { file, text };
            match (Case::read(source), TableCase::read(source)) {
                (Ok(cases), Ok(tables)) => {
                    all.cases.extend(cases);
                    all.tables.extend(tables);
                }
                (Err(fault), _) | (_, Err(fault)) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(faults) }
    }

    /// The cases that ship with the program.
    ///
    /// # Errors
    /// As [`Cases::read`].
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Self::read(crate::data::CASES.iter().copied())
    }

    /// Runs all; what came out otherwise than wanted.
    pub fn run(&self, book: &Book) -> Vec<Failure> {
        let cases = self.cases.iter().flat_map(|case| case.run(book));
        cases.chain(self.tables.iter().flat_map(|case| case.run(book))).collect()
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.cases.len() + self.tables.len()
    }
}

/// Checks a book with the cases of files.
pub fn check<'f>(book: &Book, files: impl Iterator<Item = (&'f str, &'f str)>) -> Report {
    let mut report = Report::default();
    let honours: Vec<&Honour> = book.honours().collect();
    report.counts.honours = honours.len();
    report.counts.versions = honours.iter().map(|honour| honour.versions.len()).sum();
    let conditions = honours.iter().flat_map(|honour| &honour.versions).map(|version| version.conditions.len());
    report.counts.conditions = conditions.sum();
    report.counts.gates = book.rules().gates.len();
    report.complaints.extend(catalogues(book));
    match Cases::read(files) {
        Ok(cases) => {
            report.counts.cases = cases.count();
            report.failures = cases.run(book);
            report.complaints.extend(coverage(book, &cases));
        }
        Err(faults) => report.faults = faults,
    }
    let (days, complaints) = sweep(book);
    report.counts.days = days;
    report.complaints.extend(complaints);
    report
}

/// Every honour of a catalogue has a version that day, and none is counted twice.
fn catalogues(book: &Book) -> Vec<String> {
    let mut complaints = Vec::new();
    for catalogue in &book.rules().catalogues {
        let mut seen = BTreeSet::new();
        for code in &catalogue.honours {
            if !seen.insert(code) {
                complaints.push(format!("catalogue {} {}: '{code}' stands twice", catalogue.law, catalogue.day));
            }
            let holds = book.honour(code).is_some_and(|honour| honour.version(catalogue.day).is_some());
            if !holds {
                complaints.push(format!("catalogue {} {}: '{code}' has no version", catalogue.law, catalogue.day));
            }
        }
    }
    complaints
}

/// Each day around each change: one version or none, of one span; a plan for each subject where there is a version.
fn sweep(book: &Book) -> (usize, Vec<String>) {
    let mut complaints = Vec::new();
    let mut swept = 0;
    for honour in book.honours() {
        for day in days_around(honour) {
            swept += 1;
            let holding = honour.versions.iter().filter(|version| version.span.has(day)).count();
            if holding > 1 {
                complaints.push(format!("{} on {day}: {holding} versions hold", honour.code));
            }
            let Some(version) = honour.version(day) else { continue };
            for subject in version.subjects_of(honour) {
                let plans = book.plans_of(&honour.code, *subject).iter().filter(|plan| plan.span.has(day)).count();
                if plans != 1 {
                    complaints
                        .push(format!("{} on {day}: {plans} compiled forms for one kind of subject", honour.code));
                }
            }
        }
    }
    (swept, complaints)
}

fn days_around(honour: &Honour) -> BTreeSet<Date> {
    let bounds = honour.versions.iter().flat_map(|version| [Some(version.span.from), version.span.to]).flatten();
    bounds.flat_map(|bound| (-SWEEP_DAYS..=SWEEP_DAYS).filter_map(move |days| bound.plus_days(days))).collect()
}

/// Every version of every honour has a case on its first day and on the day before, and one that passes and one that
/// fails for each condition.
fn coverage(book: &Book, cases: &Cases) -> Vec<String> {
    let mut days: BTreeMap<&HonourCode, BTreeSet<Date>> = BTreeMap::new();
    let mut tried: BTreeSet<(&HonourCode, Date, &str, Verdict)> = BTreeSet::new();
    for case in &cases.cases {
        days.entry(&case.question.honour).or_default().insert(case.question.on);
        let honour = book.honour(&case.question.honour);
        let Some(version) = honour.and_then(|honour| honour.version(case.question.on)) else { continue };
        for (path, verdict) in &case.want.measured {
            let id = path.split('/').next().unwrap_or_default();
            // A condition passes as a whole; a part that fails tries it as well.
            if id == path || *verdict != Verdict::Met {
                tried.insert((&case.question.honour, version.span.from, id, *verdict));
            }
        }
    }
    let mut complaints = Vec::new();
    for honour in book.honours() {
        for version in &honour.versions {
            let first = version.span.from;
            let has = |day: Date| days.get(&honour.code).is_some_and(|days| days.contains(&day));
            if !has(first) {
                complaints.push(format!("{}: no case on {first}, the first day of a version", honour.code));
            }
            if !has(first.day_before()) {
                complaints.push(format!(
                    "{}: no case on {}, the day before a version",
                    honour.code,
                    first.day_before()
                ));
            }
        }
    }
    complaints
}
