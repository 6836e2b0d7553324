//! Overlays: rules of a province, a ministry or a unit laid on the national book, in the same format.
//!
//! An overlay adds conditions, makes numbers stricter, fills what the law leaves to local rules, and sets quotas. What it
//! touched says so in every finding; loosening the national rule is refused.

use std::collections::BTreeSet;
use std::sync::Arc;

use thidua_base::Date;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::book::Book;
use crate::cite::Citation;
use crate::condition::{Condition, LayerChange, Leaf, Node, Test};
use crate::condition_read::{cite, cites, confidence, read_root};
use crate::fault::{Fault, Faults, Wrong};
use crate::honour::{Honour, Span, Version};
use crate::honour_read::{quotas, span};
use crate::instrument::Instrument;
use crate::rules::whole;
use crate::stricter::stricter;
use crate::table::{Said, Source, Table};

pub use crate::condition::Layer;

/// The files of an overlay: the name of each below its folder, and its text.
pub type OverlayFiles<'f> = &'f [(&'f str, &'f str)];

/// What `overlay.toml` says of an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayHead {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Said,
    /// Who issued its rules.
    pub issuer: String,
    /// When.
    pub span: Span,
    /// Whether it is a sample and no real regulation.
    pub is_sample: bool,
    /// Its own instruments.
    pub instruments: Vec<Instrument>,
}

impl Book {
    /// This book with an overlay laid on.
    ///
    /// # Errors
    /// With every fault found, among them any loosening of the national rule; nothing is laid on half.
    pub fn with_overlay(&self, files: OverlayFiles<'_>) -> Result<(Self, OverlayHead), Faults> {
        let Some((file, text)) = files.iter().find(|(file, _)| *file == "overlay.toml") else {
            return Err(Faults(vec![whole("overlay.toml", "", Wrong::Missing)]));
        };
        let head = Source { file, text }.read(read_head)?;
        let mut rules = self.rules().clone();
        let mut ids: BTreeSet<InstrumentId> = self.library().entries().map(|entry| entry.id.clone()).collect();
        for instrument in &head.instruments {
            if !ids.insert(instrument.id.clone()) {
                let wrong = Wrong::InstrumentTaken(instrument.id.to_string());
                return Err(Faults(vec![whole(file, "instrument.id", wrong)]));
            }
        }
        let mut faults = Vec::new();
        for (file, text) in files.iter().filter(|(file, _)| file.starts_with("honours/") && is_toml(file)) {
            let laid = Source { file, text }.read(|table| {
                let code = honour_of(table)?;
                let Some(honour) = rules.honours.get(&code) else {
                    return Err(table.wrong_at("honour", Wrong::UnknownHonour(code.to_string())));
                };
                let mut honour = honour.clone();
                lay(&rules.terms, table, &head, &ids, &mut honour)?;
                Ok(honour)
            });
            match laid {
                Ok(honour) => {
                    rules.honours.insert(honour.code.clone(), honour);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        rules.layers.push(layer(&head, LayerChange::Added));
        rules.held(&ids)?;
        Ok((self.with_rules_and_instruments(rules, &head, files), head))
    }
}

fn is_toml(file: &str) -> bool {
    std::path::Path::new(file).extension().is_some_and(|extension| extension == "toml")
}

fn layer(head: &OverlayHead, change: LayerChange) -> Layer {
    Layer { code: head.code.clone(), name: head.name.clone(), change, is_sample: head.is_sample }
}

fn read_head(table: &Table<'_>) -> Result<OverlayHead, Fault> {
    let instruments = table.tables("instrument")?.iter().map(read_instrument).collect::<Result<_, _>>()?;
    let code = table.text("code")?.to_owned();
    let is_code = !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !is_code {
        return Err(table.wrong_at("code", Wrong::NotACode(code)));
    }
    if table.has("unit") {
        return Err(table.wrong_at("unit", Wrong::OneUnit));
    }
    Ok(OverlayHead {
        code,
        name: table.said("name")?,
        issuer: table.text("issuer")?.to_owned(),
        span: span(table)?,
        is_sample: table.maybe_flag("sample")?.unwrap_or(false),
        instruments,
    })
}

fn read_instrument(row: &Table<'_>) -> Result<Instrument, Fault> {
    let id = row.text("id")?;
    let instrument = Instrument {
        id: InstrumentId::parse(id).map_err(|_| row.wrong_at("id", Wrong::NotACode(id.to_owned())))?,
        kind: row.text("kind")?.to_owned(),
        number: row.text("number")?.to_owned(),
        title: row.text("title")?.to_owned(),
        issuer: row.text("issuer")?.to_owned(),
        issued_on: row.date("issued_on")?,
        in_force_from: row.date("in_force_from")?,
        in_force_to: row.maybe_date("in_force_to")?,
        replaced_by: None,
    };
    row.all_used()?;
    Ok(instrument)
}

fn honour_of(table: &Table<'_>) -> Result<HonourCode, Fault> {
    let code = table.text("honour")?;
    HonourCode::parse(code).map_err(|_| table.wrong_at("honour", Wrong::NotACode(code.to_owned())))
}

/// Lays the rules of one file on one honour.
fn lay(
    terms: &crate::terms::Terms,
    table: &Table<'_>,
    head: &OverlayHead,
    ids: &BTreeSet<InstrumentId>,
    honour: &mut Honour,
) -> Result<(), Fault> {
    for row in table.tables("add")? {
        let span = within(&row, head)?;
        let mut condition = Condition::read_after(&row, terms, &["from", "to"])?;
        known(&row, &condition.node, ids)?;
        in_force(&row, &condition.node.cite, span, head)?;
        condition.layer = Some(Arc::new(layer(head, LayerChange::Added)));
        for version in pieces(&row, honour, span)? {
            if version.conditions.iter().any(|before| before.node.id == condition.node.id) {
                let id = condition.node.id.clone().unwrap_or_default();
                return Err(row.wrong_at("id", Wrong::Twice(id)));
            }
            version.conditions.push(condition.clone());
        }
    }
    for (key, change) in [("tighten", LayerChange::Tightened), ("fill", LayerChange::Filled)] {
        for row in table.tables(key)? {
            change_test(terms, &row, head, ids, honour, change)?;
        }
    }
    for row in quotas(table, terms)? {
        let fault = |key: &str, wrong: Wrong| Fault {
            file: table.file().to_owned(),
            line: row.line,
            key: key.to_owned(),
            wrong,
        };
        if !inside(row.span, head.span) {
            return Err(fault("quota.from", Wrong::OutsideOverlay));
        }
        if !ids.contains(&row.cite.instrument) {
            return Err(fault("quota.cite", Wrong::UnknownInstrument(row.cite.instrument.to_string())));
        }
        if let Some(id) = out_of_force(&row.cite, row.span, head) {
            return Err(fault("quota.from", Wrong::OutsideInstrument(id.to_string())));
        }
        let meet = |other: Span| {
            row.span.to.is_none_or(|end| other.from < end) && other.to.is_none_or(|end| row.span.from < end)
        };
        let held = honour.procedure.quotas.iter().filter(|national| meet(national.span));
        if let Some(national) = held.map(|national| national.what.percent).find(|held| row.what.percent > *held) {
            let why = format!("tỷ lệ {} % cao hơn {national} % của quy định chung", row.what.percent);
            return Err(fault("quota.percent", Wrong::Loosens(why)));
        }
        honour.procedure.quotas.push(row);
    }
    Ok(())
}

/// An instrument of the overlay that a row rests on while it is not in force.
fn out_of_force<'h>(cite: &Citation, span: Span, head: &'h OverlayHead) -> Option<&'h InstrumentId> {
    let own = head.instruments.iter().find(|instrument| instrument.id == cite.instrument)?;
    let life = Span { from: own.in_force_from, to: own.in_force_to };
    (!inside(span, life)).then_some(&own.id)
}

fn in_force(row: &Table<'_>, cite: &Citation, span: Span, head: &OverlayHead) -> Result<(), Fault> {
    match out_of_force(cite, span, head) {
        Some(id) => {
            let key = if row.has("from") { "from" } else { "cite" };
            Err(row.wrong_at(key, Wrong::OutsideInstrument(id.to_string())))
        }
        None => Ok(()),
    }
}

/// Whether all days of a span lie in another.
fn inside(span: Span, all: Span) -> bool {
    let ends = match (span.to, all.to) {
        (_, None) => true,
        (Some(own), Some(all)) => own <= all,
        (None, Some(_)) => false,
    };
    span.from >= all.from && ends
}

/// The span of a row, which must lie within the overlay's.
fn within(row: &Table<'_>, head: &OverlayHead) -> Result<Span, Fault> {
    let own = if row.has("from") { span(row)? } else { head.span };
    if inside(own, head.span) { Ok(own) } else { Err(row.wrong_at("from", Wrong::OutsideOverlay)) }
}

/// The versions of a span, cut at its ends so that nothing outside is touched.
fn pieces<'h>(row: &Table<'_>, honour: &'h mut Honour, span: Span) -> Result<Vec<&'h mut Version>, Fault> {
    for day in [Some(span.from), span.to].into_iter().flatten() {
        cut(&mut honour.versions, day);
    }
    let meant = |version: &&mut Version| span.has(version.span.from);
    let found: Vec<&mut Version> = honour.versions.iter_mut().filter(meant).collect();
    if found.is_empty() {
        return Err(row.wrong(Wrong::NoCondition(honour.code.to_string())));
    }
    Ok(found)
}

fn cut(versions: &mut Vec<Version>, day: Date) {
    let found = versions.iter().position(|version| version.span.has(day) && version.span.from < day);
    if let Some(at) = found {
        let mut after = versions[at].clone();
        after.span.from = day;
        versions[at].span.to = Some(day);
        versions.insert(at + 1, after);
    }
}

/// Replaces a test by a stricter one, or fills one that the law leaves to local rules.
fn change_test(
    terms: &crate::terms::Terms,
    row: &Table<'_>,
    head: &OverlayHead,
    ids: &BTreeSet<InstrumentId>,
    honour: &mut Honour,
    change: LayerChange,
) -> Result<(), Fault> {
    let path = row.text("condition")?.to_owned();
    let span = within(row, head)?;
    let (cite, sure) = (cite(row, "cite")?, confidence(row)?);
    let node = Node {
        id: None,
        also: cites(row, "also")?,
        confidence: sure,
        note: row.maybe_said("note")?,
        open: None,
        test: read_root(&row.table("test")?, terms, &cite, sure)?,
        cite,
    };
    row.all_used()?;
    known(row, &node, ids)?;
    in_force(row, &node.cite, span, head)?;
    let mut changed = 0;
    for version in pieces(row, honour, span)? {
        for condition in &mut version.conditions {
            let id = condition.node.id.clone().unwrap_or_default();
            if let Some(found) = find(&mut condition.node, &id, &path, false) {
                let (old, denied) = found;
                replace(row, old, &node, denied, &path, change)?;
                condition.layer = Some(Arc::new(layer(head, change)));
                changed += 1;
            }
        }
    }
    if changed == 0 { Err(row.wrong_at("condition", Wrong::NoCondition(path))) } else { Ok(()) }
}

/// The test at a way, and whether it stands below a denial.
fn find<'n>(node: &'n mut Node, way: &str, path: &str, denied: bool) -> Option<(&'n mut Node, bool)> {
    if way == path {
        return Some((node, denied));
    }
    let below_denial = denied || matches!(node.test, Test::Not(_));
    let parts: &mut [Node] = match &mut node.test {
        Test::All(parts) | Test::Any(parts) => parts,
        Test::Not(part) => std::slice::from_mut(part),
        Test::Leaf(_) => &mut [],
    };
    parts.iter_mut().enumerate().find_map(|(at, part)| {
        let below = part.way(way, at);
        find(part, &below, path, below_denial)
    })
}

fn replace(
    row: &Table<'_>,
    old: &mut Node,
    new: &Node,
    denied: bool,
    path: &str,
    change: LayerChange,
) -> Result<(), Fault> {
    if denied {
        let why = format!("'{path}' nằm trong điều kiện phủ định nên không sửa được");
        return Err(row.wrong_at("condition", Wrong::Loosens(why)));
    }
    match (change, &old.test, &new.test) {
        (LayerChange::Filled, Test::Leaf(Leaf::Local { .. }), _) => {}
        (LayerChange::Filled, _, _) => return Err(row.wrong_at("condition", Wrong::NotDelegated(path.to_owned()))),
        (_, Test::Leaf(national), Test::Leaf(local)) => {
            stricter(national, local).map_err(|why| row.wrong_at("test", Wrong::Loosens(why)))?;
        }
        _ => {
            let why = format!("'{path}' không phải là một phép thử đơn, chỉ phép thử đơn mới siết chặt được");
            return Err(row.wrong_at("test", Wrong::Loosens(why)));
        }
    }
    // What was known less surely stays so: a stricter number does not make the national clause surer.
    let kept = if change == LayerChange::Tightened { old.confidence.max(new.confidence) } else { new.confidence };
    old.also.push(old.cite.clone());
    old.cite = new.cite.clone();
    old.confidence = kept;
    old.test = new.test.clone();
    Ok(())
}

fn known(row: &Table<'_>, node: &Node, ids: &BTreeSet<InstrumentId>) -> Result<(), Fault> {
    let mut unknown = None;
    node.walk("", &mut |_, node| {
        let all = std::iter::once(&node.cite).chain(&node.also);
        unknown = unknown.take().or_else(|| all.map(|cite| &cite.instrument).find(|id| !ids.contains(*id)).cloned());
    });
    match unknown {
        Some(id) => Err(row.wrong_at("cite", Wrong::UnknownInstrument(id.to_string()))),
        None => Ok(()),
    }
}
