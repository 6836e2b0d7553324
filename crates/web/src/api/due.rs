//! What is due.

use axum::Json;
use axum::extract::Query;
use serde::Serialize;
use thidua_app::notice::{Due, due_list};
use thidua_domain::collection::submission::Side;
use utoipa::ToSchema;

use super::caller::Caller;
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};

/// Something that is due (việc đến hạn).
#[derive(Debug, Serialize, ToSchema)]
pub struct DueOut {
    /// The form.
    pub form: String,
    /// Its title.
    pub form_name: String,
    /// The period.
    pub period: String,
    /// Whose sheet.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// By when.
    pub until: String,
    /// Working days left; negative when late.
    pub days_left: i64,
    /// Whether all days off until then are known, so that the count is certain.
    pub is_certain: bool,
    /// Whether that day is over.
    pub is_late: bool,
    /// Where the sheet stands.
    pub state: &'static str,
    /// What is to be done next.
    pub next: &'static str,
    /// By whom: `reporter` or `receiver`.
    pub side: &'static str,
    /// Whether it is the account's to do.
    pub is_mine: bool,
}

fn shown(due: Due) -> DueOut {
    DueOut {
        form: due.item.form.to_string(),
        form_name: due.form_name,
        period: due.item.period.to_string(),
        unit: due.item.unit.to_string(),
        unit_name: due.unit_name,
        until: due.item.until.to_string(),
        days_left: due.item.left.days,
        is_certain: due.item.left.is_certain,
        is_late: due.item.is_late,
        state: due.item.state.word(),
        next: due.item.next.word(),
        side: match due.item.side {
            Side::Reporter => "reporter",
            Side::Receiver => "receiver",
        },
        is_mine: due.is_mine,
    }
}

/// What is due (việc đến hạn), the most urgent first
#[utoipa::path(get, path = "/due", operation_id = "list_due", tag = "due", params(Part),
    responses((status = 200, description = "What is due, by day", body = Paged<DueOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(part): Query<Part>) -> Result<Json<Paged<DueOut>>, ApiFault> {
    let due = caller.read(due_list).await?;
    let key = |due: &Due| format!("{} {} {} {}", due.item.until, due.item.form, due.item.period, due.item.unit);
    Ok(Json(part.of(due, key, shown)?))
}
