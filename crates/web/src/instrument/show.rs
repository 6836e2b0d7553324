//! One legal instrument: its validity, what it replaces and amends, what cites it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::instrument::{self as verbs, CitedBy, CitingReport, One};
use thidua_base::Date;
use thidua_base::code::InstrumentId;
use thidua_base::text::upper_first;
use thidua_law::holiday::Confidence;
use thidua_law::library::{Citation, LibraryEntry, Standing};

use super::{asked_day, confidence_word, href, link, span, standing_word};
use crate::chart::SpanBar;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// One instrument.
#[derive(Debug, Template)]
#[template(path = "instrument/show.html")]
pub struct Show {
    page: Page,
    to_list: String,
    name: String,
    title: String,
    shown_day: String,
    refusal: String,
    on_day: String,
    to_today: Option<Link>,
    standing: &'static str,
    class: &'static str,
    is_unsure: bool,
    is_soon: bool,
    warning: String,
    facts: Vec<Fact>,
    line: Vec<LineRow>,
    cited: Vec<CitedRow>,
    reports: Vec<ReportRow>,
    sources: Vec<String>,
}

#[derive(Debug)]
struct Fact {
    label: &'static str,
    text: String,
    links: Vec<Link>,
    hint: &'static str,
}

#[derive(Debug)]
struct LineRow {
    link: Link,
    is_here: bool,
    span: String,
    bar: Option<SpanBar>,
    standing: &'static str,
    class: &'static str,
}

#[derive(Debug)]
struct CitedRow {
    what: &'static str,
    name: String,
    href: String,
    provision: String,
}

#[derive(Debug)]
struct ReportRow {
    link: Link,
    unit: String,
    dated: String,
    standing: &'static str,
    class: &'static str,
    issues: Vec<String>,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "ngay", default)]
    day: String,
}

/// `GET /van-ban/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let id = InstrumentId::parse(&id).map_err(|_| Fault::NotFound)?;
    let say = ask.messages();
    let (day, refusal) = match asked_day(&asked.day) {
        Ok(day) => (day, String::new()),
        Err(typed) => (None, say.with("instrument.bad-day", &[("typed", &typed)])),
    };
    let is_refused = !refusal.is_empty();
    let (house, one) = ask.verb(move |app, by| verbs::one(app, by, &id, day)).await?;
    let page = ask.page(Part::Instruments, &one.entry.name(), &house);
    let asked = day.map(|day| day.to_string()).unwrap_or_default();
    let mut response = html(&Show::of(page, say, &one, asked, refusal))?;
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl Show {
    fn of(page: Page, say: &'static Messages, one: &One, asked: String, refusal: String) -> Self {
        let (entry, day, today) = (&one.entry, one.catalogue.day, one.catalogue.today);
        let (standing, class) = standing_word(say, entry.standing(day));
        Self {
            to_list: paths::with_query(paths::INSTRUMENTS, &[("ngay", &asked)]),
            name: entry.name(),
            title: upper_first(&entry.title),
            refusal,
            on_day: say.with("instrument.on", &[("day", &day.in_text())]),
            to_today: (day != today).then(|| Link {
                label: say.with("instrument.to-today", &[("day", &today.in_text())]),
                href: href(&entry.id, &today.to_string()),
            }),
            standing,
            class,
            is_unsure: entry.standing_sureness() == Some(Confidence::Recalled),
            is_soon: entry.is_lapsing(day),
            warning: warning(say, one),
            facts: facts(say, one, &asked),
            line: line(say, one, &asked),
            cited: together(one.cited.iter().map(|citation| cited(say, citation))),
            reports: one.reports.iter().map(|report| report_row(say, entry, report)).collect(),
            sources: entry.sources.clone(),
            shown_day: day.to_string(),
            page,
        }
    }
}

/// What whoever works by it has to know of its end on the day.
fn warning(say: &'static Messages, one: &One) -> String {
    let (entry, day) = (&one.entry, one.catalogue.day);
    let Some(end) = entry.end else { return String::new() };
    let next = entry.replaced_by.as_ref().and_then(|id| one.catalogue.library.get(id)).map(LibraryEntry::name);
    let by = next.unwrap_or_default();
    let (last, first_out) = (end.day.day_before().in_text(), end.day.in_text());
    let left = entry.days_left(day).unwrap_or_default().to_string();
    let facts = [("last", &*last), ("out", &*first_out), ("days", &*left), ("by", &*by)];
    match (entry.standing(day), by.is_empty()) {
        (Standing::InForce, true) if entry.is_lapsing(day) => say.with("instrument.warn-lapsing", &facts),
        (Standing::InForce, false) if entry.is_lapsing(day) => say.with("instrument.warn-replaced", &facts),
        (Standing::Ended, true) => say.with("instrument.warn-ended", &facts),
        (Standing::Ended, false) => say.with("instrument.warn-ended-replaced", &facts),
        (Standing::InForce | Standing::NotYet | Standing::Unknown, _) => String::new(),
    }
}

fn facts(say: &'static Messages, one: &One, asked: &str) -> Vec<Fact> {
    let (entry, library) = (&one.entry, &one.catalogue.library);
    let less = |of: Option<Confidence>| match (of, entry.sureness) {
        (Some(of), Some(sure)) if of > sure.entry => confidence_word(say, of),
        (_, _) => "",
    };
    let day = |day: Option<Date>| day.map_or_else(|| say.get("instrument.no-day").to_owned(), Date::in_text);
    let sure = entry.sureness;
    let plain = |key, text: String, hint| Fact { label: say.get(key), text, links: Vec::new(), hint };
    let mut facts = vec![
        plain("instrument.issuer", entry.issuer.clone(), ""),
        plain("instrument.issued", day(entry.issued_on), less(sure.map(|sure| sure.issued_on))),
        plain("instrument.begins", day(entry.in_force_from), less(sure.map(|sure| sure.in_force_from))),
        plain(
            "instrument.ends",
            entry.end.map_or_else(|| say.get("instrument.no-end").to_owned(), |end| end.day.in_text()),
            less(sure.map(|sure| sure.end)),
        ),
    ];
    let mut related = |key, entries: Vec<&LibraryEntry>| {
        if !entries.is_empty() {
            let links = entries.into_iter().map(|entry| link(entry, asked)).collect();
            facts.push(Fact { label: say.get(key), text: String::new(), links, hint: "" });
        }
    };
    related("instrument.replaces", library.replaced(&entry.id));
    related(
        "instrument.replaced-by-label",
        entry.replaced_by.as_ref().and_then(|id| library.get(id)).into_iter().collect(),
    );
    related("instrument.amends", entry.amends.iter().filter_map(|id| library.get(id)).collect());
    related("instrument.amended-by", library.amended_by(&entry.id));
    if !entry.role.is_empty() {
        facts.push(plain("instrument.role", entry.role.clone(), ""));
    }
    if !entry.note.is_empty() {
        facts.push(plain("instrument.note", entry.note.clone(), ""));
    }
    let sure_text = match sure {
        Some(sure) => confidence_word(say, sure.entry),
        None => say.get("instrument.sure-local"),
    };
    facts.push(plain("instrument.sure", sure_text.to_owned(), ""));
    if let Some(sure) = sure.filter(|sure| sure.title > sure.entry) {
        facts.push(plain("instrument.title", confidence_word(say, sure.title).to_owned(), ""));
    }
    facts
}

/// The line of replacement with bars on one scale, from the first beginning to the last end or the day asked.
fn line(say: &'static Messages, one: &One, asked: &str) -> Vec<LineRow> {
    let day = one.catalogue.day;
    let entries = one.catalogue.library.line(&one.entry.id);
    let ends = entries.iter().filter_map(|entry| entry.end.map(|end| end.day));
    let first = entries.iter().filter_map(|entry| entry.in_force_from).min();
    let last = ends.chain([day]).max().and_then(|last| last.plus_days(365)).unwrap_or(day);
    let rows = entries.iter().map(|entry| {
        let (standing, class) = standing_word(say, entry.standing(day));
        LineRow {
            link: link(entry, asked),
            is_here: entry.id == one.entry.id,
            span: span(say, entry),
            bar: first
                .zip(entry.in_force_from)
                .map(|(first, from)| SpanBar::of((first, last), (from, entry.end.map_or(last, |end| end.day)), day)),
            standing,
            class,
        }
    });
    rows.collect()
}

fn cited(say: &'static Messages, citation: &Citation<CitedBy>) -> CitedRow {
    let (key, name, href) = match &citation.what {
        CitedBy::Honour(code, name) => {
            ("honour", upper_first(crate::eligibility::said(say, name)), paths::honour(code))
        }
        CitedBy::Movement(code, name) => ("movement", upper_first(name), paths::movement(code)),
        CitedBy::Form(_, name) => ("form", name.clone(), String::new()),
        CitedBy::Check(code) => ("check", code.clone(), String::new()),
        CitedBy::Plan(_, name) => ("plan", upper_first(name), paths::PLANS.to_owned()),
        CitedBy::Indicator(code, name) => ("indicator", name.clone(), paths::indicator(code)),
        CitedBy::Event(kind, day) => {
            let kind = say.find(&format!("event.{kind}")).unwrap_or(kind);
            ("event", format!("{}, {}", upper_first(kind), day.in_table()), format!("{}#bien-dong", paths::UNITS))
        }
        CitedBy::Units(1, first) => ("units", first.clone(), paths::UNITS.to_owned()),
        CitedBy::Units(count, first) => {
            let name = say.with("instrument.units-and", &[("first", first), ("more", &(count - 1).to_string())]);
            ("units", name, paths::UNITS.to_owned())
        }
        CitedBy::DaysOff(None) => ("days-off", say.get("instrument.weekly").to_owned(), String::new()),
        CitedBy::DaysOff(Some(year)) => {
            ("days-off", say.with("instrument.days-of", &[("year", &year.to_string())]), String::new())
        }
    };
    CitedRow {
        what: say.get(&format!("instrument.by-{key}")),
        name,
        href,
        provision: if citation.provision.is_empty() { "–".to_owned() } else { citation.provision.clone() },
    }
}

/// The rows with what one thing cites in one row.
fn together(rows: impl Iterator<Item = CitedRow>) -> Vec<CitedRow> {
    let mut found: Vec<CitedRow> = Vec::new();
    for row in rows {
        match found.iter_mut().find(|known| known.what == row.what && known.name == row.name) {
            Some(known) => {
                known.provision.push_str("; ");
                known.provision.push_str(&row.provision);
            }
            None => found.push(row),
        }
    }
    found
}

fn report_row(say: &'static Messages, entry: &LibraryEntry, report: &CitingReport) -> ReportRow {
    let stood = entry.standing(report.dated);
    let (standing, usual) = standing_word(say, stood);
    // A report must not rest on what did not hold.
    let class = if matches!(stood, Standing::Ended | Standing::NotYet) { "bad" } else { usual };
    let issue = |issue: &thidua_domain::draft::Issue| {
        let facts = [("number", &*issue.number.to_string()), ("at", &*issue.at.in_table())];
        say.with("instrument.issue", &facts)
    };
    let mut issues: Vec<String> = report.issues.iter().map(issue).collect();
    if report.is_current && issues.is_empty() {
        issues.push(say.get("instrument.not-issued").to_owned());
    }
    if !report.is_current {
        issues.push(say.get("instrument.no-longer-cited").to_owned());
    }
    ReportRow {
        link: Link { label: report.form_name.clone(), href: paths::report(&report.id) },
        unit: report.unit_name.clone(),
        dated: report.dated.in_table(),
        standing,
        class,
        issues,
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Show {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_app::instrument::Catalogue;
        use thidua_base::code::{FormId, IndicatorCode, MovementCode, PlanId, ReportId};
        use thidua_domain::draft::Issue;
        let page = frame(Part::Instruments, lang);
        let say = page.messages();
        let day = |text: &str| Date::parse(text).unwrap();
        let mut decree = thidua_law::Library::shipped().unwrap();
        let id = InstrumentId::parse("nghi-quyet-1").unwrap();
        let mut local =
            decree.get(&InstrumentId::parse("nghi-dinh-91-2017-nd-cp").unwrap()).unwrap().instrument().unwrap();
        local.id = id.clone();
        local.title = LONG_NAME.into();
        decree = decree.with_local([&local]);
        let one = |id: &str, on: &str, cited: Vec<CitedBy>, reports| One {
            entry: decree.get(&InstrumentId::parse(id).unwrap()).unwrap().clone(),
            catalogue: Catalogue { day: day(on), today: day("2026-11-24"), library: decree.clone() },
            cited: cited.into_iter().map(|what| Citation { what, provision: "Điều 9 khoản 3".into() }).collect(),
            reports,
        };
        let report = |is_current, issues| CitingReport {
            id: ReportId::parse("x").unwrap(),
            form_name: LONG_NAME.into(),
            unit_name: "Huyện Triệu Sơn".into(),
            dated: day("2020-07-05"),
            is_current,
            issues,
        };
        let issue = Issue {
            report: ReportId::parse("x").unwrap(),
            number: 1,
            by: "x".into(),
            at: thidua_base::Timestamp::parse("2020-07-06T02:00:00Z").unwrap(),
            as_of_seq: 1,
        };
        let all = vec![
            CitedBy::Movement(MovementCode::parse("PT01").unwrap(), LONG_NAME.into()),
            CitedBy::Form(FormId::parse("b").unwrap(), "Biểu số 01".into()),
            CitedBy::Check("negative".into()),
            CitedBy::Plan(PlanId::parse("k").unwrap(), "kế hoạch 2020".into()),
            CitedBy::Indicator(IndicatorCode::parse("KT01").unwrap(), LONG_NAME.into()),
            CitedBy::Event("merge".into(), day("2019-12-01")),
            CitedBy::Units(1, "Thị trấn Nưa".into()),
            CitedBy::Units(3, "Thị trấn Nưa".into()),
            CitedBy::DaysOff(None),
            CitedBy::DaysOff(Some(2020)),
        ];
        let show = |one: &One, refusal: &str| Self::of(page.clone(), say, one, String::new(), refusal.to_owned());
        vec![
            show(&one("quyet-dinh-01-2026-qd-ttg", "2026-11-24", Vec::new(), Vec::new()), "x"),
            show(&one("nghi-dinh-152-2025-nd-cp", "2026-11-24", all, vec![report(true, Vec::new())]), ""),
            show(&one(id.as_str(), "2026-11-24", Vec::new(), vec![report(false, vec![issue])]), ""),
            show(&one("nghi-dinh-98-2023-nd-cp", "2025-05-01", Vec::new(), Vec::new()), ""),
        ]
    }
}
