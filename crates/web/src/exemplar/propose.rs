//! Where an exemplar is proposed; what the public will see is told first.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::exemplar::{Choices, choices, propose};
use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::Refusal;
use thidua_domain::exemplar::{Contact, ExemplarKind, Proposal};
use thidua_domain::honour::Subject;
use thidua_domain::subject::SubjectId;

use super::{Fields, answered, field, field_names, kind_word, told_beforehand};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The form of a proposal.
#[derive(Debug, Template)]
#[template(path = "exemplar/propose.html")]
pub struct ProposePage {
    page: Page,
    refusal: String,
    form_token: String,
    to_list: &'static str,
    address: &'static str,
    told: [String; 2],
    kinds: Vec<FilterOption>,
    fields: Vec<FilterOption>,
    units: Vec<FilterOption>,
    movements: Vec<FilterOption>,
    /// The record it is about, and its name.
    subject: String,
    subject_name: String,
    typed: Typed,
}

/// What was typed and comes back where it was refused.
#[derive(Debug, Clone, Default)]
struct Typed {
    name: String,
    size: String,
    measure: String,
    since: String,
    story: String,
    method: String,
    contact_name: String,
    contact_way: String,
}

/// Whose record the reader came from.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "ho-so", default)]
    subject: String,
}

/// `GET /dien-hinh/de-xuat`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let fields = Fields::from([("ho-so".to_owned(), asked.subject)]);
    shown(&ask, None, &fields).await
}

/// `POST /dien-hinh/de-xuat`
pub async fn submit(ask: Ask, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    if !ask.takes(field(&fields, "ma")) {
        return shown(&ask, Some(Refusal::StaleForm), &fields).await;
    }
    let proposal = proposal(&fields)?;
    match ask.file(move |app, by| propose(app, by, &proposal)).await {
        Ok(id) => Ok(Redirect::to(&paths::exemplar(&id, false)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn proposal(fields: &Fields) -> Result<Proposal, Fault> {
    let text = |name: &str| field(fields, name).to_owned();
    let movement = match field(fields, "phong-trao") {
        "" => None,
        code => Some(MovementCode::parse(code).map_err(|_| Fault::NotFound)?),
    };
    let subject = match field(fields, "ho-so") {
        "" => None,
        id => Some(SubjectId::parse(id).map_err(|_| Fault::NotFound)?),
    };
    Ok(Proposal {
        kind: ExemplarKind::parse(field(fields, "loai")).ok_or(Fault::NotFound)?,
        subject,
        field: text("linh-vuc"),
        name: text("ten"),
        unit: OrgId::parse(field(fields, "dia-ban")).map_err(|_| Fault::NotFound)?,
        size: text("quy-mo"),
        measure: text("don-vi-tinh"),
        since: text("tu-nam"),
        story: text("noi-dung"),
        method: text("cach-lam"),
        contact: Contact { name: text("nguoi-lien-he"), way: text("cach-lien-he") },
        movement,
    })
}

async fn shown(ask: &Ask, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let wanted = SubjectId::parse(field(fields, "ho-so")).ok();
    let (house, (choices, known)) = ask
        .verb(move |app, by| {
            let choices = choices(app, by)?;
            let known = wanted.map(|id| thidua_app::subject::show(app, by, &id)).transpose()?;
            Ok((choices, known.map(|seen| (seen.id, seen.details.name, seen.details.kind))))
        })
        .await?;
    let say = ask.messages();
    let page = ask.page(Part::Exemplars, say.get("exemplar.propose"), &house);
    let mut view = ProposePage::of(page, say, &choices, known, fields);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    view.form_token = ask.form_token()?;
    answered(&view, refusal.is_some())
}

impl ProposePage {
    fn of(
        page: Page,
        say: &'static Messages,
        choices: &Choices,
        known: Option<(SubjectId, String, Subject)>,
        fields: &Fields,
    ) -> Self {
        let text = |name: &str| field(fields, name).to_owned();
        let of_record =
            |kind: &ExemplarKind| known.as_ref().is_none_or(|(_, _, subject)| kind.subject() == Some(*subject));
        let kinds = ExemplarKind::ALL.into_iter().filter(of_record);
        let kinds = kinds.map(|kind| (kind.word().to_owned(), kind_word(say, kind).to_owned()));
        let chosen = field(fields, "loai").to_owned();
        let choose = say.get("person.choose");
        let units = choices.units.iter().map(|(id, name)| (id.to_string(), name.clone()));
        let movements = choices.movements.iter().map(|(code, name)| (code.to_string(), name.clone()));
        let (subject, subject_name) =
            known.as_ref().map(|(id, name, _)| (id.to_string(), name.clone())).unwrap_or_default();
        let name = if field(fields, "ten").is_empty() { subject_name.clone() } else { text("ten") };
        Self {
            refusal: String::new(),
            form_token: String::new(),
            to_list: paths::EXEMPLARS,
            address: paths::EXEMPLAR_NEW,
            told: told_beforehand(say),
            kinds: kinds.map(|(value, label)| FilterOption { is_chosen: value == chosen, value, label }).collect(),
            fields: options(choose, field_names(say), field(fields, "linh-vuc")),
            units: units
                .map(|(value, label)| FilterOption { is_chosen: value == field(fields, "dia-ban"), value, label })
                .collect(),
            movements: options(say.get("exemplar.no-movement"), movements, field(fields, "phong-trao")),
            subject,
            subject_name,
            typed: Typed {
                name,
                size: text("quy-mo"),
                measure: text("don-vi-tinh"),
                since: text("tu-nam"),
                story: text("noi-dung"),
                method: text("cach-lam"),
                contact_name: text("nguoi-lien-he"),
                contact_way: text("cach-lien-he"),
            },
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for ProposePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = Messages::of(lang);
        let choices = Choices {
            units: vec![(OrgId::parse("x-1").unwrap(), LONG_NAME.into())],
            movements: vec![(MovementCode::parse("PT01").unwrap(), LONG_NAME.into())],
            today: thidua_base::Date::parse("2020-07-05").unwrap(),
        };
        let fields: Fields = ["ten", "noi-dung", "cach-lam", "quy-mo"]
            .into_iter()
            .map(|name| (name.to_owned(), "<script>\"".to_owned()))
            .collect();
        let known = (SubjectId::parse("s-1").unwrap(), LONG_NAME.to_owned(), Subject::Individual);
        let bare = Self::of(frame(Part::Exemplars, lang), say, &choices, None, &Fields::new());
        let mut refused = Self::of(frame(Part::Exemplars, lang), say, &choices, Some(known), &fields);
        refused.refusal = LONG_NAME.into();
        refused.form_token = "0-0".into();
        vec![bare, refused]
    }
}
