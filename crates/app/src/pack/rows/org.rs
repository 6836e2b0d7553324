//! Units, their places in trees, what happened to them, and how they were divided.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::{OrgId, kind};
use thidua_domain::Refusal;
use thidua_domain::org::{BadHistory, Edge, History, Portion, Share, Succession, Unit, UnitEvent, UnitLink};
use thidua_domain::refusal::{PackFault, Wanted};

use crate::pack::files::broken;
use crate::pack::known::Known;
use crate::pack::record::Record;

/// Columns of `units.csv`.
pub(in crate::pack) const UNITS: &[&str] =
    &["id", "kind", "code", "name", "short_name", "valid_from", "valid_to", "legal_ref", "origin", "source"];
/// Columns of `edges.csv`.
pub(in crate::pack) const EDGES: &[&str] = &["tree", "child", "parent", "valid_from", "valid_to"];
/// Columns of `events.csv`.
pub(in crate::pack) const EVENTS: &[&str] = &["id", "kind", "effective_on", "legal_ref"];
/// Columns of `links.csv`.
pub(in crate::pack) const LINKS: &[&str] = &["event", "from", "to", "portion"];
/// Columns of `shares.csv`.
pub(in crate::pack) const SHARES: &[&str] = &["basis", "event", "from", "to", "numerator", "denominator", "source"];

/// Units, every version; versions of one unit follow each other without overlap.
pub(in crate::pack) fn units(records: &[Record]) -> Result<Vec<Unit>, Refusal> {
    let mut spans: Spans<OrgId> = Spans::default();
    let mut units: Vec<Unit> = Vec::with_capacity(records.len());
    for record in records {
        let id: OrgId = record.code("id")?;
        let (valid_from, valid_to) = record.span()?;
        spans.take(record, &id, &id, (valid_from, valid_to))?;
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
    one_bearer_a_day(records, &units)?;
    Ok(units)
}

/// Places in trees; a unit has one place in a tree on any day.
pub(in crate::pack) fn edges(records: &[Record], units: &Known<kind::Org>) -> Result<Vec<Edge>, Refusal> {
    let mut spans = Spans::default();
    let mut edges = Vec::with_capacity(records.len());
    for record in records {
        let (valid_from, valid_to) = record.span()?;
        let edge = Edge {
            tree: record.code("tree")?,
            child: units.resolve(record, "child")?,
            parent: units.resolve(record, "parent")?,
            valid_from,
            valid_to,
        };
        let place = (edge.tree.clone(), edge.child.clone());
        spans.take(record, &place, &edge.child, (valid_from, valid_to))?;
        edges.push(edge);
    }
    Ok(edges)
}

/// Events of units with their arrows.
pub(in crate::pack) fn events(
    records: &[Record],
    links: &[Record],
    units: &Known<kind::Org>,
) -> Result<Vec<UnitEvent>, Refusal> {
    let mut places = BTreeMap::new();
    let mut events: Vec<UnitEvent> = Vec::with_capacity(records.len());
    for record in records {
        let id = record.text("id")?.to_owned();
        if places.insert(id.clone(), events.len()).is_some() {
            return Err(record.fault("id", PackFault::Twice(id)));
        }
        events.push(UnitEvent {
            id,
            kind: record.text("kind")?.to_owned(),
            effective_on: record.date("effective_on")?,
            legal_ref: record.free("legal_ref")?.to_owned(),
            links: Vec::new(),
        });
    }
    let mut seen = BTreeSet::new();
    for record in links {
        let event = record.text("event")?;
        let Some(place) = places.get(event) else {
            return Err(record.fault("event", PackFault::Dangling(event.to_owned())));
        };
        let link = UnitLink {
            from: units.resolve(record, "from")?,
            to: units.resolve(record, "to")?,
            portion: record.one_of("portion", &[("full", Portion::Full), ("partial", Portion::Partial)])?,
        };
        if !seen.insert((*place, link.from.clone(), link.to.clone())) {
            return Err(record.fault("to", PackFault::Twice(format!("{event} {} {}", link.from, link.to))));
        }
        events[*place].links.push(link);
    }
    Ok(events)
}

/// Shares of divided units.
pub(in crate::pack) fn shares(records: &[Record], units: &Known<kind::Org>) -> Result<Vec<Share>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut shares = Vec::with_capacity(records.len());
    for record in records {
        let share = Share {
            basis: record.text("basis")?.to_owned(),
            event: record.text("event")?.to_owned(),
            from: units.resolve(record, "from")?,
            to: units.resolve(record, "to")?,
            numerator: record.whole("numerator")?,
            denominator: record.whole("denominator")?,
            source: record.text("source")?.to_owned(),
        };
        if !seen.insert((share.basis.clone(), share.event.clone(), share.from.clone(), share.to.clone())) {
            return Err(record.fault("to", PackFault::Twice(format!("{} {} {}", share.event, share.from, share.to))));
        }
        shares.push(share);
    }
    Ok(shares)
}

/// Refuses arrows and shares that contradict each other.
pub(in crate::pack) fn consistent(history: &History) -> Result<(), Refusal> {
    let fault = |why: BadHistory| {
        let file = match why {
            BadHistory::WholeAndMore { .. } | BadHistory::LonePart { .. } => "links.csv",
            BadHistory::NoSuchPart { .. } | BadHistory::NotAShare { .. } | BadHistory::NotWhole { .. } => "shares.csv",
        };
        broken(file, 0, "", PackFault::Expected(Wanted::Consistent(why.to_string())))
    };
    Succession::of(&history.events).map_err(fault)?;
    let bases: BTreeSet<&str> = history.shares.iter().map(|share| share.basis.as_str()).collect();
    for basis in bases {
        Succession::by_basis(&history.events, &history.shares, basis).map_err(fault)?;
    }
    Ok(())
}

/// Spans of days taken by each of several things.
#[derive(Debug)]
struct Spans<K> {
    taken: BTreeMap<K, BTreeMap<Date, Option<Date>>>,
}

impl<K> Default for Spans<K> {
    fn default() -> Self {
        Self { taken: BTreeMap::new() }
    }
}

impl<K: Ord + Clone> Spans<K> {
    /// Takes a span, which none before of the same thing may overlap.
    fn take(&mut self, record: &Record, key: &K, id: &OrgId, (from, to): (Date, Option<Date>)) -> Result<(), Refusal> {
        let taken = self.taken.entry(key.clone()).or_default();
        let before = taken.range(..from).next_back().filter(|(_, end)| end.is_none_or(|end| end > from));
        let after = taken.range(from..).next().filter(|(start, _)| to.is_none_or(|to| to > **start));
        match before.or(after) {
            Some((held, _)) if *held == from => {
                Err(record.fault("valid_from", PackFault::Twice(format!("{id} {from}"))))
            }
            Some((held, _)) => {
                let which = format!("{id}, {held}");
                Err(record.fault("valid_from", PackFault::Expected(Wanted::NoOverlap(which))))
            }
            None => {
                taken.insert(from, to);
                Ok(())
            }
        }
    }
}

/// On any day a statistical code is borne by one unit; another may bear it later.
fn one_bearer_a_day(records: &[Record], units: &[Unit]) -> Result<(), Refusal> {
    let mut spans: Spans<&str> = Spans::default();
    for (record, unit) in records.iter().zip(units).filter(|(_, unit)| !unit.code.is_empty()) {
        let span = (unit.valid_from, unit.valid_to);
        spans
            .take(record, &unit.code.as_str(), &unit.id, span)
            .map_err(|_| record.fault("code", PackFault::Twice(format!("{} {}", unit.code, unit.valid_from))))?;
    }
    Ok(())
}
