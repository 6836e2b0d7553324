//! Evidence of a sheet's figures: listed, attached, opened and withdrawn.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::collection::{
    NewEvidence, SheetKey, SheetSeen, attach_evidence, evidence_file, sheet, withdraw_evidence,
};
use thidua_base::Date;
use thidua_base::code::{EvidenceId, IndicatorCode};
use thidua_domain::Refusal;
use thidua_domain::collection::evidence::{EvidenceFile, EvidenceKind, FILE_BYTES_MAX};
use thidua_domain::refusal::EvidenceFault;

use super::evidence_view::{EvidenceView, evidence_views};
use super::{Fields, field, key_of};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

type Address = Path<(String, String, String)>;

/// The papers of a sheet.
#[derive(Debug, Template)]
#[template(path = "collection/evidence.html")]
pub struct EvidencePage {
    page: Page,
    problem: String,
    form: String,
    unit: String,
    period: String,
    evidence: Vec<EvidenceView>,
    cells: Vec<CellChoice>,
    to_sheet: String,
    address: String,
    form_token: String,
    enters: bool,
    kinds: String,
    accept: String,
    most: usize,
    typed: Typed,
}

/// A row that may cite a paper.
#[derive(Debug)]
struct CellChoice {
    code: String,
    name: String,
    is_chosen: bool,
}

/// What was typed and comes back where it was refused.
#[derive(Debug, Default, Clone)]
pub struct Typed {
    number: String,
    dated: String,
    /// What it is.
    pub description: String,
    /// What it is of.
    pub cells: Vec<String>,
}

/// Which row the reader came from.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "o", default)]
    cell: String,
}

/// `GET /nhap-lieu/{form}/{period}/{unit}/minh-chung`
pub async fn page(
    ask: Ask,
    Path((form, period, unit)): Address,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let typed = Typed { cells: vec![asked.cell], ..Typed::default() };
    shown(&ask, key_of(&form, &period, &unit)?, None, typed).await
}

/// `POST /nhap-lieu/{form}/{period}/{unit}/minh-chung`
pub async fn submit(ask: Ask, Path((form, period, unit)): Address, fields: Multipart) -> Result<Response, Fault> {
    let key = key_of(&form, &period, &unit)?;
    let sent = match received(fields).await {
        Ok(sent) => sent,
        Err((why, typed)) => return shown(&ask, key, Some(why.into()), typed).await,
    };
    let typed = sent.typed.clone();
    if !ask.takes(&sent.token) {
        return shown(&ask, key, Some(Refusal::StaleForm), typed).await;
    }
    let dated = match typed.dated.as_str() {
        "" => None,
        text => match Date::parse(text) {
            Ok(day) => Some(day),
            Err(_) => return shown(&ask, key, Some(Refusal::BadDay { asked: text.to_owned() }), typed).await,
        },
    };
    let cells = typed.cells.iter().map(|cell| IndicatorCode::parse(cell)).collect::<Result<Vec<_>, _>>();
    let new = NewEvidence {
        cells: cells.map_err(|_| Fault::NotFound)?,
        number: typed.number.clone(),
        dated,
        description: typed.description.clone(),
        // A form whose file was not chosen sends one without name and bytes.
        file: (!sent.name.is_empty() || !sent.bytes.is_empty()).then_some((sent.name, sent.bytes)),
    };
    let wanted = key.clone();
    match ask.file(move |app, by| attach_evidence(app, by, &wanted, new)).await {
        Ok(_) => Ok(Redirect::to(&paths::evidence(&key.form, key.period, &key.unit)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, key, Some(refusal), typed).await,
        Err(fault) => Err(fault),
    }
}

/// `POST /nhap-lieu/{form}/{period}/{unit}/minh-chung/{id}/rut`
pub async fn withdraw(
    ask: Ask,
    Path((form, period, unit, id)): Path<(String, String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let key = key_of(&form, &period, &unit)?;
    let id = EvidenceId::parse(&id).map_err(|_| Fault::NotFound)?;
    if !ask.takes(field(&fields, "ma")) {
        return shown(&ask, key, Some(Refusal::StaleForm), Typed::default()).await;
    }
    let (wanted, reason) = (key.clone(), field(&fields, "ly-do").to_owned());
    match ask.file(move |app, by| withdraw_evidence(app, by, &wanted, &id, &reason)).await {
        Ok(()) => Ok(Redirect::to(&paths::evidence(&key.form, key.period, &key.unit)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, key, Some(refusal), Typed::default()).await,
        Err(fault) => Err(fault),
    }
}

/// `GET /nhap-lieu/{form}/{period}/{unit}/minh-chung/{id}`
pub async fn file(
    ask: Ask,
    Path((form, period, unit, id)): Path<(String, String, String, String)>,
) -> Result<Response, Fault> {
    let key = key_of(&form, &period, &unit)?;
    let id = EvidenceId::parse(&id).map_err(|_| Fault::NotFound)?;
    let (file, bytes) = ask.file(move |app, by| evidence_file(app, by, &key, &id)).await?;
    Ok(attached(&file, bytes))
}

/// What a file of somebody may do in a browser: nothing.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// A file of evidence as it is handed out: always saved and never shown within the site, whatever it holds.
pub fn attached(file: &EvidenceFile, bytes: Vec<u8>) -> Response {
    let plain: String =
        file.name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-".contains(c) { c } else { '_' }).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", paths::segment(&file.name));
    let mut response = ([(header::CONTENT_TYPE, file.kind.media_type())], bytes).into_response();
    let headers = response.headers_mut();
    // Letters, digits and signs of addresses only: always a header.
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    headers.insert(header::CACHE_CONTROL, NEVER_STORED);
    response
}

/// What a form with a paper holds.
#[derive(Debug, Default)]
pub struct Sent {
    /// The form's token.
    pub token: String,
    /// What was typed.
    pub typed: Typed,
    /// The file's name; empty where none was chosen.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads the fields of the form; the file is not kept beyond what a file may have.
pub async fn received(mut fields: Multipart) -> Result<Sent, (EvidenceFault, Typed)> {
    let mut sent = Sent::default();
    loop {
        let mut field = match fields.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(sent),
            Err(_) => return Err((EvidenceFault::Broken, sent.typed)),
        };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "tep" {
            sent.name = field.file_name().unwrap_or_default().to_owned();
            loop {
                match field.chunk().await {
                    Ok(Some(chunk)) if sent.bytes.len() + chunk.len() > FILE_BYTES_MAX => {
                        let why = EvidenceFault::TooLarge { most: FILE_BYTES_MAX >> 20 };
                        return Err((why, sent.typed));
                    }
                    Ok(Some(chunk)) => sent.bytes.extend_from_slice(&chunk),
                    Ok(None) => break,
                    Err(_) => return Err((EvidenceFault::Broken, sent.typed)),
                }
            }
            continue;
        }
        let Ok(text) = field.text().await else { return Err((EvidenceFault::Broken, sent.typed)) };
        let text = text.trim().to_owned();
        match name.as_str() {
            "ma" => sent.token = text,
            "o" => sent.typed.cells.push(text),
            "so-hieu" => sent.typed.number = text,
            "ngay" => sent.typed.dated = text,
            "mo-ta" => sent.typed.description = text,
            _ => {}
        }
    }
}

async fn shown(ask: &Ask, key: SheetKey, refusal: Option<Refusal>, typed: Typed) -> Result<Response, Fault> {
    let wanted = key.clone();
    let (house, seen) = ask.verb(move |app, by| sheet(app, by, &wanted)).await?;
    let say = ask.messages();
    let title = format!("{} – {}", say.get("evidence.title"), seen.unit_name);
    let page = ask.page(Part::Collection, &title, &house);
    let mut view = EvidencePage::of(page, &key, &seen, typed);
    view.problem = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    view.form_token = ask.form_token()?;
    let pieces = view.evidence.iter_mut().zip(&seen.evidence);
    for (shown, piece) in pieces.filter(|(_, piece)| seen.enters && piece.stands()) {
        shown.to_withdraw = paths::evidence_withdrawal(&key.form, key.period, &key.unit, &piece.id);
        shown.form_token.clone_from(&view.form_token);
    }
    let mut response = html(&view)?;
    response.headers_mut().insert(header::CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl EvidencePage {
    fn of(page: Page, key: &SheetKey, seen: &SheetSeen, typed: Typed) -> Self {
        let say = page.messages();
        let choice = |row: &thidua_domain::collection::SheetRow| CellChoice {
            code: row.indicator.code.to_string(),
            name: format!("{} {}", row.row.label, indicator_name(say, &row.indicator)).trim().to_owned(),
            is_chosen: typed.cells.iter().any(|cell| cell == row.indicator.code.as_str()),
        };
        let kinds: Vec<String> = EvidenceKind::ALL.iter().map(|kind| format!(".{}", kind.word())).collect();
        Self {
            problem: String::new(),
            form: seen.sheet.form.name.clone(),
            unit: seen.unit_name.clone(),
            period: say.period(key.period),
            evidence: evidence_views(say, &seen.evidence, &seen.sheet),
            cells: seen.sheet.rows.iter().map(choice).collect(),
            to_sheet: paths::sheet(&key.form, key.period, &key.unit),
            address: paths::evidence(&key.form, key.period, &key.unit),
            form_token: String::new(),
            enters: seen.attaches,
            accept: format!("{},.jpeg", kinds.join(",")),
            kinds: kinds.join(", "),
            most: FILE_BYTES_MAX >> 20,
            typed,
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for EvidencePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |evidence: Vec<EvidenceView>, problem: &str, enters| Self {
            page: frame(Part::Collection, lang),
            problem: problem.into(),
            form: LONG_NAME.into(),
            unit: "Xã Tiến Nông".into(),
            period: "6 tháng đầu năm 2020".into(),
            evidence,
            cells: vec![
                CellChoice { code: "NN02".into(), name: LONG_NAME.into(), is_chosen: true },
                CellChoice { code: "NN09".into(), name: "2 Số xã".into(), is_chosen: false },
            ],
            to_sheet: "/nhap-lieu/b/2020-H1/x-1".into(),
            address: "/nhap-lieu/b/2020-H1/x-1/minh-chung".into(),
            form_token: "0-0".into(),
            enters,
            kinds: ".pdf, .docx".into(),
            accept: ".pdf,.docx".into(),
            most: 10,
            typed: Typed { number: "12/BC-UBND".into(), ..Typed::default() },
        };
        vec![of(Vec::new(), "", false), of(Vec::new(), "", true), of(super::evidence_view::samples(), LONG_NAME, true)]
    }
}
