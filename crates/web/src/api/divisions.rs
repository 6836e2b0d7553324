//! How divided units were divided: the shares of their heirs, read and entered with the document.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::org::{Divided, NewDivision, divide_unit, lineage};
use thidua_base::code::OrgId;
use thidua_base::{Date, Number};
use thidua_domain::org::{Division, Share};
use utoipa::ToSchema;

use super::caller::{Caller, json};
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use crate::fault::Fault;

/// Most heirs of one division.
const HEIRS_MAX: usize = 500;

/// A day on which a unit was divided (chia đơn vị).
#[derive(Debug, Serialize, ToSchema)]
pub struct DividedOut {
    /// The day.
    pub on: String,
    /// The units that got a part.
    pub heirs: Vec<HeirOut>,
    /// The shares that figures are carried by, by each basis that was told or entered.
    pub shares: Vec<ShareOut>,
    /// What people entered, oldest first; the last of a basis is in force.
    pub entered: Vec<DivisionOut>,
    /// Whether this key may enter shares: its account is in charge of every heir.
    pub may_divide: bool,
}

/// A unit that got a part.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeirOut {
    /// The unit.
    pub unit: String,
    /// Its name on the day.
    pub name: String,
}

/// The share of an heir: an exact fraction.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShareOut {
    /// The heir.
    pub to: String,
    /// What it was measured by: `population`, `area`, `households`.
    pub basis: String,
    /// How many parts it got.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
    /// The document that says so.
    pub source: String,
}

/// Shares that somebody entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct DivisionOut {
    /// The day of the division.
    pub on: String,
    /// What it was measured by.
    pub basis: String,
    /// 1 for the first of a day and a basis.
    pub revision: i64,
    /// The shares; they add up to exactly 1.
    pub shares: Vec<ShareOut>,
    /// The document that says so.
    pub source: String,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: String,
}

/// Shares to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DivisionNew {
    /// The day of the division.
    on: String,
    /// What the quantities measure: `population`, `area` or `households`.
    basis: String,
    /// What each heir got: every heir, once.
    quantities: Vec<QuantityNew>,
    /// The document that says so.
    source: String,
}

/// What an heir got.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityNew {
    /// The heir.
    unit: String,
    /// How much, a decimal such as `1231.2`.
    quantity: String,
}

fn share_out(share: &Share) -> ShareOut {
    ShareOut {
        to: share.to.to_string(),
        basis: share.basis.clone(),
        numerator: share.numerator,
        denominator: share.denominator,
        source: share.source.clone(),
    }
}

fn division_out(division: &Division) -> DivisionOut {
    DivisionOut {
        on: division.on.to_string(),
        basis: division.basis.clone(),
        revision: division.revision,
        shares: division.shares.iter().map(share_out).collect(),
        source: division.shares.first().map(|share| share.source.clone()).unwrap_or_default(),
        by: division.by.clone(),
        at: division.at.to_string(),
    }
}

/// How a unit was divided (tỷ lệ chia), by day
#[utoipa::path(get, path = "/units/{unit}/divisions", operation_id = "list_divisions", tag = "units",
    params(("unit" = String, Path, description = "The unit divided"), Part),
    responses((status = 200, description = "The days on which it was divided; none for a unit that was not", body = Paged<DividedOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    caller: Caller,
    Path(unit): Path<String>,
    Query(part): Query<Part>,
) -> Result<Json<Paged<DividedOut>>, ApiFault> {
    let id = OrgId::parse(&unit).map_err(|_| Fault::NotFound)?;
    let seen = caller.read(move |app, by| lineage(app, by, &id)).await?;
    let went = seen.went;
    let shown = |divided: Divided| DividedOut {
        shares: went
            .iter()
            .filter(|arrow| arrow.on == divided.on)
            .flat_map(|arrow| arrow.shares.iter().map(share_out))
            .collect(),
        heirs: divided.heirs.into_iter().map(|heir| HeirOut { unit: heir.id.to_string(), name: heir.name }).collect(),
        entered: divided.entered.iter().map(division_out).collect(),
        may_divide: divided.divides,
        on: divided.on.to_string(),
    };
    Ok(Json(part.of(seen.divided, |divided| divided.on.to_string(), shown)?))
}

/// Enters the shares of a divided unit with their document (ghi tỷ lệ chia); scope `keep`
#[utoipa::path(post, path = "/units/{unit}/divisions", operation_id = "divide_unit", tag = "units", request_body = DivisionNew,
    params(("unit" = String, Path, description = "The unit divided"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The shares", body = DivisionOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn divide(
    caller: Caller,
    Path(unit): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: DivisionNew = json(&headers, &body)?;
    if sent.quantities.len() > HEIRS_MAX {
        return Err(ApiFault::BadParameter("quantities"));
    }
    let read = |one: &QuantityNew| {
        let heir = OrgId::parse(&one.unit).map_err(|_| ApiFault::BadParameter("unit"))?;
        Ok((heir, Number::parse(&one.quantity).map_err(|_| ApiFault::BadParameter("quantity"))?))
    };
    let new = NewDivision {
        from: OrgId::parse(&unit).map_err(|_| Fault::NotFound)?,
        on: Date::parse(&sent.on).map_err(|_| ApiFault::BadParameter("on"))?,
        basis: sent.basis.clone(),
        quantities: sent.quantities.iter().map(read).collect::<Result<_, ApiFault>>()?,
        source: sent.source,
    };
    caller.once(body, move |app, by| Ok(division_out(&divide_unit(app, by, &new)?))).await
}
