//! Movements for who leads them: launched, further units called on, reviews asked and concluded; and the year as a whole.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::movement::{Surveyed, ask_review, call_on, conclude_review, launch, survey};
use thidua_base::Date;
use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::movement::{Call, CensusColumn, CensusRow, Likeness, Milestone, ReviewKind};
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json};
use super::problem::{ApiFault, Problem};
use crate::fault::Fault;

/// A launch to be done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LaunchNew {
    /// The units called on.
    units: Vec<String>,
}

/// Further units to be called on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallsNew {
    /// The units.
    units: Vec<String>,
    /// Last day on which they register in time.
    register_by: String,
}

/// A unit called on.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallOut {
    /// The unit.
    pub unit: String,
    /// Last day on which it registers in time.
    pub register_by: String,
    /// The day it was called on after the launch; `null` where the launch called on it.
    pub called_on: Option<String>,
}

/// The units that were called on.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallsOut {
    /// The movement.
    pub movement: String,
    /// The units.
    pub calls: Vec<CallOut>,
}

/// A review to be asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewNew {
    /// `interim` or `final`.
    kind: String,
    /// Last day to answer in time.
    due_on: String,
    /// What is asked beyond the usual.
    #[serde(default)]
    asked: String,
}

/// The conclusion of the open review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConclusionNew {
    /// What is concluded.
    conclusion: String,
}

/// What was done with a movement.
#[derive(Debug, Serialize, ToSchema)]
pub struct MilestoneOut {
    /// The movement.
    pub movement: String,
    /// What, such as `ask-interim-review`.
    pub act: &'static str,
    /// The day it holds from; of a review, the last day to answer in time.
    pub day: Option<String>,
    /// What was said.
    pub note: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// Which year.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OfYear {
    /// The year; without it the year the pages show.
    #[serde(default)]
    year: Option<i16>,
}

/// Statistical form 0601 (số phong trào thi đua).
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusOut {
    /// The year.
    pub year: i16,
    /// Its cells, row by row.
    pub cells: Vec<CensusCellOut>,
}

/// A cell of form 0601.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusCellOut {
    /// Number of the row, such as `02`.
    pub row: &'static str,
    /// Number of the column, such as `1`.
    pub column: &'static str,
    /// How many movements stand in it.
    pub count: usize,
    /// Which, by code.
    pub movements: Vec<String>,
}

/// Movements that overlap (phong trào trùng nhau): questions, not verdicts.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverlapsOut {
    /// The year.
    pub year: i16,
    /// The pairs.
    pub overlaps: Vec<OverlapOut>,
}

/// Two movements with what they have in common.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverlapOut {
    /// The one that stands first in the register.
    pub one: String,
    /// The other.
    pub other: String,
    /// First day of both, where known.
    pub from: Option<String>,
    /// Last day of both, where known.
    pub to: Option<String>,
    /// People both address, words such as `farmers`.
    pub addressees: Vec<&'static str>,
    /// The field of both.
    pub field: Option<String>,
    /// Words both use.
    pub words: Vec<String>,
}

/// Whom the movements of a year reach (độ bao phủ).
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageOut {
    /// The year.
    pub year: i16,
    /// Fields with the movements in each; the word is empty where none is named.
    pub fields: Vec<ReachedOut>,
    /// People with the movements that address them.
    pub addressees: Vec<ReachedOut>,
    /// Units with the movements that call on them.
    pub units: Vec<UnitReachedOut>,
    /// Movements that do not say whom they address.
    pub unsaid: Vec<String>,
}

/// A field or a kind of people, with the movements that reach it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReachedOut {
    /// The word, such as `kinh-te` or `farmers`.
    pub word: String,
    /// Movements, by code; none where nothing reaches it.
    pub movements: Vec<String>,
}

/// A unit with the movements that reach it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitReachedOut {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Movements that called on it.
    pub called: Vec<String>,
    /// Of those, the ones it registered for.
    pub registered: Vec<String>,
}

fn code_of(code: &str) -> Result<MovementCode, ApiFault> {
    Ok(MovementCode::parse(code).map_err(|_| Fault::NotFound)?)
}

fn units_of(units: &[String]) -> Result<Vec<OrgId>, ApiFault> {
    units.iter().map(|unit| OrgId::parse(unit).map_err(|_| ApiFault::BadParameter("units"))).collect()
}

fn called(movement: &MovementCode, calls: Vec<Call>) -> CallsOut {
    let call = |call: Call| CallOut {
        unit: call.unit.to_string(),
        register_by: call.register_by.to_string(),
        called_on: call.called_on.map(|day| day.to_string()),
    };
    CallsOut { movement: movement.to_string(), calls: calls.into_iter().map(call).collect() }
}

fn milestone(movement: &MovementCode, done: Milestone) -> MilestoneOut {
    MilestoneOut {
        movement: movement.to_string(),
        act: done.act.word(),
        day: done.day.map(|day| day.to_string()),
        note: done.note,
        by: done.by,
        at: done.at.to_string(),
    }
}

fn codes(codes: &[MovementCode]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}

fn census_out(seen: &Surveyed) -> CensusOut {
    let cells = CensusRow::ALL.into_iter().flat_map(|row| CensusColumn::ALL.map(|column| (row, column)));
    let cell = |(row, column): (CensusRow, CensusColumn)| {
        let movements: Vec<String> = seen.census.cell(row, column).into_iter().map(ToString::to_string).collect();
        CensusCellOut { row: row.number(), column: column.number(), count: movements.len(), movements }
    };
    CensusOut { year: seen.year, cells: cells.map(cell).collect() }
}

fn overlaps_out(seen: Surveyed) -> OverlapsOut {
    let pair = |found: thidua_domain::movement::Overlap| {
        let mut out = OverlapOut {
            one: found.one.to_string(),
            other: found.other.to_string(),
            from: None,
            to: None,
            addressees: Vec::new(),
            field: None,
            words: Vec::new(),
        };
        for reason in found.reasons {
            match reason {
                Likeness::Days { from, to } => {
                    (out.from, out.to) = (from.map(|day| day.to_string()), to.map(|day| day.to_string()));
                }
                Likeness::Addressees(people) => out.addressees = people.iter().map(|known| known.word()).collect(),
                Likeness::Field(field) => out.field = Some(field),
                Likeness::Words(words) => out.words = words,
            }
        }
        out
    };
    OverlapsOut { year: seen.year, overlaps: seen.overlaps.into_iter().map(pair).collect() }
}

fn coverage_out(seen: &Surveyed) -> CoverageOut {
    let reached = &seen.reached;
    let row =
        |word: &str, movements: &[MovementCode]| ReachedOut { word: word.to_owned(), movements: codes(movements) };
    CoverageOut {
        year: seen.year,
        fields: reached.fields.iter().map(|(field, movements)| row(field, movements)).collect(),
        addressees: reached.addressees.iter().map(|(people, movements)| row(people.word(), movements)).collect(),
        units: reached
            .units
            .iter()
            .zip(&seen.unit_names)
            .map(|(unit, name)| UnitReachedOut {
                unit: unit.unit.to_string(),
                name: name.clone(),
                called: codes(&unit.called),
                registered: codes(&unit.registered),
            })
            .collect(),
        unsaid: codes(&reached.unsaid),
    }
}

/// Launches a movement and calls on units (phát động); scope `keep`
#[utoipa::path(post, path = "/movements/{movement}/launch", operation_id = "launch_movement", tag = "movements",
    request_body = LaunchNew,
    params(("movement" = String, Path, description = "Code"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The units called on", body = CallsOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn launched(
    caller: Caller,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: LaunchNew = json(&headers, &body)?;
    let (code, units) = (code_of(&code)?, units_of(&sent.units)?);
    caller.once(body, move |app, by| launch(app, by, &code, &units).map(|calls| called(&code, calls))).await
}

/// Calls on further units after the launch (bổ sung đơn vị); scope `keep`
#[utoipa::path(post, path = "/movements/{movement}/calls", operation_id = "call_on_units", tag = "movements",
    request_body = CallsNew,
    params(("movement" = String, Path, description = "Code"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The units called on", body = CallsOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn calls(
    caller: Caller,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: CallsNew = json(&headers, &body)?;
    let (code, units) = (code_of(&code)?, units_of(&sent.units)?);
    let until = Date::parse(&sent.register_by).map_err(|_| ApiFault::BadParameter("register_by"))?;
    caller.once(body, move |app, by| call_on(app, by, &code, &units, until).map(|calls| called(&code, calls))).await
}

/// Asks the units for a review (yêu cầu sơ kết, tổng kết); scope `keep`
#[utoipa::path(post, path = "/movements/{movement}/reviews", operation_id = "ask_review", tag = "movements",
    request_body = ReviewNew,
    params(("movement" = String, Path, description = "Code"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "What was asked", body = MilestoneOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn reviews(
    caller: Caller,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ReviewNew = json(&headers, &body)?;
    let code = code_of(&code)?;
    let kind = [ReviewKind::Interim, ReviewKind::Final].into_iter().find(|kind| kind.word() == sent.kind);
    let kind = kind.ok_or(ApiFault::BadParameter("kind"))?;
    let due_on = Date::parse(&sent.due_on).map_err(|_| ApiFault::BadParameter("due_on"))?;
    caller
        .once(body, move |app, by| {
            ask_review(app, by, &code, kind, due_on, &sent.asked).map(|done| milestone(&code, done))
        })
        .await
}

/// Concludes the open review (kết luận sơ kết, tổng kết); a final one ends the movement; scope `keep`
#[utoipa::path(post, path = "/movements/{movement}/conclusions", operation_id = "conclude_review", tag = "movements",
    request_body = ConclusionNew,
    params(("movement" = String, Path, description = "Code"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "What was concluded", body = MilestoneOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn conclusions(
    caller: Caller,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ConclusionNew = json(&headers, &body)?;
    let code = code_of(&code)?;
    caller
        .once(body, move |app, by| conclude_review(app, by, &code, &sent.conclusion).map(|done| milestone(&code, done)))
        .await
}

/// Statistical form 0601 with the movements behind each cell (số phong trào thi đua)
#[utoipa::path(get, path = "/movements-census", operation_id = "get_movement_census", tag = "movements",
    params(OfYear),
    responses((status = 200, description = "The form", body = CensusOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn census(caller: Caller, Query(asked): Query<OfYear>) -> Result<Json<CensusOut>, ApiFault> {
    let seen = caller.read(move |app, by| survey(app, by, asked.year)).await?;
    Ok(Json(census_out(&seen)))
}

/// Movements that overlap, with the reasons (phong trào trùng nhau)
#[utoipa::path(get, path = "/movements-overlaps", operation_id = "list_movement_overlaps", tag = "movements",
    params(OfYear),
    responses((status = 200, description = "The pairs", body = OverlapsOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn overlaps(caller: Caller, Query(asked): Query<OfYear>) -> Result<Json<OverlapsOut>, ApiFault> {
    let seen = caller.read(move |app, by| survey(app, by, asked.year)).await?;
    Ok(Json(overlaps_out(seen)))
}

/// Whom the movements of a year reach, and whom not (độ bao phủ)
#[utoipa::path(get, path = "/movements-coverage", operation_id = "get_movement_coverage", tag = "movements",
    params(OfYear),
    responses((status = 200, description = "The coverage", body = CoverageOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn coverage(caller: Caller, Query(asked): Query<OfYear>) -> Result<Json<CoverageOut>, ApiFault> {
    let seen = caller.read(move |app, by| survey(app, by, asked.year)).await?;
    Ok(Json(coverage_out(&seen)))
}
