//! Who may have which honour: one subject with findings, a unit's list with quotas, answers of persons.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::eligibility::{
    AnswerAsked, Asked, Group, ListAsked, Names, Part as Rows, Row, answer_condition, check, honour_called, list_part,
    reply_of,
};
use thidua_app::{App, Error};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::eligibility::{GivenAnswer, Lack, Prospect, Tier, prospect};
use thidua_domain::subject::SubjectId;
use thidua_law::answer::{Answer, Evidence, Finding, Threshold};
use thidua_law::condition::LayerChange;
use thidua_law::vocabulary::Word;
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, json};
use super::paged::Part;
use super::problem::{ApiFault, Problem};
use crate::eligibility::finding::{kind_word, unit_word};
use crate::eligibility::{named, said};
use crate::fault::Fault;
use crate::messages::Messages;

/// What is asked of a subject.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EligibilityAsked {
    /// The honour (danh hiệu, hình thức) by its code; all of the subject's kind without it.
    pub honour: Option<String>,
    /// The day of decision (ngày quyết định), `YYYY-MM-DD`; today without it.
    pub on: Option<String>,
    /// The award year (năm xét); the last whose achievements are known without it.
    pub year: Option<i16>,
    /// The day the file was received, `YYYY-MM-DD`.
    pub received: Option<String>,
}

/// What is asked of a unit.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EligibilityListAsked {
    /// The honour by its code; without it the answer holds only counts for each honour.
    pub honour: Option<String>,
    /// The day of decision, `YYYY-MM-DD`; today without it.
    pub on: Option<String>,
    /// The award year; the last whose achievements are known without it.
    pub year: Option<i16>,
    /// The day the file was received, `YYYY-MM-DD`.
    pub received: Option<String>,
    /// Whether with the units below.
    #[serde(default)]
    pub below: bool,
    /// Only `entitled`, `almost`, `ask` or `barred`.
    pub prospect: Option<String>,
    /// Most rows of the answer, 1 to 500; 100 without it.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<usize>,
    /// The `next` of the answer before.
    pub cursor: Option<String>,
}

/// A number asked for and the number found.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThresholdOut {
    /// Asked for.
    pub wanted: i64,
    /// Found for sure.
    pub found: i64,
    /// `times`, `years`, `months`, `percent`, `persons`, `points`, `rank` or `count`.
    pub unit: &'static str,
}

/// A piece of evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceOut {
    /// The register: `award`, `rating`, `initiative`, …
    pub kind: &'static str,
    /// The key of the fact; empty where it has none.
    pub key: String,
    /// Code of the honour, grade, level.
    pub what: String,
    /// For which year.
    pub year: Option<i16>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// Day.
    pub on: Option<String>,
}

/// What the book says of one condition, part of a condition or gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingOut {
    /// The way to it.
    pub path: String,
    /// `dat`, `khong-dat` or `hoi`, after the rule that nothing is refused by a clause that was not read.
    pub verdict: &'static str,
    /// The verdict on the evidence alone.
    pub measured: &'static str,
    /// `do-duoc`, `thieu-du-lieu`, `nguoi-xet`, `chua-doi-chieu` or `chua-doc`.
    pub why: &'static str,
    /// The condition in words.
    pub said: String,
    /// Where it is read.
    pub cite: String,
    /// `text-seen`, `secondary` or `recalled`.
    pub confidence: &'static str,
    /// The overlay it comes from.
    pub layer: Option<String>,
    /// Its name, marked where it is a sample and no real regulation.
    pub layer_name: Option<String>,
    /// What the overlay did: `added`, `tightened` or `filled`.
    pub layer_change: Option<&'static str>,
    /// The number asked for and found.
    pub threshold: Option<ThresholdOut>,
    /// What it rests on.
    pub evidence: Vec<EvidenceOut>,
    /// What is missing, in words.
    pub missing: Option<String>,
    /// How many more.
    pub how_many: Option<i64>,
    /// The earliest award year it could be met.
    pub earliest: Option<i16>,
    /// What a gate does when it is not met: `chan`, `tam-dung`, `canh-bao`; `null` for a condition.
    pub effect: Option<&'static str>,
    /// The parts.
    #[schema(no_recursion)]
    pub parts: Vec<FindingOut>,
}

/// The answer about one honour.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerOut {
    /// The honour.
    pub honour: String,
    /// Its name on the day.
    pub honour_name: String,
    /// `du`, `khong-du`, `hoi`, `chua-co-luat` or `khong-thuoc-doi-tuong`.
    pub outcome: &'static str,
    /// `entitled`, `almost`, `ask`, `barred` or `outside`.
    pub prospect: &'static str,
    /// The day whose law was used.
    pub law_day: String,
    /// The rule that chose it.
    pub law_rule: String,
    /// Where that rule is read.
    pub law_cite: Option<String>,
    /// First day of the version used.
    pub version: Option<String>,
    /// The earliest award year all could be met.
    pub earliest: Option<i16>,
    /// The conditions.
    pub conditions: Vec<FindingOut>,
    /// The gates.
    pub gates: Vec<FindingOut>,
    /// Gates that are open or only warn.
    pub pending: Vec<String>,
    /// Warnings in words.
    pub warnings: Vec<String>,
    /// The hash of the law book.
    pub book: String,
}

/// What a responsible person answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenOut {
    /// Id.
    pub id: String,
    /// The honour.
    pub honour: String,
    /// The award year.
    pub year: i16,
    /// The way to the condition.
    pub condition: String,
    /// The condition as it was read to whoever answered.
    pub said: String,
    /// `yes`, `no` or `open` (the earlier one is taken back).
    pub reply: &'static str,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// A subject with the answers of the book.
#[derive(Debug, Serialize, ToSchema)]
pub struct EligibilityOut {
    /// The subject.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// The day of decision.
    pub on: String,
    /// The award year.
    pub year: i16,
    /// One answer for each honour.
    pub answers: Vec<AnswerOut>,
    /// What persons answered about it, oldest first.
    pub given: Vec<GivenOut>,
}

/// What stands in the way of a subject of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct LackOut {
    /// The way to the condition.
    pub path: String,
    /// The condition in words.
    pub said: String,
    /// Where it is read.
    pub cite: String,
    /// `khong-dat` or `hoi`.
    pub verdict: &'static str,
    /// What is missing, in words.
    pub missing: Option<String>,
    /// The earliest award year it could be met.
    pub earliest: Option<i16>,
}

/// A subject of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct EligibleRowOut {
    /// The subject.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// The first unit it belongs to.
    pub unit: Option<String>,
    /// `entitled`, `almost`, `ask` or `barred`.
    pub prospect: &'static str,
    /// What stands in the way.
    pub lacks: Vec<LackOut>,
    /// The earliest award year all could be met.
    pub earliest: Option<i16>,
    /// Whether it is registered.
    pub is_registered: bool,
    /// Whether it already has the honour for the year.
    pub has_it: bool,
}

/// Counts for an honour.
#[derive(Debug, Serialize, ToSchema)]
pub struct TallyOut {
    /// The honour.
    pub honour: String,
    /// Entitled.
    pub entitled: usize,
    /// Almost.
    pub almost: usize,
    /// A person must say.
    pub ask: usize,
    /// Barred.
    pub barred: usize,
    /// Entitled and not registered.
    pub not_registered: usize,
}

/// A quota at a tier.
#[derive(Debug, Serialize, ToSchema)]
pub struct TierOut {
    /// The unit, with everything below it.
    pub unit: String,
    /// The share.
    pub percent: u8,
    /// The rounding rule: `xuong`, `len`, `gan-nhat`, `chua-quy-dinh` (rounded down).
    pub rounding: &'static str,
    /// Who has an honour of the base for the year.
    pub base_held: u32,
    /// Who is entitled to one.
    pub base_entitled: u32,
    /// Places.
    pub places: u32,
    /// Who has the honour for the year.
    pub held: u32,
    /// Who is entitled and has it not.
    pub entitled: u32,
    /// Equal at the line, to be voted on; no order breaks a tie.
    pub to_vote: u32,
    /// More than the places have it.
    pub over: u32,
}

/// A unit's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct EligibleListOut {
    /// The unit.
    pub unit: String,
    /// The day of decision.
    pub on: String,
    /// The award year.
    pub year: i16,
    /// How many subjects the unit has.
    pub subjects: usize,
    /// Counts for each honour.
    pub honours: Vec<TallyOut>,
    /// The rows, where one honour was asked for.
    pub items: Vec<EligibleRowOut>,
    /// The cursor of the next rows; `null` at the end.
    pub next: Option<String>,
    /// Quotas, where one honour was asked for.
    pub quotas: Vec<TierOut>,
    /// The hash of the law book.
    pub book: String,
}

/// An answer to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerNew {
    /// The honour.
    honour: String,
    /// The day of decision, `YYYY-MM-DD`; today without it.
    #[serde(default)]
    on: Option<String>,
    /// The award year.
    year: i16,
    /// The way to the condition.
    condition: String,
    /// `yes`, `no` or `open`.
    reply: String,
    /// Why.
    reason: String,
}

impl FindingOut {
    fn of(say: &Messages, finding: &Finding) -> Self {
        let text = |one: &thidua_law::table::Said| said(say, one).to_owned();
        Self {
            path: finding.path.to_string(),
            verdict: finding.verdict.code(),
            measured: finding.measured.code(),
            why: finding.why.code(),
            said: text(&finding.said),
            cite: finding.cite.to_string(),
            confidence: finding.confidence.code(),
            layer: finding.layer.as_ref().map(|layer| layer.code.clone()),
            layer_name: finding.layer.as_ref().map(|layer| named(say, &layer.name, layer.is_sample)),
            layer_change: finding.layer.as_ref().map(|layer| match layer.change {
                LayerChange::Added => "added",
                LayerChange::Tightened => "tightened",
                LayerChange::Filled => "filled",
            }),
            threshold: finding.threshold.map(threshold),
            evidence: finding.evidence.iter().map(evidence).collect(),
            missing: finding.missing.as_ref().map(|missing| text(&missing.said)),
            how_many: finding.missing.as_ref().and_then(|missing| missing.how_many),
            earliest: finding.earliest,
            effect: finding.effect.map(Word::code),
            parts: finding.children.iter().map(|child| Self::of(say, child)).collect(),
        }
    }
}

fn threshold(threshold: Threshold) -> ThresholdOut {
    ThresholdOut { wanted: threshold.wanted, found: threshold.found, unit: unit_word(threshold.unit) }
}

fn evidence(one: &Evidence) -> EvidenceOut {
    EvidenceOut {
        kind: kind_word(one.kind),
        key: one.key.clone(),
        what: one.what.clone(),
        year: one.year,
        decision: one.decision.clone(),
        on: one.on.map(|day| day.to_string()),
    }
}

impl AnswerOut {
    /// An answer as other programs read it.
    pub fn of(say: &Messages, names: &Names, answer: &Answer) -> Self {
        let findings = |all: &[Finding]| all.iter().map(|one| FindingOut::of(say, one)).collect();
        Self {
            honour: answer.question.honour.to_string(),
            honour_name: said(say, &names.honour(&answer.question.honour)).to_owned(),
            outcome: answer.outcome.code(),
            prospect: prospect(answer).word(),
            law_day: answer.law_date.day.to_string(),
            law_rule: answer.law_date.rule.clone(),
            law_cite: answer.law_date.cite.as_ref().map(ToString::to_string),
            version: answer.reading.version.map(|day| day.to_string()),
            earliest: answer.earliest,
            conditions: findings(&answer.reading.findings),
            gates: findings(&answer.reading.gates),
            pending: answer.pending.iter().map(ToString::to_string).collect(),
            warnings: answer.warnings.iter().map(|one| said(say, one).to_owned()).collect(),
            book: answer.book_hash.clone(),
        }
    }
}

impl GivenOut {
    fn of(given: &GivenAnswer) -> Self {
        Self {
            id: given.id.to_string(),
            honour: given.honour.to_string(),
            year: given.year,
            condition: given.condition.clone(),
            said: given.said.clone(),
            reply: given.reply.word(),
            by: given.entered.by.clone(),
            at: given.entered.at.to_string(),
            reason: given.entered.reason.clone(),
        }
    }
}

fn row_out(say: &Messages, row: &Row) -> EligibleRowOut {
    let lack = |lack: &Lack| LackOut {
        path: lack.path.to_string(),
        said: said(say, &lack.said).to_owned(),
        cite: lack.cite.to_string(),
        verdict: lack.verdict.code(),
        missing: lack.missing.as_ref().map(|one| said(say, &one.said).to_owned()),
        earliest: lack.earliest,
    };
    EligibleRowOut {
        subject: row.id.to_string(),
        name: row.name.clone(),
        unit: row.unit.as_ref().map(ToString::to_string),
        prospect: row.prospect.word(),
        lacks: row.lacks.iter().map(lack).collect(),
        earliest: row.earliest,
        is_registered: row.is_registered,
        has_it: row.has_it,
    }
}

fn tier_out(tier: &Tier) -> TierOut {
    TierOut {
        unit: tier.unit.to_string(),
        percent: tier.percent,
        rounding: tier.rounding.code(),
        base_held: tier.count.base_held,
        base_entitled: tier.count.base_entitled,
        places: tier.places,
        held: tier.count.held,
        entitled: tier.count.entitled,
        to_vote: tier.to_vote,
        over: tier.over,
    }
}

/// What is asked, with days that were read before.
struct Days {
    on: Option<Date>,
    received: Option<Date>,
}

fn days(on: Option<&str>, received: Option<&str>) -> Result<Days, ApiFault> {
    let day = |text: Option<&str>, name| text.map(Date::parse).transpose().map_err(|_| ApiFault::BadParameter(name));
    Ok(Days { on: day(on, "on")?, received: day(received, "received")? })
}

fn asked(app: &App, by: &Actor, honour: Option<&str>, year: Option<i16>, days: &Days) -> Result<Asked, Error> {
    Ok(Asked {
        honour: honour.map(|asked| honour_called(app, by, asked)).transpose()?,
        on: days.on,
        year,
        received_on: days.received,
    })
}

/// What the law book says of a person, collective or household (xét điều kiện)
#[utoipa::path(get, path = "/eligibility/subjects/{subject}", operation_id = "read_eligibility", tag = "law",
    params(("subject" = String, Path, description = "Id of the subject"), EligibilityAsked),
    responses((status = 200, description = "The answers with every finding", body = EligibilityOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(
    caller: Caller,
    Path(id): Path<String>,
    Query(wanted): Query<EligibilityAsked>,
) -> Result<Json<EligibilityOut>, ApiFault> {
    let id = SubjectId::parse(&id).map_err(|_| Fault::NotFound)?;
    let days = days(wanted.on.as_deref(), wanted.received.as_deref())?;
    let work = move |app: &App, by: &thidua_domain::Actor| {
        let checked = check(app, by, &id, &asked(app, by, wanted.honour.as_deref(), wanted.year, &days)?)?;
        let names = Names::of(&*app.book(by)?, checked.frame.on);
        Ok((checked, names))
    };
    let (checked, names) = caller.read(work).await?;
    Ok(Json(EligibilityOut {
        subject: checked.id.to_string(),
        name: checked.details.name.clone(),
        on: checked.frame.on.to_string(),
        year: checked.frame.year,
        answers: checked.answers.iter().map(|answer| AnswerOut::of(caller.say, &names, answer)).collect(),
        given: checked.given.iter().map(GivenOut::of).collect(),
    }))
}

/// The subjects of a unit against an honour, with quotas; or counts for every honour
#[utoipa::path(get, path = "/eligibility/units/{unit}", operation_id = "list_eligibility", tag = "law",
    params(("unit" = String, Path, description = "Id of the unit"), EligibilityListAsked),
    responses((status = 200, description = "The list", body = EligibleListOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn of_unit(
    caller: Caller,
    Path(unit): Path<String>,
    Query(wanted): Query<EligibilityListAsked>,
) -> Result<Json<EligibleListOut>, ApiFault> {
    let unit = OrgId::parse(&unit).map_err(|_| Fault::NotFound)?;
    let days = days(wanted.on.as_deref(), wanted.received.as_deref())?;
    let only = match wanted.prospect.as_deref() {
        None => None,
        Some(word) => Some(Prospect::parse(word).ok_or(ApiFault::BadParameter("prospect"))?),
    };
    let (after, most) = Part { limit: wanted.limit, cursor: wanted.cursor }.numbered()?;
    let below = wanted.below;
    let rows = Rows { group: only.map_or(Group::Everyone, Group::Of), after, most, best_first: false };
    let work = move |app: &App, by: &thidua_domain::Actor| {
        let asked = asked(app, by, wanted.honour.as_deref(), wanted.year, &days)?;
        list_part(app, by, &ListAsked { unit, below, asked }, rows)
    };
    let listed = caller.read(work).await?;
    // A list that has grown shorter since the cursor was given has no more.
    let items: Vec<_> =
        if after < listed.of { listed.rows.iter().map(|row| row_out(caller.say, row)).collect() } else { Vec::new() };
    let end = after.saturating_add(items.len());
    let next = (!items.is_empty() && end < listed.of).then(|| Part::after_number(end - 1));
    Ok(Json(EligibleListOut {
        unit: listed.unit.to_string(),
        on: listed.frame.on.to_string(),
        year: listed.frame.year,
        subjects: listed.subjects,
        honours: listed
            .honours
            .iter()
            .map(|tally| TallyOut {
                honour: tally.honour.to_string(),
                entitled: tally.of(Prospect::Entitled),
                almost: tally.of(Prospect::Almost),
                ask: tally.of(Prospect::Ask),
                barred: tally.of(Prospect::Barred),
                not_registered: tally.not_registered,
            })
            .collect(),
        items,
        next,
        quotas: listed.quotas.iter().flat_map(|(_, tiers)| tiers).map(tier_out).collect(),
        book: listed.book_hash.clone(),
    }))
}

/// Records a responsible person's answer to a condition that only a person can judge
#[utoipa::path(post, path = "/eligibility/subjects/{subject}/answers", operation_id = "answer_condition", tag = "law",
    params(("subject" = String, Path, description = "Id of the subject"),
        ("Idempotency-Key" = Option<String>, Header, description = "Name of the request; under one it is done once")),
    request_body = AnswerNew,
    responses((status = 201, description = "The answer, as it is kept", body = GivenOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn answer(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let subject = SubjectId::parse(&id).map_err(|_| Fault::NotFound)?;
    let new: AnswerNew = json(&headers, &body)?;
    let days = days(new.on.as_deref(), None)?;
    let work = move |app: &App, by: &thidua_domain::Actor| {
        let asked = asked(app, by, Some(&new.honour), Some(new.year), &days)?;
        let (condition, reply, reason) = (new.condition, reply_of(&new.reply)?, new.reason);
        let given = answer_condition(app, by, &AnswerAsked { subject, asked, condition, reply, reason })?;
        Ok(GivenOut::of(&given))
    };
    caller.once(body, work).await
}
