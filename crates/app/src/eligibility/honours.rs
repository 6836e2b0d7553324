//! The honours of the book on a day: all by class, and one with its versions, conditions and procedure.

use std::sync::Arc;

use thidua_base::code::HonourCode;
use thidua_base::text::fold;
use thidua_base::{Date, Number};
use thidua_domain::{Actor, Refusal};
use thidua_law::cite::Citation;
use thidua_law::condition::{Condition, Layer, Node, Test};
use thidua_law::gate::BaseSalary;
use thidua_law::honour::{Bonus, Dated, Honour, Quota, QuotaBase, Version, on_day};
use thidua_law::overlay::OverlayHead;
use thidua_law::rules::Rules;
use thidua_law::say;
use thidua_law::table::Said;
use thidua_law::terms::TermKind;
use thidua_law::vocabulary::{Confidence, SubjectKind};
use thidua_law::{Book, Library};

use super::question::{Asked, Frame};
use crate::{App, Error};

/// Every honour on a day.
#[derive(Debug, Clone)]
pub struct Honours {
    /// The day.
    pub day: Date,
    /// Today.
    pub today: Date,
    /// The honours of a law of that day, and those without one, in the order of the book.
    pub honours: Vec<Honour>,
    /// The instruments, for their names.
    pub library: Library,
    /// The hash of the book.
    pub book_hash: String,
}

/// One honour.
#[derive(Debug, Clone)]
pub struct HonourSeen {
    /// The day asked.
    pub day: Date,
    /// Today.
    pub today: Date,
    /// The honour.
    pub honour: Honour,
    /// Its versions, the oldest first, with their conditions in words.
    pub versions: Vec<VersionSeen>,
    /// Who decides on the day, in words, beside the rows themselves.
    pub authorities: Vec<Said>,
    /// Who votes on the day.
    pub bodies: Vec<Said>,
    /// The steps of the procedure on the day.
    pub steps: Vec<Said>,
    /// The bonus on the day, in đồng.
    pub bonuses: Vec<BonusSeen>,
    /// The base salary on the day.
    pub salary: Option<Dated<BaseSalary>>,
    /// The quotas on the day.
    pub quotas: Vec<QuotaSeen>,
    /// What it covers or continues, by name.
    pub related: Vec<(HonourCode, Said)>,
    /// The instruments, for their names.
    pub library: Library,
    /// The hash of the book.
    pub book_hash: String,
}

/// A version with its conditions in words.
#[derive(Debug, Clone)]
pub struct VersionSeen {
    /// The version.
    pub version: Version,
    /// Whether it is the one of the day asked.
    pub is_now: bool,
    /// For whom.
    pub subjects: Vec<SubjectKind>,
    /// Its conditions.
    pub conditions: Vec<ConditionSeen>,
}

/// A condition or a part of one in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionSeen {
    /// In words.
    pub said: Said,
    /// Where it is read.
    pub cites: Vec<Citation>,
    /// How surely.
    pub confidence: Confidence,
    /// Our own words on it.
    pub note: Option<Said>,
    /// The open question it hangs on.
    pub open: Option<String>,
    /// For whom it is; everybody where empty.
    pub subjects: Vec<SubjectKind>,
    /// The overlay it comes from.
    pub layer: Option<Arc<Layer>>,
    /// The parts, and whether one of them is enough.
    pub parts: Vec<ConditionSeen>,
    /// Whether one part is enough.
    pub is_any: bool,
}

/// A bonus on a day.
#[derive(Debug, Clone)]
pub struct BonusSeen {
    /// The row.
    pub row: Dated<Bonus>,
    /// In đồng, by the base salary of the day; `None` where that is not in the book.
    pub vnd: Option<Number>,
}

/// A quota with its base in words.
#[derive(Debug, Clone)]
pub struct QuotaSeen {
    /// The row.
    pub row: Dated<Quota>,
    /// Of whom the share is taken.
    pub base: Said,
    /// For what it is counted.
    pub per: Option<Said>,
    /// The overlay it comes from.
    pub overlay: Option<OverlayHead>,
}

/// Every honour on a day; today without one.
pub fn honours(app: &App, by: &Actor, day: Option<Date>) -> Result<Honours, Error> {
    let book = app.book(by)?;
    let frame = Frame::of(app, &Asked { on: day, ..Asked::default() });
    Ok(Honours {
        day: frame.on,
        today: frame.today,
        honours: book.honours().cloned().collect(),
        library: book.library().clone(),
        book_hash: book.hash().to_owned(),
    })
}

/// One honour, with what holds on a day; today without one.
///
/// # Errors
/// [`Error::NotFound`] for one that the book does not have.
pub fn honour(app: &App, by: &Actor, code: &HonourCode, day: Option<Date>) -> Result<HonourSeen, Error> {
    let frame = Frame::of(app, &Asked { on: day, ..Asked::default() });
    honour_of(&*app.book(by)?, code, frame.on, frame.today).ok_or(Error::NotFound("honour"))
}

/// One honour of a book, with what holds on a day; `None` for one that the book does not have.
pub fn honour_of(book: &Book, code: &HonourCode, day: Date, today: Date) -> Option<HonourSeen> {
    let rules = book.rules();
    let honour = book.honour(code)?.clone();
    let salary = rules.base_salary(day).cloned();
    let term = |kind, word: &str| rules.terms.said(kind, word);
    let procedure = &honour.procedure;
    let bonus = |row: &Dated<Bonus>| BonusSeen {
        vnd: salary.as_ref().and_then(|salary| vnd(row.what.times, salary.what.vnd)),
        row: row.clone(),
    };
    let related = honour.covers.iter().chain(&honour.succeeds);
    Some(HonourSeen {
        day,
        today,
        versions: honour.versions.iter().map(|version| version_seen(rules, &honour, version, day)).collect(),
        authorities: on_day(&procedure.deciders, day)
            .map(|row| term(TermKind::Authority, &row.what.authority))
            .collect(),
        bodies: on_day(&procedure.votes, day).map(|row| term(TermKind::Body, &row.what.body)).collect(),
        steps: on_day(&procedure.processing, day).map(|row| term(TermKind::Step, &row.what.step)).collect(),
        bonuses: on_day(&procedure.bonuses, day).map(bonus).collect(),
        quotas: on_day(&procedure.quotas, day).map(|row| quota_seen(book, row)).collect(),
        related: related.map(|code| (code.clone(), rules.name(code))).collect(),
        salary,
        library: book.library().clone(),
        book_hash: book.hash().to_owned(),
        honour,
    })
}

/// So many base salaries, in whole đồng.
fn vnd(times: Number, salary: i64) -> Option<Number> {
    let exact = i128::from(times.digits()) * i128::from(salary);
    let whole = exact / 10_i128.pow(u32::from(times.scale()));
    i64::try_from(whole).ok().map(Number::whole)
}

fn quota_seen(book: &Book, row: &Dated<Quota>) -> QuotaSeen {
    let rules = book.rules();
    QuotaSeen {
        overlay: book.overlay_of(&row.cite.instrument).cloned(),
        base: quota_base(rules, &row.what.base),
        per: row.what.per.as_ref().map(|per| rules.terms.said(TermKind::Per, per)),
        row: row.clone(),
    }
}

/// Of whom a quota is taken, in words.
fn quota_base(rules: &Rules, base: &QuotaBase) -> Said {
    match base {
        QuotaBase::Words(said) => said.clone(),
        QuotaBase::Honours(codes) => {
            let names: Vec<Said> = codes.iter().map(|code| rules.name(code)).collect();
            let joined = |pick: fn(&Said) -> &str| names.iter().map(pick).collect::<Vec<_>>().join(", ");
            Said::new(joined(|said| &said.vi), joined(|said| &said.en))
        }
    }
}

fn version_seen(rules: &Rules, honour: &Honour, version: &Version, day: Date) -> VersionSeen {
    VersionSeen {
        is_now: version.span.has(day),
        subjects: version.subjects_of(honour).to_vec(),
        conditions: version.conditions.iter().map(|condition| condition_seen(rules, condition)).collect(),
        version: version.clone(),
    }
}

fn condition_seen(rules: &Rules, condition: &Condition) -> ConditionSeen {
    ConditionSeen {
        subjects: condition.subjects.clone(),
        layer: condition.layer.clone(),
        ..node_seen(rules, &condition.node)
    }
}

fn node_seen(rules: &Rules, node: &Node) -> ConditionSeen {
    let parts = match &node.test {
        Test::All(parts) | Test::Any(parts) => parts.as_slice(),
        Test::Not(_) | Test::Leaf(_) => &[],
    };
    ConditionSeen {
        said: say::node(rules, node),
        cites: std::iter::once(&node.cite).chain(&node.also).cloned().collect(),
        confidence: node.confidence,
        note: node.note.clone(),
        open: node.open.clone(),
        subjects: Vec::new(),
        layer: None,
        parts: parts.iter().map(|part| node_seen(rules, part)).collect(),
        is_any: matches!(node.test, Test::Any(_)),
    }
}

/// The honour's code, where the book has it.
///
/// # Errors
/// [`Refusal::NotInBook`].
pub fn honour_called(app: &App, by: &Actor, asked: &str) -> Result<HonourCode, Error> {
    Ok(honour_called_in(&*app.book(by)?, asked)?)
}

/// The code of an honour of a book, asked for by its code or by its name, with or without marks.
///
/// # Errors
/// [`Refusal::NotInBook`].
pub fn honour_called_in(book: &Book, asked: &str) -> Result<HonourCode, Refusal> {
    let wanted = fold(asked);
    let by_code = HonourCode::parse(asked).ok().and_then(|code| book.honour(&code));
    let found = by_code.or_else(|| book.honours().find(|honour| fold(&honour.name) == wanted));
    found.map(|honour| honour.code.clone()).ok_or_else(|| Refusal::NotInBook { asked: asked.to_owned() })
}
