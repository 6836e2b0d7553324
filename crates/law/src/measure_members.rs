//! Measuring the members of a collective.

use crate::answer::{Evidence, EvidenceKind, Question, Unit};
use crate::condition::{Compare, MemberMeasure, MemberTrait};
use crate::measure::{Measured, Tell};
use crate::record::{Members, Record};
use crate::table::Said;
use crate::vocabulary::Word;

fn members_of<'r>(record: &'r Record, question: &Question) -> Option<&'r Members> {
    let mut of_year = record.members.iter().filter(|one| one.year == question.year);
    let first = of_year.next()?;
    // Two lists of one year that differ are no evidence.
    of_year.all(|other| other == first).then_some(first)
}

fn no_members(tell: Tell) -> Measured {
    tell.measured(false, true).lacking(None, Vec::new(), || {
        Said::new(
            "Chưa có danh sách thành viên của năm xét, hoặc có hai danh sách khác nhau",
            "The members of the award year are not known, or two lists differ",
        )
    })
}

pub(crate) fn members(
    who: &MemberTrait,
    compare: Compare,
    number: u32,
    measure: MemberMeasure,
    record: &Record,
    question: &Question,
    tell: Tell,
) -> Measured {
    let Some(members) = members_of(record, question).filter(|members| members.count > 0) else {
        return no_members(tell);
    };
    let some = match who {
        MemberTrait::Holding(honours) => {
            let stated: Vec<u32> = honours.iter().filter_map(|code| members.holding.get(code)).copied().collect();
            (!stated.is_empty()).then(|| stated.iter().map(|n| i64::from(*n)).sum::<i64>())
        }
        MemberTrait::Completing => members.completing.map(i64::from),
    };
    let Some(found) = some else { return no_members(tell) };
    let all = i64::from(members.count);
    let wanted = i64::from(number);
    let (holds, shown, unit) = match measure {
        MemberMeasure::Count => (compare.holds(found, wanted), found, Unit::Persons),
        // Compared before dividing: 69,9 % is not 70 %.
        MemberMeasure::Percent => (compare.holds(found * 100, wanted * all), found * 100 / all, Unit::Percent),
    };
    let proof = || Evidence {
        kind: EvidenceKind::Members,
        key: String::new(),
        what: format!("{found}/{all}"),
        year: Some(members.year),
        decision: None,
        on: None,
    };
    let lack = match measure {
        MemberMeasure::Count => wanted - found,
        MemberMeasure::Percent => {
            let needed = match compare {
                Compare::MoreThan => wanted * all / 100 + 1,
                _ => (wanted * all).div_euclid(100) + i64::from((wanted * all) % 100 != 0),
            };
            needed - found
        }
    };
    tell.measured(holds, holds)
        .found(wanted, shown, unit)
        .with(|| [proof()])
        .lacking(Some(lack.max(0)), Vec::new(), || {
            Said::new(
                format!("Mới có {found}/{all} thành viên đạt, thiếu {} người", lack.max(0)),
                format!("{found} of {all} members, {} short", lack.max(0)),
            )
        })
        .by(|| Some(question.year + 1))
}

pub(crate) fn members_undisciplined(
    below: crate::vocabulary::Discipline,
    record: &Record,
    question: &Question,
    tell: Tell,
) -> Measured {
    let Some(members) = members_of(record, question) else { return no_members(tell) };
    let found: u32 = members.disciplined.iter().filter(|(level, _)| *level >= below).map(|(_, n)| *n).sum();
    let proof = || Evidence {
        kind: EvidenceKind::Members,
        key: String::new(),
        what: format!("{found}/{}", members.count),
        year: Some(members.year),
        decision: None,
        on: None,
    };
    tell.measured(found == 0, found == 0)
        .found(0, found, Unit::Persons)
        .with(|| [proof()])
        .lacking(None, Vec::new(), || {
            Said::new(
                format!("Có {found} thành viên bị kỷ luật từ {} trở lên", below.vi()),
                format!("{found} members disciplined from {} up", below.en()),
            )
        })
        .by(|| Some(question.year + 1))
}
