//! One unit through time: where it comes from, what became of it, its figures by a structure, and how it was divided.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::indicator::{RestatedAsked, RestatedLine, RestatedSeen, restated};
use thidua_app::org::{self, Arrow, Lineage, NewDivision, divide_unit, lineage};
use thidua_app::{App, Error};
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::indicator::by_unit::UnitsAsked;
use thidua_domain::org::division::BASES;
use thidua_domain::org::{Division, Portion, Share, Structure};
use thidua_domain::{Actor, Refusal};

use super::carried::{DetailView, LineView, detail_view, fraction, line_view};
use super::divided::{DividedView, divided_view};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::{FilterOption, LabelledFact, Link, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// One unit.
#[derive(Debug, Template)]
#[template(path = "org/show.html")]
pub struct UnitPage {
    page: Page,
    to_list: &'static str,
    refusal: String,
    name: String,
    ended: String,
    facts: Vec<LabelledFact>,
    came: Vec<ArrowView>,
    went: Vec<ArrowView>,
    below: Vec<BelowView>,
    periods: Vec<FilterOption>,
    ways: Vec<FilterOption>,
    bases: Vec<FilterOption>,
    day: String,
    said: String,
    total_label: &'static str,
    lines: Vec<LineView>,
    detail: Option<DetailView>,
    divided: Vec<DividedView>,
    address: String,
    form_token: String,
}

/// An arrow to or from another unit.
#[derive(Debug)]
struct ArrowView {
    unit: Link,
    day: String,
    what: String,
    portion: String,
    legal: String,
}

/// A unit that stood below one that is no more.
#[derive(Debug)]
struct BelowView {
    unit: Link,
    heirs: Vec<HeirView>,
}

#[derive(Debug)]
pub(super) struct HeirView {
    pub(super) unit: Link,
    pub(super) portion: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "chi-tieu", default)]
    indicator: String,
    #[serde(rename = "ky", default)]
    period: String,
    #[serde(rename = "cach", default)]
    way: String,
    #[serde(rename = "ngay", default)]
    day: String,
    #[serde(rename = "chia-theo")]
    basis: Option<String>,
}

pub(super) const AS_IT_WAS: &str = "nhu-khi-bao-cao";
pub(super) const AS_OF: &str = "theo-ngay";
pub(super) const RESTATED: &str = "quy-doi";

type Fields = HashMap<String, String>;

/// What a page is made from.
pub(super) struct Seen {
    pub(super) lineage: Lineage,
    pub(super) figures: RestatedSeen,
    pub(super) structure: Structure,
    pub(super) basis: String,
    pub(super) day: Date,
}

/// `GET /don-vi/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, unit_of(&id)?, asked, None, Fields::new()).await
}

/// `POST /don-vi/{id}`: shares of a division entered.
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = unit_of(&id)?;
    if !ask.takes(fields.get("ma").map(String::as_str).unwrap_or_default()) {
        return shown(&ask, id, asked, Some(Refusal::StaleForm), fields).await;
    }
    let (unit, sent) = (id.clone(), fields.clone());
    match ask.file(move |app, by| divided(app, by, &unit, &sent)).await {
        Ok(division) => {
            // Back to the figures, carried by what was just entered.
            let basis = [("cach", RESTATED), ("chia-theo", division.basis.as_str())];
            Ok(Redirect::to(&format!("{}#ty-le", paths::with_query(&paths::unit(&id), &basis))).into_response())
        }
        Err(Fault::Refused(refusal)) => shown(&ask, id, asked, Some(refusal), fields).await,
        Err(fault) => Err(fault),
    }
}

fn unit_of(text: &str) -> Result<OrgId, Fault> {
    OrgId::parse(text).map_err(|_| Fault::NotFound)
}

fn divided(app: &App, by: &Actor, unit: &OrgId, fields: &Fields) -> Result<Division, Error> {
    let absent = || Error::NotFound("unit");
    let field = |name: &str| fields.get(name).map(|text| text.trim()).unwrap_or_default();
    let mut quantities = Vec::new();
    for (name, typed) in fields {
        let Some(heir) = name.strip_prefix("phan-") else { continue };
        let typed = typed.trim();
        if typed.is_empty() {
            continue;
        }
        let heir = OrgId::parse(heir).map_err(|_| absent())?;
        let quantity = Number::parse_vi(typed).map_err(|_| Refusal::NotANumber { asked: typed.to_owned() })?;
        quantities.push((heir, quantity));
    }
    let new = NewDivision {
        from: unit.clone(),
        on: Date::parse(field("ngay-chia")).map_err(|_| absent())?,
        basis: field("chia-theo").to_owned(),
        quantities,
        source: field("van-ban").to_owned(),
    };
    divide_unit(app, by, &new)
}

fn read(app: &App, by: &Actor, unit: &OrgId, asked: &Asked) -> Result<Seen, Error> {
    let lineage = lineage(app, by, unit)?;
    let standing = org::standing(app, by)?;
    let day = Date::parse(&asked.day).or_else(|_| Date::parse_vi(&asked.day)).unwrap_or(standing.dated);
    let structure = match asked.way.as_str() {
        AS_IT_WAS => Structure::AsItWas,
        AS_OF => Structure::AsOf(day),
        _ => Structure::RestatedTo(day),
    };
    let basis = match &asked.basis {
        Some(basis) => basis.clone(),
        None => known_basis(&lineage),
    };
    let wanted = RestatedAsked {
        unit: unit.clone(),
        period: Period::parse(&asked.period).ok(),
        structure,
        indicator: IndicatorCode::parse(&asked.indicator).ok(),
        basis: basis.clone(),
    };
    Ok(Seen { figures: restated(app, by, &wanted)?, lineage, structure, basis, day })
}

/// The first basis by which anything in the unit's history is shared; none where nothing is.
fn known_basis(lineage: &Lineage) -> String {
    let arrows = lineage.came.iter().chain(&lineage.went);
    let shares: Vec<&str> = arrows.flat_map(|arrow| &arrow.shares).map(|share| share.basis.as_str()).collect();
    BASES.into_iter().find(|basis| shares.contains(basis)).unwrap_or_default().to_owned()
}

async fn shown(
    ask: &Ask,
    id: OrgId,
    asked: Asked,
    refusal: Option<Refusal>,
    fields: Fields,
) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| read(app, by, &id, &asked)).await?;
    let say = ask.messages();
    let page = ask.page(Part::Units, &seen.lineage.unit.name, &house);
    let mut view = UnitPage::of(page, say, &seen, ask.form_token()?);
    view.give_back(&fields);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    if view.divided.iter().any(|divided| divided.divides) {
        response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    }
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl UnitPage {
    fn of(page: Page, say: &'static Messages, seen: &Seen, form_token: String) -> Self {
        let Seen { lineage, figures, structure, basis, day } = seen;
        let unit = &lineage.unit;
        let (way, said_key) = match structure {
            Structure::AsItWas => (AS_IT_WAS, "lineage.said-as-it-was"),
            Structure::AsOf(_) => (AS_OF, "lineage.said-as-of"),
            Structure::RestatedTo(_) => (RESTATED, "lineage.said-restated"),
        };
        let mut ways = [(AS_IT_WAS, "lineage.as-it-was"), (AS_OF, "lineage.as-of"), (RESTATED, "lineage.restated")]
            .map(|(value, key)| option(value, say.get(key), way));
        ways.reverse();
        let said = [("period", &*say.period(figures.period)), ("day", &*figures.day.in_text())];
        let is_of_heirs = matches!(figures.units, UnitsAsked::HeirsOf(_));
        let known = lineage.went.iter().chain(&lineage.came).flat_map(|arrow| &arrow.shares);
        let mut words: Vec<&str> = BASES.to_vec();
        words.extend(known.map(|share| share.basis.as_str()).filter(|basis| !BASES.contains(basis)));
        words.dedup();
        let basis_options =
            |all: &str| options(all, words.iter().map(|word| ((*word).to_owned(), basis_word(say, word))), basis);
        let chosen = figures.detail.as_ref().map(|detail| &detail.indicator.code);
        let line = |line: &RestatedLine| line_view(say, seen, line, chosen == Some(&line.indicator.code));
        Self {
            to_list: paths::UNITS,
            refusal: String::new(),
            name: unit.name.clone(),
            ended: lineage.ended.map(|day| say.with("lineage.ended", &[("day", &day.in_text())])).unwrap_or_default(),
            facts: facts(say, lineage),
            came: lineage.came.iter().map(|arrow| arrow_view(say, arrow)).collect(),
            went: lineage.went.iter().map(|arrow| arrow_view(say, arrow)).collect(),
            below: lineage
                .below
                .iter()
                .map(|(named, arrows)| BelowView {
                    unit: link(&named.name, &named.id),
                    heirs: arrows
                        .iter()
                        .map(|arrow| HeirView {
                            unit: link(&arrow.other.name, &arrow.other.id),
                            portion: portion(say, arrow.portion, &arrow.shares),
                        })
                        .collect(),
                })
                .collect(),
            periods: figures
                .periods
                .iter()
                .map(|period| option(&period.to_string(), &say.period(*period), &figures.period.to_string()))
                .collect(),
            ways: ways.into(),
            bases: basis_options(say.get("lineage.basis-none")),
            day: day.to_string(),
            said: say.with(said_key, &said),
            total_label: say.get(if is_of_heirs { "lineage.total-of-heirs" } else { "lineage.total" }),
            lines: figures.lines.iter().map(line).collect(),
            detail: figures.detail.as_ref().map(|detail| detail_view(say, seen, detail)),
            divided: lineage
                .divided
                .iter()
                .map(|divided| {
                    divided_view(say, divided, BASES.map(|word| option(word, &basis_word(say, word), basis)))
                })
                .collect(),
            address: paths::unit(&unit.id),
            form_token,
            page,
        }
    }

    /// Puts what was typed and not kept back into its fields.
    fn give_back(&mut self, fields: &Fields) {
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let day = field("ngay-chia");
        for divided in self.divided.iter_mut().filter(|divided| divided.day == day) {
            divided.source = field("van-ban");
            divided.bases.iter_mut().for_each(|option| option.is_chosen = option.value == field("chia-theo"));
            for heir in &mut divided.heirs {
                heir.typed = field(&format!("phan-{}", heir.unit));
            }
        }
    }
}

fn option(value: &str, label: &str, chosen: &str) -> FilterOption {
    FilterOption { value: value.to_owned(), label: label.to_owned(), is_chosen: value == chosen }
}

pub(super) fn link(name: &str, id: &OrgId) -> Link {
    Link { label: name.to_owned(), href: paths::unit(id) }
}

pub(super) fn basis_word(say: &'static Messages, basis: &str) -> String {
    say.find(&format!("basis.{basis}")).unwrap_or(basis).to_owned()
}

fn facts(say: &'static Messages, lineage: &Lineage) -> Vec<LabelledFact> {
    let unit = &lineage.unit;
    let kind = say.find(&format!("unit-kind.{}", unit.kind)).unwrap_or(&unit.kind);
    let mut facts = vec![LabelledFact::new(say.get("lineage.kind"), kind)];
    if !unit.code.is_empty() {
        facts.push(LabelledFact::new(say.get("lineage.code"), unit.code.clone()));
    }
    if let Some(above) = &lineage.above {
        facts.push(LabelledFact::leading(say.get("lineage.above"), above.name.clone(), paths::unit(&above.id)));
    }
    for version in &lineage.versions {
        let (from, to) = (version.valid_from.in_table(), version.valid_to.map(|day| day.in_table()));
        let span = match &to {
            Some(to) => say.with("lineage.until", &[("from", &from), ("to", to)]),
            None => say.with("lineage.since", &[("from", &from)]),
        };
        facts.push(LabelledFact::new(say.get("lineage.span"), format!("{}, {span}", version.name)));
    }
    if !unit.legal_ref.is_empty() {
        facts.push(LabelledFact::new(say.get("lineage.legal"), unit.legal_ref.clone()));
    }
    facts
}

fn arrow_view(say: &'static Messages, arrow: &Arrow) -> ArrowView {
    ArrowView {
        unit: link(&arrow.other.name, &arrow.other.id),
        day: arrow.on.in_table(),
        what: say.find(&format!("event.{}", arrow.kind)).unwrap_or(&arrow.kind).to_owned(),
        portion: portion(say, arrow.portion, &arrow.shares),
        legal: arrow.legal_ref.clone(),
    }
}

fn portion(say: &'static Messages, portion: Portion, shares: &[Share]) -> String {
    match (portion, shares) {
        (Portion::Full, _) => say.get("lineage.full").to_owned(),
        (Portion::Partial, []) => say.get("lineage.unknown-part").to_owned(),
        (Portion::Partial, shares) => {
            let told = shares.iter().map(|share| {
                format!("{} ({})", fraction(share.numerator, share.denominator), basis_word(say, &share.basis))
            });
            format!("{}: {}", say.get("lineage.partial"), told.collect::<Vec<_>>().join("; "))
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for UnitPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use super::carried::{MadeOfView, RowView};
        use super::divided::{EnteredView, PartView};
        use crate::figure::{Figure, Mark};
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Units, lang);
        let say = page.messages();
        let to = || Link { label: LONG_NAME.into(), href: "/don-vi/x-1".into() };
        let bare = || Self {
            page: page.clone(),
            to_list: paths::UNITS,
            refusal: String::new(),
            name: LONG_NAME.into(),
            ended: String::new(),
            facts: vec![LabelledFact::leading(say.get("lineage.above"), LONG_NAME, "/don-vi/t-38".into())],
            came: Vec::new(),
            went: Vec::new(),
            below: Vec::new(),
            periods: Vec::new(),
            ways: vec![option(RESTATED, say.get("lineage.restated"), RESTATED)],
            bases: Vec::new(),
            day: "2026-07-05".into(),
            said: LONG_NAME.into(),
            total_label: say.get("lineage.total"),
            lines: Vec::new(),
            detail: None,
            divided: Vec::new(),
            address: "/don-vi/h-397".into(),
            form_token: "0-0".into(),
        };
        let arrow = || ArrowView {
            unit: to(),
            day: "01/07/2025".into(),
            what: "x".into(),
            portion: say.get("lineage.unknown-part").into(),
            legal: LONG_NAME.into(),
        };
        let heir = || HeirView { unit: to(), portion: fraction(3_400, 4_600) };
        let sample = Mark::warning(say, thidua_domain::Origin::Sample);
        let row = |value: Figure, blockers: Vec<Link>| RowView {
            unit: to(),
            value,
            how: say.get("lineage.because").into(),
            blockers,
            made_of: vec![MadeOfView { unit: to(), portion: fraction(1, 4), value: Figure::plain("164") }],
        };
        let full = Self {
            refusal: say.refusal(&Refusal::BadParts),
            ended: say.with("lineage.ended", &[("day", "01/7/2025")]),
            came: vec![arrow()],
            went: vec![arrow(), arrow()],
            below: vec![
                BelowView { unit: to(), heirs: vec![heir(), heir()] },
                BelowView { unit: to(), heirs: Vec::new() },
            ],
            periods: vec![option("2025-H1", "6 tháng đầu năm 2025", "2025-H1")],
            bases: vec![option("", say.get("lineage.basis-none"), "")],
            lines: vec![LineView {
                name: to(),
                is_chosen: true,
                measure: "ha".into(),
                value: Figure::bound("1.026", String::new(), sample.clone()),
                how: LONG_NAME.into(),
            }],
            detail: Some(DetailView {
                title: LONG_NAME.into(),
                measure: "ha".into(),
                rows: vec![
                    row(Figure::bound("1.026", "/so-lieu/x".into(), sample), Vec::new()),
                    row(Figure::missing(say.get("lineage.not-comparable")), vec![to()]),
                ],
                total: Figure::plain("9.427"),
                total_how: say.get("lineage.exact").into(),
                residue: say.with("lineage.residue", &[("rest", "1 ha")]),
            }),
            divided: vec![DividedView {
                day: "2025-07-01".into(),
                lead: LONG_NAME.into(),
                entered: vec![EnteredView {
                    basis: basis_word(say, "population"),
                    revision: 1,
                    is_in_force: true,
                    shares: vec![heir(), heir()],
                    source: LONG_NAME.into(),
                    by: LONG_NAME.into(),
                    at: "09:00 05/07/2026".into(),
                }],
                divides: true,
                heirs: vec![PartView { unit: "x-1".into(), name: LONG_NAME.into(), typed: "3.400".into() }],
                bases: vec![option("population", &basis_word(say, "population"), "population")],
                source: LONG_NAME.into(),
            }],
            ..bare()
        };
        vec![bare(), full]
    }
}
