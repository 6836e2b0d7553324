//! The plans of a year: documents, targets and how they add up, proposals and their answers.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::plan::{PlanSeen, Plans, TargetSeen, answer_proposal};
use thidua_base::Percent;
use thidua_base::number::percent;
use thidua_domain::Refusal;
use thidua_domain::indicator::ValueKind;
use thidua_domain::indicator::assign::{Proposal, ProposalId, Verdict};

use super::{Asked, assigner, document, periods, read};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::figure::signed;
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

/// Plans of a year.
#[derive(Debug, Template)]
#[template(path = "plan/list.html")]
pub struct PlansPage {
    page: Page,
    refusal: String,
    unit: String,
    asked_unit: String,
    periods: Vec<FilterOption>,
    assigns: bool,
    to_document: String,
    indicators: Vec<FilterOption>,
    documents: Vec<DocumentView>,
    targets: Vec<TargetView>,
    mine: Vec<MineView>,
    proposals: Vec<ProposalView>,
    address: String,
    form_token: String,
}

#[derive(Debug)]
struct DocumentView {
    assigner: String,
    number: String,
    day: String,
    revises: String,
    figures: usize,
}

/// What was assigned to an indicator, above and below.
#[derive(Debug)]
struct TargetView {
    name: String,
    href: String,
    measure: String,
    own: Vec<(String, String)>,
    balance: Balance,
}

/// What the units below have together against the unit's own target.
#[derive(Debug, Clone, Default)]
pub struct Balance {
    /// How many units have a target.
    pub units: usize,
    /// Their sum; empty where targets of the kind are not added.
    pub assigned: String,
    /// The sum less the own target.
    pub difference: String,
    /// The sum as a percentage of the own target.
    pub percent: String,
    /// Less than the own target was assigned on.
    pub is_short: bool,
}

/// A target of a unit for which the reader may propose another.
#[derive(Debug)]
struct MineView {
    unit: String,
    name: String,
    href: String,
    value: String,
    document: String,
}

#[derive(Debug)]
struct ProposalView {
    id: String,
    unit: String,
    name: String,
    period: String,
    value: String,
    reason: String,
    by: String,
    at: String,
    answer: String,
    class: &'static str,
    answers: bool,
}

/// `GET /ke-hoach`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, asked, None).await
}

/// `POST /ke-hoach`: an answer to a proposal.
pub async fn submit(
    ask: Ask,
    Query(asked): Query<Asked>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    if !ask.takes(&field("ma")) {
        return shown(&ask, asked, Some(Refusal::StaleForm)).await;
    }
    let id = ProposalId::parse(&field("de-nghi")).map_err(|_| Fault::NotFound)?;
    let verdict = match field("tra-loi").as_str() {
        "dong-y" => Verdict::Granted,
        "khong" => Verdict::Declined,
        _ => return Err(Fault::NotFound),
    };
    let (number, reason) = (field("so-hieu"), field("ly-do"));
    let done = ask.file(move |app, by| answer_proposal(app, by, &id, verdict, &number, &reason).map(drop)).await;
    match done {
        Ok(()) => Ok(Redirect::to(&asked.at(paths::PLANS)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, asked, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

async fn shown(ask: &Ask, asked: Asked, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let wanted = asked.clone();
    let (house, seen) = ask.verb(move |app, by| read(app, by, &wanted)).await?;
    let say = ask.messages();
    let page = ask.page(Part::Plans, say.get("plans.title"), &house);
    let mut response = html(&PlansPage::of(page, say, &seen, &asked, ask.form_token()?, refusal.as_ref()))?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl PlansPage {
    fn of(
        page: Page,
        say: &'static Messages,
        seen: &Plans,
        asked: &Asked,
        form_token: String,
        refusal: Option<&Refusal>,
    ) -> Self {
        let mine = |target: &TargetSeen| -> Vec<MineView> {
            let own = target.units.iter().filter(|row| row.4 && !seen.assigns);
            own.map(|(_, unit, plan, value, _)| MineView {
                unit: unit.clone(),
                name: indicator_name(say, &target.indicator),
                href: asked.at(&paths::plan(&target.indicator.code)),
                value: value.value.vi_with(&target.indicator.measure),
                document: document(plan),
            })
            .collect()
        };
        let mut proposals: Vec<ProposalView> = seen
            .proposals
            .iter()
            .map(|(proposal, unit, answers)| proposal_view(say, seen, proposal, unit, *answers))
            .collect();
        proposals.sort_by_key(|proposal| !proposal.answer.is_empty());
        Self {
            refusal: refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default(),
            unit: seen.unit_name.clone(),
            asked_unit: asked.unit.clone(),
            periods: periods(say, seen.period),
            assigns: seen.assigns && !seen.below.is_empty(),
            to_document: asked.at(paths::PLAN_DOCUMENT),
            indicators: seen
                .indicators
                .iter()
                .map(|indicator| FilterOption {
                    value: asked.at(&paths::plan(&indicator.code)),
                    label: indicator_name(say, indicator),
                    is_chosen: false,
                })
                .collect(),
            documents: seen.plans.iter().map(|known| document_view(seen, known)).collect(),
            targets: seen.targets.iter().map(|target| target_view(say, seen, asked, target)).collect(),
            mine: seen.targets.iter().flat_map(mine).collect(),
            proposals,
            address: asked.at(paths::PLANS),
            form_token,
            page,
        }
    }
}

fn document_view(seen: &Plans, known: &PlanSeen) -> DocumentView {
    let revised = known.plan.supersedes.as_ref();
    let revised = revised.and_then(|id| seen.plans.iter().find(|other| other.plan.id == *id));
    DocumentView {
        assigner: known.assigner.clone(),
        number: known.plan.number.clone(),
        day: known.plan.decided_on.in_table(),
        revises: revised.map(|other| document(&other.plan)).unwrap_or_default(),
        figures: known.figures,
    }
}

fn target_view(say: &'static Messages, seen: &Plans, asked: &Asked, target: &TargetSeen) -> TargetView {
    TargetView {
        name: indicator_name(say, &target.indicator),
        href: asked.at(&paths::plan(&target.indicator.code)),
        measure: target.indicator.measure.clone(),
        own: target.own.iter().map(|(plan, value)| (assigner(seen, &plan.id), value.value.vi())).collect(),
        balance: balance(target),
    }
}

/// What was assigned below against the own target.
pub(super) fn balance(target: &TargetSeen) -> Balance {
    let (sum, kind) = (&target.sum, target.indicator.kind);
    if sum.units == 0 || matches!(kind, ValueKind::Ratio | ValueKind::Index) {
        return Balance { units: sum.units, ..Balance::default() };
    }
    let difference = sum.own.and_then(|own| sum.assigned.minus(own).ok());
    let share = sum.own.and_then(|own| percent(sum.assigned, own, target.indicator.percent_decimals).ok());
    let zero = thidua_base::Number::whole(0);
    Balance {
        units: sum.units,
        assigned: sum.assigned.vi(),
        difference: difference.map(|number| signed(number, "")).unwrap_or_default(),
        percent: match share {
            Some(Percent::Of(number)) => number.vi_with("%"),
            Some(Percent::NoBase | Percent::NegativeBase) | None => String::new(),
        },
        is_short: difference.is_some_and(|number| number < zero),
    }
}

fn proposal_view(say: &'static Messages, seen: &Plans, proposal: &Proposal, unit: &str, answers: bool) -> ProposalView {
    let indicator = seen.indicators.iter().find(|known| known.code == proposal.indicator);
    let answer = proposal.answer.as_ref();
    ProposalView {
        id: proposal.id.to_string(),
        unit: unit.to_owned(),
        name: indicator.map_or_else(|| proposal.indicator.to_string(), |known| indicator_name(say, known)),
        period: say.period(proposal.period),
        value: proposal.value.vi_with(indicator.map_or("", |known| &known.measure)),
        reason: proposal.reason.clone(),
        by: proposal.by.clone(),
        at: proposal.at.in_table(),
        class: match answer.map(|answer| answer.verdict) {
            Some(Verdict::Granted) => "good",
            Some(Verdict::Declined) => "plain",
            None => "note",
        },
        answer: answer.map(|answer| answered(say, answer)).unwrap_or_default(),
        answers: answers && answer.is_none(),
    }
}

fn answered(say: &'static Messages, answer: &thidua_domain::indicator::assign::Answer) -> String {
    let key = match answer.verdict {
        Verdict::Granted => "plans.granted",
        Verdict::Declined => "plans.declined",
    };
    let said = say.with(key, &[("by", &answer.by), ("at", &answer.at.in_table())]);
    if answer.reason.is_empty() { said } else { format!("{said} {}", answer.reason) }
}

#[cfg(test)]
impl crate::sampled::Sampled for PlansPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Plans, lang);
        let say = page.messages();
        let year = thidua_base::Period::Year { year: 2020 };
        let empty = Self {
            page,
            refusal: String::new(),
            unit: LONG_NAME.into(),
            asked_unit: "h-397".into(),
            periods: periods(say, year),
            assigns: false,
            to_document: String::new(),
            indicators: Vec::new(),
            documents: Vec::new(),
            targets: Vec::new(),
            mine: Vec::new(),
            proposals: Vec::new(),
            address: "/ke-hoach".into(),
            form_token: "0-0".into(),
        };
        let target = |units| TargetView {
            name: LONG_NAME.into(),
            href: "/ke-hoach/LD01".into(),
            measure: "người".into(),
            own: if units == 0 { Vec::new() } else { vec![(LONG_NAME.into(), "1.000".into())] },
            balance: match units {
                0 => Balance::default(),
                _ => Balance {
                    units,
                    assigned: "980".into(),
                    difference: "−20".into(),
                    percent: "98,0%".into(),
                    is_short: true,
                },
            },
        };
        let proposal = |id: &str, answers: bool| ProposalView {
            id: id.into(),
            unit: LONG_NAME.into(),
            name: LONG_NAME.into(),
            period: "năm 2020".into(),
            value: "25 người".into(),
            reason: LONG_NAME.into(),
            by: "Lê Thị Thủy".into(),
            at: "09:00 05/07/2020".into(),
            answer: if answers { String::new() } else { "Đồng ý".into() },
            class: "note",
            answers,
        };
        let document = |revises: &str| DocumentView {
            assigner: LONG_NAME.into(),
            number: revises.into(),
            day: "10/01/2020".into(),
            revises: revises.into(),
            figures: 31,
        };
        let full = Self {
            refusal: LONG_NAME.into(),
            assigns: true,
            to_document: "/ke-hoach/van-ban-moi".into(),
            indicators: vec![FilterOption {
                value: "/ke-hoach/LD01".into(),
                label: LONG_NAME.into(),
                is_chosen: false,
            }],
            documents: vec![document(""), document("15/QĐ-UBND")],
            targets: vec![target(0), target(34)],
            mine: vec![MineView {
                unit: LONG_NAME.into(),
                name: LONG_NAME.into(),
                href: "/ke-hoach/LD01".into(),
                value: "30".into(),
                document: "15/QĐ-UBND, 10/01/2020".into(),
            }],
            proposals: vec![proposal("p-1", true), proposal("p-2", false)],
            periods: periods(say, year),
            page: frame(Part::Plans, lang),
            unit: LONG_NAME.into(),
            asked_unit: String::new(),
            address: "/ke-hoach".into(),
            form_token: "0-0".into(),
        };
        vec![empty, full]
    }
}
