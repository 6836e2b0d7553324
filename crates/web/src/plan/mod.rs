//! Plans: the targets of a year, who assigned them, what units propose instead.

pub mod document;
pub mod list;
pub mod show;

use serde::Deserialize;
use thidua_app::org::standing;
use thidua_app::plan::{Plans, plan_periods, plans};
use thidua_app::{App, Error};
use thidua_base::Period;
use thidua_base::code::{OrgId, PlanId};
use thidua_domain::Actor;
use thidua_domain::indicator::Plan;

use crate::messages::Messages;
use crate::option::FilterOption;
use crate::paths;

/// Whose plans, for when.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The year or the part of it.
    #[serde(rename = "ky", default)]
    period: String,
    /// The unit.
    #[serde(rename = "don-vi", default)]
    unit: String,
}

impl Asked {
    fn at(&self, path: &str) -> String {
        paths::with_query(path, &[("ky", &self.period), ("don-vi", &self.unit)])
    }
}

/// The plans asked for; the unit and the year of the pages where nothing else is.
fn read(app: &App, by: &Actor, asked: &Asked) -> Result<Plans, Error> {
    let standing = standing(app, by)?;
    let unit = match asked.unit.as_str() {
        "" => standing.unit,
        unit => OrgId::parse(unit).map_err(|_| Error::NotFound("unit"))?,
    };
    let period = match asked.period.as_str() {
        "" => standing.period.plan_year(),
        period => Period::parse(period).map_err(|_| Error::NotFound("period"))?,
    };
    plans(app, by, &unit, period)
}

/// The choices of a year or a part of one, the years beside it too.
fn periods(say: &'static Messages, chosen: Period) -> Vec<FilterOption> {
    let year = |year: i16| Period::Year { year };
    let beside = [chosen.year() - 1, chosen.year() + 1].map(year);
    let all = plan_periods(chosen).into_iter().chain(beside);
    let option = |period: Period| FilterOption {
        value: period.to_string(),
        label: say.period(period),
        is_chosen: period == chosen,
    };
    all.map(option).collect()
}

/// A plan as a document: `kế hoạch 15/QĐ-UBND, 10/01/2020`.
fn document(plan: &Plan) -> String {
    let day = plan.decided_on.in_table();
    match plan.number.as_str() {
        "" => format!("{}, {day}", plan.word),
        number => format!("{number}, {day}"),
    }
}

/// Who assigned a plan, by name.
fn assigner(seen: &Plans, plan: &PlanId) -> String {
    seen.plans.iter().find(|known| known.plan.id == *plan).map(|known| known.assigner.clone()).unwrap_or_default()
}
