//! The papers of a movement as files: the plan, a unit's pledge, the report of a review.

use axum::extract::Path;
use axum::response::Response;
use thidua_app::movement::{TitleTally, plan_paper, pledge_paper, review_paper};
use thidua_app::paper::print;
use thidua_base::code::{MovementCode, OrgId};

use super::code_of;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::paper::{asked, files, saved};
use crate::paths;
use crate::site::Ask;

/// A title that units registered for, against what was awarded.
#[derive(Debug, Clone)]
pub struct TitleTallyRow {
    pub name: String,
    pub registered: usize,
    pub reached: usize,
    pub collectives: usize,
    pub persons: usize,
}

/// `GET /phong-trao/{code}/van-ban/{file}`: `ke-hoach.docx`, `ke-hoach.pdf`
pub async fn plan(ask: Ask, Path((code, file)): Path<(String, String)>) -> Result<Response, Fault> {
    let code = code_of(&code)?;
    let ("ke-hoach", format) = asked(&file)? else { return Err(Fault::NotFound) };
    let name = format!("{}-ke-hoach", file_name(&code));
    let bytes = ask.file(move |app, by| print(&plan_paper(app, by, &code)?, format)).await?;
    Ok(saved(&name, format, bytes))
}

/// `GET /phong-trao/{code}/dang-ky/{unit}/{file}`: `giao-uoc.docx`, `giao-uoc.pdf`
pub async fn pledge(ask: Ask, Path((code, unit, file)): Path<(String, String, String)>) -> Result<Response, Fault> {
    let (code, unit) = (code_of(&code)?, OrgId::parse(&unit).map_err(|_| Fault::NotFound)?);
    let ("giao-uoc", format) = asked(&file)? else { return Err(Fault::NotFound) };
    let name = format!("{}-{unit}-giao-uoc", file_name(&code));
    let bytes = ask.file(move |app, by| print(&pledge_paper(app, by, &code, &unit)?, format)).await?;
    Ok(saved(&name, format, bytes))
}

/// `GET /phong-trao/{code}/dot/{number}/{file}`: `bao-cao.docx`, `bao-cao.pdf`
pub async fn review(ask: Ask, Path((code, number, file)): Path<(String, i64, String)>) -> Result<Response, Fault> {
    let code = code_of(&code)?;
    let ("bao-cao", format) = asked(&file)? else { return Err(Fault::NotFound) };
    let name = format!("{}-dot-{number}-bao-cao", file_name(&code));
    let bytes = ask.file(move |app, by| print(&review_paper(app, by, &code, number)?, format)).await?;
    Ok(saved(&name, format, bytes))
}

/// Links to the plan.
pub(super) fn plan_files(say: &'static Messages, code: &MovementCode) -> Vec<Link> {
    files(say, say.get("movement.plan-paper"), |ending| paths::movement_plan(code, ending))
}

/// Links to a pledge.
pub(super) fn pledge_files(say: &'static Messages, code: &MovementCode, unit: &OrgId) -> Vec<Link> {
    files(say, say.get("pledge.paper"), |ending| paths::pledge_paper(code, unit, ending))
}

/// Links to the report of a review.
pub(super) fn review_files(say: &'static Messages, code: &MovementCode, number: i64) -> Vec<Link> {
    files(say, say.get("review.paper"), |ending| paths::review_paper(code, number, ending))
}

/// Titles as rows.
pub(super) fn title_rows(tallies: &[TitleTally]) -> Vec<TitleTallyRow> {
    let row = |tally: &TitleTally| TitleTallyRow {
        name: tally.name.clone(),
        registered: tally.registered,
        reached: tally.reached,
        collectives: tally.collectives,
        persons: tally.persons,
    };
    tallies.iter().map(row).collect()
}

/// Titles for the samples of pages that show some.
#[cfg(test)]
pub(super) fn sample_titles() -> Vec<TitleTallyRow> {
    let row = |reached| TitleTallyRow {
        name: crate::sampled::LONG_NAME.into(),
        registered: 3,
        reached,
        collectives: reached,
        persons: 0,
    };
    vec![row(0), row(2)]
}

/// A code as it may stand in the name of a file.
fn file_name(code: &MovementCode) -> String {
    code.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}
