//! One indicator closely.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use thidua_app::indicator::{self, Accepted, One, Prior, Row, restated_key};
use thidua_base::Number;
use thidua_base::code::IndicatorCode;
use thidua_domain::indicator::figures::Made;
use thidua_domain::indicator::{Direction, TreeRule, ValueKind, cell_key};

use super::passport::absence_word;
use super::{AssignerName, PlanView, RowView, field_name, nature_word, plan_view, row_view};
use crate::chart::{Bars, Shares};
use crate::fault::Fault;
use crate::figure::{Figure, Mark, Presence};
use crate::messages::Messages;
use crate::option::{LabelledFact, Link};
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

/// One indicator.
#[derive(Debug, Template)]
#[template(path = "indicator/show.html")]
pub struct Show {
    page: Page,
    list_href: &'static str,
    whole: Option<Link>,
    name: String,
    measure: String,
    actual: Figure,
    headline: String,
    bars: Bars,
    plans: Vec<PlanView>,
    periods: Vec<PeriodView>,
    parts: Vec<RowView>,
    shares: Option<Shares>,
    residue: String,
    units: Vec<UnitView>,
    /// Whether any unit below has a same period to show.
    is_compared: bool,
    total_prior: Figure,
    total_change: Figure,
    coverage: String,
    accepted: String,
    facts: Vec<LabelledFact>,
}

#[derive(Debug)]
struct PeriodView {
    period: String,
    actual: Figure,
    change: Figure,
}

#[derive(Debug)]
struct UnitView {
    unit: Link,
    actual: Figure,
    prior: Figure,
    change: Figure,
}

/// `GET /chi-tieu/{code}`
pub async fn page(ask: Ask, Path(code): Path<String>) -> Result<Response, Fault> {
    let code = IndicatorCode::parse(&code).map_err(|_| Fault::NotFound)?;
    let (standing, one) = ask.verb(move |app, by| indicator::one(app, by, &code)).await?;
    let say = ask.messages();
    let name = indicator_name(say, &one.row.indicator);
    html(&Show::of(ask.page(Part::Indicators, &name, &standing), say, &one))
}

impl Show {
    fn of(page: Page, say: &'static Messages, one: &One) -> Self {
        let indicator = &one.row.indicator;
        let (unit, period) = (&one.standing.unit, one.standing.period);
        let passport = |unit, period| paths::passport(&cell_key(&indicator.code, unit, period));
        let figure = |actual, unit, period| Figure::actual(say, actual, indicator.decimals, passport(unit, period));
        let coverage = match one.row.actual.made {
            Made::Own => say.get("indicator.coverage-own").to_owned(),
            Made::RolledUp => say.with(
                "indicator.coverage",
                &[
                    ("reported", &one.row.actual.reported.reported.to_string()),
                    ("expected", &one.row.actual.reported.expected.to_string()),
                ],
            ),
        };
        let whole = row_view(say, &one.row, unit, period);
        Self {
            list_href: paths::INDICATORS,
            whole: one
                .whole
                .as_ref()
                .map(|whole| Link { label: indicator_name(say, whole), href: paths::indicator(&whole.code) }),
            name: indicator_name(say, indicator),
            measure: indicator.measure.clone(),
            actual: figure(&one.row.actual, unit, period),
            headline: headline(say, one),
            bars: bars(say, one),
            plans: one
                .row
                .plans
                .iter()
                .map(|plan| plan_view(say, &one.row, plan, period, AssignerName::Full))
                .collect(),
            periods: one
                .periods
                .iter()
                .map(|row| PeriodView {
                    period: say.period(row.period),
                    actual: figure(&row.actual, unit, row.period),
                    change: match row.against.and_then(|against| against.growth()) {
                        Some(growth) => Figure::change(growth, "%"),
                        None => Figure::dash(say.get("figure.no-comparison")),
                    },
                })
                .collect(),
            parts: one.parts.iter().map(|part| row_view(say, part, unit, period)).collect(),
            shares: shares(say, one),
            residue: residue(say, one),
            units: one
                .units
                .iter()
                .map(|row| UnitView {
                    unit: Link { label: row.unit.name.clone(), href: paths::unit(&row.unit.id) },
                    actual: match row.absence {
                        Some(absence) => Figure::bound(
                            absence_word(say, absence),
                            passport(&row.unit.id, period),
                            row.actual.origin.and_then(|origin| Mark::warning(say, origin)),
                        ),
                        None => figure(&row.actual, &row.unit.id, period),
                    },
                    prior: match &row.prior {
                        Prior::Of(number) => Figure::bound(
                            number.rounded(indicator.decimals).vi(),
                            paths::passport(&restated_key(
                                &indicator.code,
                                &row.unit.id,
                                period.same_period_last_year(),
                                one.standing.dated,
                                "",
                            )),
                            one.row.prior.origin.and_then(|origin| Mark::warning(say, origin)),
                        ),
                        Prior::NotReported => Figure::missing(say.get("figure.not-reported")),
                        Prior::NotComparable => Figure::missing(say.get("figure.not-comparable")),
                    },
                    change: match row.against.and_then(|against| against.growth()) {
                        Some(growth) => Figure::change(growth, "%"),
                        None => Figure::dash(say.get("figure.no-comparison")),
                    },
                })
                .collect(),
            is_compared: one.units.iter().any(|row| row.prior != Prior::NotReported),
            total_prior: whole.prior,
            total_change: whole.change,
            coverage,
            accepted: one.accepted.map(|known| accepted_text(say, &known, &indicator.measure)).unwrap_or_default(),
            facts: facts(say, one),
            page,
        }
    }
}

/// How much of a total was taken in, in a sentence.
pub fn accepted_text(say: &'static Messages, known: &Accepted, measure: &str) -> String {
    let (n, all) = (known.units.reported.to_string(), known.units.expected.to_string());
    match known.value {
        Some(value) => say.with("indicator.accepted", &[("n", &n), ("all", &all), ("value", &value.vi_with(measure))]),
        None => say.with("indicator.accepted-none", &[("all", &all)]),
    }
}

fn headline(say: &'static Messages, one: &One) -> String {
    let nature = nature_word(say, &one.row);
    let period = say.period(one.standing.period);
    let unit = &one.standing.name;
    match (nature.is_empty(), one.row.actual.as_of) {
        (_, Some(day)) => say.with("indicator.headline-as-of", &[("unit", unit), ("day", &day.in_text())]),
        (true, None) => format!("{unit}, {period}"),
        (false, None) => format!("{unit}, {period} ({nature})"),
    }
}

fn bars(say: &'static Messages, one: &One) -> Bars {
    let indicator = &one.row.indicator;
    let text = |number: Number| number.rounded(indicator.decimals).vi();
    let mut values = Vec::new();
    for row in one.periods.iter().filter(|row| row.actual.value.is_some()) {
        let class = if row.period == one.standing.period { "now" } else { "before" };
        let shown = row.actual.value.map(text).unwrap_or_default();
        values.push((thidua_base::text::upper_first(&say.period(row.period)), shown, row.actual.value, class));
    }
    for plan in &one.row.plans {
        let label = match plan.assigner_kind.as_str() {
            "" => say.with("indicator.bar-plan", &[("year", &one.standing.period.year().to_string())]),
            kind => say.with("indicator.bar-plan-of", &[("assigner", kind)]),
        };
        let shown = plan.assigned.value.rounded(plan.assigned.value.scale().min(indicator.decimals.max(1))).vi();
        values.push((label, shown, Some(plan.assigned.value), "plan"));
    }
    let title =
        say.with("indicator.bars-title", &[("name", &indicator_name(say, indicator)), ("measure", &indicator.measure)]);
    Bars::of(title, "so-sanh", values)
}

/// The parts as shares of the whole, where they make it up and none is missing.
fn shares(say: &'static Messages, one: &One) -> Option<Shares> {
    let whole = one.row.actual.value?;
    if !one.residue?.is_zero() {
        return None;
    }
    let listed = one.parts.iter().filter(|part| part.indicator.parts == thidua_domain::indicator::Parts::All);
    let slices: Option<Vec<(String, Number)>> = listed.map(|part| share_of(say, part, whole)).collect();
    slices
        .filter(|slices| slices.len() > 1)
        .map(|slices| Shares::of(say.get("indicator.shares-title"), "co-cau", slices))
}

fn share_of(say: &'static Messages, part: &Row, whole: Number) -> Option<(String, Number)> {
    match thidua_base::number::percent(part.actual.value?, whole, 1) {
        Ok(thidua_base::Percent::Of(share)) => Some((indicator_name(say, &part.indicator), share)),
        Ok(thidua_base::Percent::NoBase | thidua_base::Percent::NegativeBase) | Err(_) => None,
    }
}

fn residue(say: &'static Messages, one: &One) -> String {
    match one.residue {
        None => String::new(),
        Some(rest) if rest.is_zero() => say.get("indicator.residue-none").to_owned(),
        Some(rest) => say.with("indicator.residue", &[("rest", &rest.vi_with(&one.row.indicator.measure))]),
    }
}

fn facts(say: &'static Messages, one: &One) -> Vec<LabelledFact> {
    let indicator = &one.row.indicator;
    let kind = match indicator.kind {
        ValueKind::Flow => "value-kind.flow",
        ValueKind::Stock => "value-kind.stock",
        ValueKind::Ratio => "value-kind.ratio",
        ValueKind::Index => "value-kind.index",
    };
    let rule = match &indicator.tree_rule {
        TreeRule::Own => say.get("tree-rule.own").to_owned(),
        TreeRule::Sum => say.get("tree-rule.sum").to_owned(),
        TreeRule::CountPositive(of) => say.with("tree-rule.count-positive", &[("of", of.as_str())]),
        TreeRule::Quotient(up, down) => say.with("tree-rule.quotient", &[("up", up.as_str()), ("down", down.as_str())]),
    };
    let direction = match indicator.direction {
        Direction::Up => "direction.up",
        Direction::Down => "direction.down",
        Direction::Neutral => "direction.neutral",
    };
    let mut facts = vec![
        LabelledFact::new(say.get("indicator.code"), indicator.code.as_str()),
        LabelledFact::new(say.get("indicator.measure-full"), indicator.measure.clone()),
        LabelledFact::leading(
            say.get("indicator.field"),
            field_name(say, &indicator.field),
            paths::with_query(paths::INDICATORS, &[("linh-vuc", &indicator.field)]),
        ),
        LabelledFact::new(say.get("indicator.kind"), say.get(kind)),
        LabelledFact::new(say.get("indicator.rule"), rule),
        LabelledFact::new(say.get("indicator.direction"), say.get(direction)),
    ];
    if !indicator.price_basis.is_empty() {
        facts.push(LabelledFact::new(say.get("indicator.price-basis"), indicator.price_basis.clone()));
    }
    if let Some(owner) = &one.owner {
        facts.push(LabelledFact::new(say.get("indicator.owner"), owner.clone()));
    }
    if !indicator.definition.is_empty() {
        facts.push(LabelledFact::new(say.get("indicator.definition"), indicator.definition.clone()));
    }
    facts
}

#[cfg(test)]
impl crate::sampled::Sampled for Show {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Indicators, lang);
        let say = page.messages();
        let missing = || Figure::missing(say.get("figure.not-reported"));
        let empty = || Self {
            page: page.clone(),
            list_href: paths::INDICATORS,
            whole: None,
            name: LONG_NAME.into(),
            measure: "tỷ đồng".into(),
            actual: missing(),
            headline: "x".into(),
            bars: Bars::of("x", "so-sanh", Vec::new()),
            plans: Vec::new(),
            periods: Vec::new(),
            parts: Vec::new(),
            shares: None,
            residue: String::new(),
            units: Vec::new(),
            is_compared: false,
            total_prior: missing(),
            total_change: missing(),
            coverage: String::new(),
            accepted: String::new(),
            facts: Vec::new(),
        };
        let n = Number::whole;
        let bar = |label: &str, value, class| (label.to_owned(), "1".to_owned(), Some(n(value)), class);
        let full = Self {
            whole: Some(Link { label: "Giá trị sản xuất".into(), href: "/chi-tieu/KT01".into() }),
            actual: Figure::bound("175,8", "/so-lieu/reading:NS01:h-397:2020-H1".into(), None),
            bars: Bars::of("x", "so-sanh", vec![bar("2020-H1", 3, "now"), bar("KH", 9, "plan")]),
            periods: vec![PeriodView { period: "x".into(), actual: missing(), change: missing() }],
            shares: Some(Shares::of("x", "co-cau", vec![("A".into(), n(60)), ("B".into(), n(40))])),
            residue: say.get("indicator.residue-none").into(),
            units: (0..34)
                .map(|i| UnitView {
                    unit: Link { label: format!("Xã {i}"), href: "/don-vi/x-1".into() },
                    actual: missing(),
                    prior: Figure::missing(say.get("figure.not-comparable")),
                    change: Figure::dash("x"),
                })
                .collect(),
            is_compared: true,
            coverage: say.with("indicator.coverage", &[("reported", "28"), ("expected", "34")]),
            accepted: say.with("indicator.accepted-none", &[("all", "34")]),
            facts: vec![LabelledFact::new(say.get("indicator.code"), "NS01")],
            ..empty()
        };
        vec![empty(), full]
    }
}
