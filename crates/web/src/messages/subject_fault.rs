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

#[cfg(test)]
mod tests {
    use thidua_base::Date;
    use thidua_domain::honour::Subject;
    use thidua_domain::refusal::{CccdFault, Refusal};
    use thidua_domain::subject::decide::{Beside, Honours, decide};
    use thidua_domain::subject::read::born_of;
    use thidua_domain::subject::{About, Details, Entered, Fact, FactKind, Fields};
    use thidua_domain::{Origin, Provenance};

    use super::*;

    struct Every;

    impl Honours for Every {
        fn name(&self, _: &thidua_base::code::HonourCode) -> Option<String> {
            Some("Giấy khen".into())
        }

        fn in_force(&self, _: &thidua_base::code::HonourCode, _: Date) -> bool {
            true
        }

        fn has_segment(&self, _: &str) -> bool {
            true
        }
    }

    fn fact(about: About) -> Fact {
        Fact {
            id: thidua_base::Code::parse("f-1").unwrap(),
            subject: thidua_base::Code::parse("s-1").unwrap(),
            about,
            supersedes: None,
            provenance: Provenance { origin: Origin::Reported, source: String::new() },
            entered: Entered {
                by: "Hòa".into(),
                at: thidua_base::Timestamp::parse("2020-07-05T02:00:00Z").unwrap(),
                reason: String::new(),
            },
        }
    }

    fn refused(kind: Subject, born: &str, what: FactKind, fields: &[(&str, &str)], known: &[About]) -> String {
        let details = Details { born: born_of(born).unwrap(), ..Details::named(kind, "Lê Văn An") };
        let facts: Vec<_> = known.iter().map(|about| fact(about.clone())).collect();
        let facts: Vec<_> = facts.iter().collect();
        let today = Date::parse("2020-07-05").unwrap();
        let about = About::read(what, &Fields::of(fields.iter().copied()));
        let beside = Beside { details: &details, facts: &facts, honours: &Every, today };
        let refusal: Refusal = about.and_then(|about| decide(&about, beside)).unwrap_err();
        Messages::of(Lang::Vi).refusal(&refusal)
    }

    const AWARD: [(&str, &str); 5] = [
        ("year", "1979"),
        ("honour", "giay-khen"),
        ("number", "70/QĐ-UBND"),
        ("decided_on", "1979-12-20"),
        ("authority", "chu-tich-ubnd-huyen"),
    ];

    /// What people get wrong most, each told in a sentence that says what, and what to do.
    #[test]
    fn bad_input_is_told_in_plain_vietnamese() {
        let person = |fields: &[(&str, &str)]| refused(Subject::Individual, "1980", FactKind::Award, fields, &[]);
        let before_birth = person(&AWARD);
        assert!(before_birth.contains("20/12/1979") && before_birth.contains("1980"), "{before_birth}");
        assert!(before_birth.contains("sinh"), "{before_birth}");
        let founded = refused(Subject::Collective, "1990-09-02", FactKind::Award, &AWARD, &[]);
        assert!(founded.contains("thành lập") && founded.contains("02/09/1990"), "{founded}");
        for number in ["", "không số", "-"] {
            let mut fields = AWARD;
            fields[2].1 = number;
            let told = person(&fields);
            assert!(told.contains("số quyết định") || told.contains("Quyết định"), "{told}");
        }
        let rated = |grade: &'static str| [("year", "2019"), ("grade", grade)];
        let known = About::read(FactKind::Rating, &Fields::of(rated("hoan-thanh-tot"))).unwrap();
        let two = refused(Subject::Individual, "", FactKind::Rating, &rated("hoan-thanh-xuat-sac"), &[known]);
        assert!(two.contains("2019") && two.contains("đính chính"), "{two}");
        let say = Messages::of(Lang::Vi);
        for why in [CccdFault::Shape, CccdFault::Place, CccdFault::Birth, CccdFault::Sex] {
            let told = say.subject_fault(&SubjectFault::BadCccd { why });
            assert!(told.contains("ăn cước") && told.ends_with('.'), "{told}");
        }
    }
}
