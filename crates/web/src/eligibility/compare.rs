//! Two days side by side: what the law of one and of the other makes of a subject or a list.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use thidua_app::eligibility::{
    Asked, Compared, ComparedList, ComparedOne, Frame, Group, ListAsked, Names, Part as Rows, compare,
    compare_list_part,
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
use crate::paging::{Paging, ROWS_A_PAGE};
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
    is_brief: bool,
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
    /// How many conditions differ; they stand in `changes` unless the page is a brief one.
    differing: usize,
}

/// From more rows than these on, a page lists them without their conditions, which stand where each row leads.
const WHOLE_MAX: usize = 5;

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
                let page = asked.page.parse().unwrap_or(1_usize).max(1) - 1;
                let after = page.saturating_mul(ROWS_A_PAGE);
                let rows = Rows { group: Group::Everyone, after, most: ROWS_A_PAGE, best_first: false };
                Seen::List(Box::new(compare_list_part(app, by, &list, other, rows)?))
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
        // The same comparison of one subject and one honour.
        let (day, year) = (after.on.to_string(), after.year.to_string());
        let other = before.on.to_string();
        let alone = |id: &SubjectId, honour: &thidua_base::code::HonourCode| {
            let query =
                [("ho-so", id.as_str()), ("danh-hieu", honour.as_str()), ("ngay-khac", &*other), ("ngay", &*day)];
            paths::with_query(paths::ELIGIBILITY_COMPARED, &[&query[..], &[("nam", &*year)]].concat())
        };
        let (title, back, rows, same, paging) = match seen {
            Seen::One(one) => {
                let changed: Vec<&ComparedOne> = one.honours.iter().filter(|one| differs(one)).collect();
                let paging = Paging::of(paths::ELIGIBILITY_COMPARED, &query, asked_page, changed.len());
                let href = wanted.at(&paths::eligibility(one.details.kind, &one.id), &wanted.honour);
                let is_brief = changed.len() > WHOLE_MAX;
                let link = |pair: &ComparedOne| Link {
                    label: honour_name(say, names, &pair.honour),
                    href: match is_brief {
                        true => alone(&one.id, &pair.honour),
                        false => wanted.at(&paths::eligibility(one.details.kind, &one.id), pair.honour.as_str()),
                    },
                };
                let shown = paging.cut(&changed).iter();
                let rows = shown.map(|pair| pair_row(say, names, link(pair), pair, is_brief)).collect();
                let back = Link { label: one.details.name.clone(), href };
                (one.details.name.clone(), back, rows, one.honours.len() - changed.len(), paging)
            }
            Seen::List(list) => {
                let paging = Paging::of(paths::ELIGIBILITY_COMPARED, &query, asked_page, list.of);
                let is_brief = list.of > WHOLE_MAX;
                let rows = list.rows.iter().map(|row| PairRow {
                    link: Link {
                        label: row.details.name.clone(),
                        href: match is_brief {
                            true => alone(&row.id, &row.honour),
                            false => wanted.at(&paths::eligibility(row.details.kind, &row.id), row.honour.as_str()),
                        },
                    },
                    under: honour_name(say, names, &row.honour),
                    before: prospect_word(say, row.before),
                    after: prospect_word(say, row.after),
                    laws: Vec::new(),
                    differing: row.changes.len(),
                    changes: row
                        .changes
                        .iter()
                        .filter(|_| !is_brief)
                        .map(|change| change_row(say, names, change, list.before.on, list.after.on))
                        .collect(),
                });
                let mut to = vec![("don-vi", &*wanted.unit), ("duoi", &*wanted.below)];
                to.extend(wanted.query());
                let href = paths::with_query(paths::ELIGIBLE_LIST, &to);
                let back = Link { label: list.unit_name.clone(), href };
                (list.unit_name.clone(), back, rows.collect(), list.subjects - list.touched, paging)
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
            is_brief: paging.rows > WHOLE_MAX,
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

fn pair_row(say: &'static Messages, names: &Names, link: Link, pair: &ComparedOne, is_brief: bool) -> PairRow {
    let word = |answer: &Answer| prospect_word(say, prospect(answer));
    let (old, new) = (pair.before.reading.day, pair.after.reading.day);
    PairRow {
        link,
        under: String::new(),
        before: word(&pair.before),
        after: word(&pair.after),
        laws: match is_brief {
            true => Vec::new(),
            false => [&pair.before, &pair.after].map(|answer| law_line(say, names, &answer.law_date)).into(),
        },
        differing: pair.changes.len(),
        changes: pair
            .changes
            .iter()
            .filter(|_| !is_brief)
            .map(|change| change_row(say, names, change, old, new))
            .collect(),
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
        let list = |rows: Vec<ListChange>| {
            let (of, touched) = (rows.len(), rows.len());
            let unit_name = LONG_NAME.to_owned();
            let list = ComparedList { unit_name, before, after, subjects: 120, touched, rows, of };
            Seen::List(Box::new(list))
        };
        let one = |honours| {
            Seen::One(Box::new(Compared { id: id.clone(), details: details.clone(), before, after, honours }))
        };
        let names = Names::of(book, after.on);
        let few = pairs.iter().take(4).cloned().collect();
        let many = (0..9).map(|_| row.clone()).collect();
        [one(Vec::new()), one(few), one(pairs), list(Vec::new()), list(many), list(vec![row, same])]
            .iter()
            .map(|seen| {
                let refusal = Refusal::BadDay { asked: "x".to_owned() };
                Self::of(page.clone(), say, seen, &names, Wanted::default(), Some(&refusal))
            })
            .collect()
    }
}
