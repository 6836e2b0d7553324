//! What went well, what did not and why, and what is to be done.

use askama::Template;
use axum::response::Response;
use thidua_app::finding::{self as verbs, Register};
use thidua_domain::finding::{Finding, FindingKind, Task, TaskKind};

use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Findings and tasks.
#[derive(Debug, Template)]
#[template(path = "finding/list.html")]
pub struct List {
    page: Page,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    title: String,
    hint: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    text: String,
    mark: Option<Mark>,
    owner: String,
    status: String,
    class: &'static str,
    about: Vec<Link>,
}

/// `GET /ton-tai-nhiem-vu`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (standing, register) = ask.verb(verbs::register).await?;
    let say = ask.messages();
    html(&List::of(ask.page(Part::Findings, say.get("finding.list-title"), &standing), say, &register))
}

impl List {
    fn of(page: Page, say: &'static Messages, register: &Register) -> Self {
        let found = |kind: FindingKind, key: &str| Group {
            title: say.get(key).to_owned(),
            hint: say.with("finding.in-period", &[("period", &say.period(register.period))]),
            rows: register
                .findings
                .iter()
                .filter(|(finding, _)| finding.kind == kind)
                .map(|(finding, owner)| finding_row(say, register, finding, owner.as_deref()))
                .collect(),
        };
        let tasks = |kind: TaskKind, key: &str| Group {
            title: say.get(key).to_owned(),
            hint: say.with("finding.in-period", &[("period", &say.period(register.period.next()))]),
            rows: register
                .tasks
                .iter()
                .filter(|(task, _)| task.kind == kind)
                .map(|(task, owner)| task_row(say, task, owner.as_deref()))
                .collect(),
        };
        let groups = vec![
            found(FindingKind::Limit, "finding.limits"),
            found(FindingKind::Cause, "finding.causes"),
            found(FindingKind::Result, "finding.results"),
            tasks(TaskKind::Aim, "finding.aims"),
            tasks(TaskKind::Measure, "finding.measures"),
        ];
        Self { page, groups }
    }
}

fn finding_row(say: &'static Messages, register: &Register, finding: &Finding, owner: Option<&str>) -> Row {
    let about = finding.about.iter().map(|code| Link {
        label: register.indicators.get(code).cloned().unwrap_or_else(|| code.to_string()),
        href: paths::indicator(code),
    });
    Row {
        text: finding.text.clone(),
        mark: Mark::warning(say, finding.provenance.origin),
        owner: match (owner, finding.kind) {
            (Some(owner), _) => owner.to_owned(),
            (None, FindingKind::Limit) => say.get("finding.no-owner").to_owned(),
            (None, FindingKind::Result | FindingKind::Cause) => "–".to_owned(),
        },
        status: status_of(say, finding),
        class: match (finding.kind, finding.status.as_str()) {
            (FindingKind::Limit, "open") => "open",
            (FindingKind::Limit, _) => "good",
            (FindingKind::Result | FindingKind::Cause, _) => "none",
        },
        about: about.collect(),
    }
}

fn task_row(say: &'static Messages, task: &Task, owner: Option<&str>) -> Row {
    let due = task.due_on.map(|day| say.with("finding.due", &[("day", &day.in_table())]));
    let status = status_word(say, &task.status);
    Row {
        text: plain(&task.text),
        mark: Mark::warning(say, task.provenance.origin),
        owner: owner.unwrap_or(say.get("finding.everyone")).to_owned(),
        status: due.map_or_else(|| status.clone(), |due| format!("{status}, {due}")),
        class: if task.status == "done" { "good" } else { "open" },
        about: Vec::new(),
    }
}

/// Only a limit waits for an answer; a result or a cause is told and stands.
fn status_of(say: &'static Messages, finding: &Finding) -> String {
    match finding.kind {
        FindingKind::Limit => status_word(say, &finding.status),
        FindingKind::Result | FindingKind::Cause => "–".to_owned(),
    }
}

fn status_word(say: &'static Messages, status: &str) -> String {
    say.find(&format!("status.{status}")).map_or_else(|| status.to_owned(), str::to_owned)
}

/// The text with its slots as codes in brackets: `{PT01}` is only written out in the report.
fn plain(text: &str) -> String {
    text.replace('{', "[").replace('}', "]")
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Findings, lang);
        let say = page.messages();
        let group = |rows| Group { title: say.get("finding.limits").into(), hint: "x".into(), rows };
        let row = Row {
            text: LONG_NAME.into(),
            mark: Some(Mark::of(say, thidua_domain::Origin::Sample)),
            owner: say.get("finding.no-owner").into(),
            status: status_word(say, "open"),
            class: "open",
            about: vec![Link { label: LONG_NAME.into(), href: "/chi-tieu/NN09".into() }],
        };
        vec![
            Self { page: page.clone(), groups: vec![group(Vec::new())] },
            Self { page, groups: vec![group(vec![row])] },
        ]
    }
}
