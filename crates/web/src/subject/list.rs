//! The lists of persons, collectives and households, a page at a time; and the way to one by the citizen's number.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::subject::{self, Listed, SubjectRow};
use thidua_base::code::OrgId;
use thidua_domain::honour::Subject;

use super::{Choices, list_of, part_of};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::figure::Mark;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::Page;
use crate::paging::{Paging, ROWS_A_PAGE};
use crate::paths;
use crate::site::{Ask, html};

/// A list of subjects.
#[derive(Debug, Template)]
#[template(path = "subject/list.html")]
pub struct SubjectsPage {
    page: Page,
    title: &'static str,
    lead: &'static str,
    problem: String,
    words: String,
    units: Vec<FilterOption>,
    shown: String,
    rows: Vec<Row>,
    paging: Paging,
    is_persons: bool,
    enters: bool,
    merges: bool,
    to_new: String,
    to_duplicates: &'static str,
    to_lists: &'static str,
    by_cccd: &'static str,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    mark: Option<Mark>,
    about: String,
    units: String,
    awards: usize,
    newest: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "don-vi", default)]
    unit: String,
    #[serde(rename = "trang", default)]
    page: String,
}

/// `GET /nguoi`, `GET /tap-the`, `GET /ho-gia-dinh`
pub async fn page(ask: Ask, Query(asked): Query<Asked>, kind: Subject) -> Result<Response, Fault> {
    shown(&ask, asked, kind, String::new()).await
}

/// `POST /nguoi/so-can-cuoc`: the number never stands in an address.
pub async fn find(ask: Ask, Form(fields): Form<HashMap<String, String>>) -> Result<Response, Fault> {
    let number = fields.get("so").cloned().unwrap_or_default();
    let found = ask.file(move |app, by| subject::by_cccd(app, by, &number)).await;
    let say = ask.messages();
    let problem = match found {
        Ok(id) => return Ok(Redirect::to(&paths::subject(Subject::Individual, &id)).into_response()),
        Err(Fault::NotFound) => say.get("person.cccd-unknown").to_owned(),
        Err(Fault::Refused(refusal)) => say.refusal(&refusal),
        Err(fault) => return Err(fault),
    };
    shown(&ask, Asked::default(), Subject::Individual, problem).await
}

async fn shown(ask: &Ask, asked: Asked, kind: Subject, problem: String) -> Result<Response, Fault> {
    let at: usize = asked.page.parse().unwrap_or(1).max(1);
    let wanted = subject::Asked {
        kind: Some(kind),
        words: asked.words.clone(),
        unit: OrgId::parse(&asked.unit).ok(),
        after: (at - 1) * ROWS_A_PAGE,
        most: ROWS_A_PAGE,
    };
    let (house, (listed, choices, merges)) = ask
        .verb(move |app, by| {
            let listed = subject::list(app, by, &wanted)?;
            // A page beyond the end is the last one.
            let last = listed.count.div_ceil(ROWS_A_PAGE).max(1);
            let listed = match at > last {
                true => subject::list(app, by, &subject::Asked { after: (last - 1) * ROWS_A_PAGE, ..wanted })?,
                false => listed,
            };
            let merges = subject::may_merge(by);
            Ok((listed, Choices::read(app, by, false)?, merges))
        })
        .await?;
    let say = ask.messages();
    let page = ask.page(part_of(kind), say.get(title(kind)), &house);
    let mut view = SubjectsPage::of(page, say, kind, &listed, &choices, &asked, at);
    view.merges = merges;
    view.problem = problem;
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if !view.problem.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The key of the title of a list.
pub fn title(kind: Subject) -> &'static str {
    match kind {
        Subject::Individual => "person.list-title",
        Subject::Collective => "person.collectives-title",
        Subject::Household => "person.households-title",
    }
}

impl SubjectsPage {
    fn of(
        page: Page,
        say: &'static Messages,
        kind: Subject,
        listed: &Listed,
        choices: &Choices,
        asked: &Asked,
        at: usize,
    ) -> Self {
        let query = [("tim", asked.words.as_str()), ("don-vi", &asked.unit)];
        let paging = Paging::of(list_of(kind), &query, at, listed.count);
        let units = listed.units.iter().map(|(id, name)| (id.to_string(), name.clone()));
        Self {
            title: say.get(title(kind)),
            lead: say.get("person.lead"),
            problem: String::new(),
            words: asked.words.clone(),
            units: options(say.get("filter.all"), units, &asked.unit),
            shown: say.with(
                "award.shown",
                &[
                    ("first", &paging.first.to_string()),
                    ("last", &paging.last.to_string()),
                    ("rows", &paging.rows.to_string()),
                ],
            ),
            rows: listed.rows.iter().map(|row| row_of(say, kind, choices, row)).collect(),
            paging,
            is_persons: kind == Subject::Individual,
            enters: listed.enters,
            merges: false,
            to_new: paths::subject_new(kind),
            to_duplicates: paths::DUPLICATES,
            to_lists: paths::AWARD_LISTS,
            by_cccd: paths::BY_CCCD,
            page,
        }
    }
}

fn row_of(say: &'static Messages, kind: Subject, choices: &Choices, row: &SubjectRow) -> Row {
    let details = &row.identity.details;
    let about = match kind {
        Subject::Household => details.place.clone(),
        Subject::Individual | Subject::Collective => details.born.in_table(),
    };
    Row {
        name: details.name.clone(),
        href: paths::subject(kind, &row.identity.id),
        mark: Mark::warning(say, row.identity.provenance.origin),
        about: if about.is_empty() { "–".to_owned() } else { about },
        units: if row.units.is_empty() { "–".to_owned() } else { row.units.join("; ") },
        awards: row.awards,
        newest: match &row.newest {
            Some((honour, year)) => format!("{}, {year}", choices.honour(say, honour)),
            None => "–".to_owned(),
        },
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for SubjectsPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |kind: Subject, rows: usize| {
            let page = frame(part_of(kind), lang);
            let say = page.messages();
            let listed = Listed { rows: Vec::new(), count: rows, units: Vec::new(), enters: rows > 0 };
            let asked = Asked { words: "\" onfocus=\"x".into(), ..Asked::default() };
            let mut view = Self::of(page, say, kind, &listed, &Choices::default(), &asked, 2);
            view.merges = rows > 0;
            view.problem = if rows > 0 { LONG_NAME.into() } else { String::new() };
            view.rows = (0..rows.min(ROWS_A_PAGE))
                .map(|number| Row {
                    name: format!("{LONG_NAME} {number}"),
                    href: "/nguoi/s-1".into(),
                    mark: Some(Mark::of(say, thidua_domain::Origin::Sample)),
                    about: "05/02/1980".into(),
                    units: LONG_NAME.into(),
                    awards: number,
                    newest: "Giấy khen, 2019".into(),
                })
                .collect();
            view
        };
        vec![of(Subject::Individual, 0), of(Subject::Individual, 10_000), of(Subject::Household, 1)]
    }
}
