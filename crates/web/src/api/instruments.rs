//! Legal instruments on a day, and what cites them.

use axum::Json;
use axum::extract::{Path, Query};
use serde::{Deserialize, Serialize};
use thidua_app::instrument::{self as verbs, Catalogue, CitedBy, CitingReport};
use thidua_base::Date;
use thidua_base::code::InstrumentId;
use thidua_law::library::{Citation, LibraryEntry, Standing, Sureness};
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use crate::fault::Fault;

/// Which instruments.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InstrumentsAsked {
    /// The day on which they stand, `YYYY-MM-DD`; the day the pages show without it.
    pub day: Option<String>,
    /// A number, parts of one, or words of the title; marks are not needed, slips are forgiven.
    pub find: Option<String>,
    /// Kind: `Nghị định`.
    pub kind: Option<String>,
    /// `in-force`, `not-yet`, `ended` or `unknown` on that day.
    pub standing: Option<String>,
    /// Most lines of the answer, 1 to 500; 100 without it.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<usize>,
    /// The `next` of the answer before.
    pub cursor: Option<String>,
}

/// On which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InstrumentAsked {
    /// The day on which it stands, `YYYY-MM-DD`; the day the pages show without it.
    pub day: Option<String>,
}

/// How surely the facts of an instrument are known: `text-seen`, `secondary` or `recalled`.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurenessOut {
    /// The instrument, its number and issuer.
    pub entry: &'static str,
    /// The title.
    pub title: &'static str,
    /// The day of issue.
    pub issued_on: &'static str,
    /// The first day in force.
    pub in_force_from: &'static str,
    /// The end, or that there is none.
    pub end: &'static str,
}

/// A legal instrument (văn bản) as it stands on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentOut {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// Number and symbol.
    pub number: String,
    /// Title.
    pub title: String,
    /// Issuing body.
    pub issuer: String,
    /// Day of issue; `null` where it is not known.
    pub issued_on: Option<String>,
    /// First day in force; `null` where it is not known.
    pub in_force_from: Option<String>,
    /// First day no longer in force; `null` where none is known.
    pub in_force_to: Option<String>,
    /// Whether that end was set in advance while no successor is known.
    pub is_end_foreseen: bool,
    /// The day asked.
    pub day: String,
    /// `in-force`, `not-yet`, `ended` or `unknown` on that day.
    pub standing: &'static str,
    /// Days left in force from that day on; `null` where it is not in force or no end is known.
    pub days_left: Option<i64>,
    /// Whether it ends soon: within half a year.
    pub is_lapsing: bool,
    /// The instruments it replaces.
    pub replaces: Vec<String>,
    /// The instrument that replaces it.
    pub replaced_by: Option<String>,
    /// The instruments it amends.
    pub amends: Vec<String>,
    /// The instruments that amend it.
    pub amended_by: Vec<String>,
    /// What it is for; may be empty.
    pub role: String,
    /// What to know of it; may be empty.
    pub note: String,
    /// How surely it is known; `null` for an instrument of a data pack.
    pub confidence: Option<SurenessOut>,
    /// Where it was read.
    pub sources: Vec<String>,
}

/// A place of the data that cites an instrument.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitationOut {
    /// `movement`, `form`, `check`, `plan`, `indicator`, `event`, `units` or `days-off`.
    pub what: &'static str,
    /// Its id or code; for events the day, for days off the year; may be empty.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// The provision cited; empty where the whole is.
    pub provision: String,
}

/// An issue of a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssueOut {
    /// Which issue, from 1.
    pub number: i64,
    /// When.
    pub at: String,
}

/// A report whose text cites an instrument.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitingReportOut {
    /// The report.
    pub report: String,
    /// The name of its unit on its day.
    pub unit_name: String,
    /// Its day.
    pub dated: String,
    /// How the instrument stood on that day.
    pub standing: &'static str,
    /// Whether the text cites it as it stands.
    pub is_current: bool,
    /// The issues whose text cited it.
    pub issues: Vec<IssueOut>,
}

/// One instrument with what cites it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentWhole {
    /// The instrument.
    pub instrument: InstrumentOut,
    /// What of the data cites it.
    pub cited_by: Vec<CitationOut>,
    /// The reports that cite it, the latest period first.
    pub reports: Vec<CitingReportOut>,
}

impl InstrumentOut {
    fn of(catalogue: &Catalogue, entry: &LibraryEntry) -> Self {
        let (library, day) = (&catalogue.library, catalogue.day);
        let ids = |entries: Vec<&LibraryEntry>| entries.into_iter().map(|one| one.id.to_string()).collect();
        Self {
            id: entry.id.to_string(),
            kind: entry.kind.clone(),
            number: entry.number.clone(),
            title: entry.title.clone(),
            issuer: entry.issuer.clone(),
            issued_on: entry.issued_on.map(|day| day.to_string()),
            in_force_from: entry.in_force_from.map(|day| day.to_string()),
            in_force_to: entry.end.map(|end| end.day.to_string()),
            is_end_foreseen: entry.end.is_some_and(|end| end.is_foreseen),
            day: day.to_string(),
            standing: entry.standing(day).word(),
            days_left: entry.days_left(day),
            is_lapsing: entry.is_lapsing(day),
            replaces: ids(library.replaced(&entry.id)),
            replaced_by: entry.replaced_by.as_ref().map(ToString::to_string),
            amends: entry.amends.iter().map(ToString::to_string).collect(),
            amended_by: ids(library.amended_by(&entry.id)),
            role: entry.role.clone(),
            note: entry.note.clone(),
            confidence: entry.sureness.map(sureness),
            sources: entry.sources.clone(),
        }
    }
}

fn sureness(sure: Sureness) -> SurenessOut {
    SurenessOut {
        entry: sure.entry.word(),
        title: sure.title.word(),
        issued_on: sure.issued_on.word(),
        in_force_from: sure.in_force_from.word(),
        end: sure.end.word(),
    }
}

fn cited(citation: Citation<CitedBy>) -> CitationOut {
    let (what, id, name) = match citation.what {
        CitedBy::Honour(code, name) => ("honour", code.to_string(), name.vi),
        CitedBy::Movement(code, name) => ("movement", code.to_string(), name),
        CitedBy::Form(id, name) => ("form", id.to_string(), name),
        CitedBy::Check(code) => ("check", code, String::new()),
        CitedBy::Plan(id, name) => ("plan", id.to_string(), name),
        CitedBy::Indicator(code, name) => ("indicator", code.to_string(), name),
        CitedBy::Event(kind, day) => ("event", day.to_string(), kind),
        CitedBy::Units(count, first) => ("units", count.to_string(), first),
        CitedBy::DaysOff(year) => ("days-off", year.map(|year| year.to_string()).unwrap_or_default(), String::new()),
    };
    CitationOut { what, id, name, provision: citation.provision }
}

fn reported(entry: &LibraryEntry, report: &CitingReport) -> CitingReportOut {
    let issues = report.issues.iter().map(|issue| IssueOut { number: issue.number, at: issue.at.to_string() });
    CitingReportOut {
        report: report.id.to_string(),
        unit_name: report.unit_name.clone(),
        dated: report.dated.to_string(),
        standing: entry.standing(report.dated).word(),
        is_current: report.is_current,
        issues: issues.collect(),
    }
}

fn day_of(asked: Option<&str>) -> Result<Option<Date>, ApiFault> {
    asked.map(Date::parse).transpose().map_err(|_| ApiFault::BadParameter("day"))
}

/// The legal instruments (văn bản), the best found first
#[utoipa::path(get, path = "/law/instruments", operation_id = "list_instruments", tag = "law", params(InstrumentsAsked),
    responses((status = 200, description = "Instruments, the best found first, else the latest", body = Paged<InstrumentOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    caller: Caller,
    Query(asked): Query<InstrumentsAsked>,
) -> Result<Json<Paged<InstrumentOut>>, ApiFault> {
    let day = day_of(asked.day.as_deref())?;
    let is_standing = |word: &String| Standing::ALL.iter().any(|one| one.word() == word);
    if !asked.standing.as_ref().is_none_or(is_standing) {
        return Err(ApiFault::BadParameter("standing"));
    }
    let catalogue = caller.read(move |app, by| verbs::library(app, by, day)).await?;
    let found = catalogue.library.find(asked.find.as_deref().unwrap_or_default());
    let is_wanted = |entry: &&LibraryEntry| {
        asked.kind.as_ref().is_none_or(|kind| entry.kind == *kind)
            && asked.standing.as_ref().is_none_or(|word| entry.standing(catalogue.day).word() == word)
    };
    let entries: Vec<(usize, &LibraryEntry)> =
        found.iter().map(|found| found.entry).filter(is_wanted).enumerate().collect();
    let part = Part { limit: asked.limit, cursor: asked.cursor };
    let key = |(place, _): &(usize, &LibraryEntry)| format!("{place:06}");
    Ok(Json(part.of(entries, key, |(_, entry)| InstrumentOut::of(&catalogue, entry))?))
}

/// One legal instrument, and what cites it as far as the key sees
#[utoipa::path(get, path = "/law/instruments/{instrument}", operation_id = "read_instrument", tag = "law",
    params(("instrument" = String, Path, description = "Id of the instrument"), InstrumentAsked),
    responses((status = 200, description = "The instrument", body = InstrumentWhole),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<InstrumentAsked>,
) -> Result<Json<InstrumentWhole>, ApiFault> {
    let id = InstrumentId::parse(&id).map_err(|_| Fault::NotFound)?;
    let day = day_of(asked.day.as_deref())?;
    let one = caller.read(move |app, by| verbs::one(app, by, &id, day)).await?;
    Ok(Json(InstrumentWhole {
        instrument: InstrumentOut::of(&one.catalogue, &one.entry),
        reports: one.reports.iter().map(|report| reported(&one.entry, report)).collect(),
        cited_by: one.cited.into_iter().map(cited).collect(),
    }))
}
