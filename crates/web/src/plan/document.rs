//! One plan document with many targets: indicator, unit, period and figure in each line, looked at before it is issued.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::entropy::hex;
use thidua_app::plan::{Plans, assign_plan, preview_plan};
use thidua_app::{App, Error, org};
use thidua_base::Period;
use thidua_base::code::{OrgId, PlanId};
use thidua_base::text::fold;
use thidua_domain::indicator::{Indicator, Plan, PlanValue};
use thidua_domain::org::Unit;
use thidua_domain::{Actor, Refusal};

use super::show::{Fields, comparator_of, number, plan_of};
use super::{Asked, document, periods, read};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

/// Most lines of one document.
const LINES_MAX: usize = 2_000;

/// A plan document to be issued.
#[derive(Debug, Template)]
#[template(path = "plan/document.html")]
pub struct DocumentPage {
    page: Page,
    refusal: String,
    told: String,
    unit: String,
    asked_unit: String,
    period: String,
    periods: Vec<FilterOption>,
    number: String,
    day: String,
    word: String,
    is_named: bool,
    revisable: Vec<FilterOption>,
    typed: String,
    lines: Vec<LineView>,
    address: String,
    to_list: String,
    form_token: String,
}

/// A line as it was read.
#[derive(Debug)]
struct LineView {
    number: usize,
    indicator: String,
    unit: String,
    period: String,
    value: String,
    fault: String,
}

/// A line as it was typed, and the target that it is, or why it is none.
struct Line {
    parts: Vec<String>,
    read: Result<PlanValue, Refusal>,
}

/// What became of a document that was sent.
enum Done {
    Looked(Vec<Line>),
    Issued,
}

/// `GET /ke-hoach/van-ban-moi`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, asked, None, Vec::new(), Fields::new()).await
}

/// `POST /ke-hoach/van-ban-moi`: lines looked at, or issued together where nothing is wrong with any.
pub async fn submit(ask: Ask, Query(asked): Query<Asked>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    if !ask.takes(fields.get("ma").map(String::as_str).unwrap_or_default()) {
        return shown(&ask, asked, Some(Refusal::StaleForm), Vec::new(), fields).await;
    }
    let (wanted, sent) = (asked.clone(), fields.clone());
    match ask.file(move |app, by| done(app, by, &wanted, &sent)).await {
        Ok(Done::Issued) => Ok(Redirect::to(&asked.at(paths::PLANS)).into_response()),
        Ok(Done::Looked(lines)) => shown(&ask, asked, None, lines, fields).await,
        Err(Fault::Refused(refusal)) => shown(&ask, asked, Some(refusal), Vec::new(), fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, asked: &Asked, fields: &Fields) -> Result<Done, Error> {
    let field = |name: &str| fields.get(name).map(|text| text.trim()).unwrap_or_default();
    let seen = read(app, by, asked)?;
    let id = hex(&app.entropy.bytes::<16>()?);
    let id = PlanId::parse(&id).map_err(|why| Error::Internal(why.into()))?;
    let plan = plan_of(id, &seen, &field)?;
    let mut lines = lines_of(app, by, &plan, &seen, field("dong"))?;
    let values: Vec<PlanValue> = lines.iter().filter_map(|line| line.read.as_ref().ok().cloned()).collect();
    let issues = field("viec") == "giao";
    if issues && values.len() == lines.len() {
        return match assign_plan(app, by, &plan, &values) {
            Ok(()) => Ok(Done::Issued),
            // What is refused of a line is told at the line, unless it is refused of the document.
            Err(Error::Refused(refusal)) if values.is_empty() || refusal == Refusal::OwnTarget => Err(refusal.into()),
            Err(Error::Refused(_)) => judged(app, by, &plan, &values, lines),
            Err(error) => Err(error),
        };
    }
    if values.is_empty() {
        // Nothing to judge; who may not assign learns no more than that.
        preview_plan(app, by, &plan, &values)?;
        return Ok(Done::Looked(std::mem::take(&mut lines)));
    }
    judged(app, by, &plan, &values, lines)
}

/// The lines with what would be refused of each.
fn judged(app: &App, by: &Actor, plan: &Plan, values: &[PlanValue], mut lines: Vec<Line>) -> Result<Done, Error> {
    let mut judged = preview_plan(app, by, plan, values)?.into_iter();
    for line in lines.iter_mut().filter(|line| line.read.is_ok()) {
        if let Some(refusal) = judged.next().flatten() {
            line.read = Err(refusal);
        }
    }
    Ok(Done::Looked(lines))
}

/// What lines are read by: indicators and units by code and by name.
struct Known<'a> {
    indicators: HashMap<String, &'a Indicator>,
    units: HashMap<String, Vec<OrgId>>,
}

fn lines_of(app: &App, by: &Actor, plan: &Plan, seen: &Plans, text: &str) -> Result<Vec<Line>, Error> {
    let units: Vec<Unit> = org::all(app, by)?.into_iter().filter(|unit| unit.on(plan.decided_on)).collect();
    let mut known = Known { indicators: HashMap::new(), units: HashMap::new() };
    for indicator in &seen.indicators {
        for name in [indicator.code.as_str(), &indicator.name] {
            known.indicators.entry(fold(name)).or_insert(indicator);
        }
    }
    for unit in &units {
        for name in [unit.id.as_str(), &unit.name, &unit.short_name] {
            let ids = known.units.entry(fold(name)).or_default();
            if !ids.contains(&unit.id) {
                ids.push(unit.id.clone());
            }
        }
    }
    let typed: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if typed.len() > LINES_MAX {
        return Err(Refusal::LongText { most: LINES_MAX }.into());
    }
    Ok(typed.into_iter().map(|line| known.line(line, plan, seen.period)).collect())
}

impl Known<'_> {
    fn line(&self, line: &str, plan: &Plan, period: Period) -> Line {
        let parts: Vec<String> = line.split(['\t', ';']).map(|part| part.trim().to_owned()).collect();
        let read = self.target(line, &parts, plan, period);
        Line { parts, read }
    }

    fn target(&self, line: &str, parts: &[String], plan: &Plan, period: Period) -> Result<PlanValue, Refusal> {
        let (indicator, unit, at, value) = match parts {
            [indicator, unit, value] => (indicator, unit, None, value),
            [indicator, unit, at, value] => (indicator, unit, Some(at).filter(|at| !at.is_empty()), value),
            _ => return Err(Refusal::BadPlanLine { asked: line.trim().to_owned() }),
        };
        let undefined = || Refusal::UndefinedIndicator { asked: indicator.clone() };
        let indicator = self.indicators.get(&fold(indicator)).ok_or_else(undefined)?;
        let ids = self.units.get(&fold(unit)).map(Vec::as_slice).unwrap_or_default();
        let [unit] = ids else {
            let near = ids.iter().map(ToString::to_string).collect();
            return Err(Refusal::UnknownUnit { asked: unit.clone(), near });
        };
        let period = match at {
            None => period,
            Some(text) => Period::parse(text)
                .map_err(|_| Refusal::UnknownPeriod { asked: text.clone(), known: vec![period.to_string()] })?,
        };
        Ok(PlanValue {
            plan: plan.id.clone(),
            indicator: indicator.code.clone(),
            unit: unit.clone(),
            period,
            comparator: comparator_of(indicator),
            value: number(indicator, value)?,
            provenance: plan.provenance.clone(),
        })
    }
}

async fn shown(
    ask: &Ask,
    asked: Asked,
    refusal: Option<Refusal>,
    lines: Vec<Line>,
    fields: Fields,
) -> Result<Response, Fault> {
    let wanted = asked.clone();
    let (house, seen) = ask.verb(move |app, by| read(app, by, &wanted)).await?;
    if !seen.assigns && refusal.is_none() {
        return Err(Fault::NotFound);
    }
    let say = ask.messages();
    let page = ask.page(Part::Plans, say.get("plans.whole-document"), &house);
    let wrong = lines.iter().filter(|line| line.read.is_err()).count();
    let mut view = DocumentPage::of(page, say, &seen, &asked, ask.form_token()?);
    view.give_back(&fields);
    let counts = [("n", &*lines.len().to_string()), ("wrong", &*wrong.to_string())];
    if wrong > 0 {
        view.refusal = say.with("plans.lines-wrong", &counts);
    } else if !lines.is_empty() {
        view.told = say.with("plans.lines-good", &counts);
    }
    view.lines = lines.iter().zip(1..).map(|(line, number)| LineView::of(say, &seen, number, line)).collect();
    if let Some(refusal) = &refusal {
        view.refusal = say.refusal(refusal);
    }
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() || wrong > 0 {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl LineView {
    fn of(say: &'static Messages, seen: &Plans, number: usize, line: &Line) -> Self {
        let typed = |at: usize| line.parts.get(at).cloned().unwrap_or_default();
        let fault = line.read.as_ref().err().map(|refusal| say.refusal(refusal)).unwrap_or_default();
        match &line.read {
            Ok(value) => {
                let indicator = seen.indicators.iter().find(|known| known.code == value.indicator);
                Self {
                    number,
                    indicator: indicator.map_or_else(|| typed(0), |known| indicator_name(say, known)),
                    unit: seen
                        .below
                        .iter()
                        .find(|(id, _)| *id == value.unit)
                        .map_or_else(|| typed(1), |(_, name)| name.clone()),
                    period: say.period(value.period),
                    value: value.value.vi_with(indicator.map_or("", |known| &known.measure)),
                    fault,
                }
            }
            Err(_) => {
                let has_period = line.parts.len() > 3;
                Self {
                    number,
                    indicator: typed(0),
                    unit: typed(1),
                    period: if has_period { typed(2) } else { String::new() },
                    value: typed(if has_period { 3 } else { 2 }),
                    fault,
                }
            }
        }
    }
}

impl DocumentPage {
    fn of(page: Page, say: &'static Messages, seen: &Plans, asked: &Asked, form_token: String) -> Self {
        let theirs = seen.plans.iter().filter(|known| known.plan.assigner == seen.unit);
        Self {
            refusal: String::new(),
            told: String::new(),
            unit: seen.unit_name.clone(),
            asked_unit: asked.unit.clone(),
            period: say.period(seen.period),
            periods: periods(say, seen.period),
            number: String::new(),
            day: seen.day.to_string(),
            word: Messages::vi().get("plans.word-plan").to_owned(),
            is_named: false,
            revisable: crate::option::options(
                say.get("plans.new-document"),
                theirs.map(|known| (known.plan.id.to_string(), document(&known.plan))),
                "",
            ),
            typed: String::new(),
            lines: Vec::new(),
            address: asked.at(paths::PLAN_DOCUMENT),
            to_list: asked.at(paths::PLANS),
            form_token,
            page,
        }
    }

    /// Puts what was typed back into its fields.
    fn give_back(&mut self, fields: &Fields) {
        if fields.is_empty() {
            return;
        }
        let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        self.number = field("so-hieu").to_owned();
        self.day = field("ngay").to_owned();
        self.word = field("ten-van-ban").to_owned();
        self.is_named = !field("goi-ten").is_empty();
        self.typed = field("dong").to_owned();
        self.revisable.iter_mut().for_each(|option| option.is_chosen = option.value == field("sua"));
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for DocumentPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |lines: Vec<LineView>, refusal: &str, told: &str| Self {
            page: frame(Part::Plans, lang),
            refusal: refusal.into(),
            told: told.into(),
            unit: LONG_NAME.into(),
            asked_unit: if lines.is_empty() { String::new() } else { "h-397".into() },
            period: "năm 2020".into(),
            periods: periods(frame(Part::Plans, lang).messages(), Period::Year { year: 2020 }),
            number: "15/QĐ-UBND".into(),
            day: "2020-01-10".into(),
            word: "kế hoạch".into(),
            is_named: true,
            revisable: crate::option::options("x", [("kh-1".into(), "15/QĐ-UBND".into())], "kh-1"),
            typed: "LD01;<b>x;30".into(),
            lines,
            address: "/ke-hoach/van-ban-moi".into(),
            to_list: "/ke-hoach".into(),
            form_token: "0-0".into(),
        };
        let line = |number: usize, fault: &str| LineView {
            number,
            indicator: LONG_NAME.into(),
            unit: LONG_NAME.into(),
            period: "năm 2020".into(),
            value: "1.231,2".into(),
            fault: fault.into(),
        };
        vec![
            of(Vec::new(), "", ""),
            of(vec![line(1, ""), line(2, LONG_NAME)], LONG_NAME, ""),
            of(vec![line(1, "")], "", LONG_NAME),
        ]
    }
}
