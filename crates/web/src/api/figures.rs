//! Figures with all that tells how far they can be trusted, figures by unit and structure, and passports.

use axum::Json;
use axum::extract::{Path, Query};
use serde::{Deserialize, Serialize};
use thidua_app::indicator::{Change, FactValue, Pace, Passport, PassportSubject, Row, by_unit, compared, passport};
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::indicator::by_unit::{Asked, UnitsAsked};
use thidua_domain::indicator::figures::{Actual, Made};
use thidua_domain::org::{Restated, Structure};
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::problem::{ApiFault, Problem};
use super::words;
use crate::collection::wire::sent;

/// Most indicators asked for at once.
const INDICATORS_MAX: usize = 100;

/// Which figures.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FiguresAsked {
    /// Codes of indicators, separated by commas (chỉ tiêu); at most 100.
    pub indicator: String,
    /// The unit (đơn vị).
    pub unit: String,
    /// The period (kỳ): `2020-H1`, `2020-Q3`, `2020-M07`, `2020-C9`, `2020`.
    pub period: String,
}

/// Which figures by unit.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ByUnitAsked {
    /// The indicator (chỉ tiêu).
    pub indicator: String,
    /// The unit whose units below are asked for (đơn vị).
    pub unit: String,
    /// The period (kỳ).
    pub period: String,
    /// By which structure: `as-it-was`, `as-of:YYYY-MM-DD` or `restated-to:YYYY-MM-DD` (cơ cấu đơn vị).
    pub structure: String,
    /// The basis by which the figures of divided units are shared, if any.
    pub basis: Option<String>,
}

/// Figures of a unit and period.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresOut {
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// One for each indicator, in the order asked.
    pub figures: Vec<FigureOut>,
}

/// A figure against its plans and the same period a year earlier.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureOut {
    /// The indicator.
    pub indicator: String,
    /// Unit of measure.
    pub measure: String,
    /// The figure.
    pub actual: ActualOut,
    /// The same period a year earlier.
    pub prior: ActualOut,
    /// As a percentage of that; `null` where none can be told.
    pub percent_of_prior: Option<String>,
    /// The difference in percentage points, between two percentages.
    pub points_on_prior: Option<String>,
    /// Why the two cannot be compared: `no-value`, `incomplete` or `other-basis`.
    pub incomparable: Option<&'static str>,
    /// Its plans.
    pub plans: Vec<FigurePlanOut>,
}

/// A value and how far it can be trusted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActualOut {
    /// The value, an exact decimal; `null` where there is none.
    pub value: Option<String>,
    /// `reading` or `rolled-up`: the unit's own, or made up from the units below.
    pub made: &'static str,
    /// How firm: `estimate`, `provisional` or `official`; of a total the weakest.
    pub nature: &'static str,
    /// How to be taken: `plain`, `above`, `nearly` or `still`.
    pub qualifier: &'static str,
    /// Where it comes from: `reported`, `implied`, `sample` or `reference`; of a total the weakest.
    pub origin: Option<&'static str>,
    /// The day it was true of, where it has one of its own.
    pub as_of: Option<String>,
    /// Units that reported.
    pub reported: usize,
    /// Units that should.
    pub expected: usize,
    /// Keys of all it depends on; each has a passport.
    pub sources: Vec<String>,
}

/// A figure against a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigurePlanOut {
    /// The plan.
    pub plan: String,
    /// Who assigned it, by name.
    pub assigner: String,
    /// The target.
    pub value: String,
    /// `at-least`, `at-most` or `exactly`.
    pub comparator: &'static str,
    /// The figure as a percentage of the target.
    pub percent: Option<String>,
    /// `on-pace`, `behind` or `not-judged`.
    pub pace: &'static str,
}

/// Figures by unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ByUnitOut {
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// The day whose units the rows are.
    pub day: String,
    /// Each unit, by id.
    pub rows: Vec<ByUnitRow>,
    /// All of them together.
    pub total: RestatedOut,
    /// What rounding left between the total and the rows.
    pub residue: Option<String>,
}

/// A unit with its figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ByUnitRow {
    /// The unit.
    pub unit: String,
    /// Its figure.
    pub figure: RestatedOut,
}

/// A figure carried across what became of units.
#[derive(Debug, Serialize, ToSchema)]
pub struct RestatedOut {
    /// `exact`, `shared` (some predecessors were divided by shares) or `not-comparable`.
    pub how: &'static str,
    /// The sum of those that reported; `null` where it is not comparable.
    pub value: Option<String>,
    /// Units that reported nothing.
    pub missing: Vec<String>,
    /// Divided predecessors that nobody has said how to share.
    pub blockers: Vec<String>,
}

/// The passport of a figure or another fact (lý lịch số liệu).
#[derive(Debug, Serialize, ToSchema)]
pub struct PassportOut {
    /// The key.
    pub key: String,
    /// What it is: `reading`, `restated`, `standard`, `honour`, or the kind of the fact.
    pub kind: &'static str,
    /// What it is about.
    pub label: String,
    /// The figure, where it is one.
    pub figure: Option<FigureOut>,
    /// Everything that was entered for it, oldest first.
    pub history: Vec<ReadingOut>,
    /// What it was computed from.
    pub used: Vec<FactOut>,
}

/// A reading (số đã nhập).
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingOut {
    /// Its number.
    pub seq: i64,
    /// The value.
    pub value: Option<String>,
    /// Why there is no number.
    pub absence: Option<&'static str>,
    /// How firm.
    pub nature: &'static str,
    /// Where it comes from.
    pub origin: &'static str,
    /// Where exactly; may be empty.
    pub source: String,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: String,
    /// The reading it corrects.
    pub supersedes: Option<i64>,
    /// Why it was corrected.
    pub reason: String,
}

/// A stored fact.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactOut {
    /// Its key; it has a passport.
    pub key: String,
    /// What it is.
    pub kind: &'static str,
    /// What it is about.
    pub label: String,
    /// Its value as text; `null` where it is a name or an absence.
    pub value: Option<String>,
    /// Where it comes from.
    pub origin: Option<&'static str>,
}

impl ActualOut {
    fn of(actual: &Actual) -> Self {
        Self {
            value: actual.value.map(|number| number.to_string()),
            made: match actual.made {
                Made::RolledUp => "rolled-up",
                _ => "reading",
            },
            nature: words::nature(actual.nature),
            qualifier: words::qualifier(actual.qualifier),
            origin: actual.origin.map(|origin| origin.word()),
            as_of: actual.as_of.map(|day| day.to_string()),
            reported: actual.reported.reported,
            expected: actual.reported.expected,
            sources: actual.sources.clone(),
        }
    }
}

impl FigureOut {
    fn of(row: &Row) -> Self {
        use thidua_app::indicator::Incomparable;
        let (percent, points, incomparable) = match row.change {
            Change::Percent(against) => (words::percent(against.percent), None, None),
            Change::Points(points) => (None, Some(points.to_string()), None),
            Change::Unknown(Incomparable::NoValue) => (None, None, Some("no-value")),
            Change::Unknown(Incomparable::Incomplete) => (None, None, Some("incomplete")),
            Change::Unknown(Incomparable::OtherBasis) => (None, None, Some("other-basis")),
        };
        Self {
            indicator: row.indicator.code.to_string(),
            measure: row.indicator.measure.clone(),
            actual: ActualOut::of(&row.actual),
            prior: ActualOut::of(&row.prior),
            percent_of_prior: percent,
            points_on_prior: points,
            incomparable,
            plans: row
                .plans
                .iter()
                .map(|plan| FigurePlanOut {
                    plan: plan.plan.id.to_string(),
                    assigner: plan.assigner.clone(),
                    value: plan.assigned.value.to_string(),
                    comparator: words::comparator(plan.assigned.comparator),
                    percent: plan.against.and_then(|against| words::percent(against.percent)),
                    pace: match plan.pace {
                        Pace::OnPace => "on-pace",
                        Pace::Behind => "behind",
                        Pace::NotJudged => "not-judged",
                    },
                })
                .collect(),
        }
    }
}

impl RestatedOut {
    fn of(figure: &Restated) -> Self {
        let ids = |ids: &[OrgId]| ids.iter().map(ToString::to_string).collect();
        match figure {
            Restated::Exact(total) => Self {
                how: "exact",
                value: Some(total.sum.to_string()),
                missing: ids(&total.missing),
                blockers: Vec::new(),
            },
            Restated::Shared(total) => Self {
                how: "shared",
                value: Some(total.sum.to_string()),
                missing: ids(&total.missing),
                blockers: Vec::new(),
            },
            Restated::NotComparable { blockers } => {
                Self { how: "not-comparable", value: None, missing: Vec::new(), blockers: ids(blockers) }
            }
        }
    }
}

impl PassportOut {
    fn of(read: Passport) -> Self {
        let used = read.used.iter().map(|fact| FactOut {
            key: fact.key.clone(),
            kind: fact.kind.word(),
            label: fact.label.clone(),
            value: value_of(&fact.value),
            origin: fact.provenance.as_ref().map(|provenance| provenance.origin.word()),
        });
        let used = used.collect();
        let (kind, label, figure, history) = match read.subject {
            PassportSubject::Cell(cell) => {
                let history = cell.history.iter().map(|reading| {
                    let (value, absence) = sent(reading.value);
                    ReadingOut {
                        seq: reading.seq,
                        value,
                        absence,
                        nature: words::nature(reading.nature),
                        origin: reading.provenance.origin.word(),
                        source: reading.provenance.source.clone(),
                        by: reading.entered_by.clone(),
                        at: reading.entered_at.to_string(),
                        supersedes: reading.supersedes,
                        reason: reading.reason.clone(),
                    }
                });
                let label = format!("{}, {}", cell.row.indicator.name, cell.unit.name);
                ("reading", label, Some(FigureOut::of(&cell.row)), history.collect())
            }
            PassportSubject::Standard(count) => ("standard", count.standard.name, None, Vec::new()),
            PassportSubject::Honour { name, .. } => ("honour", name, None, Vec::new()),
            PassportSubject::Restated(cell) => {
                let label = format!("{}, {}", cell.indicator.name, cell.row.unit.name);
                ("restated", label, None, Vec::new())
            }
            PassportSubject::Fact(fact) => (fact.kind.word(), fact.label, None, Vec::new()),
        };
        Self { key: read.key, kind, label, figure, history, used }
    }
}

fn value_of(value: &FactValue) -> Option<String> {
    match value {
        FactValue::Text(text) => Some(text.clone()),
        FactValue::Absent(_) | FactValue::State(..) | FactValue::Itself => None,
    }
}

fn unit_of(text: &str) -> Result<OrgId, ApiFault> {
    OrgId::parse(text).map_err(|_| ApiFault::BadParameter("unit"))
}

fn period_of(text: &str) -> Result<Period, ApiFault> {
    Period::parse(text).map_err(|_| ApiFault::BadParameter("period"))
}

fn indicator_of(text: &str) -> Result<IndicatorCode, ApiFault> {
    IndicatorCode::parse(text.trim()).map_err(|_| ApiFault::BadParameter("indicator"))
}

/// Figures of a unit against plan and same period, with coverage, nature, origin and sources
#[utoipa::path(get, path = "/figures", operation_id = "read_figures", tag = "figures", params(FiguresAsked),
    responses((status = 200, description = "The figures", body = FiguresOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(asked): Query<FiguresAsked>) -> Result<Json<FiguresOut>, ApiFault> {
    let codes = asked.indicator.split(',').map(indicator_of).collect::<Result<Vec<_>, _>>()?;
    if codes.len() > INDICATORS_MAX {
        return Err(ApiFault::BadParameter("indicator"));
    }
    let (unit, period) = (unit_of(&asked.unit)?, period_of(&asked.period)?);
    let rows = caller.read(move |app, by| compared(app, by, &codes, &unit, period)).await?;
    let figures = rows.iter().map(FigureOut::of).collect();
    Ok(Json(FiguresOut { unit: asked.unit, period: asked.period, figures }))
}

/// One indicator over the units below a unit, by a structure: as it was, as of a day, restated to a day
#[utoipa::path(get, path = "/figures-by-unit", operation_id = "read_figures_by_unit", tag = "figures", params(ByUnitAsked),
    responses((status = 200, description = "The figures", body = ByUnitOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn by_units(caller: Caller, Query(asked): Query<ByUnitAsked>) -> Result<Json<ByUnitOut>, ApiFault> {
    let bad = || ApiFault::BadParameter("structure");
    let structure = match asked.structure.split_once(':') {
        None if asked.structure == "as-it-was" => Structure::AsItWas,
        Some(("as-of", day)) => Structure::AsOf(Date::parse(day).map_err(|_| bad())?),
        Some(("restated-to", day)) => Structure::RestatedTo(Date::parse(day).map_err(|_| bad())?),
        _ => return Err(bad()),
    };
    let unit = unit_of(&asked.unit)?;
    let wanted = Asked {
        indicator: indicator_of(&asked.indicator)?,
        period: period_of(&asked.period)?,
        units: UnitsAsked::Below(unit.clone()),
        structure,
    };
    let basis = asked.basis;
    let read = caller.read(move |app, by| {
        if !by.scope.reaches(&unit) {
            return Err(thidua_app::Error::NotFound("unit"));
        }
        by_unit(app, by, &wanted, basis.as_deref())
    });
    let answer = read.await?;
    Ok(Json(ByUnitOut {
        indicator: asked.indicator,
        period: asked.period,
        day: answer.day.to_string(),
        rows: answer
            .rows
            .iter()
            .map(|(unit, figure)| ByUnitRow { unit: unit.to_string(), figure: RestatedOut::of(figure) })
            .collect(),
        total: RestatedOut::of(&answer.total),
        residue: answer.residue.map(|number| number.to_string()),
    }))
}

/// The passport of a figure or another fact, by its key
#[utoipa::path(get, path = "/passports/{key}", operation_id = "read_passport", tag = "figures",
    params(("key" = String, Path, description = "Key, as in `sources`: `reading:KT01:h-397:2020-H1`")),
    responses((status = 200, description = "The passport", body = PassportOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn passports(caller: Caller, Path(key): Path<String>) -> Result<Json<PassportOut>, ApiFault> {
    Ok(Json(PassportOut::of(caller.read(move |app, by| passport(app, by, &key)).await?)))
}
