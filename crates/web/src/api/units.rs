//! Units of a day, and what happened to them: from which to which figures are carried.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use thidua_app::org;
use thidua_base::Date;
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use super::words;
use crate::site::Site;

/// Which units.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UnitsAsked {
    /// The day whose units are listed (ngày), `YYYY-MM-DD`; the day the pages show without it.
    pub day: Option<String>,
    /// Most lines of the answer, 1 to 500; 100 without it.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<usize>,
    /// The `next` of the answer before.
    pub cursor: Option<String>,
}

/// A unit (đơn vị) as it is on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitOut {
    /// Id; stays when names change.
    pub id: String,
    /// Kind: `commune`, `district`, ….
    pub kind: String,
    /// Code in the national register; may be empty.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// First day of this version.
    pub valid_from: String,
    /// First day after; `null` while it lasts.
    pub valid_to: Option<String>,
    /// The instrument it rests on.
    pub legal_ref: String,
    /// The unit above in the territory; `null` at the top.
    pub above: Option<String>,
}

/// Something that happened to units (sáp nhập, chia tách, đổi tên).
#[derive(Debug, Serialize, ToSchema)]
pub struct EventOut {
    /// Id.
    pub id: String,
    /// `create`, `rename`, `recode`, `move`, `merge`, `split`, `abolish` or `restore`.
    pub kind: String,
    /// First day of the new state.
    pub effective_on: String,
    /// The instrument it rests on.
    pub legal_ref: String,
    /// From which unit to which.
    pub links: Vec<LinkOut>,
}

/// One arrow of an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkOut {
    /// The unit before.
    pub from: String,
    /// The unit after.
    pub to: String,
    /// `full` or `partial`: how much of it went along.
    pub portion: &'static str,
}

/// The units of a day (đơn vị)
#[utoipa::path(get, path = "/units", operation_id = "list_units", tag = "units", params(UnitsAsked),
    responses((status = 200, description = "Units, by id", body = Paged<UnitOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    caller: Caller,
    State(site): State<Site>,
    Query(asked): Query<UnitsAsked>,
) -> Result<Json<Paged<UnitOut>>, ApiFault> {
    let day = match &asked.day {
        None => site.app.home.dated,
        Some(text) => Date::parse(text).map_err(|_| ApiFault::BadParameter("day"))?,
    };
    let units = caller.read(move |app, by| org::units_on(app, by, day)).await?;
    let part = Part { limit: asked.limit, cursor: asked.cursor };
    let shown = |placed: org::UnitPlaced| UnitOut {
        id: placed.unit.id.to_string(),
        kind: placed.unit.kind,
        code: placed.unit.code,
        name: placed.unit.name,
        short_name: placed.unit.short_name,
        valid_from: placed.unit.valid_from.to_string(),
        valid_to: placed.unit.valid_to.map(|day| day.to_string()),
        legal_ref: placed.unit.legal_ref,
        above: placed.above.map(|id| id.to_string()),
    };
    Ok(Json(part.of(units, |placed| placed.unit.id.to_string(), shown)?))
}

/// What happened to units (biến động đơn vị)
#[utoipa::path(get, path = "/unit-events", operation_id = "list_unit_events", tag = "units", params(Part),
    responses((status = 200, description = "Events, by id", body = Paged<EventOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn events(caller: Caller, Query(part): Query<Part>) -> Result<Json<Paged<EventOut>>, ApiFault> {
    let events = caller.read(org::events).await?;
    let shown = |event: thidua_domain::org::UnitEvent| EventOut {
        id: event.id,
        kind: event.kind,
        effective_on: event.effective_on.to_string(),
        legal_ref: event.legal_ref,
        links: event
            .links
            .iter()
            .map(|link| LinkOut {
                from: link.from.to_string(),
                to: link.to.to_string(),
                portion: words::portion(link.portion),
            })
            .collect(),
    };
    Ok(Json(part.of(events, |event| event.id.clone(), shown)?))
}
