//! One form for who keeps it: its rows, who reports by it, its cycles; another unit assigned, another cycle opened.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::collection::{FormsKept, assign_form, open_cycle};
use thidua_base::Period;
use thidua_base::code::{FormId, OrgId};
use thidua_base::period::PeriodKind;
use thidua_domain::collection::{Assigned, Assignment, Cycle};
use thidua_domain::indicator::Nature;
use thidua_domain::{Actor, Refusal};

use super::forms::{assigned, day, kind_word, read};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

/// One form.
#[derive(Debug, Template)]
#[template(path = "collection/form.html")]
pub struct FormPage {
    page: Page,
    refusal: String,
    number: String,
    name: String,
    facts: String,
    legal: String,
    rows: Vec<RowLine>,
    reporters: Vec<(String, String)>,
    cycles: Vec<CycleLine>,
    units: Vec<FilterOption>,
    periods: Vec<FilterOption>,
    natures: Vec<FilterOption>,
    typed: TypedDays,
    address: String,
    form_token: String,
}

#[derive(Debug)]
struct RowLine {
    heading: String,
    label: String,
    name: String,
    measure: String,
    is_required: bool,
}

#[derive(Debug)]
struct CycleLine {
    period: String,
    opens: String,
    due: String,
    grace: String,
    closes: String,
    reporters: usize,
    board: String,
}

/// Days as typed.
#[derive(Debug, Clone, Default)]
struct TypedDays {
    opens: String,
    due: String,
    grace: String,
    closes: String,
    from: String,
}

type Fields = HashMap<String, String>;

const NATURES: [(&str, Nature, &str); 3] = [
    ("uoc", Nature::Estimate, "nature.estimate"),
    ("so-bo", Nature::Provisional, "nature.provisional"),
    ("chinh-thuc", Nature::Official, "nature.official"),
];

/// The value that stands for all units below.
const ALL: &str = "*";

/// `GET /bieu-mau/{form}`
pub async fn page(ask: Ask, Path(form): Path<String>) -> Result<Response, Fault> {
    shown(&ask, &id_of(&form)?, None, &Fields::new()).await
}

/// `POST /bieu-mau/{form}`: a unit assigned, or a cycle opened.
pub async fn submit(ask: Ask, Path(form): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = id_of(&form)?;
    if !ask.takes(fields.get("ma").map(String::as_str).unwrap_or_default()) {
        return shown(&ask, &id, Some(Refusal::StaleForm), &fields).await;
    }
    let (wanted, sent) = (id.clone(), fields.clone());
    match ask.file(move |app, by| done(app, by, &wanted, &sent)).await {
        Ok(()) => Ok(Redirect::to(&paths::form(&id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, &id, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn id_of(form: &str) -> Result<FormId, Fault> {
    FormId::parse(form).map_err(|_| Fault::NotFound)
}

fn done(app: &App, by: &Actor, id: &FormId, fields: &Fields) -> Result<(), thidua_app::Error> {
    let absent = || thidua_app::Error::NotFound("form");
    let field = |name: &str| fields.get(name).map(|text| text.trim()).unwrap_or_default();
    match field("viec") {
        "giao" => {
            let kept = read(app, by)?;
            let to = match field("don-vi") {
                "" => return Err(Refusal::NothingChosen.into()),
                ALL => Assigned::Below(kept.receiver.clone()),
                unit => {
                    let unit = OrgId::parse(unit).map_err(|_| absent())?;
                    let is_below = kept.below.iter().any(|known| known.0 == unit);
                    Assigned::Unit(Some(unit).filter(|_| is_below).ok_or_else(absent)?)
                }
            };
            let added = Assignment { form: id.clone(), to, valid_from: day(field("tu-ngay"))?, valid_to: None };
            assign_form(app, by, id, &[added])
        }
        "mo-dot" => {
            let asked = field("ky");
            let unknown = |_| Refusal::UnknownPeriod { asked: asked.to_owned(), known: Vec::new() };
            let nature = NATURES.iter().find(|(word, _, _)| *word == field("tinh-chat")).ok_or_else(absent)?;
            let cycle = Cycle {
                form: id.clone(),
                period: Period::parse(asked).map_err(unknown)?,
                opens_on: day(field("mo"))?,
                due_on: day(field("han"))?,
                grace_until: day(field("chap-nhan"))?,
                closes_on: day(field("khoa"))?,
                nature: nature.1,
                closing: None,
            };
            open_cycle(app, by, &cycle)
        }
        _ => Err(absent()),
    }
}

async fn shown(ask: &Ask, id: &FormId, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (house, kept) = ask.verb(read).await?;
    let say = ask.messages();
    let name = kept.catalogue.forms.iter().find(|listed| listed.form.id == *id).map(|listed| &listed.form.name);
    let page = ask.page(Part::Forms, name.ok_or(Fault::NotFound)?, &house);
    let mut view = FormPage::of(page, say, &kept, id, ask.form_token()?).ok_or(Fault::NotFound)?;
    view.give_back(fields);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The periods of a kind in a year.
fn periods(kind: PeriodKind, year: i16) -> Vec<Period> {
    match kind {
        PeriodKind::Month => (1..=12).map(|month| Period::Month { year, month }).collect(),
        PeriodKind::Quarter => (1..=4).map(|quarter| Period::Quarter { year, quarter }).collect(),
        PeriodKind::Half => (1..=2).map(|half| Period::Half { year, half }).collect(),
        PeriodKind::NineMonths => vec![Period::NineMonths { year }],
        PeriodKind::Year => vec![Period::Year { year }],
        PeriodKind::Term => Vec::new(),
        PeriodKind::SchoolYear => vec![Period::SchoolYear { begins: year }],
    }
}

impl FormPage {
    fn of(page: Page, say: &'static Messages, kept: &FormsKept, id: &FormId, form_token: String) -> Option<Self> {
        let listed = kept.catalogue.forms.iter().find(|listed| listed.form.id == *id)?;
        let (form, today) = (&listed.form, kept.catalogue.today);
        let indicator =
            |code: &thidua_base::code::IndicatorCode| kept.indicators.iter().find(|known| known.code == *code);
        let rows = form.rows.iter().map(|row| RowLine {
            heading: row.heading.clone(),
            label: row.label.clone(),
            name: indicator(&row.indicator)
                .map_or_else(|| row.indicator.to_string(), |known| indicator_name(say, known)),
            measure: indicator(&row.indicator).map(|known| known.measure.clone()).unwrap_or_default(),
            is_required: row.is_required,
        });
        let cycles = listed.cycles.iter().map(|one| CycleLine {
            period: say.period(one.cycle.period),
            opens: one.cycle.opens_on.in_table(),
            due: one.cycle.due_on.in_table(),
            grace: one.cycle.grace_until.in_table(),
            closes: one.cycle.closes_on.in_table(),
            reporters: one.reporters,
            board: paths::board(&form.id, one.cycle.period),
        });
        let all = (ALL.to_owned(), say.with("forms.all-below", &[("unit", &kept.receiver_name)]));
        let units = std::iter::once(all).chain(kept.below.iter().map(|(unit, name)| (unit.to_string(), name.clone())));
        let open = |period: &Period| !listed.cycles.iter().any(|one| one.cycle.period == *period);
        let periods: Vec<Period> =
            (today.year() - 1..=today.year() + 1).flat_map(|year| periods(form.every, year)).filter(open).collect();
        Some(Self {
            refusal: String::new(),
            number: form.number.clone(),
            name: form.name.clone(),
            facts: say.with(
                "forms.facts",
                &[
                    ("receiver", &listed.receiver),
                    ("every", kind_word(say, form.every)),
                    ("from", &form.valid_from.in_table()),
                ],
            ),
            legal: form.legal_ref.clone(),
            rows: rows.collect(),
            reporters: listed
                .assignments
                .iter()
                .map(|assignment| (assigned(say, kept, assignment), assignment.valid_from.in_table()))
                .collect(),
            cycles: cycles.collect(),
            units: crate::option::options(say.get("forms.choose"), units, ""),
            periods: periods
                .into_iter()
                .map(|period| FilterOption {
                    value: period.to_string(),
                    label: say.period(period),
                    is_chosen: period.first_day() <= today && today <= period.last_day(),
                })
                .collect(),
            natures: NATURES
                .iter()
                .map(|(word, _, key)| FilterOption {
                    value: (*word).to_owned(),
                    label: say.get(key).to_owned(),
                    is_chosen: false,
                })
                .collect(),
            typed: TypedDays { from: today.to_string(), ..TypedDays::default() },
            address: paths::form(id),
            form_token,
            page,
        })
    }

    /// Puts what was typed and not kept back into its fields.
    fn give_back(&mut self, fields: &Fields) {
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let chosen = |options: &mut Vec<FilterOption>, value: &str| {
            options.iter_mut().for_each(|option| option.is_chosen = option.value == value);
        };
        match field("viec").as_str() {
            "giao" => {
                self.typed.from = field("tu-ngay");
                chosen(&mut self.units, &field("don-vi"));
            }
            "mo-dot" => {
                self.typed.opens = field("mo");
                self.typed.due = field("han");
                self.typed.grace = field("chap-nhan");
                self.typed.closes = field("khoa");
                chosen(&mut self.periods, &field("ky"));
                chosen(&mut self.natures, &field("tinh-chat"));
            }
            _ => {}
        }
    }

    fn to_list(&self) -> &'static str {
        paths::FORMS
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for FormPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let option = || FilterOption { value: "x".into(), label: LONG_NAME.into(), is_chosen: true };
        let of = |rows: Vec<RowLine>, reporters: Vec<(String, String)>, cycles: Vec<CycleLine>| Self {
            page: frame(Part::Forms, lang),
            refusal: if rows.is_empty() { String::new() } else { LONG_NAME.into() },
            number: if rows.is_empty() { String::new() } else { "Biểu số 01/TĐKT".into() },
            name: LONG_NAME.into(),
            facts: LONG_NAME.into(),
            legal: if rows.is_empty() { String::new() } else { LONG_NAME.into() },
            rows,
            reporters,
            cycles,
            units: vec![option()],
            periods: vec![option()],
            natures: vec![option()],
            typed: TypedDays::default(),
            address: "/bieu-mau/b".into(),
            form_token: "0-0".into(),
        };
        let row = |heading: &str, is_required| RowLine {
            heading: heading.into(),
            label: heading.into(),
            name: LONG_NAME.into(),
            measure: "ha".into(),
            is_required,
        };
        let cycle = CycleLine {
            period: "6 tháng đầu năm 2020".into(),
            opens: "01/06/2020".into(),
            due: "15/06/2020".into(),
            grace: "20/06/2020".into(),
            closes: "26/06/2020".into(),
            reporters: 34,
            board: "/thu-thap/b/2020-H1".into(),
        };
        let reporter = (LONG_NAME.to_owned(), "01/01/2020".to_owned());
        vec![
            of(Vec::new(), Vec::new(), Vec::new()),
            of(vec![row("I", true), row("", false)], vec![reporter], vec![cycle]),
        ]
    }
}
