//! Sentences of what is wrong with what is told of persons, collectives and households.

use thidua_domain::refusal::SubjectFault;
use thidua_domain::subject::Term;
use thidua_domain::subject::fact::Grade;
use thidua_law::vocabulary::Word;

use super::{Lang, Messages};

impl Messages {
    /// The sentence of a fault.
    pub fn subject_fault(&self, fault: &SubjectFault) -> String {
        let key = format!("refusal.{}", fault.code());
        let field = |name: &str| self.get(&format!("fact-field.{name}")).to_owned();
        match fault {
            SubjectFault::BadName { most } => self.with(&key, &[("most", &most.to_string())]),
            SubjectFault::BadBirth { asked }
            | SubjectFault::BadYear { asked }
            | SubjectFault::UnknownHonour { asked }
            | SubjectFault::BadPoints { asked }
            | SubjectFault::BadGroups { asked }
            | SubjectFault::UnknownAuthority { asked, .. } => self.with(&key, &[("asked", asked)]),
            SubjectFault::BadCccd { why } => self.get(&format!("{key}-{}", why.word())).to_owned(),
            SubjectFault::UnknownWord { field: name, asked, .. } => {
                self.with(&key, &[("field", &field(name)), ("asked", asked)])
            }
            SubjectFault::MissingField { field: name } => self.with(&key, &[("field", &field(name))]),
            SubjectFault::BeforeBirth { on, born } => self.with(&key, &[("on", &on.in_table()), ("born", born)]),
            SubjectFault::BeforeFounding { on, founded } => {
                self.with(&key, &[("on", &on.in_table()), ("founded", founded)])
            }
            SubjectFault::YearOutsidePeriod { year, from, to } => {
                let (from, to) = (from.in_table(), to.in_table());
                self.with(&key, &[("year", &year.to_string()), ("from", &from), ("to", &to)])
            }
            SubjectFault::YearAfterDecision { year, on } => {
                self.with(&key, &[("year", &year.to_string()), ("on", &on.in_table())])
            }
            SubjectFault::DuplicateAward { honour, year, number, on } => {
                let (year, on) = (year.to_string(), on.in_table());
                self.with(&key, &[("honour", honour), ("year", &year), ("number", number), ("on", &on)])
            }
            SubjectFault::ContradictoryRating { year, held } => {
                let grade = Grade::of_word(held);
                let held = grade.map_or(*held, |grade| match self.lang() {
                    Lang::Vi => grade.vi(),
                    Lang::En => grade.en(),
                });
                self.with(&key, &[("year", &year.to_string()), ("held", held)])
            }
            SubjectFault::ContradictoryScore { year, held } => {
                self.with(&key, &[("year", &year.to_string()), ("held", &held.vi())])
            }
            SubjectFault::BackwardSpan { from, to } => {
                self.with(&key, &[("from", &from.in_table()), ("to", &to.in_table())])
            }
            SubjectFault::DayAhead { on } => self.with(&key, &[("on", &on.in_table())]),
            SubjectFault::CccdHeld { name } => self.with(&key, &[("name", name)]),
            SubjectFault::NoDecisionNumber
            | SubjectFault::FactHeldAlready
            | SubjectFault::SameSubject
            | SubjectFault::MergedAlready
            | SubjectFault::DifferentKinds
            | SubjectFault::DifferentCccd => self.get(&key).to_owned(),
        }
    }
}

/// Every fault, once with each of its facts.
#[cfg(test)]
pub(super) fn every(day: thidua_base::Date) -> Vec<SubjectFault> {
    use thidua_domain::refusal::CccdFault;
    use thidua_domain::subject::FactKind;
    use thidua_domain::subject::read::{IDENTITY_FIELDS, fields_of};
    let text = || String::from("x");
    let mut faults = vec![
        SubjectFault::BadName { most: 200 },
        SubjectFault::BadBirth { asked: text() },
        SubjectFault::BadYear { asked: text() },
        SubjectFault::UnknownHonour { asked: text() },
        SubjectFault::UnknownAuthority { asked: text(), known: vec![text()] },
        SubjectFault::NoDecisionNumber,
        SubjectFault::BeforeBirth { on: day, born: text() },
        SubjectFault::BeforeFounding { on: day, founded: text() },
        SubjectFault::YearOutsidePeriod { year: 2019, from: day, to: day },
        SubjectFault::YearAfterDecision { year: 2019, on: day },
        SubjectFault::DuplicateAward { honour: text(), year: 2019, number: text(), on: day },
        SubjectFault::ContradictoryRating { year: 2019, held: "hoan-thanh-tot" },
        SubjectFault::ContradictoryScore { year: 2019, held: thidua_base::Number::whole(85) },
        SubjectFault::BadPoints { asked: text() },
        SubjectFault::BadGroups { asked: text() },
        SubjectFault::FactHeldAlready,
        SubjectFault::BackwardSpan { from: day, to: day },
        SubjectFault::DayAhead { on: day },
        SubjectFault::SameSubject,
        SubjectFault::MergedAlready,
        SubjectFault::DifferentKinds,
        SubjectFault::DifferentCccd,
        SubjectFault::CccdHeld { name: text() },
    ];
    let wrong = [CccdFault::Shape, CccdFault::Place, CccdFault::Birth, CccdFault::Sex];
    faults.extend(wrong.map(|why| SubjectFault::BadCccd { why }));
    for field in FactKind::all().flat_map(fields_of).chain(&IDENTITY_FIELDS).copied().chain(["register"]) {
        faults.push(SubjectFault::MissingField { field });
        faults.push(SubjectFault::UnknownWord { field, asked: text(), known: vec![text()] });
    }
    faults
}
