//! The law book in force: what was loaded beside the one the program ships with, and how it came.

use askama::Template;
use axum::response::Response;
use thidua_app::law::{InForce, LoadedLaw, loaded};
use thidua_base::Date;
use thidua_domain::eligibility::LawAct;

use super::{named, said};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// Digits of a hash shown in the table; the rest stands in its title.
const HASH_DIGITS: usize = 12;

/// The book in force.
#[derive(Debug, Template)]
#[template(path = "eligibility/law_book.html")]
pub struct LawBookPage {
    page: Page,
    lead: String,
    book: Hash,
    shipped: Hash,
    packs: Vec<PackRow>,
    shows_who: bool,
    acts: Vec<ActRow>,
}

#[derive(Debug)]
struct Hash {
    start: String,
    whole: String,
}

#[derive(Debug)]
struct PackRow {
    name: String,
    kind: &'static str,
    is_sample: bool,
    code: String,
    issuer: String,
    instruments: Vec<Link>,
    span: String,
    honours: Vec<Link>,
    loaded: String,
    hash: Hash,
}

#[derive(Debug)]
struct ActRow {
    at: String,
    by: String,
    step: &'static str,
    name: String,
    reason: String,
    hash: Hash,
    book: Hash,
}

/// `GET /so-luat`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let say = ask.messages();
    let (house, seen) = ask.verb(loaded).await?;
    html(&LawBookPage::of(ask.page(Part::Honours, say.get("law-book.title"), &house), say, &seen))
}

impl LawBookPage {
    fn of(page: Page, say: &'static Messages, seen: &LoadedLaw) -> Self {
        let lead = match seen.packs.len() {
            0 => say.get("law-book.as-shipped").to_owned(),
            count => say.with("law-book.lead", &[("count", &count.to_string())]),
        };
        Self {
            lead,
            book: hash(seen.book.hash()),
            shipped: hash(&seen.shipped),
            packs: seen.packs.iter().map(|pack| pack_row(say, pack)).collect(),
            shows_who: seen.shows_who,
            acts: seen.acts.iter().map(|act| act_row(say, act)).collect(),
            page,
        }
    }
}

fn hash(whole: &str) -> Hash {
    Hash { start: whole.chars().take(HASH_DIGITS).collect(), whole: whole.to_owned() }
}

fn pack_row(say: &'static Messages, pack: &InForce) -> PackRow {
    let act = &pack.act;
    let head = pack.head.as_ref();
    let instruments = head.into_iter().flat_map(|head| &head.instruments);
    let instruments = instruments.map(|one| Link {
        label: format!("{} {}", one.kind, one.number),
        href: paths::with_query(&paths::instrument(&one.id), &[("ngay", &one.in_force_from.to_string())]),
    });
    let honour = |(code, name): &(_, _)| Link { label: said(say, name).to_owned(), href: paths::honour(code) };
    PackRow {
        name: head.map_or_else(|| act.name.clone(), |head| named(say, &head.name, head.is_sample)),
        kind: say.get(&format!("law-book.kind-{}", act.kind.word())),
        is_sample: act.is_sample,
        code: act.code.clone(),
        issuer: head.map(|head| head.issuer.clone()).unwrap_or_default(),
        instruments: instruments.collect(),
        span: head.map_or_else(|| "–".to_owned(), |head| span(say, head.span.from, head.span.to)),
        honours: pack.honours.iter().map(honour).collect(),
        loaded: act.entered.at.date_in_vietnam().in_table(),
        hash: hash(&act.hash),
    }
}

fn span(say: &Messages, from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) => say.with("law-book.span", &[("from", &from.in_table()), ("to", &to.day_before().in_table())]),
        None => say.with("law-book.span-open", &[("from", &from.in_table())]),
    }
}

fn act_row(say: &'static Messages, act: &LawAct) -> ActRow {
    ActRow {
        at: act.entered.at.in_table(),
        by: act.entered.by.clone(),
        step: say.get(&format!("law-book.step-{}", act.step.word())),
        name: if act.is_sample {
            say.with("eligibility.layer-sample", &[("name", &act.name)])
        } else {
            act.name.clone()
        },
        reason: act.entered.reason.clone(),
        hash: hash(&act.hash),
        book: hash(&act.book),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for LawBookPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_app::law::LawBook;
        use thidua_domain::eligibility::LawStep;
        use thidua_law::loaded::LawPackKind;
        use thidua_law::table::Said;
        let page = frame(Part::Honours, lang);
        let say = page.messages();
        let book = thidua_law::Book::shipped().unwrap();
        let act = |number, step, kind, name: &str| LawAct {
            number,
            step,
            code: format!("quy-dinh-{number}"),
            kind,
            name: name.to_owned(),
            is_sample: number == 1,
            hash: "0123456789abcdef".repeat(4),
            book: "fedcba9876543210".repeat(4),
            entered: thidua_domain::subject::Entered {
                by: "Nguyễn Thị Hòa".to_owned(),
                at: thidua_base::Timestamp::parse("2026-11-24T02:00:00Z").unwrap(),
                reason: if number == 2 { LONG_NAME.to_owned() } else { String::new() },
            },
        };
        let overlay = act(1, LawStep::Load, LawPackKind::Overlay, LONG_NAME);
        let national = act(2, LawStep::Load, LawPackKind::National, "Sổ luật chung");
        let head = thidua_law::overlay::OverlayHead {
            code: "quy-dinh-1".to_owned(),
            name: Said::new(LONG_NAME, LONG_NAME),
            issuer: "Ủy ban nhân dân tỉnh A (mẫu)".to_owned(),
            span: thidua_law::honour::Span { from: Date::new(2024, 7, 1).unwrap(), to: Date::new(2027, 1, 1) },
            is_sample: true,
            instruments: book.instruments().take(1).cloned().collect(),
        };
        let honours: Vec<_> =
            book.honours().take(3).map(|one| (one.code.clone(), one.name_on(head.span.from))).collect();
        let seen = |packs: Vec<InForce>, acts: Vec<LawAct>, shows_who| LoadedLaw {
            book: LawBook::Shipped(book),
            shipped: book.hash().to_owned(),
            packs,
            acts,
            shows_who,
        };
        let laid = InForce { act: overlay.clone(), head: Some(head), honours };
        let newer = InForce { act: national.clone(), head: None, honours: Vec::new() };
        let gone = act(3, LawStep::Unload, LawPackKind::Overlay, "Quy định cũ");
        [
            seen(Vec::new(), Vec::new(), false),
            seen(vec![laid.clone()], Vec::new(), false),
            seen(vec![newer, laid], vec![gone, national, overlay], true),
        ]
        .iter()
        .map(|seen| Self::of(page.clone(), say, seen))
        .collect()
    }
}
