//! The decisions of one's units: drafts first, then the latest.

use askama::Template;
use axum::response::Response;
use thidua_app::decision::{Listed, choices, decisions};

use super::{authority_word, state_word};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::answered;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The list of decisions.
#[derive(Debug, Template)]
#[template(path = "decision/list.html")]
pub struct DecisionsPage {
    page: Page,
    writes: bool,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    href: String,
    title: String,
    issuer: String,
    authority: &'static str,
    year: i16,
    lines: i64,
    number: String,
    day: String,
    state: &'static str,
    class: &'static str,
}

/// `GET /quyet-dinh`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (house, (listed, found)) = ask.verb(|app, by| Ok((decisions(app, by)?, choices(app, by)?))).await?;
    let say = ask.messages();
    let page = ask.page(Part::Decisions, say.get("decision.title"), &house);
    let rows = listed.iter().map(|one| row(say, one)).collect();
    answered(&DecisionsPage { page, writes: !found.issuers.is_empty(), rows }, false)
}

fn row(say: &'static Messages, one: &Listed) -> Row {
    let (state, class) = state_word(say, one.head.state);
    let (number, day) = match &one.head.signed {
        Some((number, on)) => (number.clone(), on.in_table()),
        None => (String::new(), String::new()),
    };
    Row {
        href: paths::decision(&one.head.id),
        title: one.head.title.clone(),
        issuer: one.issuer_name.clone(),
        authority: authority_word(say, one.head.authority),
        year: one.head.year,
        lines: one.head.lines,
        number,
        day,
        state,
        class,
    }
}

impl DecisionsPage {
    fn to_new(&self) -> &'static str {
        paths::DECISION_NEW
    }

    fn to_funds(&self) -> &'static str {
        paths::FUNDS
    }

    fn to_unpaid(&self) -> &'static str {
        paths::UNPAID
    }

    fn to_register(&self) -> &'static str {
        paths::AWARDS
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for DecisionsPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |names: &[&str]| {
            let page = frame(Part::Decisions, lang);
            let rows = names.iter().map(|name| Row {
                href: "/quyet-dinh/qd-1".into(),
                title: (*name).into(),
                issuer: (*name).into(),
                authority: "Chủ tịch UBND huyện",
                year: 2020,
                lines: 325,
                number: "1502/QĐ-UBND".into(),
                day: "26/06/2020".into(),
                state: "đã ban hành",
                class: "good",
            });
            Self { writes: !names.is_empty(), rows: rows.collect(), page }
        };
        vec![of(&[]), of(&["Về việc tặng Giấy khen", LONG_NAME])]
    }
}
