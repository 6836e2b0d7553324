//! A file that was sent: what each of its cells would change, how a list is understood, and the word to enter it.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_app::collection::{Answer, ImportSeen, ListSeen, SheetKey, confirm_import, look_again};
use thidua_base::code::IndicatorCode;
use thidua_domain::Refusal;
use thidua_domain::collection::entry::Outcome;
use thidua_domain::collection::import::mapping::{Mapping, Role, SURE};
use thidua_domain::collection::import::{Found, Line, Pick};
use thidua_domain::indicator::Value;

use super::{Badge, import, key_of};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::indicator::passport::absence_word;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

type Address = Path<(String, String, String, String)>;

/// A file held against the sheet.
#[derive(Debug, Template)]
#[template(path = "collection/import_preview.html")]
pub struct PreviewPage {
    page: Page,
    problem: String,
    done: Vec<String>,
    form: String,
    unit: String,
    period: String,
    file: String,
    counts: Vec<(usize, Badge)>,
    lines: Vec<LineView>,
    missing: String,
    list: Option<ListView>,
    to_sheet: String,
    to_import: String,
    address: String,
    form_token: String,
}

/// One cell.
#[derive(Debug)]
struct LineView {
    place: String,
    name: String,
    in_file: String,
    in_sheet: String,
    note: String,
    badge: Badge,
    why: String,
    held: String,
    is_taken: bool,
    is_chosen: bool,
}

/// How a list is understood.
#[derive(Debug)]
struct ListView {
    columns: Vec<ChoiceView>,
    names: Vec<ChoiceView>,
    unmatched: Vec<String>,
}

/// Something to be chosen, with what is chosen.
#[derive(Debug)]
struct ChoiceView {
    field: String,
    title: String,
    sure: String,
    options: Vec<(String, String, bool)>,
}

/// `GET /nhap-lieu/{form}/{period}/{unit}/nhap-tep/{upload}`
pub async fn page(ask: Ask, Path((form, period, unit, upload)): Address) -> Result<Response, Fault> {
    shown(&ask, key_of(&form, &period, &unit)?, upload, None, None).await
}

/// `POST /nhap-lieu/{form}/{period}/{unit}/nhap-tep/{upload}`
pub async fn submit(
    ask: Ask,
    Path((form, period, unit, upload)): Address,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let key = key_of(&form, &period, &unit)?;
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    if !ask.takes(field("ma")) {
        return shown(&ask, key, upload, None, Some(Refusal::StaleForm)).await;
    }
    let (wanted, id) = (key.clone(), upload.clone());
    let first = ask.file(move |app, by| look_again(app, by, &wanted, &id, None)).await;
    let first = match first {
        Ok(first) => first,
        Err(fault) => return sent_back(&ask, key, fault).await,
    };
    let said = first.list.as_ref().map(|list| said(list, &fields));
    if field("viec") != "ghi" {
        return shown(&ask, key, upload, said, None).await;
    }
    let picks: Vec<Pick> = fields
        .iter()
        .filter_map(|(name, shown)| {
            let place = name.strip_prefix("o-")?.to_owned();
            Some(Pick { place, shown: shown.parse().ok() })
        })
        .collect();
    let (wanted, mapping) = (key.clone(), said.clone());
    let answers = ask.file(move |app, by| confirm_import(app, by, &wanted, &upload, mapping.as_ref(), &picks)).await;
    match answers {
        Ok(answers) => entered(&ask, key, first, &answers).await,
        Err(fault) => sent_back(&ask, key, fault).await,
    }
}

/// What a person said of a list: every choice of the form; what was left open stays open.
fn said(list: &ListSeen, fields: &HashMap<String, String>) -> Mapping {
    let field = |name: String| fields.get(&name).map(String::as_str);
    // A form without these fields says nothing of them: what was taken before stands.
    let taken = |at: usize| list.mapping.columns.get(at).cloned().unwrap_or(Role::Ignored);
    let columns = (0..list.proposal.columns.len())
        .map(|at| field(format!("cot-{at}")).and_then(Role::of_word).unwrap_or_else(|| taken(at)));
    let mut mapping = Mapping { columns: columns.collect(), ..list.mapping.clone() };
    for (at, named) in list.proposal.indicators.iter().enumerate() {
        match field(format!("ten-{at}")) {
            Some("") => mapping.unsay_indicator(&named.text),
            Some("-") => mapping.say_indicator(&named.text, None),
            Some(code) => {
                if let Ok(code) = IndicatorCode::parse(code) {
                    mapping.say_indicator(&named.text, Some(code));
                }
            }
            None => {}
        }
    }
    mapping
}

/// To the page where files are sent, with the reason.
async fn sent_back(ask: &Ask, key: SheetKey, fault: Fault) -> Result<Response, Fault> {
    match fault {
        Fault::Refused(refusal) => import::shown(ask, key, Some(ask.messages().refusal(&refusal))).await,
        other => Err(other),
    }
}

async fn shown(
    ask: &Ask,
    key: SheetKey,
    upload: String,
    said: Option<Mapping>,
    problem: Option<Refusal>,
) -> Result<Response, Fault> {
    let (wanted, id) = (key.clone(), upload);
    let looked = ask.verb(move |app, by| look_again(app, by, &wanted, &id, said.as_ref())).await;
    let (house, looked) = match looked {
        Ok(looked) => looked,
        Err(fault) => return sent_back(ask, key, fault).await,
    };
    let say = ask.messages();
    let page = ask.page(Part::Collection, say.get("import.preview"), &house);
    let mut view = PreviewPage::of(page, say, &key, &looked, ask.form_token()?);
    if let Some(problem) = &problem {
        view.problem = say.refusal(problem);
    }
    answered(&view, problem.is_some())
}

/// What became of the chosen cells.
async fn entered(ask: &Ask, key: SheetKey, looked: ImportSeen, answers: &[Answer]) -> Result<Response, Fault> {
    let house = ask.verb(|_, _| Ok(())).await?.0;
    let say = ask.messages();
    let page = ask.page(Part::Collection, say.get("import.preview"), &house);
    let mut view = PreviewPage::of(page, say, &key, &looked, String::new());
    view.done = outcome_of(say, answers);
    view.lines = Vec::new();
    view.list = None;
    answered(&view, false)
}

fn outcome_of(say: &'static Messages, answers: &[Answer]) -> Vec<String> {
    let count = |wanted: fn(&Answer) -> bool| answers.iter().filter(|answer| wanted(answer)).count();
    let saved = count(|answer| matches!(answer.outcome, Ok(Outcome::Saved { .. })));
    let conflicts = count(|answer| matches!(answer.outcome, Ok(Outcome::Conflict { .. })));
    let refused = count(|answer| answer.outcome.is_err());
    let mut told = vec![say.with("import.done", &[("saved", &saved.to_string())])];
    if conflicts > 0 {
        told.push(say.with("import.done-conflicts", &[("count", &conflicts.to_string())]));
    }
    if refused > 0 {
        told.push(say.with("import.done-refused", &[("count", &refused.to_string())]));
        told.extend(answers.iter().filter_map(|answer| answer.outcome.as_ref().err()).map(|why| say.refusal(why)));
    }
    told
}

fn answered(view: &PreviewPage, is_refused: bool) -> Result<Response, Fault> {
    let mut response = html(view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl PreviewPage {
    fn of(page: Page, say: &'static Messages, key: &SheetKey, looked: &ImportSeen, form_token: String) -> Self {
        let preview = &looked.preview;
        let totals = preview.totals();
        let badge = |word: &str, class| Badge { word: say.get(&format!("import.{word}")).to_owned(), class };
        let counts = [
            (totals.new, badge("new", "good")),
            (totals.changed, badge("changed", "note")),
            (totals.noted, badge("noted", "note")),
            (totals.conflicts, badge("conflict", "warn")),
            (totals.refused, badge("refused", "bad")),
            (totals.unchanged, badge("unchanged", "plain")),
            (totals.empty, badge("empty", "plain")),
        ];
        let names: Vec<&str> = preview
            .missing
            .iter()
            .filter_map(|code| looked.sheet.sheet.row(code))
            .map(|row| row.indicator.name.as_str())
            .collect();
        Self {
            page,
            problem: String::new(),
            done: Vec::new(),
            form: looked.sheet.sheet.form.name.clone(),
            unit: looked.sheet.unit_name.clone(),
            period: say.period(key.period),
            file: preview.source.file.clone(),
            counts: counts.into_iter().filter(|(count, _)| *count > 0).collect(),
            lines: preview.lines.iter().map(|line| LineView::of(say, looked, line)).collect(),
            missing: names.join("; "),
            list: looked.list.as_ref().map(|list| ListView::of(say, looked, list)),
            to_sheet: paths::sheet(&key.form, key.period, &key.unit),
            to_import: paths::sheet_import(&key.form, key.period, &key.unit),
            address: paths::sheet_upload(&key.form, key.period, &key.unit, &looked.upload),
            form_token,
        }
    }

    fn takes_any(&self) -> bool {
        self.lines.iter().any(|line| line.is_taken)
    }

    fn has_conflicts(&self) -> bool {
        self.lines.iter().any(|line| line.is_taken && !line.is_chosen)
    }
}

fn told(say: &'static Messages, value: Value) -> String {
    match value {
        Value::Of(number) => number.vi(),
        Value::Absent(absence) => absence_word(say, absence).to_owned(),
    }
}

impl LineView {
    fn of(say: &'static Messages, looked: &ImportSeen, line: &Line) -> Self {
        let held = looked.sheet.sheet.row(&line.indicator).and_then(|row| row.current.as_ref());
        let (word, class, in_file, why) = match &line.found {
            Found::Empty => ("empty", "plain", String::new(), String::new()),
            Found::New { to } => ("new", "good", told(say, *to), String::new()),
            Found::Changed { to, .. } => ("changed", "note", told(say, *to), String::new()),
            Found::Unchanged { value } => ("unchanged", "plain", told(say, *value), String::new()),
            Found::Noted { value } => ("noted", "note", told(say, *value), String::new()),
            Found::ConflictsWithNewer { file, .. } => ("conflict", "warn", told(say, *file), String::new()),
            Found::Refused { shown, why } => ("refused", "bad", shown.clone(), say.refusal(why)),
        };
        Self {
            place: line.place.clone(),
            name: line.name.clone(),
            in_file,
            in_sheet: held.map(|reading| told(say, reading.value)).unwrap_or_default(),
            note: line.note.clone(),
            badge: Badge { word: say.get(&format!("import.{word}")).to_owned(), class },
            why,
            held: line.held.map(|seq| seq.to_string()).unwrap_or_default(),
            is_taken: line.brings().is_some(),
            is_chosen: matches!(line.found, Found::New { .. } | Found::Changed { .. } | Found::Noted { .. }),
        }
    }
}

impl ListView {
    fn of(say: &'static Messages, looked: &ImportSeen, list: &ListSeen) -> Self {
        let rows = &looked.sheet.sheet.rows;
        let name_of = |code: &IndicatorCode| {
            rows.iter().find(|row| row.indicator.code == *code).map_or("", |row| row.indicator.name.as_str())
        };
        let role_word = |role: &Role| match role {
            Role::ActualOf(code) => say.with("import-role.actual-of", &[("name", name_of(code))]),
            plain => say.get(&format!("import-role.{}", plain.word())).to_owned(),
        };
        let sure = |confidence: u8| format!("{confidence}%");
        let columns = list.proposal.columns.iter().zip(&list.mapping.columns).enumerate();
        let columns = columns.filter(|(_, (column, _))| !column.title.is_empty()).map(|(at, (column, taken))| {
            let mut roles: Vec<Role> = Role::plain().collect();
            if let guess @ Role::ActualOf(_) = &column.role.is {
                roles.push(guess.clone());
            }
            let options = roles.iter().map(|role| (role.word(), role_word(role), role == taken));
            ChoiceView {
                field: format!("cot-{at}"),
                title: column.title.clone(),
                sure: sure(column.role.confidence),
                options: options.collect(),
            }
        });
        let names = list.proposal.indicators.iter().enumerate().map(|(at, named)| {
            let taken = list.mapping.indicator(&named.text);
            let options = [
                (String::new(), say.get("import.ask").to_owned(), taken.is_none()),
                ("-".to_owned(), say.get("import.skip").to_owned(), taken == Some(None)),
            ];
            let asked = rows.iter().map(|row| {
                let is_taken = taken == Some(Some(&row.indicator.code));
                (row.indicator.code.to_string(), row.indicator.name.clone(), is_taken)
            });
            ChoiceView {
                field: format!("ten-{at}"),
                title: named.text.clone(),
                sure: match &named.guess {
                    // A guess that was not taken is named all the same: the person may agree at a glance.
                    Some(guess) if guess.confidence < SURE => {
                        format!("{} {}", name_of(&guess.is), sure(guess.confidence))
                    }
                    Some(guess) => sure(guess.confidence),
                    None => String::new(),
                },
                options: options.into_iter().chain(asked).collect(),
            }
        });
        let unmatched = list
            .unmatched
            .iter()
            .map(|left| format!("{} ({})", left.text, say.with("import.row", &[("row", &left.row.to_string())])));
        Self { columns: columns.collect(), names: names.collect(), unmatched: unmatched.collect() }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for PreviewPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_domain::refusal::CellFault;

        let say = Messages::of(lang);
        let badge = |word: &str, class| Badge { word: say.get(&format!("import.{word}")).to_owned(), class };
        let line = |place: &str, word: &str, class, in_file: &str, in_sheet: &str, why: &str| LineView {
            place: place.to_owned(),
            name: LONG_NAME.to_owned(),
            in_file: in_file.to_owned(),
            in_sheet: in_sheet.to_owned(),
            note: "Vụ chiêm xuân".to_owned(),
            badge: badge(word, class),
            why: why.to_owned(),
            held: "7".to_owned(),
            is_taken: matches!(word, "new" | "changed" | "conflict"),
            is_chosen: matches!(word, "new" | "changed"),
        };
        let why = say.refusal(&Refusal::BadCell { why: CellFault::Day });
        let choice = |field: &str, title: &str| ChoiceView {
            field: field.to_owned(),
            title: title.to_owned(),
            sure: "62%".to_owned(),
            options: vec![
                (String::new(), say.get("import.ask").to_owned(), true),
                ("NN02".to_owned(), "Diện tích lúa".to_owned(), false),
            ],
        };
        let one = |lines, list, done| Self {
            page: frame(Part::Collection, lang),
            problem: String::new(),
            done,
            form: "Kết quả thực hiện các chỉ tiêu".to_owned(),
            unit: "Xã Dân Lý".to_owned(),
            period: "6 tháng đầu năm 2020".to_owned(),
            file: "Biểu 01 xã Dân Lý.xlsx".to_owned(),
            counts: vec![(3, badge("new", "good")), (1, badge("refused", "bad"))],
            lines,
            missing: "Tổng đàn bò".to_owned(),
            list,
            to_sheet: "/nhap-lieu/b/2020-H1/x".to_owned(),
            to_import: "/nhap-lieu/b/2020-H1/x/nhap-tep".to_owned(),
            address: "/nhap-lieu/b/2020-H1/x/nhap-tep/0a".to_owned(),
            form_token: String::new(),
        };
        let lines = vec![
            line("G10", "new", "good", "120,5", "", ""),
            line("G11", "changed", "note", "121", "120,5", ""),
            line("G12", "conflict", "warn", "7", "9", ""),
            line("G13", "refused", "bad", "", "", &why),
            line("G14", "unchanged", "plain", "3", "3", ""),
        ];
        let list = ListView {
            columns: vec![choice("cot-1", "Thực hiện quý I")],
            names: vec![choice("ten-0", LONG_NAME)],
            unmatched: vec!["Số hộ có ti vi (dòng 9)".to_owned()],
        };
        let done = vec![say.with("import.done", &[("saved", "3")]), why.clone()];
        vec![
            one(lines, None, Vec::new()),
            one(Vec::new(), Some(list), Vec::new()),
            Self { problem: why, ..one(Vec::new(), None, done) },
        ]
    }
}
