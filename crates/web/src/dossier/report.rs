//! The achievement report: written from a draft, its versions, and what changed from one to the next.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::dossier::{DossierSeen, draft_report, show, write_report};
use thidua_domain::Refusal;
use thidua_domain::dossier::{Change, DossierId, REPORT_CHARS_MAX, changes};

use super::{dossier_of, refused};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Fields, answered};
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The report of a dossier.
#[derive(Debug, Template)]
#[template(path = "dossier/report.html")]
pub struct ReportPage {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    to_dossier: String,
    name: String,
    writes: bool,
    is_draft: bool,
    seen: i64,
    body: String,
    most: usize,
    versions: Vec<Link>,
    compared: String,
    changes: Vec<(&'static str, String)>,
}

/// Which version is compared with the one before it.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "ban", default)]
    version: String,
}

/// `GET /ho-so/{id}/bao-cao`
pub async fn page(ask: Ask, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, dossier_of(&id)?, &asked, None, None).await
}

/// `POST /ho-so/{id}/bao-cao`
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = dossier_of(&id)?;
    let fields = Fields(fields);
    let body = fields.get("noi-dung").to_owned();
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, id, &Asked::default(), Some(Refusal::StaleForm), Some(body)).await;
    }
    let seen = fields.get("ban").parse().map_err(|_| Fault::NotFound)?;
    let (wanted, text) = (id.clone(), body.clone());
    match ask.file(move |app, by| write_report(app, by, &wanted, seen, &text)).await {
        Ok(_) => Ok(Redirect::to(&format!("{}#bao-cao", paths::dossier(&id))).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, id, &Asked::default(), Some(refusal), Some(body)).await,
        Err(fault) => Err(fault),
    }
}

async fn shown(
    ask: &Ask,
    id: DossierId,
    asked: &Asked,
    refusal: Option<Refusal>,
    typed: Option<String>,
) -> Result<Response, Fault> {
    let read = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        let seen = show(app, by, &id)?;
        let draft = if seen.reports.is_empty() { draft_report(app, by, &id)? } else { String::new() };
        Ok((seen, draft))
    };
    let (house, (seen, draft)) = ask.verb(read).await?;
    let say = ask.messages();
    let title = format!("{} – {}", say.get("dossier.report"), seen.look.recorded.details.name);
    let mut view = ReportPage::of(ask.page(Part::Dossiers, &title, &house), say, &seen, draft, asked);
    view.form_token = ask.form_token()?;
    view.writes &= !view.form_token.is_empty();
    if let Some(typed) = typed {
        view.body = typed;
    }
    view.refusal = refused(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl ReportPage {
    fn of(page: Page, say: &'static Messages, seen: &DossierSeen, draft: String, asked: &Asked) -> Self {
        let address = paths::dossier_report(&seen.dossier.id);
        let newest = seen.reports.last();
        let chosen = asked.version.parse().ok().or_else(|| newest.map(|report| report.version));
        let later = seen.reports.iter().find(|report| Some(report.version) == chosen);
        let earlier = later.and_then(|later| seen.reports.iter().rev().find(|report| report.version < later.version));
        let compared = earlier.zip(later);
        let told = compared.map(|(old, new)| changes(&old.body, &new.body)).unwrap_or_default();
        Self {
            refusal: String::new(),
            form_token: String::new(),
            to_dossier: paths::dossier(&seen.dossier.id),
            name: seen.look.recorded.details.name.clone(),
            writes: seen.writes,
            is_draft: newest.is_none(),
            seen: newest.map_or(0, |report| report.version),
            body: newest.map_or(draft, |report| report.body.clone()),
            most: REPORT_CHARS_MAX,
            versions: seen
                .reports
                .iter()
                .rev()
                .map(|report| Link {
                    label: say.with(
                        "dossier.report-facts",
                        &[("version", &report.version.to_string()), ("by", &report.by), ("at", &report.at.in_table())],
                    ),
                    href: paths::with_query(&address, &[("ban", &report.version.to_string())]),
                })
                .collect(),
            compared: compared
                .map(|(old, new)| {
                    let (old, new) = (old.version.to_string(), new.version.to_string());
                    say.with("dossier.report-changes", &[("old", &old), ("new", &new)])
                })
                .unwrap_or_default(),
            changes: told
                .into_iter()
                .map(|change| match change {
                    Change::Same(line) => ("same", line),
                    Change::Added(line) => ("added", line),
                    Change::Removed(line) => ("removed", line),
                })
                .collect(),
            address,
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for ReportPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |full: bool| Self {
            page: frame(Part::Dossiers, lang),
            refusal: if full { LONG_NAME.into() } else { String::new() },
            form_token: "0-0".into(),
            address: "/ho-so/hs-1/bao-cao".into(),
            to_dossier: "/ho-so/hs-1".into(),
            name: LONG_NAME.into(),
            writes: full,
            is_draft: full,
            seen: 2,
            body: LONG_NAME.into(),
            most: 60_000,
            versions: vec![
                Link { label: "Bản 2".into(), href: "/ho-so/hs-1/bao-cao?ban=2".into() };
                usize::from(full)
            ],
            compared: if full { "Bản 2 so với bản 1".into() } else { String::new() },
            changes: if full {
                vec![("same", LONG_NAME.into()), ("added", "a".into()), ("removed", "b".into())]
            } else {
                Vec::new()
            },
        };
        vec![of(false), of(true)]
    }
}
