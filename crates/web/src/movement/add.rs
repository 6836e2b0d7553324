//! Puts a movement into the register.

use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::movement::{Choices, NewMovement, add_movement, choices};
use thidua_base::code::{InstrumentId, OrgId};
use thidua_domain::movement::census::scopes;
use thidua_domain::movement::{Movement, MovementKind};
use thidua_domain::{Actor, Refusal};

use super::{Fields, answered, field_word, kind_word, said, scope_word};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The form of a new movement.
#[derive(Debug, Template)]
#[template(path = "movement/add.html")]
pub struct Add {
    page: Page,
    refusal: String,
    form_token: String,
    name: String,
    aliases: String,
    content: String,
    kinds: Vec<FilterOption>,
    scopes: Vec<FilterOption>,
    fields: Vec<FilterOption>,
    owners: Vec<FilterOption>,
    instruments: Vec<FilterOption>,
}

/// `GET /phong-trao/ghi-moi`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None, &Fields::default()).await
}

/// `POST /phong-trao/ghi-moi`
pub async fn submit(ask: Ask, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, Some(Refusal::StaleForm), &fields).await;
    }
    let sent = fields.clone();
    match ask.file(move |app, by| done(app, by, &sent)).await {
        // What it asks and of whom comes next.
        Ok(movement) => Ok(Redirect::to(&paths::movement_terms(&movement.code)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, fields: &Fields) -> Result<Movement, thidua_app::Error> {
    let absent = || thidua_app::Error::NotFound("unit");
    let instrument = match fields.get("van-ban") {
        "" => None,
        id => Some(InstrumentId::parse(id).map_err(|_| absent())?),
    };
    let new = NewMovement {
        name: fields.get("ten").to_owned(),
        aliases: fields.lines("ten-khac"),
        kind: MovementKind::parse(fields.get("loai")).ok_or_else(absent)?,
        scope: scopes().find(|known| *known == fields.get("pham-vi")).ok_or_else(absent)?.to_owned(),
        field: fields.get("linh-vuc").to_owned(),
        owner: OrgId::parse(fields.get("chu-tri")).map_err(|_| absent())?,
        launched_by: instrument,
        content: fields.get("noi-dung").to_owned(),
    };
    add_movement(app, by, &new)
}

async fn shown(ask: &Ask, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (house, found) = ask.verb(choices).await?;
    let say = ask.messages();
    let page = ask.page(Part::Movements, say.get("movement.add"), &house);
    let mut view = Add::of(page, say, &found, fields, ask.form_token()?);
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl Add {
    fn to_list(&self) -> &'static str {
        paths::MOVEMENTS
    }

    fn address(&self) -> &'static str {
        paths::MOVEMENT_NEW
    }

    fn of(page: Page, say: &'static Messages, found: &Choices, fields: &Fields, form_token: String) -> Self {
        let choose = |values: Vec<(String, String)>, name: &str, first: &str| -> Vec<FilterOption> {
            let chosen = if fields.get(name).is_empty() { first } else { fields.get(name) };
            let of = |(value, label): (String, String)| FilterOption { is_chosen: value == chosen, value, label };
            values.into_iter().map(of).collect()
        };
        let kinds = MovementKind::ALL.map(|kind| (kind.word().to_owned(), kind_word(say, kind).to_owned()));
        Self {
            refusal: String::new(),
            form_token,
            name: fields.get("ten").to_owned(),
            aliases: fields.get("ten-khac").to_owned(),
            content: fields.get("noi-dung").to_owned(),
            kinds: choose(kinds.into(), "loai", "thematic"),
            scopes: choose(
                scopes().map(|scope| (scope.to_owned(), scope_word(say, scope))).collect(),
                "pham-vi",
                "huyen",
            ),
            fields: choose(
                found.fields.iter().map(|field| (field.clone(), field_word(say, field))).collect(),
                "linh-vuc",
                "",
            ),
            owners: choose(
                found.owners.iter().map(|(id, name)| (id.to_string(), name.clone())).collect(),
                "chu-tri",
                "",
            ),
            instruments: options(
                say.get("movement.no-instrument"),
                found.instruments.iter().map(|known| (known.id.to_string(), known.cited_full())),
                fields.get("van-ban"),
            ),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Add {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |refusal: &str, owners: Vec<(String, String)>| {
            let page = frame(Part::Movements, lang);
            let say = page.messages();
            let found = Choices {
                owners: owners.into_iter().map(|(id, name)| (OrgId::parse(&id).unwrap(), name)).collect(),
                fields: vec!["kinh-te".into()],
                instruments: Vec::new(),
                movements: Vec::new(),
                today: thidua_base::Date::parse("2020-07-05").unwrap(),
            };
            let fields = Fields(vec![("ten".into(), refusal.into())]);
            Self { refusal: refusal.into(), ..Self::of(page, say, &found, &fields, "0-0".into()) }
        };
        vec![
            of("", vec![("h-397".into(), "Huyện Triệu Sơn".into())]),
            of(LONG_NAME, vec![("h-397".into(), LONG_NAME.into())]),
        ]
    }
}
