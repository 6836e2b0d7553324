//! The library of legal instruments, and which of them hold on a day.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::instrument::{self as verbs, Catalogue};
use thidua_base::text::upper_first;
use thidua_law::holiday::Confidence;
use thidua_law::library::{LibraryEntry, Standing};

use super::{asked_day, href, lapsing_word, link, span, standing_word};
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::{FilterOption, Link, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The library.
#[derive(Debug, Template)]
#[template(path = "instrument/list.html")]
pub struct List {
    page: Page,
    lead: String,
    asked: Asked,
    refusal: String,
    is_about: bool,
    kinds: Vec<FilterOption>,
    standings: Vec<FilterOption>,
    to_today: Option<Link>,
    all: usize,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    kind: String,
    number: String,
    href: String,
    title: String,
    role: String,
    issuer: String,
    issued: String,
    span: String,
    standing: &'static str,
    class: &'static str,
    lapsing: String,
    is_unsure: bool,
    replaced_by: Option<Link>,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "ngay", default)]
    day: String,
    #[serde(rename = "loai", default)]
    kind: String,
    #[serde(rename = "tinh-trang", default)]
    standing: String,
}

/// `GET /van-ban`
pub async fn page(ask: Ask, Query(mut asked): Query<Asked>) -> Result<Response, Fault> {
    let say = ask.messages();
    let (day, refusal) = match asked_day(&asked.day) {
        Ok(day) => (day, String::new()),
        Err(typed) => (None, say.with("instrument.bad-day", &[("typed", &typed)])),
    };
    asked.day = day.map(|day| day.to_string()).unwrap_or_default();
    let is_refused = !refusal.is_empty();
    let (house, catalogue) = ask.verb(move |app, by| verbs::library(app, by, day)).await?;
    let page = ask.page(Part::Instruments, say.get("instrument.list-title"), &house);
    let mut response = html(&List::of(page, say, &catalogue, asked, refusal))?;
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl List {
    fn of(page: Page, say: &'static Messages, catalogue: &Catalogue, asked: Asked, refusal: String) -> Self {
        let day = catalogue.day;
        let found = catalogue.library.find(&asked.words);
        let is_about = !found.is_empty() && found.iter().all(|found| !found.is_exact);
        let is_wanted = |entry: &LibraryEntry| {
            (asked.kind.is_empty() || entry.kind == asked.kind)
                && (asked.standing.is_empty() || entry.standing(day).word() == asked.standing)
        };
        let rows = found.iter().map(|found| found.entry).filter(|entry| is_wanted(entry));
        let rows = rows.map(|entry| row(say, catalogue, entry, &asked.day)).collect();
        let mut kinds: Vec<&str> = catalogue.library.entries().map(|entry| entry.kind.as_str()).collect();
        kinds.sort_by(|a, b| thidua_base::text::collate(a, b));
        kinds.dedup();
        let kinds = kinds.into_iter().map(|kind| (kind.to_owned(), kind.to_owned()));
        let standings = Standing::ALL.map(|one| (one.word().to_owned(), standing_word(say, one).0.to_owned()));
        Self {
            lead: say.with("instrument.lead", &[("day", &day.in_text())]),
            refusal,
            is_about,
            kinds: options(say.get("filter.all"), kinds, &asked.kind),
            standings: options(say.get("filter.all"), standings, &asked.standing),
            to_today: (day != catalogue.today).then(|| Link {
                label: say.with("instrument.to-today", &[("day", &catalogue.today.in_text())]),
                href: paths::with_query(
                    paths::INSTRUMENTS,
                    &[
                        ("tim", &asked.words),
                        ("ngay", &catalogue.today.to_string()),
                        ("loai", &asked.kind),
                        ("tinh-trang", &asked.standing),
                    ],
                ),
            }),
            all: catalogue.library.entries().count(),
            rows,
            asked,
            page,
        }
    }
}

fn row(say: &'static Messages, catalogue: &Catalogue, entry: &LibraryEntry, asked: &str) -> Row {
    let (standing, class) = standing_word(say, entry.standing(catalogue.day));
    let next = entry.replaced_by.as_ref().and_then(|id| catalogue.library.get(id));
    Row {
        kind: entry.kind.clone(),
        number: entry.number.clone(),
        href: href(&entry.id, asked),
        title: upper_first(&entry.title),
        role: entry.role.clone(),
        issuer: entry.issuer.clone(),
        issued: entry.issued_on.map_or_else(|| "–".to_owned(), |day| day.in_table()),
        span: span(say, entry),
        standing,
        class,
        lapsing: lapsing_word(say, entry, catalogue.day),
        is_unsure: entry.standing_sureness() == Some(Confidence::Recalled),
        replaced_by: next.map(|next| link(next, asked)),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_law::Library;
        let page = frame(Part::Instruments, lang);
        let say = page.messages();
        let book = thidua_law::Book::shipped().unwrap();
        let day = |text| thidua_base::Date::parse(text).unwrap();
        let catalogue = |library, on| Catalogue { day: day(on), today: day("2026-11-24"), library };
        let mut long = book.instruments().next().unwrap().clone();
        long.title = LONG_NAME.into();
        long.id = thidua_base::code::InstrumentId::parse("a").unwrap();
        let asked =
            Asked {
                words: "van htu".into(), day: "2026-11-24".into(), kind: "Nghị định".into(), ..Asked::default()
            };
        let list = |catalogue: &Catalogue, asked: Asked, refusal: &str| {
            Self::of(page.clone(), say, catalogue, asked, refusal.to_owned())
        };
        vec![
            list(&catalogue(Library::default(), "2020-07-05"), Asked::default(), "x"),
            list(&catalogue(book.library().with_local([&long]), "2026-11-24"), Asked::default(), ""),
            list(&catalogue(book.library().clone(), "2026-11-24"), asked, ""),
        ]
    }
}
