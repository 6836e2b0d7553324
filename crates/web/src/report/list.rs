//! The list of reports.

use askama::Template;
use axum::response::Response;
use thidua_app::report;
use thidua_app::report::Listed;

use super::files;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The list of reports.
#[derive(Debug, Template)]
#[template(path = "report/list.html")]
pub struct List {
    page: Page,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    title: String,
    href: String,
    unit: String,
    period: String,
    dated: String,
    files: Vec<Link>,
    remarks_href: String,
}

/// `GET /bao-cao`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (standing, listed) = ask.verb(report::list).await?;
    let say = ask.messages();
    let rows = listed.iter().map(|listed| row(say, listed)).collect();
    html(&List { page: ask.page(Part::Reports, say.get("report.list-title"), &standing), rows })
}

fn row(say: &'static Messages, listed: &Listed) -> Row {
    let report = &listed.report;
    Row {
        title: listed.form_name.clone(),
        href: paths::report(&report.id),
        unit: listed.unit_name.clone(),
        period: say.period(report.period),
        dated: report.dated.in_table(),
        files: files(say, &report.id),
        remarks_href: paths::remarks(&report.id),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Reports, lang);
        let row = |title: &str| Row {
            title: title.into(),
            href: "/bao-cao/x".into(),
            unit: "Huyện Triệu Sơn".into(),
            period: "6 tháng đầu năm 2020".into(),
            dated: "05/07/2020".into(),
            files: vec![Link { label: "DOCX".into(), href: "/bao-cao/x/x.docx".into() }],
            remarks_href: "/bao-cao/x/kiem-tra".into(),
        };
        vec![
            Self { page: page.clone(), rows: Vec::new() },
            Self { page, rows: vec![row("Báo cáo sơ kết 6 tháng"), row(LONG_NAME)] },
        ]
    }
}
