//! Persons, collectives and households; merges.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::entropy::hex;
use thidua_app::subject::{self as verbs, Opened, SubjectSeen};
use thidua_base::code::OrgId;
use thidua_domain::honour::Subject;
use thidua_domain::subject::read::{IDENTITY_FIELDS, fields_of};
use thidua_domain::subject::{Details, FactKind, MergeId, Reason, SubjectId, Term, kind_word};
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json};
use super::facts::{KnownFact, counts, fact_out, fields_in};
use super::paged::{LIMIT_MAX, Paged};
use super::problem::{ApiFault, Problem};
use crate::fault::Fault;

/// Lines of an answer where nothing was asked.
const LIMIT: usize = 100;

/// Which subjects.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SubjectsAsked {
    /// Words of the name, with or without marks, or the number of a decision.
    pub find: Option<String>,
    /// The unit they belong or belonged to.
    pub unit: Option<String>,
    /// Most lines of the answer, 1 to 500; 100 without it.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<usize>,
    /// The `next` of the answer before.
    pub cursor: Option<String>,
}

/// A person, a collective or a household in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectLine {
    /// Id; stays when names change.
    pub id: String,
    /// The name; of a household, of its head.
    pub name: String,
    /// Day or year of birth or founding; `null` where unknown.
    pub born: Option<String>,
    /// Names of the units they belong to.
    pub units: Vec<String>,
    /// Awards that count.
    pub awards: usize,
    /// `reported`, `sample` or another origin.
    pub origin: &'static str,
}

/// A person, a collective or a household with all that is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectOut {
    /// Id of whoever stands for all of it.
    pub id: String,
    /// `individual`, `collective` or `household`.
    pub kind: &'static str,
    /// The name.
    pub name: String,
    /// Day or year of birth or founding.
    pub born: Option<String>,
    /// `nam` or `nu`.
    pub sex: Option<&'static str>,
    /// The citizen's number: whole with scope `keep` and the right, else masked.
    pub cccd: Option<String>,
    /// Hamlet or home.
    pub place: String,
    /// Day of recruitment.
    pub recruited_on: Option<String>,
    /// A note.
    pub note: String,
    /// The version of this description.
    pub version: i64,
    /// Names of the units they belong to.
    pub units: Vec<String>,
    /// What is known and counts, oldest entry first.
    pub facts: Vec<KnownFact>,
    /// Ids of those for whom this one stands, by the merge.
    pub merged: BTreeMap<String, String>,
}

/// Someone to be entered, with the unit they belong to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectNew {
    /// Who: `name`, `born`, `sex`, `cccd`, `place`, `recruited_on`, `note`; and the place: `unit`, `post`, `from`, `category`, `duty`.
    fields: BTreeMap<String, String>,
    /// From where it is known.
    #[serde(default)]
    source: String,
    /// Says that nobody who is known is meant.
    #[serde(default)]
    sure: bool,
}

/// What became of a new subject.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedOut {
    /// The id; `null` where nothing was entered because some may be the same.
    pub id: Option<String>,
    /// Those who may be the same.
    pub alike: Vec<AlikeOut>,
}

/// Someone who may be the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlikeOut {
    /// Id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Day or year of birth.
    pub born: Option<String>,
    /// Why: `same-name`, `same-birth`, ….
    pub reasons: Vec<&'static str>,
}

/// A correction of who somebody is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectCorrection {
    /// Who, all of it: `name`, `born`, `sex`, `cccd`, `place`, `recruited_on`, `note`.
    fields: BTreeMap<String, String>,
    /// The version that is corrected.
    version: i64,
    /// Why.
    reason: String,
}

/// The version that holds now.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionOut {
    /// Id.
    pub id: String,
    /// Its number.
    pub version: i64,
}

/// A citizen's number to be found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CccdAsked {
    /// Twelve digits.
    cccd: String,
}

/// Someone who was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundOut {
    /// Id.
    pub id: String,
}

/// Why something is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonGiven {
    /// Why.
    reason: String,
}

/// Two who may be one.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoubleOut {
    /// One.
    pub one: AlikeOut,
    /// The other.
    pub two: AlikeOut,
    /// How much speaks for it, from 0 to 100.
    pub weight: u8,
}

/// Two who are one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeNew {
    /// Who stands for both.
    kept: String,
    /// Who is the same.
    merged: String,
    /// Why.
    reason: String,
}

/// A merge.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeOut {
    /// Id.
    pub id: String,
    /// Who stands for both.
    pub kept: String,
    /// Who is the same.
    pub merged: String,
    /// Whether it was taken back.
    pub is_undone: bool,
}

fn filled(text: String) -> Option<String> {
    if text.is_empty() { None } else { Some(text) }
}

pub(super) fn subject_id(text: &str) -> Result<SubjectId, ApiFault> {
    SubjectId::parse(text).map_err(|_| ApiFault::from(Fault::NotFound))
}

fn alike_out(id: &SubjectId, details: &Details, reasons: &[Reason]) -> AlikeOut {
    AlikeOut {
        id: id.to_string(),
        name: details.name.clone(),
        born: filled(details.born.in_iso()),
        reasons: reasons.iter().map(|reason| reason.word()).collect(),
    }
}

fn subject_out(seen: &SubjectSeen) -> SubjectOut {
    let details = &seen.details;
    let merged = seen.merges.iter().filter(|merge| merge.merge.undone.is_none());
    SubjectOut {
        id: seen.id.to_string(),
        kind: kind_word(details.kind),
        name: details.name.clone(),
        born: filled(details.born.in_iso()),
        sex: details.sex.map(Term::word),
        cccd: details.cccd.as_ref().map(|number| match seen.sees_cccd {
            true => number.digits().to_owned(),
            false => number.masked(),
        }),
        place: details.place.clone(),
        recruited_on: details.recruited_on.map(|day| day.to_string()),
        note: details.note.clone(),
        version: seen.versions.last().map_or(1, |version| version.version),
        units: seen.units.clone(),
        facts: seen.facts.iter().filter(counts).map(|fact| fact_out(&fact.fact, Vec::new())).collect(),
        merged: merged.map(|one| (one.merge.id.to_string(), one.merge.merged.to_string())).collect(),
    }
}

async fn listed(caller: &Caller, kind: Subject, asked: SubjectsAsked) -> Result<Json<Paged<SubjectLine>>, ApiFault> {
    let limit = asked.limit.unwrap_or(LIMIT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(ApiFault::BadParameter("limit"));
    }
    let after = match asked.cursor.as_deref() {
        None => 0,
        Some(cursor) => offset(cursor).ok_or(ApiFault::BadParameter("cursor"))?,
    };
    let unit = asked.unit.as_deref().map(OrgId::parse).transpose().map_err(|_| ApiFault::BadParameter("unit"))?;
    let wanted = verbs::Asked { kind: Some(kind), words: asked.find.unwrap_or_default(), unit, after, most: limit };
    let found = caller.read(move |app, by| verbs::list(app, by, &wanted)).await?;
    let end = after + found.rows.len();
    let items = found.rows.into_iter().map(|row| SubjectLine {
        id: row.identity.id.to_string(),
        name: row.identity.details.name,
        born: filled(row.identity.details.born.in_iso()),
        units: row.units,
        awards: row.awards,
        origin: row.identity.provenance.origin.word(),
    });
    let next = (end < found.count).then(|| hex(end.to_string().as_bytes()));
    Ok(Json(Paged { items: items.collect(), next }))
}

/// The number of rows that a cursor leaves out.
fn offset(cursor: &str) -> Option<usize> {
    let pairs = cursor.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> =
        pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    String::from_utf8(bytes?).ok()?.parse().ok().filter(|after| *after < 10_000_000)
}

async fn one(caller: &Caller, kind: Subject, id: &str) -> Result<Json<SubjectOut>, ApiFault> {
    let id = subject_id(id)?;
    let seen = caller.read(move |app, by| verbs::show(app, by, &id)).await?;
    if seen.details.kind != kind {
        return Err(Fault::NotFound.into());
    }
    Ok(Json(subject_out(&seen)))
}

async fn opened(caller: &Caller, kind: Subject, headers: &HeaderMap, body: Bytes) -> Result<Response, ApiFault> {
    let sent: SubjectNew = json(headers, &body)?;
    let known = [&IDENTITY_FIELDS[..], fields_of(FactKind::Position)].concat();
    let fields = fields_in(&sent.fields, &known)?;
    caller
        .once(body, move |app, by| {
            Ok(match verbs::open_subject(app, by, kind, &fields, &sent.source, sent.sure)? {
                Opened::Done(id) => OpenedOut { id: Some(id.to_string()), alike: Vec::new() },
                Opened::Alike(alike) => OpenedOut {
                    id: None,
                    alike: alike.iter().map(|one| alike_out(&one.id, &one.details, &one.reasons)).collect(),
                },
            })
        })
        .await
}

/// Three addresses for each kind of subject.
macro_rules! of_kind {
    ($kind:expr, $list:ident, $one:ident, $open:ident, $path:literal, $path_one:literal, $list_id:literal,
        $one_id:literal, $open_id:literal, $what:literal) => {
        #[doc = $what]
        #[utoipa::path(get, path = $path, operation_id = $list_id, tag = "subjects", params(SubjectsAsked),
            responses((status = 200, description = "In the order of names", body = Paged<SubjectLine>),
                (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
        pub async fn $list(
            caller: Caller,
            Query(asked): Query<SubjectsAsked>,
        ) -> Result<Json<Paged<SubjectLine>>, ApiFault> {
            listed(&caller, $kind, asked).await
        }

        #[doc = $what]
        ///
        /// One of them, with all that is known.
        #[utoipa::path(get, path = $path_one, operation_id = $one_id, tag = "subjects",
            params(("subject" = String, Path, description = "The id")),
            responses((status = 200, description = "All that is known", body = SubjectOut),
                (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
        pub async fn $one(caller: Caller, Path(id): Path<String>) -> Result<Json<SubjectOut>, ApiFault> {
            one(&caller, $kind, &id).await
        }

        #[doc = $what]
        ///
        /// Entered with the unit it belongs to; scope `enter`.
        #[utoipa::path(post, path = $path, operation_id = $open_id, tag = "subjects", request_body = SubjectNew,
            params(("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
            responses((status = 201, description = "The id, or those who may be the same", body = OpenedOut),
                (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
        pub async fn $open(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, ApiFault> {
            opened(&caller, $kind, &headers, body).await
        }
    };
}

of_kind!(
    Subject::Individual,
    persons,
    person,
    open_person,
    "/persons",
    "/persons/{subject}",
    "list_persons",
    "get_person",
    "open_person",
    "Persons (cá nhân)"
);
of_kind!(
    Subject::Collective,
    collectives,
    collective,
    open_collective,
    "/collectives",
    "/collectives/{subject}",
    "list_collectives",
    "get_collective",
    "open_collective",
    "Collectives (tập thể)"
);
of_kind!(
    Subject::Household,
    households,
    household,
    open_household,
    "/households",
    "/households/{subject}",
    "list_households",
    "get_household",
    "open_household",
    "Households (hộ gia đình)"
);

/// Finds a person by the citizen's number (tìm theo số căn cước), which never stands in an address
#[utoipa::path(post, path = "/persons/find", operation_id = "find_person", tag = "subjects", request_body = CccdAsked,
    responses((status = 200, description = "The person", body = FoundOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn find(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Json<FoundOut>, ApiFault> {
    let sent: CccdAsked = json(&headers, &body)?;
    let id = caller.read(move |app, by| verbs::by_cccd(app, by, &sent.cccd)).await?;
    Ok(Json(FoundOut { id: id.to_string() }))
}

/// Corrects who somebody is (đính chính), with a reason; scope `enter`
#[utoipa::path(post, path = "/subjects/{subject}/corrections", operation_id = "correct_subject", tag = "subjects",
    request_body = SubjectCorrection,
    params(("subject" = String, Path, description = "The id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The version that holds now", body = VersionOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn correct(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: SubjectCorrection = json(&headers, &body)?;
    let id = subject_id(&id)?;
    let fields = fields_in(&sent.fields, &IDENTITY_FIELDS)?;
    caller
        .once(body, move |app, by| {
            let done = verbs::correct_subject(app, by, &id, sent.version, &fields, &sent.reason)?;
            Ok(VersionOut { id: done.id.to_string(), version: done.version })
        })
        .await
}

/// Those who may be one (hồ sơ có thể trùng), surest first; scope `keep`
#[utoipa::path(get, path = "/duplicates", operation_id = "list_duplicates", tag = "subjects",
    responses((status = 200, description = "Pairs", body = Vec<DoubleOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn duplicates(caller: Caller) -> Result<Json<Vec<DoubleOut>>, ApiFault> {
    let found = caller.read(verbs::duplicates).await?;
    let out = found.iter().map(|double| DoubleOut {
        one: alike_out(&double.one.0, &double.one.1, &double.reasons),
        two: alike_out(&double.two.0, &double.two.1, &double.reasons),
        weight: double.weight,
    });
    Ok(Json(out.collect()))
}

/// Says that two are one (gộp hồ sơ); scope `keep`
#[utoipa::path(post, path = "/merges", operation_id = "merge_subjects", tag = "subjects", request_body = MergeNew,
    params(("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The merge", body = MergeOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn merge(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, ApiFault> {
    let sent: MergeNew = json(&headers, &body)?;
    let (kept, merged) = (subject_id(&sent.kept)?, subject_id(&sent.merged)?);
    caller
        .once(body, move |app, by| {
            verbs::merge_subjects(app, by, &kept, &merged, &sent.reason).map(|done| merge_out(&done))
        })
        .await
}

/// Takes a merge back (tách hồ sơ): both are again what they were; scope `keep`
#[utoipa::path(post, path = "/merges/{merge}/undo", operation_id = "undo_merge", tag = "subjects",
    request_body = ReasonGiven,
    params(("merge" = String, Path, description = "The id of the merge"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The merge", body = MergeOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn undo(
    caller: Caller,
    Path(merge): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ReasonGiven = json(&headers, &body)?;
    let id = MergeId::parse(&merge).map_err(|_| Fault::NotFound)?;
    caller.once(body, move |app, by| verbs::undo_merge(app, by, &id, &sent.reason).map(|done| merge_out(&done))).await
}

fn merge_out(merge: &thidua_domain::subject::Merge) -> MergeOut {
    MergeOut {
        id: merge.id.to_string(),
        kept: merge.kept.to_string(),
        merged: merge.merged.to_string(),
        is_undone: merge.undone.is_some(),
    }
}
