//! The form of a fact: entered, or corrected over the one that stands.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::subject::{FactAsked, SubjectSeen, enter_fact, show};
use thidua_domain::Refusal;
use thidua_domain::honour::{CommendationType, DirectWorker, Subject};
use thidua_domain::subject::decide::Warning;
use thidua_domain::subject::fact::{
    Authority, Category, Completed, DisciplineLevel, Grade, InitiativeKind, InquiryKind, Level, MovementOutcome,
    Organiser, RecognitionScope, RecognitionStatus, ReviewKind,
};
use thidua_domain::subject::read::fields_of;
use thidua_domain::subject::{FactId, FactKind, Fields, Sex, SubjectId, Term};

use super::{Choice, Choices, part_of, word, words};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::Page;
use crate::paths;
use crate::site::{Ask, House, html};

/// A form about a subject.
#[derive(Debug, Template)]
#[template(path = "subject/form.html")]
pub struct FormPage {
    pub(super) page: Page,
    pub(super) title: String,
    pub(super) who: String,
    pub(super) to_who: String,
    pub(super) problem: String,
    pub(super) alike: Vec<AlikeRow>,
    pub(super) fields: Vec<FieldView>,
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) source: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) asks_sure: bool,
    pub(super) warnings: Vec<String>,
    pub(super) address: String,
    pub(super) form_token: String,
}

/// A field of a form.
#[derive(Debug)]
pub struct FieldView {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// `text`, `date` or `number`; a field with options is a list.
    pub kind: &'static str,
    /// What stands in it.
    pub value: String,
    /// What can be chosen: value, words, whether it is.
    pub options: Vec<(String, String, bool)>,
    /// Whether it must be filled.
    pub is_needed: bool,
}

/// Someone who may be the same.
#[derive(Debug)]
pub struct AlikeRow {
    /// The name.
    pub name: String,
    /// Where the life stands.
    pub href: String,
    /// What else is known.
    pub about: String,
    /// Why.
    pub why: String,
}

/// Which fact is corrected.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "thay", default)]
    corrects: String,
}

/// `GET /nguoi/{id}/ghi/{kind}`
pub async fn page(
    ask: Ask,
    Path((id, kind)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let kind = FactKind::of_word(&kind).ok_or(Fault::NotFound)?;
    shown(&ask, &id, kind, &asked.corrects, None).await
}

/// What was typed, and why it was not taken.
struct Typed {
    fields: Fields,
    source: String,
    reason: String,
    refusal: Refusal,
}

/// `POST /nguoi/{id}/ghi/{kind}`
pub async fn submit(
    ask: Ask,
    Path((id, kind)): Path<(String, String)>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let kind = FactKind::of_word(&kind).ok_or(Fault::NotFound)?;
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let corrects = field("thay");
    let fields = super::fields_of(&form);
    let typed = |refusal| Typed { fields: fields.clone(), source: field("nguon"), reason: field("ly-do"), refusal };
    if !ask.takes(&field("ma")) {
        return shown(&ask, &id, kind, &corrects, Some(typed(Refusal::StaleForm))).await;
    }
    let subject = SubjectId::parse(&id).map_err(|_| Fault::NotFound)?;
    let asked = FactAsked {
        kind,
        fields: fields.clone(),
        source: field("nguon"),
        corrects: match corrects.as_str() {
            "" => None,
            id => Some(FactId::parse(id).map_err(|_| Fault::NotFound)?),
        },
        reason: field("ly-do"),
    };
    let wanted = subject.clone();
    let done = ask.file(move |app, by| enter_fact(app, by, &wanted, &asked)).await;
    match done {
        Ok(entered) if entered.warnings.is_empty() => {
            let to = format!("{}#{}", paths::subject(Subject::Individual, &subject), kind.word());
            Ok(Redirect::to(&to).into_response())
        }
        Ok(entered) => warned(&ask, &subject, kind, &entered.warnings).await,
        Err(Fault::Refused(refusal)) => shown(&ask, &id, kind, &corrects, Some(typed(refusal))).await,
        Err(fault) => Err(fault),
    }
}

/// What was entered and should be looked at.
async fn warned(ask: &Ask, id: &SubjectId, kind: FactKind, warnings: &[Warning]) -> Result<Response, Fault> {
    let wanted = id.clone();
    let (house, seen) = ask.verb(move |app, by| show(app, by, &wanted)).await?;
    let say = ask.messages();
    let mut view = FormPage::empty(ask, say, &seen, kind, &house)?;
    view.warnings = warnings.iter().map(|warning| said(say, warning)).collect();
    answered(&view)
}

/// A warning in a sentence.
pub fn said(say: &'static Messages, warning: &Warning) -> String {
    match warning {
        Warning::NotInForce { honour, on } => {
            say.with("person.not-in-force", &[("honour", honour), ("on", &on.in_table())])
        }
    }
}

async fn shown(ask: &Ask, id: &str, kind: FactKind, corrects: &str, typed: Option<Typed>) -> Result<Response, Fault> {
    let subject = SubjectId::parse(id).map_err(|_| Fault::NotFound)?;
    let (house, (seen, choices)) =
        ask.verb(move |app, by| Ok((show(app, by, &subject)?, Choices::read(app, by, true)?))).await?;
    if !seen.enters {
        return Err(Fault::NotFound);
    }
    let say = ask.messages();
    let over = seen.facts.iter().find(|fact| fact.fact.id.as_str() == corrects && !fact.is_gone);
    if !corrects.is_empty() && over.is_none() && typed.is_none() {
        return Err(Fault::NotFound);
    }
    let held = over.map(|fact| (fact.fact.about.fields(), fact.fact.provenance.source.clone()));
    let (fields, source) = match (&typed, held) {
        (Some(typed), _) => (typed.fields.clone(), typed.source.clone()),
        (None, Some(held)) => held,
        (None, None) => (Fields::default(), String::new()),
    };
    let mut view = FormPage::empty(ask, say, &seen, kind, &house)?;
    view.fields = fields_of(kind).iter().map(|name| field_view(say, &choices, kind, name, fields.get(name))).collect();
    view.source = Some(source);
    if !corrects.is_empty() {
        view.title = say.with("person.correct-of", &[("what", &word(say, kind))]);
        view.reason = Some(typed.as_ref().map(|typed| typed.reason.clone()).unwrap_or_default());
        view.hidden = vec![("thay", corrects.to_owned())];
    }
    view.problem = typed.as_ref().map(|typed| say.refusal(&typed.refusal)).unwrap_or_default();
    answered(&view)
}

/// The page, not found right where it tells a refusal.
pub(super) fn answered(view: &FormPage) -> Result<Response, Fault> {
    let mut response = html(view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if !view.problem.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl FormPage {
    fn empty(
        ask: &Ask,
        say: &'static Messages,
        seen: &SubjectSeen,
        kind: FactKind,
        house: &House,
    ) -> Result<Self, Fault> {
        let of = seen.details.kind;
        let title = word(say, kind);
        Ok(Self {
            page: ask.page(part_of(of), &format!("{title} – {}", seen.details.name), house),
            title,
            who: seen.details.name.clone(),
            to_who: paths::subject(of, &seen.id),
            problem: String::new(),
            alike: Vec::new(),
            fields: Vec::new(),
            hidden: Vec::new(),
            source: None,
            reason: None,
            asks_sure: false,
            warnings: Vec::new(),
            address: paths::fact_new(of, &seen.id, kind.word()),
            form_token: ask.form_token()?,
        })
    }
}

/// A field with what can be chosen.
pub(super) fn field_view(
    say: &'static Messages,
    choices: &Choices,
    kind: FactKind,
    name: &'static str,
    value: &str,
) -> FieldView {
    let choice: Choice = match name {
        "grade" => words::<Grade>(say),
        "initiative_kind" => words::<InitiativeKind>(say),
        "scope" => words::<RecognitionScope>(say),
        "status" => words::<RecognitionStatus>(say),
        "discipline_level" => words::<DisciplineLevel>(say),
        "inquiry_kind" => words::<InquiryKind>(say),
        "category" => words::<Category>(say),
        "duty" => words::<DirectWorker>(say),
        "authority" => words::<Authority>(say),
        "level" => words::<Level>(say),
        "commendation" => words::<CommendationType>(say),
        "organiser" | "launcher" => words::<Organiser>(say),
        "outcome" => words::<MovementOutcome>(say),
        "review" => words::<ReviewKind>(say),
        "completed" => words::<Completed>(say),
        "sex" => words::<Sex>(say),
        "honour" => choices.honour_choice(say),
        "unit" => choices.unit_choice(),
        "fact" if kind == FactKind::Statement => choices.term_choice(say, "statement"),
        "fact" | "field" | "office" | "segment" => choices.term_choice(say, name),
        "hardship" | "holds" | "groups_ok" => {
            ["yes", "no"].map(|word| (word.to_owned(), say.get(&format!("person.{word}")).to_owned())).to_vec()
        }
        _ => Vec::new(),
    };
    let is_optional = matches!(
        (kind, name),
        (FactKind::Award, "unit")
            | (FactKind::Rating | FactKind::Discipline, "number" | "decided_on")
            | (FactKind::Count | FactKind::Statement | FactKind::Score, "number")
            | (FactKind::Registration, "honour")
            | (FactKind::Inquiry | FactKind::Ranking, "name")
            | (FactKind::Score, "segment" | "groups_ok" | "groups")
            | (_, "post" | "to" | "category" | "duty" | "office" | "level" | "hardship")
            | (_, "period_from" | "period_to" | "achievement" | "commendation" | "revoked_on")
    );
    let label = match (kind, name) {
        (FactKind::Count | FactKind::Statement, "number") => "fact-field.proof".to_owned(),
        (FactKind::Score, "number") => "fact-field.minutes".to_owned(),
        _ => format!("fact-field.{name}"),
    };
    let blank = (!choice.is_empty()).then(|| (String::new(), say.get("person.choose").to_owned()));
    FieldView {
        name,
        label: say.get(&label),
        kind: match name {
            "from" | "to" | "decided_on" | "on" | "period_from" | "period_to" | "revoked_on" | "recruited_on" => "date",
            "year" | "rank" | "amount" => "number",
            _ => "text",
        },
        value: value.to_owned(),
        options: blank.into_iter().chain(choice).map(|(word, text)| (word.clone(), text, word == value)).collect(),
        is_needed: !is_optional,
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for FormPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |kind: FactKind, is_full: bool| {
            let page = frame(part_of(Subject::Individual), lang);
            let say = page.messages();
            let fields = fields_of(kind).iter().map(|name| field_view(say, &Choices::default(), kind, name, "2019"));
            Self {
                title: word(say, kind),
                who: LONG_NAME.into(),
                to_who: "/nguoi/s-1".into(),
                problem: if is_full { LONG_NAME.into() } else { String::new() },
                alike: if is_full {
                    vec![AlikeRow {
                        name: LONG_NAME.into(),
                        href: "/nguoi/s-2".into(),
                        about: "1980".into(),
                        why: "x".into(),
                    }]
                } else {
                    Vec::new()
                },
                fields: fields.collect(),
                hidden: vec![("thay", "f-1".into())],
                source: Some(String::new()),
                reason: is_full.then(String::new),
                asks_sure: is_full,
                warnings: Vec::new(),
                address: "/nguoi/s-1/ghi/award".into(),
                form_token: "0-0".into(),
                page,
            }
        };
        let mut warned = of(FactKind::Award, false);
        warned.warnings = vec![LONG_NAME.into()];
        vec![
            of(FactKind::Complete, false),
            of(FactKind::Score, false),
            of(FactKind::Award, true),
            of(FactKind::Position, true),
            warned,
        ]
    }
}
