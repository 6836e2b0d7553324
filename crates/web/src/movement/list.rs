//! The board of movements: the register of the year with phases and registrations, and the days it remembers.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::movement::{self, BoardRow, Register};
use thidua_base::text::{fold, upper_first};
use thidua_domain::movement::{MovementKind, Phase};

use super::{Marked, kind_word, occasion_name, phase_mark, scope_word, span};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The board of movements.
#[derive(Debug, Template)]
#[template(path = "movement/list.html")]
pub struct List {
    page: Page,
    asked: Asked,
    kinds: Vec<FilterOption>,
    scopes: Vec<FilterOption>,
    owners: Vec<FilterOption>,
    phases: Vec<FilterOption>,
    adds: bool,
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
    phase: Marked,
    registered: String,
    late: usize,
}

#[derive(Debug)]
struct OccasionRow {
    name: String,
    day: String,
    years: String,
    roundness: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "loai", default)]
    kind: String,
    #[serde(rename = "pham-vi", default)]
    scope: String,
    #[serde(rename = "chu-tri", default)]
    owner: String,
    #[serde(rename = "giai-doan", default)]
    phase: String,
}

/// `GET /phong-trao`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (standing, register) = ask.verb(movement::register).await?;
    let say = ask.messages();
    html(&List::of(ask.page(Part::Movements, say.get("movement.list-title"), &standing), say, &register, asked))
}

impl List {
    fn to_new(&self) -> &'static str {
        paths::MOVEMENT_NEW
    }

    fn to_census(&self) -> &'static str {
        paths::MOVEMENT_CENSUS
    }

    fn to_coverage(&self) -> &'static str {
        paths::MOVEMENT_COVERAGE
    }

    fn to_overlaps(&self) -> &'static str {
        paths::MOVEMENT_OVERLAPS
    }

    fn of(page: Page, say: &'static Messages, register: &Register, asked: Asked) -> Self {
        let mut scopes: Vec<String> = Vec::new();
        let mut owners: Vec<(String, String)> = Vec::new();
        for row in &register.movements {
            if !scopes.contains(&row.movement.scope) {
                scopes.push(row.movement.scope.clone());
            }
            for (id, name) in row.movement.owners.iter().zip(&row.owners) {
                if owners.iter().all(|(known, _)| *known != id.to_string()) {
                    owners.push((id.to_string(), name.clone()));
                }
            }
        }
        owners.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
        let words = fold(&asked.words);
        let fits = |of: &BoardRow, row: &Row| {
            let is = |wanted: &str, word: &str| wanted.is_empty() || wanted == word;
            is(&asked.scope, &of.movement.scope)
                && is(&asked.kind, of.movement.kind.word())
                && is(&asked.phase, of.phase.word())
                && (asked.owner.is_empty() || of.movement.owners.iter().any(|id| id.as_str() == asked.owner))
                && [&row.name, &row.aliases, &row.owners].into_iter().any(|text| fold(text).contains(&words))
        };
        let rows = register.movements.iter().map(|of| (of, row(say, of)));
        let rows = rows.filter(|(of, row)| fits(of, row)).map(|(_, row)| row).collect();
        let all = say.get("filter.all");
        let occasion = |(occasion, anniversary): &(_, Option<thidua_domain::movement::Anniversary>)| OccasionRow {
            name: upper_first(&occasion_name(say, occasion)),
            day: occasion.on.in_table(),
            years: anniversary.map_or_else(|| "–".to_owned(), |found| found.years.to_string()),
            roundness: match anniversary.map(|found| found.roundness.word()) {
                Some("other") | None => String::new(),
                Some(word) => say.get(&format!("roundness.{word}")).to_owned(),
            },
        };
        Self {
            kinds: options(
                all,
                MovementKind::ALL.map(|kind| (kind.word().to_owned(), kind_word(say, kind).to_owned())),
                &asked.kind,
            ),
            scopes: options(all, scopes.iter().map(|scope| (scope.clone(), scope_word(say, scope))), &asked.scope),
            owners: options(all, owners, &asked.owner),
            phases: options(
                all,
                Phase::ALL.map(|phase| (phase.word().to_owned(), phase_mark(say, phase).word)),
                &asked.phase,
            ),
            adds: register.adds,
            all: register.movements.len(),
            rows,
            occasions: register.occasions.iter().map(occasion).collect(),
            asked,
            page,
        }
    }
}

fn row(say: &'static Messages, of: &BoardRow) -> Row {
    let movement = &of.movement;
    Row {
        name: upper_first(&movement.name),
        href: paths::movement(&movement.code),
        aliases: movement.aliases.join("; "),
        kind: kind_word(say, movement.kind),
        owners: if of.owners.is_empty() { "–".to_owned() } else { of.owners.join(", ") },
        scope: scope_word(say, &movement.scope),
        years: span(say, movement, of.terms.as_ref()),
        phase: phase_mark(say, of.phase),
        registered: match of.called {
            0 => String::new(),
            called => format!("{}/{called}", of.registered),
        },
        late: of.late,
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let row = |name: &str, phase: Phase, registered: &str| Row {
            name: name.into(),
            href: "/phong-trao/PT01".into(),
            aliases: String::new(),
            kind: say.get("movement-kind.thematic"),
            owners: "Ủy ban nhân dân huyện Triệu Sơn".into(),
            scope: scope_word(say, "huyen"),
            years: "2016 - 2020".into(),
            phase: phase_mark(say, phase),
            registered: registered.into(),
            late: registered.len(),
        };
        let of = |rows: Vec<Row>, occasions, adds| Self {
            page: page.clone(),
            asked: Asked::default(),
            kinds: options(say.get("filter.all"), Vec::new(), ""),
            scopes: options(say.get("filter.all"), Vec::new(), ""),
            owners: options(say.get("filter.all"), Vec::new(), ""),
            phases: options(say.get("filter.all"), Vec::new(), ""),
            adds,
            all: 23,
            rows,
            occasions,
        };
        let day = |roundness: &str| OccasionRow {
            name: "Ngày giải phóng miền Nam".into(),
            day: "30/04/1975".into(),
            years: "45".into(),
            roundness: roundness.into(),
        };
        let rows = vec![row("Dân vận khéo", Phase::Listed, ""), row(LONG_NAME, Phase::FinalAsked, "3/34")];
        vec![of(Vec::new(), Vec::new(), false), of(rows, vec![day(""), day("năm lẻ 5")], true)]
    }
}
