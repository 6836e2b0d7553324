//! Files of a sheet: taken out to be filled, and sent in.

use askama::Template;
use axum::extract::{Multipart, Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::collection::workbook::{BYTES_MAX, Separator};
use thidua_app::collection::{FileKind, SheetKey, preview_import, sheet, workbook_of};
use thidua_domain::Refusal;
use thidua_domain::refusal::FileFault;

use super::import_words::words;
use super::key_of;
use crate::fault::{Fault, Spoken};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

type Address = Path<(String, String, String)>;

/// Where files come and go.
#[derive(Debug, Template)]
#[template(path = "collection/import.html")]
pub struct ImportPage {
    page: Page,
    problem: String,
    form: String,
    unit: String,
    period: String,
    to_sheet: String,
    to_workbook: String,
    to_text: String,
    to_commas: String,
    address: String,
    form_token: String,
    enters: bool,
    most: usize,
}

/// `GET /nhap-lieu/{form}/{period}/{unit}/bieu.xlsx`
pub async fn workbook(ask: Ask, Path((form, period, unit)): Address) -> Result<Response, Fault> {
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    taken_out(&ask, key_of(&form, &period, &unit)?, FileKind::Workbook, media, "xlsx").await
}

/// What stands between the columns of a text; `;` where nothing is said.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(rename = "ngan-cach", default)]
    separator: String,
}

/// `GET /nhap-lieu/{form}/{period}/{unit}/bieu.csv`, `?ngan-cach=phay`
pub async fn text(
    ask: Ask,
    Path((form, period, unit)): Address,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    let kind = FileKind::Text(match wanted.separator.as_str() {
        "phay" => Separator::Comma,
        _ => Separator::Semicolon,
    });
    taken_out(&ask, key_of(&form, &period, &unit)?, kind, "text/csv; charset=utf-8", "csv").await
}

async fn taken_out(ask: &Ask, key: SheetKey, kind: FileKind, media: &str, ending: &str) -> Result<Response, Fault> {
    let name = format!("{}_{}_{}.{ending}", key.form, key.period, key.unit).replace(':', "-");
    let bytes = ask.file(move |app, by| workbook_of(app, by, &key, kind, words)).await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, &disposition)], bytes).into_response())
}

/// `GET /nhap-lieu/{form}/{period}/{unit}/nhap-tep`
pub async fn page(ask: Ask, Path((form, period, unit)): Address) -> Result<Response, Fault> {
    shown(&ask, key_of(&form, &period, &unit)?, None).await
}

/// `POST /nhap-lieu/{form}/{period}/{unit}/nhap-tep`
pub async fn submit(ask: Ask, Path((form, period, unit)): Address, fields: Multipart) -> Result<Response, Fault> {
    let key = key_of(&form, &period, &unit)?;
    let say = ask.messages();
    let sent = match received(fields).await {
        Ok(sent) => sent,
        Err(why) => return shown(&ask, key, Some(say.refusal(&why))).await,
    };
    if !ask.takes(&sent.token) {
        return shown(&ask, key, Some(say.refusal(&Refusal::StaleForm))).await;
    }
    if sent.name.is_empty() && sent.bytes.is_empty() {
        return shown(&ask, key, Some(say.get("import.no-file").to_owned())).await;
    }
    let wanted = key.clone();
    let looked = ask.file(move |app, by| preview_import(app, by, &wanted, &sent.name, &sent.bytes)).await;
    match looked {
        Ok(looked) => {
            let to = paths::sheet_upload(&key.form, key.period, &key.unit, &looked.upload);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Fault::Refused(refusal)) => shown(&ask, key, Some(say.refusal(&refusal))).await,
        Err(fault) => Err(fault),
    }
}

/// What a form with a file holds.
#[derive(Debug, Default)]
struct Sent {
    token: String,
    name: String,
    bytes: Vec<u8>,
}

/// Longest name of a file that is kept, in characters.
const NAME_CHARS_MAX: usize = 200;

/// Reads the fields of the form; the file is not kept beyond what a file may have.
async fn received(mut fields: Multipart) -> Result<Sent, Refusal> {
    let mut sent = Sent::default();
    let broken = |file: &str| Refusal::BadFile { file: file.to_owned(), why: FileFault::Broken };
    while let Some(mut field) = fields.next_field().await.map_err(|_| broken(&sent.name))? {
        match field.name() {
            Some("ma") => sent.token = field.text().await.map_err(|_| Refusal::StaleForm)?,
            Some("tep") => {
                // Some programs send the whole path; only the last part is a name.
                let name = field.file_name().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
                sent.name = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
                while let Some(chunk) = field.chunk().await.map_err(|_| broken(&sent.name))? {
                    if sent.bytes.len() + chunk.len() > BYTES_MAX {
                        let why = FileFault::TooLarge { most: BYTES_MAX >> 20 };
                        return Err(Refusal::BadFile { file: sent.name, why });
                    }
                    sent.bytes.extend_from_slice(&chunk);
                }
            }
            Some(_) | None => {}
        }
    }
    Ok(sent)
}

/// The page, with what was wrong where something was.
pub async fn shown(ask: &Ask, key: SheetKey, problem: Option<String>) -> Result<Response, Fault> {
    let wanted = key.clone();
    let (house, seen) = ask.verb(move |app, by| sheet(app, by, &wanted)).await?;
    let is_refused = problem.is_some();
    let title = format!("{} – {}", ask.messages().get("import.title"), seen.unit_name);
    let view = ImportPage {
        page: ask.page(Part::Collection, &title, &house),
        problem: problem.unwrap_or_default(),
        form: seen.sheet.form.name.clone(),
        unit: seen.unit_name.clone(),
        period: ask.messages().period(key.period),
        to_sheet: paths::sheet(&key.form, key.period, &key.unit),
        to_workbook: paths::sheet_workbook(&key.form, key.period, &key.unit),
        to_text: paths::sheet_text(&key.form, key.period, &key.unit),
        to_commas: paths::with_query(&paths::sheet_text(&key.form, key.period, &key.unit), &[("ngan-cach", "phay")]),
        address: paths::sheet_import(&key.form, key.period, &key.unit),
        form_token: ask.form_token()?,
        enters: seen.enters,
        most: BYTES_MAX >> 20,
    };
    let mut response = html(&view)?;
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

#[cfg(test)]
impl crate::sampled::Sampled for ImportPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        let say = crate::messages::Messages::of(lang);
        let one = |problem: String, enters| Self {
            page: crate::sampled::frame(Part::Collection, lang),
            problem,
            form: "Kết quả thực hiện các chỉ tiêu".to_owned(),
            unit: "Xã Dân Lý".to_owned(),
            period: "6 tháng đầu năm 2020".to_owned(),
            to_sheet: "/nhap-lieu/b/2020-H1/x".to_owned(),
            to_workbook: "/nhap-lieu/b/2020-H1/x/bieu.xlsx".to_owned(),
            to_text: "/nhap-lieu/b/2020-H1/x/bieu.csv".to_owned(),
            to_commas: "/nhap-lieu/b/2020-H1/x/bieu.csv?ngan-cach=phay".to_owned(),
            address: "/nhap-lieu/b/2020-H1/x/nhap-tep".to_owned(),
            form_token: String::new(),
            enters,
            most: 5,
        };
        let why = Refusal::BadFile { file: "Biểu 01.xls".to_owned(), why: FileFault::LegacyXls };
        vec![one(String::new(), true), one(say.refusal(&why), true), one(String::new(), false)]
    }
}
