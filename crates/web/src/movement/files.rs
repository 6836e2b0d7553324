//! Files of evidence of a unit's registration: sent with the page of the registration, opened by who may read it.

use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::movement::{NewFile, attach_movement_file, movement_file};
use thidua_base::code::{EvidenceId, MovementCode, OrgId};
use thidua_domain::Refusal;
use thidua_domain::collection::evidence::MovementFile;

use super::pledge::shown;
use super::{Fields, code_of};
use crate::collection::evidence::{attached, received};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::paths;
use crate::site::Ask;

/// A file as pages list it.
#[derive(Debug, Clone)]
pub struct FileRow {
    pub name: String,
    pub href: String,
    pub description: String,
    pub shows: String,
    pub at: String,
    pub by: String,
}

/// `POST /phong-trao/{code}/dang-ky/{unit}/minh-chung`
pub async fn submit(
    ask: Ask,
    Path((code, unit)): Path<(String, String)>,
    fields: Multipart,
) -> Result<Response, Fault> {
    let (code, unit) = (code_of(&code)?, OrgId::parse(&unit).map_err(|_| Fault::NotFound)?);
    let sent = match received(fields).await {
        Ok(sent) => sent,
        Err((why, _)) => return shown(&ask, code, unit, Some(why.into()), &Fields::default()).await,
    };
    if !ask.takes(&sent.token) {
        return shown(&ask, code, unit, Some(Refusal::StaleForm), &Fields::default()).await;
    }
    let typed = Fields(vec![("mo-ta".to_owned(), sent.typed.description.clone())]);
    let new = NewFile {
        description: sent.typed.description,
        of_review: sent.typed.cells.iter().any(|shows| shows == "dot"),
        name: sent.name,
        bytes: sent.bytes,
    };
    let (of, whose) = (code.clone(), unit.clone());
    match ask.file(move |app, by| attach_movement_file(app, by, &of, &whose, &new)).await {
        Ok(_) => Ok(Redirect::to(&paths::pledge(&code, &unit)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, code, unit, Some(refusal), &typed).await,
        Err(fault) => Err(fault),
    }
}

/// `GET /phong-trao/{code}/dang-ky/{unit}/minh-chung/{id}`
pub async fn file(ask: Ask, Path((code, unit, id)): Path<(String, String, String)>) -> Result<Response, Fault> {
    let (code, unit) = (code_of(&code)?, OrgId::parse(&unit).map_err(|_| Fault::NotFound)?);
    let id = EvidenceId::parse(&id).map_err(|_| Fault::NotFound)?;
    let (file, bytes) = ask.file(move |app, by| movement_file(app, by, &code, &unit, &id)).await?;
    Ok(attached(&file, bytes))
}

/// Files as rows.
pub(super) fn file_rows(say: &'static Messages, code: &MovementCode, files: &[MovementFile]) -> Vec<FileRow> {
    let row = |piece: &MovementFile| FileRow {
        name: piece.file.name.clone(),
        href: paths::movement_file(code, &piece.unit, &piece.id),
        description: piece.description.clone(),
        shows: match piece.round {
            Some(number) => say.with("pledge.file-of-review", &[("number", &number.to_string())]),
            None => say.get("pledge.file-of-progress").to_owned(),
        },
        at: piece.added_at.in_table(),
        by: piece.added_by.clone(),
    };
    files.iter().map(row).collect()
}

/// Files for the samples of pages that show some.
#[cfg(test)]
pub(super) fn sample_files() -> Vec<FileRow> {
    let row = |description: &str| FileRow {
        name: "Biên bản nghiệm thu.pdf".into(),
        href: "/phong-trao/PT01/dang-ky/x-1/minh-chung/e-1".into(),
        description: description.into(),
        shows: crate::sampled::LONG_NAME.into(),
        at: "05/07/2020".into(),
        by: crate::sampled::LONG_NAME.into(),
    };
    vec![row(""), row(crate::sampled::LONG_NAME)]
}
