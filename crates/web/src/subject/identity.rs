//! The form of who somebody is: entered with the unit they belong to, or corrected with a reason.

use std::collections::HashMap;

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::subject::{Alike, Opened, correct_subject, open_subject, show};
use thidua_domain::Refusal;
use thidua_domain::honour::Subject;
use thidua_domain::subject::read::IDENTITY_FIELDS;
use thidua_domain::subject::{FactKind, Fields, SubjectId};

use super::form::{AlikeRow, FieldView, FormPage, answered, field_view};
use super::{Choices, list, list_of, part_of};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::paths;
use crate::site::Ask;

/// What a new one's place needs.
const PLACE_FIELDS: [&str; 5] = ["unit", "post", "from", "category", "duty"];

/// `GET /nguoi/lap-moi`
pub async fn page(ask: Ask, kind: Subject) -> Result<Response, Fault> {
    shown(&ask, kind, &Fields::default(), "", None, &[]).await
}

/// `POST /nguoi/lap-moi`
pub async fn submit(ask: Ask, Form(form): Form<HashMap<String, String>>, kind: Subject) -> Result<Response, Fault> {
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let (fields, source) = (super::fields_of(&form), field("nguon"));
    if !ask.takes(&field("ma")) {
        return shown(&ask, kind, &fields, &source, Some(Refusal::StaleForm), &[]).await;
    }
    let is_sure = field("chac") == "co";
    let (told, from) = (fields.clone(), source.clone());
    match ask.file(move |app, by| open_subject(app, by, kind, &told, &from, is_sure)).await {
        Ok(Opened::Done(id)) => Ok(Redirect::to(&paths::subject(kind, &id)).into_response()),
        Ok(Opened::Alike(alike)) => shown(&ask, kind, &fields, &source, None, &alike).await,
        Err(Fault::Refused(refusal)) => shown(&ask, kind, &fields, &source, Some(refusal), &[]).await,
        Err(fault) => Err(fault),
    }
}

async fn shown(
    ask: &Ask,
    kind: Subject,
    fields: &Fields,
    source: &str,
    refusal: Option<Refusal>,
    alike: &[Alike],
) -> Result<Response, Fault> {
    let (house, choices) = ask
        .verb(|app, by| {
            let choices = Choices::read(app, by, false)?;
            match choices.units.is_empty() {
                true => Err(thidua_app::Error::NotFound("subject")),
                false => Ok(choices),
            }
        })
        .await?;
    let say = ask.messages();
    let title = say.get(match kind {
        Subject::Individual => "person.open-person",
        Subject::Collective => "person.open-collective",
        Subject::Household => "person.open-household",
    });
    let names = names_of(kind).chain(
        PLACE_FIELDS.iter().copied().filter(|name| kind == Subject::Individual || !["category", "duty"].contains(name)),
    );
    let view = FormPage {
        page: ask.page(part_of(kind), title, &house),
        title: title.to_owned(),
        who: say.get(list::title(kind)).to_owned(),
        to_who: list_of(kind).to_owned(),
        problem: match (&refusal, alike.is_empty()) {
            (Some(refusal), _) => say.refusal(refusal),
            (None, false) => say.get("person.alike-found").to_owned(),
            (None, true) => String::new(),
        },
        alike: alike.iter().map(|one| alike_row(say, kind, one)).collect(),
        fields: names.map(|name| view_of(say, &choices, kind, name, fields.get(name))).collect(),
        hidden: Vec::new(),
        source: Some(source.to_owned()),
        reason: None,
        asks_sure: !alike.is_empty(),
        warnings: Vec::new(),
        address: paths::subject_new(kind),
        form_token: ask.form_token()?,
    };
    answered(&view)
}

/// `GET /nguoi/{id}/dinh-chinh`
pub async fn correct_page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    corrected(&ask, &id, None).await
}

/// `POST /nguoi/{id}/dinh-chinh`
pub async fn correct(
    ask: Ask,
    Path(id): Path<String>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let (fields, reason) = (super::fields_of(&form), field("ly-do"));
    if !ask.takes(&field("ma")) {
        return corrected(&ask, &id, Some((fields, reason, Refusal::StaleForm))).await;
    }
    let subject = SubjectId::parse(&id).map_err(|_| Fault::NotFound)?;
    let over: i64 = field("ban").parse().unwrap_or(0);
    let (told, why) = (fields.clone(), reason.clone());
    let done = ask.file(move |app, by| correct_subject(app, by, &subject, over, &told, &why)).await;
    match done {
        Ok(identity) => Ok(Redirect::to(&paths::subject(identity.details.kind, &identity.id)).into_response()),
        Err(Fault::Refused(refusal)) => corrected(&ask, &id, Some((fields, reason, refusal))).await,
        Err(fault) => Err(fault),
    }
}

async fn corrected(ask: &Ask, id: &str, typed: Option<(Fields, String, Refusal)>) -> Result<Response, Fault> {
    let subject = SubjectId::parse(id).map_err(|_| Fault::NotFound)?;
    let (house, (seen, choices)) =
        ask.verb(move |app, by| Ok((show(app, by, &subject)?, Choices::read(app, by, false)?))).await?;
    let Some(version) = seen.versions.last().filter(|_| seen.enters) else { return Err(Fault::NotFound) };
    let say = ask.messages();
    let kind = seen.details.kind;
    let title = say.with("person.correct-of", &[("what", &seen.details.name)]);
    let (fields, reason, problem) = match typed {
        Some((fields, reason, refusal)) => (fields, reason, say.refusal(&refusal)),
        None => (version.details.fields(seen.sees_cccd), String::new(), String::new()),
    };
    let view = FormPage {
        page: ask.page(part_of(kind), &title, &house),
        title,
        who: seen.details.name.clone(),
        to_who: paths::subject(kind, &seen.id),
        problem,
        alike: Vec::new(),
        fields: names_of(kind).map(|name| view_of(say, &choices, kind, name, fields.get(name))).collect(),
        hidden: vec![("ban", version.version.to_string())],
        source: None,
        reason: Some(reason),
        asks_sure: false,
        warnings: Vec::new(),
        address: paths::subject_correct(kind, &seen.id),
        form_token: ask.form_token()?,
    };
    answered(&view)
}

/// The fields of who a subject of a kind is.
fn names_of(kind: Subject) -> impl Iterator<Item = &'static str> {
    IDENTITY_FIELDS.into_iter().filter(move |name| match kind {
        Subject::Individual => true,
        Subject::Collective => !["sex", "cccd", "place", "recruited_on"].contains(name),
        Subject::Household => !["born", "sex", "cccd", "recruited_on"].contains(name),
    })
}

fn view_of(say: &'static Messages, choices: &Choices, kind: Subject, name: &'static str, value: &str) -> FieldView {
    let mut view = field_view(say, choices, FactKind::Position, name, value);
    view.is_needed = ["name", "unit", "from"].contains(&name);
    view.label = say.get(match (kind, name) {
        (Subject::Collective, "born") => "fact-field.founded",
        (Subject::Collective, "post") => "fact-field.part",
        (Subject::Household, "name") => "fact-field.head",
        (Subject::Household, "place") => "fact-field.hamlet",
        (Subject::Individual, "name") => "fact-field.full_name",
        (Subject::Individual, "born") => "fact-field.born_typed",
        _ => return view,
    });
    view
}

fn alike_row(say: &'static Messages, kind: Subject, one: &Alike) -> AlikeRow {
    let about = one.details.born.in_table();
    let why: Vec<&str> = one.reasons.iter().map(|why| say.get(&format!("match-reason.{}", why.word()))).collect();
    AlikeRow {
        name: one.details.name.clone(),
        href: paths::subject(kind, &one.id),
        about: if about.is_empty() { "–".to_owned() } else { about },
        why: why.join("; "),
    }
}
