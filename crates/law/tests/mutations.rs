//! No number, comparison or word of the data can change without a kept case failing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod mutant;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use thidua_base::code::HonourCode;
use thidua_law::Book;
use thidua_law::case::Case;
use thidua_law::case_table::{Ask, TABLES, TableCase};
use thidua_law::check::Cases;
use thidua_law::condition::Node;

use mutant::node_mutants;
use mutant::table::procedure_mutants;

static BOOK: LazyLock<&'static Book> = LazyLock::new(|| Book::shipped().unwrap());
static CASES: LazyLock<Cases> = LazyLock::new(|| Cases::shipped().unwrap());

/// The cases of each honour, by honour.
fn by_honour() -> BTreeMap<HonourCode, Vec<&'static Case>> {
    let mut all: BTreeMap<HonourCode, Vec<&Case>> = BTreeMap::new();
    for case in &CASES.cases {
        all.entry(case.question.honour.clone()).or_default().push(case);
    }
    all
}

/// Whether a case fails, the likeliest first: those that name what was changed.
fn is_found(book: &Book, cases: &[&Case], path: &str) -> bool {
    let names = |case: &&&Case| case.want.measured.keys().any(|key| key == path);
    let near = |case: &&&Case| !names(case);
    cases.iter().filter(names).chain(cases.iter().filter(near)).any(|case| !case.run(book).is_empty())
}

fn survivors_of(half: usize) -> (usize, Vec<String>) {
    let cases = by_honour();
    let mut book = BOOK.clone();
    let mut tried = 0;
    let mut survivors = Vec::new();
    for honour in BOOK.honours().enumerate().filter(|(at, _)| at % 2 == half).map(|(_, honour)| honour) {
        let Some(own) = cases.get(&honour.code) else { continue };
        for (at, version) in honour.versions.iter().enumerate() {
            // Conditions written anew; those that are like another's change with it.
            if version.like.is_none() {
                let next = version.span.to;
                let here: Vec<&Case> = own
                    .iter()
                    .copied()
                    .filter(|case| case.question.on >= version.span.from && next.is_none_or(|to| case.question.on < to))
                    .collect();
                for (number, condition) in version.conditions.iter().enumerate() {
                    let path = condition.node.id.clone().unwrap();
                    for (what, way, node) in node_mutants(BOOK.rules(), &condition.node, &path) {
                        tried += 1;
                        let set = |book: &mut Book, node: &Node| {
                            book.change_rules(|rules| {
                                let honour = rules.honours.get_mut(&honour.code).unwrap();
                                honour.versions[at].conditions[number].node = node.clone();
                            });
                        };
                        set(&mut book, &node);
                        if !is_found(&book, &here, &way) {
                            survivors.push(format!("{} from {}: {way}: {what}", honour.code, version.span.from));
                        }
                        set(&mut book, &condition.node);
                    }
                }
            }
            for (days, edge) in [(1_i64, "from"), (-1, "from")] {
                tried += 1;
                let moved = version.span.from.plus_days(days).unwrap();
                book.change_rules(|rules| {
                    let honour = rules.honours.get_mut(&honour.code).unwrap();
                    honour.versions[at].span.from = moved;
                    if at > 0 {
                        honour.versions[at - 1].span.to = Some(moved);
                    }
                });
                if !own.iter().any(|case| !case.run(&book).is_empty()) {
                    survivors.push(format!("{}: {edge} {} moved by {days}", honour.code, version.span.from));
                }
                let original = honour.clone();
                book.change_rules(|rules| *rules.honours.get_mut(&honour.code).unwrap() = original);
            }
        }
    }
    (tried, survivors)
}

fn no_survivor(half: usize) {
    let (tried, survivors) = survivors_of(half);
    assert!(survivors.is_empty(), "{} of {tried} changes were not found:\n{}", survivors.len(), survivors.join("\n"));
    assert!(tried > 1000, "{tried}");
}

#[test]
fn every_change_of_a_condition_fails_a_case_first_half() {
    no_survivor(0);
}

#[test]
fn every_change_of_a_condition_fails_a_case_second_half() {
    no_survivor(1);
}

/// Gates, by the cases of the gates.
#[test]
fn every_change_of_a_gate_fails_a_case() {
    let mut book = BOOK.clone();
    let own: Vec<&Case> = CASES.cases.iter().filter(|case| case.file.ends_with("dieu-kien-chung.toml")).collect();
    let (mut tried, mut survivors) = (0, Vec::new());
    for (at, gate) in BOOK.rules().gates.iter().enumerate() {
        let path = format!("dieu-kien-chung/{}", gate.id);
        for (what, way, node) in node_mutants(BOOK.rules(), &gate.node, &path) {
            tried += 1;
            book.change_rules(|rules| rules.gates[at].node = node);
            if !is_found(&book, &own, &way) {
                survivors.push(format!("{way}: {what}"));
            }
            book.change_rules(|rules| rules.gates[at].node = gate.node.clone());
        }
    }
    assert!(survivors.is_empty(), "{} of {tried} changes were not found:\n{}", survivors.len(), survivors.join("\n"));
    assert!(tried > 20);
}

/// The dated tables: deciders, papers, votes, deadlines, times, bonuses, quotas.
#[test]
fn every_change_of_a_table_fails_a_case() {
    let mut book = BOOK.clone();
    let mut own: BTreeMap<(&HonourCode, &str), Vec<&TableCase>> = BTreeMap::new();
    for case in &CASES.tables {
        if let Ask::Rows(table) = &case.ask {
            own.entry((&case.honour, table)).or_default().push(case);
        }
    }
    let (mut tried, mut survivors) = (0, Vec::new());
    for honour in BOOK.honours() {
        for table in TABLES {
            for (what, procedure) in procedure_mutants(&honour.procedure, table) {
                tried += 1;
                book.change_rules(|rules| rules.honours.get_mut(&honour.code).unwrap().procedure = procedure);
                let cases = own.get(&(&honour.code, table)).map_or(&[] as &[&TableCase], Vec::as_slice);
                if !cases.iter().any(|case| !case.run(&book).is_empty()) {
                    survivors.push(format!("{} {table}: {what}", honour.code));
                }
            }
        }
        book.change_rules(|rules| *rules.honours.get_mut(&honour.code).unwrap() = honour.clone());
    }
    assert!(survivors.is_empty(), "{} of {tried} changes were not found:\n{}", survivors.len(), survivors.join("\n"));
    assert!(tried > 500, "{tried}");
}

/// Base salaries and the days of transition clauses.
#[test]
fn every_change_of_a_salary_or_a_transition_fails_a_case() {
    let mut book = BOOK.clone();
    let fails = |book: &Book| {
        CASES.tables.iter().any(|case| matches!(case.ask, Ask::Bonus(_)) && !case.run(book).is_empty())
            || CASES
                .cases
                .iter()
                .filter(|case| case.file.ends_with("chuyen-tiep.toml") || case.file.contains("worked"))
                .any(|case| !case.run(book).is_empty())
    };
    let mut survivors = Vec::new();
    for (at, salary) in BOOK.rules().salaries.iter().enumerate() {
        // Bonuses are known from the first decree of the book on; salaries before it are read by nothing yet.
        if salary.span.to.is_some_and(|to| to.year() < 2018) {
            continue;
        }
        book.change_rules(|rules| rules.salaries[at].what.vnd += 10_000);
        if !fails(&book) {
            survivors.push(format!("base salary of {}", salary.span.from));
        }
        book.change_rules(|rules| rules.salaries[at].what.vnd -= 10_000);
    }
    for (at, clause) in BOOK.rules().transitions.iter().enumerate() {
        use thidua_law::vocabulary::{TransitionLaw, TransitionWhen};
        let chooses = matches!(clause.when, TransitionWhen::ReceivedBefore | TransitionWhen::ProposedBefore)
            && matches!(clause.law, TransitionLaw::Old | TransitionLaw::OldOrBetterNew);
        if !chooses {
            continue;
        }
        for days in [-1, 1] {
            book.change_rules(|rules| {
                rules.transitions[at].boundary = clause.boundary.plus_days(days).unwrap();
            });
            if !fails(&book) {
                survivors.push(format!("{} moved by {days}", clause.id));
            }
        }
        book.change_rules(|rules| rules.transitions[at] = clause.clone());
    }
    assert!(survivors.is_empty(), "not found:\n{}", survivors.join("\n"));
}
