//! Papers of a cluster's year as files: minutes, the ranking, a unit's score sheet.

use axum::extract::Path;
use axum::response::Response;
use thidua_app::cluster::{minutes_paper, ranking_paper, sheet_paper};
use thidua_app::paper::print;
use thidua_base::code::{ClusterCode, OrgId};

use super::key_of;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::paper::{asked, files, saved};
use crate::paths;
use crate::site::Ask;

/// How the files of minutes begin, and those of score sheets; a number or a unit follows.
const MINUTES: &str = "bien-ban-";
const SHEET: &str = "phieu-";
/// The file of the ranking.
const RANKED: &str = "xep-hang";

/// `GET /cum-thi-dua/{code}/{year}/van-ban/{file}`
pub async fn file(ask: Ask, Path((code, year, file)): Path<(String, String, String)>) -> Result<Response, Fault> {
    let (code, year) = key_of(&code, &year)?;
    let (name, format) = asked(&file)?;
    let wanted = name.to_owned();
    let stem = format!("{name}-{code}-{year}").replace(':', "-");
    let bytes = ask
        .file(move |app, by| {
            let absent = thidua_app::Error::NotFound("paper");
            let document = if let Some(number) = wanted.strip_prefix(MINUTES) {
                minutes_paper(app, by, &code, year, number.parse().map_err(|_| absent)?)?
            } else if let Some(unit) = wanted.strip_prefix(SHEET) {
                sheet_paper(app, by, &code, year, &OrgId::parse(unit).map_err(|_| absent)?)?
            } else if wanted == RANKED {
                ranking_paper(app, by, &code, year)?
            } else {
                return Err(absent);
            };
            print(&document, format)
        })
        .await?;
    Ok(saved(&stem, format, bytes))
}

fn links(say: &'static Messages, code: &ClusterCode, year: i16, words: &str, name: &str) -> Vec<Link> {
    files(say, say.get(words), |ending| paths::cluster_paper(code, year, &format!("{name}.{ending}")))
}

/// Links to the minutes of a meeting.
pub(super) fn of_meeting(say: &'static Messages, code: &ClusterCode, year: i16, number: i64) -> Vec<Link> {
    links(say, code, year, "scoring.paper-minutes", &format!("{MINUTES}{number}"))
}

/// Links to the ranking.
pub(super) fn of_ranking(say: &'static Messages, code: &ClusterCode, year: i16) -> Vec<Link> {
    links(say, code, year, "scoring.paper-ranking", RANKED)
}

/// Links to a unit's score sheet.
pub(super) fn of_sheet(say: &'static Messages, code: &ClusterCode, year: i16, unit: &OrgId) -> Vec<Link> {
    links(say, code, year, "scoring.paper-sheet", &format!("{SHEET}{unit}"))
}
