//! Reports and their files.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use thidua_app::Error;
use thidua_app::permit::permit;
use thidua_app::report::{Format, Listed, list as listed, print, written};
use thidua_base::code::ReportId;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::{Actor, Scope};
use utoipa::ToSchema;

use super::caller::Caller;
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use crate::fault::Fault;

/// A report (báo cáo).
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportOut {
    /// Id.
    pub id: String,
    /// Its form.
    pub form: String,
    /// Its unit.
    pub unit: String,
    /// The unit's name on its day.
    pub unit_name: String,
    /// Its period.
    pub period: String,
    /// Its day.
    pub dated: String,
}

/// The reports (báo cáo)
#[utoipa::path(get, path = "/reports", operation_id = "list_reports", tag = "reports", params(Part),
    responses((status = 200, description = "Reports, by id", body = Paged<ReportOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(part): Query<Part>) -> Result<Json<Paged<ReportOut>>, ApiFault> {
    let reports = caller.read(listed).await?;
    let shown = |one: Listed| ReportOut {
        id: one.report.id.to_string(),
        form: one.report.form,
        unit: one.report.unit.to_string(),
        unit_name: one.unit_name,
        period: one.report.period.to_string(),
        dated: one.report.dated.to_string(),
    };
    Ok(Json(part.of(reports, |one| one.report.id.to_string(), shown)?))
}

/// A report as a file: `docx`, `pdf` or `html`
#[utoipa::path(get, path = "/reports/{id}/{format}", operation_id = "read_report_file", tag = "reports",
    params(("id" = String, Path, description = "Report"),
        ("format" = String, Path, description = "`docx`, `pdf` or `html`")),
    responses((status = 200, description = "The file", content(
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (Vec<u8> = "application/pdf"), (String = "text/html"))),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn file(caller: Caller, Path((id, format)): Path<(String, String)>) -> Result<Response, ApiFault> {
    let id = ReportId::parse(&id).map_err(|_| Fault::NotFound)?;
    let format = Format::ALL.into_iter().find(|known| known.extension() == format).ok_or(Fault::NotFound)?;
    let name = format!("attachment; filename=\"{id}.{}\"", format.extension());
    let read = caller.read(move |app, by| {
        permit(by, Verb::PrintReport, Thing::Tenant, "report")?;
        if !listed(app, by)?.iter().any(|one| one.report.id == id) {
            return Err(Error::NotFound("report"));
        }
        // Whoever may have a report has it whole: it names units beyond those of the key.
        let whole = Actor { scope: Scope::whole(by.scope.tenant.clone()), ..by.clone() };
        print(&written(app, &whole, &id)?.made.document, format)
    });
    let bytes = read.await?;
    Ok(([(CONTENT_TYPE, format.media_type()), (CONTENT_DISPOSITION, &name)], bytes).into_response())
}
