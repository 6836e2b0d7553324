//! Figures: all indicators, one of them, one standard, and the passport of any fact.

pub mod list;
pub mod passport;
mod printed;
pub mod show;
pub mod standard;

use thidua_app::indicator::{Change, Pace, PlanRow, Row};
use thidua_base::Period;
use thidua_base::code::OrgId;
use thidua_domain::indicator::{Nature, cell_key};

use crate::chart::PlanBar;
use crate::figure::{Figure, signed};
use crate::messages::Messages;
use crate::paths;
use crate::report::{indicator_name, plan_figure};

/// An indicator in a table.
#[derive(Debug)]
pub struct RowView {
    code: String,
    name: String,
    href: String,
    measure: String,
    depth: usize,
    nature: &'static str,
    actual: Figure,
    prior: Figure,
    change: Figure,
    plans: Vec<PlanView>,
}

/// A plan in a table.
#[derive(Debug)]
pub struct PlanView {
    assigner: String,
    value: Figure,
    percent: Figure,
    bar: Option<PlanBar>,
    pace: Pace,
}

impl PlanView {
    /// Whether the plan lies behind the pace of the year.
    fn is_behind(&self) -> bool {
        self.pace == Pace::Behind
    }
}

/// Who is named as the assigner of a plan.
#[derive(Clone, Copy)]
enum AssignerName {
    /// `tỉnh`, where plans of several assigners stand together.
    Kind,
    /// `Tỉnh Thanh Hóa`.
    Full,
}

fn row_view(say: &'static Messages, row: &Row, unit: &OrgId, period: Period) -> RowView {
    let indicator = &row.indicator;
    let passport = |period| paths::passport(&cell_key(&indicator.code, unit, period));
    RowView {
        code: indicator.code.to_string(),
        name: indicator_name(say, indicator),
        href: paths::indicator(&indicator.code),
        measure: indicator.measure.clone(),
        depth: row.depth.min(3),
        nature: nature_word(say, row),
        actual: Figure::actual(say, &row.actual, indicator.decimals, passport(period)),
        prior: Figure::actual(say, &row.prior, indicator.decimals, passport(period.same_period_last_year())),
        change: change_figure(say, row),
        plans: row.plans.iter().map(|plan| plan_view(say, row, plan, period, AssignerName::Kind)).collect(),
    }
}

fn plan_view(say: &'static Messages, row: &Row, plan: &PlanRow, period: Period, name: AssignerName) -> PlanView {
    PlanView {
        assigner: match name {
            AssignerName::Kind => plan.assigner_kind.clone(),
            AssignerName::Full => plan.assigner.clone(),
        },
        value: plan_figure(say, &row.indicator, plan),
        percent: match plan.against {
            Some(against) => Figure::percent(say, against.percent),
            None => Figure::missing(say.get("figure.not-reported")),
        },
        bar: plan.against.and_then(|against| PlanBar::of(against.percent, plan.pace, period)),
        pace: plan.pace,
    }
}

/// `ước` for a figure made before the period closed; empty for a final one and where there is none.
fn nature_word(say: &'static Messages, row: &Row) -> &'static str {
    match (row.actual.value, row.actual.nature) {
        (Some(_), Nature::Estimate) => say.get("nature.estimate-short"),
        (Some(_), Nature::Provisional) => say.get("nature.provisional"),
        (Some(_), Nature::Official) | (None, _) => "",
    }
}

fn change_figure(say: &'static Messages, row: &Row) -> Figure {
    match row.change {
        Change::Percent(against) => match against.growth() {
            Some(growth) => Figure::change(growth, "%"),
            None => Figure::dash(say.get("figure.no-base")),
        },
        Change::Points(points) => {
            Figure::plain(signed(points.rounded(row.indicator.decimals), say.get("figure.points")))
        }
        Change::Unknown(_) => Figure::dash(say.get("figure.no-comparison")),
    }
}

/// The name of a field of work, or the word itself where nobody wrote one.
fn field_name(say: &'static Messages, field: &str) -> String {
    say.find(&format!("field.{field}")).map_or_else(|| field.to_owned(), str::to_owned)
}
