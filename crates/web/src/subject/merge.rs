//! Two side by side, and the word that they are one; nothing is moved, and it can be taken back.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::subject::{SubjectSeen, merge_subjects, side_by_side};
use thidua_domain::Refusal;
use thidua_domain::honour::Subject;
use thidua_domain::subject::{FactKind, SubjectId, Term};

use super::{Choices, show, told, word};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Two side by side.
#[derive(Debug, Template)]
#[template(path = "subject/merge.html")]
pub struct MergePage {
    page: Page,
    to_list: &'static str,
    to_duplicates: &'static str,
    problem: String,
    one: Who,
    two: Who,
    rows: Vec<(String, String, String)>,
    reason: String,
    address: String,
    form_token: String,
}

#[derive(Debug)]
struct Who {
    id: String,
    name: String,
    href: String,
}

/// Which two.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "mot", default)]
    one: String,
    #[serde(rename = "hai", default)]
    two: String,
}

/// `GET /nguoi/gop`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, &asked, String::new(), None).await
}

/// `POST /nguoi/gop`
pub async fn submit(ask: Ask, Form(form): Form<HashMap<String, String>>) -> Result<Response, Fault> {
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let asked = Asked { one: field("mot"), two: field("hai") };
    if !ask.takes(&field("ma")) {
        return shown(&ask, &asked, field("ly-do"), Some(Refusal::StaleForm)).await;
    }
    let (kept, merged) = if field("giu") == asked.two { (&asked.two, &asked.one) } else { (&asked.one, &asked.two) };
    let kept = id_of(kept).ok_or(Fault::NotFound)?;
    let merged = id_of(merged).ok_or(Fault::NotFound)?;
    let (reason, to) = (field("ly-do"), kept.clone());
    match ask.file(move |app, by| merge_subjects(app, by, &kept, &merged, &reason).map(drop)).await {
        Ok(()) => Ok(Redirect::to(&paths::subject(Subject::Individual, &to)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, &asked, field("ly-do"), Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// An id, also as the address of a life that somebody copied.
fn id_of(text: &str) -> Option<SubjectId> {
    let last = text.trim().rsplit('/').next().unwrap_or_default();
    SubjectId::parse(last.split(['?', '#']).next().unwrap_or_default()).ok()
}

async fn shown(ask: &Ask, asked: &Asked, reason: String, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let one = id_of(&asked.one).ok_or(Fault::NotFound)?;
    let two = id_of(&asked.two).ok_or(Fault::NotFound)?;
    let (house, ((one, two), choices)) =
        ask.verb(move |app, by| Ok((side_by_side(app, by, &one, &two)?, Choices::read(app, by, false)?))).await?;
    let say = ask.messages();
    let page = ask.page(Part::Persons, say.get("person.merge"), &house);
    let mut view = MergePage::of(page, say, &choices, (&one, &two), ask.form_token()?);
    view.reason = reason;
    view.problem = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl MergePage {
    fn of(
        page: Page,
        say: &'static Messages,
        choices: &Choices,
        (one, two): (&SubjectSeen, &SubjectSeen),
        form_token: String,
    ) -> Self {
        let who = |seen: &SubjectSeen| Who {
            id: seen.id.to_string(),
            name: seen.details.name.clone(),
            href: paths::subject(seen.details.kind, &seen.id),
        };
        let facts = |seen: &SubjectSeen| show::identity(say, &seen.details, &seen.units, seen.sees_cccd);
        let (left, right) = (facts(one), facts(two));
        let mut labels: Vec<&str> = left.iter().chain(&right).map(|fact| fact.label).collect();
        labels.dedup();
        let mut rows: Vec<(String, String, String)> = Vec::new();
        for label in labels {
            if rows.iter().any(|row| row.0 == label) {
                continue;
            }
            let of = |facts: &[crate::option::LabelledFact]| {
                let found = facts.iter().find(|fact| fact.label == label);
                found.map_or_else(|| "–".to_owned(), |fact| fact.text.clone())
            };
            rows.push((label.to_owned(), of(&left), of(&right)));
        }
        for kind in FactKind::all() {
            let of = |seen: &SubjectSeen| {
                let facts = seen.facts.iter().filter(|fact| !fact.is_gone && fact.fact.about.kind() == Some(kind));
                let lines: Vec<String> =
                    facts.map(|fact| told::line(say, choices, &fact.fact.about, &fact.unit)).collect();
                lines.join("\n")
            };
            let (left, right) = (of(one), of(two));
            if !left.is_empty() || !right.is_empty() {
                let dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
                rows.push((word(say, kind), dash(left), dash(right)));
            }
        }
        Self {
            to_list: paths::PERSONS,
            to_duplicates: paths::DUPLICATES,
            problem: String::new(),
            one: who(one),
            two: who(two),
            rows,
            reason: String::new(),
            address: paths::MERGE.to_owned(),
            form_token,
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for MergePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let who = |id: &str| Who { id: id.into(), name: LONG_NAME.into(), href: format!("/nguoi/{id}") };
        let of = |rows: usize| Self {
            page: frame(Part::Persons, lang),
            to_list: "/nguoi",
            to_duplicates: "/nguoi/trung",
            problem: if rows > 0 { LONG_NAME.into() } else { String::new() },
            one: who("s-1"),
            two: who("s-2"),
            rows: (0..rows).map(|_| (LONG_NAME.into(), format!("{LONG_NAME}\n{LONG_NAME}"), "–".into())).collect(),
            reason: String::new(),
            address: "/nguoi/gop".into(),
            form_token: "0-0".into(),
        };
        vec![of(0), of(4)]
    }
}
