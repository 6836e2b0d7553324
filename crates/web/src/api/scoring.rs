//! What is done in a cluster's scoring: opened, claimed, proved, marked, excused, sent, returned, objected to.
//!
//! What a council decides and the freeze are signed for by a person, and no key does them.

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::cluster::{
    CellKey, NewScoring, answer_objection, claim, excuse, mark, object, open_scoring, prove, remark, return_scores,
    revoke_evidence, send_scores, state_sanction,
};
use thidua_base::code::{ClusterCode, CriterionCode, EvidenceId, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::cluster::objection::Answer;
use thidua_domain::cluster::review::{Excused, Verdict};
use thidua_domain::cluster::scheme::{Level, SHIPPED};
use thidua_domain::{Origin, Provenance};
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json};
use super::clusters::{OpeningOut, key_of};
use super::problem::{ApiFault, Problem};
use super::score_answer::ScoreAnswer;
use super::scores::{ClaimOut, excused_word};
use crate::fault::Fault;

/// A scoring to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningNew {
    /// The file of a shipped scheme, as `/scoring-schemes` names it.
    scheme_file: String,
    /// The period whose figures count.
    period: String,
    /// The closing day.
    closes_on: String,
}

/// A claim to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimNew {
    /// The criterion.
    criterion: String,
    /// The answer.
    answer: ScoreAnswer,
    /// Files of evidence of the unit.
    #[serde(default)]
    files: Vec<String>,
    /// A note.
    #[serde(default)]
    note: String,
}

/// A mark to be made over the one below.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkNew {
    /// The criterion.
    criterion: String,
    /// `peer` or `appraisal`.
    level: String,
    /// The points; without them and without an answer the mark below stands.
    #[serde(default)]
    points: Option<String>,
    /// Another answer than the unit's; the rule gives its points.
    #[serde(default)]
    answer: Option<ScoreAnswer>,
    /// The mark below, as it was seen.
    over: String,
    /// Why; needed where the points differ.
    #[serde(default)]
    reason: String,
}

/// A mark as it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarkKeptOut {
    /// The unit.
    pub unit: String,
    /// The criterion.
    pub criterion: String,
    /// The level.
    pub level: &'static str,
    /// The mark below, as it was seen.
    pub over: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// An excuse to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExcuseNew {
    /// The criterion or group.
    criterion: String,
    /// `not-assigned` or `not-arisen`.
    why: String,
    /// In words.
    reason: String,
}

/// A sanction to be stated.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SanctionNew {
    /// Its code in the scheme.
    sanction: String,
    /// Why.
    reason: String,
}

/// A sheet to be returned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnNew {
    /// Why.
    reason: String,
    /// The criteria to be looked at again; the whole sheet without them.
    #[serde(default)]
    criteria: Vec<String>,
}

/// A reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoringReason {
    /// Why.
    reason: String,
}

/// An objection to be raised.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionNew {
    /// The unit.
    unit: String,
    /// The criterion.
    criterion: String,
    /// Whose mark it is about: `peer`, `appraisal` or `council`.
    level: String,
    /// Why.
    grounds: String,
}

/// An objection as it was raised.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionRaised {
    /// Its number.
    pub number: i64,
    /// The last day for an answer.
    pub due: String,
}

/// Something to be said in the course of an objection.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemarkNew {
    /// What.
    text: String,
}

/// How an objection is to end.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeNew {
    /// `accepted`, `declined` or `withdrawn`.
    answer: String,
    /// Why.
    reason: String,
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoringDone {
    /// The cluster.
    pub cluster: String,
    /// The year.
    pub year: i16,
    /// What about: a unit, a file or the number of an objection.
    pub about: String,
    /// What was done, in a word.
    pub done: String,
}

/// A file to be added.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProofNew {
    /// Whose.
    #[serde(default)]
    unit: String,
    /// Its name.
    #[serde(default)]
    name: String,
}

/// A file as it was added.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProofKept {
    /// Id.
    pub evidence: String,
}

type Sheet = Path<(String, String, String)>;

fn sheet_of(cluster: &str, year: &str, unit: &str) -> Result<(ClusterCode, i16, OrgId), ApiFault> {
    let (cluster, year) = key_of(cluster, year)?;
    Ok((cluster, year, OrgId::parse(unit).map_err(|_| Fault::NotFound)?))
}

fn cell_of(of: (ClusterCode, i16, OrgId), criterion: &str) -> Result<CellKey, ApiFault> {
    let (cluster, year, unit) = of;
    let criterion = CriterionCode::parse(criterion).map_err(|_| ApiFault::BadParameter("criterion"))?;
    Ok(CellKey { cluster, year, unit, criterion })
}

fn level_of(word: &str) -> Result<Level, ApiFault> {
    Level::ALL.into_iter().find(|level| level.word() == word).ok_or(ApiFault::BadParameter("level"))
}

fn number(text: &str, name: &'static str) -> Result<Number, ApiFault> {
    Number::parse(text).map_err(|_| ApiFault::BadParameter(name))
}

fn done(cluster: &ClusterCode, year: i16, about: impl ToString, done: &str) -> ScoringDone {
    ScoringDone { cluster: cluster.to_string(), year, about: about.to_string(), done: done.to_owned() }
}

/// Opens the scoring of a cluster's year by a shipped scheme (mở đợt chấm điểm); scope `keep`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/opening", operation_id = "open_scoring",
    tag = "clusters", request_body = OpeningNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The opening", body = OpeningOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn open(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: OpeningNew = json(&headers, &body)?;
    let (cluster, year) = key_of(&cluster, &year)?;
    let known = SHIPPED.iter().find(|(file, _)| *file == sent.scheme_file);
    let (file, scheme) = known.ok_or(ApiFault::BadParameter("scheme_file"))?;
    let new = NewScoring {
        cluster,
        year,
        period: Period::parse(&sent.period).map_err(|_| ApiFault::BadParameter("period"))?,
        closes_on: Date::parse(&sent.closes_on).map_err(|_| ApiFault::BadParameter("closes_on"))?,
        file: (*file).to_owned(),
        scheme: (*scheme).to_owned(),
        provenance: Provenance { origin: Origin::Reported, source: (*file).to_owned() },
    };
    caller.once(body, move |app, by| open_scoring(app, by, &new).map(|opening| OpeningOut::of(&opening))).await
}

/// Claims for a criterion of one's own unit (tự chấm); scope `enter`. A later claim stands after the earlier ones
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/sheets/{member}/claims", operation_id = "claim_score",
    tag = "clusters", request_body = ClaimNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("member" = String, Path, description = "Unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The claim", body = ClaimOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn claims(
    caller: Caller,
    Path((cluster, year, unit)): Sheet,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ClaimNew = json(&headers, &body)?;
    let at = cell_of(sheet_of(&cluster, &year, &unit)?, &sent.criterion)?;
    let answer = sent.answer.read()?;
    let files = sent.files.iter().map(|id| EvidenceId::parse(id)).collect::<Result<Vec<_>, _>>();
    let files = files.map_err(|_| ApiFault::BadParameter("files"))?;
    caller
        .once(body, move |app, by| claim(app, by, &at, answer, files, &sent.note).map(|claimed| ClaimOut::of(&claimed)))
        .await
}

/// Marks a criterion of a member as a peer or for those who appraise (chấm chéo, thẩm định); scope `send` or `keep`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/sheets/{member}/marks", operation_id = "mark_score",
    tag = "clusters", request_body = MarkNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("member" = String, Path, description = "Unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The mark", body = MarkKeptOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn marks(
    caller: Caller,
    Path((cluster, year, unit)): Sheet,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: MarkNew = json(&headers, &body)?;
    let at = cell_of(sheet_of(&cluster, &year, &unit)?, &sent.criterion)?;
    let (level, over) = (level_of(&sent.level)?, number(&sent.over, "over")?);
    let verdict = match (&sent.points, &sent.answer) {
        (None, None) => Verdict::Agreed,
        (Some(points), None) => Verdict::Points(number(points, "points")?),
        (None, Some(answer)) => Verdict::Corrected(answer.read()?),
        (Some(_), Some(_)) => return Err(ApiFault::BadParameter("answer")),
    };
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        let kept = mark(app, by, &at, level, verdict, over, &sent.reason)?;
        Ok(MarkKeptOut {
            unit: at.unit.to_string(),
            criterion: at.criterion.to_string(),
            level: kept.level.word(),
            over: kept.over.to_string(),
            reason: kept.reason,
            by: kept.by,
            at: kept.at.to_string(),
        })
    };
    caller.once(body, work).await
}

/// Excuses a member from a criterion or group (miễn tiêu chí); scope `keep`, never a unit itself
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/sheets/{member}/excuses",
    operation_id = "excuse_from_criterion", tag = "clusters", request_body = ExcuseNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("member" = String, Path, description = "Unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "It is excused", body = ScoringDone),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn excuses(
    caller: Caller,
    Path((cluster, year, unit)): Sheet,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ExcuseNew = json(&headers, &body)?;
    let at = cell_of(sheet_of(&cluster, &year, &unit)?, &sent.criterion)?;
    let why = [Excused::NotAssigned, Excused::NotArisen].into_iter().find(|why| excused_word(*why) == sent.why);
    let why = why.ok_or(ApiFault::BadParameter("why"))?;
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        excuse(app, by, &at, why, &sent.reason)?;
        Ok(done(&at.cluster, at.year, &at.unit, "excuse-scores"))
    };
    caller.once(body, work).await
}

/// States a sanction of the scheme for a member (chế tài); scope `keep`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/sheets/{member}/sanctions",
    operation_id = "state_sanction", tag = "clusters", request_body = SanctionNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("member" = String, Path, description = "Unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "It is stated", body = ScoringDone),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn sanctions(
    caller: Caller,
    Path((cluster, year, unit)): Sheet,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: SanctionNew = json(&headers, &body)?;
    let (cluster, year, unit) = sheet_of(&cluster, &year, &unit)?;
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        state_sanction(app, by, &cluster, year, &unit, &sent.sanction, &sent.reason)?;
        Ok(done(&cluster, year, &unit, "state-sanction"))
    };
    caller.once(body, work).await
}

/// Sends one's own unit's sheet up (gửi bảng điểm); scope `send`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/sheets/{member}/sending",
    operation_id = "send_score_sheet", tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("member" = String, Path, description = "Unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "It is sent", body = ScoringDone),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn sending(caller: Caller, Path((cluster, year, unit)): Sheet, body: Bytes) -> Result<Response, ApiFault> {
    let (cluster, year, unit) = sheet_of(&cluster, &year, &unit)?;
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        send_scores(app, by, &cluster, year, &unit)?;
        Ok(done(&cluster, year, &unit, "send-scores"))
    };
    caller.once(body, work).await
}

/// Sends a member's sheet back, with the criteria to be looked at again named (trả lại bảng điểm); scope `keep`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/sheets/{member}/return",
    operation_id = "return_score_sheet", tag = "clusters", request_body = ReturnNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("member" = String, Path, description = "Unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "It is back with the unit", body = ScoringDone),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn sent_back(
    caller: Caller,
    Path((cluster, year, unit)): Sheet,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ReturnNew = json(&headers, &body)?;
    let (cluster, year, unit) = sheet_of(&cluster, &year, &unit)?;
    let named = sent.criteria.iter().map(|code| CriterionCode::parse(code)).collect::<Result<Vec<_>, _>>();
    let named = named.map_err(|_| ApiFault::BadParameter("criteria"))?;
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        return_scores(app, by, &cluster, year, &unit, named, &sent.reason)?;
        Ok(done(&cluster, year, &unit, "return-scores"))
    };
    caller.once(body, work).await
}

/// Adds a file of evidence of one's own unit, the body byte for byte (minh chứng); scope `enter`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/evidence", operation_id = "prove_score",
    tag = "clusters",
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file"),
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ProofNew,
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The file", body = ProofKept),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn proofs(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
    Query(asked): Query<ProofNew>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let unit = OrgId::parse(&asked.unit).map_err(|_| ApiFault::BadParameter("unit"))?;
    let bytes = body.clone();
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        let id = prove(app, by, &cluster, year, &unit, &asked.name, &bytes)?;
        Ok(ProofKept { evidence: id.to_string() })
    };
    caller.once(body, work).await
}

/// Takes a file out of account, once for all criteria that cite it (thu hồi minh chứng); scope `keep`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/evidence/{evidence}/revocation",
    operation_id = "revoke_score_evidence", tag = "clusters", request_body = ScoringReason,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("evidence" = String, Path, description = "File"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "It counts no more", body = ScoringDone),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn revocation(
    caller: Caller,
    Path((cluster, year, id)): Sheet,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ScoringReason = json(&headers, &body)?;
    let (cluster, year) = key_of(&cluster, &year)?;
    let id = EvidenceId::parse(&id).map_err(|_| Fault::NotFound)?;
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        revoke_evidence(app, by, &cluster, year, &id, &sent.reason)?;
        Ok(done(&cluster, year, &id, "revoke-evidence"))
    };
    caller.once(body, work).await
}

/// Objects to a mark of one's own unit (kiến nghị về điểm); scope `send`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/objections", operation_id = "object_to_score",
    tag = "clusters", request_body = ObjectionNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The objection", body = ObjectionRaised),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn objects(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: ObjectionNew = json(&headers, &body)?;
    let (cluster, year) = key_of(&cluster, &year)?;
    let unit = OrgId::parse(&sent.unit).map_err(|_| ApiFault::BadParameter("unit"))?;
    let (at, level) = (cell_of((cluster, year, unit), &sent.criterion)?, level_of(&sent.level)?);
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        let raised = object(app, by, &at, level, &sent.grounds)?;
        Ok(ObjectionRaised { number: raised.number, due: raised.due.to_string() })
    };
    caller.once(body, work).await
}

/// Says something in the course of an objection; scope `send` or `keep`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/objections/{objection}/remarks",
    operation_id = "remark_on_objection", tag = "clusters", request_body = RemarkNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("objection" = i64, Path, description = "Number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "It is kept", body = ScoringDone),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn remarks(
    caller: Caller,
    Path((cluster, year, number)): Sheet,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: RemarkNew = json(&headers, &body)?;
    let (cluster, year) = key_of(&cluster, &year)?;
    let number: i64 = number.parse().map_err(|_| Fault::NotFound)?;
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        remark(app, by, &cluster, year, number, &sent.text)?;
        Ok(done(&cluster, year, number, "remark-on-objection"))
    };
    caller.once(body, work).await
}

/// Ends an objection: accepted, declined, or withdrawn by the unit; scope `send` or `keep`
#[utoipa::path(post, path = "/clusters/{cluster}/{cluster_year}/objections/{objection}/answer",
    operation_id = "answer_objection", tag = "clusters", request_body = OutcomeNew,
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("objection" = i64, Path, description = "Number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "It ended", body = ScoringDone),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn answer(
    caller: Caller,
    Path((cluster, year, number)): Sheet,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: OutcomeNew = json(&headers, &body)?;
    let (cluster, year) = key_of(&cluster, &year)?;
    let number: i64 = number.parse().map_err(|_| Fault::NotFound)?;
    let answer = match sent.answer.as_str() {
        "accepted" => Answer::Accepted,
        "declined" => Answer::Declined,
        "withdrawn" => Answer::Withdrawn,
        _ => return Err(ApiFault::BadParameter("answer")),
    };
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        answer_objection(app, by, &cluster, year, number, answer, &sent.reason)?;
        Ok(done(&cluster, year, number, "answer-objection"))
    };
    caller.once(body, work).await
}
