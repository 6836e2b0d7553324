//! Movements: the register, one of them, what is due of whom; registering, telling progress, answering reviews.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::movement::{
    self, BoardRow, NewAnswer, NewPromise, One, UnitSeen, answer_review, register_unit, tell_progress,
};
use thidua_app::notice::{ChoreSeen, movement_due};
use thidua_base::code::{HonourCode, IndicatorCode, MovementCode, OrgId};
use thidua_base::{Number, Period};
use thidua_domain::movement::Evidence;
use utoipa::ToSchema;

use super::caller::{Caller, json};
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use crate::fault::Fault;

/// A movement (phong trào thi đua).
#[derive(Debug, Serialize, ToSchema)]
pub struct MovementOut {
    /// Code.
    pub code: String,
    /// Canonical name.
    pub name: String,
    /// Other wordings.
    pub aliases: Vec<String>,
    /// `regular`, `thematic`, `campaign` or `occasion`.
    pub kind: &'static str,
    /// How far it reaches, a word such as `huyen`.
    pub scope: String,
    /// Owners.
    pub owners: Vec<String>,
    /// Where it stands, such as `launched`.
    pub phase: &'static str,
    /// First day, where its terms are written.
    pub from: Option<String>,
    /// Last day; `null` where it runs without end.
    pub to: Option<String>,
    /// Units called on.
    pub called: usize,
    /// Of those, units that registered.
    pub registered: usize,
    /// Of those, units that signed the pledge.
    pub signed: usize,
    /// Units late to register.
    pub late: usize,
}

/// One movement with its terms and the units the account may read.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovementWhole {
    /// Code.
    pub code: String,
    /// Canonical name.
    pub name: String,
    /// Where it stands.
    pub phase: &'static str,
    /// The movement it carries out.
    pub parent: Option<String>,
    /// What is to be done, line by line.
    pub contents: Vec<String>,
    /// By what it is judged.
    pub criteria: Vec<String>,
    /// What must be reached to be commended.
    pub standards: Vec<String>,
    /// Whom it addresses, words such as `farmers`.
    pub addressees: Vec<&'static str>,
    /// Its reviews.
    pub reviews: Vec<ReviewOut>,
    /// The units called on that the account may read.
    pub units: Vec<UnitOut>,
    /// What they registered against what the figures say.
    pub targets: Vec<OutturnOut>,
}

/// A review (sơ kết, tổng kết).
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewOut {
    /// Number within the movement.
    pub number: i64,
    /// `interim` or `final`.
    pub kind: &'static str,
    /// Last day to answer in time.
    pub due_on: String,
    /// What was concluded.
    pub conclusion: Option<String>,
}

/// A unit called on.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitOut {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Where its registration stands: `asked`, `registered`, `signed` or `returned`.
    pub state: &'static str,
    /// Last day to register in time.
    pub register_by: String,
    /// Whether it registered late, or has not though the day is over.
    pub is_late: bool,
    /// How it stands to each review, in their order: `answered`, `answered-late`, `awaited` or `late`.
    pub reviews: Vec<&'static str>,
}

/// A figure registered against what was reached (đăng ký, thực hiện).
#[derive(Debug, Serialize, ToSchema)]
pub struct OutturnOut {
    /// The unit.
    pub unit: String,
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// What was registered.
    pub promised: String,
    /// What was assigned then.
    pub assigned: Option<String>,
    /// What the figures say.
    pub actual: Option<String>,
    /// `reached`, `missed` or `not-reported`.
    pub outturn: &'static str,
}

/// Something a movement asks of a unit by a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChoreOut {
    /// The movement.
    pub movement: String,
    /// Its name.
    pub movement_name: String,
    /// Of whom.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// `register`, `register-again`, `sign`, `answer-interim` or `answer-final`.
    pub chore: &'static str,
    /// By when.
    pub until: String,
    /// Working days left; negative when late.
    pub days_left: i64,
    /// Whether all days off until then are known, so that the count is certain.
    pub is_certain: bool,
    /// Whether that day is over.
    pub is_late: bool,
    /// Whether it is the account's to do.
    pub is_mine: bool,
}

/// A registration to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationNew {
    /// The unit.
    unit: String,
    /// What it pledges, in words.
    #[serde(default)]
    text: String,
    /// Emulation titles, by code.
    #[serde(default)]
    titles: Vec<String>,
    /// Figures it means to reach.
    #[serde(default)]
    targets: Vec<TargetNew>,
}

/// A figure to be registered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetNew {
    /// The indicator.
    indicator: String,
    /// The period.
    period: String,
    /// The figure, a decimal such as `1231.2`.
    value: String,
}

/// Progress to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgressNew {
    /// The unit.
    unit: String,
    /// What was done.
    text: String,
    /// By what it is shown.
    #[serde(default)]
    evidence: Vec<EvidenceNew>,
}

/// A piece of evidence (minh chứng).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceNew {
    /// What it is.
    title: String,
    /// Number of a document, or an address.
    #[serde(default)]
    found_at: String,
}

/// An answer to the open review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewAnswerNew {
    /// The unit.
    unit: String,
    /// What was reached.
    results: String,
    /// What fell short, and why.
    #[serde(default)]
    shortfalls: String,
    /// What is proposed.
    #[serde(default)]
    proposals: String,
}

/// What was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptOut {
    /// The movement.
    pub movement: String,
    /// The unit.
    pub unit: String,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: String,
}

fn row(row: BoardRow) -> MovementOut {
    MovementOut {
        code: row.movement.code.to_string(),
        name: row.movement.name,
        aliases: row.movement.aliases,
        kind: row.movement.kind.word(),
        scope: row.movement.scope,
        owners: row.movement.owners.iter().map(ToString::to_string).collect(),
        phase: row.phase.word(),
        from: row.terms.as_ref().map(|terms| terms.from.to_string()),
        to: row.terms.and_then(|terms| terms.to).map(|day| day.to_string()),
        called: row.called,
        registered: row.registered,
        signed: row.signed,
        late: row.late,
    }
}

fn unit(seen: &UnitSeen) -> UnitOut {
    UnitOut {
        unit: seen.unit.to_string(),
        name: seen.name.clone(),
        state: seen.pledge.state().word(),
        register_by: seen.register_by.to_string(),
        is_late: seen.is_late,
        reviews: seen.reviews.iter().map(|(_, standing)| standing.word()).collect(),
    }
}

fn whole(one: &One) -> MovementWhole {
    let terms = one.terms.as_ref();
    let lines = |of: fn(&thidua_domain::movement::Terms) -> &Vec<String>| terms.map(of).cloned().unwrap_or_default();
    MovementWhole {
        code: one.movement.code.to_string(),
        name: one.movement.name.clone(),
        phase: one.course.phase().word(),
        parent: one.parent.as_ref().map(|(code, _)| code.to_string()),
        contents: lines(|terms| &terms.contents),
        criteria: lines(|terms| &terms.criteria),
        standards: lines(|terms| &terms.standards),
        addressees: terms.map(|terms| terms.addressees.iter().map(|known| known.word()).collect()).unwrap_or_default(),
        reviews: one
            .course
            .rounds()
            .into_iter()
            .map(|round| ReviewOut {
                number: round.number,
                kind: round.kind.word(),
                due_on: round.due_on.to_string(),
                conclusion: round.conclusion,
            })
            .collect(),
        units: one.units.iter().map(unit).collect(),
        targets: one
            .targets
            .iter()
            .map(|(unit, seen)| OutturnOut {
                unit: unit.to_string(),
                indicator: seen.target.indicator.to_string(),
                period: seen.target.period.to_string(),
                promised: seen.target.value.to_string(),
                assigned: seen.target.assigned.map(|number| number.to_string()),
                actual: seen.actual.map(|number| number.to_string()),
                outturn: seen.outturn.word(),
            })
            .collect(),
    }
}

fn chore(seen: ChoreSeen) -> ChoreOut {
    ChoreOut {
        movement: seen.item.movement.to_string(),
        movement_name: seen.movement_name,
        unit: seen.item.unit.to_string(),
        unit_name: seen.unit_name,
        chore: seen.item.chore.word(),
        until: seen.item.until.to_string(),
        days_left: seen.item.left.days,
        is_certain: seen.item.left.is_certain,
        is_late: seen.item.is_late,
        is_mine: seen.is_mine,
    }
}

fn code_of(code: &str) -> Result<MovementCode, ApiFault> {
    Ok(MovementCode::parse(code).map_err(|_| Fault::NotFound)?)
}

fn unit_of(unit: &str) -> Result<OrgId, ApiFault> {
    OrgId::parse(unit).map_err(|_| ApiFault::BadParameter("unit"))
}

/// The movements of the year (phong trào thi đua), by code
#[utoipa::path(get, path = "/movements", operation_id = "list_movements", tag = "movements", params(Part),
    responses((status = 200, description = "The movements", body = Paged<MovementOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(part): Query<Part>) -> Result<Json<Paged<MovementOut>>, ApiFault> {
    let register = caller.read(movement::register).await?;
    Ok(Json(part.of(register.movements, |row| row.movement.code.to_string(), row)?))
}

/// One movement: terms, reviews, registrations, registered against reached
#[utoipa::path(get, path = "/movements/{movement}", operation_id = "get_movement", tag = "movements",
    params(("movement" = String, Path, description = "Code")),
    responses((status = 200, description = "The movement", body = MovementWhole),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(caller: Caller, Path(code): Path<String>) -> Result<Json<MovementWhole>, ApiFault> {
    let code = code_of(&code)?;
    let one = caller.read(move |app, by| movement::one(app, by, &code)).await?;
    Ok(Json(whole(&one)))
}

/// What movements ask of units by a day (việc đến hạn của phong trào)
#[utoipa::path(get, path = "/movements-due", operation_id = "list_movements_due", tag = "movements", params(Part),
    responses((status = 200, description = "What is due, by day", body = Paged<ChoreOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn due(caller: Caller, Query(part): Query<Part>) -> Result<Json<Paged<ChoreOut>>, ApiFault> {
    let due = caller.read(movement_due).await?;
    let key = |seen: &ChoreSeen| {
        let item = &seen.item;
        format!("{} {} {} {}", item.until, item.movement, item.unit, item.chore.word())
    };
    Ok(Json(part.of(due, key, chore)?))
}

/// Registers a unit for a movement (đăng ký thi đua), or registers it anew; scope `send`. A pledge is signed by a person.
#[utoipa::path(post, path = "/movements/{movement}/registrations", operation_id = "register_for_movement",
    tag = "movements", request_body = RegistrationNew,
    params(("movement" = String, Path, description = "Code"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The registration", body = KeptOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn register(
    caller: Caller,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: RegistrationNew = json(&headers, &body)?;
    let (code, unit) = (code_of(&code)?, unit_of(&sent.unit)?);
    let titles = sent.titles.iter().map(|title| HonourCode::parse(title).map_err(|_| ApiFault::BadParameter("titles")));
    let targets = sent.targets.iter().map(|target| {
        Ok((
            IndicatorCode::parse(&target.indicator).map_err(|_| ApiFault::BadParameter("indicator"))?,
            Period::parse(&target.period).map_err(|_| ApiFault::BadParameter("period"))?,
            Number::parse(&target.value).map_err(|_| ApiFault::BadParameter("value"))?,
        ))
    });
    let new = NewPromise {
        text: sent.text.clone(),
        titles: titles.collect::<Result<_, ApiFault>>()?,
        targets: targets.collect::<Result<_, ApiFault>>()?,
    };
    caller
        .once(body, move |app, by| {
            let done = register_unit(app, by, &code, &unit, &new)?;
            Ok(KeptOut { movement: code.to_string(), unit: unit.to_string(), by: done.by, at: done.at.to_string() })
        })
        .await
}

/// Tells a unit's progress in a movement (báo tiến độ); scope `send`
#[utoipa::path(post, path = "/movements/{movement}/progress", operation_id = "tell_progress",
    tag = "movements", request_body = ProgressNew,
    params(("movement" = String, Path, description = "Code"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "What was kept", body = KeptOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn progress(
    caller: Caller,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ProgressNew = json(&headers, &body)?;
    let (code, unit) = (code_of(&code)?, unit_of(&sent.unit)?);
    let evidence: Vec<Evidence> =
        sent.evidence.into_iter().map(|piece| Evidence { title: piece.title, found_at: piece.found_at }).collect();
    caller
        .once(body, move |app, by| {
            let done = tell_progress(app, by, &code, &unit, &sent.text, &evidence)?;
            Ok(KeptOut { movement: code.to_string(), unit: unit.to_string(), by: done.by, at: done.at.to_string() })
        })
        .await
}

/// Answers the open review of a movement for a unit (báo cáo sơ kết, tổng kết); scope `send`
#[utoipa::path(post, path = "/movements/{movement}/answers", operation_id = "answer_review",
    tag = "movements", request_body = ReviewAnswerNew,
    params(("movement" = String, Path, description = "Code"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "What was kept", body = KeptOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn answer(
    caller: Caller,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ReviewAnswerNew = json(&headers, &body)?;
    let (code, unit) = (code_of(&code)?, unit_of(&sent.unit)?);
    let new = NewAnswer { results: sent.results, shortfalls: sent.shortfalls, proposals: sent.proposals };
    caller
        .once(body, move |app, by| {
            let done = answer_review(app, by, &code, &unit, &new)?;
            Ok(KeptOut { movement: code.to_string(), unit: unit.to_string(), by: done.by, at: done.at.to_string() })
        })
        .await
}
