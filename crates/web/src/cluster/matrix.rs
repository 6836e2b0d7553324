//! Units by criteria: the marks of a whole cluster in one table, each leading to why it is so.

use askama::Template;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use thidua_app::cluster::{ScoreWords, scores_workbook, scoring};
use thidua_domain::cluster::scheme::Level;
use thidua_domain::cluster::score::Counted;

use super::sheet::points_of;
use super::year::rank_of;
use super::{Head, Leaf, key_of, shown, words};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::Fault;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Units by criteria.
#[derive(Debug, Template)]
#[template(path = "cluster/matrix.html")]
pub struct MatrixPage {
    page: Page,
    head: Head,
    /// Code, name and most points of each leaf.
    columns: Vec<(String, String, String)>,
    rows: Vec<MatrixRow>,
    to_workbook: String,
}

#[derive(Debug)]
struct MatrixRow {
    name: String,
    href: String,
    rank: String,
    total: String,
    grade: String,
    cells: Vec<Cell>,
}

/// A mark: its text, where it leads, and how it came about.
#[derive(Debug)]
struct Cell {
    text: String,
    href: String,
    class: &'static str,
    says: &'static str,
}

/// `GET /cum-thi-dua/{code}/{year}/bang-diem`
pub async fn page(ask: Ask, Path((code, year)): Path<(String, String)>) -> Result<Response, Fault> {
    let (code, year) = key_of(&code, &year)?;
    let (house, seen) = ask.verb(move |app, by| scoring(app, by, &code, year)).await?;
    let say = ask.messages();
    let scored = seen.scored.clone().ok_or(Fault::NotFound)?;
    let leaves: Vec<_> = scored.scheme.leaves().collect();
    let columns = leaves
        .iter()
        .map(|(_, leaf)| (leaf.code.to_string(), words::label(say, leaf), leaf.max.map(shown).unwrap_or_default()));
    let (code, year) = (&seen.cluster.code, seen.cluster.year);
    let row = |ranked: &thidua_domain::cluster::rank::Ranked| {
        let sheet = scored.sheet(&ranked.unit)?;
        let cells = leaves.iter().filter_map(|(place, leaf)| {
            let line = sheet.lines.get(*place)?;
            let (class, says) = match line.counted {
                Counted::Unscored => ("open", say.get("scoring.note-open")),
                Counted::Excused => ("excused", say.get("scoring.excused")),
                Counted::Level(_) if line.marks.iter().any(|mark| mark.points != mark.over) => {
                    ("changed", say.get("scoring.note-changed"))
                }
                Counted::Level(_) | Counted::Sum => ("", ""),
            };
            let href = paths::score_sheet(code, year, &ranked.unit, leaf.code.as_str());
            Some(Cell { text: points_of(line), href, class, says })
        });
        Some(MatrixRow {
            name: scored.name(&ranked.unit),
            href: paths::score_sheet(code, year, &ranked.unit, ""),
            rank: rank_of(say, ranked.rank, ranked.shared_by),
            total: shown(ranked.points),
            grade: ranked
                .grade
                .as_ref()
                .and_then(|code| scored.scheme.grades.iter().find(|grade| grade.code == *code))
                .map(|grade| grade.name.clone())
                .unwrap_or_default(),
            cells: cells.collect(),
        })
    };
    let title = format!("{} – {}", say.get("scoring.tab-matrix"), seen.cluster.name);
    let view = MatrixPage {
        head: Head::of(say, &seen, Leaf::Matrix),
        columns: columns.collect(),
        rows: scored.ranking.rows.iter().filter_map(row).collect(),
        to_workbook: paths::cluster_page(code, year, paths::SCORES),
        page: ask.page(Part::Clusters, &title, &house),
    };
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    Ok(response)
}

/// `GET /cum-thi-dua/{code}/{year}/bang-diem.xlsx`
pub async fn workbook(ask: Ask, Path((code, year)): Path<(String, String)>) -> Result<Response, Fault> {
    let (code, year) = key_of(&code, &year)?;
    let say = ask.messages();
    let name = format!("bang-diem-{code}-{year}.xlsx");
    let bytes = ask
        .file(move |app, by| {
            let seen = scoring(app, by, &code, year)?;
            let scored = seen.scored.ok_or(thidua_app::Error::NotFound("scoring"))?;
            let words = ScoreWords {
                title: format!("{} – {}", seen.cluster.name, say.with("scoring.year", &[("year", &year.to_string())])),
                all: say.get("scoring.tab-matrix").to_owned(),
                unit: say.get("scoring.unit").to_owned(),
                rank: say.get("scoring.rank").to_owned(),
                points: say.get("scoring.points").to_owned(),
                grade: say.get("scoring.grade").to_owned(),
                criterion: say.get("scoring.criterion").to_owned(),
                max: say.get("scoring.max").to_owned(),
                levels: Level::ALL.map(|level| words::level(say, level).to_owned()),
                reason: say.get("scoring.reason").to_owned(),
                open: say.get("scoring.note-open").to_owned(),
            };
            scores_workbook(&scored, &words)
        })
        .await?;
    let headers = [
        (CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
impl crate::sampled::Sampled for MatrixPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = crate::messages::Messages::of(lang);
        let cell = |class: &'static str| Cell {
            text: "7,25".into(),
            href: "/cum-thi-dua/c/2020/cham/x?tc=A.1".into(),
            class,
            says: if class.is_empty() { "" } else { say.get("scoring.note-open") },
        };
        let row = MatrixRow {
            name: LONG_NAME.into(),
            href: "/cum-thi-dua/c/2020/cham/x".into(),
            rank: "1".into(),
            total: "92,5".into(),
            grade: LONG_NAME.into(),
            cells: vec![cell(""), cell("open")],
        };
        let column = |code: &str| (code.to_owned(), LONG_NAME.to_owned(), "10".to_owned());
        let of = |columns: Vec<(String, String, String)>, rows: Vec<MatrixRow>| Self {
            page: frame(Part::Clusters, lang),
            head: Head::sample(say),
            columns,
            rows,
            to_workbook: "/cum-thi-dua/c/2020/bang-diem.xlsx".into(),
        };
        vec![of(Vec::new(), Vec::new()), of(vec![column("A.1"), column("A.2")], vec![row])]
    }
}
