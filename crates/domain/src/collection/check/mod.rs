//! Checks (kiểm tra): a closed set of kinds of rule, run over the plain facts of a sheet, and the explanations they ask for.
//!
//! Rules are data (`data/checks.toml`); the same kinds run in the browser (`checks.js`) over the same vectors
//! (`vectors/checks.json`). All arithmetic is exact: numbers are whole millionths.

mod across;
mod book;
mod explanation;
mod facts;
mod micro;
mod row;
mod rule;

use thidua_base::Number;
use thidua_base::code::IndicatorCode;

pub use book::{BrokenRules, RuleBook};
pub use explanation::{explains, unanswered};
pub use facts::{HISTORY_MAX, RowFacts, SheetFacts, UnitState, bare_facts, facts_of};
pub use rule::{Kind, Rule, Scope, Severity};

use micro::Looked;

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// Code of the rule.
    pub rule: String,
    /// Its version.
    pub version: i64,
    /// What the rule looks for; names the sentence, `check.<word>`.
    pub kind: Kind,
    /// What has to happen.
    pub severity: Severity,
    /// The rows it speaks of, the first being the one it is shown at; none where it speaks of the whole sheet.
    pub rows: Vec<IndicatorCode>,
    /// The numbers it was found over, by name, in the order of the kind.
    pub numbers: Vec<(&'static str, Number)>,
}

impl CheckResult {
    /// The row it is shown at and explained at.
    pub fn row(&self) -> Option<&IndicatorCode> {
        self.rows.first()
    }

    /// A number it was found over.
    pub fn number(&self, name: &str) -> Option<Number> {
        self.numbers.iter().find(|(found, _)| *found == name).map(|(_, number)| *number)
    }

    /// The numbers it was found over, as canonical text without needless decimals.
    pub fn told(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.numbers.iter().map(|(name, number)| (*name, micro::plain(*number)))
    }

    /// The numbers as one text, the same whatever their written decimals: an explanation is kept with it, and is open
    /// again once it differs.
    pub fn fingerprint(&self) -> String {
        self.told().map(|(name, number)| format!("{name}={number}")).collect::<Vec<_>>().join(" ")
    }
}

/// Runs the rules over a sheet: the gravest first, then by the row they are shown at, then by rule.
///
/// Where a figure is told to have slipped by a power of ten, its distance from other figures is not told again.
pub fn check(facts: &SheetFacts, rules: &[&Rule]) -> Vec<CheckResult> {
    let looked = Looked::of(facts);
    let mut found: Vec<Found> = Vec::new();
    for rule in rules {
        let before = found.len();
        row::run(&looked, rule, &mut found);
        across::run(&looked, rule, &mut found);
        debug_assert!(found[before..].iter().all(|one| one.rule.code == rule.code), "a rule finds under its own name");
    }
    let slipped: Vec<usize> =
        found.iter().filter(|one| one.rule.kind == Kind::Slip).filter_map(|one| one.rows.first().copied()).collect();
    found.retain(|one| {
        let told = matches!(one.rule.kind, Kind::OwnHistory | Kind::Peers | Kind::PeersPer);
        !(told && one.rows.first().is_some_and(|row| slipped.contains(row)))
    });
    // What speaks of the whole sheet stands before its rows.
    found.sort_by(|a, b| {
        let key = |one: &Found<'_>| (one.rule.severity, one.rows.first().map_or(0, |row| row + 1));
        key(a).cmp(&key(b)).then_with(|| a.rule.code.cmp(&b.rule.code)).then_with(|| a.rows.cmp(&b.rows))
    });
    found.into_iter().map(|one| one.told(facts)).collect()
}

/// A result before the rows have their names.
struct Found<'a> {
    rule: &'a Rule,
    /// Places of the rows in the sheet.
    rows: Vec<usize>,
    numbers: Vec<(&'static str, Number)>,
}

impl Found<'_> {
    fn told(self, facts: &SheetFacts) -> CheckResult {
        CheckResult {
            rule: self.rule.code.clone(),
            version: self.rule.version,
            kind: self.rule.kind,
            severity: self.rule.severity,
            rows: self.rows.into_iter().map(|row| facts.rows[row].indicator.clone()).collect(),
            numbers: self.numbers,
        }
    }
}

#[cfg(test)]
mod tests;
