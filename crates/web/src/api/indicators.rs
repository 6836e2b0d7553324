//! Definitions of indicators in force on a day.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use thidua_app::indicator::definitions;
use thidua_base::Date;
use thidua_domain::indicator::Indicator;
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use super::words;
use crate::fault::Fault;
use crate::site::Site;

/// Which indicators.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct IndicatorsAsked {
    /// The day whose definitions are listed, `YYYY-MM-DD`; the day the pages show without it.
    pub day: Option<String>,
    /// Most lines of the answer, 1 to 500; 100 without it.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<usize>,
    /// The `next` of the answer before.
    pub cursor: Option<String>,
}

/// An indicator (chỉ tiêu) as it is defined on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorOut {
    /// Code.
    pub code: String,
    /// First day of this definition.
    pub valid_from: String,
    /// First day after; `null` while it lasts.
    pub valid_to: Option<String>,
    /// Vietnamese name.
    pub name: String,
    /// English name; may be empty.
    pub name_en: String,
    /// Unit of measure.
    pub measure: String,
    /// Digits after the decimal point.
    pub decimals: u8,
    /// `flow`, `stock`, `ratio` or `index`.
    pub kind: &'static str,
    /// How a total is made up: `own`, `sum`, `count-positive` or `quotient`.
    pub tree_rule: &'static str,
    /// The indicators a total is made up of, where the rule names some.
    pub made_of: Vec<String>,
    /// Which way is better: `up`, `down` or `neutral`.
    pub direction: &'static str,
    /// Price basis; may be empty.
    pub price_basis: String,
    /// The whole it is a part of.
    pub part_of: Option<String>,
    /// Whether its listed parts make it up: `all` or `some`.
    pub parts: &'static str,
    /// Field.
    pub field: String,
    /// The unit that owns it.
    pub owner: Option<String>,
    /// Definition.
    pub definition: String,
}

impl IndicatorOut {
    fn of(one: Indicator) -> Self {
        let (tree_rule, made_of) = words::rule(&one.tree_rule);
        Self {
            code: one.code.to_string(),
            valid_from: one.valid_from.to_string(),
            valid_to: one.valid_to.map(|day| day.to_string()),
            name: one.name,
            name_en: one.name_en,
            measure: one.measure,
            decimals: one.decimals,
            kind: words::kind(one.kind),
            tree_rule,
            made_of,
            direction: words::direction(one.direction),
            price_basis: one.price_basis,
            part_of: one.part_of.map(|code| code.to_string()),
            parts: words::parts(one.parts),
            field: one.field,
            owner: one.owner.map(|id| id.to_string()),
            definition: one.definition,
        }
    }
}

fn day_of(site: &Site, asked: &IndicatorsAsked) -> Result<Date, ApiFault> {
    match &asked.day {
        None => Ok(site.app.home.dated),
        Some(text) => Date::parse(text).map_err(|_| ApiFault::BadParameter("day")),
    }
}

/// The indicators of a day (chỉ tiêu)
#[utoipa::path(get, path = "/indicators", operation_id = "list_indicators", tag = "indicators", params(IndicatorsAsked),
    responses((status = 200, description = "Indicators, by code", body = Paged<IndicatorOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    caller: Caller,
    State(site): State<Site>,
    Query(asked): Query<IndicatorsAsked>,
) -> Result<Json<Paged<IndicatorOut>>, ApiFault> {
    let day = day_of(&site, &asked)?;
    let known = caller.read(move |app, by| definitions(app, by, day)).await?;
    let part = Part { limit: asked.limit, cursor: asked.cursor };
    Ok(Json(part.of(known, |one| one.code.to_string(), IndicatorOut::of)?))
}

/// One indicator
#[utoipa::path(get, path = "/indicators/{code}", operation_id = "read_indicator", tag = "indicators",
    params(("code" = String, Path, description = "Code"), IndicatorsAsked),
    responses((status = 200, description = "The indicator", body = IndicatorOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(
    caller: Caller,
    State(site): State<Site>,
    Path(code): Path<String>,
    Query(asked): Query<IndicatorsAsked>,
) -> Result<Json<IndicatorOut>, ApiFault> {
    let day = day_of(&site, &asked)?;
    let known = caller.read(move |app, by| definitions(app, by, day)).await?;
    let found = known.into_iter().find(|one| one.code.as_str() == code).ok_or(Fault::NotFound)?;
    Ok(Json(IndicatorOut::of(found)))
}
