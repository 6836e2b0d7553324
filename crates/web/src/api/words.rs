//! The words of the interface for what the trade knows as variants.

use thidua_base::Percent;
use thidua_domain::collection::check::Severity;
use thidua_domain::indicator::{Comparator, Direction, Nature, Parts, Qualifier, TreeRule, ValueKind};
use thidua_domain::org::Portion;

/// The kind of a value.
pub fn kind(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Flow => "flow",
        ValueKind::Stock => "stock",
        ValueKind::Ratio => "ratio",
        ValueKind::Index => "index",
    }
}

/// How a total is made up, and of what.
pub fn rule(rule: &TreeRule) -> (&'static str, Vec<String>) {
    match rule {
        TreeRule::Own => ("own", Vec::new()),
        TreeRule::Sum => ("sum", Vec::new()),
        TreeRule::CountPositive(of) => ("count-positive", vec![of.to_string()]),
        TreeRule::Quotient(above, below) => ("quotient", vec![above.to_string(), below.to_string()]),
    }
}

/// Which way is better.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Neutral => "neutral",
    }
}

/// Whether the listed parts make up the whole.
pub fn parts(parts: Parts) -> &'static str {
    match parts {
        Parts::All => "all",
        Parts::Some => "some",
    }
}

/// How firm a value is.
pub fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Estimate => "estimate",
        Nature::Provisional => "provisional",
        Nature::Official => "official",
    }
}

/// Reads how firm a value is.
pub fn nature_read(word: &str) -> Option<Nature> {
    [Nature::Estimate, Nature::Provisional, Nature::Official].into_iter().find(|known| nature(*known) == word)
}

/// How a value is to be taken.
pub fn qualifier(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Plain => "plain",
        Qualifier::Above => "above",
        Qualifier::Nearly => "nearly",
        Qualifier::Still => "still",
    }
}

/// How a plan is to be met.
pub fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "at-least",
        Comparator::AtMost => "at-most",
        Comparator::Exactly => "exactly",
    }
}

/// Reads how a plan is to be met.
pub fn comparator_read(word: &str) -> Option<Comparator> {
    let all = [Comparator::AtLeast, Comparator::AtMost, Comparator::Exactly];
    all.into_iter().find(|known| comparator(*known) == word)
}

/// How much of a unit went along.
pub fn portion(portion: Portion) -> &'static str {
    match portion {
        Portion::Full => "full",
        Portion::Partial => "partial",
    }
}

/// How grave a finding is.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "block",
        Severity::Explain => "explain",
        Severity::Warn => "warn",
        Severity::Info => "info",
    }
}

/// A percentage as sent: none where the base allows none.
pub fn percent(percent: Percent) -> Option<String> {
    match percent {
        Percent::Of(number) => Some(number.to_string()),
        Percent::NoBase | Percent::NegativeBase => None,
    }
}
