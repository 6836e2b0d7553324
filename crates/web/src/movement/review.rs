//! A review of a movement: who answered what, who is late, what was reached, what was concluded.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::movement::{ReviewSeen, conclude_review, review};
use thidua_base::code::MovementCode;
use thidua_base::text::upper_first;
use thidua_domain::Refusal;

use super::files::{FileRow, file_rows};
use super::papers::{TitleTallyRow, review_files, title_rows};
use super::{Fields, Marked, TargetRow, answered, code_of, figure_href, phase_mark, said, standing_mark, target_row};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// A review.
#[derive(Debug, Template)]
#[template(path = "movement/review.html")]
pub struct ReviewPage {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    movement: String,
    to_movement: String,
    name: String,
    phase: Marked,
    due: String,
    asked: String,
    conclusion: String,
    all: usize,
    answered: usize,
    late: usize,
    rows: Vec<UnitRow>,
    papers: Vec<Link>,
    titles: Vec<TitleTallyRow>,
    targets: Vec<TargetRow>,
    concludes: bool,
    typed: String,
}

#[derive(Debug)]
struct UnitRow {
    name: String,
    href: String,
    standing: Marked,
    results: String,
    shortfalls: String,
    proposals: String,
    by: String,
    files: Vec<FileRow>,
}

/// `GET /phong-trao/{code}/dot/{number}`
pub async fn page(ask: Ask, Path((code, number)): Path<(String, i64)>) -> Result<Response, Fault> {
    shown(&ask, code_of(&code)?, number, None, "").await
}

/// `POST /phong-trao/{code}/dot/{number}`: concluded.
pub async fn submit(
    ask: Ask,
    Path((code, number)): Path<(String, i64)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let code = code_of(&code)?;
    let fields = Fields(fields);
    let typed = fields.get("ket-luan").to_owned();
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, code, number, Some(Refusal::StaleForm), &typed).await;
    }
    let (of, text) = (code.clone(), typed.clone());
    let concluded = ask.file(move |app, by| {
        // The page of an earlier review concludes nothing.
        if review(app, by, &of, number)?.concludes {
            conclude_review(app, by, &of, &text).map(drop)
        } else {
            Err(thidua_app::Error::NotFound("review"))
        }
    });
    match concluded.await {
        Ok(()) => Ok(Redirect::to(&paths::review(&code, number)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, code, number, Some(refusal), &typed).await,
        Err(fault) => Err(fault),
    }
}

async fn shown(
    ask: &Ask,
    code: MovementCode,
    number: i64,
    refusal: Option<Refusal>,
    typed: &str,
) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| review(app, by, &code, number)).await?;
    let say = ask.messages();
    let name = say.get(&format!("review-kind.{}", seen.round.kind.word()));
    let title = format!("{name} – {}", upper_first(&seen.movement.name));
    let mut view = ReviewPage::of(ask.page(Part::Movements, &title, &house), say, &seen);
    view.form_token = ask.form_token()?;
    view.refusal = said(say, refusal.as_ref());
    view.typed = typed.to_owned();
    answered(&view, refusal.is_some())
}

impl ReviewPage {
    fn to_list(&self) -> &'static str {
        paths::MOVEMENTS
    }

    fn of(page: Page, say: &'static Messages, seen: &ReviewSeen) -> Self {
        let code = &seen.movement.code;
        let count = |words: &[&str]| seen.rows.iter().filter(|row| words.contains(&row.standing.word())).count();
        let rows = seen.rows.iter().map(|row| {
            let text = |of: fn(&thidua_domain::movement::ReviewAnswer) -> &String| {
                row.answer.as_ref().map(of).cloned().unwrap_or_default()
            };
            UnitRow {
                name: row.name.clone(),
                href: paths::pledge(code, &row.unit),
                standing: standing_mark(say, row.standing),
                results: text(|answer| &answer.results),
                shortfalls: text(|answer| &answer.shortfalls),
                proposals: text(|answer| &answer.proposals),
                by: text(|answer| &answer.by),
                files: file_rows(say, code, &row.files),
            }
        });
        let unit_name = |id: &thidua_base::code::OrgId| {
            let row = seen.rows.iter().find(|row| row.unit == *id);
            row.map_or_else(|| id.to_string(), |row| row.name.clone())
        };
        Self {
            refusal: String::new(),
            form_token: String::new(),
            address: paths::review(code, seen.round.number),
            movement: upper_first(&seen.movement.name),
            to_movement: paths::movement(code),
            name: say.get(&format!("review-kind.{}", seen.round.kind.word())).to_owned(),
            phase: phase_mark(say, seen.phase),
            due: seen.round.due_on.in_table(),
            asked: seen.round.asked.clone(),
            conclusion: seen.round.conclusion.clone().unwrap_or_default(),
            all: seen.rows.len(),
            answered: count(&["answered", "answered-late"]),
            late: count(&["late", "answered-late"]),
            rows: rows.collect(),
            papers: if seen.leads { review_files(say, code, seen.round.number) } else { Vec::new() },
            titles: title_rows(&seen.titles),
            targets: seen
                .targets
                .iter()
                .map(|(unit, target)| target_row(say, unit_name(unit), figure_href(unit, target), target))
                .collect(),
            concludes: seen.concludes,
            typed: String::new(),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for ReviewPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_domain::movement::{Phase, Standing};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let row = |standing, text: &str| UnitRow {
            name: LONG_NAME.into(),
            href: "/phong-trao/PT01/dang-ky/x-1".into(),
            standing: standing_mark(say, standing),
            results: text.into(),
            shortfalls: text.into(),
            proposals: text.into(),
            by: text.into(),
            files: if text.is_empty() { Vec::new() } else { super::files::sample_files() },
        };
        let on = thidua_base::Date::parse("2020-12-10").unwrap();
        let of = |text: &str, rows: Vec<UnitRow>, targets, concludes| Self {
            refusal: text.into(),
            form_token: "0-0".into(),
            address: "/phong-trao/PT01/dot/1".into(),
            movement: LONG_NAME.into(),
            to_movement: "/phong-trao/PT01".into(),
            name: say.get("review-kind.interim").to_owned(),
            phase: phase_mark(say, Phase::InterimAsked),
            due: "10/12/2020".into(),
            asked: text.into(),
            conclusion: text.into(),
            all: rows.len(),
            answered: 1,
            late: 1,
            papers: if concludes { review_files(say, &MovementCode::parse("PT01").unwrap(), 1) } else { Vec::new() },
            titles: if concludes { super::papers::sample_titles() } else { Vec::new() },
            rows,
            targets,
            concludes,
            typed: text.into(),
            page: page.clone(),
        };
        let rows = vec![
            row(Standing::Late, ""),
            row(Standing::Awaited, ""),
            row(Standing::Answered(on), LONG_NAME),
            row(Standing::AnsweredLate(on), LONG_NAME),
        ];
        vec![
            of("", vec![row(Standing::Awaited, "")], Vec::new(), false),
            of(LONG_NAME, rows, vec![super::pledge::sample_target(say)], true),
        ]
    }
}
