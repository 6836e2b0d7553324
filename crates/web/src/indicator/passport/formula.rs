//! How a figure is computed, with its numbers filled in.

use thidua_app::indicator::Formula;
use thidua_app::indicator::passport::Term;
use thidua_base::Percent;

use crate::figure::signed;
use crate::messages::Messages;

/// A computation as a line of a table.
#[derive(Debug)]
pub struct FormulaView {
    /// What is computed.
    pub label: String,
    /// The computation.
    pub formula: String,
    /// Its result.
    pub result: String,
}

/// A computation with its numbers filled in.
pub fn formula_view(say: &'static Messages, formula: &Formula) -> FormulaView {
    let percent = |percent: &Percent| match percent {
        Percent::Of(number) => number.vi_with("%"),
        Percent::NoBase => say.get("figure.no-base").to_owned(),
        Percent::NegativeBase => say.get("figure.negative-base").to_owned(),
    };
    match formula {
        Formula::Sum { units, total } => FormulaView {
            label: say.get("formula.sum").to_owned(),
            formula: say.with("formula.sum-of", &[("units", &units.to_string())]),
            result: total.vi(),
        },
        Formula::CountPositive { of, total } => FormulaView {
            label: say.get("formula.count").to_owned(),
            formula: say.with("formula.count-of", &[("of", of.as_str())]),
            result: total.vi(),
        },
        Formula::Quotient { up, down, factor, result } => {
            let side = |term: &Term| match term.value {
                Some(value) => format!("{} {}", term.name, value.vi_with(&term.measure)),
                None => format!("{} ({})", term.name, say.get("figure.not-reported")),
            };
            let times = if *factor == 1 { String::new() } else { format!("{factor} × ") };
            FormulaView {
                label: say.get("formula.quotient").to_owned(),
                formula: format!("{times}{} : {}", side(up), side(down)),
                result: result.map_or_else(|| "–".to_owned(), |result| result.vi()),
            }
        }
        Formula::PercentOfPlan { assigner, actual, plan, percent: p } => FormulaView {
            label: say.with("formula.plan", &[("assigner", assigner)]),
            formula: format!("100 × {} : {}", actual.vi(), plan.vi()),
            result: percent(p),
        },
        Formula::Growth { actual, prior, percent: p, growth } => FormulaView {
            label: say.get("formula.growth").to_owned(),
            formula: format!("100 × {} : {} = {}; − 100%", actual.vi(), prior.vi(), percent(p)),
            result: growth.map_or_else(|| "–".to_owned(), |growth| signed(growth, "%")),
        },
        Formula::Difference { actual, prior, change } => FormulaView {
            label: say.get("formula.difference").to_owned(),
            formula: format!("{} − {}", actual.vi(), prior.vi()),
            result: signed(*change, ""),
        },
        Formula::Share { reached, population, percent: p } => FormulaView {
            label: say.get("formula.share").to_owned(),
            formula: format!("100 × {reached} : {population}"),
            result: percent(p),
        },
    }
}
