//! Papers and pictures of an exemplar: added, taken back, opened.

use axum::extract::{Multipart, Path};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::exemplar::{NewFile, NewPaper, attach_paper, paper_file};
use thidua_base::Date;
use thidua_base::code::{AwardId, EvidenceId};
use thidua_domain::Refusal;
use thidua_domain::collection::evidence::{EvidenceFile, FILE_BYTES_MAX};
use thidua_domain::refusal::EvidenceFault;

use super::{Fields, field, id_of, show};
use crate::collection::evidence::attached;
use crate::fault::Fault;
use crate::paths;
use crate::site::Ask;

/// What a form with a file holds.
#[derive(Debug, Default)]
struct Sent {
    fields: Fields,
    name: String,
    bytes: Vec<u8>,
}

/// `POST /dien-hinh/{id}/tai-lieu`
pub async fn submit(ask: Ask, Path(id): Path<String>, fields: Multipart) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let (sent, broken) = received(fields).await;
    if let Some(why) = broken {
        return show::shown(&ask, id, Some(why.into()), &sent.fields, false).await;
    }
    if !ask.takes(field(&sent.fields, "ma")) {
        return show::shown(&ask, id, Some(Refusal::StaleForm), &sent.fields, false).await;
    }
    let dated = match field(&sent.fields, "ngay-van-ban") {
        "" => None,
        typed => match Date::parse(typed).or_else(|_| Date::parse_vi(typed)) {
            Ok(day) => Some(day),
            Err(_) => {
                let why = Refusal::BadDay { asked: typed.to_owned() };
                return show::shown(&ask, id, Some(why), &sent.fields, false).await;
            }
        },
    };
    let award = match field(&sent.fields, "khen-thuong") {
        "" => None,
        award => Some(AwardId::parse(award).map_err(|_| Fault::NotFound)?),
    };
    let is_picture = field(&sent.fields, "viec") == "anh";
    // A form whose file was not chosen sends one without name and bytes.
    let file = (!sent.name.is_empty() || !sent.bytes.is_empty()).then_some((sent.name, sent.bytes));
    let new = NewPaper {
        number: field(&sent.fields, "so-hieu").to_owned(),
        dated,
        description: field(&sent.fields, if is_picture { "chu-thich" } else { "mo-ta" }).to_owned(),
        award,
        file: match (file, is_picture) {
            (Some((name, bytes)), true) => Some(NewFile::Picture(name, bytes)),
            (Some((name, bytes)), false) => Some(NewFile::Paper(name, bytes)),
            // A picture that was not chosen is an empty one.
            (None, true) => Some(NewFile::Picture(String::new(), Vec::new())),
            (None, false) => None,
        },
    };
    let of = id.clone();
    match ask.file(move |app, by| attach_paper(app, by, &of, new)).await {
        Ok(_) => Ok(Redirect::to(&paths::exemplar(&id, false)).into_response()),
        Err(Fault::Refused(refusal)) => show::shown(&ask, id, Some(refusal), &sent.fields, false).await,
        Err(fault) => Err(fault),
    }
}

/// `GET /dien-hinh/{id}/tai-lieu/{paper}`: a picture is shown, everything else is saved.
pub async fn file(ask: Ask, Path((id, paper)): Path<(String, String)>) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let paper = EvidenceId::parse(&paper).map_err(|_| Fault::NotFound)?;
    let (found, bytes) = ask.file(move |app, by| paper_file(app, by, &id, &paper)).await?;
    let file = found.file.ok_or(Fault::NotFound)?;
    Ok(if found.picture.is_some() { pictured(&file, bytes) } else { attached(&file, bytes) })
}

/// What a picture of somebody may do in a browser: be seen.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// A picture as it is shown: of its own kind, which was read from its bytes, and nothing else. It may be taken back, so
/// no one keeps it.
fn pictured(file: &EvidenceFile, bytes: Vec<u8>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, file.kind.media_type())], bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    headers.insert(header::CACHE_CONTROL, crate::account::sign_in::NEVER_STORED);
    response
}

/// Reads the fields of the form; the file is not kept beyond what a file may have.
async fn received(mut fields: Multipart) -> (Sent, Option<EvidenceFault>) {
    let mut sent = Sent::default();
    loop {
        let mut one = match fields.next_field().await {
            Ok(Some(one)) => one,
            Ok(None) => return (sent, None),
            Err(_) => return (sent, Some(EvidenceFault::Broken)),
        };
        let name = one.name().unwrap_or_default().to_owned();
        if name == "tep" {
            sent.name = one.file_name().unwrap_or_default().to_owned();
            loop {
                match one.chunk().await {
                    Ok(Some(chunk)) if sent.bytes.len() + chunk.len() > FILE_BYTES_MAX => {
                        return (sent, Some(EvidenceFault::TooLarge { most: FILE_BYTES_MAX >> 20 }));
                    }
                    Ok(Some(chunk)) => sent.bytes.extend_from_slice(&chunk),
                    Ok(None) => break,
                    Err(_) => return (sent, Some(EvidenceFault::Broken)),
                }
            }
            continue;
        }
        let Ok(text) = one.text().await else { return (sent, Some(EvidenceFault::Broken)) };
        sent.fields.insert(name, text);
    }
}
