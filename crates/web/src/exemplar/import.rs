//! Where lists of exemplars are sent, and looked at row by row before anything is proposed.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::collection::workbook::BYTES_MAX;
use thidua_app::exemplar::{Choices, Imported, ListSeen, choices, confirm_list, look_at_list, preview_list};
use thidua_base::code::OrgId;
use thidua_domain::Refusal;
use thidua_domain::refusal::FileFault;

use super::{Fields, Marked, answered, field, field_names, field_word, kind_word, told_beforehand};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// Where lists are sent.
#[derive(Debug, Template)]
#[template(path = "exemplar/import.html")]
pub struct ImportPage {
    page: Page,
    problem: String,
    to_list: &'static str,
    address: &'static str,
    form_token: String,
    units: Vec<FilterOption>,
    most: usize,
    columns: String,
    told: [String; 2],
}

/// A list looked at.
#[derive(Debug, Template)]
#[template(path = "exemplar/import_preview.html")]
pub struct ImportPreviewPage {
    page: Page,
    problem: String,
    done: String,
    to_list: &'static str,
    to_lists: &'static str,
    address: String,
    form_token: String,
    file: String,
    unit: String,
    counts: [(usize, Marked); 2],
    takes_any: bool,
    lines: Vec<LineView>,
}

#[derive(Debug)]
struct LineView {
    row: usize,
    name: String,
    about: String,
    place: String,
    outcome: Marked,
    why: String,
}

/// `GET /dien-hinh/nhap-tep`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, String::new(), "").await
}

/// `POST /dien-hinh/nhap-tep`
pub async fn submit(ask: Ask, mut fields: Multipart) -> Result<Response, Fault> {
    let say = ask.messages();
    let (mut sent, mut name, mut bytes) = (Fields::new(), String::new(), Vec::new());
    loop {
        let broken = Refusal::BadFile { file: name.clone(), why: FileFault::Broken };
        let Ok(next) = fields.next_field().await else { return shown(&ask, say.refusal(&broken), "").await };
        let Some(one) = next else { break };
        let of = one.name().unwrap_or_default().to_owned();
        if of == "tep" {
            name = one.file_name().unwrap_or_default().to_owned();
            match one.bytes().await {
                Ok(sent) => bytes = sent.to_vec(),
                Err(_) => return shown(&ask, say.refusal(&broken), "").await,
            }
        } else if let Ok(text) = one.text().await {
            sent.insert(of, text);
        }
    }
    let asked = field(&sent, "don-vi").to_owned();
    if !ask.takes(field(&sent, "ma")) {
        return shown(&ask, say.refusal(&Refusal::StaleForm), &asked).await;
    }
    if name.is_empty() && bytes.is_empty() {
        return shown(&ask, say.get("import.no-file").to_owned(), &asked).await;
    }
    let unit = OrgId::parse(&asked).map_err(|_| Fault::NotFound)?;
    let named = named(say);
    match ask.file(move |app, by| preview_list(app, by, &unit, &name, &bytes, &named)).await {
        Ok(seen) => Ok(Redirect::to(&paths::exemplar_list(&seen.upload)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, say.refusal(&refusal), &asked).await,
        Err(fault) => Err(fault),
    }
}

/// `GET /dien-hinh/nhap-tep/{upload}`
pub async fn preview(ask: Ask, Path(upload): Path<String>) -> Result<Response, Fault> {
    looked(&ask, upload, None).await
}

/// `POST /dien-hinh/nhap-tep/{upload}`
pub async fn confirm(ask: Ask, Path(upload): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    if !ask.takes(field(&fields, "ma")) {
        return looked(&ask, upload, Some(Refusal::StaleForm)).await;
    }
    let say = ask.messages();
    let (wanted, names) = (upload.clone(), named(say));
    let done = ask
        .verb(move |app, by| {
            let seen = look_at_list(app, by, &wanted, &names)?;
            let imported = confirm_list(app, by, &wanted, &names)?;
            Ok((seen, imported))
        })
        .await;
    match done {
        Ok((house, (seen, imported))) => {
            let page = ask.page(Part::Exemplars, say.get("exemplar.import"), &house);
            let mut view = ImportPreviewPage::of(page, say, &seen);
            view.done = told(say, &imported);
            answered(&view, false)
        }
        Err(Fault::Refused(refusal)) => looked(&ask, upload, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn told(say: &'static Messages, imported: &Imported) -> String {
    let numbers = [("proposed", imported.proposed.to_string()), ("left", imported.left_out.to_string())];
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, number)| (*name, number.as_str())).collect();
    say.with("exemplar.imported", &numbers)
}

/// Names of fields with their words, as lists write them.
fn named(say: &'static Messages) -> Vec<(String, String)> {
    field_names(say).map(|(word, name)| (name, word)).collect()
}

async fn shown(ask: &Ask, problem: String, chosen: &str) -> Result<Response, Fault> {
    let (house, choices) = ask.verb(choices).await?;
    let say = ask.messages();
    let page = ask.page(Part::Exemplars, say.get("exemplar.import"), &house);
    let is_refused = !problem.is_empty();
    let mut view = ImportPage::of(page, say, &choices, chosen);
    view.problem = problem;
    view.form_token = ask.form_token()?;
    answered(&view, is_refused)
}

async fn looked(ask: &Ask, upload: String, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let say = ask.messages();
    let names = named(say);
    let wanted = upload.clone();
    let seen = ask.verb(move |app, by| look_at_list(app, by, &wanted, &names)).await;
    let (house, seen) = match seen {
        Ok(found) => found,
        // A list that waits no more is sent again.
        Err(Fault::Refused(why)) => return shown(ask, say.refusal(&why), "").await,
        Err(fault) => return Err(fault),
    };
    let page = ask.page(Part::Exemplars, say.get("exemplar.import"), &house);
    let mut view = ImportPreviewPage::of(page, say, &seen);
    view.problem = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    view.form_token = ask.form_token()?;
    answered(&view, refusal.is_some())
}

impl ImportPage {
    fn of(page: Page, say: &'static Messages, choices: &Choices, chosen: &str) -> Self {
        let columns = ["name", "field", "kind", "place", "size", "measure", "since", "story", "method"];
        let more = ["contact-name", "contact-way", "movement"];
        let columns = columns.into_iter().chain(more).map(|head| say.get(&format!("exemplar.head-{head}")));
        let units = choices.units.iter().map(|(id, name)| FilterOption {
            is_chosen: id.as_str() == chosen,
            value: id.to_string(),
            label: name.clone(),
        });
        Self {
            page,
            problem: String::new(),
            to_list: paths::EXEMPLARS,
            address: paths::EXEMPLAR_LISTS,
            form_token: String::new(),
            units: units.collect(),
            most: BYTES_MAX >> 20,
            columns: columns.collect::<Vec<_>>().join("; "),
            told: told_beforehand(say),
        }
    }
}

impl ImportPreviewPage {
    fn of(page: Page, say: &'static Messages, seen: &ListSeen) -> Self {
        let new = || Marked { word: say.get("exemplar.row-new").to_owned(), class: "good" };
        let out = || Marked { word: say.get("exemplar.row-out").to_owned(), class: "bad" };
        let taken = seen.lines.iter().filter(|line| line.outcome.is_ok()).count();
        let lines = seen.lines.iter().map(|line| match &line.outcome {
            Ok(judged) => {
                let proposal = &judged.proposal;
                let size = judged.size.map(|size| size.vi_with(&proposal.measure)).unwrap_or_default();
                let told = [kind_word(say, proposal.kind).to_owned(), field_word(say, &proposal.field), size];
                let told: Vec<String> = told.into_iter().filter(|text| !text.is_empty()).collect();
                LineView {
                    row: line.row,
                    name: line.name.clone(),
                    about: told.join("; "),
                    place: if line.place.is_empty() { seen.unit_name.clone() } else { line.place.clone() },
                    outcome: new(),
                    why: String::new(),
                }
            }
            Err(why) => LineView {
                row: line.row,
                name: if line.name.is_empty() { "–".to_owned() } else { line.name.clone() },
                about: String::new(),
                place: if line.place.is_empty() { seen.unit_name.clone() } else { line.place.clone() },
                outcome: out(),
                why: say.refusal(why),
            },
        });
        Self {
            page,
            problem: String::new(),
            done: String::new(),
            to_list: paths::EXEMPLARS,
            to_lists: paths::EXEMPLAR_LISTS,
            address: paths::exemplar_list(&seen.upload),
            form_token: String::new(),
            file: seen.file.clone(),
            unit: seen.unit_name.clone(),
            takes_any: taken > 0,
            counts: [(taken, new()), (seen.lines.len() - taken, out())],
            lines: lines.collect(),
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for ImportPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let choices = Choices {
            units: vec![(OrgId::parse("x-1").unwrap(), LONG_NAME.into())],
            movements: Vec::new(),
            today: thidua_base::Date::parse("2020-07-05").unwrap(),
        };
        let of = |problem: &str| {
            let mut view = Self::of(frame(Part::Exemplars, lang), Messages::of(lang), &choices, "x-1");
            view.problem = problem.into();
            view
        };
        vec![of(""), of(LONG_NAME)]
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for ImportPreviewPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = Messages::of(lang);
        let seen =
            ListSeen { upload: "t-1".into(), file: LONG_NAME.into(), unit_name: LONG_NAME.into(), lines: Vec::new() };
        let of = |lines: usize, done: &str, problem: &str| {
            let mut view = Self::of(frame(Part::Exemplars, lang), say, &seen);
            view.lines = (0..lines)
                .map(|row| LineView {
                    row,
                    name: LONG_NAME.into(),
                    about: "0,7 ha".into(),
                    place: LONG_NAME.into(),
                    outcome: Marked { word: "x".into(), class: "good" },
                    why: LONG_NAME.into(),
                })
                .collect();
            (view.done, view.problem) = (done.into(), problem.into());
            (view.counts[0].0, view.takes_any) = (lines, lines > 0);
            view
        };
        vec![of(0, "", ""), of(3, "", LONG_NAME), of(3, LONG_NAME, "")]
    }
}
