//! All indicators of the unit against plan and same period, by field; and the standards, n of m.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::indicator::{self, Overview, Pace, Row, StandardCount};
use thidua_base::Percent;
use thidua_base::text::fold;

use super::{RowView, field_name, row_view};
use crate::fault::Fault;
use crate::figure::Figure;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

/// All indicators.
#[derive(Debug, Template)]
#[template(path = "indicator/list.html")]
pub struct List {
    page: Page,
    asked: Asked,
    fields: Vec<FilterOption>,
    standings: Vec<FilterOption>,
    shown: usize,
    all: usize,
    groups: Vec<Group>,
    standards: Vec<StandardView>,
}

#[derive(Debug)]
struct Group {
    title: String,
    rows: Vec<RowView>,
}

#[derive(Debug)]
struct StandardView {
    name: String,
    href: String,
    population: String,
    reached: Figure,
    of: Figure,
    share: Figure,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "linh-vuc", default)]
    field: String,
    #[serde(rename = "tinh-trang", default)]
    standing: String,
}

/// Words of the filter by standing, and their message keys.
const STANDINGS: [(&str, &str); 3] = [
    ("cham", "indicator.standing-behind"),
    ("thieu", "indicator.standing-missing"),
    ("giam", "indicator.standing-falling"),
];

/// `GET /chi-tieu`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (standing, overview) = ask.verb(indicator::overview).await?;
    let say = ask.messages();
    html(&List::of(ask.page(Part::Indicators, say.get("indicator.list-title"), &standing), say, &overview, asked))
}

impl List {
    fn of(page: Page, say: &'static Messages, overview: &Overview, asked: Asked) -> Self {
        let mut fields: Vec<String> = Vec::new();
        for row in &overview.rows {
            if !fields.contains(&row.indicator.field) {
                fields.push(row.indicator.field.clone());
            }
        }
        let (unit, period) = (&overview.standing.unit, overview.standing.period);
        let words = fold(&asked.words);
        let mut groups: Vec<Group> = Vec::new();
        let mut shown = 0;
        for field in &fields {
            let rows: Vec<RowView> = overview
                .rows
                .iter()
                .filter(|row| row.indicator.field == *field && asked.fits(say, row, &words))
                .map(|row| row_view(say, row, unit, period))
                .collect();
            shown += rows.len();
            if !rows.is_empty() {
                groups.push(Group { title: field_name(say, field), rows });
            }
        }
        let standings = STANDINGS.map(|(value, key)| (value.to_owned(), say.get(key).to_owned()));
        let named = fields.iter().map(|field| (field.clone(), field_name(say, field)));
        Self {
            fields: options(say.get("filter.all"), named, &asked.field),
            standings: options(say.get("filter.all"), standings, &asked.standing),
            shown,
            all: overview.rows.len(),
            groups,
            standards: overview.standards.iter().map(|count| standard_view(say, count)).collect(),
            asked,
            page,
        }
    }
}

impl Asked {
    fn fits(&self, say: &'static Messages, row: &Row, folded: &str) -> bool {
        let name = indicator_name(say, &row.indicator);
        let named = folded.is_empty()
            || [name.as_str(), &row.indicator.name, row.indicator.code.as_str()]
                .into_iter()
                .any(|text| fold(text).contains(folded));
        let stands = match self.standing.as_str() {
            "cham" => row.plans.iter().any(|plan| plan.pace == Pace::Behind),
            "thieu" => row.actual.value.is_none(),
            "giam" => falls(row),
            _ => true,
        };
        named && stands && (self.field.is_empty() || self.field == row.indicator.field)
    }
}

fn falls(row: &Row) -> bool {
    use thidua_app::indicator::Change;
    match row.change {
        Change::Percent(against) => against.growth().is_some_and(|growth| growth.is_negative()),
        Change::Points(points) => points.is_negative(),
        Change::Unknown(_) => false,
    }
}

fn standard_view(say: &'static Messages, count: &StandardCount) -> StandardView {
    let passport = paths::passport(&format!("standard:{}", count.standard.code));
    StandardView {
        name: count.standard.name.clone(),
        href: paths::standard(&count.standard.code),
        population: count.standard.population.clone(),
        reached: Figure::bound(count.reached.to_string(), passport, None),
        of: Figure::plain(count.population.to_string()),
        share: match count.share {
            Percent::Of(share) => Figure::plain(share.vi_with("%")),
            Percent::NoBase | Percent::NegativeBase => Figure::missing(say.get("standard.no-population")),
        },
    }
}

#[cfg(test)]
#[path = "list_samples.rs"]
mod samples;
