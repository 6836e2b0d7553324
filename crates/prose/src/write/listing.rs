//! Lists, breakdowns, dates and sentences: how clauses stand together.

use thidua_base::{Date, Number};

use super::clause::Clause;
use super::value::Amount;
use crate::grammar::{ELLIPSIS, OF_WHICH};

/// A stated count and the names that make it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountNamed<'a> {
    /// The count as stated.
    pub count: u32,
    /// What is counted: `xã`.
    pub measure: &'a str,
    /// The names, in the order they are printed.
    pub names: &'a [&'a str],
}

/// How a list is held together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    /// `như: a, b, c`: examples of what was said before.
    SuchAs,
    /// `a, b và c`: the whole of it, as one phrase.
    AndLast,
    /// `a, b, c`: bare.
    Plain,
}

/// A count with its names: `có 8 xã: Tiến Nông, Hợp Thắng, …`; without names, `có 8 xã`.
pub fn count_named(said: &CountNamed) -> Clause {
    let count = Amount::new(Number::whole(i64::from(said.count)), 0, said.measure).text();
    let clause = Clause::words("có ").show(&count);
    if said.names.is_empty() {
        return clause;
    }
    let names: Vec<Clause> = said.names.iter().map(|name| Clause::figure(name)).collect();
    let separator = separator_of(&names);
    clause.say(": ").join(Clause::joined(names, separator))
}

/// Row *list*: the first `shown` items, and an ellipsis only when something is left out.
///
/// Items that contain a comma are set apart by semicolons.
pub fn list(items: &[Clause], shown: usize, style: ListStyle) -> Clause {
    let some = items.get(..shown.min(items.len())).unwrap_or_default();
    if some.is_empty() {
        return Clause::default();
    }
    let whole = some.len() == items.len();
    let separator = separator_of(some);
    let body = match (style, some.split_last()) {
        // A list that goes on cannot announce its last item.
        (ListStyle::AndLast, Some((last, before))) if whole && !before.is_empty() => {
            Clause::joined(before.to_vec(), separator).say(" và ").join(last.clone())
        }
        (ListStyle::AndLast | ListStyle::SuchAs | ListStyle::Plain, _) => Clause::joined(some.to_vec(), separator),
    };
    let body = if whole { body } else { body.say(&ELLIPSIS.to_string()) };
    match style {
        ListStyle::SuchAs => body.after("như: "),
        ListStyle::AndLast | ListStyle::Plain => body,
    }
}

/// Row *parts*: `; trong đó: x; y`, to follow the whole directly; nothing without children.
///
/// The children are the whole breakdown: the checker adds them up.
pub fn parts(children: Vec<Clause>) -> Clause {
    let all = Clause::joined(children, "; ");
    if all.is_empty() { all } else { all.after(&format!("; {OF_WHICH}: ")) }
}

/// Row *parts* for a part alone: `, trong đó có 56 lao động …`, to follow the whole directly.
pub fn some_of_which(child: Clause) -> Clause {
    if child.is_empty() { child } else { child.after(&format!(", {OF_WHICH} có ")) }
}

/// The day a figure stands at, where it is not the end of the period: `đến ngày 28/6/2020`.
pub fn as_of(date: Date) -> Clause {
    Clause::words("đến ngày ").show(&date.in_text())
}

/// Clauses as one sentence: commas between, a capital at the head, a full stop at the end.
pub fn sentence(clauses: Vec<Clause>) -> Clause {
    let all = Clause::joined(clauses, ", ");
    if all.is_empty() { all } else { all.begins_sentence().say(".") }
}

/// Clauses run on after one another: semicolons between, small letters after them.
pub fn run_on(clauses: Vec<Clause>) -> Clause {
    let mut said = clauses.into_iter().filter(|clause| !clause.is_empty());
    let first = said.next().unwrap_or_default();
    said.fold(first, |all, clause| all.say("; ").join(clause.continues_sentence()))
}

/// A name in Vietnamese quotation marks: `“Ngày vì người nghèo”`.
pub fn quote(name: &str) -> String {
    format!("“{name}”")
}

/// Words as one phrase: `a, b và c`.
pub fn join_vi(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} và {last}", before.join(", ")),
    }
}

fn separator_of(items: &[Clause]) -> &'static str {
    if items.iter().any(|item| item.text().contains(", ")) { "; " } else { ", " }
}
