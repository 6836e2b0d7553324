//! Score sheets of a cluster's year: marks of every level with their reasons, claims with evidence, objections.

use axum::Json;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Serialize;
use thidua_app::cluster::{Scored, evidence_file, scoring};
use thidua_base::Date;
use thidua_base::code::{EvidenceId, OrgId};
use thidua_domain::cluster::evidence::{Claimed, Proof};
use thidua_domain::cluster::journal::Way;
use thidua_domain::cluster::objection::{Answer, Objection, Progress};
use thidua_domain::cluster::review::{Excused, Stated};
use thidua_domain::cluster::scheme::Criterion;
use thidua_domain::cluster::score::{Line, ScoreSheet};
use thidua_domain::collection::evidence::{EvidenceFile, kind_of};
use utoipa::ToSchema;

use super::caller::Caller;
use super::clusters::{counted, key_of};
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use super::score_answer::ScoreAnswer;
use crate::cluster::sheet::why;
use crate::cluster::words;
use crate::collection::evidence::attached;
use crate::fault::Fault;

/// A score sheet of a unit (bảng chấm điểm).
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreSheetOut {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Its rank.
    pub rank: Option<usize>,
    /// How many hold it.
    pub shared_by: Option<usize>,
    /// The grade.
    pub grade: Option<String>,
    /// `draft`, `sent` or `returned`.
    pub state: &'static str,
    /// Why it was returned, and for which criteria; `null` while it is not.
    pub returned: Option<ReturnedOut>,
    /// What the lines make.
    pub total: ScoreTotalOut,
    /// One line for each criterion.
    pub lines: Vec<ScoreLineOut>,
    /// Sanctions stated.
    pub sanctions: Vec<StatedOut>,
    /// Marks of people made over another mark than the one there now.
    pub differences: Vec<DifferenceOut>,
}

/// Why a sheet was returned.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnedOut {
    /// Why.
    pub reason: String,
    /// The criteria named; none where the whole sheet is meant.
    pub criteria: Vec<String>,
}

/// The total of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreTotalOut {
    /// Points of content, as marked.
    pub content: String,
    /// The most of them for this unit.
    pub content_max: String,
    /// Points of content on the full scale.
    pub scaled: String,
    /// Bonus points.
    pub bonus: String,
    /// Penalty points, without sign.
    pub penalty: String,
    /// The total.
    pub points: String,
}

/// A line of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreLineOut {
    /// The criterion.
    pub criterion: String,
    /// What it asks.
    pub label: String,
    /// Whether it is a group of others.
    pub is_group: bool,
    /// The most that counts for this unit.
    pub max: Option<String>,
    /// What the rule makes of the unit's figures or claims.
    pub own: Option<String>,
    /// The marks of the other levels, in the order of the way up.
    pub marks: Vec<ScoreMarkOut>,
    /// The points that count.
    pub points: String,
    /// Whose they are: `own`, `peer`, `appraisal`, `council`, `excused`, `unscored` or `sum`.
    pub counted: &'static str,
    /// Why, in sentences.
    pub why: Vec<String>,
    /// What the unit claimed last.
    pub claim: Option<ClaimOut>,
    /// Why it does not apply to the unit.
    pub excused: Option<ExcusedOut>,
}

/// The mark of a level.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreMarkOut {
    /// `peer`, `appraisal` or `council`.
    pub level: &'static str,
    /// Its points.
    pub points: String,
    /// The mark below, as it stood then.
    pub over: String,
    /// Why it differs.
    pub reason: String,
    /// Who.
    pub by: String,
    /// Marks of this level before this one.
    pub earlier: usize,
}

/// What a unit claims.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimOut {
    /// The answer.
    pub answer: ScoreAnswer,
    /// Files that prove it.
    pub files: Vec<String>,
    /// A note.
    pub note: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// An excuse (miễn).
#[derive(Debug, Serialize, ToSchema)]
pub struct ExcusedOut {
    /// `not-assigned` or `not-arisen`.
    pub why: &'static str,
    /// In their words.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// A sanction (chế tài).
#[derive(Debug, Serialize, ToSchema)]
pub struct StatedOut {
    /// Its code in the scheme.
    pub sanction: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// A mark that was made over another than the one there now; it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceOut {
    /// The criterion.
    pub criterion: String,
    /// Whose mark.
    pub level: &'static str,
    /// Its points.
    pub points: String,
    /// The mark below, as it stood then.
    pub over: String,
    /// The mark below, as it is now.
    pub now: String,
}

/// A file of evidence (minh chứng).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProofOut {
    /// Id.
    pub evidence: String,
    /// Whose.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// Why it counts no more.
    pub revoked: Option<String>,
    /// The criteria whose claims cite it.
    pub cited: Vec<String>,
}

/// An objection to a mark (kiến nghị về điểm).
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionOut {
    /// Its number in the cluster's year.
    pub number: i64,
    /// Whose.
    pub unit: String,
    /// The criterion.
    pub criterion: String,
    /// Whose mark it is about.
    pub level: &'static str,
    /// Why.
    pub grounds: String,
    /// Who raised it.
    pub by: String,
    /// When.
    pub at: String,
    /// The last day for an answer.
    pub due: String,
    /// `open`, `overdue`, `answered` or `answered-late`.
    pub state: &'static str,
    /// What was said after it, the oldest first.
    pub said: Vec<RemarkOut>,
    /// How it ended.
    pub outcome: Option<OutcomeOut>,
}

/// Something said in the course of an objection.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemarkOut {
    /// What.
    pub text: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// How an objection ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeOut {
    /// `accepted`, `declined` or `withdrawn`.
    pub answer: &'static str,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

impl ClaimOut {
    /// A claim as it is kept.
    pub fn of(claimed: &Claimed) -> Self {
        Self {
            answer: ScoreAnswer::of(&claimed.claim),
            files: claimed.files.iter().map(ToString::to_string).collect(),
            note: claimed.note.clone(),
            by: claimed.by.clone(),
            at: claimed.at.to_string(),
        }
    }
}

/// The word of an excuse.
pub fn excused_word(why: Excused) -> &'static str {
    match why {
        Excused::NotAssigned => "not-assigned",
        Excused::NotArisen => "not-arisen",
    }
}

fn line_of(
    caller: &Caller,
    scored: &Scored,
    sheet: &ScoreSheet,
    place: usize,
    of: (&Criterion, &Line),
) -> ScoreLineOut {
    let (criterion, line) = of;
    let excusal = scored.round.reviews.excusals.get(&sheet.unit).and_then(|all| all.get(&criterion.code));
    ScoreLineOut {
        criterion: criterion.code.to_string(),
        label: words::label(caller.say, criterion),
        is_group: criterion.rule.is_none(),
        max: line.max.map(|most| most.to_string()),
        own: line.own.map(|own| own.to_string()),
        marks: line
            .marks
            .iter()
            .map(|mark| ScoreMarkOut {
                level: mark.level.word(),
                points: mark.points.to_string(),
                over: mark.over.to_string(),
                reason: mark.reason.clone(),
                by: mark.by.clone(),
                earlier: mark.earlier,
            })
            .collect(),
        points: line.points.to_string(),
        counted: counted(line.counted),
        why: why(caller.say, scored, sheet, place),
        claim: scored.round.evidence.claim(&sheet.unit, &criterion.code).map(ClaimOut::of),
        excused: excusal.map(|excusal| ExcusedOut {
            why: excused_word(excusal.why),
            reason: excusal.reason.clone(),
            by: excusal.by.clone(),
            at: excusal.at.to_string(),
        }),
    }
}

fn sheet_out(caller: &Caller, scored: &Scored, sheet: &ScoreSheet) -> ScoreSheetOut {
    let row = scored.ranking.rows.iter().find(|row| row.unit == sheet.unit);
    let lines = scored.scheme.criteria.iter().zip(&sheet.lines).enumerate();
    let total = &sheet.total;
    let stated = scored.round.reviews.stated.get(&sheet.unit).map_or(&[] as &[Stated], Vec::as_slice);
    ScoreSheetOut {
        unit: sheet.unit.to_string(),
        name: scored.name(&sheet.unit),
        rank: row.map(|row| row.rank),
        shared_by: row.map(|row| row.shared_by),
        grade: row.and_then(|row| row.grade.clone()),
        state: match scored.journal.passage(&sheet.unit).map(|passage| &passage.way) {
            None => "draft",
            Some(Way::Up) => "sent",
            Some(Way::Back { .. }) => "returned",
        },
        returned: scored.journal.sent_back(&sheet.unit).map(|(reason, named)| ReturnedOut {
            reason: reason.to_owned(),
            criteria: named.iter().map(ToString::to_string).collect(),
        }),
        total: ScoreTotalOut {
            content: total.content.to_string(),
            content_max: total.content_max.to_string(),
            scaled: total.scaled.to_string(),
            bonus: total.bonus.to_string(),
            penalty: total.penalty.to_string(),
            points: total.points.to_string(),
        },
        lines: lines.map(|(place, of)| line_of(caller, scored, sheet, place, of)).collect(),
        sanctions: stated
            .iter()
            .map(|one| StatedOut {
                sanction: one.sanction.clone(),
                reason: one.reason.clone(),
                by: one.by.clone(),
                at: one.at.to_string(),
            })
            .collect(),
        differences: sheet
            .differences
            .iter()
            .map(|one| DifferenceOut {
                criterion: one.criterion.to_string(),
                level: one.level.word(),
                points: one.points.to_string(),
                over: one.over.to_string(),
                now: one.now.to_string(),
            })
            .collect(),
    }
}

fn proof_out(scored: &Scored, id: &EvidenceId, proof: &Proof) -> ProofOut {
    let mut cited: Vec<String> =
        scored.journal.evidence.citing(id).map(|(_, criterion)| criterion.to_string()).collect();
    cited.dedup();
    ProofOut {
        evidence: id.to_string(),
        unit: proof.unit.to_string(),
        name: proof.name.clone(),
        hash: proof.hash.clone(),
        revoked: proof.revoked.as_ref().map(|revoked| revoked.reason.clone()),
        cited,
    }
}

fn objection_out(number: i64, objection: &Objection, today: Date) -> ObjectionOut {
    ObjectionOut {
        number,
        unit: objection.unit.to_string(),
        criterion: objection.criterion.to_string(),
        level: objection.level.word(),
        grounds: objection.grounds.clone(),
        by: objection.by.clone(),
        at: objection.at.to_string(),
        due: objection.due.to_string(),
        state: match objection.on(today) {
            Progress::Open(_) => "open",
            Progress::Overdue(_) => "overdue",
            Progress::Answered => "answered",
            Progress::AnsweredLate => "answered-late",
        },
        said: objection
            .said
            .iter()
            .map(|said| RemarkOut { text: said.text.clone(), by: said.by.clone(), at: said.at.to_string() })
            .collect(),
        outcome: objection.outcome.as_ref().map(|outcome| OutcomeOut {
            answer: match outcome.answer {
                Answer::Accepted => "accepted",
                Answer::Declined => "declined",
                Answer::Withdrawn => "withdrawn",
            },
            reason: outcome.reason.clone(),
            by: outcome.by.clone(),
            at: outcome.at.to_string(),
        }),
    }
}

/// A unit's score sheet: marks of every level with their reasons, why each is so, claims, excuses (bảng chấm điểm)
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/sheets/{member}", operation_id = "get_score_sheet",
    tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("member" = String, Path, description = "Unit")),
    responses((status = 200, description = "The sheet", body = ScoreSheetOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn sheet(
    caller: Caller,
    Path((cluster, year, unit)): Path<(String, String, String)>,
) -> Result<Json<ScoreSheetOut>, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let unit = OrgId::parse(&unit).map_err(|_| Fault::NotFound)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    let scored = seen.scored.ok_or(Fault::NotFound)?;
    let sheet = scored.sheet(&unit).ok_or(Fault::NotFound)?;
    Ok(Json(sheet_out(&caller, &scored, sheet)))
}

/// The evidence of a cluster's year (minh chứng), each file once however many criteria cite it
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/evidence", operation_id = "list_score_evidence",
    tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"), Part),
    responses((status = 200, description = "Files, by unit and id", body = Paged<ProofOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn evidence(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
    Query(part): Query<Part>,
) -> Result<Json<Paged<ProofOut>>, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    let scored = seen.scored.ok_or(Fault::NotFound)?;
    let files: Vec<(&EvidenceId, &Proof)> = scored.journal.evidence.files.iter().collect();
    let key = |(id, proof): &(&EvidenceId, &Proof)| format!("{} {id}", proof.unit);
    Ok(Json(part.of(files, key, |(id, proof)| proof_out(&scored, id, proof))?))
}

/// A file of evidence, byte for byte
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/evidence/{evidence}/file",
    operation_id = "read_score_evidence", tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"),
        ("evidence" = String, Path, description = "File")),
    responses((status = 200, description = "The file, of its own media type", body = Vec<u8>,
            content_type = "application/octet-stream"),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn file(
    caller: Caller,
    Path((cluster, year, id)): Path<(String, String, String)>,
) -> Result<Response, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let id = EvidenceId::parse(&id).map_err(|_| Fault::NotFound)?;
    let (proof, bytes) = caller.read(move |app, by| evidence_file(app, by, &cluster, year, &id)).await?;
    let kind = kind_of(&proof.name, &bytes).map_err(|_| Fault::NotFound)?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Ok(attached(&EvidenceFile { name: proof.name, kind, size, hash: proof.hash }, bytes))
}

/// The objections of a cluster's year (kiến nghị về điểm), by number
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/objections", operation_id = "list_objections",
    tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"), Part),
    responses((status = 200, description = "Objections, by number", body = Paged<ObjectionOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn objections(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
    Query(part): Query<Part>,
) -> Result<Json<Paged<ObjectionOut>>, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    let scored = seen.scored.ok_or(Fault::NotFound)?;
    let all: Vec<(i64, &Objection)> =
        scored.journal.objections.iter().map(|(number, objection)| (*number, objection)).collect();
    let key = |(number, _): &(i64, &Objection)| format!("{number:010}");
    Ok(Json(part.of(all, key, |(number, objection)| objection_out(number, objection, seen.today))?))
}
