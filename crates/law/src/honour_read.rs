//! Reading honours from data.

use thidua_base::Number;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::condition::Condition;
use crate::condition_read::{cite, cites, confidence, honours, month_day, said_or_text};
use crate::fault::{Fault, Wrong};
use crate::honour::{
    Bonus, Dated, Deadline, Decider, Honour, Office, Paper, Procedure, Processing, Quota, QuotaBase, Span, Version,
    Vote, Waiting,
};
use crate::table::Table;
use crate::terms::{TermKind, Terms};
use crate::vocabulary::{Clock, Rounding, SubjectKind, VoteBase};

impl Honour {
    /// Reads an honour.
    ///
    /// # Errors
    /// When a key is missing, not known or of the wrong kind, or a word is not of the vocabulary.
    pub fn read(table: &Table<'_>, terms: &Terms) -> Result<Self, Fault> {
        let code = table.text("code")?;
        let code = HonourCode::parse(code).map_err(|_| table.wrong_at("code", Wrong::NotACode(code.to_owned())))?;
        let name = table.said("name")?;
        let subjects: Vec<SubjectKind> = table.words("subjects")?;
        if subjects.is_empty() {
            return Err(table.wrong_at("subjects", Wrong::Missing));
        }
        let covers = honours(table, "covers")?;
        let offices: Vec<Office> = table.tables("office")?.iter().map(office).collect::<Result<_, _>>()?;
        let own = offices
            .iter()
            .fold(terms.clone(), |terms, office| terms.with(TermKind::Post, office.key.clone(), office.name.clone()));
        let terms = &own;
        let versions: Vec<Version> =
            table.tables("version")?.iter().map(|one| read_version(one, terms)).collect::<Result<_, _>>()?;
        if !covers.is_empty() && !versions.is_empty() {
            return Err(table.wrong_at("covers", Wrong::Umbrella));
        }
        let rank = if table.has("rank") { Some(byte(table, "rank", 1..=100)?) } else { None };
        Ok(Self {
            code,
            kind: table.word("kind")?,
            class: table.word("class")?,
            name: name.vi,
            name_en: name.en,
            measure: table.text("measure")?.to_owned(),
            verb: table.text("verb")?.to_owned(),
            subjects,
            covers,
            succeeds: honours(table, "succeeds")?,
            rank,
            versions,
            offices,
            procedure: read_procedure(table, terms)?,
        })
    }
}

/// From and to, the end after the beginning.
pub(crate) fn span(table: &Table<'_>) -> Result<Span, Fault> {
    let span = Span { from: table.date("from")?, to: table.maybe_date("to")? };
    match span.to {
        Some(to) if to <= span.from => Err(table.wrong_at("to", Wrong::Backwards)),
        _ => Ok(span),
    }
}

/// The id of an instrument that must be there.
pub(crate) fn instrument(table: &Table<'_>, key: &str) -> Result<InstrumentId, Fault> {
    let text = table.text(key)?;
    InstrumentId::parse(text).map_err(|_| table.wrong_at(key, Wrong::NotACode(text.to_owned())))
}

fn read_version(table: &Table<'_>, terms: &Terms) -> Result<Version, Fault> {
    let conditions: Vec<Condition> =
        table.tables("condition")?.iter().map(|one| Condition::read(one, terms)).collect::<Result<_, _>>()?;
    let like = table.maybe_date("like")?;
    if conditions.is_empty() != like.is_some() {
        return Err(table.wrong(Wrong::NoConditions));
    }
    for (at, condition) in conditions.iter().enumerate() {
        if let Some(twice) = conditions[..at].iter().find(|before| before.node.id == condition.node.id) {
            return Err(table.wrong_at("condition", Wrong::Twice(twice.node.id.clone().unwrap_or_default())));
        }
    }
    let unread = if table.has("unread") { Some(instrument(table, "unread")?) } else { None };
    let version = Version {
        span: span(table)?,
        subjects: table.words("subjects")?,
        source: instrument(table, "source")?,
        name: table.maybe_said("name")?,
        cycle: table.maybe_word("cycle")?,
        note: table.maybe_said("note")?,
        open: table.maybe_text("open")?.map(str::to_owned),
        unread,
        like,
        conditions,
        line: table.line(),
    };
    table.all_used()?;
    Ok(version)
}

fn read_procedure(table: &Table<'_>, terms: &Terms) -> Result<Procedure, Fault> {
    Ok(Procedure {
        deciders: rows(table, "decider", |row| {
            let authority = terms.known(row, "authority", TermKind::Authority)?;
            Ok(Decider { authority, scope: row.maybe_said("scope")? })
        })?,
        proposers: rows(table, "proposer", |row| row.said("who"))?,
        papers: rows(table, "paper", paper)?,
        votes: rows(table, "vote", |row| vote(row, terms))?,
        deadlines: rows(table, "deadline", deadline)?,
        processing: rows(table, "processing", |row| {
            Ok(Processing {
                step: terms.known(row, "step", TermKind::Step)?,
                days: u16::try_from(row.number("days", None, 1..=1000)?).unwrap_or(u16::MAX),
                clock: row.maybe_word("clock")?.unwrap_or(Clock::WorkingDays),
                level: row.maybe_text("level")?.map(str::to_owned),
                about: row.maybe_said("about")?,
            })
        })?,
        bonuses: rows(table, "bonus", bonus)?,
        quotas: quotas(table, terms)?,
        waiting: rows(table, "waiting", |row| {
            Ok(Waiting {
                years: byte(row, "years", 1..=100)?,
                since: said_or_text(row, "since")?.or(said_or_text(row, "about")?).unwrap_or_default(),
            })
        })?,
    })
}

/// Dated rows, each with its citation and confidence.
pub(crate) fn rows<T>(
    table: &Table<'_>,
    key: &str,
    read: impl Fn(&Table<'_>) -> Result<T, Fault>,
) -> Result<Vec<Dated<T>>, Fault> {
    table.tables(key)?.iter().map(|row| dated(row, &read)).collect()
}

fn dated<T>(row: &Table<'_>, read: impl Fn(&Table<'_>) -> Result<T, Fault>) -> Result<Dated<T>, Fault> {
    let dated = Dated {
        span: span(row)?,
        cite: cite(row, "cite")?,
        confidence: confidence(row)?,
        also: cites(row, "also")?,
        note: row.maybe_said("note")?,
        open: row.maybe_text("open")?.map(str::to_owned),
        what: read(row)?,
        line: row.line(),
    };
    row.all_used()?;
    Ok(dated)
}

fn paper(row: &Table<'_>) -> Result<Paper, Fault> {
    Ok(Paper {
        code: row.text("code")?.to_owned(),
        name: row.said("name")?,
        copies: u8::try_from(row.number("copies", Some(1), 1..=20)?).unwrap_or(1),
        original: row.maybe_flag("original")?.unwrap_or(false),
        when: row.maybe_said("when")?,
        form: row.maybe_text("form")?.map(str::to_owned),
        form_confidence: row.maybe_word("form_confidence")?,
    })
}

fn vote(row: &Table<'_>, terms: &Terms) -> Result<Vote, Fault> {
    let share = |key: &str| if row.has(key) { byte(row, key, 1..=100).map(Some) } else { Ok(None) };
    Ok(Vote {
        body: terms.known(row, "body", TermKind::Body)?,
        method: row.maybe_word("method")?,
        percent: share("percent")?,
        of: row.maybe_word("of")?,
        written_counts: row.maybe_flag("written_counts")?,
        quorum: quorum(row)?,
    })
}

fn quorum(row: &Table<'_>) -> Result<Option<(u8, VoteBase)>, Fault> {
    let Some(table) = row.maybe_table("quorum")? else { return Ok(None) };
    let quorum = (byte(&table, "percent", 1..=100)?, table.word("of")?);
    table.all_used()?;
    Ok(Some(quorum))
}

fn office(row: &Table<'_>) -> Result<Office, Fault> {
    let office = Office {
        key: row.text("key")?.to_owned(),
        name: row.said("name")?,
        cite: cite(row, "cite")?,
        confidence: confidence(row)?,
    };
    row.all_used()?;
    Ok(office)
}

fn deadline(row: &Table<'_>) -> Result<Deadline, Fault> {
    Ok(Deadline {
        month_day: month_day(row, "month_day")?.ok_or_else(|| row.wrong_at("month_day", Wrong::Missing))?,
        education: month_day(row, "education")?,
        year: row.maybe_word("year")?,
        about: row.maybe_said("about")?,
        opens: month_day(row, "opens")?,
    })
}

fn bonus(row: &Table<'_>) -> Result<Bonus, Fault> {
    let text = row.text("times")?;
    let times = Number::parse(text).map_err(|e| row.wrong_at("times", Wrong::Number(e.to_string())))?;
    Ok(Bonus {
        subject: row.word("subject")?,
        times,
        level: row.maybe_text("level")?.map(str::to_owned),
        at_most: row.maybe_flag("at_most")?.unwrap_or(false),
    })
}

/// The quotas of a file.
pub(crate) fn quotas(table: &Table<'_>, terms: &Terms) -> Result<Vec<Dated<Quota>>, Fault> {
    rows(table, "quota", |row| quota(row, terms))
}

fn quota(row: &Table<'_>, terms: &Terms) -> Result<Quota, Fault> {
    let base = row.table("base")?;
    let base_read = if base.has("honour") || base.has("honours") {
        let mut codes = honours(&base, "honour")?;
        codes.extend(honours(&base, "honours")?);
        QuotaBase::Honours(codes)
    } else {
        QuotaBase::Words(base.both()?)
    };
    base.all_used()?;
    let per = if row.has("per") { Some(terms.known(row, "per", TermKind::Per)?) } else { None };
    Ok(Quota {
        percent: byte(row, "percent", 1..=100)?,
        base: base_read,
        per,
        rounding: row.maybe_word("rounding")?.unwrap_or(Rounding::NotFixed),
        tie: row.maybe_said("tie")?,
    })
}

fn byte(table: &Table<'_>, key: &str, within: std::ops::RangeInclusive<i64>) -> Result<u8, Fault> {
    table.number(key, None, within).map(|number| u8::try_from(number).unwrap_or(u8::MAX))
}
