//! What is known of persons, collectives and households: one resource for each kind of fact.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::subject::{self as verbs, FactAsked, FactSeen};
use thidua_domain::subject::decide::Warning;
use thidua_domain::subject::read::fields_of;
use thidua_domain::subject::{Fact, FactId, FactKind, Fields, Term};
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json};
use super::problem::{ApiFault, Problem};
use super::subjects::subject_id;
use crate::fault::Fault;

/// Most fields of one fact.
const FIELDS_MAX: usize = 30;

/// A fact.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownFact {
    /// Id.
    pub id: String,
    /// Whom it is about.
    pub subject: String,
    /// `position`, `rating`, `initiative`, `award`, ….
    pub kind: &'static str,
    /// What it says, field by field.
    pub fields: BTreeMap<String, String>,
    /// The fact it took the place of.
    pub corrects: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// `reported`, `sample` or another origin.
    pub origin: &'static str,
    /// Who entered it.
    pub entered_by: String,
    /// When.
    pub entered_at: String,
    /// Why it was corrected; empty for a first entry.
    pub reason: String,
    /// What should be looked at; only in the answer to an entry.
    pub warnings: Vec<String>,
}

/// Whose facts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FactsAsked {
    /// The subject.
    pub subject: String,
}

/// A fact to be entered, or a correction of one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactNew {
    /// Whom it is about.
    subject: String,
    /// What it says, field by field; days as `2020-01-31`, closed words as in the answers.
    fields: BTreeMap<String, String>,
    /// From where it is known.
    #[serde(default)]
    source: String,
    /// The fact it corrects.
    #[serde(default)]
    corrects: Option<String>,
    /// Why it is corrected.
    #[serde(default)]
    reason: String,
}

/// A fact to be taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactWithdrawn {
    /// Whom it is about.
    subject: String,
    /// Why.
    reason: String,
}

/// The fields that were sent; others than the known ones are refused.
pub(super) fn fields_in(sent: &BTreeMap<String, String>, known: &[&str]) -> Result<Fields, ApiFault> {
    if sent.len() > FIELDS_MAX || sent.keys().any(|name| !known.contains(&name.as_str())) {
        return Err(ApiFault::BadParameter("fields"));
    }
    Ok(Fields::of(sent.iter().map(|(name, text)| (name.as_str(), text.as_str()))))
}

/// A fact as it is sent.
pub(super) fn fact_out(fact: &Fact, warnings: Vec<String>) -> KnownFact {
    let fields = fact.about.fields();
    KnownFact {
        id: fact.id.to_string(),
        subject: fact.subject.to_string(),
        kind: fact.about.kind().map_or("withdrawn", Term::word),
        fields: fields.iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
        corrects: fact.supersedes.as_ref().map(|id| id.to_string()),
        source: fact.provenance.source.clone(),
        origin: fact.provenance.origin.word(),
        entered_by: fact.entered.by.clone(),
        entered_at: fact.entered.at.to_string(),
        reason: fact.entered.reason.clone(),
        warnings,
    }
}

/// Whether a fact counts.
pub(super) fn counts(fact: &&FactSeen) -> bool {
    !fact.is_gone && fact.fact.about.kind().is_some()
}

async fn facts(caller: &Caller, kind: FactKind, asked: FactsAsked) -> Result<Json<Vec<KnownFact>>, ApiFault> {
    let id = subject_id(&asked.subject)?;
    let seen = caller.read(move |app, by| verbs::show(app, by, &id)).await?;
    let of = seen.facts.iter().filter(counts).filter(|fact| fact.fact.about.kind() == Some(kind));
    Ok(Json(of.map(|fact| fact_out(&fact.fact, Vec::new())).collect()))
}

async fn entered(caller: &Caller, kind: FactKind, headers: &HeaderMap, body: Bytes) -> Result<Response, ApiFault> {
    let sent: FactNew = json(headers, &body)?;
    let id = subject_id(&sent.subject)?;
    let asked = FactAsked {
        kind,
        fields: fields_in(&sent.fields, fields_of(kind))?,
        source: sent.source,
        corrects: match sent.corrects.as_deref() {
            None => None,
            Some(id) => Some(FactId::parse(id).map_err(|_| ApiFault::BadParameter("corrects"))?),
        },
        reason: sent.reason,
    };
    let say = caller.say;
    caller
        .once(body, move |app, by| {
            let done = verbs::enter_fact(app, by, &id, &asked)?;
            let warned = |warning: &Warning| crate::subject::form::said(say, warning);
            Ok(fact_out(&done.fact, done.warnings.iter().map(warned).collect()))
        })
        .await
}

/// Two addresses for each kind of fact.
macro_rules! of_facts {
    ($kind:expr, $list:ident, $enter:ident, $path:literal, $list_id:literal, $enter_id:literal, $what:literal) => {
        #[doc = $what]
        ///
        /// Those of one subject that count, oldest entry first.
        #[utoipa::path(get, path = $path, operation_id = $list_id, tag = "facts", params(FactsAsked),
            responses((status = 200, description = "The facts", body = Vec<KnownFact>),
                (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
        pub async fn $list(caller: Caller, Query(asked): Query<FactsAsked>) -> Result<Json<Vec<KnownFact>>, ApiFault> {
            facts(&caller, $kind, asked).await
        }

        #[doc = $what]
        ///
        /// Entered, or corrected with a reason; scope `enter`.
        #[utoipa::path(post, path = $path, operation_id = $enter_id, tag = "facts", request_body = FactNew,
            params(("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
            responses((status = 201, description = "The fact", body = KnownFact),
                (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
        pub async fn $enter(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, ApiFault> {
            entered(&caller, $kind, &headers, body).await
        }
    };
}

of_facts!(
    FactKind::Position,
    positions,
    enter_position,
    "/positions",
    "list_positions",
    "enter_position",
    "Units and posts (nơi công tác, chức vụ): unit, post, from, to, category, duty, office"
);
of_facts!(
    FactKind::Rating,
    ratings,
    enter_rating,
    "/ratings",
    "list_ratings",
    "enter_rating",
    "Yearly ratings (xếp loại): year, grade, number, decided_on"
);
of_facts!(
    FactKind::Initiative,
    initiatives,
    enter_initiative,
    "/initiatives",
    "list_initiatives",
    "enter_initiative",
    "Initiatives and research (sáng kiến, đề tài): year, name, initiative_kind, scope, status, level, number, decided_on"
);
of_facts!(
    FactKind::Award,
    awards,
    enter_award,
    "/awards",
    "list_awards",
    "enter_award",
    "Awards (khen thưởng): year, honour, number, decided_on, authority, level, period_from, period_to, achievement, commendation, duty, unit, revoked_on"
);
of_facts!(
    FactKind::Registration,
    registrations,
    enter_registration,
    "/registrations",
    "list_registrations",
    "enter_registration",
    "Registrations for emulation (đăng ký thi đua): year, on, honour"
);
of_facts!(
    FactKind::Discipline,
    disciplines,
    enter_discipline,
    "/disciplines",
    "list_disciplines",
    "enter_discipline",
    "Discipline (kỷ luật): discipline_level, from, to, number"
);
of_facts!(
    FactKind::Inquiry,
    inquiries,
    enter_inquiry,
    "/inquiries",
    "list_inquiries",
    "enter_inquiry",
    "Inspections, complaints, reviews (thanh tra, khiếu nại): inquiry_kind, from, to, name"
);
of_facts!(
    FactKind::Service,
    services,
    enter_service,
    "/services",
    "list_services",
    "enter_service",
    "Service in fields (thời gian trong ngành): field, from, to, hardship"
);
of_facts!(
    FactKind::Ranking,
    rankings,
    enter_ranking,
    "/rankings",
    "list_rankings",
    "enter_ranking",
    "Ranks in clusters (xếp hạng cụm, khối): year, rank, organiser, name"
);
of_facts!(
    FactKind::Result,
    results,
    enter_result,
    "/movement-results",
    "list_movement_results",
    "enter_movement_result",
    "Results in movements (kết quả phong trào): year, name, launcher, from, to, outcome, review"
);
of_facts!(
    FactKind::Score,
    scores,
    enter_score,
    "/scores",
    "list_scores",
    "enter_score",
    "Points by criteria of families and residential areas (điểm chấm): year, points, segment, groups_ok, groups, number"
);
of_facts!(
    FactKind::Count,
    fact_counts,
    enter_count,
    "/counts",
    "list_counts",
    "enter_count",
    "Counted facts (số đếm được): fact, amount, number"
);
of_facts!(
    FactKind::Statement,
    statements,
    enter_statement,
    "/statements",
    "list_statements",
    "enter_statement",
    "Stated facts (sự việc có hoặc không): fact, holds, number"
);
of_facts!(
    FactKind::Complete,
    completes,
    enter_complete,
    "/complete-registers",
    "list_complete_registers",
    "enter_complete_register",
    "From which year a part of the register is complete (sổ đầy đủ từ năm): completed, year"
);

/// Takes back a fact that never was (rút dòng ghi nhầm), with a reason; scope `enter`
#[utoipa::path(post, path = "/facts/{fact}/withdraw", operation_id = "withdraw_fact", tag = "facts",
    request_body = FactWithdrawn,
    params(("fact" = String, Path, description = "The id of the fact"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The withdrawal", body = KnownFact),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(
    caller: Caller,
    Path(fact): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: FactWithdrawn = json(&headers, &body)?;
    let id = subject_id(&sent.subject)?;
    let fact = FactId::parse(&fact).map_err(|_| Fault::NotFound)?;
    caller
        .once(body, move |app, by| {
            verbs::withdraw_fact(app, by, &id, &fact, &sent.reason).map(|done| fact_out(&done, Vec::new()))
        })
        .await
}
