//! A report as a file: DOCX, PDF or HTML.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use thidua_app::report::{self, Format};
use thidua_base::code::ReportId;

use crate::fault::Fault;
use crate::site::Ask;

/// `GET /bao-cao/{id}/{id}.docx`, `.pdf`, `.html`
pub async fn file(ask: Ask, Path((id, file)): Path<(String, String)>) -> Result<Response, Fault> {
    let id = ReportId::parse(&id).map_err(|_| Fault::NotFound)?;
    let format = Format::ALL.into_iter().find(|format| file == format!("{id}.{}", format.extension()));
    let format = format.ok_or(Fault::NotFound)?;
    let bytes = ask
        .file(move |app, by| {
            let written = report::written(app, by, &id)?;
            report::print(&written.made.document, format)
        })
        .await?;
    // Always saved, never shown in the site: a file has its own look and its own rights.
    let disposition = format!("attachment; filename=\"{file}\"");
    Ok(([(header::CONTENT_TYPE, format.media_type()), (header::CONTENT_DISPOSITION, &disposition)], bytes)
        .into_response())
}
