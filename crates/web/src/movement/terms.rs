//! What a movement asks, of whom and by when: written before the launch.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::movement::{self, Choices, One, choices, draft_terms};
use thidua_base::code::{MovementCode, OrgId};
use thidua_base::text::upper_first;
use thidua_domain::movement::{Act, Addressee, Terms};
use thidua_domain::{Actor, Refusal};

use super::{Fields, Tick, answered, code_of, said};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The terms of a movement.
#[derive(Debug, Template)]
#[template(path = "movement/terms.html")]
pub struct TermsPage {
    page: Page,
    refusal: String,
    form_token: String,
    name: String,
    address: String,
    to_movement: String,
    launchers: Vec<FilterOption>,
    parents: Vec<FilterOption>,
    from: String,
    to: String,
    register_by: String,
    contents: String,
    criteria: String,
    standards: String,
    addressees: Vec<Tick>,
}

/// `GET /phong-trao/{code}/noi-dung`
pub async fn page(ask: Ask, Path(code): Path<String>) -> Result<Response, Fault> {
    shown(&ask, code_of(&code)?, None, &Fields::default()).await
}

/// `POST /phong-trao/{code}/noi-dung`
pub async fn submit(
    ask: Ask,
    Path(code): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let code = code_of(&code)?;
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, code, Some(Refusal::StaleForm), &fields).await;
    }
    let (of, sent) = (code.clone(), fields.clone());
    match ask.file(move |app, by| done(app, by, &of, &sent)).await {
        Ok(_) => Ok(Redirect::to(&paths::movement(&code)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, code, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, code: &MovementCode, fields: &Fields) -> Result<Terms, thidua_app::Error> {
    let absent = || thidua_app::Error::NotFound("movement");
    let parent = match fields.get("cap-tren") {
        "" => None,
        parent => Some(MovementCode::parse(parent).map_err(|_| absent())?),
    };
    let terms = Terms {
        movement: code.clone(),
        launcher: OrgId::parse(fields.get("don-vi")).map_err(|_| absent())?,
        parent,
        from: fields.day("tu-ngay")?,
        to: if fields.get("den-ngay").is_empty() { None } else { Some(fields.day("den-ngay")?) },
        register_by: fields.day("han-dang-ky")?,
        contents: fields.lines("noi-dung"),
        criteria: fields.lines("tieu-chi"),
        standards: fields.lines("tieu-chuan"),
        addressees: fields.all("doi-tuong").filter_map(Addressee::parse).collect(),
    };
    draft_terms(app, by, &terms)
}

async fn shown(ask: &Ask, code: MovementCode, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (house, (one, found)) = ask
        .verb(move |app, by| {
            let one = movement::one(app, by, &code)?;
            if !one.leads || !one.course.may(Act::Draft) {
                return Err(thidua_app::Error::NotFound("movement"));
            }
            Ok((one, choices(app, by)?))
        })
        .await?;
    let say = ask.messages();
    let page = ask.page(Part::Movements, &upper_first(&one.movement.name), &house);
    let mut view = TermsPage::of(page, say, &one, &found, fields, ask.form_token()?);
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl TermsPage {
    fn to_list(&self) -> &'static str {
        paths::MOVEMENTS
    }

    fn of(page: Page, say: &'static Messages, one: &One, found: &Choices, fields: &Fields, form_token: String) -> Self {
        let is_sent = !fields.0.is_empty();
        let kept = one.terms.as_ref();
        let text = |name: &str, known: Option<String>| match is_sent {
            true => fields.get(name).to_owned(),
            false => known.unwrap_or_default(),
        };
        let lines = |name: &str, of: fn(&Terms) -> &Vec<String>| text(name, kept.map(|terms| of(terms).join("\n")));
        let today = Some(found.today.to_string());
        let launcher = kept.map(|terms| terms.launcher.to_string());
        let launcher = text("don-vi", launcher.or_else(|| one.movement.owners.first().map(ToString::to_string)));
        let others = found.movements.iter().filter(|(code, _)| *code != one.movement.code);
        let is_addressed = |known: &Addressee| match is_sent {
            true => fields.all("doi-tuong").any(|word| word == known.word()),
            false => kept.is_some_and(|terms| terms.addressees.contains(known)),
        };
        Self {
            refusal: String::new(),
            form_token,
            name: upper_first(&one.movement.name),
            address: paths::movement_terms(&one.movement.code),
            to_movement: paths::movement(&one.movement.code),
            launchers: found
                .owners
                .iter()
                .map(|(id, name)| FilterOption {
                    is_chosen: id.as_str() == launcher,
                    value: id.to_string(),
                    label: name.clone(),
                })
                .collect(),
            parents: options(
                say.get("movement.no-parent"),
                others.map(|(code, name)| (code.to_string(), upper_first(name))),
                &text("cap-tren", kept.and_then(|terms| terms.parent.as_ref().map(ToString::to_string))),
            ),
            from: text("tu-ngay", kept.map(|terms| terms.from.to_string()).or_else(|| today.clone())),
            to: text("den-ngay", kept.and_then(|terms| terms.to).map(|day| day.to_string())),
            register_by: text("han-dang-ky", kept.map(|terms| terms.register_by.to_string())),
            contents: lines("noi-dung", |terms| &terms.contents),
            criteria: lines("tieu-chi", |terms| &terms.criteria),
            standards: lines("tieu-chuan", |terms| &terms.standards),
            addressees: Addressee::ALL
                .iter()
                .map(|known| Tick {
                    value: known.word().to_owned(),
                    label: upper_first(say.get(&format!("addressee.{}", known.word()))),
                    is_chosen: is_addressed(known),
                })
                .collect(),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for TermsPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |refusal: &str, text: &str| {
            let page = frame(Part::Movements, lang);
            let say = page.messages();
            Self {
                refusal: refusal.into(),
                form_token: "0-0".into(),
                name: LONG_NAME.into(),
                address: "/phong-trao/PT01/noi-dung".into(),
                to_movement: "/phong-trao/PT01".into(),
                launchers: options("x", Vec::new(), ""),
                parents: options(say.get("movement.no-parent"), Vec::new(), ""),
                from: text.into(),
                to: String::new(),
                register_by: text.into(),
                contents: text.into(),
                criteria: text.into(),
                standards: text.into(),
                addressees: vec![Tick { value: "farmers".into(), label: LONG_NAME.into(), is_chosen: true }],
                page,
            }
        };
        vec![of("", ""), of(LONG_NAME, "<b>\n\"2020-07-01\"")]
    }
}
