//! The movements of a year together: what overlaps, and whom they reach.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::movement::{Surveyed, survey};
use thidua_base::code::MovementCode;
use thidua_base::text::upper_first;
use thidua_domain::movement::Likeness;

use super::{Marked, field_word};
use crate::chart::{BARS_WIDTH, Bar, Bars};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Which year.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Empty for the year of the pages.
    #[serde(rename = "nam", default)]
    pub year: String,
}

impl Asked {
    /// The year, where one is asked for that can be one.
    pub fn year(&self) -> Option<i16> {
        self.year.trim().parse().ok().filter(|year| (1900..=2200).contains(year))
    }
}

/// Movements that overlap.
#[derive(Debug, Template)]
#[template(path = "movement/overlaps.html")]
pub struct OverlapsPage {
    page: Page,
    year: String,
    all: usize,
    rows: Vec<OverlapRow>,
}

#[derive(Debug)]
struct OverlapRow {
    one: Link,
    other: Link,
    reasons: Vec<(&'static str, String)>,
}

/// Whom movements reach.
#[derive(Debug, Template)]
#[template(path = "movement/coverage.html")]
pub struct CoveragePage {
    page: Page,
    year: String,
    all: usize,
    people: Drawn,
    fields: Drawn,
    units: Vec<UnitRow>,
    untouched: usize,
    unsaid: Vec<Link>,
}

/// A part of the coverage: a picture, and the table it repeats.
#[derive(Debug)]
struct Drawn {
    chart: Bars,
    rows: Vec<CountRow>,
}

#[derive(Debug)]
struct CountRow {
    name: String,
    movements: Vec<Link>,
}

#[derive(Debug)]
struct UnitRow {
    name: String,
    called: usize,
    registered: usize,
    mark: Marked,
}

/// `GET /phong-trao/trung-nhau`
pub async fn overlaps(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| survey(app, by, asked.year())).await?;
    let say = ask.messages();
    html(&OverlapsPage::of(ask.page(Part::Movements, say.get("overlap.title"), &house), say, &seen))
}

/// `GET /phong-trao/do-bao-phu`
pub async fn coverage(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| survey(app, by, asked.year())).await?;
    let say = ask.messages();
    html(&CoveragePage::of(ask.page(Part::Movements, say.get("coverage.title"), &house), say, &seen))
}

/// A movement by its code.
pub(super) fn link(seen: &Surveyed, code: &MovementCode) -> Link {
    let known = seen.movements.iter().find(|(movement, _)| movement.code == *code);
    Link {
        label: known.map_or_else(|| code.to_string(), |(movement, _)| upper_first(&movement.name)),
        href: paths::movement(code),
    }
}

impl OverlapsPage {
    fn to_list(&self) -> &'static str {
        paths::MOVEMENTS
    }

    fn of(page: Page, say: &'static Messages, seen: &Surveyed) -> Self {
        let rows = seen.overlaps.iter().map(|overlap| OverlapRow {
            one: link(seen, &overlap.one),
            other: link(seen, &overlap.other),
            reasons: overlap.reasons.iter().map(|reason| reason_said(say, reason)).collect(),
        });
        Self { year: seen.year.to_string(), all: seen.movements.len(), rows: rows.collect(), page }
    }
}

fn reason_said(say: &'static Messages, reason: &Likeness) -> (&'static str, String) {
    match reason {
        Likeness::Days { from, to } => {
            let text = match (from, to) {
                (Some(from), Some(to)) => format!("{} - {}", from.in_table(), to.in_table()),
                (Some(from), None) => say.with("movement.since", &[("year", &from.in_table())]),
                (None, Some(to)) => say.with("movement.until", &[("year", &to.in_table())]),
                (None, None) => say.get("movement.always").to_owned(),
            };
            (say.get("overlap.days"), text)
        }
        Likeness::Addressees(people) => {
            let words: Vec<&str> = people.iter().map(|known| say.get(&format!("addressee.{}", known.word()))).collect();
            (say.get("overlap.addressees"), words.join("; "))
        }
        Likeness::Field(field) => (say.get("overlap.field"), field_word(say, field)),
        Likeness::Words(words) => (say.get("overlap.words"), words.join(", ")),
    }
}

impl CoveragePage {
    fn to_list(&self) -> &'static str {
        paths::MOVEMENTS
    }

    fn of(page: Page, say: &'static Messages, seen: &Surveyed) -> Self {
        let row = |name: String, codes: &[MovementCode]| CountRow {
            name,
            movements: codes.iter().map(|code| link(seen, code)).collect(),
        };
        let reached = &seen.reached;
        let people = reached
            .addressees
            .iter()
            .map(|(known, codes)| row(upper_first(say.get(&format!("addressee.{}", known.word()))), codes));
        let fields = reached.fields.iter().map(|(field, codes)| {
            let name = if field.is_empty() { say.get("coverage.no-field").to_owned() } else { field_word(say, field) };
            row(name, codes)
        });
        let units: Vec<UnitRow> = reached
            .units
            .iter()
            .zip(&seen.unit_names)
            .map(|(unit, name)| {
                let (word, class) = match (unit.called.len(), unit.registered.len()) {
                    (0, _) => ("coverage.not-called", "bad"),
                    (_, 0) => ("coverage.not-registered", "warn"),
                    (_, _) => ("coverage.registered", "good"),
                };
                UnitRow {
                    name: name.clone(),
                    called: unit.called.len(),
                    registered: unit.registered.len(),
                    mark: Marked { word: say.get(word).to_owned(), class },
                }
            })
            .collect();
        Self {
            year: seen.year.to_string(),
            all: seen.movements.len(),
            people: part(say.get("coverage.people"), "hinh-doi-tuong", people.collect()),
            fields: part(say.get("coverage.fields"), "hinh-linh-vuc", fields.collect()),
            untouched: units.iter().filter(|unit| unit.called == 0).count(),
            units,
            unsaid: reached.unsaid.iter().map(|code| link(seen, code)).collect(),
            page,
        }
    }
}

/// Bars of how many movements reach each; who is not reached has no bar and stands in the table with none.
fn part(title: &str, id: &'static str, rows: Vec<CountRow>) -> Drawn {
    const STEP: usize = 44;
    let most = rows.iter().map(|row| row.movements.len()).max().unwrap_or(0).max(1);
    let pixels = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let bar = |(at, row): (usize, &CountRow)| Bar {
        label: row.name.clone(),
        text: row.movements.len().to_string(),
        length: pixels(row.movements.len()).saturating_mul(BARS_WIDTH) / pixels(most),
        class: "now",
        top: pixels(at * STEP),
    };
    let bars = rows.iter().enumerate().map(bar).collect();
    Drawn { chart: Bars { title: title.to_owned(), id, bars, height: pixels(rows.len() * STEP) }, rows }
}

#[cfg(test)]
impl crate::sampled::Sampled for OverlapsPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let link = || Link { label: LONG_NAME.into(), href: "/phong-trao/PT01".into() };
        let reasons = [
            Likeness::Days { from: None, to: thidua_base::Date::parse("2020-12-31").ok() },
            Likeness::Field("kinh-te".into()),
            Likeness::Words(vec!["nông thôn".into(), "xây dựng".into()]),
        ];
        let row = OverlapRow {
            one: link(),
            other: link(),
            reasons: reasons.iter().map(|one| reason_said(say, one)).collect(),
        };
        vec![
            Self { year: "2020".into(), all: 0, rows: Vec::new(), page: page.clone() },
            Self { year: "2020".into(), all: 23, rows: vec![row], page },
        ]
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for CoveragePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let link = || Link { label: LONG_NAME.into(), href: "/phong-trao/PT01".into() };
        let rows = || {
            vec![
                CountRow { name: LONG_NAME.into(), movements: vec![link(), link()] },
                CountRow { name: "Nông dân".into(), movements: Vec::new() },
            ]
        };
        let unit = |class| UnitRow {
            name: LONG_NAME.into(),
            called: 2,
            registered: 1,
            mark: Marked { word: say.get("coverage.registered").to_owned(), class },
        };
        let of = |people, fields, units: Vec<UnitRow>, unsaid: Vec<Link>| Self {
            year: "2020".into(),
            all: 23,
            people: part(say.get("coverage.people"), "hinh-doi-tuong", people),
            fields: part(say.get("coverage.fields"), "hinh-linh-vuc", fields),
            untouched: units.len(),
            units,
            unsaid,
            page: page.clone(),
        };
        vec![
            of(Vec::new(), Vec::new(), Vec::new(), Vec::new()),
            of(rows(), rows(), vec![unit("good"), unit("bad")], vec![link()]),
        ]
    }
}
