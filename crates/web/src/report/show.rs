//! A report on the screen, every figure a link to its passport.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_app::indicator::Facts;
use thidua_app::report::{self, Made};
use thidua_base::code::ReportId;
use thidua_domain::{Origin, Refusal};
use thidua_paper::tree::{Align, Block, Cell, Document, Inline, NumberStyle, Role, Table, Tie, numbered, text_of};
use thidua_paper::wording::{addressees, number_line, place_date, recipients};
use thidua_prose::check::Severity;

use super::files;
use super::issue::{IssueView, issue_views};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::figure::Mark;
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// A report on the screen.
#[derive(Debug, Template)]
#[template(path = "report/show.html")]
pub struct Show {
    page: Page,
    files: Vec<Link>,
    remarks_href: String,
    remarks_label: String,
    refusal: String,
    issues: Vec<IssueView>,
    may_issue: bool,
    issue_href: String,
    form_token: String,
    contents: Vec<Entry>,
    paper: Paper,
}

/// A line of the contents.
#[derive(Debug)]
struct Entry {
    level: usize,
    id: String,
    number: String,
    title: String,
}

/// The paper, as lines and runs of text.
#[derive(Debug)]
struct Paper {
    superior: Option<String>,
    issuer: Vec<String>,
    number: String,
    place_and_date: String,
    kind: String,
    abstract_line: Runs,
    addressees: Vec<String>,
    body: Blocks,
    recipients: Vec<String>,
    authority: Vec<String>,
    signer: String,
    annexes: Vec<AnnexView>,
}

#[derive(Debug)]
struct AnnexView {
    title: String,
    body: Blocks,
}

/// Blocks one under the other.
#[derive(Debug, Template)]
#[template(path = "report/blocks.html")]
struct Blocks {
    blocks: Vec<BlockView>,
}

#[derive(Debug)]
enum BlockView {
    Heading { level: usize, id: String, style: &'static str, number: String, runs: Runs },
    Paragraph(Runs),
    Item { number: String, runs: Runs },
    Table(TableView),
}

#[derive(Debug)]
struct TableView {
    label: String,
    header: Vec<Vec<CellView>>,
    rows: Vec<Vec<CellView>>,
    totals: Vec<Vec<CellView>>,
}

#[derive(Debug)]
struct CellView {
    class: &'static str,
    columns: u8,
    rows: u8,
    runs: Runs,
}

/// A line of text.
#[derive(Debug, Template)]
#[template(path = "report/runs.html")]
struct Runs {
    runs: Vec<Run>,
}

#[derive(Debug)]
enum Run {
    Text(String),
    Italic(String),
    Figure { text: String, href: String, mark: Option<Mark> },
}

// The templates escape what they are given, so the text is HTML already.
impl askama::filters::HtmlSafe for Blocks {}
impl askama::filters::HtmlSafe for Runs {}

/// `GET /bao-cao/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = ReportId::parse(&id).map_err(|_| Fault::NotFound)?;
    shown(&ask, id, None).await
}

/// The page, with what was refused where something was.
pub async fn shown(ask: &Ask, id: ReportId, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let both = ask.verb(move |app, by| Ok((report::written(app, by, &id)?, report::issued(app, by, &id)?)));
    let (standing, (written, issued)) = both.await?;
    let say = ask.messages();
    let page = ask.page(Part::Reports, &written.made.document.title, &standing);
    let mut view = Show::of(page, say, &written.made, &written.facts);
    view.form_token = ask.form_token()?;
    view.may_issue = issued.issues && !view.form_token.is_empty();
    view.issues = issue_views(say, &issued);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    if !view.form_token.is_empty() {
        response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    }
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl Show {
    fn of(page: Page, say: &'static Messages, made: &Made, facts: &Facts) -> Self {
        let id = &made.data.report.id;
        let errors = made.remarks.iter().filter(|remark| remark.severity == Severity::Error).count();
        let others = made.remarks.len() - errors;
        let facts_of = [("errors", &*errors.to_string()), ("others", &*others.to_string())];
        Self {
            files: files(say, id),
            remarks_href: paths::remarks(id),
            remarks_label: say.with("report.remarks-counted", &facts_of),
            refusal: String::new(),
            issues: Vec::new(),
            may_issue: false,
            issue_href: paths::issue(id),
            form_token: String::new(),
            contents: contents(&made.document),
            paper: paper(&made.document, &Marker { say, facts }),
            page,
        }
    }

    /// Whether a figure of the paper rests on sample data.
    fn has_sample(&self) -> bool {
        let in_runs = |runs: &Runs| {
            runs.runs.iter().any(|run| match run {
                Run::Figure { mark, .. } => mark.is_some(),
                Run::Text(_) | Run::Italic(_) => false,
            })
        };
        self.paper.body.blocks.iter().any(|block| match block {
            BlockView::Heading { runs, .. } | BlockView::Paragraph(runs) | BlockView::Item { runs, .. } => {
                in_runs(runs)
            }
            BlockView::Table(table) => table.rows.iter().flatten().any(|cell| in_runs(&cell.runs)),
        })
    }
}

/// Finds the mark that a figure of the paper needs.
struct Marker<'a> {
    say: &'static Messages,
    facts: &'a Facts,
}

impl Marker<'_> {
    /// Only sample is marked in running text: nearly every comparison rests on an implied base, and its
    /// passport says so.
    fn of(&self, tie: &Tie) -> Option<Mark> {
        match self.facts.weakest(&tie.sources)? {
            Origin::Sample => Mark::warning(self.say, Origin::Sample),
            Origin::Reported | Origin::Implied { .. } | Origin::Reference => None,
        }
    }
}

fn contents(document: &Document) -> Vec<Entry> {
    numbered(&document.body)
        .into_iter()
        .filter_map(|entry| match entry.block {
            Block::Section(section) => Some(Entry {
                level: entry.depth + 1,
                id: section.id.clone(),
                number: entry.number,
                title: text_of(&section.title),
            }),
            Block::Paragraph(_) | Block::Item { .. } | Block::Table(_) => None,
        })
        .collect()
}

fn paper(document: &Document, marker: &Marker) -> Paper {
    let head = &document.head;
    let bare = |lines: Vec<String>| {
        lines.into_iter().map(|line| line.trim_start_matches("- ").trim_end_matches([';', '.']).to_owned()).collect()
    };
    Paper {
        superior: head.superior.clone(),
        issuer: head.issuer.clone(),
        number: number_line(head),
        place_and_date: place_date(head, document.dated),
        kind: head.kind.clone(),
        abstract_line: runs(&head.abstract_line, marker),
        addressees: bare(addressees(head)),
        body: blocks(&document.body, marker, 2),
        recipients: recipients(&document.foot.recipients),
        authority: document.foot.authority.clone(),
        signer: document.foot.signer.clone().unwrap_or_default(),
        annexes: document
            .annexes
            .iter()
            .map(|annex| AnnexView { title: annex.title.clone(), body: blocks(&annex.body, marker, 3) })
            .collect(),
    }
}

fn blocks(tree: &[Block], marker: &Marker, top_level: usize) -> Blocks {
    let mut tables = 0;
    let blocks = numbered(tree)
        .into_iter()
        .map(|entry| match entry.block {
            Block::Section(section) => BlockView::Heading {
                level: (top_level + entry.depth).min(6),
                id: section.id.clone(),
                style: match section.style {
                    NumberStyle::Roman | NumberStyle::Centred => "capitals",
                    NumberStyle::Arabic | NumberStyle::Decimal | NumberStyle::Letter => "as-written",
                },
                number: entry.number,
                runs: runs(&section.title, marker),
            },
            Block::Paragraph(text) => BlockView::Paragraph(runs(text, marker)),
            Block::Item { text, .. } => BlockView::Item { number: entry.number, runs: runs(text, marker) },
            Block::Table(table) => {
                tables += 1;
                BlockView::Table(table_view(table, tables, marker))
            }
        })
        .collect();
    Blocks { blocks }
}

fn table_view(table: &Table, number: usize, marker: &Marker) -> TableView {
    let row = |cells: &Vec<Cell>| {
        let mut column = 0;
        cells
            .iter()
            .map(|cell| {
                let align = table.columns.get(column).map_or(Align::Left, |column| column.align);
                column += usize::from(cell.columns);
                let class = match align {
                    Align::Left => "words",
                    Align::Centre => "centre",
                    Align::Right => "number",
                };
                CellView { class, columns: cell.columns, rows: cell.rows, runs: runs(&cell.text, marker) }
            })
            .collect()
    };
    TableView {
        label: marker.say.with("report.table", &[("number", &number.to_string())]),
        header: table.header.iter().map(row).collect(),
        rows: table.rows.iter().map(row).collect(),
        totals: table.totals.iter().map(row).collect(),
    }
}

fn runs(inlines: &[Inline], marker: &Marker) -> Runs {
    let mut out: Vec<Run> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let run = match inline {
            Inline::Text(text) => Run::Text(text.clone()),
            Inline::Italic(text) => Run::Italic(text.clone()),
            Inline::Bound { text, tie } => match tie.role {
                Role::Words => Run::Text(text.clone()),
                Role::Figure => {
                    Run::Figure { text: text.clone(), href: paths::passport(&tie.key), mark: marker.of(tie) }
                }
            },
        };
        out.push(run);
    }
    Runs { runs: out }
}

#[cfg(test)]
#[path = "show_samples.rs"]
mod samples;
