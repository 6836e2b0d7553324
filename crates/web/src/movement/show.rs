//! One movement.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use thidua_app::movement::{self, One};
use thidua_base::code::MovementCode;
use thidua_base::text::upper_first;
use thidua_domain::movement::Occasion;

use super::{kind_word, occasion_name, scope_word, years};
use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::option::LabelledFact;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// One movement.
#[derive(Debug, Template)]
#[template(path = "movement/show.html")]
pub struct Show {
    page: Page,
    list_href: &'static str,
    name: String,
    content: String,
    facts: Vec<LabelledFact>,
    aliases: Vec<String>,
    occasions: Vec<OccasionLine>,
    origin: Mark,
    source: String,
}

#[derive(Debug)]
struct OccasionLine {
    day: String,
    name: String,
}

/// `GET /phong-trao/{code}`
pub async fn page(ask: Ask, Path(code): Path<String>) -> Result<Response, Fault> {
    let code = MovementCode::parse(&code).map_err(|_| Fault::NotFound)?;
    let (standing, one) = ask.verb(move |app, by| movement::one(app, by, &code)).await?;
    let say = ask.messages();
    html(&Show::of(ask.page(Part::Movements, &upper_first(&one.movement.name), &standing), say, &one))
}

impl Show {
    fn of(page: Page, say: &'static Messages, one: &One) -> Self {
        let movement = &one.movement;
        let mut facts = vec![
            LabelledFact::new(say.get("movement.kind"), kind_word(say, movement.kind)),
            LabelledFact::new(say.get("movement.scope"), scope_word(say, &movement.scope)),
            LabelledFact::new(
                say.get("movement.owners"),
                if one.owners.is_empty() { say.get("movement.no-owner").to_owned() } else { one.owners.join(", ") },
            ),
            LabelledFact::new(say.get("movement.years"), years(say, movement)),
            LabelledFact::new(
                say.get("movement.field"),
                say.find(&format!("field.{}", movement.field)).map_or_else(|| movement.field.clone(), str::to_owned),
            ),
            LabelledFact::new(say.get("movement.code"), movement.code.as_str()),
        ];
        if let Some(instrument) = &one.launched_by {
            facts.push(LabelledFact::leading(
                say.get("movement.launched-by"),
                instrument.cited_full(),
                paths::instrument(&instrument.id),
            ));
        }
        Self {
            list_href: paths::MOVEMENTS,
            name: upper_first(&movement.name),
            content: movement.content.clone(),
            facts,
            aliases: movement.aliases.clone(),
            occasions: one
                .occasions
                .iter()
                .map(|occasion: &Occasion| OccasionLine { day: occasion.on.in_table(), name: occasion_name(occasion) })
                .collect(),
            origin: Mark::of(say, movement.provenance.origin),
            source: movement.provenance.source.clone(),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Show {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let of = |name: &str, content: &str, aliases: Vec<String>, occasions| Self {
            page: page.clone(),
            list_href: paths::MOVEMENTS,
            name: name.into(),
            content: content.into(),
            facts: vec![LabelledFact::leading(say.get("movement.kind"), "x", "/van-ban#x".into())],
            aliases,
            occasions,
            origin: Mark::of(say, thidua_domain::Origin::Reported),
            source: "E-70".into(),
        };
        let day = OccasionLine { day: "15/06/2020".into(), name: LONG_NAME.into() };
        vec![
            of("Dân vận khéo", "", Vec::new(), Vec::new()),
            of(LONG_NAME, "Một câu.", vec!["Tên khác".into()], vec![day]),
        ]
    }
}
