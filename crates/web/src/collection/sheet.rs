//! The grid: one unit's sheet, with everything beside each cell, and what may be done with it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use serde::Serialize;
use thidua_app::collection::{SheetKey, SheetSeen, sheet};
use thidua_base::Number;
use thidua_base::text::upper_first;
use thidua_domain::Refusal;
use thidua_domain::actor::Verb;
use thidua_domain::collection::Change;
#[cfg(test)]
use thidua_domain::collection::Stage;
use thidua_domain::collection::check::{CheckResult, Severity, explains};
use thidua_domain::collection::typed::Misread;
use thidua_domain::collection::{Evidence, Explanation, SheetRow};

use super::entering::{
    AbsenceView, absence_views, data_block, may_be_kept, script_words, severities, severity_view, shown_absences,
    typed_words,
};
use super::evidence_view::{EvidenceView, evidence_views};
use super::sheet_row::{FindingView, RowView};
use super::{Badge, days_left, key_of, stage_badge, state_badge};
use crate::account::sign_in::NEVER_STORED;
use crate::check::{facts_json, rules_json, sentences_json};
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The grid.
#[derive(Debug, Template)]
#[template(path = "collection/sheet.html")]
pub struct SheetPage {
    page: Page,
    refusal: String,
    title: String,
    number: String,
    unit: String,
    receiver: String,
    period: String,
    due: String,
    left: String,
    stage: Badge,
    state: Badge,
    revision: i64,
    enters: bool,
    has_phases: bool,
    rows: Vec<RowView>,
    general: Vec<FindingView>,
    absences: Vec<AbsenceView>,
    filled: usize,
    required: usize,
    open_findings: usize,
    steps: Vec<StepView>,
    returns: bool,
    events: Vec<EventView>,
    evidence: Vec<EvidenceView>,
    attaches: bool,
    to_evidence: String,
    extensions: Vec<String>,
    address: String,
    to_step: String,
    to_explain: String,
    to_workbook: String,
    to_import: String,
    form_token: String,
    data: String,
    checks: ScriptChecks,
}

/// What the script checks with: the server's own facts, rules and sentences.
#[derive(Debug, Default)]
struct ScriptChecks {
    facts: String,
    rules: String,
    sentences: String,
}

/// A step that may be taken now.
#[derive(Debug)]
struct StepView {
    verb: &'static str,
    label: String,
    wants_reason: bool,
    is_main: bool,
}

/// Something that happened to the sheet.
#[derive(Debug)]
struct EventView {
    at: String,
    by: String,
    what: String,
    reason: String,
    cells: Vec<(String, String)>,
}

/// What the page's script is told, as JSON.
#[derive(Debug, Serialize)]
struct Data<'a> {
    send: String,
    worker: &'static str,
    token: &'a str,
    account: String,
    unit: &'a str,
    enters: bool,
    columns: usize,
    words: BTreeMap<&'static str, &'static str>,
    absences: BTreeMap<&'static str, &'static str>,
    typed: BTreeMap<&'static str, &'static str>,
    severities: BTreeMap<&'static str, [&'static str; 2]>,
    explanations: Vec<Told<'a>>,
    explain: String,
}

/// An explanation that was given, for the script.
#[derive(Debug, Serialize)]
struct Told<'a> {
    rule: &'a str,
    indicator: &'a str,
    fingerprint: &'a str,
    text: &'a str,
}

/// `GET /nhap-lieu/{form}/{period}/{unit}`
pub async fn page(ask: Ask, Path((form, period, unit)): Path<(String, String, String)>) -> Result<Response, Fault> {
    shown(&ask, key_of(&form, &period, &unit)?, None, Vec::new()).await
}

/// A cell that was not kept: what was typed comes back with the reason.
#[derive(Debug, Clone)]
pub struct Unkept {
    code: String,
    text: String,
    note: String,
    why: Why,
}

#[derive(Debug, Clone)]
enum Why {
    Misread(Misread),
    Unclear,
    Refused(Refusal),
}

impl Unkept {
    /// A text that cannot be read, or that a person has to say more about.
    pub fn misread(code: &str, text: &str, note: &str, why: Option<Misread>) -> Self {
        let why = why.map_or(Why::Unclear, Why::Misread);
        Self { code: code.to_owned(), text: text.to_owned(), note: note.to_owned(), why }
    }

    /// A change that was refused.
    pub fn refused(change: &Change, why: Refusal) -> Self {
        let text = change.value.number().map(Number::vi).unwrap_or_default();
        Self { code: change.indicator.to_string(), text, note: change.note.clone(), why: Why::Refused(why) }
    }

    fn sentence(&self, say: &'static Messages) -> String {
        match &self.why {
            Why::Misread(why) => misread_words(say, *why).to_owned(),
            Why::Unclear => say.get("grid.unclear").to_owned(),
            Why::Refused(refusal) => say.refusal(refusal),
        }
    }
}

/// The page, with what was refused where something was.
pub async fn shown(ask: &Ask, key: SheetKey, refusal: Option<Refusal>, unkept: Vec<Unkept>) -> Result<Response, Fault> {
    let wanted = key.clone();
    let say = ask.messages();
    let (house, (seen, rules, left)) = ask
        .verb(move |app, by| {
            let seen = sheet(app, by, &wanted)?;
            let rules = rules_json(&app.rules.on(wanted.period.last_day()));
            let left = days_left(say, app.shipped.calendar(), seen.today, seen.due_on);
            Ok((seen, rules, left))
        })
        .await?;
    let token = ask.form_token()?;
    let title = format!("{} – {}", seen.sheet.form.name, seen.unit_name);
    let page = ask.page(Part::Collection, &title, &house);
    let account = house.account();
    let mut view = SheetPage::of(page, say, &key, &seen, token, &account, refusal.as_ref());
    view.left = left;
    view.give_back(say, &unkept);
    if seen.enters {
        view.checks = ScriptChecks { facts: facts_json(&seen.facts), rules, sentences: sentences_json(say) };
    }
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if seen.enters {
        may_be_kept(ask, &mut response);
    }
    if refusal.is_some() || !unkept.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl SheetPage {
    fn of(
        page: Page,
        say: &'static Messages,
        key: &SheetKey,
        seen: &SheetSeen,
        form_token: String,
        account: &str,
        refusal: Option<&Refusal>,
    ) -> Self {
        let sheet = &seen.sheet;
        let mut rows: Vec<RowView> =
            sheet.rows.iter().map(|row| RowView::of(say, row, &key.unit, key.period)).collect();
        let names: BTreeMap<&str, String> =
            sheet.rows.iter().zip(&rows).map(|(row, view)| (row.indicator.code.as_str(), view.name.clone())).collect();
        let mut general = Vec::new();
        let mut at_rows: Vec<(String, FindingView)> = Vec::new();
        for (place, found) in seen.findings.iter().enumerate() {
            let view = finding(say, found, &seen.explanations, &names, place);
            match found.row() {
                Some(code) => at_rows.push((code.to_string(), view)),
                None => general.push(view),
            }
        }
        for (code, view) in at_rows {
            match rows.iter_mut().find(|row| row.code == code) {
                Some(row) => row.findings.push(view),
                None => general.push(view),
            }
        }
        for row in &mut rows {
            let cites = |piece: &&Evidence| piece.stands() && piece.cells.iter().any(|cell| cell.as_str() == row.code);
            row.evidence = seen.evidence.iter().filter(cites).count();
        }
        let completeness = sheet.completeness();
        let has_phases = sheet.rows.iter().any(|row| row.plan_to_date.is_some());
        let data = Data {
            send: paths::entries(&key.form, key.period),
            worker: paths::WORKER,
            token: &form_token,
            account: account.to_owned(),
            unit: key.unit.as_str(),
            enters: seen.enters,
            columns: columns(has_phases),
            absences: shown_absences(),
            typed: typed_words(say),
            severities: severities(say),
            explanations: seen
                .explanations
                .iter()
                .map(|given| Told {
                    rule: &given.rule,
                    indicator: given.indicator.as_str(),
                    fingerprint: &given.fingerprint,
                    text: &given.text,
                })
                .collect(),
            explain: paths::sheet_explanation(&key.form, key.period, &key.unit),
            words: script_words(say),
        };
        let data = data_block(&data);
        Self {
            refusal: refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default(),
            title: sheet.form.name.clone(),
            number: sheet.form.number.clone(),
            unit: seen.unit_name.clone(),
            receiver: seen.receiver_name.clone(),
            period: say.period(key.period),
            due: seen.due_on.in_table(),
            left: String::new(),
            stage: stage_badge(say, sheet.stage),
            state: state_badge(say, sheet.state()),
            revision: sheet.submission.revision(),
            enters: seen.enters,
            has_phases,
            general,
            absences: absence_views(say),
            filled: completeness.filled,
            required: completeness.required,
            open_findings: seen.open_findings().len(),
            steps: seen.steps.iter().map(|verb| step_view(say, *verb)).collect(),
            returns: seen.steps.contains(&Verb::ReturnSheet),
            events: events(say, seen),
            evidence: evidence_views(say, &seen.evidence, sheet),
            attaches: seen.attaches,
            to_evidence: paths::evidence(&key.form, key.period, &key.unit),
            extensions: seen
                .extensions
                .iter()
                .map(|given| {
                    let until = given.open_until.in_table();
                    let facts = [("until", until.as_str()), ("reason", &given.reason), ("by", &given.granted_by)];
                    say.with("collection.extended", &facts)
                })
                .collect(),
            address: paths::sheet(&key.form, key.period, &key.unit),
            to_step: paths::sheet_step(&key.form, key.period, &key.unit),
            to_explain: paths::sheet_explanation(&key.form, key.period, &key.unit),
            to_workbook: paths::sheet_workbook(&key.form, key.period, &key.unit),
            to_import: paths::sheet_import(&key.form, key.period, &key.unit),
            rows,
            form_token,
            data,
            checks: ScriptChecks::default(),
            page,
        }
    }

    /// Puts what was typed and not kept back into its cells, with the reasons.
    fn give_back(&mut self, say: &'static Messages, unkept: &[Unkept]) {
        for cell in unkept {
            let Some(row) = self.rows.iter_mut().find(|row| row.code == cell.code) else { continue };
            row.text.clone_from(&cell.text);
            row.note.clone_from(&cell.note);
            row.refused = cell.sentence(say);
        }
    }

    fn to_list(&self) -> &'static str {
        paths::COLLECTION
    }

    /// Columns of the table, for cells that span it.
    fn columns(&self) -> usize {
        columns(self.has_phases)
    }

    /// Whether the sheet may be sent, as far as the page knows.
    fn is_ready(&self) -> bool {
        self.filled >= self.required && self.open_findings == 0
    }
}

/// Columns of the grid.
fn columns(has_phases: bool) -> usize {
    if has_phases { 12 } else { 11 }
}

fn finding(
    say: &'static Messages,
    found: &CheckResult,
    explanations: &[Explanation],
    names: &BTreeMap<&str, String>,
    place: usize,
) -> FindingView {
    let [class, severity] = severity_view(say, found.severity);
    let wants = found.severity == Severity::Explain;
    let answer = explanations.iter().rev().find(|given| explains(given, found));
    FindingView {
        class,
        severity,
        sentence: check_sentence(say, found, names),
        rule: if wants { found.rule.clone() } else { String::new() },
        fingerprint: found.fingerprint(),
        answer: answer.map(|given| given.text.clone()).unwrap_or_default(),
        form: format!("giai-trinh-{place}"),
    }
}

/// What a rule found in a sheet, in a sentence.
pub fn told(say: &'static Messages, seen: &SheetSeen, found: &CheckResult) -> String {
    let label =
        |row: &SheetRow| if row.row.label.is_empty() { row.indicator.name.clone() } else { row.row.label.clone() };
    let names = seen.sheet.rows.iter().map(|row| (row.indicator.code.as_str(), label(row))).collect();
    check_sentence(say, found, &names)
}

/// What a rule found, in a sentence.
fn check_sentence(say: &'static Messages, found: &CheckResult, names: &BTreeMap<&str, String>) -> String {
    let named: Vec<&str> =
        found.rows.iter().map(|code| names.get(code.as_str()).map_or(code.as_str(), String::as_str)).collect();
    let others = named.get(1..).unwrap_or_default().join(", ");
    let numbers: Vec<(&str, String)> = found.numbers.iter().map(|(name, number)| (*name, number.vi())).collect();
    let mut facts: Vec<(&str, &str)> = numbers.iter().map(|(name, text)| (*name, text.as_str())).collect();
    facts.push(("row", named.first().copied().unwrap_or("…")));
    facts.push(("others", if others.is_empty() { "…" } else { &others }));
    say.with(&format!("check.{}", found.kind.word()), &facts)
}

/// Why a text is not read, in a sentence.
pub(super) fn misread_words(say: &'static Messages, why: Misread) -> &'static str {
    say.get(&format!("typed.{}", why.word()))
}

fn step_view(say: &'static Messages, verb: Verb) -> StepView {
    StepView {
        verb: verb.word(),
        label: upper_first(say.get(&format!("verb.{}", verb.word()))),
        wants_reason: matches!(verb, Verb::ReturnSheet | Verb::AmendSheet | Verb::WithdrawSheet),
        is_main: matches!(verb, Verb::SubmitSheet | Verb::AcceptSheet | Verb::ApproveSheets | Verb::VerifySheet),
    }
}

fn events(say: &'static Messages, seen: &SheetSeen) -> Vec<EventView> {
    let name = |code: &thidua_base::code::IndicatorCode| {
        seen.sheet.row(code).map_or_else(|| code.to_string(), |row| row.indicator.name.clone())
    };
    let all = seen.sheet.submission.events.iter().rev();
    all.map(|event| EventView {
        at: event.at.in_table(),
        by: event.by.clone(),
        what: upper_first(say.get(&format!("verb.{}", event.verb.word()))),
        reason: event.reason.clone(),
        cells: event.cells.iter().map(|cell| (name(&cell.indicator), cell.reason.clone())).collect(),
    })
    .collect()
}

#[cfg(test)]
impl crate::sampled::Sampled for SheetPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::collection::sheet_row::ConflictView;
        use crate::sampled::{LONG_NAME, frame};
        let say = frame(Part::Collection, lang).messages();
        let row = |speaks: bool| RowView {
            heading: if speaks { "Nông nghiệp".into() } else { String::new() },
            label: "1".into(),
            code: if speaks { "NN01".into() } else { "NN02".into() },
            name: LONG_NAME.into(),
            definition: LONG_NAME.into(),
            measure: "tỷ đồng".into(),
            is_required: true,
            plan_year: "1.231,2".into(),
            plan_to_date: "615,6".into(),
            same_period: String::new(),
            same_period_hint: say.get("figure.not-comparable"),
            text: "1.231,2".into(),
            absence: "",
            seq: "7".into(),
            passport: "/so-lieu/reading:NN01:x-1:2020-H1".into(),
            accumulated: "1.231,2".into(),
            of_plan: "100,0".into(),
            of_same: String::new(),
            note: "Ghi chú".into(),
            evidence: usize::from(speaks),
            to_evidence: "x-1/minh-chung?o=NN01".into(),
            earlier: vec![("năm 2019".into(), "1.200".into())],
            returned: if speaks { "Sai đơn vị tính".into() } else { String::new() },
            conflicts: if speaks {
                vec![ConflictView {
                    id: "c-1".into(),
                    mine: "120".into(),
                    mine_by: "Trần Văn Bình".into(),
                    held: "110".into(),
                    held_by: "Lê Thị Thủy".into(),
                }]
            } else {
                Vec::new()
            },
            refused: if speaks { LONG_NAME.into() } else { String::new() },
            before: "7|1.231,2|Ghi chú".into(),
            findings: if speaks {
                vec![FindingView {
                    class: "warn",
                    severity: say.get("check-severity.explain"),
                    sentence: LONG_NAME.into(),
                    rule: "own-history".into(),
                    fingerprint: "value=1".into(),
                    answer: String::new(),
                    form: "giai-trinh-0".into(),
                }]
            } else {
                Vec::new()
            },
        };
        let sample = |enters, rows: Vec<RowView>, steps: &[Verb]| Self {
            page: frame(Part::Collection, lang),
            refusal: if enters { say.refusal(&Refusal::LessFirm) } else { String::new() },
            title: LONG_NAME.into(),
            number: "Biểu số 01/TĐKT".into(),
            unit: "Xã Tiến Nông".into(),
            receiver: "Huyện Triệu Sơn".into(),
            period: "6 tháng đầu năm 2020".into(),
            due: "15/06/2020".into(),
            left: "còn 3 ngày làm việc".into(),
            stage: stage_badge(say, Stage::Late),
            state: state_badge(say, thidua_domain::collection::State::Returned),
            revision: 2,
            enters,
            has_phases: enters,
            general: Vec::new(),
            absences: absence_views(say),
            filled: 1,
            required: 2,
            open_findings: 1,
            steps: steps.iter().map(|verb| step_view(say, *verb)).collect(),
            returns: steps.contains(&Verb::ReturnSheet),
            events: vec![EventView {
                at: "09:00 12/06/2020".into(),
                by: "Trần Văn Bình".into(),
                what: "Trả lại biểu".into(),
                reason: LONG_NAME.into(),
                cells: vec![("Diện tích".into(), "Sai".into())],
            }],
            evidence: if enters { super::evidence_view::samples() } else { Vec::new() },
            attaches: enters,
            to_evidence: "/nhap-lieu/b/2020-H1/x-1/minh-chung".into(),
            extensions: vec![LONG_NAME.into()],
            address: "/nhap-lieu/b/2020-H1/x-1".into(),
            to_step: "/nhap-lieu/b/2020-H1/x-1/buoc".into(),
            to_explain: "/nhap-lieu/b/2020-H1/x-1/giai-trinh".into(),
            to_workbook: "/nhap-lieu/b/2020-H1/x-1/bieu.xlsx".into(),
            to_import: "/nhap-lieu/b/2020-H1/x-1/nhap-tep".into(),
            rows,
            form_token: "0123-abcd".into(),
            data: "{}".into(),
            checks: ScriptChecks::default(),
        };
        vec![
            sample(false, Vec::new(), &[]),
            sample(true, vec![row(true), row(false)], &[Verb::SubmitSheet, Verb::AmendSheet]),
            sample(false, vec![row(true), row(false)], &[Verb::AcceptSheet, Verb::ReturnSheet]),
        ]
    }
}
