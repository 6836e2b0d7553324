//! Measuring time: work, age, service in a field, years in posts.

use thidua_base::Date;

use crate::answer::{Evidence, EvidenceKind, Question, Unit};
use crate::condition::Leaf;
use crate::measure::{Measured, Tell};
use crate::record::Record;
use crate::series::YEARS_AHEAD;
use crate::span::{full_years, months_through, served_days, year_end};
use crate::table::Said;

pub(crate) fn worked(months: u16, record: &Record, question: &Question, tell: Tell) -> Measured {
    let Some(since) = record.recruited_on else {
        return tell
            .measured(false, true)
            .lacking(None, Vec::new(), || Said::new("Chưa có ngày tuyển dụng", "The day of recruitment is not known"));
    };
    let end = year_end(question.year).map_or(question.on.next_day(), |end| end.min(question.on.next_day()));
    let found = months_through(since, end);
    let enough = found >= i64::from(months);
    let lack = i64::from(months) - found;
    let next = || {
        (1..=YEARS_AHEAD)
            .map(|ahead| question.year + ahead)
            .find(|year| year_end(*year).is_some_and(|end| months_through(since, end) >= i64::from(months)))
    };
    tell.measured(enough, enough)
        .found(months, found, Unit::Months)
        .with(|| [subject_day("tuyen-dung", since)])
        .lacking(Some(lack), Vec::new(), || {
            Said::new(
                format!("Mới công tác {found} tháng, cần {months} tháng"),
                format!("Only {found} months of work, {months} needed"),
            )
        })
        .by(next)
}

fn subject_day(what: &str, on: Date) -> Evidence {
    Evidence {
        kind: EvidenceKind::Subject,
        key: String::new(),
        what: what.to_owned(),
        year: Some(on.year()),
        decision: None,
        on: Some(on),
    }
}

pub(crate) fn founded(years: u16, record: &Record, question: &Question, tell: Tell) -> Measured {
    let Some(since) = record.born_or_founded else {
        return tell
            .measured(false, true)
            .lacking(None, Vec::new(), || Said::new("Chưa có ngày thành lập", "The day of founding is not known"));
    };
    let found = full_years(since, question.on);
    let enough = found >= i64::from(years);
    let year = since.year().saturating_add(i16::try_from(years).unwrap_or(i16::MAX));
    let within = year > question.year && year <= question.year.saturating_add(YEARS_AHEAD);
    tell.measured(enough, enough)
        .found(years, found, Unit::Years)
        .with(|| [subject_day("thanh-lap", since)])
        .lacking(Some(i64::from(years) - found), Vec::new(), || {
            Said::new(
                format!("Mới thành lập được {found} năm, cần {years} năm"),
                format!("Only {found} years old, {years} needed"),
            )
        })
        .by(|| within.then_some(year))
}

pub(crate) fn served(leaf: &Leaf, record: &Record, question: &Question, tell: Tell) -> Measured {
    let Leaf::Served { years, below, fields, continuous, hardship, only_hardship } = leaf else {
        return tell.judgement();
    };
    let rows: Vec<_> = record.service.iter().filter(|one| fields.contains(&one.field)).collect();
    if rows.is_empty() {
        return tell.measured(false, true).lacking(None, Vec::new(), || {
            Said::new(
                "Chưa có dữ liệu thời gian công tác trong lĩnh vực này",
                "Nothing is known of service in this field",
            )
        });
    }
    let spans = rows.iter().filter(|one| one.hardship || !only_hardship).map(|one| {
        let times = if one.hardship && !only_hardship { i64::from(*hardship) } else { 1 };
        (one.from, one.to, times)
    });
    let months = served_days(spans, question.on, *continuous);
    let enough = years.is_none_or(|years| months >= 12 * i64::from(years));
    let under = below.is_none_or(|below| months < 12 * i64::from(below));
    let proof = || {
        let mut proof: Vec<Evidence> = rows
            .iter()
            .map(|one| Evidence {
                kind: EvidenceKind::Service,
                key: one.key.clone(),
                what: one.field.clone(),
                year: None,
                decision: None,
                on: Some(one.from),
            })
            .collect();
        proof.sort_by(|a, b| (a.on, &a.key).cmp(&(b.on, &b.key)));
        proof
    };
    let wanted = years.or(*below).unwrap_or(0);
    let found = months / 12;
    let ahead = years.map(|years| i64::from(years) - found).filter(|lack| (1..=i64::from(YEARS_AHEAD)).contains(lack));
    let serving = rows.iter().any(|one| one.to.is_none());
    let next = ahead.filter(|_| serving && below.is_none()).and_then(|lack| i16::try_from(lack).ok());
    tell.measured(enough && under, enough && under)
        .found(wanted, found, Unit::Years)
        .with(proof)
        .lacking(years.map(|years| (i64::from(years) - found).max(0)), Vec::new(), || {
            Said::new(
                format!("Thời gian công tác tính được là {found} năm"),
                format!("Service amounts to {found} years"),
            )
        })
        .by(|| next.map(|lack| question.year + lack))
}

pub(crate) fn held_office(
    posts: &str,
    years: u8,
    below: Option<u8>,
    women: Option<(u8, u8)>,
    record: &Record,
    question: &Question,
    tell: Tell,
) -> Measured {
    let rows: Vec<_> = record.offices.iter().filter(|one| one.posts == posts).collect();
    if rows.is_empty() {
        return tell.measured(false, true).lacking(None, Vec::new(), || {
            Said::new("Chưa có dữ liệu thời gian giữ chức vụ thuộc nhóm này", "Nothing is known of posts of this group")
        });
    }
    let months = served_days(rows.iter().map(|one| (one.from, one.to, 1)), question.on, false);
    // Of a woman a part of the time is asked; the part is taken of the months, so that nothing is rounded.
    let reaches = |years: u8, part: Option<(u8, u8)>| match part {
        None => months >= 12 * i64::from(years),
        Some((a, b)) => months * i64::from(b) >= 12 * i64::from(years) * i64::from(a),
    };
    let fits = |part: Option<(u8, u8)>| reaches(years, part) && below.is_none_or(|below| !reaches(below, part));
    let (surely, possibly) = match (record.woman, women) {
        (_, None) | (Some(false), _) => (fits(None), fits(None)),
        (Some(true), part) => (fits(part), fits(part)),
        (None, part) => (fits(None) && fits(part), fits(None) || fits(part)),
    };
    let proof = || {
        let mut proof: Vec<Evidence> = rows
            .iter()
            .map(|one| Evidence {
                kind: EvidenceKind::Office,
                key: one.key.clone(),
                what: one.posts.clone(),
                year: None,
                decision: None,
                on: Some(one.from),
            })
            .collect();
        proof.sort_by(|a, b| (a.on, &a.key).cmp(&(b.on, &b.key)));
        proof
    };
    let found = months / 12;
    tell.measured(surely, possibly).found(years, found, Unit::Years).with(proof).lacking(
        Some((i64::from(years) - found).max(0)),
        Vec::new(),
        || {
            Said::new(
                format!("Thời gian giữ chức vụ tính được là {found} năm"),
                format!("Time in such posts amounts to {found} years"),
            )
        },
    )
}
