//! Figures handed out and taken in as files: JSON, CSV, and XML in the manner of ADX (groups of data values).

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thidua_app::collection::workbook::{Read, write_units};
use thidua_app::collection::{Exported, FileKind, Imported, SheetKey, export, import_rows, workbook_of};
use thidua_app::entropy::hex;
use thidua_base::Number;
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_domain::Refusal;
use thidua_domain::collection::import::{Base, FileSource, Filled, FilledRow, Found, Written, WrittenAbsence};
use thidua_domain::indicator::Reading;
use thidua_domain::refusal::FileFault;
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json, media_of};
use super::problem::{ApiFault, Problem};
use super::{adx, words};
use crate::collection::import_words::{units_words, words as words_of};
use crate::collection::wire::{ABSENCES, sent};
use crate::collection::{cycle_of, key_of};
use crate::fault::Fault;
use crate::messages::Messages;

/// Most rows of one file.
const ROWS_MAX: usize = 2_000;
/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What a workbook that was sent is called in what comes of it.
const WORKBOOK: &str = "api.xlsx";

/// Which figures, in which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportAsked {
    /// The form (biểu mẫu).
    pub form: String,
    /// The period (kỳ).
    pub period: String,
    /// Ids of units, separated by commas (đơn vị); all whose sheets the key may read without it.
    pub unit: Option<String>,
    /// `json`, `csv`, `xml` or `xlsx`; `json` without it (định dạng).
    pub format: Option<String>,
}

/// The figures of a form and period.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportOut {
    /// The form.
    pub form: String,
    /// The period.
    pub period: String,
    /// The current figures, by unit and row of the form.
    pub figures: Vec<ExportedFigure>,
}

/// A figure handed out.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedFigure {
    /// The unit.
    pub unit: String,
    /// The indicator.
    pub indicator: String,
    /// The value, an exact decimal.
    pub value: Option<String>,
    /// Why there is no number.
    pub absence: Option<&'static str>,
    /// How firm: `estimate`, `provisional` or `official`.
    pub nature: &'static str,
    /// Where it comes from: `reported`, `implied`, `sample` or `reference`.
    pub origin: &'static str,
    /// The number of its reading.
    pub seq: i64,
    /// When it was entered.
    pub at: String,
}

/// Rows for a sheet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowsIn {
    /// The rows, at most 2000.
    pub rows: Vec<RowIn>,
}

/// A row for a sheet: a value or an absence.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowIn {
    /// The indicator.
    pub indicator: String,
    /// A decimal with a point, such as `1231.2`; other writings are read as if typed into the page.
    #[serde(default)]
    pub value: Option<String>,
    /// `none-occurred`, `not-applicable` or `withheld`.
    #[serde(default)]
    pub absence: Option<String>,
    /// A note.
    #[serde(default)]
    pub note: Option<String>,
    /// The reading it was made over; without it, the one the cell holds.
    #[serde(default)]
    pub over: Option<i64>,
}

/// Whether to look only.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportAsked {
    /// `true`: say what would change and keep nothing (chỉ xem trước).
    #[serde(rename = "dry-run", default)]
    #[param(rename = "dry-run")]
    pub dry_run: bool,
}

/// What rows come to: kept as a whole or not at all.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    /// Whether they were kept.
    pub is_kept: bool,
    /// Cells that were empty.
    pub new: usize,
    /// Cells that hold another value.
    pub changed: usize,
    /// Cells of which only the note is another.
    pub noted: usize,
    /// Cells that hold the value already.
    pub unchanged: usize,
    /// Cells where another reading came between; both are kept.
    pub conflicts: usize,
    /// Cells that are refused; with one, nothing is kept.
    pub refused: usize,
    /// Cell by cell.
    pub lines: Vec<ImportLine>,
    /// Rows of the sheet that were not sent.
    pub missing: Vec<String>,
}

/// A cell of an import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportLine {
    /// Its row, from 1.
    pub row: usize,
    /// The indicator.
    pub indicator: String,
    /// `empty`, `new`, `changed`, `noted`, `unchanged`, `conflict` or `refused`.
    pub found: &'static str,
    /// What the cell holds.
    pub from: Option<String>,
    /// What was sent.
    pub to: Option<String>,
    /// The code of the refusal; empty otherwise.
    pub code: &'static str,
    /// The refusal, for people; empty otherwise.
    pub sentence: String,
}

/// Figures of a form, a period and several units as JSON, CSV, XML or a workbook (xuất số liệu)
#[utoipa::path(get, path = "/figures/export", operation_id = "export_figures", tag = "exchange", params(ExportAsked),
    responses((status = 200, description = "The figures", content(
            (ExportOut = "application/json"), (String = "text/csv"), (String = "application/xml"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn figures(caller: Caller, Query(asked): Query<ExportAsked>) -> Result<Response, ApiFault> {
    let (form, period) = cycle_of(&asked.form, &asked.period)?;
    let units = asked.unit.as_deref().map(|units| units.split(',').map(OrgId::parse).collect::<Result<Vec<_>, _>>());
    let units = units.transpose().map_err(|_| ApiFault::BadParameter("unit"))?.unwrap_or_default();
    let format = asked.format.as_deref().unwrap_or("json");
    if !["json", "csv", "xml", "xlsx"].contains(&format) {
        return Err(ApiFault::BadParameter("format"));
    }
    let read = caller.read(move |app, by| export(app, by, &form, period, &units)).await?;
    let name = format!("attachment; filename=\"{}-{}.{format}\"", read.form, read.period);
    Ok(match format {
        "csv" => {
            ([(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, &name)], csv_of(&read)?).into_response()
        }
        "xlsx" => {
            let bytes = write_units(&read, &units_words(&read)).map_err(|why| Fault::Internal(Arc::new(why)))?;
            ([(CONTENT_TYPE, XLSX), (CONTENT_DISPOSITION, &name)], bytes).into_response()
        }
        "xml" => {
            ([(CONTENT_TYPE, "application/xml"), (CONTENT_DISPOSITION, &name)], adx::write(&read)?).into_response()
        }
        _ => Json(ExportOut::of(&read)).into_response(),
    })
}

/// Takes in rows for a sheet as JSON, CSV or XML, as a whole or not at all (nhập số liệu từ tệp); scopes `read`, `enter`
#[utoipa::path(post, path = "/sheets/{form}/{period}/{unit}/import", operation_id = "import_rows", tag = "exchange",
    request_body(content((RowsIn = "application/json"), (String = "text/csv"), (String = "application/xml"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit"), ImportAsked),
    responses((status = 200, description = "What would change, or was kept", body = ImportOut),
        (status = 422, description = "A cell is refused and nothing is kept", body = ImportOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn import(
    caller: Caller,
    Path((form, period, unit)): Path<(String, String, String)>,
    Query(asked): Query<ImportAsked>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let (file, rows) = match media_of(&headers).as_str() {
        "application/json" => ("json", json::<RowsIn>(&headers, &body)?.rows),
        "text/csv" => ("csv", csv_read(&body)?),
        XLSX => return taken(&caller, key, workbook_read(&body)?, asked.dry_run).await,
        "application/xml" | "text/xml" => {
            ("xml", adx::read(&body, key.unit.as_str(), &key.period.to_string(), key.form.as_str())?)
        }
        _ => return Err(ApiFault::MediaType),
    };
    if rows.len() > ROWS_MAX {
        return Err(ApiFault::BadParameter("rows"));
    }
    let hash = hex(&Sha256::digest(&body));
    let source = FileSource { file: format!("api.{file}"), hash, sheet: String::new() };
    let rows = rows.into_iter().enumerate().map(|(at, row)| filled(at + 1, row));
    let filled = Filled { source, stamp: None, rows: rows.collect::<Result<_, ApiFault>>()? };
    taken(&caller, key, filled, asked.dry_run).await
}

async fn taken(caller: &Caller, key: SheetKey, filled: Filled, is_dry: bool) -> Result<Response, ApiFault> {
    let done = caller.verb(move |app, by| import_rows(app, by, &key, &filled, is_dry)).await?;
    let out = ImportOut::of(caller.say, &done);
    let status = match is_dry || out.is_kept {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = (status, Json(out)).into_response();
    // It tells itself, cell by cell.
    response.extensions_mut().insert(crate::fault::Spoken);
    Ok(response)
}

/// The rows of a workbook that was made here.
fn workbook_read(body: &Bytes) -> Result<Filled, ApiFault> {
    let bad = |why| ApiFault::from(Fault::Refused(Refusal::BadFile { file: WORKBOOK.to_owned(), why }));
    match Read::of(body, WORKBOOK).map_err(bad)? {
        Read::Form(filled) => Ok(filled),
        Read::Lists(_) => Err(bad(FileFault::NotOurs)),
    }
}

/// A sheet as a workbook (.xlsx), to be filled without a network and sent back to the import
#[utoipa::path(get, path = "/sheets/{form}/{period}/{unit}/workbook", operation_id = "read_workbook", tag = "exchange",
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit")),
    responses((status = 200, description = "The workbook", body = Vec<u8>,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn workbook(
    caller: Caller,
    Path((form, period, unit)): Path<(String, String, String)>,
) -> Result<Response, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let name = format!("attachment; filename=\"{}-{}-{}.xlsx\"", key.form, key.period, key.unit);
    let bytes = caller.read(move |app, by| workbook_of(app, by, &key, FileKind::Workbook, words_of)).await?;
    Ok(([(CONTENT_TYPE, XLSX), (CONTENT_DISPOSITION, &name)], bytes).into_response())
}

fn filled(row: usize, sent: RowIn) -> Result<FilledRow, ApiFault> {
    let value = match sent.value.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => Written::Empty,
        Some(text) => Number::parse(text).map_or_else(|_| Written::text(text), Written::Number),
    };
    let absence = match sent.absence.as_deref().map(str::trim).filter(|word| !word.is_empty()) {
        None => WrittenAbsence::Empty,
        Some(word) => match ABSENCES.iter().find(|(_, known)| *known == word) {
            Some((absence, _)) => WrittenAbsence::Of(*absence),
            None => WrittenAbsence::Unknown(word.to_owned()),
        },
    };
    Ok(FilledRow {
        row,
        place: row.to_string(),
        indicator: IndicatorCode::parse(sent.indicator.trim()).map_err(|_| ApiFault::BadParameter("indicator"))?,
        name: String::new(),
        base: sent.over.map_or(Base::Shown, |seq| Base::File(Some(seq))),
        value,
        absence,
        note: sent.note.unwrap_or_default(),
    })
}

impl ExportOut {
    fn of(read: &Exported) -> Self {
        let figures = read.readings.iter().map(ExportedFigure::of).collect();
        Self { form: read.form.to_string(), period: read.period.to_string(), figures }
    }
}

impl ExportedFigure {
    /// A figure as it is handed out.
    pub fn of(reading: &Reading) -> Self {
        let (value, absence) = sent(reading.value);
        Self {
            unit: reading.unit.to_string(),
            indicator: reading.indicator.to_string(),
            value,
            absence,
            nature: words::nature(reading.nature),
            origin: reading.provenance.origin.word(),
            seq: reading.seq,
            at: reading.entered_at.to_string(),
        }
    }
}

impl ImportOut {
    fn of(say: &'static Messages, done: &Imported) -> Self {
        let totals = done.preview.totals();
        let lines = done.preview.lines.iter().map(|line| {
            let text = |value| match sent(value) {
                (Some(number), _) => Some(number),
                (None, absence) => absence.map(str::to_owned),
            };
            let (found, from, to, why) = match &line.found {
                Found::Empty => ("empty", None, None, None),
                Found::New { to } => ("new", None, text(*to), None),
                Found::Changed { from, to } => ("changed", text(*from), text(*to), None),
                Found::Unchanged { value } => ("unchanged", text(*value), text(*value), None),
                Found::Noted { value } => ("noted", text(*value), text(*value), None),
                Found::ConflictsWithNewer { file, held } => ("conflict", text(*held), text(*file), None),
                Found::Refused { shown, why } => ("refused", None, Some(shown.clone()), Some(why)),
            };
            ImportLine {
                row: line.row,
                indicator: line.indicator.to_string(),
                found,
                from,
                to,
                code: why.map_or("", |why| why.code()),
                sentence: why.map(|why| say.refusal(why)).unwrap_or_default(),
            }
        });
        Self {
            is_kept: done.is_kept,
            new: totals.new,
            changed: totals.changed,
            noted: totals.noted,
            unchanged: totals.unchanged,
            conflicts: totals.conflicts,
            refused: totals.refused,
            lines: lines.collect(),
            missing: done.preview.missing.iter().map(ToString::to_string).collect(),
        }
    }
}

fn csv_of(read: &Exported) -> Result<Vec<u8>, ApiFault> {
    let failed = |why: csv::Error| ApiFault::Fault(Fault::Internal(std::sync::Arc::new(why.into())));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["unit", "period", "indicator", "value", "absence", "nature", "origin", "seq", "at"];
    writer.write_record(head).map_err(failed)?;
    for figure in read.readings.iter().map(ExportedFigure::of) {
        let (period, seq) = (read.period.to_string(), figure.seq.to_string());
        let value = figure.value.unwrap_or_default();
        let row = [
            &figure.unit,
            &period,
            &figure.indicator,
            &value,
            figure.absence.unwrap_or_default(),
            figure.nature,
            figure.origin,
            &seq,
            &figure.at,
        ];
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|why| ApiFault::Fault(Fault::Internal(std::sync::Arc::new(why.into_error().into()))))
}

/// Rows of a CSV text: a head with `indicator` and any of `value`, `absence`, `note`, `over`; other columns are left out.
fn csv_read(body: &[u8]) -> Result<Vec<RowIn>, ApiFault> {
    let bad = |why: csv::Error| ApiFault::BadBody(why.to_string());
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let mut reader = csv::Reader::from_reader(body);
    let head = reader.headers().map_err(bad)?.clone();
    let place = |name: &str| head.iter().position(|column| column.trim() == name);
    let indicator = place("indicator").ok_or(ApiFault::BadParameter("indicator"))?;
    let (value, absence, note, over) = (place("value"), place("absence"), place("note"), place("over"));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(bad)?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).filter(|text| !text.is_empty());
        let over = cell(over).map(str::parse).transpose().map_err(|_| ApiFault::BadParameter("over"))?;
        rows.push(RowIn {
            indicator: cell(Some(indicator)).unwrap_or_default().to_owned(),
            value: cell(value).map(str::to_owned),
            absence: cell(absence).map(str::to_owned),
            note: cell(note).map(str::to_owned),
            over,
        });
        if rows.len() > ROWS_MAX {
            return Err(ApiFault::BadParameter("rows"));
        }
    }
    Ok(rows)
}
