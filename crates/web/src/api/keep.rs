//! What who collects does with forms, cycles and reports: forms made and assigned, time given, sheets waived, cycles closed,
//! reports issued.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::collection::{More, assign_form, close_cycle, create_form, extend, waive};
use thidua_app::report::issue;
use thidua_base::code::{FormId, IndicatorCode, OrgId, ReportId};
use thidua_base::period::PeriodKind;
use thidua_base::{Date, Period};
use thidua_domain::collection::{Assigned, Assignment, Form, FormRow};
use utoipa::ToSchema;

use super::caller::{Caller, json};
use super::forms::FormOut;
use super::problem::{ApiFault, Problem};
use crate::fault::Fault;

/// A form to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormNew {
    /// Id: small letters, digits and hyphens.
    id: String,
    /// Number, as printed above the table; may be empty.
    #[serde(default)]
    number: String,
    /// Title.
    name: String,
    /// The unit that collects.
    receiver: String,
    /// The kind of its periods: `month`, `quarter`, `half`, `nine-months`, `year`, `term` or `school-year`.
    every: String,
    /// Whether a second person of the unit verifies each sheet before it is sent.
    #[serde(default)]
    is_verified: bool,
    /// First day.
    valid_from: String,
    /// First day after; without it the form lasts.
    #[serde(default)]
    valid_to: Option<String>,
    /// The instrument it rests on; may be empty.
    #[serde(default)]
    legal_ref: String,
    /// Its rows, in order.
    rows: Vec<RowNew>,
    /// Who reports by it.
    #[serde(default)]
    assignments: Vec<AssignmentNew>,
}

/// A row of a form to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowNew {
    /// The heading above it.
    #[serde(default)]
    heading: String,
    /// Its number in the first column.
    #[serde(default)]
    label: String,
    /// The indicator it asks for.
    indicator: String,
    /// Whether a sheet without it cannot be sent.
    #[serde(default)]
    is_required: bool,
}

/// Who is to report by a form: one unit, or every unit directly below one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentNew {
    /// One unit.
    #[serde(default)]
    unit: Option<String>,
    /// Every unit directly below this one, whichever they are on the day.
    #[serde(default)]
    below: Option<String>,
    /// First day.
    valid_from: String,
    /// First day after; without it the assignment lasts.
    #[serde(default)]
    valid_to: Option<String>,
}

/// Assignments to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentsNew {
    /// Who.
    assignments: Vec<AssignmentNew>,
}

/// How many assignments were added.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignedOut {
    /// The form.
    pub form: String,
    /// How many.
    pub added: usize,
}

/// More time for a unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionNew {
    /// The unit.
    unit: String,
    /// Its new last day in time, where that moves too.
    #[serde(default)]
    due_on: Option<String>,
    /// Last day on which it may enter and send.
    open_until: String,
    /// Why.
    reason: String,
}

/// More time that was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExtensionOut {
    /// The unit.
    pub unit: String,
    /// Its new last day in time; `null` where that did not move.
    pub due_on: Option<String>,
    /// Last day on which it may enter and send.
    pub open_until: String,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A unit whose sheet will not come.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverNew {
    /// The unit.
    unit: String,
    /// Why.
    reason: String,
}

/// A sheet that was waived.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaiverOut {
    /// The unit.
    pub unit: String,
    /// Why.
    pub reason: String,
    /// Who waived it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A cycle that was closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClosedOut {
    /// When.
    pub at: String,
    /// By whom.
    pub by: String,
    /// The number of the last reading then; "closed" can be made again from it.
    pub as_of_seq: i64,
}

/// A report that was issued.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssueOut {
    /// The report.
    pub report: String,
    /// The number of the issue, from 1.
    pub number: i64,
    /// By whom.
    pub by: String,
    /// When.
    pub at: String,
    /// The number of the last reading it rests on.
    pub as_of_seq: i64,
}

fn day(text: &str, name: &'static str) -> Result<Date, ApiFault> {
    Date::parse(text).map_err(|_| ApiFault::BadParameter(name))
}

fn unit(text: &str, name: &'static str) -> Result<OrgId, ApiFault> {
    OrgId::parse(text).map_err(|_| ApiFault::BadParameter(name))
}

fn form_of(text: &str) -> Result<FormId, ApiFault> {
    FormId::parse(text).map_err(|_| Fault::NotFound.into())
}

fn period_of(text: &str) -> Result<Period, ApiFault> {
    Period::parse(text).map_err(|_| Fault::NotFound.into())
}

fn assignment(form: &FormId, new: &AssignmentNew) -> Result<Assignment, ApiFault> {
    let to = match (&new.unit, &new.below) {
        (Some(one), None) => Assigned::Unit(unit(one, "unit")?),
        (None, Some(parent)) => Assigned::Below(unit(parent, "below")?),
        (Some(_), Some(_)) | (None, None) => return Err(ApiFault::BadParameter("unit")),
    };
    Ok(Assignment {
        form: form.clone(),
        to,
        valid_from: day(&new.valid_from, "valid_from")?,
        valid_to: new.valid_to.as_deref().map(|text| day(text, "valid_to")).transpose()?,
    })
}

/// Makes a form with those who report by it (lập biểu mẫu); scope `keep`
#[utoipa::path(post, path = "/forms", operation_id = "create_form", tag = "forms", request_body = FormNew,
    params(("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The form", body = FormOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn make(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, ApiFault> {
    const KINDS: [PeriodKind; 7] = [
        PeriodKind::Month,
        PeriodKind::Quarter,
        PeriodKind::Half,
        PeriodKind::NineMonths,
        PeriodKind::Year,
        PeriodKind::Term,
        PeriodKind::SchoolYear,
    ];
    let new: FormNew = json(&headers, &body)?;
    let id = FormId::parse(&new.id).map_err(|_| ApiFault::BadParameter("id"))?;
    let assignments = new.assignments.iter().map(|one| assignment(&id, one)).collect::<Result<Vec<_>, _>>()?;
    let rows = new.rows.into_iter().map(|row| {
        Ok(FormRow {
            heading: row.heading,
            label: row.label,
            indicator: IndicatorCode::parse(&row.indicator).map_err(|_| ApiFault::BadParameter("indicator"))?,
            is_required: row.is_required,
        })
    });
    let every = KINDS.into_iter().find(|kind| kind.word() == new.every);
    let form = Form {
        id,
        number: new.number,
        name: new.name,
        receiver: unit(&new.receiver, "receiver")?,
        every: every.ok_or(ApiFault::BadParameter("every"))?,
        is_verified: new.is_verified,
        valid_from: day(&new.valid_from, "valid_from")?,
        valid_to: new.valid_to.as_deref().map(|text| day(text, "valid_to")).transpose()?,
        legal_ref: new.legal_ref,
        rows: rows.collect::<Result<_, ApiFault>>()?,
    };
    caller.once(body, move |app, by| create_form(app, by, &form, &assignments).map(|()| FormOut::of(form))).await
}

/// Says who else reports by a form (giao đơn vị báo cáo); scope `keep`
#[utoipa::path(post, path = "/forms/{form}/assignments", operation_id = "assign_form", tag = "forms",
    request_body = AssignmentsNew,
    params(("form" = String, Path, description = "Form"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "What was added", body = AssignedOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn assign(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let new: AssignmentsNew = json(&headers, &body)?;
    let form = form_of(&id)?;
    let added = new.assignments.iter().map(|one| assignment(&form, one)).collect::<Result<Vec<_>, _>>()?;
    if added.is_empty() {
        return Err(ApiFault::BadParameter("assignments"));
    }
    let out = AssignedOut { form: id, added: added.len() };
    caller.once(body, move |app, by| assign_form(app, by, &form, &added).map(|()| out)).await
}

/// Gives a unit more time in a cycle (gia hạn); scope `keep`
#[utoipa::path(post, path = "/forms/{form}/cycles/{period}/extensions", operation_id = "extend_cycle", tag = "forms",
    request_body = ExtensionNew,
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The time given", body = ExtensionOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn give_time(
    caller: Caller,
    Path((form, period)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let new: ExtensionNew = json(&headers, &body)?;
    let more = More {
        form: form_of(&form)?,
        period: period_of(&period)?,
        unit: unit(&new.unit, "unit")?,
        due_on: new.due_on.as_deref().map(|text| day(text, "due_on")).transpose()?,
        open_until: day(&new.open_until, "open_until")?,
        reason: new.reason,
    };
    let verb = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        extend(app, by, &more).map(|given| ExtensionOut {
            unit: given.unit.to_string(),
            due_on: given.due_on.map(|day| day.to_string()),
            open_until: given.open_until.to_string(),
            reason: given.reason,
            by: given.granted_by,
            at: given.granted_at.to_string(),
        })
    };
    caller.once(body, verb).await
}

/// Waives a unit's sheet of a cycle (miễn gửi); scope `keep`
#[utoipa::path(post, path = "/forms/{form}/cycles/{period}/waivers", operation_id = "waive_sheet", tag = "forms",
    request_body = WaiverNew,
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The waiver", body = WaiverOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn let_off(
    caller: Caller,
    Path((form, period)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let new: WaiverNew = json(&headers, &body)?;
    let (form, period, unit) = (form_of(&form)?, period_of(&period)?, unit(&new.unit, "unit")?);
    let verb = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        waive(app, by, &form, period, &unit, &new.reason).map(|waiver| WaiverOut {
            unit: waiver.unit.to_string(),
            reason: waiver.reason,
            by: waiver.granted_by,
            at: waiver.granted_at.to_string(),
        })
    };
    caller.once(body, verb).await
}

/// Closes a cycle (đóng đợt báo cáo); scope `keep`
#[utoipa::path(post, path = "/forms/{form}/cycles/{period}/closing", operation_id = "close_cycle", tag = "forms",
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The closing", body = ClosedOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn close(
    caller: Caller,
    Path((form, period)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let (form, period) = (form_of(&form)?, period_of(&period)?);
    let verb = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        close_cycle(app, by, &form, period).map(|closing| ClosedOut {
            at: closing.at.to_string(),
            by: closing.by,
            as_of_seq: closing.as_of_seq,
        })
    };
    caller.once(body, verb).await
}

/// Issues a report as it stands, which freezes its files (ban hành); scope `keep`
#[utoipa::path(post, path = "/reports/{id}/issues", operation_id = "issue_report", tag = "reports",
    params(("id" = String, Path, description = "Report"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The issue", body = IssueOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn issue_report(caller: Caller, Path(id): Path<String>, body: Bytes) -> Result<Response, ApiFault> {
    let id = ReportId::parse(&id).map_err(|_| Fault::NotFound)?;
    let verb = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        issue(app, by, &id).map(|issue| IssueOut {
            report: issue.report.to_string(),
            number: issue.number,
            by: issue.by,
            at: issue.at.to_string(),
            as_of_seq: issue.as_of_seq,
        })
    };
    caller.once(body, verb).await
}
