//! Answers to criteria as they stand in a cell of a table: written for people, and read back from what people write.

use std::collections::BTreeMap;

use thidua_base::Number;
use thidua_base::text::fold;

use super::evidence::Claim;
use super::scheme::{Criterion, Rule};
use crate::collection::import::Written;
use crate::refusal::{CellFault, MarkFault, Refusal};

/// Why a cell is no answer to what its criterion asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFault {
    /// The cell cannot be read at all.
    Cell(Refusal),
    /// It can, and is no answer here.
    Mark(MarkFault),
}

const YES: &str = "Có";
const NO: &str = "Không";

/// The answers that can be chosen for a criterion, as they are written; none where it asks for a number.
pub fn choices(criterion: &Criterion) -> Vec<String> {
    match &criterion.rule {
        Some(Rule::Flag) => vec![YES.to_owned(), NO.to_owned()],
        Some(Rule::Choice(options)) => options.iter().map(|one| option_text(criterion, &one.code)).collect(),
        _ => Vec::new(),
    }
}

/// An answer as it is written in a cell: what [`read_answer`] reads as the same answer.
pub fn answer_text(criterion: &Criterion, claim: &Claim) -> String {
    let list = |pairs: Vec<(String, String)>| {
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    };
    match claim {
        Claim::Yes => YES.to_owned(),
        Claim::No => NO.to_owned(),
        Claim::Option(code) => option_text(criterion, code),
        Claim::Amount(amount) | Claim::Points(amount) => short(*amount),
        Claim::Circumstance { amount, code } => format!("{}; {code}", short(*amount)),
        Claim::Share { part, whole } => format!("{}/{}", short(*part), short(*whole)),
        Claim::Awards(held) => list(held.iter().map(|(code, count)| (code.clone(), count.to_string())).collect()),
        Claim::Bodies(points) => list(points.iter().map(|(unit, points)| (unit.to_string(), short(*points))).collect()),
        Claim::Parts { set, percents } => {
            let parts = percents.iter().map(|(part, percent)| (part.clone(), short(*percent))).collect();
            format!("{set}: {}", list(parts))
        }
    }
}

/// A number without needless decimals.
fn short(number: Number) -> String {
    let found = (0..number.scale()).map(|decimals| number.rounded(decimals)).find(|short| *short == number);
    found.unwrap_or(number).vi()
}

/// The label of an option where it names one only, else its code.
fn option_text(criterion: &Criterion, code: &str) -> String {
    let Some(Rule::Choice(options)) = &criterion.rule else { return code.to_owned() };
    let Some(option) = options.iter().find(|one| one.code == code) else { return code.to_owned() };
    let folded = fold(&option.label);
    let is_one = options.iter().filter(|one| fold(&one.label) == folded).count() == 1;
    let is_a_code = options.iter().any(|one| one.code != code && fold(&one.code) == folded);
    if is_one && !is_a_code && !folded.is_empty() { option.label.clone() } else { code.to_owned() }
}

/// What a cell answers to a criterion that a unit claims; `None` where it says nothing.
///
/// # Errors
/// What is wrong with the cell, or why it is no answer to what the criterion asks.
pub fn read_answer(criterion: &Criterion, cell: &Written) -> Result<Option<Claim>, AnswerFault> {
    let bad = |why| AnswerFault::Cell(Refusal::BadCell { why });
    let text = match cell {
        Written::Empty => return Ok(None),
        Written::Number(number) => number.to_string(),
        Written::Text(text) => text.clone(),
        Written::Day(_) => return Err(bad(CellFault::Day)),
        Written::Fault(found) => return Err(bad(CellFault::Formula { found: found.clone() })),
        Written::Long(found) => return Err(bad(CellFault::NotExact { found: found.clone() })),
    };
    // A number that a person wrote has a comma, one of a cell a point.
    let is_typed = matches!(cell, Written::Text(_));
    let number = |text: &str| {
        let text = text.trim().trim_end_matches('%').trim_end();
        let read = if is_typed { Number::parse_vi(text).or_else(|_| Number::parse(text)) } else { Number::parse(text) };
        read.map_err(|_| AnswerFault::Cell(Refusal::NotANumber { asked: text.to_owned() }))
    };
    let other = || AnswerFault::Mark(MarkFault::OtherKind);
    let pairs = |text: &str| -> Result<Vec<(String, String)>, AnswerFault> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| {
                let (name, value) = part.split_once('=').ok_or_else(other)?;
                Ok((name.trim().to_owned(), value.trim().to_owned()))
            })
            .collect()
    };
    let claim = match &criterion.rule {
        None => return Err(AnswerFault::Mark(MarkFault::NoSuchLeaf)),
        Some(Rule::Plan(_) | Rule::Leader(_)) => return Err(AnswerFault::Mark(MarkFault::FromFigures)),
        Some(Rule::Bodies { .. }) => return Err(AnswerFault::Mark(MarkFault::NotYours)),
        Some(Rule::Flag) => match fold(&text).as_str() {
            "co" | "x" | "dat" | "yes" | "1" => Claim::Yes,
            "khong" | "chua" | "khong dat" | "no" | "0" => Claim::No,
            _ => return Err(other()),
        },
        Some(Rule::Choice(options)) => {
            let folded = fold(&text);
            let by_code = options.iter().find(|one| one.code == text);
            let mut by_label = options.iter().filter(|one| fold(&one.label) == folded);
            let found = by_code.or_else(|| by_label.next().filter(|_| by_label.next().is_none()));
            Claim::Option(found.ok_or_else(other)?.code.clone())
        }
        Some(Rule::Band(_)) => match text.split_once(';') {
            Some((amount, code)) => Claim::Circumstance { amount: number(amount)?, code: code.trim().to_owned() },
            None => Claim::Amount(number(&text)?),
        },
        Some(Rule::Ratio { .. }) => {
            let (part, whole) = text.split_once('/').ok_or_else(other)?;
            Claim::Share { part: number(part)?, whole: number(whole)? }
        }
        Some(Rule::Count { .. } | Rule::DeductPer { .. }) => Claim::Amount(number(&text)?),
        Some(Rule::Awards { .. }) => {
            let mut held = BTreeMap::new();
            for (code, count) in pairs(&text)? {
                let count =
                    count.parse().map_err(|_| AnswerFault::Cell(Refusal::NotANumber { asked: count.clone() }))?;
                held.insert(code, count);
            }
            Claim::Awards(held)
        }
        Some(Rule::Average { .. }) => {
            let (set, parts) = text.split_once(':').ok_or_else(other)?;
            let mut percents = BTreeMap::new();
            for (part, percent) in pairs(parts)? {
                percents.insert(part, number(&percent)?);
            }
            Claim::Parts { set: set.trim().to_owned(), percents }
        }
        Some(Rule::Manual | Rule::Unstated) => Claim::Points(number(&text)?),
    };
    Ok(Some(claim))
}
