//! A member's score sheet as a file: taken out to be filled, and sent in.

use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::Error;
use thidua_app::cluster::{
    ScoreFileWords, ScoreIntake, Seen, level_word, preview_scores, score_file, scoring, taken_of,
};
use thidua_app::collection::workbook::BYTES_MAX;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::Refusal;
use thidua_domain::cluster::filled::Taken;
use thidua_domain::cluster::scheme::Level;
use thidua_domain::refusal::FileFault;

use super::sheet::sheet_of;
use super::words;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

type Address = Path<(String, String, String)>;
pub(super) type Key = (ClusterCode, i16, OrgId);

/// Where files of a score sheet come and go.
#[derive(Debug, Template)]
#[template(path = "cluster/fill.html")]
pub struct FillPage {
    page: Page,
    problem: String,
    cluster: String,
    unit: String,
    to_sheet: String,
    to_workbook: String,
    columns: Vec<FilterOption>,
    address: String,
    form_token: String,
    most: usize,
}

/// The columns that the actor may fill for a member, and may send in.
pub(super) fn open_columns(seen: &Seen, unit: &OrgId) -> Vec<Taken> {
    let Some(scored) = &seen.scored else { return Vec::new() };
    if scored.frozen.is_some() {
        return Vec::new();
    }
    let claims = seen.rights.claims.contains(unit) && !scored.journal.is_up(unit);
    let levels = seen.rights.levels(unit, &scored.scheme.marks);
    let marks = Level::ALL.into_iter().filter(|level| levels.contains(level)).map(Taken::Marks);
    claims.then_some(Taken::Claims).into_iter().chain(marks).collect()
}

/// The name of a column.
pub(super) fn column(say: &'static Messages, taken: Taken) -> &'static str {
    match taken {
        Taken::Claims => say.get("scoring.claim"),
        Taken::Marks(level) => words::level(say, level),
    }
}

/// `GET /cum-thi-dua/{code}/{year}/cham/{unit}/phieu.xlsx`
pub async fn workbook(ask: Ask, Path((code, year, unit)): Address) -> Result<Response, Fault> {
    let (code, year, unit) = sheet_of(&code, &year, &unit)?;
    let name = format!("phieu-{code}-{year}-{unit}.xlsx").replace(':', "-");
    let bytes = ask
        .file(move |app, by| {
            let seen = scoring(app, by, &code, year)?;
            let scored = seen.scored.clone().ok_or(Error::NotFound("scoring"))?;
            let sheet = scored.sheet(&unit).ok_or(Error::NotFound("scoring"))?;
            let words = file_words(&seen, &scored.name(&unit));
            score_file(&scored, sheet, &open_columns(&seen, &unit), &words)
        })
        .await?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The words of the workbook: always Vietnamese, as the official table is.
fn file_words(seen: &Seen, unit: &str) -> ScoreFileWords {
    let say = Messages::vi();
    let get = |key: &str| say.get(&format!("scoring.{key}")).to_owned();
    let year = say.with("scoring.year", &[("year", &seen.cluster.year.to_string())]);
    ScoreFileWords {
        tab: get("fill-tab"),
        title: get("fill-heading"),
        facts: format!("{unit} · {} · {year}", seen.cluster.name),
        hint: get("fill-hint"),
        columns: ["fill-code", "criterion", "max", "claim", "evidence", "note"].map(get),
        levels: Level::ALL.map(|level| words::level(say, level).to_owned()),
        reason: get("fill-reason"),
        total: get("fill-total"),
    }
}

/// `GET /cum-thi-dua/{code}/{year}/cham/{unit}/nhap-tep`
pub async fn page(ask: Ask, Path((code, year, unit)): Address) -> Result<Response, Fault> {
    shown(&ask, sheet_of(&code, &year, &unit)?, None).await
}

/// `POST /cum-thi-dua/{code}/{year}/cham/{unit}/nhap-tep`
pub async fn submit(ask: Ask, Path((code, year, unit)): Address, fields: Multipart) -> Result<Response, Fault> {
    let key = sheet_of(&code, &year, &unit)?;
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
    let Some(taken) = taken_of(&sent.column) else { return Err(Fault::NotFound) };
    let into = ScoreIntake { cluster: key.0.clone(), year: key.1, unit: key.2.clone(), taken };
    let looked = ask.file(move |app, by| preview_scores(app, by, &into, &sent.name, &sent.bytes)).await;
    match looked {
        Ok(looked) => {
            let to = format!("{}/{}", paths::score_fill(&key.0, key.1, &key.2), looked.upload);
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
    column: String,
    name: String,
    bytes: Vec<u8>,
}

/// Longest name of a file that is kept, in characters.
const NAME_CHARS_MAX: usize = 200;

/// Reads the fields of the form; no more is read than a file may have.
async fn received(mut fields: Multipart) -> Result<Sent, Refusal> {
    let mut sent = Sent::default();
    let broken = |file: &str| Refusal::BadFile { file: file.to_owned(), why: FileFault::Broken };
    while let Some(mut field) = fields.next_field().await.map_err(|_| broken(&sent.name))? {
        match field.name() {
            Some("ma") => sent.token = field.text().await.map_err(|_| Refusal::StaleForm)?,
            Some("cot") => sent.column = field.text().await.map_err(|_| Refusal::StaleForm)?,
            Some("tep") => {
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
pub(super) async fn shown(ask: &Ask, key: Key, problem: Option<String>) -> Result<Response, Fault> {
    let (code, year, unit) = key;
    let wanted = code.clone();
    let (house, seen) = ask.verb(move |app, by| scoring(app, by, &wanted, year)).await?;
    let say = ask.messages();
    let scored = seen.scored.as_ref().ok_or(Fault::NotFound)?;
    scored.sheet(&unit).ok_or(Fault::NotFound)?;
    let is_refused = problem.is_some();
    let option = |taken: Taken| FilterOption {
        value: level_word(taken).to_owned(),
        label: column(say, taken).to_owned(),
        is_chosen: false,
    };
    let title = format!("{} – {}", say.get("scoring.fill"), scored.name(&unit));
    let view = FillPage {
        page: ask.page(Part::Clusters, &title, &house),
        problem: problem.unwrap_or_default(),
        cluster: seen.cluster.name.clone(),
        unit: scored.name(&unit),
        to_sheet: paths::score_sheet(&code, year, &unit, ""),
        to_workbook: paths::score_workbook(&code, year, &unit),
        columns: open_columns(&seen, &unit).into_iter().map(option).collect(),
        address: paths::score_fill(&code, year, &unit),
        form_token: ask.form_token()?,
        most: BYTES_MAX >> 20,
    };
    let mut response = html(&view)?;
    response.headers_mut().insert(header::CACHE_CONTROL, crate::account::sign_in::NEVER_STORED);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

#[cfg(test)]
impl crate::sampled::Sampled for FillPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::LONG_NAME;
        let of = |problem: &str, columns: usize| Self {
            page: crate::sampled::frame(Part::Clusters, lang),
            problem: problem.to_owned(),
            cluster: LONG_NAME.into(),
            unit: LONG_NAME.into(),
            to_sheet: "/cum-thi-dua/c/2020/cham/x".into(),
            to_workbook: "/cum-thi-dua/c/2020/cham/x/phieu.xlsx".into(),
            columns: (0..columns)
                .map(|_| FilterOption { value: "own".into(), label: LONG_NAME.into(), is_chosen: false })
                .collect(),
            address: "/cum-thi-dua/c/2020/cham/x/nhap-tep".into(),
            form_token: "0-0".into(),
            most: 5,
        };
        vec![of("", 2), of(LONG_NAME, 1), of("", 0)]
    }
}
