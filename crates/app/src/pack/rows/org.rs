//! Units, their places in trees, and what happened to them.

use std::collections::BTreeSet;

use thidua_base::code::{OrgId, kind};
use thidua_domain::Refusal;
use thidua_domain::org::{Edge, Portion, Unit, UnitEvent, UnitLink};
use thidua_domain::refusal::PackFault;

use crate::pack::known::Known;
use crate::pack::record::Record;

/// Columns of `units.csv`.
pub(in crate::pack) const UNITS: &[&str] =
    &["id", "kind", "code", "name", "short_name", "valid_from", "valid_to", "legal_ref", "origin", "source"];
/// Columns of `edges.csv`.
pub(in crate::pack) const EDGES: &[&str] = &["tree", "child", "parent", "valid_from", "valid_to"];

/// Units, every version; versions of one unit follow each other without overlap.
pub(in crate::pack) fn units(records: &[Record]) -> Result<Vec<Unit>, Refusal> {
    let mut units: Vec<Unit> = Vec::new();
    for record in records {
        let id: OrgId = record.code("id")?;
        let (valid_from, valid_to) = record.span()?;
        for held in units.iter().filter(|held| held.id == id) {
            if held.valid_from == valid_from {
                return Err(record.fault("valid_from", PackFault::Twice(format!("{id} {valid_from}"))));
            }
            let (earlier_to, later_from) =
                if held.valid_from < valid_from { (held.valid_to, valid_from) } else { (valid_to, held.valid_from) };
            if earlier_to.is_none_or(|to| to > later_from) {
                let why = format!("a version of {id} that does not overlap the one of {}", held.valid_from);
                return Err(record.fault("valid_from", PackFault::Expected(why)));
            }
        }
        units.push(Unit {
            id,
            kind: record.text("kind")?.to_owned(),
            code: record.free("code")?.to_owned(),
            name: record.text("name")?.to_owned(),
            short_name: record.text("short_name")?.to_owned(),
            valid_from,
            valid_to,
            legal_ref: record.free("legal_ref")?.to_owned(),
            provenance: record.provenance()?,
        });
    }
    Ok(units)
}

/// Places in trees.
pub(in crate::pack) fn edges(records: &[Record], units: &Known<kind::Org>) -> Result<Vec<Edge>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut edges = Vec::new();
    for record in records {
        let (valid_from, valid_to) = record.span()?;
        let edge = Edge {
            tree: record.code("tree")?,
            child: units.resolve(record, "child")?,
            parent: units.resolve(record, "parent")?,
            valid_from,
            valid_to,
        };
        if !seen.insert((edge.tree.clone(), edge.child.clone(), valid_from)) {
            return Err(record.fault("child", PackFault::Twice(edge.child.to_string())));
        }
        edges.push(edge);
    }
    Ok(edges)
}

/// Events of units.
pub(in crate::pack) fn events(file: &Record, units: &Known<kind::Org>) -> Result<Vec<UnitEvent>, Refusal> {
    file.only(&["event"])?;
    let mut ids = BTreeSet::new();
    let mut events = Vec::new();
    for record in file.records("event")? {
        record.only(&["id", "kind", "effective_on", "legal_ref", "link"])?;
        let id = record.text("id")?.to_owned();
        if !ids.insert(id.clone()) {
            return Err(record.fault("id", PackFault::Twice(id)));
        }
        let links = record.records("link")?.iter().map(|link| {
            link.only(&["from", "to", "portion"])?;
            Ok(UnitLink {
                from: units.resolve(link, "from")?,
                to: units.resolve(link, "to")?,
                portion: link.one_of("portion", &[("full", Portion::Full), ("partial", Portion::Partial)])?,
            })
        });
        events.push(UnitEvent {
            id,
            kind: record.text("kind")?.to_owned(),
            effective_on: record.date("effective_on")?,
            legal_ref: record.free("legal_ref")?.to_owned(),
            links: links.collect::<Result<_, Refusal>>()?,
        });
    }
    Ok(events)
}
