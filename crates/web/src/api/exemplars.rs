//! Exemplars: the register, one of them; proposing, recognising, confirming, withdrawing, telling copies.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::exemplar::{
    self, Asked, NewReplication, One, Row, Taken, confirm, propose, recognise, register, retract, tell_replication,
    withdraw,
};
use thidua_base::code::{ExemplarId, IndicatorCode, MovementCode, OrgId};
use thidua_base::{Date, Number};
use thidua_domain::actor::Verb;
use thidua_domain::exemplar::{Contact, ExemplarKind, Proposal, Standing};
use thidua_domain::subject::SubjectId;
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json};
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use crate::fault::Fault;

/// An exemplar (điển hình, mô hình) in the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExemplarOut {
    /// Id.
    pub id: String,
    /// `model`, `person`, `collective` or `household`.
    pub kind: &'static str,
    /// Field, a word such as `trong-trot`.
    pub field: String,
    /// Name.
    pub name: String,
    /// Place.
    pub unit: Option<String>,
    /// Its name.
    pub unit_name: Option<String>,
    /// Size today, a decimal.
    pub size: Option<String>,
    /// Unit of measure.
    pub measure: String,
    /// Year since when.
    pub since: Option<i16>,
    /// `proposed`, `recognised`, `confirmed`, `grey` or `withdrawn`, as of today.
    pub standing: &'static str,
    /// The last day on which somebody vouched for it.
    pub vouched_on: Option<String>,
    /// The movement it came out of.
    pub movement: Option<String>,
    /// Units that copied it.
    pub copies: usize,
    /// Whether it was reported, or is a sample.
    pub origin: &'static str,
}

/// One exemplar; what the account may not read is `null` or empty.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExemplarWhole {
    /// Id.
    pub id: String,
    /// `model`, `person`, `collective` or `household`.
    pub kind: &'static str,
    /// Field.
    pub field: String,
    /// Name.
    pub name: String,
    /// Place.
    pub unit: Option<String>,
    /// Size today, a decimal.
    pub size: Option<String>,
    /// Unit of measure.
    pub measure: String,
    /// Year since when.
    pub since: Option<i16>,
    /// How it stands today.
    pub standing: &'static str,
    /// The day from which it is grey unless somebody confirms it.
    pub grey_from: Option<String>,
    /// Number of the decision that recognised it.
    pub decision: Option<String>,
    /// Its day.
    pub decided_on: Option<String>,
    /// What is told.
    pub story: String,
    /// How it is done.
    pub method: String,
    /// The movement it came out of.
    pub movement: Option<String>,
    /// Whom to ask; `null` for who sees what the public sees.
    pub contact: Option<ContactOut>,
    /// Papers and pictures the account may read, by id.
    pub papers: Vec<PaperOut>,
    /// Who copied it.
    pub copies: Vec<CopyOut>,
    /// What happened; empty for who sees what the public sees.
    pub history: Vec<EventOut>,
}

/// Whom to ask (người liên hệ).
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactOut {
    /// Name.
    pub name: String,
    /// Telephone, address or mail.
    pub way: String,
}

/// A paper or picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperOut {
    /// Id.
    pub id: String,
    /// Number of the document.
    pub number: String,
    /// What it is.
    pub description: String,
    /// Name of the file.
    pub file: Option<String>,
    /// Media type of the file.
    pub media_type: Option<&'static str>,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Whether it was taken back.
    pub is_withdrawn: bool,
}

/// A copy (học theo).
#[derive(Debug, Serialize, ToSchema)]
pub struct CopyOut {
    /// Who copied.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// Since when.
    pub since: String,
    /// How.
    pub how: String,
    /// What changed, from the figures.
    pub changes: Vec<ChangeOut>,
}

/// The figures of the copying unit before and since; `null` where there is none.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeOut {
    /// Indicator.
    pub indicator: String,
    /// Period before.
    pub before_period: Option<String>,
    /// Its figure.
    pub before: Option<String>,
    /// A like period since; `null` while none is over.
    pub after_period: Option<String>,
    /// Its figure.
    pub after: Option<String>,
}

/// A step that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventOut {
    /// `propose-exemplar`, `recognise-exemplar`, `confirm-exemplar`, `retract-exemplar` or `withdraw-exemplar`.
    pub step: &'static str,
    /// The day from which it holds.
    pub day: String,
    /// Number of the decision.
    pub decision: String,
    /// Why, or what was found.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// What narrows the register.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Narrowed {
    /// Words of the name, the place or what is told, with or without marks.
    #[serde(default)]
    q: String,
    /// Field.
    #[serde(default)]
    field: String,
    /// Place, with the places below it.
    unit: Option<String>,
    /// `proposed`, `recognised`, `confirmed`, `grey` or `withdrawn`.
    standing: Option<String>,
    /// Movement.
    movement: Option<String>,
}

/// A proposal (đề xuất).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExemplarNew {
    /// `model`, `person`, `collective` or `household`.
    kind: String,
    /// The record of the person, collective or household.
    subject: Option<String>,
    /// Field, a word such as `trong-trot`.
    field: String,
    /// Name.
    name: String,
    /// Place.
    unit: String,
    /// Size, a decimal such as `0.5`.
    size: Option<String>,
    /// Unit of measure.
    #[serde(default)]
    measure: String,
    /// Year since when.
    since: Option<i16>,
    /// What is told.
    #[serde(default)]
    story: String,
    /// How it is done.
    method: String,
    /// Whom to ask; never public.
    #[serde(default)]
    contact_name: String,
    /// How to reach them; never public.
    #[serde(default)]
    contact_way: String,
    /// The movement it came out of.
    movement: Option<String>,
}

/// A recognition (công nhận).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionNew {
    /// Number of the decision.
    decision: String,
    /// Its day.
    day: String,
    /// A note.
    #[serde(default)]
    note: String,
}

/// A confirmation (xác nhận lại).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationNew {
    /// The day of the visit.
    day: String,
    /// The size that was found, where it is another; a decimal.
    size: Option<String>,
    /// What was found.
    #[serde(default)]
    note: String,
}

/// A withdrawal (rút): of a proposal by who proposes, of anything by who decides.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExemplarWithdrawalNew {
    /// Why.
    reason: String,
}

/// A copy to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplicationNew {
    /// Who copied.
    unit: String,
    /// Since when.
    since: String,
    /// How.
    how: String,
    /// Indicators in which a change would be seen; the figures are looked up.
    indicators: Vec<String>,
}

/// Where an exemplar stands after what was asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExemplarKept {
    /// Id.
    pub id: String,
    /// How it stands today.
    pub standing: &'static str,
}

fn row(row: Row) -> ExemplarOut {
    let exemplar = row.exemplar;
    ExemplarOut {
        id: exemplar.id.to_string(),
        kind: row.kind.word(),
        field: exemplar.field,
        name: exemplar.name,
        unit: exemplar.unit.map(|unit| unit.to_string()),
        unit_name: row.place,
        size: row.size.map(|size| size.to_string()),
        measure: exemplar.measure,
        since: exemplar.since,
        standing: row.standing.word(),
        vouched_on: row.vouched_on.map(|day| day.to_string()),
        movement: row.movement.map(|(code, _)| code.to_string()),
        copies: row.copies,
        origin: exemplar.provenance.origin.word(),
    }
}

fn whole(one: &One) -> ExemplarWhole {
    let exemplar = &one.exemplar;
    let papers = one.papers.iter().chain(&one.pictures);
    let mut papers: Vec<PaperOut> = papers
        .map(|paper| PaperOut {
            id: paper.id.to_string(),
            number: paper.number.clone(),
            description: paper.description.clone(),
            file: paper.file.as_ref().map(|file| file.name.clone()),
            media_type: paper.file.as_ref().map(|file| file.kind.media_type()),
            is_picture: paper.picture.is_some(),
            is_withdrawn: !paper.stands(),
        })
        .collect();
    papers.sort_by(|a, b| a.id.cmp(&b.id));
    let copies = one.copies.iter().map(|seen| CopyOut {
        unit: seen.copy.unit.to_string(),
        unit_name: seen.unit_name.clone(),
        since: seen.copy.since.to_string(),
        how: seen.copy.how.clone(),
        changes: seen
            .changes
            .iter()
            .map(|seen| {
                let change = seen.change.as_ref();
                ChangeOut {
                    indicator: seen.indicator.code.to_string(),
                    before_period: change.map(|change| change.before_period.to_string()),
                    before: change.and_then(|change| change.before).map(|number| number.to_string()),
                    after_period: change.map(|change| change.after_period.to_string()),
                    after: change.and_then(|change| change.after).map(|number| number.to_string()),
                }
            })
            .collect(),
    });
    let history = one.history.iter().map(|event| EventOut {
        step: event.verb.word(),
        day: event.day.to_string(),
        decision: event.decision.clone(),
        reason: event.reason.clone(),
        by: event.by.clone(),
        at: event.at.to_string(),
    });
    let contact = &one.profile.contact;
    ExemplarWhole {
        id: exemplar.id.to_string(),
        kind: one.profile.kind.word(),
        field: exemplar.field.clone(),
        name: exemplar.name.clone(),
        unit: exemplar.unit.as_ref().map(ToString::to_string),
        size: one.size.map(|size| size.to_string()),
        measure: exemplar.measure.clone(),
        since: exemplar.since,
        standing: one.standing.word(),
        grey_from: one.grey_from.map(|day| day.to_string()),
        decision: one.decision.as_ref().map(|(number, _)| number.clone()),
        decided_on: one.decision.as_ref().map(|(_, day)| day.to_string()),
        story: exemplar.story.clone(),
        method: one.profile.method.clone(),
        movement: one.movement.as_ref().map(|(code, _)| code.to_string()),
        contact: one.reads.then(|| ContactOut { name: contact.name.clone(), way: contact.way.clone() }),
        papers,
        copies: copies.collect(),
        history: history.collect(),
    }
}

fn id_of(id: &str) -> Result<ExemplarId, ApiFault> {
    Ok(ExemplarId::parse(id).map_err(|_| Fault::NotFound)?)
}

fn day_of(day: &str, name: &'static str) -> Result<Date, ApiFault> {
    Date::parse(day).map_err(|_| ApiFault::BadParameter(name))
}

fn kept(id: &ExemplarId, taken: &Taken) -> ExemplarKept {
    ExemplarKept { id: id.to_string(), standing: taken.standing.word() }
}

/// The register of exemplars the account may see (sổ điển hình), by id
#[utoipa::path(get, path = "/exemplars", operation_id = "list_exemplars", tag = "exemplars", params(Narrowed, Part),
    responses((status = 200, description = "The exemplars", body = Paged<ExemplarOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    caller: Caller,
    Query(narrowed): Query<Narrowed>,
    Query(part): Query<Part>,
) -> Result<Json<Paged<ExemplarOut>>, ApiFault> {
    let standing = match narrowed.standing.as_deref() {
        None => None,
        Some(word) => {
            let known = Standing::ALL.into_iter().find(|standing| standing.word() == word);
            Some(known.ok_or(ApiFault::BadParameter("standing"))?)
        }
    };
    let asked = Asked {
        words: narrowed.q,
        field: narrowed.field,
        place: narrowed.unit.map(|unit| OrgId::parse(&unit).map_err(|_| ApiFault::BadParameter("unit"))).transpose()?,
        standing,
        movement: narrowed
            .movement
            .map(|code| MovementCode::parse(&code).map_err(|_| ApiFault::BadParameter("movement")))
            .transpose()?,
        as_public: false,
        after: 0,
        most: usize::MAX,
    };
    let listed = caller.read(move |app, by| register(app, by, &asked)).await?;
    Ok(Json(part.of(listed.rows, |row| row.exemplar.id.to_string(), row)?))
}

/// One exemplar: facts, proof, history, who copied it and what changed
#[utoipa::path(get, path = "/exemplars/{exemplar}", operation_id = "get_exemplar", tag = "exemplars",
    params(("exemplar" = String, Path, description = "Id")),
    responses((status = 200, description = "The exemplar", body = ExemplarWhole),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(caller: Caller, Path(id): Path<String>) -> Result<Json<ExemplarWhole>, ApiFault> {
    let id = id_of(&id)?;
    let one = caller.read(move |app, by| exemplar::one(app, by, &id, false)).await?;
    Ok(Json(whole(&one)))
}

/// Proposes an exemplar (đề xuất điển hình); scope `send`
#[utoipa::path(post, path = "/exemplars", operation_id = "propose_exemplar", tag = "exemplars",
    request_body = ExemplarNew,
    params(("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The proposal", body = ExemplarKept),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn propose_one(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, ApiFault> {
    let sent: ExemplarNew = json(&headers, &body)?;
    let size = sent.size.map(|size| Number::parse(&size).map_err(|_| ApiFault::BadParameter("size"))).transpose()?;
    let proposal = Proposal {
        kind: ExemplarKind::parse(&sent.kind).ok_or(ApiFault::BadParameter("kind"))?,
        subject: sent
            .subject
            .map(|id| SubjectId::parse(&id).map_err(|_| ApiFault::BadParameter("subject")))
            .transpose()?,
        field: sent.field,
        name: sent.name,
        unit: OrgId::parse(&sent.unit).map_err(|_| ApiFault::BadParameter("unit"))?,
        // The decision reads what people type.
        size: size.map(Number::vi).unwrap_or_default(),
        measure: sent.measure,
        since: sent.since.map(|year| year.to_string()).unwrap_or_default(),
        story: sent.story,
        method: sent.method,
        contact: Contact { name: sent.contact_name, way: sent.contact_way },
        movement: sent
            .movement
            .map(|code| MovementCode::parse(&code).map_err(|_| ApiFault::BadParameter("movement")))
            .transpose()?,
    };
    caller
        .once(body, move |app, by| {
            let id = propose(app, by, &proposal)?;
            Ok(ExemplarKept { id: id.to_string(), standing: Standing::Proposed.word() })
        })
        .await
}

/// Recognises an exemplar by a decision (công nhận); scope `keep`
#[utoipa::path(post, path = "/exemplars/{exemplar}/recognition", operation_id = "recognise_exemplar",
    tag = "exemplars", request_body = RecognitionNew,
    params(("exemplar" = String, Path, description = "Id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "How it stands", body = ExemplarKept),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn recognise_one(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: RecognitionNew = json(&headers, &body)?;
    let (id, day) = (id_of(&id)?, day_of(&sent.day, "day")?);
    caller.once(body, move |app, by| Ok(kept(&id, &recognise(app, by, &id, &sent.decision, day, &sent.note)?))).await
}

/// Confirms an exemplar again (xác nhận lại); scope `keep`
#[utoipa::path(post, path = "/exemplars/{exemplar}/confirmation", operation_id = "confirm_exemplar",
    tag = "exemplars", request_body = ConfirmationNew,
    params(("exemplar" = String, Path, description = "Id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "How it stands", body = ExemplarKept),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn confirm_one(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ConfirmationNew = json(&headers, &body)?;
    let (id, day) = (id_of(&id)?, day_of(&sent.day, "day")?);
    let size = sent.size.map(|size| Number::parse(&size).map_err(|_| ApiFault::BadParameter("size"))).transpose()?;
    caller.once(body, move |app, by| Ok(kept(&id, &confirm(app, by, &id, day, size, &sent.note)?))).await
}

/// Withdraws an exemplar (rút), scope `keep`, or takes one's proposal back, scope `send`; its history stays
#[utoipa::path(post, path = "/exemplars/{exemplar}/withdrawal", operation_id = "withdraw_exemplar",
    tag = "exemplars", request_body = ExemplarWithdrawalNew,
    params(("exemplar" = String, Path, description = "Id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "How it stands", body = ExemplarKept),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw_one(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ExemplarWithdrawalNew = json(&headers, &body)?;
    let id = id_of(&id)?;
    caller
        .once(body, move |app, by| {
            // Who may only take back their proposal does that.
            let steps = exemplar::one(app, by, &id, false)?.steps;
            let decides = steps.iter().any(|step| step.verb == Verb::WithdrawExemplar);
            let retracts = steps.iter().any(|step| step.verb == Verb::RetractExemplar);
            let taken = match (decides, retracts) {
                (false, true) => retract(app, by, &id, &sent.reason)?,
                (true, _) | (false, false) => withdraw(app, by, &id, &sent.reason)?,
            };
            Ok(kept(&id, &taken))
        })
        .await
}

/// Tells that a unit copied an exemplar (ghi việc học theo); scope `send`
#[utoipa::path(post, path = "/exemplars/{exemplar}/replications", operation_id = "tell_replication",
    tag = "exemplars", request_body = ReplicationNew,
    params(("exemplar" = String, Path, description = "Id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The exemplar", body = ExemplarWhole),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn replicate(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ReplicationNew = json(&headers, &body)?;
    let id = id_of(&id)?;
    let indicators = sent.indicators.iter().map(|code| IndicatorCode::parse(code)).collect::<Result<Vec<_>, _>>();
    let new = NewReplication {
        unit: OrgId::parse(&sent.unit).map_err(|_| ApiFault::BadParameter("unit"))?,
        since: day_of(&sent.since, "since")?,
        how: sent.how,
        indicators: indicators.map_err(|_| ApiFault::BadParameter("indicators"))?,
    };
    caller
        .once(body, move |app, by| {
            tell_replication(app, by, &id, &new)?;
            Ok(whole(&exemplar::one(app, by, &id, false)?))
        })
        .await
}
