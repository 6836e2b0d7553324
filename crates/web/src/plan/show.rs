//! One indicator's targets: the unit's own, those of the units below, a plan to issue, another target to propose.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::entropy::hex;
use thidua_app::plan::{NewProposal, Plans, TargetSeen, assign_plan, propose_plan};
use thidua_base::code::{IndicatorCode, OrgId, PlanId};
use thidua_base::{Date, Number};
use thidua_domain::collection::read_typed;
use thidua_domain::indicator::assign::AssignedSum;
use thidua_domain::indicator::{Comparator, Direction, Indicator, Plan, PlanNaming, PlanValue, Value};
use thidua_domain::{Actor, Origin, Provenance, Refusal};

use super::list::{Balance, balance};
use super::{Asked, assigner, document, periods, read};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

/// One indicator's targets.
#[derive(Debug, Template)]
#[template(path = "plan/show.html")]
pub struct PlanPage {
    page: Page,
    refusal: String,
    name: String,
    code: String,
    measure: String,
    unit: String,
    asked_unit: String,
    period: String,
    periods: Vec<FilterOption>,
    own: Vec<OwnView>,
    rows: Vec<UnitView>,
    balance: Balance,
    assigns: bool,
    revisable: Vec<FilterOption>,
    typed: TypedPlan,
    address: String,
    to_list: String,
    form_token: String,
}

/// A target of the unit itself.
#[derive(Debug)]
struct OwnView {
    assigner: String,
    value: String,
    document: String,
    proposal: Option<ProposeView>,
}

/// A unit below with its target.
#[derive(Debug)]
struct UnitView {
    unit: String,
    name: String,
    value: String,
    document: String,
    typed: String,
    proposal: Option<ProposeView>,
}

/// A form to propose another target.
#[derive(Debug)]
struct ProposeView {
    id: String,
    unit: String,
    name: String,
    plan: String,
}

/// What was typed of a plan.
#[derive(Debug, Clone, Default)]
struct TypedPlan {
    number: String,
    day: String,
    is_named: bool,
    word: String,
}

pub(super) type Fields = HashMap<String, String>;

/// `GET /ke-hoach/{code}`
pub async fn page(ask: Ask, Path(code): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, code_of(&code)?, asked, None, Fields::new()).await
}

/// `POST /ke-hoach/{code}`: a plan issued, or another target proposed.
pub async fn submit(
    ask: Ask,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let code = code_of(&code)?;
    if !ask.takes(fields.get("ma").map(String::as_str).unwrap_or_default()) {
        return shown(&ask, code, asked, Some(Refusal::StaleForm), fields).await;
    }
    let (wanted, indicator, sent) = (asked.clone(), code.clone(), fields.clone());
    match ask.file(move |app, by| done(app, by, &indicator, &wanted, &sent)).await {
        Ok(()) => Ok(Redirect::to(&asked.at(&paths::plan(&code))).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, code, asked, Some(refusal), fields).await,
        Err(fault) => Err(fault),
    }
}

fn code_of(code: &str) -> Result<IndicatorCode, Fault> {
    IndicatorCode::parse(code).map_err(|_| Fault::NotFound)
}

fn done(app: &App, by: &Actor, code: &IndicatorCode, asked: &Asked, fields: &Fields) -> Result<(), thidua_app::Error> {
    let absent = || thidua_app::Error::NotFound("plan");
    let field = |name: &str| fields.get(name).map(|text| text.trim()).unwrap_or_default();
    let seen = read(app, by, asked)?;
    let indicator = seen.indicators.iter().find(|known| known.code == *code).ok_or_else(absent)?;
    match field("viec") {
        "giao" => {
            let id = hex(&app.entropy.bytes::<16>()?);
            let id = PlanId::parse(&id).map_err(|why| thidua_app::Error::Internal(why.into()))?;
            let plan = plan_of(id, &seen, &field)?;
            let values = values_of(&plan, &seen, indicator, fields)?;
            assign_plan(app, by, &plan, &values)
        }
        "de-nghi" => {
            let new = NewProposal {
                plan: PlanId::parse(field("ke-hoach")).map_err(|_| absent())?,
                indicator: code.clone(),
                unit: OrgId::parse(field("don-vi")).map_err(|_| absent())?,
                period: seen.period,
                value: number(indicator, field("so"))?,
                reason: field("ly-do").to_owned(),
            };
            propose_plan(app, by, &new).map(drop)
        }
        _ => Err(absent()),
    }
}

/// The document that was typed.
pub(super) fn plan_of<'a>(
    id: PlanId,
    seen: &Plans,
    field: &impl Fn(&str) -> &'a str,
) -> Result<Plan, thidua_app::Error> {
    let asked = field("ngay");
    let day = Date::parse(asked).or_else(|_| Date::parse_vi(asked));
    let revised = match field("sua") {
        "" => None,
        revised => Some(PlanId::parse(revised).map_err(|_| thidua_app::Error::NotFound("plan"))?),
    };
    let word = field("ten-van-ban");
    Ok(Plan {
        id,
        assigner: seen.unit.clone(),
        naming: if field("goi-ten").is_empty() { PlanNaming::Plain } else { PlanNaming::Named },
        word: if word.is_empty() { Messages::vi().get("plans.word-plan") } else { word }.to_owned(),
        period: seen.period.plan_year(),
        number: field("so-hieu").to_owned(),
        decided_on: day.map_err(|_| Refusal::BadDay { asked: asked.to_owned() })?,
        supersedes: revised,
        provenance: reported(field("so-hieu")),
    })
}

/// The figures that were typed; cells left empty are no part of the plan.
fn values_of(
    plan: &Plan,
    seen: &Plans,
    indicator: &Indicator,
    fields: &Fields,
) -> Result<Vec<PlanValue>, thidua_app::Error> {
    let mut values = Vec::new();
    let comparator = comparator_of(indicator);
    for (name, text) in fields {
        let Some(unit) = name.strip_prefix("so-").filter(|unit| *unit != "hieu") else { continue };
        if text.trim().is_empty() {
            continue;
        }
        values.push(PlanValue {
            plan: plan.id.clone(),
            indicator: indicator.code.clone(),
            unit: OrgId::parse(unit).map_err(|_| thidua_app::Error::NotFound("unit"))?,
            period: seen.period,
            comparator,
            value: number(indicator, text.trim())?,
            provenance: plan.provenance.clone(),
        });
    }
    values.sort_by(|a, b| a.unit.cmp(&b.unit));
    Ok(values)
}

fn reported(source: &str) -> Provenance {
    Provenance { origin: Origin::Reported, source: source.to_owned() }
}

/// How a target of an indicator is to be met: by the way that is better.
pub(super) fn comparator_of(indicator: &Indicator) -> Comparator {
    match indicator.direction {
        Direction::Down => Comparator::AtMost,
        Direction::Up | Direction::Neutral => Comparator::AtLeast,
    }
}

/// A target as typed, read as figures of sheets are.
pub(super) fn number(indicator: &Indicator, text: &str) -> Result<Number, Refusal> {
    match read_typed(text, &indicator.measure, indicator.decimals).value() {
        Some(Value::Of(number)) => Ok(number),
        Some(Value::Absent(_)) | None => Err(Refusal::NotANumber { asked: text.to_owned() }),
    }
}

async fn shown(
    ask: &Ask,
    code: IndicatorCode,
    asked: Asked,
    refusal: Option<Refusal>,
    fields: Fields,
) -> Result<Response, Fault> {
    let wanted = asked.clone();
    let (house, seen) = ask.verb(move |app, by| read(app, by, &wanted)).await?;
    let indicator = seen.indicators.iter().find(|known| known.code == code).ok_or(Fault::NotFound)?;
    let say = ask.messages();
    let title = format!("{} – {}", say.get("plans.title"), indicator_name(say, indicator));
    let page = ask.page(Part::Plans, &title, &house);
    let mut view = PlanPage::of(page, say, &seen, indicator, &asked, ask.form_token()?);
    view.give_back(&fields);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl PlanPage {
    fn of(
        page: Page,
        say: &'static Messages,
        seen: &Plans,
        indicator: &Indicator,
        asked: &Asked,
        form_token: String,
    ) -> Self {
        let nothing = || TargetSeen {
            indicator: indicator.clone(),
            own: Vec::new(),
            sum: AssignedSum { assigned: Number::whole(0), units: 0, own: None },
            units: Vec::new(),
        };
        let found = seen.targets.iter().find(|target| target.indicator.code == indicator.code);
        let target = found.cloned().unwrap_or_else(nothing);
        let propose = |unit: &OrgId, name: &str, plan: &Plan| ProposeView {
            id: format!("{unit}-{}", plan.id),
            unit: unit.to_string(),
            name: name.to_owned(),
            plan: plan.id.to_string(),
        };
        let rows = seen.below.iter().map(|(unit, name)| {
            let held = target.units.iter().find(|row| row.0 == *unit);
            UnitView {
                unit: unit.to_string(),
                name: name.clone(),
                value: held.map(|(_, _, _, value, _)| value.value.vi()).unwrap_or_default(),
                document: held.map(|(_, _, plan, _, _)| document(plan)).unwrap_or_default(),
                typed: String::new(),
                // Who assigns a target need not propose another.
                proposal: held.filter(|row| row.4 && !seen.assigns).map(|row| propose(unit, name, &row.2)),
            }
        });
        let theirs = seen.plans.iter().filter(|known| known.plan.assigner == seen.unit);
        Self {
            refusal: String::new(),
            name: indicator_name(say, indicator),
            code: indicator.code.to_string(),
            measure: indicator.measure.clone(),
            unit: seen.unit_name.clone(),
            asked_unit: asked.unit.clone(),
            period: say.period(seen.period),
            periods: periods(say, seen.period),
            own: target
                .own
                .iter()
                .map(|(plan, value)| OwnView {
                    assigner: assigner(seen, &plan.id),
                    value: value.value.vi(),
                    document: document(plan),
                    proposal: (seen.proposes && plan.assigner != seen.unit)
                        .then(|| propose(&seen.unit, &seen.unit_name, plan)),
                })
                .collect(),
            rows: rows.collect(),
            balance: balance(&target),
            assigns: seen.assigns && !seen.below.is_empty(),
            revisable: crate::option::options(
                say.get("plans.new-document"),
                theirs.map(|known| (known.plan.id.to_string(), document(&known.plan))),
                "",
            ),
            typed: TypedPlan {
                day: seen.day.to_string(),
                word: Messages::vi().get("plans.word-plan").to_owned(),
                ..TypedPlan::default()
            },
            address: asked.at(&paths::plan(&indicator.code)),
            to_list: asked.at(paths::PLANS),
            form_token,
            page,
        }
    }

    /// Puts what was typed and not kept back into its fields.
    fn give_back(&mut self, fields: &Fields) {
        let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        if field("viec") != "giao" {
            return;
        }
        self.typed = TypedPlan {
            number: field("so-hieu").to_owned(),
            day: field("ngay").to_owned(),
            is_named: !field("goi-ten").is_empty(),
            word: field("ten-van-ban").to_owned(),
        };
        self.revisable.iter_mut().for_each(|option| option.is_chosen = option.value == field("sua"));
        for row in &mut self.rows {
            row.typed = field(&format!("so-{}", row.unit)).to_owned();
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for PlanPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let propose =
            |id: &str| ProposeView { id: id.into(), unit: "x-1".into(), name: LONG_NAME.into(), plan: "kh-1".into() };
        let of = |own: Vec<OwnView>, rows: Vec<UnitView>, assigns: bool| Self {
            page: frame(Part::Plans, lang),
            refusal: if assigns { LONG_NAME.into() } else { String::new() },
            name: LONG_NAME.into(),
            code: "LD01".into(),
            measure: "người".into(),
            unit: LONG_NAME.into(),
            asked_unit: if assigns { "h-397".into() } else { String::new() },
            period: "năm 2020".into(),
            periods: periods(frame(Part::Plans, lang).messages(), thidua_base::Period::Year { year: 2020 }),
            own,
            rows,
            balance: Balance {
                units: 34,
                assigned: "980".into(),
                difference: "−20".into(),
                percent: "98%".into(),
                is_short: true,
            },
            assigns,
            revisable: crate::option::options("x", [("kh-1".into(), "15/QĐ-UBND".into())], "kh-1"),
            typed: TypedPlan {
                number: "15/QĐ-UBND".into(),
                day: "2020-01-10".into(),
                is_named: true,
                word: "kế hoạch".into(),
            },
            address: "/ke-hoach/LD01".into(),
            to_list: "/ke-hoach".into(),
            form_token: "0-0".into(),
        };
        let own = OwnView {
            assigner: LONG_NAME.into(),
            value: "1.000".into(),
            document: "15/QĐ-UBND".into(),
            proposal: Some(propose("own")),
        };
        let row = |unit: &str, proposal| UnitView {
            unit: unit.into(),
            name: LONG_NAME.into(),
            value: if unit == "x-1" { "30".into() } else { String::new() },
            document: if unit == "x-1" { "15/QĐ-UBND".into() } else { String::new() },
            typed: "31".into(),
            proposal,
        };
        vec![
            of(Vec::new(), Vec::new(), false),
            of(vec![own], vec![row("x-1", None), row("x-2", None)], true),
            of(Vec::new(), vec![row("x-1", Some(propose("b"))), row("x-2", None)], false),
        ]
    }
}
