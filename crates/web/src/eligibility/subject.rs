//! What the law book says of one person, collective or household: one honour with its findings, or all of them; and the
//! answers of responsible persons.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::eligibility::{AnswerAsked, Checked, Names, answer_condition, check, reply_of};
use thidua_domain::Refusal;
use thidua_domain::eligibility::{Prospect, Reply, lacks, prospect, standing};
use thidua_domain::honour::Subject;
use thidua_domain::subject::SubjectId;
use thidua_law::answer::{Answer, Outcome, Reading};

use super::finding::{FindingRow, Showing, anchor};
use super::{LawLine, Wanted, book_line, honour_name, honour_options, law_line, prospect_word, said};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// One subject.
#[derive(Debug, Template)]
#[template(path = "eligibility/subject.html")]
pub struct SubjectPage {
    page: Page,
    name: String,
    units: String,
    record: String,
    to_list: String,
    wanted: Wanted,
    day: String,
    year: String,
    honours: Vec<FilterOption>,
    refusal: String,
    one: Option<OneView>,
    groups: Vec<Group>,
    registered: String,
    to_compare: String,
    address: String,
    form_token: String,
    book: String,
}

/// One honour, explained.
#[derive(Debug)]
struct OneView {
    name: String,
    href: String,
    all: String,
    prospect: &'static str,
    class: &'static str,
    summary: String,
    law: LawLine,
    version: String,
    warnings: Vec<String>,
    conditions: Vec<FindingRow>,
    gates: Vec<FindingRow>,
    other: String,
    given: Vec<GivenRow>,
    answerable: Vec<Open>,
}

/// A condition that is to be answered by a person.
#[derive(Debug)]
struct Open {
    path: String,
    said: String,
    replies: Vec<FilterOption>,
}

/// An answer that was given.
#[derive(Debug)]
struct GivenRow {
    condition: String,
    reply: &'static str,
    by: String,
    at: String,
    reason: String,
    stands: bool,
}

/// The honours of one prospect.
#[derive(Debug)]
struct Group {
    title: &'static str,
    class: &'static str,
    anchor: &'static str,
    rows: Vec<HonourRow>,
}

#[derive(Debug)]
struct HonourRow {
    name: String,
    href: String,
    lacks: Vec<LackRow>,
    earliest: String,
    note: String,
}

#[derive(Debug)]
struct LackRow {
    said: String,
    missing: String,
    cite: super::Cited,
}

/// `GET /dieu-kien/{kind}/{id}`
pub async fn page(
    ask: Ask,
    Path((kind, id)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    let (kind, id) = read(&kind, &id)?;
    shown(&ask, kind, id, wanted, None).await
}

/// `POST /dieu-kien/{kind}/{id}`: an answer to a condition.
pub async fn submit(
    ask: Ask,
    Path((kind, id)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let (kind, id) = read(&kind, &id)?;
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    if !ask.takes(&field("ma")) {
        return shown(&ask, kind, id, wanted, Some(Refusal::StaleForm)).await;
    }
    let (condition, reply, reason) = (field("dieu-kien"), field("tra-loi"), field("ly-do"));
    let back = format!("{}#{}", wanted.at(&paths::eligibility(kind, &id), &wanted.honour), anchor(&condition));
    let (subject, asked) = (id.clone(), wanted.clone());
    let done = ask
        .file(move |app, by| {
            let reply = reply_of(&reply)?;
            let new = AnswerAsked { subject, asked: asked.asked(app, by)?, condition, reply, reason };
            answer_condition(app, by, &new).map(drop)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to(&back).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, kind, id, wanted, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn read(kind: &str, id: &str) -> Result<(Subject, SubjectId), Fault> {
    let kind = match kind {
        "nguoi" => Subject::Individual,
        "tap-the" => Subject::Collective,
        "ho-gia-dinh" => Subject::Household,
        _ => return Err(Fault::NotFound),
    };
    Ok((kind, SubjectId::parse(id).map_err(|_| Fault::NotFound)?))
}

async fn shown(
    ask: &Ask,
    kind: Subject,
    id: SubjectId,
    wanted: Wanted,
    refusal: Option<Refusal>,
) -> Result<Response, Fault> {
    let say = ask.messages();
    let asked = wanted.clone();
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        // What cannot be read is told beside the answer for what can.
        let (asked, unread) = match asked.asked(app, by) {
            Ok(asked) => (asked, None),
            Err(thidua_app::Error::Refused(refusal)) => (thidua_app::eligibility::Asked::default(), Some(refusal)),
            Err(error) => return Err(error),
        };
        let checked = check(app, by, &id, &asked)?;
        let names = Names::of(&*app.book(by)?, checked.frame.on);
        Ok((checked, names, unread))
    };
    let (house, (checked, names, unread)) = ask.verb(work).await?;
    if checked.details.kind != kind {
        return Err(Fault::NotFound);
    }
    let refusal = refusal.or(unread);
    let page = ask.page(Part::Eligibility, &checked.details.name, &house);
    let token = ask.form_token()?;
    let mut response = html(&SubjectPage::of(page, say, &checked, &names, wanted, token, refusal.as_ref()))?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl SubjectPage {
    fn of(
        page: Page,
        say: &'static Messages,
        checked: &Checked,
        names: &Names,
        wanted: Wanted,
        form_token: String,
        refusal: Option<&Refusal>,
    ) -> Self {
        let kind = checked.details.kind;
        let path = paths::eligibility(kind, &checked.id);
        let frame = checked.frame;
        let is_one = !wanted.honour.is_empty() && checked.answers.len() == 1;
        let may_answer = checked.may_answer && !form_token.is_empty();
        let showing = Showing { say, names, subject: Some((kind, &checked.id)), given: &checked.given, may_answer };
        let one = checked.answers.first().filter(|_| is_one);
        let named: Vec<String> = checked
            .registered
            .iter()
            .map(|honour| match honour {
                Some(code) => honour_name(say, names, code),
                None => say.get("eligibility.registered-general").to_owned(),
            })
            .collect();
        Self {
            name: checked.details.name.clone(),
            units: checked.units.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", "),
            record: paths::subject_record(kind, &checked.id, ""),
            to_list: match checked.units.first() {
                Some((unit, _)) => {
                    let [honour, day, year, received] = wanted.query();
                    paths::with_query(paths::ELIGIBLE_LIST, &[("don-vi", unit.as_str()), honour, day, year, received])
                }
                None => paths::ELIGIBILITY.to_owned(),
            },
            day: frame.on.to_string(),
            year: frame.year.to_string(),
            honours: honour_options(say, names, say.get("eligibility.every-honour"), &wanted.honour),
            refusal: refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default(),
            one: one.map(|answer| OneView::of(say, &showing, answer, &wanted, &path)),
            groups: if is_one { Vec::new() } else { groups(say, names, &checked.answers, &wanted, &path) },
            registered: match named.is_empty() {
                true => say.with("eligibility.registered-none", &[("year", &frame.year.to_string())]),
                false => {
                    let facts = [("year", &*frame.year.to_string()), ("what", &*named.join("; "))];
                    say.with("eligibility.registered", &facts)
                }
            },
            to_compare: paths::with_query(
                paths::ELIGIBILITY_COMPARED,
                &[
                    ("ho-so", checked.id.as_str()),
                    ("danh-hieu", &wanted.honour),
                    ("ngay", &frame.on.to_string()),
                    ("nam", &frame.year.to_string()),
                ],
            ),
            address: wanted.at(&path, &wanted.honour),
            form_token,
            book: checked.answers.first().map(|answer| book_line(say, &answer.book_hash)).unwrap_or_default(),
            wanted,
            page,
        }
    }
}

impl OneView {
    fn of(say: &'static Messages, showing: &Showing<'_>, answer: &Answer, wanted: &Wanted, path: &str) -> Self {
        let (word, class) = prospect_word(say, prospect(answer));
        let question = &answer.question;
        let conditions = showing.conditions(answer);
        let gates = showing.gates(answer);
        let open = conditions.iter().chain(&gates).filter(|row| row.answers).map(|row| Open {
            path: row.path.clone(),
            said: row.said.clone(),
            replies: Reply::ALL
                .map(|reply| FilterOption {
                    value: reply.word().to_owned(),
                    label: say.get(&format!("eligibility.reply-{}", reply.word())).to_owned(),
                    is_chosen: false,
                })
                .to_vec(),
        });
        let of_this = showing.given.iter().filter(|one| one.honour == question.honour && one.year == question.year);
        let standing = standing(of_this.clone());
        Self {
            name: honour_name(say, showing.names, &question.honour),
            href: paths::with_query(&paths::honour(&question.honour), &[("ngay", &question.on.to_string())]),
            all: wanted.at(path, ""),
            prospect: word,
            class,
            summary: summary(say, answer),
            law: law_line(say, showing.names, &answer.law_date),
            version: version(say, &answer.reading),
            warnings: answer.warnings.iter().map(|warning| said(say, warning).to_owned()).collect(),
            other: answer.other.as_ref().map(|other| other_reading(say, other)).unwrap_or_default(),
            answerable: open.collect(),
            given: of_this
                .rev()
                .map(|one| GivenRow {
                    condition: one.said.clone(),
                    reply: say.get(&format!("eligibility.reply-{}", one.reply.word())),
                    by: one.entered.by.clone(),
                    at: one.entered.at.in_table(),
                    reason: one.entered.reason.clone(),
                    stands: standing.iter().any(|other| other.id == one.id),
                })
                .collect(),
            conditions,
            gates,
        }
    }
}

/// The outcome in a sentence.
fn summary(say: &'static Messages, answer: &Answer) -> String {
    let year = answer.question.year.to_string();
    let count = |paths: &[std::sync::Arc<str>]| paths.len().to_string();
    match (&answer.outcome, prospect(answer)) {
        (Outcome::Entitled, _) if answer.pending.is_empty() => say.with("eligibility.sum-entitled", &[("year", &year)]),
        (Outcome::Entitled, _) => {
            let pending = answer.pending.len().to_string();
            say.with("eligibility.sum-pending", &[("year", &year), ("count", &pending)])
        }
        (Outcome::Barred(paths), Prospect::Almost) => {
            let earliest = answer.earliest.unwrap_or(answer.question.year).to_string();
            say.with("eligibility.sum-almost", &[("count", &count(paths)), ("year", &earliest)])
        }
        (Outcome::Barred(paths), _) => say.with("eligibility.sum-barred", &[("count", &count(paths))]),
        (Outcome::AskHuman(paths), _) => say.with("eligibility.sum-ask", &[("count", &count(paths))]),
        (Outcome::NotInForce, _) => say.with("eligibility.sum-no-law", &[("day", &answer.reading.day.in_text())]),
        (Outcome::NotForThisSubject, _) => say.get("eligibility.sum-outside").to_owned(),
    }
}

fn version(say: &Messages, reading: &Reading) -> String {
    match reading.version {
        Some(from) => say.with("eligibility.version", &[("day", &from.in_text())]),
        None => String::new(),
    }
}

fn other_reading(say: &'static Messages, other: &Reading) -> String {
    let outcome = say.get(&format!("outcome.{}", other.outcome.code()));
    say.with("eligibility.other-law", &[("day", &other.day.in_text()), ("outcome", outcome)])
}

/// The honours of a subject by prospect, the best first; those that are nothing to it are left out.
fn groups(say: &'static Messages, names: &Names, answers: &[Answer], wanted: &Wanted, path: &str) -> Vec<Group> {
    let shown = Prospect::ALL.into_iter().filter(|one| *one != Prospect::Outside);
    shown
        .map(|group| {
            let (title, class) = prospect_word(say, group);
            let of_group = answers.iter().filter(|answer| prospect(answer) == group);
            let mut rows: Vec<HonourRow> =
                of_group.map(|answer| honour_row(say, names, answer, wanted, path)).collect();
            rows.sort_by(|a, b| thidua_base::text::collate(&a.name, &b.name));
            Group { title, class, anchor: group.word(), rows }
        })
        .collect()
}

fn honour_row(say: &'static Messages, names: &Names, answer: &Answer, wanted: &Wanted, path: &str) -> HonourRow {
    let day = answer.reading.day;
    let honour = &answer.question.honour;
    HonourRow {
        name: honour_name(say, names, honour),
        href: wanted.at(path, honour.as_str()),
        lacks: lacks(answer)
            .iter()
            .map(|lack| LackRow {
                said: said(say, &lack.said).to_owned(),
                missing: lack.missing.as_ref().map(|one| said(say, &one.said).to_owned()).unwrap_or_default(),
                cite: super::cited(say, names, &lack.cite, lack.confidence, day),
            })
            .collect(),
        earliest: match answer.earliest.filter(|year| *year > answer.question.year) {
            Some(year) => year.to_string(),
            None => "–".to_owned(),
        },
        note: match answer.pending.len() {
            0 => String::new(),
            pending => say.with("eligibility.pending", &[("count", &pending.to_string())]),
        },
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for SubjectPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_base::code::OrgId;
        use thidua_domain::subject::Details;
        let page = frame(Part::Eligibility, lang);
        let say = page.messages();
        let book = thidua_law::Book::shipped().unwrap();
        let checked = |honour: &str, on: &str, is_long: bool| {
            let (record, at) = super::sample::record(on);
            let code = thidua_base::code::HonourCode::parse(honour).ok();
            let mut details = Details::named(Subject::Individual, if is_long { LONG_NAME } else { "Lê Văn Ấn" });
            details.born = thidua_domain::subject::Born::Year(1980);
            Checked {
                id: SubjectId::parse("s-1").unwrap(),
                details,
                units: vec![(OrgId::parse("x").unwrap(), "Xã Dân Lý".to_owned())],
                frame: at,
                answers: thidua_app::eligibility::check_record(book, &record, at, code.as_ref()).unwrap(),
                given: super::sample::given(honour),
                may_answer: true,
                registered: if is_long { vec![None, code] } else { Vec::new() },
            }
        };
        let show = |honour: &str, on: &str, is_long| {
            let checked = checked(honour, on, is_long);
            let names = Names::of(book, checked.frame.on);
            let wanted = Wanted { honour: honour.to_owned(), day: on.to_owned(), ..Wanted::default() };
            Self::of(page.clone(), say, &checked, &names, wanted, "t".to_owned(), Some(&Refusal::NoReason))
        };
        vec![
            show("chien-si-thi-dua-co-so", "1990-01-01", false),
            show("", "2020-12-20", false),
            show("", "2026-11-24", true),
            show("chien-si-thi-dua-co-so", "2020-12-20", true),
            show("chien-si-thi-dua-bo-nganh-tinh", "2025-12-20", false),
            show("huan-chuong-lao-dong-hang-ba", "2026-11-24", true),
            show("gia-dinh-van-hoa", "2024-12-20", true),
        ]
    }
}
