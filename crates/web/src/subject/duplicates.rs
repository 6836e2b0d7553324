//! Those who may be one, surest first: each pair leads to both side by side.

use askama::Template;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_app::subject::{Double, duplicates};
use thidua_domain::subject::{Details, SubjectId};

use crate::account::sign_in::NEVER_STORED;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Those who may be one.
#[derive(Debug, Template)]
#[template(path = "subject/duplicates.html")]
pub struct DuplicatesPage {
    page: Page,
    to_list: &'static str,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    one: Who,
    two: Who,
    why: String,
    weight: u8,
    href: String,
}

#[derive(Debug)]
struct Who {
    name: String,
    about: String,
    href: String,
}

/// `GET /nguoi/trung`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (house, found) = ask.verb(duplicates).await?;
    let say = ask.messages();
    let page = ask.page(Part::Persons, say.get("person.duplicates"), &house);
    let rows = found.iter().map(|double| row(say, double)).collect();
    let mut response = html(&DuplicatesPage { page, to_list: paths::PERSONS, rows })?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    Ok(response)
}

fn row(say: &'static Messages, double: &Double) -> Row {
    let who = |(id, details): &(SubjectId, Details)| {
        let born = details.born.in_table();
        Who {
            name: details.name.clone(),
            about: if born.is_empty() { say.get("person.born-unknown").to_owned() } else { born },
            href: paths::subject(details.kind, id),
        }
    };
    let why: Vec<&str> = double.reasons.iter().map(|why| say.get(&format!("match-reason.{}", why.word()))).collect();
    Row {
        one: who(&double.one),
        two: who(&double.two),
        why: why.join("; "),
        weight: double.weight,
        href: paths::with_query(paths::MERGE, &[("mot", double.one.0.as_str()), ("hai", double.two.0.as_str())]),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for DuplicatesPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let who = || Who { name: LONG_NAME.into(), about: "1980".into(), href: "/nguoi/s-1".into() };
        let of = |rows: usize| Self {
            page: frame(Part::Persons, lang),
            to_list: "/nguoi",
            rows: (0..rows)
                .map(|_| Row { one: who(), two: who(), why: LONG_NAME.into(), weight: 90, href: "/nguoi/gop".into() })
                .collect(),
        };
        vec![of(0), of(3)]
    }
}
