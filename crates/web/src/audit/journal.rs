//! The journal: who did what, newest first, and whether the chain of hashes is whole.

use askama::Template;
use axum::response::Response;
use thidua_app::audit::{self, Chain, Entry};
use thidua_base::text::upper_first;

use crate::fault::Fault;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::site::{Ask, html};

/// Rows shown.
const ROWS_MOST: u32 = 200;
/// Digits of a hash shown in the table; the rest stands in its title.
const HASH_DIGITS: usize = 12;

/// The journal.
#[derive(Debug, Template)]
#[template(path = "audit/journal.html")]
pub struct Journal {
    page: Page,
    chain: String,
    chain_class: &'static str,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    seq: i64,
    at: String,
    actor: String,
    verb: String,
    subject: String,
    detail: String,
    hash: String,
    hash_start: String,
}

/// `GET /nhat-ky`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let verb = |app: &_, by: &_| Ok((audit::verify(app, by)?, audit::tail(app, by, ROWS_MOST)?));
    let (standing, (chain, entries)) = ask.verb(verb).await?;
    let say = ask.messages();
    html(&Journal::of(ask.page(Part::Journal, say.get("journal.title"), &standing), say, &chain, &entries))
}

impl Journal {
    fn of(page: Page, say: &'static Messages, chain: &Chain, entries: &[Entry]) -> Self {
        let (chain, chain_class) = match chain {
            Chain::Whole { rows, .. } => (say.with("journal.whole", &[("rows", &rows.to_string())]), "good"),
            Chain::Broken { seq, why } => {
                let why = match why {
                    audit::Fault::Missing => "journal.fault-missing",
                    audit::Fault::Added => "journal.fault-added",
                    audit::Fault::Unchained => "journal.fault-unchained",
                    audit::Fault::Changed => "journal.fault-changed",
                    audit::Fault::Unreadable => "journal.fault-unreadable",
                };
                (say.with("journal.broken", &[("seq", &seq.to_string()), ("why", say.get(why))]), "ended")
            }
        };
        Self { chain, chain_class, rows: entries.iter().map(|entry| row(say, entry)).collect(), page }
    }
}

fn row(say: &'static Messages, entry: &Entry) -> Row {
    let hash: String = entry.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Row {
        seq: entry.seq,
        at: entry.at.in_table(),
        actor: entry.actor.clone(),
        verb: upper_first(say.find(&format!("verb.{}", entry.verb)).unwrap_or(&entry.verb)),
        subject: entry.subject.clone(),
        detail: entry.detail.clone(),
        hash_start: hash.chars().take(HASH_DIGITS).collect(),
        hash,
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Journal {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Journal, lang);
        let say = page.messages();
        let entry = |seq| Entry {
            seq,
            at: thidua_base::Timestamp::parse("2020-07-05T02:00:00Z").unwrap(),
            actor: "Nguyễn Thị Hoa".into(),
            verb: "load".into(),
            subject: LONG_NAME.into(),
            detail: LONG_NAME.into(),
            previous: vec![0; 32],
            hash: vec![0xab; 32],
        };
        let whole = Chain::Whole { rows: 2, head: vec![0xab; 32] };
        let broken = Chain::Broken { seq: 2, why: audit::Fault::Changed };
        vec![
            Self::of(page.clone(), say, &Chain::Whole { rows: 0, head: vec![0; 32] }, &[]),
            Self::of(page.clone(), say, &whole, &[entry(2), entry(1)]),
            Self::of(page, say, &broken, &[entry(2)]),
        ]
    }
}
