//! What is sent from a dossier's page: steps, stops, consultation and notice, papers; and the files of papers.

use axum::Form;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::dossier::{
    NewMatter, NewPaper, NewStop, StepAsked, act_on_matter, attach_paper, open_matter, paper_file, stop, take_step,
};
use thidua_app::{App, Error};
use thidua_base::Date;
use thidua_base::code::EvidenceId;
use thidua_domain::actor::Verb;
use thidua_domain::collection::evidence::{EvidenceKind, FILE_BYTES_MAX};
use thidua_domain::dossier::{DossierId, MatterActKind, MatterKind, NamedField, StopCause};
use thidua_domain::refusal::EvidenceFault;
use thidua_domain::{Actor, Refusal};
use thidua_law::vocabulary::Clock;

use super::dossier_of;
use super::show::shown;
use crate::collection::evidence::attached;
use crate::fault::Fault;
use crate::movement::Fields;
use crate::paths;
use crate::site::Ask;

/// `POST /ho-so/{id}`
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = dossier_of(&id)?;
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, id, Some(Refusal::StaleForm)).await;
    }
    let wanted = id.clone();
    match ask.file(move |app, by| done(app, by, &wanted, &fields)).await {
        Ok(()) => Ok(Redirect::to(&paths::dossier(&id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, id, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, id: &DossierId, fields: &Fields) -> Result<(), Error> {
    let absent = || Error::NotFound("step");
    let reason = fields.get("ly-do").to_owned();
    match fields.get("viec") {
        "dung" => {
            let cause = StopCause::ALL.into_iter().find(|cause| cause.word() == fields.get("nguyen-nhan"));
            let until = if fields.get("den").is_empty() { None } else { Some(fields.day("den")?) };
            let new = NewStop { cause: cause.ok_or_else(absent)?, from: fields.day("tu")?, until, reason };
            stop(app, by, id, &new).map(drop)
        }
        "mo" => {
            let kind = MatterKind::ALL.into_iter().find(|kind| kind.word() == fields.get("loai"));
            let new = NewMatter {
                kind: kind.ok_or_else(absent)?,
                from: fields.day("tu")?,
                days: days(fields)?,
                clock: Clock::WorkingDays,
                party: fields.get("ben").to_owned(),
                body: fields.get("noi-dung").to_owned(),
            };
            open_matter(app, by, std::slice::from_ref(id), &new)
        }
        "theo-doi" => {
            let kind = MatterActKind::parse(fields.get("ket-qua")).ok_or_else(absent)?;
            let number = fields.get("so").parse().map_err(|_| absent())?;
            let more = if kind == MatterActKind::Extend { days(fields)? } else { 0 };
            act_on_matter(app, by, id, number, kind, more, fields.get("noi-dung")).map(drop)
        }
        word => {
            let verb = Verb::ALL.into_iter().find(|verb| verb.word() == word).ok_or_else(absent)?;
            let seen = fields.get("ban").parse().map_err(|_| absent())?;
            let named = fields.all("muc").map(|field| NamedField { field: field.to_owned(), reason: reason.clone() });
            let asked = StepAsked { verb, fields: named.collect(), reason: reason.clone() };
            take_step(app, by, id, seen, &asked).map(drop)
        }
    }
}

fn days(fields: &Fields) -> Result<u16, Refusal> {
    let text = fields.get("so-ngay");
    text.parse().map_err(|_| Refusal::NotANumber { asked: text.to_owned() })
}

/// The endings that a chooser of files offers.
pub(super) fn accepted_kinds() -> String {
    let kinds: Vec<String> = EvidenceKind::ALL.iter().map(|kind| format!(".{}", kind.word())).collect();
    format!("{},.jpeg", kinds.join(","))
}

/// `POST /ho-so/{id}/giay-to`
pub async fn attach(ask: Ask, Path(id): Path<String>, sent: Multipart) -> Result<Response, Fault> {
    let id = dossier_of(&id)?;
    let (token, new) = match received(sent).await {
        Ok(received) => received,
        Err(refusal) => return shown(&ask, id, Some(refusal)).await,
    };
    if !ask.takes(&token) {
        return shown(&ask, id, Some(Refusal::StaleForm)).await;
    }
    let wanted = id.clone();
    match ask.file(move |app, by| attach_paper(app, by, &wanted, new)).await {
        Ok(_) => Ok(Redirect::to(&format!("{}#giay-to", paths::dossier(&id))).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, id, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// Reads the form of a paper; the file is not kept beyond what a file may have.
async fn received(mut fields: Multipart) -> Result<(String, NewPaper), Refusal> {
    let broken = |_| Refusal::from(EvidenceFault::Broken);
    let (mut token, mut new) = (String::new(), NewPaper::default());
    while let Some(mut field) = fields.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "tep" {
            let file = field.file_name().unwrap_or_default().to_owned();
            let mut bytes = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(broken)? {
                if bytes.len() + chunk.len() > FILE_BYTES_MAX {
                    return Err(EvidenceFault::TooLarge { most: FILE_BYTES_MAX >> 20 }.into());
                }
                bytes.extend_from_slice(&chunk);
            }
            // A form whose file was not chosen sends one without name and bytes.
            new.file = (!file.is_empty() || !bytes.is_empty()).then_some((file, bytes));
            continue;
        }
        let text = field.text().await.map_err(broken)?.trim().to_owned();
        match name.as_str() {
            "ma" => token = text,
            "loai" => new.code = text,
            "so-hieu" => new.number = text,
            "mo-ta" => new.description = text,
            "ca-danh-sach" => new.for_batch = true,
            "ngay" if !text.is_empty() => {
                new.dated = Some(Date::parse(&text).map_err(|_| Refusal::BadDay { asked: text.clone() })?);
            }
            _ => {}
        }
    }
    Ok((token, new))
}

/// `GET /ho-so/{id}/giay-to/{paper}`
pub async fn file(ask: Ask, Path((id, paper)): Path<(String, String)>) -> Result<Response, Fault> {
    let id = dossier_of(&id)?;
    let paper = EvidenceId::parse(&paper).map_err(|_| Fault::NotFound)?;
    let (file, bytes) = ask.file(move |app, by| paper_file(app, by, &id, &paper)).await?;
    Ok(attached(&file, bytes))
}
