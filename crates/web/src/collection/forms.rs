//! The catalogue of forms for who keeps them, and a new form.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::collection::{FormsKept, create_form, forms_kept};
use thidua_app::org::standing;
use thidua_base::Date;
use thidua_base::code::FormId;
use thidua_base::period::PeriodKind;
use thidua_base::text::fold;
use thidua_domain::collection::{self, Assigned, Assignment, FormRow};
use thidua_domain::indicator::Indicator;
use thidua_domain::{Actor, Refusal};

use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

/// The catalogue of forms.
#[derive(Debug, Template)]
#[template(path = "collection/forms.html")]
pub struct FormsPage {
    page: Page,
    refusal: String,
    receiver: String,
    forms: Vec<FormLine>,
    rows: Vec<RowChoice>,
    typed: TypedForm,
    kinds: Vec<FilterOption>,
    below: usize,
    address: &'static str,
    form_token: String,
}

#[derive(Debug)]
struct FormLine {
    href: String,
    number: String,
    name: String,
    every: &'static str,
    rows: usize,
    reporters: String,
    cycles: usize,
}

/// An indicator that may become a row.
#[derive(Debug)]
struct RowChoice {
    code: String,
    name: String,
    measure: String,
    is_chosen: bool,
    is_required: bool,
    place: String,
    label: String,
    heading: String,
}

/// What was typed of a form.
#[derive(Debug, Clone, Default)]
struct TypedForm {
    number: String,
    name: String,
    legal: String,
    from: String,
    is_verified: bool,
    is_for_all: bool,
}

type Fields = HashMap<String, String>;

/// Kinds of period a form may be reported for.
const KINDS: [PeriodKind; 6] = [
    PeriodKind::Month,
    PeriodKind::Quarter,
    PeriodKind::Half,
    PeriodKind::NineMonths,
    PeriodKind::Year,
    PeriodKind::SchoolYear,
];

/// Letters of an id made from the number and the name of a form.
const ID_LETTERS: usize = 40;

/// `GET /bieu-mau`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None, &Fields::new()).await
}

/// `POST /bieu-mau`: a new form.
pub async fn submit(ask: Ask, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    if !ask.takes(fields.get("ma").map(String::as_str).unwrap_or_default()) {
        return shown(&ask, Some(Refusal::StaleForm), &fields).await;
    }
    let sent = fields.clone();
    match ask.file(move |app, by| done(app, by, &sent)).await {
        Ok(id) => Ok(Redirect::to(&paths::form(&id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

/// The forms of the unit of the pages.
pub(super) fn read(app: &App, by: &Actor) -> Result<FormsKept, thidua_app::Error> {
    forms_kept(app, by, &standing(app, by)?.unit)
}

fn done(app: &App, by: &Actor, fields: &Fields) -> Result<FormId, thidua_app::Error> {
    let kept = read(app, by)?;
    let field = |name: &str| fields.get(name).map(|text| text.trim()).unwrap_or_default();
    let (number, name) = (field("so-hieu"), field("ten"));
    if name.is_empty() {
        return Err(Refusal::EmptyForm.into());
    }
    let every = KINDS.into_iter().find(|kind| kind.word() == field("ky"));
    let form = collection::Form {
        id: id_of(&format!("{number} {name}"))?,
        number: number.to_owned(),
        name: name.to_owned(),
        receiver: kept.receiver.clone(),
        every: every.ok_or(thidua_app::Error::NotFound("period"))?,
        is_verified: !field("xac-nhan").is_empty(),
        valid_from: day(field("tu-ngay"))?,
        valid_to: None,
        legal_ref: field("can-cu").to_owned(),
        rows: rows(&kept.indicators, fields),
    };
    let all = Assignment {
        form: form.id.clone(),
        to: Assigned::Below(kept.receiver),
        valid_from: form.valid_from,
        valid_to: None,
    };
    let assigned = if field("giao").is_empty() { Vec::new() } else { vec![all] };
    create_form(app, by, &form, &assigned)?;
    Ok(form.id)
}

/// A day as typed, in either way of writing.
pub(super) fn day(asked: &str) -> Result<Date, Refusal> {
    Date::parse(asked).or_else(|_| Date::parse_vi(asked)).map_err(|_| Refusal::BadDay { asked: asked.to_owned() })
}

/// An id that people can read in an address: `bieu-so-01-tdkt`.
fn id_of(text: &str) -> Result<FormId, thidua_app::Error> {
    let mut id = String::new();
    for letter in fold(text).chars() {
        if id.len() >= ID_LETTERS {
            break;
        }
        match letter.is_ascii_alphanumeric() {
            true => id.push(letter.to_ascii_lowercase()),
            false if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            false => {}
        }
    }
    FormId::parse(id.trim_end_matches('-')).map_err(|_| Refusal::EmptyForm.into())
}

/// The rows that were chosen, by the place typed and else in the order of the catalogue.
fn rows(indicators: &[Indicator], fields: &Fields) -> Vec<FormRow> {
    let mut chosen: Vec<(usize, FormRow)> = Vec::new();
    for indicator in indicators {
        let field =
            |name: &str| fields.get(&format!("{name}-{}", indicator.code)).map(|text| text.trim()).unwrap_or_default();
        if field("chon").is_empty() {
            continue;
        }
        let row = FormRow {
            heading: field("nhom").to_owned(),
            label: field("nhan").to_owned(),
            indicator: indicator.code.clone(),
            is_required: !field("bat-buoc").is_empty(),
        };
        chosen.push((field("thu-tu").parse().unwrap_or(usize::MAX), row));
    }
    chosen.sort_by_key(|(place, _)| *place);
    chosen.into_iter().map(|(_, row)| row).collect()
}

async fn shown(ask: &Ask, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (house, kept) = ask.verb(read).await?;
    let say = ask.messages();
    let page = ask.page(Part::Forms, say.get("forms.title"), &house);
    let mut view = FormsPage::of(page, say, &kept, ask.form_token()?, fields);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The name of a kind of period.
pub(super) fn kind_word(say: &'static Messages, kind: PeriodKind) -> &'static str {
    say.find(&format!("period-kind.{}", kind.word())).unwrap_or(kind.word())
}

/// Who reports by a form, in words.
pub(super) fn assigned(say: &'static Messages, kept: &FormsKept, assignment: &Assignment) -> String {
    let name = |unit: &thidua_base::code::OrgId| match kept.below.iter().find(|known| known.0 == *unit) {
        Some((_, name)) => name.clone(),
        None if *unit == kept.receiver => kept.receiver_name.clone(),
        None => unit.to_string(),
    };
    match &assignment.to {
        Assigned::Unit(unit) => name(unit),
        Assigned::Below(unit) => say.with("forms.all-below", &[("unit", &name(unit))]),
    }
}

impl FormsPage {
    fn of(page: Page, say: &'static Messages, kept: &FormsKept, form_token: String, fields: &Fields) -> Self {
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let is_new = fields.is_empty();
        let chosen_kind = if is_new { PeriodKind::Half.word().to_owned() } else { field("ky") };
        let row = |indicator: &Indicator| {
            let field = |name: &str| field(&format!("{name}-{}", indicator.code));
            RowChoice {
                code: indicator.code.to_string(),
                name: indicator_name(say, indicator),
                measure: indicator.measure.clone(),
                is_chosen: !field("chon").is_empty(),
                is_required: is_new || !field("bat-buoc").is_empty(),
                place: field("thu-tu"),
                label: field("nhan"),
                heading: field("nhom"),
            }
        };
        let forms = kept.catalogue.forms.iter().map(|listed| FormLine {
            href: paths::form(&listed.form.id),
            number: listed.form.number.clone(),
            name: listed.form.name.clone(),
            every: kind_word(say, listed.form.every),
            rows: listed.form.rows.len(),
            reporters: match listed.assignments.as_slice() {
                [] => String::new(),
                [one] => assigned(say, kept, one),
                many => say.with("forms.several", &[("count", &many.len().to_string())]),
            },
            cycles: listed.cycles.len(),
        });
        Self {
            refusal: String::new(),
            receiver: kept.receiver_name.clone(),
            forms: forms.collect(),
            rows: kept.indicators.iter().map(row).collect(),
            typed: TypedForm {
                number: field("so-hieu"),
                name: field("ten"),
                legal: field("can-cu"),
                from: if is_new { kept.catalogue.today.to_string() } else { field("tu-ngay") },
                is_verified: !field("xac-nhan").is_empty(),
                is_for_all: is_new || !field("giao").is_empty(),
            },
            kinds: KINDS
                .into_iter()
                .map(|kind| FilterOption {
                    value: kind.word().to_owned(),
                    label: kind_word(say, kind).to_owned(),
                    is_chosen: kind.word() == chosen_kind,
                })
                .collect(),
            below: kept.below.len(),
            address: paths::FORMS,
            form_token,
            page,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;
    use crate::sampled::{LONG_NAME, Sampled, frame};

    #[test]
    fn an_id_is_made_of_number_and_name() {
        assert_eq!(id_of("Biểu số 01/TĐKT Kết quả").unwrap().as_str(), "bieu-so-01-tdkt-ket-qua");
        assert!(id_of(LONG_NAME).unwrap().as_str().len() <= ID_LETTERS);
        assert!(id_of(" … ").is_err());
    }

    impl Sampled for FormsPage {
        fn samples(lang: Lang) -> Vec<Self> {
            let say = Messages::of(lang);
            let of = |forms: Vec<FormLine>, rows: Vec<RowChoice>| Self {
                page: frame(Part::Forms, lang),
                refusal: if forms.is_empty() { String::new() } else { LONG_NAME.into() },
                receiver: LONG_NAME.into(),
                forms,
                rows,
                typed: TypedForm { name: LONG_NAME.into(), is_for_all: true, ..TypedForm::default() },
                kinds: vec![FilterOption {
                    value: "half".into(),
                    label: kind_word(say, PeriodKind::Half).into(),
                    is_chosen: true,
                }],
                below: 34,
                address: "/bieu-mau",
                form_token: "0-0".into(),
            };
            let line = |number: &str, reporters: &str| FormLine {
                href: "/bieu-mau/b".into(),
                number: number.into(),
                name: LONG_NAME.into(),
                every: kind_word(say, PeriodKind::Half),
                rows: 31,
                reporters: reporters.into(),
                cycles: 2,
            };
            let row = |code: &str, is_chosen| RowChoice {
                code: code.into(),
                name: LONG_NAME.into(),
                measure: "ha".into(),
                is_chosen,
                is_required: true,
                place: "1".into(),
                label: "1.1".into(),
                heading: LONG_NAME.into(),
            };
            vec![
                of(Vec::new(), Vec::new()),
                of(vec![line("", ""), line("Biểu 01", LONG_NAME)], vec![row("NN01", true), row("NN02", false)]),
            ]
        }
    }
}
