//! Sheets: read, filled, explained, sent and taken in; and the boards of who has sent.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::collection::{
    BoardRow, NewExplanation, NewStep, SheetKey, SheetSeen, board, enter, explain, sheet, step,
};
use thidua_base::Period;
use thidua_base::code::{FormId, IndicatorCode};
use thidua_domain::actor::Verb;
use thidua_domain::collection::submission::NamedCell;
use thidua_domain::collection::{Entry, SheetRow};
use utoipa::ToSchema;

use super::caller::{Caller, json};
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use super::words;
use crate::collection::sheet::told;
use crate::collection::wire::{Answers, Batch, SentAnswer, sent};
use crate::collection::{cycle_of, key_of};
use crate::messages::Messages;

/// A sheet (biểu) of a unit for a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetOut {
    /// The form.
    pub form: String,
    /// The period.
    pub period: String,
    /// The unit.
    pub unit: String,
    /// Its name on the due day.
    pub unit_name: String,
    /// The unit that collects.
    pub receiver: String,
    /// Where the sheet stands: `draft`, `submitted`, `verified`, `returned`, `accepted`, `approved` or `published`.
    pub state: &'static str,
    /// Which revision it is, from 1.
    pub revision: i64,
    /// Where the cycle stands for the unit.
    pub stage: &'static str,
    /// The last day in time for this unit.
    pub due_on: String,
    /// How firm the figures are.
    pub nature: &'static str,
    /// Required rows that are filled.
    pub filled: usize,
    /// Required rows.
    pub required: usize,
    /// Whether this key may enter figures now.
    pub enters: bool,
    /// The steps this key may take now.
    pub steps: Vec<&'static str>,
    /// The rows, in order.
    pub rows: Vec<SheetRowOut>,
    /// What the checks found, the gravest first.
    pub findings: Vec<FindingOut>,
}

/// A row of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetRowOut {
    /// The indicator.
    pub indicator: String,
    /// What is printed for it.
    pub label: String,
    /// Unit of measure.
    pub measure: String,
    /// Digits after the decimal point.
    pub decimals: u8,
    /// Whether it must be filled.
    pub is_required: bool,
    /// The value, a decimal such as `1231.2`; `null` where there is none.
    pub value: Option<String>,
    /// Why there is no number: `none-occurred`, `not-applicable`, `withheld` or `not-reported`.
    pub absence: Option<&'static str>,
    /// How firm the value shown is.
    pub nature: Option<&'static str>,
    /// The number of its reading: to be sent back as `over`, so that nothing newer is overwritten.
    pub seq: Option<i64>,
    /// The target of the year.
    pub plan_year: Option<String>,
    /// The target to date.
    pub plan_to_date: Option<String>,
    /// The same period a year earlier, of all that the unit is made of.
    pub same_period: Option<String>,
    /// Since the beginning of the year.
    pub accumulated: Option<String>,
    /// The last note.
    pub note: String,
    /// Why the receiver returned it.
    pub returned: Option<String>,
    /// Changes that came over an older reading and are not settled.
    pub conflicts: Vec<ConflictOut>,
}

/// A change in conflict.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictOut {
    /// The change: to be sent back as `settles`.
    pub change: String,
    /// Its value.
    pub value: Option<String>,
    /// Why it has no number.
    pub absence: Option<&'static str>,
    /// Who sent it.
    pub by: String,
    /// When it came.
    pub at: String,
}

/// What a check found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingOut {
    /// The rule.
    pub rule: String,
    /// `block`, `explain`, `warn` or `info`.
    pub severity: &'static str,
    /// The rows it speaks of.
    pub rows: Vec<String>,
    /// What names the numbers it speaks of: to be sent with an explanation.
    pub fingerprint: String,
    /// The finding, for people.
    pub sentence: String,
}

/// A step to be taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepNew {
    /// `submit-sheet`, `withdraw-sheet`, `verify-sheet`, `return-sheet`, `accept-sheet`, `approve-sheets`,
    /// `publish-sheets` or `amend-sheet`.
    verb: String,
    /// Why; returning, withdrawing and amending must say.
    #[serde(default)]
    reason: String,
    /// The rows it names.
    #[serde(default)]
    cells: Vec<CellNew>,
}

/// A row that a step names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CellNew {
    /// The indicator.
    indicator: String,
    /// What is wrong with it.
    reason: String,
}

/// A step that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepOut {
    /// What.
    pub verb: &'static str,
    /// Where the sheet stands now.
    pub state: &'static str,
    /// Its revision.
    pub revision: i64,
    /// Who took it.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// An answer to a finding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplanationNew {
    /// The rule that found it.
    rule: String,
    /// The row it stands beside.
    indicator: String,
    /// What names the numbers the finding spoke of.
    fingerprint: String,
    /// The reason.
    text: String,
}

/// An answer to a finding, as kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplanationOut {
    /// The rule.
    pub rule: String,
    /// The row.
    pub indicator: String,
    /// The numbers.
    pub fingerprint: String,
    /// The reason.
    pub text: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A unit on a board (theo dõi thu thập).
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardRowOut {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Where its sheet stands.
    pub state: &'static str,
    /// Where the cycle stands for it.
    pub stage: &'static str,
    /// Its last day in time.
    pub due_on: String,
    /// Required rows that are filled.
    pub filled: usize,
    /// Required rows.
    pub required: usize,
    /// Whether it is not in, and its last day is over.
    pub is_late: bool,
    /// Why its sheet will not come; `null` where it will.
    pub waived: Option<String>,
}

impl SheetOut {
    fn of(say: &'static Messages, seen: &SheetSeen) -> Self {
        let sheet = &seen.sheet;
        let done = sheet.completeness();
        Self {
            form: sheet.form.id.to_string(),
            period: sheet.cycle.period.to_string(),
            unit: sheet.unit.to_string(),
            unit_name: seen.unit_name.clone(),
            receiver: sheet.form.receiver.to_string(),
            state: sheet.state().word(),
            revision: sheet.submission.revision(),
            stage: sheet.stage.word(),
            due_on: seen.due_on.to_string(),
            nature: words::nature(sheet.cycle.nature),
            filled: done.filled,
            required: done.required,
            enters: seen.enters,
            steps: seen.steps.iter().map(|verb| verb.word()).collect(),
            rows: sheet.rows.iter().map(SheetRowOut::of).collect(),
            findings: seen
                .findings
                .iter()
                .map(|found| FindingOut {
                    rule: found.rule.clone(),
                    severity: words::severity(found.severity),
                    rows: found.rows.iter().map(ToString::to_string).collect(),
                    fingerprint: found.fingerprint(),
                    sentence: told(say, seen, found),
                })
                .collect(),
        }
    }
}

impl SheetRowOut {
    fn of(row: &SheetRow) -> Self {
        let (value, absence) = row.current.as_ref().map_or((None, None), |reading| sent(reading.value));
        let label = if row.row.label.is_empty() { &row.indicator.name } else { &row.row.label };
        Self {
            indicator: row.indicator.code.to_string(),
            label: label.clone(),
            measure: row.indicator.measure.clone(),
            decimals: row.indicator.decimals,
            is_required: row.row.is_required,
            value,
            absence,
            nature: row.current.as_ref().map(|reading| words::nature(reading.nature)),
            seq: row.current.as_ref().map(|reading| reading.seq),
            plan_year: row.plan_year.as_ref().map(|plan| plan.value.to_string()),
            plan_to_date: row.plan_to_date.as_ref().map(|plan| plan.value.to_string()),
            same_period: row.same_period.number().map(|number| number.to_string()),
            accumulated: row.accumulated.map(|number| number.to_string()),
            note: row.note.clone(),
            returned: row.returned.clone(),
            conflicts: row.conflicts.iter().map(ConflictOut::of).collect(),
        }
    }
}

impl ConflictOut {
    fn of(entry: &Entry) -> Self {
        let (value, absence) = sent(entry.change.value);
        let (by, at) = (entry.by.clone(), entry.at.to_string());
        Self { change: entry.change.id.to_string(), value, absence, by, at }
    }
}

impl BoardRowOut {
    fn of(row: BoardRow, today: thidua_base::Date) -> Self {
        Self {
            is_late: row.is_late(today),
            unit: row.unit.to_string(),
            name: row.name,
            state: row.submission.state().word(),
            stage: row.stage.word(),
            due_on: row.due_on.to_string(),
            filled: row.completeness.filled,
            required: row.completeness.required,
            waived: row.waiver.map(|waiver| waiver.reason),
        }
    }
}

/// A sheet with its rows, its state and what the checks found
#[utoipa::path(get, path = "/sheets/{form}/{period}/{unit}", operation_id = "read_sheet", tag = "sheets",
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit")),
    responses((status = 200, description = "The sheet", body = SheetOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(
    caller: Caller,
    Path((form, period, unit)): Path<(String, String, String)>,
) -> Result<Json<SheetOut>, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let seen = caller.read(move |app, by| sheet(app, by, &key)).await?;
    Ok(Json(SheetOut::of(caller.say, &seen)))
}

/// Enters figures (nhập số liệu); scope `enter`. Each change has an id of its own: sent twice, it is answered as before
#[utoipa::path(post, path = "/sheets/{form}/{period}/{unit}/entries", operation_id = "enter_figures", tag = "sheets", request_body = Batch,
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit")),
    responses((status = 200, description = "What became of each change", body = Answers),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn entries(
    caller: Caller,
    Path((form, period, unit)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Answers>, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let batch: Batch = json(&headers, &body)?;
    if batch.changes.iter().any(|change| change.unit() != key.unit.as_str()) {
        return Err(ApiFault::BadParameter("unit"));
    }
    let wanted = key.clone();
    let nature = caller.verb(move |app, by| thidua_app::collection::nature(app, by, &wanted)).await?;
    let read = batch.changes.into_iter().map(|sent| sent.read(&key.form, key.period, nature, true));
    let changes = read.collect::<Result<Vec<_>, _>>().map_err(ApiFault::BadParameter)?;
    let answers = caller.verb(move |app, by| enter(app, by, &key.form, key.period, &changes)).await?;
    Ok(Json(Answers { answers: answers.iter().map(|answer| SentAnswer::for_programs(caller.say, answer)).collect() }))
}

/// Takes a step with a sheet: send, withdraw, return, take in, …; scope `send` or `keep`
#[utoipa::path(post, path = "/sheets/{form}/{period}/{unit}/steps", operation_id = "take_step", tag = "sheets", request_body = StepNew,
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The step", body = StepOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn steps(
    caller: Caller,
    Path((form, period, unit)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let key: SheetKey = key_of(&form, &period, &unit)?;
    let asked: StepNew = json(&headers, &body)?;
    let verb = Verb::ALL.into_iter().find(|verb| verb.word() == asked.verb).ok_or(ApiFault::BadParameter("verb"))?;
    let cells = asked.cells.into_iter().map(|cell| {
        let indicator = IndicatorCode::parse(&cell.indicator).map_err(|_| ApiFault::BadParameter("indicator"))?;
        Ok(NamedCell { indicator, reason: cell.reason })
    });
    let new = NewStep { verb, reason: asked.reason, cells: cells.collect::<Result<_, ApiFault>>()? };
    caller
        .once(body, move |app, by| {
            let event = step(app, by, &key, &new)?;
            Ok(StepOut {
                verb: event.verb.word(),
                state: event.to.word(),
                revision: event.revision,
                by: event.by,
                at: event.at.to_string(),
                reason: event.reason,
            })
        })
        .await
}

/// Answers a finding of the checks (giải trình); scope `enter`
#[utoipa::path(post, path = "/sheets/{form}/{period}/{unit}/explanations", operation_id = "explain_figure", tag = "sheets",
    request_body = ExplanationNew,
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"),
        ("unit" = String, Path, description = "Unit"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The explanation", body = ExplanationOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn explanations(
    caller: Caller,
    Path((form, period, unit)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let key = key_of(&form, &period, &unit)?;
    let sent: ExplanationNew = json(&headers, &body)?;
    let new = NewExplanation {
        key,
        rule: sent.rule,
        indicator: IndicatorCode::parse(&sent.indicator).map_err(|_| ApiFault::BadParameter("indicator"))?,
        fingerprint: sent.fingerprint,
        text: sent.text,
    };
    caller
        .once(body, move |app, by| {
            let kept = explain(app, by, &new)?;
            Ok(ExplanationOut {
                rule: kept.rule,
                indicator: kept.indicator.to_string(),
                fingerprint: kept.fingerprint,
                text: kept.text,
                by: kept.written_by,
                at: kept.written_at.to_string(),
            })
        })
        .await
}

/// The board of a cycle (theo dõi thu thập): who has sent, who has not, who is late
#[utoipa::path(get, path = "/boards/{form}/{period}", operation_id = "read_board", tag = "sheets",
    params(("form" = String, Path, description = "Form"), ("period" = String, Path, description = "Period"), Part),
    responses((status = 200, description = "Units, by id", body = Paged<BoardRowOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn boards(
    caller: Caller,
    Path((form, period)): Path<(String, String)>,
    Query(part): Query<Part>,
) -> Result<Json<Paged<BoardRowOut>>, ApiFault> {
    let (form, period): (FormId, Period) = cycle_of(&form, &period)?;
    let seen = caller.read(move |app, by| board(app, by, &form, period)).await?;
    let today = seen.today;
    Ok(Json(part.of(seen.rows, |row| row.unit.to_string(), |row| BoardRowOut::of(row, today))?))
}
