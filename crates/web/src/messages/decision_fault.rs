//! Sentences of what is wrong with decisions on awards and the money for them.

use thidua_domain::refusal::DecisionFault;

use super::Messages;
use crate::decision::money;

impl Messages {
    /// The sentence of a fault.
    pub fn decision_fault(&self, fault: &DecisionFault) -> String {
        let key = format!("refusal.{}", fault.code());
        match fault {
            DecisionFault::BadYear { asked } | DecisionFault::BadAmount { asked } => {
                self.with(&key, &[("asked", asked)])
            }
            DecisionFault::NamedTwice { name } | DecisionFault::FundExists { name } => {
                self.with(&key, &[("name", name)])
            }
            DecisionFault::NumberTaken { number, on } => self.with(&key, &[("number", number), ("on", &on.in_table())]),
            DecisionFault::DayAhead { on } | DecisionFault::RevokedAlready { on } => {
                self.with(&key, &[("on", &on.in_table())])
            }
            DecisionFault::NotTheirs { authority, honour, cite } => {
                self.with(&key, &[("authority", authority), ("honour", honour), ("cite", cite)])
            }
            DecisionFault::Line { line, name, why } => {
                let why = self.subject_fault(why);
                self.with(&key, &[("line", &line.to_string()), ("name", name), ("why", &why)])
            }
            DecisionFault::WrongState { state } => {
                self.with(&key, &[("state", self.get(&format!("decision-state.{state}")))])
            }
            DecisionFault::NoSuchLine { line } => self.with(&key, &[("line", &line.to_string())]),
            DecisionFault::BeforeSigned { on, signed } => {
                self.with(&key, &[("on", &on.in_table()), ("signed", &signed.in_table())])
            }
            DecisionFault::NotDue { asked, due } => {
                self.with(&key, &[("asked", &money(*asked)), ("due", &money(*due))])
            }
            DecisionFault::NoFund { needed } => self.with(&key, &[("needed", &money(*needed))]),
            DecisionFault::FundShort { free, needed } => {
                self.with(&key, &[("free", &money(*free)), ("needed", &money(*needed))])
            }
            DecisionFault::NoTitle
            | DecisionFault::NoLines
            | DecisionFault::NoName
            | DecisionFault::NoNumber
            | DecisionFault::NoSigner => self.get(&key).to_owned(),
        }
    }
}

/// Every fault, once with each of its facts.
#[cfg(test)]
pub(super) fn every(day: thidua_base::Date) -> Vec<DecisionFault> {
    use thidua_domain::refusal::SubjectFault;
    let text = || String::from("x");
    let mut faults = vec![
        DecisionFault::NoTitle,
        DecisionFault::BadYear { asked: text() },
        DecisionFault::NoLines,
        DecisionFault::NamedTwice { name: text() },
        DecisionFault::NoName,
        DecisionFault::NoNumber,
        DecisionFault::NumberTaken { number: text(), on: day },
        DecisionFault::NoSigner,
        DecisionFault::DayAhead { on: day },
        DecisionFault::NotTheirs { authority: text(), honour: text(), cite: text() },
        DecisionFault::Line { line: 1, name: text(), why: Box::new(SubjectFault::NoDecisionNumber) },
        DecisionFault::NoSuchLine { line: 9 },
        DecisionFault::RevokedAlready { on: day },
        DecisionFault::BeforeSigned { on: day, signed: day },
        DecisionFault::NotDue { asked: 2, due: 1 },
        DecisionFault::NoFund { needed: 1 },
        DecisionFault::FundShort { free: 0, needed: 1 },
        DecisionFault::BadAmount { asked: text() },
        DecisionFault::FundExists { name: text() },
    ];
    faults.extend(thidua_domain::decision::State::ALL.map(|state| DecisionFault::WrongState { state: state.word() }));
    faults
}
