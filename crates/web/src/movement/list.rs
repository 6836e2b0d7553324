//! The register of movements of the year, and the days it remembers.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::movement::{self, Register};
use thidua_base::text::{fold, upper_first};

use super::{kind_word, occasion_name, scope_word, years};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The register of movements.
#[derive(Debug, Template)]
#[template(path = "movement/list.html")]
pub struct List {
    page: Page,
    asked: Asked,
    scopes: Vec<FilterOption>,
    all: usize,
    rows: Vec<Row>,
    occasions: Vec<OccasionRow>,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    aliases: String,
    kind: &'static str,
    owners: String,
    scope: String,
    years: String,
}

#[derive(Debug)]
struct OccasionRow {
    name: String,
    day: String,
    years: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "pham-vi", default)]
    scope: String,
}

/// `GET /phong-trao`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (standing, register) = ask.verb(movement::register).await?;
    let say = ask.messages();
    html(&List::of(ask.page(Part::Movements, say.get("movement.list-title"), &standing), say, &register, asked))
}

impl List {
    fn of(page: Page, say: &'static Messages, register: &Register, asked: Asked) -> Self {
        let mut scopes: Vec<String> = Vec::new();
        for (movement, _) in &register.movements {
            if !scopes.contains(&movement.scope) {
                scopes.push(movement.scope.clone());
            }
        }
        let words = fold(&asked.words);
        let rows = register
            .movements
            .iter()
            .map(|(movement, owners)| {
                let row = Row {
                    name: upper_first(&movement.name),
                    href: paths::movement(&movement.code),
                    aliases: movement.aliases.join("; "),
                    kind: kind_word(say, movement.kind),
                    owners: if owners.is_empty() { "–".to_owned() } else { owners.join(", ") },
                    scope: scope_word(say, &movement.scope),
                    years: years(say, movement),
                };
                (&movement.scope, row)
            })
            .filter(|(scope, row)| {
                (asked.scope.is_empty() || asked.scope == **scope)
                    && [&row.name, &row.aliases, &row.owners].into_iter().any(|text| fold(text).contains(&words))
            })
            .map(|(_, row)| row)
            .collect();
        let year = register.period.year();
        Self {
            scopes: options(
                say.get("filter.all"),
                scopes.iter().map(|scope| (scope.clone(), scope_word(say, scope))),
                &asked.scope,
            ),
            all: register.movements.len(),
            rows,
            occasions: register
                .occasions
                .iter()
                .map(|occasion| OccasionRow {
                    name: upper_first(&occasion_name(occasion)),
                    day: occasion.on.in_table(),
                    years: match occasion.years_in(year) {
                        count if count > 0 && occasion.kind == "anniversary" => count.to_string(),
                        _ => "–".to_owned(),
                    },
                })
                .collect(),
            asked,
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let row = |name: &str| Row {
            name: name.into(),
            href: "/phong-trao/PT01".into(),
            aliases: String::new(),
            kind: say.get("movement-kind.thematic"),
            owners: "Ủy ban nhân dân huyện Triệu Sơn".into(),
            scope: scope_word(say, "huyen"),
            years: "2016 - 2020".into(),
        };
        let of = |rows: Vec<Row>, occasions| Self {
            page: page.clone(),
            asked: Asked::default(),
            scopes: options(say.get("filter.all"), Vec::new(), ""),
            all: 23,
            rows,
            occasions,
        };
        let day =
            OccasionRow { name: "Ngày giải phóng miền Nam".into(), day: "30/04/1975".into(), years: "45".into() };
        vec![of(Vec::new(), Vec::new()), of(vec![row("Dân vận khéo"), row(LONG_NAME)], vec![day])]
    }
}
