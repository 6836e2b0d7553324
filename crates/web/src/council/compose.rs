//! Composes a council by a decision.

use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::council::{ComposeChoices, NewCouncil, compose_choices, compose_council};
use thidua_base::code::OrgId;
use thidua_domain::council::CouncilId;
use thidua_domain::{Actor, Origin, Provenance, Refusal};

use super::{RuleFields, SEATS_OFFERED, SeatRow, absent, chosen, house_rule, new_seat, spoken, warrant};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Fields, answered, said};
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// Where what people enter comes from.
const SOURCE: &str = "Nhập trên trang Hội đồng";

/// The form of a new council.
#[derive(Debug, Template)]
#[template(path = "council/compose.html")]
pub struct Compose {
    page: Page,
    refusal: String,
    form_token: String,
    units: Vec<FilterOption>,
    name: String,
    bodies: Vec<FilterOption>,
    number: String,
    on: String,
    from: String,
    seats: Vec<SeatRow>,
    rule: RuleFields,
}

/// `GET /hoi-dong/lap-moi`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None, &Fields::default()).await
}

/// `POST /hoi-dong/lap-moi`
pub async fn submit(ask: Ask, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, Some(Refusal::StaleForm), &fields).await;
    }
    let sent = fields.clone();
    match ask.file(move |app, by| done(app, by, &sent)).await {
        Ok(id) => Ok(Redirect::to(&paths::council(&id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, fields: &Fields) -> Result<CouncilId, thidua_app::Error> {
    let from = fields.day("tu-ngay")?;
    let seats = (1..=SEATS_OFFERED).filter_map(|row| new_seat(fields, row).transpose());
    let asked = NewCouncil {
        unit: OrgId::parse(fields.get("don-vi")).map_err(|_| absent())?,
        name: fields.get("ten").to_owned(),
        body: Some(fields.get("hoi-dong-luat").to_owned()).filter(|body| !body.is_empty()),
        warrant: warrant(fields)?,
        from,
        seats: seats.collect::<Result<_, _>>()?,
        rule: house_rule(fields, from)?,
        provenance: Provenance { origin: Origin::Reported, source: SOURCE.to_owned() },
    };
    compose_council(app, by, asked)
}

async fn shown(ask: &Ask, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (house, found) = ask.verb(compose_choices).await?;
    let say = ask.messages();
    let page = ask.page(Part::Councils, say.get("council.compose"), &house);
    let mut view = Compose::of(page, say, &found, fields, ask.form_token()?);
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl Compose {
    fn to_list(&self) -> &'static str {
        paths::COUNCILS
    }

    fn address(&self) -> &'static str {
        paths::COUNCIL_NEW
    }

    fn of(page: Page, say: &'static Messages, found: &ComposeChoices, fields: &Fields, form_token: String) -> Self {
        let units = found.units.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
        let bodies = found.bodies.iter().map(|(code, body)| (code.clone(), spoken(say, body)));
        let today = found.today.to_string();
        let text = |name: &str, known: &str| {
            if fields.get(name).is_empty() { known.to_owned() } else { fields.get(name).to_owned() }
        };
        Self {
            refusal: String::new(),
            form_token,
            units: chosen(units, fields.get("don-vi")),
            name: fields.get("ten").to_owned(),
            bodies: options(say.get("council.body-none"), bodies, fields.get("hoi-dong-luat")),
            number: fields.get("so").to_owned(),
            on: text("ngay", &today),
            from: text("tu-ngay", &today),
            seats: (1..=SEATS_OFFERED).map(|row| SeatRow::of(say, row, &found.accounts, fields)).collect(),
            rule: RuleFields::of(say, None, fields),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Compose {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |refusal: &str| {
            let page = frame(Part::Councils, lang);
            let say = page.messages();
            let found = ComposeChoices {
                units: vec![(OrgId::parse("h-397").unwrap(), LONG_NAME.into())],
                accounts: vec![(thidua_domain::actor::AccountId::parse("tk-1").unwrap(), LONG_NAME.into())],
                bodies: vec![("hoi-dong-bo-tinh".into(), thidua_law::table::Said::new(LONG_NAME, LONG_NAME))],
                today: thidua_base::Date::parse("2020-07-05").unwrap(),
            };
            let fields = Fields(vec![("ten".into(), refusal.into()), ("ho-ten-1".into(), refusal.into())]);
            let fields = if refusal.is_empty() { Fields::default() } else { fields };
            Self { refusal: refusal.into(), ..Self::of(page, say, &found, &fields, "0-0".into()) }
        };
        vec![of(""), of(LONG_NAME)]
    }
}
