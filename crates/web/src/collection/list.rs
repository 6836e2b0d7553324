//! One's forms and sheets: what is to be filled in, and for who collects, the boards.

use askama::Template;
use axum::response::Response;
use thidua_app::collection::{Catalogue, catalogue};
use thidua_domain::collection::Stage;

use super::{Badge, stage_badge};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Forms and sheets.
#[derive(Debug, Template)]
#[template(path = "collection/list.html")]
pub struct List {
    page: Page,
    forms: Vec<FormView>,
    is_signed_in: bool,
}

#[derive(Debug)]
struct FormView {
    number: String,
    name: String,
    receiver: String,
    legal: String,
    rows: usize,
    cycles: Vec<CycleView>,
}

#[derive(Debug)]
struct CycleView {
    period: String,
    opens: String,
    due: String,
    closes: String,
    reporters: usize,
    board: String,
    sheets: Vec<SheetLink>,
    more: usize,
}

#[derive(Debug)]
struct SheetLink {
    href: String,
    unit: String,
    stage: Badge,
}

/// Sheets listed for one cycle; who keeps more goes by the board.
const SHEETS_MOST: usize = 12;

/// `GET /nhap-lieu`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (house, found) = ask.verb(catalogue).await?;
    let say = ask.messages();
    let page = ask.page(Part::Collection, say.get("collection.title"), &house);
    html(&List::of(page, say, &found, ask.token().is_some()))
}

impl List {
    fn of(page: Page, say: &'static Messages, found: &Catalogue, is_signed_in: bool) -> Self {
        let forms = found.forms.iter().map(|listed| FormView {
            number: listed.form.number.clone(),
            name: listed.form.name.clone(),
            receiver: listed.receiver.clone(),
            legal: listed.form.legal_ref.clone(),
            rows: listed.form.rows.len(),
            cycles: listed
                .cycles
                .iter()
                .map(|one| {
                    let cycle = &one.cycle;
                    let open = one.mine.iter().filter(|(_, _, stage)| *stage != Stage::Planned);
                    CycleView {
                        period: say.period(cycle.period),
                        opens: cycle.opens_on.in_table(),
                        due: cycle.due_on.in_table(),
                        closes: cycle.closes_on.in_table(),
                        reporters: one.reporters,
                        board: match listed.is_kept {
                            true => paths::board(&cycle.form, cycle.period),
                            false => String::new(),
                        },
                        more: open.clone().count().saturating_sub(SHEETS_MOST),
                        sheets: open
                            .take(SHEETS_MOST)
                            .map(|(unit, name, stage)| SheetLink {
                                href: paths::sheet(&cycle.form, cycle.period, unit),
                                unit: name.clone(),
                                stage: stage_badge(say, *stage),
                            })
                            .collect(),
                    }
                })
                .collect(),
        });
        Self { page, forms: forms.collect(), is_signed_in }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = || frame(Part::Collection, lang);
        let say = page().messages();
        let link = |unit: &str| SheetLink {
            href: "/nhap-lieu/b/2020-H1/x".into(),
            unit: unit.into(),
            stage: stage_badge(say, Stage::Late),
        };
        let cycle = |sheets: Vec<SheetLink>| CycleView {
            period: "6 tháng đầu năm 2020".into(),
            opens: "01/06/2020".into(),
            due: "15/06/2020".into(),
            closes: "26/06/2020".into(),
            reporters: 34,
            board: "/thu-thap/b/2020-H1".into(),
            more: 22,
            sheets,
        };
        let form = |cycles| FormView {
            number: "Biểu số 01/TĐKT".into(),
            name: LONG_NAME.into(),
            receiver: LONG_NAME.into(),
            legal: "Công văn 12/UBND".into(),
            rows: 31,
            cycles,
        };
        vec![
            Self { page: page(), forms: Vec::new(), is_signed_in: false },
            Self { page: page(), forms: Vec::new(), is_signed_in: true },
            Self {
                page: page(),
                forms: vec![form(Vec::new()), form(vec![cycle(vec![link(LONG_NAME)])])],
                is_signed_in: true,
            },
        ]
    }
}
