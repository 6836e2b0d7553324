//! Home: five numbers that can be acted on, what lies behind the pace, what the checker says.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use thidua_app::indicator::{Overview, Pace};
use thidua_app::instrument::{Catalogue, lapsing};
use thidua_app::notice::{ChoreSeen, Due, due_list, movement_due};
use thidua_app::report::{self, Made, Written};
use thidua_app::{Error, decision, finding as findings, indicator};
use thidua_base::Number;
use thidua_domain::Refusal;
use thidua_domain::actor::Capacity;
use thidua_domain::finding::{Finding, FindingKind};
use thidua_prose::check::Severity;
use thidua_report::sections::Use;

use crate::chart::PlanBar;
use crate::fault::Fault;
use crate::figure::Figure;
use crate::instrument::{LapsingRow, lapsing_rows};
use crate::messages::Messages;
use crate::notice::due::{Row as DueRow, rows as due_rows};
use crate::option::Link;
use crate::page::{Page, Part};
use crate::report::remarks::{Said, said};
use crate::site::{Ask, html};
use crate::{paths, report as pages};

/// Remarks shown before the reader is sent to the page of all.
const REMARKS_SHOWN: usize = 6;

/// Lines of what is due shown before the person is sent to the page of all.
const DUE_SHOWN: usize = 8;

/// The home page.
#[derive(Debug, Template)]
#[template(path = "home/home.html")]
pub struct Home {
    page: Page,
    due: Vec<DueRow>,
    lapsing: Vec<LapsingRow>,
    lead: String,
    tiles: Vec<Tile>,
    report: Option<ReportLine>,
    behind: Vec<BehindRow>,
    remarks: Vec<Said>,
}

#[derive(Debug)]
struct Tile {
    label: &'static str,
    number: String,
    note: String,
    href: String,
    class: &'static str,
}

#[derive(Debug)]
struct ReportLine {
    title: String,
    href: String,
    files: Vec<Link>,
    remarks_href: String,
}

#[derive(Debug)]
struct BehindRow {
    name: String,
    href: String,
    measure: String,
    assigner: String,
    plan: Figure,
    actual: Figure,
    percent: Figure,
    bar: Option<PlanBar>,
    mentioned: &'static str,
}

struct Read {
    overview: Arc<Overview>,
    findings: findings::Register,
    awards: decision::Register,
    written: Option<Result<Arc<Written>, Refusal>>,
    due: Vec<Due>,
    lapsing: Catalogue,
    chores: Vec<ChoreSeen>,
}

/// `GET /`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (standing, read) = ask
        .verb(move |app, by| {
            // A report whose text cannot be written must not take the whole page with it.
            let written = match &app.home.report {
                None => None,
                Some(id) => match report::written(app, by, id) {
                    Ok(written) => Some(Ok(written)),
                    Err(Error::Refused(refusal)) => Some(Err(refusal)),
                    Err(other) => return Err(other),
                },
            };
            let (due, chores) = match by.capacity {
                Capacity::Person { .. } => (due_list(app, by)?, movement_due(app, by)?),
                Capacity::Reader | Capacity::Unguarded | Capacity::Operator => (Vec::new(), Vec::new()),
            };
            Ok(Read {
                due: due.into_iter().filter(|due| due.is_mine).collect(),
                lapsing: lapsing(app, by)?,
                chores: chores.into_iter().filter(|chore| chore.is_mine).collect(),
                overview: indicator::overview(app, by)?,
                findings: findings::register(app, by)?,
                awards: decision::register(app, by, &decision::Asked::default())?,
                written,
            })
        })
        .await?;
    let say = ask.messages();
    html(&Home::of(ask.page(Part::Home, say.get("home.title"), &standing), say, &read))
}

impl Home {
    fn to_due(&self) -> &'static str {
        paths::DUE
    }

    fn of(page: Page, say: &'static Messages, read: &Read) -> Self {
        let behind = behind(say, &read.overview, names_the_behind(read));
        let (report, remarks, errors) = match &read.written {
            None => (None, Vec::new(), 0),
            Some(Ok(written)) => {
                let made = &written.made;
                let errors = made.remarks.iter().filter(|r| r.severity == Severity::Error).count();
                let shown =
                    made.remarks.iter().take(REMARKS_SHOWN).map(|r| said(say, &made.data.report.id, r)).collect();
                (Some(report_line(say, made)), shown, errors)
            }
            Some(Err(refusal)) => (None, vec![Said::failure(say, say.refusal(refusal))], 1),
        };
        Self {
            lapsing: lapsing_rows(say, &read.lapsing),
            due: due_rows(say, &read.due, &read.chores).into_iter().take(DUE_SHOWN).collect(),
            lead: say.with("home.lead", &[("unit", &page.standing.unit), ("period", &page.standing.period)]),
            tiles: tiles(say, read, behind.len(), errors),
            report,
            behind,
            remarks,
            page,
        }
    }
}

fn tiles(say: &'static Messages, read: &Read, behind: usize, errors: usize) -> Vec<Tile> {
    let rows = &read.overview.rows;
    let planned = rows.iter().map(|row| row.plans.iter().filter(|plan| plan.pace != Pace::NotJudged).count());
    let planned: usize = planned.sum();
    let missing = rows.iter().filter(|row| row.actual.value.is_none()).count();
    let is_open = |finding: &Finding| finding.kind == FindingKind::Limit && finding.status == "open";
    let open = read.findings.findings.iter().filter(|(finding, _)| is_open(finding)).count();
    let individuals: usize = read.awards.counts.iter().map(|count| count.direct_known).sum();
    let direct: usize = read.awards.counts.iter().map(|count| count.direct).sum();
    let attention = |count: usize| if count > 0 { "attention" } else { "calm" };
    let remarks_href = match &read.written {
        Some(Ok(written)) => paths::remarks(&written.made.data.report.id),
        Some(Err(_)) | None => paths::REPORTS.to_owned(),
    };
    vec![
        Tile {
            label: say.get("home.tile-behind"),
            number: behind.to_string(),
            note: say.with("home.tile-behind-note", &[("planned", &planned.to_string())]),
            href: paths::with_query(paths::INDICATORS, &[("tinh-trang", "cham")]),
            class: attention(behind),
        },
        Tile {
            label: say.get("home.tile-missing"),
            number: missing.to_string(),
            note: say.with("home.tile-missing-note", &[("all", &rows.len().to_string())]),
            href: paths::with_query(paths::INDICATORS, &[("tinh-trang", "thieu")]),
            class: attention(missing),
        },
        Tile {
            label: say.get("home.tile-errors"),
            number: errors.to_string(),
            note: say.get("home.tile-errors-note").to_owned(),
            href: remarks_href,
            class: attention(errors),
        },
        Tile {
            label: say.get("home.tile-open"),
            number: open.to_string(),
            note: say.get("home.tile-open-note").to_owned(),
            href: paths::FINDINGS.to_owned(),
            class: attention(open),
        },
        Tile {
            label: say.get("home.tile-direct"),
            number: share(direct, individuals).map_or_else(|| "–".to_owned(), |share| share.vi_with("%")),
            note: say
                .with("home.tile-direct-note", &[("direct", &direct.to_string()), ("all", &individuals.to_string())]),
            href: paths::AWARDS.to_owned(),
            class: "calm",
        },
    ]
}

/// The share of a part in percent with one decimal; `None` of nothing.
pub fn share(part: usize, whole: usize) -> Option<Number> {
    let number = |n: usize| i64::try_from(n).map(Number::whole).ok();
    match thidua_base::number::percent(number(part)?, number(whole)?, 1) {
        Ok(thidua_base::Percent::Of(percent)) => Some(percent),
        Ok(thidua_base::Percent::NoBase | thidua_base::Percent::NegativeBase) | Err(_) => None,
    }
}

/// What the report itself says of indicators behind the pace.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// It names all of them, computed.
    All,
    /// Only those that a finding speaks of.
    AsFound,
}

fn names_the_behind(read: &Read) -> Naming {
    match &read.written {
        Some(Ok(written)) if written.made.form.blocks().iter().any(|block| block.r#use == Use::Behind) => Naming::All,
        Some(_) | None => Naming::AsFound,
    }
}

fn behind(say: &'static Messages, overview: &Overview, naming: Naming) -> Vec<BehindRow> {
    let mut rows = Vec::new();
    for row in &overview.rows {
        let code = &row.indicator.code;
        let cell = thidua_domain::indicator::cell_key(code, &overview.standing.unit, overview.standing.period);
        for plan in row.plans.iter().filter(|plan| plan.pace == Pace::Behind) {
            let Some(against) = plan.against else { continue };
            let mentioned = naming == Naming::All || overview.mentioned.contains(code);
            let mut percent = Figure::percent(say, against.percent);
            percent.href = paths::passport(&cell);
            let built = BehindRow {
                name: pages::indicator_name(say, &row.indicator),
                href: paths::indicator(code),
                measure: row.indicator.measure.clone(),
                assigner: plan.assigner.clone(),
                plan: pages::plan_figure(say, &row.indicator, plan),
                actual: Figure::actual(say, &row.actual, row.indicator.decimals, paths::passport(&cell)),
                percent,
                bar: PlanBar::of(against.percent, plan.pace, overview.standing.period),
                mentioned: say.get(if mentioned { "home.mentioned-yes" } else { "home.mentioned-no" }),
            };
            rows.push((against.percent, built));
        }
    }
    rows.sort_by_key(|(percent, _)| match percent {
        thidua_base::Percent::Of(number) => *number,
        thidua_base::Percent::NoBase | thidua_base::Percent::NegativeBase => Number::whole(0),
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

fn report_line(say: &'static Messages, made: &Made) -> ReportLine {
    let id = &made.data.report.id;
    ReportLine {
        title: made.document.title.clone(),
        href: paths::report(id),
        files: pages::files(say, id),
        remarks_href: paths::remarks(id),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Home {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Home, lang);
        let say = page.messages();
        let empty = Self {
            page: page.clone(),
            due: Vec::new(),
            lapsing: Vec::new(),
            lead: String::new(),
            tiles: Vec::new(),
            report: None,
            behind: Vec::new(),
            remarks: Vec::new(),
        };
        let tile = |class, number: &str| Tile {
            label: say.get("home.tile-behind"),
            number: number.into(),
            note: "15/31".into(),
            href: "/chi-tieu?tinh-trang=cham".into(),
            class,
        };
        let percent = thidua_base::Percent::Of(Number::new(140, 1).unwrap());
        let period = thidua_base::Period::Half { year: 2020, half: 1 };
        let full = Self {
            page,
            due: vec![DueRow {
                until: "08/07/2020".into(),
                left: "còn 3 ngày".into(),
                class: "open",
                href: "/nhap-lieu/b/2020-H1/x-1".into(),
                form: crate::sampled::LONG_NAME.into(),
                period: "6 tháng đầu năm 2020".into(),
                unit: "Xã Tiến Nông".into(),
                state: "Đang nhập".into(),
                next: "Gửi biểu".into(),
                is_mine: true,
            }],
            lapsing: vec![LapsingRow::sample()],
            lead: "Huyện Triệu Sơn, 6 tháng đầu năm 2020".into(),
            tiles: vec![tile("attention", "15"), tile("calm", "0"), tile("calm", "62,9%")],
            report: Some(ReportLine {
                title: LONG_NAME.into(),
                href: "/bao-cao/x".into(),
                files: vec![Link { label: "DOCX".into(), href: "/bao-cao/x/x.docx".into() }],
                remarks_href: "/bao-cao/x/kiem-tra".into(),
            }),
            behind: vec![BehindRow {
                name: LONG_NAME.into(),
                href: "/chi-tieu/NN09".into(),
                measure: "ha".into(),
                assigner: "Tỉnh Thanh Hóa".into(),
                plan: Figure::plain("1.000"),
                actual: Figure::missing(say.get("figure.not-reported")),
                percent: Figure::percent(say, percent),
                bar: PlanBar::of(percent, Pace::Behind, period),
                mentioned: say.get("home.mentioned-no"),
            }],
            remarks: vec![Said::failure(say, "x".into())],
        };
        vec![empty, full]
    }
}
