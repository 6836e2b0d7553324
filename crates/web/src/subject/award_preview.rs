//! A list of awards that was sent: how it is understood, what each row comes to, and the word to enter it.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_app::subject::{AwardListSeen, Imported, confirm_awards, look_again_at_awards};
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::Refusal;
use thidua_domain::collection::import::mapping::{Guess, Mapping, Role, SURE};
use thidua_domain::honour::Subject;
use thidua_domain::subject::history::{Line, Outcome, Said, Who};
use thidua_domain::subject::{SubjectId, kind_word};

use super::{award_list, form};
use crate::account::sign_in::NEVER_STORED;
use crate::collection::Badge;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// A list held against who and what is known.
#[derive(Debug, Template)]
#[template(path = "subject/award_preview.html")]
pub struct AwardPreviewPage {
    page: Page,
    problem: String,
    done: Vec<String>,
    file: String,
    unit: String,
    counts: Vec<(usize, Badge)>,
    columns: Vec<ChoiceView>,
    names: Vec<ChoiceView>,
    lines: Vec<LineView>,
    takes_any: bool,
    to_lists: &'static str,
    to_register: &'static str,
    to_persons: &'static str,
    address: String,
    form_token: String,
}

/// Something to be chosen, with what is chosen.
#[derive(Debug)]
struct ChoiceView {
    field: String,
    title: String,
    sure: String,
    options: Vec<(String, String, bool)>,
}

/// One row of the list.
#[derive(Debug)]
struct LineView {
    row: usize,
    name: String,
    about: String,
    honour: String,
    decision: String,
    badge: Badge,
    why: String,
    href: String,
    choice: Option<ChoiceView>,
}

/// `GET /khen-thuong/nhap-tep/{upload}`
pub async fn page(ask: Ask, Path(upload): Path<String>) -> Result<Response, Fault> {
    shown(&ask, upload, None, BTreeMap::new(), None).await
}

/// `POST /khen-thuong/nhap-tep/{upload}`
pub async fn submit(
    ask: Ask,
    Path(upload): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    if !ask.takes(field("ma")) {
        return shown(&ask, upload, None, BTreeMap::new(), Some(Refusal::StaleForm)).await;
    }
    let id = upload.clone();
    let first = ask.file(move |app, by| look_again_at_awards(app, by, &id, None, &BTreeMap::new())).await;
    let first = match first {
        Ok(first) => first,
        Err(fault) => return sent_back(&ask, fault).await,
    };
    let mapping = mapping_said(&first, &fields);
    let said = rows_said(&fields);
    if field("viec") != "ghi" {
        return shown(&ask, upload, Some(mapping), said, None).await;
    }
    let (id, told, rows) = (upload.clone(), mapping.clone(), said.clone());
    match ask.file(move |app, by| confirm_awards(app, by, &id, Some(&told), &rows)).await {
        Ok(imported) => entered(&ask, &first, &imported).await,
        Err(Fault::Refused(refusal @ Refusal::NothingChosen)) => {
            shown(&ask, upload, Some(mapping), said, Some(refusal)).await
        }
        Err(fault) => sent_back(&ask, fault).await,
    }
}

/// What a person said of columns and names; what was left open stays open.
fn mapping_said(seen: &AwardListSeen, fields: &HashMap<String, String>) -> Mapping {
    let field = |name: String| fields.get(&name).map(String::as_str);
    let taken = |at: usize| seen.mapping.columns.get(at).cloned().unwrap_or(Role::Ignored);
    let columns = (0..seen.proposal.columns.len())
        .map(|at| field(format!("cot-{at}")).and_then(Role::of_word).unwrap_or_else(|| taken(at)));
    let mut mapping = Mapping { columns: columns.collect(), ..seen.mapping.clone() };
    for (at, named) in seen.proposal.honours.iter().enumerate() {
        match field(format!("danh-hieu-{at}")) {
            Some("-") => mapping.say_honour(&named.text, None),
            Some(code) => {
                if let Ok(code) = HonourCode::parse(code) {
                    mapping.say_honour(&named.text, Some(code));
                }
            }
            None => {}
        }
    }
    for (at, named) in seen.proposal.units.iter().enumerate() {
        match field(format!("don-vi-{at}")) {
            Some("-") => mapping.say_unit(&named.text, None),
            Some(id) => {
                if let Ok(id) = OrgId::parse(id) {
                    mapping.say_unit(&named.text, Some(id));
                }
            }
            None => {}
        }
    }
    mapping
}

/// What a person said of rows that were unclear.
fn rows_said(fields: &HashMap<String, String>) -> BTreeMap<usize, Said> {
    let said = fields.iter().filter_map(|(name, word)| {
        let row: usize = name.strip_prefix("dong-")?.parse().ok()?;
        let said = match word.as_str() {
            "" => return None,
            "moi" => Said::New,
            "bo" => Said::LeftOut,
            id => Said::Known(SubjectId::parse(id).ok()?),
        };
        Some((row, said))
    });
    said.collect()
}

async fn sent_back(ask: &Ask, fault: Fault) -> Result<Response, Fault> {
    match fault {
        Fault::Refused(refusal) => award_list::shown(ask, ask.messages().refusal(&refusal), "").await,
        other => Err(other),
    }
}

async fn shown(
    ask: &Ask,
    upload: String,
    mapping: Option<Mapping>,
    said: BTreeMap<usize, Said>,
    problem: Option<Refusal>,
) -> Result<Response, Fault> {
    let (id, rows) = (upload, said.clone());
    let looked = ask.verb(move |app, by| look_again_at_awards(app, by, &id, mapping.as_ref(), &rows)).await;
    let (house, seen) = match looked {
        Ok(looked) => looked,
        Err(fault) => return sent_back(ask, fault).await,
    };
    let say = ask.messages();
    let page = ask.page(Part::Awards, say.get("award-list.preview"), &house);
    let mut view = AwardPreviewPage::of(page, say, &seen, &said, ask.form_token()?);
    view.problem = problem.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    answered(&view, problem.is_some())
}

async fn entered(ask: &Ask, seen: &AwardListSeen, imported: &Imported) -> Result<Response, Fault> {
    let house = ask.verb(|_, _| Ok(())).await?.0;
    let say = ask.messages();
    let page = ask.page(Part::Awards, say.get("award-list.preview"), &house);
    let mut view = AwardPreviewPage::of(page, say, seen, &BTreeMap::new(), String::new());
    let count = |number: usize| number.to_string();
    view.done = vec![
        say.with("award-list.done", &[("awards", &count(imported.awards)), ("subjects", &count(imported.subjects))]),
    ];
    if imported.there > 0 {
        view.done.push(say.with("award-list.done-there", &[("count", &count(imported.there))]));
    }
    if !imported.left_out.is_empty() {
        let rows: Vec<String> = imported.left_out.iter().map(|one| one.row.to_string()).collect();
        view.done.push(say.with("award-list.done-left-out", &[("rows", &rows.join(", "))]));
    }
    view.lines = Vec::new();
    answered(&view, false)
}

fn answered(view: &AwardPreviewPage, is_refused: bool) -> Result<Response, Fault> {
    let mut response = html(view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl AwardPreviewPage {
    fn of(
        page: Page,
        say: &'static Messages,
        seen: &AwardListSeen,
        said: &BTreeMap<usize, Said>,
        form_token: String,
    ) -> Self {
        let badge = |word: &str, class| Badge { word: say.get(&format!("award-row.{word}")).to_owned(), class };
        let count = |is: fn(&Outcome) -> bool| seen.lines.iter().filter(|line| is(&line.outcome)).count();
        let counts = [
            (count(|one| matches!(one, Outcome::New { .. })), badge("new", "good")),
            (count(|one| matches!(one, Outcome::There { .. })), badge("there", "plain")),
            (count(|one| matches!(one, Outcome::Unclear { .. })), badge("unclear", "warn")),
            (count(|one| matches!(one, Outcome::Refused { .. })), badge("refused", "bad")),
        ];
        Self {
            problem: String::new(),
            done: Vec::new(),
            file: seen.file.clone(),
            unit: seen.unit_name.clone(),
            takes_any: counts[0].0 > 0,
            counts: counts.into_iter().filter(|(count, _)| *count > 0).collect(),
            columns: columns(say, seen),
            names: names(say, seen),
            lines: seen.lines.iter().map(|line| LineView::of(say, seen, line, said)).collect(),
            to_lists: paths::AWARD_LISTS,
            to_register: paths::AWARDS,
            to_persons: paths::PERSONS,
            address: paths::award_list(&seen.upload),
            form_token,
            page,
        }
    }
}

fn sure<T>(say: &'static Messages, guess: Option<&Guess<T>>) -> String {
    match guess {
        None => say.get("award-list.unknown").to_owned(),
        Some(guess) if guess.confidence >= SURE => format!("{}%", guess.confidence),
        Some(guess) => say.with("award-list.unsure", &[("percent", &guess.confidence.to_string())]),
    }
}

fn columns(say: &'static Messages, seen: &AwardListSeen) -> Vec<ChoiceView> {
    let view = |(at, column): (usize, &thidua_domain::collection::import::mapping::Column)| {
        let chosen = seen.mapping.columns.get(at).cloned().unwrap_or(Role::Ignored);
        let options = Role::of_awards().map(|role| {
            let words = say.get(&format!("import-role.{}", role.word())).to_owned();
            (role.word(), words, role == chosen)
        });
        ChoiceView {
            field: format!("cot-{at}"),
            title: if column.title.is_empty() {
                say.get("award-list.untitled").to_owned()
            } else {
                column.title.clone()
            },
            sure: sure(say, Some(&column.role)),
            options: options.collect(),
        }
    };
    seen.proposal.columns.iter().enumerate().map(view).collect()
}

/// Honours and units of the file of which it is not sure what they mean.
fn names(say: &'static Messages, seen: &AwardListSeen) -> Vec<ChoiceView> {
    let first = || {
        [
            (String::new(), say.get("person.choose").to_owned()),
            ("-".to_owned(), say.get("award-list.leave-out").to_owned()),
        ]
    };
    let honours = seen.proposal.honours.iter().enumerate().map(|(at, named)| {
        let chosen = seen.mapping.named(&named.text, "").0.map(ToString::to_string).unwrap_or_default();
        let all = seen.honours.iter().map(|(code, name)| (code.to_string(), name.clone()));
        ChoiceView {
            field: format!("danh-hieu-{at}"),
            title: named.text.clone(),
            sure: sure(say, named.guess.as_ref()),
            options: first().into_iter().chain(all).map(|(id, name)| (id.clone(), name, id == chosen)).collect(),
        }
    });
    let units = seen.proposal.units.iter().enumerate().map(|(at, named)| {
        let chosen = seen.mapping.named("", &named.text).1.map(ToString::to_string).unwrap_or_default();
        let mut all: Vec<(String, String)> =
            seen.units.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
        // What was found need not be a unit of the person's own.
        if !chosen.is_empty() && !all.iter().any(|(id, _)| *id == chosen) {
            all.push((chosen.clone(), named.text.clone()));
        }
        ChoiceView {
            field: format!("don-vi-{at}"),
            title: named.text.clone(),
            sure: sure(say, named.guess.as_ref()),
            options: first().into_iter().chain(all).map(|(id, name)| (id.clone(), name, id == chosen)).collect(),
        }
    });
    honours.chain(units).collect()
}

impl LineView {
    fn of(say: &'static Messages, seen: &AwardListSeen, line: &Line, said: &BTreeMap<usize, Said>) -> Self {
        let listed = &line.listed;
        let badge = |word: &str, class| Badge { word: say.get(&format!("award-row.{word}")).to_owned(), class };
        let name_of = |id: &SubjectId| seen.names.get(id).cloned().unwrap_or_else(|| id.to_string());
        let to = |id: &SubjectId| paths::subject(Subject::Individual, id);
        let (badge, why, href) = match &line.outcome {
            Outcome::New { who: Who::Known { id, reasons }, warnings, .. } => {
                let why: Vec<&str> =
                    reasons.iter().map(|reason| say.get(&format!("match-reason.{}", reason.word()))).collect();
                let mut told = say.with("award-row.of-known", &[("name", &name_of(id)), ("why", &why.join("; "))]);
                for warning in warnings {
                    told.push(' ');
                    told.push_str(&form::said(say, warning));
                }
                (badge("new", "good"), told, to(id))
            }
            Outcome::New { who: Who::New { number, details, .. }, warnings, .. } => {
                let kind = say.get(&format!("subject.{}", kind_word(details.kind)));
                let facts = [("kind", kind), ("number", &(number + 1).to_string())];
                let mut told = say.with("award-row.of-new", &facts);
                for warning in warnings {
                    told.push(' ');
                    told.push_str(&form::said(say, warning));
                }
                (badge("new", "good"), told, String::new())
            }
            Outcome::There { who } => (badge("there", "plain"), name_of(who), to(who)),
            Outcome::Unclear { .. } => {
                (badge("unclear", "warn"), say.get("award-row.unclear-hint").to_owned(), String::new())
            }
            Outcome::Refused { why } => (badge("refused", "bad"), say.refusal(why), String::new()),
        };
        let candidates = match &line.outcome {
            Outcome::Unclear { candidates } => candidates.iter().map(|one| one.id.clone()).collect(),
            Outcome::New { who: Who::Known { id, .. }, .. } if said.contains_key(&listed.row) => vec![id.clone()],
            Outcome::New { .. } if said.contains_key(&listed.row) => Vec::new(),
            Outcome::New { .. } | Outcome::There { .. } | Outcome::Refused { .. } => {
                return Self::without_choice(line, badge, why, href);
            }
        };
        let chosen = match said.get(&listed.row) {
            Some(Said::Known(id)) => id.to_string(),
            Some(Said::New) => "moi".to_owned(),
            Some(Said::LeftOut) | None => String::new(),
        };
        let first = [(String::new(), say.get("person.choose").to_owned())];
        let people = candidates.iter().map(|id| (id.to_string(), name_of(id)));
        let last = [
            ("moi".to_owned(), say.get("award-row.somebody-new").to_owned()),
            ("bo".to_owned(), say.get("award-list.leave-out").to_owned()),
        ];
        let options = first.into_iter().chain(people).chain(last);
        let choice = ChoiceView {
            field: format!("dong-{}", listed.row),
            title: say.with("award-row.who", &[("row", &listed.row.to_string())]),
            sure: String::new(),
            options: options.map(|(id, name)| (id.clone(), name, id == chosen)).collect(),
        };
        Self { choice: Some(choice), ..Self::without_choice(line, badge, why, href) }
    }

    fn without_choice(line: &Line, badge: Badge, why: String, href: String) -> Self {
        let listed = &line.listed;
        let dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        let about: Vec<&str> =
            [listed.who.get("born"), &listed.unit_text].into_iter().filter(|text| !text.is_empty()).collect();
        let day = thidua_domain::subject::read::day_of(listed.award.get("decided_on"));
        let day = day.map_or_else(|| listed.award.get("decided_on").to_owned(), |day| day.in_table());
        let decision: Vec<String> =
            [listed.award.get("number").to_owned(), day].into_iter().filter(|text| !text.is_empty()).collect();
        let honour: Vec<&str> = [listed.honour_text.as_str(), listed.award.get("year")]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        Self {
            row: listed.row,
            name: dash(listed.who.get("name").to_owned()),
            about: dash(about.join("; ")),
            honour: dash(honour.join(", ")),
            decision: dash(decision.join(", ")),
            badge,
            why,
            href,
            choice: None,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for AwardPreviewPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let choice = |field: &str| ChoiceView {
            field: field.into(),
            title: LONG_NAME.into(),
            sure: "90%".into(),
            options: vec![("a".into(), LONG_NAME.into(), true)],
        };
        let line = |row: usize, is_unclear: bool| LineView {
            row,
            name: LONG_NAME.into(),
            about: "1980".into(),
            honour: "Giấy khen, 2019".into(),
            decision: "70/QĐ-UBND".into(),
            badge: Badge { word: "mới".into(), class: "good" },
            why: LONG_NAME.into(),
            href: if is_unclear { String::new() } else { "/nguoi/s-1".into() },
            choice: is_unclear.then(|| choice(&format!("dong-{row}"))),
        };
        let of = |lines: Vec<LineView>, done: Vec<String>| Self {
            page: frame(Part::Awards, lang),
            problem: if lines.is_empty() { String::new() } else { LONG_NAME.into() },
            done,
            file: LONG_NAME.into(),
            unit: LONG_NAME.into(),
            counts: vec![(3, Badge { word: "mới".into(), class: "good" })],
            columns: vec![choice("cot-0"), choice("cot-1")],
            names: vec![choice("danh-hieu-0")],
            takes_any: !lines.is_empty(),
            lines,
            to_lists: "/khen-thuong/nhap-tep",
            to_register: "/khen-thuong",
            to_persons: "/nguoi",
            address: "/khen-thuong/nhap-tep/t-1".into(),
            form_token: "0-0".into(),
        };
        vec![
            of(Vec::new(), Vec::new()),
            of(vec![line(3, false), line(4, true)], Vec::new()),
            of(Vec::new(), vec![LONG_NAME.into()]),
        ]
    }
}
