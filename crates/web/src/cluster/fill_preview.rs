//! A filled score sheet that was sent: what each of its rows would change, and the word to keep it.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_app::cluster::{ScoresLooked, confirm_scores, look_at_scores, scoring};
use thidua_domain::Refusal;
use thidua_domain::cluster::filled::{Came, ScoreLine};

use super::fill::{Key, column, shown as fill_page};
use super::sheet::sheet_of;
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

type Address = Path<(String, String, String, String)>;

/// A file held against the sheet.
#[derive(Debug, Template)]
#[template(path = "cluster/fill_preview.html")]
pub struct FillPreviewPage {
    page: Page,
    problem: String,
    done: String,
    unit: String,
    file: String,
    column: String,
    counts: Vec<(usize, &'static str, &'static str)>,
    lines: Vec<LineView>,
    to_sheet: String,
    to_fill: String,
    address: String,
    form_token: String,
}

/// One row.
#[derive(Debug)]
struct LineView {
    row: usize,
    place: String,
    criterion: String,
    in_file: String,
    held: String,
    note: String,
    word: &'static str,
    class: &'static str,
    why: String,
    is_taken: bool,
}

/// `GET /cum-thi-dua/{code}/{year}/cham/{unit}/nhap-tep/{upload}`
pub async fn page(ask: Ask, Path((code, year, unit, upload)): Address) -> Result<Response, Fault> {
    shown(&ask, sheet_of(&code, &year, &unit)?, upload, None).await
}

/// `POST /cum-thi-dua/{code}/{year}/cham/{unit}/nhap-tep/{upload}`
pub async fn submit(
    ask: Ask,
    Path((code, year, unit, upload)): Address,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let key = sheet_of(&code, &year, &unit)?;
    let token = sent.iter().find(|(name, _)| name == "ma").map(|(_, value)| value.as_str()).unwrap_or_default();
    if !ask.takes(token) {
        return shown(&ask, key, upload, Some(Refusal::StaleForm)).await;
    }
    let rows = sent.iter().filter(|(name, _)| name == "dong").filter_map(|(_, row)| row.parse().ok());
    let (rows, wanted, id): (Vec<usize>, _, _) = (rows.collect(), key.clone(), upload.clone());
    let kept = ask
        .file(move |app, by| {
            let looked = look_at_scores(app, by, &wanted.0, wanted.1, &wanted.2, &id)?;
            let lines = confirm_scores(app, by, &wanted.0, wanted.1, &wanted.2, &id, &rows)?;
            Ok(ScoresLooked { lines, ..looked })
        })
        .await;
    match kept {
        Ok(looked) => {
            let count = looked.lines.iter().filter(|line| line.act.is_some()).count();
            let done = ask.messages().with("scoring.fill-done", &[("count", &count.to_string())]);
            view(&ask, key, &looked, None, done).await
        }
        Err(Fault::Refused(refusal)) => shown(&ask, key, upload, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

async fn shown(ask: &Ask, key: Key, upload: String, problem: Option<Refusal>) -> Result<Response, Fault> {
    let wanted = key.clone();
    let looked = ask.file(move |app, by| look_at_scores(app, by, &wanted.0, wanted.1, &wanted.2, &upload)).await;
    match looked {
        Ok(looked) => view(ask, key, &looked, problem, String::new()).await,
        // The file waits no more: it is sent again on the page where files are sent.
        Err(Fault::Refused(refusal)) => {
            let said = ask.messages().refusal(&problem.unwrap_or(refusal));
            fill_page(ask, key, Some(said)).await
        }
        Err(fault) => Err(fault),
    }
}

async fn view(
    ask: &Ask,
    key: Key,
    looked: &ScoresLooked,
    problem: Option<Refusal>,
    done: String,
) -> Result<Response, Fault> {
    let (code, year, unit) = key;
    let wanted = code.clone();
    let (house, seen) = ask.verb(move |app, by| scoring(app, by, &wanted, year)).await?;
    let say = ask.messages();
    let name = seen.scored.as_ref().map(|scored| scored.name(&unit)).unwrap_or_default();
    let title = format!("{} – {name}", say.get("import.preview"));
    let view = FillPreviewPage {
        page: ask.page(Part::Clusters, &title, &house),
        problem: problem.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default(),
        done,
        unit: name,
        file: looked.file.clone(),
        column: column(say, looked.taken).to_owned(),
        counts: counts(say, &looked.lines),
        lines: looked.lines.iter().filter(|line| line.came != Came::Empty).map(|line| row(say, line)).collect(),
        to_sheet: paths::score_sheet(&code, year, &unit, ""),
        to_fill: paths::score_fill(&code, year, &unit),
        address: format!("{}/{}", paths::score_fill(&code, year, &unit), looked.upload),
        form_token: ask.form_token()?,
    };
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if problem.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The word of what a row comes to, and its class.
fn badge(say: &'static Messages, came: &Came) -> (&'static str, &'static str) {
    let (key, class) = match came {
        Came::Empty => ("import.empty", "plain"),
        Came::New => ("import.new", "good"),
        Came::Changed => ("import.changed", "note"),
        Came::Unchanged => ("import.unchanged", "plain"),
        Came::Refused(_) => ("import.refused", "bad"),
    };
    (say.get(key), class)
}

fn row(say: &'static Messages, line: &ScoreLine) -> LineView {
    let (word, class) = badge(say, &line.came);
    LineView {
        row: line.row,
        place: line.place.clone(),
        criterion: format!("{} {}", line.criterion, line.label).trim_end().to_owned(),
        in_file: line.in_file.clone(),
        held: line.held.clone(),
        note: line.note.clone(),
        word,
        class,
        why: match &line.came {
            Came::Refused(refusal) => say.refusal(refusal),
            Came::Empty | Came::New | Came::Changed | Came::Unchanged => String::new(),
        },
        is_taken: line.act.is_some(),
    }
}

fn counts(say: &'static Messages, lines: &[ScoreLine]) -> Vec<(usize, &'static str, &'static str)> {
    let kinds: [fn(&Came) -> bool; 4] = [
        |came| *came == Came::New,
        |came| *came == Came::Changed,
        |came| *came == Came::Unchanged,
        |came| matches!(came, Came::Refused(_)),
    ];
    let counted = kinds.into_iter().filter_map(|is| {
        let mut of_kind = lines.iter().filter(|line| is(&line.came));
        let (word, class) = badge(say, &of_kind.next()?.came);
        Some((1 + of_kind.count(), word, class))
    });
    counted.collect()
}

impl FillPreviewPage {
    fn takes_any(&self) -> bool {
        self.lines.iter().any(|line| line.is_taken)
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for FillPreviewPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::LONG_NAME;
        let say = Messages::of(lang);
        let line = |at: usize, came: &Came| {
            let (word, class) = badge(say, came);
            LineView {
                row: at,
                place: format!("D{at}"),
                criterion: LONG_NAME.into(),
                in_file: "8,5".into(),
                held: if at.is_multiple_of(2) { "7".into() } else { String::new() },
                note: LONG_NAME.into(),
                word,
                class,
                why: if class == "bad" { LONG_NAME.into() } else { String::new() },
                is_taken: matches!(came, Came::New | Came::Changed),
            }
        };
        let of = |lines: Vec<LineView>, problem: &str, done: &str| Self {
            page: crate::sampled::frame(Part::Clusters, lang),
            problem: problem.into(),
            done: done.into(),
            unit: LONG_NAME.into(),
            file: LONG_NAME.into(),
            column: LONG_NAME.into(),
            counts: vec![(2, say.get("import.new"), "good")],
            lines,
            to_sheet: "/cum-thi-dua/c/2020/cham/x".into(),
            to_fill: "/cum-thi-dua/c/2020/cham/x/nhap-tep".into(),
            address: "/cum-thi-dua/c/2020/cham/x/nhap-tep/a".into(),
            form_token: "0-0".into(),
        };
        let refused = Came::Refused(Refusal::StaleForm);
        let lines = [Came::New, Came::Changed, Came::Unchanged, refused];
        let lines = lines.iter().enumerate().map(|(at, came)| line(at + 6, came)).collect();
        vec![of(lines, "", ""), of(Vec::new(), LONG_NAME, ""), of(Vec::new(), "", LONG_NAME)]
    }
}
