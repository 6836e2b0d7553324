//! Several units' figures of a cycle in one table: units as rows, indicators as columns.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use thidua_app::App;
use thidua_app::collection::{Matrix, enter, matrix};
use thidua_app::entropy::hex;
use thidua_base::Period;
use thidua_base::code::{ChangeId, FormId};
use thidua_domain::collection::check::{UnitState, bare_facts};
use thidua_domain::collection::{Change, How, SheetFacts, Typed, read_typed};
use thidua_domain::indicator::{Absence, Indicator, Value};
use thidua_domain::{Actor, Refusal};

use super::entering::{
    AbsenceView, Words, absence_views, cell_text, data_block, may_be_kept, script_words, severities, shown_absences,
    typed_words,
};
use super::sheet::misread_words;
use super::{Badge, cycle_of, state_badge};
use crate::account::sign_in::NEVER_STORED;
use crate::check::{facts_json, rules_json, sentences_json};
use crate::fault::{Fault, Spoken};
use crate::figure::Mark;
#[cfg(test)]
use crate::messages::Lang;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::{Ask, html};

/// Several units in one table.
#[derive(Debug, Template)]
#[template(path = "collection/matrix.html")]
pub struct MatrixPage {
    page: Page,
    refusal: String,
    unkept: Vec<String>,
    number: String,
    title: String,
    facts: String,
    columns: Vec<ColumnView>,
    rows: Vec<MatrixLine>,
    enters: bool,
    board: String,
    address: String,
    form_token: String,
    absences: Vec<AbsenceView>,
    data: String,
    check_facts: String,
    rules: String,
    sentences: String,
}

/// What the page's script is told, as JSON.
#[derive(Debug, Serialize)]
struct Data<'a> {
    send: String,
    worker: &'static str,
    token: &'a str,
    account: String,
    words: Words,
    absences: Words,
    typed: Words,
    severities: BTreeMap<&'static str, [&'static str; 2]>,
    names: BTreeMap<&'a str, &'a str>,
}

#[derive(Debug)]
struct ColumnView {
    code: String,
    name: String,
    measure: String,
}

#[derive(Debug)]
struct MatrixLine {
    unit: String,
    name: String,
    href: String,
    state: Badge,
    enters: bool,
    cells: Vec<CellView>,
}

#[derive(Debug)]
struct CellView {
    key: String,
    code: String,
    text: String,
    before: String,
    note: String,
    mark: Option<Mark>,
    is_wrong: bool,
}

type Fields = HashMap<String, String>;

/// A cell that was not kept: its key and why.
type Unkept = (String, Why);

#[derive(Debug, Clone)]
enum Why {
    Unread(Typed),
    Refused(Refusal),
    Conflict,
}

/// `GET /nhap-lieu/{form}/{period}`
pub async fn page(ask: Ask, Path((form, period)): Path<(String, String)>) -> Result<Response, Fault> {
    let (form, period) = cycle_of(&form, &period)?;
    shown(&ask, form, period, None, &[], &Fields::new()).await
}

/// `POST /nhap-lieu/{form}/{period}/bang`: cells that were touched are saved, each for itself.
pub async fn submit(
    ask: Ask,
    Path((form, period)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (form, period) = cycle_of(&form, &period)?;
    if !ask.takes(fields.get("ma").map(String::as_str).unwrap_or_default()) {
        return shown(&ask, form, period, Some(Refusal::StaleForm), &[], &fields).await;
    }
    let (wanted, sent) = (form.clone(), fields.clone());
    match ask.file(move |app, by| saved(app, by, &wanted, period, &sent)).await {
        Ok(unkept) if unkept.is_empty() => Ok(Redirect::to(&paths::entries(&form, period)).into_response()),
        Ok(unkept) => shown(&ask, form, period, None, &unkept, &fields).await,
        Err(Fault::Refused(refusal)) => shown(&ask, form, period, Some(refusal), &[], &fields).await,
        Err(fault) => Err(fault),
    }
}

/// Saves what was touched; gives the cells that were not kept.
fn saved(
    app: &App,
    by: &Actor,
    form: &FormId,
    period: Period,
    fields: &Fields,
) -> Result<Vec<Unkept>, thidua_app::Error> {
    let seen = matrix(app, by, form, period)?;
    let mut unkept = Vec::new();
    let mut changes: Vec<(String, Change)> = Vec::new();
    for row in seen.rows.iter().filter(|row| row.enters) {
        for (column, note) in seen.columns.iter().zip(&row.notes) {
            let key = format!("{}:{}", row.unit, column.code);
            let (Some(text), Some(before)) = (fields.get(&format!("so-{key}")), fields.get(&format!("cu-{key}")))
            else {
                continue;
            };
            let (seq, shown) = before.split_once('|').unwrap_or(("", before));
            let text = text.trim();
            if text == shown {
                continue;
            }
            let value = match read_typed(text, &column.measure, column.decimals) {
                _ if text.is_empty() => Value::Absent(Absence::NotReported),
                typed => match typed.value() {
                    Some(value) => value,
                    None => {
                        unkept.push((key, Why::Unread(typed)));
                        continue;
                    }
                },
            };
            let id = hex(&app.entropy.bytes::<16>()?);
            let change = Change {
                id: ChangeId::parse(&id).map_err(|why| thidua_app::Error::Internal(why.into()))?,
                form: form.clone(),
                period,
                unit: row.unit.clone(),
                indicator: column.code.clone(),
                nature: seen.cycle.nature,
                over: seq.parse().ok(),
                value,
                // Who saves without the script keeps what was noted.
                note: note.clone(),
                how: How::Typed,
                device_at: None,
                settles: None,
            };
            changes.push((key, change));
        }
    }
    let sent: Vec<Change> = changes.iter().map(|(_, change)| change.clone()).collect();
    let answers = enter(app, by, form, period, &sent)?;
    for ((key, _), answer) in changes.into_iter().zip(answers) {
        match answer.outcome {
            Err(refusal) => unkept.push((key, Why::Refused(refusal))),
            Ok(thidua_domain::collection::entry::Outcome::Conflict { .. }) => unkept.push((key, Why::Conflict)),
            Ok(_) => {}
        }
    }
    Ok(unkept)
}

async fn shown(
    ask: &Ask,
    form: FormId,
    period: Period,
    refusal: Option<Refusal>,
    unkept: &[Unkept],
    fields: &Fields,
) -> Result<Response, Fault> {
    let read = move |app: &App, by: &Actor| {
        Ok((matrix(app, by, &form, period)?, rules_json(&app.rules.on(period.last_day()))))
    };
    let (house, (seen, rules)) = ask.verb(read).await?;
    let say = ask.messages();
    let page = ask.page(Part::Collection, &seen.form.name, &house);
    let mut view = MatrixPage::of(page, say, &seen, ask.form_token()?);
    if view.enters {
        view.tell_script(say, &seen, house.account(), rules);
    }
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    view.give_back(say, unkept, fields);
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if view.enters {
        may_be_kept(ask, &mut response);
    }
    if refusal.is_some() || !unkept.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl MatrixPage {
    fn of(page: Page, say: &'static Messages, seen: &Matrix, form_token: String) -> Self {
        let cycle = &seen.cycle;
        let line = |row: &thidua_app::collection::MatrixRow| MatrixLine {
            unit: row.unit.to_string(),
            name: row.name.clone(),
            href: paths::sheet(&cycle.form, cycle.period, &row.unit),
            state: state_badge(say, row.state),
            enters: row.enters,
            cells: seen
                .columns
                .iter()
                .zip(row.cells.iter().zip(&row.notes))
                .map(|(column, (reading, note))| {
                    let text = cell_text(reading.as_ref());
                    let seq = reading.as_ref().map(|reading| reading.seq.to_string()).unwrap_or_default();
                    CellView {
                        key: format!("{}:{}", row.unit, column.code),
                        code: column.code.to_string(),
                        before: format!("{seq}|{text}"),
                        text,
                        note: note.clone(),
                        mark: reading.as_ref().and_then(|reading| Mark::warning(say, reading.provenance.origin)),
                        is_wrong: false,
                    }
                })
                .collect(),
        };
        let column = |indicator: &Indicator| ColumnView {
            code: indicator.code.to_string(),
            name: indicator_name(say, indicator),
            measure: indicator.measure.clone(),
        };
        Self {
            refusal: String::new(),
            unkept: Vec::new(),
            number: seen.form.number.clone(),
            title: seen.form.name.clone(),
            facts: format!(
                "{} · {} · {}",
                say.period(cycle.period),
                say.with("collection.receiver", &[("unit", &seen.receiver_name)]),
                say.with("collection.due-on", &[("due", &cycle.due_on.in_table())]),
            ),
            columns: seen.columns.iter().map(column).collect(),
            enters: seen.rows.iter().any(|row| row.enters),
            rows: seen.rows.iter().map(line).collect(),
            board: paths::board(&cycle.form, cycle.period),
            address: paths::matrix(&cycle.form, cycle.period),
            form_token,
            absences: absence_views(say),
            data: String::new(),
            check_facts: String::new(),
            rules: String::new(),
            sentences: String::new(),
            page,
        }
    }

    /// What the script enters and checks with: of each column what it is, and nothing to hold a figure against.
    fn tell_script(&mut self, say: &'static Messages, seen: &Matrix, account: String, rules: String) {
        let cycle = &seen.cycle;
        let rows = seen.columns.iter().filter_map(|column| {
            let row = seen.form.rows.iter().find(|row| row.indicator == column.code)?;
            Some(bare_facts(row, column, None))
        });
        let facts = SheetFacts { period: cycle.period, unit: UnitState::Standing, rows: rows.collect() };
        self.data = data_block(&Data {
            send: paths::entries(&cycle.form, cycle.period),
            worker: paths::WORKER,
            token: &self.form_token,
            account,
            words: script_words(say),
            absences: shown_absences(),
            typed: typed_words(say),
            severities: severities(say),
            names: self.columns.iter().map(|column| (column.code.as_str(), column.name.as_str())).collect(),
        });
        self.check_facts = facts_json(&facts);
        self.rules = rules;
        self.sentences = sentences_json(say);
    }

    /// Puts what was typed and not kept back into its cells, and names them with the reasons.
    fn give_back(&mut self, say: &'static Messages, unkept: &[Unkept], fields: &Fields) {
        let columns: HashMap<&str, &str> =
            self.columns.iter().map(|column| (column.code.as_str(), column.name.as_str())).collect();
        for row in &mut self.rows {
            for cell in &mut row.cells {
                let Some((_, why)) = unkept.iter().find(|(key, _)| *key == cell.key) else { continue };
                if let Some(typed) = fields.get(&format!("so-{}", cell.key)) {
                    cell.text.clone_from(typed);
                }
                cell.is_wrong = true;
                let sentence = match why {
                    Why::Unread(Typed::Refused(misread)) => misread_words(say, *misread).to_owned(),
                    Why::Unread(_) => say.get("grid.unclear").to_owned(),
                    Why::Refused(refusal) => say.refusal(refusal),
                    Why::Conflict => say.get("trail.conflict").to_owned(),
                };
                let name = columns.get(cell.code.as_str()).copied().unwrap_or_default();
                self.unkept.push(format!("{}, {name}: {sentence}", row.name));
            }
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for MatrixPage {
    fn samples(lang: Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_domain::collection::State;
        let say = Messages::of(lang);
        let line = |unit: &str, enters: bool| MatrixLine {
            unit: unit.into(),
            name: LONG_NAME.into(),
            href: "/nhap-lieu/b/2020-H1/x-1".into(),
            state: state_badge(say, State::Draft),
            enters,
            cells: vec![CellView {
                key: format!("{unit}:NN02"),
                code: "NN02".into(),
                text: if enters { "1.231,2".into() } else { String::new() },
                before: "7|1.231,2".into(),
                note: if enters { "<b>\"Mưa lũ\"".into() } else { LONG_NAME.into() },
                mark: Mark::warning(say, thidua_domain::Origin::Sample),
                is_wrong: enters,
            }],
        };
        let of = |rows: Vec<MatrixLine>, unkept: Vec<String>| Self {
            page: frame(Part::Collection, lang),
            refusal: unkept.first().cloned().unwrap_or_default(),
            enters: !unkept.is_empty(),
            unkept,
            number: "Biểu số 01/TĐKT".into(),
            title: LONG_NAME.into(),
            facts: LONG_NAME.into(),
            columns: vec![ColumnView { code: "NN02".into(), name: LONG_NAME.into(), measure: "ha".into() }],
            rows,
            board: "/thu-thap/b/2020-H1".into(),
            address: "/nhap-lieu/b/2020-H1/bang".into(),
            form_token: "0-0".into(),
            absences: absence_views(say),
            data: "{}".into(),
            check_facts: "null".into(),
            rules: "[]".into(),
            sentences: "{}".into(),
        };
        vec![
            of(vec![line("x-1", false)], Vec::new()),
            of(vec![line("x-1", true), line("x-2", false)], vec![LONG_NAME.into()]),
        ]
    }
}
