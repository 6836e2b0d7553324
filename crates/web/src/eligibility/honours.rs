//! The honours of the law book by class, as they are on a day.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use thidua_app::eligibility::{Honours, honours};
use thidua_base::text::upper_first;
use thidua_law::honour::{Honour, HonourKind, on_day};
use thidua_law::vocabulary::{Class, Word};

use super::{Wanted, book_line, day, said, word};
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// All honours.
#[derive(Debug, Template)]
#[template(path = "eligibility/honours.html")]
pub struct HonoursPage {
    page: Page,
    lead: String,
    refusal: String,
    day: String,
    groups: Vec<ClassGroup>,
    gone: Vec<Line>,
    book: String,
}

#[derive(Debug)]
struct ClassGroup {
    title: String,
    anchor: &'static str,
    kind: &'static str,
    rows: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    name: String,
    href: String,
    subjects: String,
    conditions: String,
    since: String,
    note: String,
}

/// `GET /danh-hieu`
pub async fn page(ask: Ask, Query(wanted): Query<Wanted>) -> Result<Response, Fault> {
    let say = ask.messages();
    let (on, refusal) = match day(&wanted.day) {
        Ok(day) => (day, None),
        Err(refusal) => (None, Some(refusal)),
    };
    let (house, seen) = ask.verb(move |app, by| honours(app, by, on)).await?;
    let page = ask.page(Part::Honours, say.get("honours.title"), &house);
    let told = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&HonoursPage::of(page, say, &seen, told))?;
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl HonoursPage {
    fn of(page: Page, say: &'static Messages, seen: &Honours, refusal: String) -> Self {
        let on = seen.day;
        let is_now = |honour: &&Honour| honour.version(on).is_some();
        let own = || seen.honours.iter().filter(|honour| !honour.is_umbrella());
        let groups = Class::WORDS.iter().map(|(class, code, _, _)| {
            let mut of_class: Vec<&Honour> = own().filter(|one| one.class == *class).filter(is_now).collect();
            of_class.sort_by(|a, b| {
                let rank = |honour: &Honour| honour.rank.unwrap_or(u8::MAX);
                rank(a).cmp(&rank(b)).then_with(|| thidua_base::text::collate(&a.name, &b.name))
            });
            ClassGroup {
                title: upper_first(word(say, *class)),
                anchor: code,
                kind: match of_class.first().map(|one| one.kind) {
                    Some(HonourKind::Form) => say.get("honours.form"),
                    Some(HonourKind::Title) | None => say.get("honours.kind-title"),
                },
                rows: of_class.iter().map(|honour| line(say, seen, honour)).collect(),
            }
        });
        Self {
            lead: say
                .with("honours.lead", &[("day", &on.in_text()), ("count", &own().filter(is_now).count().to_string())]),
            refusal,
            day: on.to_string(),
            groups: groups.filter(|group| !group.rows.is_empty()).collect(),
            gone: own().filter(|one| one.version(on).is_none()).map(|honour| line(say, seen, honour)).collect(),
            book: book_line(say, &seen.book_hash),
            page,
        }
    }
}

fn line(say: &'static Messages, seen: &Honours, honour: &Honour) -> Line {
    let version = honour.version(seen.day);
    let subjects = version.map_or(honour.subjects.as_slice(), |version| version.subjects_of(honour));
    let subjects: Vec<&str> = subjects.iter().map(|kind| word(say, *kind)).collect();
    Line {
        name: said(say, &honour.name_on(seen.day)).to_owned(),
        href: paths::with_query(&paths::honour(&honour.code), &[("ngay", &seen.day.to_string())]),
        subjects: if subjects.is_empty() { "–".to_owned() } else { subjects.join(", ") },
        conditions: version.map_or_else(|| "–".to_owned(), |version| version.conditions.len().to_string()),
        since: match (version, honour.versions.first(), honour.versions.last().and_then(|last| last.span.to)) {
            (Some(version), _, _) => version.span.from.in_table(),
            (None, _, Some(end)) if end <= seen.day => {
                say.with("honours.until", &[("day", &end.day_before().in_table())])
            }
            (None, Some(first), _) => say.with("honours.from", &[("day", &first.span.from.in_table())]),
            (None, None, _) => "–".to_owned(),
        },
        note: match version {
            Some(version) if version.unread.is_some() => say.get("honours.unread").to_owned(),
            Some(_) if on_day(&honour.procedure.quotas, seen.day).next().is_some() => {
                say.get("honours.has-quota").to_owned()
            }
            _ => String::new(),
        },
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for HonoursPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::frame;
        let page = frame(Part::Honours, lang);
        let say = page.messages();
        let book = thidua_law::Book::shipped().unwrap();
        let seen = |on: &str, honours: Vec<Honour>| {
            let day = thidua_base::Date::parse(on).unwrap();
            Honours { day, today: day, honours, library: book.library().clone(), book_hash: book.hash().to_owned() }
        };
        let all: Vec<Honour> = book.honours().cloned().collect();
        [seen("2026-11-24", Vec::new()), seen("2020-06-30", all.clone()), seen("2026-11-24", all)]
            .iter()
            .map(|seen| Self::of(page.clone(), say, seen, "x".to_owned()))
            .collect()
    }
}
