//! What was awarded and not paid, the oldest decision first.

use askama::Template;
use axum::response::Response;
use thidua_app::decision::{Unpaid, unpaid};
use thidua_app::eligibility::Names;

use super::money;
use crate::eligibility::honour_name;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::answered;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The list of bonuses that wait.
#[derive(Debug, Template)]
#[template(path = "decision/unpaid.html")]
pub struct UnpaidPage {
    page: Page,
    rows: Vec<Row>,
    total: String,
}

#[derive(Debug)]
struct Row {
    href: String,
    number: String,
    day: String,
    name: String,
    unit: String,
    honour: String,
    bonus: String,
    due: String,
}

/// `GET /quyet-dinh/chua-chi`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (house, (waiting, names)) = ask
        .verb(|app, by| {
            let book = app.book(by)?;
            let names = Names::of(&book, app.clock.now().date_in_vietnam());
            Ok((unpaid(app, by)?, names))
        })
        .await?;
    let say = ask.messages();
    let page = ask.page(Part::Decisions, say.get("decision.unpaid"), &house);
    let total = waiting.iter().map(|one| one.due.vnd - one.due.paid).sum();
    let rows = waiting.iter().map(|one| row(say, &names, one)).collect();
    answered(&UnpaidPage { page, rows, total: money(total) }, false)
}

fn row(say: &'static Messages, names: &Names, one: &Unpaid) -> Row {
    let due = &one.due;
    Row {
        href: format!("{}#dong-{}", paths::decision(&due.decision), due.line),
        number: due.number.clone(),
        day: due.on.in_table(),
        name: due.name.clone(),
        unit: one.unit_name.clone(),
        honour: honour_name(say, names, &due.honour),
        bonus: money(due.vnd),
        due: money(due.vnd - due.paid),
    }
}

impl UnpaidPage {
    fn to_list(&self) -> &'static str {
        paths::DECISIONS
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for UnpaidPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |names: &[&str]| {
            let rows = names.iter().map(|name| Row {
                href: "/quyet-dinh/qd-1#dong-1".into(),
                number: "1502/QĐ-UBND".into(),
                day: "26/06/2020".into(),
                name: (*name).into(),
                unit: (*name).into(),
                honour: (*name).into(),
                bonus: "447.000".into(),
                due: "447.000".into(),
            });
            Self { page: frame(Part::Decisions, lang), rows: rows.collect(), total: "894.000".into() }
        };
        vec![of(&[]), of(&["Lê Thị Nguyệt", LONG_NAME])]
    }
}
