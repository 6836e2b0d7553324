//! Where checking begins: a unit and a round, or a name.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use thidua_app::eligibility::{Asked, Frame, Names, units};
use thidua_app::subject::{self, Listed};
use thidua_base::code::OrgId;

use super::{Wanted, honour_options};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Most subjects found by a name.
const FOUND_MAX: usize = 50;

/// The beginning.
#[derive(Debug, Template)]
#[template(path = "eligibility/start.html")]
pub struct StartPage {
    page: Page,
    words: String,
    day: String,
    year: String,
    units: Vec<FilterOption>,
    honours: Vec<FilterOption>,
    list: &'static str,
    honours_page: &'static str,
    has_asked: bool,
    found: Vec<FoundRow>,
    count: usize,
}

#[derive(Debug)]
struct FoundRow {
    name: String,
    href: String,
    born: String,
    units: String,
}

/// `GET /dieu-kien`
pub async fn page(ask: Ask, Query(wanted): Query<Wanted>) -> Result<Response, Fault> {
    let say = ask.messages();
    let words = wanted.words.trim().to_owned();
    let asked = words.clone();
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        let frame = Frame::of(app, &Asked::default());
        let units = units(app, by, frame)?;
        let found = match asked.is_empty() {
            true => None,
            false => Some(subject::list(
                app,
                by,
                &subject::Asked { words: asked, most: FOUND_MAX, ..subject::Asked::default() },
            )?),
        };
        let names = Names::of(&*app.book(by)?, frame.on);
        Ok((frame, units, found, names))
    };
    let (house, (frame, units, found, names)) = ask.verb(work).await?;
    let page = ask.page(Part::Eligibility, say.get("eligibility.title"), &house);
    html(&StartPage::of(page, say, frame, &units, found.as_ref(), &names, words))
}

impl StartPage {
    fn of(
        page: Page,
        say: &'static Messages,
        frame: Frame,
        units: &[(OrgId, String)],
        found: Option<&Listed>,
        names: &Names,
        words: String,
    ) -> Self {
        let rows = found.map(|found| found.rows.as_slice()).unwrap_or_default();
        let units = units.iter().map(|(id, name)| (id.to_string(), name.clone()));
        Self {
            day: frame.on.to_string(),
            year: frame.year.to_string(),
            units: options(say.get("eligibility.choose-unit"), units, ""),
            honours: honour_options(say, names, say.get("eligibility.every-honour"), ""),
            list: paths::ELIGIBLE_LIST,
            honours_page: paths::HONOURS,
            has_asked: found.is_some(),
            count: found.map_or(0, |found| found.count),
            found: rows
                .iter()
                .map(|row| FoundRow {
                    name: row.identity.details.name.clone(),
                    href: paths::eligibility(row.identity.details.kind, &row.identity.id),
                    born: row.identity.details.born.year().map_or_else(|| "–".to_owned(), |year| year.to_string()),
                    units: if row.units.is_empty() { "–".to_owned() } else { row.units.join(", ") },
                })
                .collect(),
            words,
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for StartPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Eligibility, lang);
        let say = page.messages();
        let day = thidua_base::Date::parse("2026-11-24").unwrap();
        let at = Frame { on: day, year: 2026, received_on: None, today: day };
        let names = Names::of(thidua_law::Book::shipped().unwrap(), day);
        let unit = (OrgId::parse("x").unwrap(), LONG_NAME.to_owned());
        let empty = Listed { rows: Vec::new(), count: 0, units: Vec::new(), enters: false };
        let mut full = Self::of(page.clone(), say, at, std::slice::from_ref(&unit), Some(&empty), &names, "hoa".into());
        full.found = vec![FoundRow {
            name: LONG_NAME.into(),
            href: "/dieu-kien/nguoi/x".into(),
            born: "1980".into(),
            units: LONG_NAME.into(),
        }];
        vec![
            Self::of(page.clone(), say, at, &[], None, &Names::default(), String::new()),
            Self::of(page, say, at, &[unit], Some(&empty), &names, "hoa".into()),
            full,
        ]
    }
}
