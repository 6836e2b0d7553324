//! Statistical form 0601 (số phong trào thi đua); each cell opens the list behind it.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::movement::{Surveyed, survey};
use thidua_domain::movement::{CensusColumn, CensusRow};

use super::survey::link;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The form.
#[derive(Debug, Template)]
#[template(path = "movement/census.html")]
pub struct CensusPage {
    page: Page,
    year: String,
    rows: Vec<Row>,
    opened: Option<Opened>,
    without_scope: Vec<Link>,
    without_duration: Vec<Link>,
}

#[derive(Debug)]
struct Row {
    number: &'static str,
    name: &'static str,
    is_head: bool,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Cell {
    count: usize,
    href: String,
    is_opened: bool,
    name: String,
}

/// The list behind a cell.
#[derive(Debug)]
struct Opened {
    title: String,
    movements: Vec<Link>,
}

/// Which year and which cell.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "nam", default)]
    year: String,
    #[serde(rename = "dong", default)]
    row: String,
    #[serde(rename = "cot", default)]
    column: String,
}

/// `GET /phong-trao/bieu-0601`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let year = super::survey::Asked { year: asked.year.clone() }.year();
    let (house, seen) = ask.verb(move |app, by| survey(app, by, year)).await?;
    let say = ask.messages();
    html(&CensusPage::of(ask.page(Part::Movements, say.get("census.title"), &house), say, &seen, &asked))
}

fn row_name(say: &'static Messages, row: CensusRow) -> &'static str {
    say.get(&format!("census.row-{}", row.number()))
}

impl CensusPage {
    fn to_list(&self) -> &'static str {
        paths::MOVEMENTS
    }

    fn of(page: Page, say: &'static Messages, seen: &Surveyed, asked: &Asked) -> Self {
        let opened = CensusRow::parse(&asked.row).zip(CensusColumn::parse(&asked.column));
        let year = seen.year.to_string();
        let column_name = |column: CensusColumn| say.get(&format!("census.column-{}", column.number()));
        let row = |row: CensusRow| Row {
            number: row.number(),
            name: row_name(say, row),
            is_head: row == CensusRow::Total,
            cells: CensusColumn::ALL
                .into_iter()
                .map(|column| Cell {
                    count: seen.census.cell(row, column).len(),
                    href: format!(
                        "{}#danh-sach",
                        paths::with_query(
                            paths::MOVEMENT_CENSUS,
                            &[("nam", &year), ("dong", row.number()), ("cot", column.number())],
                        )
                    ),
                    is_opened: opened == Some((row, column)),
                    name: format!("{}, {}", row_name(say, row), column_name(column)),
                })
                .collect(),
        };
        Self {
            rows: CensusRow::ALL.into_iter().map(row).collect(),
            opened: opened.map(|(row, column)| Opened {
                title: format!("{} – {}", row_name(say, row), column_name(column)),
                movements: seen.census.cell(row, column).into_iter().map(|code| link(seen, code)).collect(),
            }),
            without_scope: seen.census.without_scope().into_iter().map(|code| link(seen, code)).collect(),
            without_duration: seen.census.without_duration().into_iter().map(|code| link(seen, code)).collect(),
            year,
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for CensusPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let link = || Link { label: LONG_NAME.into(), href: "/phong-trao/PT01".into() };
        let row = |row: CensusRow, count| Row {
            number: row.number(),
            name: row_name(say, row),
            is_head: row == CensusRow::Total,
            cells: (0..4)
                .map(|at| Cell {
                    count,
                    href: "/phong-trao/bieu-0601?dong=01&cot=1#danh-sach".into(),
                    is_opened: at == 1,
                    name: format!("{} {at}", row_name(say, row)),
                })
                .collect(),
        };
        let of = |count, opened, without: Vec<Link>| Self {
            page: page.clone(),
            year: "2020".into(),
            rows: CensusRow::ALL.into_iter().map(|known| row(known, count)).collect(),
            opened,
            without_scope: without,
            without_duration: vec![link()],
        };
        vec![
            of(0, None, Vec::new()),
            of(3, Some(Opened { title: LONG_NAME.into(), movements: vec![link()] }), vec![link()]),
        ]
    }
}
