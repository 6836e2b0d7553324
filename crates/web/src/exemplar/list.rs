//! The register of exemplars by field.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::exemplar as verbs;
use thidua_base::text::{fold, upper_first};
use thidua_domain::exemplar::Exemplar;

use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The register of exemplars.
#[derive(Debug, Template)]
#[template(path = "exemplar/list.html")]
pub struct List {
    page: Page,
    asked: String,
    shown: usize,
    all: usize,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    title: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    mark: Option<Mark>,
    place: String,
    size: String,
    since: String,
    story: String,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
}

/// `GET /dien-hinh`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (standing, exemplars) = ask.verb(verbs::register).await?;
    let say = ask.messages();
    html(&List::of(ask.page(Part::Exemplars, say.get("exemplar.list-title"), &standing), say, &exemplars, asked.words))
}

impl List {
    fn of(page: Page, say: &'static Messages, exemplars: &[(Exemplar, Option<String>)], asked: String) -> Self {
        let words = fold(&asked);
        let mut groups: Vec<(String, Group)> = Vec::new();
        let mut shown = 0;
        for (exemplar, place) in exemplars {
            let row = row(say, exemplar, place.as_deref());
            if ![&row.name, &row.place, &row.story].into_iter().any(|text| fold(text).contains(&words)) {
                continue;
            }
            shown += 1;
            match groups.iter_mut().find(|(field, _)| *field == exemplar.field) {
                Some((_, group)) => group.rows.push(row),
                None => {
                    let title = say.find(&format!("exemplar-field.{}", exemplar.field)).unwrap_or(&exemplar.field);
                    groups.push((exemplar.field.clone(), Group { title: title.to_owned(), rows: vec![row] }));
                }
            }
        }
        Self { asked, shown, all: exemplars.len(), groups: groups.into_iter().map(|(_, group)| group).collect(), page }
    }
}

fn row(say: &'static Messages, exemplar: &Exemplar, place: Option<&str>) -> Row {
    Row {
        name: upper_first(&exemplar.name),
        href: paths::passport(&exemplar.key()),
        mark: Mark::warning(say, exemplar.provenance.origin),
        place: place.map_or_else(|| say.get("exemplar.no-place").to_owned(), str::to_owned),
        size: exemplar.size.map_or_else(|| "–".to_owned(), |size| size.vi_with(&exemplar.measure)),
        since: exemplar.since.map_or_else(|| "–".to_owned(), |year| year.to_string()),
        story: if exemplar.story.is_empty() { "–".to_owned() } else { exemplar.story.clone() },
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Exemplars, lang);
        let say = page.messages();
        let row = |story: &str| Row {
            name: "Rau an toàn trong nhà lưới".into(),
            href: "/so-lieu/exemplar:x".into(),
            mark: Some(Mark::of(say, thidua_domain::Origin::Sample)),
            place: say.get("exemplar.no-place").into(),
            size: "0,7 ha".into(),
            since: "–".into(),
            story: story.into(),
        };
        let of = |groups: Vec<Group>| Self { page: page.clone(), asked: "x".into(), shown: 2, all: 30, groups };
        vec![of(Vec::new()), of(vec![Group { title: "Trồng trọt".into(), rows: vec![row("–"), row(LONG_NAME)] }])]
    }
}
