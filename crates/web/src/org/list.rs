//! The units of the day in their trees, former names, and what happened to them.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::org::{self, Gone, Place, Register};
use thidua_base::text::fold;

use crate::fault::Fault;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The register of units.
#[derive(Debug, Template)]
#[template(path = "org/list.html")]
pub struct List {
    page: Page,
    lead: String,
    asked: String,
    groups: Vec<Group>,
    events: Vec<EventLine>,
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
    kind: String,
    code: String,
    former: Vec<String>,
    legal: String,
}

#[derive(Debug)]
struct EventLine {
    day: String,
    text: String,
    legal: String,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
}

/// `GET /don-vi`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (standing, register) = ask.verb(org::register).await?;
    let say = ask.messages();
    html(&List::of(ask.page(Part::Units, say.get("org.list-title"), &standing), say, &register, asked.words))
}

impl List {
    fn of(page: Page, say: &'static Messages, register: &Register, asked: String) -> Self {
        let words = fold(&asked);
        let mut groups = Vec::new();
        let mut all = 0;
        for (tree, places) in &register.trees {
            all += places.len();
            let rows: Vec<Row> = places
                .iter()
                .map(|place| row(say, place))
                .filter(|row| fold(&row.name).contains(&words) || row.former.iter().any(|f| fold(f).contains(&words)))
                .collect();
            if !rows.is_empty() {
                let title = say.find(&format!("tree.{tree}")).unwrap_or(tree.as_str());
                groups.push(Group { title: format!("{title} ({})", rows.len()), rows });
            }
        }
        // Communes of former districts are many: they are shown to those who look for them.
        let is_found = |row: &Row, is_direct: bool| match words.is_empty() {
            true => is_direct,
            false => fold(&row.name).contains(&words),
        };
        let gone: Vec<Row> = register
            .gone
            .iter()
            .map(|gone| (gone_row(say, gone), gone.is_direct))
            .filter(|(row, is_direct)| is_found(row, *is_direct))
            .map(|(row, _)| row)
            .collect();
        if !gone.is_empty() {
            groups.push(Group { title: format!("{} ({})", say.get("org.gone"), gone.len()), rows: gone });
        }
        let facts = [("day", &*register.day.in_text()), ("all", &*all.to_string())];
        Self {
            lead: say.with("org.lead", &facts),
            asked,
            groups,
            events: register
                .events
                .iter()
                .map(|happening| EventLine {
                    day: happening.event.effective_on.in_table(),
                    text: say.with(
                        "org.event",
                        &[
                            (
                                "what",
                                say.find(&format!("event.{}", happening.event.kind)).unwrap_or(&happening.event.kind),
                            ),
                            ("from", &happening.from.join(", ")),
                            ("to", &happening.to.join(", ")),
                        ],
                    ),
                    legal: happening.event.legal_ref.clone(),
                })
                .collect(),
            page,
        }
    }
}

fn row(say: &'static Messages, place: &Place) -> Row {
    let unit = &place.unit;
    let or_dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    Row {
        name: unit.name.clone(),
        href: paths::unit(&unit.id),
        kind: say.find(&format!("unit-kind.{}", unit.kind)).unwrap_or(&unit.kind).to_owned(),
        code: or_dash(&unit.code),
        former: place
            .former
            .iter()
            .filter(|former| former.name != unit.name)
            .map(|former| {
                let until = former.valid_to.map(|day| day.in_table()).unwrap_or_default();
                say.with("org.former-until", &[("name", &former.name), ("day", &until)])
            })
            .collect(),
        legal: or_dash(&unit.legal_ref),
    }
}

fn gone_row(say: &'static Messages, gone: &Gone) -> Row {
    let unit = &gone.unit;
    let until = unit.valid_to.map(|day| day.in_table()).unwrap_or_default();
    Row {
        name: unit.name.clone(),
        href: paths::unit(&unit.id),
        kind: say.find(&format!("unit-kind.{}", unit.kind)).unwrap_or(&unit.kind).to_owned(),
        code: if unit.code.is_empty() { "–".to_owned() } else { unit.code.clone() },
        former: vec![say.with("org.former-until", &[("name", &unit.name), ("day", &until)])],
        legal: if unit.legal_ref.is_empty() { "–".to_owned() } else { unit.legal_ref.clone() },
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Units, lang);
        let row = |name: &str, former| Row {
            name: name.into(),
            href: "/don-vi/x-15664".into(),
            kind: "xã".into(),
            code: "15664".into(),
            former,
            legal: "–".into(),
        };
        let of = |groups, events| Self { page: page.clone(), lead: "x".into(), asked: String::new(), groups, events };
        let group = Group {
            title: "x".into(),
            rows: vec![row("Thị trấn Nưa", vec!["Xã Tân Ninh".into()]), row(LONG_NAME, vec![])],
        };
        let event = EventLine { day: "01/12/2019".into(), text: LONG_NAME.into(), legal: "Nghị quyết 786".into() };
        vec![of(Vec::new(), Vec::new()), of(vec![group], vec![event])]
    }
}
