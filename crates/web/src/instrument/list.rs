//! The library of legal instruments, and which of them hold on the day.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::instrument::{self as verbs, Library};
use thidua_base::text::fold;
use thidua_law::instrument::Instrument;

use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::site::{Ask, html};

/// The library.
#[derive(Debug, Template)]
#[template(path = "instrument/list.html")]
pub struct List {
    page: Page,
    lead: String,
    asked: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    id: String,
    kind: String,
    number: String,
    title: String,
    issuer: String,
    issued: String,
    span: String,
    standing: &'static str,
    class: &'static str,
    replaced_by: Option<Link>,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
}

/// `GET /van-ban`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (standing, library) = ask.verb(verbs::library).await?;
    let say = ask.messages();
    html(&List::of(
        ask.page(Part::Instruments, say.get("instrument.list-title"), &standing),
        say,
        &library,
        asked.words,
    ))
}

impl List {
    fn of(page: Page, say: &'static Messages, library: &Library, asked: String) -> Self {
        let words = fold(&asked);
        let rows = library
            .instruments
            .iter()
            .filter(|i| [&i.number, &i.title, &i.issuer, &i.kind].into_iter().any(|text| fold(text).contains(&words)))
            .map(|instrument| row(say, library, instrument))
            .collect();
        Self { lead: say.with("instrument.lead", &[("day", &library.day.in_text())]), asked, rows, page }
    }
}

fn row(say: &'static Messages, library: &Library, instrument: &Instrument) -> Row {
    let (standing, class) = if instrument.is_in_force(library.day) {
        ("instrument.holds", "good")
    } else if library.day < instrument.in_force_from {
        ("instrument.not-yet", "open")
    } else {
        ("instrument.ended", "ended")
    };
    let next = instrument.replaced_by.as_ref();
    let next = next.and_then(|id| library.instruments.iter().find(|other| other.id == *id));
    Row {
        id: instrument.id.to_string(),
        kind: instrument.kind.clone(),
        number: instrument.number.clone(),
        title: thidua_base::text::upper_first(&instrument.title),
        issuer: instrument.issuer.clone(),
        issued: instrument.issued_on.in_table(),
        span: match instrument.in_force_to {
            Some(to) => format!("{} – {}", instrument.in_force_from.in_table(), to.day_before().in_table()),
            None => say.with("instrument.since", &[("day", &instrument.in_force_from.in_table())]),
        },
        standing: say.get(standing),
        class,
        replaced_by: next.map(|next| Link { label: next.cited_short(), href: format!("#{}", next.id) }),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Instruments, lang);
        let say = page.messages();
        let book = thidua_law::Book::shipped().unwrap();
        let day = thidua_base::Date::parse("2020-07-05").unwrap();
        let library = |instruments| Library { day, instruments };
        let mut long: Vec<Instrument> = book.instruments().cloned().collect();
        long[0].title = LONG_NAME.into();
        vec![
            Self::of(page.clone(), say, &library(Vec::new()), String::new()),
            Self::of(page, say, &library(long), String::new()),
        ]
    }
}
