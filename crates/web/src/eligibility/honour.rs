//! One honour of the law book: its versions as a line of time, its conditions in words, its procedure on a day.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use thidua_app::eligibility::{ConditionSeen, HonourSeen, Names, VersionSeen, honour};
use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_base::text::upper_first;
use thidua_law::honour::{Dated, HonourKind, on_day};
use thidua_law::table::Said;
use thidua_law::vocabulary::MonthDay;

use super::{Cited, Wanted, book_line, cited, day, layer_line, said, word};
use crate::chart::SpanBar;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// One honour.
#[derive(Debug, Template)]
#[template(path = "eligibility/honour.html")]
pub struct HonourPage {
    page: Page,
    to_all: String,
    name: String,
    lead: String,
    refusal: String,
    day: String,
    versions: Vec<VersionRow>,
    conditions: Vec<ConditionRow>,
    standing: String,
    unread: String,
    procedure: Vec<Section>,
    related: Vec<Link>,
    to_list: String,
    book: String,
}

/// A version on the line of time.
#[derive(Debug)]
struct VersionRow {
    span: String,
    href: String,
    bar: SpanBar,
    source: Cited,
    name: String,
    note: String,
    is_now: bool,
}

#[derive(Debug)]
struct ConditionRow {
    depth: usize,
    said: String,
    only: String,
    note: String,
    open: String,
    layer: String,
    cites: Vec<Cited>,
}

/// A part of the procedure.
#[derive(Debug)]
struct Section {
    title: &'static str,
    anchor: &'static str,
    rows: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    text: String,
    note: String,
    cite: Cited,
}

/// `GET /danh-hieu/{code}`
pub async fn page(ask: Ask, Path(code): Path<String>, Query(wanted): Query<Wanted>) -> Result<Response, Fault> {
    let say = ask.messages();
    let code = HonourCode::parse(&code).map_err(|_| Fault::NotFound)?;
    let (on, refusal) = match day(&wanted.day) {
        Ok(day) => (day, None),
        Err(refusal) => (None, Some(refusal)),
    };
    let (house, seen) = ask.verb(move |app, by| honour(app, by, &code, on)).await?;
    let name = said(say, &seen.honour.name_on(seen.day)).to_owned();
    let page = ask.page(Part::Honours, &name, &house);
    let told = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&HonourPage::of(page, say, &seen, told))?;
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl HonourPage {
    fn of(page: Page, say: &'static Messages, seen: &HonourSeen, refusal: String) -> Self {
        let names = Names { library: seen.library.clone(), ..Names::default() };
        let honour = &seen.honour;
        let now = seen.versions.iter().find(|version| version.is_now);
        let kind = match honour.kind {
            HonourKind::Title => say.get("honours.kind-title"),
            HonourKind::Form => say.get("honours.form"),
        };
        let subjects = now.map_or(honour.subjects.as_slice(), |version| version.subjects.as_slice());
        let subjects: Vec<&str> = subjects.iter().map(|kind| word(say, *kind)).collect();
        let facts = [("kind", kind), ("class", word(say, honour.class)), ("subjects", &*subjects.join(", "))];
        Self {
            to_all: paths::with_query(paths::HONOURS, &[("ngay", &seen.day.to_string())]),
            name: upper_first(said(say, &honour.name_on(seen.day))),
            lead: upper_first(&say.with("honours.one-lead", &facts)),
            refusal,
            day: seen.day.to_string(),
            versions: version_rows(say, &names, seen),
            standing: match now {
                Some(version) => say.with(
                    "honours.version-of",
                    &[("day", &seen.day.in_text()), ("from", &version.version.span.from.in_text())],
                ),
                None => say.with("honours.no-law", &[("day", &seen.day.in_text())]),
            },
            unread: match now.and_then(|version| version.version.unread.as_ref()) {
                Some(id) => {
                    let name = seen.library.get(id).map_or_else(|| id.to_string(), |entry| entry.name());
                    say.with("honours.touched", &[("by", &name)])
                }
                None => String::new(),
            },
            conditions: now.map(|version| conditions(say, &names, seen.day, version)).unwrap_or_default(),
            procedure: procedure(say, &names, seen),
            related: seen
                .related
                .iter()
                .map(|(code, name)| Link { label: said(say, name).to_owned(), href: paths::honour(code) })
                .collect(),
            to_list: paths::with_query(paths::ELIGIBILITY, &[]),
            book: book_line(say, &seen.book_hash),
            page,
        }
    }
}

fn version_rows(say: &'static Messages, names: &Names, seen: &HonourSeen) -> Vec<VersionRow> {
    let first = seen.versions.iter().map(|one| one.version.span.from).min().unwrap_or(seen.day);
    let ends = seen.versions.iter().map(|one| one.version.span.to.unwrap_or(one.version.span.from));
    let last = ends.chain([seen.day]).max().and_then(|last| last.plus_days(365)).unwrap_or(seen.day);
    let rows = seen.versions.iter().map(|one| {
        let span = one.version.span;
        let confidence = one.conditions.iter().map(|condition| condition.confidence).min();
        let source = thidua_law::cite::Citation { instrument: one.version.source.clone(), place: String::new() };
        let sure = confidence.unwrap_or(thidua_law::vocabulary::Confidence::TextSeen);
        VersionRow {
            span: match span.to {
                Some(to) => format!("{} – {}", span.from.in_table(), to.day_before().in_table()),
                None => say.with("honours.since-day", &[("day", &span.from.in_table())]),
            },
            href: paths::with_query(&paths::honour(&seen.honour.code), &[("ngay", &span.from.to_string())]),
            bar: SpanBar::of((first, last), (span.from, span.to.unwrap_or(last)), seen.day),
            source: Cited { unsure: String::new(), ..cited(say, names, &source, sure, span.from) },
            name: one.version.name.as_ref().map(|name| said(say, name).to_owned()).unwrap_or_default(),
            note: match (&one.version.note, &one.version.unread) {
                (Some(note), _) => said(say, note).to_owned(),
                (None, Some(_)) => say.get("honours.unread").to_owned(),
                (None, None) => String::new(),
            },
            is_now: one.is_now,
        }
    });
    rows.collect()
}

fn conditions(say: &'static Messages, names: &Names, on: Date, version: &VersionSeen) -> Vec<ConditionRow> {
    let mut rows = Vec::new();
    for condition in &version.conditions {
        add(say, names, on, condition, 0, &mut rows);
    }
    rows
}

fn add(
    say: &'static Messages,
    names: &Names,
    on: Date,
    condition: &ConditionSeen,
    depth: usize,
    rows: &mut Vec<ConditionRow>,
) {
    let joined = match (condition.parts.is_empty(), condition.is_any) {
        (true, _) => upper_first(said(say, &condition.said)),
        (false, true) => say.get("eligibility.joined-any").to_owned(),
        (false, false) => say.get("eligibility.joined-all").to_owned(),
    };
    let only: Vec<&str> = condition.subjects.iter().map(|kind| word(say, *kind)).collect();
    rows.push(ConditionRow {
        depth: depth.min(3),
        said: joined,
        only: if only.is_empty() { String::new() } else { say.with("honours.only-for", &[("whom", &only.join(", "))]) },
        note: condition.note.as_ref().map(|note| said(say, note).to_owned()).unwrap_or_default(),
        open: condition.open.clone().unwrap_or_default(),
        layer: condition.layer.as_deref().map(|layer| layer_line(say, layer)).unwrap_or_default(),
        cites: condition.cites.iter().map(|cite| cited(say, names, cite, condition.confidence, on)).collect(),
    });
    for part in &condition.parts {
        add(say, names, on, part, depth + 1, rows);
    }
}

fn step<T>(say: &'static Messages, names: &Names, on: Date, row: &Dated<T>, text: String) -> Step {
    Step {
        text: upper_first(&text),
        note: row.note.as_ref().map(|note| said(say, note).to_owned()).unwrap_or_default(),
        cite: cited(say, names, &row.cite, row.confidence, on),
    }
}

fn month_day(say: &Messages, day: MonthDay) -> String {
    say.with("honours.month-day", &[("day", &day.day.to_string()), ("month", &day.month.to_string())])
}

/// The procedure on the day; a part of which the book knows nothing has no rows.
fn procedure(say: &'static Messages, names: &Names, seen: &HonourSeen) -> Vec<Section> {
    let on = seen.day;
    let all = &seen.honour.procedure;
    let text = |one: &Said| said(say, one).to_owned();
    let also = |one: &Option<Said>| one.as_ref().map(|one| format!(" ({})", said(say, one))).unwrap_or_default();
    let deciders = on_day(&all.deciders, on)
        .zip(&seen.authorities)
        .map(|(row, who)| step(say, names, on, row, format!("{}{}", text(who), also(&row.what.scope))));
    let proposers = on_day(&all.proposers, on).map(|row| step(say, names, on, row, text(&row.what)));
    let papers = on_day(&all.papers, on).map(|row| {
        let paper = &row.what;
        let mut line = text(&paper.name);
        if paper.copies > 0 {
            line.push_str(&say.with("honours.copies", &[("count", &paper.copies.to_string())]));
        }
        if let Some(form) = &paper.form {
            line.push_str(&format!(", {form}"));
        }
        line.push_str(&also(&paper.when));
        step(say, names, on, row, line)
    });
    let votes = on_day(&all.votes, on).zip(&seen.bodies).map(|(row, body)| {
        let vote = &row.what;
        let mut parts = vec![text(body)];
        parts.extend(vote.method.map(|method| word(say, method).to_owned()));
        parts.extend(vote.percent.map(|percent| {
            let of = vote.of.map(|of| word(say, of)).unwrap_or_default();
            say.with("honours.vote-share", &[("percent", &percent.to_string()), ("of", of)])
        }));
        parts.extend(vote.quorum.map(|(percent, of)| {
            say.with("honours.quorum", &[("percent", &percent.to_string()), ("of", word(say, of))])
        }));
        step(say, names, on, row, parts.join("; "))
    });
    let deadlines = on_day(&all.deadlines, on).map(|row| {
        let deadline = &row.what;
        let mut line = match deadline.opens {
            Some(opens) => format!("{} – {}", month_day(say, opens), month_day(say, deadline.month_day)),
            None => month_day(say, deadline.month_day),
        };
        if let Some(year) = deadline.year {
            line.push_str(&format!(", {}", word(say, year)));
        }
        if let Some(education) = deadline.education {
            line.push_str(&say.with("honours.education", &[("day", &month_day(say, education))]));
        }
        line.push_str(&also(&deadline.about));
        step(say, names, on, row, line)
    });
    let processing = on_day(&all.processing, on).zip(&seen.steps).map(|(row, which)| {
        let step_row = &row.what;
        let facts =
            [("step", said(say, which)), ("days", &*step_row.days.to_string()), ("clock", word(say, step_row.clock))];
        step(say, names, on, row, say.with("honours.step", &facts) + &also(&step_row.about))
    });
    let bonuses = seen.bonuses.iter().map(|bonus| {
        let row = &bonus.row;
        let amount = match bonus.vnd {
            Some(vnd) => say.with("honours.vnd", &[("vnd", &vnd.vi())]),
            None => say.get("honours.no-salary").to_owned(),
        };
        let key = if row.what.at_most { "honours.bonus-at-most" } else { "honours.bonus" };
        let facts = [("whom", word(say, row.what.subject)), ("times", &*row.what.times.vi()), ("amount", &*amount)];
        step(say, names, on, row, say.with(key, &facts))
    });
    let quotas = seen.quotas.iter().map(|quota| {
        let row = &quota.row;
        let facts = [("percent", &*row.what.percent.to_string()), ("base", said(say, &quota.base))];
        let mut line = say.with("eligibility.quota", &facts);
        line.push(' ');
        line.push_str(&say.with("eligibility.rounding", &[("rule", word(say, row.what.rounding))]));
        line.push_str(&also(&quota.per));
        if let Some(head) = &quota.overlay {
            let name = super::named(say, &head.name, head.is_sample);
            line.push_str(&format!(". {}", say.with("eligibility.layer", &[("name", &name)])));
        }
        step(say, names, on, row, line)
    });
    let waiting = on_day(&all.waiting, on).map(|row| {
        let facts = [("years", &*row.what.years.to_string()), ("since", said(say, &row.what.since))];
        step(say, names, on, row, say.with("honours.waiting", &facts))
    });
    let salary = seen.salary.iter().map(|row| {
        let vnd = thidua_base::Number::whole(row.what.vnd).vi();
        step(say, names, on, row, say.with("honours.salary", &[("vnd", &vnd)]))
    });
    let section = |key, anchor, rows: Vec<Step>| Section { title: say.get(key), anchor, rows };
    vec![
        section("honours.deciders", "tham-quyen", deciders.collect()),
        section("honours.proposers", "trinh", proposers.collect()),
        section("honours.papers", "ho-so", papers.collect()),
        section("honours.votes", "bo-phieu", votes.collect()),
        section("honours.deadlines", "thoi-han", deadlines.collect()),
        section("honours.processing", "giai-quyet", processing.collect()),
        section("honours.bonuses", "tien-thuong", bonuses.chain(salary).collect()),
        section("honours.quotas", "ty-le", quotas.collect()),
        section("honours.waitings", "khoang-cach", waiting.collect()),
    ]
}

#[cfg(test)]
impl crate::sampled::Sampled for HonourPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::frame;
        let book = thidua_law::Book::shipped().unwrap();
        let page = frame(Part::Honours, lang);
        let say = page.messages();
        let one = |code: &str, on: &str| {
            let (code, day) = (HonourCode::parse(code).unwrap(), Date::parse(on).unwrap());
            let seen = thidua_app::eligibility::honour_of(book, &code, day, day).unwrap();
            Self::of(page.clone(), say, &seen, "x".to_owned())
        };
        vec![
            one("giay-khen-so", "1990-01-01"),
            one("chien-si-thi-dua-co-so", "2020-06-30"),
            one("huan-chuong-lao-dong-hang-ba", "2025-08-01"),
            one("bang-khen-thu-tuong", "2026-11-24"),
            one("gia-dinh-van-hoa", "2024-06-01"),
        ]
    }
}
