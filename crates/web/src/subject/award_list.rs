//! Where lists of awards of earlier years are sent (nhập lịch sử khen thưởng).

use askama::Template;
use axum::extract::Multipart;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::collection::workbook::BYTES_MAX;
use thidua_app::subject::{preview_awards, units_to_enter};
use thidua_base::code::OrgId;
use thidua_domain::Refusal;
use thidua_domain::refusal::FileFault;

use crate::fault::{Fault, Spoken};
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Where lists are sent.
#[derive(Debug, Template)]
#[template(path = "subject/award_list.html")]
pub struct AwardListPage {
    page: Page,
    problem: String,
    to_register: &'static str,
    units: Vec<FilterOption>,
    address: &'static str,
    form_token: String,
    most: usize,
}

/// `GET /khen-thuong/nhap-tep`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, String::new(), "").await
}

/// What a form with a file holds.
#[derive(Debug, Default)]
struct Sent {
    token: String,
    unit: String,
    name: String,
    bytes: Vec<u8>,
}

/// Longest name of a file that is kept, in characters.
const NAME_CHARS_MAX: usize = 200;

/// `POST /khen-thuong/nhap-tep`
pub async fn submit(ask: Ask, fields: Multipart) -> Result<Response, Fault> {
    let say = ask.messages();
    let sent = match received(fields).await {
        Ok(sent) => sent,
        Err(why) => return shown(&ask, say.refusal(&why), "").await,
    };
    if !ask.takes(&sent.token) {
        return shown(&ask, say.refusal(&Refusal::StaleForm), &sent.unit).await;
    }
    if sent.name.is_empty() && sent.bytes.is_empty() {
        return shown(&ask, say.get("import.no-file").to_owned(), &sent.unit).await;
    }
    let unit = OrgId::parse(&sent.unit).map_err(|_| Fault::NotFound)?;
    let asked = sent.unit.clone();
    match ask.file(move |app, by| preview_awards(app, by, &unit, &sent.name, &sent.bytes)).await {
        Ok(looked) => Ok(Redirect::to(&paths::award_list(&looked.upload)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, say.refusal(&refusal), &asked).await,
        Err(fault) => Err(fault),
    }
}

async fn received(mut fields: Multipart) -> Result<Sent, Refusal> {
    let mut sent = Sent::default();
    let broken = |file: &str| Refusal::BadFile { file: file.to_owned(), why: FileFault::Broken };
    while let Some(mut field) = fields.next_field().await.map_err(|_| broken(&sent.name))? {
        match field.name() {
            Some("ma") => sent.token = field.text().await.map_err(|_| Refusal::StaleForm)?,
            Some("don-vi") => sent.unit = field.text().await.map_err(|_| Refusal::StaleForm)?,
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
pub async fn shown(ask: &Ask, problem: String, unit: &str) -> Result<Response, Fault> {
    let (house, units) = ask
        .verb(|app, by| {
            let units = units_to_enter(app, by, false)?;
            if units.is_empty() { Err(thidua_app::Error::NotFound("unit")) } else { Ok(units) }
        })
        .await?;
    let is_refused = !problem.is_empty();
    let options = units.into_iter().map(|(id, name)| FilterOption {
        is_chosen: id.as_str() == unit,
        value: id.to_string(),
        label: name,
    });
    let view = AwardListPage {
        page: ask.page(Part::Awards, ask.messages().get("award-list.title"), &house),
        problem,
        to_register: paths::AWARDS,
        units: options.collect(),
        address: paths::AWARD_LISTS,
        form_token: ask.form_token()?,
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
impl crate::sampled::Sampled for AwardListPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |problem: &str| Self {
            page: frame(Part::Awards, lang),
            problem: problem.into(),
            to_register: "/khen-thuong",
            units: vec![FilterOption { value: "x".into(), label: LONG_NAME.into(), is_chosen: true }],
            address: "/khen-thuong/nhap-tep",
            form_token: "0-0".into(),
            most: 5,
        };
        vec![of(""), of(LONG_NAME)]
    }
}
