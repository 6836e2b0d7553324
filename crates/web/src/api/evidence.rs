//! Evidence of figures: papers listed, attached, opened and withdrawn.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::collection::{NewEvidence, attach_evidence, evidence_file, sheet, withdraw_evidence};
use thidua_base::Date;
use thidua_base::code::{EvidenceId, IndicatorCode};
use thidua_domain::collection::Evidence;
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json};
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use crate::collection::evidence::attached;
use crate::collection::key_of;

/// A piece of evidence (minh chứng).
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceOut {
    /// Its id.
    pub id: String,
    /// The rows that cite it.
    pub indicators: Vec<String>,
    /// Number of the document; may be empty.
    pub number: String,
    /// Its date.
    pub dated: Option<String>,
    /// What it is; may be empty.
    pub description: String,
    /// The file; `null` where only a document is named.
    pub file: Option<FileOut>,
    /// Who added it.
    pub by: String,
    /// When.
    pub at: String,
    /// Who took it back; `null` while it stands.
    pub withdrawn: Option<WithdrawalOut>,
}

/// A file of evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileOut {
    /// Its name.
    pub name: String,
    /// Its media type, by its bytes.
    pub media_type: &'static str,
    /// Its size in bytes.
    pub size: i64,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// The end of a piece of evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawalOut {
    /// Who took it back.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// What a paper is and which rows cite it; the body is its file, if it has one.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EvidenceNew {
    /// The rows that cite it, separated by commas.
    pub indicators: String,
    /// The name of the file, with its ending; required with a body.
    #[serde(default)]
    pub name: String,
    /// Number of the document.
    #[serde(default)]
    pub number: String,
    /// Its date: `2020-06-30`.
    pub dated: Option<String>,
    /// What it is.
    #[serde(default)]
    pub description: String,
}

/// Why a piece is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalNew {
    /// Why.
    reason: String,
}

/// A withdrawn piece.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawnOut {
    /// Which.
    pub id: String,
}

impl EvidenceOut {
    fn of(piece: &Evidence) -> Self {
        Self {
            id: piece.id.to_string(),
            indicators: piece.cells.iter().map(ToString::to_string).collect(),
            number: piece.number.clone(),
            dated: piece.dated.map(|day| day.to_string()),
            description: piece.description.clone(),
            file: piece.file.as_ref().map(|file| FileOut {
                name: file.name.clone(),
                media_type: file.kind.media_type(),
                size: file.size,
                sha256: file.hash.clone(),
            }),
            by: piece.added_by.clone(),
            at: piece.added_at.to_string(),
            withdrawn: piece.withdrawn.as_ref().map(|gone| WithdrawalOut {
                by: gone.by.clone(),
                at: gone.at.to_string(),
                reason: gone.reason.clone(),
            }),
        }
    }
}

/// The evidence of a sheet (minh chứng của biểu), withdrawn pieces included
#[utoipa::path(get, path = "/sheets/{form}/{period}/{unit}/evidence", operation_id = "list_evidence", tag = "sheets",
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit"), Part),
    responses((status = 200, description = "Pieces, by id", body = Paged<EvidenceOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    caller: Caller,
    Path((form, period, unit)): Path<(String, String, String)>,
    Query(part): Query<Part>,
) -> Result<Json<Paged<EvidenceOut>>, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let mut pieces = caller.read(move |app, by| sheet(app, by, &key)).await?.evidence;
    pieces.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Json(part.of(pieces, |piece| piece.id.to_string(), |piece| EvidenceOut::of(&piece))?))
}

/// Attaches a file, or the reference of a document, to rows (thêm minh chứng); scope `enter`. The same one twice is one
#[utoipa::path(post, path = "/sheets/{form}/{period}/{unit}/evidence", operation_id = "attach_evidence", tag = "sheets",
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "The bytes of the file, at most 10 MB; empty where only a document is named"),
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit"), EvidenceNew,
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The piece", body = EvidenceOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn attach(
    caller: Caller,
    Path((form, period, unit)): Path<(String, String, String)>,
    Query(asked): Query<EvidenceNew>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let cells = asked.indicators.split(',').map(|code| IndicatorCode::parse(code.trim())).collect::<Result<_, _>>();
    let dated = asked.dated.as_deref().map(Date::parse).transpose().map_err(|_| ApiFault::BadParameter("dated"))?;
    let new = NewEvidence {
        cells: cells.map_err(|_| ApiFault::BadParameter("indicators"))?,
        number: asked.number,
        dated,
        description: asked.description,
        file: (!body.is_empty() || !asked.name.is_empty()).then(|| (asked.name, body.to_vec())),
    };
    caller.once(body, move |app, by| attach_evidence(app, by, &key, new).map(|piece| EvidenceOut::of(&piece))).await
}

/// The file of a piece of evidence, byte for byte
#[utoipa::path(get, path = "/sheets/{form}/{period}/{unit}/evidence/{id}/file", operation_id = "read_evidence_file",
    tag = "sheets",
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit"), ("id" = String, Path, description = "Piece of evidence")),
    responses((status = 200, description = "The file, of its own media type", body = Vec<u8>,
            content_type = "application/octet-stream"),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn file(
    caller: Caller,
    Path((form, period, unit, id)): Path<(String, String, String, String)>,
) -> Result<Response, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let id = EvidenceId::parse(&id).map_err(|_| ApiFault::Fault(crate::fault::Fault::NotFound))?;
    let (file, bytes) = caller.read(move |app, by| evidence_file(app, by, &key, &id)).await?;
    Ok(attached(&file, bytes))
}

/// Withdraws a piece of evidence (rút minh chứng); scope `enter`. It stays to be read
#[utoipa::path(post, path = "/sheets/{form}/{period}/{unit}/evidence/{id}/withdrawal",
    operation_id = "withdraw_evidence", tag = "sheets", request_body = WithdrawalNew,
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit"), ("id" = String, Path, description = "Piece of evidence"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "It is withdrawn", body = WithdrawnOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(
    caller: Caller,
    Path((form, period, unit, id)): Path<(String, String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let id = EvidenceId::parse(&id).map_err(|_| ApiFault::Fault(crate::fault::Fault::NotFound))?;
    let sent: WithdrawalNew = json(&headers, &body)?;
    caller
        .once(body, move |app, by| {
            withdraw_evidence(app, by, &key, &id, &sent.reason)?;
            Ok(WithdrawnOut { id: id.to_string() })
        })
        .await
}
