//! Issuing a report, its issues with their frozen files, and what was corrected since.

use std::collections::HashMap;

use axum::Form;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::report::{self, Format, Issued, IssuedSeen};
use thidua_base::code::ReportId;
use thidua_domain::Refusal;
use thidua_domain::draft::IssuedFile;

use super::indicator_name;
use super::show::shown;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::paths;
use crate::site::Ask;

/// An issue as a row of a table.
#[derive(Debug)]
pub struct IssueView {
    /// Its number among the issues of the report.
    pub number: String,
    /// Who issued it.
    pub by: String,
    /// When.
    pub at: String,
    /// Its files as they were frozen.
    pub files: Vec<Link>,
    /// How many of its figures were corrected since, in words; empty where none was.
    pub corrected: String,
    /// The passports of those figures.
    pub figures: Vec<Link>,
}

/// The files of an issue, with the endings of their names.
const FILES: [(IssuedFile, Format); 2] = [(IssuedFile::Docx, Format::Docx), (IssuedFile::Pdf, Format::Pdf)];

/// `POST /bao-cao/{id}/ban-hanh`
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let id = ReportId::parse(&id).map_err(|_| Fault::NotFound)?;
    if !ask.takes(fields.get("ma").map(String::as_str).unwrap_or_default()) {
        return shown(&ask, id, Some(Refusal::StaleForm)).await;
    }
    let wanted = id.clone();
    match ask.file(move |app, by| report::issue(app, by, &wanted)).await {
        Ok(_) => Ok(Redirect::to(&format!("{}#ban-hanh", paths::report(&id))).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, id, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// `GET /bao-cao/{id}/ban-hanh/{number}.docx`, `.pdf`: byte for byte as issued.
pub async fn file(ask: Ask, Path((id, file)): Path<(String, String)>) -> Result<Response, Fault> {
    let id = ReportId::parse(&id).map_err(|_| Fault::NotFound)?;
    let (number, ending) = file.split_once('.').ok_or(Fault::NotFound)?;
    let number: i64 = number.parse().map_err(|_| Fault::NotFound)?;
    let (wanted, format) = FILES.into_iter().find(|(_, format)| format.extension() == ending).ok_or(Fault::NotFound)?;
    let name = format!("{id}-{number}.{ending}");
    let bytes = ask.file(move |app, by| report::issued_file(app, by, &id, number, wanted)).await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, format.media_type()), (header::CONTENT_DISPOSITION, &disposition)], bytes)
        .into_response())
}

/// The frozen files of an issue, as links.
pub fn issued_files(say: &'static Messages, id: &ReportId, number: i64) -> Vec<Link> {
    let link = |(_, format): (IssuedFile, Format)| Link {
        label: say.with("report.file", &[("kind", &format.extension().to_uppercase())]),
        href: paths::issued_file(id, number, format.extension()),
    };
    FILES.into_iter().map(link).collect()
}

/// The issues of a report, the latest first.
pub fn issue_views(say: &'static Messages, issued: &Issued) -> Vec<IssueView> {
    issued.seen.iter().rev().map(|seen| issue_view(say, seen)).collect()
}

fn issue_view(say: &'static Messages, seen: &IssuedSeen) -> IssueView {
    let issue = &seen.issue;
    let count = seen.corrected.len();
    IssueView {
        number: issue.number.to_string(),
        by: issue.by.clone(),
        at: issue.at.in_table(),
        files: issued_files(say, &issue.report, issue.number),
        corrected: match count {
            0 => String::new(),
            count => say.with("issue.corrected", &[("count", &count.to_string())]),
        },
        figures: seen
            .corrected
            .iter()
            .map(|cell| Link {
                label: format!(
                    "{}, {}, {}",
                    indicator_name(say, &cell.indicator),
                    cell.unit_name,
                    say.period(cell.period)
                ),
                href: paths::passport(&cell.key),
            })
            .collect(),
    }
}
