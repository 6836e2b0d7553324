//! The book of rules: those the program ships with, read from data.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use thidua_base::Date;
use thidua_base::code::IndicatorCode;

use super::rule::{Kind, Rule, Scope, Severity};

/// Rules, in the order they are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleBook {
    rules: Vec<Rule>,
}

/// What is wrong with a book of rules; the shipped one is tested.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rules: {0}")]
pub struct BrokenRules(pub String);

const SHIPPED: &str = include_str!("../../../data/checks.toml");

/// Largest limit; keeps every product of two figures and a limit inside 128 bits.
const PARAMETER_MAX: i64 = 100_000;

impl RuleBook {
    /// The rules that ship with the program.
    ///
    /// # Errors
    /// When the data is not of its format: a fault of a release, found by tests.
    pub fn shipped() -> Result<Self, BrokenRules> {
        Self::read(SHIPPED)
    }

    /// Reads a book.
    ///
    /// # Errors
    /// When the text is no such book, a limit is missing, unknown or out of range, two versions of a rule hold on one
    /// day, or a rule of the unit asks for an explanation, which needs a row to stand at.
    pub fn read(text: &str) -> Result<Self, BrokenRules> {
        let listed: Listed = toml::from_str(text).map_err(|e| BrokenRules(e.to_string()))?;
        let rules: Vec<Rule> = listed
            .rule
            .into_iter()
            .map(|row| {
                let code = row.code.clone();
                row.checked().map_err(|why| BrokenRules(format!("'{code}': {why}")))
            })
            .collect::<Result<_, _>>()?;
        for (place, rule) in rules.iter().enumerate() {
            let twice = rules[..place].iter().filter(|other| other.code == rule.code).any(|other| {
                let begins_before = |a: &Rule, b: &Rule| b.valid_to.is_none_or(|end| a.valid_from < end);
                begins_before(rule, other) && begins_before(other, rule)
            });
            if twice {
                return Err(BrokenRules(format!("'{}' is listed twice for one day", rule.code)));
            }
        }
        Ok(Self { rules })
    }

    /// Every rule of every time.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules of a day, usually the last of the period.
    pub fn on(&self, day: Date) -> Vec<&Rule> {
        self.rules.iter().filter(|rule| rule.on(day)).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    version: i64,
    kind: String,
    severity: String,
    #[serde(default)]
    parameters: BTreeMap<String, i64>,
    #[serde(default)]
    fields: BTreeSet<String>,
    #[serde(default)]
    indicators: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    valid_from: String,
    #[serde(default)]
    valid_to: Option<String>,
    #[serde(default)]
    legal_ref: String,
}

impl Row {
    fn checked(self) -> Result<Rule, String> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.code.is_empty() || !self.code.chars().all(plain) {
            return Err("a code has small letters, digits and hyphens".to_owned());
        }
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == self.kind);
        let kind = kind.ok_or_else(|| format!("no kind '{}'", self.kind))?;
        let severity = Severity::ALL.into_iter().find(|severity| severity.word() == self.severity);
        let severity = severity.ok_or_else(|| format!("no severity '{}'", self.severity))?;
        if kind.is_of_unit() && severity == Severity::Explain {
            return Err("nothing of a unit can be explained at a row".to_owned());
        }
        let named: BTreeSet<&str> = self.parameters.keys().map(String::as_str).collect();
        if named != kind.parameters().iter().copied().collect() {
            return Err(format!("the parameters are {:?}", kind.parameters()));
        }
        let parameters = kind.parameters().iter().map(|name| (*name, self.parameters[*name])).collect::<Vec<_>>();
        if let Some((name, _)) = parameters.iter().find(|(_, value)| !(0..=PARAMETER_MAX).contains(value)) {
            return Err(format!("'{name}' is not between 0 and {PARAMETER_MAX}"));
        }
        let day = |text: &str| Date::parse(text).map_err(|e| e.to_string());
        let codes = |texts: &[String]| -> Result<BTreeSet<IndicatorCode>, String> {
            texts.iter().map(|text| IndicatorCode::parse(text).map_err(|e| e.to_string())).collect()
        };
        Ok(Rule {
            code: self.code,
            version: self.version,
            kind,
            severity,
            parameters,
            scope: Scope { fields: self.fields, indicators: codes(&self.indicators)?, except: codes(&self.except)? },
            valid_from: day(&self.valid_from)?,
            valid_to: self.valid_to.as_deref().map(day).transpose()?,
            legal_ref: self.legal_ref,
        })
    }
}
