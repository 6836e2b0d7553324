//! Measuring the leaves that look at single facts: registrations, clusters, movements, points, counts, statements.

use thidua_base::Number;

use crate::answer::{Evidence, EvidenceKind, Question, Unit};
use crate::condition::{Compare, Leaf};
use crate::measure::{Measured, Tell, exact};
use crate::record::{MovementResult, Record};
use crate::span::full_years;
use crate::table::Said;
use crate::vocabulary::Word;

/// Measures such a leaf.
pub(crate) fn leaf(leaf: &Leaf, record: &Record, question: &Question, tell: Tell) -> Measured {
    match leaf {
        Leaf::Cluster { rank, organisers } => cluster(*rank, organisers, record, question, tell),
        Leaf::Movement { .. } => movement(leaf, record, question, tell),
        Leaf::Registered { before } => registered(*before, record, question, tell),
        Leaf::InCategory { categories } => {
            let Some(category) = record.category else {
                return unknown(tell, "Chưa rõ thuộc nhóm người nào", "The kind of work is not known");
            };
            let within = categories.iter().any(|one| category.is_within(*one));
            let proof = || [evidence(EvidenceKind::Subject, category.code(), None)];
            tell.measured(within, within).with(proof).lacking(None, Vec::new(), || {
                Said::new(
                    format!("Là {}, không thuộc nhóm này", category.vi()),
                    format!("Is {}, not of this kind", category.en()),
                )
            })
        }
        Leaf::ScoredAt { at_least, segments, group_floor_percent } => {
            scored(*at_least, segments, *group_floor_percent, record, question, tell)
        }
        Leaf::Counted { fact, compare, number } => counted(fact, *compare, *number, record, tell),
        Leaf::Stated { fact } => {
            let Some(holds) = record.statements.get(fact) else {
                return unknown(tell, "Chưa có xác nhận việc này", "This is not confirmed yet");
            };
            let proof = || [evidence(EvidenceKind::Statement, fact, None)];
            tell.measured(*holds, *holds)
                .with(proof)
                .lacking(None, Vec::new(), || Said::new("Đã xác nhận là không có", "Confirmed that it is not so"))
        }
        // Written out by the plan, or judgements, which are measured elsewhere; open is the safe answer.
        _ => unknown(tell, "Cần người có trách nhiệm xem xét", "A responsible person must look"),
    }
}

fn unknown(tell: Tell, vi: &str, en: &str) -> Measured {
    tell.measured(false, true).lacking(None, Vec::new(), || Said::new(vi, en))
}

fn evidence(kind: EvidenceKind, what: &str, year: Option<i16>) -> Evidence {
    Evidence { kind, key: String::new(), what: what.to_owned(), year, decision: None, on: None }
}

fn cluster(
    rank: u8,
    organisers: &[crate::vocabulary::Organiser],
    record: &Record,
    question: &Question,
    tell: Tell,
) -> Measured {
    let mut of_year: Vec<_> = record
        .clusters
        .iter()
        .filter(|one| one.year == question.year)
        .filter(|one| organisers.is_empty() || organisers.iter().any(|organiser| one.organiser.is_within(*organiser)))
        .collect();
    of_year.sort_by(|a, b| (a.rank, &a.key).cmp(&(b.rank, &b.key)));
    let Some(best) = of_year.first() else {
        return unknown(
            tell,
            "Chưa có kết quả xếp hạng cụm, khối của năm xét",
            "No ranking of the award year is known",
        );
    };
    let holds = best.rank <= rank;
    let proof = || {
        let ranked = evidence(EvidenceKind::Cluster, &best.rank.to_string(), Some(best.year));
        [Evidence { key: best.key.clone(), ..ranked }]
    };
    tell.measured(holds, holds)
        .found(rank, best.rank, Unit::Rank)
        .with(proof)
        .lacking(None, Vec::new(), || Said::new(format!("Xếp thứ {}", best.rank), format!("Ranked {}", best.rank)))
        .by(|| Some(question.year + 1))
}

fn movement(leaf: &Leaf, record: &Record, question: &Question, tell: Tell) -> Measured {
    let Leaf::Movement { result, launchers, years, at } = leaf else { return unknown(tell, "", "") };
    let fits = |one: &MovementResult| {
        one.result >= *result
            && one.year <= question.on.year()
            && (launchers.is_empty() || launchers.iter().any(|launcher| one.launcher.is_within(*launcher)))
            && (at.is_empty() || at.contains(&one.at))
            && full_years(one.from, one.to.unwrap_or(question.on).min(question.on)) >= i64::from(*years)
    };
    let mut found: Vec<_> = record.movements.iter().filter(|one| fits(one)).collect();
    found.sort_by(|a, b| (a.year, &a.key).cmp(&(b.year, &b.key)));
    let is_found = !found.is_empty();
    let proof = || {
        found.into_iter().map(|one| Evidence {
            key: one.key.clone(),
            ..evidence(EvidenceKind::Movement, one.result.code(), Some(one.year))
        })
    };
    // No register of movements is complete, so not to be found is not to be refused.
    tell.measured(is_found, true).with(proof).lacking(None, Vec::new(), || {
        Said::new("Chưa có kết quả phong trào thi đua như vậy", "No such result in a movement is known")
    })
}

fn registered(
    before: Option<crate::vocabulary::MonthDay>,
    record: &Record,
    question: &Question,
    tell: Tell,
) -> Measured {
    let limit = before.and_then(|day| day.in_year(question.year));
    let of_year = || record.registrations.iter().filter(|one| one.year == question.year);
    let surely = of_year().any(|one| limit.is_none_or(|limit| one.on.is_some_and(|on| on < limit)));
    let undated = limit.is_some() && of_year().any(|one| one.on.is_none());
    let is_known = record.registrations_complete_from.is_some_and(|from| from <= question.year);
    let proof = || {
        of_year().map(|one| Evidence { on: one.on, ..evidence(EvidenceKind::Registration, "dang-ky", Some(one.year)) })
    };
    let late = of_year().next().is_some();
    let possibly = surely || undated || !is_known && !late;
    let (vi, en) = match (late, is_known) {
        (true, _) => ("Đăng ký không kịp hạn, hoặc chưa rõ ngày đăng ký", "Registered too late, or on a day not known"),
        (false, true) => ("Không đăng ký thi đua của năm xét", "Not registered for the award year"),
        (false, false) => {
            ("Chưa có dữ liệu đăng ký thi đua của năm xét", "Registrations of the award year are not known")
        }
    };
    tell.measured(surely, possibly)
        .with(proof)
        .lacking(None, Vec::new(), || Said::new(vi, en))
        .by(|| Some(question.year + 1))
}

fn scored(
    at_least: u16,
    segments: &std::collections::BTreeMap<String, u16>,
    floor: Option<u8>,
    record: &Record,
    question: &Question,
    tell: Tell,
) -> Measured {
    let mut of_year = record.scores.iter().filter(|one| one.year == question.year);
    let first = of_year.next();
    let Some(score) = first.filter(|first| of_year.all(|other| other == *first)) else {
        return unknown(tell, "Chưa có điểm chấm của năm xét", "The points of the award year are not known");
    };
    let reaches = |points: u16| exact(points).is_some_and(|points| score.points >= points);
    let (surely, possibly, wanted) = match &score.segment {
        Some(segment) => {
            let points = segments.get(segment).copied().unwrap_or(at_least);
            (reaches(points), reaches(points), points)
        }
        None => {
            let all = || segments.values().copied().chain([at_least]);
            (all().all(reaches), all().any(reaches), at_least)
        }
    };
    let (floor_surely, floor_possibly) = match floor {
        None => (true, true),
        Some(floor) if !score.groups.is_empty() => {
            let reach = |(points, most): &(u32, u32)| u64::from(*points) * 100 >= u64::from(floor) * u64::from(*most);
            let all = score.groups.iter().all(reach);
            (all, all)
        }
        Some(_) => (score.groups_ok == Some(true), score.groups_ok != Some(false)),
    };
    let whole: Number = score.points;
    let proof = || [evidence(EvidenceKind::Score, &whole.vi(), Some(score.year))];
    let found = (0..=1000_i64).take_while(|n| exact(n + 1).is_some_and(|next| next <= whole)).count();
    tell.measured(surely && floor_surely, possibly && floor_possibly)
        .found(wanted, i64::try_from(found).unwrap_or(i64::MAX), Unit::Points)
        .with(proof)
        .lacking(None, Vec::new(), || {
            Said::new(
                format!("Đạt {} điểm, cần {wanted} điểm; hoặc có nhóm tiêu chí chưa đạt mức tối thiểu", whole.vi()),
                format!("{} points, {wanted} needed; or a group of criteria below its floor", whole.vi()),
            )
        })
        .by(|| Some(question.year + 1))
}

fn counted(fact: &str, compare: Compare, number: u32, record: &Record, tell: Tell) -> Measured {
    let Some(found) = record.counts.get(fact) else {
        return unknown(tell, "Chưa có số liệu này", "This number is not known");
    };
    let holds = compare.holds(i64::from(*found), i64::from(number));
    tell.measured(holds, holds)
        .found(number, *found, Unit::Count)
        .with(|| [evidence(EvidenceKind::Count, fact, None)])
        .lacking(Some((i64::from(number) - i64::from(*found)).abs()), Vec::new(), || {
            Said::new(format!("Hiện có {found}"), format!("Found {found}"))
        })
}
