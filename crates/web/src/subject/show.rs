//! A life: who somebody is, what is known with its source and who entered it, what was corrected, who was merged.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::subject::{FactSeen, MergeSeen, SubjectSeen, show, undo_merge, withdraw_fact};
use thidua_domain::Refusal;
use thidua_domain::honour::Subject;
use thidua_domain::subject::{About, Details, FactId, FactKind, MergeId, SubjectId, Term};

use super::{Choices, list, list_of, part_of, told, word};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::figure::Mark;
use crate::messages::Messages;
use crate::option::LabelledFact;
use crate::page::Page;
use crate::paths;
use crate::site::{Ask, html};

/// A life.
#[derive(Debug, Template)]
#[template(path = "subject/show.html")]
pub struct SubjectPage {
    page: Page,
    problem: String,
    list_title: &'static str,
    to_list: &'static str,
    name: String,
    mark: Option<Mark>,
    facts: Vec<LabelledFact>,
    sections: Vec<Section>,
    adds: Vec<(String, String)>,
    gone: Vec<GoneRow>,
    versions: Vec<VersionRow>,
    merges: Vec<MergeRow>,
    enters: bool,
    merges_here: bool,
    to_correct: String,
    to_eligibility: String,
    withdraw: String,
    undo: String,
    merge_with: &'static str,
    id: String,
    form_token: String,
}

#[derive(Debug)]
struct Section {
    id: &'static str,
    title: String,
    heads: Vec<&'static str>,
    rows: Vec<FactRow>,
    to_add: String,
}

#[derive(Debug)]
struct FactRow {
    id: String,
    cells: Vec<String>,
    source: String,
    mark: Option<Mark>,
    entered: String,
    to_correct: String,
}

#[derive(Debug)]
struct GoneRow {
    what: String,
    entered: String,
    became: String,
}

#[derive(Debug)]
struct VersionRow {
    number: i64,
    name: String,
    about: String,
    entered: String,
    reason: String,
}

#[derive(Debug)]
struct MergeRow {
    id: String,
    name: String,
    entered: String,
    reason: String,
    undone: String,
}

/// `GET /nguoi/{id}` and its like
pub async fn page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    shown(&ask, &id, None).await
}

/// `POST /nguoi/{id}/rut`: a fact that never was.
pub async fn withdraw(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    if !ask.takes(&field("ma")) {
        return shown(&ask, &id, Some(Refusal::StaleForm)).await;
    }
    let subject = SubjectId::parse(&id).map_err(|_| Fault::NotFound)?;
    let fact = FactId::parse(&field("su-viec")).map_err(|_| Fault::NotFound)?;
    let reason = field("ly-do");
    let done = ask.file(move |app, by| withdraw_fact(app, by, &subject, &fact, &reason).map(drop)).await;
    answered(&ask, &id, done).await
}

/// `POST /nguoi/{id}/tach`: a merge is taken back.
pub async fn undo(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    if !ask.takes(&field("ma")) {
        return shown(&ask, &id, Some(Refusal::StaleForm)).await;
    }
    let merge = MergeId::parse(&field("gop")).map_err(|_| Fault::NotFound)?;
    let reason = field("ly-do");
    let done = ask.file(move |app, by| undo_merge(app, by, &merge, &reason).map(drop)).await;
    answered(&ask, &id, done).await
}

async fn answered(ask: &Ask, id: &str, done: Result<(), Fault>) -> Result<Response, Fault> {
    match done {
        Ok(()) => {
            let id = SubjectId::parse(id).map_err(|_| Fault::NotFound)?;
            Ok(Redirect::to(&paths::subject(Subject::Individual, &id)).into_response())
        }
        Err(Fault::Refused(refusal)) => shown(ask, id, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

async fn shown(ask: &Ask, id: &str, problem: Option<Refusal>) -> Result<Response, Fault> {
    let id = SubjectId::parse(id).map_err(|_| Fault::NotFound)?;
    let (house, (seen, choices)) =
        ask.verb(move |app, by| Ok((show(app, by, &id)?, Choices::read(app, by, false)?))).await?;
    let say = ask.messages();
    let page = ask.page(part_of(seen.details.kind), &seen.details.name, &house);
    let mut view = SubjectPage::of(page, say, &seen, &choices, ask.form_token()?);
    view.problem = problem.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if problem.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl SubjectPage {
    fn to_propose(&self) -> String {
        paths::with_query(paths::EXEMPLAR_NEW, &[("ho-so", &self.id)])
    }

    fn of(page: Page, say: &'static Messages, seen: &SubjectSeen, choices: &Choices, form_token: String) -> Self {
        let kind = seen.details.kind;
        let shown_always = [FactKind::Position, FactKind::Rating, FactKind::Initiative, FactKind::Award];
        let sections = FactKind::all().filter_map(|of| {
            let mut facts: Vec<&FactSeen> =
                seen.facts.iter().filter(|fact| !fact.is_gone && fact.fact.about.kind() == Some(of)).collect();
            facts.sort_by_key(|fact| {
                let about = &fact.fact.about;
                std::cmp::Reverse((about.year().or(about.begins().map(|day| day.year())), about.begins()))
            });
            (shown_always.contains(&of) || !facts.is_empty()).then(|| Section {
                id: of.word(),
                title: word(say, of),
                heads: told::heads(of).iter().map(|key| say.get(key)).collect(),
                rows: facts.into_iter().map(|fact| fact_row(say, choices, seen, fact)).collect(),
                to_add: if seen.enters { paths::fact_new(kind, &seen.id, of.word()) } else { String::new() },
            })
        });
        let sections: Vec<Section> = sections.collect();
        let adds = FactKind::all().filter(|of| seen.enters && sections.iter().all(|known| known.id != of.word()));
        Self {
            problem: String::new(),
            list_title: say.get(list::title(kind)),
            to_list: list_of(kind),
            name: seen.details.name.clone(),
            mark: seen.versions.last().and_then(|version| Mark::warning(say, version.provenance.origin)),
            facts: identity(say, &seen.details, &seen.units, seen.sees_cccd),
            adds: adds.map(|of| (paths::fact_new(kind, &seen.id, of.word()), word(say, of))).collect(),
            sections,
            gone: seen
                .facts
                .iter()
                .filter(|fact| fact.is_gone)
                .map(|fact| gone_row(say, choices, seen, fact))
                .collect(),
            versions: versions(say, seen),
            merges: seen.merges.iter().map(|merge| merge_row(say, merge)).collect(),
            enters: seen.enters,
            merges_here: seen.merges_here,
            to_correct: paths::subject_correct(kind, &seen.id),
            to_eligibility: paths::eligibility(kind, &seen.id),
            withdraw: paths::subject_act(kind, &seen.id, "rut"),
            undo: paths::subject_act(kind, &seen.id, "tach"),
            merge_with: paths::MERGE,
            id: seen.id.to_string(),
            form_token,
            page,
        }
    }
}

/// Who somebody is, in labelled facts; the citizen's number masked for those who may not see it.
pub fn identity(say: &'static Messages, details: &Details, units: &[String], sees_cccd: bool) -> Vec<LabelledFact> {
    let cccd = details.cccd.as_ref().map(|number| if sees_cccd { grouped(number.digits()) } else { number.masked() });
    let born = match details.kind {
        Subject::Collective => "fact-field.founded",
        Subject::Individual | Subject::Household => "fact-field.born",
    };
    let rows = [
        (born, details.born.in_table()),
        ("fact-field.sex", details.sex.map(|sex| word(say, sex)).unwrap_or_default()),
        ("fact-field.cccd", cccd.unwrap_or_default()),
        ("award.unit", units.join("; ")),
        ("fact-field.place", details.place.clone()),
        ("fact-field.recruited_on", details.recruited_on.map(|day| day.in_table()).unwrap_or_default()),
        ("fact-field.note", details.note.clone()),
    ];
    let filled = rows.into_iter().filter(|(_, text)| !text.is_empty());
    filled.map(|(key, text)| LabelledFact::new(say.get(key), text)).collect()
}

/// `038 180 000 123`, for reading aloud.
fn grouped(digits: &str) -> String {
    let groups: Vec<&str> = (0..digits.len()).step_by(3).map(|at| &digits[at..(at + 3).min(digits.len())]).collect();
    groups.join(" ")
}

fn entered(say: &'static Messages, entered: &thidua_domain::subject::Entered) -> String {
    say.with("person.entered", &[("by", &entered.by), ("at", &entered.at.in_table())])
}

fn fact_row(say: &'static Messages, choices: &Choices, seen: &SubjectSeen, fact: &FactSeen) -> FactRow {
    let kind = fact.fact.about.kind().map_or("", Term::word);
    let mut source = fact.fact.provenance.source.clone();
    if !fact.of.is_empty() {
        let of = say.with("person.of-merged", &[("name", &fact.of)]);
        source = if source.is_empty() { of } else { format!("{source}; {of}") };
    }
    FactRow {
        id: fact.fact.id.to_string(),
        cells: told::cells(say, choices, &fact.fact.about, &fact.unit),
        source: if source.is_empty() { "–".to_owned() } else { source },
        mark: Mark::warning(say, fact.fact.provenance.origin),
        entered: entered(say, &fact.fact.entered),
        to_correct: if seen.enters {
            let path = paths::fact_new(seen.details.kind, &seen.id, kind);
            paths::with_query(&path, &[("thay", fact.fact.id.as_str())])
        } else {
            String::new()
        },
    }
}

fn gone_row(say: &'static Messages, choices: &Choices, seen: &SubjectSeen, fact: &FactSeen) -> GoneRow {
    let kind = fact.fact.about.kind().map(|of| word(say, of)).unwrap_or_default();
    let line = told::line(say, choices, &fact.fact.about, &fact.unit);
    let next = seen.facts.iter().find(|other| other.fact.supersedes.as_ref() == Some(&fact.fact.id));
    let became = next.map(|next| {
        let key = if next.fact.about == About::Withdrawn { "person.withdrawn" } else { "person.corrected" };
        let by = &next.fact.entered;
        say.with(key, &[("by", &by.by), ("at", &by.at.in_table()), ("reason", &by.reason)])
    });
    GoneRow {
        what: format!("{kind}: {line}"),
        entered: entered(say, &fact.fact.entered),
        became: became.unwrap_or_default(),
    }
}

fn versions(say: &'static Messages, seen: &SubjectSeen) -> Vec<VersionRow> {
    let dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    let row = |version: &thidua_domain::subject::Identity| VersionRow {
        number: version.version,
        name: version.details.name.clone(),
        about: dash(version.details.born.in_table()),
        entered: entered(say, &version.entered),
        reason: dash(version.entered.reason.clone()),
    };
    // A first version alone tells nothing that does not stand above.
    if seen.versions.len() < 2 { Vec::new() } else { seen.versions.iter().rev().map(row).collect() }
}

fn merge_row(say: &'static Messages, seen: &MergeSeen) -> MergeRow {
    let undone = seen.merge.undone.as_ref().map(|undone| {
        say.with("person.undone", &[("by", &undone.by), ("at", &undone.at.in_table()), ("reason", &undone.reason)])
    });
    MergeRow {
        id: seen.merge.id.to_string(),
        name: seen.name.clone(),
        entered: entered(say, &seen.merge.entered),
        reason: seen.merge.entered.reason.clone(),
        undone: undone.unwrap_or_default(),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for SubjectPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |is_full: bool| {
            let page = frame(part_of(Subject::Individual), lang);
            let say = page.messages();
            let seen = SubjectSeen {
                id: SubjectId::parse("s-1").expect("it is a code"),
                details: Details::named(Subject::Individual, LONG_NAME),
                versions: Vec::new(),
                facts: Vec::new(),
                merges: Vec::new(),
                units: vec![LONG_NAME.into()],
                sees_cccd: is_full,
                enters: is_full,
                merges_here: is_full,
            };
            let mut view = Self::of(page, say, &seen, &Choices::default(), "0-0".into());
            if is_full {
                view.problem = LONG_NAME.into();
                for section in &mut view.sections {
                    let cells = section.heads.iter().map(|head| format!("{head} {LONG_NAME}")).collect();
                    section.rows.push(FactRow {
                        id: format!("f-{}", section.id),
                        cells,
                        source: LONG_NAME.into(),
                        mark: Some(Mark::of(say, thidua_domain::Origin::Sample)),
                        entered: LONG_NAME.into(),
                        to_correct: "/nguoi/s-1/ghi/award?thay=f-1".into(),
                    });
                }
                let row = |undone: &str| MergeRow {
                    id: format!("m-{}", undone.len()),
                    name: LONG_NAME.into(),
                    entered: LONG_NAME.into(),
                    reason: LONG_NAME.into(),
                    undone: undone.into(),
                };
                view.merges = vec![row(""), row("đã tách")];
                view.gone = vec![GoneRow { what: LONG_NAME.into(), entered: "x".into(), became: LONG_NAME.into() }];
                view.versions = vec![VersionRow {
                    number: 2,
                    name: LONG_NAME.into(),
                    about: "1980".into(),
                    entered: "x".into(),
                    reason: "–".into(),
                }];
            }
            view
        };
        vec![of(false), of(true)]
    }
}
