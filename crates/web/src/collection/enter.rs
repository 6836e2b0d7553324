//! Takes changes of figures: from the page's script as JSON, and from the page itself where no script runs.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use thidua_app::App;
use thidua_app::collection::{Answer, SheetKey, SheetSeen, cycle, enter, sheet};
use thidua_app::entropy::hex;
use thidua_base::code::{ChangeId, IndicatorCode};
use thidua_domain::collection::entry::{Change, How};
use thidua_domain::collection::{SheetRow, Typed, read_typed};
use thidua_domain::indicator::Value;
use thidua_domain::{Actor, Refusal};

use super::sheet::{Unkept, shown};
use super::wire::{Answers, Batch, SentAnswer};
use super::{Fields, cycle_of, field as sent, sheet_of};
use crate::fault::{Fault, Spoken};
use crate::paths;
use crate::site::Ask;

/// The header in which the script sends the page's token.
const TOKEN: &str = "x-ma";

/// `POST /nhap-lieu/{form}/{period}`: a batch of changes as JSON.
pub async fn batch(
    ask: Ask,
    Path((form, period)): Path<(String, String)>,
    headers: HeaderMap,
    body: Result<Json<Batch>, JsonRejection>,
) -> Result<Response, Fault> {
    let given = headers.get(TOKEN).and_then(|token| token.to_str().ok()).unwrap_or_default();
    if !ask.takes(given) {
        return Ok(stale(&ask));
    }
    let (form, period) = cycle_of(&form, &period)?;
    let Ok(Json(batch)) = body else { return Ok(StatusCode::BAD_REQUEST.into_response()) };
    let of = form.clone();
    let nature = ask.file(move |app, by| cycle(app, by, &of, period)).await?.nature;
    let mut changes = Vec::with_capacity(batch.changes.len());
    for sent in batch.changes {
        match sent.read(&form, period, nature, false) {
            Ok(change) => changes.push(change),
            Err(_) => return Ok(StatusCode::BAD_REQUEST.into_response()),
        }
    }
    let answers = ask.file(move |app, by| enter(app, by, &form, period, &changes)).await?;
    let say = ask.messages();
    Ok(Json(Answers { answers: answers.iter().map(|answer| SentAnswer::of(say, answer)).collect() }).into_response())
}

/// The session ended, or the page is of another one: the script keeps what it has and asks to sign in again.
fn stale(ask: &Ask) -> Response {
    let sentence = ask.messages().refusal(&Refusal::StaleForm);
    let mut response = (StatusCode::FORBIDDEN, Json(serde_json::json!({ "sentence": sentence }))).into_response();
    response.extensions_mut().insert(Spoken);
    response
}

/// `POST /nhap-lieu/{form}/{period}/{unit}`: the page's own form. Cells that were touched are saved, each for itself;
/// what could not be read comes back as it was typed, with a sentence beside it.
pub async fn page(
    ask: Ask,
    Path(address): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let key = match sheet_of(&ask, address, &fields).await? {
        Ok(key) => key,
        Err(stale) => return Ok(stale),
    };
    let wanted = key.clone();
    let unkept = ask.file(move |app, by| saved(app, by, &wanted, &fields)).await?;
    if unkept.is_empty() {
        return Ok(Redirect::to(&paths::sheet(&key.form, key.period, &key.unit)).into_response());
    }
    shown(&ask, key, None, unkept).await
}

/// Saves what was touched; gives the cells that were not kept.
fn saved(app: &App, by: &Actor, key: &SheetKey, fields: &Fields) -> Result<Vec<Unkept>, thidua_app::Error> {
    let seen = sheet(app, by, key)?;
    let mut unkept = Vec::new();
    let mut changes = Vec::new();
    match fields.get("chon") {
        Some(choice) => changes.extend(settled(app, key, &seen, choice)?),
        None => {
            for row in &seen.sheet.rows {
                match touched(app, key, &seen, row, fields)? {
                    Touched::No => {}
                    Touched::Change(change) => changes.push(*change),
                    Touched::Unread(cell) => unkept.push(cell),
                }
            }
        }
    }
    let answers = enter(app, by, &key.form, key.period, &changes)?;
    let by_id: BTreeMap<&ChangeId, &Change> = changes.iter().map(|change| (&change.id, change)).collect();
    for answer in &answers {
        let Answer { change, outcome: Err(refusal), .. } = answer else { continue };
        if let Some(change) = by_id.get(change) {
            unkept.push(Unkept::refused(change, refusal.clone()));
        }
    }
    Ok(unkept)
}

enum Touched {
    No,
    Change(Box<Change>),
    Unread(Unkept),
}

/// What a person did to a row, by what the page held before.
fn touched(
    app: &App,
    key: &SheetKey,
    seen: &SheetSeen,
    row: &SheetRow,
    fields: &Fields,
) -> Result<Touched, thidua_app::Error> {
    let code = row.indicator.code.as_str();
    let field = |name: &str| sent(fields, &format!("{name}-{code}"));
    let (text, note, before) = (field("so"), field("ghi"), field("cu"));
    let (seq, _) = before.split_once('|').unwrap_or_default();
    if !fields.contains_key(&format!("so-{code}")) || format!("{seq}|{text}|{note}") == before {
        return Ok(Touched::No);
    }
    // Nothing at all is read as "not reported": again, or beside a note for the first time.
    let value = match read_typed(text, &row.indicator.measure, row.indicator.decimals) {
        Typed::Refused(why) => return Ok(Touched::Unread(Unkept::misread(code, text, note, Some(why)))),
        Typed::Unclear => return Ok(Touched::Unread(Unkept::misread(code, text, note, None))),
        Typed::Absent(_) if text.is_empty() && note.is_empty() && row.current.is_none() => return Ok(Touched::No),
        Typed::Number(number) => Value::Of(number.value),
        Typed::Absent(absence) => Value::Absent(absence),
    };
    let over = seq.parse().ok();
    let change = new_change(app, key, seen, &row.indicator.code, over, value)?;
    Ok(Touched::Change(Box::new(Change { note: note.to_owned(), ..change })))
}

/// The change that settles a conflict: `code:change:giu` keeps the value that holds the cell, `…:lay` takes the other.
fn settled(app: &App, key: &SheetKey, seen: &SheetSeen, choice: &str) -> Result<Option<Change>, thidua_app::Error> {
    let mut parts = choice.split(':');
    let (Some(code), Some(id), Some(which)) = (parts.next(), parts.next(), parts.next()) else { return Ok(None) };
    let row = seen.sheet.rows.iter().find(|row| row.indicator.code.as_str() == code);
    let conflict = row.and_then(|row| row.conflicts.iter().find(|entry| entry.change.id.as_str() == id));
    let (Some(row), Some(conflict)) = (row, conflict) else { return Ok(None) };
    let Some(held) = &row.current else { return Ok(None) };
    let value = if which == "lay" { conflict.change.value } else { held.value };
    let change = new_change(app, key, seen, &row.indicator.code, Some(held.seq), value)?;
    Ok(Some(Change { settles: Some(conflict.change.id.clone()), note: conflict.change.note.clone(), ..change }))
}

fn new_change(
    app: &App,
    key: &SheetKey,
    seen: &SheetSeen,
    indicator: &IndicatorCode,
    over: Option<i64>,
    value: Value,
) -> Result<Change, thidua_app::Error> {
    let id = hex(&app.entropy.bytes::<16>()?);
    Ok(Change {
        id: ChangeId::parse(&id).map_err(|why| thidua_app::Error::Internal(why.into()))?,
        form: key.form.clone(),
        period: key.period,
        unit: key.unit.clone(),
        indicator: indicator.clone(),
        nature: seen.sheet.cycle.nature,
        over,
        value,
        note: String::new(),
        how: How::Typed,
        device_at: None,
        settles: None,
    })
}
