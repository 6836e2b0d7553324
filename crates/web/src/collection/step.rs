//! Steps with a sheet, and explanations in it.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::collection::{NewExplanation, NewStep, explain, step};
use thidua_base::code::IndicatorCode;
use thidua_domain::collection::submission::{NamedCell, STEPS};

use super::sheet::shown;
use super::{Fields, field, sheet_of};
use crate::fault::Fault;
use crate::paths;
use crate::site::Ask;

/// `POST /nhap-lieu/{form}/{period}/{unit}/buoc`
pub async fn submit(
    ask: Ask,
    Path(address): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let key = match sheet_of(&ask, address, &fields).await? {
        Ok(key) => key,
        Err(stale) => return Ok(stale),
    };
    let field = |name: &str| field(&fields, name);
    let verb = STEPS.iter().map(|step| step.verb).find(|verb| verb.word() == field("viec")).ok_or(Fault::NotFound)?;
    let mut cells: Vec<NamedCell> = fields
        .iter()
        .filter_map(|(name, reason)| {
            let code = IndicatorCode::parse(name.strip_prefix("o-")?).ok()?;
            let reason = reason.trim();
            (!reason.is_empty()).then(|| NamedCell { indicator: code, reason: reason.to_owned() })
        })
        .collect();
    cells.sort_by(|a, b| a.indicator.cmp(&b.indicator));
    let new = NewStep { verb, reason: field("ly-do").to_owned(), cells };
    let wanted = key.clone();
    done(&ask, key, ask.file(move |app, by| step(app, by, &wanted, &new).map(drop)).await).await
}

/// `POST /nhap-lieu/{form}/{period}/{unit}/giai-trinh`
pub async fn explained(
    ask: Ask,
    Path(address): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let key = match sheet_of(&ask, address, &fields).await? {
        Ok(key) => key,
        Err(stale) => return Ok(stale),
    };
    let field = |name: &str| field(&fields, name);
    let new = NewExplanation {
        key: key.clone(),
        rule: field("quy-tac").to_owned(),
        indicator: IndicatorCode::parse(field("chi-tieu")).map_err(|_| Fault::NotFound)?,
        fingerprint: field("so").to_owned(),
        text: field("ly-do").to_owned(),
    };
    done(&ask, key, ask.file(move |app, by| explain(app, by, &new).map(drop)).await).await
}

/// Back to the sheet, or the sheet with what was refused.
async fn done(ask: &Ask, key: thidua_app::collection::SheetKey, outcome: Result<(), Fault>) -> Result<Response, Fault> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&paths::sheet(&key.form, key.period, &key.unit)).into_response()),
        Err(Fault::Refused(refusal)) => shown(ask, key, Some(refusal), Vec::new()).await,
        Err(fault) => Err(fault),
    }
}
