//! The public page of notices: who is proposed for what and why, until when one may speak.

use askama::Template;
use axum::response::Response;
use thidua_app::dossier::{Noticed, notices};

use crate::eligibility::said;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::site::{Ask, html};

/// The notices.
#[derive(Debug, Template)]
#[template(path = "dossier/notices.html")]
pub struct NoticesPage {
    page: Page,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: String,
    unit: String,
    honour: String,
    year: i16,
    achievement: String,
    days: String,
    left: String,
    class: &'static str,
    unsure: bool,
    party: String,
    is_sample: bool,
}

/// `GET /cong-khai`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (house, found) = ask.verb(notices).await?;
    let say = ask.messages();
    let page = ask.page(Part::Notices, say.get("dossier.notices"), &house);
    html(&NoticesPage { rows: found.iter().map(|one| row(say, one)).collect(), page })
}

fn row(say: &'static Messages, of: &Noticed) -> Row {
    let left = of.standing.left.to_string();
    Row {
        name: of.name.clone(),
        unit: of.unit.clone(),
        honour: said(say, &of.honour).to_owned(),
        year: of.year,
        achievement: of.achievement.clone(),
        days: format!("{} - {}", of.from.in_table(), of.standing.until.in_table()),
        left: if of.standing.is_over {
            say.get("dossier.notice-over").to_owned()
        } else {
            say.with("dossier.days-left", &[("days", &left)])
        },
        class: if of.standing.is_over { "plain" } else { "note" },
        unsure: !of.standing.is_certain,
        party: of.party.clone(),
        is_sample: of.is_sample,
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for NoticesPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let row = |is_sample| Row {
            name: LONG_NAME.into(),
            unit: "Xã Dân Lý".into(),
            honour: LONG_NAME.into(),
            year: 2025,
            achievement: LONG_NAME.into(),
            days: "02/03/2026 - 16/03/2026".into(),
            left: "còn 3 ngày làm việc".into(),
            class: "note",
            unsure: is_sample,
            party: LONG_NAME.into(),
            is_sample,
        };
        let of = |rows| Self { page: frame(Part::Notices, lang), rows };
        vec![of(Vec::new()), of(vec![row(false), row(true)])]
    }
}
