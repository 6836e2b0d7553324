//! What is known of a subject as the law book reads it.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_law::record::{self, Members, Record};
use thidua_law::vocabulary::{AwardType, Discipline, SubjectKind, Word};

use super::fact::{About, Completed, Fact, Grade, Held};
use super::{Born, Details, Sex};
use crate::honour::{CommendationType, Subject};

/// What is known of a subject: `facts` are those that count, `members` what is counted of a collective's persons.
pub fn record(details: &Details, facts: &[&Fact], members: Vec<Members>) -> Record {
    let mut record = Record::unknown(kind_of(details, facts));
    record.born_or_founded = match details.born {
        Born::On(day) => Some(day),
        // Of a year alone, its last day: nobody is taken for older than they are.
        Born::Year(year) => Date::new(year, 12, 31),
        Born::Unknown => None,
    };
    record.recruited_on = details.recruited_on;
    record.woman = details.sex.map(|sex| sex == Sex::Female);
    record.members = members;
    for fact in facts {
        add(&mut record, fact);
    }
    record
}

/// What a subject is to the law book: foreigners are a kind of their own.
pub fn kind_of(details: &Details, facts: &[&Fact]) -> SubjectKind {
    let is_foreign = facts.iter().any(|fact| match &fact.about {
        About::Position(position) => position.category == Some(super::fact::Category::Foreigner),
        _ => false,
    });
    match details.kind {
        Subject::Individual if is_foreign => SubjectKind::ForeignPerson,
        Subject::Individual => SubjectKind::Person,
        Subject::Collective => SubjectKind::Collective,
        Subject::Household => SubjectKind::Household,
    }
}

fn add(record: &mut Record, fact: &Fact) {
    let key = fact.key();
    match &fact.about {
        About::Position(position) => {
            // The newest place says what a person is by work.
            let newest = record.offices.iter().all(|office| office.from <= position.from);
            if position.category.is_some() && (newest || record.category.is_none()) {
                record.category = position.category;
            }
            if !position.office.is_empty() {
                record.offices.push(record::OfficeHeld {
                    posts: position.office.clone(),
                    from: position.from,
                    to: position.to,
                    key,
                });
            }
        }
        About::Rating(rating) => {
            record.ratings.push(record::Rating { year: rating.year, grade: rating.grade, key });
        }
        About::Initiative(initiative) => record.initiatives.push(record::Initiative {
            kind: initiative.kind,
            scope: initiative.scope,
            status: initiative.status,
            year: initiative.year,
            by: initiative.by,
            decision: Some(initiative.number.clone()),
            decided_on: Some(initiative.decided_on),
            key,
        }),
        About::Discipline(discipline) => record.disciplines.push(record::DisciplineCase {
            level: discipline.level,
            from: discipline.from,
            to: discipline.to,
            key,
        }),
        About::Inquiry(inquiry) => {
            record.inquiries.push(record::Inquiry { kind: inquiry.kind, from: inquiry.from, to: inquiry.to, key });
        }
        About::Registration(registration) => {
            record.registrations.push(record::Registration { year: registration.year, on: Some(registration.on) });
        }
        About::Award(held) => record.awards.push(award(held, key)),
        About::Service(service) => record.service.push(record::Service {
            field: service.field.clone(),
            from: service.from,
            to: service.to,
            hardship: service.is_hardship,
            key,
        }),
        About::Count(count) => {
            record.counts.insert(count.fact.clone(), u32::try_from(count.amount).unwrap_or(0));
        }
        About::Statement(statement) => {
            record.statements.insert(statement.fact.clone(), statement.holds);
        }
        About::Complete(complete) => {
            let of = match complete.what {
                Completed::Awards => &mut record.awards_complete_from,
                Completed::Initiatives => &mut record.initiatives_complete_from,
                Completed::Disciplines => &mut record.disciplines_complete_from,
                Completed::Registrations => &mut record.registrations_complete_from,
            };
            *of = Some(of.map_or(complete.year, |year| year.min(complete.year)));
        }
        About::Ranking(ranking) => {
            if let Ok(rank) = u8::try_from(ranking.rank) {
                let (year, organiser) = (ranking.year, ranking.organiser);
                record.clusters.push(record::ClusterResult { year, rank, organiser, key });
            }
        }
        About::Result(result) => record.movements.push(record::MovementResult {
            launcher: result.launcher,
            from: result.from,
            to: result.to,
            result: result.outcome,
            at: result.at,
            year: result.year,
            key,
        }),
        About::Score(score) => record.scores.push(record::Scored {
            year: score.year,
            points: score.points,
            segment: Some(score.segment.clone()).filter(|segment| !segment.is_empty()),
            groups_ok: score.groups_ok,
            groups: score.groups.clone(),
        }),
        About::Withdrawn => {}
    }
}

fn award(held: &Held, key: String) -> record::Award {
    record::Award {
        honour: held.honour.clone(),
        year: held.year,
        period: held.period,
        decided_on: Some(held.decided_on),
        decision: Some(held.number.clone()),
        authority: Some(held.authority.vi().to_owned()),
        level: Some(held.level),
        kind: Some(award_type(held.commendation)),
        revoked_on: held.revoked_on,
        key,
    }
}

/// The word of the law book for a type of commendation.
pub fn award_type(kind: CommendationType) -> AwardType {
    match kind {
        CommendationType::Achievement => AwardType::Merit,
        CommendationType::Thematic => AwardType::Campaign,
        CommendationType::Irregular => AwardType::Sudden,
        CommendationType::Contribution => AwardType::Devotion,
        CommendationType::Seniority => AwardType::Seniority,
        CommendationType::Diplomatic => AwardType::External,
    }
}

/// The unit whose persons are the members of a collective: the one it is, where it is not only a part of it.
pub fn unit_of_members(details: &Details, facts: &[&Fact], year: i16) -> Option<OrgId> {
    if details.kind != Subject::Collective {
        return None;
    }
    at_end_of(facts, year).find(|position| position.post.is_empty()).map(|position| position.unit.clone())
}

/// Counts the persons of a unit at the end of a year; `people` are the facts that count of each of them.
pub fn members(people: &[Vec<&Fact>], unit: &OrgId, year: i16) -> Members {
    let of_unit: Vec<&Vec<&Fact>> =
        people.iter().filter(|facts| at_end_of(facts, year).any(|position| position.unit == *unit)).collect();
    let mut counted = Members { year, count: number(of_unit.len()), ..Members::default() };
    let mut rated = 0;
    let (mut completing, mut disciplined) = (0, BTreeMap::<Discipline, u32>::new());
    for facts in &of_unit {
        for fact in facts.iter() {
            match &fact.about {
                About::Award(held) if held.year == year && held.revoked_on.is_none() => {
                    *counted.holding.entry(held.honour.clone()).or_insert(0) += 1;
                }
                About::Rating(rating) if rating.year == year => {
                    rated += 1;
                    completing += u32::from(rating.grade >= Grade::Completed);
                }
                About::Discipline(case) if case.from.year() == year => {
                    *disciplined.entry(case.level).or_insert(0) += 1;
                }
                _ => {}
            }
        }
    }
    // As long as one of them has no rating, how many completed their tasks is not known.
    counted.completing = (rated == of_unit.len()).then_some(completing);
    counted.disciplined = disciplined.into_iter().collect();
    counted
}

fn at_end_of<'a>(facts: &'a [&'a Fact], year: i16) -> impl Iterator<Item = &'a super::fact::Position> {
    let end = Date::new(year, 12, 31);
    facts.iter().filter_map(move |fact| match &fact.about {
        About::Position(one) => {
            let end = end?;
            (one.from <= end && one.to.is_none_or(|to| to > end)).then_some(one)
        }
        _ => None,
    })
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
