//! Scoring schemes of clusters: those that ship with the program, and the one a year was opened with.

use std::sync::LazyLock;

use axum::Json;
use axum::extract::{Path, Query};
use serde::Serialize;
use thidua_app::cluster::scoring;
use thidua_domain::cluster::scheme::{Criterion, Need, Part as SchemePart, Scheme, Status, TieRule, shipped};
use utoipa::ToSchema;

use super::caller::Caller;
use super::clusters::key_of;
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use crate::cluster::words;
use crate::fault::Fault;
use crate::messages::Messages;

/// A scoring scheme (bảng tiêu chí).
#[derive(Debug, Serialize, ToSchema)]
pub struct SchemeOut {
    /// Code over its versions.
    pub scheme: String,
    /// Its version, from 1.
    pub version: i64,
    /// Title.
    pub name: String,
    /// The body that issued it.
    pub issuer: String,
    /// The instrument behind it, as cited.
    pub instrument: String,
    /// `draft`, `issued` or `practice`.
    pub status: &'static str,
    /// First day.
    pub valid_from: String,
    /// First day after; `null` while it lasts.
    pub valid_to: Option<String>,
    /// Whether a cluster can be scored by it; what is missing stands in `missing`.
    pub is_whole: bool,
    /// What is not known of it.
    pub missing: Vec<String>,
    /// The file it is kept in: what opens a scoring by it.
    pub file: String,
}

/// A scheme with its criteria.
#[derive(Debug, Serialize, ToSchema)]
pub struct SchemeWhole {
    /// What it is.
    pub scheme: SchemeOut,
    /// Whose mark counts, the strongest first: `council`, `appraisal`, `peer`, `own`.
    pub marks: Vec<&'static str>,
    /// Criteria, each before those under it.
    pub criteria: Vec<CriterionOut>,
    /// Grades, the best first.
    pub grades: Vec<GradeOut>,
    /// Sanctions that may be stated (chế tài).
    pub sanctions: Vec<SanctionOut>,
    /// What decides between equal totals, in order: `bonus`, `penalty`, `vote` or `criterion:` and a code.
    pub ties: Vec<String>,
}

/// A criterion (tiêu chí).
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionOut {
    /// Code.
    pub criterion: String,
    /// What it asks.
    pub label: String,
    /// `content`, `bonus` or `penalty`.
    pub part: &'static str,
    /// The group it stands under.
    pub under: Option<String>,
    /// Most points; `null` without a ceiling.
    pub max: Option<String>,
    /// How it is scored; `null` for a group.
    pub rule: Option<&'static str>,
    /// The rule in sentences.
    pub says: Vec<String>,
    /// The indicator whose figures score it; nobody types them.
    pub indicator: Option<String>,
    /// Whether it brings points only with evidence.
    pub needs_evidence: bool,
}

/// A grade (mức xếp loại).
#[derive(Debug, Serialize, ToSchema)]
pub struct GradeOut {
    /// Code.
    pub grade: String,
    /// Name.
    pub name: String,
}

/// A sanction (chế tài).
#[derive(Debug, Serialize, ToSchema)]
pub struct SanctionOut {
    /// Code.
    pub sanction: String,
    /// What it is for.
    pub label: String,
}

/// The shipped schemes, read once.
static SHIPPED: LazyLock<Vec<Scheme>> = LazyLock::new(|| shipped().unwrap_or_default());

fn out(scheme: &Scheme) -> SchemeOut {
    SchemeOut {
        scheme: scheme.code.to_string(),
        version: scheme.version,
        name: scheme.name.clone(),
        issuer: scheme.issuer.clone(),
        instrument: scheme.instrument.clone(),
        status: match scheme.status {
            Status::Draft => "draft",
            Status::Issued => "issued",
            Status::Practice => "practice",
        },
        valid_from: scheme.valid_from.to_string(),
        valid_to: scheme.valid_to.map(|day| day.to_string()),
        is_whole: scheme.is_whole(),
        missing: scheme.missing.clone(),
        file: scheme.file.clone(),
    }
}

fn criterion(say: &'static Messages, scheme: &Scheme, criterion: &Criterion) -> CriterionOut {
    CriterionOut {
        criterion: criterion.code.to_string(),
        label: words::label(say, criterion),
        part: match criterion.part {
            SchemePart::Content => "content",
            SchemePart::Bonus => "bonus",
            SchemePart::Penalty => "penalty",
        },
        under: criterion.under.and_then(|place| scheme.criteria.get(place)).map(|group| group.code.to_string()),
        max: criterion.max.map(|most| most.to_string()),
        rule: criterion.rule.as_ref().map(|rule| rule.word()),
        says: words::rule(say, criterion),
        indicator: criterion.indicator().map(ToString::to_string),
        needs_evidence: criterion.evidence == Need::Evidence,
    }
}

fn whole(say: &'static Messages, scheme: &Scheme) -> SchemeWhole {
    let tie = |rule: &TieRule| match rule {
        TieRule::Bonus => "bonus".to_owned(),
        TieRule::Penalty => "penalty".to_owned(),
        TieRule::Vote => "vote".to_owned(),
        TieRule::Criterion(code) => format!("criterion:{code}"),
    };
    let sanctions = scheme.sanctions.iter();
    SchemeWhole {
        scheme: out(scheme),
        marks: scheme.marks.iter().map(|level| level.word()).collect(),
        criteria: scheme.criteria.iter().map(|one| criterion(say, scheme, one)).collect(),
        grades: scheme
            .grades
            .iter()
            .map(|grade| GradeOut { grade: grade.code.clone(), name: grade.name.clone() })
            .collect(),
        sanctions: sanctions.map(|one| SanctionOut { sanction: one.code.clone(), label: one.label.clone() }).collect(),
        ties: scheme.ties.iter().map(tie).collect(),
    }
}

/// The scoring schemes that ship with the program (bảng tiêu chí), whole or not
#[utoipa::path(get, path = "/scoring-schemes", operation_id = "list_scoring_schemes", tag = "clusters", params(Part),
    responses((status = 200, description = "Schemes, by code and version", body = Paged<SchemeOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(part): Query<Part>) -> Result<Json<Paged<SchemeOut>>, ApiFault> {
    caller.read(|_, _| Ok(())).await?;
    let key = |scheme: &&Scheme| format!("{} {:06}", scheme.code, scheme.version);
    Ok(Json(part.of(SHIPPED.iter().collect(), key, out)?))
}

/// One scheme with its criteria; of several versions the last
#[utoipa::path(get, path = "/scoring-schemes/{scheme}", operation_id = "get_scoring_scheme", tag = "clusters",
    params(("scheme" = String, Path, description = "Code")),
    responses((status = 200, description = "The scheme", body = SchemeWhole),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(caller: Caller, Path(code): Path<String>) -> Result<Json<SchemeWhole>, ApiFault> {
    caller.read(|_, _| Ok(())).await?;
    let of_code = SHIPPED.iter().filter(|scheme| scheme.code.as_str() == code);
    let found = of_code.max_by_key(|scheme| scheme.version).ok_or(Fault::NotFound)?;
    Ok(Json(whole(caller.say, found)))
}

/// The scheme that a cluster's year was opened with, as its file was that day
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/scheme", operation_id = "get_cluster_scheme",
    tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year")),
    responses((status = 200, description = "The scheme", body = SchemeWhole),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn opened_with(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
) -> Result<Json<SchemeWhole>, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    let scored = seen.scored.ok_or(Fault::NotFound)?;
    Ok(Json(whole(caller.say, &scored.scheme)))
}
