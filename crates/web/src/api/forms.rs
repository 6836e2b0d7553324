//! Forms and their cycles.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::collection::{catalogue, open_cycle};
use thidua_base::code::FormId;
use thidua_base::{Date, Period};
use thidua_domain::collection::{Cycle, Form};
use utoipa::ToSchema;

use super::caller::{Caller, json};
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use super::words;
use crate::fault::Fault;

/// A form (biểu mẫu).
#[derive(Debug, Serialize, ToSchema)]
pub struct FormOut {
    /// Id.
    pub id: String,
    /// Number, as printed above the table.
    pub number: String,
    /// Title.
    pub name: String,
    /// The unit that collects.
    pub receiver: String,
    /// The kind of its periods.
    pub every: &'static str,
    /// Whether a second person of the unit verifies each sheet before it is sent.
    pub is_verified: bool,
    /// First day.
    pub valid_from: String,
    /// First day after; `null` while it lasts.
    pub valid_to: Option<String>,
    /// The instrument it rests on.
    pub legal_ref: String,
    /// Its rows, in order.
    pub rows: Vec<RowOut>,
}

/// A row of a form.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowOut {
    /// The heading above it; may be empty.
    pub heading: String,
    /// What is printed instead of the indicator's name; may be empty.
    pub label: String,
    /// The indicator it asks for.
    pub indicator: String,
    /// Whether a sheet without it cannot be sent.
    pub is_required: bool,
}

/// A cycle (đợt báo cáo) of a form.
#[derive(Debug, Serialize, ToSchema)]
pub struct CycleOut {
    /// The form.
    pub form: String,
    /// The period.
    pub period: String,
    /// First day on which figures may be entered.
    pub opens_on: String,
    /// Last day in time.
    pub due_on: String,
    /// Last day on which late sheets are still expected.
    pub grace_until: String,
    /// Last day on which figures may be entered.
    pub closes_on: String,
    /// How firm the figures are: `estimate`, `provisional` or `official`.
    pub nature: &'static str,
    /// When it was closed; `null` while it is not.
    pub closed_at: Option<String>,
}

/// A cycle to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CycleNew {
    /// The period.
    period: String,
    /// First day on which figures may be entered.
    opens_on: String,
    /// Last day in time.
    due_on: String,
    /// Last day on which late sheets are still expected.
    grace_until: String,
    /// Last day on which figures may be entered.
    closes_on: String,
    /// How firm the figures are: `estimate`, `provisional` or `official`.
    nature: String,
}

impl FormOut {
    pub fn of(form: Form) -> Self {
        Self {
            id: form.id.to_string(),
            number: form.number,
            name: form.name,
            receiver: form.receiver.to_string(),
            every: form.every.word(),
            is_verified: form.is_verified,
            valid_from: form.valid_from.to_string(),
            valid_to: form.valid_to.map(|day| day.to_string()),
            legal_ref: form.legal_ref,
            rows: form
                .rows
                .into_iter()
                .map(|row| RowOut {
                    heading: row.heading,
                    label: row.label,
                    indicator: row.indicator.to_string(),
                    is_required: row.is_required,
                })
                .collect(),
        }
    }
}

impl CycleOut {
    fn of(cycle: &Cycle) -> Self {
        Self {
            form: cycle.form.to_string(),
            period: cycle.period.to_string(),
            opens_on: cycle.opens_on.to_string(),
            due_on: cycle.due_on.to_string(),
            grace_until: cycle.grace_until.to_string(),
            closes_on: cycle.closes_on.to_string(),
            nature: words::nature(cycle.nature),
            closed_at: cycle.closing.as_ref().map(|closing| closing.at.to_string()),
        }
    }
}

/// The forms (biểu mẫu) the account has to do with
#[utoipa::path(get, path = "/forms", operation_id = "list_forms", tag = "forms", params(Part),
    responses((status = 200, description = "Forms, by id", body = Paged<FormOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(part): Query<Part>) -> Result<Json<Paged<FormOut>>, ApiFault> {
    let known = caller.read(catalogue).await?;
    let forms: Vec<Form> = known.forms.into_iter().map(|listed| listed.form).collect();
    Ok(Json(part.of(forms, |form| form.id.to_string(), FormOut::of)?))
}

/// One form
#[utoipa::path(get, path = "/forms/{form}", operation_id = "read_form", tag = "forms", params(("form" = String, Path, description = "Form")),
    responses((status = 200, description = "The form", body = FormOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(caller: Caller, Path(id): Path<String>) -> Result<Json<FormOut>, ApiFault> {
    let known = caller.read(catalogue).await?;
    let found = known.forms.into_iter().find(|listed| listed.form.id.as_str() == id).ok_or(Fault::NotFound)?;
    Ok(Json(FormOut::of(found.form)))
}

/// The cycles of a form (đợt báo cáo)
#[utoipa::path(get, path = "/forms/{form}/cycles", operation_id = "list_cycles", tag = "forms",
    params(("form" = String, Path, description = "Form"), Part),
    responses((status = 200, description = "Cycles, by period", body = Paged<CycleOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn cycles(
    caller: Caller,
    Path(id): Path<String>,
    Query(part): Query<Part>,
) -> Result<Json<Paged<CycleOut>>, ApiFault> {
    let known = caller.read(catalogue).await?;
    let found = known.forms.into_iter().find(|listed| listed.form.id.as_str() == id).ok_or(Fault::NotFound)?;
    let cycles: Vec<Cycle> = found.cycles.into_iter().map(|listed| listed.cycle).collect();
    Ok(Json(part.of(cycles, |cycle| cycle.period.to_string(), |cycle| CycleOut::of(&cycle))?))
}

/// Opens a cycle (mở đợt báo cáo); scope `keep`
#[utoipa::path(post, path = "/forms/{form}/cycles", operation_id = "open_cycle", tag = "forms", request_body = CycleNew,
    params(("form" = String, Path, description = "Form"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The cycle", body = CycleOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn open(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let new: CycleNew = json(&headers, &body)?;
    let day = |text: &str, name| Date::parse(text).map_err(|_| ApiFault::BadParameter(name));
    let cycle = Cycle {
        form: FormId::parse(&id).map_err(|_| Fault::NotFound)?,
        period: Period::parse(&new.period).map_err(|_| ApiFault::BadParameter("period"))?,
        opens_on: day(&new.opens_on, "opens_on")?,
        due_on: day(&new.due_on, "due_on")?,
        grace_until: day(&new.grace_until, "grace_until")?,
        closes_on: day(&new.closes_on, "closes_on")?,
        nature: words::nature_read(&new.nature).ok_or(ApiFault::BadParameter("nature"))?,
        closing: None,
    };
    caller.once(body, move |app, by| open_cycle(app, by, &cycle).map(|()| CycleOut::of(&cycle))).await
}
