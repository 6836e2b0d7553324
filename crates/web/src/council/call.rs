//! Calls a session of a council with its agenda.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::council::{CallChoices, NewMatter, NewSession, call_choices, call_session};
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::text::upper_first;
use thidua_domain::council::{CouncilId, SessionId};
use thidua_domain::{Actor, Refusal};
use thidua_law::vocabulary::{SubjectKind, Word};

use super::{MATTERS_OFFERED, absent, chosen, council_of, spoken};
use crate::fault::Fault;
use crate::messages::{Lang, Messages};
use crate::movement::{Fields, answered, said};
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The form of a new session.
#[derive(Debug, Template)]
#[template(path = "council/call.html")]
pub struct Call {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    to_council: String,
    council: String,
    held_on: String,
    place: String,
    matters: Vec<MatterRow>,
}

#[derive(Debug)]
struct MatterRow {
    row: usize,
    label: String,
    title: String,
    reference: String,
    honours: Vec<FilterOption>,
    kinds: Vec<FilterOption>,
    units: Vec<FilterOption>,
    summary: String,
    is_open: bool,
}

/// `GET /hoi-dong/{id}/phien-moi`
pub async fn page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    shown(&ask, council_of(&id)?, None, &Fields::default()).await
}

/// `POST /hoi-dong/{id}/phien-moi`
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (id, fields) = (council_of(&id)?, Fields(fields));
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, id, Some(Refusal::StaleForm), &fields).await;
    }
    let (sent, of) = (fields.clone(), id.clone());
    match ask.file(move |app, by| done(app, by, of, &sent)).await {
        Ok(session) => Ok(Redirect::to(&paths::session(&session)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, id, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, council: CouncilId, fields: &Fields) -> Result<SessionId, thidua_app::Error> {
    let mut matters = Vec::new();
    for row in 1..=MATTERS_OFFERED {
        let of = |name: &str| fields.get(&format!("{name}-{row}"));
        if of("ten").is_empty() {
            continue;
        }
        matters.push(NewMatter {
            reference: of("ho-so").to_owned(),
            title: of("ten").to_owned(),
            honour: HonourCode::parse(of("danh-hieu")).map_err(|_| absent())?,
            kind: SubjectKind::parse(of("doi-tuong")).ok_or_else(absent)?,
            subject: None,
            nominated_by: OrgId::parse(of("don-vi")).map_err(|_| absent())?,
            summary: of("tom-tat").to_owned(),
        });
    }
    let held_on = fields.day("ngay")?;
    call_session(app, by, NewSession { council, held_on, place: fields.get("dia-diem").to_owned(), matters })
}

async fn shown(ask: &Ask, id: CouncilId, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (house, found) = ask.verb(move |app, by| call_choices(app, by, &id)).await?;
    let say = ask.messages();
    let page = ask.page(Part::Councils, say.get("council.call"), &house);
    let mut view = Call::of(page, say, &found, fields, ask.form_token()?);
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl Call {
    fn to_list(&self) -> &'static str {
        paths::COUNCILS
    }

    fn of(page: Page, say: &'static Messages, found: &CallChoices, fields: &Fields, form_token: String) -> Self {
        let kind_name = |kind: SubjectKind| match say.lang() {
            Lang::Vi => kind.vi(),
            Lang::En => kind.en(),
        };
        let rows = (1..=MATTERS_OFFERED).map(|row| {
            let of = |name: &str| fields.get(&format!("{name}-{row}"));
            let honours = found.honours.iter().map(|(code, name)| (code.to_string(), spoken(say, name))).collect();
            let kinds =
                SubjectKind::WORDS.iter().map(|(kind, code, ..)| ((*code).to_owned(), upper_first(kind_name(*kind))));
            let units = found.units.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
            MatterRow {
                row,
                label: say.with("council.matter-n", &[("number", &row.to_string())]),
                title: of("ten").to_owned(),
                reference: of("ho-so").to_owned(),
                honours: chosen(honours, of("danh-hieu")),
                kinds: chosen(kinds.collect(), of("doi-tuong")),
                units: chosen(units, of("don-vi")),
                summary: of("tom-tat").to_owned(),
                is_open: row == 1 || !of("ten").is_empty(),
            }
        });
        let held_on = fields.get("ngay");
        Self {
            refusal: String::new(),
            form_token,
            address: paths::session_new(&found.council.id),
            to_council: paths::council(&found.council.id),
            council: found.council.name.clone(),
            held_on: if held_on.is_empty() { found.today.to_string() } else { held_on.to_owned() },
            place: fields.get("dia-diem").to_owned(),
            matters: rows.collect(),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Call {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |refusal: &str| {
            let page = frame(Part::Councils, lang);
            let say = page.messages();
            let found = CallChoices {
                council: super::show::sample_council(LONG_NAME),
                units: vec![(OrgId::parse("h-397").unwrap(), LONG_NAME.into())],
                honours: vec![(HonourCode::parse("x").unwrap(), thidua_law::table::Said::new(LONG_NAME, LONG_NAME))],
                today: thidua_base::Date::parse("2020-07-05").unwrap(),
            };
            let fields = Fields(vec![("ten-2".into(), refusal.into()), ("dia-diem".into(), refusal.into())]);
            Self { refusal: refusal.into(), ..Self::of(page, say, &found, &fields, "0-0".into()) }
        };
        vec![of(""), of(LONG_NAME)]
    }
}
