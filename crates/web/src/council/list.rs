//! The councils of units within reach.

use askama::Template;
use axum::response::Response;
use thidua_app::council::{Listed, list};
use thidua_domain::Origin;

use crate::fault::Fault;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The list.
#[derive(Debug, Template)]
#[template(path = "council/list.html")]
pub struct List {
    page: Page,
    rows: Vec<Row>,
    composes: bool,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    unit: String,
    members: usize,
    pending: usize,
    is_sample: bool,
}

/// `GET /hoi-dong`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (house, (councils, composes)) = ask.verb(list).await?;
    let title = ask.messages().get("council.title");
    html(&List::of(ask.page(Part::Councils, title, &house), &councils, composes))
}

impl List {
    fn to_new(&self) -> &'static str {
        paths::COUNCIL_NEW
    }

    fn of(page: Page, councils: &[Listed], composes: bool) -> Self {
        let rows = councils.iter().map(|listed| Row {
            name: listed.council.name.clone(),
            href: paths::council(&listed.council.id),
            unit: listed.unit.clone(),
            members: listed.seats.len(),
            pending: listed.pending,
            is_sample: listed.council.provenance.origin == Origin::Sample,
        });
        Self { rows: rows.collect(), composes, page }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let row = |is_sample| Row {
            name: LONG_NAME.into(),
            href: "/hoi-dong/hd-1".into(),
            unit: LONG_NAME.into(),
            members: 22,
            pending: 1,
            is_sample,
        };
        let of = |rows, composes| Self { page: frame(Part::Councils, lang), rows, composes };
        vec![of(Vec::new(), false), of(vec![row(true), row(false)], true)]
    }
}
