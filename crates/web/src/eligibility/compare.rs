//! Two days side by side: what the law of one and of the other makes of a subject or a list.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use thidua_app::eligibility::{
    Asked, Compared, ComparedList, ComparedOne, Frame, ListAsked, Names, compare, compare_list,
};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Refusal;
use thidua_domain::eligibility::{Change, Side, prospect};
use thidua_domain::subject::SubjectId;
use thidua_law::answer::Answer;

use super::{
    Cited, LawLine, Wanted, cited, day, honour_name, honour_options, law_line, prospect_word, said, verdict_word,
};
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::{FilterOption, Link};
use crate::page::{Page, Part};
use crate::paging::Paging;
use crate::paths;
use crate::site::{Ask, html};

/// A comparison.
#[derive(Debug, Template)]
#[template(path = "eligibility/compare.html")]
pub struct ComparePage {
    page: Page,
    back: Link,
    title: String,
    refusal: String,
    wanted: Wanted,
    before: String,
    after: String,
    before_day: String,
    after_day: String,
    year: String,
    honours: Vec<FilterOption>,
    lead: String,
    rows: Vec<PairRow>,
    paging: Paging,
}

/// An honour of a subject, or a subject of a list, on both days.
#[derive(Debug)]
struct PairRow {
    link: Link,
    under: String,
    before: (&'static str, &'static str),
    after: (&'static str, &'static str),
    laws: Vec<LawLine>,
    changes: Vec<ChangeRow>,
}

#[derive(Debug)]
struct ChangeRow {
    sides: [Option<SideView>; 2],
}

#[derive(Debug)]
struct SideView {
    said: String,
    verdict: &'static str,
    class: &'static str,
    cite: Cited,
}

enum Seen {
    One(Box<Compared>),
    List(Box<ComparedList>),
}

/// `GET /dieu-kien/so-sanh`
pub async fn page(ask: Ask, Query(wanted): Query<Wanted>) -> Result<Response, Fault> {
    let say = ask.messages();
    let subject = match wanted.subject.is_empty() {
        true => None,
        false => Some(SubjectId::parse(&wanted.subject).map_err(|_| Fault::NotFound)?),
    };
    let unit = match &subject {
        Some(_) => None,
        None => Some(OrgId::parse(&wanted.unit).map_err(|_| Fault::NotFound)?),
    };
    let asked = wanted.clone();
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        let read = asked.asked(app, by).and_then(|read| Ok((read, day(&asked.other)?)));
        let (read, other, refusal) = match read {
            Ok((read, other)) => (read, other, None),
            Err(thidua_app::Error::Refused(refusal)) => (Asked::default(), None, Some(refusal)),
            Err(error) => return Err(error),
        };
        let frame = Frame::of(app, &read);
        // Without another day: the day before the law last changed, or the day itself where it never did.
        let book = app.book(by)?;
        let other = other.unwrap_or_else(|| last_change(&book, frame.on));
        let seen = match (&subject, unit) {
            (Some(id), _) => Seen::One(Box::new(compare(app, by, id, &read, other)?)),
            (None, Some(unit)) => {
                let list = ListAsked { unit, below: asked.below == "1", asked: read };
                Seen::List(Box::new(compare_list(app, by, &list, other)?))
            }
            (None, None) => return Err(thidua_app::Error::NotFound("subject")),
        };
        Ok((seen, Names::of(&book, frame.on), refusal))
    };
    let (house, (seen, names, refusal)) = ask.verb(work).await?;
    let page = ask.page(Part::Eligibility, say.get("eligibility.compare-title"), &house);
    let mut response = html(&ComparePage::of(page, say, &seen, &names, wanted, refusal.as_ref()))?;
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The day before the newest version of any honour that began by a day.
fn last_change(book: &thidua_law::Book, on: Date) -> Date {
    let begins = book.honours().flat_map(|honour| &honour.versions).map(|version| version.span.from);
    begins.filter(|day| *day <= on).max().map_or(on, Date::day_before)
}

impl ComparePage {
    fn of(
        page: Page,
        say: &'static Messages,
        seen: &Seen,
        names: &Names,
        wanted: Wanted,
        refusal: Option<&Refusal>,
    ) -> Self {
        let (before, after) = match seen {
            Seen::One(one) => (one.before, one.after),
            Seen::List(list) => (list.before, list.after),
        };
        let mut query: Vec<(&str, &str)> = vec![("ho-so", &wanted.subject), ("don-vi", &wanted.unit)];
        query.extend([("duoi", &*wanted.below), ("ngay-khac", &*wanted.other)]);
        query.extend(wanted.query());
        let asked_page = wanted.page.parse().unwrap_or(1);
        let (title, back, rows, same, paging) = match seen {
            Seen::One(one) => {
                let changed: Vec<&ComparedOne> = one.honours.iter().filter(|one| differs(one)).collect();
                let paging = Paging::of(paths::ELIGIBILITY_COMPARED, &query, asked_page, changed.len());
                let href = wanted.at(&paths::eligibility(one.details.kind, &one.id), &wanted.honour);
                let link = |pair: &ComparedOne| Link {
                    label: honour_name(say, names, &pair.honour),
                    href: wanted.at(&paths::eligibility(one.details.kind, &one.id), pair.honour.as_str()),
                };
                let rows = paging.cut(&changed).iter().map(|pair| pair_row(say, names, link(pair), pair)).collect();
                let back = Link { label: one.details.name.clone(), href };
                (one.details.name.clone(), back, rows, one.honours.len() - changed.len(), paging)
            }
            Seen::List(list) => {
                let paging = Paging::of(paths::ELIGIBILITY_COMPARED, &query, asked_page, list.rows.len());
                let rows = paging.cut(&list.rows).iter().map(|row| PairRow {
                    link: Link {
                        label: row.details.name.clone(),
                        href: wanted.at(&paths::eligibility(row.details.kind, &row.id), row.honour.as_str()),
                    },
                    under: honour_name(say, names, &row.honour),
                    before: prospect_word(say, row.before),
                    after: prospect_word(say, row.after),
                    laws: Vec::new(),
                    changes: row
                        .changes
                        .iter()
                        .map(|change| change_row(say, names, change, list.before.on, list.after.on))
                        .collect(),
                });
                let mut to = vec![("don-vi", &*wanted.unit), ("duoi", &*wanted.below)];
                to.extend(wanted.query());
                let href = paths::with_query(paths::ELIGIBLE_LIST, &to);
                let back = Link { label: list.unit_name.clone(), href };
                let touched: std::collections::BTreeSet<_> = list.rows.iter().map(|row| &row.id).collect();
                (list.unit_name.clone(), back, rows.collect(), list.subjects - touched.len(), paging)
            }
        };
        let facts = [
            ("before", &*before.on.in_text()),
            ("after", &*after.on.in_text()),
            ("year", &*after.year.to_string()),
            ("same", &*same.to_string()),
        ];
        let is_list = matches!(seen, Seen::List(_));
        Self {
            back,
            title: say.with("eligibility.compare-of", &[("name", &title)]),
            refusal: refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default(),
            before: before.on.to_string(),
            after: after.on.to_string(),
            before_day: before.on.in_table(),
            after_day: after.on.in_table(),
            year: after.year.to_string(),
            honours: honour_options(say, names, say.get("eligibility.every-honour"), &wanted.honour),
            lead: say.with(if is_list { "eligibility.compare-list-lead" } else { "eligibility.compare-lead" }, &facts),
            rows,
            paging,
            wanted,
            page,
        }
    }
}

fn differs(one: &ComparedOne) -> bool {
    prospect(&one.before) != prospect(&one.after) || !one.changes.is_empty()
}

fn pair_row(say: &'static Messages, names: &Names, link: Link, pair: &ComparedOne) -> PairRow {
    let word = |answer: &Answer| prospect_word(say, prospect(answer));
    let (old, new) = (pair.before.reading.day, pair.after.reading.day);
    PairRow {
        link,
        under: String::new(),
        before: word(&pair.before),
        after: word(&pair.after),
        laws: [&pair.before, &pair.after].map(|answer| law_line(say, names, &answer.law_date)).into(),
        changes: pair.changes.iter().map(|change| change_row(say, names, change, old, new)).collect(),
    }
}

fn change_row(say: &'static Messages, names: &Names, change: &Change, old: Date, new: Date) -> ChangeRow {
    let view = |side: &Side, day| {
        let (verdict, class) = verdict_word(say, side.verdict);
        let cite = cited(say, names, &side.cite, side.confidence, day);
        SideView { said: said(say, &side.said).to_owned(), verdict, class, cite }
    };
    let sides = [(&change.before, old), (&change.after, new)];
    ChangeRow { sides: sides.map(|(side, day)| side.as_ref().map(|side| view(side, day))) }
}

#[cfg(test)]
impl crate::sampled::Sampled for ComparePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_app::eligibility::{ListChange, check_record};
        use thidua_domain::eligibility::{Prospect, changes};
        use thidua_domain::honour::Subject;
        use thidua_domain::subject::Details;
        let page = frame(Part::Eligibility, lang);
        let say = page.messages();
        let book = thidua_law::Book::shipped().unwrap();
        let (record, after) = super::sample::record("2024-01-01");
        let after = Frame { year: 2023, ..after };
        let before = Frame { on: after.on.day_before(), ..after };
        let pairs: Vec<ComparedOne> = check_record(book, &record, before, None)
            .unwrap()
            .into_iter()
            .filter_map(|old| {
                let code = old.question.honour.clone();
                let new = check_record(book, &record, after, Some(&code)).ok()?.pop()?;
                Some(ComparedOne { honour: code, changes: changes(&old, &new), before: old, after: new })
            })
            .collect();
        let details = Details::named(Subject::Individual, LONG_NAME);
        let id = SubjectId::parse("s-1").unwrap();
        let row = ListChange {
            id: id.clone(),
            details: details.clone(),
            unit: None,
            honour: pairs[0].honour.clone(),
            before: Prospect::Entitled,
            after: Prospect::Ask,
            changes: pairs.iter().flat_map(|pair| pair.changes.clone()).take(4).collect(),
        };
        let same = ListChange { changes: Vec::new(), ..row.clone() };
        let list = |rows| {
            let list = ComparedList { unit_name: LONG_NAME.to_owned(), before, after, subjects: 9, rows };
            Seen::List(Box::new(list))
        };
        let one = |honours| {
            Seen::One(Box::new(Compared { id: id.clone(), details: details.clone(), before, after, honours }))
        };
        let names = Names::of(book, after.on);
        [one(Vec::new()), one(pairs), list(Vec::new()), list(vec![row, same])]
            .iter()
            .map(|seen| {
                let refusal = Refusal::BadDay { asked: "x".to_owned() };
                Self::of(page.clone(), say, seen, &names, Wanted::default(), Some(&refusal))
            })
            .collect()
    }
}
