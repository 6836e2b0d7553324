//! The passport of a figure or of any other stored fact.

mod facts;
mod formula;
mod trail;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::indicator::passport::Cell;
use thidua_app::indicator::{self, Fact, FactValue, Passport, PassportSubject};
use thidua_app::report::{self, Made};
use thidua_base::Number;
use thidua_base::code::{HonourCode, IndicatorCode, ReportId};
use thidua_domain::Origin;
use thidua_domain::indicator::figures::Made as HowMade;
use thidua_domain::indicator::{Reading, Value};
use thidua_domain::org::Restated;

use self::facts::{facts, interval, nature};
use self::formula::{FormulaView, formula_view};
use self::trail::{TrailView, trail};
use super::printed::{Printed, printed_in};
use super::standard::state_word;
use crate::collection::evidence_view::EvidenceView;
use crate::fault::Fault;
use crate::figure::{Figure, Mark};
use crate::messages::Messages;
use crate::option::{LabelledFact, Link};
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

pub use self::facts::absence_word;

/// A passport.
#[derive(Debug, Template)]
#[template(path = "indicator/passport.html")]
pub struct PassportPage {
    page: Page,
    above: Option<Link>,
    title: String,
    value: Figure,
    origin: Mark,
    facts: Vec<LabelledFact>,
    formulas: Vec<FormulaView>,
    used: Vec<UsedView>,
    coverage: String,
    history: Vec<HistoryView>,
    trail: Vec<TrailView>,
    evidence: Vec<EvidenceView>,
    printed: Vec<Printed>,
    key: String,
}

#[derive(Debug)]
struct UsedView {
    label: Link,
    value: String,
    origin: Option<Mark>,
    interval: String,
    source: String,
}

#[derive(Debug)]
struct HistoryView {
    when: String,
    who: String,
    value: String,
    nature: &'static str,
    reason: String,
}

/// Facts listed at most; the rest is counted and stands in its register.
const USED_MOST: usize = 60;

/// `GET /so-lieu/{key}`
pub async fn page(ask: Ask, Path(key): Path<String>) -> Result<Response, Fault> {
    if let Some(elsewhere) = elsewhere(&key) {
        return Ok(Redirect::to(&elsewhere).into_response());
    }
    let (standing, (passport, written)) = ask
        .verb(move |app, by| {
            let passport = indicator::passport(app, by, &key)?;
            let written = match &passport.standing.report {
                Some(known) => Some(report::written(app, by, &known.id)?),
                None => None,
            };
            Ok((passport, written))
        })
        .await?;
    let say = ask.messages();
    let title = title(say, &passport);
    let page = ask.page(Part::Indicators, &title, &standing);
    let made = written.as_ref().map(|written| &written.made);
    html(&PassportPage::of(page, say, title, &passport, made))
}

/// Keys that name a register or a page rather than a fact.
fn elsewhere(key: &str) -> Option<String> {
    match key.split_once(':') {
        Some(("indicator", code)) => IndicatorCode::parse(code).ok().map(|code| paths::indicator(&code)),
        Some(("clusters", _)) => Some(paths::CLUSTERS.to_owned()),
        Some(("owner", name)) => Some(paths::with_query(paths::MOVEMENTS, &[("tim", name)])),
        Some(("report", id)) => ReportId::parse(id).ok().map(|id| paths::report(&id)),
        Some(_) => None,
        None if key == "behind" => Some(paths::with_query(paths::INDICATORS, &[("tinh-trang", "cham")])),
        None => None,
    }
}

impl PassportPage {
    fn of(page: Page, say: &'static Messages, title: String, passport: &Passport, made: Option<&Made>) -> Self {
        let mut used: Vec<UsedView> = passport.used.iter().take(USED_MOST).map(|fact| used_view(say, fact)).collect();
        // A fact that is its own only source says nothing new.
        if matches!(&passport.subject, PassportSubject::Cell(cell) if cell.reading.is_some()) && used.len() == 1 {
            used.clear();
        }
        Self {
            above: above(say, passport),
            value: value(say, passport),
            origin: mark(say, passport),
            facts: facts(say, passport),
            formulas: passport.formulas.iter().map(|formula| formula_view(say, formula)).collect(),
            coverage: coverage(say, passport),
            used,
            history: match &passport.subject {
                PassportSubject::Cell(cell) => {
                    cell.history.iter().map(|reading| history_view(say, cell, reading)).collect()
                }
                PassportSubject::Standard(_)
                | PassportSubject::Honour { .. }
                | PassportSubject::Restated(_)
                | PassportSubject::Fact(_) => Vec::new(),
            },
            trail: match &passport.subject {
                PassportSubject::Cell(cell) => trail(say, cell),
                PassportSubject::Standard(_)
                | PassportSubject::Honour { .. }
                | PassportSubject::Restated(_)
                | PassportSubject::Fact(_) => Vec::new(),
            },
            evidence: match &passport.subject {
                PassportSubject::Cell(cell) => {
                    let name = indicator_name(say, &cell.row.indicator);
                    let of = |piece| EvidenceView { cells: vec![name.clone()], ..EvidenceView::of(say, piece) };
                    cell.evidence.iter().map(of).collect()
                }
                PassportSubject::Standard(_)
                | PassportSubject::Honour { .. }
                | PassportSubject::Restated(_)
                | PassportSubject::Fact(_) => Vec::new(),
            },
            printed: made.map_or_else(Vec::new, |made| printed_in(&made.document, &made.data.report.id, &passport.key)),
            key: passport.key.clone(),
            title,
            page,
        }
    }
}

fn title(say: &'static Messages, passport: &Passport) -> String {
    match &passport.subject {
        PassportSubject::Cell(cell) => indicator_name(say, &cell.row.indicator),
        PassportSubject::Standard(count) => count.standard.name.clone(),
        PassportSubject::Honour { name, .. } => name.clone(),
        PassportSubject::Restated(cell) => {
            format!("{}, {}", indicator_name(say, &cell.indicator), cell.row.unit.name)
        }
        PassportSubject::Fact(fact) => fact.label.clone(),
    }
}

fn above(say: &'static Messages, passport: &Passport) -> Option<Link> {
    match &passport.subject {
        PassportSubject::Cell(cell) => Some(Link {
            label: indicator_name(say, &cell.row.indicator),
            href: paths::indicator(&cell.row.indicator.code),
        }),
        PassportSubject::Restated(cell) => {
            Some(Link { label: cell.row.unit.name.clone(), href: paths::unit(&cell.row.unit.id) })
        }
        PassportSubject::Standard(count) => {
            Some(Link { label: count.standard.name.clone(), href: paths::standard(&count.standard.code) })
        }
        PassportSubject::Honour { name, .. } => {
            let code = passport.key.split_once(':').map(|(_, code)| code);
            let code = code.and_then(|code| HonourCode::parse(code).ok())?;
            let href = paths::with_query(paths::AWARDS, &[("danh-hieu", code.as_str())]);
            Some(Link { label: name.clone(), href })
        }
        PassportSubject::Fact(fact) => {
            let register = register_of(fact)?;
            Some(Link { label: say.get(&format!("fact-kind.{}", fact.kind.word())).to_owned(), href: register })
        }
    }
}

/// The page that lists facts of this kind.
fn register_of(fact: &Fact) -> Option<String> {
    use thidua_app::indicator::FactKind as Kind;
    Some(match fact.kind {
        Kind::Reading | Kind::Plan | Kind::Indicator => paths::INDICATORS.to_owned(),
        Kind::Standard | Kind::Member | Kind::Recognition => paths::INDICATORS.to_owned(),
        Kind::Movement | Kind::Occasion => paths::MOVEMENTS.to_owned(),
        Kind::Cluster => paths::CLUSTERS.to_owned(),
        Kind::Award => paths::AWARDS.to_owned(),
        Kind::Exemplar => paths::EXEMPLARS.to_owned(),
        Kind::Instrument => paths::INSTRUMENTS.to_owned(),
        Kind::Unit => paths::UNITS.to_owned(),
        Kind::Finding | Kind::Task => paths::FINDINGS.to_owned(),
        Kind::Passage | Kind::Override => return None,
    })
}

fn value(say: &'static Messages, passport: &Passport) -> Figure {
    match &passport.subject {
        PassportSubject::Cell(cell) => match cell.row.actual.value {
            Some(number) => Figure::plain(number.vi_with(&cell.row.indicator.measure)),
            None => Figure::missing(absence(say, cell)),
        },
        PassportSubject::Standard(count) => {
            Figure::plain(format!("{}/{} {}", count.reached, count.population, count.standard.measure))
        }
        PassportSubject::Honour { all, measure, .. } => Figure::plain(format!("{all} {measure}")),
        PassportSubject::Restated(cell) => match &cell.row.figure {
            Restated::Exact(total) | Restated::Shared(total) => {
                Figure::plain(total.sum.rounded(cell.indicator.decimals).vi_with(&cell.indicator.measure))
            }
            Restated::NotComparable { .. } => Figure::missing(say.get("lineage.not-comparable")),
        },
        PassportSubject::Fact(fact) => match &fact.value {
            FactValue::Itself => Figure::plain(""),
            other => Figure::plain(value_text(say, other)),
        },
    }
}

fn absence(say: &'static Messages, cell: &Cell) -> &'static str {
    match cell.reading.as_ref().map(|reading| reading.value) {
        Some(Value::Absent(absence)) => absence_word(say, absence),
        Some(Value::Of(_)) | None => say.get("figure.not-reported"),
    }
}

fn value_text(say: &'static Messages, value: &FactValue) -> String {
    match value {
        FactValue::Text(text) => text.clone(),
        FactValue::Absent(absence) => absence_word(say, *absence).to_owned(),
        FactValue::State(state, on) => format!("{}, {}", state_word(say, *state), on.in_table()),
        FactValue::Itself => "–".to_owned(),
    }
}

fn mark(say: &'static Messages, passport: &Passport) -> Mark {
    let mark = Mark::of(say, origin(passport));
    match &passport.subject {
        PassportSubject::Cell(cell)
            if cell.row.actual.made == HowMade::RolledUp && cell.row.actual.origin == Some(Origin::Sample) =>
        {
            Mark { meaning: say.get("origin.sample-below-meaning"), ..mark }
        }
        PassportSubject::Cell(_)
        | PassportSubject::Standard(_)
        | PassportSubject::Honour { .. }
        | PassportSubject::Restated(_)
        | PassportSubject::Fact(_) => mark,
    }
}

fn origin(passport: &Passport) -> Origin {
    let weakest = || {
        passport.used.iter().filter_map(|fact| fact.provenance.as_ref()).map(|p| p.origin).max_by_key(|origin| {
            match origin {
                Origin::Reported | Origin::Reference => 0,
                Origin::Implied { .. } => 1,
                Origin::Sample => 2,
            }
        })
    };
    match &passport.subject {
        PassportSubject::Cell(cell) => cell.row.actual.origin,
        PassportSubject::Standard(_) | PassportSubject::Honour { .. } | PassportSubject::Restated(_) => weakest(),
        PassportSubject::Fact(fact) => fact.provenance.as_ref().map(|provenance| provenance.origin),
    }
    .unwrap_or(Origin::Reported)
}

fn coverage(say: &'static Messages, passport: &Passport) -> String {
    let listed =
        |all: usize| say.with("passport.listed", &[("shown", &USED_MOST.to_string()), ("all", &all.to_string())]);
    let mut said = match &passport.subject {
        PassportSubject::Cell(cell) if cell.row.actual.made == HowMade::RolledUp => say.with(
            "indicator.coverage",
            &[
                ("reported", &cell.row.actual.reported.reported.to_string()),
                ("expected", &cell.row.actual.reported.expected.to_string()),
            ],
        ),
        PassportSubject::Cell(_)
        | PassportSubject::Standard(_)
        | PassportSubject::Honour { .. }
        | PassportSubject::Restated(_)
        | PassportSubject::Fact(_) => String::new(),
    };
    if passport.used.len() > USED_MOST {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(&listed(passport.used.len()));
    }
    said
}

fn used_view(say: &'static Messages, fact: &Fact) -> UsedView {
    let provenance = fact.provenance.as_ref();
    UsedView {
        label: Link { label: fact.label.clone(), href: paths::passport(&fact.key) },
        value: value_text(say, &fact.value),
        origin: provenance.map(|provenance| Mark::of(say, provenance.origin)),
        interval: provenance.map_or_else(String::new, |provenance| interval(say, provenance.origin)),
        source: provenance.map_or_else(String::new, |provenance| provenance.source.clone()),
    }
}

/// What is said of a reading without a reason: the first of its cell needs none, a correction should have had one.
fn without_reason(cell: &Cell, reading: &Reading) -> &'static str {
    let before = || cell.history.iter().filter(|other| other.seq < reading.seq);
    if reading.supersedes.is_some() || before().any(|other| other.nature == reading.nature) {
        "passport.corrected-without-reason"
    } else if before().next().is_some() {
        "passport.first-of-nature"
    } else {
        "passport.first"
    }
}

fn history_view(say: &'static Messages, cell: &Cell, reading: &Reading) -> HistoryView {
    HistoryView {
        when: reading.entered_at.in_table(),
        who: reading.entered_by.clone(),
        value: match reading.value {
            Value::Of(number) => Number::vi_with(number, &cell.row.indicator.measure),
            Value::Absent(absence) => absence_word(say, absence).to_owned(),
        },
        nature: nature(say, reading.nature),
        reason: match reading.reason.as_str() {
            "" => say.get(without_reason(cell, reading)).to_owned(),
            reason => reason.to_owned(),
        },
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for PassportPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use thidua_app::indicator::Formula;
        use thidua_base::Percent;
        use thidua_domain::indicator::Nature;

        use self::facts::source_facts;
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Indicators, lang);
        let say = page.messages();
        let implied = Origin::Implied { low: Number::whole(1), high: Number::whole(2) };
        let of = |value, origin, used: Vec<UsedView>, printed: Vec<Printed>| Self {
            page: page.clone(),
            above: Some(Link { label: LONG_NAME.into(), href: "/chi-tieu/NS01".into() }),
            title: LONG_NAME.into(),
            value,
            origin: Mark::of(say, origin),
            facts: source_facts(say, origin, "E-42"),
            formulas: vec![formula_view(
                say,
                &Formula::PercentOfPlan {
                    assigner: "Tỉnh Thanh Hóa".into(),
                    actual: Number::whole(43),
                    plan: Number::whole(80),
                    percent: Percent::Of(Number::new(538, 1).unwrap()),
                },
            )],
            used,
            coverage: String::new(),
            history: vec![HistoryView {
                when: "09:00 05/07/2020".into(),
                who: "Nguyễn Thị Hoa".into(),
                value: "43 doanh nghiệp".into(),
                nature: nature(say, Nature::Official),
                reason: say.get("passport.first").into(),
            }],
            evidence: if printed.is_empty() { Vec::new() } else { crate::collection::evidence_view::samples() },
            trail: if printed.is_empty() {
                Vec::new()
            } else {
                let step = |what: &str, value: &str| TrailView {
                    at: "09:00 05/07/2020".into(),
                    device_at: value.into(),
                    by: LONG_NAME.into(),
                    what: say.get(what).into(),
                    value: value.into(),
                    detail: if value.is_empty() { Vec::new() } else { vec![LONG_NAME.into(), LONG_NAME.into()] },
                    links: vec![Link { label: LONG_NAME.into(), href: "/bao-cao/x#ban-hanh".into() }],
                };
                vec![step("trail.imported", "43 doanh nghiệp"), step("trail.issued", "")]
            },
            printed,
            key: "reading:DN01:h-397:2020-H1".into(),
        };
        let used = |origin| UsedView {
            label: Link { label: LONG_NAME.into(), href: "/so-lieu/x".into() },
            value: "80".into(),
            origin: Some(Mark::of(say, origin)),
            interval: interval(say, origin),
            source: "E-42".into(),
        };
        let printed = Printed {
            href: "/bao-cao/x#a".into(),
            place: "2.2".into(),
            before: "…, bằng ".into(),
            text: "53,8%".into(),
            after: " kế hoạch".into(),
        };
        vec![
            of(Figure::missing(say.get("figure.none-occurred")), Origin::Sample, Vec::new(), Vec::new()),
            of(Figure::plain("43"), implied, vec![used(implied), used(Origin::Reported)], vec![printed]),
        ]
    }
}
